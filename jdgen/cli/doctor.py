"""``jdgen doctor``."""

from __future__ import annotations

from pathlib import Path

import click

from jdgen.app import find_workspace
from jdgen.app.checkups import LookedOver, look_over
from jdgen.cli.command import user_errors
from jdgen.cli.options import examples
from jdgen.cli.terminal import suggest
from jdgen.errors import JdgenError
from jdgen.words import quantity

#: The width of a line, and of the word that it begins with.
_WIDTH, _KIND = 80, 12


@click.command(epilog=examples("jdgen doctor"))
@user_errors
def doctor() -> None:
    """Say what is found where, what could be installed besides, and whether your files are sound.

    It looks at jdgen.toml, at files of yours in framework_data, at templates of yours, at files for --columns, and at
    post files.

    Exit codes: 0 everything is sound, 1 something is not.
    """
    things = look_over(find_workspace(Path.cwd()))
    for thing in things:
        click.echo(_line(thing))
    for thing in things:
        if thing.command:
            suggest(f"what is missing may be installed, {thing.name.partition(' (')[0]} by", thing.command)
    unsound = [thing for thing in things if thing.problems]
    if unsound:
        click.echo(f"\nunsound: {len(unsound)} of {len(things)}")
        raise JdgenError(problem for thing in unsound for problem in thing.problems)
    click.echo("\neverything is sound")


def _line(thing: LookedOver) -> str:
    """One thing in one line. Where it is too long, its name is shortened in the middle: its end tells most."""
    count = len(thing.problems)
    unsound = f"UNSOUND, see {quantity(count, 'problem')} below"
    state = unsound if count else "sound" if thing.checked else ""
    said = "; ".join(filter(None, (thing.said, state)))
    room = _WIDTH - _KIND - (len(said) + 2 if said else 0)
    name = _shortened(thing.name, room)
    return f"{thing.kind:{_KIND}}{name}: {said}" if said else f"{thing.kind:{_KIND}}{name}"


def _shortened(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    kept = max(room - 3, 8)
    return f"{text[: kept // 3]}...{text[-(kept - kept // 3) :]}"
