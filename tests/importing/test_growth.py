"""Three times the rows take about three times the work: counted in calls, which are the same on every machine."""

from __future__ import annotations

import functools

import pytest

from tests.importing.published import HEAD, Row, book, bytes_of, comma_separated, document, imported
from tests.toolbox.growth import calls

FEW, MANY = 40, 120


def rows(count: int, first: int = 0) -> list[Row]:
    """So many rows in groups of ten, each with a text at every level; their numbers begin at ``first``."""
    each: list[Row] = [HEAD]
    for number in range(first, first + count):
        if number % 10 == 0:
            each.append((f"Group {number // 10}", None, None, None))
        each.append((f"Task {number}", f"Begins task {number}.", f"Does task {number}.", f"Leads task {number}."))
    return each


KINDS = {
    "csv": lambda each: comma_separated(*each),
    "xlsx": lambda each: bytes_of(book(*each)),
    "docx": lambda each: bytes_of(document(*each)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_import_grows_with_its_rows_and_no_faster(kind: str) -> None:
    other, few, many = (KINDS[kind](rows(count, first)) for count, first in ((FEW, 0), (FEW, 1_000), (MANY, 2_000)))
    imported(other, kind)  # so that what is read once is read, and none of the texts
    work = [calls(functools.partial(imported, content, kind)) for content in (few, many)]
    assert work[1] < 1.1 * MANY / FEW * work[0]
