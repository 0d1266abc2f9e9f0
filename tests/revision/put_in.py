"""What people put into a printed paragraph, as Word and LibreOffice write it: one function each, on real documents.

Each is given the document, a paragraph of one run, and a number that tells it from others in the same document.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from docx.document import Document
from docx.text.run import Run
from lxml import etree

from jdgen.revision.decisions import Action
from tests.toolbox.markup import NAMESPACES, control, field_code, run
from tests.toolbox.word import W, png

MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MATHS = f'xmlns:m="{MATHS[1:-1]}"'
Alter = Callable[[Document, Any, int], None]


@dataclass(frozen=True)
class Case:
    """``reworded`` and ``withdrawn`` are what becomes of the paragraph when its words change, and when they are
    withdrawn; ``tags`` are those of elements that somebody put in, as many of which must be there afterwards.
    ``edits`` says that words are changed too."""

    alter: Alter
    reworded: Action = Action.REWORD
    withdrawn: Action = Action.QUESTION
    tags: tuple[str, ...] = ()
    edits: bool = False


def elements(xml: str) -> list[Any]:
    return list(etree.fromstring(f"<w:p {NAMESPACES} {_MATHS}>{xml}</w:p>"))


def cut_run(paragraph: Any, *at: int) -> list[Any]:
    """The only run of a paragraph cut at these characters: the runs that it becomes."""
    (whole,) = paragraph.iter(f"{W}r")
    text = whole.find(f"{W}t").text
    pieces = []
    for start, end in zip((0, *at), (*at, len(text)), strict=True):
        piece = copy.deepcopy(whole)
        piece.find(f"{W}t").text = text[start:end]
        piece.find(f"{W}t").set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        whole.addprevious(piece)
        pieces.append(piece)
    whole.getparent().remove(whole)
    return pieces


def second_word(paragraph: Any) -> list[Any]:
    """The runs before, of and after the second word, which is the one that changes."""
    (whole,) = paragraph.iter(f"{W}r")
    text = whole.find(f"{W}t").text
    start = text.index(" ") + 1
    return cut_run(paragraph, start, text.index(" ", start))


def at_end(xml: str) -> Alter:
    def alter(document: Document, paragraph: Any, number: int) -> None:
        (words,) = paragraph.iter(f"{W}r")
        for node in reversed(elements(xml.replace("NUMBER", str(number)))):
            words.addnext(node)

    return alter


def round_second_word(before: str, after: str) -> Alter:
    """Marks round the word that changes."""

    def alter(document: Document, paragraph: Any, number: int) -> None:
        word = second_word(paragraph)[1]
        for node in elements(before.replace("NUMBER", str(number))):
            word.addprevious(node)
        for node in reversed(elements(after.replace("NUMBER", str(number)))):
            word.addnext(node)

    return alter


def second_word_in(xml: str, holder: str) -> Alter:
    """The word that changes inside an element, at its descendant ``holder``."""

    def alter(document: Document, paragraph: Any, number: int) -> None:
        word = second_word(paragraph)[1]
        (whole,) = elements(xml.replace("NUMBER", str(number)))
        word.addprevious(whole)
        (whole if whole.tag == holder else next(whole.iter(holder))).append(word)

    return alter


def look(properties: str) -> Alter:
    def alter(document: Document, paragraph: Any, number: int) -> None:
        third = second_word(paragraph)[2]
        third.insert(0, elements(f"<w:rPr>{properties}</w:rPr>")[0])

    return alter


def anchor_twice(document: Document, paragraph: Any, number: int) -> None:
    """A program that copies a bookmark with its paragraph: name and id are there twice."""
    start = paragraph.find(f"{W}bookmarkStart")
    own_run = elements("<w:r><w:t>A line of my own.</w:t></w:r>")[0]
    line = etree.Element(f"{W}p")
    line.extend([copy.deepcopy(start), own_run, copy.deepcopy(paragraph.find(f"{W}bookmarkEnd"))])
    paragraph.addprevious(line)


def anchor_without_end(document: Document, paragraph: Any, number: int) -> None:
    paragraph.remove(paragraph.find(f"{W}bookmarkEnd"))


def anchor_over_two(document: Document, paragraph: Any, number: int) -> None:
    line = etree.Element(f"{W}p")
    line.extend([*elements("<w:r><w:t>A further line of my own.</w:t></w:r>"), paragraph.find(f"{W}bookmarkEnd")])
    paragraph.addnext(line)


def in_nested_table(document: Document, paragraph: Any, number: int) -> None:
    grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>'
    inner = f"<w:tbl>{grid}<w:tr><w:tc><w:tcPr/></w:tc></w:tr></w:tbl>"
    (outer,) = elements(f"<w:tbl>{grid}<w:tr><w:tc><w:tcPr/>{inner}<w:p/></w:tc></w:tr></w:tbl>")
    paragraph.addprevious(outer)
    list(outer.iter(f"{W}tc"))[1].append(paragraph)
    outer.addnext(etree.Element(f"{W}p"))


def inline_picture(document: Document, paragraph: Any, number: int) -> None:
    run = etree.SubElement(paragraph, f"{W}r")
    Run(cast(Any, run), document.paragraphs[0]).add_picture(io.BytesIO(png()))


def floating_picture(document: Document, paragraph: Any, number: int) -> None:
    inline_picture(document, paragraph, number)
    inline = next(paragraph.iter(f"{DRAWING}inline"))
    anchor = etree.fromstring(
        f'<wp:anchor {NAMESPACES} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column">'
        '<wp:posOffset>0</wp:posOffset></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0'
        "</wp:posOffset></wp:positionV></wp:anchor>"
    )
    children = list(inline)
    inline.getparent().replace(inline, anchor)
    anchor.append(children[0])
    anchor.append(etree.Element(f"{DRAWING}wrapNone"))
    anchor.extend(children[1:])


def comment(document: Document, paragraph: Any, number: int) -> None:
    word = second_word(paragraph)[1]
    document.add_comment(Run(word, document.paragraphs[0]), text="Is this so?", author="A manager", initials="AM")


def noise(document: Document, paragraph: Any, number: int) -> None:
    """Runs cut within words, each with another session's number, and marks of the spelling checker."""
    for index, piece in enumerate(cut_run(paragraph, 3, 7, 12, 14, 15, 22)):
        piece.set(f"{W}rsidR", f"00A{index}7B3E")
        piece.addprevious(elements('<w:proofErr w:type="spellStart"/>')[0])
        piece.addnext(elements('<w:proofErr w:type="spellEnd"/>')[0])


def own_soft_hyphens(document: Document, paragraph: Any, number: int) -> None:
    first, second = cut_run(paragraph, 3)
    first.append(etree.Element(f"{W}softHyphen"))
    text = second.find(f"{W}t")
    text.text = text.text[:-4] + "\u00ad" + text.text[-4:]


def tab_for_space(document: Document, paragraph: Any, number: int) -> None:
    third = second_word(paragraph)[2]
    text = third.find(f"{W}t")
    text.text = text.text[1:]
    text.addprevious(etree.Element(f"{W}tab"))


def section_break(document: Document, paragraph: Any, number: int) -> None:
    section = copy.deepcopy(document.element.body.sectPr)
    for reference in list(section.iter(f"{W}headerReference", f"{W}footerReference")):
        section.remove(reference)
    paragraph.find(f"{W}pPr").append(section)


#: What cross-references show.
LED = "there"


def cross_reference(code: str, name: str = "mine") -> Alter:
    """A field elsewhere in the document that leads to a bookmark in the paragraph."""

    def alter(document: Document, paragraph: Any, number: int) -> None:
        paragraph.append(elements(f'<w:bookmarkStart w:id="8{number}" w:name="{name}{number}"/>')[0])
        paragraph.append(elements(f'<w:bookmarkEnd w:id="8{number}"/>')[0])
        last = document.element.body[-1]
        last.addprevious(elements(f"<w:p>{field_code(code.format(number), LED)}</w:p>")[0])

    return alter


def block_control(properties: str) -> Alter:
    def alter(document: Document, paragraph: Any, number: int) -> None:
        (whole,) = elements(control("<w:p/>", f"control{number}", 700 + number))
        for node in reversed(elements(properties)):
            whole.find(f"{W}sdtPr").insert(2, node)
        paragraph.addprevious(whole)
        content = whole.find(f"{W}sdtContent")
        content.replace(content[0], paragraph)

    return alter


def _run_control(properties: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w:id w:val="80NUMBER"/>{properties}</w:sdtPr><w:sdtContent></w:sdtContent></w:sdt>'  # filled
    )


_BOUND = f'<w:dataBinding w:xpath="/a" w:storeItemID="{{{"0" * 8}-0000-0000-0000-{"0" * 12}}}"/>'
_FORM_FIELD = field_code("FORMTEXT", "two days").replace(
    '<w:fldChar w:fldCharType="begin"/>',
    '<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="days"/><w:enabled/></w:ffData></w:fldChar>',
)
_LINK = '<w:hyperlink w:anchor="_top"></w:hyperlink>'
_EQUATION = "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"

CASES: Mapping[str, Case] = MappingProxyType(
    {
        "an anchor's name and id twice": Case(anchor_twice, withdrawn=Action.DELETE),
        "an anchor without an end": Case(anchor_without_end, withdrawn=Action.DELETE),
        "an anchor over two paragraphs": Case(anchor_over_two, withdrawn=Action.DELETE),
        "a nested table round it": Case(in_nested_table, withdrawn=Action.DELETE),
        "a picture in the line": Case(inline_picture, tags=(f"{DRAWING}inline",)),
        "a floating picture": Case(floating_picture, tags=(f"{DRAWING}anchor",)),
        "a bookmark in it": Case(
            at_end('<w:bookmarkStart w:id="8NUMBER" w:name="mineNUMBER"/><w:bookmarkEnd w:id="8NUMBER"/>'),
            withdrawn=Action.DELETE,
        ),
        "a bookmark round the words": Case(
            round_second_word(
                '<w:bookmarkStart w:id="8NUMBER" w:name="mineNUMBER"/>', '<w:bookmarkEnd w:id="8NUMBER"/>'
            ),
            withdrawn=Action.DELETE,
        ),
        "a link on the words": Case(second_word_in(_LINK, f"{W}hyperlink"), tags=(f"{W}hyperlink",)),
        "a comment on the words": Case(
            comment, tags=tuple(f"{W}comment{kind}" for kind in ("RangeStart", "RangeEnd", "Reference"))
        ),
        "a page number": Case(at_end(field_code("PAGE", "7")), tags=(f"{W}instrText",)),
        "a simple field": Case(
            at_end(f'<w:fldSimple w:instr=" DATE ">{run("today")}</w:fldSimple>'), tags=(f"{W}fldSimple",)
        ),
        "an entry of an index": Case(
            at_end(field_code('XE "standards"', "").replace(run(""), "")), tags=(f"{W}instrText",)
        ),
        "a form field": Case(at_end(_FORM_FIELD), tags=(f"{W}ffData",)),
        "a cross-reference in the place of a word": Case(
            lambda document, paragraph, number: (
                second_word(paragraph)[1]
                .getparent()
                .replace(
                    list(paragraph.iter(f"{W}r"))[1],
                    elements(f"<w:smartTag>{field_code('REF a', 'our')}</w:smartTag>")[0],
                )
            ),
            reworded=Action.OFFER,
            tags=(f"{W}instrText",),
            edits=True,
        ),
        "a footnote": Case(at_end('<w:r><w:footnoteReference w:id="1"/></w:r>'), tags=(f"{W}footnoteReference",)),
        "an equation": Case(at_end(_EQUATION), tags=(f"{MATHS}oMath",)),
        "a smart tag": Case(
            second_word_in(
                '<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="place"/>', f"{W}smartTag"
            ),
            withdrawn=Action.DELETE,
        ),
        "runs cut within words": Case(noise, withdrawn=Action.DELETE),
        "a bold word": Case(look("<w:b/>"), withdrawn=Action.DELETE, tags=()),
        "a highlighted word": Case(look('<w:highlight w:val="yellow"/>'), withdrawn=Action.DELETE),
        "soft hyphens": Case(own_soft_hyphens, withdrawn=Action.DELETE),
        "a tab": Case(tab_for_space, withdrawn=Action.DELETE),
        "a page break": Case(at_end('<w:r><w:br w:type="page"/></w:r>'), tags=(f"{W}br",)),
        "a section break": Case(section_break, withdrawn=Action.DELETE),
        "a symbol": Case(at_end('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'), tags=(f"{W}sym",)),
        "a place that a cross-reference leads to": Case(cross_reference("REF mine{} \\h")),
        "a place that a link leads to": Case(cross_reference('HYPERLINK \\l "mine{}"')),
        "a place that a table of contents leads to": Case(
            cross_reference("PAGEREF _Toc{} \\h", "_Toc"), withdrawn=Action.DELETE
        ),
        "a place that a table of contents of LibreOffice's leads to": Case(
            cross_reference("PAGEREF __RefHeading___Toc{} \\h", "__RefHeading___Toc"), withdrawn=Action.DELETE
        ),
        "a range that may be edited": Case(
            round_second_word('<w:permStart w:id="9NUMBER" w:edGrp="everyone"/>', '<w:permEnd w:id="9NUMBER"/>'),
            withdrawn=Action.DELETE,
        ),
        "a content control on the words": Case(
            second_word_in(_run_control(""), f"{W}sdtContent"), withdrawn=Action.DELETE
        ),
        "a content control that shows data": Case(
            second_word_in(_run_control(_BOUND), f"{W}sdtContent"), reworded=Action.OFFER, tags=(f"{W}dataBinding",)
        ),
        "a list to choose from": Case(
            second_word_in(_run_control("<w:dropDownList/>"), f"{W}sdtContent"),
            reworded=Action.OFFER,
            tags=(f"{W}dropDownList",),
        ),
        "a content control round it": Case(block_control(""), reworded=Action.OFFER, tags=(f"{W}sdt",)),
        "a content control round it that is locked": Case(
            block_control('<w:lock w:val="sdtContentLocked"/>'), reworded=Action.OFFER, tags=(f"{W}lock",)
        ),
    }
)
