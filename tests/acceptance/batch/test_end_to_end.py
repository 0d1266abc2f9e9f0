"""A spreadsheet of posts becomes documents, all or none, and the same command goes on where it stopped."""

from __future__ import annotations

import csv
import io
import json
import pickle
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result
from docx import Document

from jdgen.cli.main import main
from jdgen.drafting.review_notes import ReviewNote
from jdgen.errors import JdgenError, Problem
from tests.toolbox.processes import wait_for

HEADINGS = ("Job title", "Specialism", "Band", "Role category", "Department", "Reference", "Job purpose")
ROWS = [
    ("Programme manager & lead", "PMO", 7, "", "R&D", "A-1", "Keep the <programme> on time.\n\nSecond paragraph."),
    ("Café analyst", "PMO", "6", "PMO Administrator or Analyst", "Ysbyty", "A-2", "Keep records right."),
    ("Head of office", "PMO", "Band 8C", "", "Strategy", "A-3", "Lead the office."),
]


def workbook(path: Path, rows: Sequence[Sequence[Any]] = ROWS) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Posts"
    for row in (("Profiles for the review",), (), HEADINGS, *rows):
        sheet.append(list(row))
    book.save(path)
    return path


def large_csv(path: Path, count: int) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows((f"Project lead {n}", "PMO", "7", "", "Dept", f"R-{n}", "Lead.") for n in range(count))
    return path


def batch(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["batch", *map(str, arguments)])


@pytest.fixture(autouse=True)
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def documents(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.docx"))


def test_each_row_becomes_a_document_that_says_what_the_row_says(tmp_path: Path) -> None:
    result = batch(workbook(tmp_path / "posts.xlsx"), "--output", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stdout.startswith("3 documents in ")
    assert len(documents(tmp_path / "out")) == 3
    for (title, _, _, _, department, reference, purpose), path in zip(
        sorted(ROWS, key=lambda row: str(row[0])), documents(tmp_path / "out"), strict=True
    ):
        document = Document(str(path))
        cells = [row.cells[1].text for row in document.tables[0].rows]
        assert {title, department, reference} <= set(cells)
        paragraphs = [paragraph.text for paragraph in document.paragraphs]
        assert set(str(purpose).split("\n\n")) <= set(paragraphs)
    assert {"report.html", "report.xlsx"} <= {path.name for path in (tmp_path / "out").iterdir()}


def test_every_problem_is_told_by_its_cell_and_nothing_is_written(tmp_path: Path) -> None:
    bad = [*ROWS, ("X", "PMO", "5", "", "", "", ""), ("", "PMX", "8", "chef", "", "", "")]
    result = batch(workbook(tmp_path / "posts.xlsx", bad), "--output", tmp_path / "out")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert any("posts.xlsx!Posts!C7: the framework says nothing of PMO at band 5" in line for line in lines)
    assert any("posts.xlsx!Posts!C8: band 8 is divided into" in line or "posts.xlsx!Posts!C8" in line for line in lines)
    assert any("posts.xlsx!Posts!A8: Job title is missing" in line for line in lines)
    assert not (tmp_path / "out").exists()


def test_sound_rows_are_made_and_the_others_can_be_mended_and_fed_back(tmp_path: Path) -> None:
    bad = [*ROWS, ("Benefits lead", "PMO", "5", "", "", "", "")]
    result = batch(workbook(tmp_path / "posts.xlsx", bad), "--output", tmp_path / "out", "--keep-going")
    assert result.exit_code == 1
    assert len(documents(tmp_path / "out")) == 3
    mending = tmp_path / "out" / "posts to mend.xlsx"
    book = openpyxl.load_workbook(mending)
    sheet = book.active
    headings = [cell.value for cell in sheet[1]]
    sheet.cell(2, headings.index("Band") + 1).value = "7"
    book.save(tmp_path / "mended.xlsx")
    mended = batch(tmp_path / "mended.xlsx", "--output", tmp_path / "out")
    assert (mended.exit_code, len(documents(tmp_path / "out"))) == (0, 4)


def test_two_rows_with_one_file_name_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    twice = [*ROWS, ("CAFÉ Analyst", *ROWS[1][1:])]
    result = batch(workbook(tmp_path / "posts.xlsx", twice), "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert "posts.xlsx!Posts!7: would be written to the same file as " in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_second_run_touches_nothing_and_an_edited_document_is_never_overwritten(tmp_path: Path) -> None:
    posts, out = workbook(tmp_path / "posts.xlsx"), tmp_path / "out"
    batch(posts, "--output", out)
    times = {path: path.stat().st_mtime_ns for path in documents(out)}
    again = batch(posts, "--output", out)
    assert "3 unchanged" in again.stdout
    assert {path: path.stat().st_mtime_ns for path in documents(out)} == times
    edited_path = documents(out)[0]
    document = Document(str(edited_path))
    document.paragraphs[-1].runs[0].text = "A manager wrote this."
    document.save(str(edited_path))
    mine = edited_path.read_bytes()
    changed_rows = [(*row[:4], "Another department", *row[5:]) for row in ROWS]
    third = batch(workbook(posts, changed_rows), "--output", out)
    assert (third.exit_code, edited_path.read_bytes()) == (0, mine)
    assert "2 written" in third.stdout
    assert "1 kept" in third.stdout
    result = batch(posts, "--output", out, "--overwrite")
    assert (result.exit_code, edited_path.read_bytes()) == (0, mine)
    assert f"kept: {edited_path}: would change" in result.stderr
    assert "--overwrite --discard-edits" in result.stderr
    replaced = batch(posts, "--output", out, "--overwrite", "--discard-edits")
    assert edited_path.read_bytes() != mine
    assert replaced.exit_code == 0


def test_a_document_of_somebody_else_s_is_kept(tmp_path: Path) -> None:
    posts, out = workbook(tmp_path / "posts.xlsx"), tmp_path / "out"
    batch(posts, "--output", out)
    foreign = documents(out)[1]
    Document().save(str(foreign))
    theirs = foreign.read_bytes()
    assert "1 kept" in batch(posts, "--output", out).stdout
    assert foreign.read_bytes() == theirs


def test_an_archive_has_equal_bytes_from_one_process_and_from_two(tmp_path: Path) -> None:
    posts = large_csv(tmp_path / "posts.csv", 240)
    for jobs in (1, 2):
        result = batch(posts, "--output", tmp_path / "out", "--archive", tmp_path / f"{jobs}.zip", "--jobs", jobs)
        assert result.exit_code == 0, result.output
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        assert len(archive.namelist()) == 240
        assert Document(io.BytesIO(archive.read(archive.namelist()[7]))).core_properties.title.startswith(
            "Project lead"
        )
    assert batch(posts, "--output", tmp_path / "out", "--archive", tmp_path / "1.zip").exit_code == 1


def test_json_is_a_line_for_each_document_and_one_for_all(tmp_path: Path) -> None:
    lines = batch(workbook(tmp_path / "posts.xlsx"), "--output", tmp_path / "out", "--json").stdout.splitlines()
    entries = [json.loads(line) for line in lines]
    assert [entry["outcome"] for entry in entries[:-1]] == ["written"] * 3
    assert entries[-1]["documents"] == 3


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    result = batch(workbook(tmp_path / "posts.xlsx"), "--output", tmp_path / "out", "--dry-run")
    assert (result.exit_code, (tmp_path / "out").exists()) == (0, False)
    assert "3 would be written" in result.stdout


def test_a_killed_batch_leaves_whole_files_and_no_process_and_goes_on(tmp_path: Path) -> None:
    posts, out = large_csv(tmp_path / "posts.csv", 300), tmp_path / "out"
    command = [sys.executable, "-m", "jdgen", "batch", str(posts), "--output", str(out), "--jobs", "2"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(lambda: len(documents(out)) >= 20)
    running.kill()
    running.wait()
    time.sleep(1)
    paths = documents(out)
    assert 20 <= len(paths) < 300
    for path in paths[:: max(1, len(paths) // 20)]:
        Document(str(path))
    assert len(documents(out)) == len(paths), "a process goes on writing"
    finished = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert f"{len(paths)} unchanged" in finished.stdout
    assert len(documents(out)) == 300


@pytest.mark.parametrize("name", ["missing.xlsx", ".", "posts.pdf"])
def test_what_is_no_file_of_posts_is_an_error_in_words(tmp_path: Path, name: str) -> None:
    (tmp_path / "posts.pdf").write_bytes(b"%PDF-1.4")
    result = batch(tmp_path / name, "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")


def test_an_output_that_is_a_file_is_an_error_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    result = batch(workbook(tmp_path / "posts.xlsx"), "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert (tmp_path / "out").read_text() == "mine"


def test_an_error_crosses_from_one_process_to_another_whole() -> None:

    error = JdgenError([Problem("a", "b", "c"), Problem("d", "e", "f")])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems
    assert ReviewNote("a", "b", "c") == pickle.loads(pickle.dumps(ReviewNote("a", "b", "c")))
