"""Managing people never vanishes: what a post says of whom it manages is held against its duties at every band."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from jdgen.drafting.model import JobDescription
from jdgen.drafting.people import is_about_people
from jdgen.drafting.review import Subjects, lines_for_post
from jdgen.drafting.review_notes import Rank, rank_of
from jdgen.post.model import AddedDuty, KeptDuty, OmittedDuty, RewordedDuty
from jdgen.post.reading import entries_of_file
from tests.toolbox.data import PMO_BANDS, shipped_library
from tests.toolbox.drafts import drafted, notes_of

STATEMENTS = [statement for row in shipped_library().specialism.headings for statement in row.statements]
#: Bands at which the framework has a duty about managing people; at all others it has none.
WITH = ("8a", "8b")
WITHOUT = tuple(band for band in PMO_BANDS if band not in WITH)
DUTY = "pmo.resource.8a-8b.1"
NO_ONE = "the post manages nobody"
NOBODY = (
    *("None", "none.", "No direct reports", "No staff. Shows new colleagues the system.", "Nobody", "N/A", "0", "Zero"),
    *("Not applicable", "Manages no one", "Does not line manage anybody"),
)
SOMEBODY = ("3 portfolio managers", "0.5 whole-time administrator", "Northern team", "The Notts office, of 4")


def prompt_note(draft: JobDescription) -> str:
    """What the note says of whom the post manages, where it does not say it."""
    (text,) = (text for subject, text in notes_of(draft, "to complete") if subject == "responsible_for")
    return text


def notes_on_people(band: str, **fields: Any) -> list[tuple[str, str]]:
    return notes_of(drafted(band, **fields), "managing people")


def settling(band: str, **fields: Any) -> str:
    """The lines of a post file that settle the notes about managing people."""
    notes = Subjects([shipped_library()]).rank_notes(drafted(band, **fields).notes)
    return "\n".join(lines_for_post([note for note in notes if note.topic == "managing people"], 88))


def test_the_framework_has_such_a_duty_at_8a_and_8b_alone() -> None:
    about = [statement for statement in STATEMENTS if is_about_people(statement.full_text)]
    assert [(statement.id, str(statement.levels)) for statement in about] == [("pmo.resource.8a-8b", "8a to 8b")]


@pytest.mark.parametrize(
    "text",
    [
        "Manage the team.",
        "Line manage two project analysts and agree their goals",
        "Lead a multi-disciplinary team",
        "Supervise trainees in the office",
        "Take part in the recruitment of project staff",
        "Manage the heads of service: recruit and appraise them",
    ],
)
def test_a_duty_about_managing_people_is_known(text: str) -> None:
    assert is_about_people(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lead the PMO, develop clear vision and standards",
        "Provide direction and guidance to the project team",
        "Appraise the options and manage risks to staff",
        "Manage professional relationships with a wide range of stakeholders",
        "Lead the work, and support the Project Manager",
    ],
)
def test_a_duty_about_something_else_is_not(text: str) -> None:
    assert not is_about_people(text)


@pytest.mark.parametrize("band", WITHOUT)
def test_where_no_duty_is_about_people_the_draft_asks_for_one(band: str) -> None:
    draft = drafted(band)
    assert "No duty here is about managing people (the framework has one at bands 8a to 8b): if " in prompt_note(draft)
    assert draft.responsible_for.startswith("[To complete: ")
    assert [block.text[:14] for block in draft.managing_people] == ["[To complete: "]
    assert notes_of(draft, "managing people") == []


@pytest.mark.parametrize("band", WITH)
def test_where_a_duty_is_about_people_the_prompt_is_enough(band: str) -> None:
    draft = drafted(band)
    assert "No duty" not in prompt_note(draft)
    without = drafted(band, omitted_duties=(OmittedDuty("pmo.resource.8a-8b", "Another post does."),))
    assert "No duty here is about managing people" in prompt_note(without)


@pytest.mark.parametrize("responsible_for", SOMEBODY)
@pytest.mark.parametrize("band", WITHOUT)
def test_a_post_that_manages_others_and_has_no_such_duty_is_told_of_the_line_to_add(
    band: str, responsible_for: str
) -> None:
    ((subject, text),) = notes_on_people(band, responsible_for=responsible_for)
    assert subject == "responsible_for"
    assert text.startswith(f"The post manages others ('{responsible_for}'), and none of its duties says so. Add one, ")
    assert rank_of("managing people") is Rank.DECIDE


def test_posts_that_it_names_one_by_one_are_posts_that_it_manages() -> None:
    ((_, text),) = notes_on_people("8c", posts_managed=("Portfolio manager", "Analyst"))
    assert text.startswith("The post manages others ('Portfolio manager; Analyst'), and none of its duties says so. ")
    assert notes_on_people("8a", posts_managed=("Analyst",)) == []


def test_the_line_that_is_offered_settles_it(tmp_path: Path) -> None:
    line = settling("8c", responsible_for="3 managers")
    (tmp_path / "post.yaml").write_text(f"title: Head\nspecialism: pmo\nband: 8c\n{line}\n", encoding="utf-8")
    ((entry),) = entries_of_file(tmp_path / "post.yaml").values["duties"]["add"]
    assert entry["heading"] == "Resource"
    assert (
        notes_on_people("8c", responsible_for="3 managers", added_duties=(AddedDuty("resource", entry["text"]),)) == []
    )


@pytest.mark.parametrize("responsible_for", SOMEBODY)
@pytest.mark.parametrize("band", WITH)
def test_a_post_that_manages_others_and_has_such_a_duty_is_told_nothing(band: str, responsible_for: str) -> None:
    assert notes_on_people(band, responsible_for=responsible_for) == []


@pytest.mark.parametrize("responsible_for", NOBODY)
def test_a_post_that_manages_nobody_is_told_of_a_duty_that_says_otherwise(responsible_for: str) -> None:
    ((subject, text),) = notes_on_people("8a", responsible_for=responsible_for)
    assert subject == DUTY
    assert text.startswith(
        f"The post manages nobody ('{responsible_for}'), and this duty says that it manages people: “Manage the"
    )
    assert (
        settling("8a", responsible_for=responsible_for).split()
        == f"duties: omit: - duty: {DUTY} reason: >- {NO_ONE}".split()
    )
    assert all(notes_on_people(band, responsible_for=responsible_for) == [] for band in WITHOUT)


def test_leaving_the_duty_out_or_rewording_it_settles_it() -> None:
    assert (
        notes_on_people("8a", responsible_for="None", omitted_duties=(OmittedDuty(DUTY, "It manages nobody."),)) == []
    )
    reworded = RewordedDuty(DUTY, "Advise on the resources that projects need.", "It manages nobody.")
    assert notes_on_people("8a", responsible_for="None", reworded_duties=(reworded,)) == []
    assert notes_on_people("8a", responsible_for="None", kept_duties=(KeptDuty("pmo.resource.8a-8b"),)) == []


def test_a_duty_that_does_not_fit_the_role_category_is_told_once() -> None:
    fields: dict[str, Any] = {"role_category": "specialist", "specialist_competences": ("reviews",)}
    draft = drafted("8a", responsible_for="None", **fields)
    assert notes_of(draft, "managing people") == []
    assert DUTY in [subject for subject, _ in notes_of(draft, "duty and role category")]


def test_a_duty_of_the_posts_own_is_the_posts_to_change() -> None:
    duty = AddedDuty("resource", "Line manage 2 analysts.")
    ((subject, text),) = notes_on_people("8c", responsible_for="None", added_duties=(duty,))
    assert subject == "post.duty.1"
    assert text.endswith("Say it in other words, leave it out, or say whom the post manages.")


def test_nobody_is_told_where_there_is_more_to_say() -> None:
    assert notes_on_people("8a", responsible_for="No direct reports, but leads 4 staff of partners") == []


@pytest.mark.parametrize("nobody", ["None", "No direct reports", "0"])
@pytest.mark.parametrize("band", ["7", "8a"])
def test_a_post_that_names_whom_it_manages_and_says_that_there_is_nobody_is_told(band: str, nobody: str) -> None:
    told_first, *_ = notes_on_people(band, responsible_for=nobody, posts_managed=("Portfolio manager", "Analyst"))
    words = f"The post manages others ('Portfolio manager; Analyst'), and here it says '{nobody}'. Change one of them: "
    assert told_first == ("responsible_for", f"{words}a panel reads both.")
    told_first, *_ = notes_on_people(band, responsible_for="2 analysts", managing_people=nobody)
    assert told_first[0] == "managing_people"
    assert told_first[1].startswith(f"The post manages others ('2 analysts'), and here it says '{nobody}'. ")


def test_what_only_begins_like_a_denial_is_none() -> None:
    fields: dict[str, Any] = {"posts_managed": ("Analyst",), "responsible_for": "No staff, but leads 1 analyst"}
    assert (
        notes_on_people("8a", **fields, managing_people="None of them full time. Appraises them and shares out work.")
        == []
    )
