"""One document brought up to date: its person's file as a redline, or a fresh one where nobody has touched it."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lxml import etree

from jdgen.errors import JdgenError, Problem
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import FoundRecord, Handling, Origin
from jdgen.revision.carrying_over import edits_of_people, texts_of_people
from jdgen.revision.materials import Materials
from jdgen.revision.merge import Action, Decision, merged
from jdgen.revision.pictured import is_pictured, picture_in
from jdgen.revision.protection import refusals
from jdgen.revision.reading import recorded
from jdgen.revision.recording import brought_up_to_date, with_record
from jdgen.revision.redline.carrying_out import Conflicts, redlined
from jdgen.revision.redline.marks import Stamp
from jdgen.revision.redline.settling import accept_all, pending
from jdgen.revision.remaking import Prospect, Remade, differences, in_its_own_template, prospect_of, remade
from jdgen.revision.standing import standings
from jdgen.revision.stories import gathered
from jdgen.word_file.package import open_package, read_package, write_package


class Outcome(StrEnum):
    """What has become of a document."""

    UP_TO_DATE = "up to date"
    REDLINED = "changed, as tracked changes"
    NOTED = "none of its text changes; its record names the framework of today"
    FRESH = "made anew, since nobody had touched it"
    RESTORED = "its record put back, nothing else changed"
    NEW_TEMPLATE = "made anew in another template"


#: What there is to do for an action; the others leave a document as it is.
_CHANGING = (
    *(Action.REWORD, Action.OFFER, Action.DELETE, Action.QUESTION, Action.INSERT),
    *(Action.MOVE, Action.STAY),
)


@dataclass(frozen=True)
class Manner:
    """How documents are brought up to date.

    ``clean`` makes a document anew where nobody has touched it. ``accepts_pending`` accepts the tracked changes that a
    document has already; without it such a document is refused.
    """

    stamp: Stamp
    clean: bool = False
    conflicts: Conflicts = Conflicts.COMMENT
    accepts_pending: bool = False


@dataclass(frozen=True)
class Regenerated:
    """What became of one document. ``content`` is the new file, nothing where none is needed.

    ``unplaced`` are the new blocks for which there was no place; ``own`` are texts of a person's that stand in no
    printed block, told where a new template means that they have to be carried over. ``lost`` is a sentence about each
    choice of the post that is offered no more. ``origin`` says where the document's record was found; it is in the new
    file in any case.
    """

    name: str
    outcome: Outcome
    framework: tuple[str, str]
    decisions: tuple[Decision, ...] = ()
    unplaced: tuple[Decision, ...] = ()
    own: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    content: bytes | None = None
    origin: Origin = Origin.DOCUMENT

    @property
    def said(self) -> str:
        """What has become of it in words, and whether something is to be carried over."""
        return f"{self.outcome}{'; the edits of people are to be carried over' if self.carry_over or self.own else ''}"

    @property
    def carry_over(self) -> tuple[Decision, ...]:
        """The blocks with a person's edits, where the new file has none of them."""
        edited = (one for one in self.decisions if one.is_edited)
        return tuple(edited) if self.outcome is Outcome.NEW_TEMPLATE else ()

    def of(self, action: Action) -> tuple[Decision, ...]:
        """The decisions of one kind."""
        return tuple(one for one in self.decisions if one.action is action)


def regenerate(content: bytes, name: str, materials: Materials, manner: Manner) -> Regenerated:
    """Bring the document ``content``, called ``name`` in messages, up to date.

    Raises :class:`JdgenError` for what is no document of jdgen's, is made of what is not here, or has tracked changes
    that nobody has settled.
    """
    parts = open_package(content, name)
    found = recorded(content, name, materials.kept)
    result = _brought_up(parts, found, name, materials, manner)
    if found.origin is Origin.WORKSPACE and result.content is None:
        restored = write_package(with_record(parts, found.record))
        result = replace(result, outcome=Outcome.RESTORED, content=restored)
    return replace(result, origin=found.origin)


def refused(content: bytes, name: str, found: FoundRecord, prospect: Prospect) -> tuple[Problem, ...]:
    """Why :func:`regenerate` would refuse the document ``content``, called ``name`` in messages, of which ``prospect``
    is what it would be today; nothing where it would not. Raises :class:`JdgenError` as that does."""
    parts = open_package(content, name)
    case = _Case(parts, _stories(parts, name), found, prospect)
    why = refusals(parts, case.theirs, name)
    return why if why and _to_do(case.decisions()) else ()


@dataclass(frozen=True)
class _Case:
    """What is known of one document: its parts, the tree of their texts, its record, and what it would be today."""

    parts: Mapping[str, bytes]
    theirs: Any
    found: FoundRecord
    prospect: Prospect

    @functools.cached_property
    def fresh(self) -> Remade:
        """The document made anew."""
        return remade(self.prospect)

    @functools.cached_property
    def new(self) -> Any:
        """The tree of the texts of the document made anew."""
        return gathered(read_package(self.fresh.content))

    def decisions(self) -> tuple[Decision, ...]:
        """What becomes of each block of the document as it stands."""
        prospect, fresh = self.prospect, standings(self.new)
        return merged(self.found.record.blocks, standings(self.theirs), prospect.blocks, prospect.own, fresh)


def _brought_up(
    parts: Mapping[str, bytes], found: FoundRecord, name: str, materials: Materials, manner: Manner
) -> Regenerated:
    record = found.record
    prospect = prospect_of(record, materials, name, picture_in(parts, record))
    versions = (record.framework_version, prospect.making.library.framework.version)
    begun = Regenerated(name, Outcome.UP_TO_DATE, versions, lost=prospect.lost)
    case = _Case(parts, _stories(parts, name), found, prospect)
    if prospect.is_other_template:
        return _in_new_template(begun, case, materials)
    if not differences(record, prospect):
        return begun
    # A document whose picture is not at hand is not made anew.
    is_whole = prospect.picture is not None or not is_pictured(record)
    if manner.clean and found.handling is Handling.UNTOUCHED and is_whole:
        content = _own(case.fresh, record)
        return replace(begun, outcome=Outcome.FRESH, decisions=case.decisions(), content=content)
    return _in_their_file(begun, case, manner)


def _in_their_file(begun: Regenerated, case: _Case, manner: Manner) -> Regenerated:
    """The person's own file with what changes as tracked changes, or with its record renewed where no text changes."""
    record, is_untouched = case.found.record, case.found.handling is Handling.UNTOUCHED
    fresh, decisions = case.fresh, case.decisions()
    if not _to_do(decisions):
        noted = write_package(brought_up_to_date(case.parts, record, fresh.record, is_untouched))
        return replace(begun, outcome=Outcome.NOTED, decisions=decisions, content=noted)
    if why := refusals(case.parts, case.theirs, begun.name, manner.accepts_pending):
        raise JdgenError(why)
    if pending(case.theirs):
        accept_all(case.theirs)
        decisions = case.decisions()
    made = redlined(case.parts, case.theirs, case.new, decisions, stamp=manner.stamp, conflicts=manner.conflicts)
    updated = brought_up_to_date({**case.parts, **made.parts}, record, fresh.record, is_untouched)
    return replace(
        begun,
        outcome=Outcome.REDLINED,
        decisions=made.decisions,
        unplaced=tuple(one for one in made.decisions if one.id in made.unplaced),
        content=write_package(updated),
    )


def _stories(parts: Mapping[str, bytes], name: str) -> Any:
    try:
        return gathered(parts)
    except etree.XMLSyntaxError as error:  # refused by open_package; kept for what it lets through
        raise JdgenError(Problem(name, "is damaged", "open it in a word processor and save it anew")) from error


def _to_do(decisions: Sequence[Decision]) -> bool:
    return any(one.action in _CHANGING for one in decisions)


def _own(fresh: Remade, record: GenerationRecord) -> bytes:
    """The fresh document, under the id of the old."""
    own = replace(fresh.record, document_id=record.document_id)
    return write_package(with_record(read_package(fresh.content), own))


def _in_new_template(begun: Regenerated, case: _Case, materials: Materials) -> Regenerated:
    """A new document, and all that people have changed in the old one: a template of another shape has no place for
    it that could be found. One that nobody has touched has none of it."""
    record, prospect = case.found.record, case.prospect
    fresh = remade(prospect)
    made = replace(begun, outcome=Outcome.NEW_TEMPLATE, content=_own(fresh, record))
    is_lost = is_pictured(record) and prospect.picture is None and "picture" in prospect.making.template.fields
    picture = ("[The picture: put it into the new document.]",) if is_lost else ()
    if case.found.handling is Handling.UNTOUCHED:
        return replace(made, own=picture)
    paragraphs = standings(case.theirs)
    decisions = merged(record.blocks, paragraphs, fresh.record.blocks)
    blocks = {at for one in decisions for at in one.places}
    rest = [one for at, one in enumerate(paragraphs) if at not in blocks]
    own = texts_of_people(record, rest, (fresh.content, *in_its_own_template(prospect, record, materials)))
    return replace(made, decisions=edits_of_people(record, paragraphs, decisions), own=(*own, *picture))
