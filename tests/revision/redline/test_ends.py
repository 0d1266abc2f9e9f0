"""The end of a cell, of the text, of a header and of a note stays, whatever is put in or taken out before it."""

from __future__ import annotations

import copy
import itertools
import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from jdgen.revision.redline.deletions import mend_ends
from jdgen.revision.redline.marks import DEL, INS, Marker, Stamp
from jdgen.revision.redline.settling import accept_all
from tests.toolbox.libreoffice import LibreOffice
from tests.toolbox.rejecting import reject_all, structure
from tests.toolbox.word import W, parts_of, with_part, word_file

STAMP = Stamp("jdgen", "2026-11-24T00:00:00Z")
KEPT, GONE, NEW = "kept", "gone", "new"
#: What holds paragraphs of which the last must stay, round them.
HOLDERS = {
    "a cell": "<w:body><w:tbl><w:tr><w:tc><w:tcPr/>{}</w:tc></w:tr></w:tbl><w:p/><w:sectPr/></w:body>",
    "the text": "<w:body>{}<w:sectPr/></w:body>",
    "a header": "<w:hdr>{}</w:hdr>",
    "a footer": "<w:ftr>{}</w:ftr>",
    "a footnote": '<w:footnotes><w:footnote w:id="1">{}</w:footnote></w:footnotes>',
    "a text box": "<w:body><w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p></w:body>",
}
#: What a first paragraph that stays is followed by, up to the end.
ENDS = [fates for count in (1, 2, 3) for fates in itertools.product((GONE, NEW), repeat=count)]


def tree_of(holder: str, paragraphs: str) -> Any:
    return etree.fromstring(f'<w:document xmlns:w="{W[1:-1]}">{HOLDERS[holder].format(paragraphs)}</w:document>')


def paragraph(text: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def case(holder: str, fates: tuple[str, ...], *, alike: bool, begins: bool = True) -> tuple[Any, Any, Any]:
    """A document, the same redlined, and the document that it becomes."""
    texts = [(KEPT, "The first.", "Body")] if begins else []
    texts += [(fate, f"{fate} {number}.", "Body" if alike else fate) for number, fate in enumerate(fates)]
    theirs, expected = (
        tree_of(holder, "".join(paragraph(text, style) for fate, text, style in texts if fate != other))
        for other in (NEW, GONE)
    )
    redlined_tree = tree_of(holder, "".join(paragraph(text, style) for _, text, style in texts))
    fate_of = {text: fate for fate, text, _ in texts}
    marker = Marker(STAMP, redlined_tree)
    for each in [node for node in redlined_tree.iter(f"{W}p") if (node.findtext(f"{W}r/{W}t")) in fate_of]:
        fate = fate_of[each.findtext(f"{W}r/{W}t")]
        if fate == GONE:
            marker.delete_words(each)
            marker.mark_end(each, DEL)
        elif fate == NEW:
            run = each.find(f"{W}r")
            mark = marker.element(INS)
            run.addprevious(mark)
            mark.append(run)
            marker.mark_end(each, INS)
    mend_ends(redlined_tree, marker)
    return theirs, redlined_tree, expected


@pytest.mark.parametrize("holder", HOLDERS)
@pytest.mark.parametrize("fates", ENDS, ids=" ".join)
@pytest.mark.parametrize("alike", [True, False], ids=["alike", "other looks"])
def test_rejecting_gives_every_paragraph_back_and_accepting_leaves_none_over(
    holder: str, fates: tuple[str, ...], alike: bool
) -> None:
    theirs, redlined_tree, expected = case(holder, fates, alike=alike)
    rejected, accepted = copy.deepcopy(redlined_tree), copy.deepcopy(redlined_tree)
    reject_all(rejected)
    accept_all(accepted)
    assert structure(rejected) == structure(theirs)
    assert structure(accepted) == structure(expected)


def test_a_cell_that_loses_all_that_is_in_it_keeps_one_paragraph() -> None:
    theirs, tree, _ = case("a cell", (GONE, GONE), alike=True, begins=False)
    rejected = copy.deepcopy(tree)
    reject_all(rejected)
    accept_all(tree)
    assert structure(rejected) == structure(theirs)
    (cell,) = tree.iter(f"{W}tc")
    assert ["".join(paragraph.itertext()) for paragraph in cell.iter(f"{W}p")] == [""]


def test_the_looks_of_the_mark_of_the_last_paragraph_are_there_again_after_rejecting() -> None:
    """They are those of its number or its bullet."""
    tree = tree_of("a cell", paragraph("The first.", "Body") + paragraph("New.", "Body"))
    first, new = (node for node in tree.iter(f"{W}p") if node.find(f"{W}pPr") is not None)
    first.find(f"{W}pPr").append(etree.fromstring(f'<w:rPr xmlns:w="{W[1:-1]}"><w:b/></w:rPr>'))
    marker = Marker(STAMP, tree)
    new.remove(new.find(f"{W}r"))
    marker.mark_end(new, INS)
    mend_ends(tree, marker)
    reject_all(tree)
    (last,) = [node for node in tree.iter(f"{W}p") if node.find(f"{W}pPr") is not None]
    assert last.find(f"{W}pPr/{W}rPr/{W}b") is not None


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_agrees(tmp_path: Path) -> None:
    """Several of them in one document, one table each."""
    cases = [case("a cell", fates, alike=True) for fates in ENDS]
    tables = [[tree.find(f".//{W}tbl") for tree in each] for each in cases]
    content = with_part(word_file("x"), "word/document.xml", _document([table for _, table, _ in tables]))
    rejected, accepted = LibreOffice(tmp_path).all_settled([content])[0]
    assert _texts(rejected) == _texts(_document([table for table, _, _ in tables]))
    assert _texts(accepted) == _texts(_document([table for *_, table in tables]))


def _document(tables: list[Any]) -> bytes:
    grid = f'<w:tblPr xmlns:w="{W[1:-1]}"/>', f'<w:tblGrid xmlns:w="{W[1:-1]}"><w:gridCol w:w="5000"/></w:tblGrid>'
    body = etree.Element(f"{W}body", nsmap={"w": W[1:-1]})
    for table in map(copy.deepcopy, tables):
        for number, xml in enumerate(grid):
            table.insert(number, etree.fromstring(xml))
        body.extend([table, etree.Element(f"{W}p")])
    etree.SubElement(body, f"{W}sectPr")
    for style in list(body.iter(f"{W}pStyle")):
        style.getparent().remove(style)
    ids = itertools.count(1)
    for mark in body.iter(INS, DEL):
        mark.set(f"{W}id", str(next(ids)))
    document = etree.Element(f"{W}document", nsmap={"w": W[1:-1]})
    document.append(body)
    return etree.tostring(document)


def _texts(content: bytes) -> list[list[str]]:
    tree = etree.fromstring(content if content.startswith(b"<") else parts_of(content)["word/document.xml"])
    return [
        ["".join(map(str, paragraph.itertext())) for paragraph in cell.iter(f"{W}p")] for cell in tree.iter(f"{W}tc")
    ]
