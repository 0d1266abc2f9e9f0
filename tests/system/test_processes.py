"""Processes and interrupts as systems have them that differ from Linux."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from jdgen.errors import JdgenError
from jdgen.system.processes import Processes, interrupts_held, usable_cores
from tests.toolbox.examples import ROOT
from tests.toolbox.processes import HANGS


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


_LOCKED_DOWN = """
import multiprocessing, sys
from multiprocessing import resource_tracker
from jdgen.__main__ import run

resource_tracker.ensure_running()
multiprocessing.set_executable("/bin/false")
sys.exit(run())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it has no /bin/false")
def test_posts_are_not_blamed_where_no_process_begins(folder: Path) -> None:
    """On a machine that ends what a program starts, each post used to be tried in a process of its own, and all of
    them were called unusual."""
    rows = "".join(f"Lead {number},pmo,7\n" for number in range(202))
    (folder / "posts.csv").write_text(f"Job title,Specialism,Band\n{rows}", encoding="utf-8")
    command = [sys.executable, "-c", _LOCKED_DOWN, "batch", "posts.csv", "--jobs", "2"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert " ".join(result.stderr.split()) == (
        "error: --jobs: the processes that are to share out the work end before they begin it: "
        "run the same command with --jobs 1, which starts none"
    )
    assert not (folder / "output").exists()


def test_a_system_that_refuses_to_start_a_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """As one does that has no memory left for it, or a rule against it."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(multiprocessing.get_context("spawn").Process, "_Popen", refuse)
    with Processes(2, print, ()) as processes, pytest.raises(JdgenError, match="before they begin it"):
        list(processes.each(len, iter(["abc"])))


def test_a_death_at_the_first_piece_of_work_is_no_refusal_to_begin() -> None:
    with Processes(2, print, ()) as processes:
        assert list(processes.each(os._exit, iter([1]))) == [(1, None)]
        assert list(processes.each(len, iter(["abc"]))) == [("abc", 3)]


def die_in_the_midst_of_an_answer(number: int) -> bytes:
    """Over 3, the process ends when a part of what it answers is in its pipe, which is small."""
    if number != 3:
        return bytes([number])
    thread = threading.main_thread().ident
    assert thread is not None

    def end_where_it_sends() -> None:
        while "_send" not in functions_under_way(sys._current_frames()[thread]):
            time.sleep(0.001)
        time.sleep(0.01)
        os._exit(1)

    threading.Thread(target=end_where_it_sends, daemon=True).start()
    return bytes(200_000_000)


def functions_under_way(frame: FrameType | None) -> Iterator[str]:
    while frame:
        yield frame.f_code.co_name
        frame = frame.f_back


_DEATH_IN_AN_ANSWER = """
from jdgen.system.processes import Processes
from tests.system.test_processes import die_in_the_midst_of_an_answer

if __name__ == "__main__":
    with Processes(2, print, ()) as processes:
        print([number for number, answer in processes.each(die_in_the_midst_of_an_answer, range(9)) if answer is None])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it sends by another function")
def test_a_death_in_the_midst_of_an_answer_is_not_waited_for(tmp_path: Path) -> None:
    """The standard library's pool waited for the rest of it, and so did a batch, for ever."""
    script = tmp_path / "death.py"
    script.write_text(_DEATH_IN_AN_ANSWER, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script)]
    output = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=HANGS, check=True).stdout
    assert output.splitlines()[-1] == "[3]"


def test_an_item_over_which_a_process_died_is_looked_at_with_no_other_under_way(tmp_path: Path) -> None:
    """Two at a time may be more than there is memory for."""
    with Processes(2, print, ()) as processes:
        for path, answer in processes.each(note_work_or_die, [tmp_path / name for name in ("die", *"abcdefgh")]):
            if answer is None:
                before = sorted(tmp_path.iterdir())
                assert path.name == "die"
                assert len(before) == 5, "the others that were handed over with it"
                time.sleep(0.3)
                assert sorted(tmp_path.iterdir()) == before
    assert len(list(tmp_path.iterdir())) == 8


def note_work_or_die(path: Path) -> bool:
    if path.name == "die":
        os._exit(1)
    time.sleep(0.05)
    path.touch()
    return True


def test_what_a_task_raises_is_raised_with_where_that_was() -> None:
    with Processes(2, print, ()) as processes, pytest.raises(ZeroDivisionError) as raised:
        list(processes.each(divmod_by_nothing, [1]))
    assert "in divmod_by_nothing" in "".join(raised.value.__notes__)


def divmod_by_nothing(number: int) -> tuple[int, int]:
    return divmod(number, 0)
