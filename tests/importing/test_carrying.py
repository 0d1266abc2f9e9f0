"""What an earlier version adds: competences and role categories, as far as the new publication still names them."""

from __future__ import annotations

from jdgen.importing.importing import About, Imported, import_framework
from tests.toolbox.data import SOURCE_FILE, SOURCE_TEXT, changed, shipped_library

SHIPPED = shipped_library().framework


def imported(text: str) -> Imported:
    return import_framework(text.encode(), SOURCE_FILE.name, About("nhs-pccf", "2"), SHIPPED, "out.yaml")


def test_a_competence_that_is_not_named_any_more_is_left_out_of_rules_too_and_said() -> None:
    found = imported(changed(SOURCE_TEXT, "Independent assurance; ", ""))
    assert [one.id for one in found.framework.competences] == [
        one.id for one in SHIPPED.competences if one.id != "independent-assurance"
    ]
    (rule,) = (one.competence_rule for one in found.framework.specialisms[0].role_categories if one.competence_rule)
    assert "independent-assurance" not in rule.at_least_one_of
    assert len(rule.at_least_one_of) == 8
    told = [one.what for one in found.doubts if "earlier version" in one.what]
    assert told[-1] == (
        "the earlier version's competence 'Independent assurance' is not in nhs-pccf-pmo.txt, and is left out"
    )
    # The sentence that listed it is not what it was either.
    assert any("sentence 'A PMO Specialists is likely" in what for what in told)


def test_a_role_category_that_is_not_named_any_more_is_left_out_and_said() -> None:
    found = imported(SOURCE_TEXT.replace("PMO Specialists", "PMO Experts"))
    assert [one.id for one in found.framework.specialisms[0].role_categories] == ["administrator-or-analyst", "manager"]
    assert any("role category 'PMO Specialists' is not in" in one.what for one in found.doubts)


def test_places_are_those_of_the_new_publication() -> None:
    found = imported(f"\n\n{SOURCE_TEXT}").framework
    assert {one.source.line for one in found.competences} == {20}
    assert found.specialisms[0].description.source.line == 20


def test_a_specialism_with_another_title_takes_nothing_over() -> None:
    found = imported(SOURCE_TEXT.replace("\tPMO\t", "\tProject office\t")).framework.specialisms[0]
    assert (found.id, found.role_categories) == ("project-office", ())


def test_a_heading_under_a_new_title_keeps_its_ids_where_it_says_the_same_and_that_is_said() -> None:
    found = imported(changed(SOURCE_TEXT, "\tBusiness Case\tContribute", "\tBusiness Cases\tContribute"))
    (was,) = (one for one in SHIPPED.specialisms[0].headings if one.title == "Business Case")
    (now,) = (one for one in found.framework.specialisms[0].headings if one.title == "Business Cases")
    assert now.id == was.id
    assert [one.id for one in now.statements] == [one.id for one in was.statements]
    what = "taken for 'Business Case' of the earlier version under a new title, since it says the same"
    assert [(one.what, one.heading) for one in found.doubts if "taken for" in one.what] == [(what, "Business Cases")]


def test_a_new_heading_that_says_something_else_is_not_taken_for_one_that_is_gone() -> None:
    line = next(line for line in SOURCE_TEXT.split("\n") if line.startswith("\tResource\t"))
    new = "\tSustainability\tCount what a project costs the climate.\t\t\t\t\t"
    found = imported(changed(SOURCE_TEXT, line, new))
    (now,) = (one for one in found.framework.specialisms[0].headings if one.title == "Sustainability")
    assert [one.id for one in now.statements] == ["pmo.sustainability.6-8d"]
    assert not any("taken for" in one.what for one in found.doubts)
