"""The options that say what is known of a post, one for each field that has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import click

from jdgen.app.documents import FIELDS, Field, FieldKind
from jdgen.cli.options import FRAMEWORK, SPECIALISM
from jdgen.cli.pairs import read_choices, read_pairs

#: Fields that most drafts are told by options.
_SHORT = {"specialism": "-s", "band": "-b"}
_TYPES = {"specialism": SPECIALISM, "framework": FRAMEWORK}
# Options that name something and what is chosen for it: how they are written, and an example.
_CHOICES = {
    FieldKind.READINGS: ("HEADING=READING", "business-case=boundary-8b-8c"),
    FieldKind.SKILLS: ("SKILL=LEVEL", "communication=Working"),
}
_WITH_REASON = ("DUTY[=REASON]", "pmo.budget.7='finance does it'", "reason")
# Options that change single duties: how they are written, an example, and which part of the entry stands after the
# duty.
_CHANGES = {
    "duties.omit": _WITH_REASON,
    "duties.reword": ("DUTY=TEXT", "pmo.budget.7='Keep the budget.'", "text"),
    "duties.keep": _WITH_REASON,
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
        form, *_ = _CHOICES.get(field.kind) or _CHANGES.get(field.key) or ("TEXT",)
        option = click.option(
            *(*short, field.flag, field.name),
            type=_TYPES.get(field.name),
            multiple=field.kind.has_several_choices or field.key in _CHANGES,
            metavar=form,
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
    if field.kind in _CHOICES:
        form, example = _CHOICES[field.kind]
        return read_choices(field.flag, form, option_value, example) or None
    if field.key in _CHANGES:
        form, example, part = _CHANGES[field.key]
        return [_change(part, *pair) for pair in read_pairs(field.flag, form, option_value, example)] or None
    return (list(option_value) or None) if field.kind is FieldKind.NAMES else option_value


def _change(part: str, duty: str, text: str) -> dict[str, str]:
    """The entry of a ``duty`` that is named, with the ``text`` after it, if there is any."""
    return {"duty": duty, part: text} if text else {"duty": duty}
