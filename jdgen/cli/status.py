"""``jdgen status``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.statuses import BlockId, DocumentStatus, RecordOrigin, State, Statuses, Subjects, status_of_each
from jdgen.cli.command import json_text, user_errors
from jdgen.cli.options import PATH, TEMPLATE, examples
from jdgen.cli.terminal import suggest
from jdgen.system.shells import quoted
from jdgen.words import quantity

#: States of documents that `regenerate` brings up to date.
_OUT_OF_DATE = frozenset({State.PRINTS_OTHERWISE, State.OTHER_HEADINGS, State.OTHER_TEMPLATE})


@click.command(epilog=examples("jdgen status output", "jdgen status output --framework new-version.yaml"))
@click.argument("places", nargs=-1, required=True, type=PATH)
@click.option("--framework", type=PATH, help="Framework to hold them against: a file, or an id.")
@click.option("-t", "--template", type=TEMPLATE, help="Template to hold them against: a name, or a .docx file.")
@click.option("--details", is_flag=True, help="Show under each document which of its texts differ, by their headings.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every block that differs.")
@user_errors
def status(
    places: tuple[Path, ...], framework: Path | None, template: str | None, details: bool, as_json: bool
) -> None:
    """Tell of every document in PLACES (files and folders) whether the framework or the template is newer than it, and
    whether somebody has edited it since. It is known by the record inside it, wherever it was moved or renamed.

    The exit code is 0 where there is nothing to do, and 1 where there is.
    """
    statuses = status_of_each(places, find_workspace(Path.cwd()), framework, template)
    if as_json:
        click.echo(json_text([_json(document) for document in statuses.documents]))
    else:
        _show(statuses, details)
        if any(document.states[0] in _OUT_OF_DATE for document in statuses.documents):
            _suggest(places, framework, template)
    if not all(document.is_settled for document in statuses.documents):
        raise click.exceptions.Exit(1)


def _show(statuses: Statuses, details: bool) -> None:
    documents = statuses.documents
    subjects = statuses.subjects() if details else None
    states = [", ".join(_states(document)) for document in documents]
    width = max(map(len, states), default=0)
    counts = Counter(problem for document in documents for problem in document.problems)
    for document, label in zip(documents, states, strict=True):
        summary = "; ".join(_summary(document))
        click.echo(f"{label:<{width}}  {document.path}{f': {summary}' if summary else ''}")
        lines = [str(problem) for problem in document.problems if counts[problem] == 1]
        for line in (*_details(document, subjects), *lines) if subjects else lines:
            click.echo(f"{'':<{width}}    {line}")
    for problem, document_count in counts.items():
        if document_count > 1:
            click.echo(f"of {document_count} documents: {problem}")
    state_counts = Counter(state for document in documents for state in document.states)
    state_list = ", ".join(f"{state_counts[state]} {state}" for state in State if state_counts[state])
    count = quantity(len(documents), "document")
    click.echo(f"{count}{f': {state_list}' if state_list else ''}")


def _suggest(places: Sequence[Path], framework: Path | None, template: str | None) -> None:
    """Say how what is out of date is brought up to date with what it was held against."""
    options = [("--framework", framework), ("--template", template), ("--output", "FOLDER")]
    option_texts = [f"{option} {quoted(value)}" for option, value in options if value is not None]
    command = " ".join(["jdgen regenerate", *map(quoted, places), *option_texts])
    suggest("bring them up to date, as tracked changes", command)


def _states(document: DocumentStatus) -> Iterator[str]:
    yield from document.states
    if document.origin is RecordOrigin.WORKSPACE:
        yield f"by {document.origin}"


def _changes(document: DocumentStatus) -> Iterator[tuple[str, Sequence[BlockId]]]:
    """What differs, by how it does: texts that the framework has otherwise, and those that somebody edited."""
    differences = document.differences
    yield "reworded", differences.reworded
    yield "withdrawn", differences.withdrawn
    yield "new", differences.new
    yield "moved", differences.moved
    yield "edited in Word", tuple(map(BlockId, document.edited_blocks))


def _summary(document: DocumentStatus) -> Iterator[str]:
    """How many texts differ, in a few words."""
    differences = document.differences
    if differences.edition and not differences.of_blocks:
        yield "only the edition that it names"
    if counts := [f"{len(blocks)} {change}" for change, blocks in _changes(document) if blocks]:
        yield ", ".join(counts)
    if document.stale_lines:
        yield f"{quantity(len(document.stale_lines), 'note')} of what no longer fits"
    if document.is_saved_since:
        yield "saved again since, perhaps with something added or moved"


def _details(document: DocumentStatus, subjects: Subjects) -> Iterator[str]:
    """What differs, by headings."""
    for change, blocks in _changes(document):
        if blocks:
            headings = Counter(map(subjects.block, blocks))
            counts = (f"{heading} ({count})" if count > 1 else heading for heading, count in headings.items())
            yield f"{change}: {', '.join(counts)}"
    yield from document.stale_lines


def _json(document: DocumentStatus) -> dict[str, Any]:
    differences = document.differences
    return {
        "path": document.path,
        "states": list(document.states),
        "document_id": document.document_id,
        "title": document.title,
        "framework": document.framework,
        "version": document.version,
        "differences": {
            "reworded": differences.reworded,
            "withdrawn": differences.withdrawn,
            "new": differences.new,
            "moved": differences.moved,
            "edition": differences.edition,
        },
        "edited": document.edited_blocks,
        "saved_since": document.is_saved_since,
        "lost": document.stale_lines,
        "problems": [str(problem) for problem in document.problems],
        "record_in": document.origin.name.lower() if document.origin else None,
    }
