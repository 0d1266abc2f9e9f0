"""What a dead run left is removed by whatever writes there next; what a live run is at stays."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

import pytest

from jdgen import files as saving
from jdgen.files import prepare, save, whole_file
from jdgen.leftovers import lock, remove_leftovers
from tests.toolbox.examples import ROOT

WRITING = """
import sys
from pathlib import Path
from jdgen.files import whole_file
with whole_file(Path(sys.argv[1]), overwrite=True) as stream:
    stream.write(b"half")
    stream.flush()
    print("begun", flush=True)
    sys.stdin.read()
"""


@contextmanager
def writing(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is half-way through the file at ``path``, and is killed at the end if it still lives."""
    command = [sys.executable, "-c", WRITING, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"begun\n"
        yield running
        running.kill()


def unfinished(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".jdgen-")]


def left_by_a_dead_run(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with writing(folder / "x") as running:
        running.kill()
        running.wait()
    (name,) = unfinished(folder)
    return folder / name


def test_the_file_of_a_dead_run_goes_at_once_and_that_of_a_live_one_stays(tmp_path: Path) -> None:
    leftover = left_by_a_dead_run(tmp_path)
    with writing(tmp_path / "other.docx"):
        (live,) = set(unfinished(tmp_path)) - {leftover.name}
        os.utime(tmp_path / live, (0, 0))  # however long it takes
        save(b"new", tmp_path / "new.docx", overwrite=False)
        assert unfinished(tmp_path) == [live]
    remove_leftovers(tmp_path)
    assert unfinished(tmp_path) == []


def test_a_file_of_this_very_process_stays_while_it_is_written(tmp_path: Path) -> None:
    with whole_file(tmp_path / "big.zip", overwrite=True) as stream:
        stream.write(b"half")
        stream.flush()
        save(b"new", tmp_path / "new.docx", overwrite=False)
        prepare(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["big.zip", "new.docx"]


@pytest.mark.parametrize("name", [".jdgen-0badcafe-00.tmp", ".jdgen-00.tmp"])
def test_a_file_of_another_machine_goes_after_an_hour(name: str, tmp_path: Path) -> None:
    leftover = tmp_path / name
    leftover.write_bytes(b"half")
    save(b"x", tmp_path / "a", overwrite=True)
    assert leftover.exists()
    os.utime(leftover, (time.time() - 3700,) * 2)
    save(b"x", tmp_path / "a", overwrite=True)
    assert not leftover.exists()


def test_a_file_that_is_about_to_be_locked_stays(tmp_path: Path) -> None:
    leftover = left_by_a_dead_run(tmp_path)
    leftover.write_bytes(b"")
    save(b"x", tmp_path / "a", overwrite=True)
    assert leftover.exists()


@pytest.mark.parametrize(("naming", "overwrite"), [("_replace", True), ("_put_new", False)])
def test_a_finished_file_that_has_no_name_yet_is_not_taken_for_a_dead_run_s(
    naming: str, overwrite: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 260 documents that two processes made, one was lost so: the other process began, and tidied up."""
    name_it = getattr(saving, naming)

    def begin_another_run(temporary: Path, path: Path) -> None:
        remove_leftovers(tmp_path)
        name_it(temporary, path)

    monkeypatch.setattr(saving, naming, begin_another_run)
    save(b"whole", tmp_path / "new.docx", overwrite=overwrite)
    assert (tmp_path / "new.docx").read_bytes() == b"whole"


def test_nothing_is_written_while_another_run_looks_at_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would have content, and no lock of the run that wrote it."""
    if sys.platform == "win32":
        pytest.skip("locks of POSIX")
    import fcntl  # noqa: PLC0415  # not on Windows

    hold, sizes = lock, list[int]()

    def hold_while_looked_at(stream: IO[bytes]) -> None:
        other = os.open(stream.name, os.O_RDONLY)
        fcntl.flock(other, fcntl.LOCK_EX)

        def look() -> None:
            sizes.append(os.fstat(other).st_size)
            os.close(other)

        threading.Timer(0.3, look).start()
        hold(cast(BinaryIO, stream))

    monkeypatch.setattr(saving, "lock", hold_while_looked_at)
    save(b"whole", tmp_path / "new.docx", overwrite=False)
    assert sizes == [0]
