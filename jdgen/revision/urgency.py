"""A folder of documents brought up to date, in the order in which a person should look at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jdgen.record.printed import original_id
from jdgen.revision.merge import Action, Decision
from jdgen.revision.regeneration import Regenerated
from jdgen.revision.renewal import Renewed

_CHANGED = (Action.REWORD, Action.INSERT, Action.DELETE, Action.MOVE)
# What becomes of a label because it becomes of its row.
_WITH_ROW = (Action.INSERT, Action.DELETE, Action.MOVE)
_TO_DECIDE = (Action.OFFER, Action.QUESTION, Action.STAY)


@dataclass(frozen=True)
class Looked:
    """One document: what was changed in it, what a person has to decide, what found no place or is to be carried over,
    what the framework changed of a text that a person had taken out, and which choices of its post were ``lost``."""

    renewed: Renewed
    changed: tuple[Decision, ...] = ()
    to_decide: tuple[Decision, ...] = ()
    left: tuple[str, ...] = ()
    absent: tuple[Decision, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def urgency(self) -> tuple[int, int, int, int]:
        """The more, the sooner somebody should look: not done, left over, to decide, changed."""
        to_decide = len(self.to_decide) + len(self.absent) + len(self.lost)
        return (len(self.renewed.problems), len(self.left), to_decide, len(self.changed))


def in_order(renewed: Iterable[Renewed]) -> tuple[Looked, ...]:
    """The most urgent first; equally urgent ones by name."""
    return tuple(
        sorted(map(_looked, renewed), key=lambda one: ([-part for part in one.urgency], str(one.renewed.source)))
    )


def whole(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """``decisions`` without those about a field of a row of which the whole is decided likewise: a criterion that comes
    or goes takes its importance along, and the name of its group; a group that has another name is told once."""
    decided = {(one.id, one.action) for one in decisions}
    told: dict[object, Decision] = {}
    for one in decisions:
        if one.is_label and one.action in _WITH_ROW:
            continue
        if (one.id.rpartition(".")[0], one.action) not in decided:
            told.setdefault((original_id(one.id), one.action, one.new) if one.is_label else one, one)
    return tuple(told.values())


def absent_of(result: Regenerated) -> tuple[Decision, ...]:
    """What the framework changed of texts that somebody took out: they stay out, and somebody may want to know."""
    return tuple(one for one in result.of(Action.ABSENT) if one.base and one.new and one.base != one.new)


def _looked(one: Renewed) -> Looked:
    result = one.result
    if result is None:
        return Looked(one)
    left = (
        *(decision.new for decision in result.unplaced),
        *(decision.theirs or f"[taken out] {decision.base}" for decision in result.carry_over),
        *result.own,
    )
    changed = () if result.carry_over else whole([one for kind in _CHANGED for one in result.of(kind)])
    to_decide = () if result.carry_over else whole([one for kind in _TO_DECIDE for one in result.of(kind)])
    return Looked(one, changed, to_decide, left, absent_of(result), result.lost)
