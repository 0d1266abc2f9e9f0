"""Values held against a JSON Schema by Python alone: without the validator that jdgen is installed with.

That one is no Python, and slow to load. So this one looks at the first values of a run, and at all in a browser, where
nothing but Python's own library can be had. It knows the keywords that the schemas of post files, settings and such
have, and refuses a schema that has another; its errors say what those of jsonschema-rs say (tests hold both against
each other), so that people read the same words of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeAlias

_Path: TypeAlias = tuple[str | int, ...]
_Rules: TypeAlias = Mapping[str, Any]
#: Keywords that say nothing against a value.
_ANNOTATIONS = frozenset({"$schema", "$id", "title", "description"})


class SchemaError(NamedTuple):
    """One value that does not fit: where it is, by which rule of the schema, and what that says (``kind``)."""

    instance_path: _Path
    evaluation_path: _Path
    instance: Any
    kind: SimpleNamespace


class Validator:
    """Holds values against ``schema``. Raises ``ValueError`` for one with keywords that are not known here."""

    def __init__(self, schema: _Rules) -> None:
        _refuse_unknown(schema)
        self._schema = schema

    def iter_errors(self, value: Any) -> Iterator[SchemaError]:
        """Every value in ``value`` that does not fit."""
        yield from _errors(value, self._schema, (), ())


def _refuse_unknown(rules: _Rules) -> None:
    if unknown := set(rules) - set(_KEYWORDS) - _ANNOTATIONS:
        raise ValueError(f"keywords that are not known: {', '.join(sorted(unknown))}")
    inner = [*rules.get("properties", {}).values(), rules.get("items"), rules.get("propertyNames")]
    for part in (*inner, rules.get("additionalProperties")):
        if isinstance(part, dict):
            _refuse_unknown(part)


def _errors(value: Any, rules: _Rules, at: _Path, by: _Path) -> Iterator[SchemaError]:
    for keyword, rule in rules.items():
        if keyword in _KEYWORDS:
            yield from _KEYWORDS[keyword](value, rule, rules, at, (*by, keyword))


def _error(value: Any, at: _Path, by: _Path, **details: Any) -> SchemaError:
    return SchemaError(at, by, value, SimpleNamespace(**{"name": by[-1], **details}))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


# In the order in which jsonschema-rs lists types.
_IS: Mapping[str, Callable[[Any], bool]] = {
    "null": lambda value: value is None,
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: _is_number(value) and value == int(value),
    "number": _is_number,
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
}


def _type(value: Any, rule: Any, _: _Rules, at: _Path, by: _Path) -> Iterator[SchemaError]:
    types = [name for name in _IS if name in ([rule] if isinstance(rule, str) else rule)]
    if not any(_IS[name](value) for name in types):
        yield _error(value, at, by, types=types)


def _enum(value: Any, rule: Any, _: _Rules, at: _Path, by: _Path) -> Iterator[SchemaError]:
    if value not in rule:
        yield _error(value, at, by, options=rule)


def _pattern(value: Any, rule: Any, _: _Rules, at: _Path, by: _Path) -> Iterator[SchemaError]:
    if isinstance(value, str) and not re.search(rule, value):
        yield _error(value, at, by, pattern=rule)


def _minimum(value: Any, rule: Any, _: _Rules, at: _Path, by: _Path) -> Iterator[SchemaError]:
    if _is_number(value) and value < rule:
        yield _error(value, at, by, limit=rule)


def _maximum(value: Any, rule: Any, _: _Rules, at: _Path, by: _Path) -> Iterator[SchemaError]:
    if _is_number(value) and value > rule:
        yield _error(value, at, by, limit=rule)


def _min_items(value: Any, rule: Any, _: _Rules, at: _Path, by: _Path) -> Iterator[SchemaError]:
    if isinstance(value, list) and len(value) < rule:
        yield _error(value, at, by, limit=rule)


def _items(value: Any, rule: Any, _: _Rules, at: _Path, by: _Path) -> Iterator[SchemaError]:
    for index, entry in enumerate(value if isinstance(value, list) else ()):
        yield from _errors(entry, rule, (*at, index), by)


def _required(value: Any, rule: Any, _: _Rules, at: _Path, by: _Path) -> Iterator[SchemaError]:
    for name in rule if isinstance(value, dict) else ():
        if name not in value:
            yield _error(value, at, by, property=name)


def _properties(value: Any, rule: Any, _: _Rules, at: _Path, by: _Path) -> Iterator[SchemaError]:
    for name, part in value.items() if isinstance(value, dict) else ():
        if name in rule:
            yield from _errors(part, rule[name], (*at, name), (*by, name))


def _additional(value: Any, rule: Any, rules: _Rules, at: _Path, by: _Path) -> Iterator[SchemaError]:
    properties = rules.get("properties", {})
    others = [name for name in value if name not in properties] if isinstance(value, dict) else []
    if rule is False and others:
        yield _error(value, at, by, unexpected=others)
    for name in others if isinstance(rule, dict) else ():
        yield from _errors(value[name], rule, (*at, name), by)


def _property_names(value: Any, rule: Any, _: _Rules, at: _Path, by: _Path) -> Iterator[SchemaError]:
    for name in value if isinstance(value, dict) else ():
        for error in _errors(name, rule, at, by):
            kind = SimpleNamespace(name="propertyNames", error=error)
            yield SchemaError(at, error.evaluation_path, value, kind)


_KEYWORDS: Mapping[str, Callable[[Any, Any, _Rules, _Path, _Path], Iterator[SchemaError]]] = {
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "minimum": _minimum,
    "maximum": _maximum,
    "minItems": _min_items,
    "items": _items,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "propertyNames": _property_names,
}
