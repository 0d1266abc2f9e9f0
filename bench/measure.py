"""Whole-process times, measured in alternating rounds so that a machine that slows down slows all alike."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence

Command = Sequence[str]


def medians(commands: Mapping[str, Command], rounds: int) -> dict[str, float]:
    """Median seconds of each command over ``rounds`` rounds; each round runs every command once, in turn.

    A first round, which fills caches, is not counted. Raises ``subprocess.CalledProcessError`` when a command fails.
    """
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            taken = _timed(command)
            if number:
                seconds[name].append(taken)
    return {name: statistics.median(taken) for name, taken in seconds.items()}


def _timed(command: Command) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started
