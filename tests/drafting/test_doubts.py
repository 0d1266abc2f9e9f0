"""Duties that are unclear as published, or that may not fit the role category: told, offered otherwise, settled."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from jdgen.drafting.doubts import NO_DOUBTS
from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.frameworks_here import load_frameworks
from jdgen.drafting.library import Library
from jdgen.drafting.loading import library_problems, load_library
from jdgen.drafting.model import JobDescription
from jdgen.drafting.review import Subjects, lines_for_post
from jdgen.drafting.review_notes import STALE
from jdgen.post.model import KeptDuty, OmittedDuty, Post, RewordedDuty
from jdgen.post.reading import entries_of_yaml, post_of
from jdgen.text_files.values import YamlFile
from jdgen.text_files.yaml_reading import parse_yaml
from tests.drafting.test_duties import BASE_VERBS
from tests.toolbox import other_levels
from tests.toolbox.data import DATA, FRAMEWORK_TEXT, PMO_BANDS, change_text, line_of, shipped_library, workspace_with
from tests.toolbox.drafts import ALL, CATEGORIES, NAMES, data, drafted, duties_of, notes_of, verbatim
from tests.toolbox.examples import DRAFTED

FILE = "doubts/nhs-pccf-pmo.yaml"
TEXT = (DATA / FILE).read_text(encoding="utf-8")
TOPICS = ("unclear duty", "duty and role category", "role category and band")
LEAD, TEAM, SPECIALISM = "pmo.leadership.8a-8d.2", "pmo.resource.8a-8b.1", "pmo.change-management.7.1"
ASSURANCE, OF_7 = "pmo.stakeholder-management.8a-8b.2", ("pmo.leadership.7.1", "pmo.stakeholder-management.7.2")
OF_8C = ("pmo.business-case.8b-8d.1", "pmo.budget.8c-8d.1", "pmo.governance-assurance.8c-8d.1")
#: What is unclear at each band, whatever the post.
UNCLEAR = {
    "6": ("pmo.business-case.6.1", "pmo.performance-controls.6.1"),
    "7": OF_7,
    "8a": (ASSURANCE,),
    "8b": ("pmo.business-case.8b-8d.1", ASSURANCE),
    "8c": OF_8C,
    "8d": OF_8C,
}
#: What may not fit a role category: of each, the bands with the duties.
UNFITTING: dict[str | None, dict[str, tuple[str, ...]]] = {
    None: {},
    "manager": {"7": (SPECIALISM,)},
    "specialist": {"8a": (LEAD, TEAM), "8b": (LEAD, TEAM), "8c": (LEAD,), "8d": (LEAD,)},
    "administrator-or-analyst": {
        "7": (SPECIALISM,),
        **dict.fromkeys(("8a", "8b"), ("role_category", LEAD, TEAM)),
        **dict.fromkeys(("8c", "8d"), ("role_category", LEAD)),
    },
}


def doubted_duties(draft: JobDescription) -> list[str]:
    return [note.subject for note in draft.notes if note.topic in TOPICS]


@pytest.mark.parametrize("band", PMO_BANDS)
@pytest.mark.parametrize("fields", CATEGORIES, ids=lambda fields: str(fields.get("role_category")))
def test_each_draft_is_told_of_what_is_in_doubt_and_of_nothing_else(band: str, fields: dict[str, Any]) -> None:
    draft = drafted(band, **fields)
    unfitting = UNFITTING[fields.get("role_category")].get(band, ())
    assert {subject for subject, _ in notes_of(draft, "unclear duty")} == set(UNCLEAR[band])
    assert sorted(set(doubted_duties(draft)) - set(UNCLEAR[band])) == sorted(unfitting)
    assert len(doubted_duties(draft)) == len(set(doubted_duties(draft)))


@pytest.mark.parametrize(("band", "fields"), ALL, ids=NAMES)
def test_a_duty_in_doubt_is_one_that_the_draft_prints_as_published_or_adapted(
    band: str, fields: dict[str, Any]
) -> None:
    for draft in (drafted(band, **fields), verbatim(band, **fields)):
        ids = {duty.id for duty in duties_of(draft)}
        assert {subject for subject in doubted_duties(draft) if subject != "role_category"} <= ids
        assert doubted_duties(draft) == doubted_duties(drafted(band, **fields))


def test_what_a_chosen_reading_prints_is_in_doubt_and_what_it_does_not_print_is_not() -> None:
    assert "pmo.business-case.6.1" not in doubted_duties(drafted("7"))
    assert "pmo.business-case.6.1" in doubted_duties(drafted("7", readings={"business-case": "paired-bands"}))


def with_lines(band: str, fields: dict[str, Any]) -> tuple[JobDescription, dict[str, Any]]:
    """A draft, and what the lines say that its notes offer."""
    draft = drafted(band, **fields)
    lines = lines_for_post(Subjects([shipped_library()]).rank_notes(draft.notes), 78)
    return draft, yaml.load("\n".join(lines), Loader=yaml.CSafeLoader) or {}


@pytest.mark.parametrize(("band", "fields"), ALL, ids=NAMES)
def test_the_lines_that_notes_offer_settle_them(band: str, fields: dict[str, Any]) -> None:
    draft, offered = with_lines(band, fields)
    head = {"title": "X", "specialism": "pmo", "band": band, **fields}
    head["specialist_competences"] = list(fields.get("specialist_competences", ()))
    post = read({**{key: value for key, value in head.items() if value}, **offered})
    settled = draft_job_description(post, shipped_library(), DRAFTED)
    assert set(doubted_duties(settled)) <= {"role_category"}
    doubted = [duty_id for duty_id in doubted_duties(draft) if duty_id != "role_category"]
    assert [subject for subject, _ in notes_of(settled, "reworded")] == sorted(doubted, key=reworded(offered).index)
    texts = {duty.id: duty.text for duty in duties_of(settled)}
    published = {duty.id: duty.text for duty in duties_of(draft)}
    assert {duty_id for duty_id in texts if texts[duty_id] != published[duty_id]} == set(doubted)


def reworded(offered: dict[str, Any]) -> list[str]:
    return [entry["duty"] for entry in offered.get("duties", {}).get("reword", ())]


def read(values: dict[str, Any]) -> Post:
    file: YamlFile = parse_yaml(yaml.dump(values, Dumper=yaml.CSafeDumper).encode(), "post.yaml")
    return post_of(entries_of_yaml(file, Path()))


@pytest.mark.parametrize("duty", [LEAD, "pmo.leadership.8a-8d"])
@pytest.mark.parametrize(
    ("name", "entry", "topic"),
    [
        ("omitted_duties", lambda duty: OmittedDuty(duty, "Led elsewhere."), "omitted"),
        ("reworded_duties", lambda duty: RewordedDuty(duty, "Lead assurance.", "Ours."), "reworded"),
        ("kept_duties", lambda duty: KeptDuty(duty, "Leads it."), "kept"),
    ],
)
def test_a_post_that_has_decided_on_a_duty_is_told_what_it_decided_alone(
    duty: str, name: str, entry: Any, topic: str
) -> None:
    fields: dict[str, Any] = {"role_category": "specialist", "specialist_competences": ("reviews",)}
    assert LEAD in doubted_duties(drafted("8a", **fields))
    draft = drafted("8a", **{**fields, name: (entry(duty),)})
    assert LEAD not in doubted_duties(draft)
    assert notes_of(draft, topic)[0][0] == duty


def test_a_duty_that_is_kept_is_printed_as_it_was_with_the_reason_in_a_note() -> None:
    draft = drafted("8a", kept_duties=(KeptDuty(ASSURANCE, "Everybody here knows."),))
    assert draft.duty_headings == drafted("8a").duty_headings
    assert notes_of(draft, "kept") == [
        (ASSURANCE, "The post keeps this duty as the framework has it: Everybody here knows.")
    ]


def test_a_duty_to_keep_that_there_is_not_is_told_with_the_nearest() -> None:
    ((subject, text),) = notes_of(drafted("8a", kept_duties=(KeptDuty("pmo.budgt.8a-8b", "x"),)), STALE)
    assert subject == "pmo.budgt.8a-8b"
    assert text.endswith("The nearest is 'pmo.budget.8a-8b'.")


def test_a_panel_that_has_met_has_settled_whether_category_and_band_belong_together() -> None:
    fields: dict[str, Any] = {"role_category": "administrator-or-analyst"}
    ((subject, text),) = notes_of(drafted("8d", **fields), "role category and band")
    assert subject == "role_category"
    assert "calls the complexity at 8d High" in text
    assert "the framework itself ties none to a band" in text
    assert notes_of(drafted("8d", **fields, je_reference="JE-1"), "role category and band") == []


# The data.


def test_every_doubt_quotes_the_framework_as_it_is() -> None:
    doubts = shipped_library().doubts
    assert [doubt for doubt in doubts.duties if doubt.stale] == []
    assert [doubt for doubt in doubts.categories if doubt.stale] == []
    for entry in data(FILE)["role_categories"]:
        assert all(claim["words"] in entry["text"] for claim in entry["says"])


@pytest.mark.parametrize("doubt", [entry for key in ("unclear", "unfitting") for entry in data(FILE)[key]])
def test_what_is_offered_begins_with_a_verb_and_is_another_sentence(doubt: dict[str, Any]) -> None:
    assert doubt["reword"].split()[0].rstrip(",") in {*BASE_VERBS, "Account"}
    assert doubt["reword"].endswith(".")
    assert doubt["reword"] != doubt["published"]


def test_doubts_decide_no_text_so_that_no_document_is_out_of_date_for_them() -> None:
    library = shipped_library()
    assert repr(replace(library, doubts=NO_DOUBTS)) == repr(library)


@pytest.mark.parametrize(("framework", "level"), other_levels.LEVELS)
def test_another_framework_has_none(framework: str, level: str) -> None:
    assert doubted_duties(other_levels.drafted(framework, level)) == []


# What fits the framework no more is told.


def library_with(folder: Path, **files: str) -> tuple[Library, list[str]]:
    """The library of a workspace with these files, and what of it does not fit."""
    workspace = workspace_with(folder, **files)
    (framework,) = load_frameworks(workspace)
    problems = map(str, library_problems(workspace, framework, framework.specialisms[0]))
    return load_library(workspace, "pmo"), [each.partition("framework_data/")[2] or each for each in problems]


def stale_of(library: Library, band: str, **fields: Any) -> list[tuple[str, str]]:
    return [each for each in notes_of(drafted(band, library, **fields), STALE) if "doubt" in each[1]]


def test_a_duty_that_is_published_in_other_words_is_told_and_its_doubt_is_not(tmp_path: Path) -> None:
    text = change_text(
        FRAMEWORK_TEXT, "relationships. Provide assurance.", "relationships. Provide assurance to boards."
    )
    library, problems = library_with(tmp_path, **{"frameworks/nhs-pccf.yaml": text})
    (problem,) = [each for each in problems if "doubts/" in each]
    line = line_of(TEXT, f"  - duty: {ASSURANCE}")
    assert problem.endswith("mend the doubt, or delete it")
    assert f"{FILE}:{line}: the framework's wording is not what it was" in problem
    assert doubted_duties(drafted("8a", library)) == []
    ((subject, note),) = stale_of(library, "8a")
    assert subject == ASSURANCE
    assert note.startswith("A doubt about this duty is not told: the framework's wording is not what it was.")
    assert stale_of(library, "8c") == []
    # Who has looked at the duty is not told again.
    assert stale_of(library, "8a", kept_duties=(KeptDuty(ASSURANCE, "x"),)) == []


@pytest.mark.parametrize(
    ("old", "new", "bands"),
    [
        # A statement that is gone, and a sentence.
        (f"duty: {ASSURANCE}", "duty: pmo.stakeholders.8a-8b.2", ("8a", "8b")),
        (f"duty: {ASSURANCE}", "duty: pmo.stakeholder-management.8a-8b.3", ("8a", "8b")),
        ("duty: pmo.budget.8c-8d.1", "duty: pmo.budgets.8c-8d.1", ("8c", "8d")),
    ],
)
def test_a_duty_that_is_there_no_more_is_told_at_its_bands(
    tmp_path: Path, old: str, new: str, bands: tuple[str, ...]
) -> None:
    library, (problem,) = library_with(tmp_path, **{FILE: change_text(TEXT, old, new)})
    assert "the framework has no such duty any more" in problem
    assert [band for band in PMO_BANDS if stale_of(library, band)] == list(bands)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("role_categories: [administrator-or-analyst, manager]", "role_categories: [boss]", "no role category boss"),
        ("- role_category: administrator-or-analyst", "- role_category: boss", "no role category 'boss'"),
        ("bands: '8d'", "levels: '8d'", "it names no bands, which the framework has"),
        ("pmo.complexity.8d, words: High", "pmo.complexity.8d, words: Low", "words that pmo.complexity.8d has no more"),
        ("statement: pmo.complexity.8d", "statement: pmo.complexity.9", "words that pmo.complexity.9 has no more"),
    ],
)
def test_a_doubt_that_rests_on_what_there_is_not_is_told(tmp_path: Path, old: str, new: str, what: str) -> None:
    _, (problem,) = library_with(tmp_path, **{FILE: change_text(TEXT, old, new)})
    assert what in problem


def test_a_category_whose_doubt_rests_on_nothing_is_told_in_the_draft(tmp_path: Path) -> None:
    text = change_text(TEXT, "pmo.complexity.8d, words: High", "pmo.complexity.8d, words: Low")
    library, _ = library_with(tmp_path, **{FILE: text})
    fields: dict[str, Any] = {"role_category": "administrator-or-analyst"}
    assert [subject for subject, _ in stale_of(library, "8d", **fields)] == ["role_category"]
    assert notes_of(drafted("8d", library, **fields), "role category and band") == []


def test_bands_that_run_downwards_are_refused(tmp_path: Path) -> None:
    workspace = workspace_with(tmp_path, **{FILE: change_text(TEXT, "bands: '8a-8c'", "bands: '8c-8a'")})
    (framework,) = load_frameworks(workspace)
    (problem,) = map(str, library_problems(workspace, framework, framework.specialisms[0]))
    assert f"{FILE}:{line_of(TEXT, chr(39) + '8a-8c')}: a range that runs downwards" in problem


def test_an_organisations_own_file_wins_and_may_say_nothing(tmp_path: Path) -> None:
    library, problems = library_with(tmp_path, **{FILE: TEXT[: TEXT.index("unclear:")]})
    assert problems == []
    assert doubted_duties(drafted("8d", library, role_category="administrator-or-analyst")) == []
