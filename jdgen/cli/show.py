"""``jdgen show``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.notes import RankedNote
from jdgen.app.records import GenerationRecord, RecordedDocument, open_notes, read_recorded_document
from jdgen.app.records import annotate as annotate_copy
from jdgen.cli.command import json_text, user_errors
from jdgen.cli.notes import ALL, CHOICES, NONE, note_lines, notes_shown, ranked_note_json
from jdgen.cli.options import PATH, examples
from jdgen.cli.terminal import STANDARD_OUTPUT, terminal_width
from jdgen.dates import printed_record_day
from jdgen.words import shorten

_NOTES_SHOWN = [choice for choice in CHOICES if choice != NONE]


class _Command(click.Command):
    """A command whose ``--notes`` may stand without a word: at the end, and before an option or the document."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read ``args``, with all notes meant where no word follows."""
        pairs = zip(args, [*args[1:], ""], strict=True)
        return super().parse_args(
            ctx, [f"{arg}={ALL}" if arg == "--notes" and _is_no_word(next_) else arg for arg, next_ in pairs]
        )


def _is_no_word(arg: str) -> bool:
    return not arg or arg.startswith("-") or bool(Path(arg).suffix)


@click.command(
    cls=_Command,
    epilog=examples(
        "jdgen show 'output/Job description PMO manager band 7.docx'",
        "jdgen show 'output/Job description PMO manager band 7.docx' --notes",
    ),
)
@click.argument("document", type=PATH)
@click.option(
    "--notes",
    type=click.Choice(_NOTES_SHOWN),
    help="Show the review notes that are still open: all, where no word follows, or fewer, as `jdgen generate` does.",
)
@click.option("--annotate", type=PATH, help="Write a copy to this .docx file, with the open notes as Word comments.")
@click.option("--json", "as_json", is_flag=True, help="Print the whole record as JSON, every printed paragraph too.")
@user_errors
def show(document: Path, notes: str | None, annotate: Path | None, as_json: bool) -> None:
    """Show what DOCUMENT was made from: post, framework and template, and what has happened to it since. The file may
    have been moved, renamed, and saved by Word or LibreOffice."""
    workspace = find_workspace(Path.cwd())
    recorded_document = read_recorded_document(document, workspace)
    notes_in_order = open_notes(recorded_document, workspace) if notes or annotate else ()
    if annotate:
        annotate_copy(document, annotate, notes_shown(notes_in_order, notes or ALL), workspace)
        click.echo(annotate)
    elif as_json:
        notes_json = {"notes": [ranked_note_json(note) for note in notes_in_order]} if notes else {}
        click.echo(json_text(_json(recorded_document) | notes_json))
    elif notes:
        _show_notes(recorded_document, notes_in_order, notes)
    else:
        _show_record(recorded_document)


def _show_notes(document: RecordedDocument, notes_in_order: Sequence[RankedNote], choice: str) -> None:
    if not document.record.notes:
        text = "an earlier version of jdgen made it, and kept no review notes but its prompts"
        click.echo(f"{document.name}: {text}", err=True)
    if not notes_in_order:
        click.echo(f"{document.name}: no review note is open", err=True)
    for line in note_lines(notes_in_order, choice, terminal_width(STANDARD_OUTPUT)):
        click.echo(line)


def _show_record(document: RecordedDocument) -> None:
    record = document.record
    day = printed_record_day(record.drafted)
    click.echo(f"{document.name}: {document.handling}")
    rows = (
        ("document", record.document_id),
        ("record", f"in {document.origin}"),
        ("framework", f"{record.framework}, {record.framework_version} (source {record.framework_sha256[:12]})"),
        ("template", f"{record.template} ({record.template_sha256[:12]})"),
        ("wording", record.wording or "not in the record"),
        ("date", f"{day}, named by the user" if record.dated else day),
        ("made by", record.program),
        ("paragraphs", f"{len(record.blocks)} printed from data"),
    )
    for name, value in rows:
        click.echo(f"  {name:<12}{value}")
    click.echo("post")
    for name, value in record.post.items():
        click.echo(f"  {name}: {_line(value)}")
    if document.changed_blocks:
        click.echo("changed since, or taken out")
        texts = {block.id: block.text for block in record.blocks}
        for block in document.changed_blocks:
            click.echo(f"  {block}: {_line(texts[block])}")


def _line(value: Any) -> str:
    return shorten(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), 100)


def _json(document: RecordedDocument) -> dict[str, Any]:
    return {
        "path": document.name,
        "handling": str(document.handling),
        "record_in": document.origin.name.lower(),
        "changed": document.changed_blocks,
        "record": _record_json(document.record),
    }


def _record_json(record: GenerationRecord) -> dict[str, Any]:
    withdrawn = [{"place": text.place, "text": text.text, "is_heading": text.is_heading} for text in record.withdrawn]
    return {
        "document_id": record.document_id,
        "framework": record.framework,
        "framework_version": record.framework_version,
        "framework_sha256": record.framework_sha256,
        "template": record.template,
        "template_sha256": record.template_sha256,
        "drafted": record.drafted,
        "program": record.program,
        "inputs": record.inputs,
        "parts": record.parts,
        "wording": record.wording,
        "dated": record.dated,
        "picture": record.picture,
        "template_texts": record.template_texts,
        "organisation_chart": record.organisation_chart,
        "post": record.post,
        "blocks": [{"id": block.id, "text": block.text, "giver": block.giver} for block in record.blocks],
        **({"withdrawn": withdrawn} if withdrawn else {}),
    }
