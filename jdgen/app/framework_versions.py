"""Versions of frameworks: compared, and made of what a publisher publishes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Any

from jdgen.app.frameworks import find_level
from jdgen.document.replacing import OTHER, Allowed, Condition, Written, holds, ways_out, write
from jdgen.drafting.checking import unfitting, without_criteria
from jdgen.drafting.loading import display_path, gather, load_framework_named, load_frameworks
from jdgen.errors import JdgenError, Problem, list_words
from jdgen.files import content_of, save
from jdgen.framework.chapters import current, join_chapters
from jdgen.framework.comparison import Comparison, MovedHeading, StatementChange, compare, comparison_page
from jdgen.framework.declared_levels import make_scale, scale_faults
from jdgen.framework.model import Framework, Passage, Specialism
from jdgen.framework.reading import load_framework
from jdgen.importing.adding import Added, add_chapters
from jdgen.importing.grid import Doubt, FileChoices
from jdgen.importing.importing import (
    MAX_FILE,
    About,
    Imported,
    TablesError,
    import_framework,
    review_sheet,
    weighing_problems,
)
from jdgen.levels import Scale
from jdgen.words import WordChange
from jdgen.workspace import Workspace, is_file

__all__ = [
    "Comparison",
    "Doubt",
    "FileChoices",
    "Imported",
    "ImportedFiles",
    "MovedHeading",
    "Passage",
    "Specialism",
    "StatementChange",
    "TablesError",
    "WordChange",
    "compare_frameworks",
    "read_published",
    "save_comparison",
    "save_import",
    "unfitting_entries",
    "unwritten_criteria",
    "weighing_problems",
]


def compare_frameworks(workspace: Workspace, old: Path, new: Path, band: str | None, level: str | None) -> Comparison:
    """What differs between two versions of a framework, or what of it a document at ``band`` or ``level`` would show.
    Each is a file, or the id of a framework of the workspace.

    Raises :class:`JdgenError` with the problems of both.
    """
    before, after = gather(
        partial(load_framework_named, named, workspace, where) for named, where in ((old, "OLD"), (new, "NEW"))
    )
    comparison = compare(before, after)
    chosen = find_level(band, level, after.scale)
    return comparison.at_level(chosen) if chosen else comparison


def save_comparison(workspace: Workspace, path: Path, comparison: Comparison, allowed: Allowed) -> None:
    """Write ``comparison`` as a page for a browser."""
    write([(path, comparison_page(comparison).encode())], workspace, allowed)


@dataclass(frozen=True)
class ImportedFiles:
    """What an import wrote: the framework file, its source text, and the review sheet where there is anything to
    look at."""

    framework: Path
    source: Path
    review: Path | None
    imported: Imported


def read_published(
    path: Path,
    workspace: Workspace,
    out: Path,
    *,
    levels: str | None,
    level_word: str,
    levels_add_up: bool,
    previous: Path | None,
    add: bool,
    **about: Any,
) -> Imported:
    """Read the published framework at ``path`` for the framework file ``out``, and write nothing. Where it is to be put
    into that file (``add``), and there is one, the rest of it stays as it is.

    ``levels`` are the names of its levels where they are not bands, and ``level_word`` what it calls one. ``previous``
    is an earlier version, whose ids are kept; without it, the workspace's framework of the same id. ``about`` is what
    else :class:`jdgen.importing.importing.About` holds.

    Raises :class:`JdgenError` for what cannot be read.
    """
    described = About(**about, scale=_scale_of(levels, level_word, levels_add_up))
    into = out if add and is_file(out) else None
    if previous:
        earlier: Framework | None = load_framework_named(previous, workspace, "--previous")
    else:
        versions = [one for one in load_frameworks(workspace) if one.id == described.id]
        newest = current(versions, load_framework(into, display_path(into)) if into else None)
        earlier = join_chapters(newest) if newest else None
    content = content_of(path, right="name a file that you can open", most=MAX_FILE)
    imported = import_framework(content, path.name, described, earlier, str(out))
    return _added(imported, into) if into else imported


def _added(imported: Imported, into: Path) -> Imported:
    """What was read, put into the framework file ``into``."""
    framework = imported.framework
    # The source of another chapter stays where it is.
    named = Path(framework.source_file)
    sources = chain([named.name], (f"{named.stem}-{number}{named.suffix}" for number in count(2)))
    folder = _source_folder(into)
    free = next(name for name in sources if not is_file(folder / name) or holds(folder / name, imported.source))
    framework = replace(framework, source_file=free)
    added = add_chapters(content_of(into), display_path(into), framework, imported.columns)
    return replace(imported, framework=framework, text=added.content.decode(), added=added)


def save_import(imported: Imported, path: Path, workspace: Workspace, out: Path, allowed: Allowed) -> ImportedFiles:
    """Write what was read from ``path`` into the framework file ``out``.

    Its source text goes into ``sources`` beside the folder ``frameworks``, else beside ``out``; the review sheet
    always beside ``out``, and only there while nobody has looked.

    Raises :class:`JdgenError` for files that are there already, and, after the review sheet is written, for a file that
    a person has to look at first.
    """
    source = _source_folder(out) / imported.framework.source_file
    review = _review_of(imported, out)
    new = [(source, imported.source)] if imported.accepted else []
    new += [(out, imported.text.encode())] if imported.accepted and not imported.added else []
    new += [(review, review_sheet(imported.doubts))] if review else []
    new = [(file, content) for file, content in new if not holds(file, content)]
    if imported.added:
        _refuse_worked_on(imported.added, out, allowed)
    write(new, workspace, allowed)
    if imported.added and imported.accepted:
        _save_added(imported.added, out, workspace)
    if not imported.accepted:
        raise JdgenError(_review_problem(path, review))
    return ImportedFiles(out, source, review, imported)


def _source_folder(out: Path) -> Path:
    return out.parent.parent / "sources" if out.parent.name == "frameworks" else out.parent


def _review_of(imported: Imported, out: Path) -> Path | None:
    """The review sheet, where there is anything to look at: of chapters that are put into a file, one of their own."""
    if not imported.doubts or imported.is_reviewed:
        return None
    chapters = "".join(f"-{one.id}" for one in imported.framework.specialisms) if imported.added else ""
    return out.with_name(f"{out.stem}{chapters}.review.xlsx")


def _refuse_worked_on(added: Added, out: Path, allowed: Allowed) -> None:
    if added.is_worked_on and not (allowed.overwrite and allowed.discard_edits):
        named = list_words(added.replaced)
        what = f"somebody has worked on the entry of {named}, which would be replaced"
        raise JdgenError(Problem(str(out), what, ways_out(OTHER)))


def _save_added(added: Added, out: Path, workspace: Workspace) -> None:
    """Save the file with chapters put in; where it was as jdgen had written it, it is so again."""
    written = Written(workspace)
    is_ours = written.condition(out) is Condition.UNTOUCHED
    save(added.content, out, overwrite=True)
    if is_ours:
        written.note(added.content)


def _review_problem(path: Path, review: Path | None) -> Problem:
    what = "a PDF only draws its tables, so nothing that is read from it is sure"
    right = f"hold {review} against it, or ask for the DOCX or XLSX file; then run this again with --reviewed"
    return Problem(str(path), what, right)


def unfitting_entries(framework: Framework, workspace: Workspace) -> tuple[Problem, ...]:
    """What of the workspace's criteria, adaptations and levels does not fit ``framework``."""
    return unfitting(framework, workspace)


def unwritten_criteria(framework: Framework, workspace: Workspace) -> tuple[Specialism, ...]:
    """The specialisms of ``framework`` for which nobody has written criteria."""
    return without_criteria(framework, workspace)


def _scale_of(levels: str | None, word: str, adds_up: bool) -> Scale | None:
    """The scale of ``levels``, as an option names them, if it does; one of them is called ``word``.

    Raises :class:`JdgenError` for levels that cannot be told apart.
    """
    if levels is None:
        if adds_up:
            raise JdgenError(Problem("--levels-add-up", "no levels are named", "name them with --levels"))
        return None
    names = [name.strip() for name in levels.split(",") if name.strip()]
    if not names or not word.strip():
        raise JdgenError(Problem("--levels", "names no level", "write their names, divided by commas"))
    scale = make_scale(word, names, adds_up=adds_up)
    if faults := list(scale_faults(scale)):
        raise JdgenError(
            Problem("--level-word" if fault.rank is None else "--levels", fault.what, fault.right) for fault in faults
        )
    return scale
