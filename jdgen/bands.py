"""Agenda for Change pay bands, and ranges of them.

Agenda for Change is the pay system of most NHS staff. Its bands run from 1 (closed to new entrants since
2018) to 9, with band 8 divided into 8a to 8d: NHS Terms and Conditions of Service Handbook, section 1 and
annexes 1 and 2. Frameworks write ``8A``, NHS usage is ``8a``: both are read, ``8a`` is printed.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from jdgen.scales import Level, LevelRange, Scale

_WRITTEN = re.compile(r"(?:band\s*)?([1-7]|8\s*[a-d]|9)", re.IGNORECASE)
_RANGE = re.compile(r"(?P<lowest>[^-–—]+?)(?:\s*[-–—]\s*|\s+to\s+)(?P<highest>[^-–—]+)", re.IGNORECASE)


class _AgendaForChange(Scale):
    """The scale of bands, which people write in more ways than a framework's own levels."""

    @property
    def key(self) -> str:
        return "bands"

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        return tuple(map(Band, self.names))

    def level(self, written: str) -> Level:
        return Band.parse(written)

    def range(self, written: str) -> LevelRange:
        return BandRange.parse(written)

    def between(self, lowest: Level, highest: Level) -> LevelRange:
        return BandRange(lowest, highest)


#: The scale of every framework that declares no other.
AFC: Scale = _AgendaForChange(
    "band", "bands", ("1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9"), adds_up=False
)
_RANKS = {printed: rank for rank, printed in enumerate(AFC.names)}


class Band(Level):
    """One Agenda for Change band, in its printed form (``6``, ``8a``); ordered by seniority."""

    def __init__(self, printed: str) -> None:
        super().__init__(AFC, _RANKS[printed])

    @classmethod
    def parse(cls, written: str) -> Band:
        """Read ``8a``, ``8A``, ``Band 8a`` or ``band 8 A``.

        Raises ``ValueError`` with a sentence for the user when ``written`` is no band.
        """
        match = _WRITTEN.fullmatch(written.strip())
        if match is None:
            raise ValueError(_not_a_band(written))
        return cls(re.sub(r"\s", "", match[1]).lower())

    def __eq__(self, other: object) -> bool:
        return self.rank == other.rank if isinstance(other, Band) else NotImplemented

    def __hash__(self) -> int:
        # Bands are looked up for every post; there is one scale of them.
        return self.rank

    def __reduce__(self) -> tuple[Any, ...]:
        return Band, (self.printed,)


class BandRange(LevelRange):
    """A run of neighbouring bands, both ends included. Printed ``8a`` or ``8a to 8d``."""

    @classmethod
    def parse(cls, written: str) -> BandRange:
        """Read ``6``, ``8a-8d``, ``8A–8D`` or ``8a to 8d``. Raises ``ValueError`` as :meth:`Band.parse` does."""
        match = _RANGE.fullmatch(written.strip())
        if match is None:
            band = Band.parse(written)
            return cls(band, band)
        return cls(Band.parse(match["lowest"]), Band.parse(match["highest"]))


def _not_a_band(written: str) -> str:
    if written.strip().lower().removeprefix("band").strip() == "8":
        return "band 8 is divided: choose 8a, 8b, 8c or 8d"
    return f"'{written.strip()}' is not an Agenda for Change band: 1 to 7, 8a, 8b, 8c, 8d or 9"
