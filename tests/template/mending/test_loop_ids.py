"""Ids are the only ones of their kind, also through the parts of a document."""

from __future__ import annotations

import pytest

from jdgen.drafting.model import JobDescription
from tests.template.mending.parts import mended
from tests.toolbox.word import fill_template, parts_of, with_part, word_file
from tests.toolbox.xml import BODY, choice, paragraph, pictured, repeated, run, tree_of, values_of, with_body

DRAWN = (
    '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="{}" name="x"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="u"/></a:graphic>'
    "</wp:inline></w:drawing></w:r></w:p>"
)
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
PLAIN = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"


def word_file_of(body: str, header: str, footer: str) -> bytes:
    """A Word file with a text, a header and a footer."""
    content = word_file("BODY", header=["HEADER"], footer=["FOOTER"])
    for part, old, new in (
        (BODY, "BODY", body),
        ("word/header1.xml", "HEADER", header),
        ("word/footer1.xml", "FOOTER", footer),
    ):
        content = with_part(content, part, parts_of(content)[part].replace(PLAIN.format(old).encode(), new.encode()))
    return content


@pytest.mark.parametrize("with_picture", [False, True], ids=["compiled", "docxtpl"])
@pytest.mark.parametrize("number", ["4", "1001", "2000000000"])
def test_every_drawing_of_a_document_has_a_number_of_its_own(
    number: str, with_picture: bool, draft: JobDescription
) -> None:
    drawing = DRAWN.format(number)
    picture = paragraph("{% if picture %}{{ picture }}{% endif %}")
    template = word_file_of(repeated(drawing) + picture, repeated(drawing) + drawing, drawing)
    content = fill_template(template, pictured(draft) if with_picture else draft)
    parts = [name for name in parts_of(content) if name.startswith("word/") and b"docPr" in parts_of(content)[name]]
    ids = [value for part in parts for value in values_of(content, "{*}docPr", "id", part)]
    assert len(parts) == 3
    assert len(ids) == 2 * len(draft.values) + 2 + with_picture
    assert len(ids) == len(set(ids))


def test_drawings_that_have_numbers_of_their_own_keep_them() -> None:
    parts = parts_of(word_file_of(DRAWN.format(7), DRAWN.format(3), paragraph("x")))
    assert mended(parts) == parts


def test_an_id_outside_loops_stays(draft: JobDescription) -> None:
    inner = f'<w:p w14:paraId="1A2B3C4D">{run("x")}</w:p>'
    control = f'<w:sdt><w:sdtPr><w:id w:val="77"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'
    tree = tree_of(fill_template(with_body(choice("title", control)), draft))
    assert [element.get(f"{W14}paraId") for element in tree.iter("{*}p")] == ["1A2B3C4D"]
    assert [element.get(element.keys()[0]) for element in tree.iter("{*}id")] == ["77"]
