"""Documents of headings and duties in several layouts, second versions of them, and people who edit them, at random.

Every heading, duty and word of a person's has a mark of its own (``h3``, ``d17``, ``mine2``), which stays with it
whatever is done to it, so that a test can tell where it stands.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, NamedTuple

from lxml import etree

from jdgen.record.anchors import name_by_id
from jdgen.record.model import PrintedBlock
from tests.revision.random_documents import PARTS
from tests.toolbox.blocks import printed_block
from tests.toolbox.word import W, stories_of

_MARK = re.compile(r"\b(?:h|d|mine)\d+\b")


class Layout(StrEnum):
    """How a template prints headings and duties."""

    PARAGRAPHS = "paragraphs"
    NUMBERED = "paragraphs with typed numbers"
    ROWS = "a row for each heading, its duties in one cell"
    CELL = "everything in one cell"
    DUTY_ROWS = "a table under each heading, with a row for each duty"


class Phrases(NamedTuple):
    """What duties are made of: a verb, a thing, and an end."""

    verbs: Sequence[str]
    things: Sequence[str]
    ends: Sequence[str]


OTHER_PHRASES = Phrases(
    ("Lead", "Agree", "Report", "Build", "Set up", "Keep", "Advise on", "Review", "Teach", "Plan"),
    ("the budget", "risks", "the plan of work", "stakeholders", "standards", "suppliers", "benefits", "the team"),
    ("with the board", "every month", "across all sites", "for each project", "with care", "before decisions fall"),
)
#: Of which duties say much the same as others.
STOCK_PHRASES = Phrases(
    ("Lead", "Agree"),
    ("the plan", "the work of the team"),
    ("with the board", "with the board in good time", "with the team"),
)


@dataclass(frozen=True)
class Duty:
    id: str
    text: str


@dataclass(frozen=True)
class Part:
    """A heading and the duties under it."""

    id: str
    title: str
    duties: tuple[Duty, ...] = ()


@dataclass
class Namer:
    """Gives out marks, each once."""

    chance: random.Random
    phrases: Phrases = OTHER_PHRASES
    counts: dict[str, int] = field(default_factory=dict)

    def mark(self, kind: str) -> str:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return f"{kind}{self.counts[kind]}"

    def duty(self, owner: str) -> Duty:
        (verbs, things, ends), mark, chance = self.phrases, self.mark("d"), self.chance
        texts = [f"{chance.choice(verbs)} {chance.choice(things)} {mark} {chance.choice(ends)}"]
        if chance.random() < 0.3:
            other = self.mark("d")
            texts.append(f"{chance.choice(verbs).lower()} {chance.choice(things)} {other} {chance.choice(ends)}")
        return Duty(f"{owner}.{mark}", " and ".join(texts) + ".")

    def part(self) -> Part:
        mark = self.mark("h")
        owner = f"part-{mark}"
        duties = tuple(self.duty(owner) for _ in range(self.chance.randrange(1, 4)))
        return Part(owner, f"{self.chance.choice(self.phrases.things).capitalize()} {mark}", duties)


def first_version(names: Namer) -> list[Part]:
    return [names.part() for _ in range(names.chance.randrange(2, 6))]


def second_version(old: Sequence[Part], names: Namer) -> list[Part]:
    """Some of what a framework does: it rewords, withdraws, splits, joins, moves, renames and adds."""
    parts, chance = list(old), names.chance
    ways = (_reword, _withdraw, _split, _merge, _move_duty, _move_part, _rename, _add, _new_part, _end_part)
    for _ in range(chance.randrange(1, 5)):
        parts = chance.choice(ways)(parts, names)
    return parts


def _some(parts: list[Part], chance: random.Random) -> tuple[int, int] | None:
    places = [(at, number) for at, part in enumerate(parts) for number in range(len(part.duties))]
    return chance.choice(places) if places else None


def _with(parts: list[Part], at: int, duties: Sequence[Duty]) -> list[Part]:
    return [*parts[:at], replace(parts[at], duties=tuple(duties)), *parts[at + 1 :]]


def _with_changed_duty(parts: list[Part], names: Namer, change: Callable[[Duty], list[Duty]]) -> list[Part]:
    if (place := _some(parts, names.chance)) is None:
        return parts
    at, number = place
    duties = list(parts[at].duties)
    duties[number : number + 1] = change(duties[number])
    return _with(parts, at, duties)


def _reword(parts: list[Part], names: Namer) -> list[Part]:
    return _with_changed_duty(
        parts, names, lambda duty: [replace(duty, text=f"{duty.text[:-1]}, as agreed in the new version.")]
    )


def _withdraw(parts: list[Part], names: Namer) -> list[Part]:
    return _with_changed_duty(parts, names, lambda duty: [])


def _split(parts: list[Part], names: Namer) -> list[Part]:
    def split(duty: Duty) -> list[Duty]:
        first, _, second = duty.text.partition(" and ")
        if not second:
            return [duty]
        return [Duty(f"{duty.id}-a", f"{first}."), Duty(f"{duty.id}-b", f"{second[0].upper()}{second[1:]}")]

    return _with_changed_duty(parts, names, split)


def _merge(parts: list[Part], names: Namer) -> list[Part]:
    several = [at for at, part in enumerate(parts) if len(part.duties) > 1]
    if not several:
        return parts
    at = names.chance.choice(several)
    first, second, *rest = parts[at].duties
    both = f"{first.text[:-1]} and {second.text[0].lower()}{second.text[1:]}"
    return _with(parts, at, [Duty(f"{first.id}-m", both), *rest])


def _move_duty(parts: list[Part], names: Namer) -> list[Part]:
    if (place := _some(parts, names.chance)) is None:
        return parts
    at, number = place
    duties = list(parts[at].duties)
    duty = duties.pop(number)
    rest = _with(parts, at, duties)
    to = names.chance.randrange(len(rest))
    there = list(rest[to].duties)
    if names.chance.random() < 0.5:  # with the id that it has under its new heading
        duty = replace(duty, id=f"{rest[to].id}.{duty.id.rpartition('.')[2]}")
    there.insert(names.chance.randrange(len(there) + 1), duty)
    return _with(rest, to, there)


def _move_part(parts: list[Part], names: Namer) -> list[Part]:
    new_parts = list(parts)
    part = new_parts.pop(names.chance.randrange(len(new_parts)))
    new_parts.insert(names.chance.randrange(len(new_parts) + 1), part)
    return new_parts


def _rename(parts: list[Part], names: Namer) -> list[Part]:
    at = names.chance.randrange(len(parts))
    return [*parts[:at], replace(parts[at], title=f"{parts[at].title} and more"), *parts[at + 1 :]]


def _add(parts: list[Part], names: Namer) -> list[Part]:
    at = names.chance.randrange(len(parts))
    duties = list(parts[at].duties)
    duties.insert(names.chance.randrange(len(duties) + 1), names.duty(parts[at].id))
    return _with(parts, at, duties)


def _new_part(parts: list[Part], names: Namer) -> list[Part]:
    new_parts = list(parts)
    new_parts.insert(names.chance.randrange(len(new_parts) + 1), names.part())
    return new_parts


def _end_part(parts: list[Part], names: Namer) -> list[Part]:
    at = names.chance.randrange(len(parts))
    return [*parts[:at], *parts[at + 1 :]] if len(parts) > 1 else parts


def blocks_of_parts(parts: Sequence[Part], layout: Layout) -> list[PrintedBlock]:
    return [
        printed_block(*block)
        for number, part in enumerate(parts, 1)
        for block in ((f"{part.id}.title", part.title), *_duties(part, number, layout))
    ]


def _duties(part: Part, number: int, layout: Layout) -> Iterator[tuple[str, str]]:
    for place, duty in enumerate(part.duties, 1):
        yield duty.id, f"{number}.{place}\t{duty.text}" if layout is Layout.NUMBERED else duty.text


def document(parts: Sequence[Part], layout: Layout) -> Any:
    """The document that prints ``parts``, gathered, between texts of the template's own."""
    inner = "".join(_part(part, number, layout) for number, part in enumerate(parts, 1))
    if layout is Layout.ROWS:
        head = _row("<w:trPr><w:tblHeader/></w:trPr>", _text("Head", "", "Area"), _text("Head", "", "What you do"))
        inner = _table(head + inner)
    if layout is Layout.CELL:
        inner = _table(_row("", inner or "<w:p/>"))
    body = _text("Title", "", "Main duties of the post") + inner + _text("Title", "", "Decisions of the post")
    main = f'<w:document xmlns:w="{W[1:-1]}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    return stories_of({**PARTS, "word/document.xml": main.encode()})


def _part(part: Part, number: int, layout: Layout) -> str:
    title = _text("Heading2", f"{part.id}.title", part.title)
    duties = [_text("Duty", *block) for block in _duties(part, number, layout)]
    if layout is Layout.ROWS:
        return _row("", title, "".join(duties) or "<w:p/>")
    if layout is Layout.DUTY_ROWS:
        rows = "".join(_row("", duty) for duty in duties)
        head = _row("<w:trPr><w:tblHeader/></w:trPr>", _text("Head", "", "Duty"))
        return title + (_table(head + rows) if rows else "")
    return title + "".join(duties)


def _table(rows: str) -> str:
    grid = '<w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid>'
    return f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>{grid}{rows}</w:tbl>'


def _row(properties: str, *cells: str) -> str:
    inner = "".join(f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in cells)
    return f"<w:tr>{properties}{inner}</w:tr>"


def _text(style: str, block_id: str, text: str) -> str:
    run = "".join(f"<w:r>{piece}</w:r>" for piece in _pieces(text))
    if block_id:
        name = name_by_id(block_id)
        number = int(name[4:11], 16)
        run = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{run}<w:bookmarkEnd w:id="{number}"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _pieces(text: str) -> Iterator[str]:
    for number, words in enumerate(text.split("\t")):
        if number:
            yield "<w:tab/>"
        yield f'<w:t xml:space="preserve">{words}</w:t>'


class Person:
    """Somebody who edits a document in ways that a seed decides. ``touched`` are the marks of what they did something
    to, ``removed`` those of duties that they took out, and ``words`` what they wrote."""

    def __init__(self, tree: Any, names: Namer) -> None:
        self.tree, self.names, self.chance = tree, names, names.chance
        self.touched: set[str] = set()
        self.removed: set[str] = set()
        self.words: set[str] = set()

    def edit(self, times: int) -> None:
        ways = (self.add_word, self.add_word, self.drop_word, self.remove, self.move, self.join, self.split)
        for _ in range(times):
            duties = [
                paragraph
                for paragraph in self.tree.iter(f"{W}p")
                if style(paragraph) == "Duty" and marks(words_in(paragraph))
            ]
            if duties:
                self.chance.choice((*ways, self.picture, self.add, self.remove_heading))(self.chance.choice(duties))

    def _new_word(self) -> str:
        word = self.names.mark("mine")
        self.words.add(word)
        return word

    def add_word(self, duty: Any) -> None:
        self.touched |= marks(words_in(duty))
        texts = [node for node in duty.iter(f"{W}t") if node.text]
        text = self.chance.choice(texts)
        words = (text.text or "").split(" ")
        words.insert(self.chance.randrange(1, len(words) + 1), self._new_word())
        # Before what follows in another run, it would be one with the next word.
        text.text = " ".join(words) + ("" if text is texts[-1] else " ")

    def drop_word(self, duty: Any) -> None:
        self.touched |= marks(words_in(duty))
        text = self.chance.choice(list(duty.iter(f"{W}t")))
        words = (text.text or "").split(" ")
        droppable = [at for at, word in enumerate(words) if not _MARK.search(word)]
        if len(droppable) > 3:
            del words[self.chance.choice(droppable)]
            text.text = " ".join(words)

    def remove(self, duty: Any) -> None:
        lost_marks = marks(words_in(duty))
        self.touched |= lost_marks
        self.removed |= {mark for mark in lost_marks if mark.startswith("d")}
        self.words -= lost_marks
        self._take_out(duty)

    def _take_out(self, duty: Any) -> None:
        cell = duty.getparent() if duty.getparent().tag == f"{W}tc" else None
        row = cell.getparent() if cell is not None else None
        if cell is None or len(cell.findall(f"{W}p")) > 1:
            duty.getparent().remove(duty)
        elif len(row.findall(f"{W}tc")) == 1 and len(row.getparent().findall(f"{W}tr")) > 2:
            row.getparent().remove(row)
        else:
            for node in [child for child in duty if child.tag != f"{W}pPr"]:
                duty.remove(node)

    def move(self, duty: Any) -> None:
        others = [
            paragraph
            for paragraph in self.tree.iter(f"{W}p")
            if style(paragraph) == "Duty" and paragraph is not duty and words_in(paragraph)
        ]
        if not others:
            return
        self.touched |= marks(words_in(duty))
        moved_duty = copy.deepcopy(duty)
        self._take_out(duty)
        there = self.chance.choice(others)
        if there.getparent() is not None:
            there.addnext(moved_duty)

    def join(self, duty: Any) -> None:
        before = duty.getprevious()
        if before is None or before.tag != f"{W}p" or style(before) != "Duty" or not words_in(before):
            return
        self.touched |= marks(words_in(duty)) | marks(words_in(before))
        if words_in(before)[-1:].isalnum() and words_in(duty)[:1].isalnum():  # a mark would be one with the next word
            before.append(etree.fromstring(f'<w:r xmlns:w="{W[1:-1]}"><w:t xml:space="preserve"> </w:t></w:r>'))
        before.extend([node for node in duty if node.tag != f"{W}pPr"])
        duty.getparent().remove(duty)

    def split(self, duty: Any) -> None:
        texts = list(duty.iter(f"{W}t"))
        first, _, second = (texts[-1].text or "").partition(" and ")
        if not second or len(duty.findall(f"{W}r")) > 3:
            return
        self.touched |= marks(words_in(duty))
        second_half = copy.deepcopy(duty)
        for mark in [*second_half.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        for text in list(second_half.iter(f"{W}t"))[:-1]:
            text.text = ""
        for tab in list(second_half.iter(f"{W}tab")):
            tab.getparent().remove(tab)
        texts[-1].text, list(second_half.iter(f"{W}t"))[-1].text = first, second
        duty.addnext(second_half)

    def picture(self, duty: Any) -> None:
        self.touched |= marks(words_in(duty))
        etree.SubElement(etree.SubElement(duty, f"{W}r"), f"{W}drawing")

    def add(self, duty: Any) -> None:
        text = f"A note of our own {self._new_word()}."
        duty.addnext(etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>{text}</w:t></w:r></w:p>'))

    def remove_heading(self, duty: Any) -> None:
        headings = [
            paragraph for paragraph in self.tree.iter(f"{W}p") if style(paragraph) == "Heading2" and words_in(paragraph)
        ]
        if headings and self.chance.random() < 0.3:
            heading = self.chance.choice(headings)
            self.touched |= marks(words_in(heading))
            if heading.getparent().tag == f"{W}tc" and heading.getnext() is None:
                for node in [child for child in heading if child.tag != f"{W}pPr"]:
                    heading.remove(node)
            else:
                heading.getparent().remove(heading)


def style(paragraph: Any) -> str:
    node = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if node is None else node.get(f"{W}val")


def words_in(paragraph: Any) -> str:
    return "".join(node.text or "" if node.tag == f"{W}t" else "\t" for node in paragraph.iter(f"{W}t", f"{W}tab"))


def marks(text: str) -> set[str]:
    return set(_MARK.findall(text))


def headings_in(tree: Any) -> dict[str, set[str]]:
    """The marks of the headings that each mark of a duty, or word of a person's, stands under; '' under none."""
    headings: dict[str, set[str]] = {}
    heading = ""
    for paragraph in tree.iter(f"{W}p"):
        text = words_in(paragraph)
        if style(paragraph) == "Title":
            heading = ""
        elif style(paragraph) == "Heading2" and (
            heading_marks := sorted(mark for mark in marks(text) if mark.startswith("h"))
        ):
            heading = heading_marks[0]
        for mark in marks(text):
            if not mark.startswith("h"):
                headings.setdefault(mark, set()).add(heading)
    return headings


def headings_of_parts(parts: Sequence[Part]) -> dict[str, str]:
    return {mark: next(iter(marks(part.title))) for part in parts for duty in part.duties for mark in marks(duty.text)}
