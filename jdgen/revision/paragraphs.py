"""The paragraphs of a document as they stand now, read for comparison: their texts, their anchors, what they hold."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from jdgen.record.anchors import ANCHOR
from jdgen.revision.obstacles import obstacles
from jdgen.word.file import File, Story, story_of
from jdgen.word.paragraphs import CELL, ROW, ParagraphContent, paragraphs_of
from jdgen.word.xml import Element, W, parent_of

_NAME, _ID, _END = f"{W}name", f"{W}id", f"{W}bookmarkEnd"


@dataclass(frozen=True)
class ReadParagraph:
    """One paragraph. ``text`` are its words as they are compared, without what fields show; ``shown`` is what a reader
    sees, where that is another.

    ``anchors`` are jdgen's bookmarks that begin in it; ``collapsed`` those of them that hold nothing, as word
    processors leave them behind. ``obstacle`` says why its words cannot be changed here, and is empty where they can;
    ``is_plain`` says that there is nothing in it but words, ``is_copyable`` that there is nothing but words and links,
    which can be made once more elsewhere. ``story`` is where it stands, and ``row`` and ``cell``
    tell the row and the cell of a table that it stands in, if it does. ``words`` are those that stand in it, which are
    none of its text where it is a line of a table of contents, and not all of it where only a field shows a text.
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
    words: str = ""


class DocumentText(NamedTuple):
    """All text of a document: its stories in one ``tree``, and each paragraph in it, in order, as it was read."""

    tree: Element
    read: Mapping[Element, ReadParagraph]

    @classmethod
    def of(cls, file: File) -> Self:
        """The text of ``file``, which is shared, as its trees are."""
        return cls._of(file.stories, file.paragraphs)

    @classmethod
    def in_tree(cls, tree: Element) -> Self:
        """The text in ``tree``, a part or all stories of a file."""
        return cls._of(tree, {one: ParagraphContent(one) for one in paragraphs_of(tree)})

    @classmethod
    def _of(cls, tree: Element, contents: Mapping[Element, ParagraphContent]) -> Self:
        known, places = obstacles(tree), _Places()
        return cls(
            tree,
            {
                one: _read(one, content, places, known.reason(one), known.is_listed(one))
                for one, content in contents.items()
            },
        )

    @property
    def paragraphs(self) -> Sequence[ReadParagraph]:
        """The paragraphs, in order."""
        return tuple(self.read.values())

    def copied(self) -> Self:
        """The same text in a tree of its own, to be changed."""
        tree = copy.deepcopy(self.tree)
        return type(self)(tree, dict(zip(paragraphs_of(tree), self.read.values(), strict=True)))


class _Places:
    """Names for rows and cells of tables: ``3/7`` is something in 3."""

    def __init__(self) -> None:
        self._names: dict[Element, str] = {}

    def name(self, element: Element) -> str:
        """The name of a row or a cell; what stands before its stroke is that of the element round it."""
        name = self._names.get(element)
        if name is None:
            holder = parent_of(element)
            of_holder = self._names.setdefault(holder, str(len(self._names)))
            name = self._names[element] = f"{of_holder}/{len(self._names)}"
        return name


def _read(
    paragraph: Element, content: ParagraphContent, places: _Places, obstacle: str, is_listed: bool
) -> ReadParagraph:
    """The paragraph as it is compared. ``is_listed`` says that it is a line of a table of contents, which says again
    what is said elsewhere."""
    words = text = content.text
    shown = content.shown if content.has_fields else ""
    if shown.strip() and not text.strip() and not is_listed:
        text, obstacle = shown, obstacle or "a field makes its text"
    anchors = {name: mark for mark in content.bookmarks if (name := mark.get(_NAME, "")).startswith(ANCHOR)}
    around = {one.tag: one for one in reversed([*paragraph.iterancestors(ROW, CELL)])}  # the innermost stays
    row, cell = around.get(ROW), around.get(CELL)
    return ReadParagraph(
        text="" if is_listed else text,
        anchors=frozenset(anchors),
        collapsed=frozenset(name for name, mark in anchors.items() if _is_collapsed(mark)),
        obstacle=obstacle,
        is_plain=content.is_plain,
        is_copyable=not content.has_more,
        story=story_of(paragraph),
        shown=shown or (text if is_listed else ""),
        row="" if row is None else places.name(row),
        cell="" if cell is None else places.name(cell),
        words=words,
    )


def _is_collapsed(start: Element) -> bool:
    following = start.getnext()
    return following is None or (following.tag == _END and following.get(_ID) == start.get(_ID))
