"""``jdgen template``: show what a Word template uses."""

import click

from jdgen.cli.template.fields import fields


@click.group(short_help="Show what a Word template uses.")
def template() -> None:
    """Show what a Word template uses."""


template.add_command(fields)
