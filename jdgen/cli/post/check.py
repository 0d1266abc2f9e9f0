"""``jdgen post check``."""

from __future__ import annotations

from pathlib import Path

import click

from jdgen.app import find_workspace
from jdgen.app.posts import CheckedPost, check_post
from jdgen.cli.command import user_errors
from jdgen.cli.notes import note_lines, notes_option
from jdgen.cli.options import PATH, examples
from jdgen.cli.terminal import STANDARD_OUTPUT, report_error, suggest, terminal_width
from jdgen.errors import fold_problems
from jdgen.system.shells import quoted

_INDENT = "  "


@click.command(epilog=examples("jdgen post check post.yaml", "jdgen post check posts/*.yaml --notes all"))
@click.argument("files", nargs=-1, required=True, type=PATH)
@notes_option
@user_errors
def check(files: tuple[Path, ...], notes: str) -> None:
    """Find all that is wrong with the post files FILES, and say what their documents would ask for.

    No document is made. Ends with 0 where every file is sound, and with 1 where one is not. A file of many posts is
    looked at by `jdgen batch FILE --dry-run`.
    """
    workspace = find_workspace(Path.cwd())
    checked_posts = [(file, check_post(workspace, file)) for file in files]
    for file, post in checked_posts:
        for problem in fold_problems(post.problems):
            report_error(problem)
        if not post.problems:
            _show(file, post, notes)
    if any(post.problems for _, post in checked_posts):
        raise click.exceptions.Exit(1)
    for file in dict.fromkeys(files):
        suggest("make its document", f"jdgen generate --post {quoted(file)}")


def _show(file: Path, post: CheckedPost, notes: str) -> None:
    """That the file is sound, what its document would ask for, and what is to be decided."""
    click.echo(f"{file}: sound; {f'{post.open_count} to complete' if post.open_count else 'it is complete'}")
    lines = [*note_lines(post.notes, notes, terminal_width(STANDARD_OUTPUT) - len(_INDENT))]
    if post.missing_headings:
        lines.append(f"not given of your own fields, where a template prints them: {', '.join(post.missing_headings)}")
    for line in lines:
        click.echo(f"{_INDENT}{line}")
