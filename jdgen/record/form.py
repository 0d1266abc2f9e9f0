"""The form of a record: what it says, as JSON, so that it says nothing twice.

A record that is written (form 3) says a text

- by a number from 0, where it is one of jdgen's phrases,
- by a number below 0, where it is one of the post's own, which stand in the record in any case: -1 is the first of
  :func:`texts_of_post`,
- or in full.

``blocks`` and ``notes`` list three texts for each; or a number that stands for all three; or ``[number, count]`` for
several numbers that follow each other. A text between the blocks names the anchor of the block after it; the blocks
that follow are counted on from there. Forms 1 and 2 say all in full, and no anchors: those have names by the ids of
their blocks. ``withdrawn``, which is there where it says something, lists place, text and whether it is a heading.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

from jdgen.drafting.block_id import BlockId, id_of
from jdgen.drafting.texts import Giver
from jdgen.record.anchors import ANCHOR
from jdgen.record.model import GenerationRecord, PrintedBlock, RecordedNote, RecordFacts, WithdrawnText
from jdgen.words import paragraphs

# Phrases: what jdgen prints for everybody, by number, so that a record need not say it again in every document.
#
# Headings, duties, criteria, general statements, prompts: most of a document is the same in all documents of a band,
# and its record has to hold it, since it must be brought up to date where neither this version of the framework nor its
# template is at hand. So the record says the number of each such phrase, and jdgen knows every phrase that it ever gave
# a number to. What is no phrase, such as the words of an organisation's own framework, stands in the record itself.
#
# An edition of the phrases never changes: records of years ago name it. Texts that change are written out until there
# is a new edition, to be put beside the earlier ones (tools/phrases.py).

#: A text, or a text with its id and giver, as a record says them.
Phrase = str | tuple[str, ...]
#: The edition that records are written with.
EDITION = "2"

_FOLDER = Path(__file__).parent / "phrases"


class Edition(NamedTuple):
    """One edition: its phrases by their numbers, from 0, and the number of each."""

    phrases: tuple[Phrase, ...]
    numbers: Mapping[Phrase, int]


#: What records of earlier forms are written with.
_NO_PHRASES = Edition((), {})


@functools.cache
def edition(name: str) -> Edition | None:
    """The edition called ``name``; nothing where this version of jdgen has none of that name."""
    if not name.isdecimal() or not (path := _FOLDER / f"{name}.json").is_file():
        return None
    contents = json.loads(path.read_text(encoding="utf-8"))
    phrases = tuple(entry if isinstance(entry, str) else tuple(entry) for entry in contents)
    return Edition(phrases, {phrase: number for number, phrase in enumerate(phrases)})


# The form itself.

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
_NUMBER = re.compile(r"(?<![0-9])0*([1-9][0-9]*)\Z")


def texts_of_post(post: Mapping[str, Any]) -> Iterator[tuple[BlockId, str]]:
    """The texts of a post as the record has it, each with the id of the block that prints it: field by field, then
    paragraph by paragraph."""
    whole = [(id_of(name), value) for name, value in post.items() if isinstance(value, str)]
    yield from whole
    for name, value in post.items():
        if isinstance(value, list | tuple):
            yield from _texts_of_entries(name, value)
    for name, value in whole:
        for number, text in enumerate(paragraphs(value) if "\n" in value else (value.strip(),), 1):
            yield id_of(name, number), text


def _texts_of_entries(name: str, entries: Sequence[Any]) -> Iterator[tuple[BlockId, str]]:
    kinds: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, str):
            yield id_of(name, number), entry
        elif isinstance(entry, Mapping):
            owner = id_of(name, number)
            if isinstance(kind := entry.get("kind"), str):
                kinds[kind] = kinds.get(kind, 0) + 1
                owner = id_of(id_of(name, kind), kinds[kind])
            for field, text in entry.items():
                if isinstance(text, str):
                    yield id_of(owner, field), text


class Vocabulary:
    """What a record says by numbers: jdgen's phrases, and the texts of one post, alone and as the blocks that print
    them."""

    def __init__(self, phrases: Edition, post: Mapping[str, Any]) -> None:
        self._phrases = phrases
        self._own = [*texts_of_post(post)]
        self._places: Mapping[str, int] = {block_id: place for place, (block_id, _) in enumerate(self._own)}

    @functools.cached_property
    def _texts(self) -> Mapping[str, int]:
        """The number of each text of the post."""
        return {text: -1 - place for place, (_, text) in reversed([*enumerate(self._own)])}

    def phrase(self, text: str) -> str | int:
        """The number of a text that is a phrase, or the text."""
        return self.phrases.get(text, text)

    @property
    def phrases(self) -> Mapping[Phrase, int]:
        """The numbers of phrases."""
        return self._phrases.numbers

    def number(self, block_id: str, text: str) -> int | None:
        """The number of a block that prints a text of the post."""
        place = self._places.get(block_id)
        return -1 - place if place is not None and self._own[place][1] == text else None

    def spell(self, texts: tuple[str, str, str]) -> list[str | int]:
        """Three texts that have no number together, each by its own number, where it has one."""
        phrases = self.phrases
        if texts[2] != _POST:
            # What is common to documents is said in the same words in all of them, whatever their posts say.
            return [phrases.get(text, text) for text in texts]
        return [phrases[text] if text in phrases else self._texts.get(text, text) for text in texts]

    def text(self, value: Any) -> str:
        """The text that is said, by a number or in full."""
        if type(value) is int:
            value = self._phrases.phrases[value] if value >= 0 else self._own[-1 - value][1]
        if not isinstance(value, str):
            raise TypeError("a record says texts")
        return value

    def run(self, first: int, count: int) -> Sequence[Phrase]:
        """What so many numbers that follow each other stand for."""
        if first >= 0:
            return self._phrases.phrases[first : first + count]
        return [(*block, _POST) for block in self._own[-1 - first : -1 - first + count]]


def vocabulary(post: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary that the record of a document of ``post`` is written with."""
    phrases = edition(EDITION)
    assert phrases is not None, "it comes with jdgen"
    return Vocabulary(phrases, post)


def head_text(
    facts: RecordFacts,
    notes: Iterable[RecordedNote],
    post: str,
    words: Vocabulary,
    withdrawn: Iterable[WithdrawnText] = (),
) -> str:
    """What a record says before its blocks: the facts, what is ``withdrawn``, the notes, the ``post`` as a JSON object.
    What follows are the blocks and :data:`END`."""
    values = {name: getattr(facts, name) for name in _FACTS}
    head: dict[str, Any] = {
        name: words.phrase(value) for name, value in values.items() if value or name not in _MAY_BE_EMPTY
    }
    if withdrawn_entries := [[text.place, words.phrase(text.text), text.is_heading] for text in withdrawn]:
        head["withdrawn"] = withdrawn_entries
    return f'{_json(head)[:-1]},"notes":[{entries_text(map(_without_anchor, notes), words)}],"post":{post},"blocks":['


#: What a record says of a block (its id, its text, the code of who gave it) or of a note.
BlockTexts = tuple[str, str, str]
#: The same with the name of an anchor, without the number at its end, and that number; 0 where it has none.
Entry = tuple[BlockTexts, str, int]


def _without_anchor(note: RecordedNote) -> Entry:
    return (note.topic, note.subject, note.text), "", 0


def entry_of(block: PrintedBlock) -> Entry:
    """``block`` as a list has it."""
    stem, number = _divide_number(block.anchor)
    return (block.id, block.text, block.giver), stem or block.anchor, number if stem else 0


def follows(entry: Entry, other: Entry) -> bool:
    """Whether the anchor of ``entry`` is counted on from that of ``other``."""
    return other[2] > 0 and entry[1:] == (other[1], other[2] + 1)


def entries_text(entries: Iterable[Entry], words: Vocabulary) -> str:
    """``entries`` as a record lists them, without the brackets of the list: the name of an anchor where it is not
    counted on from the one before, and numbers that follow each other as one."""
    pieces: list[Any] = []
    following: int | None = None
    stem, count = "", 0
    phrases, append = words.phrases, pieces.append
    for texts, its_stem, its_number in entries:
        if count:
            count += 1
        if its_number != count or its_stem != stem:
            append(f"{its_stem}{its_number or ''}".removeprefix(ANCHOR))
            following = None
            stem, count = (its_stem, its_number) if its_number else ("", 0)
        number = phrases.get(texts)
        if number is None and texts[2] == _POST:
            number = words.number(texts[0], texts[1])
        if number is None:
            append(words.spell(texts))
            following = None
            continue
        if number == following:
            last = pieces[-1]
            pieces[-1] = [last, 2] if isinstance(last, int) else [last[0], last[1] + 1]
        else:
            append(number)
        following = number + 1 if number >= 0 else number - 1
    return _json(pieces)[1:-1]


def _divide_number(name: str) -> tuple[str, int]:
    """The name of an anchor without the number at its end, and that number; '' and 0 where no name follows it."""
    number = _NUMBER.search(name)
    return (name[: number.start(1)], int(number[1])) if number else ("", 0)


def record_of_text(text: str, form: str, phrases: str) -> GenerationRecord | None:
    """The record that ``text`` says in a ``form``, with an edition of ``phrases``; nothing where one of them is not
    known here, or no jdgen has written it."""
    phrase_edition = edition(phrases) if form == FORM else _NO_PHRASES if form in EARLIER else None
    try:
        return _record(text, phrase_edition) if phrase_edition else None
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def _record(text: str, phrases: Edition) -> GenerationRecord:
    facts: dict[str, Any] = json.loads(text)
    post, blocks, notes = facts.pop("post"), facts.pop("blocks"), facts.pop("notes", [])
    withdrawn = facts.pop("withdrawn", [])
    if not isinstance(post, dict):
        raise TypeError("a post is an object")
    words = Vocabulary(phrases, post)
    return GenerationRecord(
        post=post,
        blocks=tuple(_blocks(blocks, words)),
        notes=tuple(RecordedNote(*note) for note in _phrases_of(notes, words) if isinstance(note, tuple)),
        withdrawn=tuple(WithdrawnText(int(at), words.text(text), bool(is_title)) for at, text, is_title in withdrawn),
        **{name: words.text(value) for name, value in facts.items()},
    )


def _blocks(entries: Any, words: Vocabulary) -> Iterator[PrintedBlock]:
    name, stem, count = "", "", 0
    for entry in _phrases_of(entries, words):
        if isinstance(entry, str):
            name = ANCHOR + entry if entry else ""
            stem, count = _divide_number(name)
        else:
            block_id, text, *giver = entry
            yield PrintedBlock(BlockId(block_id), text, giver[0] if giver else "", name)
            count += 1
            name = f"{stem}{count}" if stem else ""


def _phrases_of(entries: Any, words: Vocabulary) -> Iterator[Phrase]:
    """What the entries of a list mean, one by one."""
    if not isinstance(entries, list):
        raise TypeError("a record lists what it says")
    room = _MOST
    for entry in entries:
        if isinstance(entry, str):
            yield entry
            continue
        if isinstance(entry, int):
            phrases = words.run(entry, 1)
        elif len(entry) == 2 and isinstance(entry[0], int):
            phrases = words.run(*entry)
        else:
            phrases = (tuple(map(words.text, entry)),)
        room -= len(phrases)
        if room < 0 or not phrases or len(phrases[0]) > _TEXTS:
            raise ValueError("no texts of a record, or more than any has")
        yield from phrases


_json = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode
_POST = Giver.POST.code
