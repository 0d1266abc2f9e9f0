"""The paragraphs of a document as they stand now, read for comparison: their texts, their anchors, what they hold."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Self

from jdgen.record.anchors import ANCHOR
from jdgen.revision.obstacles import Obstacles, obstacles
from jdgen.word.file import File, Story, story_of
from jdgen.word.paragraphs import CELL, ROW, TABLE, ParagraphContent, paragraphs_of, runs_of
from jdgen.word.xml import Element, W, nearest, parent_of, text_in

_NAME, _ID, _END = f"{W}name", f"{W}id", f"{W}bookmarkEnd"
_PROPERTIES, _STYLE, _VALUE, _BOLD = f"{W}pPr", f"{W}pStyle", f"{W}val", f".//{W}rPr/{W}b"


class ReadParagraph(NamedTuple):
    """One paragraph. ``text`` are its words as they are compared, without what fields show; ``visible_text`` is what a
    reader sees, where that is another.

    ``anchors`` are jdgen's bookmarks that begin in it; ``collapsed`` those of them that hold nothing, as word
    processors leave them behind. ``obstacle`` says why its words cannot be changed here, and is empty where they can;
    ``is_plain`` says that there is nothing in it but words, ``is_copyable`` that there is nothing but words and links,
    which can be made once more elsewhere, and ``is_referred_to`` that a cross-reference leads to it. ``story`` is where
    it stands, and ``row`` and ``cell`` tell the row and the cell of a table that it stands in, if it does. ``words``
    are those that stand in it, which are none of its text where it is a line of a table of contents, and not all of it
    where only a field shows a text. ``style`` is the id of its style, '' for the one that a paragraph has by itself.
    """

    text: str
    anchors: frozenset[str] = frozenset()
    collapsed: frozenset[str] = frozenset()
    obstacle: str = ""
    is_plain: bool = True
    is_copyable: bool = True
    is_referred_to: bool = False
    story: Story = Story.MAIN
    visible_text: str = ""
    row: str = ""
    cell: str = ""
    words: str = ""
    style: str = ""
    is_bold: bool = False


def table_of(row: str) -> str:
    """The table that a ``row`` of a paragraph is in; '' for none."""
    return row.rpartition("/")[0]


#: Each paragraph of a document, in order, as it was read.
_Paragraphs = Mapping[Element, ReadParagraph]


class DocumentText:
    """All text of a document: its stories in one ``tree``, and each paragraph in it, in order, as it was ``read``.

    A file is read when somebody first asks: where nothing comes, goes or moves, nobody asks what the document made anew
    looks like.
    """

    def __init__(self, tree: Callable[[], Element], read_paragraphs: Callable[[], _Paragraphs]) -> None:
        self._tree, self._read = tree, functools.cache(read_paragraphs)

    @classmethod
    def of(cls, file: File) -> Self:
        """The text of ``file``, which is shared, as its trees are."""
        return cls.when_asked(lambda: file)

    @classmethod
    def when_asked(cls, file: Callable[[], File]) -> Self:
        """The text of a file that is made when somebody asks for its text."""
        return cls(lambda: file().stories, lambda: _read_all(file().stories, file().paragraphs))

    @classmethod
    def in_tree(cls, tree: Element) -> Self:
        """The text that is in ``tree`` now, a part or all stories of a file."""
        return cls._now(
            tree, _read_all(tree, {paragraph: ParagraphContent(paragraph) for paragraph in paragraphs_of(tree)})
        )

    @classmethod
    def _now(cls, tree: Element, paragraphs: _Paragraphs) -> Self:
        return cls(lambda: tree, lambda: paragraphs)

    @property
    def tree(self) -> Element:
        """The tree with all stories."""
        return self._tree()

    @property
    def read(self) -> _Paragraphs:
        """Each paragraph of the tree, in order."""
        return self._read()

    @property
    def paragraphs(self) -> Sequence[ReadParagraph]:
        """The paragraphs, in order."""
        return tuple(self.read.values())

    def copied(self) -> Self:
        """The same text in a tree of its own, to be changed."""
        tree = copy.deepcopy(self.tree)
        return self._now(tree, dict(zip(paragraphs_of(tree), self.read.values(), strict=True)))


def _read_all(tree: Element, contents: Mapping[Element, ParagraphContent]) -> _Paragraphs:
    tree_obstacles, places = obstacles(tree), _Places()
    return {
        paragraph: _read(content, places.of(paragraph), tree_obstacles, paragraph)
        for paragraph, content in contents.items()
    }


class _Place(NamedTuple):
    """Where a paragraph stands: in which story, and the names of the row and the cell of a table that it is in, ''
    outside of tables: ``3/7`` is something in 3."""

    story: Story
    row: str
    cell: str


class _Places:
    """Where paragraphs stand, told by what holds them, since all that one element holds stands in one place."""

    def __init__(self) -> None:
        self._names: dict[Element, str] = {}
        self._inside: dict[Element, _Place] = {}

    def of(self, paragraph: Element) -> _Place:
        """Where ``paragraph`` stands."""
        holder = paragraph.getparent()
        return _Place(story_of(paragraph), "", "") if holder is None else self._in(holder)

    def _in(self, holder: Element) -> _Place:
        place = self._inside.get(holder)
        if place is None:
            tag = holder.tag
            if tag in (CELL, ROW, TABLE) and (above := holder.getparent()) is not None:
                story, row, cell = self._in(above)
                place = _Place(
                    story, self._name(holder) if tag == ROW else row, self._name(holder) if tag == CELL else cell
                )
            else:
                place = _Place(story_of(holder), self._name(nearest(holder, ROW)), self._name(nearest(holder, CELL)))
            self._inside[holder] = place
        return place

    def _name(self, element: Element | None) -> str:
        if element is None:
            return ""
        name = self._names.get(element)
        if name is None:
            holder = parent_of(element)
            of_holder = self._names.setdefault(holder, str(len(self._names)))
            name = self._names[element] = f"{of_holder}/{len(self._names)}"
        return name


_NONE: frozenset[str] = frozenset()


def _read(content: ParagraphContent, place: _Place, tree_obstacles: Obstacles, paragraph: Element) -> ReadParagraph:
    """The paragraph as it is compared. A line of a table of contents says again what is said elsewhere."""
    obstacle, is_listed = tree_obstacles.reason(paragraph), tree_obstacles.is_line_of_contents(paragraph)
    words = text = content.text
    visible_text = content.visible_text if content.has_fields else ""
    if visible_text.strip() and not text.strip() and not is_listed:
        text, obstacle = visible_text, obstacle or "a field makes its text"
    anchors = {name: mark for mark in content.bookmarks if (name := mark.get(_NAME, "")).startswith(ANCHOR)}
    return ReadParagraph(
        text="" if is_listed else text,
        anchors=frozenset(anchors) if anchors else _NONE,
        collapsed=frozenset([name for name, mark in anchors.items() if _is_collapsed(mark)]) if anchors else _NONE,
        obstacle=obstacle,
        is_plain=content.is_plain,
        is_copyable=not content.has_more,
        is_referred_to=bool(content.bookmarks) and tree_obstacles.is_referred_to(content.bookmark_names),
        story=place.story,
        visible_text=visible_text or (text if is_listed else ""),
        row=place.row,
        cell=place.cell,
        words=words,
        style=_style(paragraph),
        is_bold=_is_bold(paragraph),
    )


def _style(paragraph: Element) -> str:
    styles = (style for properties in paragraph.iterchildren(_PROPERTIES) for style in properties.iterchildren(_STYLE))
    style = next(styles, None)
    return "" if style is None else style.get(_VALUE, "")


def _is_bold(paragraph: Element) -> bool:
    if paragraph.find(_BOLD) is None:  # as nearly always
        return False
    marks = [run.find(f"{W}rPr/{W}b") for run in runs_of(paragraph) if text_in(run).strip()]
    return bool(marks) and all(mark is not None and mark.get(_VALUE, "1") not in ("0", "false") for mark in marks)


def _is_collapsed(start: Element) -> bool:
    following = start.getnext()
    return following is None or (following.tag == _END and following.get(_ID) == start.get(_ID))
