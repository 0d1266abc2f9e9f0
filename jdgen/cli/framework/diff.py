"""``jdgen framework diff``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from jdgen.app.frameworks import compare_frameworks, save_comparison
from jdgen.cli.framework.diff_page import page
from jdgen.cli.framework.levels import scale_change
from jdgen.cli.options import PATH, named_level, replacing
from jdgen.cli.seam import user_errors
from jdgen.framework.comparison import Change, Comparison, MovedHeading
from jdgen.framework.model import Passage
from jdgen.levels import levels_listed
from jdgen.words import WordChange
from jdgen.workspace import Workspace


@click.command(short_help="What differs between two versions of a framework.")
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@click.option("--band", help="Only what a document at this Agenda for Change band would show.")
@click.option("--level", help="The same, in a framework that has levels of its own.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--html", type=PATH, help="Write a report that opens in a browser.")
@replacing("Replace a report that is there, as jdgen wrote it.")
@user_errors
def diff(old: Path, new: Path, **options: Any) -> None:
    """Compare two versions of a framework, the files OLD and NEW: what was added, withdrawn, reworded, moved to other
    levels or under another heading, and which headings were renamed or put in another place."""
    found = compare_frameworks(old, new)
    level = named_level(options["band"], options["level"], found.new.scale)
    changes = found.at_level(level) if level else found.changes
    if html := options["html"]:
        save_comparison(Workspace(Path.cwd()), html, page(found, changes), options["allowed"])
        click.echo(f"see {html}", err=True)
    if options["as_json"]:
        click.echo(json.dumps(_json(found, changes), ensure_ascii=False, indent=2))
    else:
        _show(found, changes)


def _show(found: Comparison, changes: Sequence[Change]) -> None:
    click.echo(f"{found.new.title}: from '{found.old.version}' to '{found.new.version}'")
    if sentence := scale_change(found.old.scale, found.new.scale):
        click.echo(f"\n{sentence}")
    for heading in found.renamed:
        click.echo(f"\nThe heading '{heading.before}' is called '{heading.after}' now.")
    for moved in found.moved:
        click.echo(f"\nThe heading '{moved.title}' {stands(moved)} now.")
    title = ""
    for change in changes:
        if change.passage.title != title:
            title = change.passage.title
            click.echo(f"\n{title}")
        click.echo(f"  {change.passage.id}: {said(change)}")
        for line in _lines(change):
            click.echo(f"    {line}")
    headings = f"{len(found.renamed)} headings renamed, {len(found.moved)} moved"
    click.echo(f"\n{len(changes)} changed, {found.unchanged} as before, {headings}")


def stands(moved: MovedHeading) -> str:
    """Where a heading stands that was moved."""
    return f"stands after '{moved.after}'" if moved.after else "stands first"


def said(change: Change) -> str:
    """How a change is named in a line: its kinds, its levels, and whether it is a guess."""
    kinds = " and ".join(change.kinds)
    levels = f", {change.levels[0].scale.words} {levels_listed(change.levels)}" if change.levels else ""
    guess = ""
    if change.guessed and change.before:
        guess = f" (matched by its words with {change.before.id}, which is a guess)"
    return f"{kinds}{levels}{guess}"


def _lines(change: Change) -> list[str]:
    if change.words:
        return ["".join(_marked(part) for part in change.words)]
    if change.before and change.after:
        moved = change.before.title != change.after.title
        return [f"was at {_where(change.before, moved)}, is at {_where(change.after, moved)}"]
    return [change.passage.text]


def _where(passage: Passage, heading: bool) -> str:
    levels = passage.levels.named if passage.levels else "no level"
    return f"{levels} under '{passage.title}'" if heading else levels


def _marked(part: WordChange) -> str:
    """Words as plain text shows them: ``[-out-]`` and ``{+put in+}``."""
    if part.same:
        return part.put
    return (f"[-{part.out}-]" if part.out else "") + (f"{{+{part.put}+}}" if part.put else "")


def _json(found: Comparison, changes: Sequence[Change]) -> dict[str, Any]:
    return {
        "framework": found.new.id,
        "old": found.old.version,
        "new": found.new.version,
        "unchanged": found.unchanged,
        "renamed_headings": [vars(heading) for heading in found.renamed],
        "moved_headings": [vars(heading) for heading in found.moved],
        "changes": [
            {
                "id": change.passage.id,
                "kinds": [str(kind) for kind in change.kinds],
                found.new.scale.key: [str(level) for level in change.levels],
                "guessed": change.guessed,
                "before": _passage(change.before, found.old.scale.key),
                "after": _passage(change.after, found.new.scale.key),
                "words": [part._asdict() for part in change.words],
            }
            for change in changes
        ],
    }


def _passage(passage: Passage | None, key: str) -> dict[str, Any] | None:
    if passage is None:
        return None
    told = vars(passage) | {"source": str(passage.source)}
    levels = told.pop("levels")
    return told | {key: str(levels) if levels else None}
