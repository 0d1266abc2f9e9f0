"""Times, measured in alternating rounds so that a machine that slows down slows all alike."""

from __future__ import annotations

import functools
import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

Command = Sequence[str]
#: Does something once and says how many seconds it took, by its own count (for instance for one of many documents).
Timed = Callable[[], float]

FOLDER = Path(__file__).resolve().parent.parent


def alternating(cases: Mapping[str, Timed], rounds: int, uncounted: int = 1) -> dict[str, float]:
    """Median seconds of each case over ``rounds`` rounds; each round runs every case once, in turn.

    The first ``uncounted`` rounds, which fill caches, are run besides.
    """
    seconds: dict[str, list[float]] = {name: [] for name in cases}
    for number in range(rounds + uncounted):
        for name, run in cases.items():
            seconds_of_run = run()
            if number >= uncounted:
                seconds[name].append(seconds_of_run)
    return {name: statistics.median(seconds_of_run) for name, seconds_of_run in seconds.items()}


def medians(commands: Mapping[str, Command], rounds: int) -> dict[str, float]:
    """Median seconds of each command, a whole process, in alternating rounds.

    Raises ``subprocess.CalledProcessError`` when a command fails.
    """
    return alternating(
        {name: functools.partial(process_seconds, command) for name, command in commands.items()}, rounds
    )


def process_seconds(command: Command) -> float:
    """Seconds that ``command`` takes, run in jdgen's folder. Raises ``subprocess.CalledProcessError`` when it fails."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=FOLDER)
    return time.perf_counter() - started


def per_document(make_all: Callable[[], Iterable[object]], repeats: int) -> Timed:
    """Seconds for one of the documents that ``make_all`` gives, over ``repeats`` turns; each is dropped at once."""

    def timed() -> float:
        count = 0
        gc.collect()
        started = time.perf_counter()
        for _ in range(repeats):
            for _document in make_all():
                count += 1
        return (time.perf_counter() - started) / count

    return timed


def peak_memory(command: Command) -> int:
    """The most memory, in KB, that a process of ``command`` ever held.

    A process counts what its parent held when it was started; so a small one stands between.
    """
    script = str(Path(__file__).with_name("peak.py"))
    process = subprocess.run([sys.executable, script, *command], check=True, capture_output=True, text=True, cwd=FOLDER)
    return int(process.stdout)
