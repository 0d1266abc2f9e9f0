"""Headings of duties in sentence case, where an organisation has chosen so: told, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jdgen.drafting.library import Library
from jdgen.drafting.loading import load_library
from jdgen.drafting.model import JobDescription, giver_of
from jdgen.drafting.texts import Giver
from jdgen.post.model import AddedDuty, OmittedDuty, RewordedDuty
from tests.toolbox.data import DATA, PMO_BANDS, change_text, shipped_library, workspace_with
from tests.toolbox.drafts import drafted, notes_of

REASON = "your organisation has headings in sentence case (headings in jdgen.toml)"
CHANGED = {
    "business-case": '"Business Case" reads "Business case" here',
    "stakeholder-management": '"Stakeholder Management" reads "Stakeholder management" here',
    "risks-issues": '"Risks & Issues" reads "Risks & issues" here',
    "governance-assurance": '"Governance & Assurance" reads "Governance & assurance" here',
    "change-management": '"Change Management" reads "Change management" here',
    "performance-controls": '"Project Performance & Controls" reads "Project performance & controls" here',
    "guidance-support": '"Guidance & Support" reads "Guidance & support" here',
}


def library_with(folder: Path, choice: str, **files: str) -> Library:
    workspace = workspace_with(folder, **files)
    (folder / "jdgen.toml").write_text(f'[documents]\nheadings = "{choice}"\n', encoding="utf-8")
    return load_library(workspace, "pmo")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_with(tmp_path, "sentence case")


def titles(draft: JobDescription) -> list[str]:
    return [heading.title for heading in draft.duty_headings]


def of_headings(draft: JobDescription) -> dict[str, str]:
    return {subject: text for subject, text in notes_of(draft, "adaptation") if text.endswith(f": {REASON}.")}


@pytest.mark.parametrize("band", PMO_BANDS)
def test_nothing_but_the_headings_changes_and_each_change_is_told(band: str, library: Library) -> None:
    draft, published = drafted(band, library), drafted(band)
    assert of_headings(draft) == {heading: f"{change}: {REASON}." for heading, change in CHANGED.items()}
    assert of_headings(published) == {}
    assert set(draft.notes) - set(published.notes) == {note for note in draft.notes if note.subject in CHANGED}
    for heading, other in zip(draft.duty_headings, published.duty_headings, strict=True):
        assert heading.title == (f"{other.title[0]}{other.title[1:].lower()}")
        assert giver_of(heading, "title") is (Giver.ADAPTED if heading.id in CHANGED else Giver.FRAMEWORK)
    assert replace(draft, duty_headings=(), notes=()) == replace(published, duty_headings=(), notes=())
    assert [heading.duties for heading in draft.duty_headings] == [
        published_heading.duties for published_heading in published.duty_headings
    ]


def test_as_published_is_what_everybody_has_who_says_nothing(tmp_path: Path) -> None:
    assert repr(library_with(tmp_path, "as published")) == repr(shipped_library())


def test_verbatim_leaves_headings_as_published(library: Library) -> None:
    assert titles(drafted("7", library.verbatim())) == titles(drafted("7"))


def test_a_heading_without_duties_is_told_of_no_more_and_one_in_the_posts_words_is(library: Library) -> None:
    omitted = (OmittedDuty("pmo.change-management.7", "No."),)
    assert "change-management" not in of_headings(drafted("7", library, omitted_duties=omitted))
    reworded = (RewordedDuty("pmo.change-management.7", "Change it.", "Ours."),)
    assert "change-management" in of_headings(drafted("7", library, reworded_duties=reworded))


@pytest.mark.parametrize("name", ["business-case", "Business Case", "Business case"])
def test_a_duty_of_the_posts_own_stands_under_a_heading_by_either_title(name: str, library: Library) -> None:
    draft = drafted("7", library, added_duties=(AddedDuty(name, "Check the case."),))
    assert len(draft.duty_headings) == 10
    assert draft.duty_headings[1].duties[-1].text == "Check the case."


def test_names_that_are_listed_keep_their_capitals(tmp_path: Path) -> None:
    text = (DATA / "adaptations/nhs-pccf-pmo.yaml").read_text(encoding="utf-8")
    text_with_name = change_text(text, "names: [", "names: [Stakeholder Management, ")
    draft = drafted("7", library_with(tmp_path, "sentence case", **{"adaptations/nhs-pccf-pmo.yaml": text_with_name}))
    assert "Stakeholder Management" in titles(draft)
    assert "Change management" in titles(draft)
