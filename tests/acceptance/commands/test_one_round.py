"""Every problem is told in one round, and one that many cells have is told once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from jdgen.errors import Problem, fold_problems
from jdgen.places import FilePlace
from tests.toolbox.commands import Run, refusals
from tests.toolbox.posts import workbook_file
from tests.toolbox.word import word_file


def beginnings(lines: Sequence[str], *expected: str) -> bool:
    return len(lines) == len(expected) and all(map(str.startswith, sorted(lines), sorted(expected)))


def test_headings_values_and_choices_of_a_sheet_are_told_together(run: Run, folder: Path) -> None:
    (folder / "posts.csv").write_text(
        "Job title,Specialism,Band,Role category,Relationships,Competences,Hours,Wobble,Duties to omit\n"
        "PMO analyst,PMO,6,Analyst,Execs,Magic,37,x,pmo.nothing.1: not done here\n"
    )
    assert beginnings(
        refusals(run, "batch", "posts.csv"),
        "posts.csv:1 (column H): unknown column 'Wobble'",
        "posts.csv:2 (column D): unknown role category 'Analyst'",
        "posts.csv:2 (column E): Relationships: line 1, 'Execs', does not fit",
        "posts.csv:2 (column F): unknown competence 'Magic'",
        "posts.csv:2 (column F): specialist competences are given for a post",
    )


def test_a_row_without_its_title_or_band_is_looked_at_all_the_same(run: Run, folder: Path) -> None:
    (folder / "posts.csv").write_text("Job title,Specialism,Band,Role category\n,PMO,99,Analyst\n")
    assert beginnings(
        refusals(run, "batch", "posts.csv"),
        "posts.csv:2 (column A): Job title is missing",
        "posts.csv:2 (column C): Band: '99' is not an Agenda for Change band",
        "posts.csv:2 (column D): unknown role category 'Analyst'",
    )


def test_a_column_that_is_missing_is_told_once_and_not_for_each_row(run: Run, folder: Path) -> None:
    (folder / "posts.csv").write_text("Job title,Specialism,Role category\nA,PMO,Analyst\nB,PMO,Analyst\n")
    assert beginnings(
        refusals(run, "batch", "posts.csv"),
        "posts.csv:1: there is no column 'Band'",
        "posts.csv:2-3 (column C): unknown role category 'Analyst'",
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_thousand_cells_with_one_fault_are_one_line(run: Run, folder: Path, jobs: str) -> None:
    rows = [
        {"Job title": f"Post {n}", "Specialism": "PMO", "Band": "9z", "Role category": "" if n == 7 else "Boss"}
        for n in range(1000)
    ]
    workbook_file(folder / "posts.xlsx", rows)
    assert beginnings(
        refusals(run, "batch", "posts.xlsx", "--jobs", jobs),
        "posts.xlsx!Posts!C2:C1001: Band: '9z' is not",
        "posts.xlsx!Posts!D2:D8, D10:D1001: unknown role category 'Boss'",
    )


def test_a_column_of_many_different_faults_with_one_cure_is_one_line(run: Run, folder: Path) -> None:
    lines = "".join(f"Post {n},PMO,{n + 100}\n" for n in range(30))
    (folder / "posts.csv").write_text(f"Job title,Specialism,Band\n{lines}")
    (line,) = refusals(run, "batch", "posts.csv")
    assert line.startswith("posts.csv:2-31 (column C): Band: '100' is not")
    assert "(and 29 more like it)" in line


def test_rows_that_fail_are_told_once_where_the_others_are_made_too(run: Run, folder: Path) -> None:
    rows = [{"Job title": f"Post {n}", "Specialism": "PMO", "Band": "7" if n == 1 else "8"} for n in range(4)]
    workbook_file(folder / "posts.xlsx", rows)
    lines = refusals(run, "batch", "posts.xlsx", "--keep-going", "--jobs", "1")
    assert beginnings(lines, "posts.xlsx!Posts!C2, C4:C5: Band: band 8 is divided into")
    assert (folder / "output" / "posts to mend.xlsx").is_file()


def test_posts_of_a_yaml_file_are_told_together_by_their_lines(run: Run, folder: Path) -> None:
    post = "- {title: A, specialism: pmo, band: 7, role_category: boss}\n"
    (folder / "posts.yaml").write_text(post * 3 + "- {specialism: pmo, band: 77, hours: [37.5], entry_route: x}\n")
    assert beginnings(
        refusals(run, "batch", "posts.yaml"),
        "posts.yaml:1-3: unknown role category 'boss'",
        "posts.yaml:4: 'title' is missing",
        "posts.yaml:4: '77' is not an Agenda for Change band",
        "posts.yaml:4: hours is a list, where text is meant",
        "posts.yaml:4: unknown entry route 'x'",
    )


def test_a_post_file_options_and_the_framework_are_told_together(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(
        """specialism: pmo
band: 8a
role_category: wizard
hours: [37.5]
duties:
  omit:
  - {duty: pmo.nothing.1, reasom: wrong key}
  - {duty: pmo.nothing.2, reason: not done here}
colour: blue
"""
    )
    assert beginnings(
        refusals(run, "generate", "--post", "post.yaml", "--competence", "magic", "--base", ""),
        "--base: is empty",
        "--competence: specialist competences are given",
        "--competence: unknown competence 'magic'",
        "post.yaml: 'title' is missing",
        "post.yaml:3: unknown role category 'wizard'",
        "post.yaml:4: hours is a list, where text is meant",
        "post.yaml:7: unknown key 'reasom'",
        "post.yaml:9: unknown key 'colour'",
    )


@pytest.mark.parametrize("command", ["generate", "batch"])
def test_faults_of_the_template_are_told_with_those_of_the_post(run: Run, folder: Path, command: str) -> None:
    (folder / "own.docx").write_bytes(word_file("{{ titel }}"))
    (folder / "posts.yaml").write_text("title: A\nspecialism: pmo\nband: 7\nrole_category: boss\n")
    post = ("--post", "posts.yaml") if command == "generate" else ("posts.yaml",)
    lines = refusals(run, command, *post, "--template", "own.docx")
    assert any("titel" in line for line in lines)
    assert any(line.startswith("posts.yaml:4: unknown role category 'boss'") for line in lines)


def test_places_that_differ_in_their_file_column_or_cure_stay_apart() -> None:
    places = [
        FilePlace("a!S", 2, "C", True),
        FilePlace("a!S", 3, "C", True),
        FilePlace("a!S", 3, "D", True),
        FilePlace("b", 4, "C"),
    ]
    problems = [Problem(place, "what", "right") for place in places] + [Problem("--band", "what", "right")]
    assert [str(problem.where) for problem in fold_problems(problems)] == [
        "a!S!C2:C3",
        "a!S!D3",
        "b:4 (column C)",
        "--band",
    ]
    assert [
        str(problem.where) for problem in fold_problems([Problem(places[0], "a", "x"), Problem(places[1], "a", "y")])
    ] == [
        *("a!S!C2", "a!S!C3"),
    ]


def test_rows_far_apart_are_counted_when_they_are_many() -> None:
    (problem,) = fold_problems(Problem(FilePlace("a.csv", number, "C"), "what", "right") for number in range(2, 60, 2))
    assert problem.where == "a.csv:2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24 and 17 more (column C)"
