"""``jdgen template``: make, check and explain Word templates."""

import click

from jdgen.cli.template.check import check
from jdgen.cli.template.fields import fields
from jdgen.cli.template.new import new


@click.group(short_help="Make, check and explain Word templates.")
def template() -> None:
    """Make, check and explain Word templates."""


template.add_command(new)
template.add_command(check)
template.add_command(fields)
