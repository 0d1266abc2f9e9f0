"""PDF/UA, judged by a validator of others; what is seen and read of a page stays as LibreOffice printed it."""

from __future__ import annotations

import functools
import io
import random
import shutil
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import page
import pdfplumber
import pikepdf
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from docx.table import Table

from jdgen.app import documents
from jdgen.levels import Band
from jdgen.post.reading import entries_of_file, post_of
from jdgen.publishing.libreoffice import EXPORT
from jdgen.publishing.tagged_pdf import complete_tags
from jdgen.template.filling import fill
from jdgen.workspace import Workspace
from tests.toolbox.examples import (
    DOCUMENTS,
    DRAFTED,
    POSTS,
    ROOT,
    SOME_DOCUMENTS,
    TEMPLATES,
    document_of,
    post_file,
    shipped_template,
)
from tests.toolbox.libreoffice import LibreOffice
from tests.toolbox.soak import IS_SOAK, seeds
from tests.toolbox.structure import Tag, structure_of
from tests.toolbox.word import bytes_of, empty_document, open_document, png, word_file

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
    pytest.mark.soak,
]
PRINTED = DOCUMENTS if IS_SOAK else SOME_DOCUMENTS
TITLE = 'R&D <lead> & "systems" specialist'


@functools.lru_cache(maxsize=64)
def completed(content: bytes) -> bytes:
    """What :func:`complete_tags` makes of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "printed.pdf")
        path.write_bytes(content)
        return complete_tags(path)


def faults(content: bytes) -> list[tuple[str, str]]:
    """The rules of PDF/UA-1 that a PDF breaks."""
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1)
    return [(failure.rule_id, failure.message) for failure in report.failures]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    return LibreOffice(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def pdfs(office: LibreOffice) -> list[bytes]:
    """Example documents as LibreOffice exports them."""
    return office.all_printed([document_of(*each) for each in PRINTED], EXPORT)


def test_examples_are_pdf_ua(pdfs: list[bytes]) -> None:
    assert {rule for content in pdfs for rule, _ in faults(content)} == {
        "PDFUA1-CONTENT-TAGGING-001",
        "PDFUA1-LI-PARENT-001",
    }
    assert [faults(completed(content)) for content in pdfs] == [[]] * len(pdfs)


def test_what_is_read_and_seen_stays(pdfs: list[bytes], tmp_path: Path) -> None:
    for number, content in enumerate(pdfs if IS_SOAK else pdfs[:3]):
        before, after = tmp_path / f"{number}a.pdf", tmp_path / f"{number}b.pdf"
        before.write_bytes(content)
        after.write_bytes(completed(content))
        for command in (("pdftotext", "-layout"), ("pdftoppm", "-r", "50")):
            assert _output_of(command, before) == _output_of(command, after) != b""


def _output_of(command: tuple[str, ...], path: Path) -> bytes:
    out = "-" if command[0] == "pdftotext" else ""
    return subprocess.run([*command, path, *filter(None, [out])], check=True, capture_output=True).stdout


def test_a_title_is_heard_as_it_was_written(office: LibreOffice) -> None:
    document = open_document(word_file("A text"))
    document.core_properties.title, document.core_properties.subject = TITLE, "Band 7 & more"
    document.core_properties.author = "Health & Care Trust"
    [content] = office.all_printed([bytes_of(document)], EXPORT)
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] != TITLE
    with pikepdf.open(io.BytesIO(completed(content))) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["dc:title"], metadata["dc:description"]) == (TITLE, "Band 7 & more")
        assert metadata["dc:creator"] == ["Health & Care Trust"]
        assert str(pdf.docinfo["/Title"]) == TITLE


def test_a_line_that_was_tagged_stays_so(pdfs: list[bytes]) -> None:
    once = completed(pdfs[0])
    assert _marks(completed(once)) == _marks(once) > _marks(pdfs[0])


def _marks(content: bytes) -> int:
    """How often something is marked as an artifact."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        streams = [pikepdf.unparse_content_stream(pikepdf.parse_content_stream(each)) for each in pdf.pages]
    return sum(each.count(b"/Artifact BMC") for each in streams)


def test_a_chart_is_in_the_tag_that_has_its_words(pdfs: list[bytes]) -> None:
    charts = 0
    for (post, _), content in zip(PRINTED, pdfs, strict=True):
        before, after = (list(structure_of(each).all("Figure")) for each in (content, completed(content)))
        assert [figure.lines for figure in before] == [[]] * len(before)
        title = post_of(entries_of_file(post_file(post))).title.split()[0]
        assert all("This post" in line and title in line for figure in after for line in figure.lines)
        assert all(figure.lines for figure in after)
        charts += len(after)
    assert charts >= len(POSTS)


#: Pictures in a document, by their words; one has none.
PICTURES = ("One", "Another", "", "Alone on its page")


@pytest.fixture(scope="module")
def pictured(office: LibreOffice) -> bytes:
    """A document with a logo in its header, pictures in its text, and one that is all that its last page has."""
    document = empty_document()
    document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(png()), Cm(1))
    for words in PICTURES:
        paragraph = document.add_paragraph("" if words == PICTURES[-1] else "A text")
        paragraph.paragraph_format.page_break_before = words == PICTURES[-1]
        paragraph.add_run().add_picture(io.BytesIO(png()), Cm(3))
    for shape, words in zip(document.inline_shapes, PICTURES, strict=True):
        shape._inline.docPr.set("descr", words)
    [content] = office.all_printed([bytes_of(document)], EXPORT)
    return content


def test_pictures_with_words_are_in_their_tags(pictured: bytes) -> None:
    assert _pictures_by_words(pictured) == dict.fromkeys(PICTURES, 0)
    assert _pictures_by_words(completed(pictured)) == {words: int(bool(words)) for words in PICTURES}
    twice = completed(completed(pictured))
    assert _pictures_by_words(twice) == _pictures_by_words(completed(pictured))


def test_each_picture_on_a_page_has_a_number_of_its_own(pictured: bytes) -> None:
    with pikepdf.open(io.BytesIO(completed(pictured))) as pdf:
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        for page_of_pdf in pdf.pages:
            painted = pikepdf.parse_content_stream(page_of_pdf)
            numbers = [int(each.operands[1].MCID) for each in painted if str(each.operator) == "BDC"]
            on_page = tree[int(page_of_pdf.StructParents)]
            assert sorted(numbers) == list(range(len(on_page)))
            assert all(number in map(int, on_page[number].K) for number in numbers)


def test_a_picture_that_may_be_another_stays_decoration(pictured: bytes) -> None:
    for change in (_move, _double):
        spoilt = _with_figures(pictured, change)
        assert _pictures_by_words(completed(spoilt)) == dict.fromkeys(PICTURES, 0)


def _move(figure: Any, _: Any) -> None:
    figure.A.BBox = [float(each) + 1 for each in figure.A.BBox]


def _double(figure: Any, pdf: pikepdf.Pdf) -> None:
    figure.P.K.append(pdf.make_indirect(pikepdf.Dictionary(figure)))


def _with_figures(content: bytes, change: Any) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for figure in _figures(pdf):
            change(figure, pdf)
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue()


def _figures(pdf: pikepdf.Pdf) -> list[Any]:
    objects: list[Any] = list(pdf.objects)
    return [each for each in objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]


def _pictures_by_words(content: bytes) -> dict[str, int]:
    """How many pictures are painted in each figure, by its words."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return {
            str(each.get("/Alt", "")): sum(_painted(each.Pg, int(number)) for number in each.get("/K", ()))
            for each in _figures(pdf)
        }


def _painted(page_of_pdf: Any, number: int) -> int:
    """How many pictures are painted in the marked content with this ``number``."""
    is_in, pictures = False, 0
    for each in pikepdf.parse_content_stream(page_of_pdf):
        operator = str(each.operator)
        if operator in ("BDC", "BMC", "EMC"):
            is_in = operator == "BDC" and number == each.operands[1].MCID
        pictures += is_in and operator == "Do"
    return pictures


def test_what_heads_a_row_or_a_column_says_so(pdfs: list[bytes]) -> None:
    for (post, template), content in zip(PRINTED, pdfs, strict=True):
        tables = open_document(document_of(post, template)).tables
        headings = [text for table in tables for text in _headings(table)]
        before, after = (_headers(structure_of(each)) for each in (content, completed(content)))
        assert after["/Row"] == headings
        assert {scope: before[scope] for scope in before} == {"/Column": after["/Column"]}
        assert len(after["/Column"]) == sum(len(table.columns) for table in tables)


def _headings(table: Table) -> list[str]:
    cells = [row.cells[0] for row in table.rows[1:]]
    return [
        _without_spaces(cell.text)
        for cell in cells
        if str(cell.paragraphs[0].style.name).startswith("Table Row Heading")
    ]


def _headers(root: Tag) -> dict[str, list[str]]:
    """What is in each cell that heads others, by what it heads."""
    headers: dict[str, list[str]] = {}
    for cell in root.all("TH"):
        headers.setdefault(cell.attributes["Scope"], []).append(_words(cell))
    return headers


@pytest.mark.parametrize("template", TEMPLATES)
def test_each_cell_has_the_words_that_it_has_in_word(pdfs: list[bytes], template: str) -> None:
    for each, content in zip(PRINTED, pdfs, strict=True):
        if each[1] == template:
            tables = structure_of(completed(content)).all("Table")
            heard = [[[_words(cell) for cell in row.kids("TH", "TD")] for row in table.kids("TR")] for table in tables]
            expected = [
                [[_without_spaces(cell.text) for cell in row.cells] for row in table.rows]
                for table in open_document(document_of(*each)).tables
            ]
            assert heard == expected


@pytest.mark.parametrize(
    "template", [name for name in TEMPLATES if name not in ("person-specification", "role-profile")]
)
def test_each_entry_of_a_list_has_its_bullet(pdfs: list[bytes], template: str) -> None:
    for each, content in zip(PRINTED, pdfs, strict=True):
        if each[1] == template:
            document = open_document(document_of(*each))
            in_cells = [
                paragraph
                for table in document.tables
                for row in table.rows
                for cell in row.cells
                for paragraph in cell.paragraphs
            ]
            entries = [
                paragraph for paragraph in (*document.paragraphs, *in_cells) if "Bullet" in str(paragraph.style.name)
            ]
            with pdfplumber.open(io.BytesIO(content)) as pdf:
                bullets = [word for page in pdf.pages for word in page.extract_words() if word["text"] == "•"]
            assert len(bullets) == len(entries) > 0


def test_bullets_and_numbers_are_labels(pdfs: list[bytes]) -> None:
    for content in pdfs:
        before, after = (list(structure_of(each).all("LI")) for each in (content, completed(content)))
        assert [item.lines for item in after] == [item.lines for item in before]
        assert [[part.lines for part in item.kids("Lbl")] for item in after] == [[item.lines[:1]] for item in before]


#: How items are numbered, and how it shows on the first: in the end, as a label or as part of the text.
NUMBERS = (
    ("bullet", "-", "-", True),
    ("lowerRoman", "(%1)", "(i)", True),
    ("decimal", "%1.", "1.", True),
    ("decimal", "Section %1:", "Section 1:", False),
    ("decimal", "", "I", False),
)


def test_what_may_be_text_is_no_label(office: LibreOffice) -> None:
    document = empty_document()
    numbering = document.part.numbering_part.element
    for number, (kind, shape, _, _) in enumerate(NUMBERS, start=90):
        document.add_paragraph("A text")
        level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{shape}"/></w:lvl>'
        described = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{level}</w:abstractNum>'
        numbering.insert(0, parse_xml(described))
        numbering.add_num(number)
        paragraph = document.add_paragraph()
        paragraph.add_run("I").bold = True
        paragraph.add_run(" am of two kinds")
        properties: Any = paragraph._p.get_or_add_pPr()
        properties.get_or_add_numPr().get_or_add_numId().val = numbering.num_lst[-1].numId
    [content] = office.all_printed([bytes_of(document)], EXPORT)
    items = list(structure_of(completed(content)).all("LI"))
    assert [item.lines[0] for item in items] == [line for _, _, line, _ in NUMBERS]
    assert [bool(item.kids("Lbl")) for item in items] == [is_label for *_, is_label in NUMBERS]


#: What cannot be looked at as text, as it stands in what a page paints.
ODD = (b"\n%EMC \n", b"\nBT (EMC ) pop ET\n", b"\n0 0 m 9 9 l 0 0 9 9 sh S\n", b"\n/xEMC gs\n")


@pytest.mark.parametrize("odd", ODD)
def test_what_a_page_paints_otherwise_is_looked_at_one_by_one(odd: bytes, pdfs: list[bytes]) -> None:
    with pikepdf.open(io.BytesIO(pdfs[0])) as pdf:
        for page_of_pdf in pdf.pages:
            painted = page_of_pdf.Contents.read_bytes()
            page_of_pdf.Contents = pdf.make_stream(odd.replace(b"pop", b"Tj") + painted)
        stream = io.BytesIO()
        pdf.save(stream)
    whole = _paths_outside(completed(stream.getvalue()))
    assert whole == 0 < _paths_outside(stream.getvalue())


def _paths_outside(content: bytes) -> int:
    """How many paths are painted outside all tags."""
    count = depth = 0
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page_of_pdf in pdf.pages:
            for each in pikepdf.parse_content_stream(page_of_pdf):
                operator = str(each.operator)
                depth += (operator in ("BMC", "BDC")) - (operator == "EMC")
                count += operator in ("S", "f", "f*") and not depth
    return count


def _words(cell: Tag) -> str:
    """The words of a cell of a PDF, without the bullets of its lists."""
    return _without_spaces(" ".join(line for line in cell.lines if line != "•"))


def _without_spaces(text: str) -> str:
    """``text`` without spaces: where lines of a PDF end, nobody can tell whether there was one."""
    return "".join(text.split())


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"no PDF at all"])
def test_a_broken_file_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"pdf|PDF|trailer|file"):
        completed(content)


#: What a post may lack, and what is of one band alone.
ANSWERS = ("employer", "base", "hours", "responsible_to", "je_reference", "about", "purpose")
BANDS = ("6", "7", "8a", "8b", "8c", "8d")
LISTS = ("values", "dimensions", "relationships", "decisions", "demands")
OF_ONE_BAND = ("added_duties", "omitted_duties", "reworded_duties", "kept_duties", "added_criteria", "omitted_criteria")


def test_random_posts_are_pdf_ua(office: LibreOffice) -> None:
    documents = [_random_document(random.Random(seed)) for seed in seeds(17)]
    assert [faults(completed(content)) for content in office.all_printed(documents, EXPORT)] == [[]] * len(documents)


def _random_document(chance: random.Random) -> bytes:
    """The document of an example post at any band, of which some answers are missing and others are long."""
    post = post_of(entries_of_file(post_file(chance.choice(POSTS))))
    missing: dict[str, Any] = {name: None for name in ANSWERS if chance.random() < 0.3}
    missing |= {name: chance.choice([(), getattr(post, name) * 9]) for name in LISTS if chance.random() < 0.4}
    changes = {**missing, **dict.fromkeys(OF_ONE_BAND, ()), "band": Band(chance.choice(BANDS))}
    draft = documents.draft(replace(post, **changes), Workspace(ROOT), DRAFTED, chance.choice([True, False]))
    return fill(shipped_template(chance.choice(TEMPLATES)), draft, DRAFTED)
