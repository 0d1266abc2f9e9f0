"""``jdgen template fields``."""

from __future__ import annotations

from pathlib import Path

import click

from jdgen.cli.seam import user_errors
from jdgen.generation import template_named
from jdgen.workspace import Workspace


@click.command(short_help="Check a template, and list the fields that it uses.")
@click.argument("template")
@user_errors
def fields(template: str) -> None:
    """Check TEMPLATE (a name, or a .docx file), list the fields that it uses, and say how it is filled."""
    opened = template_named(Workspace(Path.cwd()), template)
    click.echo(f"{opened.name}: sound, {len(opened.fields)} fields")
    for field in opened.fields:
        click.echo(f"  {field}")
    if opened.slow:
        click.echo(f"filled by docxtpl, document by document: {opened.slow}")
    else:
        click.echo("filled from a compiled template, made once")
    if "picture" in opened.fields and not opened.slow:
        click.echo("  but by docxtpl for a post that has a picture")
