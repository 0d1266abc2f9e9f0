"""What `jdgen pdf` and `jdgen publish` say of each document."""

from __future__ import annotations

from collections.abc import Sequence

import click

from jdgen.app.publications import PublishedDocument
from jdgen.cli.terminal import report_error, warn
from jdgen.errors import fold_problems, list_words


def show(document: PublishedDocument) -> None:
    """One document, in a line, and what is to be said of it."""
    for problem in fold_problems(document.problems):
        report_error(problem)
    warn(document.warnings)
    if document.files:
        click.echo(f"{document.source} -> {list_words(map(str, document.files))}")
    if document.left_out:
        click.echo(f"  left out: {list_words(document.left_out)}", err=True)


def end(documents: Sequence[PublishedDocument]) -> None:
    """End a command as its documents say: with an error where one was not written."""
    if any(document.problems for document in documents):
        raise click.exceptions.Exit(1)
