"""Checking a read file against its published JSON Schema, and saying what is wrong as a person would."""

from __future__ import annotations

import functools
import json
from collections.abc import Collection, Iterator
from typing import Any

import jsonschema_rs

from jdgen.bands import BandRange
from jdgen.errors import Problem, did_you_mean, listed
from jdgen.reading.yaml_file import Keys, YamlFile
from jdgen.workspace import shipped

_TYPES = {
    "string": "text",
    "array": "a list",
    "object": "a group of keys",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


def schema_named(name: str) -> dict[str, Any]:
    """The published schema ``name`` (``framework``, ``post``, ``clauses`` …) as plain values."""
    path = shipped() / "framework_data" / "schemas" / f"{name}.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


@functools.cache
def _validator(name: str) -> tuple[dict[str, Any], Any]:
    schema = schema_named(name)
    return schema, jsonschema_rs.Draft202012Validator(schema)


def schema_problems(file: YamlFile, schema_name: str) -> list[Problem]:
    """Every place where ``file`` departs from the schema, in the order of the file's lines."""
    return [problem for _, problem in departures(file, schema_name)]


def departures(file: YamlFile, schema_name: str, passed_over: Collection[Keys] = ()) -> list[tuple[Keys, Problem]]:
    """The same with the keys of each value that does not fit; but for the values at ``passed_over``, of which more has
    been said already."""
    schema, validator = _validator(schema_name)
    errors = (error for error in validator.iter_errors(file.value) if tuple(error.instance_path) not in passed_over)
    found = (said for error in errors for said in zip(_unfit_at(error), _said(error, file, schema), strict=True))
    return sorted(found, key=lambda said: (int(said[1].where.rpartition(":")[2]), said[1]))


def _unfit_at(error: Any) -> list[Keys]:
    """The keys of each value that ``error`` is about."""
    path: Keys = tuple(error.instance_path)
    is_unknown = error.kind.name == "additionalProperties"
    return [(*path, key) for key in error.kind.unexpected] if is_unknown else [path]


def _said(error: Any, file: YamlFile, schema: dict[str, Any]) -> Iterator[Problem]:
    path: Keys = tuple(error.instance_path)
    rules = _rules_at(schema, error.evaluation_path[:-1])
    kind = error.kind
    match kind.name:
        case "additionalProperties":
            for key in kind.unexpected:
                yield Problem(
                    file.where((*path, key)),
                    f"unknown key '{key}'",
                    did_you_mean(key, list(rules.get("properties", {}))),
                )
        case "required":
            yield Problem(file.where(path), f"'{kind.property}' is missing", _meaning(rules, kind.property))
        case "type":
            yield _wrong_type(file, path, error.instance, kind.types, rules)
        case "enum":
            written = file.written.get(path, "this")
            yield Problem(file.where(path), f"unknown {_field(path)} '{written}'", did_you_mean(written, kind.options))
        case "pattern" | "minLength" | "minItems" | "maxLength" | "minProperties":
            yield _unfit(file, path, rules)
        case "oneOf":
            ways = [" with ".join(way["required"]) for way in rules["oneOf"]]
            yield Problem(file.where(path), "it must have one way of saying it, and only one", listed(ways))
        case _:
            yield Problem(file.where(path), str(error.message), str(rules.get("description", "see the schema")))


def _wrong_type(file: YamlFile, path: Keys, value: Any, types: list[str], rules: dict[str, Any]) -> Problem:
    written, expected = file.written.get(path), " or ".join(_TYPES[name] for name in types)
    if value is not None and written is not None and "string" in types:
        return Problem(
            file.where(path), f"{_field(path)}: {written} where text is meant", f"write '{written}' in quotes"
        )
    what = f"{_field(path)} is empty" if value is None else f"{_field(path)} is not {expected}"
    return Problem(file.where(path), what, str(rules.get("description", f"write {expected}")))


def _unfit(file: YamlFile, path: Keys, rules: dict[str, Any]) -> Problem:
    written = file.written.get(path, "")
    if not written.strip():
        return Problem(
            file.where(path), f"{_field(path)} is empty", str(rules.get("description", "write it, or delete the key"))
        )
    if rules.get("x-kind") == "bands":
        try:
            BandRange.parse(written)
        except ValueError as error:
            return Problem(file.where(path), str(error), "write a band as '7' or a range as '8a-8d'")
    return Problem(
        file.where(path), f"{_field(path)} '{written}' does not fit", str(rules.get("description", "see the schema"))
    )


def _field(path: Keys) -> str:
    """The nearest key above a value: what a person would call it."""
    return next((part for part in reversed(path) if isinstance(part, str)), "the file")


def _meaning(rules: dict[str, Any], key: str) -> str:
    described = rules.get("properties", {}).get(key, {}).get("description")
    return str(described) if described else f"add '{key}'; required here: {listed(rules.get('required', []))}"


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
