"""Distinct review notes of a batch, counted in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from jdgen.drafting.model import ReviewNote

MAX_NOTES = 5_000
FIRST_ROWS = 3


@dataclass(slots=True)
class CountedNote:
    """One distinct note: how many documents have it, and the first of their rows."""

    note: ReviewNote
    documents: int = 0
    rows: list[str] = field(default_factory=list)


class NoteCounts:
    """Counts the notes of each document. ``unlisted`` is how often a note came that there was no room for."""

    def __init__(self, most: int = MAX_NOTES) -> None:
        self.unlisted = 0
        self._most = most
        self._counted: dict[ReviewNote, CountedNote] = {}

    def add(self, row: str, notes: tuple[ReviewNote, ...]) -> None:
        """Count the notes of one document, each once."""
        for note in dict.fromkeys(notes):
            counted = self._counted.get(note) or self._new(note)
            if counted:
                counted.documents += 1
                if len(counted.rows) < FIRST_ROWS and row not in counted.rows:
                    counted.rows.append(row)

    def in_order(self) -> list[CountedNote]:
        """By topic, the most frequent first."""
        return sorted(
            self._counted.values(),
            key=lambda counted: (counted.note.topic, -counted.documents, counted.note.subject, counted.note.text),
        )

    def _new(self, note: ReviewNote) -> CountedNote | None:
        if len(self._counted) >= self._most:
            self.unlisted += 1
            return None
        return self._counted.setdefault(note, CountedNote(note))
