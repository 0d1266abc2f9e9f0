from __future__ import annotations

import datetime
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.app.documents import draft, library_for
from jdgen.drafting.named_parts import by_id
from jdgen.errors import JdgenError
from jdgen.post.reading import post_of
from jdgen.words import slug
from jdgen.workspace import Workspace
from tests.sheets.conftest import Make
from tests.sheets.tables import read_posts

HEADINGS = ("Job title", "Specialism", "Band", "Framework", "Role category", "Competences", "Entry route")
TODAY = datetime.date(2026, 1, 5)


@given(st.text())
def test_a_slug_is_an_id_or_nothing(text: str) -> None:
    name = slug(text)
    assert not name or re.fullmatch(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", name)
    assert slug(name) == name


@pytest.mark.parametrize("category", ["specialist", "PMO Specialist", "PMO specialists", " pmo_specialist "])
def test_titles_and_ids_draft_the_same(workbook: Make, tmp_path: Path, category: str) -> None:
    framework = "NHS Project & Change Capability Framework"
    ids = [
        "A",
        "pmo",
        7,
        "nhs-pccf",
        "specialist",
        "risk-opportunity-and-issue-management",
        "project-delivery-professional",
    ]
    titles = [
        "A",
        "PMO",
        7,
        framework,
        category,
        "Risk, Opportunity & Issue Management",
        "Project delivery professional",
    ]
    by_ids, by_titles = (post_of(row.entries) for row in read_posts(workbook(HEADINGS, ids, titles)).all_sound())
    workspace = Workspace(tmp_path)
    assert draft(by_titles, workspace, TODAY) == draft(by_ids, workspace, TODAY)


def test_what_the_framework_does_not_have_is_told_at_its_cell(workbook: Make, tmp_path: Path) -> None:
    row = read_posts(workbook(HEADINGS, ["A", "PMO", 7, None, "PMO wizard", "Magic", None]), "posts.xlsx").rows[0]
    with pytest.raises(JdgenError) as raised:
        draft(post_of(row.entries), Workspace(tmp_path), TODAY)
    assert [problem.where for problem in raised.value.problems][:2] == ["posts.xlsx!Posts!E2", "posts.xlsx!Posts!F2"]


def test_ids_stay_as_they_are(workbook: Make, tmp_path: Path) -> None:
    row = read_posts(workbook(HEADINGS, ["A", "pmo", 7, None, "manager", None, None])).rows[0]
    post = post_of(row.entries)
    assert by_id(post, library_for(post, Workspace(tmp_path))) is post


def test_one_post_costs_no_openpyxl() -> None:
    script = "import sys, jdgen.cli.main, jdgen.cli.generate; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
