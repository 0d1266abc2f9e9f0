from __future__ import annotations

import re
from typing import Any

import docx
import pytest

from jdgen.drafting.model import Importance, Origin
from jdgen.post.model import AddedCriterion, AddedDuty, OmittedCriterion, OmittedDuty
from tests.toolbox.data import PMO_BANDS, SOURCE_TEXT, shipped_library
from tests.toolbox.drafts import ALL, NAMES, adapted, criteria_of, data, drafted, duties_of, notes_of, verbatim
from tests.toolbox.examples import POSTS, ROOT, draft_of

every_draft = pytest.mark.parametrize(("band", "fields"), ALL, ids=NAMES)
CRITERIA = data("criteria/nhs-pccf-pmo.yaml")
STATEMENTS = {statement.id: statement for row in shipped_library().specialism.rows for statement in row.statements}
REFUSED_WORDS = re.compile(
    r"years['’]? (?:of )?experience|enthusiastic|\bdynamic\b|\bmature\b|motivated|energetic|driving licence",
    re.IGNORECASE,
)


@every_draft
def test_every_criterion_is_essential_or_desirable_and_essential_ones_stand_first(
    band: str, fields: dict[str, Any]
) -> None:
    for group in drafted(band, **fields).person_specification.groups:
        importances = [criterion.importance for criterion in group.criteria]
        assert importances == sorted(importances, key=[Importance.ESSENTIAL, Importance.DESIRABLE].index)
        assert importances


@every_draft
def test_the_groups_are_the_librarys_in_its_order(band: str, fields: dict[str, Any]) -> None:
    titles = [group.title for group in drafted(band, **fields).person_specification.groups]
    assert titles == ["Qualifications", "Experience", "Knowledge", "Skills", "Values and behaviours"]


@every_draft
def test_the_key_holds_exactly_the_codes_that_are_used(band: str, fields: dict[str, Any]) -> None:
    specification = drafted(band, **fields).person_specification
    names = {method["code"]: method["name"] for method in CRITERIA["assessment"]}
    used_codes = {
        code
        for group in specification.groups
        for criterion in group.criteria
        for code in criterion.assessed_by.split(", ")
    }
    assert {method.code: method.name for method in specification.assessment_key} == {
        code: names[code] for code in used_codes
    }
    assert [method.code for method in specification.assessment_key] == [code for code in names if code in used_codes]


@every_draft
def test_every_criterion_serves_duties_of_the_draft(band: str, fields: dict[str, Any]) -> None:
    draft = drafted(band, **fields)
    duty_ids = {duty.id for duty in duties_of(draft)}
    for criterion in criteria_of(draft):
        assert criterion.serves
        assert set(criterion.serves) <= duty_ids
        assert len(set(criterion.serves)) == len(criterion.serves)


@every_draft
def test_every_heading_is_served_by_an_essential_criterion_of_its_own(band: str, fields: dict[str, Any]) -> None:
    draft = drafted(band, **fields)
    served = {
        duty
        for criterion in criteria_of(draft)
        if criterion.importance is Importance.ESSENTIAL and criterion.origin is Origin.JDGEN
        for duty in criterion.serves
    }
    for heading in draft.duty_headings:
        assert served & {duty.id for duty in heading.duties}, heading.title


@every_draft
def test_criterion_ids_are_unlike(band: str, fields: dict[str, Any]) -> None:
    ids = [criterion.id for criterion in criteria_of(drafted(band, **fields))]
    assert len(ids) == len(set(ids))


@every_draft
def test_there_are_not_more_essential_criteria_than_can_be_shortlisted_by(band: str, fields: dict[str, Any]) -> None:
    draft = drafted(band, **fields)
    essential = [criterion for criterion in criteria_of(draft) if criterion.importance is Importance.ESSENTIAL]
    counts = [text for _, text in notes_of(draft, "criteria in doubt") if "above 20, shortlisting becomes hard" in text]
    assert len(counts) == (len(essential) > 20)


@pytest.mark.parametrize("band", PMO_BANDS)
def test_qualifications_allow_an_equivalent_and_name_just_those_of_the_source(band: str) -> None:
    (criterion,) = drafted(band).person_specification.groups[0].criteria
    assert criterion.origin is Origin.FRAMEWORK
    assert "or equivalent experience" in criterion.text
    entries = [adapted(criterion.id, entry) for entry in STATEMENTS[criterion.id].entries]
    qualifications = criterion.text.removesuffix(", or equivalent experience").rpartition("experience: ")[2]
    assert qualifications.split("; ") == entries


@pytest.mark.parametrize("band", PMO_BANDS)
def test_verbatim_qualifications_and_entry_route_are_the_sources_words(band: str) -> None:
    qualification, route = (
        verbatim(band).person_specification.groups[0].criteria[0],
        verbatim(band).person_specification.groups[1].criteria[0],
    )
    assert all(entry in qualification.text for entry in STATEMENTS[qualification.id].entries)
    assert route.text == STATEMENTS[route.id].text
    assert route.text in SOURCE_TEXT


@pytest.mark.parametrize("band", PMO_BANDS)
def test_the_entry_route_is_a_criterion_after_the_listed_changes(band: str) -> None:
    criterion = drafted(band).person_specification.groups[1].criteria[0]
    assert criterion.id.startswith("pmo.project-delivery-professional.")
    assert criterion.text == adapted(criterion.id, STATEMENTS[criterion.id].text)
    assert criterion.text.startswith("Experience of ")


@pytest.mark.parametrize("band", PMO_BANDS)
def test_a_route_that_says_nothing_of_an_applicant_gives_no_criterion_but_a_note(band: str) -> None:
    draft = drafted(band, entry_route="non-project-delivery-professional")
    assert not [criterion for criterion in criteria_of(draft) if "delivery-professional" in criterion.id]
    assert notes_of(draft, "entry route") == []
    ((subject, text),) = notes_of(draft, "criteria in doubt")
    assert STATEMENTS[subject].text in text
    assert text.endswith("No criterion is drawn from it. Write your own.")


def test_the_other_entry_route_is_told_in_a_note() -> None:
    ((_, text),) = notes_of(drafted("8a"), "entry route")
    assert "'Non-Project Delivery Professional': Not normally suitable for an individual" in text


def test_only_a_specialist_is_asked_for_competences_and_no_rating_is_named() -> None:
    specialist = drafted("7", role_category="specialist", specialist_competences=("reviews",))
    competences = [criterion for criterion in criteria_of(specialist) if criterion.id.startswith("competence.")]
    assert len(competences) == 3
    assert not [criterion for criterion in competences if re.search(r"rating|level|score", criterion.text)]
    ((subject, text),) = notes_of(specialist, "competences")
    assert subject == "governance-arrangements, frameworks-and-methodologies, reviews"
    assert "publishes no ratings" in text
    assert not [
        criterion
        for criterion in criteria_of(drafted("7", role_category="manager"))
        if criterion.id.startswith("competence.")
    ]


def test_the_criteria_are_said_to_be_ours() -> None:
    assert any("jdgen's own library" in text for _, text in notes_of(drafted("7"), "criteria"))
    assert CRITERIA["source"].startswith("Written by the jdgen authors; not part of the framework.")


# The post's own changes.


def test_an_added_criterion_is_printed_in_its_group_and_noted() -> None:
    addition = AddedCriterion(
        "Able to drive a forklift", "skills", "desirable", ("T", "R"), ("budget", "pmo.resource.7.1")
    )
    draft = drafted("7", added_criteria=(addition,))
    skills = next(group for group in draft.person_specification.groups if group.id == "skills")
    criterion = skills.criteria[-1]
    assert (criterion.text, criterion.importance, criterion.assessed_by, criterion.origin) == (
        "Able to drive a forklift",
        Importance.DESIRABLE,
        "T, R",
        Origin.POST,
    )
    assert criterion.serves == ("pmo.budget.7.1", "pmo.resource.7.1")
    assert (criterion.id, "This criterion is the post's own.") in notes_of(draft, "added")
    assert "R" in [method.code for method in draft.person_specification.assessment_key]


def test_an_added_criterion_can_serve_an_added_duty() -> None:
    draft = drafted(
        "7",
        added_duties=(AddedDuty("Local work", "Drive."),),
        added_criteria=(AddedCriterion("Able to drive", "skills", "essential", ("A",), ("post.duty.1",)),),
    )
    assert [criterion.serves for criterion in criteria_of(draft) if criterion.origin is Origin.POST] == [
        ("post.duty.1",)
    ]


@pytest.mark.parametrize(("importance", "count"), [("essential", 1), ("desirable", 0)])
def test_an_essential_criterion_that_serves_no_duty_is_noted(importance: str, count: int) -> None:
    draft = drafted("7", added_criteria=(AddedCriterion("Able to swim", "skills", importance, ("A",)),))
    assert (
        len([subject for subject, _ in notes_of(draft, "criteria in doubt") if subject == "post.criterion.1"]) == count
    )


def test_an_omitted_criterion_is_not_printed_and_is_noted() -> None:
    draft = drafted("7", omitted_criteria=(OmittedCriterion("resource-7", "Asked already."),))
    assert "resource-7" not in [criterion.id for criterion in criteria_of(draft)]
    assert ("resource-7", "The draft's criterion is left out: Asked already.") in notes_of(draft, "omitted")


def test_a_group_without_a_criterion_is_not_printed_and_its_codes_leave_the_key() -> None:
    ids = [criterion.id for criterion in drafted("7").person_specification.groups[0].criteria]
    draft = drafted("7", omitted_criteria=tuple(OmittedCriterion(criterion_id, "none") for criterion_id in ids))
    assert [group.id for group in draft.person_specification.groups] == ["experience", "knowledge", "skills", "values"]
    assert "C" not in [method.code for method in draft.person_specification.assessment_key]


def test_a_draft_without_any_duty_has_no_library_criterion_and_says_why() -> None:
    statements = {duty.statement for duty in duties_of(drafted("7"))}
    draft = drafted("7", omitted_duties=tuple(OmittedDuty(statement, "none") for statement in sorted(statements)))
    assert draft.duty_headings == ()
    assert not [criterion for criterion in criteria_of(draft) if criterion.origin is Origin.JDGEN]
    at_7 = [
        entry["id"]
        for entry in CRITERIA["criteria"]
        if "7" in entry["bands"].split("-") or entry["bands"].startswith("6-8")
    ]
    assert set(at_7) <= {subject for subject, _ in notes_of(draft, "omitted")}


# What is ours to write.


def our_texts() -> list[str]:
    clauses, prompts = data("clauses/general.yaml"), data("prompts.yaml")
    return [
        *(criterion["text"] for criterion in CRITERIA["criteria"]),
        *(competence["text"] for competence in CRITERIA["competences"]),
        CRITERIA["qualifications"]["one"],
        CRITERIA["qualifications"]["several"],
        *(part for clause in clauses["clauses"] for part in (clause["title"], clause["text"])),
        *(part for prompt in prompts["prompts"] for part in (prompt["ask"], prompt["why"])),
        *prompts["phrases"].values(),
    ]


@pytest.mark.parametrize("text", our_texts(), ids=lambda text: text[:50])
def test_no_text_of_ours_has_a_word_that_excludes_people(text: str) -> None:
    assert not REFUSED_WORDS.search(text)
    assert not re.search(r"\bband\s*\d|\bFactor\b|\?\?|\(insert", text)


@pytest.mark.parametrize("post", POSTS)
def test_no_example_draft_has_a_word_that_excludes_people(post: str) -> None:
    assert not [criterion.text for criterion in criteria_of(draft_of(post)) if REFUSED_WORDS.search(criterion.text)]


@pytest.mark.parametrize(
    "criterion", CRITERIA["criteria"] + CRITERIA["competences"], ids=lambda entry: entry["text"][:40]
)
def test_each_library_criterion_can_be_shown_on_paper_or_says_how_else(criterion: dict[str, Any]) -> None:
    assert re.match(r"Experience of |Knowledge of |Detailed knowledge of |Able to ", criterion["text"])
    assert not criterion["text"].endswith(".")
    assert "A" in criterion["assessed_by"] or criterion["group"] == "values"
    assert criterion["importance"] in ("essential", "desirable")
    assert criterion["serves"]


def test_there_is_one_criterion_on_compassion_and_inclusion_at_every_band() -> None:
    for band in PMO_BANDS:
        criteria = [criterion for criterion in criteria_of(drafted(band)) if "compassion" in criterion.text]
        assert [criterion.importance for criterion in criteria] == [Importance.ESSENTIAL]


def test_no_criterion_of_ours_claims_a_step_in_budget_or_change_management_above_8b() -> None:
    for heading in ("budget", "change-management"):
        bands = [criterion["bands"] for criterion in CRITERIA["criteria"] if criterion["serves"] == [heading]]
        assert not [band for band in bands if band in ("8a-8b", "8c-8d")]


def test_every_clause_is_locked_and_the_set_has_a_version_and_a_source() -> None:
    clauses = data("clauses/general.yaml")
    draft = drafted("7")
    assert [(clause.id, clause.title, clause.text, clause.locked) for clause in draft.clauses] == [
        (f"clause.{clause['id']}", clause["title"], clause["text"], True) for clause in clauses["clauses"]
    ]
    assert draft.clauses_version == clauses["version"] == "1.0"
    assert "not legal advice" in clauses["source"]
    assert len({clause["id"] for clause in clauses["clauses"]}) == len(clauses["clauses"]) == 14


def shortlisting_rule(template: str) -> str:
    """The sentence about shortlisting in a shipped template, and no other."""
    texts = [text for text in texts_of_template(template) if "shortlist" in text]
    (paragraph,) = texts
    return next(sentence for sentence in paragraph.split(". ") if "shortlist" in sentence)


def texts_of_template(template: str) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(ROOT / "templates" / f"{template}.docx")).paragraphs]


@pytest.mark.parametrize("template", ["job-description", "person-specification"])
def test_the_rule_for_shortlisting_asks_only_for_what_the_application_can_show(template: str) -> None:
    """Over every band, reading, role category and competence: nobody can be shortlisted by an interview."""
    rule = shortlisting_rule(template)
    limited = "that is assessed by the application" in rule
    competences = {**dict(ALL_COMPETENCES), **{str(number): fields for number, (_, fields) in enumerate(ALL)}}
    for band in PMO_BANDS:
        for fields in competences.values():
            specification = drafted(band, **fields).person_specification
            (code,) = (method.code for method in specification.assessment_key if "application" in method.name.lower())
            essential = [
                criterion
                for group in specification.groups
                for criterion in group.criteria
                if criterion.importance is Importance.ESSENTIAL
            ]
            by_application = [criterion for criterion in essential if code in criterion.assessed_by.split(", ")]
            shortlisted = by_application if limited else essential
            assert shortlisted
            assert [criterion.id for criterion in shortlisted if criterion not in by_application] == []


ALL_COMPETENCES = [
    (competence.id, {"role_category": "specialist", "specialist_competences": (competence.id,)})
    for competence in shipped_library().framework.competences
    if competence.id not in ("governance-arrangements", "frameworks-and-methodologies")
]
