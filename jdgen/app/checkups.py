"""A workspace looked over: what is found where, which extras are missing, and whether files that people wrote are
sound."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from jdgen import __version__
from jdgen.app.batches import entries_for_all, load_heading_words
from jdgen.app.frameworks import CheckedFile, check_frameworks
from jdgen.app.posts import check_post
from jdgen.app.templates import CheckedTemplate, check_templates
from jdgen.batch.plan import check_row
from jdgen.batch.sources import Libraries
from jdgen.configuration import load_common_entries, load_configuration
from jdgen.document.names import check_pattern
from jdgen.drafting.frameworks_here import NO_FRAMEWORK, frameworks_in_use
from jdgen.drafting.loading import load_library, load_placeholders
from jdgen.errors import JdgenError, Problem
from jdgen.files import MEGABYTE, content_of
from jdgen.levels import list_levels
from jdgen.places import FilePlace, PostField
from jdgen.publishing.libreoffice import office_program
from jdgen.record.database import FILE, RecordDatabase
from jdgen.sheets.column_map import DECIDE, is_word, read_column_map
from jdgen.sheets.heading_row import NO_OWN_COLUMNS, own_columns_of
from jdgen.sheets.reading import open_posts
from jdgen.starters.workspace import EXAMPLE_POST
from jdgen.system.extras import EXTRAS, Extra
from jdgen.template.choosing import template_files, template_path
from jdgen.workspace import CONFIGURATION, Workspace, cache_folder, display_path, is_file, shipped_folder

__all__ = ["Checkup", "look_over"]


@dataclass(frozen=True)
class Checkup:
    """One thing of a workspace: its ``kind`` in a word, its ``name``, and a ``remark`` on it. Where it was
    ``is_checked``, it is sound but for its ``problems``. A ``command`` installs what is missing."""

    kind: str
    name: str
    remark: str = ""
    is_checked: bool = False
    problems: tuple[Problem, ...] = ()
    command: str = ""


_SHIPPED = "comes with jdgen"
# A line by which a file is known that says what headings mean, one of a post, one of a list of posts, and one of a
# framework, which has a title as a post has: a release lies beside jdgen.toml while it is looked at.
_COLUMNS = re.compile(rb"^\s*\[\s*columns\s*\]", re.MULTILINE)
_POST = re.compile(rb"^(?:- +)?(?:title|specialism|band)[ \t]*:", re.MULTILINE)
_LIST = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*|---[ \t]*)?\r?\n)*- ", re.MULTILINE)
_FRAMEWORK = re.compile(rb"^specialisms[ \t]*:", re.MULTILINE)
#: Files of ``framework_data`` beside frameworks, by their folder, with what each is called.
_ADDED_FILES = {
    "framework_data/criteria": "criteria",
    "framework_data/adaptations": "adaptations",
    "framework_data/doubts": "doubts",
    "framework_data/levels": "levels",
    "framework_data/clauses": "statements",
    "framework_data": "words",
}


def look_over(workspace: Workspace) -> tuple[Checkup, ...]:
    """Everything that the workspace has, and is lacking. The order is that in which people look."""
    files, problems = _checked_frameworks(workspace)
    settings = tuple(_settings(workspace, problems))
    settings_problems = {problem for checkup in settings for problem in checkup.problems}
    sources = (
        *settings,
        *_framework_data(workspace, files, [problem for problem in problems if problem not in settings_problems]),
    )
    return (
        Checkup("jdgen", f"{__version__} (Python {platform.python_version()})"),
        *sources,
        *_templates(workspace),
        *_column_maps(workspace),
        *_posts(workspace, {problem for checkup in sources for problem in checkup.problems}),
        _records(workspace),
        _cache(),
        *map(_extra, EXTRAS),
        _libreoffice(),
    )


def _origin(path: Path, workspace: Workspace) -> str:
    if not path.is_relative_to(workspace.root) or path.is_relative_to(shipped_folder()):
        return _SHIPPED
    folder = path.relative_to(workspace.root).parent
    return "yours, in place of jdgen's" if is_file(shipped_folder() / folder / path.name) else "yours"


def _with_origin(path: Path, workspace: Workspace) -> tuple[str, bool]:
    """Whose the file is, and whether it is the organisation's, so that it is worth saying that it is sound."""
    origin = _origin(path, workspace)
    return origin, origin != _SHIPPED


def _problems(work: Callable[[], object]) -> tuple[Problem, ...]:
    """What keeps ``work`` from being done."""
    try:
        work()
    except JdgenError as error:
        return error.problems
    return ()


# Settings.


def _settings(workspace: Workspace, problems: Sequence[Problem]) -> Iterator[Checkup]:
    """What ``jdgen.toml`` says. ``problems`` are those of what is drafted from, some of which may be of that file."""
    if is_file(workspace.root / CONFIGURATION):
        settings_problems = (*_settings_problems(workspace), *_of_file(workspace.root / CONFIGURATION, problems))
        yield Checkup("folder", str(workspace.root), f"by its {CONFIGURATION}")
        yield Checkup("settings", CONFIGURATION, "", True, tuple(dict.fromkeys(settings_problems)))
    else:
        yield Checkup("folder", str(workspace.root), f"without a {CONFIGURATION}")
        yield Checkup("settings", "none", "jdgen start writes them")


def _settings_problems(workspace: Workspace) -> Iterator[Problem]:
    """What is wrong with ``jdgen.toml``, and names in it that nothing has."""
    try:
        configuration = load_configuration(workspace)
        common = load_common_entries(workspace, load_placeholders(workspace))
    except JdgenError as error:
        yield from error.problems
        return
    if configuration.template:
        yield from _problems(partial(template_path, workspace, configuration.template, f"{CONFIGURATION}: template"))
    if configuration.filename:
        yield from _problems(partial(check_pattern, configuration.filename, f"{CONFIGURATION}: filename"))
    if common is None:
        return
    yield from common.problems
    values = common.values
    if specialism := values.get("specialism"):
        names = (values.get("framework"), values.get("clauses", "general"))
        for problem in _problems(partial(load_library, workspace, specialism, *names)):
            # What is wrong with a file of the library is told with that.
            if isinstance(problem.where, PostField) and str(problem.where) in common.places:
                yield replace(problem, where=common.places[str(problem.where)])


# Frameworks, and what is added to them.


def _framework_data(
    workspace: Workspace, files: Sequence[CheckedFile], problems: Sequence[Problem]
) -> Iterator[Checkup]:
    """Frameworks, and the files beside them, each with its problems."""
    listed_problems: set[Problem] = set()
    paths = workspace.files("framework_data/frameworks", "*.yaml")
    if not paths:
        yield Checkup("framework", "none", NO_FRAMEWORK.right)
    for path in paths:
        checked_file = next((file for file in files if file.name == display_path(path)), None)
        file_problems = _of_file(path, problems)
        listed_problems |= set(file_problems)
        framework = checked_file.framework if checked_file else None
        name = f"{framework.id} {framework.version}" if framework else path.stem
        yield Checkup("framework", name, *_with_origin(path, workspace), file_problems)
    yield from _specialisms(workspace)
    for folder, kind in _ADDED_FILES.items():
        for path in workspace.files(folder, "*.yaml"):
            file_problems = _of_file(path, problems)
            listed_problems |= set(file_problems)
            if file_problems or folder != "framework_data" or _origin(path, workspace) != _SHIPPED:
                yield Checkup(kind, path.stem, *_with_origin(path, workspace), file_problems)
    if others := tuple(problem for problem in problems if problem not in listed_problems):
        yield Checkup("framework", "what belongs to it", "", True, others)


def _checked_frameworks(workspace: Workspace) -> tuple[tuple[CheckedFile, ...], tuple[Problem, ...]]:
    try:
        files = check_frameworks(workspace, ())
    except JdgenError as error:
        return (), error.problems
    # No framework needs the words by which headings are guessed.
    words = _problems(lambda: load_heading_words(workspace, NO_OWN_COLUMNS))
    return files, tuple(dict.fromkeys((*(problem for file in files for problem in file.problems), *words)))


def _of_file(path: Path, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those of ``problems`` that are of the file at ``path``."""
    # jdgen.toml is called by its name, wherever the user is.
    names = (display_path(path), CONFIGURATION if path.name == CONFIGURATION else "")
    return tuple(
        problem
        for problem in problems
        if (problem.where.name if isinstance(problem.where, FilePlace) else problem.where) in names
    )


def _specialisms(workspace: Workspace) -> Iterator[Checkup]:
    try:
        frameworks = frameworks_in_use(workspace)
    except JdgenError:  # told with its file
        return
    for specialism in chain.from_iterable(framework.specialisms for framework in frameworks):
        levels = f"{specialism.scale.words} {list_levels(specialism.levels)}"
        yield Checkup("specialism", specialism.id, "no levels" if specialism.scale.is_empty else levels)


# Templates and posts.


def _templates(workspace: Workspace) -> Iterator[Checkup]:
    for path in template_files(workspace):
        origin, is_own = _with_origin(path, workspace)
        if not is_own:
            yield Checkup("template", path.stem, origin)
            continue
        try:
            (template,) = check_templates(workspace, [str(path)])
        except JdgenError as error:
            yield Checkup("template", path.stem, origin, True, error.problems)
        else:
            remark = f"{origin}; warnings: {template.warnings}" if template.warnings else origin
            yield Checkup("template", path.stem, remark, True, tuple(_errors(path, template)))


def _errors(path: Path, template: CheckedTemplate) -> Iterator[Problem]:
    for finding in template.findings:
        if finding.severity == "error":
            yield Problem(f"{display_path(path)} {finding.place}".rstrip(), finding.what, finding.right)


def _column_maps(workspace: Workspace) -> Iterator[Checkup]:
    """Files that say what the headings of workbooks mean, in the workspace or in a folder of it."""
    own_columns = own_columns_of(_own_headings(workspace))
    for path in sorted((*workspace.root.glob("*.toml"), *workspace.root.glob("[!.]*/*.toml"))):
        if path == workspace.root / CONFIGURATION or not _holds(path, _COLUMNS):
            continue
        name = path.relative_to(workspace.root).as_posix()
        try:
            column_map = read_column_map(path, display_path(path), own_columns)
        except JdgenError as error:
            yield Checkup("columns", name, "", True, error.problems)
        else:
            to_decide = sum(is_word(meaning, DECIDE) for meaning in column_map.columns.values())
            yield Checkup("columns", name, f"to decide: {to_decide}" if to_decide else "", True)


def _own_headings(workspace: Workspace) -> Mapping[str, str]:
    try:
        return load_configuration(workspace).own
    except JdgenError:  # told with the settings
        return {}


def _holds(path: Path, sign: re.Pattern[bytes]) -> bool:
    """Whether the file at ``path`` has a line by which its kind is known."""
    try:
        return sign.search(content_of(path, most=MEGABYTE)) is not None
    except JdgenError:  # of no kind that can be told
        return False


def _posts(workspace: Workspace, source_problems: Collection[Problem]) -> Iterator[Checkup]:
    """The post files, each drafted: those in the folder of posts, and others that lie in the workspace.
    ``source_problems`` is what is wrong with what they are drafted from."""
    folder = workspace.root / EXAMPLE_POST.parent
    lying = [path for path in _yaml_files(workspace.root) if _holds(path, _POST) and not _holds(path, _FRAMEWORK)]
    for path in (*_yaml_files(folder), *lying):
        name = path.relative_to(workspace.root).as_posix()
        remark, problems = _checked_posts(workspace, Path(display_path(path)))
        own_problems = tuple(problem for problem in problems if problem not in source_problems)
        if problems and not own_problems:
            yield Checkup("post", name, "not checked, mend the others first")
        else:
            yield Checkup("post", name, remark, True, own_problems)


def _yaml_files(folder: Path) -> list[Path]:
    return sorted(each for ending in ("yaml", "yml") for each in folder.glob(f"*.{ending}") if is_file(each))


def _checked_posts(workspace: Workspace, path: Path) -> tuple[str, tuple[Problem, ...]]:
    """What is to be said of the file of one post, or of a list of them, and what is wrong in it."""
    if not _holds(path, _LIST):
        post = check_post(workspace, path)
        return f"to complete: {post.open_count}" if post.open_count else "", post.problems
    try:
        common_entries, libraries = entries_for_all({}, workspace), Libraries(workspace)
        fields = common_entries.values if common_entries else ()
        rows = list(open_posts(path, str(path), common_fields=fields, placeholders=load_placeholders(workspace)).rows)
    except JdgenError as error:
        return "", error.problems
    problems = (problem for row in rows for problem in check_row(row, common_entries, libraries)[1])
    return f"posts: {len(rows)}", tuple(dict.fromkeys(problems))


# What jdgen keeps, and what is installed beside it.


def _records(workspace: Workspace) -> Checkup:
    path = workspace.root / FILE
    name = f"{FILE.parent.as_posix()}/"
    try:
        database = RecordDatabase.to_read(path)
        if database is None:
            return Checkup("records", name, "none yet: they come with the first document")
        documents = database.documents()
        database.close()
    except JdgenError as error:
        return Checkup("records", name, "", True, error.problems)
    return Checkup("records", name, f"documents: {documents}")


def _cache() -> Checkup:
    try:
        folder = cache_folder(os.environ, sys.platform, Path.home())
    except RuntimeError:  # a user without a home
        return Checkup("cache", "none", "there is no home folder for it")
    return Checkup("cache", str(folder), "" if folder.is_dir() else "nothing there yet")


def _extra(extra: Extra) -> Checkup:
    name = f"{extra.name} ({extra.purpose})"
    if extra.is_here:
        return Checkup("extra", name, "installed")
    return Checkup("extra", name, "missing", command=extra.how_to_install)


def _libreoffice() -> Checkup:
    """What prints documents as PDF, which is no part of Python."""
    program, install = office_program()
    return Checkup("program", "LibreOffice", program or f"missing: {install}")
