"""What is kept for later runs: read as it was written, by its own user alone, and never in the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import jdgen.cache
from jdgen.cache import entry
from tests.toolbox.examples import ROOT

CONTENT = b"what was made\n" * 10
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps others out of a user's profile")


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which things are kept, before there is one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "jdgen" / "kept"


def file_of(cache_folder: Path) -> Path:
    """The only file in the folder."""
    (file,) = cache_folder.iterdir()
    return file


def test_what_was_kept_is_read_for_the_same_inputs_alone(cache_folder: Path) -> None:
    assert entry("thing", "a", b"b").read() is None
    entry("thing", "a", b"b").write(CONTENT)
    assert entry("thing", "a", b"b").read() == CONTENT
    for other in (entry("other", "a", b"b"), entry("thing", "ab"), entry("thing", "a"), entry("thing", "b", "a")):
        assert other.read() is None
    entry("thing", "a", b"b").write(b"")
    assert entry("thing", "a", b"b").read() == b""
    assert [path.name for path in cache_folder.iterdir()] == [entry("thing", "a", b"b").key]


@on_posix
def test_the_folder_and_what_is_in_it_are_the_users_alone(cache_folder: Path) -> None:
    before = os.umask(0)
    try:
        entry("thing").write(CONTENT)
    finally:
        os.umask(before)
    assert cache_folder.stat().st_mode & 0o777 == 0o700
    assert file_of(cache_folder).stat().st_mode & 0o777 == 0o600


def replaced_by_link(path: Path) -> None:
    elsewhere = path.rename(path.parent.parent / "elsewhere")
    path.symlink_to(elsewhere)


def replaced_by_pipe(path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("pipes of POSIX")
    path.unlink()
    os.mkfifo(path)


def replaced_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def of_somebody_else(path: Path) -> None:
    if sys.platform == "win32" or os.geteuid():
        pytest.skip("only root may give files away")
    os.chown(path, 12345, -1)


@on_posix
@pytest.mark.parametrize(
    "spoil",
    [
        lambda cache_folder: cache_folder.chmod(0o755),
        lambda cache_folder: cache_folder.chmod(0o770),
        replaced_by_link,
        of_somebody_else,
        lambda cache_folder: file_of(cache_folder).chmod(0o620),
        lambda cache_folder: file_of(cache_folder).chmod(0o602),
        lambda cache_folder: replaced_by_link(file_of(cache_folder)),
        lambda cache_folder: replaced_by_pipe(file_of(cache_folder)),
        lambda cache_folder: replaced_by_folder(file_of(cache_folder)),
        lambda cache_folder: of_somebody_else(file_of(cache_folder)),
    ],
)
def test_nothing_is_read_that_somebody_else_could_have_written(
    cache_folder: Path, spoil: Callable[[Path], None]
) -> None:
    entry("thing").write(CONTENT)
    assert entry("thing").read() == CONTENT
    spoil(cache_folder)
    assert entry("thing").read() is None


@on_posix
def test_nothing_is_written_where_others_may_enter(cache_folder: Path) -> None:
    cache_folder.mkdir(parents=True)
    cache_folder.chmod(0o755)
    entry("thing").write(CONTENT)
    assert [*cache_folder.iterdir()] == []


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda content: b"",
        lambda content: content[:-1],
        lambda content: content + b"x",
        lambda content: content.replace(b"made", b"mend", 1),
        lambda content: b"0" * 64 + content[64:],
    ],
)
def test_what_is_damaged_is_not_read_and_is_written_anew(cache_folder: Path, spoilt: Callable[[bytes], bytes]) -> None:
    entry("thing").write(CONTENT)
    file_of(cache_folder).write_bytes(spoilt(file_of(cache_folder).read_bytes()))
    assert entry("thing").read() is None
    entry("thing").write(CONTENT)
    assert entry("thing").read() == CONTENT


def test_what_stands_under_the_name_of_something_else_is_not_read(cache_folder: Path) -> None:
    entry("thing").write(CONTENT)
    file_of(cache_folder).rename(cache_folder / entry("other").key)
    assert entry("other").read() is None


@pytest.mark.parametrize("setting", ["off", "OFF", "no", "0", "false"])
def test_a_user_can_turn_it_off(cache_folder: Path, monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    entry("thing").write(CONTENT)
    monkeypatch.setenv("JDGEN_CACHE", setting)
    assert entry("thing").read() is None
    entry("other").write(CONTENT)
    assert len([*cache_folder.iterdir()]) == 1


def test_a_folder_that_cannot_be_made_is_no_error(cache_folder: Path) -> None:
    cache_folder.parent.write_text("a file where a folder should be")
    entry("thing").write(CONTENT)
    assert entry("thing").read() is None


def test_it_does_not_grow_without_end(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jdgen.cache, "MOST_ENTRIES", 5)
    for number in range(9):
        entry("thing", str(number)).write(CONTENT)
        os.utime(cache_folder / entry("thing", str(number)).key, (number, number))
    assert [number for number in range(9) if entry("thing", str(number)).read()] == [4, 5, 6, 7, 8]
    assert len([*cache_folder.iterdir()]) == 5
    monkeypatch.setattr(jdgen.cache, "MOST_BYTES", 3 * len(CONTENT))
    entry("thing", "9").write(CONTENT)
    assert len([*cache_folder.iterdir()]) == 2  # with the line at its head, each has half as much again
    monkeypatch.setattr(jdgen.cache, "LARGEST", 3)
    entry("thing", "10").write(CONTENT)
    assert len([*cache_folder.iterdir()]) == 2


def test_another_state_of_the_program_keeps_its_own(tmp_path: Path) -> None:
    """A developer's change, or a newer release, is never hidden by what an earlier one made."""
    package = tmp_path / "jdgen"
    shutil.copytree(ROOT / "jdgen", package, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "framework_data/schemas").mkdir(parents=True)
    schema = tmp_path / "framework_data/schemas/post.schema.json"

    def key() -> str:
        script = "from jdgen.cache import entry; print(entry('thing').key)"
        run = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
        return run.stdout

    keys = [key()]
    assert key() == keys[0]
    changes: list[Callable[[], object]] = [
        lambda: os.utime(package / "template/steps.py", (1, 1)),
        lambda: (package / "template/steps.py").write_text("# another"),
        lambda: (package / "template/another.py").write_text(""),
        lambda: schema.write_text("{}"),
    ]
    for change in changes:
        change()
        keys.append(key())
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("place", "is_kept"), [("home/AppData/Local", True), ("local", True), ("shared", False)])
def test_on_windows_only_a_place_in_the_user_s_profile_is_kept_from_others(
    place: str, is_kept: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / place))
    entry("thing").write(CONTENT)
    assert (entry("thing").read() == CONTENT) is is_kept
