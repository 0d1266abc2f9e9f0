"""A template with everything in it that docxtpl leaves damaged is mended into a document that LibreOffice lays out."""

from __future__ import annotations

from pathlib import Path

from jdgen.drafting.model import JobDescription
from tests.acceptance.rendering.conftest import pages_of, print_all
from tests.toolbox.validator import errors
from tests.toolbox.word import fill_template
from tests.toolbox.xml import BOLD, NEVER, choice, field_code, paragraph, repeated, row, run, table, with_body

CONTROL = '<w:sdt><w:sdtPr><w:id w:val="77"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>'
BOOKMARK = '<w:p><w:bookmarkStart w:id="5" w:name="own"/>{}<w:bookmarkEnd w:id="5"/></w:p>'
ROWS = row(paragraph(f"{{%tr if {NEVER} %}}")) + row(paragraph("gone")) + row(paragraph("{%tr endif %}"))
BROKEN = "".join(
    [
        f"<w:p>{run('Title: {{ ti')}{run('tle }} and bold', BOLD)}</w:p>",
        table(row(choice(NEVER, paragraph("gone")))),
        choice(NEVER, paragraph("gone")),
        table(ROWS),
        CONTROL.format(choice(NEVER, paragraph("gone"))),
        repeated(CONTROL.format(BOOKMARK.format(run("{{ value.text }}")))),
        f"<w:p>{field_code('TOC')}</w:p>",
        table(CONTROL.format(row(paragraph("kept")))),
        paragraph("the end"),
    ]
)


def test_a_mended_document_holds_to_the_standard(draft: JobDescription, tmp_path: Path) -> None:
    assert errors(fill_template(with_body(BROKEN), draft), tmp_path) == errors(with_body(paragraph("x")), tmp_path)


def test_a_mended_document_is_laid_out_with_all_its_text(draft: JobDescription, tmp_path: Path) -> None:
    path = tmp_path / "mended.docx"
    path.write_bytes(fill_template(with_body(BROKEN), draft))
    print_all(tmp_path, [path])
    text = "".join(pages_of(path.with_suffix(".pdf")))
    expected = [f"Title: {draft.title} and bold", *(value.text for value in draft.values), "kept", "the end"]
    assert [each for each in expected if each.split()[0] not in text] == []
    assert "gone" not in text
