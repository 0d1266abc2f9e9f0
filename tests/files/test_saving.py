"""A document is written whole or not at all, and never over a person's file unasked."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from jdgen.errors import JdgenError, Problem
from jdgen.files import ChangedMeanwhileError, save, save_together, state_of


def refusal(content: bytes, path: Path, overwrite: bool) -> Problem:
    with pytest.raises(JdgenError) as raised:
        save(content, path, overwrite)
    (problem,) = raised.value.problems
    return problem


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0o027)
    yield
    os.umask(before)


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_new_file_is_written_in_a_new_folder(overwrite: bool, tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "x.docx"
    save(b"new", path, overwrite)
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


def test_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"old")
    problem = refusal(b"new", path, overwrite=False)
    assert (problem.where, problem.what) == (str(path), "exists already")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_existing_file_is_replaced_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(b"old")
    save(b"new", path, overwrite=True)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("theirs", [b"old", b"theirs"], ids=["of the same size", "of another"])
def test_a_file_is_replaced_only_as_it_was_seen(theirs: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    assert state_of(path) is None
    path.write_bytes(b"old")
    state = state_of(path)
    assert state is not None
    path.write_bytes(theirs)
    os.utime(path, ns=(state.mtime, state.mtime + 1))
    with pytest.raises(ChangedMeanwhileError, match="was saved by somebody while a new one was made, so it was not"):
        save(b"new", path, state)
    assert path.read_bytes() == theirs
    save(b"new", path, state_of(path))
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_on_a_system_without_hard_links_is_not_replaced_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(self: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    path = tmp_path / "x.docx"
    save(b"first", path, overwrite=False)
    assert refusal(b"second", path, overwrite=False).what == "exists already"
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_file_where_a_folder_is_needed_is_said_to_be_one(overwrite: bool, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    for path in (tmp_path / "file" / "x.docx", tmp_path / "file" / "deeper" / "x.docx"):
        problem = refusal(b"new", path, overwrite)
        assert problem.what.startswith("cannot be written (")
        assert problem.right == "choose a folder that you can write to"
    assert (tmp_path / "file").read_bytes() == b"x"


def test_a_folder_in_the_place_of_the_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x.docx").mkdir()
    assert refusal(b"new", tmp_path / "x.docx", overwrite=True).what.startswith("cannot be written (")
    assert [path.name for path in tmp_path.iterdir()] == ["x.docx"]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_full_disk_leaves_nothing_behind(overwrite: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "x.docx"
    if overwrite:
        path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    assert refusal(b"new", path, overwrite).what == "cannot be written (No space left on device)"
    assert [each_path.read_bytes() for each_path in tmp_path.iterdir()] == ([b"old"] if overwrite else [])


def test_the_file_may_be_read_by_those_the_umask_allows(open_umask: None, tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    save(b"new", path, overwrite=False)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_name_too_long_for_the_system_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300 + ".docx")
    assert refusal(b"new", path, overwrite=False).what.startswith("cannot be written (")


@pytest.mark.parametrize("name", ["a\0b.docx", "a\0b/x.docx"])
def test_a_path_with_nul_is_a_problem_and_no_crash(name: str, tmp_path: Path) -> None:
    assert refusal(b"new", tmp_path / name, overwrite=False).what == "cannot be written (embedded null byte)"
    assert list(tmp_path.iterdir()) == []


def test_of_files_that_belong_together_none_is_written_where_one_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "theirs").write_bytes(b"a file where a folder is needed")
    (tmp_path / "kept").mkdir()
    with pytest.raises(JdgenError):
        save_together([(tmp_path / "new/a", b"a"), (tmp_path / "kept/b", b"b"), (tmp_path / "theirs/c", b"c")])
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["kept", "theirs"]


def test_of_files_that_belong_together_one_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"the same")
    with pytest.raises(JdgenError, match="exists already"):
        save_together([(tmp_path / "a", b"a"), (tmp_path / "b", b"the same")])
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("b", b"the same")]
