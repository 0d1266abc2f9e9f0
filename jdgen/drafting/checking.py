"""Checking framework files, and what jdgen and the organisation add to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jdgen.drafting.added_files import criteria_of_framework, load_criteria, statement_problems
from jdgen.drafting.criteria_check import unfitting_library
from jdgen.drafting.loading import library_problems, load_placeholders
from jdgen.errors import JdgenError, Problem, did_you_mean
from jdgen.files import content_of
from jdgen.framework.chapters import current, join_chapters
from jdgen.framework.model import Framework, Specialism
from jdgen.framework.reading import load_framework
from jdgen.framework.transcription import by_source, transcription_problems
from jdgen.text_files.values import Keys, YamlFile
from jdgen.text_files.yaml_reading import read_yaml
from jdgen.workspace import Workspace, display_path

_FOLDER = "framework_data"
_KINDS = ("frameworks", "adaptations", "criteria", "clauses", "doubts", "levels")
_FOLDERS_READ = (_FOLDER, *(f"{_FOLDER}/{kind}" for kind in _KINDS))
_ADDED_KINDS = "criteria, adaptations, general statements, prompts, placeholders, levels, doubts"


class BareSpecialism(NamedTuple):
    """A specialism for which nobody has written criteria, and the id of its framework."""

    framework: str
    specialism: Specialism


@dataclass(frozen=True)
class CheckedFile:
    """One framework file: what is in it, whether its text was held against its source, and its problems. ``unwritten``
    are specialisms for which nobody has written criteria, which is no problem."""

    name: str
    framework: Framework | None
    is_compared: bool
    problems: tuple[Problem, ...]
    unwritten: tuple[BareSpecialism, ...] = ()


def check_framework_file(path: Path, workspace: Workspace) -> CheckedFile:
    """Check one framework file: its form, its sense, and its text against the source where that is at hand."""
    name = display_path(path)
    try:
        framework = load_framework(path, name)
    except JdgenError as error:
        return CheckedFile(name, None, False, error.problems)
    parts = [(part, _source_of(part, path, workspace)) for part in by_source(framework)]
    parts_with_source = [(part, source) for part, source in parts if source is not None]
    problems = tuple(
        problem for part, source in parts_with_source for problem in transcription_problems(part, source, name)
    )
    return CheckedFile(name, framework, len(parts_with_source) == len(parts), problems)


def check_workspace(workspace: Workspace) -> tuple[CheckedFile, ...]:
    """Check every framework of the workspace, with the criteria, adaptations, general statements and prompts."""
    framework_files = [
        check_framework_file(path, workspace) for path in workspace.files(f"{_FOLDER}/frameworks", "*.yaml")
    ]
    frameworks = [file.framework for file in framework_files if file.framework]
    if len(frameworks) < len(framework_files):
        return tuple(framework_files)
    library_files = (*_checked_libraries(workspace, frameworks), *_levels_of_none(workspace, frameworks))
    return (*framework_files, *library_files, *_cut_short(workspace))


def unfitting(framework: Framework, workspace: Workspace) -> tuple[Problem, ...]:
    """What of the workspace's criteria, adaptations and levels does not fit ``framework``, from which nothing has been
    drafted yet."""
    problem_lists = (library_problems(workspace, framework, specialism) for specialism in framework.specialisms)
    return tuple(dict.fromkeys(problem for problems in problem_lists for problem in problems))


def _checked_libraries(workspace: Workspace, frameworks: list[Framework]) -> list[CheckedFile]:
    problems: dict[Problem, None] = {}
    try:
        newest = current(frameworks)
    except JdgenError as error:
        return [CheckedFile("versions of frameworks", None, False, error.problems)]
    try:
        load_placeholders(workspace)
    except JdgenError as error:
        problems |= dict.fromkeys(error.problems)
    for framework in newest:
        for specialism in framework.specialisms:
            problems |= dict.fromkeys(library_problems(workspace, framework, specialism))
    problems |= dict.fromkeys(_library_criteria_problems(workspace, newest))
    problems |= dict.fromkeys(statement_problems(workspace))
    return [CheckedFile(_ADDED_KINDS, None, False, tuple(problems), tuple(_unwritten(workspace, newest)))]


def _library_criteria_problems(workspace: Workspace, frameworks: Iterable[Framework]) -> tuple[Problem, ...]:
    """What of the libraries of criteria for whole ``frameworks``, each given with all its chapters, does not fit them
    (any more)."""
    chapters: dict[str, list[Framework]] = {}
    for framework in frameworks:
        chapters.setdefault(framework.id, []).append(framework)
    problems: list[Problem] = []
    for framework_chapters in chapters.values():
        with suppress(JdgenError):  # told of each specialism
            if file := criteria_of_framework(workspace, framework_chapters[0]):
                problems += unfitting_library(file, join_chapters(framework_chapters))
    return tuple(problems)


def _unwritten(workspace: Workspace, frameworks: Iterable[Framework]) -> Iterator[BareSpecialism]:
    """The specialisms for which nobody has written criteria."""
    for framework in frameworks:
        for specialism in framework.specialisms:
            with suppress(JdgenError):  # told already
                if load_criteria(workspace, framework, specialism).is_unwritten:
                    yield BareSpecialism(framework.id, specialism)


def without_criteria(framework: Framework, workspace: Workspace) -> tuple[BareSpecialism, ...]:
    """The specialisms of ``framework`` for which nobody has written criteria."""
    return tuple(_unwritten(workspace, (framework,)))


def _levels_of_none(workspace: Workspace, frameworks: list[Framework]) -> list[CheckedFile]:
    """Files of levels that no framework would ever be drafted with, because they have the name of none."""
    framework_ids = [framework.id for framework in frameworks]
    stray_paths = [path for path in workspace.files(f"{_FOLDER}/levels", "*.yaml") if path.stem not in framework_ids]
    return [CheckedFile(display_path(path), None, False, (_no_framework(path, framework_ids),)) for path in stray_paths]


def _cut_short(workspace: Workspace) -> list[CheckedFile]:
    """Files with a text that ends at a '#' which may have been meant as part of it."""
    paths = [path for folder in _FOLDERS_READ for path in workspace.files(folder, "*.yaml")]
    files = (read_yaml(path, display_path(path)) for path in paths)
    return [
        CheckedFile(file.name, None, False, tuple(_cut_problem(file, keys) for keys in file.comments))
        for file in files
        if file.comments
    ]


def _cut_problem(file: YamlFile, keys: Keys) -> Problem:
    what = f"'{file.comments[keys]}' is read as a comment, and is no part of the text '{file.texts[keys]}'"
    return Problem(file.where(keys), what, "put all of the text in quotes, or a space after # if it is a comment")


def _no_framework(path: Path, framework_ids: list[str]) -> Problem:
    right = f"name the file after its framework: {did_you_mean(path.stem, framework_ids)}"
    return Problem(display_path(path), f"there is no framework '{path.stem}'", right)


def _source_of(framework: Framework, path: Path, workspace: Workspace) -> bytes | None:
    """The source text: in ``sources`` beside the framework's own folder, else beside the framework, else the
    workspace's, else none."""
    near = (path.parent.parent / "sources" / framework.source_file, path.parent / framework.source_file)
    source_path = next((candidate for candidate in near if candidate.is_file()), None)
    source_path = source_path or workspace.file(f"{_FOLDER}/sources", framework.source_file)
    return content_of(source_path, "the source text") if source_path else None
