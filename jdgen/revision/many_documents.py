"""Many documents brought up to date, and written to a folder of their own: the files of people stay as they are.

A run can be taken up again by the same command: what is written already is left alone, and so is a redline that
somebody has begun to settle.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from docx import Document

from jdgen.document.own_files import OwnFiles, holds
from jdgen.document.replacing import Condition, FileKind, Permissions, condition_of_document, refusal
from jdgen.errors import JdgenError, Problem, refuse
from jdgen.files import FileState, FolderGoneError, NoMoreFilesError, content_of, prepare_within, save, state_of
from jdgen.harmless import harmless
from jdgen.leftovers import remove_leftovers
from jdgen.record.digests import PROPERTIES
from jdgen.record.keeping import Keeper
from jdgen.record.placing import kept_properties
from jdgen.record.reading import record_of
from jdgen.record.untouched import RecordCopy, copy_in, copy_of
from jdgen.revision.decisions import Action
from jdgen.revision.folders import WordFile, word_files
from jdgen.revision.fresh_sources import FreshSources, death_over, look_at_each
from jdgen.revision.regeneration import Regenerated, RegenerationOutcome, RegenerationSettings, regenerate
from jdgen.system.processes import interrupts_held, usable_cores
from jdgen.system.windows_paths import place_problem
from jdgen.word.file import File
from jdgen.workspace import is_folder

# What is to become of documents, made out by this process or by several. Nothing is written meanwhile.

#: Documents below which starting processes takes longer than they save, and how many one is handed at a time.
WORTH_IT, CHUNK = 40, 8


class Proposal(NamedTuple):
    """The file that a document was ``before``, and what is to become of it, with a copy of the record in what is made
    of it; or the problems for which nothing is made."""

    before: bytes = b""
    result: Regenerated | None = None
    copy: RecordCopy | None = None
    problems: tuple[Problem, ...] = ()


def _proposal(file: WordFile, sources: FreshSources, settings: RegenerationSettings) -> Proposal:
    if file.problem is not None:
        return Proposal(problems=(file.problem,))
    try:
        content = content_of(file.path)
        result = regenerate(content, str(file.path), sources, settings)
    except JdgenError as error:
        return Proposal(problems=error.problems)
    # What nobody asks for any more is not handed from process to process, or held: of most blocks there is nothing to
    # tell.
    copy, result = _copy(result), replace(result, record=None)
    if result.outcome is not RegenerationOutcome.NEW_TEMPLATE:
        decisions = tuple(
            decision for decision in result.decisions if decision.action is not Action.KEEP or decision.ruling
        )
        result = replace(result, decisions=decisions)
    return Proposal(content, result, copy)


def _copy(result: Regenerated) -> RecordCopy | None:
    """A copy of the record in a document that is made: of that in the file, where it lies in jdgen's own place."""
    if result.content is None or result.record is None:
        return None
    return copy_in(result.content, result.record.document_id) or copy_of(result.record)


def proposals(
    files: Sequence[WordFile], sources: FreshSources, settings: RegenerationSettings, jobs: int | None
) -> Generator[Proposal]:
    """What is to become of each of ``files``, in order; nothing is written. It is made out by ``jobs`` processes, where
    there are enough files for several, or as many as there are processors."""
    jobs = min(jobs or usable_cores(), len(files) // CHUNK) if len(files) > WORTH_IT else 1
    return look_at_each(_proposal, files, sources, settings, look_over_death=_proposal_of_lost, jobs=jobs, chunk=CHUNK)


def _proposal_of_lost(file: WordFile) -> Proposal:
    return Proposal(problems=(death_over(file.path, "brought it up to date"),))


_ELSEWHERE = "choose another folder for --output"
_REDLINE = FileKind(f"settle it, move it away, or {_ELSEWHERE}", _ELSEWHERE)
_DATE = re.compile(rb'w:date="[^"]*"')


class Placement(StrEnum):
    """What is to be said of the file that a document was brought up to date in."""

    WRITTEN = "written"
    SAME = "there already, and the same"
    SETTLING = "kept as it is there, since somebody has begun to settle it"


@dataclass(frozen=True)
class Renewed:
    """What became of one file: what was made of it and where that is, or the problems for which nothing was made."""

    source: Path
    result: Regenerated | None = None
    target: Path | None = None
    leftovers: Path | None = None
    problems: tuple[Problem, ...] = ()
    placement: Placement = Placement.WRITTEN


class _Output(NamedTuple):
    """A file that is to be written, and the state of what stands there."""

    path: Path
    content: bytes
    there: FileState | None


@dataclass(frozen=True)
class Renewal:
    """How documents are brought up to date, and into which folder; what may be written over there."""

    sources: FreshSources
    settings: RegenerationSettings
    folder: Path
    keeper: Keeper
    own_files: OwnFiles
    permissions: Permissions

    def bring_up_to_date(
        self, files: Sequence[WordFile], hear: Callable[[Renewed], None], jobs: int | None = None
    ) -> None:
        """Bring ``files`` up to date, one after the other, under their own names; copies of their new records are kept.
        ``hear`` is called with each before the run can be interrupted: no file is written that nobody hears of. It is
        this process that writes; what is to be written is made out by ``jobs`` of them, or by as many as there are
        processors.

        One that cannot be is told, and does not stop the others. Raises :class:`NoMoreFilesError` where none that
        follows can be written either.
        """
        self._remove_leftovers(files)
        is_there = is_folder(self.folder)
        with closing(proposals(files, self.sources, self.settings, jobs)) as each_proposal:
            for file, proposal in zip(files, each_proposal, strict=True):
                with ExitStack() as whole:
                    renewed = self._renewed(file, proposal, is_there, whole)
                    hear(renewed)
                is_there = is_there or renewed.target is not None

    def _remove_leftovers(self, files: Sequence[WordFile]) -> None:
        for folder in {self.folder, *((self.folder / file.relative).parent for file in files)}:
            remove_leftovers(folder)

    def _refuse_gone(self, was_there: bool) -> None:
        """Raise :class:`FolderGoneError` where the folder that files were written to is there no more."""
        if was_there and not is_folder(self.folder):
            raise FolderGoneError(self.folder)

    def _renewed(self, file: WordFile, proposal: Proposal, is_there: bool, whole: ExitStack) -> Renewed:
        self._refuse_gone(is_there)
        result = proposal.result
        if result is None or result.content is None:
            return Renewed(file.path, result, problems=proposal.problems)
        try:
            renewed = self._place(file, proposal.before, result, is_there, whole)
            self.keeper.keep(proposal.copy)
            return renewed
        except NoMoreFilesError:
            raise
        except JdgenError as error:
            return Renewed(file.path, problems=error.problems)

    def _place(self, file: WordFile, before: bytes, result: Regenerated, is_there: bool, whole: ExitStack) -> Renewed:
        """Write what was made, unless it is there; from then on nothing interrupts before ``whole`` ends. Where the
        folder ``is_there``, it is not made again, at whatever moment somebody removes it."""
        assert result.content is not None, "there is something to write"
        target = self.folder / file.relative
        rest = left_over_file(result)
        beside = target.with_name(f"{target.stem}-unplaced{target.suffix}")
        output = _Output(target, result.content, state_of(target))
        placement = self._placement(output, before)
        # What is left over first: a document is never there without it.
        outputs = [_Output(beside, rest, state_of(beside))] if rest is not None else []
        outputs += [output] if placement is Placement.WRITTEN else []
        outputs = [each for each in outputs if not holds(each.path, each.content)]
        if placement is Placement.WRITTEN:
            refuse(self._refusal(each, before, result) for each in outputs)
        else:
            outputs = [each for each in outputs if not each.path.exists()]
        whole.enter_context(interrupts_held())
        if is_there and outputs:
            prepare_within(self.folder, target.parent)
        for each in outputs:
            save(each.content, each.path, overwrite=self.permissions.overwrite and each.there, prepared=is_there)
            self.own_files.note(each.content)
        # The file is on the disk; thousands of them need not stay in memory.
        held_result = replace(result, content=None)
        return Renewed(file.path, held_result, target, beside if rest is not None else None, placement=placement)

    def _placement(self, output: _Output, before: bytes) -> Placement:
        """Whether the document is there already, and in whose hands."""
        try:
            there = content_of(output.path)
        except JdgenError:
            return Placement.WRITTEN
        if there == output.content:
            self.own_files.note(there)
            return Placement.SAME
        if self.permissions.overwrite or there == before:
            return Placement.WRITTEN
        if _differ_in_dates(there, output.content):
            self.own_files.note(there)
            return Placement.SAME
        return Placement.SETTLING if not self.own_files.has(there) and _is_of_same(there, output) else Placement.WRITTEN

    def _refusal(self, output: _Output, before: bytes, result: Regenerated) -> Problem | None:
        """Why the file must not be written."""
        path = output.path
        try:
            there = content_of(path)
        except JdgenError:
            return refusal(path, self.own_files.condition(path), self.permissions, _REDLINE)
        if there == before:
            return self._refusal_of_itself(path, result)
        is_as_written = self.own_files.has(there) or _differ_in_dates(there, output.content)
        condition = Condition.UNTOUCHED if is_as_written else condition_of_document(path)
        return refusal(path, condition, self.permissions, _REDLINE)

    def _refusal_of_itself(self, path: Path, result: Regenerated) -> Problem | None:
        """Why a document must not be written over itself. A redline of it holds all that it held."""
        if result.outcome is not RegenerationOutcome.NEW_TEMPLATE:
            what = "is the document itself"
            right = "choose another folder for --output, or write over it with --overwrite: rejecting all gives it back"
            return None if self.permissions.overwrite else Problem(str(path), what, right)
        return refusal(path, condition_of_document(path), self.permissions, _REDLINE)


def files_of(places: Sequence[Path], folder: Path) -> tuple[WordFile, ...]:
    """The documents of ``places`` that are to be brought up to date in ``folder``.

    Raises :class:`JdgenError` for places that are not there or hold none, and for files that would be written twice, or
    to where this system has no file.
    """
    files = word_files(places)
    if not any(place.resolve() == folder.resolve() for place in places):
        # What an earlier run wrote into a folder within is nobody's document; one that is named by itself is.
        files = tuple(file for file in files if file.is_named or not _is_within(file.path, folder))
    if not files:
        what = "everything in it lies in the folder that is written to"
        raise JdgenError(Problem(str(place), what, _ELSEWHERE) for place in places)
    _refuse_twice(files, folder)
    refuse(place_problem(folder / file.relative) for file in files)
    return files


def report_unreached(files: Sequence[WordFile]) -> Iterator[Renewed]:
    """What is to be said of files that a run did not come to, the first of which it may have been at."""
    for number, file in enumerate(files):
        what = "was not looked at, since the run was stopped" if number else "was not finished: the run was stopped"
        yield Renewed(file.path, problems=(Problem(str(file.path), what, "run the same command again"),))


def _is_within(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _is_of_same(there: bytes, output: _Output) -> bool:
    """Whether a file was made of the same as the one that is to be written, whatever was done to it since."""
    old, new = record_of(there)[0], record_of(output.content)[0]
    return old is not None and new is not None and (old.document_id, old.inputs) == (new.document_id, new.inputs)


def _differ_in_dates(there: bytes, new: bytes) -> bool:
    """Whether two files have all but the days of their tracked changes in common: a run may be taken up on another
    day. The record is the same then, but for the digest of the parts that hold them."""
    old_record, new_record = record_of(there)[0], record_of(new)[0]
    if old_record is None or new_record is None or replace(old_record, parts="") != replace(new_record, parts=""):
        return False
    return _but_for_dates(there) == _but_for_dates(new)


def _but_for_dates(content: bytes) -> tuple[dict[str, bytes], object]:
    file = File.read(content)  # a record was found in it, so that it can be read
    record_parts = {name for name in file if name == PROPERTIES or name.startswith("customXml/")}
    undated_parts = {name: _DATE.sub(b"", file.content(name)) for name in file if name not in record_parts}
    return undated_parts, kept_properties(file)


def _refuse_twice(files: Sequence[WordFile], folder: Path) -> None:
    # Some file systems hold capital and small letters for the same.
    count = Counter(str(file.relative).casefold() for file in files)
    problems = [
        Problem(
            str(file.path),
            f"would be written to {folder / file.relative}, as another would",
            "name one folder at a time",
        )
        for file in files
        if count[str(file.relative).casefold()] > 1
    ]
    if problems:
        raise JdgenError(problems)


# A Word file of what could not be put into a document, so that nothing of it is lost.

_UNPLACED = "New texts for which there was no place"
_EDITED_HEADING = "Texts that somebody has changed"
_OWN_HEADING = "Texts of somebody's own"


def left_over_file(result: Regenerated) -> bytes | None:
    """The file, or nothing where everything is in the document: new texts without a place, and, where the document was
    made anew in another template, what people had written in the old one."""
    sections = list(_sections(result))
    if not sections:
        return None
    document = Document()
    title = f"Left over from {harmless(result.name)}"
    document.core_properties.title = title
    document.add_heading(title, 1)
    for heading, texts in sections:
        document.add_heading(heading, 2)
        for text in texts:
            document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    file, styles = File.read(stream.getvalue()), "word/styles.xml"
    return file.with_parts({styles: file.content(styles).replace(b"en-US", b"en-GB")}).to_bytes()


def _sections(result: Regenerated) -> Iterator[tuple[str, list[str]]]:
    if result.unplaced:
        yield _UNPLACED, [decision.new for decision in result.unplaced]
    if result.carry_over:
        yield (
            _EDITED_HEADING,
            [text for decision in result.carry_over for text in _versions(decision.theirs, decision.base)],
        )
    if result.own_texts:
        yield _OWN_HEADING, list(result.own_texts)


def _versions(theirs: str, base: str) -> tuple[str, str]:
    return (theirs or "[taken out]", f"(It was printed as: {base})")
