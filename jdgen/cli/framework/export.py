"""``jdgen framework export``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.framework_versions import export_framework
from jdgen.cli.command import user_errors
from jdgen.cli.options import PATH, examples, output_option, replacing
from jdgen.cli.terminal import suggest
from jdgen.system.shells import quoted


@click.command(epilog=examples("jdgen framework export nhs-pccf --output nhs-pccf.xlsx"))
@click.argument("framework", type=PATH)
@output_option("File to write: .csv or .xlsx.", required=True)
@replacing("Replace a file that is there, as jdgen wrote it.", "one that somebody has worked on")
@user_errors
def export(framework: Path, output: Path, *, permissions: Any) -> None:
    """Write FRAMEWORK, which is a file or the id of a framework, in the long form: a row for each thing that it says.

    `jdgen framework import` reads the file again. Role categories and competences have no rows in it.
    """
    exported = export_framework(find_workspace(Path.cwd()), framework, output, permissions)
    count = sum(len(row.statements) for specialism in exported.specialisms for row in specialism.rows)
    click.echo(
        f"{output}: {exported.title}, version {exported.version}, {count} statements, {len(exported.skills)} skills"
    )
    scale = exported.scale
    levels = "" if scale.key == "bands" else f" --levels {quoted(', '.join(scale.names) or 'none')}"
    if exported.skills:
        levels += f" --skill-levels {quoted(', '.join(exported.skills[0].scale.names))}"
    again = f"jdgen framework import {quoted(output)} --id {exported.id} --version VERSION{levels} --output FILE.yaml"
    suggest("change it in a spreadsheet, then", again)
