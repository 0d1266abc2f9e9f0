"""Quoted texts inside tags are found as their author meant them."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.drafting.model import JobDescription
from jdgen.template.tag_text import clean, hide_from_docxtpl, quoted_texts, show_again
from tests.toolbox.word import fill_template, word_file
from tests.toolbox.xml import pictured, texts_of


@pytest.mark.parametrize(
    ("tag", "texts"),
    [
        ("{% if a == “b” %}", ["“b”"]),
        ('{% if a == "b” %}', ['"b”']),
        ('{% if a == "the “best” one" %}', ['"the “best” one"']),
        ("{% if a == ‘the manager’s’ and b == 'c' %}", ["‘the manager’s’", "'c'"]),
        ("{% if a == 'the manager’s' %}", ["'the manager’s'"]),
        ("{% if a == ‘managers’ role’ %}", ["‘managers’"]),
        ('{% if a == "x\\"y" %}', ['"x\\"y"']),
        ("{% if a == “b %}", []),
        ("{{ title }}", []),
    ],
)
def test_a_quoted_text_ends_where_its_author_ended_it(tag: str, texts: list[str]) -> None:
    assert [tag[start:end] for start, end in quoted_texts(tag)] == texts


def test_white_space_outside_quoted_texts_becomes_a_space() -> None:
    tag = "{%\u00a0if\u2003title == “a\u00a0b\u200d” %}"
    assert "".join(clean(tag)) == "{% if title == “a\u00a0b\u200d” %}"


def test_an_apostrophe_in_a_remark_quotes_nothing() -> None:
    assert "".join(clean("{# don’t\u00a0touch\u200b #}")) == "{# don’t touch #}"


@pytest.mark.parametrize("with_picture", [False, True], ids=["compiled", "docxtpl"])
def test_both_ways_of_filling_keep_a_curly_apostrophe(with_picture: bool, draft: JobDescription) -> None:
    titled = dataclasses.replace(pictured(draft) if with_picture else draft, title="the “manager’s” role")
    template = word_file(
        "{% if title == 'the “manager’s” role' %}yes{% endif %}", "{% if picture %}{{ picture }}{% endif %}"
    )
    assert texts_of(fill_template(template, titled))[0] == "yes"


@pytest.mark.parametrize("text", ["{_{ x }_}", "{_% x %_}", "{_", "_}", "{ _{"])
@pytest.mark.parametrize("with_picture", [False, True], ids=["compiled", "docxtpl"])
def test_text_that_docxtpl_takes_for_an_escape_is_printed_as_typed(
    text: str, with_picture: bool, draft: JobDescription
) -> None:
    template = word_file(text, "{% if picture %}{{ picture }}{% endif %}")
    assert texts_of(fill_template(template, pictured(draft) if with_picture else draft))[0] == text


@given(st.text(st.sampled_from("ab {}%#_\"'“”‘’<>"), max_size=40))
def test_hiding_changes_no_curly_quote_outside_tags(text: str) -> None:
    text_again = show_again(hide_from_docxtpl(text))
    if "{{" not in text and "{%" not in text:
        assert text_again.replace("&#95;", "_") == text


@pytest.mark.parametrize(
    "texts", [["a {", "{{ title }}"], ["{% if title %}x{% endif %}", "} b"], ["a {", "% b %", "} c"]]
)
def test_braces_of_two_paragraphs_are_no_tag(texts: list[str], draft: JobDescription) -> None:
    texts_by_tag = {"{{ title }}": draft.title, "{% if title %}x{% endif %}": "x"}
    assert texts_of(fill_template(word_file(*texts, header=["{{ title }}"]), draft)) == [
        texts_by_tag.get(text, text) for text in texts
    ]
