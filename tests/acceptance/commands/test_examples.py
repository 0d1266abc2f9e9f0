"""The examples at the end of each command's help run as they stand, where there is what they name."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

import pytest

from jdgen.cli.main import main
from tests.acceptance.commands.test_main import leaves
from tests.toolbox.commands import Run

#: What an example names that nobody has before a publisher, or HR, gives it to them.
ELSEWHERE = {
    *("framework.docx", "our-framework.yaml", "new.yaml", "old.yaml", "new-version.yaml"),
    *("our-list.xlsx", "Job description.docx"),
}
#: Commands that ask at a terminal, or print with LibreOffice: their own tests run them.
APART = {("start",), ("pdf",), ("publish",)}
#: What examples begin from, in the order in which somebody would come to it.
BEFORE = (
    "jdgen docs examples/posts.csv --output posts.csv",
    "jdgen post new post.yaml --title 'PMO manager' --specialism pmo --band 7",
    "jdgen template new our-jd.docx --organisation 'Our NHS Trust'",
    "jdgen post new posts/post.yaml --title 'PMO manager' --specialism pmo --band 7",
    "jdgen generate --post post.yaml",
)
#: What these make themselves.
MADE_BY = {
    ("docs",): "posts.csv",
    ("generate",): "output",
    ("post", "new"): "post.yaml",
    ("template", "new"): "our-jd.docx",
}


def examples_of(command: tuple[str, ...], run: Run) -> list[list[str]]:
    """The examples of a command's help that can be run here, in words as a shell has them."""
    help_text = run(*command, "--help").stdout.partition("\n  Examples:\n")[2]
    words = [shlex.split(line) for line in help_text.splitlines() if line.strip()]
    return [example[1:] for example in words if not ELSEWHERE.intersection(example)]


@pytest.mark.parametrize("command", [each for each in leaves(main) if each not in APART], ids=" ".join)
def test_examples_in_help_run_as_they_stand(command: tuple[str, ...], run: Run, folder: Path) -> None:
    before, examples = folder / "before", examples_of(command, run)
    before.mkdir()
    os.chdir(before)
    for line in BEFORE:
        assert run(*shlex.split(line)[1:]).exit_code == 0, line
    for number, example in enumerate(examples):
        if example[:2] == ["batch", "posts.xlsx"]:
            continue  # a workbook that nobody has filled in has no post to make
        shutil.copytree(before, folder / str(number))
        os.chdir(folder / str(number))
        if MADE_BY.get(command):  # what it is to make
            shutil.move(MADE_BY[command], "moved")
        words = [str(path) for word in example for path in (sorted(Path().glob(word)) if "*" in word else [word])]
        result = run(*words)
        assert result.exit_code == 0, (example, result.stderr)


def test_most_commands_have_an_example_that_is_run(run: Run) -> None:
    without = [each for each in leaves(main) if each not in APART and not examples_of(each, run)]
    names = sorted(" ".join(each) for each in without)
    assert names == ["framework carry-over", "framework diff", "framework import", "release", "why"]
