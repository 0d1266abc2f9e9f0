"""``jdgen framework import``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.framework_versions import import_published, unfitting_entries
from jdgen.cli.options import PATH, examples, output_option, replacing
from jdgen.cli.terminal import quoted, suggest, user_errors


@click.command(
    "import",
    epilog=examples(
        "jdgen framework import framework.docx --id our-framework --version 2026 "
        "--output framework_data/frameworks/our-framework.yaml",
    ),
)
@click.argument("file", type=PATH)
@click.option("--id", required=True, help="Short name of the framework, such as nhs-pccf.")
@click.option("--version", required=True, help="Version as published, or how this one is told from others.")
@output_option("Framework file to write.", required=True)
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
def import_(file: Path, output: Path, **options: Any) -> None:
    """Read the framework that is published in FILE (.docx, .xlsx, .csv, .pdf, or .txt with tabs).

    Its tables have a row of bands (or of the levels that --levels names), and a row for each heading. Everything that
    has to be looked at is listed in a review sheet beside the framework file.
    """
    workspace = find_workspace(Path.cwd())
    files = import_published(file, workspace, output, **options)
    for specialism in files.imported.framework.specialisms:
        count = sum(len(row.statements) for row in specialism.rows)
        headings = f"{len(specialism.headings)} headings, {count} statements"
        click.echo(f"{specialism.title}: {specialism.levels.described}, {headings}")
    click.echo(f"framework: {files.framework}\nsource text: {files.source}")
    if files.review:
        click.echo(f"{len(files.imported.doubts)} things to look at: {files.review}")
    if problems := unfitting_entries(files.imported.framework, workspace):
        click.echo("Mend the following (what is shipped: in a copy of yours; `jdgen docs --copy FOLDER` gives one).")
        click.echo("Until then documents are made without what does not fit, each with a review note:")
        for problem in problems:
            click.echo(f"  {problem}")
    suggest("look at what is listed, then", f"jdgen framework check {quoted(files.framework)}")
