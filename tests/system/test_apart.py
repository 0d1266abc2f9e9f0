"""A process that works on a stranger's file is bound by what its system has: a bound that nothing runs into is none."""

from __future__ import annotations

import subprocess
import sys
from ctypes import sizeof

import pytest

from jdgen.system.apart import BESIDE_DATA, OUT_OF_MEMORY, Limits, Stopped, bind_this_process, run_apart
from jdgen.system.windows_job import ExtendedLimits, limits_of
from jdgen.system.windows_job import bind_this_process as bind_to_job
from tests.toolbox.examples import ROOT

MEGABYTE = 2**20
#: Takes ten megabytes at a time, and says at its end how many it has.
GREEDY = """
taken = []
for _ in range({steps}):
    taken.append(bytearray(10 * 2**20))
print(len(taken))
"""


# Linux counts for a process what the one that began it held before: the tests' own holds much, and this one little.
LAUNCHER = "import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', sys.argv[1]]).returncode)"


def run(begin: str, steps: int) -> subprocess.CompletedProcess[str]:
    script = f"import sys\n{begin}\n{GREEDY.format(steps=steps)}"
    return subprocess.run(
        [sys.executable, "-c", LAUNCHER, script], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_a_process_that_watches_itself_ends_when_it_holds_too_much() -> None:
    begin = f"from jdgen.system.apart import watch_memory\nwatch_memory({200 * MEGABYTE})"
    if sys.platform == "win32":
        pytest.skip("Windows has jobs for it")
    enough = run(begin, 5)
    assert (enough.returncode, enough.stdout) == (0, "5\n"), enough.stderr
    too_much = run(begin, 500)
    assert (too_much.returncode, too_much.stdout) == (OUT_OF_MEMORY, "")


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_a_process_is_bound_and_what_runs_into_the_bound_is_told(platform: str) -> None:
    """macOS takes bounds of memory and does not keep them, so there they are taken away from Linux too."""
    if sys.platform != "linux":
        pytest.skip("macOS is imitated on Linux")
    begin = f"sys.platform = {platform!r}\nfrom jdgen.system import apart\n"
    if platform == "darwin":
        begin += "import resource\nresource.setrlimit = lambda *_: None\n"
        begin += "usage = resource.getrusage\n"
        begin += "apart._held_at_most = lambda: usage(resource.RUSAGE_SELF).ru_maxrss * 1024\n"
    begin += f"apart.bind_this_process(apart.Limits(10, {100 * MEGABYTE}))"
    assert run(begin, 5).stdout == "5\n"
    result = run(begin, 1000)
    assert result.stdout == ""
    assert result.returncode == OUT_OF_MEMORY or "MemoryError" in result.stderr


def test_the_process_says_that_it_ran_out_of_memory() -> None:
    assert run_apart("tests.toolbox.greedy", None, b"", 30).stopped is Stopped.MEMORY


def test_what_windows_is_told_has_the_form_of_its_headers() -> None:
    """winnt.h, on a system of 64 bits."""
    if sys.maxsize < 2**32:
        pytest.skip("a system of 32 bits")
    assert sizeof(ExtendedLimits) == 144
    basic = ExtendedLimits.basic.size
    assert (basic, ExtendedLimits.io_counters.offset, ExtendedLimits.process_memory.offset) == (64, 64, 112)
    limits = limits_of(10, 180 * MEGABYTE)
    assert limits.basic.flags == 0x2 | 0x8 | 0x100 | 0x400
    assert limits.basic.per_process_user_time == 100_000_000
    assert (limits.basic.active_processes, limits.process_memory) == (1, 180 * MEGABYTE)
    whole = bytes(limits)
    assert whole[16:20] == (0x50A).to_bytes(4, "little")
    assert whole[112:120] == (180 * MEGABYTE).to_bytes(8, "little")


def test_where_there_are_no_jobs_a_process_goes_on_without_one() -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has jobs")
    assert bind_to_job(limits_of(1, 1)) is False


def test_on_windows_a_process_asks_for_a_job_with_room_for_what_is_no_data(monkeypatch: pytest.MonkeyPatch) -> None:
    all_limits: list[ExtendedLimits] = []
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr("jdgen.system.windows_job.bind_this_process", all_limits.append)
    bind_this_process(Limits(7.5, 180 * MEGABYTE))
    (limits,) = all_limits
    assert limits.process_memory == 180 * MEGABYTE + BESIDE_DATA
    assert limits.basic.per_process_user_time == 70_000_000
