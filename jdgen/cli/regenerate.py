"""``jdgen regenerate``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.revisions import (
    Action,
    Conflicts,
    Decision,
    GoneName,
    Placement,
    RecordOrigin,
    Regenerated,
    RegenerationSettings,
    Renames,
    Renewals,
    Renewed,
    Stamp,
    rank,
)
from jdgen.app.revisions import regenerate as regenerate_documents
from jdgen.cli.command import json_text, user_errors
from jdgen.cli.options import COUNT, DAY, PATH, TEMPLATE, examples, output_option, replacing, today
from jdgen.cli.pairs import read_choices
from jdgen.cli.terminal import report_error, suggest, tell_nothing_written, warn
from jdgen.errors import Problem
from jdgen.system.shells import quoted
from jdgen.words import quantity


@click.command(
    epilog=examples(
        "jdgen regenerate output --output updated",
        "jdgen regenerate 'Job description.docx' --output updated --framework new-version.yaml",
    )
)
@click.argument("places", nargs=-1, required=True, type=PATH)
@click.option("--framework", type=PATH, help="Framework to bring them up to: a file, or an id.")
@click.option(
    "-t", "--template", type=TEMPLATE, help="Template, where it is not that of the workspace: a name, or a .docx file."
)
@click.option("--decisions", type=PATH, help="File of decisions on a release, as `jdgen release` writes it.")
@click.option("--specialism", multiple=True, help="A specialism that is gone, and what it is called now: OLD=NEW.")
@click.option("--level", multiple=True, help="A level that is gone, and what it is called now: OLD=NEW.")
@click.option("--redline/--clean", default=True, help="Tracked changes; or made anew where nobody has edited.")
@click.option(
    "--conflicts",
    type=click.Choice([choice.value for choice in Conflicts]),
    default=Conflicts.COMMENT.value,
    show_default=True,
    help="How new wording is offered where somebody changed the old.",
)
@click.option("--accept-pending", is_flag=True, help="Accept tracked changes that a document has already.")
@click.option("--author", default="jdgen", show_default=True, help="Author of the tracked changes.")
@click.option("--date", type=DAY, help="Date of the tracked changes, such as 28/11/2026; today if left out.")
@click.option("-j", "--jobs", type=COUNT, help="Processes; as many as there are processors if left out.")
@output_option("Folder to write to.", type=click.Path(path_type=Path, file_okay=False), required=True)
@replacing("Replace files that are there, as jdgen wrote them.", "what somebody has begun to settle or has edited")
@click.option("--json", "as_json", is_flag=True, help="Print what becomes of every block as JSON.")
@user_errors
def regenerate(places: tuple[Path, ...], **options: Any) -> None:
    """Bring every document in PLACES (files and folders) up to date with the framework, and write it to the folder
    --output under its own name, with a report beside them (report.html and report.xlsx) that says where to look first.

    The document itself is changed, by tracked changes: rejecting all gives it back, accepting all gives the text with
    the changes of the framework. What somebody changed stays, and what they took out stays out.

    Run the same command again to go on after an interruption: what is written already is left alone, and so is what
    somebody has begun to settle.
    """
    day = options["date"] or today()
    settings = RegenerationSettings(
        stamp=Stamp(options["author"], f"{day.isoformat()}T00:00:00Z"),
        clean=not options["redline"],
        conflicts=Conflicts(options["conflicts"]),
        accepts_pending=options["accept_pending"],
    )
    renames = Renames(
        read_choices("--specialism", "OLD=NEW", options["specialism"], "pmo=programme-office"),
        read_choices("--level", "OLD=NEW", options["level"], "Middle=Intermediate"),
    )
    reported_problems: set[Problem] = set()
    renewals = regenerate_documents(
        places,
        options["output"],
        find_workspace(Path.cwd()),
        settings,
        options["permissions"],
        framework=options["framework"],
        template=options["template"],
        decisions=options["decisions"],
        jobs=options["jobs"],
        renames=renames,
        settle=_ask if sys.stdin.isatty() and sys.stderr.isatty() else None,
        hear=lambda document: None if options["as_json"] else _show(document, reported_problems),
    )
    _tell(renewals)
    if options["as_json"]:
        click.echo(json_text([_json(document) for document in renewals.documents]))
    if renewals.stop:
        raise renewals.stop
    if any(document.problems for document in renewals.documents):
        raise click.exceptions.Exit(1)


def _tell(renewals: Renewals) -> None:
    """What is to be said of all documents together."""
    warn(renewals.warnings)
    for report in renewals.reports:
        click.echo(f"see {report.path}", err=True)
        warn(report.warnings)
    if renewals.stop:
        return
    if renewals.reports:
        suggest(f"open {quoted(renewals.reports[0].path)}, which begins with what somebody should look at")
    if renewals.changes_without_document:
        click.echo(f"decided on, and in no document: {', '.join(renewals.changes_without_document)}", err=True)
    if not renewals.reports:
        tell_nothing_written("nothing is out of date")


def _ask(gone_names: Sequence[GoneName]) -> Renames:
    """Ask what each of these names is now. Who presses Enter leaves the documents as they are."""
    answers: dict[str, dict[str, str]] = {"--specialism": {}, "--level": {}}
    for gone_name in gone_names:
        kind = gone_name.option.removeprefix("--")
        click.echo(
            f"The {kind} '{gone_name.name}' is not there any more. Known here: {', '.join(gone_name.known_names)}",
            err=True,
        )
        answer = click.prompt("What is it called now (Enter: leave it)", default="", show_default=False, err=True)
        if answer.strip():
            answers[gone_name.option][gone_name.name] = answer.strip()
    return Renames(answers["--specialism"], answers["--level"])


def _show(document: Renewed, reported_problems: set[Problem]) -> None:
    """One document, in a line. What is wrong with many is told once, and is then among ``reported_problems``."""
    for problem in document.problems:
        if problem not in reported_problems:
            report_error(problem)
    reported_problems.update(document.problems)
    if document.result is None:
        click.echo(f"{document.source}: not brought up to date, for the errors that are told")
        return
    placement = "" if document.placement is Placement.WRITTEN else f" ({document.placement})"
    to = f" -> {document.target}{placement}" if document.target else ""
    counts = ", ".join(_counts(document, document.result))
    click.echo(f"{document.source}: {document.result.in_words}{f' ({counts})' if counts else ''}{to}")
    for line in document.result.renamed:
        click.echo(f"  {line}")
    if document.leftovers:
        click.echo(f"  see {document.leftovers}")


def _counts(document: Renewed, result: Regenerated) -> Iterator[str]:
    """What was changed and what is left to people, each by how many, as the report has it."""
    look = rank(document)
    actions = Counter(decision.action for decision in look.changes)
    yield from (f"{count} {action}" for action, count in actions.items())
    for count, words in ((len(look.changes_taken), "made as decided"), (len(look.texts_kept), "left as decided")):
        if count:
            yield f"{count} {words}"
    unplaced = len(result.unplaced)
    for count, words in (
        (look.open_questions - len(look.stale_lines), "to decide"),
        (unplaced, "without a place"),
        (len(look.leftover_texts) - unplaced, "to carry over"),
    ):
        if count:
            yield f"{count} {words}"
    if look.stale_lines:
        yield f"{quantity(len(look.stale_lines), 'note')} of what no longer fits"
    if result.origin is RecordOrigin.WORKSPACE:
        yield f"record found in {result.origin}"
    if result.undecided:
        yield result.undecided


def _json(document: Renewed) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "path": str(document.source),
        "written": str(document.target) if document.target else None,
        "standing": document.placement.name.lower() if document.target else None,
        "leftovers": str(document.leftovers) if document.leftovers else None,
        "problems": [str(problem) for problem in document.problems],
    }
    if document.result is None:
        return fields | {"outcome": None}
    old, new = document.result.framework
    return fields | {
        "outcome": document.result.outcome.name.lower(),
        "record_in": document.result.origin.name.lower(),
        "framework_version": {"old": old, "new": new},
        "decisions": [_decision(each) for each in document.result.decisions if each.action is not Action.KEEP],
        "lost": list(document.result.stale_lines),
        "renamed": list(document.result.renamed),
        "unplaced": [each.id for each in document.result.unplaced],
        "carry_over": [*(each.id for each in document.result.carry_over), *document.result.own_texts],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    fields = {
        "action": decision.action.name.lower(),
        "id": decision.id,
        "base": decision.base,
        "theirs": decision.theirs,
        "new": decision.new,
        "places": decision.places,
        "is_edited": decision.is_edited,
        "can_be_reworded": decision.can_be_reworded,
        "obstacle": decision.obstacle,
        "story": decision.story,
        "is_moved": decision.is_moved,
        "belongs": decision.belongs,
        "is_label": decision.is_label,
    }
    return fields | ({"decision": decision.ruling, "changes": decision.changes} if decision.ruling else {})
