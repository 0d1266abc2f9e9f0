"""The pages of the reference, written from what they are about: commands from Click, fields of a post and of templates
from their tables, files from their schemas. ``make docs`` puts them into the site, so none of them can fall behind."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import click

from jdgen.cli.main import LazyGroup, main
from jdgen.post.field import Field, Group
from jdgen.post.fields import FIELDS
from jdgen.template.catalogue import catalogue
from jdgen.text_files.schemas import load_schema
from jdgen.workspace import shipped_folder

__all__ = ["COMMANDS", "FILES", "Page", "command_sections", "file_pages", "pages"]

#: Folders of the pages, below which mkdocs.yml has them.
COMMANDS = "reference/commands/"
FILES = "reference/files/"
Schema = Mapping[str, Any]

#: Which file has a schema, by its name: where it is in a workspace, or what it is usually called; and the page that
#: says how it is used.
_PLACES = {
    "workspace": ("jdgen.toml", "workspace.md"),
    "post": ("post.yaml", "post-files.md"),
    "columns": ("our-columns.toml", "spreadsheet.md"),
    "decisions": ("decisions.yaml", "releases.md"),
    "criteria": ("framework_data/criteria/", "criteria.md"),
    "clauses": ("framework_data/clauses/", "workspace.md"),
    "framework": ("framework_data/frameworks/", "frameworks.md"),
    "levels": ("framework_data/levels/", "levels.md"),
    "layout": ("NAME.layout.toml", "importing.md"),
    "adaptations": ("framework_data/adaptations/", "frameworks.md"),
    "doubts": ("framework_data/doubts/", "post-files.md"),
    "prompts": ("framework_data/prompts.yaml", "workspace.md"),
    "placeholders": ("framework_data/placeholders.yaml", "spreadsheet.md"),
    "headings": ("framework_data/headings.yaml", "spreadsheet.md"),
    "nations": ("framework_data/nations.yaml", "workspace.md"),
}
_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "keys with values",
    "null": "nothing",
}
#: Under these a schema has others that speak of the same value.
_BRANCHES = ("then", "else", "oneOf", "anyOf", "allOf")


class Page(NamedTuple):
    """A page of the site: its place in it, what it is called among others, and what it says, as Markdown."""

    place: str
    name: str
    text: str


def pages() -> list[Page]:
    """Every page of the reference."""
    commands = [page for _, section in command_sections() for page in section]
    return [*commands, _post_fields(), _template_fields(), *file_pages()]


# --- commands


def command_sections() -> list[tuple[str, list[Page]]]:
    """A page for each command, under the headings of ``jdgen --help``."""
    assert isinstance(main, LazyGroup)
    context = click.Context(main, info_name="jdgen", **main.context_settings)
    return [
        (title, [_command_page(context, main, name) for name in commands]) for title, commands in main.sections.items()
    ]


def _command_page(parent: click.Context, group: click.Group, name: str) -> Page:
    command = group.get_command(parent, name)
    assert command is not None, name
    return Page(f"{COMMANDS}{name}.md", name, "\n".join(_command(parent, command, name, 1)) + "\n")


def _command(parent: click.Context, command: click.Command, name: str, depth: int) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent)
    yield f"{'#' * depth} {context.command_path}\n"
    yield from _paragraphs(command.help or "")
    yield f"```\n{' '.join([context.command_path, *command.collect_usage_pieces(context)])}\n```\n"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            subcommand = command.get_command(context, below)
            assert subcommand is not None, below
            yield from _command(context, subcommand, below, depth + 1)
        return
    records = [
        record for each in command.get_params(context) if (record := each.get_help_record(context)) and record[1]
    ]
    yield _table(("Option", "What it does"), ((_code(names), _plain(text)) for names, text in records))
    before, _, examples = (command.epilog or "").partition("\b\nExamples:\n")
    yield from _paragraphs(before)
    if examples:
        yield f"For example:\n\n```\n{inspect.cleandoc(examples)}\n```\n"


def _paragraphs(help_text: str) -> Iterator[str]:
    """What a command says of itself; lines that are set in from the others are a block."""
    for paragraph in re.split(r"\n\s*\n", inspect.cleandoc(help_text.replace("\b", ""))):
        if paragraph.startswith("  "):
            yield "```\n" + "\n".join(line.strip() for line in paragraph.splitlines()) + "\n```\n"
        else:
            yield _plain(" ".join(paragraph.split())) + "\n"


# --- fields


def _post_fields() -> Page:
    described = load_schema("post")["properties"]
    parts = [
        "# Fields of a post\n",
        "What a post file, a row of a sheet and the options of `jdgen generate` can say of a post. A key with a dot is "
        "written below the one before it. The [post file](files/post.md) has every key with its parts, "
        "[post files](../post-files.md) and [spreadsheets](../spreadsheet.md) say how to write them.\n",
    ]
    for group in Group:
        rows = [row for field in FIELDS if field.group is group for row in _field_rows(field, described)]
        parts += [f"## {group.value}\n", _table(("Key", "What it is", "Column of a sheet", "Option"), rows)]
    return Page("reference/fields.md", "Fields of a post", "\n".join(parts))


def _field_rows(field: Field, described: Schema) -> Iterator[tuple[str, str, str, str]]:
    schema = described
    for key in field.key.split("."):
        schema = schema.get("properties", schema)[key]
    meaning = _sentence(schema["description"])
    option = _code(field.flag) if field.option else ""
    first, *others = field.columns or (None,)
    yield _code(field.key), f"{meaning} ({field.kind.value})", first.heading if first else "", option
    for column in filter(None, others):
        yield "", "", column.heading, ""


def _template_fields() -> Page:
    rows = (
        (_code(field.path), _plain(field.type), _plain(field.meaning), _plain(str(field.example)))
        for field in catalogue()
    )
    text = (
        "# Fields of templates\n\n"
        "What a Word template may print. `[]` stands for each entry of a list; [Word templates](../templates.md) says "
        "how tags are written. `jdgen template fields` prints the same list, with the fields of your own.\n\n"
    )
    return Page(
        "reference/template-fields.md",
        "Fields of templates",
        text + _table(("Field", "Type", "What it is", "Example"), rows),
    )


# --- files


def file_pages() -> list[Page]:
    """A page for each schema. Raises :class:`KeyError` with the name of one that no page is known for."""
    names = {path.name.removesuffix(".schema.json") for path in (shipped_folder() / "framework_data/schemas").iterdir()}
    if missing := names ^ _PLACES.keys():
        raise KeyError(f"tools/reference.py has no place, or one too many, for {', '.join(sorted(missing))}")
    return [_file_page(name, *place) for name, place in _PLACES.items()]


def _file_page(name: str, place: str, page: str) -> Page:
    schema = load_schema(name)
    title, _, meaning = schema["title"].partition(": ")
    text = [
        f"# {title}\n",
        f"{_sentence(_plain(meaning))}.\n" if meaning else "",
        _plain(schema.get("description", "")) + "\n",
        f"Where: {_code(place)}. How it is used: [{page.removesuffix('.md')}](../../{page}). "
        f"Its schema, for editors: `framework_data/schemas/{name}.schema.json`.\n",
        *_tables(_keys(schema, schema, "", ())),
    ]
    return Page(f"{FILES}{name}.md", title, "\n".join(filter(None, text)))


class _Key(NamedTuple):
    """A key of a file: the path of what it stands in, and the cells of its row."""

    path: str
    name: str
    needed: str
    type: str
    meaning: str


def _tables(keys: Iterable[_Key]) -> Iterator[str]:
    """A table for what stands at the top of a file, and one for each thing with keys of its own below it."""
    below: dict[str, list[_Key]] = {}
    for key in keys:
        below.setdefault(key.path, []).append(key)
    for path, rows in below.items():
        if path:
            yield f"## {_code(path)}\n"
        heads = ("Key", "Needed", "Type", "What it is")
        yield _table(heads, ((_code(key.name), key.needed, key.type, key.meaning) for key in rows))


def _keys(schema: Schema, root: Schema, path: str, inside: tuple[str, ...]) -> Iterator[_Key]:
    """Each key that ``schema`` allows, and those below it: each once, also where branches of it say it twice."""
    keys: dict[tuple[str, str], _Key] = {}
    for key in _keys_of_branches(schema, root, path, inside):
        before = keys.get(key[:2])
        if before is None or (key.meaning and not before.meaning):
            keys[key[:2]] = key
    yield from keys.values()


def _keys_of_branches(schema: Schema, root: Schema, path: str, inside: tuple[str, ...]) -> Iterator[_Key]:
    needed = schema.get("required", ())
    properties = dict(schema.get("properties", {}))
    if isinstance(others := schema.get("additionalProperties"), Mapping):
        properties["NAME"] = others
    for name, below in properties.items():
        value, refs = _resolve(below, root)
        is_needed = "yes" if name in needed else ""
        yield _Key(path, name, is_needed, _type(value, root), _sentence(value.get("description", "")))
        if not set(refs) & set(inside):
            yield from _below(value, root, f"{path}.{name}".lstrip("."), (*inside, *refs))
    for branch in _branches(schema):
        value, refs = _resolve(branch, root)
        if not set(refs) & set(inside):
            yield from _keys_of_branches(value, root, path, (*inside, *refs))


def _below(schema: Schema, root: Schema, path: str, inside: tuple[str, ...]) -> Iterator[_Key]:
    if items := schema.get("items"):
        value, refs = _resolve(items, root)
        if not set(refs) & set(inside):
            yield from _below(value, root, f"{path}[]", (*inside, *refs))
    yield from _keys(schema, root, path, inside)


def _branches(schema: Schema) -> Iterator[Schema]:
    for word in _BRANCHES:
        rules = schema.get(word, ())
        yield from [rules] if isinstance(rules, Mapping) else rules


def _resolve(schema: Schema, root: Schema) -> tuple[Schema, tuple[str, ...]]:
    """``schema`` with what it refers to, where its own words win, and the names of what that was."""
    refs: tuple[str, ...] = ()
    while "$ref" in schema:
        ref = schema["$ref"].removeprefix("#/$defs/")
        schema = {**root["$defs"][ref], **{word: value for word, value in schema.items() if word != "$ref"}}
        refs = (*refs, ref)
    return schema, refs


def _type(schema: Schema, root: Schema) -> str:
    if "enum" in schema:
        return "one of " + ", ".join(_code(str(each)) for each in schema["enum"])
    if "const" in schema:
        return _code(str(schema["const"]))
    types = schema.get("type", [])
    names = [_TYPES[each] for each in ([types] if isinstance(types, str) else types)]
    if not names:
        names = [_type(_resolve(branch, root)[0], root) for branch in _branches(schema)]
    return " or ".join(dict.fromkeys(filter(None, names)))


# --- Markdown


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(' '.join(cell.split()) for cell in line)} |" for line in lines) + "\n"


def _code(text: str) -> str:
    """``text`` letter by letter; a bar between backticks ends no cell."""
    return f"`{text}`"


def _plain(text: str) -> str:
    """``text`` with nothing in it that Markdown takes for its own but code."""
    pieces = re.split(r"(`[^`]*`)", text)
    return "".join(each if each.startswith("`") else re.sub(r"([*_<|\[{])", r"\\\1", each) for each in pieces)


def _sentence(text: str) -> str:
    return _plain(text[:1].upper() + text[1:])
