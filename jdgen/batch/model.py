"""What a batch makes, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jdgen.drafting.model import ReviewNote
from jdgen.errors import Problem


class Outcome(StrEnum):
    """What became of one document of a batch."""

    WRITTEN = "written"
    UNCHANGED = "unchanged"
    PLANNED = "would be written"
    KEPT = "kept, since it may hold somebody's work"
    FAILED = "failed"


@dataclass(frozen=True)
class BatchedDocument:
    """One document of a batch: the row it comes from (``posts.xlsx!Posts!14``), and what became of it.

    ``level`` is that of a framework that has levels of its own. ``seconds`` is the time from post to saved file.
    ``problems`` is empty unless the document failed or was kept.
    """

    row: str
    title: str
    band: str
    template: str
    path: str
    outcome: Outcome
    seconds: float
    notes: tuple[ReviewNote, ...] = ()
    problems: tuple[Problem, ...] = ()
    level: str = ""

    @property
    def band_and_level(self) -> str:
        """What a report says under Band: ``6``, or ``6, Practitioner``."""
        return f"{self.band}, {self.level}" if self.level else self.band


@dataclass(frozen=True)
class BatchSummary:
    """A whole batch in numbers: documents by outcome, in all, and the seconds that it took."""

    counts: dict[Outcome, int]
    seconds: float

    @property
    def documents(self) -> int:
        """How many documents the batch had."""
        return sum(self.counts.values())

    def __str__(self) -> str:
        parts = [f"{count:,} {outcome}" for outcome, count in self.counts.items() if count]
        return f"{self.documents:,} documents in {self.seconds:.1f} s: {', '.join(parts) or 'none'}"
