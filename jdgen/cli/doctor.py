"""``jdgen doctor``."""

from __future__ import annotations

from pathlib import Path

import click

from jdgen.app import find_workspace
from jdgen.app.checkups import Checkup, look_over
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
    checkups = look_over(find_workspace(Path.cwd()))
    for checkup in checkups:
        click.echo(_line(checkup))
    for checkup in checkups:
        if checkup.command:
            suggest(f"what is missing may be installed, {checkup.name.partition(' (')[0]} by", checkup.command)
    unsound = [checkup for checkup in checkups if checkup.problems]
    if unsound:
        click.echo(f"\nunsound: {len(unsound)} of {len(checkups)}")
        raise JdgenError(problem for checkup in unsound for problem in checkup.problems)
    click.echo("\neverything is sound")


def _line(checkup: Checkup) -> str:
    """One of them in one line. Where it is too long, its name is shortened in the middle: its end tells most."""
    count = len(checkup.problems)
    unsound = f"UNSOUND, see {quantity(count, 'problem')} below"
    state = unsound if count else "sound" if checkup.is_checked else ""
    remark = "; ".join(filter(None, (checkup.remark, state)))
    room = _WIDTH - _KIND - (len(remark) + 2 if remark else 0)
    name = _shorten(checkup.name, room)
    return f"{checkup.kind:{_KIND}}{name}: {remark}" if remark else f"{checkup.kind:{_KIND}}{name}"


def _shorten(text: str, room: int) -> str:
    if len(text) <= room:
        return text
    letters = max(room - 3, 8)
    return f"{text[: letters // 3]}...{text[-(letters - letters // 3) :]}"
