"""The report of ``jdgen regenerate``: what became of each document, the one to look at first at the top."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from lxml import html

from jdgen.drafting.block_id import BlockId
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.ranking import whole
from tests.toolbox import documents as making
from tests.toolbox.commands import Run
from tests.toolbox.documents import edit_document, example_document
from tests.toolbox.word import word_file


@pytest.fixture
def reported(run: Run, folder: Path) -> Path:
    """A folder of three documents, brought up to date: untouched, in conflict, and not jdgen's."""
    (folder / "all").mkdir()
    (folder / "all/a untouched.docx").write_bytes(example_document())
    conflict = edit_document(example_document(), ("Establish the project processes", "Establish our <own> processes"))
    (folder / "all/b mine & yours.docx").write_bytes(conflict)
    (folder / "all/c foreign.docx").write_bytes(word_file("Text"))
    (folder / "newer.yaml").write_text(making.newer_framework_text(), encoding="utf-8")
    result = run("regenerate", "all", "--framework", "newer.yaml", "--output", "out")
    assert result.exit_code == 1
    assert "see out/report.html" in result.stderr
    assert "see out/report.xlsx" in result.stderr
    return folder / "out"


def rows(path: Path, sheet_name: str = "Paragraphs") -> list[dict[str, Any]]:
    sheet: Any = openpyxl.load_workbook(path)[sheet_name]
    head, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in others]


def test_what_failed_comes_first_then_what_is_to_be_decided(reported: Path) -> None:
    order = dict.fromkeys((row["Look"], row["Document"]) for row in rows(reported / "report.xlsx"))
    assert list(order) == [
        (1, "all/c foreign.docx"),
        (2, "all/b mine & yours.docx"),
        (3, "all/a untouched.docx"),
    ]
    assert "has no record" in rows(reported / "report.xlsx")[0]["Now"]


def test_the_first_sheet_has_a_row_for_each_document(reported: Path) -> None:
    foreign, mine, untouched = rows(reported / "report.xlsx", "Documents")
    assert openpyxl.load_workbook(reported / "report.xlsx").sheetnames == ["Documents", "Paragraphs"]
    assert "has no record" in foreign["What keeps it from it"]
    assert (mine["To decide"], untouched["To decide"]) == (1, 0)
    assert mine["Written to"] == "out/b mine & yours.docx"
    changed_rows = [row for row in rows(reported / "report.xlsx") if row["Document"] == untouched["Document"]]
    assert untouched["Changed"] == len(changed_rows) > 3


def test_a_conflict_shows_all_three_texts(reported: Path) -> None:
    (row,) = [row for row in rows(reported / "report.xlsx") if "offered" in str(row["What"])]
    assert row["Under the heading"] == "Risks & Issues"
    assert row["Before"].startswith("Establish the project processes")
    assert row["In the document"].startswith("Establish our <own> processes")
    assert row["Now"]
    assert row["Now"] != row["Before"]


def test_the_page_says_the_same_and_leads_to_the_documents(reported: Path) -> None:
    page = html.parse(reported / "report.html")
    assert page.xpath("//html/@lang") == ["en-GB"]
    links = page.xpath("//h2/a/@href")
    assert links == ["b%20mine%20&%20yours.docx", "a%20untouched.docx"]
    assert all((reported / unquote(link)).is_file() for link in links)
    assert "Establish our <own> processes" in page.xpath("string(//main)")
    cells = sum(bool(row["What"]) for row in rows(reported / "report.xlsx"))
    # A line for each document comes first, and leads to what is said of it.
    overview, *others = page.xpath("//table")
    assert sum(len(table.xpath(".//tr[td]")) for table in others) == cells
    assert [str(link).removeprefix("#") for link in overview.xpath(".//th/a/@href")] == page.xpath("//h2/@id")
    counts = [[cell.text for cell in row.xpath("td")[1:]] for row in overview.xpath(".//tr[td]")]
    names = ("To decide", "Left over", "Changed")
    in_sheet = [[str(row[name]) for name in names] for row in rows(reported / "report.xlsx", "Documents")]
    assert counts == in_sheet


def test_it_is_written_anew_by_the_next_run(run: Run, reported: Path) -> None:
    before = (reported / "report.html").read_bytes()
    run("regenerate", "all", "--framework", "newer.yaml", "--output", "out", "--overwrite")
    assert (reported / "report.html").read_bytes() == before


def test_a_criterion_that_comes_or_goes_is_one_thing_to_look_at() -> None:
    def decided(action: Action, block_id: str) -> Decision:
        return Decision(action, BlockId(block_id), "", "", "x")

    row = [decided(Action.INSERT, name) for name in ("a-8a", "a-8a.importance", "a-8a.assessed_by")]
    alone = decided(Action.REWORD, "b-8a.importance")
    assert whole([*row, alone]) == (row[0], alone)
