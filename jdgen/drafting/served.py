"""Which duties a criterion is needed for."""

from __future__ import annotations

from collections.abc import Sequence

from jdgen.drafting.model import DutyHeading


class Served:
    """Which duties of the draft a reference means: a heading's id, a statement's id or a duty's id."""

    def __init__(self, headings: Sequence[DutyHeading]) -> None:
        self._ids: dict[str, tuple[str, ...]] = {}
        for heading in headings:
            self._ids[heading.id] = tuple(duty.id for duty in heading.duties)
            for duty in heading.duties:
                self._ids[duty.id] = (duty.id,)
                self._ids[duty.statement] = (*self._ids.get(duty.statement, ()), duty.id)
        self._ids.pop("", None)
        self.all = tuple(duty.id for heading in headings for duty in heading.duties)

    @property
    def known(self) -> list[str]:
        """Every reference that means something."""
        return list(self._ids)

    def duties(self, *references: str) -> tuple[str, ...]:
        """The ids of the duties that the references mean."""
        return tuple(duty for reference in references for duty in self._ids.get(reference, ()))
