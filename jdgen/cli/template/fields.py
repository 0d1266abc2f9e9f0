"""``jdgen template fields``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from jdgen.app import Permissions, find_workspace
from jdgen.app.template_fields import (
    CataloguedField,
    CatalogueKind,
    Usage,
    save_field_list,
    template_fields,
    template_usage,
)
from jdgen.cli.command import json_text, user_errors
from jdgen.cli.options import PATH, TEMPLATE, examples, replacing
from jdgen.cli.terminal import control_stream

_COLUMNS = ("field", "type", "may be empty", "meaning", "example")


@click.command(epilog=examples("jdgen template fields --docx fields.docx", "jdgen template fields our-jd.docx"))
@click.argument("template", type=TEMPLATE, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--docx", type=PATH, help="Write the list as a Word document to copy from.")
@replacing("Replace a Word document that is there, as jdgen wrote it.")
@user_errors
def fields(template: str | None, as_json: bool, docx: Path | None, permissions: Permissions) -> None:
    """List every field that a template may print: its type, meaning and an example.

    With TEMPLATE (a name, or a .docx file): check it, list the fields that it uses and what it repeats, and say how
    it is filled. What is piped to another program has one field a line, its columns separated by tabs.
    """
    if docx:
        if template is not None:
            raise click.UsageError("--docx lists all fields: leave the template out.")
        save_field_list(find_workspace(Path.cwd()), docx, permissions)
        click.echo(docx, err=as_json)
    if template is not None:
        usage = template_usage(find_workspace(Path.cwd()), template)
        click.echo(json_text(_usage_json(usage)) if as_json else "\n".join(_usage_lines(usage)))
    elif as_json:
        click.echo(json_text([_field_json(field) for field in template_fields(find_workspace(Path.cwd()))]))
    elif not docx:
        all_fields = template_fields(find_workspace(Path.cwd()))
        if sys.stdout.isatty():
            # The table is rich's, with letters in bold, and what people wrote is harmless in it already.
            click.echo(_tables(all_fields), file=control_stream(sys.stdout))
        else:
            click.echo("\n".join(_rows(all_fields)))


def _tables(all_fields: Sequence[CataloguedField]) -> str:
    # rich is slow to import, and only a person at a terminal needs it.
    from jdgen.cli.tables import field_tables  # noqa: PLC0415

    return field_tables(all_fields)


def _rows(all_fields: Sequence[CataloguedField]) -> Iterator[str]:
    """A heading and one line for each field, columns separated by tabs."""
    yield "\t".join(_COLUMNS)
    for field in all_fields:
        empty = "yes" if field.may_be_empty else "no"
        yield "\t".join((field.path, field.type, empty, field.meaning, field.example))


def _usage_lines(usage: Usage) -> Iterator[str]:
    """What a template uses, repeats and leaves out, and how it is filled."""
    yield f"{usage.name}: sound, {len(usage.used_fields)} fields"
    width = max((len(each.field.path) for each in usage.used_fields), default=0)
    for each in usage.used_fields:
        yield f"  {each.field.path:{width}}  {each.field.kind:{len(CatalogueKind.CHOICE)}}  {', '.join(each.places)}"
    yield "repeats" if usage.repeats else "repeats nothing"
    for repeat in usage.repeats:
        yield f"{'  ' * repeat.depth}for each of {repeat.over} ({repeat.place})"
    if usage.unused_fields:
        yield f"does not use {', '.join(field.name for field in usage.unused_fields)}"
    yield "fast path, filled from a compiled template made once"


def _usage_json(usage: Usage) -> dict[str, Any]:
    return {
        "template": usage.name,
        "fields": [{**_field_json(each.field), "places": each.places} for each in usage.used_fields],
        "repeats": [{"over": repeat.over, "depth": repeat.depth, "place": repeat.place} for repeat in usage.repeats],
        "unused": [field.path for field in usage.unused_fields],
        # There was a slow path once, and programs may ask for it.
        "path": "fast",
        "slow_because": "",
        "slow_for_picture": False,
    }


def _field_json(field: CataloguedField) -> dict[str, Any]:
    return {
        "path": field.path,
        "type": str(field.kind),
        "holds": field.holds,
        "may_be_empty": field.may_be_empty,
        "meaning": field.meaning,
        "example": field.example,
    }
