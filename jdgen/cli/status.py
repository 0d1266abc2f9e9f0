"""``jdgen status``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.statuses import DocumentStatus, RecordOrigin, State, status_of_each
from jdgen.cli.options import PATH, examples
from jdgen.cli.terminal import user_errors

_MOST = 4


@click.command(epilog=examples("jdgen status output", "jdgen status output --framework new-version.yaml"))
@click.argument("places", nargs=-1, required=True, type=PATH)
@click.option("--framework", type=PATH, help="Framework to hold them against: a file, or an id.")
@click.option("-t", "--template", help="Template to hold them against: a name, or a .docx file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every block that differs.")
@user_errors
def status(places: tuple[Path, ...], framework: Path | None, template: str | None, as_json: bool) -> None:
    """Tell of every document in PLACES (files and folders) whether the framework or the template is newer than it, and
    whether somebody has edited it since. It is known by the record inside it, wherever it was moved or renamed.

    The exit code is 0 where there is nothing to do, and 1 where there is.
    """
    documents = status_of_each(places, find_workspace(Path.cwd()), framework, template)
    if as_json:
        click.echo(json.dumps([_json(document) for document in documents], ensure_ascii=False, indent=2))
    else:
        _show(documents)
    if not all(document.is_settled for document in documents):
        raise click.exceptions.Exit(1)


def _show(documents: Sequence[DocumentStatus]) -> None:
    states = [", ".join(_states(document)) for document in documents]
    width = max(map(len, states), default=0)
    counts = Counter(problem for document in documents for problem in document.problems)
    for document, label in zip(documents, states, strict=True):
        click.echo(f"{label:<{width}}  {document.path}")
        single = (str(problem) for problem in document.problems if counts[problem] == 1)
        for line in (*_details(document), *single):
            click.echo(f"{'':<{width}}    {line}")
    for problem, affected in counts.items():
        if affected > 1:
            click.echo(f"of {affected} documents: {problem}")
    state_counts = Counter(state for document in documents for state in document.states)
    listed = ", ".join(f"{state_counts[state]} {state}" for state in State if state_counts[state])
    click.echo(f"{len(documents)} documents{f': {listed}' if listed else ''}")


def _states(document: DocumentStatus) -> Iterator[str]:
    yield from document.states
    if document.origin is RecordOrigin.WORKSPACE:
        yield f"by {document.origin}"


def _details(document: DocumentStatus) -> Iterator[str]:
    differences = document.differences
    if differences.edition and not differences.of_blocks:
        yield "only the edition that it names"
    for change, ids in (
        ("reworded", differences.reworded),
        ("withdrawn", differences.withdrawn),
        ("new", differences.new),
        ("moved", differences.moved),
        ("edited", document.edited),
    ):
        if ids:
            more = f" and {len(ids) - _MOST} more" if len(ids) > _MOST else ""
            yield f"{change}: {', '.join(ids[:_MOST])}{more}"
    yield from document.lost


def _json(document: DocumentStatus) -> dict[str, Any]:
    problems = [str(problem) for problem in document.problems]
    origin = document.origin.name.lower() if document.origin else None
    fields = {name: value for name, value in vars(document).items() if name != "origin"}
    return {
        **fields,
        "record_in": origin,
        "states": list(document.states),
        "differences": vars(document.differences),
        "problems": problems,
    }
