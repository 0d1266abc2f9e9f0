"""``jdgen why``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.records import GenerationRecord, Giver, Provenance, RecordedDocument, RecordOrigin, explain
from jdgen.cli.options import PATH
from jdgen.cli.terminal import user_errors


@click.command()
@click.argument("document", type=PATH)
@click.argument("words")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@user_errors
def why(document: Path, words: str, as_json: bool) -> None:
    """Say where every text of DOCUMENT with WORDS in it comes from: the framework (with heading, bands or levels, line
    and cell of the source), jdgen's own criteria, the general statements, the post, or somebody's hand."""
    explanation = explain(document, words, find_workspace(Path.cwd()))
    found, told = explanation.document, explanation.provenances
    if as_json:
        click.echo(json.dumps([_json(one, found) for one in told], ensure_ascii=False, indent=2))
        return
    for one in told:
        click.echo(f"“{one.block.text if one.block else words}”")
        click.echo(f"  comes from {_explain(one, found.record)}")
        if one.published:
            click.echo(f"  the publisher's words: “{one.published}”")
        for reason in explanation.reasons.get(one.passage.id, ()) if one.passage and one.adapted else ():
            click.echo(f"  {reason}")
    for text in dict.fromkeys(one.within for one in told if one.within):
        what = "these texts" if sum(one.within == text for one in told) > 1 else "this text with other words"
        click.echo(f"Somebody has joined {what} in one paragraph:\n“{text}”")
    if found.origin is RecordOrigin.WORKSPACE:
        click.echo(f"The document has lost its record, which was found in {found.origin}.")
    if not explanation.has_framework and any(one.giver is Giver.UNTOLD for one in told):
        version = f"{found.record.framework} {found.record.framework_version}"
        click.echo(f"The framework of the record ({version}) is not here, so no place in it can be named.")


def _explain(one: Provenance, record: GenerationRecord) -> str:
    if one.giver is Giver.OTHER or one.block is None:
        return str(one.giver)
    if one.passage is None:
        return f"{one.giver} [{one.block.id}]"
    passage = one.passage
    levels = f", {passage.levels.named}" if passage.levels else ""
    words = "; its wording is adapted" if one.adapted else ", word for word"
    return (
        f"{record.framework}, {record.framework_version}: heading '{passage.title}'{levels}, "
        f"source {passage.source}{words} [{one.block.id}]"
    )


def _json(one: Provenance, found: RecordedDocument) -> dict[str, Any]:
    passage, record = one.passage, found.record
    key = passage.levels.scale.key if passage and passage.levels else "bands"
    return {
        "text": one.block.text if one.block else "",
        "block": one.block.id if one.block else "",
        "record_in": found.origin.name.lower(),
        "giver": one.giver.name.lower(),
        "framework": record.framework if passage else None,
        "version": record.framework_version if passage else None,
        "statement": passage.id if passage else None,
        "heading": passage.title if passage else None,
        key: str(passage.levels) if passage and passage.levels else None,
        "source": str(passage.source) if passage else None,
        "adapted": one.adapted,
        "published": one.published or None,
        "within": one.within or None,
    }
