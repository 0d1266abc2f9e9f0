"""``jdgen framework diff``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.framework_versions import (
    Comparison,
    MovedHeading,
    Passage,
    StatementChange,
    WordChange,
    compare_frameworks,
    save_comparison,
)
from jdgen.cli.options import PATH, examples, replacing
from jdgen.cli.terminal import json_text, user_errors
from jdgen.errors import list_words
from jdgen.words import counted


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
        save_comparison(find_workspace(Path.cwd()), html, comparison, options["allowed"])
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
    for heading in comparison.renamed:
        click.echo(f"\nThe heading '{heading.before}' is called '{heading.after}' now.")
    for moved in comparison.moved:
        click.echo(f"\nThe heading '{moved.title}' {_stands(moved)} now.")
    for rows in comparison.elsewhere:
        click.echo(f"\n{rows.sentence}")
    show_changes(comparison)
    headings = f"{counted(len(comparison.renamed), 'heading')} renamed, {len(comparison.moved)} moved"
    click.echo(f"\n{len(comparison.changes)} changed, {comparison.unchanged} as before, {headings}")


def show_changes(comparison: Comparison, beneath: Callable[[StatementChange], Iterable[str]] = lambda _: ()) -> None:
    """Each statement that has changed, under its heading; ``beneath`` gives the lines under one."""
    title = ""
    for change in comparison.changes:
        if change.passage.title != title:
            title = change.passage.title
            click.echo(f"\n{title}")
        click.echo(f"  {change.passage.id}: {_change(change)}")
        for line in (*_lines(change), *beneath(change)):
            click.echo(f"    {line}")


def _stands(moved: MovedHeading) -> str:
    return f"stands after '{moved.after}'" if moved.after else "stands first"


def _change(change: StatementChange) -> str:
    """How a change is named in a line: its kinds, its levels, and whether it is a guess."""
    kinds = " and ".join(change.kinds)
    levels = f", {change.levels[0].scale.words} {list_words(map(str, change.levels))}" if change.levels else ""
    guess = ""
    if change.guessed and change.before:
        guess = f" (matched by its words with {change.before.id}, which is a guess)"
    return f"{kinds}{levels}{guess}"


def _lines(change: StatementChange) -> list[str]:
    if change.words:
        return ["".join(_mark_words(part) for part in change.words)]
    if change.before and change.after:
        moved = change.before.title != change.after.title
        return [f"was at {_where(change.before, moved)}, is at {_where(change.after, moved)}"]
    return [change.passage.text]


def _where(passage: Passage, heading: bool) -> str:
    levels = passage.levels.named if passage.levels else "no level"
    return f"{levels} under '{passage.title}'" if heading else levels


def _mark_words(part: WordChange) -> str:
    """Words as plain text shows them: ``[-out-]`` and ``{+put in+}``."""
    if part.same:
        return part.put
    return (f"[-{part.out}-]" if part.out else "") + (f"{{+{part.put}+}}" if part.put else "")


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as JSON."""
    return {
        "framework": comparison.new.id,
        "old": comparison.old.version,
        "new": comparison.new.version,
        "unchanged": comparison.unchanged,
        "renamed_headings": [vars(heading) for heading in comparison.renamed],
        "moved_headings": [vars(heading) for heading in comparison.moved],
        "rows_elsewhere": [vars(rows) for rows in comparison.elsewhere],
        "changes": [
            {
                "id": change.passage.id,
                "kinds": [str(kind) for kind in change.kinds],
                comparison.new.scale.key: [str(level) for level in change.levels],
                "guessed": change.guessed,
                "before": _passage(change.before, comparison.old.scale.key),
                "after": _passage(change.after, comparison.new.scale.key),
                "words": [part._asdict() for part in change.words],
            }
            for change in comparison.changes
        ],
    }


def _passage(passage: Passage | None, key: str) -> dict[str, Any] | None:
    if passage is None:
        return None
    fields = vars(passage) | {"source": str(passage.source)}
    levels = fields.pop("levels")
    return fields | {key: str(levels) if levels else None}
