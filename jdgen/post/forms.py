"""How people write the values of a post: one form for each kind of field, wherever it is written.

A cell of a sheet and a text of a post file are read by the same forms. What a name means, only the framework can tell
(:mod:`jdgen.drafting.named_parts`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from string import ascii_lowercase
from typing import Any

from jdgen.levels import AFC, RIGHT_BAND, Band
from jdgen.placeholders import Placeholders, Reply
from jdgen.post.answers import rules_of
from jdgen.post.field import DEMANDS, FieldKind, SheetColumn
from jdgen.post.fields import COLUMNS
from jdgen.text_files.values import Keys, YamlFile, field_of
from jdgen.words import UNSEEN, WrittenId, bare_words, forbidden_characters, normalise, shorten

#: Whether a line of a list is passed over.
_IsSkipped = Callable[[str], bool]
#: From a text to the value of a field; raises :class:`UnfitTextError` for one that does not fit. Lines whose form would
#: not fit may be passed over.
Form = Callable[[str, _IsSkipped], Any]
#: From a part of a line, or of an entry, to its value; nothing where it does not fit.
_Part = Callable[[str], Any]

# Marks that lists are pasted with. A hyphen, dash or asterisk is one only before a space, and a letter, as Word pastes
# its bullets in fonts of signs, only before a tab.
_BULLET = re.compile(r"\A\s*(?:[•●▪■◦○‣·∙\uf0b7]\s*|[-*–—](?:\s+|$)|[o§Øüqv]\t\s*)")
# What counts the entries of a list that was pasted: ``1.``, ``(2)``, ``c)``.
_NUMBER = re.compile(r"\(?(\d{1,3}|[a-z])[.)]\s+(?=\S)")
_UNSEEN = re.compile(f"[{UNSEEN}]")
_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_NUMBER_OF_BAND = re.compile(r"\A0*(\d)(?:\.0+)?\Z")
# "NHS|XR07|Review Body Band 7" is what the electronic staff record has.
_PAY_SYSTEM = re.compile(
    r"\A(?:nhs\s*\|\s*)?(?:[a-z]{2}\d{2}\s*[|-]\s*)?"
    r"(?:(?:afc|agenda for change|(?:non[- ])?review body)(?![a-z])[\s:–—-]*)?",
    re.IGNORECASE,
)
# A band as lists of posts have it: "B5", "Band: 07", "8(a)", "Pay band 7 (AfC)". A grade is none: the civil service has
# a Grade 7 too.
_WRITTEN_BAND = re.compile(
    r"(?:pay )?(?:(?:band|b)[ :.–—-]{0,3})?0*(\d)[ .(-]{0,3}([a-d]?)\)?"
    r"(?:[ ,(–—-]{1,3}(?:afc|agenda for change)\)?)?",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]{1,2}")
# What divides a few words on one line; a comma before a figure belongs to it, as in 1,200.
_COMMA = re.compile(r"(?:(?<!\s)\s+)?(?:;|,(?!\d))\s*(?:and\s+)?", re.IGNORECASE)
_QUOTED = 41


class UnfitTextError(Exception):
    """What is wrong with a text, each reason with what would be right; its reader adds the place."""

    def __init__(self, *reasons: tuple[str, str]) -> None:
        self.reasons = reasons
        super().__init__(reasons)


def form_of(column: SheetColumn) -> Form:
    """The form of what ``column`` holds."""
    if column.kind is FieldKind.ENTRIES:
        return _ENTRIES[column.key]
    if column.kind in _LISTS:
        return _LISTS[column.kind]
    whole = _WHOLE[column.kind]
    return lambda text, _: whole(text)


def _one_line(text: str) -> str:
    """Text on one line: line breaks, non-breaking and repeated spaces become one space."""
    if not text.isascii():
        text = _UNSEEN.sub("", text)
    return " ".join(text.split())


def _prose(text: str) -> str:
    """Paragraphs; a blank line divides them."""
    return text.strip()


def _identifier(text: str) -> str:
    """An id, or the plain words for it: ``PMO Specialist`` becomes ``pmo-specialist``."""
    if identifier := WrittenId(_one_line(text)):
        return identifier
    raise UnfitTextError((f"'{_short(text)}' is no name", "write a name in letters"))


@lru_cache(maxsize=64)  # there are few, and every post asks for its own several times
def band_of(text: str) -> Band:
    """The band that is written as ``8a``, ``Band 8A``, ``B8a``, ``AfC band 8a``, ``8a (AfC)`` or ``Review Body Band 8 -
    Range A``; ``6.0`` and ``06`` are what programs make of 6.

    Raises ``ValueError`` with a sentence for the user when it is none.
    """
    plain = _PAY_SYSTEM.sub("", _one_line(text).lstrip("'"))
    match = _WRITTEN_BAND.fullmatch(plain)
    if match and (name := f"{match[1]}{match[2].lower()}") in AFC.names:
        return Band(name)
    return Band.parse(_NUMBER_OF_BAND.sub(r"\1", plain))


def _band(text: str) -> str:
    """A band in its printed form."""
    try:
        return band_of(text).name
    except ValueError as error:
        raise UnfitTextError((str(error), RIGHT_BAND)) from error


def _listing(text: str) -> list[str]:
    """One entry each line; bullets and numbers that were pasted along are dropped."""
    return _without_counts([entry for line in text.split("\n") if (entry := _one_line(_BULLET.sub("", line)))])


def _without_counts(entries: list[str]) -> list[str]:
    """``entries`` without the numbers or letters before them, where these do nothing but count them from the first: a
    draft counts its duties itself, and a year or a clause's number at the beginning of one entry belongs to it."""
    matches = [_NUMBER.match(entry) for entry in entries]
    marks = [match[1] for match in matches if match]
    numbers = [str(number) for number in range(1, len(entries) + 1)]
    if len(entries) < 2 or marks not in (numbers, [*ascii_lowercase[: len(entries)]]):
        return entries
    return [entry[match.end() :] for entry, match in zip(entries, matches, strict=True) if match]


def _words(text: str) -> list[str]:
    """A few words in each entry: one line divides at commas, unless it is a sentence; of several, each is an entry."""
    entries = _listing(text)
    if len(entries) != 1 or entries[0].endswith((".", "!", "?")):
        return entries
    return [entry for entry in _COMMA.split(entries[0]) if entry]


def _identifiers(text: str, is_skipped: _IsSkipped) -> list[str]:
    """Ids or plain words, one each line, or divided by semicolons."""
    return [_identifier(entry) for entry in _listing(text.replace(";", "\n")) if not is_skipped(entry)]


@dataclass(frozen=True)
class _Lines:
    """Lines with parts that ``mark`` divides: ``Internal | Finance partners | agree figures``.

    ``parts`` are the names of the parts, in order, with what reads each, and ``last`` those that a line may have at its
    end besides. ``right`` is what a line should look like.
    """

    right: str
    mark: str
    parts: Mapping[str, _Part]
    last: Mapping[str, _Part] = field(default_factory=dict)

    def __call__(self, text: str, is_skipped: _IsSkipped) -> list[dict[str, Any]]:
        """The entries. Raises one :class:`UnfitTextError` with every line that does not fit."""
        lines = [
            (number, line, self._entry(line)) for number, line in enumerate(_listing(text), 1) if not is_skipped(line)
        ]
        if unfit := [(number, line) for number, line, entry in lines if entry is None]:
            right = f"write it as {self.right}"
            raise UnfitTextError(*((f"line {number}, '{_short(line)}', does not fit", right) for number, line in unfit))
        return [entry for _, _, entry in lines if entry is not None]

    def _entry(self, line: str) -> dict[str, Any] | None:
        # A colon may stand in what follows it.
        values = [part.strip() for part in line.split(self.mark, 1 if self.mark == ":" else -1)]
        readers = self.parts if len(values) == len(self.parts) else {**self.parts, **self.last}
        if len(values) != len(readers) or not all(values):
            return None
        entry = {name: reader(part) for part, (name, reader) in zip(values, readers.items(), strict=True)}
        return entry if all(entry.values()) else None


def _id(text: str) -> str | None:
    return text.casefold() if _ID.fullmatch(text.casefold()) else None


def _one_of(*words: str) -> _Part:
    return lambda text: text.casefold() if text.casefold() in words else None


def _assessments(text: str) -> list[str]:
    """Codes, such as ``A, I`` or ``A/I``. Whatever else is written is left to who knows what the codes stand for."""
    codes = re.split(r"[\s,;/&+]+", text.upper())
    return codes if all(map(_CODE.fullmatch, codes)) else [text]


def _ids(text: str) -> list[str] | None:
    ids: list[str] = [WrittenId(_one_line(name)) for name in text.split(",")]
    return ids if all(ids) else None


_READINGS = _Lines("'business-case: boundary-8b-8c'", ":", {"heading": WrittenId, "reading": WrittenId})


def _readings(text: str, is_skipped: _IsSkipped) -> dict[str, str]:
    """Lines such as ``business-case: boundary-8b-8c``, each heading once."""
    entries = _READINGS(text, is_skipped)
    readings = {entry["heading"]: entry["reading"] for entry in entries}
    if len(readings) < len(entries):
        raise UnfitTextError(("a heading is read in two ways", "keep one line for each heading"))
    return readings


_SKILLS = _Lines("'Communication: Working'", ":", {"skill": WrittenId, "level": _one_line})


def _skills(text: str, is_skipped: _IsSkipped) -> dict[str, str]:
    """Skills and their levels, one each line, or divided by semicolons; each skill once."""
    entries = _SKILLS(text.replace(";", "\n"), is_skipped)
    levels = {entry["skill"]: entry["level"] for entry in entries}
    if len(levels) < len(entries):
        raise UnfitTextError(("a skill has two levels", "keep one for each skill"))
    return levels


def _short(text: str) -> str:
    return shorten(_one_line(text), _QUOTED)


_WHOLE: Mapping[FieldKind, Callable[[str], Any]] = {
    FieldKind.LINE: _one_line,
    FieldKind.PROSE: _prose,
    FieldKind.TEXTS: _listing,
    FieldKind.WORDS: _words,
    FieldKind.BAND: _band,
    FieldKind.LEVEL: _one_line,
    FieldKind.NAME: _identifier,
}
_LISTS: Mapping[FieldKind, Form] = {
    FieldKind.NAMES: _identifiers,
    FieldKind.READINGS: _readings,
    FieldKind.SKILLS: _skills,
}
_ENTRIES: Mapping[str, _Lines] = {
    "dimensions": _Lines("'Staff: 3 whole-time equivalent'", ":", {"measure": str, "text": str}),
    "relationships": _Lines(
        "'Internal | Finance partners | agree figures', or External",
        "|",
        {"setting": _one_of("internal", "external"), "who": str, "purpose": str},
    ),
    "duties.add": _Lines("'Leadership: Chair the forum.'", ":", {"heading": str, "text": str}),
    "duties.omit": _Lines(
        "'pmo.budget.6: finance partners do this', the duty's id first", ":", {"duty": _id, "reason": str}
    ),
    "duties.reword": _Lines(
        "'pmo.leadership.7.1 | the new text | the reason'", "|", {"duty": _id, "text": str, "reason": str}
    ),
    "duties.keep": _Lines(
        "'pmo.resource.8a-8b: manages a team of its own', the duty's id first", ":", {"duty": _id, "reason": str}
    ),
    "criteria.add": _Lines(
        "'essential | experience | A, I | the criterion'",
        "|",
        {"importance": _one_of("essential", "desirable"), "group": WrittenId, "assessed_by": _assessments, "text": str},
        {"serves": _ids},
    ),
    "criteria.omit": _Lines(
        "'resource-7: asked for already', the criterion's id first", ":", {"criterion": _id, "reason": str}
    ),
}


# What the values of a file mean.

_EFFORTS = {kind: kind for kind in DEMANDS} | {
    bare_words(name): key.split(".")[1]
    for key, column in COLUMNS.items()
    if key.startswith("demands.") and key.endswith(".text")
    for name in (column.heading, *column.also)
}


def _effort(text: str) -> str | None:
    return _EFFORTS.get(bare_words(text))


def _readers() -> dict[str, _Part]:
    """What reads a text that stands where a line, a list, or a part of an entry, is meant."""
    lists = (FieldKind.TEXTS, FieldKind.WORDS, FieldKind.NAMES)
    columns = [column for column in COLUMNS.values() if column.kind in lists]
    readers: dict[str, _Part] = dict.fromkeys(_ON_ONE_LINE, _line)
    readers |= {column.key: partial(_read_whole, form_of(column)) for column in columns}
    for key, lines in _ENTRIES.items():
        parts = {**lines.parts, **lines.last}.items()
        readers |= {f"{key}.{name}": reader for name, reader in parts if reader is not str}
    return {**readers, "demands.kind": _effort}


def _line(text: str) -> str:
    """A text on one line; one with control characters, some of which are white space too, stays to be told of."""
    return text if any(forbidden_characters(text)) else _one_line(text)


def _read_whole(form: Form, text: str) -> Any:
    try:
        return form(text, lambda _: False)
    except UnfitTextError:
        return None


_ON_ONE_LINE = frozenset(key for key, column in COLUMNS.items() if column.kind is FieldKind.LINE)
_READERS = _readers()
_ENDS = frozenset(name.rpartition(".")[2] for name in _READERS)


def as_meant(file: YamlFile, placeholders: Placeholders) -> YamlFile:
    """A post file with its values as they are meant: a number where text is wanted is the text that was written, and a
    text where a line or a list is wanted is read as a cell would be. What cannot be read so stays, to be told of."""
    return replace(file, value=_meaning(file, placeholders, file.value, rules_of(()), ()))


def _meaning(file: YamlFile, placeholders: Placeholders, value: Any, rules: Mapping[str, Any], keys: Keys) -> Any:
    if isinstance(value, list):
        items = rules.get("items", {})
        entries = [_meaning(file, placeholders, each, items, (*keys, index)) for index, each in enumerate(value)]
        return _without_counts(entries) if all(isinstance(entry, str) for entry in entries) else entries
    if isinstance(value, dict):
        properties, other = rules.get("properties", {}), rules.get("additionalProperties")
        others = other if isinstance(other, dict) else {}
        return {
            key: _meaning(file, placeholders, each, properties.get(key, others), (*keys, key))
            for key, each in value.items()
        }
    text = _typed_text(file, value, keys) if "string" in rules.get("type", ()) else value
    if isinstance(text, str) and any(isinstance(key, int) for key in keys):
        text = _BULLET.sub("", text) or text
    if not isinstance(text, str) or not keys or isinstance(keys[-1], int):
        return text
    # Most texts are read as they are, and need no more than this.
    reader = _READERS.get(name := field_of(keys)) if keys[-1] in _ENDS else None
    if reader is None or placeholders.reply(text, name) in (Reply.NOT_GIVEN, Reply.LEFT_OUT):
        return text
    meaning = reader(text.strip())
    return meaning or ([text] if "array" in rules.get("type", ()) else text)


def as_typed(key: str, value: Any) -> Any:
    """A value of the field ``key`` as it was typed in a terminal or a form, in the text that it is meant as."""
    if not isinstance(value, str):
        return value
    text = normalise(value)
    return _line(text) if key in _ON_ONE_LINE else text


def _typed_text(file: YamlFile, value: Any, keys: Keys) -> Any:
    """The text that was written, where ``value`` is a number, or a word that YAML takes for a truth value: ``No``."""
    text = file.texts.get(keys, "")
    is_text = isinstance(value, int | float) and text.casefold() not in ("true", "false")
    return text if is_text else value
