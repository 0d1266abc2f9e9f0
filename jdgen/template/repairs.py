"""What only a printed part shows, repaired in its text: what holds nothing that Word could read, and tables whose rows
have more cells or fewer than the table has columns.

A printed part is text of a known form: docxtpl's serialiser wrote what the template says, and everything printed into
it is escaped. So elements are found by their tags, and only what is repaired is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jdgen.template.expressions import UnprintableError

#: On a table with a tag that changes how many cells a row has; taken off when its columns are repaired.
GRID = "jd-grid"

_RANGES = ("bookmark", "commentRange", "perm")
_MARKS = frozenset(f"{name}{side}" for name in _RANGES for side in ("Start", "End")) | {"proofErr"}
# What stands between a table and its rows, a row and its cells, a container and its paragraphs, and is none itself.
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})
_STORIES = frozenset({"tc", "hdr", "ftr", "txbxContent"})
_CONTROLS = frozenset({"sdt", "sdtContent", "customXml"})
_IN_TABLES = frozenset({"tbl", "tr"})
# Where the content of a control is paragraphs rather than runs.
_OF_PARAGRAPHS = _STORIES | {"body", "footnote", "endnote", "comment"}
_HELD = frozenset({"p", "tbl", "tr", "tc"})
_NAMES = "|".join(sorted(_MARKS | _WRAPPERS | _OF_PARAGRAPHS | _HELD))
_TAG = re.compile(rf"<(/?)w:({_NAMES})(?=[\s/>])[^<>]*?(/?)>")
_ANY_TAG = re.compile(r"<[A-Za-z]")
_SPAN = re.compile(r'<w:gridSpan [^>]*?w:val="([^"]*)"')
_GRID = re.compile(r"<w:tblGrid(?: [^>]*)?(?:/>|>(.*?)</w:tblGrid>)", re.DOTALL)
_COLUMN = re.compile(r"<w:gridCol(?: [^>]*)?/>")
_WIDTH = re.compile(r'w:w="([^"]*)"')
_TABLE_PROPERTIES = re.compile(r"<w:tblPr(?: [^>]*)?(?:/>|>.*?</w:tblPr>)", re.DOTALL)


class _Element:
    """An element that holds text, or marks a place in it: where its tags begin and end, and what it is in. ``written``
    are its children as they are written, ``children`` those that it has by now."""

    __slots__ = ("children", "close", "end", "name", "open_end", "parent", "start", "written")

    def __init__(self, name: str, start: int, open_end: int, parent: _Element | None) -> None:
        self.name, self.start, self.open_end, self.parent = name, start, open_end, parent
        self.close = self.end = open_end
        self.written: list[_Element] = []
        self.children: list[_Element] = []

    @property
    def shown(self) -> list[_Element]:
        """The children that are more than marks of some place."""
        return [child for child in self.children if child.name not in _MARKS]

    def held(self) -> Iterator[_Element]:
        """The paragraphs, tables, rows and cells in it that are not inside one another."""
        for child in self.children:
            if child.name in _WRAPPERS:
                yield from child.held()
            elif child.name in _HELD:
                yield child

    def marks(self) -> Iterator[_Element]:
        """The marks of places anywhere in it."""
        for child in self.children:
            yield from (child,) if child.name in _MARKS else child.marks()


class _Text:
    """The text of a part with its elements, and what is to stand in the place of some of it."""

    def __init__(self, xml: str) -> None:
        self._xml = xml
        self._edits: dict[int, tuple[int, str]] = {}
        self.elements = list(_elements(xml))

    def named(self, *names: str) -> list[_Element]:
        """The elements with these names, in the order of the text."""
        return [element for element in self.elements if element.name in names]

    def replace(self, start: int, end: int, xml: str) -> None:
        """Write ``xml`` for what stands from ``start`` to ``end``, after what is to be written there already."""
        _, before = self._edits.get(start, (end, ""))
        self._edits[start] = end, before + xml

    def drop(self, element: _Element, kept: list[_Element]) -> None:
        """Take ``element`` out, all but what is ``kept`` of what it holds."""
        self.replace(element.start, element.end, "".join(self._xml[one.start : one.end] for one in kept))
        if (parent := element.parent) is not None:
            at = parent.children.index(element)
            parent.children[at : at + 1] = kept

    def append(self, element: _Element, name: str) -> None:
        """Put an empty element at the end of ``element``."""
        if element.end == element.open_end:  # written as one tag
            tag = self._xml[element.start : element.end].removesuffix("/>").rstrip()
            self.replace(element.start, element.end, f"{tag}><w:{name}/></w:{element.name}>")
        else:
            self.replace(element.close, element.close, f"<w:{name}/>")
        element.children.append(_Element(name, element.close, element.close, element))

    def holds_anything(self, element: _Element) -> bool:
        """Whether there is more in ``element`` than marks of places."""
        if element.shown:
            return True
        at = element.open_end
        for child in element.written:
            if _ANY_TAG.search(self._xml, at, child.start):
                return True
            at = child.end
        return _ANY_TAG.search(self._xml, at, element.close) is not None

    def written(self) -> str:
        """The text as it is repaired."""
        pieces: list[str] = []
        at = 0
        for start, (end, xml) in sorted(self._edits.items()):
            if start >= at:  # else it is inside something that is gone
                pieces += (self._xml[at:start], xml)
                at = end
        return "".join((*pieces, self._xml[at:]))


def _elements(xml: str) -> Iterator[_Element]:
    inside: list[_Element | None] = [None]
    for tag in _TAG.finditer(xml):
        if tag[1]:
            if (ended := inside.pop()) is not None:
                ended.close, ended.end = tag.start(), tag.end()
            continue
        parent = inside[-1]
        element = _Element(tag[2], tag.start(), tag.end(), parent)
        if parent is not None:
            parent.written.append(element)
            parent.children.append(element)
        if not tag[3]:
            inside.append(element)
        yield element


def refilled(xml: str) -> str:
    """``xml`` with nothing in it that Word cannot read for holding nothing: rows without cells, tables without rows,
    cells, headers, text boxes and content controls without a paragraph. What has content stays as it is."""
    text = _Text(xml)
    for row in text.named("tr"):
        _drop_without(text, row, "tc")
    # Inner tables first: the outer one may hold nothing else.
    for table in reversed(text.named("tbl")):
        _drop_without(text, table, "tr")
    for content in reversed(text.named("sdtContent")):
        _refill_control(text, content)
    for story in text.named(*_STORIES):
        if not _ends_in_paragraph(story):
            text.append(story, "p")
    return text.written()


def _drop_without(text: _Text, holder: _Element, kind: str) -> None:
    """Take ``holder`` out, but for the marks in it, if it holds nothing of ``kind``."""
    if not any(held.name == kind for held in holder.held()):
        text.drop(holder, list(holder.marks()))


def _refill_control(text: _Text, content: _Element) -> None:
    """Give an emptied content control what its place asks for: a paragraph, a run; or drop it between rows or cells."""
    if text.holds_anything(content):
        return
    place: _Element | None = content
    while place is not None and place.name in _WRAPPERS:
        place = place.parent
    if place is not None and place.name in _IN_TABLES and content.parent is not None:
        text.drop(content.parent, [])
    else:
        text.append(content, "p" if place is not None and place.name in _OF_PARAGRAPHS else "r")


def _ends_in_paragraph(story: _Element) -> bool:
    """Whether the last thing in ``story`` is a paragraph, looked for in content controls too."""
    last = story
    while last is story or last.name in _WRAPPERS:
        if not last.shown:
            return False
        last = last.shown[-1]
    return last.name == "p"


# The columns of tables. docxtpl repairs those of every table, those of nested ones with the numbers of the outer. Here
# only tables with such a tag are repaired, by their own rows and cells, as docxtpl would a table that stands alone.


def with_grids(xml: str) -> str:
    """``xml`` with as many columns in each marked table as its rows have, in the width that it had.

    Raises :class:`UnprintableError` for a cell that spans something else than a number of columns.
    """
    if GRID not in xml:
        return xml
    text = _Text(xml)
    for table in text.named("tbl"):
        if GRID in xml[table.start : table.open_end]:
            text.replace(table.start, table.open_end, re.sub(rf' {GRID}=""', "", xml[table.start : table.open_end]))
            _mend_columns(text, xml, table)
    return text.written()


def _mend_columns(text: _Text, xml: str, table: _Element) -> None:
    rows = [list(_directly(row, "tc")) for row in _directly(table, "tr")]
    first = table.children[0].start if table.children else table.close
    grid = _GRID.search(xml, table.open_end, first)
    columns = _COLUMN.findall(grid[0]) if grid else []
    columns = _with_more(columns, max(map(len, rows), default=0) - len(columns))
    spans = max((sum(_span(xml, cell) for cell in row) for row in rows), default=0)
    columns = _with_fewer(columns, len(columns) - spans)
    if grid:
        others = _COLUMN.sub("", grid[1] or "")
        text.replace(*grid.span(), f"<w:tblGrid>{''.join(columns)}{others}</w:tblGrid>")
    else:
        properties = _TABLE_PROPERTIES.search(xml, table.open_end, first)
        at = properties.end() if properties else table.open_end
        text.replace(at, at, f"<w:tblGrid>{''.join(columns)}</w:tblGrid>")


def _directly(holder: _Element, kind: str) -> Iterator[_Element]:
    """Rows of a table or cells of a row, those in content controls too, without those of nested tables."""
    for child in holder.children:
        if child.name == kind:
            yield child
        elif child.name in _CONTROLS:
            yield from _directly(child, kind)


def _span(xml: str, cell: _Element) -> int:
    found = _SPAN.search(xml, cell.open_end, cell.children[0].start if cell.children else cell.close)
    value = found[1] if found else "1"
    if not value.isdecimal():
        raise UnprintableError(f"'{value}' for the number of columns that a cell spans")
    return int(value)


def _with_more(columns: list[str], missing: int) -> list[str]:
    """``columns`` with room for ``missing`` more, each made narrower by the same share."""
    if missing <= 0:
        return columns
    total = sum(map(_width, columns))
    if not total:
        return [*columns, *["<w:gridCol/>"] * missing]
    old, new = total / len(columns), total / (len(columns) + missing)
    return [
        *(_in_width(column, int(_width(column) * new / old)) for column in columns),
        *[f'<w:gridCol w:w="{int(new)}"/>'] * missing,
    ]


def _with_fewer(columns: list[str], surplus: int) -> list[str]:
    """``columns`` without the last ``surplus``, whose width is shared out among the others."""
    if surplus <= 0 or surplus >= len(columns):
        return columns
    kept, gone = columns[:-surplus], columns[-surplus:]
    extra = int(sum(map(_width, gone)) / len(kept))
    return [_in_width(column, int(_width(column) + extra)) if _WIDTH.search(column) else column for column in kept]


def _width(column: str) -> float:
    """In twentieths of a point; 0 where it is missing or in another unit."""
    width = _WIDTH.search(column)
    return float(width[1]) if width and width[1].isdecimal() else 0.0


def _in_width(column: str, width: int) -> str:
    written = f'w:w="{width}"'
    return _WIDTH.sub(written, column) if _WIDTH.search(column) else column.replace("/>", f" {written}/>")
