from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jdgen.configuration import load_common_entries
from jdgen.drafting.loading import load_placeholders
from jdgen.levels import Band
from jdgen.placeholders import NO_PLACEHOLDERS
from jdgen.post.model import Contact, JobDemand, Measure, Post
from jdgen.post.reading import PostEntries, entries_of_file, entries_of_options, entries_of_yaml, post_of
from jdgen.sheets.reading import open_posts
from jdgen.text_files.values import UNMEANT
from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.workspace import Workspace
from tests.toolbox.data import problems_of
from tests.toolbox.examples import POSTS, post_file
from tests.toolbox.posts import row, workbook_file

LEAST = "title: PMO manager\nspecialism: pmo\nband: 7\n"


def read(content: str, folder: Path = Path()) -> Post:
    return post_of(entries_of_yaml(parse_yaml(content.encode(), "post.yaml"), folder), "post.yaml")


def problems(content: str) -> list[str]:
    return problems_of(lambda: read(content))


def options(**values: Any) -> PostEntries:
    return entries_of_options(values, {name: f"--{name.replace('_', '-')}" for name in values}, Path())


def test_text_that_was_read_in_another_encoding_is_told_with_its_line() -> None:
    right = "type the text again, or save the file anew as UTF-8 where it is still right"
    assert problems(f"{LEAST}base: St Maryâ€™s\nvalues:\n  - café\n  - cafÃ©\n") == [
        f"post.yaml:4: base: holds 'â€™', which a program has made of '’': {right}",
        f"post.yaml:7: values: holds 'Ã©', which a program has made of 'é': {right}",
    ]


@pytest.mark.parametrize("post", POSTS)
def test_every_example_post_is_read(post: str) -> None:
    example_post = post_of(entries_of_file(post_file(post)))
    assert post.startswith(f"band-{example_post.band}-")
    assert example_post.specialism == "pmo"
    assert example_post.role_category
    assert example_post.employer


def test_the_example_posts_cover_every_band_and_role_category() -> None:
    example_posts = [post_of(entries_of_file(post_file(post))) for post in POSTS]
    assert [str(post.band) for post in example_posts] == ["6", "7", "8a", "8b", "8c", "8d"]
    assert {post.role_category for post in example_posts} == {"administrator-or-analyst", "specialist", "manager"}
    assert len({post.employer for post in example_posts}) == 6


def test_title_specialism_and_band_are_enough() -> None:
    assert read(LEAST) == Post("PMO manager", "pmo", read(LEAST).band)


@pytest.mark.parametrize("band", ["7", "'7'", "Band 7", "'band 7'"])
def test_a_band_may_be_a_number_or_text(band: str) -> None:
    assert str(read(f"title: x\nspecialism: pmo\nband: {band}\n").band) == "7"


@pytest.mark.parametrize("band", ["8A", "8a", "Band 8a"])
def test_a_band_is_read_in_any_usual_form(band: str) -> None:
    assert str(read(f"title: x\nspecialism: pmo\nband: {band}\n").band) == "8a"


def test_lists_and_groups_become_values_in_their_order() -> None:
    post = read(
        LEAST
        + """
values: [' We listen ', We learn]
readings: {business-case: paired-bands}
dimensions: [{measure: Staff, text: '3'}, {measure: Budget, text: None}]
relationships: [{who: Board, setting: internal, purpose: Report.}]
demands: [{kind: mental, text: Concentrates.}, {kind: physical, text: Sits., frequency: Daily, duration: 4 hours}]
duties:
  add: [{heading: budget, text: Count.}]
  omit: [{duty: pmo.budget.7, reason: none}]
  reword: [{duty: pmo.leadership.7.1, text: Lead., reason: local}]
criteria:
  add: [{text: Able to swim, group: skills, importance: desirable, assessed_by: [A, T], serves: [budget]}]
  omit: [{criterion: budget-7, reason: none}]
"""
    )
    assert post.values == ("We listen", "We learn")
    assert post.readings == {"business-case": "paired-bands"}
    assert post.dimensions == (Measure("Staff", "3"), Measure("Budget", "None"))
    assert post.relationships == (Contact("Board", "internal", "Report."),)
    assert post.demands == (JobDemand("mental", "Concentrates."), JobDemand("physical", "Sits.", "Daily", "4 hours"))
    assert [duty.text for duty in post.added_duties] == ["Count."]
    assert [duty.duty for duty in post.omitted_duties] == ["pmo.budget.7"]
    assert [duty.duty for duty in post.reworded_duties] == ["pmo.leadership.7.1"]
    assert post.added_criteria[0].assessed_by == ("A", "T")
    assert post.added_criteria[0].serves == ("budget",)
    assert [criterion.criterion for criterion in post.omitted_criteria] == ["budget-7"]


@pytest.mark.parametrize(
    ("content", "fields"),
    [
        ("hours: 37.5", {"hours": "37.5"}),
        ("hours: 37.50", {"hours": "37.50"}),
        ("version: 1.0", {"version": "1.0"}),
        ("version: 2", {"version": "2"}),
        ("reference: 0071", {"reference": "0071"}),
        ("responsible_for: No", {"responsible_for": "No"}),
        (
            "own: {post_number: 0071, panel_date: 2026-11-28}",
            {"own": {"post_number": "0071", "panel_date": "2026-11-28"}},
        ),
        ("purpose: 24", {"purpose": "24"}),
        ("values: Kind, Ambitious", {"values": ("Kind", "Ambitious")}),
        ("values: [Kind, 5]", {"values": ("Kind", "5")}),
        ("values: ['Kind, in every contact', Open]", {"values": ("Kind, in every contact", "Open")}),
        ("values: |\n  - Kind, in every contact\n  - Open", {"values": ("Kind, in every contact", "Open")}),
        ("decisions: Signs plans, dates and budgets", {"decisions": ("Signs plans, dates and budgets",)}),
        (
            "specialist_competences: Reviews; Schedule management",
            {"specialist_competences": ("reviews", "schedule-management")},
        ),
        ("specialist_competences: [Reviews]", {"specialist_competences": ("Reviews",)}),
        ("role_category: PMO Specialist", {"role_category": "PMO Specialist"}),
        ("dimensions: [{measure: Staff, text: 3}]", {"dimensions": (Measure("Staff", "3"),)}),
        (
            "relationships: [{who: A, setting: ' Internal', purpose: B}]",
            {"relationships": (Contact("A", "internal", "B"),)},
        ),
        ("demands: [{kind: Working conditions, text: A}]", {"demands": (JobDemand("environment", "A"),)}),
        ("demands: [{kind: Mental, text: A}]", {"demands": (JobDemand("mental", "A"),)}),
        ("band: 07", {"band": Band("7")}),
        ("band: 7.0", {"band": Band("7")}),
        ("band: AfC band 8 A", {"band": Band("8a")}),
        ("band: NHS|XR07|Review Body Band 7", {"band": Band("7")}),
        ("band: Non-Review Body Band 8 - Range B", {"band": Band("8b")}),
        *((f"band: {seven}", {"band": Band("7")}) for seven in ("B7", "AfC7", "AfC - B.07", "Pay band 7 (AfC)")),
        *((f"band: {high}", {"band": Band("8a")}) for high in ("b 8a", "8(a)", "Band 8 - A", "8A, Agenda for Change")),
    ],
)
def test_a_value_means_what_a_person_means_by_it(content: str, fields: dict[str, Any]) -> None:
    post = read(
        "".join(f"{line}\n" for line in LEAST.splitlines() if not content.startswith(f"{line.split(':')[0]}:"))
        + content
    )
    assert {name: getattr(post, name) for name in fields} == fields


@pytest.mark.parametrize("codes", ["A/I", "A, I", "A & I", "a;i", "A I"])
def test_a_criterion_s_codes_are_read_in_one_line(codes: str) -> None:
    post = read(
        LEAST + f"criteria: {{add: [{{text: x, group: Skills, importance: Essential, assessed_by: '{codes}', "
        "serves: 'Leadership, pmo.budget.7'}]}\n"
    )
    (criterion,) = post.added_criteria
    assert (criterion.group, criterion.importance, criterion.assessed_by) == ("skills", "essential", ("A", "I"))
    assert criterion.serves == ("leadership", "pmo.budget.7")


def test_the_same_is_meant_by_a_list_of_posts_and_by_what_every_post_has(tmp_path: Path) -> None:
    (tmp_path / "posts.yaml").write_text("- {title: x, specialism: PMO, band: 7, hours: 37.50, values: 'A, B'}\n")
    (row,) = open_posts(tmp_path / "posts.yaml").rows
    assert row.problems == ()
    assert (row.entries.values["hours"], row.entries.values["values"]) == ("37.50", ["A", "B"])
    (tmp_path / "jdgen.toml").write_text("[post]\nhours = 37.50\nversion = 1.0\nvalues = 'A, B'\n")
    entries = load_common_entries(Workspace(tmp_path), NO_PLACEHOLDERS)
    assert entries is not None
    assert entries.values == {"hours": "37.50", "version": "1.0", "values": ["A", "B"]}


def test_what_stands_for_an_answer_is_told_among_commas_too(tmp_path: Path) -> None:
    file = parse_yaml((LEAST + "values: Kind, TBC\ndecisions: TBC\n").encode(), "post.yaml")
    entries = entries_of_yaml(file, Path(), load_placeholders(Workspace(tmp_path)))
    assert entries.values["values"] == ["Kind"]
    assert "decisions" not in entries.values
    assert [(remark.field, remark.quote) for remark in entries.remarks] == [("values", "TBC"), ("decisions", "TBC")]


def test_every_field_knows_where_it_was_given() -> None:
    post = read(LEAST + "duties:\n  omit:\n    - duty: pmo.budget.7\n      reason: none\n")
    assert post.where("band") == "post.yaml:3"
    assert post.where("duties.omit.0.duty") == "post.yaml:6"
    assert post.where("duties.omit.0.missing") == "post.yaml:6"
    assert post.where("employer") == "the post 'PMO manager'"


def test_posts_that_differ_only_in_where_they_were_given_are_equal() -> None:
    assert read(LEAST) == read("\n\n" + LEAST)


def test_options_win_over_the_file_field_by_field() -> None:
    file = entries_of_yaml(parse_yaml((LEAST + "employer: A\nbase: B\n").encode(), "post.yaml"), Path())
    post = post_of(file.overridden_by(options(band="8a", base="C")))
    assert (post.title, str(post.band), post.employer, post.base) == ("PMO manager", "8a", "A", "C")
    assert post.where("base") == "--base"
    assert post.where("employer") == "post.yaml:4"


def test_an_option_about_one_duty_leaves_the_order_of_duties_in_the_file() -> None:
    content = "duties:\n  order: [pmo.leadership.7]\n  omit: [{duty: pmo.budget.7, reason: none}]\n"
    file = entries_of_yaml(parse_yaml((LEAST + content).encode(), "post.yaml"), Path())
    choice = entries_of_options({"duties.keep": [{"duty": "pmo.resource.7"}]}, {"duties.keep": "--keep"}, Path())
    post = post_of(file.changed_by(choice))
    assert post.duty_order == ("pmo.leadership.7",)
    assert [duty.duty for duty in post.omitted_duties] == ["pmo.budget.7"]
    assert [duty.duty for duty in post.kept_duties] == ["pmo.resource.7"]
    assert post.is_option("duties.keep.0")


def test_an_option_takes_the_places_within_its_field_with_it() -> None:
    file = entries_of_yaml(
        parse_yaml((LEAST + "readings:\n  business-case: paired-bands\n").encode(), "post.yaml"), Path()
    )
    post = post_of(file.overridden_by(options(readings={"business-case": "boundary-8b-8c"})))
    assert post.where("readings.business-case") == "--readings"
    assert post.is_option("readings.business-case")
    assert not post.is_option("band")


def test_a_file_is_no_option_whatever_it_is_called() -> None:
    post = post_of(entries_of_yaml(parse_yaml(LEAST.encode(), "--our-post.yaml"), Path()))
    assert post.where("band") == "--our-post.yaml:3"
    assert not post.is_option("band")


def test_options_alone_make_a_post() -> None:
    post = post_of(options(title=" PMO manager ", specialism="pmo", band="Band 8A", employer=None))
    assert post == Post("PMO manager", "pmo", post.band)
    assert str(post.band) == "8a"


def test_all_missing_fields_are_told_with_how_to_give_them() -> None:
    assert problems("employer: A\n") == [
        "post.yaml: 'title' is missing: give the job title, without the band (title: PMO manager, or --title)",
        "post.yaml: 'specialism' is missing: name the framework's specialism (specialism: pmo, or --specialism)",
        "post.yaml: 'band' is missing: give the Agenda for Change band (band: 8a, or --band)",
    ]


@pytest.mark.parametrize("content", ["", "# nothing yet\n"])
def test_an_empty_post_file_is_told(content: str) -> None:
    assert problems(content) == ["post.yaml: is empty: give at least title, specialism and band"]


@pytest.mark.parametrize(
    ("band", "message"),
    [
        ("8", "band 8 is divided into 8a, 8b, 8c and 8d"),
        ("7 to " * 6_000, f"'{'7 to ' * 11}7 to…' is not an Agenda for Change band: 1 to 7, 8a, 8b, 8c, 8d or 9"),
        ("10", "'10' is not an Agenda for Change band: 1 to 7, 8a, 8b, 8c, 8d or 9"),
        *(
            (no, f"'{no}' is not an Agenda for Change band: 1 to 7, 8a, 8b, 8c, 8d or 9")
            for no in ("B7a", "Grade 7", "b")
        ),
        ("VSM", "'VSM' is not an Agenda for Change band: 1 to 7, 8a, 8b, 8c, 8d or 9"),
    ],
)
def test_a_band_that_is_none_is_told_at_its_line(band: str, message: str) -> None:
    assert problems(f"title: x\nspecialism: pmo\nband: {band}\n") == [
        f"post.yaml:3: {message}: write which one, such as 7 or 8a"
    ]


def test_a_band_that_is_none_is_told_by_its_option() -> None:
    (problem,) = problems_of(lambda: post_of(options(title="x", specialism="pmo", band="8")))
    assert problem.startswith("--band: band 8 is divided into ")


def test_an_unknown_key_is_told_with_the_nearest() -> None:
    (problem,) = problems(LEAST + "responsable_to: x\n")
    assert problem.startswith("post.yaml:4: unknown key 'responsable_to': did you mean 'responsible_to'?")


def test_an_unknown_key_within_a_group_is_told_with_the_nearest() -> None:
    (problem,) = problems(LEAST + "duties:\n  omitt: []\n")
    assert (
        problem == "post.yaml:5: unknown key 'omitt': did you mean 'omit'? Known here: add, omit, reword, order, keep"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("hours: true\n", "post.yaml:4: hours: true where text is meant: write 'true' in quotes"),
        ("hours: [37.5]\n", "post.yaml:4: hours is a list, where text is meant: hours a week: 37.5 hours a week"),
        (
            "values: {kind: x}\n",
            "post.yaml:4: values is a group of named entries, where text or a list is meant: "
            "the organisation's values, one each",
        ),
        (
            "specialist_competences: '!'\n",
            "post.yaml:4: specialist_competences '!' does not fit: a competence, such as Reviews",
        ),
        ("hours:\n", "post.yaml:4: hours is empty: hours a week: 37.5 hours a week"),
        ("relationships: [{who: x, purpose: y}]\n", "post.yaml:4: 'setting' is missing: internal or external"),
        (
            "values: []\nvalues: []\n",
            "post.yaml:5: 'values' stands here a second time: keep one; the first is in line 4",
        ),
        ('base: "a\\x07"\n', f"post.yaml:4: control character U+0007: {UNMEANT}"),
        (
            "criteria: {add: [{text: x, group: skills, importance: vital, assessed_by: [A]}]}\n",
            "post.yaml:4: unknown importance 'vital': use one of essential, desirable",
        ),
        (
            "criteria: {add: [{text: x, group: skills, importance: essential, assessed_by: []}]}\n",
            "post.yaml:4: assessed_by is empty: how it is assessed, by codes: A, I",
        ),
    ],
)
def test_each_kind_of_fault_is_told_at_its_line(content: str, message: str) -> None:
    assert problems(LEAST + content) == [message]


def test_faults_are_told_all_together() -> None:
    assert len(problems("title: []\nband: [1]\nspecialism: '!'\nzzz: 1\nhours: ''\n")) == 5


@pytest.mark.parametrize(
    "file", ["../logo.png", "a/../../logo.png", "/etc/logo.png", "\\\\server\\logo.png", "..\\logo.png", "C:\\logo.png"]
)
def test_a_picture_outside_the_posts_folder_is_refused(file: str) -> None:
    assert problems(LEAST + f"picture: {{file: '{file}', description: logo}}\n") == [
        f"post.yaml:4: the picture '{file}' is outside the post's folder: keep it beside the post file"
    ]


@pytest.mark.parametrize("file", ["logo.png", "pictures/logo.png", "logo..png"])
def test_a_picture_in_the_posts_folder_is_named_from_there(file: str, tmp_path: Path) -> None:
    post = read(LEAST + f"picture: {{file: '{file}', description: ' Our logo '}}\n", tmp_path)
    assert post.picture is not None
    assert post.picture.path == tmp_path / file
    assert post.picture.description == "Our logo"


@pytest.mark.parametrize("name", ["picture", "organisation_chart"])
def test_a_picture_without_a_description_is_told_at_its_place(name: str) -> None:
    (problem,) = problems(LEAST + f"{name}: {{file: chart.png}}\n")
    assert problem.startswith("post.yaml:4: ")
    assert "description" in problem


def test_each_picture_is_beside_the_file_that_names_it(tmp_path: Path) -> None:
    logo, chart = (
        "picture: {file: logo.png, description: Logo}\n",
        "organisation_chart: {file: a.png, description: A}\n",
    )
    common = entries_of_yaml(parse_yaml((LEAST + logo).encode(), "jdgen.yaml"), tmp_path)
    of_post = entries_of_yaml(parse_yaml((LEAST + chart).encode(), "post.yaml"), tmp_path / "posts")
    options_only = PostEntries({}, {}, tmp_path / "elsewhere")
    post = post_of(common.overridden_by(of_post).overridden_by(options_only))
    assert post.picture is not None
    assert post.organisation_chart is not None
    assert post.picture.path == tmp_path / "logo.png"
    assert post.organisation_chart.path == tmp_path / "posts" / "a.png"


def test_a_picture_and_a_band_that_are_wrong_are_told_together() -> None:
    assert len(problems("title: x\nspecialism: pmo\nband: 8\npicture: {file: ../x.png, description: y}\n")) == 2


@pytest.mark.parametrize("value", ["", "  ", "\n"])
def test_an_empty_option_is_told(value: str) -> None:
    assert [str(problem) for problem in options(title=value).problems] == [
        "--title: is empty: write it, or leave the option out"
    ]


def test_an_option_is_no_longer_than_a_cell() -> None:
    assert [str(problem) for problem in options(title="x" * 32_768).problems] == [
        "--title: holds 32,768 characters: shorten it to at most 32,767"
    ]


def test_control_characters_in_options_are_told_each_all_options_together() -> None:
    assert [
        str(problem)
        for problem in options(title="a\x07b\x0c", base="\x00", specialist_competences=["x", "\x1b[0m"]).problems
    ] == [
        "--title: control character U+0007: delete it",
        "--title: control character U+000C: delete it",
        "--base: control character U+0000: delete it",
        "--specialist-competences: control character U+001B: delete it",
    ]


def test_options_are_normalised_as_files_are() -> None:
    assert options(organisation="cafe\u0301\r\nbar").values["organisation"] == "café\nbar"


def test_numbers_that_count_the_entries_of_a_list_in_a_file_are_no_part_of_them(tmp_path: Path) -> None:
    file = tmp_path / "post.yaml"
    values = {"decisions": ["1. Leads it.", "2. Plans it."], "values": ["1. Kind", "Open"]}
    file.write_text(json.dumps({"title": "x", "specialism": "pmo", "band": "7", **values}), encoding="utf-8")
    post = post_of(entries_of_file(file))
    assert post.decisions == ("Leads it.", "Plans it.")
    assert post.values == ("1. Kind", "Open")


def test_marks_of_a_pasted_list_are_no_part_of_its_entries(tmp_path: Path) -> None:
    pasted = ["• Kind", "o\tOpen", "§\tFair", "- Calm", "-5% is none", "oh\tno", "–"]
    entries = ["Kind", "Open", "Fair", "Calm", "-5% is none", "oh no"]
    entry = {"heading": "Leadership", "text": "·\tChair the forum.\n·\tTake minutes."}
    values = {"title": "x", "specialism": "pmo", "band": "7", "values": pasted, "duties": {"add": [entry]}}
    file = tmp_path / "post.yaml"
    file.write_text(json.dumps(values | {"purpose": "• As it is"}), encoding="utf-8")
    sheet = workbook_file(tmp_path / "posts.xlsx", [row("x", "7", Values="\n".join(pasted))])
    post = post_of(entries_of_file(file, placeholders=load_placeholders(Workspace(tmp_path))))
    assert [" ".join(value.split()) for value in post.values] == entries
    (line,) = open_posts(sheet).rows
    assert list(post_of(line.entries).values) == entries
    assert [each.text for each in post.added_duties] == ["Chair the forum.\n·\tTake minutes."]
    assert post.purpose == "• As it is"


@pytest.mark.parametrize(
    "base",
    ["Old\tMill", "Old \u200bMill", "Old\u00a0Mill", "Old  Mill", "Old\nMill", "\ufeffOld Mill", "Old Mi\u00adll"],
)
def test_what_is_one_line_is_the_same_from_a_sheet_a_file_and_an_option(base: str, tmp_path: Path) -> None:
    sheet = tmp_path / "posts.csv"
    sheet.write_text(f'Job title,Specialism,Band,Base\nx,pmo,7,"{base}"\n', encoding="utf-8")
    file = tmp_path / "post.yaml"
    file.write_text(f"title: x\nspecialism: pmo\nband: 7\nbase: {json.dumps(base)}\n", encoding="utf-8")
    (row,) = open_posts(sheet).rows
    entries = (row.entries, entries_of_file(file), options(title="x", specialism="pmo", band="7", base=base))
    assert [post_of(each_entries).base for each_entries in entries] == ["Old Mill"] * 3
