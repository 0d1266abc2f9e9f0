"""``jdgen template``: make a Word template, and show what templates may print."""

import click

from jdgen.cli.template.fields import fields
from jdgen.cli.template.new import new


@click.group(short_help="Make a Word template, and show what templates may print.")
def template() -> None:
    """Make a Word template, and show what templates may print."""


template.add_command(new)
template.add_command(fields)
