from __future__ import annotations

import re
from pathlib import Path

from jdgen.post.fields import COLUMNS
from jdgen.post.forms import form_of
from jdgen.sheets.heading_row import find_column

# The table of columns is the one with three columns of its own: heading, what else is read as it, what to write.
_COLUMNS = 3

PAGE = (Path(__file__).parents[2] / "docs" / "spreadsheet.md").read_text(encoding="utf-8")
ROWS = [re.split(r"(?<!\\)\|", line)[1:-1] for line in PAGE.splitlines() if line.startswith("| ")]
ROWS = [row for row in ROWS if len(row) == _COLUMNS and row[0].strip() != "heading"]
ROWS = [[cell.strip().replace("\\|", "|") for cell in row] for row in ROWS if not row[0].strip().startswith("…")]


def test_the_page_names_every_column_and_no_other() -> None:
    columns_of_page = [find_column(heading) for row in ROWS for heading in row[0].split(", ")]
    assert None not in columns_of_page
    columns = list(COLUMNS)
    assert {column.key for column in columns_of_page if column} == {
        key for key in columns if not key.endswith((".frequency", ".duration"))
    }
    assert all(find_column(name) for row in ROWS for name in row[1].split(", ") if name)


def test_the_forms_on_the_page_are_read() -> None:
    for row in ROWS:
        for form in re.findall(r"`(.+?)`", row[2]):
            column = find_column(row[0].split(", ")[0])
            assert column is not None
            assert form_of(column)(form, lambda line: False)
