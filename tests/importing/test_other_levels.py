"""The invented frameworks read again from their own source texts, and from Word, as tables whose levels are told."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from jdgen.framework.declared_levels import make_scale
from jdgen.framework.model import Framework
from jdgen.framework.reading import load_framework
from jdgen.importing.importing import About, Imported, import_framework
from jdgen.levels import Scale
from tests.toolbox.data import problems_of
from tests.toolbox.other_levels import DATA

GRADES = make_scale("grade", ["A", "B", "C", "D"])
ROLES = make_scale("role level", ["Foundation", "Practitioner", "Senior"], adds_up=True)
SCALES = {"example-grades": GRADES, "example-roles": ROLES}


def source(framework: str) -> bytes:
    return (DATA / "sources" / f"{framework}.txt").read_bytes()


def load_example(framework: str) -> Framework:
    return load_framework(DATA / "frameworks" / f"{framework}.yaml")


def imported(framework: str, scale: Scale | None, earlier: Framework | None = None) -> Imported:
    about = About(framework, "1", publisher="Nobody: invented for tests", scale=scale)
    return import_framework(source(framework), f"{framework}.txt", about, earlier, f"{framework}.yaml")


@pytest.mark.parametrize("framework", SCALES)
def test_the_source_text_gives_the_framework(framework: str) -> None:
    assert imported(framework, SCALES[framework]).framework == load_example(framework)


@pytest.mark.parametrize("framework", SCALES)
def test_levels_are_known_from_an_earlier_version(framework: str) -> None:
    assert imported(framework, None, load_example(framework)).framework == load_example(framework)


def test_without_them_no_table_is_found_and_the_option_is_named() -> None:
    (problem,) = problems_of(lambda: imported("example-roles", None))
    assert "has no table with a row of bands" in problem
    assert "name its levels, if they are not bands, with --levels" in problem


def test_parts_that_the_table_does_not_have_are_listed_to_look_at() -> None:
    doubts = [doubt.what for doubt in imported("example-roles", ROLES).doubts]
    assert "the table of 'Lighthouse visits' has no row for qualifications" in doubts


def test_a_level_about_which_a_row_says_nothing_is_told_only_where_levels_replace() -> None:
    text = source("example-roles").decode().replace("Lamp\t\t", "Lamp\t\t\t")
    about = About("x", "1", scale=ROLES)
    adding = import_framework(text.encode(), "x.txt", about, None, "x.yaml")
    assert adding.framework.scale == ROLES
    replacing = replace(about, scale=replace(ROLES, adds_up=False))
    reading = import_framework(text.encode(), "x.txt", replacing, None, "x.yaml")
    gaps = [
        [
            (doubt.heading, doubt.levels)
            for doubt in each.doubts
            if doubt.what.startswith("the row says nothing at some levels")
        ]
        for each in (adding, reading)
    ]
    assert gaps == [[], [("Lamp", "Foundation, Practitioner")]]


def test_a_word_table_gives_the_same_statements() -> None:
    document = docx.Document()
    for line in source("example-grades").decode().splitlines()[:4]:
        document.add_paragraph(line)
    rows = [line.split("\t") for line in source("example-grades").decode().splitlines()[5:]]
    table = document.add_table(len(rows), 5)
    for number, row in enumerate(rows):
        starts = [place for place, text in enumerate(row) if text or place == 0]
        for start, end in zip(starts, [*starts[1:], 5], strict=True):
            cell = table.cell(number, start).merge(table.cell(number, end - 1)) if start else table.cell(number, 0)
            cell.text = row[start]
    stream = io.BytesIO()
    document.save(stream)
    framework = import_framework(stream.getvalue(), "g.docx", About("g", "1", scale=GRADES), None, "g.yaml").framework
    assert _statements_of(framework) == _statements_of(load_example("example-grades"))


def _statements_of(framework: Framework) -> list[tuple[str, str, str, tuple[str, ...]]]:
    rows = framework.specialisms[0].rows
    return [
        (statement.id, str(statement.levels), statement.text, statement.entries)
        for row in rows
        for statement in row.statements
    ]
