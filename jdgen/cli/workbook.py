"""``jdgen workbook``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app import Permissions, find_workspace
from jdgen.app.posts import ROWS, save_workbook_of_posts
from jdgen.cli.command import user_errors
from jdgen.cli.options import COUNT, FRAMEWORK, PATH, SPECIALISM, examples, replacing
from jdgen.cli.terminal import suggest
from jdgen.system.shells import quoted


@click.command(epilog=examples("jdgen workbook posts.xlsx", "jdgen workbook posts.xlsx --specialism pmo --rows 40"))
@click.argument("file", type=PATH)
@click.option("-s", "--specialism", type=SPECIALISM, help="Offer only what this specialism has.")
@click.option("--framework", type=FRAMEWORK, help="Offer only what this framework has.")
@click.option("--rows", type=COUNT, default=ROWS, show_default=True, help="Posts that there is room for.")
@replacing("Replace a workbook that is there, as jdgen wrote it.")
@user_errors
def workbook(file: Path, permissions: Permissions, **choices: Any) -> None:
    """Make FILE (an .xlsx file): a workbook in which managers and HR describe posts, one in each row.

    It has lists to choose from, guidance for every column and an example, and says as people type what is missing.
    When it comes back filled in, `jdgen batch FILE` makes the documents.
    """
    save_workbook_of_posts(find_workspace(Path.cwd()), file, permissions, **choices)
    click.echo(file)
    suggest("fill in a row for each post, then", f"jdgen batch {quoted(file)}")
