"""Blocks: which ``if`` or ``for`` belongs to which end, and whether a document can be made of what is between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jdgen.template.checks.findings import Finding, Severity
from jdgen.template.checks.parts import Part
from jdgen.template.checks.tags import Tag

_OPENERS, _MIDDLES = ("if", "for"), ("elif", "else")
_CLOSERS = {f"end{word}": word for word in _OPENERS}
_P = "give each of the two a line of its own, written {%p … %}, or write both in one paragraph"
_MATCHED = "write the tags of one block alike: all {%p … %}, all {%tr … %}, or all {% … %} in one line"


@dataclass(frozen=True, eq=False)
class Block:
    """An ``if`` or ``for`` with what divides and ends it; ``end`` is nothing where the template has none."""

    start: Tag
    middles: tuple[Tag, ...]
    end: Tag | None

    @property
    def tags(self) -> tuple[Tag, ...]:
        """All tags of the block, in their order."""
        return (self.start, *self.middles, *((self.end,) if self.end else ()))


@dataclass
class _Open:
    start: Tag
    middles: list[Tag] = field(default_factory=list)


@dataclass(frozen=True)
class Blocks:
    """The blocks of a part; ``strays`` are tags that belong to none, ``crossed`` ends that come before the end of a
    block that began later, each with that block's start."""

    blocks: tuple[Block, ...]
    strays: tuple[Tag, ...]
    crossed: tuple[tuple[Tag, Tag], ...]


def blocks_of(tags: Sequence[Tag]) -> Blocks:
    """The blocks that ``tags`` form."""
    stack: list[_Open] = []
    blocks: list[Block] = []
    strays: list[Tag] = []
    crossed: list[tuple[Tag, Tag]] = []
    for tag in tags:
        if tag.word in _OPENERS:
            stack.append(_Open(tag))
        elif tag.word in _MIDDLES:
            if stack:
                stack[-1].middles.append(tag)
            else:
                strays.append(tag)
        elif tag.word in _CLOSERS:
            at = _matching(stack, _CLOSERS[tag.word])
            if at is None:
                strays.append(tag)
                continue
            closed = stack.pop(at)
            if at < len(stack):
                crossed.append((tag, stack[-1].start))
            blocks.append(Block(closed.start, tuple(closed.middles), tag))
    blocks += [Block(left.start, tuple(left.middles), None) for left in stack]
    return Blocks(tuple(blocks), tuple(strays), tuple(crossed))


def _matching(stack: Sequence[_Open], word: str) -> int | None:
    return next((at for at in reversed(range(len(stack))) if stack[at].start.word == word), None)


def block_faults(part: Part, blocks: Blocks) -> Iterator[Finding]:
    """Blocks without an end, ends without a block, blocks that cross, and blocks that would damage the document."""
    unpaired = part.found("unclosed-block", Severity.ERROR)
    for block in blocks.blocks:
        if block.end is None:
            needed = f"{{%{block.start.marker} end{block.start.word} %}}"
            what = f"this tag cannot be read ({block.start.text} has no {needed})"
            yield unpaired(block.start, what, f"write {needed} after what it holds")
    for tag in blocks.strays:
        begin = "an {% if … %}" if tag.word in _MIDDLES else f"a {{% {_CLOSERS[tag.word]} … %}}"
        what = f"this tag cannot be read ({tag.text} belongs to no {{% {_CLOSERS.get(tag.word, 'if')} … %}})"
        yield unpaired(tag, what, f"take it out, or write {begin} before it")
    for end, start in blocks.crossed:
        crossing = part.found("crossed-blocks", Severity.ERROR)
        what = f"{end.text} comes before the end of {start.text}"
        yield crossing(end, what, f"end first what began last: {{% end{start.word} %}}")
    for block in blocks.blocks:
        yield from _seat_faults(part, block)


def _seat_faults(part: Part, block: Block) -> Iterator[Finding]:
    """What is wrong where the tags of a block do not stand in one place."""
    other = next((tag for tag in block.tags if tag.seat != block.start.seat), None)
    if other is None:
        return
    start = block.start
    if start.marker != other.marker:
        found = part.found("mixed-block", Severity.ERROR)
        yield found(start, f"{start.text} and {other.text} do not go together", _MATCHED)
    elif start.marker in ("p", "tr", "tc"):
        found = part.found("block-across-containers", Severity.ERROR)
        what = f"{start.text} and {other.text} stand in different tables, cells, text boxes or content controls"
        yield found(start, what, "move one of them, so that both stand in the same")
    elif start.paragraph is not other.paragraph:
        yield _over_paragraphs(part, block, other)
    else:
        found = part.found("half-in-link", Severity.ERROR)
        what = f"{start.text} and {other.text} are not both inside, or both outside, one link or content control"
        yield found(start, what, "write both inside it or both outside it")


def _over_paragraphs(part: Part, block: Block, other: Tag) -> Finding:
    """A plain block whose tags stand in several paragraphs."""
    start = block.start
    parents = {tag.paragraph.element.getparent() if tag.paragraph else None for tag in block.tags}
    if len(parents) == 1 and all(_alone(tag) for tag in block.tags):
        found = part.found("blank-line-left", Severity.WARNING)
        right = f"write {{%p {start.inner} %}}, and {{%p … %}} in the lines of its other tags"
        return found(start, f"{start.text} leaves a blank line in the document", right)
    found = part.found("block-over-paragraphs", Severity.ERROR)
    return found(start, f"{start.text} and {other.text} would merge paragraphs or cells", _P)


def _alone(tag: Tag) -> bool:
    """Whether the tag is all that its paragraph holds, in a run of the paragraph's own."""
    if tag.paragraph is None or tag.paragraph.text.strip() != tag.text:
        return False
    return len(tag.holders) == 1 and tag.holders[0][0] is tag.paragraph.element
