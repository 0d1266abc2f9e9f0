"""The options that say what is known of a post, one for each field that has one."""

from __future__ import annotations

from typing import Any

import click

from jdgen.app.documents import FIELDS, FieldKind
from jdgen.cli.names import FRAMEWORK, SPECIALISM
from jdgen.errors import JdgenError, Problem

#: Fields that most drafts are told by options.
_SHORT = {"specialism": "-s", "band": "-b"}
_TYPES = {"specialism": SPECIALISM, "framework": FRAMEWORK}


def post_options(command: Any) -> Any:
    """An option for each field of a post that has one."""
    for field in reversed(FIELDS):
        if field.option:
            several = field.kind.has_several_choices
            metavar = _PAIRS[field.kind][0] if field.kind in _PAIRS else "TEXT"
            short = [_SHORT[field.name]] if field.name in _SHORT else []
            option = click.option(
                *(*short, field.flag, field.name),
                type=_TYPES.get(field.name),
                multiple=several,
                metavar=metavar,
                help=field.option,
            )
            command = option(command)
    return command


def given_fields(options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The post's fields among the options, and the option of each."""
    given = {field: options[field.name] for field in FIELDS if field.option}
    return (
        {field.name: _value(field.kind, written) for field, written in given.items()},
        {field.name: field.flag for field in given},
    )


def _value(kind: FieldKind, written: Any) -> Any:
    """What an option says: options that may be repeated say nothing, where they are not given."""
    if kind in _PAIRS:
        return _pairs(written, *_PAIRS[kind]) or None
    return (list(written) or None) if kind is FieldKind.NAMES else written


#: Options that name something and what is chosen for it: how they are written, the option, and an example.
_PAIRS = {
    FieldKind.READINGS: ("HEADING=READING", "--reading", "business-case=boundary-8b-8c"),
    FieldKind.SKILLS: ("SKILL=LEVEL", "--skill", "communication=Working"),
}


def _pairs(written: tuple[str, ...], form: str, option: str, example: str) -> dict[str, str]:
    if unfit := [text for text in written if text.count("=") != 1]:
        noun = option.removeprefix("--")
        raise JdgenError(
            Problem(option, f"'{text}' is no {noun}", f"write {form}, such as {example}") for text in unfit
        )
    return {name: chosen for name, _, chosen in (text.partition("=") for text in written)}
