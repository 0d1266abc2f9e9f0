"""Commands as Windows has them, as far as another system shows it: told that they are there, without what Python lacks
there (tests/toolbox/lacking), with lines that end as Windows ends them, on the consoles that it has."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from jdgen.batch.running import WORTH_IT
from jdgen.revision import many_documents
from tests.toolbox.commands import DOCUMENT, POST, Process
from tests.toolbox.documents import newer_framework_text
from tests.toolbox.examples import ROOT
from tests.toolbox.word import word_file

LACKING = str(ROOT / "tests/toolbox/lacking")


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.docx")}


@pytest.fixture
def windows(process: Process, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Process:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("LOCALAPPDATA", str(folder / "profile"))

    def running(*arguments: str, **environment: str) -> object:
        return process(*arguments, PYTHONPATH=LACKING, **environment)

    return running  # type: ignore[return-value]


def test_what_windows_lacks_is_really_not_there(windows: Process, folder: Path) -> None:
    """Else the tests below would pass for nothing."""
    for lacking in ("import fcntl", "import resource", "import os; os.geteuid()", "import signal; signal.SIGHUP"):
        (folder / "jdgen.py").write_text(f"import sys; assert sys.platform == 'win32'\n{lacking}\n")
        result = windows("--version")
        assert result.returncode == 1, lacking
        assert "Error" in result.stderr.splitlines()[-1], result.stderr


def test_documents_are_made_and_brought_up_to_date_with_the_same_bytes(
    windows: Process, process: Process, folder: Path
) -> None:
    rows = "".join(f"Lead {number},pmo,7\r\n" for number in range(WORTH_IT + 2))
    (folder / "posts.csv").write_bytes(f"Job title,Specialism,Band\r\n{rows}".encode())
    (folder / "newer.yaml").write_text(newer_framework_text(), encoding="utf-8")
    day = ("--date", "2026-11-24")
    for running, out in ((process, "here"), (windows, "there")):
        result = running("batch", "posts.csv", "--jobs", "2", "--output", out, *day)
        assert result.returncode == 0, result.stderr
        # As many as several processes share out.
        (folder / f"{out} old").mkdir()
        for path in sorted((folder / out).glob("*.docx"))[: many_documents.WORTH_IT + 2]:
            shutil.copy(path, folder / f"{out} old")
        renewed = running(
            *("regenerate", f"{out} old", "--framework", "newer.yaml", "--output", f"{out} new", "--jobs", "2", *day)
        )
        assert renewed.returncode == 0, renewed.stderr
    assert files(folder / "here") == files(folder / "there") != {}
    assert files(folder / "here new").keys() == files(folder / "there new").keys() != set()
    assert not list(folder.rglob("*.tmp"))


def test_what_is_there_already_is_not_replaced(windows: Process, folder: Path) -> None:
    assert windows("generate", *POST).returncode == 0
    before = (folder / DOCUMENT).read_bytes()
    again = windows("generate", *POST, "--employer", "Trust")
    assert again.returncode == 1
    assert "exists already" in again.stderr
    assert windows("generate", *POST, "--employer", "Trust", "--overwrite").returncode == 0
    assert (folder / DOCUMENT).read_bytes() != before


def test_a_template_of_ones_own_is_tried_out_without_a_bound_of_memory(windows: Process, folder: Path) -> None:
    (folder / "ours.docx").write_bytes(word_file("{{ title }}"))
    result = windows("generate", *POST, "--template", "ours.docx")
    assert result.returncode == 0, result.stderr
    (folder / "theirs.docx").write_bytes(word_file("{{ titel }}"))
    assert "did you mean" in windows("generate", *POST, "--template", "theirs.docx").stderr


def test_a_command_to_be_copied_is_quoted_for_its_shells(windows: Process) -> None:
    stderr = windows("generate", *POST).stderr
    assert '--notes "' not in stderr
    assert f'jdgen show "{DOCUMENT}" --notes' in stderr


@pytest.mark.parametrize(
    ("output", "problem"),
    [
        ("con.docx", "con.docx: Windows keeps the name 'con.docx' for a device: choose another name"),
        ("nul/out", "Windows keeps the name 'nul' for a device"),
        ("posts ./out", "Windows leaves out what 'posts .' ends with"),
        ("out/a:b.docx", "Windows has no ':' in the name of a file"),
        ("f" * 240, "characters, and Windows and Word open files of at most 259: choose a folder whose path is"),
    ],
)
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_place_that_windows_does_not_have_is_told_before_anything_is_written(
    output: str, problem: str, dry: tuple[str, ...], windows: Process, folder: Path
) -> None:
    result = windows("generate", *POST, "--output", output, *dry)
    assert problem in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert (result.returncode, *folder.glob("[!p]*")) == (0 if dry else 1,), "something was written"


def test_a_batch_tells_each_row_whose_document_has_no_place_and_makes_none(windows: Process, folder: Path) -> None:
    long = folder / ("deep" * 40)
    (folder / "posts.csv").write_text(
        f"Job title,Specialism,Band\nA,pmo,7\n{'Lead of the long programme office' * 2},pmo,7\n", encoding="utf-8"
    )
    room = 259 - len(str(long))
    short = long.with_name("d" * (len(long.name) + room - 50))
    result = windows("batch", "posts.csv", "--output", str(short))
    assert result.returncode == 1
    assert re.search(r"posts\.csv:3: '.*' cannot be written: its path needs \d+ characters", result.stderr), (
        result.stderr
    )
    assert "posts.csv:2" not in result.stderr
    assert not short.exists()
    result = windows("batch", "posts.csv", "--output", str(short), "--keep-going")
    assert "1 written" in result.stdout + result.stderr


def test_documents_of_which_one_has_no_place_are_not_begun_to_be_brought_up_to_date(
    windows: Process, folder: Path
) -> None:
    assert windows("generate", *POST, "--output", "documents").returncode == 0
    (folder / "newer.yaml").write_text(newer_framework_text(), encoding="utf-8")
    for command in (("regenerate", "documents", "--framework", "newer.yaml"), ("publish", "documents", "--no-pdf")):
        result = windows(*command, "--output", "f" * 230)
        assert result.returncode == 1, result.stdout
        assert "choose a folder whose path is" in result.stderr, result.stderr
        assert not (folder / ("f" * 230)).exists()
