"""Small documents as jdgen fills them, to be edited at random: blocks with anchors, in paragraphs and in rows."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from jdgen.record.anchors import name_by_id
from jdgen.record.model import PrintedBlock
from tests.toolbox.blocks import printed_block
from tests.toolbox.word import W, stories_of

RELATIONS = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
)
PARTS: Mapping[str, bytes] = {"word/_rels/document.xml.rels": RELATIONS[0], "[Content_Types].xml": RELATIONS[1]}


@dataclass(frozen=True)
class Section:
    """A heading, duties under it, and a table of criteria, if there are any. ``rows`` are id and text of each."""

    id: str
    title: str
    duties: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


def blocks_of(sections: Sequence[Section]) -> list[PrintedBlock]:
    blocks: list[PrintedBlock] = []
    for section in sections:
        blocks.append(printed_block(f"{section.id}.title", section.title))
        blocks += [printed_block(*duty) for duty in section.duties]
        for block_id, text in section.rows:
            blocks += [printed_block(block_id, text), printed_block(f"{block_id}.importance", "Essential")]
    return blocks


def document_of(sections: Sequence[Section]) -> Any:
    """The document that prints ``sections``, gathered."""
    body = "".join(map(_section, sections))
    start, end = _paragraph("Title", "", "Job description"), _paragraph("Body", "", "End of the document")
    main = f'<w:document xmlns:w="{W[1:-1]}"><w:body>{start}{body}{end}<w:sectPr/></w:body></w:document>'
    return stories_of({**PARTS, "word/document.xml": main.encode()})


def _section(section: Section) -> str:
    table = ""
    if section.rows:
        head = "<w:tr><w:trPr><w:tblHeader/></w:trPr>{}</w:tr>".format(
            _cell(_paragraph("Head", "", "Criterion")) + _cell(_paragraph("Head", "", "Importance"))
        )
        rows = "".join(
            f"<w:tr>{_cell(_paragraph('Cell', block_id, text))}"
            f"{_cell(_paragraph('Cell', block_id + '.importance', 'Essential'))}</w:tr>"
            for block_id, text in section.rows
        )
        grid = '<w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="2000"/></w:tblGrid>'
        table = f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>{grid}{head}{rows}</w:tbl>'
    duties = "".join(_paragraph("Duty", *duty) for duty in section.duties)
    return _paragraph("Heading2", f"{section.id}.title", section.title) + duties + table


def _cell(content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _paragraph(style: str, block_id: str, text: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
    if block_id:
        name = name_by_id(block_id)
        run = f'<w:bookmarkStart w:id="{int(name[4:11], 16)}" w:name="{name}"/>{run}' + (
            f'<w:bookmarkEnd w:id="{int(name[4:11], 16)}"/>'
        )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


class Editor:
    """A person who edits a document in ways that a seed decides."""

    def __init__(self, tree: Any, chance: random.Random) -> None:
        self.tree = tree
        self.chance = chance

    def edit(self, times: int) -> None:
        for _ in range(times):
            paragraphs = [paragraph for paragraph in self.tree.iter(f"{W}p") if paragraph.find(f".//{W}t") is not None]
            if not paragraphs:
                return
            self.chance.choice(self._ways())(self.chance.choice(paragraphs))

    def _ways(self) -> list[Callable[[Any], None]]:
        return [
            *(self.word, self.word, self.anew, self.format, self.link, self.control, self.remove),
            *(self.add, self.split, self.move, self.double, self.row, self.unanchor),
        ]

    def word(self, paragraph: Any) -> None:
        text = self.chance.choice(list(paragraph.iter(f"{W}t")))
        words = (text.text or "").split(" ")
        words[self.chance.randrange(len(words))] = self.chance.choice(["mine", "our own", "", "R&D"])
        text.text = " ".join(words)

    def anew(self, paragraph: Any) -> None:
        texts = list(paragraph.iter(f"{W}t"))
        texts[0].text = "Typed all anew by somebody."
        for text in texts[1:]:
            text.text = ""

    def format(self, paragraph: Any) -> None:
        """Make a stretch bold, which cuts a run in three."""
        text = self.chance.choice(list(paragraph.iter(f"{W}t")))
        run, words = text.getparent(), text.text or ""
        start, end = sorted(self.chance.randrange(len(words) + 1) for _ in range(2))
        rest = [copy.deepcopy(run) for _ in range(2)]
        text.text = words[:start]
        for new_run, part in zip(rest, (words[start:end], words[end:]), strict=True):
            new_run.find(f"{W}t").text = part
        bold = rest[0].find(f"{W}rPr")
        if bold is None:
            bold = etree.Element(f"{W}rPr")
            rest[0].insert(0, bold)
        if bold.find(f"{W}b") is None:
            etree.SubElement(bold, f"{W}b")
        run.addnext(rest[1])
        run.addnext(rest[0])

    def link(self, paragraph: Any) -> None:
        self._wrap(paragraph, lambda: etree.Element(f"{W}hyperlink"))

    def control(self, paragraph: Any) -> None:
        self._wrap(paragraph, lambda: etree.Element(f"{W}sdt"))

    def _wrap(self, paragraph: Any, make: Any) -> None:
        run = self.chance.choice(list(paragraph.iter(f"{W}r")))
        if run.getparent().tag != f"{W}p":
            return
        whole = make()
        run.addprevious(whole)
        (etree.SubElement(whole, f"{W}sdtContent") if whole.tag == f"{W}sdt" else whole).append(run)

    def remove(self, paragraph: Any) -> None:
        if paragraph.getparent().tag == f"{W}tc":
            row = next(paragraph.iterancestors(f"{W}tr"))
            if len(list(row.getparent().iter(f"{W}tr"))) > 1:
                row.getparent().remove(row)
            return
        paragraph.getparent().remove(paragraph)

    def add(self, paragraph: Any) -> None:
        text = f"A duty of mine, number {self.chance.randrange(1000)}."
        duty = etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>{text}</w:t></w:r></w:p>')
        paragraph.addnext(duty)

    def split(self, paragraph: Any) -> None:
        runs = [run for run in paragraph.iter(f"{W}r") if run.getparent() is paragraph]
        if len(runs) != 1 or len(runs[0].findall(f"{W}t")) != 1:
            return
        words = (runs[0].find(f"{W}t").text or "").split(" ")
        at = self.chance.randrange(len(words) + 1)
        second = etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t/></w:r></w:p>')
        second.find(f".//{W}t").text = " ".join(words[at:])
        runs[0].find(f"{W}t").text = " ".join(words[:at])
        paragraph.addnext(second)

    def move(self, paragraph: Any) -> None:
        body = self.tree.find(f".//{W}body")
        if paragraph.getparent() is body:
            others = [other for other in body.iterchildren(f"{W}p") if other is not paragraph]
            if others:
                self.chance.choice(others).addnext(paragraph)

    def double(self, paragraph: Any) -> None:
        twin = copy.deepcopy(paragraph)
        for mark in [*twin.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        paragraph.addnext(twin)

    def row(self, paragraph: Any) -> None:
        row = next(paragraph.iterancestors(f"{W}tr"), None)
        if row is None:
            return
        new_row = copy.deepcopy(row)
        for mark in [*new_row.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        for text in new_row.iter(f"{W}t"):
            text.text = f"Mine {self.chance.randrange(1000)}"
        row.addnext(new_row)

    def unanchor(self, paragraph: Any) -> None:
        """What programs do that know no bookmarks."""
        for mark in [*paragraph.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
