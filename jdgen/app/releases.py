"""A release of a framework, looked at once for all documents that it reaches, and decided on in a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from jdgen.app.statuses import subjects_in
from jdgen.document.annotating import copy_problem
from jdgen.document.names import refuse_other_names
from jdgen.document.own_files import write
from jdgen.document.replacing import Permissions
from jdgen.drafting.frameworks_here import load_two_versions
from jdgen.drafting.review import Subjects
from jdgen.errors import JdgenError, Problem, gather
from jdgen.files import content_of, save
from jdgen.framework.comparison import Comparison, StatementChange, compare
from jdgen.framework.comparison_page import comparison_page
from jdgen.framework.model import Framework
from jdgen.page.reading_room import NO_ROOM, ChangedText, Review, ReviewedDocument, fitting, reading_room
from jdgen.reports.html_page import escape, table
from jdgen.revision.decisions_file import decisions_text, with_added
from jdgen.revision.folders import WordFile, word_files
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.many_documents import Renewed, proposals
from jdgen.revision.ranking import RankedRenewal, rank
from jdgen.revision.redline.marks import Stamp
from jdgen.revision.regeneration import Regenerated, RegenerationSettings
from jdgen.revision.rulings import Reach, ReleaseChange, ReleaseRulings, release_of
from jdgen.revision.status import DocumentReach, reach_by_change, reaches
from jdgen.words import decode, quantity
from jdgen.workspace import Workspace, is_file, is_folder

__all__ = [
    "Comparison",
    "DocumentReach",
    "Reach",
    "ReleaseChange",
    "ReleaseRulings",
    "ReleaseSurvey",
    "SavedDecisions",
    "SavedReview",
    "Stamp",
    "StatementChange",
    "save_decisions",
    "save_page",
    "save_review",
    "survey_release",
]


@dataclass(frozen=True)
class ReleaseSurvey:
    """A release held against documents: what differs between the two versions, the changes to decide on, what it
    changes of each document, which are ``files``, and the documents that each change reaches."""

    comparison: Comparison
    release: ReleaseRulings
    files: tuple[WordFile, ...]
    documents: tuple[DocumentReach, ...]
    reach: Mapping[str, Reach]

    def reach_of(self, change: str) -> Reach:
        """The documents that a change reaches, by its id."""
        return self.reach.get(change, Reach())

    @property
    def not_about(self) -> Mapping[str, int]:
        """Why the release is not about documents, each with how many of them there are."""
        return Counter(document.undecided for document in self.documents if document.undecided)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps documents from being looked at."""
        return tuple(problem for document in self.documents for problem in document.problems)


class _ReleaseTargets(NamedTuple):
    versions: tuple[Framework, Framework]
    files: Sequence[WordFile]


def survey_release(
    old: Path, new: Path, places: Sequence[Path], workspace: Workspace, jobs: int | None
) -> ReleaseSurvey:
    """Hold the release from the framework ``old`` to ``new`` against the documents in ``places``.

    Raises :class:`JdgenError` with all that is wrong with what is named.
    """
    loaders: tuple[Callable[[], object], ...] = (
        partial(load_two_versions, old, new, workspace),
        partial(word_files, places),
    )
    (before, after), files = _ReleaseTargets(*gather(loaders))  # type: ignore[arg-type]  # each loader has its type, in this order
    if before.id != after.id:
        what = f"is of the framework '{after.id}', where OLD is of '{before.id}'"
        raise JdgenError(Problem(str(new), what, "name two versions of one framework"))
    comparison = compare(before, after)
    release = release_of(comparison)
    # As `jdgen regenerate` passes over the copies that were made to be read.
    files = tuple(file for file in files if file.is_named or copy_problem(file.path) is None)
    documents = tuple(reaches(files, workspace, after, release, jobs))
    return ReleaseSurvey(comparison, release, files, documents, reach_by_change(documents))


@dataclass(frozen=True)
class SavedDecisions:
    """What was done to a file of decisions: how many changes are ``additions`` to it, whether it is new, and what is to
    be said of decisions that no longer fit."""

    additions: int
    is_new: bool
    problems: tuple[Problem, ...] = ()


def save_decisions(survey: ReleaseSurvey, path: Path) -> SavedDecisions:
    """Write the file of decisions, or add to the one that is there what it does not speak of: what somebody has written
    stays as it is. Raises :class:`JdgenError` for a file that is about something else."""
    release, reach = survey.release, survey.reach
    if not is_file(path) and not is_folder(path):
        save(decisions_text(release, reach).encode(), path, overwrite=False)
        return SavedDecisions(len(release.changes), is_new=True)
    addition = with_added(content_of(path), str(path), release, reach)
    if addition.count:
        save(addition.content, path, overwrite=True)
    return SavedDecisions(addition.count, is_new=False, problems=addition.problems)


def save_page(survey: ReleaseSurvey, path: Path, workspace: Workspace, permissions: Permissions) -> None:
    """Write the release as a page for a browser."""
    page = comparison_page(
        survey.comparison,
        beginning=_overview(survey),
        beneath=lambda change: _beneath(survey.reach_of(change.passage.id)),
    )
    write([(path, page.encode())], workspace, permissions)


def _overview(survey: ReleaseSurvey) -> str:
    reasons = (f"{quantity(count, 'document')}: {why}" for why, count in survey.not_about.items())
    problems = map(str, survey.problems)
    lines = "".join(f"<li>{escape(line)}</li>\n" for line in (*reasons, *problems))
    rows = [_row(change, survey.reach_of(change.id)) for change in survey.release.changes]
    headings = ("Change", "Heading", "What has changed", "Documents", "Edited there")
    caption = f"Each change, how many of {quantity(len(survey.documents), 'document')} it reaches, and in how many of "
    caption += "them somebody has edited what it is about"
    return (f"<ul>\n{lines}</ul>\n" if lines else "") + table(caption, headings, rows)


def _row(change: ReleaseChange, reach: Reach) -> list[str]:
    return [change.id, change.heading, change.what, str(len(reach.documents)), str(len(reach.edited_documents))]


def _beneath(reach: Reach) -> str:
    edits = _path_list(f"Edited there in {quantity(len(reach.edited_documents), 'document')}:", reach.edited_documents)
    return f"<p>Reaches {quantity(len(reach.documents), 'document')}.</p>\n{edits}"


def _path_list(title: str, paths: Iterable[str]) -> str:
    entries = "".join(f"<li>{escape(path)}</li>\n" for path in paths)
    return f"<p>{escape(title)}</p>\n<ul>\n{entries}</ul>\n" if entries else ""


# The reading room: the release with the redlines of its documents, to be decided on in a browser.


class SavedReview(NamedTuple):
    """The size of a reading room in bytes, and how many redlines are in it: ``unfitting`` more did not fit, and of some
    documents there can be none, for the ``problems`` that are told."""

    size: int
    redlines: int
    unfitting: int
    problems: tuple[Problem, ...]


def save_review(
    survey: ReleaseSurvey,
    path: Path,
    workspace: Workspace,
    permissions: Permissions,
    *,
    stamp: Stamp,
    decisions: Path | None = None,
    jobs: int | None = None,
) -> SavedReview:
    """Write a page in which people decide on the release, with the redline of each document that it changes.

    What is in the file ``decisions`` is decided there already. Tracked changes have ``stamp``. Raises
    :class:`JdgenError` for a file that is about something else, and where ``path`` cannot be written.
    """
    refuse_other_names(path, "a page", ".html", ".htm")
    new = survey.comparison.new
    renewals = _proposals(survey, FreshSources(workspace, new), stamp, jobs)
    review = Review(
        title=new.title,
        release=survey.release,
        reach=survey.reach,
        words={change.passage.id: change.words for change in survey.comparison.changes},
        documents=fitting(_reviewed_documents(survey, renewals, subjects_in(workspace, new))),
        decisions=decisions_text(survey.release, survey.reach),
        name=decisions.name if decisions else "decisions.yaml",
        own_decisions=decode(content_of(decisions), str(decisions)) if decisions else "",
    )
    content = reading_room(review).encode()
    write([(path, content)], workspace, permissions)
    documents = review.documents
    refusals = (problem for renewal in renewals for problem in renewal.problems)
    redlines = sum(document.redline is not None for document in documents)
    return SavedReview(len(content), redlines, sum(document.why == NO_ROOM for document in documents), tuple(refusals))


class _DocumentRenewal(NamedTuple):
    """What is to become of a document, in the order in which people look at it, and what is made of it."""

    ranked: RankedRenewal
    result: Regenerated | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps it from being changed."""
        return self.ranked.renewed.problems


def _proposals(survey: ReleaseSurvey, sources: FreshSources, stamp: Stamp, jobs: int | None) -> list[_DocumentRenewal]:
    """What is to become of each document that the release changes."""
    changed_paths = {document.path for document in survey.documents if document.changes}
    files = [file for file in survey.files if str(file.path) in changed_paths]
    results = proposals(files, sources, RegenerationSettings(stamp, release=survey.release), jobs)
    return [
        _DocumentRenewal(rank(Renewed(file.path, result.result, problems=result.problems)), result.result)
        for file, result in zip(files, results, strict=True)
    ]


def _reviewed_documents(
    survey: ReleaseSurvey, renewals: Iterable[_DocumentRenewal], subjects: Subjects
) -> list[ReviewedDocument]:
    """The documents that the release changes, the most urgent first, and then those of which nothing can be told."""
    reaches_of = {document.path: document for document in survey.documents}
    in_order = sorted(renewals, key=lambda renewal: [-part for part in renewal.ranked.urgency])
    documents = (_reviewed_document(reaches_of[str(each.ranked.renewed.source)], each, subjects) for each in in_order)
    unread = (document for document in survey.documents if document.problems)
    return [
        *documents,
        *(ReviewedDocument(document.path, why="; ".join(map(_in_words, document.problems))) for document in unread),
    ]


def _reviewed_document(reach: DocumentReach, renewal: _DocumentRenewal, subjects: Subjects) -> ReviewedDocument:
    decisions = (*renewal.ranked.to_decide, *renewal.ranked.absent, *renewal.ranked.changes)
    texts = [
        ChangedText(
            decision.in_words,
            subjects.block(decision.id),
            decision.base,
            decision.theirs,
            decision.new,
            decision.changes,
        )
        for decision in decisions
    ]
    unplaced = (ChangedText("has no place in the document", "", "", "", text) for text in renewal.ranked.leftover_texts)
    return ReviewedDocument(
        reach.path,
        changes=tuple(sorted(reach.changes)),
        edited_changes=tuple(sorted(reach.edited_changes)),
        texts=(*texts, *unplaced),
        redline=renewal.result.content if renewal.result else None,
        why="; ".join(map(_in_words, renewal.problems)),
    )


def _in_words(problem: Problem) -> str:
    return f"{problem.what}: {problem.right}"
