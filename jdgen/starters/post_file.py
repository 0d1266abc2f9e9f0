"""The post file that people begin with: every key, in the order in which people think, with guidance and an example.

What is known already is filled in; all else stands behind a ``#``. It asks in the words of the workbook of posts, and
its examples are those of the workbook, as a file says them.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jdgen.configuration import load_configuration
from jdgen.drafting.library import Library
from jdgen.post.field import Field, FieldKind, Group, SheetColumn
from jdgen.post.fields import FIELDS
from jdgen.post.forms import form_of
from jdgen.post.reading import PostEntries
from jdgen.sheets.rows import nested
from jdgen.starters.guidance import USUALLY_EMPTY, example_in, in_few_words, limit_of, what_to_write
from jdgen.starters.offers import examples_of, libraries_of, name_of, offers_of, statements_of
from jdgen.text_files.yaml_writing import yaml_lines
from jdgen.workspace import CONFIGURATION, Workspace

_WIDTH = 96
#: What begins a line that explains, and one that is an example.
_COMMENT, _EXAMPLE = "## ", "# "
_HOW = """\
This file says what only you know of one job. jdgen makes the job description from it.
Lines that begin with ## explain. Lines that begin with a single # are examples, which are not read. To answer, take \
away the # and the space behind it, from each line of the example, and write your own words.
What you leave out is a prompt in the document."""
# Examples of what a sheet usually leaves empty.
_OF_FILES: Mapping[str, str] = {
    "picture.file": "logo.png",
    "picture.description": "The name of the trust in white on blue",
    "posts_managed": "2 project analysts, Project support officer",
    "organisation_chart.file": "chart.png",
    "organisation_chart.description": "The programme office: this post reports to the head of planning and change.",
}
_OWN_EXAMPLE: Mapping[str, Any] = {"own": {"division": "Surgery", "post_number": "0071"}}


class NewPostFile(NamedTuple):
    """The text of a post file, and the keys of what every post needs and nothing says yet."""

    text: str
    missing: tuple[str, ...]


@dataclass(frozen=True)
class _Source:
    """What the file is made from: ``entries`` are filled in, by field; ``common`` is what the workspace says of every
    post; ``own_headings`` has those of the organisation's own fields; ``examples`` and ``offers`` are by column."""

    libraries: Sequence[Library]
    entries: Mapping[str, Any]
    common: Mapping[str, Any]
    own_headings: Mapping[str, str]
    examples: Mapping[str, str]
    offers: Mapping[str, Sequence[str]]


def post_file(
    workspace: Workspace, entries: PostEntries, common: PostEntries | None, fields: Collection[Field] = FIELDS
) -> NewPostFile:
    """A post file for the ``workspace``, with these ``entries`` filled in, and told which ``fields`` are ``common`` to
    all posts. A specialism is filled in where there is only one.

    Raises :class:`JdgenError` for names that nothing has, and for files with problems.
    """
    values, usual = dict(entries.values), common.values if common else {}
    libraries = libraries_of(
        workspace, values.get("specialism", usual.get("specialism")), values.get("framework", usual.get("framework"))
    )
    if len(libraries) == 1 and "specialism" not in {*values, *usual}:
        values["specialism"] = name_of(libraries[0].specialism)
    offers = offers_of(libraries, statements_of(workspace))
    source = _Source(
        libraries,
        values,
        usual,
        load_configuration(workspace).own,
        {**_OF_FILES, **dict(examples_of(libraries[0]))},
        {key: choices.words for key, choices in offers.items()},
    )
    missing = tuple(field.key for field in fields if field.needed and field.key not in {*values, *usual})
    return NewPostFile("\n".join((*_comment_lines(_HOW), *_groups(source, fields), "")), missing)


def _groups(source: _Source, fields: Collection[Field]) -> Iterator[str]:
    for group in Group:
        parent = ""
        yield from ("", f"##### {group.value}")
        for field in fields:
            if field.group is group:
                yield from ("", *_entry(field, source, is_first=field.key.partition(".")[0] != parent))
                parent = field.key.partition(".")[0] if "." in field.key else ""


def _entry(field: Field, source: _Source, *, is_first: bool) -> Iterator[str]:
    """The lines of one field. The key that several fields are in stands before the first of them."""
    if field.kind is FieldKind.OWN:
        yield from _own_fields(source)
        return
    usual = _value_at(field.key, source.common)
    yield from _comment_lines("\n".join(_guidance(field, source, usual)))
    if not is_first:
        yield from _comment_lines(f"It belongs under the line '{field.key.partition('.')[0]}:' above.")
    if field.key in source.entries:
        yield from yaml_lines({field.key: source.entries[field.key]})
        return
    example = _example(field, source) if usual is None else usual
    value: Any = example
    for key in reversed(field.key.split(".")):
        value = {key: value}
    # What has no example is a key to be filled in.
    lines = [line.removesuffix(" null") if example is None else line for line in yaml_lines(value)]
    yield from (f"{_EXAMPLE}{line}" for line in (lines if is_first else lines[1:]))


def _guidance(field: Field, source: _Source, usual: Any) -> Iterator[str]:
    """What to write, in paragraphs: a field of several parts has one for each thing that is asked."""
    questions = [what_to_write(field, column, source.libraries) for column in field.columns]
    first = "Needed. " if field.needed and usual is None else ""
    # How often and how long are asked alike for each kind of effort.
    first += "\n".join(dict.fromkeys(questions))
    yield " ".join(filter(None, (first, limit_of(field), _choices_in_words(field, source))))
    if usual is not None:
        common_words = in_few_words(usual)
        yield f"{CONFIGURATION} says it for every post: {common_words}. Write it here only where this post differs."


def _choices_in_words(field: Field, source: _Source) -> str:
    words = source.offers.get(field.key) if field.kind.is_choice else None
    return f"{'Any' if field.kind.has_several_choices else 'One'} of: {'; '.join(words)}." if words else ""


def _example(field: Field, source: _Source) -> Any:
    """What stands there as an example; nothing where there is none."""
    cells = {column.key: source.examples.get(column.key) or example_in(field, column) for column in field.columns}
    if field.kind in (FieldKind.READINGS, FieldKind.SKILLS):
        cells = {field.key: next(iter(source.offers.get(field.key, ())), "")}
    values = {
        column.key: _as_value(column, cells[column.key])
        for column in field.columns
        if cells[column.key] not in ("", USUALLY_EMPTY)
    }
    return _in_short(_value_at(field.key, nested(values)))


def _as_value(column: SheetColumn, cell: str) -> Any:
    """What a file says for what a cell says; names as they are printed, not as ids."""
    if column.kind is FieldKind.NAME:
        return cell
    return [cell] if column.kind is FieldKind.NAMES else form_of(column)(cell, lambda _: False)


def _in_short(value: Any) -> Any:
    """Entries with the lists in them on one line, as they are read too: ``A, I``."""
    if not isinstance(value, list):
        return value
    return [
        {key: ", ".join(part) if isinstance(part, list) else part for key, part in entry.items()}
        if isinstance(entry, dict)
        else entry
        for entry in value
    ]


def _own_fields(source: _Source) -> Iterator[str]:
    """The organisation's own fields, each with its heading and what every post has in it."""
    usual = source.common.get("own", {})
    yield from _comment_lines("Templates print them as {{ own.division }}.")
    if not source.own_headings:
        yield from (f"{_EXAMPLE}{line}" for line in yaml_lines(dict(_OWN_EXAMPLE)))
        return
    yield f"{_EXAMPLE}own:"
    for name, heading in source.own_headings.items():
        yield from _comment_lines(
            f"{heading}. {CONFIGURATION} says it for every post." if name in usual else f"{heading}."
        )
        lines = yaml_lines({name: usual[name]}) if name in usual else [f"{name}:"]
        yield from (f"{_EXAMPLE}  {line}" for line in lines)


def _value_at(key: str, values: Mapping[str, Any]) -> Any:
    """The value that ``duties.add`` leads to; nothing where there is none."""
    value: Any = values
    for part in key.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _comment_lines(text: str) -> Iterator[str]:
    for paragraph in text.split("\n"):
        yield from textwrap.wrap(
            paragraph, _WIDTH, initial_indent=_COMMENT, subsequent_indent=_COMMENT, break_on_hyphens=False
        )
