"""Leftovers of HTML and of lists, which are none of a publisher's words."""

from __future__ import annotations

import pytest

from jdgen.framework.transcription import has_markup, list_entries, without_markup


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Lead &amp; manage</p>", "Lead & manage"),
        ('<ul style="list-style-type: none"> • One • Two', "• One • Two"),
        ("a<br/>b", "a b"),
        ("x <!-- note --> y", "x y"),
        ("HbA1c <48 and >40", "HbA1c <48 and >40"),
        ("R & D", "R & D"),
        ("a\u00a0 b", "a b"),
    ],
)
def test_only_markup_is_taken_out(text: str, plain: str) -> None:
    assert without_markup(text) == plain


def test_markup_is_told_from_text() -> None:
    assert [has_markup(text) for text in ("<br>", "&amp;", "HbA1c <48", "R & D; S")] == [True, True, False, False]


@pytest.mark.parametrize(
    ("text", "entries"),
    [("• One • Two.", ("One", "Two.")), ("<ul>•One ▪Two", ("One", "Two")), ("Do: • One", ()), ("One", ()), ("•", ())],
)
def test_a_list_begins_with_its_mark(text: str, entries: tuple[str, ...]) -> None:
    assert list_entries(text) == entries
