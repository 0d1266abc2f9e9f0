"""Review notes as people read them: by rank, and with what each is about in words instead of ids."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Protocol

from jdgen.drafting.block_id import BlockId
from jdgen.drafting.library import Library, own_heading
from jdgen.drafting.review_notes import STALE, UNCLEAR, UNTIL_ANSWERED, Rank, ReviewNote, rank_of, subjects_in
from jdgen.errors import list_words
from jdgen.harmless import wrap_line
from jdgen.post.field import DEMANDS, SheetColumn
from jdgen.post.fields import BY_NAME, FIELDS, headings_of
from jdgen.post.forms import form_of
from jdgen.words import bare_words, shorten, with_capital


class Note(Protocol):
    """A review note, of a draft or of a record."""

    @property
    def topic(self) -> str:
        """The kind of note."""

    @property
    def subject(self) -> str:
        """What it is about: a field, or the id of a text."""

    @property
    def text(self) -> str:
        """What it says."""


class RankedNote(NamedTuple):
    """A review note with its rank, and what it is ``about`` in words. ``fields`` are those of the draft's note; a
    record has none."""

    rank: Rank
    topic: str
    subject: str
    about: str
    text: str
    fields: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What it says, without the line that settles it."""
        return self.text.partition("\n")[0]


def lines_for_post(notes: Iterable[RankedNote], width: int, *, by_options: bool = False) -> list[str]:
    """The lines of one post file that settle all of ``notes`` which say in a second line how a sheet would: each key
    once, and no line longer than ``width``, but for a word that is longer. Where the post is given ``by_options``, only
    those for which there is none (:func:`options_for_post`)."""
    entries_by_key: dict[str, dict[str, list[Mapping[str, str]]]] = {}
    for column, entries in _settlements(notes):
        if by_options and column.key in _WITH_OPTIONS:
            continue
        outer, inner = column.path
        entries_by_key.setdefault(outer, {}).setdefault(inner, []).extend(entries)
    lines = []
    for outer, by_key in entries_by_key.items():
        lines.append(f"{outer}:")
        for inner, settling_entries in by_key.items():
            lines.append(f"  {inner}:")
            lines += [line for entry in settling_entries for line in _lines_of_entry(entry, width)]
    return lines


def options_for_post(notes: Iterable[RankedNote]) -> list[tuple[str, str]]:
    """The options that settle those of ``notes`` for which there are any: each with what it says."""
    options = []
    for column, entries in _settlements(notes):
        if field := _WITH_OPTIONS.get(column.key):
            # A reword has a reason too, in a post file, which is to last.
            options += [(field.flag, "=".join(list(entry.values())[:2])) for entry in entries]
    return options


def other_words(note: RankedNote) -> str:
    """The words that ``note`` offers in place of published ones, or nothing."""
    texts = (entry.get("text", "") for _, entries in _settlements([note]) for entry in entries)
    return next(filter(None, texts), "")


def _settlements(notes: Iterable[RankedNote]) -> Iterator[tuple[SheetColumn, list[Mapping[str, str]]]]:
    """How each of ``notes`` is settled that says so: the column of a sheet, and the entries in it."""
    for note in notes:
        _, _, line = note.text.partition("\n")
        heading, _, cell = line.partition(": ")
        if column := _COLUMNS.get(bare_words(heading)):
            yield column, form_of(column)(cell, lambda _: False)


def _lines_of_entry(entry: Mapping[str, str], width: int) -> Iterator[str]:
    """An entry of a list in a post file. A text is folded, so that no mark in it means anything to YAML."""
    before = "    - "
    for key, text in entry.items():
        if " " in text or len(f"{before}{key}: {text}") > width:
            yield f"{before}{key}: >-"
            yield from wrap_line(text, width, " " * 8, " " * 8)
        else:
            yield f"{before}{key}: {text}"
        before = " " * 6


# What is known by the part of the person specification that it is about.
_TOPIC_WORDS = {"entry route": "Entry route", "qualifications": "Qualifications", "competences": "Competences"}
#: Characters of a criterion by which it is named.
_SHORT = 48
_OWN_PREFIX, _TEMPLATE_FILE = "own.", "template file"
_PLAIN = re.compile(r"[a-z0-9]+(?:[-_ ][a-z0-9]+)*")
_POSTS_OWN = re.compile(r"post\.(duty|criterion)\.([0-9]+)")


class Subjects:
    """What notes are about, in words: the headings by which people know the fields of a post and the texts of these
    libraries. ``own_headings`` are the headings of the organisation's own fields, by their names."""

    def __init__(self, libraries: Iterable[Library] = (), own_headings: Mapping[str, str] | None = None) -> None:
        self._words_by_name: dict[str, str] = {}
        unsure: set[str] = set()
        for library in libraries:
            # A heading comes before a competence of the same name.
            for name, words in dict(reversed([*_names_in(library)])).items():
                # Frameworks may call different things by one name.
                if self._words_by_name.setdefault(name, words) != words:
                    unsure.add(name)
        for name in unsure:
            del self._words_by_name[name]
        self._own = own_headings or {}

    def rank_notes(self, notes: Iterable[Note]) -> tuple[RankedNote, ...]:
        """These notes, the most urgent first, and in their order otherwise."""
        return tuple(sorted(map(self.of, notes), key=lambda note: note.rank.place))

    def of(self, note: Note) -> RankedNote:
        """``note`` with its rank and what it is about."""
        fields = note.fields if isinstance(note, ReviewNote) else ()
        return RankedNote(rank_of(note.topic), note.topic, note.subject, self.about(note), note.text, fields)

    def about(self, note: Note) -> str:
        """What ``note`` is about, in words. What fits the framework no more is in the post by its id, so that it is
        named by that too."""
        if words := _TOPIC_WORDS.get(note.topic):
            return words
        if (own_field := own_heading(note.subject, note.text)) and own_field[0] not in self._own:
            return with_capital(own_field[1])
        if note.topic == _TEMPLATE_FILE:  # a place in a file, whatever that is called
            return note.subject
        words = list_words(dict.fromkeys(map(self._words, subjects_in(note.subject))))
        if note.topic == UNCLEAR:  # of what is to be completed, a line tells only what it is about
            return f"{words} ({UNCLEAR})"
        if note.topic != STALE or note.subject in BY_NAME:
            return words
        return note.subject if words in (note.subject, _as_heading(note.subject)) else f"{words} ({note.subject})"

    def block(self, block: BlockId) -> str:
        """What a paragraph of a document prints, in words: under which heading it stands, or which fields it shows."""
        original = block.original
        if original.is_heading:
            return f"{self._words(original.owner)} (heading)"
        return list_words(dict.fromkeys(map(self._words, original.fields or (original,))))

    def _words(self, name: str) -> str:
        if name.startswith(_OWN_PREFIX):
            own_name = name.removeprefix(_OWN_PREFIX)
            return self._own.get(own_name) or _as_heading(own_name)
        if field := _FIELD_WORDS.get(name):
            return field
        if match := _POSTS_OWN.fullmatch(name):
            return f"Added {match[1]} {match[2]}"
        titles = (self._words_by_name[id_] for id_ in BlockId(name).and_owners() if id_ in self._words_by_name)
        words = next(titles, None)
        return words or (_as_heading(name) if _PLAIN.fullmatch(name) else name)


def _names_in(library: Library) -> Iterator[tuple[str, str]]:
    """What a framework and the criteria for it have under a name that notes may be about, and its words."""
    specialism = library.specialism
    for row in specialism.rows:
        yield row.id, row.title
        yield f"{specialism.id}.{row.id}", row.title
        yield from ((statement.id, row.title) for statement in row.statements)
    yield from (
        (remark.id, category.title) for category in specialism.role_categories for remark in category.statements
    )
    for competence in library.framework.competences:
        yield competence.id, competence.name
        yield f"competence.{competence.id}", competence.name
    yield from ((f"criteria.{group}", f"Criteria: {title}") for group, title in library.criteria.groups.items())
    for criterion in library.criteria.criteria:
        if criterion.text:
            yield criterion.id, f"“{shorten(criterion.text, _SHORT)}”"
            continue
        # What nobody has written yet is known by what it is for.
        serves = list_words(criterion.titles_in(specialism))
        group = library.criteria.groups.get(criterion.rating.group, criterion.rating.group)
        yield criterion.id, f"Criterion for {shorten(serves, _SHORT)}" if serves else f"Criteria: {group}"
    for skill in library.framework.skills:
        yield skill.id_in(specialism), skill.title
        yield f"skills.{skill.id}", f"{skill.title} ({skill.scale.word})"
        yield from ((descriptor.id, skill.title) for descriptor in skill.descriptors)


def _field_words() -> Iterator[tuple[str, str]]:
    """What a post says, by the names of its fields and of their prompts, as people know it."""
    for field in FIELDS:
        yield from ((name, field.heading) for name in (field.key, field.name, *field.prompts) if field.heading)
        yield from ((column.key, column.heading) for column in field.columns)
    yield from ((f"demands.{kind}", heading) for kind, heading in DEMANDS.items())
    yield from (("demands.frequency", "Effort: how often"), ("demands.duration", "Effort: how long"))
    yield "demands", "Effort"


_FIELD_WORDS = dict(_field_words())
_COLUMNS = headings_of()
_WITH_OPTIONS = {field.key: field for field in FIELDS if field.option}


def _as_heading(name: str) -> str:
    return with_capital(name.replace("-", " ").replace("_", " "))


# What is told in a line of notes that are not told one by one.

_OF_CRITERIA = ("remark on where criteria come from", "remarks on where criteria come from")
#: One note and several, by their topic: there are words for each of rank :attr:`.Rank.KNOW`, whose notes are folded.
FOLDED_TOPICS = {
    "criteria": _OF_CRITERIA,
    "qualifications": _OF_CRITERIA,
    "entry route": _OF_CRITERIA,
    "competences": _OF_CRITERIA,
    "template file": ("remark on the template", "remarks on the template"),
    UNTIL_ANSWERED: ("answer that nobody can give yet", "answers that nobody can give yet"),
    "job evaluation": ("band without a job evaluation", "bands without a job evaluation"),
    "inferred band": (
        "text for a band that the source does not show",
        "texts for a band that the source does not show",
    ),
    "organisation chart": ("organisation chart that is not drawn yet", "organisation charts that are not drawn yet"),
    "share of statements": ("remark on general statements", "remarks on general statements"),
    "source": ("remark on the source", "remarks on the source"),
    "reading": ("reading of the source that the post chose", "readings of the source that the post chose"),
    "adaptation": ("change of wording", "changes of wording"),
    "reworded": ("duty in the post's own words", "duties in the post's own words"),
    "omitted": ("text left out", "texts left out"),
    "kept": ("duty kept as it is", "duties kept as they are"),
    "added": ("text added", "texts added"),
    "moved": (
        "heading whose duties stand in the post's own order",
        "headings whose duties stand in the post's own order",
    ),
    "former name": ("name that the framework had before", "names that the framework had before"),
    "training and qualifications": (
        "remark on training and qualifications",
        "remarks on training and qualifications",
    ),
}


def counts_in_words(notes: Iterable[RankedNote]) -> str:
    """How many notes there are of each kind: ``20 changes of wording, 1 remark on the source``."""
    counts = Counter(FOLDED_TOPICS.get(note.topic, (note.topic, note.topic)) for note in notes)
    return ", ".join(
        f"{count} {singular if count == 1 else plural}" for (singular, plural), count in counts.most_common()
    )


def names_in_line(notes: Iterable[RankedNote]) -> tuple[str, ...]:
    """What notes are about, each once: all that there is to say of prompts in a line."""
    return tuple(dict.fromkeys(note.about for note in notes))
