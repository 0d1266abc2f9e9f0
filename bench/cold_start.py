"""What a person waits for: cold starts of the command line, against what Python and its libraries cost anyway.

``make bench`` runs this; it prints the table and writes it to docs/benchmarks.md.
"""

from __future__ import annotations

import platform
import sys
import tempfile
from pathlib import Path

from measure import medians

ROUNDS = 25
FOLDER = Path(__file__).resolve().parent.parent
REPORT = FOLDER / "docs" / "benchmarks.md"
_HEADER = """# Benchmarks

Written by `make bench`. Medians of {rounds} alternating rounds in one run, whole processes, after one round to
fill caches. Ratios are what counts: seconds differ from machine to machine.

Python {python}, {machine}.

| case | median | against | median | ratio | goal |
|---|---|---|---|---|---|
"""


def main() -> None:
    """Measure, print, write."""
    python, jdgen = sys.executable, str(Path(sys.executable).with_name("jdgen"))
    with tempfile.TemporaryDirectory() as folder:
        post = str(FOLDER / "examples" / "posts" / "band-8a-programme-office-manager.yaml")
        generate = [jdgen, "generate", "--post", post, "--output", folder, "--overwrite"]
        taken = medians(
            {
                "python": [python, "-c", "pass"],
                "help": [jdgen, "--help"],
                "click": [python, "-c", "import click"],
                "libraries": [python, "-c", "import click, yaml, docxtpl"],
                "generate": generate,
            },
            ROUNDS,
        )
    rows = [
        _row("`jdgen --help`", taken["help"], "`python -c pass`", taken["python"], "≤ 4.5"),
        _row("`jdgen --help`", taken["help"], "`import click`", taken["click"], ""),
        _row("`jdgen generate`", taken["generate"], "`import click, yaml, docxtpl`", taken["libraries"], "≤ 1.6"),
    ]
    header = _HEADER.format(
        rounds=ROUNDS, python=platform.python_version(), machine=f"{platform.system()} {platform.machine()}"
    )
    report = header + "".join(rows)
    print(report)
    REPORT.write_text(report, encoding="utf-8")


def _row(case: str, seconds: float, against: str, other: float, goal: str) -> str:
    return (
        f"| {case} | {seconds * 1000:.0f} ms | {against} | {other * 1000:.0f} ms | {seconds / other:.2f} | {goal} |\n"
    )


if __name__ == "__main__":
    main()
