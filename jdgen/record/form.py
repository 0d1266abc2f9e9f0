"""The form of a record: what it says, as JSON, so that it says nothing twice.

A record that is written (form 3) says a text

- by a number from 0, where it is one of jdgen's phrases (:mod:`jdgen.record.phrases`),
- by a number below 0, where it is one of the post's own, which stand in the record in any case: -1 is the first of
  :func:`texts_of_post`,
- or in full.

``blocks`` and ``notes`` list three texts for each; or a number that stands for all three; or ``[number, count]`` for
several numbers that follow each other. A text between the blocks names the anchor of the block after it; the blocks
that follow are counted on from there. Forms 1 and 2 say all in full, and no anchors: those have names by the ids of
their blocks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from jdgen.drafting.model import Giver
from jdgen.record.anchors import ANCHOR
from jdgen.record.model import GenerationRecord, PrintedBlock, RecordedNote, RecordFacts
from jdgen.record.phrases import EDITION, NO_PHRASES, Edition, Phrase, edition
from jdgen.words import paragraphs

#: The form that records are written in, and the earlier ones that are read too; what is of another is no record.
FORM, EARLIER = "3", ("1", "2")
#: What stands after the blocks.
END = "]}"

# More blocks than a document can print; a number stands for so many texts that a record could be made to say millions.
_MOST = 2**16
# Texts of a block and of a note.
_TEXTS = 3
_FACTS = tuple(field.name for field in fields(RecordFacts))
_MAY_BE_EMPTY = frozenset(field.name for field in fields(RecordFacts) if field.default == "")
_NUMBER = re.compile(r"[1-9][0-9]*\Z")


def texts_of_post(post: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The texts of a post as the record has it, each with the id of the block that prints it: field by field, then
    those of several paragraphs, paragraph by paragraph."""
    whole = [(name, value) for name, value in post.items() if isinstance(value, str)]
    yield from whole
    for name, value in post.items():
        if isinstance(value, list | tuple):
            yield from _texts_of_entries(name, value)
    for name, value in whole:
        yield from ((f"{name}.{number}", text) for number, text in enumerate(paragraphs(value), 1))


def _texts_of_entries(name: str, entries: Sequence[Any]) -> Iterator[tuple[str, str]]:
    kinds: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, str):
            yield f"{name}.{number}", entry
        elif isinstance(entry, Mapping):
            owner = f"{name}.{number}"
            if isinstance(kind := entry.get("kind"), str):
                kinds[kind] = kinds.get(kind, 0) + 1
                owner = f"{name}.{kind}.{kinds[kind]}"
            for field, text in entry.items():
                if isinstance(text, str):
                    yield (owner if field == "text" else f"{owner}.{field}"), text


class Vocabulary:
    """What a record says by numbers: jdgen's phrases, and the texts of one post, alone and as the blocks that print
    them."""

    def __init__(self, phrases: Edition, post: Mapping[str, Any]) -> None:
        self._phrases = phrases
        self._blocks: list[Phrase] = [(block_id, text, _POST) for block_id, text in texts_of_post(post)]
        self._places: dict[Phrase, int] = {}
        for place, block in enumerate(self._blocks):
            self._places.setdefault(block, place)
            self._places.setdefault(block[1], place)

    def phrase(self, said: Phrase) -> int | None:
        """The number of what is said, if it is a phrase."""
        return self._phrases.numbers.get(said)

    def number(self, said: Phrase) -> int | None:
        """The number of what is said, if it has one."""
        number = self.phrase(said)
        if number is None and (place := self._places.get(said)) is not None:
            number = -1 - place
        return number

    def text(self, said: Any) -> str:
        """The text that is said, by a number or in full."""
        if type(said) is int:
            said = self._phrases.phrases[said] if said >= 0 else self._blocks[-1 - said][1]
        if not isinstance(said, str):
            raise TypeError("a record says texts")
        return said

    def run(self, first: int, count: int) -> Sequence[Phrase]:
        """What so many numbers that follow each other stand for."""
        phrases, at = (self._phrases.phrases, first) if first >= 0 else (self._blocks, -1 - first)
        return phrases[at : at + count]


def vocabulary(post: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary that the record of a document of ``post`` is written with."""
    phrases = edition(EDITION)
    assert phrases is not None, "it comes with jdgen"
    return Vocabulary(phrases, post)


def head_text(facts: RecordFacts, notes: Iterable[RecordedNote], post: str, words: Vocabulary) -> str:
    """What a record says before its blocks: the facts, the notes, the ``post`` as a JSON object. What follows are the
    blocks and :data:`END`."""
    given = {name: getattr(facts, name) for name in _FACTS}
    said = {
        name: _said(value, words.phrase(value)) for name, value in given.items() if value or name not in _MAY_BE_EMPTY
    }
    told = _Saying(words)
    for note in notes:
        told.say(note)
    return f'{_json(said)[:-1]},"notes":{_json(told.said)},"post":{post},"blocks":['


def follows(block: PrintedBlock, other: PrintedBlock) -> bool:
    """Whether the anchor of ``block`` is counted on from that of ``other``."""
    row = _Row(other.anchor)
    row.go_on()
    return block.anchor == row.name


def blocks_text(blocks: Iterable[PrintedBlock], words: Vocabulary) -> str:
    """``blocks`` as a record lists them, without the brackets of the list."""
    saying, row = _Saying(words), _Row("")
    for block in blocks:
        if block.anchor != row.name:
            saying.interrupt(block.anchor.removeprefix(ANCHOR))
            row = _Row(block.anchor)
        row.go_on()
        saying.say(block[:3])
    return _json(saying.said)[1:-1]


class _Saying:
    """A list of texts and numbers, in which numbers that follow each other are said as one."""

    def __init__(self, words: Vocabulary) -> None:
        self.said: list[Any] = []
        self._words = words
        self._following: int | None = None

    def say(self, texts: tuple[str, ...]) -> None:
        """Say three texts."""
        number = self._words.number(texts)
        if number is None:
            # What is common to documents is said in the same words in all of them.
            word = self._words.number if texts[-1] == _POST else self._words.phrase
            self.interrupt([_said(text, word(text)) for text in texts])
            return
        if number == self._following:
            last = self.said[-1]
            self.said[-1] = [last, 2] if isinstance(last, int) else [last[0], last[1] + 1]
        else:
            self.said.append(number)
        self._following = number + 1 if number >= 0 else number - 1

    def interrupt(self, said: Any) -> None:
        """Say something else."""
        self.said.append(said)
        self._following = None


class _Row:
    """The names of anchors that are counted on from one: ``name`` is the next, '' where none can be told."""

    def __init__(self, name: str) -> None:
        self.name = name
        number = _NUMBER.search(name)
        self._stem = name[: number.start()] if number else ""
        self._number = int(number[0]) if number else 0

    def go_on(self) -> None:
        """Count on by one."""
        self._number += 1
        self.name = f"{self._stem}{self._number}" if self._stem else ""


def record_of_text(text: str, form: str, phrases: str) -> GenerationRecord | None:
    """The record that ``text`` says in a ``form``, with an edition of ``phrases``; nothing where one of them is not
    known here.

    Raises ``ValueError``, ``TypeError`` and ``LookupError`` for what no jdgen has written.
    """
    known = edition(phrases) if form == FORM else NO_PHRASES if form in EARLIER else None
    if known is None:
        return None
    facts: dict[str, Any] = json.loads(text)
    post, blocks, notes = facts.pop("post"), facts.pop("blocks"), facts.pop("notes", [])
    if not isinstance(post, dict):
        raise TypeError("a post is an object")
    words = Vocabulary(known, post)
    return GenerationRecord(
        post=post,
        blocks=tuple(_blocks(blocks, words)),
        notes=tuple(RecordedNote(*note) for note in _meant(notes, words) if isinstance(note, tuple)),
        **{name: words.text(value) for name, value in facts.items()},
    )


def _blocks(said: Any, words: Vocabulary) -> Iterator[PrintedBlock]:
    row = _Row("")
    for each in _meant(said, words):
        if isinstance(each, str):
            row = _Row(ANCHOR + each if each else "")
        else:
            yield PrintedBlock(*each)._replace(anchor=row.name)
            row.go_on()


def _meant(said: Any, words: Vocabulary) -> Iterator[Phrase]:
    """What the entries of a list mean, one by one."""
    if not isinstance(said, list):
        raise TypeError("a record lists what it says")
    left = _MOST
    for entry in said:
        if isinstance(entry, str):
            yield entry
            continue
        if isinstance(entry, int):
            meant = words.run(entry, 1)
        elif len(entry) == 2 and isinstance(entry[0], int):
            meant = words.run(*entry)
        else:
            meant = (tuple(map(words.text, entry)),)
        left -= len(meant)
        if left < 0 or not meant or len(meant[0]) > _TEXTS:
            raise ValueError("no texts of a record, or more than any has")
        yield from meant


def _said(text: str, number: int | None) -> str | int:
    return text if number is None else number


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


_POST = Giver.POST.code
