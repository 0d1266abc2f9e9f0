"""``jdgen framework``: show, check, compare and import the published frameworks."""

import click

from jdgen.cli.framework.check import check
from jdgen.cli.framework.diff import diff
from jdgen.cli.framework.import_ import import_
from jdgen.cli.framework.ladder import ladder
from jdgen.cli.framework.list import list_frameworks
from jdgen.cli.framework.show import show


@click.group(short_help="Show, check, compare and import the published frameworks.")
def framework() -> None:
    """Show, check, compare and import the published frameworks."""


for command in (list_frameworks, show, ladder, check, diff, import_):
    framework.add_command(command)
