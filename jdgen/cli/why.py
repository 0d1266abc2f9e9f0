"""``jdgen why``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.records import GenerationRecord, Giver, Provenance, RecordedDocument, RecordOrigin, explain
from jdgen.cli.command import json_text, user_errors
from jdgen.cli.options import PATH, examples


@click.command(epilog=examples("jdgen why 'Job description.docx' 'stakeholder maps'"))
@click.argument("document", type=PATH)
@click.argument("words")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@user_errors
def why(document: Path, words: str, as_json: bool) -> None:
    """Say where every text of DOCUMENT with WORDS in it comes from: the framework (with heading, bands or levels, line
    and cell of the source), jdgen's own criteria, the general statements, the post, or somebody's hand."""
    explanation = explain(document, words, find_workspace(Path.cwd()))
    recorded_document, origins = explanation.document, explanation.provenances
    if as_json:
        click.echo(json_text([_json(origin, recorded_document) for origin in origins]))
        return
    for origin in origins:
        click.echo(f"“{origin.block.text if origin.block else words}”")
        click.echo(f"  comes from {_explain(origin, recorded_document.record)}")
        if origin.published:
            click.echo(f"  the publisher's words: “{origin.published}”")
        if meaning := origin.descriptor:
            click.echo(f"  what that means there: “{'; '.join(meaning.text.splitlines())}” (source {meaning.source})")
        for reason in explanation.reasons.get(origin.passage.id, ()) if origin.passage and origin.adapted else ():
            click.echo(f"  {reason}")
    for text in dict.fromkeys(origin.within for origin in origins if origin.within):
        what = "these texts" if sum(origin.within == text for origin in origins) > 1 else "this text with other words"
        click.echo(f"Somebody has joined {what} in one paragraph:\n“{text}”")
    if recorded_document.origin is RecordOrigin.WORKSPACE:
        click.echo(f"The document has lost its record, which was found in {recorded_document.origin}.")
    if not explanation.has_framework and any(origin.giver is Giver.UNTOLD for origin in origins):
        version = f"{recorded_document.record.framework} {recorded_document.record.framework_version}"
        click.echo(f"The framework of the record ({version}) is not here, so no place in it can be named.")


def _explain(origin: Provenance, record: GenerationRecord) -> str:
    if origin.giver is Giver.OTHER or origin.block is None:
        return str(origin.giver)
    if origin.passage is None:
        return f"{origin.giver} [{origin.block.id}]"
    passage = origin.passage
    levels = f", {passage.levels.full_name}" if passage.levels else ""
    words = "; its wording is adapted" if origin.adapted else ", word for word"
    return (
        f"{record.framework}, {record.framework_version}: heading '{passage.title}'{levels}, "
        f"source {passage.source}{words} [{origin.block.id}]"
    )


def _json(origin: Provenance, document: RecordedDocument) -> dict[str, Any]:
    passage, record = origin.passage, document.record
    key = passage.levels.scale.key if passage and passage.levels else "bands"
    return {
        "text": origin.block.text if origin.block else "",
        "block": origin.block.id if origin.block else "",
        "record_in": document.origin.name.lower(),
        "giver": origin.giver.name.lower(),
        "framework": record.framework if passage else None,
        "version": record.framework_version if passage else None,
        "statement": passage.id if passage else None,
        "heading": passage.title if passage else None,
        key: str(passage.levels) if passage and passage.levels else None,
        "source": str(passage.source) if passage else None,
        "adapted": origin.adapted,
        "published": origin.published or None,
        "within": origin.within or None,
        **({"descriptor": origin.descriptor.text} if origin.descriptor else {}),
    }
