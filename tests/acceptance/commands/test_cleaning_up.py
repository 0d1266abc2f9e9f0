"""Every command that writes removes what a dead run of any command left where it writes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.files.test_leftovers import left_by_a_dead_run
from tests.toolbox import documents as making
from tests.toolbox.commands import POST, Run
from tests.toolbox.data import SOURCE_FILE
from tests.toolbox.posts import csv_file, row


def workbook(folder: Path) -> str:
    return str(csv_file(folder / "posts.csv", [row("PMO manager")]))


OUT = ("--output", "mine/a.yaml")
COMMANDS: dict[str, tuple[str, Callable[[Path], tuple[str, ...]]]] = {
    "generate": ("output", lambda _: ("generate", *POST)),
    "batch": ("output", lambda folder: ("batch", workbook(folder))),
    "the archive of a batch": ("zips", lambda folder: ("batch", workbook(folder), "--archive", "zips/all.zip")),
    "regenerate": ("new", lambda _: ("regenerate", "old", "--framework", "newer.yaml", "--output", "new")),
    "regenerate, deep": ("new/deep", lambda _: ("regenerate", "old", "--framework", "newer.yaml", "--output", "new")),
    "template new": ("mine", lambda _: ("template", "new", "mine/our-jd.docx", "--organisation", "Example Trust")),
    "template check": ("mine", lambda _: ("template", "check", "job-description", "--annotate", "mine/checked.docx")),
    "template fields": ("mine", lambda _: ("template", "fields", "--docx", "mine/fields.docx")),
    "framework diff": ("mine", lambda _: ("framework", "diff", "newer.yaml", "newer.yaml", "--html", "mine/a.html")),
    "framework criteria": ("mine", lambda _: ("framework", "criteria", "pmo", *OUT)),
    "framework carry-over": (
        "mine/criteria",
        lambda _: ("framework", "carry-over", "nhs-pccf", "newer.yaml", "--output", "mine"),
    ),
    "framework import": ("mine", lambda _: ("framework", "import", "t.txt", "--id", "a", "--version", "1", *OUT)),
}


@pytest.fixture
def busy(folder: Path) -> Path:
    """A folder with all that the commands need."""
    (folder / "old/deep").mkdir(parents=True)
    (folder / "old/a.docx").write_bytes(making.example_document())
    (folder / "old/deep/b.docx").write_bytes(making.example_document())
    (folder / "newer.yaml").write_text(making.newer_framework_text(), encoding="utf-8")
    shutil.copy(SOURCE_FILE, folder / "t.txt")
    return folder


@pytest.mark.parametrize("case", COMMANDS)
def test_every_command_that_writes_cleans_up_after_a_dead_run_of_any(case: str, run: Run, busy: Path) -> None:
    place, arguments = COMMANDS[case]
    leftover = left_by_a_dead_run(busy / place)
    result = run(*arguments(busy))
    assert result.exit_code == 0, result.output
    assert not leftover.exists()


def test_regenerate_cleans_up_where_it_has_nothing_to_write_any_more(run: Run, busy: Path) -> None:
    command = COMMANDS["regenerate"][1](busy)
    assert run(*command).exit_code == 0
    leftover = left_by_a_dead_run(busy / "new/deep")
    run(*command)
    assert not leftover.exists()
