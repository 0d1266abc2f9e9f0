"""Files as Windows keeps them: held by who has them open, read-only, and never replaced by a new name. Nothing is lost
by it, and what can be done is told."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from jdgen import files as saving
from jdgen.errors import JdgenError
from jdgen.files import OpenElsewhereError, content_of, save


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A system that says that it is Windows; what its files do is added by each test."""
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr(saving, "_PAUSES", (0, 0, 0))
    return monkeypatch


def refusal(winerror: int) -> PermissionError:
    error = PermissionError(13, "The process cannot access the file")
    error.winerror = winerror  # type: ignore[attr-defined, unused-ignore]  # only Windows has it
    return error


def holding(times: int, winerror: int, method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that has the file open for the next so many ``times`` that somebody wants to replace it."""
    real: Callable[..., Path] = getattr(Path, method)
    times_left = [times]

    def replace_unless_open(self: Path, target: Path) -> Path:
        if times_left[0]:
            times_left[0] -= 1
            raise refusal(winerror)
        return real(self, target)

    monkeypatch.setattr(Path, method, replace_unless_open)


@pytest.mark.parametrize("winerror", [5, 32])
def test_a_document_that_word_holds_is_not_replaced_and_nothing_is_lost(
    winerror: int, tmp_path: Path, windows: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    holding(100, winerror, "replace", windows)
    with pytest.raises(OpenElsewhereError) as raised:
        save(b"new", path, overwrite=True)
    assert [str(problem) for problem in raised.value.problems] == [
        f"{path}: is open in another program, so it was not replaced: close it in Word, Excel or LibreOffice, and run "
        "the command again"
    ]
    assert path.read_bytes() == b"old"
    assert [*tmp_path.iterdir()] == [path]


@pytest.mark.parametrize(("method", "overwrite"), [("replace", True), ("rename", False)])
def test_a_virus_scanner_is_waited_for(
    method: str, overwrite: bool, tmp_path: Path, windows: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.docx"
    if overwrite:
        path.write_bytes(b"old")
    holding(3, 32, method, windows)
    save(b"new", path, overwrite=overwrite)
    assert path.read_bytes() == b"new"
    assert [*tmp_path.iterdir()] == [path]


def test_elsewhere_nothing_is_tried_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform == "win32":
        pytest.skip("another system cannot be imitated there")
    (tmp_path / "a.docx").write_bytes(b"old")
    holding(1, 32, "replace", monkeypatch)
    with pytest.raises(OpenElsewhereError):
        save(b"new", tmp_path / "a.docx", overwrite=True)


def test_a_read_only_document_is_told_as_such(tmp_path: Path, windows: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    windows.setattr("os.access", lambda *_: False)
    holding(100, 5, "replace", windows)
    with pytest.raises(JdgenError, match="is read-only, so it was not replaced: allow changes to it"):
        save(b"new", path, overwrite=True)
    assert path.read_bytes() == b"old"


def test_an_unfinished_file_that_is_held_stops_nothing(tmp_path: Path, windows: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise refusal(32)

    windows.setattr(Path, "unlink", refuse)
    save(b"new", tmp_path / "a.docx", overwrite=False)
    assert (tmp_path / "a.docx").read_bytes() == b"new"


def test_a_new_file_takes_nobody_s_name(tmp_path: Path, windows: pytest.MonkeyPatch) -> None:
    """Windows refuses to rename to a name that is taken, and network drives there may have no hard links."""

    def rename(self: Path, target: Path) -> Path:
        if target.exists():
            raise FileExistsError(17, "Cannot create a file when that file already exists")
        return self.replace(target)

    def unlinked(*_: object) -> None:
        raise OSError(1, "Incorrect function")

    windows.setattr(Path, "rename", rename)
    windows.setattr(Path, "hardlink_to", unlinked)
    path = tmp_path / "a.docx"
    save(b"first", path, overwrite=False)
    with pytest.raises(JdgenError, match="exists already"):
        save(b"second", path, overwrite=False)
    assert path.read_bytes() == b"first"
    assert [*tmp_path.iterdir()] == [path]


def test_a_file_that_is_too_deep_to_be_read_is_told_as_such(tmp_path: Path, windows: pytest.MonkeyPatch) -> None:
    with pytest.raises(JdgenError, match=r"x: its path needs .* and Windows and Word open files of at most 259"):
        content_of(tmp_path / ("n" * 250), where="x")
    with pytest.raises(JdgenError, match=r"x: cannot be read \("):
        content_of(Path("n"), where="x")
