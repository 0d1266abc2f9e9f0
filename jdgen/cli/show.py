"""``jdgen show``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.records import RecordedDocument, read_recorded_document
from jdgen.cli.options import PATH
from jdgen.cli.terminal import user_errors
from jdgen.words import shorten


@click.command()
@click.argument("document", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print the whole record as JSON, every printed paragraph too.")
@user_errors
def show(document: Path, as_json: bool) -> None:
    """Show what DOCUMENT was made from: post, framework and template, and what has happened to it since. The file may
    have been moved, renamed, and saved by Word or LibreOffice."""
    recorded = read_recorded_document(document, find_workspace(Path.cwd()))
    if as_json:
        click.echo(json.dumps(_json(recorded), ensure_ascii=False, indent=2))
        return
    record = recorded.record
    click.echo(f"{recorded.name}: {recorded.handling}")
    rows = (
        ("document", record.document_id),
        ("record", f"in {recorded.origin}"),
        ("framework", f"{record.framework}, {record.framework_version} (source {record.framework_sha256[:12]})"),
        ("template", f"{record.template} ({record.template_sha256[:12]})"),
        ("wording", record.wording or "not in the record"),
        ("date", f"{record.drafted}, named by the user" if record.dated else record.drafted),
        ("made by", record.program),
        ("paragraphs", f"{len(record.blocks)} printed from data"),
    )
    for name, value in rows:
        click.echo(f"  {name:<12}{value}")
    click.echo("post")
    for name, value in record.post.items():
        click.echo(f"  {name}: {_line(value)}")
    if recorded.changed:
        click.echo("changed since, or taken out")
        texts = {block.id: block.text for block in record.blocks}
        for block in recorded.changed:
            click.echo(f"  {block}: {_line(texts[block])}")


def _line(value: Any) -> str:
    return shorten(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), 100)


def _json(recorded: RecordedDocument) -> dict[str, Any]:
    blocks = [{"id": block.id, "text": block.text, "giver": block.giver} for block in recorded.record.blocks]
    record = {name: value for name, value in vars(recorded.record).items() if name != "notes"} | {"blocks": blocks}
    return {
        "path": recorded.name,
        "handling": str(recorded.handling),
        "record_in": recorded.origin.name.lower(),
        "changed": recorded.changed,
        "record": record,
    }
