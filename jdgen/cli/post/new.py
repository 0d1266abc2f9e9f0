"""``jdgen post new``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.posts import save_new_post
from jdgen.cli.command import user_errors
from jdgen.cli.options import PATH, examples
from jdgen.cli.post_options import given_fields, post_options
from jdgen.cli.terminal import suggest
from jdgen.system.shells import quoted


@click.command(
    epilog=examples(
        "jdgen post new post.yaml",
        'jdgen post new post.yaml --title "PMO manager" --specialism pmo --band 7',
    )
)
@click.argument("file", type=PATH)
@post_options
@user_errors
def new(file: Path, **options: Any) -> None:
    """Begin FILE, a post file (.yaml): all that a post can say, with what to write and an example of each.

    What the options say is filled in. What jdgen.toml says of every post is named. All else is an example behind a #,
    which you take away to answer. A file that is there is never written over.
    """
    missing = save_new_post(find_workspace(Path.cwd()), file, *given_fields(options))
    click.echo(file)
    if missing:
        click.echo(f"still needed in it: {', '.join(missing)}", err=True)
    suggest("fill it in, then", f"jdgen post check {quoted(file)}")
