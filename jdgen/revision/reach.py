"""Which documents each change of a release reaches, and in which of them somebody has edited what it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jdgen.errors import JdgenError, Problem
from jdgen.files import content_of
from jdgen.framework.model import Framework
from jdgen.processes import Processes, ready_for_parent, usable_cores
from jdgen.record.finding import missing
from jdgen.revision.folders import WordFile
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.regeneration import foresee
from jdgen.revision.rulings import Reach, ReleaseRulings
from jdgen.workspace import Workspace

#: Documents below which starting processes takes longer than they save, and how many one is handed at a time.
WORTH_IT, CHUNK = 60, 16


@dataclass(frozen=True)
class DocumentReach:
    """What a release changes of one document: the ids of the ``changes`` by which it is printed otherwise, and of those
    where somebody has ``edited`` what they are about. ``undecided`` says why the release is not about the document,
    ``problems`` why nothing can be told of it; one that jdgen did not make is foreign."""

    path: str
    changes: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()
    undecided: str = ""
    problems: tuple[Problem, ...] = ()
    is_foreign: bool = False


def reach_by_change(documents: Sequence[DocumentReach]) -> Mapping[str, Reach]:
    """The documents that each change reaches, by its id."""
    ids = {change for document in documents for change in document.changes}
    return {
        change: Reach(
            tuple(one.path for one in documents if change in one.changes),
            tuple(one.path for one in documents if change in one.edited),
        )
        for change in ids
    }


def reach_of(file: WordFile, sources: FreshSources, release: ReleaseRulings) -> DocumentReach:
    """What a release changes of one document. Nothing about it raises."""
    name = str(file.path)
    if file.problem is not None:
        return DocumentReach(name, problems=(file.problem,))
    try:
        foreseen = foresee(content_of(file.path), name, sources, release)
    except JdgenError as error:
        is_foreign = error.problems == (missing(name),)
        return DocumentReach(name, problems=() if is_foreign else error.problems, is_foreign=is_foreign)
    changes = frozenset(change for one in foreseen.decisions for change in one.changes)
    edited = frozenset(change for one in foreseen.decisions if one.is_edited for change in one.changes)
    return DocumentReach(name, changes, edited, foreseen.undecided)


def reaches(
    files: Sequence[WordFile],
    workspace: Workspace,
    framework: Framework,
    release: ReleaseRulings,
    jobs: int | None = None,
) -> Iterator[DocumentReach]:
    """What a release that leads to ``framework`` changes of each of ``files``, in order: found by ``jobs`` processes
    where there are many, or by as many as there are processors."""
    jobs = min(jobs or usable_cores(), len(files) // CHUNK) if len(files) > WORTH_IT else 1
    if jobs < 2:
        sources = FreshSources(workspace, framework)
        yield from (reach_of(file, sources, release) for file in files)
        return
    with Processes(jobs, _begin, (workspace, framework, release)) as processes:
        yield from processes.results(_reaches_here, files, CHUNK, _reach_of_lost)


def _reach_of_lost(file: WordFile) -> DocumentReach:
    right = "look for something unusual in it; other documents are not affected"
    problem = Problem(str(file.path), "the process that looked at it died", right)
    return DocumentReach(str(file.path), problems=(problem,))


_begun: tuple[FreshSources, ReleaseRulings] | None = None


def _begin(workspace: Workspace, framework: Framework, release: ReleaseRulings) -> None:
    global _begun  # noqa: PLW0603  # what a process keeps between documents
    ready_for_parent()
    _begun = FreshSources(workspace, framework), release


def _reaches_here(files: Sequence[WordFile]) -> list[DocumentReach]:
    assert _begun is not None, "every process has begun"
    return [reach_of(file, *_begun) for file in files]
