"""The text of a printed part as elements that can be taken out or added to, and the repair of those that hold nothing,
which Word could not read.

A printed part is text of a known form: docxtpl's serialiser wrote what the template says, and everything printed into
it is escaped. So elements are found by their tags, and only what is repaired is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_RANGES = ("bookmark", "commentRange", "perm")
_MARKS = frozenset(f"{name}{side}" for name in _RANGES for side in ("Start", "End")) | {"proofErr"}
#: What stands between a table and its rows, a row and its cells, a container and its paragraphs, and is none itself.
#: Tracked changes stand there too, but no template may have any.
WRAPPERS = frozenset({"sdt", "sdtContent", "customXml"})
#: What has to end in a paragraph.
STORIES = ("tc", "hdr", "ftr", "txbxContent")
#: Paragraphs, tables, rows and cells.
STRUCTURE = ("p", "tbl", "tr", "tc")
_IN_TABLES = frozenset({"tbl", "tr"})
# Where the content of a control is paragraphs rather than runs.
_OF_PARAGRAPHS = frozenset({*STORIES, "body", "footnote", "endnote", "comment"})
_NAMES = "|".join(sorted(_MARKS | WRAPPERS | _OF_PARAGRAPHS | set(STRUCTURE)))
_TAG = re.compile(rf"<(/?)w:({_NAMES})(?=[\s/>])[^<>]*?(/?)>")
_ANY_TAG = re.compile(r"<[A-Za-z]")


class PartElement:
    """An element that holds text, or marks a place in it: where its tags begin and end, and what it is in.
    ``printed_children`` are its children as they were printed, ``children`` those that it has by now."""

    __slots__ = ("children", "close", "end", "name", "open_end", "parent", "printed_children", "start")

    def __init__(self, name: str, start: int, open_end: int, parent: PartElement | None) -> None:
        self.name, self.start, self.open_end, self.parent = name, start, open_end, parent
        self.close = self.end = open_end
        self.printed_children: list[PartElement] = []
        self.children: list[PartElement] = []

    @property
    def content(self) -> list[PartElement]:
        """The children that are more than marks of some place."""
        return [child for child in self.children if child.name not in _MARKS]

    def outermost(self) -> Iterator[PartElement]:
        """The paragraphs, tables, rows and cells in it that are not inside one another."""
        for child in self.children:
            if child.name in WRAPPERS:
                yield from child.outermost()
            elif child.name in STRUCTURE:
                yield child

    def marks(self) -> Iterator[PartElement]:
        """The marks of places anywhere in it."""
        for child in self.children:
            yield from (child,) if child.name in _MARKS else child.marks()


class PartText:
    """The text of a part with its elements, and what is to stand in the place of some of it."""

    def __init__(self, xml: str) -> None:
        self._xml = xml
        self._edits: dict[int, tuple[int, str]] = {}
        self.elements = list(_elements(xml))

    def elements_named(self, *names: str) -> list[PartElement]:
        """The elements with these names, in the order of the text."""
        return [element for element in self.elements if element.name in names]

    def replace(self, start: int, end: int, xml: str) -> None:
        """Write ``xml`` for what stands from ``start`` to ``end``, after what is to be written there already."""
        _, before = self._edits.get(start, (end, ""))
        self._edits[start] = end, before + xml

    def drop(self, element: PartElement, but_for: Sequence[PartElement]) -> None:
        """Take ``element`` out, ``but_for`` some of what it holds."""
        self.replace(element.start, element.end, "".join(self._xml[each.start : each.end] for each in but_for))
        if (parent := element.parent) is not None:
            at = parent.children.index(element)
            parent.children[at : at + 1] = but_for

    def append(self, element: PartElement, name: str) -> None:
        """Put an empty element at the end of ``element``."""
        if element.end == element.open_end:  # written as one tag
            tag = self._xml[element.start : element.end].removesuffix("/>").rstrip()
            self.replace(element.start, element.end, f"{tag}><w:{name}/></w:{element.name}>")
        else:
            self.replace(element.close, element.close, f"<w:{name}/>")
        element.children.append(PartElement(name, element.close, element.close, element))

    def holds_anything(self, element: PartElement) -> bool:
        """Whether there is more in ``element`` than marks of places."""
        if element.content:
            return True
        at = element.open_end
        for child in element.printed_children:
            if _ANY_TAG.search(self._xml, at, child.start):
                return True
            at = child.end
        return _ANY_TAG.search(self._xml, at, element.close) is not None

    def repaired(self) -> str:
        """The text with all that was to be written in it."""
        pieces: list[str] = []
        at = 0
        for start, (end, xml) in sorted(self._edits.items()):
            if start >= at:  # else it is inside something that is gone
                pieces += (self._xml[at:start], xml)
                at = end
        return "".join((*pieces, self._xml[at:]))


def _elements(xml: str) -> Iterator[PartElement]:
    inside: list[PartElement | None] = [None]
    for tag in _TAG.finditer(xml):
        if tag[1]:
            if (element := inside.pop()) is not None:
                element.close, element.end = tag.start(), tag.end()
            continue
        parent = inside[-1]
        element = PartElement(tag[2], tag.start(), tag.end(), parent)
        if parent is not None:
            parent.printed_children.append(element)
            parent.children.append(element)
        if not tag[3]:
            inside.append(element)
        yield element


def refilled(xml: str) -> str:
    """``xml`` with nothing in it that Word cannot read for holding nothing: rows without cells, tables without rows,
    cells, headers, text boxes and content controls without a paragraph. What has content stays as it is."""
    text = PartText(xml)
    for row in text.elements_named("tr"):
        _drop_without(text, row, "tc")
    # Inner tables first: the outer one may hold nothing else.
    for table in reversed(text.elements_named("tbl")):
        _drop_without(text, table, "tr")
    for content in reversed(text.elements_named("sdtContent")):
        _refill_control(text, content)
    for story in text.elements_named(*STORIES):
        if not _ends_in_paragraph(story):
            text.append(story, "p")
    return text.repaired()


def _drop_without(text: PartText, holder: PartElement, kind: str) -> None:
    """Take ``holder`` out, but for the marks in it, if it holds nothing of ``kind``."""
    if not any(element.name == kind for element in holder.outermost()):
        text.drop(holder, list(holder.marks()))


def _refill_control(text: PartText, content: PartElement) -> None:
    """Give an emptied content control what its place asks for: a paragraph, a run; or drop it between rows or cells."""
    if text.holds_anything(content):
        return
    place: PartElement | None = content
    while place is not None and place.name in WRAPPERS:
        place = place.parent
    if place is not None and place.name in _IN_TABLES and content.parent is not None:
        text.drop(content.parent, [])
    else:
        text.append(content, "p" if place is not None and place.name in _OF_PARAGRAPHS else "r")


def _ends_in_paragraph(story: PartElement) -> bool:
    """Whether the last thing in ``story`` is a paragraph, looked for in content controls too."""
    last = story
    while last is story or last.name in WRAPPERS:
        if not last.content:
            return False
        last = last.content[-1]
    return last.name == "p"
