"""How results are said: review notes for a person, JSON for a program."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Sequence
from typing import Any

import click

from jdgen.app.documents import Generated
from jdgen.batch.model import BatchedDocument
from jdgen.drafting.model import ReviewNote
from jdgen.errors import Problem


def report_notes(notes: Sequence[ReviewNote]) -> None:
    """Every review note, on standard error, under its topic."""
    if not notes:
        return
    click.echo(f"{len(notes)} review notes: look at each before the draft is used.", err=True)
    for topic in dict.fromkeys(note.topic for note in notes):
        click.echo(f"\n{topic}", err=True)
        for note in notes:
            if note.topic == topic:
                click.echo(f"  {note.subject}: {note.text}", err=True)


def report_problems(problems: Iterable[Problem]) -> None:
    """What went wrong and kept nothing from being made, on standard error."""
    for problem in problems:
        click.echo(f"warning: {problem}", err=True)


def generated_json(generated: Generated) -> str:
    """The document's path, the notes and the whole draft, as JSON."""
    draft = dataclasses.asdict(generated.job_description, dict_factory=_jsonable)
    notes = draft.pop("notes")
    return json.dumps(
        {"path": str(generated.path), "written": generated.written, "notes": notes, "job_description": draft},
        indent=2,
        ensure_ascii=False,
    )


def document_json(document: BatchedDocument) -> str:
    """One document of a batch, with its problems and notes, as one line of JSON."""
    told = {**vars(document), "seconds": round(document.seconds, 4)}
    told["problems"] = [str(problem) for problem in document.problems]
    told["notes"] = [vars(note) for note in document.notes]
    return json.dumps(told, ensure_ascii=False)


def _jsonable(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if not isinstance(value, bytes)}
