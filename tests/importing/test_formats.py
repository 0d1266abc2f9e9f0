"""The shipped chapter imported from its source text, and from the same chapter laid out in every other format."""

from __future__ import annotations

import io
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from jdgen.errors import JdgenError
from jdgen.framework.comparison import compare
from jdgen.framework.model import Confidence
from jdgen.framework.passages import passages
from jdgen.framework.transcription import transcription_problems
from jdgen.importing.importing import About, Imported, import_framework
from tests.toolbox import publications as layouts
from tests.toolbox.data import SOURCE_FILE, change_text

pytestmark = pytest.mark.slow

SHIPPED = layouts.FRAMEWORK
ABOUT = About("nhs-pccf", "2", reviewed=True)
ROWS = layouts.PMO.rows
FORMATS = ("docx", "xlsx", "csv", "pdf")


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    word = layouts.word()
    files = {"docx": word, "xlsx": layouts.workbook(), "csv": layouts.comma_separated()}
    if shutil.which("soffice"):
        files["pdf"] = layouts.pdf(tmp_path_factory.mktemp("pdf"), word)
    return files


def imported(suffix: str, laid_out: dict[str, bytes], earlier: bool = True, about: About = ABOUT) -> Imported:
    if suffix == "pdf":
        pytest.importorskip("pdfplumber")
    if suffix not in laid_out:
        pytest.skip("soffice is not installed")
    return import_framework(laid_out[suffix], f"chapter.{suffix}", about, SHIPPED if earlier else None, "out.yaml")


def from_source(earlier: bool, source: str | None = None) -> Imported:
    content = source.encode() if source else SOURCE_FILE.read_bytes()
    return import_framework(content, SOURCE_FILE.name, ABOUT, SHIPPED if earlier else None, "out.yaml")


def test_the_source_gives_the_shipped_framework_exactly() -> None:
    framework = from_source(earlier=True).framework
    assert framework.supersedes == SHIPPED.version
    assert replace(framework, version=SHIPPED.version, version_basis=SHIPPED.version_basis, supersedes=None) == SHIPPED


def test_without_an_earlier_version_the_source_gives_the_same_texts_bands_and_places() -> None:
    framework = from_source(earlier=False).framework
    tabled = {statement.id for row in ROWS for statement in row.statements}
    shipped = [passage for passage in passages(SHIPPED) if passage.id in tabled or passage.id == "pmo.description"]
    transcribed = list(passages(framework))
    assert [(passage.title, passage.levels, passage.text, passage.source) for passage in transcribed] == [
        (passage.title, passage.levels, passage.text, passage.source) for passage in shipped
    ]
    # One heading has an id of its transcriber's own; the others follow from the titles.
    other = [(passage.id, same.id) for passage, same in zip(transcribed, shipped, strict=True) if passage.id != same.id]
    assert [new.replace("project-performance", "performance") for new, _ in other] == [old for _, old in other]
    assert len(other) == 3


def test_every_band_that_the_source_has_lost_is_marked_without_an_earlier_version_too() -> None:
    specialism = from_source(earlier=False).framework.specialisms[0]
    bases = {
        statement.id: statement.basis for row in specialism.rows for statement in row.statements if statement.basis
    }
    inferred = {id_ for id_, basis in bases.items() if basis.inferred}
    assert inferred == {
        "pmo.complexity-narrative.6-8d",
        "pmo.leadership.8a-8d",
        "pmo.business-case.8b-8d",
        "pmo.budget.8c-8d",
        "pmo.resource.8c-8d",
    }
    contested = {id_ for id_, basis in bases.items() if basis.confidence is Confidence.CONTESTED}
    assert contested == {"pmo.business-case.7-8a"}
    assert set(bases) == inferred | contested


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_chapter_laid_out_gives_the_same_statements_and_ranges(suffix: str, laid_out: dict[str, bytes]) -> None:
    comparison = compare(SHIPPED, imported(suffix, laid_out).framework)
    assert comparison.changes == ()
    assert comparison.renamed_headings == ()
    assert comparison.unchanged == len(list(passages(SHIPPED)))


@pytest.mark.parametrize("suffix", FORMATS)
def test_lists_are_lists_again(suffix: str, laid_out: dict[str, bytes]) -> None:
    qualifications = imported(suffix, laid_out, earlier=False).framework.specialisms[0].qualifications
    assert [statement.entries for statement in qualifications.statements] == [
        statement.entries for statement in ROWS[-1].statements
    ]


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_source_text_that_is_kept_holds_every_statement_where_the_framework_says(
    suffix: str, laid_out: dict[str, bytes]
) -> None:
    reading = imported(suffix, laid_out)
    assert transcription_problems(reading.framework, reading.source, "out.yaml") == []
    spoilt = reading.source.replace(b"Manage professional relationships", b"Manage no relationships")
    assert spoilt != reading.source
    assert transcription_problems(reading.framework, spoilt, "out.yaml")


@pytest.mark.parametrize("suffix", FORMATS)
def test_an_import_is_the_same_every_time(suffix: str, laid_out: dict[str, bytes]) -> None:
    first, other = imported(suffix, laid_out), imported(suffix, laid_out)
    assert (first.text, first.source, first.doubts) == (other.text, other.source, other.doubts)


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_what_a_file_states_is_not_doubted(suffix: str, laid_out: dict[str, bytes]) -> None:
    reading = imported(suffix, laid_out)
    assert reading.doubts == ()
    assert not [
        statement.id for row in reading.framework.specialisms[0].rows for statement in row.statements if statement.basis
    ]


def test_all_of_a_pdf_is_doubted_with_its_page_and_it_is_not_accepted(laid_out: dict[str, bytes]) -> None:
    reading = imported("pdf", laid_out, about=About("nhs-pccf", "2"))
    assert not reading.accepted
    assert [(doubt.heading, doubt.levels) for doubt in reading.doubts] == [
        (row.title, str(statement.levels).replace(" to ", "-")) for row in ROWS for statement in row.statements
    ]
    assert len(reading.doubts) == sum(len(row.statements) for row in ROWS)
    assert {doubt.place.page for doubt in reading.doubts} == {"page 1", "page 2"}
    assert imported("pdf", laid_out).accepted


def test_a_row_that_a_page_divides_is_one_statement_again_and_said(laid_out: dict[str, bytes]) -> None:
    reading = imported("pdf", laid_out)
    with pytest.importorskip("pdfplumber").open(io.BytesIO(laid_out["pdf"])) as pdf:
        assert len(pdf.pages) == 3, "the layout is meant to divide its last row: mend it"
    whats = [doubt.what for doubt in reading.doubts if "stands apart" in doubt.what]
    assert whats
    assert all("page 3" in what for what in whats)


def test_markup_that_was_taken_out_is_said() -> None:
    doubts = [doubt for doubt in from_source(earlier=False).doubts if "HTML" in doubt.what]
    assert [(doubt.place.row, doubt.place.cell) for doubt in doubts] == [
        ("line 66", f"cell {cell}") for cell in range(3, 8)
    ]


def test_an_entry_route_among_the_responsibilities_is_said() -> None:
    doubts = [doubt for doubt in from_source(earlier=False).doubts if "entry route" in doubt.what]
    assert [(doubt.heading, str(doubt.place)) for doubt in doubts] == [
        ("Project Delivery Professional", "line 58, cell 2")
    ]


def test_earlier_readings_are_kept_only_while_the_statements_are_as_they_were(laid_out: dict[str, bytes]) -> None:
    text = SOURCE_FILE.read_text(encoding="utf-8")
    row = (
        from_source(True, change_text(text, "as necessary\t\tTake", "if necessary\t\tTake"))
        .framework.specialisms[0]
        .headings[1]
    )
    assert row.readings == ()
    assert row.statements[1].text.endswith("if necessary")
    # What the file now shows is not inferred any more, whatever the earlier version says.
    kept_heading = from_source(True, text).framework.specialisms[0].headings[1]
    assert kept_heading.readings == ROWS[3].readings
    shown_heading = (
        import_framework(laid_out["csv"], "c.csv", ABOUT, SHIPPED, "out.yaml").framework.specialisms[0].headings[1]
    )
    assert shown_heading.readings == ()


@pytest.mark.parametrize(
    ("suffix", "right"),
    [
        (".doc", "open it and save it as .docx"),
        (".ods", "open it and save it as .xlsx"),
        (".yaml", "use .docx, .xlsx"),
        ("", "use .docx, .xlsx"),
    ],
)
def test_other_kinds_of_files_are_refused(suffix: str, right: str) -> None:
    with pytest.raises(JdgenError, match=f"no kind of file that frameworks are read from: {right}"):
        import_framework(b"", f"chapter{suffix}", ABOUT, None, "out.yaml")


def test_a_file_without_a_row_of_bands_is_refused() -> None:
    with pytest.raises(JdgenError, match=r"a\.txt: has no table with a row of bands"):
        import_framework(b"PMO\nGrade\tA\tB\n", "a.txt", ABOUT, None, "out.yaml")


def test_the_pdf_extra_is_named_where_it_is_missing(
    laid_out: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(JdgenError, match=r'pip install "jdgen\[pdf\]"'):
        import_framework(laid_out.get("pdf", b"%PDF-1.4"), "chapter.pdf", ABOUT, None, "out.yaml")


def test_a_damaged_pdf_is_refused() -> None:
    pytest.importorskip("pdfplumber")
    with pytest.raises(JdgenError, match=r"chapter\.pdf: cannot be read as a PDF"):
        import_framework(b"%PDF-1.4 nothing", "chapter.pdf", ABOUT, None, "out.yaml")


def test_a_pdf_without_letters_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pdfplumber")
    if not shutil.which("soffice"):
        pytest.skip("soffice is not installed")
    empty = tmp_path / "empty.docx"
    docx.Document().save(str(empty))
    with pytest.raises(JdgenError, match="has no text"):
        import_framework(layouts.pdf(tmp_path, empty.read_bytes()), "chapter.pdf", ABOUT, None, "out.yaml")
