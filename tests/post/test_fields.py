"""The table of a post's fields and all that is held against it: a field that is left out anywhere is named."""

from __future__ import annotations

import csv
import dataclasses
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from jdgen.batch.namesakes import telling_fields
from jdgen.cli.generate import generate
from jdgen.cli.main import main
from jdgen.drafting.draft import DETAILS, PRINTED_ENTRIES, PROMPTED
from jdgen.drafting.model import GIVERS, JobDescription
from jdgen.drafting.texts import Giver, Text
from jdgen.post.answers import rules_of
from jdgen.post.field import DEMANDS, Field, FieldKind, Group, Naming
from jdgen.post.fields import BY_NAME, COLUMNS, FIELDS, headings_of
from jdgen.post.model import Post
from jdgen.post.reading import entries_of_file, post_of
from jdgen.post.values import post_of_values, post_values
from jdgen.sheets.reading import open_posts
from jdgen.template.checks.names import names_of
from jdgen.text_files.schemas import load_schema
from tests.toolbox.drafts import data, drafted

#: No post has it, and nothing but this table knows it.
MADE_UP = Field(
    "kite",
    FieldKind.LINE,
    Group.TERMS,
    "Kite flown",
    ("kite colour",),
    option="Kite.",
    is_asked=True,
    meaning="The kite that is flown",
    example="A red one",
    in_forms=("name of kite",),
)
#: What the schema says of the value of each kind.
NAME = {"type": "string", "pattern": "[A-Za-z0-9]"}
TEXT = {"type": "string", "pattern": "\\S"}
#: Editors need not ask for quotes around 37.5.
TEXT_OR_FIGURE = {"type": ["string", "number"], "pattern": "\\S"}
LIST_OR_TEXT = ["array", "string"]
NUMBER_OR_TEXT = {"type": ["string", "integer"]}
RULES: dict[FieldKind, dict[str, Any]] = {
    FieldKind.LINE: TEXT_OR_FIGURE,
    FieldKind.PROSE: TEXT,
    FieldKind.TEXTS: {"type": LIST_OR_TEXT, "items": TEXT},
    FieldKind.WORDS: {"type": LIST_OR_TEXT, "items": TEXT},
    FieldKind.ENTRIES: {"type": "array", "items": {"type": "object", "additionalProperties": False}},
    FieldKind.PICTURE: {"type": "object", "additionalProperties": False},
    FieldKind.BAND: NUMBER_OR_TEXT,
    FieldKind.LEVEL: {**NUMBER_OR_TEXT, "pattern": "\\S"},
    FieldKind.NAME: NAME,
    FieldKind.NAMES: {"type": LIST_OR_TEXT, "items": NAME},
    FieldKind.READINGS: {"type": "object", "additionalProperties": NAME},
    FieldKind.SKILLS: {"type": "object", "additionalProperties": {**NUMBER_OR_TEXT, "pattern": "\\S"}},
    FieldKind.OWN: {"type": "object", "additionalProperties": TEXT_OR_FIGURE},
}


def bare(rules: Any, like: Any) -> Any:
    """``rules`` with no more keys than ``like`` has."""
    if not isinstance(like, dict) or not isinstance(rules, dict):
        return rules
    return {key: bare(rules.get(key), like[key]) for key in like}


def in_schema(properties: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """The fields of the schema; ``duties`` and ``criteria`` only hold fields."""
    for key, rules in properties.items():
        if key in ("duties", "criteria"):
            yield from in_schema(rules["properties"], f"{key}.")
        else:
            yield f"{prefix}{key}"


def unlike_schema(fields: Iterable[Field]) -> set[str]:
    """The keys that the schema and the table do not both have, or not alike."""
    by_key = {field.key: field for field in fields}
    published = set(in_schema(load_schema("post")["properties"]))
    unlike = published ^ by_key.keys()
    for key in published & by_key.keys():
        field, rules = by_key[key], rules_of(tuple(key.split(".")))
        like = RULES[field.kind]
        parts = {part.name for part in dataclasses.fields(field.entry)} if field.entry else set()
        same_parts = not field.entry or parts == rules["items"]["properties"].keys()
        if bare(rules, like) != like or not same_parts or not rules.get("description"):
            unlike.add(key)
    return unlike


def unlike_model(fields: Iterable[Field]) -> set[str]:
    attributes = {part.name for part in dataclasses.fields(Post)} - {"places", "remarks"}
    return attributes ^ {field.name for field in fields}


def unlike_draft(fields: Iterable[Field]) -> set[str]:
    """What the table says is printed, and no draft has; and what a draft leaves to the table to explain, in vain."""
    printed_keys = {field.key for field in fields if field.meaning}
    unexplained = {part.name for part in dataclasses.fields(JobDescription) if "Annotated" not in str(part.type)}
    return printed_keys ^ unexplained


def unlike_prompts(fields: Iterable[Field]) -> set[str]:
    return {prompt["field"] for prompt in data("prompts.yaml")["prompts"]} ^ {
        prompt for field in fields for prompt in field.prompts
    }


#: A cell of each kind of column, and of each list whose entries have parts.
CELLS: dict[Any, str] = {
    **dict.fromkeys((FieldKind.LINE, FieldKind.PROSE, FieldKind.TEXTS, FieldKind.WORDS), "pmo"),
    **dict.fromkeys((FieldKind.NAME, FieldKind.NAMES), "pmo"),
    **dict.fromkeys((FieldKind.BAND, FieldKind.LEVEL), "8a"),
    FieldKind.READINGS: "business-case: boundary-8b-8c",
    FieldKind.SKILLS: "Communication: Working; Knotting: 3",
    "dimensions": "Staff: 3",
    "relationships": "Internal | Finance | agree",
    "duties.add": "Leadership: Chair it.",
    "duties.omit": "pmo.budget.6: others do",
    "duties.reword": "pmo.budget.6 | Watch it. | others do",
    "duties.keep": "pmo.budget.6: it is right",
    "criteria.add": "essential | experience | A, I | Ran a PMO",
    "criteria.omit": "resource-7: asked for",
}
CHECKS = (unlike_schema, unlike_model, unlike_draft, unlike_prompts)


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_that_is_held_against_the_table_is_unlike_it(check: Any) -> None:
    assert check(FIELDS) == set()


@pytest.mark.parametrize("check", CHECKS)
def test_a_field_of_the_table_alone_is_named(check: Any) -> None:
    assert check((*FIELDS, MADE_UP)) == {"kite"}


@pytest.mark.parametrize("check", CHECKS)
def test_a_field_that_the_table_lacks_is_named(check: Any) -> None:
    assert check([field for field in FIELDS if field.key != "employer"]) == {"employer"}


def test_a_field_of_another_kind_than_in_the_schema_is_named() -> None:
    fields = [field._replace(kind=FieldKind.TEXTS) if field.key == "base" else field for field in FIELDS]
    assert unlike_schema(fields) == {"base"}


def test_a_new_field_has_its_headings_and_is_known_by_what_forms_call_it() -> None:
    assert {words for words, column in headings_of((*FIELDS, MADE_UP)).items() if column.key == "kite"} == {
        *("kite", "kite flown", "kite colour"),
    }
    assert names_of((*FIELDS, MADE_UP))["name of kite"] == "kite"


def test_every_path_of_a_column_leads_to_a_text_or_a_list_in_the_schema() -> None:
    for field in FIELDS:
        for column in field.columns:
            assert rules_of(column.path)["description"], column.key
            assert column.needs in {"", *(other.key for other in field.columns)}


def test_the_fields_in_which_there_may_be_nothing_are_fields() -> None:
    nothing = data("placeholders.yaml")["nothing"]
    for name in (*nothing["printed"], *nothing["left_out"]):
        assert rules_of(tuple(name.split("."))), name


def test_a_draft_asks_for_all_that_the_table_says_it_does() -> None:
    assert sorted(PROMPTED) == sorted(prompt for field in FIELDS for prompt in field.prompts)


def test_each_list_of_entries_that_a_draft_asks_for_is_printed_in_its_own_way() -> None:
    assert PRINTED_ENTRIES.keys() == {detail.key for detail in DETAILS if detail.kind is FieldKind.ENTRIES}


SHORT = (FieldKind.LINE, FieldKind.NAME, FieldKind.NAMES, FieldKind.BAND, FieldKind.LEVEL)


@pytest.mark.parametrize("name", [field.name for field in FIELDS if field.kind in SHORT])
def test_a_short_field_can_tell_posts_of_one_name_apart(name: str) -> None:
    assert telling_fields([{name: "One"}, {name: "Other"}]) == (name,)


@pytest.mark.parametrize("name", [field.key for field in FIELDS if field.meaning and field.kind is FieldKind.LINE])
def test_a_text_of_the_post_is_printed_as_its_words_and_kept(name: str) -> None:
    answer: dict[str, Any] = {name: "So it is"}
    draft = drafted("7", **answer)
    text = getattr(draft, name)
    assert (text, type(text), text.giver) == ("So it is", Text, Giver.POST)
    assert GIVERS[name] is Giver.POST
    values = {"title": "PMO lead", "specialism": "pmo", "band": "7", name: "So it is"}
    post = post_of_values(values)
    assert getattr(post, name) == "So it is"
    assert post_values(post) == values | {"clauses": "general"}


def test_each_option_that_the_table_has_gives_its_field() -> None:
    # A short one may stand before it.
    options = {parameter.name: parameter.opts[-1:] for parameter in generate.params}
    assert {name: options.get(name) for name in BY_NAME if name in options} == {
        field.name: [field.flag] for field in FIELDS if field.option
    }


def test_the_texts_of_options_are_printed() -> None:
    texts = {
        field.key: field.flag for field in FIELDS if field.option and field.meaning and field.kind is FieldKind.LINE
    }
    options = [word for key, flag in texts.items() for word in (flag, f"the {key}")]
    needed = ["--specialism", "pmo", "--band", "7", "--dry-run", "--json"]
    result = CliRunner().invoke(main, ["generate", *needed, *options], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    draft = json.loads(result.stdout)["job_description"]
    assert {key: draft[key] for key in texts} == {key: f"the {key}" for key in texts}


@pytest.mark.parametrize("key", [key for key, column in COLUMNS.items() if not column.needs])
def test_a_column_gives_what_the_schema_takes(key: str, tmp_path: Path) -> None:
    field = next(field for field in FIELDS for column in field.columns if column.key == key)
    column = next(column for column in field.columns if column.key == key)
    head = column.heading if column.kind is FieldKind.SKILLS else key  # "Skills" is HR's for something else
    cells = {"title": "PMO lead", "specialism": "pmo", "band": "7", head: CELLS[key if key in CELLS else column.kind]}
    path = tmp_path / "posts.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([cells, cells.values()])
    (row,) = open_posts(path).rows
    assert not row.problems
    post_path = tmp_path / "post.yaml"
    post_path.write_text(json.dumps(row.entries.values), encoding="utf-8")
    assert entries_of_file(post_path).problems == ()
    assert getattr(post_of(row.entries), field.name)


def test_the_kinds_of_effort_are_those_of_the_schema() -> None:
    assert rules_of(("demands", "kind"))["enum"] == list(DEMANDS)


def test_what_names_a_post_is_printed_in_its_own_words() -> None:
    naming = [field.key for field in FIELDS if field.naming is not Naming.NOTHING]
    assert naming
    assert all(BY_NAME[name].meaning and not BY_NAME[name].kind.is_choice for name in naming)
