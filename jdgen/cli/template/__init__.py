"""``jdgen template``: check a Word template, and show what it uses."""

import click

from jdgen.cli.template.check import check
from jdgen.cli.template.fields import fields


@click.group(short_help="Check a Word template, and show what it uses.")
def template() -> None:
    """Check a Word template, and show what it uses."""


template.add_command(check)
template.add_command(fields)
