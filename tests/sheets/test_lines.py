from __future__ import annotations

from typing import Any

import pytest

from jdgen.post.fields import COLUMNS
from jdgen.post.forms import UnfitTextError, form_of
from jdgen.sheets.sheet import cell_text


def read(key: str, text: str) -> Any:
    """The value of a cell of the column that gives ``key``, with no line passed over."""
    return form_of(COLUMNS[key])(text, lambda line: False)


def test_list_cells() -> None:
    pasted = "• Kind_x000D_\r\n-  Open\r* Fair\n\n–\n\uf0b7Calm\n-5% is no bullet\n▪ "
    assert read("values", cell_text(pasted)) == ["Kind", "Open", "Fair", "Calm", "-5% is no bullet"]


@pytest.mark.parametrize(
    ("text", "entries"),
    [
        ("1. Leads it.\n2) Plans it.\n(3) Chairs it.", ["Leads it.", "Plans it.", "Chairs it."]),
        ("\ta)\tLeads it.\n\tb)\tPlans it.", ["Leads it.", "Plans it."]),
        ("• 1. Leads it.\n• 2. Plans it.", ["Leads it.", "Plans it."]),
        # What does not count the entries is theirs.
        ("1. Leads it.", ["1. Leads it."]),
        ("1. Leads it.\n3. Plans it.", ["1. Leads it.", "3. Plans it."]),
        ("1. Leads it.\nPlans it.", ["1. Leads it.", "Plans it."]),
        ("1.5 posts\n2.5 posts", ["1.5 posts", "2.5 posts"]),
        ("2026. Plans it.\n2027. Leads it.", ["2026. Plans it.", "2027. Leads it."]),
    ],
)
def test_numbers_that_count_the_entries_of_a_list_are_no_part_of_them(text: str, entries: list[str]) -> None:
    assert read("decisions", text) == entries


@pytest.mark.parametrize("mark", ["-", "–", "—", "*", "·", "•"])
def test_a_mark_within_a_line_is_part_of_it(mark: str) -> None:
    line = f"Agrees plans {mark} and dates {mark} with sponsors"
    assert read("decisions", f"{line}\n{mark} {line}") == [line, line]
    (entry,) = read("relationships", f"Internal | Finance {mark} capital | agree figures")
    assert entry["who"] == f"Finance {mark} capital"


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("dimensions", "Staff: 3: no more", [{"measure": "Staff", "text": "3: no more"}]),
        (
            "relationships",
            "EXTERNAL |Councils| share plans",
            [{"setting": "external", "who": "Councils", "purpose": "share plans"}],
        ),
        ("duties.add", "Leadership: Chair it.", [{"heading": "Leadership", "text": "Chair it."}]),
        ("duties.omit", "PMO.budget.6: not here", [{"duty": "pmo.budget.6", "reason": "not here"}]),
        ("criteria.omit", "resource-7: asked", [{"criterion": "resource-7", "reason": "asked"}]),
        (
            "duties.reword",
            "pmo.leadership.7.1 | Lead. | because",
            [{"duty": "pmo.leadership.7.1", "text": "Lead.", "reason": "because"}],
        ),
        (
            "criteria.add",
            "Essential | Experience | a, I | Ran a PMO\ndesirable|skills|T|Charts|leadership, pmo.budget.7",
            [
                {"importance": "essential", "group": "experience", "assessed_by": ["A", "I"], "text": "Ran a PMO"},
                {
                    "importance": "desirable",
                    "group": "skills",
                    "assessed_by": ["T"],
                    "text": "Charts",
                    "serves": ["leadership", "pmo.budget.7"],
                },
            ],
        ),
        ("readings", "Business Case: boundary-8b-8c", {"business-case": "boundary-8b-8c"}),
    ],
)
def test_lines_with_parts(key: str, text: str, value: Any) -> None:
    assert read(key, text) == value


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("dimensions", "Staff"),
        ("dimensions", ": 3"),
        ("relationships", "Inside | A | B"),
        ("relationships", "Internal | A"),
        ("duties.add", "Leadership:"),
        ("duties.omit", "not an id!: reason"),
        ("criteria.omit", "resource-7"),
        ("duties.reword", "pmo.budget.6 | text"),
        ("criteria.add", "needed | experience | A | text"),
        ("criteria.add", "essential | experience | A | text | , "),
        ("readings", "business-case"),
    ],
)
def test_a_line_that_does_not_fit_is_named_and_the_right_form_shown(key: str, text: str) -> None:
    with pytest.raises(UnfitTextError) as raised:
        read(key, text)
    ((what, right),) = raised.value.reasons
    assert what.startswith("line 1, '")
    assert right.startswith("write it as '")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Kind, Ambitious", ["Kind", "Ambitious"]),
        ("Kind; ambitious ;open", ["Kind", "ambitious", "open"]),
        ("Kind, open, and honest,", ["Kind", "open", "honest"]),
        ("We serve 1,200,000 people, every day", ["We serve 1,200,000 people", "every day"]),
        ("We listen, and we learn.", ["We listen, and we learn."]),
        ("Kind, in every contact\nOpen, always", ["Kind, in every contact", "Open, always"]),
    ],
)
def test_one_line_of_values_divides_at_commas_and_several_lines_do_not(text: str, value: list[str]) -> None:
    assert read("values", text) == value


def test_a_decision_is_a_sentence_whatever_commas_it_has() -> None:
    assert read("decisions", "Signs plans, dates and budgets") == ["Signs plans, dates and budgets"]


@pytest.mark.parametrize("codes", ["A/I", "A, I", "A & I", "a+i", "A I", "A; I"])
def test_codes_of_assessment_are_read_however_they_are_divided(codes: str) -> None:
    (entry,) = read("criteria.add", f"essential | skills | {codes} | text")
    assert entry["assessed_by"] == ["A", "I"]


def test_one_heading_has_one_reading() -> None:
    with pytest.raises(UnfitTextError):
        read("readings", "a: b\na: c")
