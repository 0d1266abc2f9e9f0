"""What an earlier version adds: competences and role categories, as far as the new publication still names them."""

from __future__ import annotations

from jdgen.framework.transcription import transcription_problems
from jdgen.importing.framework_text import long_form
from jdgen.importing.importing import About, Imported, import_framework
from tests.toolbox.data import SOURCE_FILE, SOURCE_TEXT, change_text, shipped_library

SHIPPED = shipped_library().framework


def imported(text: str) -> Imported:
    return import_framework(text.encode(), SOURCE_FILE.name, About("nhs-pccf", "2"), SHIPPED, "out.yaml")


def test_a_competence_that_is_not_named_any_more_is_left_out_of_rules_too_and_said() -> None:
    reading = imported(change_text(SOURCE_TEXT, "Independent assurance; ", ""))
    assert [competence.id for competence in reading.framework.competences] == [
        competence.id for competence in SHIPPED.competences if competence.id != "independent-assurance"
    ]
    (rule,) = (
        category.competence_rule
        for category in reading.framework.specialisms[0].role_categories
        if category.competence_rule
    )
    assert "independent-assurance" not in rule.at_least_one_of
    assert len(rule.at_least_one_of) == 8
    whats = [doubt.what for doubt in reading.doubts if "earlier version" in doubt.what]
    assert whats[-1] == (
        "the earlier version's competence 'Independent assurance' is not in nhs-pccf-pmo.txt, and is left out"
    )
    # The sentence that listed it is not what it was either.
    assert any("sentence 'A PMO Specialists is likely" in what for what in whats)


def test_a_role_category_that_is_not_named_any_more_is_left_out_and_said() -> None:
    reading = imported(SOURCE_TEXT.replace("PMO Specialists", "PMO Experts"))
    assert [category.id for category in reading.framework.specialisms[0].role_categories] == [
        "administrator-or-analyst",
        "manager",
    ]
    assert any("role category 'PMO Specialists' is not in" in doubt.what for doubt in reading.doubts)


def test_places_are_those_of_the_new_publication() -> None:
    framework = imported(f"\n\n{SOURCE_TEXT}").framework
    assert {competence.source.line for competence in framework.competences} == {20}
    assert framework.specialisms[0].description.source.line == 20


def test_a_specialism_with_another_title_takes_nothing_over() -> None:
    specialism = imported(SOURCE_TEXT.replace("\tPMO\t", "\tProject office\t")).framework.specialisms[0]
    assert (specialism.id, specialism.role_categories) == ("project-office", ())


def test_a_heading_under_a_new_title_keeps_its_ids_where_it_says_the_same_and_that_is_said() -> None:
    reading = imported(change_text(SOURCE_TEXT, "\tBusiness Case\tContribute", "\tBusiness Cases\tContribute"))
    (was,) = (heading for heading in SHIPPED.specialisms[0].headings if heading.title == "Business Case")
    (now,) = (heading for heading in reading.framework.specialisms[0].headings if heading.title == "Business Cases")
    assert now.id == was.id
    assert [statement.id for statement in now.statements] == [statement.id for statement in was.statements]
    what = "taken for 'Business Case' of the earlier version under a new title, since it says the same"
    assert [(doubt.what, doubt.heading) for doubt in reading.doubts if "taken for" in doubt.what] == [
        (what, "Business Cases")
    ]


def test_a_new_heading_that_says_something_else_is_not_taken_for_one_that_is_gone() -> None:
    line = next(line for line in SOURCE_TEXT.split("\n") if line.startswith("\tResource\t"))
    new = "\tSustainability\tCount what a project costs the climate.\t\t\t\t\t"
    reading = imported(change_text(SOURCE_TEXT, line, new))
    (now,) = (heading for heading in reading.framework.specialisms[0].headings if heading.title == "Sustainability")
    assert [statement.id for statement in now.statements] == ["pmo.sustainability.6-8d"]
    assert not any("taken for" in doubt.what for doubt in reading.doubts)


def test_what_a_description_in_a_row_of_the_table_names_is_taken_over() -> None:
    rows = long_form(SHIPPED, "release.csv")
    reading = import_framework(rows, "release.csv", About("nhs-pccf", "2"), SHIPPED, "out.yaml")
    assert [competence.id for competence in reading.framework.competences] == [
        competence.id for competence in SHIPPED.competences
    ]
    assert [
        (category.id, category.competence_rule, len(category.statements))
        for category in reading.framework.specialisms[0].role_categories
    ] == [
        (category.id, category.competence_rule, len(category.statements))
        for category in SHIPPED.specialisms[0].role_categories
    ]
    assert not [doubt.what for doubt in reading.doubts if "earlier version" in doubt.what]
    assert not transcription_problems(reading.framework, reading.source, "release.csv")


def test_a_duty_with_the_words_of_a_competence_does_not_name_it() -> None:
    rows = long_form(SHIPPED, "release.csv").decode()
    rows = change_text(rows, "Reviews; ", "").replace("Identify and share best", "Reviews what is best")
    assert "Reviews" in rows
    reading = import_framework(rows.encode(), "release.csv", About("nhs-pccf", "2"), SHIPPED, "out.yaml")
    assert "reviews" not in [competence.id for competence in reading.framework.competences]
