"""What a framework asks of the person: rows of each kind, and skills with levels, as criteria word for word."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from jdgen.drafting.framework_part import framework_problems
from jdgen.drafting.library import Library, is_prompt
from jdgen.drafting.loading import load_library
from jdgen.drafting.model import Importance, Origin, giver_of
from jdgen.drafting.review_notes import STALE
from jdgen.drafting.texts import Giver
from jdgen.framework.model import RowKind
from jdgen.post.model import AddedDuty
from jdgen.workspace import Workspace
from tests.toolbox.kites import FOLDER, group_of, kite_draft, kite_library, kite_post


def criteria_of(group: str, level: str = "Flyer", **fields: Any) -> list[str]:
    return [criterion.text for criterion in group_of(kite_draft(level, **fields), group).criteria]


def with_points() -> Library:
    library = kite_library()
    return replace(library, criteria=replace(library.criteria, has_points=True))


def test_a_row_about_the_person_is_a_criterion_in_the_group_of_its_kind_and_no_duty() -> None:
    draft = kite_draft("Flyer")
    assert [heading.title for heading in draft.duty_headings] == ["Flying", "Landing", "Visitors"]
    (law,) = group_of(draft, "knowledge").criteria
    assert (law.id, law.text) == (
        "kite-flying.safety-law.flyer-lead-flyer",
        "Safety law: Knows the law on kites and aircraft.",
    )
    assert (law.origin, giver_of(law, "text")) == (Origin.FRAMEWORK, Giver.FRAMEWORK)
    assert set(law.serves) == {duty.id for heading in draft.duty_headings for duty in heading.duties}
    assert criteria_of("values") == ["Kindness: Treats everyone kindly."]


def test_groups_that_the_criteria_do_not_name_come_behind_those_that_they_do() -> None:
    titles = [str(group.title) for group in kite_draft().person_specification.groups]
    assert titles == ["Experience", "Skills", "Knowledge", "Values"]


def test_rows_count_as_the_criteria_say_else_as_jdgen_chooses_which_is_told() -> None:
    draft = kite_draft("Flyer", skills={"communication": "Working"})
    assert {str(criterion.assessed_by) for criterion in group_of(draft, "skills").criteria} == {"I, T"}
    (law,) = group_of(draft, "knowledge").criteria
    assert (law.importance, str(law.assessed_by)) == (Importance.ESSENTIAL, "A, I")
    subjects = [note.subject for note in draft.notes if "Essential and A, I are jdgen's choice" in note.text]
    assert subjects == ["kite-flying.safety-law.flyer-lead-flyer", "kite-flying.kindness.all"]


def changed_row(title: str, text: str, entries: tuple[str, ...] = ()) -> Library:
    """The library with the row of teamwork as one of this title, which says this at each level."""
    library = kite_library()
    row = next(each for each in library.specialism.person_rows if each.kind is RowKind.SKILL)
    statement = row.statements[0]._replace(levels=None, text=text, entries=entries)
    specialism = replace(library.specialism, person_rows=(replace(row, title=title, statements=(statement,)),))
    return replace(library, specialism=specialism, framework=replace(library.framework, specialisms=(specialism,)))


@pytest.mark.parametrize(
    ("title", "text", "criterion"),
    [
        ("Teamwork", "Helps others.", "Teamwork: Helps others."),
        ("Skills", "Helps others.", "Helps others."),
        ("Teamwork", "Teamwork - helps others.", "Teamwork - helps others."),
        ("Team", "Teamwork with others.", "Team: Teamwork with others."),
    ],
)
def test_the_title_of_a_row_stands_before_its_text_unless_that_says_it(title: str, text: str, criterion: str) -> None:
    draft = kite_draft("Helper", changed_row(title, text))
    assert group_of(draft, "skills").criteria[0].text == criterion
    notes = [note for note in draft.notes if "The framework has the title of the row" in note.text]
    assert bool(notes) == (criterion != text)


def test_each_entry_of_a_list_is_a_criterion_of_its_own() -> None:
    draft = kite_draft("Helper", changed_row("Teamwork", "", ("Helps.", "Shares.")))
    first, second, *_ = group_of(draft, "skills").criteria
    assert (first.id, first.text) == ("kite-flying.teamwork.helper.1", "Teamwork: Helps.")
    assert (second.id, second.text) == ("kite-flying.teamwork.helper.2", "Teamwork: Shares.")


def test_a_required_skill_is_a_criterion_with_its_level() -> None:
    (knotting,) = [
        criterion
        for criterion in group_of(kite_draft("Flyer"), "skills").criteria
        if criterion.id == "kite-flying.skill.knotting"
    ]
    assert knotting.text == "Knotting (skill level: Working)"
    assert (knotting.origin, knotting.points) == (Origin.FRAMEWORK, ())
    assert "Weather reading (skill level: Awareness)" in criteria_of("skills", "Flyer")
    assert not any("Weather reading" in text for text in criteria_of("skills", "Helper"))


def test_what_the_level_means_is_printed_below_it_where_the_organisation_says_so() -> None:
    draft = kite_draft("Lead flyer", with_points())
    points = {criterion.id: criterion.points for criterion in group_of(draft, "skills").criteria}
    assert [(block.id, block.text) for block in points["kite-flying.skill.knotting"]] == [
        ("knotting.practitioner.1", "Teaches others to tie knots."),
        ("knotting.practitioner.2", "Chooses the knot for a new kite."),
    ]
    assert [block.id for block in points["kite-flying.skill.weather-reading"]] == ["weather-reading.practitioner"]


def test_the_level_of_a_skill_that_the_post_chooses_is_asked_for_until_it_does() -> None:
    draft = kite_draft()
    text = criteria_of("skills")[-1]
    assert text == "Communication (skill level: [To complete: the skill level of Communication])"
    assert is_prompt(text.removeprefix("Communication (skill level: ").removesuffix(")"))
    (note,) = [note for note in draft.notes if note.subject == "skills.communication"]
    assert (note.topic, "Choose one of Awareness, Working, Practitioner, Expert." in note.text) == ("to complete", True)
    decided = kite_draft(skills={"Communication": "expert"})
    assert group_of(decided, "skills").criteria[-1].text == "Communication (skill level: Expert)"
    assert not any(note.subject == "skills.communication" for note in decided.notes)


@pytest.mark.parametrize(
    ("skills", "message"),
    [
        ({"communication": "Workin"}, "'Workin' is no skill level of Communication: did you mean 'Working'?"),
        ({"comunication": "Working"}, "unknown skill 'comunication': did you mean 'Communication'?"),
        ({"knotting": "Working"}, "the framework sets the level of 'Knotting' itself: leave it out"),
    ],
)
def test_a_choice_that_the_framework_does_not_offer_is_refused(skills: dict[str, str], message: str) -> None:
    (problem,) = framework_problems(kite_post(skills=skills), kite_library())
    assert message in str(problem)


def test_a_choice_is_refused_where_the_framework_leaves_none() -> None:
    shipped = load_library(Workspace(FOLDER), "pmo")
    post = replace(kite_post(skills={"communication": "Working"}), specialism="pmo")
    assert any(
        "PMO leaves none to the post: leave 'skills' out" in str(problem)
        for problem in framework_problems(post, shipped)
    )


def test_a_choice_that_an_earlier_version_offered_is_left_out_and_told() -> None:
    former = {"kindness": "Kindness", "communication: mastery": "Communication: Mastery"}
    library = replace(kite_library(), former=former)
    draft = kite_draft(library=library, skills={"kindness": "Working", "communication": "Mastery"})
    notes = sorted((note.subject, note.text) for note in draft.notes if note.topic == STALE)
    assert notes == [
        (
            "skills.communication",
            "The framework no longer has the skill level 'Mastery' of 'Communication'. Choose another.",
        ),
        (
            "skills.kindness",
            "The framework no longer leaves the level of 'Kindness' to the post, which has 'Working'.",
        ),
    ]


def test_a_role_profile_has_all_of_it_as_published_in_the_framework_s_groups() -> None:
    draft = kite_draft("Lead flyer", skills={"communication": "Expert"})
    assert [
        (requirement.group, requirement.title, [block.text for block in requirement.texts])
        for requirement in draft.requirements
    ] == [
        ("", "Safety law", ["Knows the law on kites and aircraft."]),
        ("", "Teamwork", ["Builds a team that trusts each other."]),
        ("", "Kindness", ["Treats everyone kindly."]),
        (
            "Handwork",
            "Knotting (skill level: Practitioner)",
            ["Teaches others to tie knots.", "Chooses the knot for a new kite."],
        ),
        ("Outdoors", "Weather reading (skill level: Practitioner)", ["Warns others of weather that is coming."]),
        ("Other requirements", "Communication (skill level: Expert)", ["Speaks for the museum."]),
    ]


def test_what_a_skill_is_stands_before_what_its_level_means() -> None:
    library = kite_library()
    skills = tuple(replace(skill, text="Ties knots.") for skill in library.framework.skills)
    with_meaning = replace(library, framework=replace(library.framework, skills=skills))
    (knotting,) = [
        requirement
        for requirement in kite_draft(library=with_meaning).requirements
        if requirement.title.startswith("Knotting")
    ]
    assert [(block.id, block.text) for block in knotting.texts] == [
        ("skill.knotting", "Ties knots."),
        ("knotting.working", "Ties knots that hold in wind."),
    ]


def test_a_framework_that_asks_nothing_of_the_person_has_nothing_of_it() -> None:
    library = load_library(Workspace(FOLDER), "pmo")
    assert library.criteria.rows == ()
    assert "rows" not in repr(library.criteria)


def test_a_framework_without_duties_has_a_prompt_in_their_place() -> None:
    library = kite_library()
    bare = replace(library.specialism, headings=())
    without = replace(library, specialism=bare, framework=replace(library.framework, specialisms=(bare,)))
    draft = kite_draft(library=without)
    ((duty,),) = [heading.duties for heading in draft.duty_headings]
    assert is_prompt(duty.text)
    assert [note.subject for note in draft.notes if "The framework has none here" in note.text] == ["duties.add"]
    assert not any("name it under 'serves'" in note.text for note in draft.notes)
    with_duty = kite_draft(library=without, added_duties=(AddedDuty("Kites", "Flies kites."),))
    assert [duty.text for heading in with_duty.duty_headings for duty in heading.duties] == ["Flies kites."]
