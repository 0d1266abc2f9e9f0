"""Where in its tables something stands is told, whatever the tables are made of."""

from __future__ import annotations

import random

import pytest

from jdgen.errors import JdgenError
from jdgen.template.checks.check import check_template
from jdgen.template.checks.findings import Severity
from jdgen.template.compiling import compile_template
from tests.template.checks.test_gaps import shipped_words
from tests.toolbox.markup import control, paragraph, word_template
from tests.toolbox.soak import count
from tests.toolbox.word import NAME, problems_of

WRONG = paragraph("{{ titel }}")
POST = paragraph("{{ title }} {{ band }}")


def tbl(*inside: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(inside)}</w:tbl>"


def tr(*inside: str) -> str:
    return f"<w:tr>{''.join(inside)}</w:tr>"


def tc(*inside: str) -> str:
    return f"<w:tc>{''.join(inside)}</w:tc>"


ROW = tr(tc(paragraph("a")), tc(paragraph("b")))


@pytest.mark.parametrize(
    ("body", "cell"),
    [
        (tbl(ROW, tr(tc(paragraph("a")), tc(WRONG))), "table 1, row 2, column 2"),
        (tbl(ROW, tr(tc(paragraph("a")), tc(tbl(ROW, tr(tc(WRONG))), paragraph("b")))), "table 2, row 2, column 1"),
        (tbl(ROW, control(tr(control(tc(WRONG), "cell", 1)), "row", 2)), "table 1, row 2, column 1"),
        (tbl(WRONG, ROW), ""),
        (tbl(tr(WRONG)), ""),
        (tbl(ROW, tr(tc(tbl(WRONG, ROW), paragraph("b")))), "table 1, row 2, column 1"),
        (tbl(ROW, tr(tc(tbl(tr(WRONG), ROW), paragraph("b")))), "table 1, row 2, column 1"),
        (tbl(ROW, tr(tc(tbl(tc(WRONG), ROW), paragraph("b")))), "table 1, row 2, column 1"),
        (tbl(ROW, tr(tc(tr(WRONG), paragraph("b")))), "table 1, row 2, column 1"),
        (tbl(ROW, tr(tc(control(tr(tc(WRONG)), "row", 1), paragraph("b"))), ROW), "table 1, row 2, column 1"),
        (tbl(ROW, tr(tc(tr(tc(paragraph("a"))), paragraph("b"))), tr(tc(WRONG))), "table 1, row 3, column 1"),
        (control(tr(tc(WRONG)), "row", 1), ""),
    ],
)
def test_a_place_is_told_by_the_innermost_cell_that_is_one_of_a_table(body: str, cell: str) -> None:
    content = word_template(POST + body)
    (finding,) = (each for each in check_template(content, NAME) if each.severity is Severity.ERROR)
    assert (finding.code, finding.place.cell) == ("unknown-field", cell)
    assert problems_of(content) == (finding.problem(NAME),)


TEXTS = ("{{ titel }}", "[insert title]", "Department:", "Base", "", "{%tr for v in values %}", "Signed:", "x ____")


def nest(rng: random.Random, depth: int) -> str:
    """Tables, rows, cells and controls in one another, in whatever order."""
    if not depth or rng.random() < 0.25:
        return paragraph(rng.choice(TEXTS))
    inside = "".join(nest(rng, depth - 1) for _ in range(rng.randrange(4)))
    return rng.choice([tbl, tr, tc, lambda content: control(content, "Department", 1)])(inside)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(count(40)))
def test_no_nest_of_tables_makes_checking_or_opening_fail(seed: int) -> None:
    rng = random.Random(seed)
    content = word_template(POST + "".join(nest(rng, 6) for _ in range(3)))
    check_template(content, NAME, shipped_words())
    try:
        compile_template(content, NAME)
    except JdgenError as error:
        assert error.problems  # noqa: PT017  # either may come of it
