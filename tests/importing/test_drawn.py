"""PDFs are read in a process with bounds: one that is made to take for ever takes a minute, and says so."""

from __future__ import annotations

import zlib

import pytest

from jdgen.errors import JdgenError
from jdgen.importing import pdf_file as reading
from jdgen.importing.published_files import publication
from jdgen.system import apart
from jdgen.system.apart import PDF_FILE
from tests.toolbox.publications import BY_BANDS

pytestmark = pytest.mark.slow

pytest.importorskip("pdfplumber")
MEGABYTE = 2**20


def pdf(*drawings: bytes) -> bytes:
    """A PDF with a page for each of ``drawings``, on which that is drawn."""
    pages, contents = [], []
    for number, drawing in enumerate(drawings):
        packed = zlib.compress(drawing, 9)
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 1 0 R>>>>/Contents %d 0 R>>"
        pages.append(page % (3 + len(drawings) + number))
        contents.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
    kids = b" ".join(b"%d 0 R" % number for number in range(3, 3 + len(drawings)))
    parts = [
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(drawings), kids),
        *pages,
        *contents,
        b"<</Type/Catalog/Pages 2 0 R>>",
    ]
    content, offsets = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(parts)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF"
    return content + end % (count + 1, table, count + 1, count, len(content))


def table(band: str = "6") -> bytes:
    lines = b"".join(
        b"100 %d m 500 %d l S %d 600 m %d 700 l S\n" % (y, y, x, x) for y, x in ((600, 100), (650, 300), (700, 500))
    )
    texts = ((110, 670, "Band"), (310, 670, band), (110, 620, "Budget"), (310, 620, "Keeps the budget."))
    return lines + b"".join(f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET\n".encode() for x, y, text in texts)


def problem(content: bytes) -> str:
    with pytest.raises(JdgenError) as raised:
        publication(content, "a.pdf", BY_BANDS)
    (problem_,) = raised.value.problems
    return str(problem_)


def test_what_the_process_reads_arrives_as_it_was_read() -> None:
    content = pdf(table())
    publication_ = publication(content, "a.pdf", BY_BANDS)
    (grid,) = publication_.grids
    assert [cell.text for cell in grid.cells] == ["Band", "6", "Budget", "Keeps the budget."]
    assert str(grid.cells[3].place) == "page 1, row 2, cell 2"
    assert [
        reading._block(*reading._block_as_json(block)) for block in reading._read_blocks(content, "a.pdf")[0]
    ] == list(reading._read_blocks(content, "a.pdf")[0])


def test_a_page_with_more_lines_than_anybody_could_read_is_refused() -> None:
    message = problem(pdf(b"1 1 m 2 2 l S\n" * 40_000))
    assert message.startswith("a.pdf, page 1: has 40,000 lines: at most 30,000 stand on a page that people read")


def test_one_that_unpacks_without_end_is_ended() -> None:
    message = problem(pdf(b" " * (400 * MEGABYTE)))
    assert message.startswith("a.pdf: takes more memory to read than a publication may: print the pages")


def test_one_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PDF_FILE", PDF_FILE._replace(seconds=0.01))
    assert problem(pdf(table())).startswith("a.pdf: takes longer than 0 seconds to read")


def test_a_process_that_dies_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "run_apart", lambda *_: apart.run_apart("jdgen.nosuch", "a", b"", 10))
    assert problem(pdf(table())).startswith("a.pdf: cannot be read: reading it stops the program")
