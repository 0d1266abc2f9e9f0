"""A folder of documents brought up to date, in the order in which a person should look at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jdgen.revision.decisions import CHANGES, QUESTIONS, Action, Decision
from jdgen.revision.many_documents import Renewed
from jdgen.revision.regeneration import Regenerated

# What becomes of a label because it becomes of its row.
_WITH_ROW = (Action.INSERT, Action.DELETE, Action.MOVE)


@dataclass(frozen=True)
class RankedRenewal:
    """One document: what was changed in it, what a person has to decide, what found no place or is to be carried over,
    what the framework changed of a text that a person had taken out, and which choices of its post were ``lost``. What
    was ``taken`` and ``kept`` by rulings on a release is neither, but for what a person has to decide all the same."""

    renewed: Renewed
    changed: tuple[Decision, ...] = ()
    to_decide: tuple[Decision, ...] = ()
    left: tuple[str, ...] = ()
    absent: tuple[Decision, ...] = ()
    lost: tuple[str, ...] = ()
    taken: tuple[Decision, ...] = ()
    kept: tuple[Decision, ...] = ()

    @property
    def open_questions(self) -> int:
        """How many things a person has to decide on, of whatever kind."""
        return len(self.to_decide) + len(self.absent) + len(self.lost)

    @property
    def urgency(self) -> tuple[int, int, int, int]:
        """The more, the sooner somebody should look: not done, left over, to decide, changed."""
        return (len(self.renewed.problems), len(self.left), self.open_questions, len(self.changed))


def most_urgent_first(renewed: Iterable[Renewed]) -> tuple[RankedRenewal, ...]:
    """The most urgent first; equally urgent ones by name."""
    return tuple(
        sorted(map(ranked, renewed), key=lambda one: ([-part for part in one.urgency], str(one.renewed.source)))
    )


def whole(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """``decisions`` without those about a field of a row of which the whole is decided likewise: a criterion that comes
    or goes takes its importance along, and the name of its group; a group that has another name is told once."""
    decided = {(one.id, one.action) for one in decisions}
    told: dict[object, Decision] = {}
    for one in decisions:
        if one.is_label and one.action in _WITH_ROW:
            continue
        if (one.id.owner, one.action) not in decided:
            told.setdefault((one.id.original, one.action, one.new) if one.is_label else one, one)
    return tuple(told.values())


def _absent_of(result: Regenerated) -> tuple[Decision, ...]:
    """What the framework changed of texts that somebody took out: they stay out, and somebody may want to know."""
    absent = (one for one in result.of(Action.ABSENT) if not one.is_kept)
    return tuple(one for one in absent if one.base and one.new and one.base != one.new)


def ranked(one: Renewed) -> RankedRenewal:
    """What became of a document, by what it asks of a person."""
    result = one.result
    if result is None:
        return RankedRenewal(one)
    left = (
        *(decision.new for decision in result.unplaced),
        *(decision.theirs or f"[taken out] {decision.base}" for decision in result.carry_over),
        *result.own,
    )
    if result.carry_over:
        return RankedRenewal(one, left=left, absent=_absent_of(result), lost=result.lost)
    made = [one for kind in CHANGES for one in result.of(kind)]
    asked = [one for kind in QUESTIONS for one in result.of(kind)]
    return RankedRenewal(
        one,
        changed=whole([one for one in made if not one.is_taken and not one.is_kept]),
        to_decide=whole([one for one in asked if not one.is_kept]),
        left=left,
        absent=_absent_of(result),
        lost=result.lost,
        taken=whole([one for one in made if one.is_taken]),
        kept=whole([one for one in (*asked, *made) if one.is_kept]),
    )
