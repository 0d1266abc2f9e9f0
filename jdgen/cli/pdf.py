"""``jdgen pdf``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.publications import print_documents
from jdgen.cli.command import user_errors
from jdgen.cli.options import PATH, examples, output_option, replacing
from jdgen.cli.publications import end, show


@click.command(
    epilog=examples(
        "jdgen pdf 'output/Job description PMO manager band 7.docx'",
        "jdgen pdf output --output pdf",
    )
)
@click.argument("places", nargs=-1, required=True, type=PATH)
@output_option(
    "Folder to write to; beside each document if left out.", type=click.Path(path_type=Path, file_okay=False)
)
@replacing("Replace PDF files that are there, as jdgen wrote them.")
@user_errors
def pdf(places: tuple[Path, ...], **options: Any) -> None:
    """Print every document in PLACES (files and folders) as PDF that assistive technology reads (PDF/UA).

    LibreOffice does the printing, one process for all of them. For applicants and NHS Jobs, `jdgen publish` first looks
    whether a document is finished, and leaves out what was for its writers.
    """
    end(print_documents(places, options["output"], find_workspace(Path.cwd()), options["permissions"], show))
