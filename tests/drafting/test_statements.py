"""General statements: those of each nation, sets that are based on others, and the compact form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jdgen.configuration import Nation
from jdgen.drafting.added_files import statement_problems
from jdgen.drafting.library import ClauseSet
from jdgen.drafting.loading import load_library
from jdgen.workspace import Workspace
from tests.toolbox.data import problems_of, workspace_with
from tests.toolbox.drafts import data
from tests.toolbox.examples import ROOT

OTHERS = [nation for nation in Nation if nation is not Nation.ENGLAND]
BASE = """
id: whole
version: '3'
title: Whole
source: Us.
clauses:
  - {id: first, title: First, locked: true, text: The first., compact: First in short.}
  - {id: second, title: Second, locked: false, text: The second.}
  - {id: last, title: Last, locked: true, text: The last.}
"""
HEAD = "id: ours\nversion: '4'\ntitle: Ours\nsource: Us.\nbased_on: whole\nclauses:\n"
#: Laws, bodies and words that are those of England, or of England and Wales, alone.
OF_ENGLAND = ("England", "Freedom to Speak Up", "Health and Care Act 2022", "DBS", "Health Act 2006")
#: Those that do not hold in the nation.
STRANGE = {
    Nation.SCOTLAND: ("Public Records Act 1958", "Freedom of Information Act 2000", "Fraud Act 2006", "Welsh", "HSC"),
    Nation.WALES: ("(Scotland)", "Northern Ireland", "Disclosure Scotland", "HSC"),
    Nation.NORTHERN_IRELAND: ("Equality Act 2010", "Offenders Act 1974", "Act 1958", "etc. Act 1974", "(Scotland)"),
}


def clauses(workspace: Workspace, name: str) -> ClauseSet:
    return load_library(workspace, "pmo", clauses=name).clauses


def of_nation(nation: Nation) -> ClauseSet:
    return clauses(Workspace(ROOT), nation.statements)


def ours(folder: Path, entries: str) -> Workspace:
    return workspace_with(folder, **{"clauses/whole.yaml": BASE, "clauses/ours.yaml": HEAD + entries})


def compact(folder: Path) -> Workspace:
    (folder / "jdgen.toml").write_text('[statements]\nform = "compact"\n', encoding="utf-8")
    return Workspace(folder)


# Nations.


@pytest.mark.parametrize("nation", OTHERS)
def test_a_nation_s_statements_name_no_law_or_body_of_another(nation: Nation) -> None:
    text = " ".join(f"{clause.title} {clause.text}" for clause in of_nation(nation).clauses)
    assert [words for words in (*OF_ENGLAND, *STRANGE[nation]) if words in text] == []


@pytest.mark.parametrize("nation", OTHERS)
def test_a_nation_s_statements_have_all_subjects_of_england_s_in_their_order(nation: Nation) -> None:
    england = [clause.id for clause in of_nation(Nation.ENGLAND).clauses]
    its = [clause.id for clause in of_nation(nation).clauses]
    assert [id_ for id_ in its if id_ in england] == england
    assert its[-1] == "clause.changes"
    assert all(clause.locked for clause in of_nation(nation).clauses)


@pytest.mark.parametrize("nation", OTHERS)
def test_a_nation_s_set_says_what_each_statement_rests_on_and_that_nobody_there_has_reviewed_it(nation: Nation) -> None:
    file = data(f"clauses/{nation.statements}.yaml")
    assert all(clause["source"] for clause in file["clauses"])
    assert f"not reviewed by anybody who works in {nation}" in file["source"]
    assert "not legal advice" in file["source"]
    assert str(nation) in file["title"]


@pytest.mark.parametrize("nation", Nation)
def test_what_a_nation_has_as_england_has_it_is_written_once(nation: Nation) -> None:
    england = {clause["text"] for clause in data("clauses/general.yaml")["clauses"]}
    clauses_of_nation = data(f"clauses/{nation.statements}.yaml")["clauses"]
    assert nation is Nation.ENGLAND or not {clause["text"] for clause in clauses_of_nation} & england


# A set that is based on another.


def test_statements_stand_in_the_place_of_those_with_their_id_behind_the_one_they_name_or_last(tmp_path: Path) -> None:
    entries = (
        "  - {id: second, title: Zweite, locked: true, text: Other.}\n"
        "  - {id: between, after: first, title: Between, locked: true, text: Between.}\n"
        "  - {id: end, title: End, locked: true, text: End.}\n"
    )
    its = clauses(ours(tmp_path, entries), "ours")
    assert (its.id, its.version, its.title) == ("ours", "4", "Ours")
    assert [clause.text for clause in its.clauses] == ["The first.", "Between.", "Other.", "The last.", "End."]


def test_a_shipped_set_never_rests_on_an_organisation_s_own(tmp_path: Path) -> None:
    statements = BASE.replace("id: whole", "id: general")
    workspace = workspace_with(tmp_path, **{"clauses/general.yaml": statements})
    assert clauses(workspace, "general").title == "Whole"
    assert clauses(workspace, "wales") == of_nation(Nation.WALES)
    assert statement_problems(workspace) == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("based_on: whole", "based_on: whol", "ours.yaml:5: there is no other set 'whol': did you mean 'whole'?"),
        ("based_on: whole", "based_on: ours", "ours.yaml:5: there is no other set 'ours': "),
        ("based_on: whole", "based_on: wales", "ours.yaml:5: 'wales' is based on another set itself: name one that"),
        (
            "after: first",
            "after: frist",
            "ours.yaml:8: no statement before it is called 'frist': did you mean 'first'?",
        ),
    ],
)
def test_what_a_set_cannot_rest_on_is_told_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    workspace = ours(tmp_path, "  - {id: x, title: X, locked: true, text: X,\n     after: first}\n")
    path = tmp_path / "framework_data/clauses/ours.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    (problem,) = problems_of(lambda: clauses(workspace, "ours"))
    assert message in problem
    assert [str(each) for each in statement_problems(workspace)] == [problem]


# The compact form.


def test_in_compact_form_a_statement_is_its_sentence_or_else_whole_and_stays_locked(tmp_path: Path) -> None:
    ours(tmp_path, "  - {id: end, title: End, locked: true, text: End., compact: E.}\n")
    full = clauses(Workspace(tmp_path), "ours")
    short = clauses(compact(tmp_path), "ours")
    assert [clause.text for clause in short.clauses] == ["First in short.", "The second.", "The last.", "E."]
    assert [(clause.id, clause.title, clause.locked) for clause in short.clauses] == [
        (clause.id, clause.title, clause.locked) for clause in full.clauses
    ]
    assert {clause.is_compact for clause in short.clauses} == {True}
    assert {clause.is_compact for clause in full.clauses} == {False}
    assert (full.version, short.version) == ("4", "4 (compact form)")


def test_the_form_is_told_apart_even_where_no_statement_has_a_sentence(tmp_path: Path) -> None:
    workspace_with(tmp_path, **{"clauses/ours.yaml": BASE.replace(", compact: First in short.", "")})
    assert repr(clauses(Workspace(tmp_path), "ours")) != repr(clauses(compact(tmp_path), "ours"))


@pytest.mark.parametrize("nation", Nation)
def test_every_shipped_statement_has_one_short_sentence(tmp_path: Path, nation: Nation) -> None:
    for clause in clauses(compact(tmp_path), nation.statements).clauses:
        assert len(clause.text.split()) <= 21, clause.id
        assert len(re.findall(r"\.(?: |$)", clause.text)) == 1
