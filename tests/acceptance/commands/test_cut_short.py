"""What YAML takes for a comment and its writer may not have is told, with its line and how to keep it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.workspace import shipped_folder
from tests.toolbox.commands import Run

REQUIRED = "title: Lead\nspecialism: pmo\nband: 8a\n"


def cut(text: str) -> list[tuple[str, int, str]]:
    """Each value that is cut: what is taken of it, its line, and what is lost."""
    file = parse_yaml(text.encode(), "x.yaml")
    return [(file.texts[keys], file.lines[keys], lost_text) for keys, lost_text in file.comments.items()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: ABC #12", [("ABC", 1, "#12")]),
        ("b: x\na: ABC\t#12  \nc: y", [("ABC", 2, "#12")]),
        ("a: #12", [("", 1, "#12")]),
        ("- one #1\n- two\n- #3", [("one", 1, "#1"), ("", 3, "#3")]),
        ("a: {b: c #12\n  }", [("c", 1, "#12")]),
        ("a: two\n  lines #12", [("two lines", 1, "#12")]),
        ("a: Zoë’s ward é #12", [("Zoë’s ward é", 1, "#12")]),
        ("z: 'a\u2028b'\na: ABC #12", [("ABC", 3, "#12")]),
    ],
)
def test_what_is_behind_a_value_and_has_no_space_after_the_mark_is_cut(
    text: str, expected: list[tuple[str, int, str]]
) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a: ABC # a comment",
        "a: ABC #",
        "#comment\na: ABC\n#comment",
        "a: 'ABC #12'",
        'a: "ABC #12" #12',
        "a: |\n  ABC #12\n  #13",
        "a: > #12\n  ABC #12",
        "a: ABC#12",
        "a: #12\n  b: c",
        "a: #12\n- b",
        "a: https://example.nhs.uk/#part",
    ],
)
def test_comments_and_marks_within_quotes_blocks_and_words_are_not(text: str) -> None:
    assert cut(text) == []


def test_a_reference_that_is_cut_is_told_with_its_line_and_the_cure(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(f"{REQUIRED}reference: ABC #12\nbase: Leeds # near the station\n")
    result = run("generate", "--post", "post.yaml", "--dry-run")
    assert result.exit_code == 0
    assert (
        "Reference: '#12' in post.yaml:4 is read as a comment, so that only 'ABC' is taken. If it belongs to the "
        "text, put all of it in quotes: 'ABC #12'. If it is a comment, put a space after #."
    ) in " ".join(result.stderr.split())
    assert "near the station" not in result.stderr


def test_nothing_but_what_is_cut_is_an_error(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(f"{REQUIRED}reference: #12\nvalues:\n- Care\n- #1\n")
    result = run("generate", "--post", "post.yaml")
    assert result.stderr.splitlines() == [
        "error: post.yaml:4: reference: '#12' is read as a comment, and nothing else stands there: "
        "put it in quotes: '#12'",
        "error: post.yaml:7: values: '#1' is read as a comment, and nothing else stands there: put it in quotes: '#1'",
    ]


def test_posts_of_a_list_are_told_each_by_its_own_line(run: Run, folder: Path) -> None:
    post = "- title: {}\n  specialism: pmo\n  band: 7\n  reference: ABC #12\n"
    (folder / "posts.yaml").write_text(post.format("A") + post.format("B"))
    result = run("batch", "posts.yaml", "--dry-run", "--json", "--jobs", "1")
    notes = [
        [note["text"].split()[2] for note in json.loads(line)["notes"] if note["topic"] == "cut short"]
        for line in result.stdout.splitlines()[:2]
    ]
    assert notes == [["posts.yaml:4"], ["posts.yaml:8"]]


def test_an_option_that_gives_the_field_needs_no_such_note(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(f"{REQUIRED}reference: ABC #12\n")
    assert "comment" not in run("generate", "--post", "post.yaml", "--reference", "ABC #12", "--dry-run").stderr


def test_the_check_of_a_workspace_tells_such_texts_of_its_own_files(run: Run, folder: Path) -> None:
    clauses = folder / "framework_data" / "clauses"
    clauses.mkdir(parents=True)
    text = (shipped_folder() / "framework_data" / "clauses" / "general.yaml").read_text(encoding="utf-8")
    assert run("framework", "check").exit_code == 0
    (clauses / "own.yaml").write_text(text + "  - id: z\n    title: Rules #1 to 3\n    text: x\n    locked: true\n")
    result = run("framework", "check")
    assert result.exit_code == 1
    line = text.count("\n") + 2
    assert result.stderr == (
        f"error: framework_data/clauses/own.yaml:{line}: '#1 to 3' is read as a comment, and is no part of the text "
        "'Rules': put all of the text in quotes, or a space after # if it is a comment\n"
    )
