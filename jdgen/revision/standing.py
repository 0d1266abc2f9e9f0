"""The paragraphs of a document as they stand now, read for comparison: their texts, their anchors, what they hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jdgen.word_file.parsing import W

#: The beginning of the names of jdgen's own bookmarks.
ANCHOR = "_jd_"
_MARKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
_TEXT = f"{W}t"
# What is not text of the paragraph as it stands: words taken out, and text boxes, whose paragraphs are read as such.
_PASSED_OVER = frozenset(
    {
        *(f"{W}del", f"{W}moveFrom", f"{W}txbxContent", f"{W}pPr", f"{W}rPr"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_RUN, _BOX, _BOOKMARK, _NAME, _ROW = f"{W}r", f"{W}txbxContent", f"{W}bookmarkStart", f"{W}name", f"{W}tr"
_FIELDS = frozenset({f"{W}fldChar", f"{W}fldSimple", f"{W}instrText"})
# What a run may hold and be nothing but words.
_WORDS = frozenset({_TEXT, *_MARKS, f"{W}delText", f"{W}rPr", f"{W}lastRenderedPageBreak", f"{W}softHyphen"})


@dataclass(frozen=True)
class Standing:
    """One paragraph. ``anchors`` are jdgen's bookmarks that begin in it; ``collapsed`` those of them that hold nothing,
    as word processors leave them behind. ``has_field`` says that part of its text is made by the word processor, and
    ``is_plain`` that there is nothing in it but words. ``row`` tells the row of a table that it stands in, if it does.
    """

    text: str
    anchors: frozenset[str] = frozenset()
    collapsed: frozenset[str] = frozenset()
    has_field: bool = False
    is_plain: bool = True
    row: str = ""


def text_pieces(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """Each element of ``paragraph`` that stands for text, with its text, in order; text boxes are left out."""
    for node in paragraph:
        if node.tag == _TEXT:
            yield node, node.text or ""
        elif node.tag in _MARKS:
            yield node, _MARKS[node.tag]
        elif node.tag not in _PASSED_OVER and isinstance(node.tag, str):
            yield from text_pieces(node)


def text_of(paragraph: Any) -> str:
    """The text of a paragraph, without what is marked as taken out."""
    return "".join(text for _, text in text_pieces(paragraph))


def own_elements(paragraph: Any) -> Iterator[Any]:
    """All elements in ``paragraph`` but those of paragraphs inside it, in order."""
    boxes = list(paragraph.iterdescendants(_BOX))
    if not boxes:
        yield from paragraph.iterdescendants()
        return
    inside = {node for box in boxes for node in box.iterdescendants()}
    yield from (node for node in paragraph.iterdescendants() if node not in inside)


def standing(paragraph: Any) -> Standing:
    """The paragraph as it is compared."""
    tags: set[str] = set()
    in_runs: set[str] = set()
    anchors: dict[str, Any] = {}
    for node in own_elements(paragraph):
        tags.add(node.tag)
        if node.tag == _RUN:
            in_runs.update(child.tag for child in node)
        elif node.tag == _BOOKMARK and node.get(_NAME, "").startswith(ANCHOR):
            anchors[node.get(_NAME)] = node
    row = next(paragraph.iterancestors(_ROW), None)
    return Standing(
        text=text_of(paragraph),
        anchors=frozenset(anchors),
        collapsed=frozenset(name for name, node in anchors.items() if _is_collapsed(node)),
        has_field=not _FIELDS.isdisjoint(tags),
        is_plain=in_runs <= _WORDS and _FIELDS.isdisjoint(tags),
        row="" if row is None else row.getroottree().getpath(row),
    )


def paragraphs_of(tree: Any) -> list[Any]:
    """Every paragraph of a part, in order: those in tables, content controls and text boxes too."""
    return list(tree.iter(f"{W}p"))


def _is_collapsed(start: Any) -> bool:
    following = start.getnext()
    return following is None or (following.tag == f"{W}bookmarkEnd" and following.get(f"{W}id") == start.get(f"{W}id"))
