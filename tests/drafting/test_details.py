from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from jdgen.drafting.draft import PROMPTED
from jdgen.drafting.library import is_prompt
from jdgen.drafting.loading import load_library
from jdgen.drafting.model import JobDescription, giver_of
from jdgen.drafting.texts import Giver, Text
from jdgen.post.model import Contact, JobDemand, Measure
from tests.toolbox.data import DATA, change_text, workspace_with
from tests.toolbox.drafts import data, drafted, notes_of

ASKS = {prompt["field"]: prompt for prompt in data("prompts.yaml")["prompts"]}
TEXTS = [
    *("reference", "employer", "department", "base", "hours", "contract", "responsible_to", "accountable_to"),
    "responsible_for",
]
#: What a panel asks about the work: paragraphs each.
WORK = [
    *("managing_people", "planning", "judgement", "policy", "information", "research", "guidance"),
    *("training_at_entry", "training_in_post", "physical_skills"),
]
FULL: dict[str, Any] = {
    **{name: f"My {name}" for name in (*TEXTS, "je_reference")},
    **{name: f"Our {name}.\n\nMore." for name in WORK},
    "about": "First.\n\nSecond.",
    "values": ("Kind", "Fair"),
    "purpose": "Lead.",
    "dimensions": (Measure("Staff", "3"),),
    "relationships": (Contact("Board", "internal", "Report."), Contact("Council", "external", "Plan.")),
    "decisions": ("Decide.",),
    "demands": tuple(
        JobDemand(kind, f"Some {kind}.", "Daily", "1 hour")
        for kind in ("physical", "mental", "emotional", "environment")
    ),
}


def prompt(field: str) -> str:
    return f"[To complete: {ASKS[field]['ask']}]"


def fields_to_complete(draft: JobDescription) -> list[str]:
    return [subject for subject, _ in notes_of(draft, "to complete")]


@pytest.mark.parametrize("field", TEXTS)
def test_a_text_that_is_not_given_is_a_visible_prompt_and_a_note(field: str) -> None:
    # At 8a the framework has a duty about managing people; elsewhere the note about whom the post manages says more.
    draft = drafted("8a", **{name: value for name, value in FULL.items() if name != field})
    assert getattr(draft, field) == prompt(field)
    assert is_prompt(prompt(field))
    assert notes_of(draft, "to complete") == [(field, f"Not given: {ASKS[field]['ask']}. {ASKS[field]['why']}")]


def test_what_drafts_ask_alike_and_list_alike_is_one_value_so_that_it_is_printed_once() -> None:
    first, other = (drafted("8a", title=title, demands=()) for title in ("One", "Other"))
    assert all(mine is theirs for mine, theirs in zip(first.demands, other.demands, strict=True))
    groups = first.person_specification.groups
    again = [dataclasses.replace(group, title=Text("Again", Giver.POST)) for group in groups]
    assert any(group.desirable for group in groups)
    for group, other_group in zip(groups, again, strict=True):
        assert all(mine is theirs for mine, theirs in zip(group.desirable, other_group.desirable, strict=True))


def test_what_nobody_can_answer_before_the_panel_meets_is_said_and_is_no_prompt() -> None:
    draft = drafted("7", **{name: value for name, value in FULL.items() if name != "je_reference"})
    assert draft.je_reference == "Not yet evaluated"
    assert not is_prompt(draft.je_reference)
    assert giver_of(draft, "je_reference") is Giver.JDGEN
    assert fields_to_complete(draft) == []
    ((subject, text),) = notes_of(draft, "until answered")
    assert subject == "je_reference"
    assert text.startswith(f"Not given: {ASKS['je_reference']['ask']}. ")
    assert text.endswith("Until then the document says 'Not yet evaluated'.")
    assert draft.band_statement == "7, subject to job evaluation"


def test_an_own_file_of_prompts_may_ask_as_before(tmp_path: Path) -> None:
    text = change_text((DATA / "prompts.yaml").read_text(encoding="utf-8"), "    meanwhile: Not yet evaluated\n", "")
    draft = drafted("7", load_library(workspace_with(tmp_path, **{"prompts.yaml": text}), "pmo"))
    assert draft.je_reference == prompt("je_reference")
    assert "je_reference" in fields_to_complete(draft)


def test_what_is_given_is_printed_and_asks_for_nothing() -> None:
    draft = drafted("7", **FULL)
    assert fields_to_complete(draft) == []
    assert all(getattr(draft, name) == f"My {name}" for name in TEXTS)
    assert [block.text for block in draft.about] == ["First.", "Second."]
    assert all([block.text for block in getattr(draft, name)] == [f"Our {name}.", "More."] for name in WORK)
    assert [block.text for block in draft.values] == ["Kind", "Fair"]
    assert [(dimension.measure, dimension.text) for dimension in draft.dimensions] == [("Staff", "3")]
    assert [(relationship.who, relationship.setting, relationship.purpose) for relationship in draft.relationships] == [
        ("Board", "Internal", "Report."),
        ("Council", "External", "Plan."),
    ]
    assert [(demand.kind, demand.text, demand.frequency, demand.duration) for demand in draft.demands] == [
        ("Physical effort", "Some physical.", "Daily", "1 hour"),
        ("Mental effort", "Some mental.", "Daily", "1 hour"),
        ("Emotional effort", "Some emotional.", "Daily", "1 hour"),
        ("Working conditions", "Some environment.", "Daily", "1 hour"),
    ]


@pytest.mark.parametrize("field", WORK)
def test_that_there_is_none_is_printed_and_asks_for_nothing(field: str) -> None:
    draft = drafted("8a", **{**FULL, field: "None"})
    assert [(block.text, block.text.giver) for block in getattr(draft, field)] == [("None", Giver.POST)]
    assert fields_to_complete(draft) == []


@pytest.mark.parametrize(
    ("field", "prompts"),
    [
        ("about", ["about"]),
        ("values", ["values"]),
        ("purpose", ["purpose"]),
        ("decisions", ["decisions"]),
        *((name, [name]) for name in WORK),
        ("dimensions", ["dimensions.measure", "dimensions.text"]),
        ("relationships", ["relationships.who", "relationships.setting", "relationships.purpose"]),
    ],
)
def test_a_list_that_is_not_given_is_a_line_of_prompts_and_a_note_for_each(field: str, prompts: list[str]) -> None:
    draft = drafted("7", **{name: value for name, value in FULL.items() if name != field})
    (line,) = getattr(draft, field)
    cells = [getattr(line, name) for name in line.__dataclass_fields__ if name != "id"]
    assert sorted(cells) == sorted(prompt(name) for name in prompts)
    assert fields_to_complete(draft) == prompts


@pytest.mark.parametrize("kind", ["physical", "mental", "emotional", "environment"])
def test_a_kind_of_effort_that_is_not_given_is_asked_for_with_how_often_and_how_long(kind: str) -> None:
    other_demands = tuple(demand for demand in FULL["demands"] if demand.kind != kind)
    draft = drafted("7", **{**FULL, "demands": other_demands})
    assert len(draft.demands) == 4
    (open_demand,) = (demand for demand in draft.demands if is_prompt(demand.text))
    assert open_demand.id == f"demands.{kind}.1"
    assert (open_demand.text, open_demand.frequency, open_demand.duration) == tuple(
        prompt(f"demands.{part}") for part in (kind, "frequency", "duration")
    )
    assert fields_to_complete(draft) == [f"demands.{kind}", "demands.frequency", "demands.duration"]


def test_an_effort_without_frequency_or_duration_asks_for_them_once_each() -> None:
    demands = (JobDemand("mental", "A.", None, "1 hour"), JobDemand("mental", "B."), *FULL["demands"])
    draft = drafted("7", **{**FULL, "demands": demands})
    assert [demand.text for demand in draft.demands if demand.kind == "Mental effort"] == ["A.", "B.", "Some mental."]
    assert draft.demands[1].frequency == prompt("demands.frequency")
    assert draft.demands[1].duration == "1 hour"
    assert fields_to_complete(draft) == ["demands.frequency", "demands.duration"]


def test_a_bare_post_asks_for_everything_that_there_is_a_prompt_for() -> None:
    draft = drafted("7")
    later = [subject for subject, _ in notes_of(draft, "until answered")]
    # A choice, whose note has a topic of its own.
    categories = [subject for subject, _ in notes_of(draft, "role category")]
    assert sorted([*fields_to_complete(draft), *categories, *later]) == sorted(ASKS) == sorted(PROMPTED)
    assert later == [field for field, entry in ASKS.items() if "meanwhile" in entry]


def test_a_prompt_has_neither_a_capital_nor_a_full_stop_of_its_own() -> None:
    for entry in ASKS.values():
        assert entry["ask"][0].islower()
        assert not entry["ask"].endswith(".")
        assert entry["why"].endswith(".")


@pytest.mark.parametrize("text", ["", "To complete: x", "[To complete: x", "[x]", "Employer [To complete: x]"])
def test_other_text_is_no_prompt(text: str) -> None:
    assert not is_prompt(text)


def test_the_date_and_the_version_are_printed_as_the_nhs_writes_them() -> None:
    draft = drafted("7")
    assert draft.date == "24 November 2026"
    assert draft.version == "Draft"
    assert drafted("7", version="2.1").version == "2.1"


@pytest.mark.parametrize(
    ("text", "efforts"),
    [
        (
            "Lifts boxes, concentrates for hours and hears distressing accounts.",
            "physical effort and mental effort and emotional effort",
        ),
        ("Sits at a desk. Concentrates on figures that upset people.", "mental effort and emotional effort"),
        ("Carries files through noisy workshops!", "physical effort and working conditions"),
    ],
)
def test_a_sentence_about_several_kinds_of_effort_is_told(text: str, efforts: str) -> None:
    demands = (JobDemand("mental", "Reads."), JobDemand("physical", "Sits."), JobDemand("physical", text))
    ((subject, note),) = notes_of(drafted("7", demands=demands), "several efforts")
    assert subject == "demands.physical.2"
    assert f" speaks of {efforts} in one line. " in note


@pytest.mark.parametrize(
    "text", ["Lifts boxes. Concentrates for hours.", "Uses a keyboard and carries a laptop.", "Sits."]
)
def test_sentences_about_one_kind_of_effort_each_are_not(text: str) -> None:
    assert notes_of(drafted("7", demands=(JobDemand("physical", text),)), "several efforts") == []
