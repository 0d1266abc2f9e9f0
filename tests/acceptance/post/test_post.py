"""``jdgen post new`` and ``jdgen post check``: from an empty folder to a document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.toolbox.commands import Run
from tests.toolbox.examples import POSTS, post_file

OPTIONS = ("--title", "PMO manager", "--band", "Band 7", "--hours", "37.5")


def test_a_new_post_file_is_sound_and_makes_a_document(run: Run, folder: Path) -> None:
    result = run("post", "new", "post.yaml", *OPTIONS)
    assert (result.exit_code, result.stdout) == (0, "post.yaml\n")
    assert result.stderr == "next: fill it in, then: jdgen post check post.yaml\n"
    result = run("post", "check", "post.yaml")
    assert result.exit_code == 0
    assert result.stdout.startswith("post.yaml: sound; ")
    assert result.stderr == "next: make its document: jdgen generate --post post.yaml\n"
    assert run("generate", "--post", "post.yaml", "--output", "a").exit_code == 0
    assert run("generate", "--specialism", "PMO", *OPTIONS, "--output", "b").exit_code == 0
    (first,), (other,) = ((folder / name).iterdir() for name in "ab")
    assert first.name == other.name


def test_the_document_of_each_file_that_was_looked_at_is_the_next_step(run: Run, folder: Path) -> None:
    for name in ("a.yaml", "of b.yaml"):
        run("post", "new", name, *OPTIONS)
    result = run("post", "check", "a.yaml", "of b.yaml")
    assert result.stderr.splitlines() == [
        "next: make its document: jdgen generate --post a.yaml",
        "next: make its document: jdgen generate --post 'of b.yaml'",
    ]


def test_what_every_post_needs_is_asked_for(run: Run, folder: Path) -> None:
    result = run("post", "new", "post.yaml")
    assert result.stderr.splitlines()[0] == "still needed in it: title, band"
    text = (folder / "post.yaml").read_text(encoding="utf-8")
    (folder / "post.yaml").write_text(
        text.replace("# title: ", "title: ").replace("# band: ", "band: "), encoding="utf-8"
    )
    assert run("post", "check", "post.yaml").exit_code == 0


def test_what_the_workspace_says_is_not_asked_for(run: Run, folder: Path) -> None:
    (folder / "jdgen.toml").write_text(
        "[post]\nemployer = 'A trust'\nspecialism = 'pmo'\n[own]\ndivision = 'Division'\n", encoding="utf-8"
    )
    run("post", "new", "posts/post.yaml", *OPTIONS)
    assert "jdgen.toml says it for every post: A trust." in (folder / "posts/post.yaml").read_text(encoding="utf-8")
    result = run("post", "check", "posts/post.yaml")
    assert "Employer" not in result.stdout
    assert "  not given of your own fields, where a template prints them: Division\n" in result.stdout


def test_a_file_that_is_there_is_never_written_over(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text("mine", encoding="utf-8")
    result = run("post", "new", "post.yaml", *OPTIONS)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "error: post.yaml: exists already, and stays as it is: choose another name\n"
    assert (folder / "post.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("post.docx",), "error: post.docx: is no name for a post file: write post.docx.yaml"),
        (("post.yaml", "--band", "12"), "error: --band: '12' is not an Agenda for Change band"),
        (("post.yaml", "--specialism", "pmoo"), "error: --specialism: unknown specialism 'pmoo': did you mean 'PMO'?"),
        (("post.yaml", "-s", "pmo", "--role-category", "x"), "error: --role-category: unknown role category 'x'"),
        (("post.yaml", "--title", " "), "error: --title: is empty"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_written(
    arguments: tuple[str, ...], problem: str, run: Run, folder: Path
) -> None:
    result = run("post", "new", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(problem)
    assert list(folder.iterdir()) == []


def test_every_problem_of_every_file_is_told_and_no_document_is_made(run: Run, folder: Path) -> None:
    (folder / "one.yaml").write_text(
        "title: x\nspecialism: pmo\nband: 9\nbse: y\npicture: {file: a.png, description: b}\n"
    )
    (folder / "two.yaml").write_text("title: x\nspecialism: pmo\nband: 7\nrole_category: boss\nhours: TBC\n")
    (folder / "three.yaml").write_text("- title: x\n")
    (folder / "sound.yaml").write_text("title: x\nspecialism: pmo\nband: 7\nhours: TBC\n")
    result = run("post", "check", "one.yaml", "two.yaml", "three.yaml", "gone.yaml", "sound.yaml")
    assert result.exit_code == 1
    assert result.stdout.startswith("sound.yaml: sound; ")
    for problem in (
        "error: one.yaml:4: unknown key 'bse': did you mean 'base'?",
        "error: one.yaml:3: the framework says nothing of PMO at band 9",
        "error: two.yaml:4: unknown role category 'boss'",
        "error: three.yaml:1: is a list, where one post is meant: `jdgen batch three.yaml` makes",
        "error: gone.yaml: cannot be read",
    ):
        assert problem in result.stderr
    assert not (folder / "output").exists()


def test_all_that_count_what_is_open_count_alike(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text("title: x\nspecialism: pmo\nband: 7\nhours: TBC\nemployer: y\n")
    every = run("post", "check", "post.yaml", "--notes", "all").stdout
    names = [line.split(": Not given")[0].strip() for line in every.splitlines() if ": Not given: " in line]
    assert {"Hours", "Dimensions"} <= set(names)
    assert "Employer" not in names
    assert len(set(names)) < len(names)  # what is measured, and how much of it
    assert "'TBC' in post.yaml:4 is no answer" in " ".join(every.split())
    (count,) = {int(match) for match in re.findall(r"\b(\d+) to complete", every)}
    assert f"  {count} to complete: " in run("post", "check", "post.yaml").stdout
    drafted = run("generate", "--post", "post.yaml")
    assert re.findall(r"\b(\d+) to (?:complete|decide|know)", drafted.stderr)[1] == str(count)
    counts = map(int, re.findall(r"^(\d+) to (?:complete|decide|know)", drafted.stderr, re.MULTILINE))
    assert f"All {sum(counts)} review notes in full: " in drafted.stderr
    assert f"{count} to complete\n" in run("show", drafted.stdout.strip(), "--notes").stdout


@pytest.mark.parametrize("post", POSTS)
def test_the_example_posts_are_sound(post: str, run: Run) -> None:
    assert run("post", "check", str(post_file(post)), "--notes", "none").exit_code == 0


def test_a_picture_that_is_not_there_is_told(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text("title: x\nspecialism: pmo\nband: 7\npicture: {file: a.png, description: b}\n")
    result = run("post", "check", "post.yaml")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: post.yaml:4: ")
