"""The frameworks of a workspace and of what is shipped: which are in use, and which of them a person means."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from jdgen.drafting.named_parts import is_former_name, is_named, nearest_part, unknown_name
from jdgen.errors import JdgenError, Problem, gather, list_words
from jdgen.framework.chapters import chapters_of, current, join_chapters
from jdgen.framework.model import Framework, Specialism
from jdgen.framework.reading import load_framework
from jdgen.places import PostField
from jdgen.workspace import Workspace, display_path, is_file

_FILES = "framework_data/frameworks", "*.yaml"
#: There is nothing that a post could be drafted from: what comes with jdgen may be left out (NOTICE).
NO_FRAMEWORK = Problem(
    _FILES[0],
    "no framework is here",
    f"import one with: jdgen framework import FILE --id ID --version VERSION --output {_FILES[0]}/ID.yaml "
    "(`jdgen docs importing` says how)",
)


def load_frameworks(workspace: Workspace) -> tuple[Framework, ...]:
    """All frameworks of the workspace and of what is shipped, in all their versions."""
    return gather(partial(load_framework, path, display_path(path)) for path in workspace.files(*_FILES))


def frameworks_in_use(workspace: Workspace) -> tuple[Framework, ...]:
    """The chapters that documents are drafted from: each a framework of one specialism, in its newest version. Raises
    :class:`JdgenError` for files with problems, and where nothing says which version that is."""
    return current(load_frameworks(workspace))


def specialisms_in_use(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """The ids of the framework and of itself of each specialism that documents are drafted from."""
    return tuple((framework.id, pathway.id) for framework, pathway in pathways_in(frameworks_in_use(workspace)))


def pathways_in(frameworks: Iterable[Framework]) -> list[tuple[Framework, Specialism]]:
    """Each specialism of these ``frameworks``, behind the framework that has it."""
    return [(framework, specialism) for framework in frameworks for specialism in framework.specialisms]


def load_framework_named(path_or_id: Path, workspace: Workspace, where: str) -> Framework:
    """The framework that a person means by ``path_or_id``: a file, or the id of a framework of the workspace, whose
    newest chapters are meant then, from whatever files. ``where`` is what messages call the option or argument
    that names it.

    Raises :class:`JdgenError` for what is neither. What has a folder or an ending in its name is a file, which its
    reader reports if it is not there.
    """
    if _may_be_file(path_or_id):
        return load_framework(path_or_id, display_path(path_or_id))
    newest = frameworks_in_use(workspace)
    chapters = [chapter for chapter in newest if _is_called(chapter, path_or_id)]
    if not chapters:
        raise JdgenError(_unknown_framework(path_or_id, newest, where))
    return join_chapters(chapters)


def load_two_versions(old: Path, new: Path, workspace: Workspace) -> tuple[Framework, Framework]:
    """The frameworks that a person means by the arguments OLD and NEW: see :func:`load_framework_named`. Where OLD is
    an id, and NEW the newest version that the workspace has of it, OLD is the version before. Raises
    :class:`JdgenError` with the problems of both."""
    arguments = ((old, "OLD"), (new, "NEW"))
    before, after = gather(partial(load_framework_named, path, workspace, where) for path, where in arguments)
    if not _may_be_file(old) and (before.id, before.version) == (after.id, after.version):
        others = (
            framework
            for framework in load_frameworks(workspace)
            if (framework.id, framework.version) != (after.id, after.version)
        )
        chapters = [chapter for chapter in current(others) if _is_called(chapter, old)]
        before = join_chapters(chapters) if chapters else before
    return before, after


def framework_paths(path_or_id: Path, workspace: Workspace, where: str) -> tuple[Path, ...]:
    """The framework files that a person means by ``path_or_id``, as :func:`load_framework_named` does: those that the
    newest chapters are from."""
    if _may_be_file(path_or_id):
        return (path_or_id,)
    versions = load_frameworks(workspace)
    newest = current(versions)
    paths = tuple(
        path
        for framework, path in zip(versions, workspace.files(*_FILES), strict=True)
        if _is_called(framework, path_or_id) and any(chapter in newest for chapter in chapters_of(framework))
    )
    if not paths:
        raise JdgenError(_unknown_framework(path_or_id, newest, where))
    return paths


def _may_be_file(path_or_id: Path) -> bool:
    return is_file(path_or_id) or len(path_or_id.parts) > 1 or bool(path_or_id.suffix)


def _is_called(framework: Framework, path_or_id: Path) -> bool:
    return framework.id.casefold() == path_or_id.name.casefold()


def _unknown_framework(path_or_id: Path, newest: Iterable[Framework], where: str) -> Problem:
    titles = {framework.id: framework.title for framework in newest}
    if not titles:
        return NO_FRAMEWORK
    what = f"'{path_or_id}' is neither a file nor a framework of the workspace"
    near = nearest_part(path_or_id.name, titles)
    right = f"did you mean '{near}'? Known here: {list_words(titles)}" if near else f"use one of {list_words(titles)}"
    return Problem(where, what, right)


def find_specialism(
    frameworks: Iterable[Framework],
    specialism: str,
    framework: str | None = None,
    where: str = PostField("specialism"),
    where_framework: str = PostField("framework"),
) -> tuple[Framework, Specialism]:
    """The framework that has ``specialism``, and the specialism. ``where`` and ``where_framework`` are where the user
    named each, for messages. Raises :class:`JdgenError` for what no framework has, and where there is none."""
    all_pathways = pathways_in(frameworks)
    if not all_pathways:
        raise JdgenError(NO_FRAMEWORK)
    pathways = [pair for pair in all_pathways if framework is None or is_named(framework, pair[0].id, pair[0].title)]
    if not pathways:
        titles = {candidate.id: candidate.title for candidate, _ in all_pathways}
        raise JdgenError(unknown_name(where_framework, "framework", framework or "", titles))
    matches = [pair for pair in pathways if is_named(specialism, pair[1].id, pair[1].title)]
    # A name of today wins over a former one, and an id over another's title.
    matches = matches or [pair for pair in pathways if is_former_name(specialism, pair[1].former)]
    matches = [pair for pair in matches if is_named(specialism, pair[1].id, pair[1].id)] or matches
    if not matches:
        titles = {pathway.id: pathway.title for _, pathway in pathways}
        raise JdgenError(unknown_name(where, "specialism", specialism, titles))
    if len({candidate.id for candidate, _ in matches}) < len(matches):
        right = f"write the id of one: {list_words(pathway.id for _, pathway in matches)}"
        raise JdgenError(Problem(where, f"several specialisms are called '{specialism}'", right))
    if len(matches) > 1:
        right = f"choose a framework: {list_words(candidate.id for candidate, _ in matches)}"
        raise JdgenError(Problem(where, f"several frameworks have the specialism '{specialism}'", right))
    return matches[0]
