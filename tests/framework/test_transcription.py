from __future__ import annotations

import re
from dataclasses import replace

import pytest

from jdgen.framework.model import Framework, Heading, Statement
from jdgen.framework.reading import framework_of
from jdgen.framework.transcription import entries_left_out, transcription_problems
from jdgen.text_files.yaml_reading import parse_yaml
from tests.toolbox.data import FRAMEWORK_TEXT, SOURCE_FILE, SOURCE_TEXT, change_text, shipped_library

FRAMEWORK = shipped_library().framework
PMO = shipped_library().specialism
SOURCE = SOURCE_FILE.read_bytes()
LINES = SOURCE_TEXT.split("\n")
STATEMENTS = [statement for row in PMO.rows for statement in row.statements]
TEXTS = [(statement, 0) for statement in STATEMENTS if statement.text] + [
    (statement, index) for statement in STATEMENTS for index in range(len(statement.entries))
]


def problems(framework: Framework, source: bytes = SOURCE) -> list[str]:
    return [str(problem) for problem in transcription_problems(framework, source, "f.yaml")]


def reread(old: str, new: str) -> list[str]:
    return problems(framework_of(parse_yaml(change_text(FRAMEWORK_TEXT, old, new).encode(), "f.yaml")))


def with_statement(old: Statement, new: Statement) -> Framework:
    """The framework with one statement replaced, wherever it stands."""

    def row(heading: Heading | None) -> Heading:
        assert heading is not None
        return replace(
            heading, statements=tuple(new if statement is old else statement for statement in heading.statements)
        )

    specialism = replace(
        PMO,
        complexity=row(PMO.complexity),
        complexity_narrative=row(PMO.complexity_narrative),
        headings=tuple(map(row, PMO.headings)),
        entry_routes=tuple(map(row, PMO.entry_routes)),
        qualifications=row(PMO.qualifications),
    )
    return replace(FRAMEWORK, specialisms=(specialism,))


def with_text(statement: Statement, index: int, text: str) -> Framework:
    if statement.text:
        return with_statement(statement, statement._replace(text=text))
    entries = (*statement.entries[:index], text, *statement.entries[index + 1 :])
    return with_statement(statement, statement._replace(entries=entries))


def text_of(statement: Statement, index: int) -> str:
    return statement.text or statement.entries[index]


def test_the_shipped_framework_stands_in_its_source_word_for_word() -> None:
    assert problems(FRAMEWORK) == []


@pytest.mark.parametrize(("statement", "index"), TEXTS, ids=[f"{statement.id}-{index}" for statement, index in TEXTS])
def test_one_changed_word_in_any_statement_is_told(statement: Statement, index: int) -> None:
    words = text_of(statement, index).split(" ")
    for position in {0, len(words) // 2, len(words) - 1}:
        wrong = " ".join((*words[:position], words[position] + "x", *words[position + 1 :]))
        (problem,) = problems(with_text(statement, index, wrong))
        assert problem.startswith(f"f.yaml, {statement.id}: '")
        assert problem.endswith(f"is not what nhs-pccf-pmo.txt says: see its {statement.source}")


@pytest.mark.parametrize(
    "statement", [statement for statement in STATEMENTS if statement.text], ids=lambda statement: statement.id
)
def test_a_statement_that_is_cut_short_is_told(statement: Statement) -> None:
    assert len(problems(with_text(statement, 0, statement.text[:-1]))) == 1


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda statement: statement.id)
def test_a_statement_at_another_cell_is_told(statement: Statement) -> None:
    assert statement.source.cell is not None
    at_another_cell = statement._replace(source=statement.source._replace(cell=statement.source.cell - 1))
    problems_ = problems(with_statement(statement, at_another_cell))
    assert problems_
    assert all(problem.startswith(f"f.yaml, {statement.id}: ") for problem in problems_)


@pytest.mark.parametrize(
    ("old", "new", "id_"),
    [
        ('name: "Reviews"', 'name: "Revues"', "reviews"),
        ("published_as: PMO Specialists", "published_as: PMO Specialist Staff", "specialist"),
        ("title: Risks & Issues", "title: Risks and Issues", "risks-issues"),
        ("includes a broad range", "includes a wide range", "pmo.description"),
        (
            "source of all project information and metrics.\n          - id",
            "source of all metrics.\n          - id",
            "pmo.role.manager.1",
        ),
        ("source: {line: 22, cell: 1}", "source: {line: 9999, cell: 1}", "complexity"),
        ("source: {line: 22, cell: 1}", "source: {line: 22, cell: 99}", "complexity"),
        ("source: {line: 24, cell: 2}", "source: {line: 24}", None),
        ("source: {line: 24, cell: 2}", "source: {line: 25}", "leadership"),
    ],
)
def test_whatever_the_file_says_of_its_source_is_held_against_it(old: str, new: str, id_: str | None) -> None:
    problems_ = reread(old, new)
    assert [problem.split(":")[0] for problem in problems_] == ([f"f.yaml, {id_}"] if id_ else [])


def test_another_source_is_told_by_its_digest_and_nothing_else_is_said() -> None:
    (problem,) = problems(FRAMEWORK, SOURCE + b"\n")
    assert problem.startswith(
        "f.yaml: the source nhs-pccf-pmo.txt is not the text that was transcribed (its SHA-256 is "
    )


@pytest.mark.parametrize(
    "statement", [statement for statement in STATEMENTS if statement.entries], ids=lambda statement: statement.id
)
def test_nothing_of_a_list_is_left_out(statement: Statement) -> None:
    assert entries_left_out(statement, LINES) == ""


@pytest.mark.parametrize(
    "statement", [statement for statement in STATEMENTS if statement.entries], ids=lambda statement: statement.id
)
def test_an_entry_that_is_left_out_is_seen(statement: Statement) -> None:
    for index, entry in enumerate(statement.entries):
        shorter = statement._replace(entries=statement.entries[:index] + statement.entries[index + 1 :])
        assert re.sub(r"\W", "", entry) in re.sub(r"\W", "", entries_left_out(shorter, LINES))
        if shorter.entries:
            (problem,) = problems(with_statement(statement, shorter))
            assert problem.startswith(f"f.yaml, {statement.id}: '")
            assert problem.endswith(f"of nhs-pccf-pmo.txt is left out of the list: see its {statement.source}")
