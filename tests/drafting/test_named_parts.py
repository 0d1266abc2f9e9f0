"""What a post names, by whatever names people call it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.drafting.frameworks_here import find_specialism
from jdgen.drafting.library import Library
from jdgen.drafting.loading import load_library
from jdgen.drafting.named_parts import by_id, names_of, nearest_part, right_part
from jdgen.post.model import AddedCriterion
from tests.toolbox.data import DATA, change_text, problems_of, shipped_library, workspace_with
from tests.toolbox.drafts import drafted, post_at
from tests.toolbox.growth import LINEAR, growth


def criterion(group: str = "skills", *assessed_by: str) -> AddedCriterion:
    return AddedCriterion("Swims", group, "essential", assessed_by)


@pytest.mark.parametrize(
    ("field", "text", "ids"),
    [
        ("role_category", "PMO specialists", "specialist"),
        ("entry_route", "Project Delivery Professional", "project-delivery-professional"),
        ("specialist_competences", ("Reviews",), ("reviews",)),
        ("specialist_competences", ("Reviews, schedule management",), ("reviews", "schedule-management")),
        ("specialist_competences", ("reviews and change control",), ("reviews", "change-control")),
        (
            "specialist_competences",
            ("Risk, opportunity and issue management; Reviews",),
            ("risk-opportunity-and-issue-management", "reviews"),
        ),
        ("specialist_competences", ("reviews, juggling",), ("reviews, juggling",)),
        ("readings", {"Business case": "Boundary 8b 8c"}, {"business-case": "boundary-8b-8c"}),
        ("readings", {"Budget": "x"}, {"Budget": "x"}),
    ],
)
def test_titles_mean_ids(field: str, text: Any, ids: Any) -> None:
    assert getattr(by_id(post_at("8b", **{field: text}), shipped_library()), field) == ids


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (("A", "I"), ("A", "I")),
        (("a", "i"), ("A", "I")),
        (("A, I",), ("A", "I")),
        (("A/I",), ("A", "I")),
        (("A & I",), ("A", "I")),
        (("AI",), ("A", "I")),
        (("ATI",), ("A", "T", "I")),
        (("application form and interview",), ("A", "I")),
        (("Application form", "interview, A"), ("A", "I")),
        (("A", "A"), ("A", "A")),
        # Not all of it is known, so none of it is guessed.
        (("AX",), ("AX",)),
        (("ai",), ("ai",)),
        (("application form and essay",), ("application form and essay",)),
    ],
)
def test_ways_of_assessing_mean_codes(texts: tuple[str, ...], codes: tuple[str, ...]) -> None:
    (criterion_of_post,) = by_id(
        post_at("7", added_criteria=(criterion("skills", *texts),)), shipped_library()
    ).added_criteria
    assert criterion_of_post.assessed_by == codes


@pytest.mark.parametrize("group", ["values", "Values and behaviours", "VALUES & BEHAVIOURS"])
def test_a_group_is_named_by_its_title(group: str) -> None:
    draft = drafted("7", added_criteria=(criterion(group, "application form"),))
    (swims,) = (
        each_criterion
        for group in draft.person_specification.groups
        for each_criterion in group.criteria
        if each_criterion.text == "Swims"
    )
    assert swims.assessed_by == "A"
    assert next(group for group in draft.person_specification.groups if swims in group.criteria).id == "values"


def test_a_code_that_is_several_in_a_row_and_one_by_itself_is_the_one() -> None:
    library = shipped_library()
    method = replace(library.criteria.assessment[0], code="AI", name="Assignment")
    both = replace(library, criteria=replace(library.criteria, assessment=(*library.criteria.assessment, method)))
    (criterion_of_post,) = by_id(post_at("7", added_criteria=(criterion("skills", "AI"),)), both).added_criteria
    assert criterion_of_post.assessed_by == ("AI",)


def test_what_may_be_divided_in_several_ways_is_divided_in_none() -> None:
    names = names_of((name, ()) for name in ("a", "b-c", "a-b", "c"))
    assert names.ids_of("a b c") == ("a b c",)
    assert names.ids_of("c, a") == ("c", "a")


@given(st.lists(st.text("ab", min_size=1, max_size=3), max_size=4), st.text("ab", max_size=7))
def test_a_text_is_divided_in_the_only_way_that_there_is(titles: list[str], text: str) -> None:
    names = names_of((title, (" ".join(title),)) for title in dict.fromkeys(titles))
    ways = {way for count in range(1, 8) for way in product(titles, repeat=count) if "".join(way) == text}
    expected = (text,) if text in titles else ways.pop() if len(ways) == 1 else (" ".join(text),)
    assert names.ids_of(" ".join(text)) == expected


def test_a_text_is_divided_in_linear_time_however_often_a_name_begins_another() -> None:
    names = names_of([("risk", ("Risk",)), ("risks", ("Risk risk",))])
    assert growth(lambda count: names.ids_of("risk " * count + "b"), 9, 6) < LINEAR


def with_a_second(category: str) -> Library:
    """The shipped library, with a second role category of the title of the specialist."""
    library = shipped_library()
    specialist = next(
        role_category for role_category in library.specialism.role_categories if role_category.id == "specialist"
    )
    second = specialist._replace(id=category)
    categories = (*library.specialism.role_categories, second)
    return replace(library, specialism=replace(library.specialism, role_categories=categories))


def test_a_title_that_several_have_is_refused_with_their_ids() -> None:
    library = with_a_second("specialist-two")
    assert problems_of(lambda: drafted("7", library, role_category="PMO Specialist")) == [
        "the post 'PMO post': 'PMO Specialist' is the title of several: "
        "name the role category by its id: specialist, specialist-two"
    ]
    drafted("7", library, role_category="specialist-two", specialist_competences=("reviews",))


def test_a_title_never_takes_the_place_of_another_part_s_id() -> None:
    library = with_a_second("pmo-specialist")
    assert by_id(post_at("7", role_category="PMO Specialist"), library).role_category == "pmo-specialist"


def test_general_statements_are_named_as_people_call_them(tmp_path: Path) -> None:
    text = (DATA / "clauses/general.yaml").read_text(encoding="utf-8")
    workspace = workspace_with(tmp_path, **{"clauses/our-own.yaml": change_text(text, "id: general", "id: our-own")})
    title = "General statements for NHS organisations in England"
    for name in ("our-own", "Our own", "OUR_OWN"):
        assert load_library(workspace, "pmo", clauses=name).clauses.id == "our-own"
    assert problems_of(lambda: load_library(workspace, "pmo", clauses=title.upper())) == [
        f"clauses: '{title.upper()}' is the title of several: name the set of general statements by its id: "
        "general, our-own"
    ]
    (tmp_path / "framework_data/clauses/our-own.yaml").write_text(
        change_text(change_text(text, "id: general", "id: our-own"), title, "Our statements"), encoding="utf-8"
    )
    assert load_library(workspace, "pmo", clauses="Our Statements").clauses.id == "our-own"


def test_two_specialisms_of_one_title_are_told_apart_by_their_ids() -> None:
    framework, pmo = shipped_library().framework, shipped_library().specialism
    pathways = [replace(pmo, id=name, title="Project office") for name in ("pmo", "ppo")]
    both = replace(framework, specialisms=tuple(pathways))
    assert problems_of(lambda: find_specialism([both], "project office")) == [
        "specialism: several specialisms are called 'project office': write the id of one: pmo, ppo"
    ]
    assert find_specialism([both], "PPO")[1].id == "ppo"
    renamed = replace(framework, specialisms=(pmo, replace(pmo, id="office", title="PMO")))
    assert find_specialism([renamed], "PMO")[1].id == "pmo"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("PMO Specialst", "specialist"),
        ("pmo-specialst", "specialist"),
        ("specialists", "specialist"),
        ("Analyst", "administrator-or-analyst"),
        ("PMO analyst", "administrator-or-analyst"),
        ("administrator-or-analist", "administrator-or-analyst"),
        ("PMO Manager", "manager"),
        ("office manager", "manager"),
        ("PMO", None),
        ("of", None),
        ("Nurse", None),
        ("---", None),
    ],
)
def test_what_a_slip_of_the_pen_may_mean_goes_by_title_and_by_id(text: str, category: str | None) -> None:
    specialism = shipped_library().specialism
    assert nearest_part(text, {each.id: each.title for each in specialism.role_categories}) == category


@pytest.mark.parametrize(
    ("text", "competence"),
    [
        ("risk management", "risk-opportunity-and-issue-management"),
        ("Assurance", "independent-assurance"),
        ("Busines case", "business-case"),
        ("stakeholder managment", "stakeholder-and-communications-management"),
        ("management", None),
    ],
)
def test_a_competence_is_known_by_some_of_its_words(text: str, competence: str | None) -> None:
    competences = shipped_library().framework.competences
    assert nearest_part(text, {each.id: each.name for each in competences}) == competence


def test_a_title_in_full_means_the_part_that_is_called_by_its_first_letters() -> None:
    assert nearest_part("Project management office", {"pmo": "PMO", "bcm": "Business change"}) == "pmo"


def test_titles_that_several_parts_have_are_told_with_their_ids() -> None:
    assert right_part("x", {"one": "Lead", "two": "Lead", "three": "Head"}) == "use one of Lead (one); Lead (two); Head"
