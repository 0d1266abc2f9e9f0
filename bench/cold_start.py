"""What a person waits for: cold starts of the command line, against what Python and its libraries cost anyway."""

from __future__ import annotations

import functools
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from measure import FOLDER, Command, alternating, process_seconds
from tables import at_most, table

_HEADER = """## Cold starts

Medians of {rounds} alternating rounds, whole processes, after one round to fill caches. A first run of
`jdgen generate` reads all that it needs and keeps what it made of it; those after it read that.

"""


def section(rounds: int) -> str:
    """Measure, and say it in Markdown."""
    python, jdgen = sys.executable, [str(Path(sys.executable).with_name("jdgen"))]
    with tempfile.TemporaryDirectory() as folder, _keeping_in(Path(folder)) as cache:
        post = str(FOLDER / "examples" / "posts" / "band-8a-programme-office-manager.yaml")
        generate = [*jdgen, "generate", "--post", post, "--output", folder, "--overwrite"]
        commands: dict[str, Command] = {
            "python": [python, "-c", "pass"],
            "help": [*jdgen, "--help"],
            "click": [python, "-c", "import click"],
            "libraries": [python, "-c", "import click, yaml, docxtpl"],
            "generate": generate,
        }
        cases = {name: functools.partial(process_seconds, command) for name, command in commands.items()}
        medians = alternating({**cases, "first": functools.partial(_first_run, generate, cache)}, rounds)
    rows = [
        _row("`jdgen --help`", medians["help"], "`python -c pass`", medians["python"], 4.5),
        _row("`jdgen --help`", medians["help"], "`import click`", medians["click"]),
        _row("`jdgen generate`", medians["generate"], "`import click, yaml, docxtpl`", medians["libraries"], 1.6),
        _row("`jdgen generate`, first run", medians["first"], "`import click, yaml, docxtpl`", medians["libraries"]),
    ]
    return _HEADER.format(rounds=rounds) + table(("case", "median", "against", "median", "ratio", "goal"), rows)


@contextmanager
def _keeping_in(folder: Path) -> Iterator[Path]:
    """Where jdgen keeps things in the meantime, apart from what the user's own runs have kept."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
    try:
        yield folder / "cache"
    finally:
        del os.environ["XDG_CACHE_HOME"]
        if before is not None:
            os.environ["XDG_CACHE_HOME"] = before


def _first_run(command: Command, cache: Path) -> float:
    """Seconds of ``command`` where nothing is kept."""
    shutil.rmtree(cache, ignore_errors=True)
    return process_seconds(command)


def _row(case: str, seconds: float, against: str, other: float, goal: float = 0) -> tuple[str, ...]:
    ratio = seconds / other
    verdict = at_most(ratio, goal) if goal else ""
    return (case, f"{seconds * 1000:.0f} ms", against, f"{other * 1000:.0f} ms", f"{ratio:.2f}", verdict)
