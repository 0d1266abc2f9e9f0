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
from jdgen.cli.options import PATH
from jdgen.cli.terminal import user_errors

_MOST = 4


@click.command()
@click.argument("places", nargs=-1, required=True, type=PATH)
@click.option("--framework", type=PATH, help="Framework file to hold them against.")
@click.option("--template", help="Template to hold them against: a name, or a .docx file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: every block that differs.")
@user_errors
def status(places: tuple[Path, ...], framework: Path | None, template: str | None, as_json: bool) -> None:
    """Tell of every document in PLACES (files and folders) whether the framework or the template is newer than it, and
    whether somebody has edited it since. It is known by the record inside it, wherever it was moved or renamed.

    The exit code is 0 where there is nothing to do, and 1 where there is.
    """
    found = status_of_each(places, find_workspace(Path.cwd()), framework, template)
    if as_json:
        click.echo(json.dumps([_json(one) for one in found], ensure_ascii=False, indent=2))
    else:
        _show(found)
    if not all(one.is_settled for one in found):
        raise click.exceptions.Exit(1)


def _show(found: Sequence[DocumentStatus]) -> None:
    states = [", ".join(_states(one)) for one in found]
    width = max(map(len, states), default=0)
    met = Counter(problem for one in found for problem in one.problems)
    for one, said in zip(found, states, strict=True):
        click.echo(f"{said:<{width}}  {one.path}")
        own = (str(problem) for problem in one.problems if met[problem] == 1)
        for line in (*_details(one), *own):
            click.echo(f"{'':<{width}}    {line}")
    for problem, documents in met.items():
        if documents > 1:
            click.echo(f"of {documents} documents: {problem}")
    count = Counter(state for one in found for state in one.states)
    listed = ", ".join(f"{count[state]} {state}" for state in State if count[state])
    click.echo(f"{len(found)} documents{f': {listed}' if listed else ''}")


def _states(one: DocumentStatus) -> Iterator[str]:
    yield from one.states
    if one.origin is RecordOrigin.WORKSPACE:
        yield f"by {one.origin}"


def _details(one: DocumentStatus) -> Iterator[str]:
    differ = one.differences
    if differ.edition and not differ.of_blocks:
        yield "only the edition that it names"
    for said, ids in (
        ("reworded", differ.reworded),
        ("withdrawn", differ.withdrawn),
        ("new", differ.new),
        ("moved", differ.moved),
        ("edited", one.edited),
    ):
        if ids:
            more = f" and {len(ids) - _MOST} more" if len(ids) > _MOST else ""
            yield f"{said}: {', '.join(ids[:_MOST])}{more}"
    yield from one.lost


def _json(one: DocumentStatus) -> dict[str, Any]:
    problems = [str(problem) for problem in one.problems]
    origin = one.origin.name.lower() if one.origin else None
    told = {name: value for name, value in vars(one).items() if name != "origin"}
    return {
        **told,
        "record_in": origin,
        "states": list(one.states),
        "differences": vars(one.differences),
        "problems": problems,
    }
