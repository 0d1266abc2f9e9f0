"""Titles in sentence case: capitals of ordinary words go, those of abbreviations and names stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jdgen.words import in_sentence_case
from tests.toolbox.data import shipped_library
from tests.toolbox.soak import budget

NAMES = ("Agile", "Civil Service", "Managing Successful Programmes")
#: Words of titles, and whether their capitals stay.
ABBREVIATIONS = ("PMO", "NHS", "P3O", "R&D", "SROs", "eLearning", "iPad", "B12", "McKinsey", "A&E")
ORDINARY = ("Risks", "Management", "and", "Non-Project", "Staff's", "Coöperation", "Équipe", "of", "A", "Delivery")
WORDS = st.sampled_from((*ABBREVIATIONS, *ORDINARY, *NAMES))
MARKS = st.sampled_from((" ", " & ", " / ", ", ", ": ", "\u00a0"))
TITLES = st.lists(st.tuples(WORDS, MARKS), min_size=1, max_size=7).map(
    lambda pairs: "".join(word + mark for word, mark in pairs)
)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("Stakeholder Management", "Stakeholder management"),
        ("Risks & Issues", "Risks & issues"),
        ("PMO Support for the NHS", "PMO support for the NHS"),
        ("Support for P3O and R&D Projects", "Support for P3O and R&D projects"),
        ("Work With the Civil Service", "Work with the Civil Service"),
        ("Civil Servants", "Civil servants"),
        ("Agile and Non-Agile Delivery", "Agile and non-Agile delivery"),
        ("LEADERSHIP AND RISK", "LEADERSHIP AND RISK"),
        ("leadership Skills", "leadership skills"),
        ("Plan B", "Plan B"),
        ("1. First Steps", "1. First steps"),
        ("", ""),
    ],
)
def test_ordinary_words_lose_their_capitals(title: str, sentence: str) -> None:
    assert in_sentence_case(title, NAMES) == sentence


@budget(200)
@given(st.one_of(TITLES, st.text(max_size=40)))
@example("a:A²")  # a raised figure is one, though no digit to a pattern
@example("a Ab² D'or")
def test_nothing_but_first_letters_of_words_changes(title: str) -> None:
    sentence = in_sentence_case(title, NAMES)
    assert len(sentence) == len(title)
    places = [at for at, (letter, other) in enumerate(zip(title, sentence, strict=True)) if letter != other]
    for at in places:
        assert sentence[at] == title[at].lower()
        assert not title[at - 1].isalnum()
        assert title[at + 1].islower()
    # The first word, and what has been said so already, stay as they are.
    first = re.search(r"[^\W\d_]", title)
    assert first is None or first.start() not in places
    assert in_sentence_case(sentence, NAMES) == sentence


@budget(200)
@given(TITLES)
def test_abbreviations_and_names_stay(title: str) -> None:
    sentence = in_sentence_case(title, NAMES)
    for word in (*ABBREVIATIONS, *NAMES):
        whole = re.compile(rf"(?<![\w&]){re.escape(word)}(?![\w&])")
        assert [match.start() for match in whole.finditer(sentence)] == [
            match.start() for match in whole.finditer(title)
        ]


def test_the_headings_of_the_framework_are_said_as_people_would() -> None:
    assert [in_sentence_case(heading.title, NAMES) for heading in shipped_library().specialism.headings] == [
        "Leadership",
        "Business case",
        "Budget",
        "Resource",
        "Stakeholder management",
        "Risks & issues",
        "Governance & assurance",
        "Change management",
        "Project performance & controls",
        "Guidance & support",
    ]
