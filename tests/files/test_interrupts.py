"""An interrupt at any moment of saving leaves the old file or the whole new one, and nothing else."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from jdgen import files as saving


def interrupted_at(moment: int, work: Callable[[], None]) -> bool:
    """Do ``work``, and interrupt it before line number ``moment`` of all that run in the module; whether it came so
    far."""
    lines = 0

    def traced(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if frame.f_code.co_filename != saving.__file__:
            return None
        if event == "line":
            lines += 1
            if lines == moment:
                raise KeyboardInterrupt
        return traced

    # Coverage traces too, and goes on where it was.
    before = sys.gettrace()
    sys.settrace(traced)
    try:
        work()
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(before)
    return lines >= moment


@pytest.mark.parametrize("durable", [False, True])
def test_an_interrupt_before_any_line_leaves_no_half_file(durable: bool, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    contents: set[bytes] = set()
    moment = 0
    while True:
        moment += 1
        path.write_bytes(b"old")
        came = interrupted_at(moment, lambda: saving.save(b"new", path, overwrite=True, durable=durable))
        assert list(tmp_path.iterdir()) == [path], f"interrupted before line {moment}"
        contents.add(path.read_bytes())
        if not came:
            break
    assert moment > 10
    assert contents == {b"old", b"new"}


def test_files_that_belong_together_are_all_there_or_none_after_an_interrupt(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(b"somebody's")
    paths = [tmp_path / "new/deep/a", tmp_path / "b", tmp_path / "new/c"]
    counts: set[int] = set()
    moment = 0
    while True:
        moment += 1
        came = interrupted_at(moment, lambda: saving.save_together([(path, path.name.encode()) for path in paths]))
        there = [path for path in paths if path.exists()]
        counts.add(len(there))
        assert sorted(tmp_path.iterdir()) == sorted([other, *([tmp_path / "b", tmp_path / "new"] if there else [])])
        if not came:
            break
        for path in there:
            path.unlink()
        shutil.rmtree(tmp_path / "new", ignore_errors=True)
    assert moment > 30
    assert counts == {0, 3}
