"""Consoles of Windows, and what is sent from them to a file: code pages that lack letters and marks, which are shown
otherwise and stop nothing; JSON stays exact."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.toolbox.commands import DOCUMENT, POST, Process, Run

#: What Windows has: Western Europe's, and the United States' and Western Europe's of before.
ENCODINGS = ["cp1252", "cp437", "cp850"]
COMMANDS: dict[str, tuple[str, ...]] = {
    "notes": ("generate", *POST, "--notes", "all", "--dry-run"),
    "ladder": ("framework", "ladder", "pmo"),
    "statements": ("framework", "show", "pmo", "--band", "8b"),
    "fields": ("template", "fields"),
    "a page": ("docs", "publishing"),
    "an error": ("generate", "--specialism", "pmo", "--band", "7–8", "--title", "Lead’s lead…"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_what_is_said_can_be_read(command: tuple[str, ...], encoding: str, process: Process) -> None:
    """None of jdgen's own sentences has a letter that has to be spelt."""
    result = process(*command, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    output = result.stdout + result.stderr
    assert len(output) > 60
    assert "Traceback" not in output
    assert re.findall(r"\\u[0-9a-f]{4}|\\x[0-9a-f]{2}", output) == []
    assert result.returncode == process(*command, PYTHONIOENCODING="utf-8").returncode


def test_letters_are_spelt_and_marks_are_plain(process: Process) -> None:
    result = process(*("generate", *POST, "--title", "Łódź “lead”… – 1"), PYTHONIOENCODING="cp437", PYTHONUTF8="0")
    assert "\\u0141" in result.stdout
    assert "\\u0141" + "ód" in result.stdout.replace("\udca2", "ó")


@pytest.mark.parametrize("encoding", [*ENCODINGS, "ascii"])
def test_json_stays_exact(encoding: str, run: Run, process: Process, folder: Path) -> None:
    title = "Łódź “lead”… – 1"
    arguments = ("generate", *POST, "--title", title, "--dry-run", "--json")
    stdout = process(*arguments, PYTHONIOENCODING=encoding, PYTHONUTF8="0").stdout
    assert json.loads(stdout) == json.loads(run(*arguments).stdout)
    assert json.loads(stdout)["job_description"]["title"] == title


def test_no_file_is_read_or_written_in_the_console_s_code_page(process: Process, folder: Path) -> None:
    """Python warns of each that is."""
    (folder / "posts.csv").write_text("Job title,Specialism,Band\nŁódź lead,pmo,7\n", encoding="utf-8")
    strict = {"PYTHONWARNDEFAULTENCODING": "1", "PYTHONWARNINGS": "error::EncodingWarning"}
    for command in (
        ("start", "ours", "--organisation", "A trust", "--no-input"),
        ("generate", *POST),
        ("batch", "posts.csv", "--annotate"),
        ("status", "output"),
        ("show", str(DOCUMENT), "--notes"),
        ("regenerate", "output", "--output", "new"),
        ("framework", "check"),
        ("framework", "export", "pmo", "--output", "pmo.xlsx"),
        ("post", "new", "post.yaml"),
        ("page", "page.html"),
        ("doctor",),
    ):
        result = process(*command, **strict)
        assert "Warning" not in result.stdout + result.stderr, command
        assert "Traceback" not in result.stderr, command
        assert result.returncode in (0, 1), (command, result.stderr)
