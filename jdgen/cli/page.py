"""``jdgen page``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app import Permissions, find_workspace
from jdgen.app.page import PageChoices, save_page
from jdgen.cli.command import user_errors
from jdgen.cli.options import PATH, examples, replacing
from jdgen.cli.terminal import suggest


@click.command(
    epilog=examples(
        "jdgen page job-descriptions.html",
        "jdgen page jd.html --template job-description --colour '#330072'",
        "jdgen page jd.html --post post.yaml",
    )
)
@click.argument("file", type=PATH)
@click.option("-t", "--template", "templates", multiple=True, help="A template of the page; may be repeated. Else all.")
@click.option(
    "--post", "posts", type=PATH, multiple=True, help="A post file or document to start from; may be repeated."
)
@click.option("--colour", "color", help="Colour of the head of the page, such as '#005EB8'.")
@replacing("Replace a page that is there, as jdgen wrote it.")
@user_errors
def page(file: Path, permissions: Permissions, **choices: Any) -> None:
    """Make FILE (.html): a page in which managers make job descriptions in their browser, without jdgen.

    It holds your templates, general statements, frameworks and criteria, needs no network, and sends nothing anywhere:
    put it on the intranet or a shared folder.

    The page in which HR decides on a release of a framework is another: `jdgen release --review`.
    """
    size = save_page(find_workspace(Path.cwd()), file, PageChoices(**choices), permissions)
    click.echo(f"{file} ({size / 1_000_000:.1f} MB)")
    suggest("open it in a browser; make it anew after a change of templates, statements or frameworks")
