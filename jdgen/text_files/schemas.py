"""Files that were read, held against their published JSON Schemas; what is wrong is told as a person would."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from jdgen.errors import JdgenError, Problem, did_you_mean, list_words, nearest
from jdgen.levels import BandRange
from jdgen.text_files.plain_validation import Validator
from jdgen.text_files.values import Keys, PlacedProblem, YamlFile
from jdgen.words import shorten, slug
from jdgen.workspace import shipped_folder

# Values that are looked at before the validator is loaded.
_FEW = 16
# Characters of what is written that are shown; some paste a page where a word is meant.
_QUOTED = 81
_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "named entries",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


def load_schema(name: str) -> dict[str, Any]:
    """The published schema ``name`` (``framework``, ``post``, ``clauses`` …) as plain values."""
    path = shipped_folder() / "framework_data" / "schemas" / f"{name}.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


class _Schema:
    """A published schema, and what values have against it.

    The validator takes as long to load as the first few values take without it, and one post is all that most runs
    read: so these few are looked at by Python alone, which is enough to see that a value fits. Of one that does not,
    the validator says why.
    """

    def __init__(self, name: str) -> None:
        self.rules = load_schema(name)
        self._plain: Validator | None = None
        with suppress(ValueError):  # for a schema with rules that it does not know
            self._plain = Validator(self.rules)
        self._looks = _FEW if self._plain else 0

    def errors(self, value: Any, passed_over: Collection[Keys] = ()) -> list[Any]:
        """Every value in ``value`` that does not fit, but for those at ``passed_over``."""
        if self._plain and self._looks:
            self._looks -= 1
            if not _errors(self._plain, value, passed_over):
                return []
        return _errors(self._validator, _in_plain_texts(value), passed_over)

    @functools.cached_property
    def _validator(self) -> Any:
        try:
            import jsonschema_rs  # noqa: PLC0415  # slow to import, and most values fit
        except ImportError as error:  # in a browser, where there is nothing but Python's own library
            if self._plain:
                return self._plain
            right = "install jdgen anew, with all that it needs"
            raise JdgenError(Problem("jdgen", "the library jsonschema-rs cannot be loaded", right)) from error
        return jsonschema_rs.Draft202012Validator(self.rules)


_schema = functools.cache(_Schema)


def _errors(validator: Any, value: Any, passed_over: Collection[Keys]) -> list[Any]:
    return [error for error in validator.iter_errors(value) if tuple(error.instance_path) not in passed_over]


def schema_problems(file: YamlFile, schema_name: str) -> list[Problem]:
    """Every place where ``file`` departs from the schema, in the order of the file's lines; see :func:`departures`."""
    return [problem for _, problem in departures(file, schema_name)]


def departures(file: YamlFile, schema_name: str, passed_over: Collection[Keys] = ()) -> list[PlacedProblem]:
    """The same with the keys of each value that does not fit; but for the values at ``passed_over``, of which more has
    been said already."""
    schema = _schema(schema_name)
    rules = schema.rules
    errors = schema.errors(file.value, passed_over)
    placed_problems = _explained(errors, file, rules)
    # What stands under a misspelt key is held against the schema in the same round, and the key is not told as missing.
    meant_keys = _meant_keys(errors, rules)
    while meant_keys:
        file_as_meant = _with_keys(file, meant_keys)
        errors_of_meant = [
            (_as_written(tuple(error.instance_path), meant_keys), error) for error in schema.errors(file_as_meant.value)
        ]
        unfit = {keys for keys, error in errors_of_meant if error.kind.name == "type" and keys in meant_keys}
        if not unfit:
            errors_left = [error for keys, error in errors_of_meant if keys not in passed_over]
            placed_problems = [each for each in placed_problems if each[0] in meant_keys]
            placed_problems += [
                (_as_written(keys, meant_keys), problem)
                for keys, problem in _explained(errors_left, file_as_meant, rules)
            ]
            break
        meant_keys = {keys: name for keys, name in meant_keys.items() if keys not in unfit}
    return sorted(placed_problems, key=lambda each: (file.where(each[0]).number, each[1]))


def _in_plain_texts(value: Any) -> Any:
    """``value`` with texts of no other type than ``str``: the validator takes none, such as ids that know more."""
    if isinstance(value, dict):
        return {_in_plain_texts(key): _in_plain_texts(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_in_plain_texts(part) for part in value]
    return str(value) if isinstance(value, str) else value


def _explained(errors: Iterable[Any], file: YamlFile, schema: dict[str, Any]) -> list[PlacedProblem]:
    return [
        each for error in errors for each in zip(_unfit_at(error), _explain_error(error, file, schema), strict=True)
    ]


def _meant_keys(errors: Iterable[Any], schema: dict[str, Any]) -> dict[Keys, str]:
    """For each unknown key the one that is meant, where one is near and is not there itself."""
    meant_keys: dict[Keys, str] = {}
    for error in (error for error in errors if error.kind.name == "additionalProperties"):
        names_there = set(error.instance)
        names = list(_rules_at(schema, error.evaluation_path[:-1]).get("properties", {}))
        for key in error.kind.unexpected:
            if (name := nearest(key, names)) and name not in names_there:
                meant_keys[(*error.instance_path, key)] = name
                names_there.add(name)
    return meant_keys


def _with_keys(file: YamlFile, meant_keys: Mapping[Keys, str]) -> YamlFile:
    """``file`` with ``meant_keys`` in the place of those that were misspelt."""

    def as_meant(keys: Keys) -> Keys:
        return tuple(
            meant_keys.get(keys[: end + 1], str(key)) if isinstance(key, str) else key for end, key in enumerate(keys)
        )

    def value(plain: Any, path: Keys) -> Any:
        if isinstance(plain, dict):
            return {as_meant((*path, key))[-1]: value(entry, (*path, key)) for key, entry in plain.items()}
        if isinstance(plain, list):
            return [value(entry, (*path, index)) for index, entry in enumerate(plain)]
        return plain

    lines = {as_meant(keys): line for keys, line in file.lines.items()}
    texts = {as_meant(keys): text for keys, text in file.texts.items()}
    return replace(file, value=value(file.value, ()), lines=lines, texts=texts)


def _as_written(keys: Keys, meant_keys: Mapping[Keys, str]) -> Keys:
    """The keys as the file has them, of which ``meant_keys`` says what is meant."""
    written_keys: Keys = ()
    for key in keys:
        unknown = (each for each, name in meant_keys.items() if each[:-1] == written_keys and name == key)
        written_keys = next(unknown, (*written_keys, key))
    return written_keys


def _unfit_at(error: Any) -> list[Keys]:
    """The keys of each value that ``error`` is about."""
    path: Keys = tuple(error.instance_path)
    if error.kind.name == "propertyNames":
        return [(*path, error.kind.error.instance)]
    if error.kind.name == "required":
        return [(*path, error.kind.property)]
    is_unknown = error.kind.name == "additionalProperties"
    return [(*path, key) for key in error.kind.unexpected] if is_unknown else [path]


def _explain_error(error: Any, file: YamlFile, schema: dict[str, Any]) -> Iterator[Problem]:
    path: Keys = tuple(error.instance_path)
    rules = _rules_at(schema, error.evaluation_path[:-1])
    kind = error.kind
    match kind.name:
        case "additionalProperties":
            for key in kind.unexpected:
                yield Problem(
                    file.where((*path, key)),
                    f"unknown key '{_short(key)}'",
                    did_you_mean(key, list(rules.get("properties", {}))),
                )
        case "propertyNames":
            name = str(kind.error.instance)
            right = str(rules["description"])
            plain = slug(name).replace("-", "_")
            if re.search(rules["pattern"], plain):
                right = f"write {plain}: {right}"
            yield Problem(file.where((*path, name)), f"{file.title_of(path)}: '{_short(name)}' is no name", right)
        case "required":
            missing = (*path, kind.property)
            yield Problem(file.where(missing), f"'{file.title_of(missing)}' is missing", _meaning(rules, kind.property))
        case "type":
            yield _wrong_type(file, path, error.instance, kind.types, rules)
        case "enum":
            text = file.texts.get(path, "")
            if text.strip() and error.instance is not None:
                what = f"unknown {file.title_of(path)} '{_short(text)}'"
                yield Problem(file.where(path), what, did_you_mean(text, kind.options))
            else:
                yield _wrong_type(file, path, error.instance, ["string"], {"description": list_words(kind.options)})
        case "oneOf":
            ways = [" with ".join(way["required"]) for way in rules["oneOf"]]
            yield Problem(file.where(path), "it must have one way of saying it, and only one", list_words(ways))
        case _:
            yield _unfit(file, path, error.instance, rules)


def _wrong_type(file: YamlFile, path: Keys, value: Any, types: list[str], rules: dict[str, Any]) -> Problem:
    # A figure is a text, too.
    expected = " or ".join(_TYPES[name] for name in types if name != "number" or "string" not in types)
    text = file.texts.get(path)
    if value not in (None, "") and text is not None and "string" in types:
        what = f"{file.title_of(path)}: {_short(text)} where text is meant"
        return Problem(file.where(path), what, f"write '{_short(text)}' in quotes")
    if value is None or value == "":
        what = f"{file.title_of(path)} is empty"
    else:
        what = f"{file.title_of(path)} is {_actual(value)}, where {expected} is meant".replace(
            "entries is", "entries are"
        )
    return Problem(file.where(path), what, _description(rules, f"write {expected}") if path else _beginning(rules))


def _actual(value: Any) -> str:
    """What a value is, of which another kind is meant."""
    match value:
        case list():
            return "a list"
        case dict():
            return "a group of named entries"
        case bool():
            return "a word for true or false"
        case int() | float():
            return "a number"
    return "text"


def _beginning(rules: dict[str, Any]) -> str:
    """How a file begins that has named entries."""
    names = rules.get("required") or list(rules.get("properties", {}))
    return f"write entries with a name before each, such as {list_words(names[:3])}" if names else "write named entries"


def _description(rules: dict[str, Any], otherwise: str) -> str:
    return str(rules.get("description", otherwise))


def _unfit(file: YamlFile, path: Keys, value: Any, rules: dict[str, Any]) -> Problem:
    # A part of a text that was divided is written nowhere by itself.
    text = file.texts.get(path, value if isinstance(value, str) else "")
    if not text.strip():
        state = "is empty" if not value or isinstance(value, str) else "does not fit"
        what = f"{file.title_of(path)} {state}"
        return Problem(file.where(path), what, _description(rules, "write it, or delete the line"))
    if isinstance(value, int | float) and value < rules.get("minimum", value):
        what = f"{file.title_of(path)} is {value}, where at least {rules['minimum']} is meant"
        return Problem(file.where(path), what, _description(rules, "write a larger number"))
    if isinstance(value, int | float) and value > rules.get("maximum", value):
        what = f"{file.title_of(path)} is {value}, where at most {rules['maximum']} is meant"
        return Problem(file.where(path), what, _description(rules, "write a smaller number"))
    if rules.get("x-kind") == "bands":
        try:
            BandRange.parse(text)
        except ValueError as error:
            return Problem(file.where(path), str(error), "write a band as '7' or a range as '8a-8d'")
    what = f"{file.title_of(path)} '{_short(text)}' does not fit"
    return Problem(file.where(path), what, _description(rules, "`jdgen docs` lists what can be written there"))


def _short(text: str) -> str:
    return shorten(text, _QUOTED)


def _meaning(rules: dict[str, Any], key: str) -> str:
    description = rules.get("properties", {}).get(key, {}).get("description")
    return str(description) if description else f"add '{key}'; required here: {list_words(rules.get('required', []))}"


def _rules_at(schema: dict[str, Any], steps: list[str | int]) -> dict[str, Any]:
    """The part of ``schema`` in which the failing rule stands; a step through ``$ref`` goes to its target,
    and what stands beside ``$ref`` (a nearer description) goes with it."""
    rules: Any = schema
    for step in steps:
        if step == "$ref":
            target = rules["$ref"].removeprefix("#/").split("/")
            rules = functools.reduce(lambda part, name: part[name], target, schema) | rules
        else:
            rules = rules[step]
    return rules if isinstance(rules, dict) else {}
