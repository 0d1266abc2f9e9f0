"""In another template a document is made anew: only what people wrote in the old one is to be carried over."""

from __future__ import annotations

import functools
import shutil
from pathlib import Path

import pytest

from jdgen.document.making import DocumentSources, make_document
from jdgen.post.reading import entries_of_file, post_of
from jdgen.record.digests import has_mark_of, marks_of
from jdgen.record.reading import Handling, read_record
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.many_documents import left_over_file
from jdgen.revision.regeneration import Regenerated, RegenerationOutcome, regenerate
from jdgen.template.compiling import compile_template
from jdgen.word.opening import unpack
from jdgen.workspace import Workspace
from tests.toolbox.commands import POST as OPTIONS
from tests.toolbox.commands import Run
from tests.toolbox.data import shipped_library
from tests.toolbox.documents import MANNER, POST
from tests.toolbox.examples import DRAFTED, ROOT, TEMPLATES, post_file
from tests.toolbox.losing import converted
from tests.toolbox.organisations.templates import TEMPLATES as ORGANISATIONS
from tests.toolbox.word import bytes_of, open_document, parts_of, zipped

pytestmark = pytest.mark.slow

SHIPPED = {name: ROOT / f"templates/{name}.docx" for name in sorted(TEMPLATES)}
DUTY = "Lead the development of project management"


@functools.cache
def template(name: str) -> bytes:
    return SHIPPED[name].read_bytes() if name in SHIPPED else ORGANISATIONS[name]()


@functools.cache
def document_in(name: str) -> bytes:
    sources = DocumentSources(shipped_library(), compile_template(template(name), f"{name}.docx"), DRAFTED)
    return make_document(post_of(entries_of_file(post_file(POST))), sources).content


def in_another(content: bytes, tmp_path: Path, other: str, *, with_old: str = "") -> Regenerated:
    """``content`` made anew in ``other``, in a workspace where the old template is at hand or not."""
    (tmp_path / "templates").mkdir(exist_ok=True)
    (tmp_path / "other.docx").write_bytes(template(other))
    if with_old:
        (tmp_path / "templates/the old one.docx").write_bytes(template(with_old))
    return regenerate(content, "a.docx", FreshSources(Workspace(tmp_path), None, tmp_path / "other.docx"), MANNER)


@pytest.mark.parametrize("name", [*SHIPPED, *ORGANISATIONS])
def test_of_a_document_that_nobody_edited_nothing_is_carried_over(name: str, tmp_path: Path) -> None:
    other = "role-profile" if name == "job-description" else "job-description"
    result = in_another(document_in(name), tmp_path, other)
    assert result.outcome is RegenerationOutcome.NEW_TEMPLATE
    assert result.in_words == "made anew in another template"
    assert (result.decisions, result.own_texts, left_over_file(result)) == ((), (), None)


@pytest.mark.parametrize("at_hand", [False, True])
@pytest.mark.parametrize("name", [*SHIPPED, *ORGANISATIONS])
def test_of_one_that_was_only_saved_again_nothing_is(name: str, at_hand: bool, tmp_path: Path) -> None:
    again = bytes_of(open_document(document_in(name)))
    found_record = read_record(unpack(again))
    assert found_record is not None
    assert found_record.handling is Handling.SAVED
    other = "role-profile" if name == "job-description" else "job-description"
    result = in_another(again, tmp_path, other, with_old=name if at_hand else "")
    assert (result.decisions, result.own_texts) == ((), ())


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["job-description", "different_first_page"])
def test_nor_of_one_that_libreoffice_saved(name: str, tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(document_in(name))
    again = converted(tmp_path / "made.docx", "docx", tmp_path / "again").read_bytes()
    result = in_another(again, tmp_path, "role-profile")
    assert (result.decisions, result.own_texts) == ((), ())


@pytest.mark.parametrize("name", [*SHIPPED, *ORGANISATIONS])
def test_of_an_edited_one_all_that_people_wrote_and_nothing_else(name: str, tmp_path: Path) -> None:
    document = open_document(document_in(name))
    heading = next(
        paragraph
        for paragraph in document.paragraphs
        if paragraph.text.strip() and paragraph.style.name.startswith("Heading")
    )
    heading.runs[0].text = "What we called it"
    for run_of_text in heading.runs[1:]:
        run_of_text.text = ""
    document.add_paragraph("A line of my own.")
    content = zipped(
        {
            part: xml.replace(b"Head of planning and change", b"Head of change") if part.startswith("word/") else xml
            for part, xml in parts_of(bytes_of(document)).items()
        }
    )
    other = "role-profile" if name == "job-description" else "job-description"
    result = in_another(content, tmp_path, other)
    own_texts = [*result.own_texts, *(decision.theirs for decision in result.decisions)]
    assert {"A line of my own.", "What we called it"} <= set(own_texts)
    # The organisation chart says in words who manages the post, where a template has it.
    in_words = "Responsible to: Head of change"
    assert set(own_texts) <= {"A line of my own.", "What we called it", "Head of change", in_words}
    prints_no_manager = ("person-specification", "role-profile", "content_controls")
    assert ("Head of change" in own_texts) is (name not in prints_no_manager)
    assert result.in_words.endswith("; the edits of people are to be carried over")


def test_a_change_of_one_of_several_cells_alike_is_an_edit(tmp_path: Path) -> None:
    document = open_document(document_in("job-description"))
    cell = next(
        cell for table in document.tables for row in table.rows for cell in row.cells if cell.text == "Desirable"
    )
    cell.paragraphs[0].runs[0].text = "Not needed"
    result = in_another(bytes_of(document), tmp_path, "role-profile")
    assert [decision.theirs for decision in result.decisions] + list(result.own_texts) == ["Not needed"]


def test_a_record_of_the_earlier_form_takes_the_template_at_hand(tmp_path: Path) -> None:
    before = ROOT / "tests/data/before"
    shutil.copytree(before, tmp_path, dirs_exist_ok=True)
    again = bytes_of(open_document((before / "made/kite-keeper.docx").read_bytes()))
    result = in_another(again, tmp_path, "role-profile")
    assert (result.decisions, result.own_texts) == ((), ())


def test_the_command_says_nothing_of_edits_where_there_are_none(run: Run, folder: Path) -> None:
    assert run("generate", *OPTIONS, "--output", "jd.docx").exit_code == 0
    shutil.copy(SHIPPED["role-profile"], folder / "other.docx")
    result = run("regenerate", "jd.docx", "--template", "other.docx", "--output", "new")
    assert result.exit_code == 0
    assert "made anew in another template ->" in result.stdout
    assert "carry over" not in result.stdout
    assert sorted(path.name for path in (folder / "new").iterdir()) == ["jd.docx", "report.html", "report.xlsx"]
    assert "carried over" not in (folder / "new/report.html").read_text(encoding="utf-8")


def test_a_text_is_known_by_its_mark() -> None:
    marks = marks_of(["Job details", "Organisation’s  values", "", " "])
    assert len(marks) == 8
    assert has_mark_of(marks, "Organisation's values")
    assert not has_mark_of(marks, "Job detail")
    assert not has_mark_of("", "Job details")
