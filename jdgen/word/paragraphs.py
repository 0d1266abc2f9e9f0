"""Paragraphs, and what is in each: its words, its bookmarks, whether it holds more than words. One reader for trees.

What is marked as taken out is no text of a paragraph, nor is what stands in a text box in it: a box holds paragraphs of
its own. Of a box in two forms, a newer one and one for programs that know no other, only the newer is read.
"""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree

from jdgen.word.field_codes import MARK as _FIELD_MARK
from jdgen.word.field_codes import PIECES as _FIELD_PIECES
from jdgen.word.field_codes import SIMPLE as _SIMPLE_FIELD
from jdgen.word.field_codes import OpenFields
from jdgen.word.markup import CHARACTERS
from jdgen.word.xml import Element, W, parent_of

P, TABLE, ROW, CELL, RUN, TEXT = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r", "t"))
#: The text in a text box; the older form of something that has two, as a whole.
BOX, FALLBACK = f"{W}txbxContent", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
#: What keeps white space at the ends of a text.
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CHARACTERS = {f"{W}{name}": character for name, character in CHARACTERS.items()}
_WORDS = frozenset({TEXT, *_CHARACTERS})
_NAME = f"{W}name"
_BOOKMARK, _LINK, _BREAK, _KIND = (f"{W}{name}" for name in ("bookmarkStart", "hyperlink", "br", "type"))
_TAKEN_OUT = frozenset({f"{W}del", f"{W}moveFrom", FALLBACK})
# Neither words nor anything else that is shown.
_PASSED_OVER = frozenset({f"{W}pPr", f"{W}rPr", f"{W}delText", f"{W}lastRenderedPageBreak", f"{W}softHyphen"})
# What is more than words wherever it stands; in a run, all is that is not words.
_MORE = frozenset({_SIMPLE_FIELD, f"{W}object", f"{W}contentPart", f"{W}subDoc"})
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


class _TextPiece(NamedTuple):
    """An element that stands for text, and its text as it is compared: '' for what a field shows, since the word
    processor writes that anew."""

    element: Element
    text: str


class ParagraphContent:
    """What is in one paragraph.

    ``pieces`` are its words, in order, and ``bookmarks`` the marks at which bookmarks begin in it. ``has_fields`` and
    ``has_links`` say whether it has fields of Word's own and links, and ``has_more`` whether it has anything that is
    neither words nor links, such as a field, a picture, or the break of a page.
    """

    __slots__ = (
        "_fields",
        "_simple_fields",
        "_visible_pieces",
        "bookmarks",
        "has_fields",
        "has_links",
        "has_more",
        "pieces",
    )

    def __init__(self, paragraph: Element) -> None:
        self.pieces: list[_TextPiece] = []
        self._visible_pieces: list[str] = []
        self.bookmarks: list[Element] = []
        self.has_fields = self.has_links = self.has_more = False
        self._fields: OpenFields | None = None  # few paragraphs have any
        self._simple_fields = 0
        self._read(paragraph, False, False)

    @property
    def bookmark_names(self) -> list[str]:
        """The names of the bookmarks that begin in it."""
        return [mark.get(_NAME, "") for mark in self.bookmarks]

    @property
    def text(self) -> str:
        """The words as they are compared."""
        return "".join([piece.text for piece in self.pieces])

    @property
    def visible_text(self) -> str:
        """The words as a reader sees them, with what fields show and where pages end."""
        return "".join(self._visible_pieces)

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing in it but words."""
        return not (self.has_more or self.has_links)

    def _read(self, holder: Element, is_run: bool, is_out: bool) -> None:
        for node in holder:
            tag = node.tag
            if tag == RUN:  # most of all that there is
                self.has_more = self.has_more or is_run
                self._read(node, True, is_out)
            elif tag in _WORDS:
                self._take(node, tag, is_out)
            elif tag in _PASSED_OVER:
                continue
            elif tag == _BOOKMARK:
                self.bookmarks.append(node)
            elif not isinstance(tag, str):
                self.has_more = self.has_more or is_run
            else:
                self.has_links = self.has_links or tag == _LINK
                self.has_more = self.has_more or is_run or tag in _MORE or tag.startswith(_MATHS)
                self._read_within(node, tag, is_out)

    def _read_within(self, node: Element, tag: str, is_out: bool) -> None:
        if tag in _FIELD_PIECES:
            self.has_fields = self.has_fields or tag == _FIELD_MARK
            if not is_out:
                self._fields = self._fields or OpenFields()
                self._fields.pass_by(node)
        elif tag != BOX:
            is_field = tag == _SIMPLE_FIELD
            self.has_fields = self.has_fields or is_field
            self._simple_fields += is_field
            self._read(node, False, is_out or tag in _TAKEN_OUT)
            self._simple_fields -= is_field

    def _take(self, node: Element, tag: str, is_out: bool) -> None:
        text = (node.text or "") if tag == TEXT else _CHARACTERS[tag]
        is_of_layout = tag == _BREAK and node.get(_KIND) in ("page", "column")
        self.has_more = self.has_more or is_of_layout
        if is_out:
            return
        self._visible_pieces.append(text)
        if not is_of_layout:
            self.pieces.append(_TextPiece(node, "" if self._fields or self._simple_fields else text))


def text_of(paragraph: Element) -> str:
    """The text of a paragraph as it is compared, without what is marked as taken out and what fields show."""
    return ParagraphContent(paragraph).text


def is_empty(paragraph: Element) -> bool:
    """Whether there is nothing in a paragraph, neither words nor anything else."""
    content = ParagraphContent(paragraph)
    return content.is_plain and not content.text.strip()


def runs_of(paragraph: Element) -> list[Element]:
    """The runs in which the words of a paragraph stand, in order."""
    return list(dict.fromkeys(parent_of(piece.element) for piece in ParagraphContent(paragraph).pieces))


def put_first(paragraph: Element, element: Element) -> None:
    """Put ``element`` before all that is in ``paragraph`` but its properties."""
    paragraph.insert(0 if paragraph.find(f"{W}pPr") is None else 1, element)


def run_of(text: str, properties: Element | None = None) -> Element:
    """A run of ``text``: line breaks and tabs as Word has them."""
    run = etree.Element(RUN)
    if properties is not None:
        run.append(properties)
    for index, line in enumerate(text.split("\n")):
        if index:
            etree.SubElement(run, _BREAK)
        for number, words in enumerate(line.split("\t")):
            if number:
                etree.SubElement(run, f"{W}tab")
            if words:
                element = etree.SubElement(run, TEXT, {SPACE: "preserve"})
                element.text = words
    return run


def paragraphs_of(tree: Element) -> list[Element]:
    """Every paragraph of a part, in order: those in tables, content controls and text boxes too, each text box once."""
    paragraphs = list(tree.iter(P))
    copies = {paragraph for older_form in tree.iter(FALLBACK) for paragraph in older_form.iter(P)}
    return [paragraph for paragraph in paragraphs if paragraph not in copies] if copies else paragraphs


def holder_of(node: Element | None) -> Element | None:
    """The paragraph that a mark or a control is in, if it is in one and not round paragraphs in its text boxes."""
    ancestor = None if node is None else next(node.iterancestors(P, BOX), None)
    return ancestor if ancestor is not None and ancestor.tag == P else None
