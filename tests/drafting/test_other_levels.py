from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from jdgen.app import documents as generation
from jdgen.drafting.frameworks_here import find_specialism, load_frameworks
from jdgen.drafting.loading import library_problems
from jdgen.levels import Band
from jdgen.post.model import RewordedDuty
from jdgen.template.filling import fill
from jdgen.workspace import Workspace
from tests.toolbox.data import change_text, problems_of, workspace_with
from tests.toolbox.examples import DRAFTED, TEMPLATES, shipped_template
from tests.toolbox.other_levels import DATA, FOLDER, LEVELS, SCALES, drafted, duties_of, post_at

QUALIFICATIONS = "Qualifications and professional memberships"
OPTIONAL = {"Role category", "Complexity", "Entry routes", QUALIFICATIONS}


def draft_problems(framework: str, level: str | None, folder: Path = FOLDER, **fields: object) -> list[str]:
    return problems_of(lambda: generation.draft(post_at(framework, level, **fields), Workspace(folder), DRAFTED))


def test_grades_replace_each_other() -> None:
    assert duties_of(drafted("example-grades", "C")) == {
        "Workshop": [("kite-workshop.workshop.c.1", "Repairs any kite, and shows others how.")],
        "Safety": [("kite-workshop.safety.c-d.1", "Checks that the rules of the flying field are followed.")],
        "Records": [("kite-workshop.records.a-c.1", "Writes down what was repaired.")],
    }


def test_role_levels_add_up_under_their_heading_and_keep_their_ids() -> None:
    foundation, practitioner, senior = (duties_of(drafted("example-roles", level)) for level in SCALES["example-roles"])
    assert list(foundation) == ["Welcome", "Learning"]
    assert [duty_id for duty_id, _ in senior["Welcome"]] == [
        "lighthouse-visits.welcome.foundation.1",
        "lighthouse-visits.welcome.practitioner.1",
        "lighthouse-visits.welcome.practitioner.2",
        "lighthouse-visits.welcome.senior.1",
    ]
    for title, duties in foundation.items():
        assert practitioner[title][: len(duties)] == duties
    for title, duties in practitioner.items():
        assert senior[title][: len(duties)] == duties


def test_statements_without_a_level_hold_at_every_one() -> None:
    first, second = (duties_of(drafted("example-steps", level)) for level in SCALES["example-steps"])
    assert first["Conduct"] == second["Conduct"]
    assert len(first["Conduct"]) == 3
    assert [text for _, text in first["Winding"]] == ["Keeps the key safe.", "Winds the clock with somebody else."]
    assert [text for _, text in second["Winding"]] == ["Keeps the key safe.", "Winds the clock alone."]


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize(("framework", "level"), LEVELS)
def test_a_document_shows_the_level_and_nothing_empty(framework: str, level: str, template: str) -> None:
    draft = drafted(framework, level)
    document = docx.Document(io.BytesIO(fill(shipped_template(template), draft, DRAFTED)))
    rows = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert rows[draft.level_word] == level
    assert all(label.strip() and value.strip() for label, value in rows.items())
    paragraphs = list(document.paragraphs)
    for heading, after in zip(paragraphs, [*paragraphs[1:], None], strict=True):
        assert heading.text.strip()
        if heading.style.name == "Heading 1":
            below = heading._p.getnext()
            assert below is not None, heading.text
            assert below.tag.endswith(("}p", "}tbl")), heading.text
            assert after is None or after.style.name != "Heading 1" or below.tag.endswith("}tbl"), heading.text
    titles = {paragraph.text for paragraph in paragraphs if paragraph.style.name == "Heading 1"} | rows.keys()
    present = {"example-steps": {"Complexity", "Entry routes"}, "example-grades": {QUALIFICATIONS}}
    expected = present.get(framework, set()) if template == "role-profile" else set()
    assert titles & OPTIONAL == expected
    sources = [paragraph.text for paragraph in paragraphs if "drawn from" in paragraph.text]
    assert len(sources) == 1
    assert f", {draft.framework.level})" in sources[0]
    assert "(band" not in sources[0]


@pytest.mark.parametrize("typed_level", ["b", "grade B", "GRADE b", " B "])
def test_a_level_is_read_as_people_write_it(typed_level: str) -> None:
    draft = generation.draft(post_at("example-grades", typed_level), Workspace(FOLDER), DRAFTED)
    assert draft.level == "B"
    assert draft.band == "5"


def test_a_level_that_is_missing_or_unknown_is_told_with_all_that_there_are() -> None:
    assert draft_problems("example-grades", None) == [
        "the post 'Keeper': the levels of example-grades are grades, the post names none: "
        "choose the level from A, B, C, D (level: A, or --level)"
    ]
    assert draft_problems("example-roles", "Seniro") == [
        "the post 'Keeper': 'Seniro' is no role level of example-roles: "
        "did you mean 'Senior'? Known here: Foundation, Practitioner, Senior"
    ]


def test_a_level_beside_bands_is_an_error() -> None:
    (problem,) = draft_problems("example-grades", "A", specialism="pmo", band=Band("7"))
    assert problem.endswith("are Agenda for Change bands: leave it out: the band says it")


def test_a_level_that_is_taken_for_the_band_is_told_with_its_basis() -> None:
    draft = drafted("example-roles", None)
    (note,) = [note.text for note in draft.notes if note.topic == "level"]
    assert draft.level == "Practitioner"
    assert note.startswith("The post names no role level. Role level Practitioner is taken for band 5, by levels/")
    assert note.endswith("Agreed for tests by nobody on 24 November 2026, and resting on nothing.")
    assert not [note for note in drafted("example-roles", "Senior").notes if note.topic == "level"]


def test_a_band_for_which_no_level_is_taken_is_an_error() -> None:
    (problem,) = draft_problems("example-roles", None, band=Band("7"))
    assert "levels/example-roles.yaml takes none for band 7: choose the level from Foundation" in problem


def test_notes_and_messages_use_the_word_of_the_scale() -> None:
    reworded = RewordedDuty("kite-workshop.workshop.a", "Other words.", "a test")
    post = post_at("example-grades", "C", reworded_duties=(reworded,))
    draft = generation.draft(post, Workspace(FOLDER), DRAFTED)
    assert [note.subject for note in draft.notes if note.topic == "no longer fits"] == ["kite-workshop.workshop.a"]
    assert not [note for note in drafted("example-grades", "C").notes if note.topic == "role category"]


LEVELS_TEXT = (DATA / "levels/example-roles.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("bands: '4-6'", "bands: '3-6'", "band 3 stands twice: keep one; 'Foundation' has it already"),
        ("bands: '4-6'", "bands: '6-4'", "a range that runs downwards, 6 to 4: write the lower band first"),
        ("framework: example-roles", "framework: example-grades", "it is for the framework 'example-grades'"),
        ("basis: Agreed", "basis: ''\nbase: Agreed", "basis is empty: who decided it"),
    ],
)
def test_faults_of_a_file_of_levels_are_told_at_their_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    folder = workspace_with(tmp_path, **_whole(), **{"levels/example-roles.yaml": change_text(LEVELS_TEXT, old, new)})
    problems = draft_problems("example-roles", "Senior", folder.root)
    assert any("example-roles.yaml:" in problem and message in problem for problem in problems), problems


def test_a_level_that_the_framework_has_no_more_is_told_and_stops_nothing_but_what_needs_it(tmp_path: Path) -> None:
    text = change_text(LEVELS_TEXT, "level: Foundation", "level: Foundatoin")
    folder = workspace_with(tmp_path, **_whole(), **{"levels/example-roles.yaml": text})
    assert draft_problems("example-roles", "Senior", folder.root) == []
    framework, pathway = find_specialism(load_frameworks(folder), "lighthouse-visits")
    (problem,) = library_problems(folder, framework, pathway)
    assert "example-roles.yaml:" in problem.where
    assert str(problem).endswith(
        "'Foundatoin' is no role level: did you mean 'Foundation'? Known here: Foundation, Practitioner, Senior"
    )


def _whole() -> dict[str, str]:
    names = ("frameworks/example-roles.yaml", "criteria/example-roles-lighthouse-visits.yaml")
    return {name: (DATA / name).read_text(encoding="utf-8") for name in names}
