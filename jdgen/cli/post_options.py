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
            several = field.kind in (FieldKind.NAMES, FieldKind.READINGS)
            metavar = "HEADING=READING" if field.kind is FieldKind.READINGS else "TEXT"
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
    if kind is FieldKind.READINGS:
        return _readings(written) or None
    return (list(written) or None) if kind is FieldKind.NAMES else written


def _readings(written: tuple[str, ...]) -> dict[str, str]:
    unfit = [text for text in written if text.count("=") != 1]
    if unfit:
        raise JdgenError(
            Problem(
                "--reading", f"'{text}' is no reading", "write HEADING=READING, such as business-case=boundary-8b-8c"
            )
            for text in unfit
        )
    return {heading: reading for heading, _, reading in (text.partition("=") for text in written)}
