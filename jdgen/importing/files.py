"""Importing a file into files: the framework, its source text, and the sheet of what a person must look at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jdgen.document.replacing import Allowed, holds, write
from jdgen.errors import JdgenError, Problem
from jdgen.files import content_of
from jdgen.framework.model import Framework
from jdgen.importing.doubts import review_sheet
from jdgen.importing.importing import About, Imported, import_framework
from jdgen.importing.reading import MAX_FILE
from jdgen.workspace import Workspace


@dataclass(frozen=True)
class Files:
    """What an import wrote: the framework file, its source text, and the review sheet where there is anything to
    look at."""

    framework: Path
    source: Path
    review: Path | None
    imported: Imported


def import_file(
    path: Path, about: About, earlier: Framework | None, out: Path, *, workspace: Workspace, allowed: Allowed
) -> Files:
    """Read the published framework at ``path`` into the framework file ``out``.

    Its source text goes into ``sources`` beside the folder ``frameworks``, else beside ``out``; the review sheet
    always beside ``out``, and only there while nobody has looked.

    Raises :class:`JdgenError` for what cannot be read, for files that are there already, and, after the review sheet
    is written, for a file that a person has to look at first.
    """
    imported = import_framework(
        content_of(path, right="name a file that you can open", most=MAX_FILE), path.name, about, earlier, str(out)
    )
    folder = out.parent.parent / "sources" if out.parent.name == "frameworks" else out.parent
    source = folder / imported.framework.source_file
    review = out.with_suffix(".review.xlsx") if imported.doubts and not about.reviewed else None
    new = [(source, imported.source), (out, imported.text.encode())] if imported.accepted else []
    new += [(review, review_sheet(imported.doubts))] if review else []
    new = [(file, content) for file, content in new if not holds(file, content)]
    write(new, workspace, allowed)
    if not imported.accepted:
        raise JdgenError(_review_problem(path, review))
    return Files(out, source, review, imported)


def _review_problem(path: Path, review: Path | None) -> Problem:
    what = "a PDF only draws its tables, so nothing that is read from it is sure"
    right = f"hold {review} against it, or ask for the DOCX or XLSX file; then run this again with --reviewed"
    return Problem(str(path), what, right)
