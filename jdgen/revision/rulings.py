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
    edited: tuple[str, ...] = ()


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
        one.id: Versions(old.of(before).version, new.of(one).version)
        for one in new.specialisms
        for before in old.specialisms
        if is_called(one, before)
    }
    return ReleaseRulings(new.id, versions, tuple(_changes(comparison, versions)), {})


def _changes(comparison: Comparison, versions: Mapping[str, Versions]) -> Iterator[ReleaseChange]:
    yield from map(_of_statement, comparison.changes)
    for one in comparison.renamed:
        yield ReleaseChange(f"{one.id}{_TITLE}", one.after, "heading renamed", one.before, one.after)
    for moved in comparison.moved:
        place = f"after '{moved.after}'" if moved.after else "first"
        yield ReleaseChange(f"{moved.id}{_PLACE}", moved.title, "heading moved", now=place)
    if others := {both for both in versions.values() if both.old != both.new}:
        was, now = (", ".join(sorted({both[at] for both in others})) for at in (0, 1))
        yield ReleaseChange(VERSION, "", "the version, where documents name it", was, now)
    yield ReleaseChange(OTHERS, "", "all else that documents print otherwise, such as criteria of your own")


def _of_statement(change: StatementChange) -> ReleaseChange:
    before, after = change.before, change.after
    levels = f", {change.levels[0].scale.words} {list_levels(change.levels)}" if change.levels else ""
    guess = " (matched by its words, which is a guess)" if change.guessed else ""
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
    ruled = [
        replace(one, changes=found, ruling=release.ruling(found)) if (found := causes.of(one)) else one
        for one in decisions
    ]
    ruled = list(_with_sections_together(ruled, document))
    followers = _Followers(ruled, document)
    others = release.ruling((OTHERS,))
    return tuple(
        one
        if one.ruling or not _is_otherwise(one)
        else replace(one, ruling=ruling)
        if (ruling := followers.ruling(one))
        else replace(one, changes=(OTHERS,), ruling=others)
        for one in ruled
    )


def left_alone(one: Decision) -> Decision:
    """The decision where nothing is to be changed: what a text says and where it stands is as if a person had it so."""
    match one.action:
        case Action.INSERT:
            return replace(one, action=Action.ABSENT)
        case Action.MOVE | Action.STAY:
            return replace(one, action=Action.KEEP, is_moved=True)
        case Action.REWORD | Action.OFFER | Action.DELETE | Action.QUESTION:
            return replace(one, action=Action.KEEP)
    return one


def _is_otherwise(one: Decision) -> bool:
    """Whether the block is printed otherwise than before."""
    return one.action in (Action.MOVE, Action.STAY) or not are_alike(one.base, one.new)


def _agreed(rulings: Iterable[Ruling]) -> Ruling | None:
    """The ruling that all are; to ask, where they are several, and nothing where there is none."""
    different = set(rulings)
    if not different:
        return None
    return different.pop() if len(different) == 1 else Ruling.ASK


def _with_sections_together(decisions: Sequence[Decision], document: RuledDocument) -> Iterator[Decision]:
    """``decisions``, but a heading and what goes elsewhere with it have one ruling: the manager is asked about all of
    it where they do not agree."""
    now = headings_of([PrintedBlock(one.id, one.new) for one in decisions if one.new])
    before = headings_of(document.base)
    moved = {one.id: one.was for one in decisions if one.id.is_heading and one.action is Action.MOVE}
    sections: dict[BlockId, set[Ruling | None]] = {}
    section_of: dict[BlockId, BlockId] = {}
    for one in decisions:
        heading = now.get(one.id, NO_ID)
        if one.action is Action.MOVE and heading in moved and before.get(one.was) == moved[heading]:
            section_of[one.id] = heading
            sections.setdefault(heading, set()).add(one.ruling)
    for one in decisions:
        is_split = one.action is Action.MOVE and len(sections.get(section_of.get(one.id, NO_ID), ())) > 1
        yield replace(one, ruling=Ruling.ASK) if is_split else one


class _Causes:
    """By which changes of a release the blocks of a document are printed otherwise."""

    def __init__(self, decisions: Sequence[Decision], document: RuledDocument, release: ReleaseRulings) -> None:
        self._release = release
        self._specialism = document.specialism
        self._under = headings_of([PrintedBlock(one.id, one.new) for one in decisions if one.new])
        own = f"{document.specialism}."
        self._places = tuple(one for one in release.by_id if one.startswith(own) and one.endswith(_PLACE))

    def of(self, one: Decision) -> tuple[str, ...]:
        """The ids of the changes that a decision is about by itself."""
        if not _is_otherwise(one):
            return ()
        found = [
            _statement(one.id, self._release.by_id) if one.new else "",
            self._release.by_former_id.get(_statement(one.was, self._release.by_former_id), ""),
        ]
        if one.id.is_heading and one.base and one.new:
            found.append(self._of_heading(one.id, _TITLE))
        if one.id.first_field == _FRAMEWORK and VERSION in self._release.by_id:
            found.append(VERSION)
        if one.action in (Action.MOVE, Action.STAY):
            place = self._of_heading(self._under.get(one.id, NO_ID), _PLACE)
            # Of two headings that change places, either may be said to have moved.
            found += [place] if place or any(found) else self._places
        return tuple(dict.fromkeys(filter(None, found)))

    def _of_heading(self, heading: BlockId, what: str) -> str:
        change = f"{self._specialism}.{heading.owner}{what}"
        return change if change in self._release.by_id else ""


def _statement(block_id: BlockId, known: Collection[str]) -> str:
    """The id, among those that are ``known``, of the statement that a block is or is part of; else ''."""
    return next((owner for owner in block_id.original.and_owners() if owner in known), "")


class _Followers:
    """What goes with others of the ``decisions``, which have their rulings."""

    def __init__(self, decisions: Sequence[Decision], document: RuledDocument) -> None:
        self._decisions = decisions
        self._paragraphs = document.paragraphs
        self._now = headings_of([PrintedBlock(one.id, one.new) for one in decisions if one.new])
        self._before = headings_of(document.base)

    def ruling(self, one: Decision) -> Ruling | None:
        """The ruling on what ``one`` goes with; nothing where it goes with nothing."""
        if one.is_label and one.action in CHANGES:
            return _agreed(self._on_row(one))
        if one.id.is_heading and one.action is Action.INSERT:
            under = set(self._on_coming_under(one.id))
            return next((ruling for ruling in (Ruling.TAKE, Ruling.ASK, Ruling.KEEP) if ruling in under), None)
        if one.id.is_heading and not one.new:
            under = set(self._on_going_from(one.id))
            return next((ruling for ruling in (Ruling.KEEP, Ruling.ASK, Ruling.TAKE) if ruling in under), None)
        if only_number_differs(one.base, one.new):
            return _agreed(other.ruling for other in self._decisions if other.ruling and _comes_or_goes(other))
        return None

    def _on_row(self, label: Decision) -> Iterator[Ruling]:
        rows = {self._paragraphs[at].row for at in label.places}
        for one in self._decisions:
            is_beside = one.id in label.row_of or any(self._paragraphs[at].row in rows for at in one.places)
            if one.ruling and is_beside and one.action is label.action:
                yield one.ruling

    def _on_coming_under(self, heading: BlockId) -> Iterator[Ruling]:
        for one in self._decisions:
            if one.ruling and self._now.get(one.id) == heading and one.action in (Action.INSERT, Action.MOVE):
                yield one.ruling

    def _on_going_from(self, heading: BlockId) -> Iterator[Ruling]:
        for one in self._decisions:
            if one.ruling and one.was != heading and self._before.get(one.was) == heading and _leaves(one):
                yield one.ruling


def _leaves(one: Decision) -> bool:
    return not one.new or one.action in (Action.MOVE, Action.STAY)


def _comes_or_goes(one: Decision) -> bool:
    return one.action in (Action.INSERT, Action.DELETE, Action.MOVE)
