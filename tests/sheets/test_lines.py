from __future__ import annotations

from typing import Any

import pytest

from jdgen.sheets import cells as lines
from jdgen.sheets.sheet import CellError, cell_text


def test_list_cells() -> None:
    pasted = "• Kind_x000D_\r\n-  Open\r* Fair\n\n–\n\uf0b7Calm\n-5% is no bullet\n▪ "
    assert lines.listing(cell_text(pasted)) == ["Kind", "Open", "Fair", "Calm", "-5% is no bullet"]


@pytest.mark.parametrize(
    ("form", "text", "value"),
    [
        (lines.dimensions, "Staff: 3: no more", [{"measure": "Staff", "text": "3: no more"}]),
        (
            lines.relationships,
            "EXTERNAL |Councils| share plans",
            [{"setting": "external", "who": "Councils", "purpose": "share plans"}],
        ),
        (lines.added_duties, "Leadership: Chair it.", [{"heading": "Leadership", "text": "Chair it."}]),
        (lines.omitted_duties, "PMO.budget.6: not here", [{"duty": "pmo.budget.6", "reason": "not here"}]),
        (lines.omitted_criteria, "resource-7: asked", [{"criterion": "resource-7", "reason": "asked"}]),
        (
            lines.reworded_duties,
            "pmo.leadership.7.1 | Lead. | because",
            [{"duty": "pmo.leadership.7.1", "text": "Lead.", "reason": "because"}],
        ),
        (
            lines.added_criteria,
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
        (lines.readings, "Business Case: boundary-8b-8c", {"business-case": "boundary-8b-8c"}),
    ],
)
def test_lines_with_parts(form: lines.Form, text: str, value: Any) -> None:
    assert form(text) == value


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (lines.dimensions, "Staff"),
        (lines.dimensions, ": 3"),
        (lines.relationships, "Inside | A | B"),
        (lines.relationships, "Internal | A"),
        (lines.added_duties, "Leadership:"),
        (lines.omitted_duties, "not an id!: reason"),
        (lines.omitted_criteria, "resource-7"),
        (lines.reworded_duties, "pmo.budget.6 | text"),
        (lines.added_criteria, "needed | experience | A | text"),
        (lines.added_criteria, "essential | experience | ABC | text"),
        (lines.added_criteria, "essential | experience | A | text | , "),
        (lines.readings, "business-case"),
    ],
)
def test_a_line_that_does_not_fit_is_named_and_the_right_form_shown(form: lines.Form, text: str) -> None:
    with pytest.raises(CellError) as caught:
        form(text)
    ((what, right),) = caught.value.reasons
    assert what.startswith("line 1, '")
    assert right.startswith("write it as '")


def test_one_heading_has_one_reading() -> None:
    with pytest.raises(CellError):
        lines.readings("a: b\na: c")
