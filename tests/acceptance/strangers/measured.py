"""What opening a file costs, in a process of its own: seconds of the processor, memory, and what was said."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.toolbox.examples import ROOT
from tests.toolbox.processes import HANGS

MEGABYTE = 2**20
#: What issue and invariants promise: refused in bounded time and in less than this.
MOST_MEMORY, MOST_SECONDS = 200 * MEGABYTE, 30

# What is called, and what it is called with.
_CALLS = {
    "template": ("from jdgen.template.compiling import compile_template as call", "path.read_bytes(), path.name"),
    "vetted": ("from jdgen.template.vetting import open_vetted as call", "path.read_bytes(), path.name"),
    "posts": ("from tests.acceptance.strangers.measured import read_all as call", "path"),
    "yaml": ("from jdgen.text_files.yaml_reading import read_yaml as call", "path, path.name"),
    "inputs": ("from jdgen.record.untouched import glance as call", "path.read_bytes()"),
    "record": ("from jdgen.record.reading import record_of as call", "path.read_bytes()"),
}
_SCRIPT = """
import json, os, re, resource, sys
from pathlib import Path
from jdgen.errors import JdgenError
paths = [Path(each) for each in sys.argv[1:]]
{imported}
began = sum(os.times()[:4])
problems = []
for path in paths:
    try:
        call({arguments})
        problems.append([])
    except JdgenError as error:
        problems.append([str(problem) for problem in error.problems[:20]])
seconds = sum(os.times()[:4]) - began
# Linux gives the process that started this one a part in ru_maxrss; VmHWM is its own.
status = Path("/proc/self/status")
own = re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text()) if status.exists() else None
unit = 1 if sys.platform == "darwin" else 1024
memory = int(own[1]) * 1024 if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
print(json.dumps([problems, seconds, max(memory, children)]))
"""


@dataclass(frozen=True)
class Cost:
    """What one call said, and what it took, or several together: seconds of the processor, so that a busy machine fails
    no test, and memory in bytes, those of its own processes included."""

    problems: tuple[str, ...]
    seconds: float
    memory: int

    def assert_bounded(self) -> None:
        assert self.memory < MOST_MEMORY, f"{self.memory / MEGABYTE:.0f} MB"
        assert self.seconds < MOST_SECONDS


def cost_of(call: str, path: Path) -> Cost:
    """The cost of opening ``path``. A process that hangs, or dies, is a failure of the test."""
    (cost,) = costs_of(call, [path])
    return cost


def costs_of(call: str, paths: Sequence[Path]) -> list[Cost]:
    """What is said of each of ``paths``, opened in one process, and what all of them cost."""
    imported, arguments = _CALLS[call]
    run = subprocess.run(
        [sys.executable, "-c", _SCRIPT.format(imported=imported, arguments=arguments), *map(str, paths)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=HANGS,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2_000:]
    problems, seconds, memory = json.loads(run.stdout)
    return [Cost(tuple(each), seconds, memory) for each in problems]


def read_all(path: Path) -> None:
    """Read every row of a file of posts, and keep none."""
    from jdgen.sheets.reading import open_posts  # noqa: PLC0415  # in the measured process only

    for _ in open_posts(path, path.name).rows:
        pass
