"""What a person waits for: cold starts of the command line, against what Python and its libraries cost anyway."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import FOLDER, medians
from tables import at_most, table

_HEADER = """## Cold starts

Medians of {rounds} alternating rounds, whole processes, after one round to fill caches.

"""


def section(rounds: int) -> str:
    """Measure, and say it in Markdown."""
    python, jdgen = sys.executable, [str(Path(sys.executable).with_name("jdgen"))]
    with tempfile.TemporaryDirectory() as folder:
        post = str(FOLDER / "examples" / "posts" / "band-8a-programme-office-manager.yaml")
        taken = medians(
            {
                "python": [python, "-c", "pass"],
                "help": [*jdgen, "--help"],
                "click": [python, "-c", "import click"],
                "libraries": [python, "-c", "import click, yaml, docxtpl"],
                "generate": [*jdgen, "generate", "--post", post, "--output", folder, "--overwrite"],
            },
            rounds,
        )
    rows = [
        _row("`jdgen --help`", taken["help"], "`python -c pass`", taken["python"], 4.5),
        _row("`jdgen --help`", taken["help"], "`import click`", taken["click"]),
        _row("`jdgen generate`", taken["generate"], "`import click, yaml, docxtpl`", taken["libraries"], 1.6),
    ]
    return _HEADER.format(rounds=rounds) + table(("case", "median", "against", "median", "ratio", "goal"), rows)


def _row(case: str, seconds: float, against: str, other: float, goal: float = 0) -> tuple[str, ...]:
    ratio = seconds / other
    said = at_most(ratio, goal) if goal else ""
    return (case, f"{seconds * 1000:.0f} ms", against, f"{other * 1000:.0f} ms", f"{ratio:.2f}", said)
