"""``jdgen framework criteria``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.frameworks import BareSpecialism, save_criteria_draft
from jdgen.cli.command import user_errors
from jdgen.cli.options import FRAMEWORK, SPECIALISM, examples, output_option, replacing
from jdgen.cli.terminal import suggest
from jdgen.system.shells import quoted
from jdgen.words import quantity


@click.command(
    epilog=examples(
        "jdgen framework criteria pmo --output our-criteria.yaml",
        "jdgen framework criteria pmo --framework nhs-pccf --output our-criteria.yaml",
    )
)
@click.argument("specialism", type=SPECIALISM)
@click.option("--framework", type=FRAMEWORK, help="Framework, where several have the specialism.")
@output_option("File to write. Else where jdgen looks for it.")
@replacing("Replace a draft that is there, as jdgen wrote it.")
@user_errors
def criteria(specialism: str, framework: str | None, output: Path | None, permissions: Any) -> None:
    """Write a first draft of a file of criteria for SPECIALISM: every heading with what the framework says there, and a
    place to write the criterion. jdgen words none.

    It can be used at once: documents ask for what is missing, and say that the criteria are a first draft, until you
    delete its mark in the file.
    """
    draft = save_criteria_draft(find_workspace(Path.cwd()), specialism, framework, output, permissions)
    places = f"{quantity(draft.places, 'place')} to write"
    click.echo(f"{draft.specialism.title}: {quantity(len(draft.specialism.headings), 'heading')}, {places}")
    click.echo(draft.path)
    if draft.home:
        click.echo(f"jdgen reads it once it is at {draft.home}", err=True)
    suggest("write the criteria, delete the line 'draft: true', then", "jdgen framework check")


def no_criteria(bare: BareSpecialism) -> str:
    """That nobody has written criteria for a specialism, and what can be done."""
    command = f"jdgen framework criteria {quoted(bare.specialism.id)} --framework {quoted(bare.framework)}"
    return f"no criteria yet for {bare.specialism.title}: documents ask for them; {command} writes a first draft"
