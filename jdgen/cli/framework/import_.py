"""``jdgen framework import``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app.frameworks import import_published, unfitting_entries
from jdgen.cli.framework.levels import said
from jdgen.cli.options import PATH, replacing
from jdgen.cli.seam import user_errors
from jdgen.errors import JdgenError, Problem
from jdgen.framework.declared_levels import scale_called, scale_faults
from jdgen.levels import Scale
from jdgen.workspace import Workspace


@click.command("import", short_help="Read a published framework into a framework file.")
@click.argument("file", type=PATH)
@click.option("--id", required=True, help="Short name of the framework, such as nhs-pccf.")
@click.option("--version", required=True, help="Version as published, or how this one is told from others.")
@click.option("--out", required=True, type=PATH, help="Framework file to write.")
@click.option("--previous", type=PATH, help="Earlier version, whose ids are kept. Else the one with the same id.")
@click.option("--title", help="Published title of the framework.")
@click.option("--publisher", help="Who publishes it.")
@click.option("--licence", help="Licence, as the publication states it.")
@click.option("--levels", help="Names of its levels, lowest first, where they are not bands: 'Foundation, Senior'.")
@click.option("--level-word", default="level", show_default=True, help="What it calls one of them, such as grade.")
@click.option("--levels-add-up", is_flag=True, help="What it says of a level holds at all levels above it too.")
@click.option("--reviewed", is_flag=True, help="Somebody has held the review sheet against the publication.")
@replacing("Replace files that are there, as jdgen wrote them.", "those that somebody has worked on")
@user_errors
def import_(file: Path, out: Path, **options: Any) -> None:
    """Read the framework that is published in FILE (.docx, .xlsx, .csv, .pdf, or .txt with tabs).

    Its tables have a row of bands (or of the levels that --levels names), and a row for each heading. Everything that
    has to be looked at is listed in a review sheet beside the framework file.
    """
    from jdgen.importing.importing import About  # noqa: PLC0415  # the other commands do not need it

    previous, allowed = options.pop("previous"), options.pop("allowed")
    named, word, add_up = (options.pop(name) for name in ("levels", "level_word", "levels_add_up"))
    options["scale"] = _scale(named, word, add_up)
    workspace = Workspace(Path.cwd())
    files = import_published(file, workspace, About(**options), out, previous=previous, allowed=allowed)
    for specialism in files.imported.framework.specialisms:
        count = sum(len(row.statements) for row in specialism.rows)
        click.echo(
            f"{specialism.title}: {said(specialism.levels)}, {len(specialism.headings)} headings, {count} statements"
        )
    click.echo(f"framework: {files.framework}\nsource text: {files.source}")
    if files.review:
        click.echo(f"{len(files.imported.doubts)} things to look at: {files.review}")
    if problems := unfitting_entries(files.imported.framework, workspace):
        click.echo("Mend the following (what is shipped: in a copy in your own framework_data).")
        click.echo("Until then documents are made without what does not fit, each with a review note:")
        for problem in problems:
            click.echo(f"  {problem}")


def _scale(levels: str | None, word: str, adds_up: bool) -> Scale | None:
    """The scale that the options name, if any. Raises :class:`JdgenError` for levels that cannot be told apart."""
    if levels is None:
        if adds_up:
            raise JdgenError(Problem("--levels-add-up", "no levels are named", "name them with --levels"))
        return None
    names = [name.strip() for name in levels.split(",") if name.strip()]
    if len(names) < 2 or not word.strip():
        raise JdgenError(Problem("--levels", "names fewer than two levels", "divide their names by commas"))
    scale = scale_called(word, names, adds_up=adds_up)
    if faults := list(scale_faults(scale)):
        raise JdgenError(
            Problem("--level-word" if fault.rank is None else "--levels", fault.what, fault.right) for fault in faults
        )
    return scale
