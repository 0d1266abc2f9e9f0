"""Levels on the command line: frameworks, one document, many, and where a text comes from."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.toolbox.commands import jdgen
from tests.toolbox.other_levels import FOLDER

ROLE = ("--specialism", "lighthouse-visits", "--title", "Guide")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(FOLDER / "framework_data", tmp_path / "framework_data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_frameworks_are_listed_with_their_levels(folder: Path) -> None:
    stdout = jdgen("framework", "list").stdout
    assert "Kite workshop, grades A to D\n" in stdout
    assert "Lighthouse visits, role levels Foundation to Senior, which add up\n" in stdout
    assert "Clock care, Step 1 to Step 2\n" in stdout
    assert "PMO, bands 6 to 8d\n" in stdout


def test_show_lists_what_holds_at_a_level(folder: Path) -> None:
    stdout = jdgen("framework", "show", "lighthouse-visits", "--level", "practitioner").stdout
    assert stdout.startswith("Lighthouse visits at role level Practitioner, as published\n")
    assert "[lighthouse-visits.welcome.foundation; role level Foundation; line 8, cell 2]" in stdout
    assert "welcome.senior" not in stdout
    choices = jdgen("framework", "show", "lighthouse-visits").stdout
    assert "role categories" not in choices
    assert "entry routes" not in choices
    assert "clock-care.conduct.time; every step;" in jdgen("framework", "show", "clock-care", "--level", "1").stdout


def test_each_framework_takes_its_own_option(folder: Path) -> None:
    assert (
        "the levels of this framework are grades: use --level"
        in jdgen("framework", "show", "kite-workshop", "--band", "7").stderr
    )
    assert (
        "the levels of this framework are Agenda for Change bands: use --band"
        in jdgen("framework", "show", "pmo", "--level", "A").stderr
    )
    unknown = jdgen("framework", "show", "kite-workshop", "--level", "E").stderr
    assert "--level: 'E' is no grade: use one of A, B, C, D" in unknown


def test_the_ladder_says_where_a_level_adds(folder: Path) -> None:
    stdout = jdgen("framework", "ladder", "lighthouse-visits").stdout
    assert "Where neighbouring role levels do not differ" in stdout
    assert "the statements of the lower, and more: Welcome, Lamp, Learning" in stdout


def test_diff_names_levels_by_the_key_of_the_framework_file(folder: Path) -> None:
    new = folder / "new.yaml"
    old = folder / "framework_data/frameworks/example-grades.yaml"
    new.write_text(old.read_text(encoding="utf-8").replace("small kites", "kites"), encoding="utf-8")
    assert "reworded, grades B\n" in jdgen("framework", "diff", str(old), str(new), "--level", "B").stdout
    assert "0 changed" in jdgen("framework", "diff", str(old), str(new), "--level", "C").stdout
    (change,) = json.loads(jdgen("framework", "diff", str(old), str(new), "--json").stdout)["changes"]
    assert change["levels"] == ["B"]
    assert change["before"]["levels"] == "B"
    assert "bands" not in change


def test_a_changed_scale_is_told(folder: Path) -> None:
    old = folder / "framework_data/frameworks/example-grades.yaml"
    new = folder / "new.yaml"
    new.write_text(old.read_text(encoding="utf-8").replace("adds_up: false", "adds_up: true"), encoding="utf-8")
    stdout = jdgen("framework", "diff", str(old), str(new)).stdout
    assert "The levels were grades A, B, C, D, and are grades A, B, C, D, which add up now." in stdout
    assert jdgen("framework", "diff", str(old), str(new), "--html", "r.html").exit_code == 0
    assert "The levels were" in (folder / "r.html").read_text(encoding="utf-8")


def test_a_document_is_named_by_its_level_and_knows_where_its_words_come_from(folder: Path) -> None:
    result = jdgen("generate", *ROLE, "--band", "5", "--filename", "{title} {level}", "--notes", "all")
    assert result.stdout == "output/Guide Practitioner.docx\n"
    assert "Role level Practitioner is taken for band 5" in " ".join(result.stderr.split())
    stdout = jdgen("why", "output/Guide Practitioner.docx", "Greets visitors").stdout
    assert "heading 'Welcome', role level Foundation, source line 8, cell 2, word for word" in stdout
    (origin,) = json.loads(jdgen("why", "output/Guide Practitioner.docx", "Greets visitors", "--json").stdout)
    assert origin["levels"] == "Foundation"
    assert "bands" not in origin
    senior = jdgen("generate", *ROLE, "--band", "5", "--level", "Senior", "--filename", "{title} {level}")
    assert "level: Senior" in jdgen("show", senior.stdout.strip()).stdout


def test_a_batch_reads_a_column_of_levels(folder: Path) -> None:
    posts = folder / "posts.csv"
    rows = ("Job title,Specialism,Band,Role level", "Guide,lighthouse visits,3,", "Lead,lighthouse-visits,7,Senior")
    posts.write_text(
        "\n".join((*rows, "Mender,Kite workshop,4,grade b", "Winder,clock-care,3,2", "")), encoding="utf-8"
    )
    result = jdgen("batch", "posts.csv", "--filename", "{title} {level}", "--jobs", "1", "--json")
    documents = [json.loads(line) for line in result.stdout.splitlines()[:-1]]
    names = ["Guide Foundation", "Lead Senior", "Mender B", "Winder Step 2"]
    assert [Path(document["path"]).stem for document in documents] == names
    assert [document["level"] for document in documents] == ["Foundation", "Senior", "B", "Step 2"]
    assert ">7, Senior</td>" in (folder / "output/report.html").read_text(encoding="utf-8")
    again = jdgen("batch", "posts.csv", "--filename", "{title} {level}", "--jobs", "1")
    assert "4 unchanged" in again.stdout


def test_a_missing_level_is_told_at_its_cell(folder: Path) -> None:
    (folder / "posts.csv").write_text(
        "Job title,Specialism,Band,Level\nMender,Kite workshop,4,\nMender,Kite workshop,4,F\n", encoding="utf-8"
    )
    stderr = jdgen("batch", "posts.csv").stderr
    assert "posts.csv:2 (column D): the levels of example-grades are grades, the post names none" in stderr
    assert "posts.csv:3 (column D): 'F' is no grade of example-grades: use one of A, B, C, D" in stderr


def test_levels_of_a_file_to_import_are_given_by_option(folder: Path) -> None:
    text = folder / "framework_data/sources/example-roles.txt"
    options = (
        "--id",
        "mine",
        "--version",
        "1",
        "--output",
        "mine.yaml",
        "--levels",
        "Foundation; Practitioner; Senior",
    )
    result = jdgen("framework", "import", str(text), *options, "--level-word", "role level", "--levels-add-up")
    assert result.stdout.startswith("Lighthouse visits: role levels Foundation to Senior, which add up, 3 headings")
    twice = jdgen("framework", "import", str(text), *options[:-1], "A, a, 7")
    assert "--levels: the level 'a' stands here twice" in twice.stderr
    assert "--levels: '7' reads like an Agenda for Change band" in twice.stderr
    alone = jdgen("framework", "import", str(text), *options[:-2], "--levels-add-up")
    assert "--levels-add-up: no levels are named: name them with --levels" in alone.stderr
