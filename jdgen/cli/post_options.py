"""The options that say what is known of a post, one for each field that has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

from jdgen.app.documents import FIELDS, Field, FieldKind
from jdgen.cli.options import FRAMEWORK, SPECIALISM
from jdgen.errors import JdgenError, Problem

#: Fields that most drafts are told by options.
_SHORT = {"specialism": "-s", "band": "-b"}
_TYPES = {"specialism": SPECIALISM, "framework": FRAMEWORK}
# Options that name something and what is chosen for it: how they are written, the option, and an example.
_PAIRS = {
    FieldKind.READINGS: ("HEADING=READING", "--reading", "business-case=boundary-8b-8c"),
    FieldKind.SKILLS: ("SKILL=LEVEL", "--skill", "communication=Working"),
}
# Options that change single duties: how they are written, and which part of the entry stands after the duty.
_CHANGES = {
    "duties.omit": ("DUTY[=REASON]", "reason"),
    "duties.reword": ("DUTY=TEXT", "text"),
    "duties.keep": ("DUTY[=REASON]", "reason"),
}


def post_options(command: Any) -> Any:
    """An option for each field of a post that has one, but for its changes to single duties."""
    return _with_options(command, (field for field in FIELDS if field.option and field.key not in _CHANGES))


def change_options(command: Any) -> Any:
    """The options of its changes to single duties. A post file, which is to last, has a reason for each."""
    return _with_options(command, (field for field in FIELDS if field.key in _CHANGES))


def _with_options(command: Any, fields: Iterable[Field]) -> Any:
    for field in reversed(list(fields)):
        short = [_SHORT[field.name]] if field.name in _SHORT else []
        form, _ = _CHANGES.get(field.key, ("TEXT", ""))
        option = click.option(
            *(*short, field.flag, field.name),
            type=_TYPES.get(field.name),
            multiple=field.kind.has_several_choices or field.key in _CHANGES,
            metavar=_PAIRS[field.kind][0] if field.kind in _PAIRS else form,
            help=field.option,
        )
        command = option(command)
    return command


def given_fields(options: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The post's fields among the options, and the option of each."""
    fields = [field for field in FIELDS if field.name in options]
    values = {field.key: _value(field, options[field.name]) for field in fields}
    return values, {field.key: field.flag for field in fields}


def _value(field: Field, option_value: Any) -> Any:
    """What an option says: options that may be repeated say nothing, where they are not given."""
    if field.kind in _PAIRS:
        return _pairs(option_value, *_PAIRS[field.kind]) or None
    if field.key in _CHANGES:
        return _changes(option_value, field.flag, *_CHANGES[field.key]) or None
    return (list(option_value) or None) if field.kind is FieldKind.NAMES else option_value


def _pairs(texts: tuple[str, ...], form: str, option: str, example: str) -> dict[str, str]:
    if unfit := [text for text in texts if text.count("=") != 1]:
        noun = option.removeprefix("--")
        raise JdgenError(
            Problem(option, f"'{text}' is no {noun}", f"write {form}, such as {example}") for text in unfit
        )
    return {name: choice for name, _, choice in (text.partition("=") for text in texts)}


def _changes(texts: tuple[str, ...], option: str, form: str, part: str) -> list[dict[str, str]]:
    """The duties that are named, each with what stands after it, which is a ``part`` of its entry."""
    entries = {text: [each.strip() for each in text.split("=", 1)] for text in texts}
    fewest = 1 if "[" in form else 2
    if unfit := [text for text, parts in entries.items() if not all(parts) or len(parts) < fewest]:
        right = f"write {form.replace('[', ' or DUTY').replace(']', '')}"
        raise JdgenError(Problem(option, f"'{text}' says nothing of a duty", right) for text in unfit)
    return [dict(zip(("duty", part), parts, strict=False)) for parts in entries.values()]
