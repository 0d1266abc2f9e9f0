"""``jdgen template new``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app import Permissions, find_workspace
from jdgen.app.templates import ORDER, TEMPLATES, StarterChoices, save_new_template
from jdgen.cli.command import user_errors
from jdgen.cli.options import PATH, examples, replacing
from jdgen.cli.terminal import suggest
from jdgen.system.shells import quoted


@click.command(
    epilog=f"Sections, in order: post-picture, {', '.join(ORDER)}.\n\n"
    + examples("jdgen template new our-jd.docx --organisation 'Our NHS Trust' --colour '#003087'")
)
@click.argument("file", type=PATH)
@click.option("--organisation", required=True, help="Name of the organisation, printed as it is written.")
@click.option("--colour", "color", help="Colour of headings and table headings, such as '#003087'.")
@click.option("--accent", help="Colour of sub-headings and rules.")
@click.option("--picture", type=PATH, help="PNG or JPEG file, shown above the title.")
@click.option("--alt-text", help="What the picture shows, for people who cannot see it.")
@click.option("--without", multiple=True, metavar="SECTION", help="Leave a section out; may be repeated.")
@click.option("--with", "added", multiple=True, metavar="SECTION", help="Put a section in; may be repeated.")
@click.option(
    "--from",
    "kind",
    default=StarterChoices.kind,
    show_default=True,
    help=f"{', '.join(TEMPLATES[:-1])} or {TEMPLATES[-1]}.",
)
@replacing("Replace a template that is there, as jdgen wrote it.")
@user_errors
def new(file: Path, picture: Path | None, permissions: Permissions, **choices: Any) -> None:
    """Make the template FILE (a .docx file) for your organisation, to edit in Word.

    It prints everything that a job description needs. Change its text and styles in Word; `jdgen template fields`
    lists what else it may print.
    """
    save_new_template(find_workspace(Path.cwd()), file, StarterChoices(**choices), picture, permissions)
    click.echo(file)
    suggest("change it in Word, then", f"jdgen template check {quoted(file)}")
