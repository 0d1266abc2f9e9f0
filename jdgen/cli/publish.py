"""``jdgen publish``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.publications import publish as publish_documents
from jdgen.cli.command import user_errors
from jdgen.cli.options import PATH, examples, output_option, replacing
from jdgen.cli.publications import end, show


@click.command(
    epilog=examples(
        "jdgen publish 'output/Job description PMO manager band 7.docx'",
        "jdgen publish output --output final --no-pdf",
    )
)
@click.argument("places", nargs=-1, required=True, type=PATH)
@output_option(
    "Folder to write to.", type=click.Path(path_type=Path, file_okay=False), default=Path("final"), show_default=True
)
@click.option("--pdf/--no-pdf", "with_pdf", default=True, help="Write each as PDF too, or as a Word file alone.")
@replacing("Replace files that are there, as jdgen wrote them.")
@user_errors
def publish(places: tuple[Path, ...], **options: Any) -> None:
    """Write the final copy of every document in PLACES (files and folders), as applicants and NHS Jobs get it: a Word
    file and an accessible PDF.

    The copy is without comments, without bookmarks, and without what jdgen keeps in a document to bring it up to date;
    the document itself stays as it is. One with open tracked changes, unanswered prompts, gaps or hidden text is
    refused, and so is what NHS Jobs would not take: more than 1 MB, or a name of 90 characters and more.
    """
    workspace = find_workspace(Path.cwd())
    permissions, with_pdf = options["permissions"], options["with_pdf"]
    end(publish_documents(places, options["output"], workspace, permissions, show, with_pdf=with_pdf))
