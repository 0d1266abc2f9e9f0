"""What differs between two versions of a framework, in lines at a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from textwrap import indent
from typing import Any

import click

from jdgen.app.framework_comparisons import Comparison, Passage, StatementChange, WordChange
from jdgen.errors import list_words


def show_changes(comparison: Comparison, beneath: Callable[[StatementChange], Iterable[str]] = lambda _: ()) -> None:
    """Each statement that has changed, under its heading; ``beneath`` gives the lines under one."""
    title = ""
    for change in comparison.changes:
        if change.passage.title != title:
            title = change.passage.title
            click.echo(f"\n{title}")
        click.echo(f"  {change.passage.id}: {_change(change)}")
        for line in (*_lines(change), *beneath(change)):
            click.echo(indent(line, "    "))  # a list has a line for each entry


def _change(change: StatementChange) -> str:
    """How a change is named in a line: its kinds, its levels, and whether it is a guess."""
    kinds = " and ".join(change.kinds)
    levels = f", {change.levels[0].scale.words} {list_words(map(str, change.levels))}" if change.levels else ""
    guess = ""
    if change.is_guess and change.before:
        guess = f" (matched by its words with {change.before.id}, which is a guess)"
    return f"{kinds}{levels}{guess}"


def _lines(change: StatementChange) -> list[str]:
    if change.words:
        return ["".join(_mark_words(part) for part in change.words)]
    if change.before and change.after:
        has_other_heading = change.before.title != change.after.title
        return [f"was at {_where(change.before, has_other_heading)}, is at {_where(change.after, has_other_heading)}"]
    return [change.passage.text]


def _where(passage: Passage, heading: bool) -> str:
    levels = passage.levels.full_name if passage.levels else "no level"
    return f"{levels} under '{passage.title}'" if heading else levels


def _mark_words(part: WordChange) -> str:
    """Words as plain text shows them: ``[-out-]`` and ``{+put in+}``."""
    if part.is_same:
        return part.new
    return (f"[-{part.old}-]" if part.old else "") + (f"{{+{part.new}+}}" if part.new else "")


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as JSON."""
    return {
        "framework": comparison.new.id,
        "old": comparison.old.version,
        "new": comparison.new.version,
        "unchanged": comparison.unchanged,
        "untouched_chapters": list(comparison.untouched),
        "renamed_headings": [
            {"id": heading.id, "before": heading.before, "after": heading.after}
            for heading in comparison.renamed_headings
        ],
        "moved_headings": [
            {"id": heading.id, "title": heading.title, "after": heading.after} for heading in comparison.moved_headings
        ],
        "rows_elsewhere": [
            {"what": rows.what, "titles": rows.titles, "before": rows.before, "after": rows.after}
            for rows in comparison.elsewhere
        ],
        "changes": [
            {
                "id": change.passage.id,
                "kinds": [str(kind) for kind in change.kinds],
                comparison.new.scale.key: [str(level) for level in change.levels],
                "guessed": change.is_guess,
                "before": _passage(change.before, comparison.old.scale.key),
                "after": _passage(change.after, comparison.new.scale.key),
                "words": [{"out": part.old, "put": part.new} for part in change.words],
            }
            for change in comparison.changes
        ],
    }


def _passage(passage: Passage | None, key: str) -> dict[str, Any] | None:
    if passage is None:
        return None
    return {
        "id": passage.id,
        "specialism": passage.specialism,
        "heading": passage.heading,
        "title": passage.title,
        "text": passage.text,
        "source": str(passage.source),
        key: str(passage.levels) if passage.levels else None,
    }
