"""Versions of frameworks, made of what a publisher publishes; and written as tables."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import Any

from jdgen.document.own_files import OwnFiles, holds, write
from jdgen.document.replacing import OTHER, Condition, Permissions, ways_out
from jdgen.drafting.checking import unfitting, without_criteria
from jdgen.drafting.frameworks_here import load_framework_named, load_frameworks
from jdgen.errors import JdgenError, Problem, list_words, refuse
from jdgen.files import content_of, save
from jdgen.framework.chapters import chapters_of, current, join_chapters
from jdgen.framework.declared_levels import make_scale, scale_faults
from jdgen.framework.model import Framework, Specialism
from jdgen.framework.reading import load_framework
from jdgen.importing.adding import ChapterAddition, add_chapters
from jdgen.importing.doubts import review_sheet, weighing_problems
from jdgen.importing.framework_text import framework_yaml, long_form
from jdgen.importing.grid import Doubt, FileChoices, Marks
from jdgen.importing.importing import About, Imported, import_framework
from jdgen.importing.layout import NONE as NO_LEVELS_NAMED
from jdgen.importing.layout import Layout, layout_text, read_layout
from jdgen.importing.published_files import MAX_FILE
from jdgen.importing.refusals import NoTableError, TablesError
from jdgen.levels import NO_LEVELS, Scale
from jdgen.words import slug
from jdgen.workspace import Workspace, display_path, is_file

__all__ = [
    "Doubt",
    "Imported",
    "ImportedFiles",
    "Marks",
    "NoTableError",
    "Specialism",
    "TablesError",
    "export_framework",
    "read_published",
    "save_import",
    "save_layout_to_decide",
    "unfitting",
    "weighing_problems",
    "without_criteria",
]


@dataclass(frozen=True)
class ImportedFiles:
    """What an import wrote: the framework file, its source text, the review sheet where there is anything to look at,
    and how the publication is laid out."""

    framework: Path
    source: Path
    review: Path | None
    layout: Path
    imported: Imported


def read_published(
    paths: Sequence[Path],
    workspace: Workspace,
    out: Path,
    *,
    choices: Mapping[str, Any],
    levels: str | None,
    level_word: str,
    levels_add_up: bool,
    skill_levels: str | None,
    skill_level_word: str,
    layout: Path | None,
    previous: Path | None,
    add: bool,
    renamed: Sequence[tuple[str, str]] = (),
    **about: Any,
) -> Imported:
    """Read the framework that is published in the files at ``paths`` for the framework file ``out``, and write nothing.
    Where it is to be put into that file (``add``), and there is one, the rest of it stays as it is.

    ``choices`` are those fields of :class:`jdgen.importing.grid.FileChoices` that the user decides; ``levels`` are the
    names of its levels where they are not bands, and ``level_word`` what it calls one; ``skill_levels`` and
    ``skill_level_word`` the same of its skills. What is not said there, the layout file says, where there is one:
    ``layout``, or the one beside ``out``, but for chapters that are put into a file. ``previous`` is an earlier
    version, whose ids are kept; without it, the workspace's framework of the same id. ``renamed`` are specialisms with
    a new name, each by its old and its new one. ``about`` is what else
    :class:`jdgen.importing.importing.About` holds.

    Raises :class:`JdgenError` for what cannot be read.
    """
    into = out if add and is_file(out) else None
    known_layout = _layout_of(layout, workspace, None if into else out)
    about_import = About(
        **about,
        scale=_scale_of("--level", levels, level_word, levels_add_up),
        skill_scale=_scale_of("--skill-level", skill_levels, skill_level_word),
        choices=replace(known_layout.choices or FileChoices(), **choices),
        layout=known_layout,
        renamed={new: old for old, new in renamed},
    )
    if previous:
        earlier: Framework | None = load_framework_named(previous, workspace, "--previous")
    else:
        versions = [version for version in load_frameworks(workspace) if version.id == about_import.id]
        newest = current(versions, load_framework(into, display_path(into)) if into else None)
        earlier = join_chapters(newest) if newest else None
    contents = [content_of(path, right="name a file that you can open", most=MAX_FILE) for path in paths]
    (first, content), *others = zip([path.name for path in paths], contents, strict=True)
    imported = import_framework(content, first, about_import, earlier, str(out), others=others)
    imported = _with_own_source(imported, out, is_added=into is not None)
    return _add_to_file(imported, into) if into else imported


def _with_own_source(imported: Imported, out: Path, *, is_added: bool) -> Imported:
    """What was read, with a name for its source text that no other has: publishers call each release alike, and the
    source of an earlier one, or of another chapter, stays where it is."""
    framework = imported.framework
    usual_name, folder = Path(framework.source_file), _source_folder(out)
    if not is_added and is_file(out) and usual_name.name in content_of(out).decode("utf-8", "replace"):
        return imported  # the file is made anew, and its source with it
    sources = chain([usual_name.name], (f"{usual_name.stem}-{number}{usual_name.suffix}" for number in count(2)))
    free_name = next(name for name in sources if not is_file(folder / name) or holds(folder / name, imported.source))
    if free_name == framework.source_file:
        return imported
    framework = replace(framework, source_file=free_name)
    return replace(imported, framework=framework, text=framework_yaml(framework, imported.columns))


def _add_to_file(imported: Imported, into: Path) -> Imported:
    """What was read, put into the framework file ``into``."""
    addition = add_chapters(content_of(into), display_path(into), imported.framework, imported.columns)
    return replace(imported, text=addition.content.decode(), addition=addition)


def save_layout_to_decide(
    error: NoTableError, paths: Sequence[Path], workspace: Workspace, layout: Path, permissions: Permissions
) -> Problem:
    """Write the layout file of publications in which no table was recognised, and return what is to be done."""
    published = " ".join(path.name for path in paths)
    write([(layout, layout_text(error.to_decide, published, layout.name).encode())], workspace, permissions)
    what = "it only guesses what stands in each column"
    return Problem(str(layout), what, 'look at each line, write what it is in place of "decide", then run this again')


def _layout_of(layout: Path | None, workspace: Workspace, out: Path | None) -> Layout:
    """What a layout file tells: one that the user names, or one beside ``out`` in which somebody has changed what an
    import recognised."""
    if layout is not None:
        return read_layout(layout, str(layout)) if layout.is_file() else Layout()
    layout_beside = _beside(out, "layout.toml") if out else None
    is_changed = (
        layout_beside
        and layout_beside.is_file()
        and OwnFiles(workspace).condition(layout_beside) is not Condition.UNTOUCHED
    )
    return read_layout(layout_beside, str(layout_beside)) if layout_beside and is_changed else Layout()


def _beside(out: Path, kind: str, framework: Framework | None = None) -> Path:
    """Where a file that belongs to an import into ``out`` goes: beside it. Each version of each chapter of
    a ``framework`` that is put into a file has one of its own."""
    chapters = [*(specialism.id for specialism in framework.specialisms), slug(framework.version)] if framework else []
    return out.with_name(f"{'-'.join((out.stem, *chapters))}.{kind}")


def save_import(
    imported: Imported,
    paths: Sequence[Path],
    workspace: Workspace,
    out: Path,
    permissions: Permissions,
    *,
    layout: Path | None,
) -> ImportedFiles:
    """Write what was read from the files at ``paths`` into the framework file ``out``.

    Its source text goes into ``sources`` beside the folder ``frameworks``, else beside ``out``; the review sheet
    always beside ``out``, and only there while nobody has looked. The layout file is written where none was read.

    Raises :class:`JdgenError` for files that are there already, and, after the review sheet is written, for a file that
    a person has to look at first.
    """
    source = _source_folder(out) / imported.framework.source_file
    added_framework = imported.framework if imported.addition else None
    review = _beside(out, "review.xlsx", added_framework) if imported.doubts and not imported.is_reviewed else None
    files = [(source, imported.source)] if imported.accepted else []
    files += [(out, imported.text.encode())] if imported.accepted and not imported.addition else []
    files += [(review, review_sheet(imported.doubts))] if review else []
    layout_path = layout or _beside(out, "layout.toml", added_framework)
    if imported.is_recognised:
        published = " ".join(path.name for path in paths)
        files.append((layout_path, layout_text(imported.layout, published, layout_path.name).encode()))
    files = [(file, content) for file, content in files if not holds(file, content)]
    _refuse_twice(imported.framework, workspace, out)
    if imported.addition:
        _refuse_worked_on(imported.addition, out, permissions)
    write(files, workspace, permissions)
    if imported.addition and imported.accepted:
        _save_addition(imported.addition, out, workspace)
    if not imported.accepted:
        raise JdgenError(_review_problem(paths[0], review))
    return ImportedFiles(out, source, review, layout_path, imported)


def _source_folder(out: Path) -> Path:
    return out.parent.parent / "sources" if out.parent.name == "frameworks" else out.parent


def _refuse_twice(new: Framework, workspace: Workspace, out: Path) -> None:
    """Refuse a chapter that another of the workspace's frameworks has in the same version: nothing could say which of
    the two is meant."""
    folder = "framework_data/frameworks"
    if out.resolve().parent != (workspace.root / folder).resolve():
        return
    chapter_ids = {(chapter.id, chapter.version, chapter.specialisms[0].id) for chapter in chapters_of(new)}
    others = zip(load_frameworks(workspace), workspace.files(folder, "*.yaml"), strict=True)
    problems = [
        Problem(
            display_path(path),
            f"has '{chapter.specialisms[0].title}' already, in the version '{chapter.version}'",
            _NEWER,
        )
        for framework, path in others
        for chapter in chapters_of(framework)
        if path.name != out.name and (chapter.id, chapter.version, chapter.specialisms[0].id) in chapter_ids
    ]
    refuse(problems)


_NEWER = "give another --version if this is a newer one, or write over that file"


def _refuse_worked_on(addition: ChapterAddition, out: Path, permissions: Permissions) -> None:
    if addition.is_worked_on and not (permissions.overwrite and permissions.discard_edits):
        titles = list_words(addition.replaced)
        what = f"somebody has worked on the entry of {titles}, which would be replaced"
        raise JdgenError(Problem(str(out), what, ways_out(OTHER, Condition.CHANGED)))


def _save_addition(addition: ChapterAddition, out: Path, workspace: Workspace) -> None:
    """Save the file with chapters put in; where it was as jdgen had written it, it is so again."""
    own_files = OwnFiles(workspace)
    is_ours = own_files.condition(out) is Condition.UNTOUCHED
    save(addition.content, out, overwrite=True)
    if is_ours:
        own_files.note(addition.content)


def _review_problem(path: Path, review: Path | None) -> Problem:
    what = "a PDF only draws its tables, so nothing that is read from it is sure"
    right = f"hold {review} against it, or ask for the DOCX or XLSX file; then run this again with --reviewed"
    return Problem(str(path), what, right)


def export_framework(workspace: Workspace, source: Path, out: Path, permissions: Permissions) -> Framework:
    """Write a framework, which is a file or the id of one of the workspace's, in the long form into ``out``, and return
    it.

    Raises :class:`JdgenError` for what is no framework, or no file of that kind.
    """
    framework = load_framework_named(source, workspace, "FRAMEWORK")
    write([(out, long_form(framework, out.name))], workspace, permissions)
    return framework


def _scale_of(option: str, levels: str | None, word: str, adds_up: bool = False) -> Scale | None:
    """The scale of ``levels``, as the ``option`` for one and its plural name them, if they do; one of them is called
    ``word``.

    Raises :class:`JdgenError` for levels that cannot be told apart.
    """
    if levels is None:
        if adds_up:
            raise JdgenError(Problem(f"{option}s-add-up", "no levels are named", f"name them with {option}s"))
        return None
    if levels.strip() == NO_LEVELS_NAMED and option == "--level":
        return NO_LEVELS
    names = [name.strip() for name in re.split("[,;]", levels) if name.strip()]
    if not names or not word.strip():
        raise JdgenError(Problem(f"{option}s", "names no level", "write their names, divided by commas"))
    scale = make_scale(word, names, adds_up=adds_up)
    refuse(
        Problem(f"{option}-word" if fault.rank is None else f"{option}s", fault.what, fault.right)
        for fault in scale_faults(scale, is_of_roles=option == "--level")
    )
    return scale
