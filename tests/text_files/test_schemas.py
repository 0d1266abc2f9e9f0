from __future__ import annotations

import copy
import functools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from jdgen.errors import JdgenError
from jdgen.text_files.schemas import _schema, departures, load_schema, schema_problems
from jdgen.text_files.values import YamlFile
from jdgen.text_files.yaml_reading import parse_yaml, read_yaml
from tests.toolbox.data import DATA
from tests.toolbox.examples import ROOT
from tests.toolbox.other_levels import DATA as LEVELS_DATA

NAMES = (
    *("framework", "post", "adaptations", "doubts", "criteria", "clauses", "prompts", "placeholders", "levels"),
    "nations",
)
FILES = [
    *(("framework", path) for path in sorted(DATA.glob("frameworks/*.yaml"))),
    *(("adaptations", path) for path in sorted(DATA.glob("adaptations/*.yaml"))),
    *(("doubts", path) for path in sorted(DATA.glob("doubts/*.yaml"))),
    *(("criteria", path) for path in sorted(DATA.glob("criteria/*.yaml"))),
    *(("clauses", path) for path in sorted(DATA.glob("clauses/*.yaml"))),
    ("prompts", DATA / "prompts.yaml"),
    ("placeholders", DATA / "placeholders.yaml"),
    ("headings", DATA / "headings.yaml"),
    ("nations", DATA / "nations.yaml"),
    ("levels", LEVELS_DATA / "levels/example-roles.yaml"),
    *(("framework", path) for path in sorted(LEVELS_DATA.glob("frameworks/*.yaml"))),
    *(("criteria", path) for path in sorted(LEVELS_DATA.glob("criteria/*.yaml"))),
    *(("post", path) for path in sorted(ROOT.glob("examples/posts/*.yaml"))),
]
FILE_OF = {name: next(path for schema, path in FILES if schema == name) for name in NAMES}


def problems(content: str, schema: str = "post") -> list[str]:
    return [str(problem) for problem in schema_problems(parse_yaml(content.encode(), "f.yaml"), schema)]


def problems_of_value(value: Any, schema: str) -> list[str]:
    return problems(dumped(value), schema)


@functools.cache
def read_by_pyyaml(path: Path) -> Any:
    """The file's values as PyYAML's own loader makes them: another reader than ours."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def shipped_value(name: str) -> Any:
    return copy.deepcopy(read_by_pyyaml(FILE_OF[name]))


def dumped(value: Any) -> str:
    text: str = yaml.dump(value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    return text


def with_reference(schema: dict[str, Any], rules: dict[str, Any]) -> dict[str, Any]:
    return schema["$defs"][rules["$ref"].rpartition("/")[2]] if "$ref" in rules else rules


def places(schema: dict[str, Any], rules: dict[str, Any], value: Any, path: tuple[Any, ...] = ()) -> Iterator[Any]:
    """Every group of keys in ``value`` with the rules for it; of a list, the first entry stands for all."""
    rules = with_reference(schema, rules)
    if isinstance(value, dict):
        yield path, rules
        for key, part in value.items():
            if key in rules.get("properties", {}):
                yield from places(schema, rules["properties"][key], part, (*path, key))
    elif isinstance(value, list) and value:
        yield from places(schema, rules["items"], value[0], (*path, 0))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


REQUIRED = [
    (name, path, key)
    for name in NAMES
    for path, rules in places(load_schema(name), load_schema(name), shipped_value(name))
    for key in rules.get("required", [])
]
GROUPS = [
    (name, path) for name in NAMES for path, _ in places(load_schema(name), load_schema(name), shipped_value(name))
]


@pytest.mark.parametrize("name", NAMES)
def test_each_published_schema_is_valid_json_schema(name: str) -> None:
    assert load_schema(name)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    jsonschema_rs.meta.validate(load_schema(name))


def test_there_is_no_schema_that_this_file_does_not_test() -> None:
    # Those of a workspace, of columns and of layouts are of TOML files (tests/test_configuration.py,
    # tests/acceptance/batch, tests/importing), that of decisions is of a file that nobody ships
    # (tests/acceptance/release), and that of headings has hardly any keys of its own; the file itself is read above.
    schemas = {path.name.removesuffix(".schema.json") for path in DATA.glob("schemas/*.json")}
    assert schemas == {*NAMES, "workspace", "columns", "layout", "decisions", "headings"}


@pytest.mark.parametrize(("schema", "path"), FILES, ids=lambda part: part.name if isinstance(part, Path) else part)
def test_every_shipped_file_fits_its_schema(schema: str, path: Path) -> None:
    assert schema_problems(read_yaml(path), schema) == []
    jsonschema_rs.validator_for(load_schema(schema)).validate(read_by_pyyaml(path))


@pytest.mark.parametrize(("schema", "path"), FILES, ids=lambda part: part.name if isinstance(part, Path) else part)
def test_an_editor_finds_the_schema_of_every_shipped_file(schema: str, path: Path) -> None:
    head, _, schema_path = path.read_text(encoding="utf-8").split("\n", 1)[0].partition("$schema=")
    assert head == "# yaml-language-server: "
    assert (path.parent / schema_path).resolve() == DATA / "schemas" / f"{schema}.schema.json"


@pytest.mark.parametrize("name", NAMES)
def test_every_value_that_people_write_is_described(name: str) -> None:
    schema = load_schema(name)
    for path, rules in places(schema, schema, shipped_value(name)):
        for key, part in rules.get("properties", {}).items():
            assert (
                part.get("description")
                or with_reference(schema, part).get("description")
                or "type" in with_reference(schema, part)
            ), (path, key)


@pytest.mark.parametrize(("name", "path", "key"), REQUIRED)
def test_a_required_key_that_is_missing_is_told_at_its_group(name: str, path: tuple[Any, ...], key: str) -> None:
    value = shipped_value(name)
    del at(value, path)[key]
    text = dumped(value)
    where = parse_yaml(text.encode(), "f.yaml").where(path)
    assert any(problem.startswith(f"{where}: '{key}' is missing: ") for problem in problems(text, name))


@pytest.mark.parametrize(("name", "path"), GROUPS)
def test_an_unknown_key_is_told_in_every_group(name: str, path: tuple[Any, ...]) -> None:
    value = shipped_value(name)
    group = at(value, path)
    group["frobnicate"] = "x"
    assert any(": unknown key 'frobnicate': use one of " in problem for problem in problems_of_value(value, name))


def test_an_unknown_key_is_told_with_the_nearest_at_its_own_line() -> None:
    (problem,) = problems("title: x\nbase: y\ndepartmnet: z\n")
    assert problem.startswith("f.yaml:3: unknown key 'departmnet': did you mean 'department'?")


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        # What is wrong below it is told in the same round.
        (
            "title: x\ndutes:\n  ordre: 5\n",
            ["f.yaml:2: unknown key 'dutes'", "f.yaml:3: unknown key 'ordre'"],
        ),
        ("demand:\n- kind: menta\n  text: x\n", ["f.yaml:1: unknown key 'demand'", "f.yaml:2: unknown kind 'menta'"]),
        # It may be another key than the nearest, whose values are of another kind.
        ("value: {a: b}\n", ["f.yaml:1: unknown key 'value'"]),
        # The one that is meant is there already.
        ("base: x\nbse: [5]\n", ["f.yaml:2: unknown key 'bse'"]),
    ],
)
def test_what_stands_under_a_misspelt_key_is_told_in_the_same_round(content: str, messages: list[str]) -> None:
    assert [problem.split(": did you mean")[0] for problem in problems(content)] == messages


def test_a_misspelt_key_is_not_told_as_missing_too() -> None:
    value = shipped_value("framework")
    value["specialism"] = value.pop("specialisms")
    (problem,) = problems_of_value(value, "framework")
    assert "unknown key 'specialism': did you mean 'specialisms'" in problem


def test_many_problems_are_told_at_once_in_the_order_of_lines() -> None:
    messages = problems("title: [5]\nzzz: 1\nband: [7]\nvalues: []\nyyy: 2\nbase: ''\ndimensions: [{text: a}]\n")
    assert [problem.split(": ")[0] for problem in messages] == [
        "f.yaml:1",
        "f.yaml:2",
        "f.yaml:3",
        "f.yaml:5",
        "f.yaml:6",
        "f.yaml:7",
    ]


def test_lines_are_ordered_as_numbers() -> None:
    messages = problems("\n" * 8 + "zzz: 1\nyyy: 1\n")
    assert [problem.split(": ")[0] for problem in messages] == ["f.yaml:9", "f.yaml:10"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("about: 6", "f.yaml:1: about: 6 where text is meant: write '6' in quotes"),
        ("about: 2.50", "f.yaml:1: about: 2.50 where text is meant: write '2.50' in quotes"),
        ("title: yes", "f.yaml:1: title: yes where text is meant: write 'yes' in quotes"),
        ("base:", "f.yaml:1: base is empty: place of work"),
        ("base: ~", "f.yaml:1: base is empty: place of work"),
        ("base: null", "f.yaml:1: base is empty: place of work"),
        ("base: '  '", "f.yaml:1: base is empty: place of work"),
        ("base: ''", "f.yaml:1: base is empty: place of work"),
        ("base: [a]", "f.yaml:1: base is a list, where text is meant: place of work"),
        ("values: 6", "f.yaml:1: values: 6 where text is meant: write '6' in quotes"),
        (
            "dimensions: x",
            "f.yaml:1: dimensions is text, where a list is meant: the size of the job: staff, budget, population, "
            "systems",
        ),
        ("values:\n- a\n- ''", "f.yaml:3: values is empty: one value"),
        ("duties: x", "f.yaml:1: duties is text, where named entries are meant: changes to the framework's duties"),
        (
            "demands:\n- kind: menta\n  text: x",
            "f.yaml:2: unknown kind 'menta': did you mean 'mental'? Known here: "
            "physical, mental, emotional, environment",
        ),
        (
            "role_category: '!'",
            "f.yaml:1: role_category '!' does not fit: the kind of role, such as specialist; "
            "`jdgen framework show` lists them",
        ),
    ],
)
def test_each_kind_of_misfit_is_told_with_what_would_be_right(content: str, problem: str) -> None:
    assert problems(content) == [problem]


def test_a_list_where_a_group_is_meant_is_told() -> None:
    (problem,) = problems("- title: x")
    assert problem.startswith("f.yaml:1: the file is a list, where named entries are meant: ")


@pytest.mark.parametrize("name", [name for name in NAMES if name != "post"])
def test_an_empty_file_is_told(name: str) -> None:
    (problem,) = problems("", name)
    assert problem.startswith("f.yaml:1: the file is ")


def test_no_message_shows_the_whole_of_a_value() -> None:
    value = shipped_value("framework")
    statement = value["specialisms"][0]["headings"][0]["statements"][0]
    statement["entries"] = ["x"]
    (problem,) = problems_of_value(value, "framework")
    assert problem.endswith(": it must have one way of saying it, and only one: text, entries")
    assert statement["text"] not in problem


def test_a_change_with_two_ways_of_changing_is_told() -> None:
    value = shipped_value("adaptations")
    value["adaptations"][0]["changes"][0]["append"] = "."
    (problem,) = problems_of_value(value, "adaptations")
    assert problem.endswith(": it must have one way of saying it, and only one: find with write, append, drop_end")


def test_a_count_below_the_least_is_told() -> None:
    value = shipped_value("framework")
    value["competences"][0]["source"]["line"] = 0
    (problem,) = problems_of_value(value, "framework")
    assert "line is 0, where at least 1 is meant" in problem


def test_a_number_above_the_most_is_told() -> None:
    (problem,) = problems_of_value({"statements": {"share_limit": 130}}, "workspace")
    assert "share_limit is 130, where at most 100 is meant: a percentage from 0 to 100" in problem


@pytest.mark.parametrize("file", ["../prompts.yaml", "/etc/passwd", "a/b.txt", "..", "c:\\x", ".hidden"])
def test_a_framework_names_no_file_outside_the_sources(file: str) -> None:
    value = shipped_value("framework")
    value["source"]["file"] = file
    (problem,) = problems_of_value(value, "framework")
    assert f"file '{file}' does not fit: a plain file name" in problem


@pytest.mark.parametrize(
    ("part", "key", "text"),
    [("qualifications", "one", "a degree"), ("qualifications", "several", "one of them")],
)
def test_the_wording_of_qualifications_must_have_a_place_for_them(part: str, key: str, text: str) -> None:
    value = shipped_value("criteria")
    value[part][key] = text
    (problem,) = problems_of_value(value, "criteria")
    assert f"{key} '{text}' does not fit" in problem


@pytest.mark.parametrize(("key", "text"), [("band", "the band"), ("evaluated_band", "{band} as evaluated")])
def test_phrases_must_have_a_place_for_the_band_and_the_reference(key: str, text: str) -> None:
    value = shipped_value("prompts")
    value["phrases"][key] = text
    (problem,) = problems_of_value(value, "prompts")
    assert f"{key} '{text}' does not fit" in problem


def test_a_jdgen_that_is_not_installed_whole_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's own validator knows what a schema of posts says, and no more: it is never taken for the usual one."""
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    _schema.cache_clear()
    assert schema_problems(YamlFile("post.yaml", {"duties": 7}, {}, {}), "post")
    with pytest.raises(JdgenError, match="the library jsonschema-rs cannot be loaded: install jdgen anew"):
        schema_problems(YamlFile("framework.yaml", {}, {}, {}), "framework")
    _schema.cache_clear()


def test_the_validator_is_loaded_for_what_does_not_fit_and_for_many_values() -> None:
    def is_loaded(value: object, passed_over: tuple[tuple[str | int, ...], ...] = (), times: int = 1) -> bool:
        _schema.cache_clear()
        for _ in range(times):
            departures(YamlFile("post.yaml", value, {}, {}), "post", passed_over)
        return "_validator" in vars(_schema("post"))

    assert not is_loaded({"title": "Analyst", "specialism": "PMO", "band": 6})
    assert is_loaded({"title": [], "specialism": "PMO", "band": 6})
    assert not is_loaded({"title": [], "specialism": "PMO", "band": 6}, passed_over=(("title",),))
    assert is_loaded({"title": "Analyst", "specialism": "PMO", "band": 6}, times=17)
    _schema.cache_clear()
    # A schema with rules that only the validator knows is its from the first.
    departures(YamlFile("framework.yaml", {}, {}, {}), "framework")
    assert "_validator" in vars(_schema("framework"))
