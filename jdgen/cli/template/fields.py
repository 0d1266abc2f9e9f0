"""``jdgen template fields``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jdgen.app.templates import save_field_list, template_usage
from jdgen.cli.options import PATH, replacing
from jdgen.cli.seam import user_errors
from jdgen.cli.template.listing import catalogue_json, catalogue_rows, catalogue_table, usage_json, usage_lines
from jdgen.cli.terminal import controlled
from jdgen.document.replacing import Allowed
from jdgen.workspace import Workspace


@click.command(short_help="All that a template may print, or what one template uses.")
@click.argument("template", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--docx", type=PATH, help="Write the list as a Word document to copy from.")
@replacing("Replace a Word document that is there, as jdgen wrote it.")
@user_errors
def fields(template: str | None, as_json: bool, docx: Path | None, allowed: Allowed) -> None:
    """List every field that a template may print: its type, meaning and an example.

    With TEMPLATE (a name, or a .docx file): check it, list the fields that it uses and what it repeats, and say how
    it is filled. What is piped to another program has one field a line, its columns separated by tabs.
    """
    if docx:
        if template is not None:
            raise click.UsageError("--docx lists all fields: leave the template out.")
        save_field_list(Workspace(Path.cwd()), docx, allowed)
        click.echo(docx, err=as_json)
    if template is not None:
        usage = template_usage(Workspace(Path.cwd()), template)
        click.echo(usage_json(usage) if as_json else "\n".join(usage_lines(usage)))
    elif as_json:
        click.echo(catalogue_json())
    elif not docx:
        # The table is rich's, with letters in bold; what is in it is jdgen's own.
        table = catalogue_table() if sys.stdout.isatty() else "\n".join(catalogue_rows())
        click.echo(table, file=controlled(sys.stdout))
