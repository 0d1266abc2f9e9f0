"""One document brought up to date: its person's file as a redline, or a fresh one where nobody has touched it."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from jdgen.errors import JdgenError, Problem
from jdgen.post.fields import PICTURES
from jdgen.record.digests import digest_of_marks, has_mark_of
from jdgen.record.model import GenerationRecord, PrintedBlock
from jdgen.record.placing import with_record
from jdgen.record.reading import FoundRecord, Handling, RecordOrigin
from jdgen.revision.decisions import CHANGES, Action, Decision, Ruling
from jdgen.revision.edited_document import EditedDocument, withdrawn_texts
from jdgen.revision.folders import find_recorded
from jdgen.revision.fresh_documents import (
    FreshDocument,
    Remade,
    differences,
    fresh_document_of,
    in_its_own_template,
    pictures_in,
    pictures_lost,
    remade,
)
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.merge import merge
from jdgen.revision.paragraphs import DocumentText, ReadParagraph
from jdgen.revision.redline.marks import Stamp
from jdgen.revision.redline.redline import Conflicts, Redlined, redline
from jdgen.revision.redline.settling import accept_all, pending, refusals
from jdgen.revision.rulings import ReleaseRulings, RuledDocument, Versions, with_rulings
from jdgen.word.file import File
from jdgen.word.opening import open_document
from jdgen.words import comparable


class RegenerationOutcome(StrEnum):
    """What has become of a document."""

    UP_TO_DATE = "up to date"
    REDLINED = "changed, as tracked changes"
    DECIDED = "changed as decided, with nothing left to settle"
    OPEN = "no tracked changes, but something to decide"
    NOTED = "none of its text changes; its record names the framework of today"
    FRESH = "made anew, since nobody had touched it"
    RESTORED = "its record put back, nothing else changed"
    NEW_TEMPLATE = "made anew in another template"


@dataclass(frozen=True)
class RegenerationSettings:
    """How documents are brought up to date.

    ``clean`` makes a document anew where nobody has touched it. ``accepts_pending`` accepts the tracked changes that a
    document has already; without it such a document is refused. ``release`` are the rulings on a release of the
    framework, which hold for the documents that it is about.
    """

    stamp: Stamp
    clean: bool = False
    conflicts: Conflicts = Conflicts.COMMENT
    accepts_pending: bool = False
    release: ReleaseRulings | None = None


@dataclass(frozen=True)
class Regenerated:
    """What became of one document. ``content`` is the new file and ``record`` the one in it; nothing where none is
    needed.

    ``unplaced`` are the new blocks for which there was no place; ``own_texts`` are those of a person's that stand in no
    printed block, told where a new template means that they have to be carried over. ``stale_lines`` are
    sentences about what no longer fits the framework, of the post and of what is added to the framework, and
    ``renamed`` about names in the post that are others now.
    ``origin`` says where the document's record was found; it is in the new file in any case. ``undecided`` says why
    rulings on a release do not hold for it, where there are any.
    """

    name: str
    outcome: RegenerationOutcome
    framework: tuple[str, str]
    decisions: tuple[Decision, ...] = ()
    unplaced: tuple[Decision, ...] = ()
    own_texts: tuple[str, ...] = ()
    stale_lines: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    content: bytes | None = None
    record: GenerationRecord | None = None
    origin: RecordOrigin = RecordOrigin.DOCUMENT
    undecided: str = ""

    @property
    def in_words(self) -> str:
        """What has become of it in words, and whether something is to be carried over."""
        has_edits = self.carry_over or self.own_texts
        return f"{self.outcome}{'; the edits of people are to be carried over' if has_edits else ''}"

    @property
    def carry_over(self) -> tuple[Decision, ...]:
        """The blocks with a person's edits, where the new file has none of them."""
        edited_texts = (decision for decision in self.decisions if decision.is_edited)
        return tuple(edited_texts) if self.outcome is RegenerationOutcome.NEW_TEMPLATE else ()

    def of(self, action: Action) -> tuple[Decision, ...]:
        """The decisions of one kind."""
        return tuple(decision for decision in self.decisions if decision.action is action)


def regenerate(content: bytes, name: str, sources: FreshSources, settings: RegenerationSettings) -> Regenerated:
    """Bring the document ``content``, called ``name`` in messages, up to date.

    Raises :class:`JdgenError` for what is no document of jdgen's, is made of what is not here, or has tracked changes
    that nobody has settled.
    """
    file = open_document(content, name)
    found_record = find_recorded(file, name, sources.records)
    result = _brought_up(file, found_record, name, sources, settings)
    if found_record.origin is RecordOrigin.WORKSPACE and result.content is None:
        restored = with_record(file, found_record.record).to_bytes()
        result = replace(result, outcome=RegenerationOutcome.RESTORED, content=restored, record=found_record.record)
    return replace(result, origin=found_record.origin)


class Foreseen(NamedTuple):
    """What would become of a document: the ``decisions`` where something of it would be printed otherwise, and why a
    release is not about it, where it is not."""

    decisions: tuple[Decision, ...] = ()
    undecided: str = ""


def foresee(content: bytes, name: str, sources: FreshSources, release: ReleaseRulings) -> Foreseen:
    """What would become of the document ``content`` by a ``release``. Raises :class:`JdgenError` as :func:`regenerate`
    does, but for what keeps it from being changed."""
    file = open_document(content, name)
    found_record = find_recorded(file, name, sources.records)
    today = fresh_document_of(found_record.record, sources, name, pictures_in(file, found_record.record))
    rulings, undecided = _release_for(found_record.record, today, release)
    case = _Case(file, found_record, today, rulings)
    if rulings is None or not differences(found_record.record, today, case.blocks):
        return Foreseen(undecided=undecided)
    return Foreseen(case.decisions(case.theirs))


def refusal_problems(file: File, name: str, found_record: FoundRecord, today: FreshDocument) -> tuple[Problem, ...]:
    """Why :func:`regenerate` would refuse the document ``file``, called ``name`` in messages, of which ``today``
    is what it would be today; nothing where it would not. Raises :class:`JdgenError` as that does."""
    if not (why := refusals(file, name)):
        return ()
    case = _Case(file, found_record, today)
    return why if any(decision.is_to_do for decision in case.decisions(case.theirs)) else ()


@dataclass(frozen=True)
class _Case:
    """What is known of one document: the file, its record, and what it would be today."""

    file: File
    found_record: FoundRecord
    today: FreshDocument
    release: ReleaseRulings | None = None

    @functools.cached_property
    def fresh(self) -> Remade:
        """The document made anew."""
        return remade(self.today)

    @functools.cached_property
    def theirs(self) -> DocumentText:
        """The text of the document."""
        return DocumentText.of(self.file)

    @functools.cached_property
    def new(self) -> DocumentText:
        """The text of the document made anew."""
        return DocumentText.when_asked(lambda: self.fresh.file)

    def decisions(self, theirs: DocumentText) -> tuple[Decision, ...]:
        """What becomes of each block of the document where ``theirs`` is its text."""
        base, paragraphs = self.found_record.record.blocks, theirs.paragraphs
        withdrawn = self.found_record.record.withdrawn
        decisions = merge(
            base,
            paragraphs,
            self.blocks(),
            self.today.own_blocks,
            self.new,
            former=self.today.former,
            withdrawn=withdrawn,
        )
        if self.release is None:
            return decisions
        specialism = self.today.sources.library.specialism.id
        return with_rulings(decisions, RuledDocument(specialism, base, paragraphs), self.release)

    def blocks(self) -> tuple[PrintedBlock, ...]:
        """The blocks of the document made anew."""
        return self.fresh.record.blocks


def _brought_up(
    file: File, found_record: FoundRecord, name: str, sources: FreshSources, settings: RegenerationSettings
) -> Regenerated:
    record = found_record.record
    today = fresh_document_of(record, sources, name, pictures_in(file, record))
    versions = (record.framework_version, today.sources.library.framework.version)
    release, undecided = _release_for(record, today, settings.release)
    unchanged = Regenerated(
        name,
        RegenerationOutcome.UP_TO_DATE,
        versions,
        stale_lines=today.stale_lines,
        renamed=today.renamed,
        undecided=undecided,
    )
    case = _Case(file, found_record, today, release)
    if today.is_other_template:
        return _in_new_template(unchanged, case, sources)
    if not differences(record, today, case.blocks):
        return unchanged
    # A document of whose pictures one is not at hand is not made anew.
    is_whole = all(picture in today.pictures for picture in PICTURES if picture in record.post)
    if settings.clean and found_record.handling is Handling.UNTOUCHED and is_whole and _are_all_taken(case):
        todays = case.fresh.record_under(record.document_id)
        regenerated = replace(unchanged, outcome=RegenerationOutcome.FRESH, decisions=case.decisions(case.theirs))
        return replace(regenerated, content=case.fresh.written_with(todays), record=todays)
    return _in_their_file(unchanged, case, settings)


def _in_their_file(unchanged: Regenerated, case: _Case, settings: RegenerationSettings) -> Regenerated:
    """The person's own file with what changes as tracked changes, or with its record renewed where no text changes."""
    decisions = case.decisions(case.theirs)
    is_untouched = case.found_record.handling is Handling.UNTOUCHED
    if not any(decision.is_to_do for decision in decisions):
        todays = _record_of_today(case, case.file, is_untouched, case.theirs, decisions)
        content = with_record(case.file, todays).to_bytes()
        return replace(
            unchanged, outcome=RegenerationOutcome.NOTED, decisions=decisions, content=content, record=todays
        )
    if why := refusals(case.file, unchanged.name, settings.accepts_pending):
        raise JdgenError(why)
    theirs = case.theirs.copied()
    # Without leave, a document that has any was refused.
    if settings.accepts_pending and pending(theirs.tree):
        accept_all(theirs.tree)
        theirs = DocumentText.in_tree(theirs.tree)
        decisions = case.decisions(theirs)
    redlined = redline(case.file, theirs, case.new, decisions, stamp=settings.stamp, conflicts=settings.conflicts)
    todays = _record_of_today(case, redlined.file, is_untouched, theirs, decisions)
    return replace(
        unchanged,
        outcome=_outcome_of(redlined),
        decisions=redlined.decisions,
        unplaced=tuple(decision for decision in redlined.decisions if decision.id in redlined.unplaced),
        content=with_record(redlined.file, todays).to_bytes(),
        record=todays,
    )


def _outcome_of(redlined: Redlined) -> RegenerationOutcome:
    """How a redline is told: where all was ruled, or somebody has edited all that it is about, nothing is tracked."""
    open_decisions = [each for each in redlined.decisions if each.is_to_do and not each.is_taken]
    are_changes = any(each.action in CHANGES and each.id not in redlined.unplaced for each in open_decisions)
    if are_changes or pending(redlined.file.stories):
        return RegenerationOutcome.REDLINED
    is_open = open_decisions or any(each.is_absent_otherwise for each in redlined.decisions)
    return RegenerationOutcome.OPEN if is_open else RegenerationOutcome.DECIDED


def _record_of_today(
    case: _Case, file: File, is_untouched: bool, theirs: DocumentText, decisions: Sequence[Decision]
) -> GenerationRecord:
    """The record of a person's document, which is now ``file`` and in which ``decisions`` were made on the text that
    was ``theirs``, under its own id.

    ``parts`` of the record says that no person's edit is in the file, so it is renewed only for a file that nobody had
    touched; else a batch would take the file for its own and replace it. Words that were kept by a ruling are what
    somebody has decided, as if the manager had rejected the change: none of them is jdgen's to replace.
    """
    old, new, paragraphs = case.found_record.record, case.fresh.record, theirs.paragraphs
    digest = digest_of_marks(file.marks) if is_untouched else old.parts
    if any(decision.is_kept for decision in decisions):
        digest = ""
    # The chart in it stays as it was drawn, whatever would be drawn today.
    chart = old.organisation_chart
    kept_texts = EditedDocument(old.blocks, paragraphs, old.withdrawn).kept_places if old.withdrawn else {}
    withdrawn = withdrawn_texts(paragraphs, decisions, new.blocks, kept_texts)
    return replace(new, document_id=old.document_id, parts=digest, organisation_chart=chart, withdrawn=withdrawn)


def _release_for(
    record: GenerationRecord, today: FreshDocument, release: ReleaseRulings | None
) -> tuple[ReleaseRulings | None, str]:
    """The rulings that hold for a document, and why those on a release do not."""
    if release is None or today.is_same:
        return None, ""
    library = today.sources.library
    versions = Versions(record.framework_version, library.framework.version)
    if release.is_about(record.framework, library.specialism.id, versions):
        return release, ""
    what = f"it is brought from '{versions.old}' to '{versions.new}' of its framework"
    return None, "" if versions.old == versions.new else f"the release is not about it: {what}"


def _are_all_taken(case: _Case) -> bool:
    """Whether nobody has ruled that a change is not simply to be made."""
    return case.release is None or all(
        decision.ruling is Ruling.TAKE for decision in case.decisions(case.theirs) if decision.ruling is not None
    )


def _in_new_template(unchanged: Regenerated, case: _Case, sources: FreshSources) -> Regenerated:
    """A new document, and all that people have changed in the old one: a template of another shape has no place for
    it that could be found. One that nobody has touched has none of it."""
    record, today = case.found_record.record, case.today
    if case.release and any(decision.is_kept for decision in case.decisions(case.theirs)):
        what = "would be made anew in another template, and lose what was decided to be kept"
        right = "put the template that it was made with back, or bring it into the new one without --decisions first"
        raise JdgenError(Problem(unchanged.name, what, right))
    fresh = case.fresh
    todays = fresh.record_under(record.document_id)
    content = fresh.written_with(todays)
    regenerated = replace(unchanged, outcome=RegenerationOutcome.NEW_TEMPLATE, content=content, record=todays)
    lost_pictures = pictures_lost(case.file, record, today.sources.template.printed_fields)
    pictures = tuple(f"[The {name.replace('_', ' ')}: put it into the new document.]" for name in lost_pictures)
    if case.found_record.handling is Handling.UNTOUCHED:
        return replace(regenerated, own_texts=pictures)
    paragraphs = case.theirs.paragraphs
    # Only what people did to the printed texts is asked. What a post itself words stands in the new document anyway;
    # where its blocks stand, and under which headings, tells nothing of a document of another shape.
    decisions = merge(record.blocks, paragraphs, fresh.record.blocks)
    blocks = {at for decision in decisions for at in decision.places}
    rest = [paragraph for at, paragraph in enumerate(paragraphs) if at not in blocks]
    documents = (fresh, *in_its_own_template(today, record, sources))
    own_texts = _texts_of_people(record, rest, (DocumentText.of(each.file) for each in documents))
    return replace(
        regenerated, decisions=_edits_of_people(record, paragraphs, decisions), own_texts=(*own_texts, *pictures)
    )


# What people wrote in a document, to be carried over where it is made anew in another template.
#
# A document holds more than what jdgen printed from data: the template's own words, and lines that are printed without
# a block. Nobody wrote these, so they are told from what people wrote: by the marks in the record, by what the old
# template prints where it is at hand, and by what the new one prints.


def _edits_of_people(
    record: GenerationRecord, paragraphs: Sequence[ReadParagraph], decisions: Iterable[Decision]
) -> tuple[Decision, ...]:
    """Those of ``decisions`` about a text that somebody changed or took out. A text that stands in the document as
    often as it was printed is none, whichever of several alike it was matched with."""
    fewer = Counter(comparable(block.text) for block in record.blocks)
    fewer.subtract(comparable(paragraph.text) for paragraph in paragraphs)
    return tuple(decision for decision in decisions if decision.is_edited and fewer[comparable(decision.base)] > 0)


def _texts_of_people(
    record: GenerationRecord, paragraphs: Iterable[ReadParagraph], documents: Iterable[DocumentText]
) -> tuple[str, ...]:
    """The texts of those of ``paragraphs`` that no block was found in and that are nobody else's: not printed, not the
    template's own, and in none of ``documents``, which are made of the same post."""
    nobodys = {comparable(block.text) for block in record.blocks}
    for document in documents:
        nobodys |= {comparable(text) for paragraph in document.paragraphs for text in _texts_of(paragraph)}
    return tuple(
        paragraph.visible_text or paragraph.text
        for paragraph in paragraphs
        # What only a field shows, as a line of a table of contents, is said elsewhere.
        if comparable(paragraph.text)
        and not any(
            comparable(text) in nobodys or has_mark_of(record.template_texts, text) for text in _texts_of(paragraph)
        )
    )


def _texts_of(paragraph: ReadParagraph) -> tuple[str, str]:
    """What a paragraph says, without what its fields show and with it."""
    return paragraph.text, paragraph.visible_text or paragraph.text
