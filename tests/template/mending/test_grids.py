"""Tables get the columns of their rows, where a tag changes how many those have, and nowhere else."""

from __future__ import annotations

import pytest

from jdgen.drafting.model import JobDescription
from jdgen.template.columns import GRID
from jdgen.template.compiling import compile_template
from jdgen.template.steps import within
from tests.toolbox.word import NAME, W, fill_template, parts_of, problems_of
from tests.toolbox.xml import paragraph, run, table, tree_of, with_body, with_header

LOOP = "".join(
    f"<w:tc>{paragraph(text)}</w:tc>" for text in ("{%tc for v in values %}", "{{ v.text }}", "{%tc endfor %}")
)


def widths(content: bytes, part: str = "word/document.xml") -> list[list[str | None]]:
    grids = tree_of(content, part).iter(f"{W}tblGrid")
    return [[column.get(f"{W}w") for column in grid] for grid in grids]


def test_columns_share_the_width_that_the_table_had(draft: JobDescription) -> None:
    (columns,) = widths(fill_template(with_body(table(f"<w:tr>{LOOP}</w:tr>")), draft))
    assert columns == [str(9000 // len(draft.values))] * len(draft.values)


def test_a_table_in_a_header_is_mended_too(draft: JobDescription) -> None:
    template = with_header(table(f"<w:tr>{LOOP}</w:tr>") + paragraph("x"))
    assert compile_template(template, NAME).printed_parts["word/header1.xml"].has_grids
    (columns,) = widths(fill_template(template, draft), "word/header1.xml")
    assert len(columns) == len(draft.values)


def test_a_split_tag_is_seen(draft: JobDescription) -> None:
    split = LOOP.replace(run("{%tc for v in values %}"), run("{%t") + run("c for v in values %}"))
    (columns,) = widths(fill_template(with_body(table(f"<w:tr>{split}</w:tr>")), draft))
    assert len(columns) == len(draft.values)


def test_no_mark_arrives_in_a_document(draft: JobDescription) -> None:
    template = with_body(table(f"<w:tr>{LOOP}</w:tr>"))
    steps = within(compile_template(template, NAME).printed_parts["word/document.xml"].steps)
    assert any(GRID in step for step in steps if isinstance(step, str))
    assert GRID.encode() not in parts_of(fill_template(template, draft))["word/document.xml"]


@pytest.mark.parametrize("width", ["auto", "10pt", ""])
def test_a_width_that_is_no_number_is_none(width: str, draft: JobDescription) -> None:
    template = with_body(table(f"<w:tr>{LOOP}</w:tr>").replace("9000", width))
    (columns,) = widths(fill_template(template, draft))
    assert len(columns) == len(draft.values)


def test_a_span_that_is_no_number_is_refused() -> None:
    cell = f"<w:tc><w:tcPr><w:tcW w:w='1'/></w:tcPr>{paragraph('{% colspan title %}x')}</w:tc>"
    (problem,) = problems_of(with_body(table(f"<w:tr>{cell}</w:tr>")))
    assert problem.what == "{% colspan title %} is not a number of columns"
