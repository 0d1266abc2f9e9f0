"""Copies are kept while documents are made, whatever happens to the run; and nothing here stops a document."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from jdgen.batch.model import BatchOutcome
from jdgen.record import keeping as keeping_module
from jdgen.record.database import FILE
from jdgen.record.plain_reading import plain_fact
from tests.toolbox.examples import ROOT
from tests.toolbox.losing import stripped
from tests.toolbox.posts import batch, csv_file, documents, row, rows
from tests.toolbox.processes import started, wait_for

pytestmark = pytest.mark.slow

POST = ("generate", "--specialism", "pmo", "--band", "7", "--title", "PMO manager", "--base", "Example House")


def ids_kept(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / FILE)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if connection.execute("PRAGMA user_version").fetchone() == (0,):  # stopped before there were any tables
            return []
        return sorted(document_id for (document_id,) in connection.execute("SELECT document_id FROM records"))


def ids_of(folder: Path) -> list[str]:
    contents = (path.read_bytes() for path in documents(folder).values())
    return sorted(plain_fact(content, "JDDocId") for content in contents)


def jdgen(
    *arguments: str, folder: Path, check: bool = True, through: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    command = [*through, sys.executable, "-m", "jdgen", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=check)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_batch_keeps_the_record_of_each_document(tmp_path: Path, jobs: int) -> None:
    batch(tmp_path, csv_file(tmp_path / "posts.csv", rows(220)), jobs=jobs)
    assert ids_kept(tmp_path) == ids_of(tmp_path / "output")
    assert (tmp_path / "records/.gitignore").read_text() == "*\n"


def test_an_archive_s_documents_are_known_as_well(tmp_path: Path) -> None:
    batch(tmp_path, csv_file(tmp_path / "posts.csv", rows(3)), archive=tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        archive.extractall(tmp_path / "taken")
    assert ids_kept(tmp_path) == ids_of(tmp_path / "taken")


def test_a_dry_run_keeps_nothing(tmp_path: Path) -> None:
    posts = csv_file(tmp_path / "posts.csv", rows(3))
    batch(tmp_path, posts, dry_run=True)
    jdgen(*POST, "--dry-run", folder=tmp_path)
    assert list(tmp_path.iterdir()) == [posts]


def test_a_document_made_twice_is_one_entry(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        batch(tmp_path, csv_file(tmp_path / "posts.csv", rows(3)), output=tmp_path / folder)
    assert ids_kept(tmp_path) == ids_of(tmp_path / "one") == ids_of(tmp_path / "two")


def test_two_runs_at_once_keep_all(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        csv_file(tmp_path / f"{name}.csv", [row(f"{name} {number}") for number in range(60)])
    command = [sys.executable, "-m", "jdgen", "batch", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [
        subprocess.Popen([*command, f"{name}.csv", "--output", name], cwd=tmp_path, env=environment)
        for name in ("one", "two")
    ]
    assert [each.wait(120) for each in running] == [0, 0]
    assert ids_kept(tmp_path) == sorted(ids_of(tmp_path / "one") + ids_of(tmp_path / "two"))


@pytest.mark.parametrize("end", ["SIGINT", "SIGKILL"])
def test_a_run_that_is_stopped_harms_nothing_and_the_next_keeps_what_is_missing(tmp_path: Path, end: str) -> None:
    if sys.platform == "win32":
        pytest.skip("signals of POSIX")
    csv_file(tmp_path / "posts.csv", rows(300))
    with started("batch", "posts.csv", "--jobs", "2", folder=tmp_path) as running:
        wait_for((tmp_path / FILE).exists)
        os.killpg(running.pid, signal.Signals[end])
    ids = ids_of(tmp_path / "output")
    assert 0 < len(ids) < 300
    assert set(ids_kept(tmp_path)) <= set(ids)
    jdgen("batch", "posts.csv", "--jobs", "2", folder=tmp_path)
    assert ids_kept(tmp_path) == ids_of(tmp_path / "output")


def test_what_is_killed_while_it_writes_is_taken_back(tmp_path: Path) -> None:
    """A process that dies between two rows of a transaction, with some of them on the disk."""
    batch(tmp_path, csv_file(tmp_path / "posts.csv", rows(3)))
    before = ids_kept(tmp_path)
    script = (
        "import os, sqlite3, sys\nconnection = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "connection.execute('PRAGMA cache_size = 1')\nconnection.execute('BEGIN IMMEDIATE')\n"
        "for number in range(500):\n"
        "    row = (f'jd-{number}', number, 1, bytes(9000))\n"
        "    connection.execute('INSERT INTO records (document_id, crc, size, item) VALUES (?, ?, ?, ?)', row)\n"
        "os._exit(9)\n"
    )
    size = (tmp_path / FILE).stat().st_size
    subprocess.run([sys.executable, "-c", script, str(tmp_path / FILE)], check=False)
    assert (tmp_path / FILE).stat().st_size > size + 1_000_000
    assert jdgen(*POST, folder=tmp_path).stderr.count("warning") == 0
    assert len(ids_kept(tmp_path)) == len(before) + 1


def test_a_store_that_was_deleted_is_filled_again(tmp_path: Path) -> None:
    posts = csv_file(tmp_path / "posts.csv", rows(3))
    batch(tmp_path, posts)
    shutil.rmtree(tmp_path / "records")
    result, _ = batch(tmp_path, posts)
    assert result.summary.counts == {BatchOutcome.UNCHANGED: 3}
    assert ids_kept(tmp_path) == ids_of(tmp_path / "output")


def test_many_are_written_some_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping_module, "_TOGETHER", 4)
    batch(tmp_path, csv_file(tmp_path / "posts.csv", rows(11)))
    assert ids_kept(tmp_path) == ids_of(tmp_path / "output")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda file: file.parent.write_bytes(b"mine"), "cannot be used for copies of records (File exists)"),
        (lambda file: _write(file, b"no database at all" * 100), "is damaged (file is not a database)"),
        (lambda file: _of_form(file, 99), "was written by a newer version of jdgen"),
    ],
)
def test_what_keeps_copies_from_being_kept_is_told_in_a_line_and_documents_are_made(
    tmp_path: Path, spoil: object, reason: str
) -> None:
    spoil(tmp_path / FILE)
    result = jdgen(*POST, folder=tmp_path)
    (warning,) = [line for line in result.stderr.splitlines() if line.startswith("warning: ")]
    assert reason in warning
    assert warning.endswith("documents are made all the same, with their records inside")
    assert len(documents(tmp_path / "output")) == 1
    csv_file(tmp_path / "posts.csv", rows(2))
    assert jdgen("batch", "posts.csv", folder=tmp_path).stderr.count(reason) == 1
    assert len(documents(tmp_path / "output")) == 3
    path = tmp_path / "lost.docx"
    path.write_bytes(stripped(next(iter(documents(tmp_path / "output").values())).read_bytes()))
    status = jdgen("status", "lost.docx", folder=tmp_path, check=False)
    assert status.returncode == 1
    assert status.stdout.startswith("no record")
    assert "Traceback" not in status.stderr


def test_a_workspace_that_cannot_be_written_is_read_and_said_to_be_so(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("permissions are those of POSIX")
    jdgen(*POST, "--output", "a.docx", folder=tmp_path)
    (tmp_path / "b.docx").write_bytes(stripped((tmp_path / "a.docx").read_bytes()))
    (tmp_path / FILE).chmod(0o444)
    (tmp_path / "records").chmod(0o555)
    # What the rights of a file forbid does not bind root unless it gives up the power to pass over them.
    prefix = ("setpriv", "--bounding-set=-dac_override") if os.geteuid() == 0 else ()
    try:
        status = jdgen("status", "b.docx", folder=tmp_path, check=False, through=prefix)
        result = jdgen(*POST, "--output", "c.docx", folder=tmp_path, through=prefix)
    finally:
        (tmp_path / "records").chmod(0o755)
    assert status.stdout.startswith("up to date, by the workspace's copy  b.docx: saved again since, "), status.stderr
    (warning,) = [line for line in result.stderr.splitlines() if line.startswith("warning: ")]
    assert "cannot be used for copies of records" in warning
    assert (tmp_path / "c.docx").exists()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)


def _of_form(path: Path, form: int) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {form}")
