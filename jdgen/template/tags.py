"""The tags of a part of a template, read once: mending, checking and compiling all work from this reading.

A tag is text of one paragraph, whatever runs Word has cut it into. docxtpl also fills what stands in attributes, field
codes and formulas, so tags there are read too. Blocks are made of the tags: each ``if`` and ``for`` with its end.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from jdgen.template.tag_text import as_jinja, tags_in
from jdgen.word.field_codes import MARK as _FIELD_MARK
from jdgen.word.paragraphs import CELL, FALLBACK, ROW, RUN, TEXT, P
from jdgen.word.xml import Element, W, nearest, parent_of

# What goes with a tag, by its marker; a plain tag stays in its run.
_UNITS = {"p": P, "tr": ROW, "tc": CELL, "r": RUN, "": RUN}
_INNER = re.compile(r"\{([{%#])-?(?:(p|tr|tc|r)(?=\s))?(.*?)-?[}%#]\}", re.DOTALL)
# A statement without its end, which is reported (``form.py``): read as if it had one, its block can be checked.
_OPEN = re.compile(r"\{%(?:p|tr|tc)?\s+(?:for|if|elif|else|endfor|endif)\b[^{}%]*")
_OPENERS, _MIDDLES = ("if", "for"), ("elif", "else")


@dataclass(frozen=True, eq=False)
class Letters:
    """The text of one ``w:t``, and its position in the part.

    ``holder`` is what its run stands in (the paragraph, a link, a content control), with the number of the field of
    Word's own, such as a reference, whose result it is in, or 0.
    """

    element: Element
    text: str
    order: int
    holder: tuple[Element, int]


@dataclass(frozen=True, eq=False)
class Paragraph:
    """One paragraph and the text that is its own, without that of text boxes in it."""

    number: int
    element: Element
    order: int
    letters: tuple[Letters, ...]

    @cached_property
    def text(self) -> str:
        """The text in one piece."""
        return "".join(each.text for each in self.letters)

    def elements(self, *tags: str) -> Iterator[Element]:
        """Elements with these tags in this paragraph, not in one inside it."""
        return (each for each in self.element.iter(*tags) if nearest(each, P) is self.element)


@dataclass(frozen=True, eq=False)
class Tag:
    """One tag. ``letters`` are those that its characters stand among; ``order`` is its position in the part, ``owner``
    an element whose attribute or own text holds it, for tags that are no text of a run."""

    text: str
    paragraph: Paragraph | None
    order: int
    letters: tuple[Letters, ...] = ()
    owner: Element | None = None

    @cached_property
    def _pieces(self) -> tuple[str, str, str]:
        match = _INNER.fullmatch(self.text)
        return (match[1], match[2] or "", as_jinja(match[3].strip())) if match else (self.text[1], "", "")

    @property
    def kind(self) -> str:
        """``{`` for a tag that prints, ``%`` for a statement, ``#`` for a remark."""
        return self._pieces[0]

    @property
    def marker(self) -> str:
        """``p``, ``tr``, ``tc``, ``r``: what goes with the tag; '' for a plain tag."""
        return self._pieces[1]

    @property
    def inner(self) -> str:
        """What stands between the braces, as Jinja would have it."""
        return self._pieces[2]

    @cached_property
    def word(self) -> str:
        """The first word of a statement: ``for``, ``endif``; '' for other tags."""
        return self.inner.split(maxsplit=1)[0] if self.kind == "%" and self.inner else ""

    @property
    def rest(self) -> str:
        """A statement without its first word."""
        return self.inner[len(self.word) :].strip()

    @property
    def holders(self) -> tuple[tuple[Element, int], ...]:
        """What its characters stand in, one where the tag is whole; see :class:`Letters`."""
        return tuple(dict.fromkeys(each.holder for each in self.letters))

    @property
    def element(self) -> Element | None:
        """The text that holds all of the tag; nothing for one that is cut, or is no text."""
        return self.letters[0].element if len(self.letters) == 1 else None

    @property
    def unit(self) -> Element | None:
        """The paragraph, row, cell or run that goes with the tag, or that a plain tag stands in."""
        return None if self.element is None else nearest(self.element, _UNITS[self.marker])


@dataclass(frozen=True, eq=False)
class TagBlock:
    """An ``if`` or ``for`` with what divides and ends it; ``end`` is nothing where the template has none."""

    start: Tag
    middles: tuple[Tag, ...]
    end: Tag | None

    @property
    def tags(self) -> tuple[Tag, ...]:
        """All tags of the block, in their order."""
        return (self.start, *self.middles, *((self.end,) if self.end else ()))


@dataclass(frozen=True)
class TagBlocks:
    """The blocks of a part; ``strays`` are tags that belong to none, ``crossings`` ends that come before the end of a
    block that began later, each with that block's start."""

    blocks: tuple[TagBlock, ...]
    strays: tuple[Tag, ...]
    crossings: tuple[tuple[Tag, Tag], ...]


@dataclass(frozen=True, eq=False)
class TemplatePart:
    """A part that is filled: the text, a header or a footer."""

    name: str
    tree: Element

    @cached_property
    def order(self) -> dict[Element, int]:
        """Every element with its position in the part."""
        return {element: number for number, element in enumerate(self.tree.iter())}

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph, in the order in which they begin."""
        letters: dict[Element, list[Letters]] = {element: [] for element in self.tree.iter(P)}
        fields: dict[Element, list[int]] = {}
        field_number = 0
        for element in self.tree.iter(TEXT, _FIELD_MARK):
            if (owner := nearest(element, P)) is None:
                continue
            within = fields.setdefault(owner, [])
            if element.tag == _FIELD_MARK:
                kind = element.get(f"{W}fldCharType")
                if kind == "begin":
                    field_number += 1
                    within.append(field_number)
                elif kind == "end" and within:
                    within.pop()
            elif element.text:
                run = nearest(element, RUN)
                holder = parent_of(element if run is None else run), within[-1] if within else 0
                letters[owner].append(Letters(element, element.text, self.order[element], holder))
        return tuple(
            Paragraph(number, element, self.order[element], tuple(own_letters))
            for number, (element, own_letters) in enumerate(letters.items(), 1)
        )

    @cached_property
    def by_element(self) -> Mapping[Element, Paragraph]:
        """The paragraph of each ``w:p``."""
        return {paragraph.element: paragraph for paragraph in self.paragraphs}

    @cached_property
    def paragraphs_without_copies(self) -> tuple[Paragraph, ...]:
        """The paragraphs, but for those that are copies for programs that do not know text boxes."""
        copies = set(self.copies)
        return tuple(each for each in self.paragraphs if each not in copies) if copies else self.paragraphs

    @cached_property
    def copies(self) -> tuple[Paragraph, ...]:
        """The paragraphs that are copies for programs that do not know text boxes."""
        if next(self.tree.iter(FALLBACK), None) is None:
            return ()
        return tuple(each for each in self.paragraphs if nearest(each.element, FALLBACK) is not None)

    def paragraph_of(self, element: Element) -> Paragraph | None:
        """The paragraph that ``element`` is in; else the first of what it belongs to, such as a cell."""
        for around in (element, *element.iterancestors()):
            if around.tag in (f"{W}body", f"{W}hdr", f"{W}ftr"):
                return None
            if (first := next(around.iter(P), None)) is not None:
                return self.by_element[around if around.tag == P else first]
        return None

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """Every tag, in the order of the document."""
        in_text = (tag for paragraph in self.paragraphs for tag in _tags_of(paragraph))
        return tuple(sorted((*in_text, *self._tags_elsewhere()), key=lambda tag: tag.order))

    def _tags_elsewhere(self) -> Iterator[Tag]:
        for element, order in self.order.items():
            texts = [text for text in map(str, element.attrib.values()) if "{" in text]
            if element.tag != TEXT and element.text and "{" in element.text:
                texts.append(element.text)
            for text in texts:
                for start, end in tags_in(text):
                    yield Tag(text[start:end], self.paragraph_of(element), order, owner=element)

    @cached_property
    def blocks(self) -> TagBlocks:
        """The blocks that the tags form."""
        return _blocks_of(self.tags)

    @cached_property
    def tags_by_unit(self) -> Mapping[Element, Sequence[Tag]]:
        """Each paragraph, row and cell that goes with tags in it, and those."""
        tags: dict[Element, list[Tag]] = {}
        for tag in self.tags:
            if tag.kind in "%#" and tag.marker in ("p", "tr", "tc") and (unit := tag.unit) is not None:
                tags.setdefault(unit, []).append(tag)
        return tags


def _tags_of(paragraph: Paragraph) -> Iterator[Tag]:
    if "{" not in paragraph.text:
        return
    begins = [0, *accumulate(len(each.text) for each in paragraph.letters)]
    for start, end, text in _tag_texts(paragraph.text):
        among = paragraph.letters[bisect_right(begins, start) - 1 : bisect_left(begins, end)]
        yield Tag(text, paragraph, among[0].order, among)


def _tag_texts(text: str) -> Iterator[tuple[int, int, str]]:
    """Every tag in ``text``, those of :data:`_OPEN` too: where it begins and ends, and how it reads."""
    at = 0
    for start, end in (*tags_in(text), (len(text), len(text))):
        for statement in _OPEN.finditer(text, at, start):
            yield statement.start(), statement.end(), f"{statement[0].rstrip()} %}}"
        if start < end:
            yield start, end, text[start:end]
        at = end


@dataclass
class _OpenBlock:
    start: Tag
    middles: list[Tag] = field(default_factory=list)


def _blocks_of(tags: Sequence[Tag]) -> TagBlocks:
    stack: list[_OpenBlock] = []
    blocks: list[TagBlock] = []
    strays: list[Tag] = []
    crossings: list[tuple[Tag, Tag]] = []
    for tag in tags:
        if tag.word in _OPENERS:
            stack.append(_OpenBlock(tag))
        elif tag.word in _MIDDLES and stack:
            stack[-1].middles.append(tag)
        elif tag.word in _MIDDLES:
            strays.append(tag)
        elif tag.word in ("endif", "endfor"):
            at = next((at for at in reversed(range(len(stack))) if f"end{stack[at].start.word}" == tag.word), None)
            if at is None:
                strays.append(tag)
                continue
            block = stack.pop(at)
            if at < len(stack):
                crossings.append((tag, stack[-1].start))
            blocks.append(TagBlock(block.start, tuple(block.middles), tag))
    blocks += [TagBlock(block.start, tuple(block.middles), None) for block in stack]
    return TagBlocks(tuple(blocks), tuple(strays), tuple(crossings))
