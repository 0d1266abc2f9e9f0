"""A folder of documents brought up to date, in the order in which a person should look at them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jdgen.revision.decisions import CHANGES, QUESTIONS, Decision
from jdgen.revision.many_documents import Renewed
from jdgen.revision.regeneration import Regenerated


@dataclass(frozen=True)
class RankedRenewal:
    """One document: what was changed in it, what a person has to decide, what found no place or is to be carried over
    (``leftover_texts``), what the framework changed of a text that a person had taken out, and what of its post, or of
    what is added to the framework, no longer fits (``stale_lines``). What was taken and kept by rulings on a release
    (``changes_taken``, ``texts_kept``) is neither, but for what a person has to decide all the same."""

    renewed: Renewed
    changes: tuple[Decision, ...] = ()
    to_decide: tuple[Decision, ...] = ()
    leftover_texts: tuple[str, ...] = ()
    absent: tuple[Decision, ...] = ()
    stale_lines: tuple[str, ...] = ()
    changes_taken: tuple[Decision, ...] = ()
    texts_kept: tuple[Decision, ...] = ()

    @property
    def open_questions(self) -> int:
        """How many things a person has to decide on, of whatever kind."""
        return len(self.to_decide) + len(self.absent) + len(self.stale_lines)

    @property
    def urgency(self) -> tuple[int, int, int, int]:
        """The more, the sooner somebody should look: not done, left over, to decide, changed."""
        return (len(self.renewed.problems), len(self.leftover_texts), self.open_questions, len(self.changes))


def most_urgent_first(renewals: Iterable[Renewed]) -> tuple[RankedRenewal, ...]:
    """The most urgent first; equally urgent ones by name."""
    return tuple(
        sorted(
            map(rank, renewals),
            key=lambda renewal: ([-part for part in renewal.urgency], str(renewal.renewed.source)),
        )
    )


def whole(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """``decisions`` without those about a field of a row of which the whole is decided likewise: a criterion that comes
    or goes takes its importance along, and the name of its group; a group that has another name is told once."""
    handled = {(decision.id, decision.action) for decision in decisions}
    distinct: dict[object, Decision] = {}
    for decision in decisions:
        if decision.is_label and (decision.is_coming or decision.is_going):  # with its row
            continue
        if (decision.id.owner, decision.action) not in handled:
            distinct.setdefault(
                (decision.id.original, decision.action, decision.new) if decision.is_label else decision, decision
            )
    return tuple(distinct.values())


def _absent_of(result: Regenerated) -> tuple[Decision, ...]:
    """What the framework changed of texts that somebody took out."""
    return tuple(decision for decision in result.decisions if decision.is_absent_otherwise)


def rank(renewed: Renewed) -> RankedRenewal:
    """What became of a document, by what it asks of a person."""
    result = renewed.result
    if result is None:
        return RankedRenewal(renewed)
    leftover_texts = (
        *(decision.new for decision in result.unplaced),
        *(decision.theirs or f"[taken out] {decision.base}" for decision in result.carry_over),
        *result.own_texts,
    )
    if result.carry_over:
        return RankedRenewal(
            renewed, leftover_texts=leftover_texts, absent=_absent_of(result), stale_lines=result.stale_lines
        )
    changes = [decision for kind in CHANGES for decision in result.of(kind)]
    questions = [decision for kind in QUESTIONS for decision in result.of(kind)]
    return RankedRenewal(
        renewed,
        changes=whole([decision for decision in changes if not decision.is_taken and not decision.is_kept]),
        to_decide=whole([decision for decision in questions if not decision.is_kept]),
        leftover_texts=leftover_texts,
        absent=_absent_of(result),
        stale_lines=result.stale_lines,
        changes_taken=whole([decision for decision in changes if decision.is_taken]),
        texts_kept=whole([decision for decision in (*questions, *changes) if decision.is_kept]),
    )
