"""What an organisation decides on the changes of a release, once for all documents, and what follows for each block.

A ruling is about a change of the framework; what becomes of a block is decided by merging. Most blocks say by their ids
which change they are printed otherwise by. Some only follow: a heading comes with what comes under it, a label with its
row, a number with what came or went before it.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from jdgen.drafting.block_id import NO_ID, BlockId
from jdgen.framework.chapters import is_called
from jdgen.framework.comparison import Comparison, StatementChange
from jdgen.levels import list_levels
from jdgen.record.model import PrintedBlock
from jdgen.revision.decisions import CHANGES, Action, Decision, Ruling
from jdgen.revision.pairing import are_alike, headings_of
from jdgen.revision.paragraphs import ReadParagraph
from jdgen.revision.typed_numbers import only_number_differs

#: The changes that are no statement's: the name of the version, and all else that documents print otherwise.
VERSION, OTHERS = "version", "others"
#: What ends the ids of changes of a heading: its title, and its place among the others.
_TITLE, _PLACE = ".title", ".place"
#: The field of a draft that names the framework and its version.
_FRAMEWORK = "framework"


@dataclass(frozen=True)
class ReleaseChange:
    """One change of a release, as an organisation decides on it.

    ``id`` is that of the statement (as it is now, or as it was where it is withdrawn), that of a heading with what has
    changed of it, :data:`VERSION` or :data:`OTHERS`. ``heading`` is what it stands under and ``what`` how it has
    changed, in words; ``was`` and ``now`` are its texts, '' where there is none. ``former`` is the id that the
    statement had, where that is another.
    """

    id: str
    heading: str
    what: str
    was: str = ""
    now: str = ""
    former: str = ""

    @property
    def is_of_statement(self) -> bool:
        """Whether it is a change of a statement, and of nothing beside them."""
        return self.id not in (VERSION, OTHERS) and not self.id.endswith((_TITLE, _PLACE))


class Reach(NamedTuple):
    """The documents that are printed otherwise because of a change, by their paths, and those of them in which somebody
    has changed what it is about."""

    documents: tuple[str, ...] = ()
    edited_documents: tuple[str, ...] = ()


class Versions(NamedTuple):
    """What a specialism's version was called, and what it is called now."""

    old: str
    new: str


@dataclass(frozen=True)
class ReleaseRulings:
    """A release of a framework: its changes, and the ruling on each of them, by its id. ``versions`` are by the ids of
    specialisms."""

    framework: str
    versions: Mapping[str, Versions]
    changes: tuple[ReleaseChange, ...]
    rulings: Mapping[str, Ruling]

    def is_about(self, framework: str, specialism: str, versions: Versions) -> bool:
        """Whether it is about documents of the ``specialism`` that are brought from one of these versions to the
        other."""
        return self.framework == framework and self.versions.get(specialism) == versions

    @functools.cached_property
    def by_id(self) -> Mapping[str, ReleaseChange]:
        """The changes, by their ids."""
        return {change.id: change for change in self.changes}

    @functools.cached_property
    def by_former_id(self) -> Mapping[str, str]:
        """The ids of the changes, by those that the statements had."""
        return {change.former or change.id: change.id for change in self.changes}

    def ruling(self, changes: Iterable[str]) -> Ruling:
        """The ruling on something that several ``changes`` are about: where they do not agree, the manager is asked."""
        return _agreed(self.rulings.get(change, Ruling.ASK) for change in changes) or Ruling.ASK


def release_of(comparison: Comparison) -> ReleaseRulings:
    """The release that leads from one version to the other, on which nothing is decided yet."""
    old, new = comparison.old, comparison.new
    versions = {
        specialism.id: Versions(old.of(before).version, new.of(specialism).version)
        for specialism in new.specialisms
        for before in old.specialisms
        if is_called(specialism, before)
    }
    return ReleaseRulings(new.id, versions, tuple(_changes(comparison, versions)), {})


def _changes(comparison: Comparison, versions: Mapping[str, Versions]) -> Iterator[ReleaseChange]:
    yield from map(_of_statement, comparison.changes)
    for renamed_heading in comparison.renamed_headings:
        before, after = renamed_heading.before, renamed_heading.after
        yield ReleaseChange(f"{renamed_heading.id}{_TITLE}", after, "heading renamed", before, after)
    for moved_heading in comparison.moved_headings:
        place = f"after '{moved_heading.after}'" if moved_heading.after else "first"
        yield ReleaseChange(f"{moved_heading.id}{_PLACE}", moved_heading.title, "heading moved", now=place)
    if others := {both for both in versions.values() if both.old != both.new}:
        was, now = (", ".join(sorted({both[at] for both in others})) for at in (0, 1))
        yield ReleaseChange(VERSION, "", "the version, where documents name it", was, now)
    yield ReleaseChange(OTHERS, "", "all else that documents print otherwise, such as criteria of your own")


def _of_statement(change: StatementChange) -> ReleaseChange:
    before, after = change.before, change.after
    levels = f", {change.levels[0].scale.words} {list_levels(change.levels)}" if change.levels else ""
    guess = " (matched by its words, which is a guess)" if change.is_guess else ""
    return ReleaseChange(
        id=change.passage.id,
        heading=change.passage.title,
        what=f"{' and '.join(change.kinds)}{levels}{guess}",
        was=before.text if before else "",
        now=after.text if after else "",
        former=before.id if before and before.id != change.passage.id else "",
    )


class RuledDocument(NamedTuple):
    """What is known of a document that rulings hold for: its specialism, what was printed, and its paragraphs now."""

    specialism: str
    base: Sequence[PrintedBlock]
    paragraphs: Sequence[ReadParagraph]


def with_rulings(
    decisions: Sequence[Decision], document: RuledDocument, release: ReleaseRulings
) -> tuple[Decision, ...]:
    """``decisions`` on a document, each that is about a change with the changes and the ruling on it."""
    causes = _Causes(decisions, document, release)
    ruled_decisions = [
        replace(decision, changes=change_ids, ruling=release.ruling(change_ids))
        if (change_ids := causes.of(decision))
        else decision
        for decision in decisions
    ]
    ruled_decisions = list(_with_sections_together(ruled_decisions, document))
    followers = _Followers(ruled_decisions, document)
    others = release.ruling((OTHERS,))
    return tuple(
        decision
        if decision.ruling or not _is_otherwise(decision)
        else replace(decision, ruling=ruling)
        if (ruling := followers.ruling(decision))
        else replace(decision, changes=(OTHERS,), ruling=others)
        for decision in ruled_decisions
    )


def left_alone(decision: Decision) -> Decision:
    """The decision where nothing is to be changed: what a text says and where it stands is as if a person had it so."""
    match decision.action:
        case Action.INSERT:
            return replace(decision, action=Action.ABSENT)
        case Action.MOVE | Action.STAY:
            return replace(decision, action=Action.KEEP, is_moved=True)
        case Action.REWORD | Action.OFFER | Action.DELETE | Action.QUESTION:
            return replace(decision, action=Action.KEEP)
    return decision


def _is_otherwise(decision: Decision) -> bool:
    """Whether the block is printed otherwise than before."""
    return decision.action in (Action.MOVE, Action.STAY) or not are_alike(decision.base, decision.new)


def _agreed(rulings: Iterable[Ruling]) -> Ruling | None:
    """The ruling that all are; to ask, where they are several, and nothing where there is none."""
    different = set(rulings)
    if not different:
        return None
    return different.pop() if len(different) == 1 else Ruling.ASK


def _with_sections_together(decisions: Sequence[Decision], document: RuledDocument) -> Iterator[Decision]:
    """``decisions``, but a heading and what goes elsewhere with it have one ruling: the manager is asked about all of
    it where they do not agree."""
    now = headings_of([PrintedBlock(decision.id, decision.new) for decision in decisions if decision.new])
    before = headings_of(document.base)
    former_ids = {
        decision.id: decision.was for decision in decisions if decision.id.is_heading and decision.action is Action.MOVE
    }
    sections: dict[BlockId, set[Ruling | None]] = {}
    section_of: dict[BlockId, BlockId] = {}
    for decision in decisions:
        heading = now.get(decision.id, NO_ID)
        if decision.action is Action.MOVE and heading in former_ids and before.get(decision.was) == former_ids[heading]:
            section_of[decision.id] = heading
            sections.setdefault(heading, set()).add(decision.ruling)
    for decision in decisions:
        is_split = decision.action is Action.MOVE and len(sections.get(section_of.get(decision.id, NO_ID), ())) > 1
        yield replace(decision, ruling=Ruling.ASK) if is_split else decision


class _Causes:
    """By which changes of a release the blocks of a document are printed otherwise."""

    def __init__(self, decisions: Sequence[Decision], document: RuledDocument, release: ReleaseRulings) -> None:
        self._release = release
        self._specialism = document.specialism
        self._under = headings_of([PrintedBlock(decision.id, decision.new) for decision in decisions if decision.new])
        prefix = f"{document.specialism}."
        self._places = tuple(
            change_id for change_id in release.by_id if change_id.startswith(prefix) and change_id.endswith(_PLACE)
        )

    def of(self, decision: Decision) -> tuple[str, ...]:
        """The ids of the changes that a decision is about by itself."""
        if not _is_otherwise(decision):
            return ()
        change_ids = [
            _statement(decision.id, self._release.by_id) if decision.new else "",
            self._release.by_former_id.get(_statement(decision.was, self._release.by_former_id), ""),
        ]
        if decision.id.is_heading and decision.base and decision.new:
            change_ids.append(self._of_heading(decision.id, _TITLE))
        if decision.id.first_field == _FRAMEWORK and VERSION in self._release.by_id:
            change_ids.append(VERSION)
        if decision.action in (Action.MOVE, Action.STAY):
            place = self._of_heading(self._under.get(decision.id, NO_ID), _PLACE)
            # Of two headings that change places, either may be said to have moved.
            change_ids += [place] if place or any(change_ids) else self._places
        return tuple(dict.fromkeys(filter(None, change_ids)))

    def _of_heading(self, heading: BlockId, what: str) -> str:
        change = f"{self._specialism}.{heading.owner}{what}"
        return change if change in self._release.by_id else ""


def _statement(block_id: BlockId, ids: Collection[str]) -> str:
    """The id, one of ``ids``, of the statement that a block is or is part of; else ''."""
    return next((owner for owner in block_id.original.and_owners() if owner in ids), "")


class _Followers:
    """What goes with others of the ``decisions``, which have their rulings."""

    def __init__(self, decisions: Sequence[Decision], document: RuledDocument) -> None:
        self._decisions = decisions
        self._paragraphs = document.paragraphs
        self._now = headings_of([PrintedBlock(decision.id, decision.new) for decision in decisions if decision.new])
        self._before = headings_of(document.base)

    def ruling(self, decision: Decision) -> Ruling | None:
        """The ruling on what ``decision`` goes with; nothing where it goes with nothing."""
        if decision.is_label and decision.action in CHANGES:
            return _agreed(self._on_row(decision))
        if decision.id.is_heading and decision.action is Action.INSERT:
            under = set(self._on_coming_under(decision.id))
            return next((ruling for ruling in (Ruling.TAKE, Ruling.ASK, Ruling.KEEP) if ruling in under), None)
        if decision.id.is_heading and not decision.new:
            under = set(self._on_going_from(decision.id))
            return next((ruling for ruling in (Ruling.KEEP, Ruling.ASK, Ruling.TAKE) if ruling in under), None)
        if only_number_differs(decision.base, decision.new):
            return _agreed(
                other.ruling for other in self._decisions if other.ruling and (other.is_coming or other.is_going)
            )
        return None

    def _on_row(self, label: Decision) -> Iterator[Ruling]:
        rows = {self._paragraphs[at].row for at in label.places}
        for decision in self._decisions:
            is_beside = decision.id in label.row_of or any(self._paragraphs[at].row in rows for at in decision.places)
            if decision.ruling and is_beside and decision.action is label.action:
                yield decision.ruling

    def _on_coming_under(self, heading: BlockId) -> Iterator[Ruling]:
        for decision in self._decisions:
            if decision.ruling and decision.is_coming and self._now.get(decision.id) == heading:
                yield decision.ruling

    def _on_going_from(self, heading: BlockId) -> Iterator[Ruling]:
        for decision in self._decisions:
            if (
                decision.ruling
                and decision.was != heading
                and self._before.get(decision.was) == heading
                and _leaves(decision)
            ):
                yield decision.ruling


def _leaves(decision: Decision) -> bool:
    return not decision.new or decision.action in (Action.MOVE, Action.STAY)
