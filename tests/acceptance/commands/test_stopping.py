"""A command that is stopped says so in a line, leaves nothing half done, and goes on when it is called again."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from lxml import html

from jdgen.record.finding import KeptRecords
from jdgen.record.reading import FoundRecord, record_of
from jdgen.revision.many_documents import Renewal
from jdgen.revision.redline.settling import accept_all
from jdgen.word.opening import unzip
from jdgen.workspace import Workspace
from tests.toolbox import documents as making
from tests.toolbox.commands import Run
from tests.toolbox.documents import altered
from tests.toolbox.losing import stripped
from tests.toolbox.processes import HANGS, command_of, hearing, started, wait_for
from tests.toolbox.word import bytes_of, open_document

ENDINGS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
REGENERATE = ("regenerate", "all", "--framework", "newer.yaml", "--output", "new")
#: Documents that are still to be made when a run is stopped, so that it is stopped before its end, by the number of its
#: processes: few documents are not shared out.
MORE = {1: 24, 2: 64}
LINE = "error: interrupted: run the same command again to go on where it stopped\n"


@pytest.fixture
def documents(folder: Path) -> Path:
    """A folder of documents, two of them deep inside, one of those edited, and the newer framework beside it."""
    (folder / "all/deep").mkdir(parents=True)
    (folder / "all/a.docx").write_bytes(making.example_document())
    (folder / "all/deep/b.docx").write_bytes(making.example_document())
    edit = ("Establish the project processes", "Establish our project processes")
    (folder / "all/deep/c.docx").write_bytes(making.edit_document(making.example_document(), edit))
    (folder / "newer.yaml").write_text(making.newer_framework_text(), encoding="utf-8")
    return folder / "all"


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.docx")}


def without_records(folder: Path) -> None:
    shutil.rmtree(folder / "records", ignore_errors=True)


def test_the_same_command_leaves_alone_what_is_there_and_writes_the_rest(run: Run, documents: Path) -> None:
    folder = documents.parent
    assert run(*REGENERATE).exit_code == 0
    whole = files(folder / "new")
    moments = {path: path.stat().st_mtime_ns for path in (folder / "new").rglob("*.docx")}
    (folder / "new/deep/b.docx").unlink()
    without_records(folder)  # as a run leaves it that was killed before it kept any
    result = run(*REGENERATE)
    assert result.exit_code == 0, result.output
    assert result.stdout.count("(there already, and the same)") == 2
    assert files(folder / "new") == whole
    assert all(path.stat().st_mtime_ns == moments[path] for path in moments if path.name != "b.docx")
    records = KeptRecords(Workspace(folder))
    for name, content in whole.items():
        found_record = records.record_of(unzip(stripped(content), name), name)
        assert isinstance(found_record, FoundRecord), "copies catch up"
        assert found_record.record.framework_version == "2"


def test_a_run_is_taken_up_on_another_day(run: Run, documents: Path) -> None:
    assert run(*REGENERATE, "--date", "2026-12-01").exit_code == 0
    before = files(documents.parent / "new")
    result = run(*REGENERATE, "--date", "2026-12-02")
    assert result.exit_code == 0
    assert result.stdout.count("(there already, and the same)") == 3
    assert files(documents.parent / "new") == before


def test_what_somebody_has_begun_to_settle_is_kept_and_told(run: Run, documents: Path) -> None:
    assert run(*REGENERATE).exit_code == 0
    redline = documents.parent / "new/a.docx"
    redline.write_bytes(altered(redline.read_bytes(), accept_all))
    content = redline.read_bytes()
    result = run(*REGENERATE)
    assert result.exit_code == 0
    line = "new/a.docx (kept as it is there, since somebody has begun to settle it)"
    assert line in result.stdout
    assert redline.read_bytes() == content
    assert "somebody has begun to settle it" in (documents.parent / "new/report.html").read_text()
    document, *_ = json.loads(run(*REGENERATE, "--json").stdout)
    assert (document["standing"], document["written"]) == ("settling", "new/a.docx")
    forced = run(*REGENERATE, "--overwrite")
    assert forced.exit_code == 1
    assert "error: new/a.docx: exists already" in forced.stderr
    assert redline.read_bytes() == content
    assert run(*REGENERATE, "--overwrite", "--discard-edits").exit_code == 0
    assert redline.read_bytes() != content


def test_a_redline_of_a_document_that_changed_since_is_told_and_not_replaced_unasked(run: Run, documents: Path) -> None:
    assert run(*REGENERATE).exit_code == 0
    redline = documents.parent / "new/a.docx"
    before = redline.read_bytes()
    document = open_document((documents / "a.docx").read_bytes())
    document.add_paragraph("Agreed since.")
    (documents / "a.docx").write_bytes(bytes_of(document))
    result = run(*REGENERATE)
    assert result.exit_code == 1
    assert "error: new/a.docx: exists already: use --overwrite" in result.stderr
    assert redline.read_bytes() == before
    assert run(*REGENERATE, "--overwrite").exit_code == 0
    assert redline.read_bytes() != before


def test_what_is_left_over_is_written_before_its_document_and_not_again(run: Run, documents: Path) -> None:
    template = ("--template", "role-profile")
    assert run(*REGENERATE, *template).exit_code == 0
    whole = files(documents.parent / "new")
    assert "deep/c-unplaced.docx" in whole
    (documents.parent / "new/deep/c.docx").unlink()
    assert run(*REGENERATE, *template).exit_code == 0
    assert files(documents.parent / "new") == whole


def test_another_template_over_the_document_itself_loses_no_edit(run: Run, documents: Path) -> None:
    mine = (documents / "deep/c.docx").read_bytes()
    result = run("regenerate", "all", "--template", "role-profile", "--output", "all", "--overwrite")
    assert result.exit_code == 1
    assert "all/deep/c.docx: exists already, and is edited" in result.stderr
    assert (documents / "deep/c.docx").read_bytes() == mine
    assert (documents / "a.docx").read_bytes() != making.example_document()


def with_more(documents: Path, jobs: int) -> int:
    """How many documents there are now."""
    for number in range(MORE[jobs]):
        (documents / f"more {number:02}.docx").write_bytes(making.example_document())
    return MORE[jobs] + 3


@pytest.mark.parametrize("jobs", MORE)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_stopped_run_leaves_a_report_of_what_was_done_and_goes_on(
    documents: Path, ending: signal.Signals, jobs: int
) -> None:
    folder, documents_in_all = documents.parent, with_more(documents, jobs)
    with started(*REGENERATE, "--jobs", str(jobs), folder=folder, stdout=PIPE, stderr=PIPE) as running:
        wait_for(lambda: len(files(folder / "new")) >= 5)
        os.kill(running.pid, ending)
        stdout, stderr = running.communicate(timeout=HANGS)
    assert running.returncode == 1
    assert stderr == f"see new/report.html\nsee new/report.xlsx\n{LINE}"
    assert not list((folder / "new").rglob(".jdgen-*"))
    contents = files(folder / "new")
    assert 5 <= len(contents) < documents_in_all
    assert all(record_of(content)[0] is not None for content in contents.values())
    page = html.parse(folder / "new/report.html").xpath("string(//main)")
    (looked_at,) = re.findall(rf"The run was interrupted: (\d+) of {documents_in_all}", page)
    assert len(contents) == int(looked_at) <= len(stdout.splitlines())
    # Each stands in the list and under its heading.
    assert page.count(", as tracked changes") == 2 * len(contents)
    assert page.count("the run was stopped") == documents_in_all - len(contents)
    again = subprocess.run(command_of(*REGENERATE, "--json"), cwd=folder, capture_output=True, text=True, check=True)
    standings = [document["standing"] for document in json.loads(again.stdout)]
    assert standings.count("same") == len(contents)
    assert standings.count("written") == documents_in_all - len(contents)
    assert "was interrupted" not in (folder / "new/report.html").read_text()


#: jdgen, stopped between the moment when the first document has its name and the moment when the run goes on.
STOPPED_WHILE_SAVING = """
import os, runpy, sys
stops = [{ending:d}]
def stop(event, arguments):
    if stops and event == "os.remove" and ".jdgen-" in str(arguments[0]) and os.path.exists("new/a.docx"):
        os.kill(os.getpid(), stops.pop())
sys.addaudithook(stop)
sys.argv[0] = "jdgen"
runpy.run_module("jdgen", run_name="__main__")
"""


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_written_is_in_the_report_whenever_the_run_is_stopped(documents: Path, ending: signal.Signals) -> None:
    folder = documents.parent
    script = STOPPED_WHILE_SAVING.format(ending=ending)
    with hearing(sys.executable, "-c", script, *REGENERATE, folder=folder, stdout=PIPE, stderr=PIPE) as running:
        stdout, stderr = running.communicate(timeout=HANGS)
    assert (running.returncode, stderr) == (1, f"see new/report.html\nsee new/report.xlsx\n{LINE}")
    assert list(files(folder / "new")) == ["a.docx"]
    page = html.parse(folder / "new/report.html").xpath("string(//main)")
    assert "The run was interrupted: 1 of 3" in page
    assert "new/a.docx" in stdout
    assert not list((folder / "new").rglob(".jdgen-*"))


def test_a_folder_that_is_removed_a_moment_before_a_file_is_written_is_not_made_again(
    run: Run, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After it was seen to be there, and before the next file has its place in it."""
    folder, placement = documents.parent, Renewal._placement

    def placement_once_it_is_gone(renewal: Renewal, *arguments: Any) -> Any:
        if len(files(folder / "new")) == 2:
            (folder / "new").rename(folder / "taken away")
        return placement(renewal, *arguments)

    monkeypatch.setattr(Renewal, "_placement", placement_once_it_is_gone)
    result = run(*REGENERATE, "--jobs", "1")
    assert (result.exit_code, (folder / "new").exists()) == (1, False)
    assert "error: new: was removed while documents were written to it: " in result.stderr
    assert len(files(folder / "taken away")) == 2


@pytest.mark.parametrize("jobs", MORE)
def test_a_folder_that_is_removed_meanwhile_is_not_made_again(documents: Path, jobs: int) -> None:
    folder = documents.parent
    with_more(documents, jobs)
    with started(*REGENERATE, "--jobs", str(jobs), folder=folder, stdout=PIPE, stderr=PIPE) as running:
        wait_for(lambda: len(files(folder / "new")) >= 5)
        (folder / "new").rename(folder / "taken away")
        _, stderr = running.communicate(timeout=HANGS)
    assert running.returncode == 1
    assert "error: new: was removed while documents were written to it: " in stderr
    assert not (folder / "new").exists()
