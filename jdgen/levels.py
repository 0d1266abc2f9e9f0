"""Levels, ranges and scales of them, and the Agenda for Change bands, which are such a scale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, total_ordering
from typing import Any

from jdgen.errors import did_you_mean, list_words
from jdgen.later_fields import LaterFields, later
from jdgen.words import shorten

# Scales of levels: the ordered levels by which a framework tells roles apart, whatever it calls them.
#
# Agenda for Change is one scale, and its levels are bands (below). A framework with grades, role levels or stages
# declares a scale of its own (:mod:`jdgen.framework.declared_levels`).

#: Characters of a text that is quoted as no level.
_QUOTED = 60
_TO = re.compile(r"(?:(?<!\s)\s+)?[-–—]\s*|(?<!\s)\s+to\s+", re.IGNORECASE)


class UnknownLevelError(ValueError):
    """A text that names no level of a scale; ``right`` says what would."""

    def __init__(self, text: str, scale: Scale) -> None:
        is_none = f"'{text}' names a level, and this framework has none"
        super().__init__(is_none if scale.is_empty else f"'{text}' is no {scale.word}")
        self._text, self._scale = text, scale

    @property
    def right(self) -> str:
        """What would be right. Made out when it is asked for: an import tries every cell as a level."""
        return "leave it out" if self._scale.is_empty else did_you_mean(self._text, self._scale.names)


@dataclass(frozen=True, repr=False)
class Scale(LaterFields):
    """Ordered levels. ``names`` are those that the framework prints, lowest first; ``word`` and ``words`` are what it
    calls one level and several (``role level``, ``role levels``).

    Where levels add up, what is said of a level holds at all above it too; else each level has its own. ``former`` has
    names that levels had in earlier versions, each with the name of today; they are understood, and never printed.
    """

    word: str
    words: str
    names: tuple[str, ...]
    adds_up: bool = False
    former: tuple[tuple[str, str], ...] = later(())

    @property
    def key(self) -> str:
        """The key under which a framework file names levels of this scale."""
        return "levels"

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """All levels, lowest first."""
        return tuple(Level(self, rank) for rank in range(len(self.names)))

    @property
    def is_empty(self) -> bool:
        """Whether this is the scale of a publication that has no levels: see :data:`NO_LEVELS`."""
        return not self.word

    @cached_property
    def _by_key(self) -> dict[str, Level]:
        of_today = {self.key_of(level.name): level for level in self.levels}
        former = ((self.key_of(name), self.key_of(today)) for name, today in self.former)
        return {name: of_today[today] for name, today in former if today in of_today} | of_today

    def is_former(self, text: str) -> bool:
        """Whether ``text`` names a level as it was called in an earlier version."""
        key = self.key_of(text)
        return key in self._by_key and all(key != self.key_of(name) for name in self.names)

    def level(self, text: str) -> Level:
        """The level that ``text`` names, with or without the scale's word: ``B``, ``grade b``.

        Raises ``ValueError`` with a sentence for the user when it names none: :class:`UnknownLevelError`.
        """
        level = self._by_key.get(self.key_of(text))
        if level is None:
            raise UnknownLevelError(text.strip(), self)
        return level

    def range(self, text: str) -> LevelRange:
        """The levels that ``text`` names: one, or a run such as ``A-C`` or ``A to C``.

        Raises ``ValueError`` as :meth:`level` does, and for a run from a higher level to a lower.
        """
        if self.key_of(text) in self._by_key:
            level = self.level(text)
            return self.between(level, level)
        if ends := self.ends_of_run(text):
            return self.between(*ends)
        names = _TO.split(text.strip())
        if len(names) > 2:  # what stands between the first and the last would be passed over
            names = [text.strip()]
        return self.between(self.level(names[0]), self.level(names[-1]))

    def ends_of_run(self, text: str) -> tuple[Level, Level] | None:
        """The two levels between which ``text`` runs, such as ``A-C``; nothing where it is no run."""
        # A name may hold a hyphen or the word "to" itself, so each is tried.
        for mark in _TO.finditer(text):
            ends = [self._by_key.get(self.key_of(end)) for end in (text[: mark.start()], text[mark.end() :])]
            if ends[0] and ends[1]:
                return ends[0], ends[1]
        return None

    def between(self, lowest: Level, highest: Level) -> LevelRange:
        """The run from ``lowest`` to ``highest``. Raises ``ValueError`` for one that runs downwards."""
        return LevelRange(lowest, highest)

    def key_of(self, text: str) -> str:
        """What is equal for all spellings of one level."""
        plain = " ".join(text.casefold().split())
        bare = plain.removeprefix(f"{self.word.casefold()} ").removeprefix(f"{self.words.casefold()} ")
        return bare or plain


@total_ordering
@dataclass(frozen=True, repr=False)
class Level:
    """One level of a scale; ``rank`` is its place there, 0 for the lowest. Printed as the framework prints it."""

    scale: Scale
    rank: int

    @property
    def name(self) -> str:
        """Its name, as the framework prints it."""
        return self.scale.names[self.rank]

    @property
    def full_name(self) -> str:
        """Its name in a sentence: ``grade B``, ``band 8a``."""
        begins = self.name.casefold().startswith(self.scale.word.casefold())
        return self.name if begins else f"{self.scale.word} {self.name}"

    def __lt__(self, other: Level) -> bool:
        return self.rank < other.rank

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        # Without the scale, which a framework with thousands of levels in its ranges would repeat.
        # ``printed`` is what the name was called when documents were made whose digests are of this.
        return f"{type(self).__name__}(printed={self.name!r})"


@dataclass(frozen=True)
class LevelRange:
    """A run of neighbouring levels of one scale, both ends included. Printed ``B`` or ``B to D``."""

    lowest: Level
    highest: Level

    def __post_init__(self) -> None:
        if self.highest < self.lowest:
            raise ValueError(f"a range that runs downwards, {self.lowest} to {self.highest}")

    @property
    def scale(self) -> Scale:
        """The scale of its levels."""
        return self.lowest.scale

    @property
    def scope(self) -> LevelRange:
        """The levels at which what is said of these holds: these, and all above them where levels add up."""
        return self.scale.between(self.lowest, self.scale.levels[-1]) if self.scale.adds_up else self

    @property
    def full_name(self) -> str:
        """The levels in a sentence: ``grade B``, ``grades B to D``, ``Step 1 to Step 2``."""
        # Names that hold the scale's word already need no other.
        if self.lowest == self.highest:
            return self.lowest.full_name
        return str(self) if self.lowest.full_name == self.lowest.name else f"{self.scale.words} {self}"

    @property
    def description(self) -> str:
        """All levels of a specialism: ``bands 6 to 8d``, ``role levels Foundation to Senior, which add up``."""
        return self.full_name + (", which add up" if self.scale.adds_up else "")

    def __contains__(self, level: object) -> bool:
        return isinstance(level, Level) and self.lowest.rank <= level.rank <= self.highest.rank

    def __iter__(self) -> Iterator[Level]:
        return iter(self.scale.levels[self.lowest.rank : self.highest.rank + 1])

    def __str__(self) -> str:
        return str(self.lowest) if self.lowest == self.highest else f"{self.lowest} to {self.highest}"


def list_levels(levels: Iterable[Level]) -> str:
    """Levels for a sentence: ``6, 7, 8a``."""
    return list_words(str(level) for level in levels)


#: The scale of a publication that has no levels: one level without a name, at which all is said that it says. Nothing
#: is printed of it.
NO_LEVELS = Scale("", "", ("",))


# Agenda for Change pay bands, and ranges of them.
#
# Agenda for Change is the pay system of most NHS staff. Its bands run from 1 (closed to new entrants since
# 2018) to 9, with band 8 divided into 8a to 8d: NHS Terms and Conditions of Service Handbook, section 1 and
# annexes 1 and 2. Frameworks write ``8A``, NHS usage is ``8a``: both are read, ``8a`` is printed.

#: What would be right in place of a text that is no band.
RIGHT_BAND = "write which one, such as 7 or 8a"
_BAND = re.compile(r"(?:band\s*)?([1-7]|8\s*[a-d]|9)", re.IGNORECASE)
#: Band 8 as pay systems call its parts, by the ranges of pay from which they come: range A is 8a.
_PAY_RANGE = re.compile(r"\b8\s*[:,(–—-]?\s*range\s+([a-d])\b\)?", re.IGNORECASE)
_RANGE = re.compile(r"(?P<lowest>[^-–—]+?)(?<!\s)(?:\s*[-–—]\s*|\s+to\s+)(?P<highest>[^-–—]+)", re.IGNORECASE)


class _AgendaForChange(Scale):
    """The scale of bands, which people write in more ways than a framework's own levels."""

    @property
    def key(self) -> str:
        return "bands"

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        return tuple(map(Band, self.names))

    def level(self, text: str) -> Level:
        return Band.parse(text)

    def range(self, text: str) -> LevelRange:
        return BandRange.parse(text)

    def between(self, lowest: Level, highest: Level) -> LevelRange:
        return BandRange(lowest, highest)


#: The scale of every framework that declares no other.
AFC: Scale = _AgendaForChange(
    "band", "bands", ("1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9"), adds_up=False
)
_RANKS = {name: rank for rank, name in enumerate(AFC.names)}


class Band(Level):
    """One Agenda for Change band, in its printed form (``6``, ``8a``); ordered by seniority."""

    def __init__(self, name: str) -> None:
        super().__init__(AFC, _RANKS[name])

    @classmethod
    def parse(cls, text: str) -> Band:
        """Read ``8a``, ``8A``, ``Band 8a``, ``band 8 A`` or ``Band 8 - Range A``.

        Raises ``ValueError`` with a sentence for the user when ``text`` is no band.
        """
        match = _BAND.fullmatch(_PAY_RANGE.sub(r"8\1", text.strip()))
        if match is None:
            raise ValueError(_not_a_band(text))
        return cls(re.sub(r"\s", "", match[1]).lower())

    def __eq__(self, other: object) -> bool:
        return self.rank == other.rank if isinstance(other, Band) else NotImplemented

    def __hash__(self) -> int:
        # Bands are looked up for every post; there is one scale of them.
        return self.rank

    def __reduce__(self) -> tuple[Any, ...]:
        return Band, (self.name,)


class BandRange(LevelRange):
    """A run of neighbouring bands, both ends included. Printed ``8a`` or ``8a to 8d``."""

    @classmethod
    def parse(cls, text: str) -> BandRange:
        """Read ``6``, ``8a-8d``, ``8A–8D`` or ``8a to 8d``. Raises ``ValueError`` as :meth:`Band.parse` does."""
        match = _RANGE.fullmatch(_PAY_RANGE.sub(r"8\1", text.strip()))
        if match is None:
            band = Band.parse(text)
            return cls(band, band)
        return cls(Band.parse(match["lowest"]), Band.parse(match["highest"]))


def _not_a_band(text: str) -> str:
    if text.strip().lower().removeprefix("band").strip() == "8":
        return "band 8 is divided into 8a, 8b, 8c and 8d"
    return f"'{shorten(text.strip(), _QUOTED)}' is not an Agenda for Change band: 1 to 7, 8a, 8b, 8c, 8d or 9"
