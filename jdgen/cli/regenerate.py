"""``jdgen regenerate``."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.revisions import (
    Action,
    Conflicts,
    Decision,
    Placement,
    RecordOrigin,
    Regenerated,
    RegenerationSettings,
    Renewed,
    Stamp,
    absent_of,
    whole,
)
from jdgen.app.revisions import regenerate as regenerate_documents
from jdgen.cli.options import PATH, replacing
from jdgen.cli.terminal import user_errors, warn
from jdgen.errors import Problem
from jdgen.words import shorten


@click.command()
@click.argument("places", nargs=-1, required=True, type=PATH)
@click.option("--framework", type=PATH, help="Framework file to bring them up to.")
@click.option("--template", help="Template, where it is not that of the workspace: a name, or a .docx file.")
@click.option("--redline/--clean", default=True, help="Tracked changes; or made anew where nobody has edited.")
@click.option(
    "--conflicts",
    type=click.Choice([one.value for one in Conflicts]),
    default=Conflicts.COMMENT.value,
    show_default=True,
    help="How new wording is offered where somebody changed the old.",
)
@click.option("--accept-pending", is_flag=True, help="Accept tracked changes that a document has already.")
@click.option("--author", default="jdgen", show_default=True, help="Author of the tracked changes.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Date of the tracked changes; today if left out.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to write to.")
@replacing("Replace files that are there, as jdgen wrote them.", "what somebody has begun to settle or has edited")
@click.option("--json", "as_json", is_flag=True, help="Print what becomes of every block as JSON.")
@user_errors
def regenerate(places: tuple[Path, ...], **options: Any) -> None:
    """Bring every document in PLACES (files and folders) up to date with the framework, and write it to the folder
    --out under its own name, with a report beside them (report.html and report.xlsx) that says where to look first.

    The document itself is changed, by tracked changes: rejecting all gives it back, accepting all gives the text with
    the changes of the framework. What somebody changed stays, and what they took out stays out.

    Run the same command again to go on after an interruption: what is written already is left alone, and so is what
    somebody has begun to settle.
    """
    day = options["date"].date() if options["date"] else datetime.date.today()  # noqa: DTZ011  # the user's own day
    manner = RegenerationSettings(
        stamp=Stamp(options["author"], f"{day.isoformat()}T00:00:00Z"),
        clean=not options["redline"],
        conflicts=Conflicts(options["conflicts"]),
        accepts_pending=options["accept_pending"],
    )
    said: set[Problem] = set()
    renewals = regenerate_documents(
        places,
        options["out"],
        find_workspace(Path.cwd()),
        manner,
        options["allowed"],
        framework=options["framework"],
        template=options["template"],
        hear=lambda one: None if options["as_json"] else _show(one, said),
    )
    warn(renewals.warnings)
    for report in renewals.reports:
        click.echo(f"see {report.path}", err=True)
        warn(report.warnings)
    if options["as_json"]:
        click.echo(json.dumps([_json(one) for one in renewals.documents], ensure_ascii=False, indent=2))
    if renewals.stop:
        raise renewals.stop
    if any(one.problems for one in renewals.documents):
        raise click.exceptions.Exit(1)


def _show(one: Renewed, said: set[Problem]) -> None:
    """One document. What is wrong with many is ``said`` once."""
    for problem in one.problems:
        if problem not in said:
            click.echo(f"error: {problem}", err=True)
    said.update(one.problems)
    if one.result is None:
        click.echo(f"{one.source}: not brought up to date, for the errors that are told")
        return
    _show_result(one, one.result)


def _show_result(one: Renewed, result: Regenerated) -> None:
    standing = "" if one.standing is Placement.WRITTEN else f" ({one.standing})"
    to = f" -> {one.written}{standing}" if one.written else ""
    click.echo(f"{one.source}: {result.said}{to}")
    if result.origin is RecordOrigin.WORKSPACE:
        click.echo(f"  its record was found in {result.origin}")
    for action in (Action.REWORD, Action.INSERT, Action.DELETE, Action.MOVE):
        if decisions := whole(result.of(action)):
            click.echo(f"  {len(decisions)} {action}: {', '.join(decision.id for decision in decisions)}")
    for decision in _to_be_looked_at(result):
        click.echo(f"  look at {decision.id} ({decision.said}): {_line(decision.theirs or decision.new)}")
    for lost in result.lost:
        click.echo(f"  look at the post: {lost}")
    for decision in result.unplaced:
        click.echo(f"  no place was found for {decision.id}: {_line(decision.new)}")
    for decision in result.carry_over:
        click.echo(f"  carry over {decision.id}: {_line(decision.theirs or '[taken out]')}")
    for text in result.own:
        click.echo(f"  carry over: {_line(text)}")
    if one.leftovers:
        click.echo(f"  see {one.leftovers}")


def _to_be_looked_at(result: Regenerated) -> list[Decision]:
    """What a person has to decide, and what the framework changed of a text that they took out."""
    return [*result.of(Action.OFFER), *result.of(Action.QUESTION), *result.of(Action.STAY), *absent_of(result)]


def _line(text: str) -> str:
    return shorten(text, 90)


def _json(one: Renewed) -> dict[str, Any]:
    told: dict[str, Any] = {
        "path": str(one.source),
        "written": str(one.written) if one.written else None,
        "standing": one.standing.name.lower() if one.written else None,
        "leftovers": str(one.leftovers) if one.leftovers else None,
        "problems": [str(problem) for problem in one.problems],
    }
    if one.result is None:
        return told | {"outcome": None}
    old, new = one.result.framework
    return told | {
        "outcome": one.result.outcome.name.lower(),
        "record_in": one.result.origin.name.lower(),
        "framework_version": {"old": old, "new": new},
        "decisions": [_decision(each) for each in one.result.decisions if each.action is not Action.KEEP],
        "lost": list(one.result.lost),
        "unplaced": [each.id for each in one.result.unplaced],
        "carry_over": [*(each.id for each in one.result.carry_over), *one.result.own],
    }


def _decision(one: Decision) -> dict[str, Any]:
    told = {name: value for name, value in vars(one).items() if name != "anchor"}
    return {**told, "action": one.action.name.lower()}
