from __future__ import annotations

import pickle
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jdgen.text_files.yaml_writing import yaml_lines
from jdgen.words import WrittenId, as_written, forbidden_characters, normalise, paragraphs


def test_forbidden_characters_are_named_with_their_offsets() -> None:
    assert forbidden_characters("ab\x07c\ufffe") == ((2, "U+0007"), (4, "U+FFFE"))


@pytest.mark.parametrize("text", ["tab\tline\nend", "café 🩺 مرحبا \u0085 \u00a0 \u200b"])
def test_ordinary_text_in_any_script_is_allowed(text: str) -> None:
    assert forbidden_characters(text) == ()


@given(st.text(max_size=40))
def test_what_is_allowed_survives_a_way_through_xml(text: str) -> None:
    text = normalise(text)
    if not forbidden_characters(text):
        element = etree.Element("t")
        element.text = text
        assert (etree.fromstring(etree.tostring(element)).text or "") == text


@given(st.text(max_size=40))
def test_normalising_is_done_once_and_for_all(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert "\r" not in once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one", ("one",)),
        ("one\ntwo", ("one\ntwo",)),
        ("one\n\ntwo", ("one", "two")),
        ("  one \n \t\n\n two\n\n", ("one", "two")),
        ("", ()),
        (" \n\n ", ()),
    ],
)
def test_blank_lines_divide_paragraphs(text: str, parts: tuple[str, ...]) -> None:
    assert paragraphs(text) == parts


@given(st.text("ab \n\t", max_size=30))
def test_paragraphs_lose_no_word_and_hold_no_blank_line(text: str) -> None:
    parts = paragraphs(text)
    assert " ".join(parts).split() == text.split()
    assert not any(re.search(r"\n\s*\n", part) or part != part.strip() or not part for part in parts)


def test_an_id_that_was_made_of_words_is_the_id_and_knows_them() -> None:
    name = WrittenId("Change & Control")
    assert (name, as_written(name), as_written("change")) == ("change-and-control", "Change & Control", "change")
    assert as_written(pickle.loads(pickle.dumps(name))) == "Change & Control"
    assert yaml_lines({"a": name, "b": [name]}) == ["a: change-and-control", "b:", "  - change-and-control"]
