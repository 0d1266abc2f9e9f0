"""``jdgen framework import``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.cli.seam import user_errors
from jdgen.generation import import_published, unfitting_entries
from jdgen.workspace import Workspace

_FILE = click.Path(path_type=Path)


@click.command("import", short_help="Read a published framework into a framework file.")
@click.argument("file", type=_FILE)
@click.option("--id", required=True, help="Short name of the framework, such as nhs-pccf.")
@click.option("--version", required=True, help="Version as published, or how this one is told from others.")
@click.option("--out", required=True, type=_FILE, help="Framework file to write.")
@click.option("--previous", type=_FILE, help="Earlier version, whose ids are kept. Else the one with the same id.")
@click.option("--title", help="Published title of the framework.")
@click.option("--publisher", help="Who publishes it.")
@click.option("--licence", help="Licence, as the publication states it.")
@click.option("--reviewed", is_flag=True, help="Somebody has held the review sheet against the publication.")
@click.option("--overwrite", is_flag=True, help="Replace files that are there already.")
@user_errors
def import_(file: Path, out: Path, **options: Any) -> None:
    """Read the framework that is published in FILE (.docx, .xlsx, .csv, .pdf, or .txt with tabs).

    Its tables have a row of bands, and a row for each heading. Everything that has to be looked at is listed in a
    review sheet beside the framework file.
    """
    from jdgen.importing.importing import About  # noqa: PLC0415  # the other commands do not need it

    previous, overwrite = options.pop("previous"), options.pop("overwrite")
    workspace = Workspace(Path.cwd())
    files = import_published(file, workspace, About(**options), out, previous=previous, overwrite=overwrite)
    for specialism in files.imported.framework.specialisms:
        count = sum(len(row.statements) for row in specialism.rows)
        click.echo(
            f"{specialism.title}: bands {specialism.bands}, {len(specialism.headings)} headings, {count} statements"
        )
    click.echo(f"framework: {files.framework}\nsource text: {files.source}")
    if files.review:
        click.echo(f"{len(files.imported.doubts)} things to look at: {files.review}")
    if problems := unfitting_entries(files.imported.framework, workspace):
        click.echo("Before it is used, mend the following (what is shipped: in a copy in your own framework_data):")
        for problem in problems:
            click.echo(f"  {problem}")
