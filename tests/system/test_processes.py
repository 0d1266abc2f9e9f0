"""Processes and interrupts as systems have them that differ from Linux."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jdgen.system.processes import Processes, interrupts_held, usable_cores


@pytest.mark.parametrize(("platform", "jobs"), [("win32", 61), ("linux", 200), ("darwin", 200)])
def test_windows_waits_for_no_more_than_61_processes(platform: str, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """concurrent.futures refuses more there, with a ValueError."""
    monkeypatch.setattr("sys.platform", platform)
    assert Processes(200, print, ())._jobs == jobs
    assert Processes(2, print, ())._jobs == 2


@pytest.mark.parametrize("platform", ["win32", "darwin", sys.platform])
def test_processors_are_counted_everywhere(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert usable_cores() >= 1


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C interrupts, also where whoever began the tests in the background had it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("platform", ["win32", sys.platform])
def test_an_interrupt_waits_until_a_file_is_written(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", platform)
    before = signal.getsignal(signal.SIGINT)
    events = []

    def work() -> None:
        with interrupts_held():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            events.append("the file is written")
        events.append("this is not reached")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert events == ["the file is written"]
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("platform", ["win32", sys.platform])
def test_a_fault_is_told_though_an_interrupt_waits(platform: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", platform)

    def work() -> None:
        with interrupts_held():
            signal.raise_signal(signal.SIGINT)
            raise ZeroDivisionError

    with pytest.raises((ZeroDivisionError, KeyboardInterrupt)):
        work()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_another_thread_hears_of_no_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    events = []

    def work() -> None:
        with interrupts_held():
            events.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert events == [1]


def test_a_program_that_is_one_file_shares_out_its_work(folder: Path) -> None:
    """pip's jdgen.exe is such a file: the processes that it starts must not begin the whole command again."""
    with zipfile.ZipFile(folder / "jdgen.pyz", "w") as program:
        program.writestr("__main__.py", "import sys\nfrom jdgen.__main__ import run\nsys.exit(run())\n")
    rows = "".join(f"Lead {number},pmo,7\n" for number in range(202))
    (folder / "posts.csv").write_text(f"Job title,Specialism,Band\n{rows}", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "jdgen.pyz", "batch", "posts.csv", "--jobs", "2"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert "202 written" in result.stdout
