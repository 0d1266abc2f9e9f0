"""Letters on a page become words, lines and paragraphs again."""

from __future__ import annotations

import pytest

from jdgen.importing.pdf_file import Box, Letter, paragraphs, text_in

PAGE = Box(0, 0, 1000, 1000)


def letters(*lines: str, top: float = 0) -> list[Letter]:
    """Lines of letters five points wide and ten high, twelve points apart; ``_`` is a gap without a letter."""
    return [
        Letter(Box(5 * place, top + 12 * number, 5 * place + 5, top + 12 * number + 10), letter)
        for number, line in enumerate(lines)
        for place, letter in enumerate(line)
        if letter != "_"
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("one", "two"), "one two"),
        (("one ", "two"), "one two"),
        (("and/", "or"), "and/or"),
        (("and/ ", "or"), "and/ or"),
        (("programme /", "project"), "programme / project"),
        (("two-", "fold"), "two-fold"),
        (("a_b", "c"), "a b c"),
        (("\uf0b7 one",), "• one"),
        (("Leadershi", "p of teams"), "Leadership of teams"),
        (("Assessme", "nt"), "Assessment"),
        (("Leadership", "of teams"), "Leadership of teams"),
        (("Plan 5", "ml"), "Plan 5 ml"),
    ],
)
def test_lines_are_joined_as_they_were_divided(lines: tuple[str, ...], text: str) -> None:
    assert text_in(PAGE, letters(*lines)) == text


def test_a_letter_belongs_to_the_box_in_which_its_middle_is() -> None:
    row = letters("abc")
    assert [text_in(Box(0, 0, right, 10), row) for right in (7, 8)] == ["a", "ab"]


def test_the_order_of_drawing_makes_no_difference() -> None:
    assert text_in(PAGE, letters("one", "two")[::-1]) == "one two"


def test_a_wider_gap_divides_paragraphs() -> None:
    texts = list(paragraphs([*letters("one", "two"), *letters("three", top=60)]))
    assert texts == [(0, "one two"), (60, "three")]
    assert list(paragraphs([])) == []
