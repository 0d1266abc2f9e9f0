"""Tables for a person at a terminal, drawn with rich, which is slow to import: only what shows a table imports this."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from jdgen.app.frameworks import Framework, Specialism
from jdgen.app.template_fields import CataloguedField
from jdgen.cli.terminal import control_stream
from jdgen.harmless import harmless

_WIDTH = 100


def show_ladder(framework: Framework, specialism: Specialism) -> None:
    """Print a table for each heading of ``specialism``, with a column for each of its statements, and one of the levels
    of skills that each of its levels needs."""
    console = Console(file=control_stream(sys.stdout), highlight=False)
    every = "" if specialism.scale.is_empty else f"every {specialism.scale.word}"
    for row in specialism.rows:
        title = f"{row.group}: {row.title}" if row.group else row.title
        has_head = not specialism.scale.is_empty
        table = Table(title=_harmless(title), title_justify="left", box=box.SQUARE, expand=True, show_header=has_head)
        for statement in row.statements:
            table.add_column(_harmless(str(statement.levels or every)), ratio=1, overflow="fold")
        texts = [statement.full_text for statement in row.statements]
        if silent := row.silent_levels(specialism.levels):
            table.add_column(_harmless(", ".join(map(str, silent))), ratio=1, overflow="fold")
            texts.append("(nothing is said)")
        table.add_row(*map(_harmless, texts))
        console.print(table)
    if specialism.required_skills:
        console.print(_skill_table(framework, specialism))


def _skill_table(framework: Framework, specialism: Specialism) -> Table:
    """A row for each skill, with a column for each level of ``specialism``."""
    table = Table(title="Skills", title_justify="left", box=box.SQUARE, expand=True)
    for name in ("", *map(str, specialism.levels)):
        table.add_column(_harmless(name), ratio=1, overflow="fold")
    levels_by_skill = [
        {requirement.skill: str(requirement.at) for requirement in specialism.skills_at(level)}
        for level in specialism.levels
    ]
    for skill in framework.skills:
        if any(skill.id in levels for levels in levels_by_skill):
            table.add_row(_harmless(skill.title), *(_harmless(levels.get(skill.id, "–")) for levels in levels_by_skill))
    return table


def _harmless(text: str) -> Text:
    """``text`` of anybody's: what rich makes goes past the edge that shows it harmless (see :mod:`.terminal`)."""
    return Text(harmless(text))


def field_tables(fields: Sequence[CataloguedField]) -> str:
    """``fields`` as tables of at most 100 columns, one table for the fields of one owner."""
    owners = list(dict.fromkeys(field.owner for field in fields))
    by_owner = sorted(fields, key=lambda field: owners.index(field.owner))
    console = Console(width=_WIDTH, highlight=False)
    with console.capture() as capture:
        for owner, owned in groupby(by_owner, key=lambda field: field.owner):
            console.print(_field_table(owner, owned))
    return capture.get().rstrip()


def _field_table(owner: str, owned: Iterator[CataloguedField]) -> Table:
    title = Text(owner or "the draft", style="bold")
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, width=_WIDTH)
    table.add_column("field", no_wrap=True)
    for name, ratio in (("type", 3), ("meaning", 5), ("example", 4)):
        table.add_column(name, ratio=ratio, overflow="fold")
    for field in owned:
        meaning = f"{field.meaning} (may be empty)" if field.may_be_empty else field.meaning
        table.add_row(*(_harmless(text) for text in (field.name, field.type, meaning, field.example)))
    return table
