"""Files are looked at before they are read: what never ends, or is too large, is told at once by every command."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from jdgen.errors import JdgenError
from jdgen.files import MEGABYTE, content_of
from tests.toolbox.commands import POST, Process, Run
from tests.toolbox.data import problems_of
from tests.toolbox.word import png

POSIX = pytest.mark.skipif(os.name != "posix", reason="pipes and devices of POSIX")
LARGE = 3 * 1024 * MEGABYTE


def sparse(path: Path) -> Path:
    with path.open("wb") as stream:
        stream.truncate(LARGE)
    return path


def test_a_file_within_its_bound_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * MEGABYTE)
    assert len(content_of(tmp_path / "a", most=MEGABYTE)) == MEGABYTE
    assert content_of(tmp_path / "a", length=3) == b"xxx"
    (tmp_path / "a").write_bytes(b"x" * (MEGABYTE + 1))
    assert problems_of(lambda: content_of(tmp_path / "a", "the thing", most=MEGABYTE, smaller="cut it")) == [
        f"{tmp_path / 'a'}: the thing is too large (1 MB): at most 1 MB; cut it"
    ]


def test_what_is_not_there_or_a_folder_is_told_as_ever(tmp_path: Path) -> None:
    assert problems_of(lambda: content_of(tmp_path / "a", where="x")) == [
        "x: cannot be read (No such file or directory): name a file that you may read"
    ]
    assert problems_of(lambda: content_of(tmp_path)) == [
        f"{tmp_path}: cannot be read (Is a directory): name a file that you may read"
    ]
    assert problems_of(lambda: content_of(Path("a\0b"), where="x"))[0].startswith("x: cannot be read (")


@POSIX
def test_pipes_and_devices_are_not_read(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("pipes of POSIX")
    os.mkfifo(tmp_path / "pipe")
    for path, kind in ((tmp_path / "pipe", "it is a pipe"), (Path("/dev/zero"), "it is a device")):
        with pytest.raises(JdgenError, match=rf"cannot be read \({kind}\)"):
            content_of(path)


@pytest.mark.skipif(sys.platform != "linux", reason="a system whose temporary files may have holes")
@pytest.mark.parametrize("kind", ["large", "pipe", "device"])
@pytest.mark.parametrize(
    "command",
    [
        ("show", "{docx}"),
        ("why", "{docx}", "x"),
        ("status", "{docx}"),
        ("regenerate", "{docx}", "--output", "out"),
        ("generate", "--post", "{yaml}"),
        ("generate", *POST, "--template", "{docx}"),
        ("generate", "--post", "pictured.yaml"),
        ("batch", "{csv}"),
        ("batch", "{xlsx}"),
        ("template", "check", "{docx}"),
        ("template", "new", "new.docx", "--organisation", "x", "--picture", "{png}", "--alt-text", "x"),
        ("framework", "check", "{yaml}"),
        ("framework", "import", "{pdf}", "--id", "a", "--version", "1", "--output", "a.yaml"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_no_command_reads_what_has_no_end(
    command: tuple[str, ...], kind: str, run: Run, process: Process, folder: Path
) -> None:
    if sys.platform == "win32":
        pytest.skip("pipes of POSIX")
    for suffix in ("docx", "yaml", "csv", "xlsx", "png", "pdf"):
        path = folder / f"a.{suffix}"
        if kind == "large":
            sparse(path)
        elif kind == "pipe":
            os.mkfifo(path)
        else:
            path.symlink_to("/dev/zero")
    post = "title: T\nspecialism: pmo\nband: 7\npicture:\n  file: a.png\n  description: x\n"
    (folder / "pictured.yaml").write_text(post, encoding="utf-8")
    names = {suffix: f"a.{suffix}" for suffix in ("docx", "yaml", "csv", "xlsx", "png", "pdf")}
    arguments = [argument.format(**names) for argument in command]
    if kind == "device":  # What reads it takes all memory that there is: in a process of its own.
        completed = process(*arguments)
        code, output = completed.returncode, completed.stdout + completed.stderr
    else:
        result = run(*arguments)
        code, output = result.exit_code, result.output
    assert code == 1
    assert "Traceback" not in output
    assert any(words in output for words in ("too large", "it is a pipe", "it is a device", "there is no such")), output


def test_a_picture_of_more_pixels_than_a_camera_takes_is_refused(run: Run, folder: Path) -> None:
    bomb = bytearray(png())
    bomb[16:24] = (60_000).to_bytes(4, "big") * 2
    (folder / "a.png").write_bytes(bytes(bomb))
    post = "title: T\nspecialism: pmo\nband: 7\npicture:\n  file: a.png\n  description: x\n"
    (folder / "post.yaml").write_text(post, encoding="utf-8")
    for command in (
        ("generate", "--post", "post.yaml"),
        ("template", "new", "new.docx", "--organisation", "x", "--picture", "a.png", "--alt-text", "x"),
    ):
        result = run(*command)
        assert result.exit_code == 1
        assert "has 60,000 by 60,000 pixels: save it with at most 2,000 by 2,000" in result.stderr
