"""``jdgen framework diff``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.framework_comparisons import Comparison, MovedHeading, compare_frameworks, save_comparison
from jdgen.cli.command import json_text, user_errors
from jdgen.cli.comparison import comparison_json, show_changes
from jdgen.cli.options import PATH, examples, replacing
from jdgen.words import quantity


@click.command(
    epilog=examples(
        "jdgen framework diff nhs-pccf new.yaml", "jdgen framework diff old.yaml new.yaml --html changes.html"
    )
)
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@click.option("--band", help="Only what a document at this Agenda for Change band would show.")
@click.option("--level", help="The same, in a framework that has levels of its own.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--html", type=PATH, help="Write a report that opens in a browser.")
@replacing("Replace a report that is there, as jdgen wrote it.")
@user_errors
def diff(old: Path, new: Path, **options: Any) -> None:
    """Compare two versions of a framework, OLD and NEW: files, or the id of a framework of yours.

    It tells what was added, withdrawn, reworded, moved to other levels or under another heading, and which headings
    were renamed or put in another place.
    """
    comparison = compare_frameworks(find_workspace(Path.cwd()), old, new, options["band"], options["level"])
    if html := options["html"]:
        save_comparison(find_workspace(Path.cwd()), html, comparison, options["permissions"])
        click.echo(f"see {html}", err=True)
    if options["as_json"]:
        click.echo(json_text(comparison_json(comparison)))
    else:
        _show(comparison)


def _show(comparison: Comparison) -> None:
    click.echo(f"{comparison.new.title}: from '{comparison.old.version}' to '{comparison.new.version}'")
    if comparison.untouched:
        click.echo(f"\nNot in it, and as before: {', '.join(comparison.untouched)}.")
    if comparison.scale_change:
        click.echo(f"\n{comparison.scale_change}")
    for heading in comparison.renamed_headings:
        click.echo(f"\nThe heading '{heading.before}' is called '{heading.after}' now.")
    for moved_heading in comparison.moved_headings:
        click.echo(f"\nThe heading '{moved_heading.title}' {_stands(moved_heading)} now.")
    for rows in comparison.elsewhere:
        click.echo(f"\n{rows.sentence}")
    show_changes(comparison)
    headings = (
        f"{quantity(len(comparison.renamed_headings), 'heading')} renamed, {len(comparison.moved_headings)} moved"
    )
    click.echo(f"\n{len(comparison.changes)} changed, {comparison.unchanged} as before, {headings}")


def _stands(moved_heading: MovedHeading) -> str:
    return f"stands after '{moved_heading.after}'" if moved_heading.after else "stands first"
