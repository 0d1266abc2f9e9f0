"""The validator in plain Python says what the usual one says: over odd posts of all kinds, and at random."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.text_files.plain_validation import Validator
from jdgen.text_files.schemas import load_schema

SCHEMAS = ("post", "workspace", "placeholders", "clauses", "nations", "prompts", "decisions")
_SAID = ("unexpected", "property", "types", "options")


def errors_of(validator: Any, value: Any) -> list[str]:
    """All that a validator has against ``value``, as far as messages are made of it."""
    return sorted(str(_error(error)) for error in validator.iter_errors(value))


def _error(error: Any) -> tuple[Any, ...]:
    kind = error.kind
    fields = [(name, getattr(kind, name)) for name in _SAID if hasattr(kind, name)]
    name = [kind.error.instance] if kind.name == "propertyNames" else []
    return tuple(error.instance_path), tuple(error.evaluation_path), kind.name, fields, name, error.instance


def both(schema: str) -> tuple[Any, Any]:
    rules = load_schema(schema)
    return jsonschema_rs.Draft202012Validator(rules), Validator(rules)


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize(
    "value",
    [
        5,
        [],
        {},
        {"title": 1.5, "zzz": 3, "band": [1], "readings": {"A B": "x"}, "hours": True, "values": ["", 3]},
        {"own": {"Bad Name": "x", "a": [5]}, "demands": [{"kind": "q"}], "relationships": [], "picture": {"file": "a"}},
        {"dimensions": [{"measure": " ", "text": "a"}], "duties": {"omit": [], "add": "x"}, "title": ""},
        {"band": 2.0, "level": 2.5, "title": -0.0},
        {"documents": {"nation": "France", "notes": 1}, "statements": {"share_limit": 101}, "own": {"A": ""}},
        {"criteria": {"essential_limit": 0}, "statements": {"share_limit": 0.5}},
    ],
)
def test_it_says_what_the_usual_validator_says(schema: str, value: Any) -> None:
    usual, plain = both(schema)
    assert errors_of(plain, value) == errors_of(usual, value)


def names_in(rules: Any) -> set[str]:
    """The names of all entries that a schema knows."""
    inner = rules.values() if isinstance(rules, dict) else rules if isinstance(rules, list) else ()
    names = set(rules.get("properties", {})) if isinstance(rules, dict) else set()
    return names.union(*map(names_in, inner))


def values_like(schema: str) -> st.SearchStrategy[dict[str, Any]]:
    """Entries with names of the schema and others, and anything in them."""
    keys = st.sampled_from([*sorted(names_in(load_schema(schema))), "x y", "A"])
    values = st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-3, 99)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.sampled_from(["", " ", "a", "8a", "{band}", "a\n", "two words"]),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=12,
    )
    return st.dictionaries(keys, values, max_size=6)


@pytest.mark.parametrize("schema", SCHEMAS)
@given(data=st.data())
def test_it_says_so_of_anything(schema: str, data: st.DataObject) -> None:
    value = data.draw(values_like(schema))
    usual, plain = both(schema)
    assert errors_of(plain, value) == errors_of(usual, value)


def test_a_schema_with_a_rule_that_it_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="oneOf"):
        Validator({"properties": {"a": {"oneOf": []}}})
    assert json.dumps(load_schema("framework")).count("oneOf")  # such as that of frameworks, which no page reads
    with pytest.raises(ValueError, match="not known"):
        Validator(load_schema("framework"))
