"""One document brought up to date: its person's file as a redline, or a fresh one where nobody has touched it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lxml import etree

from jdgen.errors import JdgenError, Problem
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import Handling
from jdgen.record.text import normalised
from jdgen.revision.materials import Materials
from jdgen.revision.merge import Action, Decision, merged
from jdgen.revision.pictured import is_pictured, picture_in
from jdgen.revision.reading import recorded
from jdgen.revision.recording import brought_up_to_date, with_record
from jdgen.revision.redline.carrying_out import BODY, Conflicts, redlined
from jdgen.revision.redline.marks import Stamp
from jdgen.revision.redline.settling import accept_all, pending
from jdgen.revision.remaking import Prospect, Remade, differences, prospect_of, remade
from jdgen.revision.standing import Standing, paragraphs_of, standing, text_of
from jdgen.revision.unrecorded import unrecorded_decisions
from jdgen.word_file.package import open_package, read_package, write_package
from jdgen.word_file.parsing import parsed


class Outcome(StrEnum):
    """What has become of a document."""

    UP_TO_DATE = "up to date"
    REDLINED = "changed, as tracked changes"
    NOTED = "none of its text changes; its record names the framework of today"
    FRESH = "made anew, since nobody had touched it"
    NEW_TEMPLATE = "made anew in another template; the edits of people are to be carried over"


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
    printed block, told where a new template means that they have to be carried over.
    """

    name: str
    outcome: Outcome
    framework: tuple[str, str]
    decisions: tuple[Decision, ...] = ()
    unplaced: tuple[Decision, ...] = ()
    own: tuple[str, ...] = ()
    content: bytes | None = None

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
    found = recorded(content, name)
    record, handling = found.record, found.handling
    prospect = prospect_of(record, materials, name, picture_in(parts, record))
    versions = (record.framework_version, prospect.making.library.framework.version)
    theirs = _body(parts, name)
    if prospect.is_other_template:
        return _in_new_template(name, versions, record, prospect, paragraphs_of(theirs))
    if not differences(record, prospect):
        return Regenerated(name, Outcome.UP_TO_DATE, versions)
    fresh = remade(prospect)
    # A document whose picture is not at hand is not made anew.
    if manner.clean and handling is Handling.UNTOUCHED and (prospect.picture or not is_pictured(record)):
        decisions = merged(record.blocks, _standing(theirs), prospect.blocks)
        return Regenerated(name, Outcome.FRESH, versions, decisions, content=_own(fresh, record))
    body = parsed(read_package(fresh.content)[BODY])
    old = _as_printed(record, prospect, materials, name)
    decisions = _decisions(record, prospect, theirs, old, body)
    is_untouched = handling is Handling.UNTOUCHED
    if not _to_do(decisions):
        noted = brought_up_to_date(parts, record, fresh.record, is_untouched)
        return Regenerated(name, Outcome.NOTED, versions, decisions, content=write_package(noted))
    if _settled(theirs, name, manner):
        decisions = _decisions(record, prospect, theirs, old, body)
    made = redlined(parts, theirs, body, decisions, stamp=manner.stamp, conflicts=manner.conflicts)
    updated = brought_up_to_date({**parts, **made.parts}, record, fresh.record, is_untouched)
    unplaced = tuple(one for one in made.decisions if one.id in made.unplaced)
    return Regenerated(name, Outcome.REDLINED, versions, made.decisions, unplaced, content=write_package(updated))


def _decisions(record: GenerationRecord, prospect: Prospect, theirs: Any, old: Any, fresh: Any) -> tuple[Decision, ...]:
    """What becomes of each block, and of each paragraph that prints data among other words: ``old`` is the main part of
    the document as it was printed, as far as that can be made, and ``fresh`` as it is printed today."""
    paragraphs = _standing(theirs)
    decisions = merged(record.blocks, paragraphs, prospect.blocks)
    taken = [at for one in decisions for at in one.places]
    return (*decisions, *unrecorded_decisions(old, paragraphs, fresh, taken))


def _body(parts: Mapping[str, bytes], name: str) -> Any:
    try:
        return parsed(parts[BODY])
    except etree.XMLSyntaxError as error:  # refused by open_package; kept for what it lets through
        raise JdgenError(Problem(name, "is damaged", "open it in a word processor and save it anew")) from error


def _standing(tree: Any) -> list[Standing]:
    return [standing(one) for one in paragraphs_of(tree)]


def _as_printed(record: GenerationRecord, prospect: Prospect, materials: Materials, name: str) -> Any:
    """The main part of the document as it was printed, where it can be made once more as the record says; else as it
    would be printed today if the framework had the edition that the record names."""
    if (earlier := materials.as_recorded(record)) is not None:
        try:
            old = remade(prospect_of(record, earlier, name, prospect.picture))
        except JdgenError:  # the rest of the workspace goes with the newer framework only
            pass
        else:
            if old.record.blocks == record.blocks:
                return parsed(read_package(old.content)[BODY])
    renamed = replace(prospect, making=materials.under_edition(prospect.making, record.framework_version))
    return parsed(read_package(remade(renamed).content)[BODY])


def _to_do(decisions: Sequence[Decision]) -> bool:
    return any(one.action in _CHANGING for one in decisions)


def _settled(theirs: Any, name: str, manner: Manner) -> bool:
    """Accept the tracked changes that the document has, if that is wanted; whether there were any."""
    count = pending(theirs)
    if count and not manner.accepts_pending:
        what = f"has {count} tracked changes that nobody has accepted or rejected"
        raise JdgenError(Problem(name, what, "settle them in Word first, or use --accept-pending to accept them all"))
    if count:
        accept_all(theirs)
    return count > 0


def _own(fresh: Remade, record: GenerationRecord) -> bytes:
    """The fresh document, under the id of the old."""
    own = replace(fresh.record, document_id=record.document_id)
    return write_package(with_record(read_package(fresh.content), own))


def _in_new_template(
    name: str, versions: tuple[str, str], record: GenerationRecord, prospect: Prospect, paragraphs: Sequence[Any]
) -> Regenerated:
    """A new document, and all that people have changed in the old one: a template of another shape has no place for
    it that could be found."""
    fresh = remade(prospect)
    decisions = merged(record.blocks, list(map(standing, paragraphs)), fresh.record.blocks)
    found = {at for one in decisions for at in one.places}
    printed = {normalised(text_of(one)) for one in paragraphs_of(parsed(read_package(fresh.content)[BODY]))}
    texts = [text_of(one) for at, one in enumerate(paragraphs) if at not in found]
    own = tuple(text for text in texts if normalised(text) and normalised(text) not in printed)
    shows_picture = prospect.picture is not None and "picture" in prospect.making.template.fields
    if is_pictured(record) and not shows_picture:
        own = (*own, "[The picture: put it into the new document.]")
    edits = tuple(one for one in decisions if one.is_edited)
    return Regenerated(name, Outcome.NEW_TEMPLATE, versions, edits, own=own, content=_own(fresh, record))
