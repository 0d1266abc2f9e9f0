"""Agenda for Change pay bands, and ranges of them.

Agenda for Change is the pay system of most NHS staff. Its bands run from 1 (closed to new entrants since
2018) to 9, with band 8 divided into 8a to 8d: NHS Terms and Conditions of Service Handbook, section 1 and
annexes 1 and 2. Frameworks write ``8A``, NHS usage is ``8a``: both are read, ``8a`` is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import total_ordering

_PRINTED = ("1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9")
_RANKS = {printed: rank for rank, printed in enumerate(_PRINTED)}
_WRITTEN = re.compile(r"(?:band\s*)?([1-7]|8\s*[a-d]|9)", re.IGNORECASE)
_RANGE = re.compile(r"(?P<lowest>[^-–—]+?)(?:\s*[-–—]\s*|\s+to\s+)(?P<highest>[^-–—]+)", re.IGNORECASE)


@total_ordering
@dataclass(frozen=True)
class Band:
    """One Agenda for Change band, in its printed form (``6``, ``8a``); ordered by seniority."""

    printed: str

    @classmethod
    def parse(cls, written: str) -> Band:
        """Read ``8a``, ``8A``, ``Band 8a`` or ``band 8 A``.

        Raises ``ValueError`` with a sentence for the user when ``written`` is no band.
        """
        match = _WRITTEN.fullmatch(written.strip())
        if match is None:
            raise ValueError(_not_a_band(written))
        return cls(re.sub(r"\s", "", match[1]).lower())

    @property
    def rank(self) -> int:
        """Position on the whole scale, 0 for band 1."""
        return _RANKS[self.printed]

    def __lt__(self, other: Band) -> bool:
        return self.rank < other.rank

    def __str__(self) -> str:
        return self.printed


@dataclass(frozen=True)
class BandRange:
    """A run of neighbouring bands, both ends included. Printed ``8a`` or ``8a to 8d``."""

    lowest: Band
    highest: Band

    def __post_init__(self) -> None:
        if self.highest < self.lowest:
            raise ValueError(f"a range that runs downwards, {self.lowest} to {self.highest}")

    @classmethod
    def parse(cls, written: str) -> BandRange:
        """Read ``6``, ``8a-8d``, ``8A–8D`` or ``8a to 8d``. Raises ``ValueError`` as :meth:`Band.parse` does."""
        match = _RANGE.fullmatch(written.strip())
        if match is None:
            band = Band.parse(written)
            return cls(band, band)
        return cls(Band.parse(match["lowest"]), Band.parse(match["highest"]))

    def __contains__(self, band: object) -> bool:
        return isinstance(band, Band) and self.lowest.rank <= band.rank <= self.highest.rank

    def __iter__(self) -> Iterator[Band]:
        return (Band(printed) for printed in _PRINTED[self.lowest.rank : self.highest.rank + 1])

    def overlaps(self, other: BandRange) -> bool:
        """Whether some band is in both ranges."""
        return self.lowest.rank <= other.highest.rank and other.lowest.rank <= self.highest.rank

    def __str__(self) -> str:
        return str(self.lowest) if self.lowest == self.highest else f"{self.lowest} to {self.highest}"


def bands_listed(bands: Iterable[Band]) -> str:
    """Bands for a sentence: ``6, 7, 8a``."""
    return ", ".join(str(band) for band in bands)


def _not_a_band(written: str) -> str:
    if written.strip().lower().removeprefix("band").strip() == "8":
        return "band 8 is divided: choose 8a, 8b, 8c or 8d"
    return f"'{written.strip()}' is not an Agenda for Change band: 1 to 7, 8a, 8b, 8c, 8d or 9"
