"""Where a post may be outside England and nothing says so, a person is told which line does."""

from __future__ import annotations

from pathlib import Path

import pytest

from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.loading import load_library
from jdgen.drafting.review_notes import Rank, ReviewNote, rank_of
from jdgen.post.reading import entries_of_options, post_of
from jdgen.workspace import Workspace, shipped_folder
from tests.toolbox.examples import DRAFTED, POSTS, draft_of

OWN = "framework_data/clauses/general.yaml"


def nation_notes(folder: Path, clauses: str = "", **fields: str) -> list[ReviewNote]:
    """The notes on the nation of a post in the workspace ``folder``."""
    fields |= {"clauses": clauses} if clauses else {}
    values = {"title": "PMO manager", "specialism": "pmo", "band": "7", **fields}
    post = post_of(entries_of_options(values, {name: f"--{name}" for name in values}, folder))
    library = load_library(Workspace(folder), "pmo", clauses=post.clauses)
    return [note for note in draft_job_description(post, library, DRAFTED).notes if note.topic == "nation"]


SIGNS = {
    "NHS Lothian": ("'NHS Lothian' is one of the boards", ["Scotland"]),
    "nhs  greater glasgow & clyde": ("'nhs greater glasgow & clyde' is one of the boards", ["Scotland"]),
    "Hywel Dda University Health Board": ("'Hywel Dda' is one of the local health boards", ["Wales"]),
    "Anywhere University Health Board": ("'University Health Board' is what a local health board", ["Wales"]),
    "Anywhere Health Board": ("'Health Board' is what", ["Scotland", "Wales"]),
    "Western Health and Social Care Trust": ("'Health and Social Care Trust' is what", ["Northern Ireland"]),
    "The Welsh Ambulance Services": ("'Welsh' names the nation", ["Wales"]),
}


@pytest.mark.parametrize("employer", SIGNS)
def test_a_name_of_another_nation_is_told_with_the_line_that_sets_it(employer: str, tmp_path: Path) -> None:
    says, nations = SIGNS[employer]
    (note,) = nation_notes(tmp_path, employer=employer)
    assert note.text.startswith(says)
    assert " or ".join(f'nation = "{nation}"' for nation in nations) + " under [documents] in jdgen.toml" in note.text
    assert rank_of(note.topic) is Rank.DECIDE
    assert note.concerns(["clauses"])
    assert not note.concerns(["title"])


def test_the_place_of_work_is_a_sign_where_the_employer_is_none(tmp_path: Path) -> None:
    (note,) = nation_notes(tmp_path, employer="A board", base="12 Castle Street, Edinburgh")
    assert note.text.startswith("'Edinburgh' names")


@pytest.mark.parametrize(
    "fields",
    [
        {"employer": "Sheffield Health and Social Care NHS Foundation Trust"},
        {"employer": "Moorshire NHS Trust", "base": "Scotland Road, Moorgate"},
        {"employer": "Moorshire NHS Trust", "base": "Belfast House, 3 Glasgow Street"},
        {"employer": "Walesby and Dundeeshire NHS Trust"},
        {"department": "Scotland team"},
        {"base": "Upper Farrow, with travel across the border with Wales"},
        {},
    ],
)
def test_what_is_no_sign_is_not_told(fields: dict[str, str], tmp_path: Path) -> None:
    assert nation_notes(tmp_path, **fields) == []


@pytest.mark.parametrize("nation", ["England", "Scotland", "Wales", "Northern Ireland"])
def test_nothing_is_told_where_the_nation_is_set(nation: str, tmp_path: Path) -> None:
    assert nation_notes(tmp_path, employer="NHS Lothian")
    (tmp_path / "jdgen.toml").write_text(f'[documents]\nnation = "{nation}"\n')
    assert nation_notes(tmp_path, employer="NHS Lothian") == []


@pytest.mark.parametrize("clauses", ["scotland", "general"])
def test_nothing_is_told_of_statements_that_the_post_chooses(clauses: str, tmp_path: Path) -> None:
    assert nation_notes(tmp_path, clauses, employer="NHS Lothian") == []


def test_nothing_is_told_of_an_organisation_s_own_statements(tmp_path: Path) -> None:
    (tmp_path / OWN).parent.mkdir(parents=True)
    (tmp_path / OWN).write_bytes((shipped_folder() / OWN).read_bytes())
    assert nation_notes(tmp_path, employer="NHS Lothian") == []


def test_signs_may_be_an_organisation_s_own(tmp_path: Path) -> None:
    (tmp_path / "framework_data").mkdir()
    (tmp_path / "framework_data/nations.yaml").write_text(
        "version: '1'\nsource: ours\nsigns:\n- {nations: [Wales], words: [Moorshire], reason: is ours, source: us}\n"
    )
    assert nation_notes(tmp_path, employer="NHS Lothian") == []
    (note,) = nation_notes(tmp_path, employer="Moorshire")
    assert note.text.startswith("'Moorshire' is ours, and no nation is set")


def test_examples_are_in_england() -> None:
    assert [note for post in POSTS for note in draft_of(post).notes if note.topic == "nation"] == []
