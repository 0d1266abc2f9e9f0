"""Words that stand where an answer is still to come count as not given, from every source and in every field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jdgen.document.making import inputs_for
from jdgen.drafting.loading import load_placeholders
from jdgen.post.reading import entries_of_file, post_of
from jdgen.workspace import Workspace, shipped_folder
from tests.toolbox.commands import Run, refusals
from tests.toolbox.posts import workbook_file

TEXTS = (
    *("employer", "department", "base", "hours", "contract", "responsible_to", "accountable_to", "reference"),
    *("version", "je_reference", "purpose", "about"),
)
WORDS = (
    "tbc",
    "'??'",
    "[insert]",
    "'[insert]'",
    "{Job Title}",
    "N/A",
    "None",
    "'-'",
    "pending",
    "xxx",
    "…",
    "to follow",
)
REQUIRED = "title: Lead\nspecialism: pmo\nband: 8a\n"
HEADINGS = "Job title,Specialism,Band,"


def draft_of(run: Run, folder: Path, post: str) -> dict[str, Any]:
    (folder / "post.yaml").write_text(post, encoding="utf-8")
    result = run("generate", "--post", "post.yaml", "--dry-run", "--json")
    assert result.exit_code == 0, result.stderr
    output: dict[str, Any] = json.loads(result.stdout)
    return output


def notes_of_row(run: Run, folder: Path, name: str) -> list[tuple[str, str]]:
    result = run("batch", name, "--dry-run", "--json", "--jobs", "1")
    assert result.exit_code == 0, result.stderr
    return no_answers(json.loads(result.stdout.splitlines()[0]))


def no_answers(output: dict[str, Any]) -> list[tuple[str, str]]:
    return [(note["subject"], note["text"]) for note in output["notes"] if note["topic"] == "no answer"]


def test_a_reference_that_is_to_be_confirmed_leaves_the_post_subject_to_job_evaluation(run: Run, folder: Path) -> None:
    output = draft_of(run, folder, f"{REQUIRED}je_reference: TBC\n")
    assert output["job_description"]["band_statement"] == "8a, subject to job evaluation"
    assert output["job_description"]["je_reference"] == "Not yet evaluated"
    assert no_answers(output) == [("je_reference", "'TBC' in post.yaml:4 is no answer, so it counts as not given.")]
    assert {"job evaluation", "until answered"} <= {note["topic"] for note in output["notes"]}


@pytest.mark.parametrize("turn", [0, 5])
def test_no_text_of_a_post_is_one_of_those_words(run: Run, folder: Path, turn: int) -> None:
    words = dict(zip(TEXTS, (*WORDS[turn:], *WORDS[:turn]), strict=True))
    output = draft_of(run, folder, REQUIRED + "".join(f"{field}: {word}\n" for field, word in words.items()))
    assert [subject for subject, _ in no_answers(output)] == list(TEXTS)
    draft_text = json.dumps(output["job_description"], ensure_ascii=False)
    assert not any(f'"{word.strip(chr(39))}"' in draft_text for word in WORDS)


def test_such_words_in_lists_and_groups_are_left_out_of_them(run: Run, folder: Path) -> None:
    post = f"""{REQUIRED}role_category: TBC
specialist_competences: [TBC]
values: [Care, tba, Respect]
relationships: to be confirmed
decisions: ['??']
demands:
  - {{kind: mental, text: Reads reports, frequency: TBC, duration: Up to 2 hours}}
duties: {{add: None}}
"""
    output = draft_of(run, folder, post)
    draft = output["job_description"]
    assert [block["text"] for block in draft["values"]] == ["Care", "Respect"]
    assert draft["relationships"][0]["who"].startswith("[To complete:")
    assert draft["decisions"][0]["text"].startswith("[To complete:")
    mental = next(demand for demand in draft["demands"] if demand["kind"] == "Mental effort")
    assert (mental["duration"], mental["frequency"][:13]) == ("Up to 2 hours", "[To complete:")
    places = {subject: text.partition(" in ")[2].partition(" ")[0] for subject, text in no_answers(output)}
    assert places == {
        "role_category": "post.yaml:4",
        "specialist_competences": "post.yaml:5",
        "values": "post.yaml:6",
        "relationships": "post.yaml:7",
        "decisions": "post.yaml:8",
        "demands.frequency": "post.yaml:10",
    }


def test_places_of_what_stays_are_those_of_the_file(folder: Path) -> None:
    (folder / "post.yaml").write_text(f"{REQUIRED}values:\n- TBC\n- Care\n", encoding="utf-8")
    placeholders = load_placeholders(Workspace(folder))
    entries = entries_of_file(folder / "post.yaml", "post.yaml", placeholders)
    assert (entries.values["values"], entries.places["values.0"]) == (["Care"], "post.yaml:6")


def test_where_an_entry_has_to_say_something_such_a_word_is_an_error(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(
        f"""{REQUIRED}relationships:
- who: TBC
  setting: pending
  purpose: agree plans
duties: {{omit: [{{duty: pmo.budget.7, reason: 'N/A'}}]}}
criteria:
  add: [{{text: xxx, group: experience, importance: essential, assessed_by: [TBC]}}]
""",
        encoding="utf-8",
    )
    problems = refusals(run, "generate", "--post", "post.yaml")
    assert [line.rpartition(" is no answer")[0] for line in problems] == [
        "post.yaml:5: who: 'TBC'",
        "post.yaml:6: setting: 'pending'",
        "post.yaml:8: reason: 'N/A'",
        "post.yaml:10: text: 'xxx'",
        "post.yaml:10: assessed_by: 'TBC'",
    ]


def test_what_every_post_needs_is_an_error_with_its_place(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text("title: TBC\nspecialism: TBC\nband: '??'\n", encoding="utf-8")
    problems = refusals(run, "generate", "--post", "post.yaml")
    assert [line.partition(" is no answer")[0] for line in problems] == [
        "post.yaml:1: title: 'TBC'",
        "post.yaml:2: specialism: 'TBC'",
        "post.yaml:3: band: '??'",
    ]
    assert run("generate", "--post", "post.yaml", "--title", "A", "--specialism", "pmo", "--band", "7").exit_code == 0
    assert refusals(run, "generate", "--title", "TBC", "--specialism", "pmo", "--band", "7") == [
        "--title: title: 'TBC' is no answer: give the job title, without the band (title: PMO manager, or --title)"
    ]


def test_an_option_is_no_answer_either_and_takes_no_answer_away(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(f"{REQUIRED}je_reference: JE 12\n", encoding="utf-8")
    result = run(
        "generate", "--post", "post.yaml", "--dry-run", "--json", "--je-reference", "pending", "--base", "Leeds"
    )
    output = json.loads(result.stdout)
    assert output["job_description"]["je_reference"] == "JE 12"
    assert no_answers(output) == [
        ("je_reference", "'pending' in --je-reference is no answer, so it counts as not given.")
    ]


def test_an_option_answers_what_the_file_does_not(run: Run, folder: Path) -> None:
    (folder / "post.yaml").write_text(f"{REQUIRED}je_reference: TBC\n", encoding="utf-8")
    result = run("generate", "--post", "post.yaml", "--dry-run", "--json", "--je-reference", "JE 12")
    assert no_answers(json.loads(result.stdout)) == []


@pytest.mark.parametrize("kind", ["csv", "xlsx", "yaml"])
def test_every_kind_of_file_of_posts_is_read_so(run: Run, folder: Path, kind: str) -> None:
    if kind == "csv":
        (folder / "posts.csv").write_text(f"{HEADINGS}JE reference,Base\nLead,PMO,8a,Awaiting panel,-\n")
    elif kind == "xlsx":
        cells = {"Job title": "Lead", "Specialism": "PMO", "Band": "8a", "JE reference": "Awaiting panel", "Base": "-"}
        workbook_file(folder / "posts.xlsx", [cells])
    else:
        post = {"title": "Lead", "specialism": "pmo", "band": "8a", "je_reference": "Awaiting panel", "base": "-"}
        (folder / "posts.yaml").write_text(json.dumps([post]), encoding="utf-8")
    notes = notes_of_row(run, folder, f"posts.{kind}")
    assert [(subject, text.partition(" in posts.")[0]) for subject, text in notes] == [
        ("je_reference", "'Awaiting panel'"),
        ("base", "'-'"),
    ]


def test_a_cell_that_points_to_another_cell_is_asked_for(run: Run, folder: Path) -> None:
    cells = {"Job title": "Lead", "Specialism": "PMO", "Band": "8a", "Base": "As above", "Department": '"'}
    workbook_file(folder / "posts.xlsx", [{**cells, "Contract": "see attached", "Values": "Kind\nditto"}])
    notes = notes_of_row(run, folder, "posts.xlsx")
    assert [(subject, text.partition(" in posts.")[0]) for subject, text in notes] == [
        ("base", "'As above'"),
        ("department", "'\"'"),
        ("contract", "'see attached'"),
        ("values", "'ditto'"),
    ]


def test_cells_whose_lines_have_parts_are_not_asked_for_the_parts_of_such_a_word(run: Run, folder: Path) -> None:
    (folder / "posts.csv").write_text(
        f"{HEADINGS}Role category,Relationships,Competences,Duties to add,Mental effort,Values\n"
        'Lead,PMO,8a,TBC,"Internal | Heads | plans\nTBC",-,None,tbc,"- Care\n- TBC"\n'
    )
    assert [subject for subject, _ in notes_of_row(run, folder, "posts.csv")] == [
        *("role_category", "relationships", "specialist_competences", "demands.text", "values")
    ]


def test_cells_in_which_there_has_to_be_an_answer(run: Run, folder: Path) -> None:
    (folder / "posts.csv").write_text(f"{HEADINGS}Relationships\nTBC,PMO,tbd,Internal | TBC | agree plans\n")
    assert [line.partition(" is no answer")[0] for line in refusals(run, "batch", "posts.csv")] == [
        "posts.csv:2 (column A): Job title: 'TBC'",
        "posts.csv:2 (column C): Band: 'tbd'",
        "posts.csv:2 (column D): Relationships: who: 'TBC'",
    ]


def test_that_there_is_nothing_is_printed_where_it_says_something(run: Run, folder: Path) -> None:
    post = f"""{REQUIRED}responsible_for: No staff
dimensions: [{{measure: Budget, text: nil}}]
demands: [{{kind: physical, text: None, frequency: N/A, duration: '0'}}]
"""
    output = draft_of(run, folder, post)
    draft = output["job_description"]
    assert (draft["responsible_for"], draft["dimensions"][0]["text"], draft["demands"][0]["text"]) == (
        *("No staff", "nil", "None"),
    )
    ((subject, text),) = no_answers(output)
    assert (subject, draft["demands"][0]["frequency"]) == ("demands.frequency", "N/A")
    assert text.startswith("'N/A' in post.yaml:6 is printed as it is. If it means that there is none, say so in words")


def test_a_document_of_such_a_post_is_that_of_the_post_without_the_field(run: Run, folder: Path) -> None:
    digests = []
    for text in (REQUIRED, f"{REQUIRED}je_reference: TBC\n"):
        (folder / "post.yaml").write_text(text, encoding="utf-8")
        post = post_of(entries_of_file(folder / "post.yaml", None, load_placeholders(Workspace(folder))))
        digests.append(inputs_for(post, "").digest)
    assert digests[0] == digests[1]
    (folder / "posts.csv").write_text(f"{HEADINGS}JE reference\nLead,PMO,8a,TBC\n")
    assert "1 written" in run("batch", "posts.csv", "--jobs", "1").stdout
    (folder / "posts.csv").write_text(f"{HEADINGS}JE reference\nLead,PMO,8a,\n")
    assert "1 unchanged" in run("batch", "posts.csv", "--jobs", "1").stdout
    assert run("status", "output").exit_code == 0


def test_an_organisation_has_its_own_list(run: Run, folder: Path) -> None:
    (folder / "framework_data").mkdir()
    text = (shipped_folder() / "framework_data" / "placeholders.yaml").read_text(encoding="utf-8")
    own_text = text.replace("    - tbc\n", "    - with the union\n")
    (folder / "framework_data" / "placeholders.yaml").write_text(own_text, encoding="utf-8")
    output = draft_of(run, folder, f"{REQUIRED}je_reference: TBC\nbase: With the union\n")
    assert [subject for subject, _ in no_answers(output)] == ["base"]
    assert output["job_description"]["je_reference"] == "TBC"
