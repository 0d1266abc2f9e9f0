"""The paragraphs of a document as they stand now, read for comparison: their texts, their anchors, what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from jdgen.revision.obstacles import BOX, FALLBACK, obstacles
from jdgen.template.anchors import ANCHOR
from jdgen.word.markup import CHARACTERS
from jdgen.word.usual_form import MAIN_PART, Story, story_parts
from jdgen.word.xml import W, parsed

# All text of a document as one tree, so that blocks are found and changed wherever they were printed.
#
# The parts keep their own elements and stand, each in an element that names it, under one root of no part's own.

_STORY, _PART, _RELATIONSHIP_KIND = "story", "part", "kind"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def gathered(parts: Mapping[str, bytes]) -> Any:
    """The tree of the main text, headers, footers and notes of ``parts``.

    Raises ``lxml.etree.XMLSyntaxError`` for a part that is damaged.
    """
    root = etree.Element("stories")
    for name, kind in story_parts(parts):
        etree.SubElement(root, _STORY, {_PART: name, _RELATIONSHIP_KIND: kind}).append(parsed(parts[name]))
    return root


def story_of(element: Any) -> Story:
    """The story that ``element`` stands in; one that stands in no gathered tree stands in the main text."""
    found = next(element.iterancestors(_STORY), None)
    return Story.MAIN if found is None else Story(found.get(_RELATIONSHIP_KIND))


def written(tree: Any, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of the gathered ``tree``: the main text, and those others that are not as they are in ``parts``."""
    made: dict[str, bytes] = {}
    for story in tree.iterchildren(_STORY):
        name, content = story.get(_PART), etree.tostring(story[0], encoding="UTF-8")
        # A part that nothing was done to stays byte for byte what it was.
        if name == MAIN_PART or content != etree.tostring(parsed(parts[name]), encoding="UTF-8"):
            made[name] = content if content.startswith(b"<?xml") else _DECLARATION + content
    return made


_BREAK = f"{W}br"
_MARKS = {f"{W}{name}": character for name, character in CHARACTERS.items()}
_TEXT = f"{W}t"
# What is not text of the paragraph as it stands: words taken out, and text boxes, whose paragraphs are read as such.
_PASSED_OVER = frozenset({f"{W}del", f"{W}moveFrom", BOX, f"{W}pPr", f"{W}rPr", FALLBACK})
_RUN, _BOOKMARK, _NAME = f"{W}r", f"{W}bookmarkStart", f"{W}name"
_ROW, _CELL = f"{W}tr", f"{W}tc"
_FIELD_MARK, _KIND, _SIMPLE_FIELD = f"{W}fldChar", f"{W}fldCharType", f"{W}fldSimple"
_DEPTH = {"begin": 1, "end": -1}
# What a run may hold and be nothing but words.
_WORDS = frozenset({_TEXT, *_MARKS, f"{W}delText", f"{W}rPr", f"{W}lastRenderedPageBreak", f"{W}softHyphen"})
# What is more than words wherever it stands.
_MORE = frozenset({_SIMPLE_FIELD, f"{W}object", f"{W}contentPart", f"{W}subDoc"})
_LINK = f"{W}hyperlink"
_LAYOUT = "a new page or column"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"


@dataclass(frozen=True)
class Standing:
    """One paragraph. ``text`` are its words as they are compared, without what fields show; ``shown`` is what a reader
    sees, where that is another.

    ``anchors`` are jdgen's bookmarks that begin in it; ``collapsed`` those of them that hold nothing, as word
    processors leave them behind. ``obstacle`` says why its words cannot be changed here, and is empty where they can;
    ``is_plain`` says that there is nothing in it but words, ``is_copyable`` that there is nothing but words and links,
    which can be made once more elsewhere. ``story`` is where it stands, and ``row`` and ``cell``
    tell the row and the cell of a table that it stands in, if it does.
    """

    text: str
    anchors: frozenset[str] = frozenset()
    collapsed: frozenset[str] = frozenset()
    obstacle: str = ""
    is_plain: bool = True
    is_copyable: bool = True
    story: Story = Story.MAIN
    shown: str = ""
    row: str = ""
    cell: str = ""


def text_pieces(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """Each element of ``paragraph`` that stands for text, with its text, in order; text boxes are left out.

    What a field shows is '': the word processor writes it anew.
    """
    return _pieces(paragraph, [0])


def text_of(paragraph: Any) -> str:
    """The text of a paragraph, without what is marked as taken out and what fields show."""
    return "".join(text for _, text in text_pieces(paragraph))


def shown_in(paragraph: Any) -> str:
    """The text of a paragraph as a reader sees it, what fields show with it."""
    return "".join(text for _, text in _pieces(paragraph, None))


def _pieces(element: Any, fields: list[int] | None) -> Iterator[tuple[Any, str]]:
    """``fields`` counts the fields that are open, in its one place; nothing means that what they show is text too."""
    for node in element:
        tag = node.tag
        if tag == _TEXT:
            yield node, "" if fields and fields[0] else node.text or ""
        elif tag in _MARKS:
            if not _is_of_layout(node):
                yield node, "" if fields and fields[0] else _MARKS[tag]
        elif tag == _FIELD_MARK:
            if fields:
                fields[0] = max(0, fields[0] + _DEPTH.get(node.get(_KIND), 0))
        elif tag == _SIMPLE_FIELD and fields:
            yield from _pieces(node, [1])
        elif tag not in _PASSED_OVER and isinstance(tag, str):
            yield from _pieces(node, fields)


def own_elements(paragraph: Any) -> Iterator[Any]:
    """All elements in ``paragraph`` but those of paragraphs inside it, in order."""
    boxes = list(paragraph.iterdescendants(BOX))
    if not boxes:
        yield from paragraph.iterdescendants()
        return
    inside = {node for box in boxes for node in box.iterdescendants()}
    yield from (node for node in paragraph.iterdescendants() if node not in inside)


def standings(tree: Any) -> list[Standing]:
    """Every paragraph of a part, or of all that were gathered, as it is compared."""
    known = obstacles(tree)
    return [standing(one, known.reason(one), known.is_listed(one)) for one in paragraphs_of(tree)]


def standing(paragraph: Any, obstacle: str = "", is_listed: bool = False) -> Standing:
    """The paragraph as it is compared. ``is_listed`` says that it is a line of a table of contents, which says again
    what is said elsewhere."""
    tags: set[str] = set()
    in_runs: set[str] = set()
    anchors: dict[str, Any] = {}
    for node in own_elements(paragraph):
        tags.add(node.tag)
        if node.tag == _RUN:
            in_runs.update(_LAYOUT if _is_of_layout(child) else child.tag for child in node)
        elif node.tag == _BOOKMARK and node.get(_NAME, "").startswith(ANCHOR):
            anchors[node.get(_NAME)] = node
    text, shown = text_of(paragraph), ""
    if _FIELD_MARK in tags or _SIMPLE_FIELD in tags:
        shown = shown_in(paragraph)
    if shown.strip() and not text.strip() and not is_listed:
        text, obstacle = shown, obstacle or "a field makes its text"
    row, cell = (next(paragraph.iterancestors(tag), None) for tag in (_ROW, _CELL))
    path = paragraph.getroottree().getpath
    is_copyable = in_runs <= _WORDS and _MORE.isdisjoint(tags) and not any(_is_maths(tag) for tag in tags)
    return Standing(
        text="" if is_listed else text,
        anchors=frozenset(anchors),
        collapsed=frozenset(name for name, node in anchors.items() if _is_collapsed(node)),
        obstacle=obstacle,
        is_plain=is_copyable and _LINK not in tags,
        is_copyable=is_copyable,
        story=story_of(paragraph),
        shown=shown or (text if is_listed else ""),
        row="" if row is None else path(row),
        cell="" if cell is None else path(cell),
    )


def paragraphs_of(tree: Any) -> list[Any]:
    """Every paragraph of a part, in order: those in tables, content controls and text boxes too, each text box once."""
    found = list(tree.iter(f"{W}p"))
    copies = {one for old in tree.iter(FALLBACK) for one in old.iter(f"{W}p")}
    return [one for one in found if one not in copies] if copies else found


def _is_of_layout(node: Any) -> bool:
    """Whether an element of a run is a break that begins a new page or column: it is none of the text."""
    return node.tag == _BREAK and node.get(f"{W}type") in ("page", "column")


def _is_maths(tag: Any) -> bool:
    return isinstance(tag, str) and tag.startswith(_MATHS)


def _is_collapsed(start: Any) -> bool:
    following = start.getnext()
    return following is None or (following.tag == f"{W}bookmarkEnd" and following.get(f"{W}id") == start.get(f"{W}id"))
