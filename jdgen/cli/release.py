"""``jdgen release``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from jdgen.app import Workspace, find_workspace
from jdgen.app.releases import (
    Reach,
    ReleaseSurvey,
    SavedDecisions,
    SavedReview,
    Stamp,
    save_decisions,
    save_page,
    save_review,
    survey_release,
)
from jdgen.cli.command import json_text, user_errors
from jdgen.cli.comparison import comparison_json, show_changes
from jdgen.cli.options import COUNT, PATH, examples, replacing, today
from jdgen.cli.terminal import report_error, suggest, warn
from jdgen.errors import JdgenError, fold_problems
from jdgen.system.shells import quoted
from jdgen.words import quantity

#: Documents of which each is named under a change.
_MOST_NAMED = 5


@click.command(
    epilog=examples(
        "jdgen release nhs-pccf new-version.yaml documents",
        "jdgen release old.yaml new.yaml documents --decisions decisions.yaml --html release.html",
        "jdgen release old.yaml new.yaml documents --review room.html",
    )
)
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@click.argument("places", nargs=-1, required=True, type=PATH)
@click.option("--decisions", type=PATH, help="File to decide in: written, or, where it is there, added to.")
@click.option("--html", type=PATH, help="Write a report that opens in a browser.")
@click.option("--review", type=PATH, help="Write a page (.html) to decide in, with the redline of each document.")
@click.option("-j", "--jobs", type=COUNT, help="Processes; as many as there are processors if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@replacing("Replace a report that is there, as jdgen wrote it.")
@user_errors
def release(old: Path, new: Path, places: tuple[Path, ...], **options: Any) -> None:
    """Show what a release of a framework, from OLD to NEW, changes in the documents in PLACES (files and folders): each
    change with how many documents it reaches, and in which somebody has edited what it is about.

    With --decisions the changes go into a file in which you decide on each of them, once for all documents: take it,
    keep ours, or ask the manager. `jdgen regenerate --decisions` carries that out. A file that is there keeps all that
    you have written; what is new is added to it, and what no longer fits is told.

    With --review the changes go into a page in which you decide in a browser, with the redline of each document before
    you. It gives the file of decisions back. It holds the whole text of the documents: show it to nobody who may not
    read them.
    """
    workspace = find_workspace(Path.cwd())
    survey = survey_release(old, new, places, workspace, options["jobs"])
    decisions: Path | None = options["decisions"]
    saved_decisions = save_decisions(survey, decisions) if decisions else None
    try:
        _save_pages(survey, workspace, options)
    except JdgenError:
        if decisions and saved_decisions:
            _tell_saved(decisions, saved_decisions)
        raise
    if options["as_json"]:
        click.echo(json_text(_json(survey)))
    else:
        _show(survey)
    for problem in fold_problems(survey.problems):
        report_error(problem)
    if decisions and saved_decisions:
        _tell_saved(decisions, saved_decisions)
    if survey.problems:
        raise click.exceptions.Exit(1)


def _save_pages(survey: ReleaseSurvey, workspace: Workspace, options: Mapping[str, Any]) -> None:
    permissions = options["permissions"]
    if html := options["html"]:
        save_page(survey, html, workspace, permissions)
        click.echo(f"see {html}", err=True)
    if review := options["review"]:
        stamp = Stamp("jdgen", f"{today().isoformat()}T00:00:00Z")
        about = {"decisions": options["decisions"], "jobs": options["jobs"]}
        _tell_room(review, save_review(survey, review, workspace, permissions, stamp=stamp, **about))


def _tell_room(path: Path, room: SavedReview) -> None:
    warn(room.problems)
    if room.unfitting:
        without = quantity(room.unfitting, "redline")
        click.echo(f"{without} did not fit into {path}: those documents are listed by name", err=True)
    documents = quantity(room.redlines, "document")
    click.echo(f"{path} ({room.size / 1_000_000:.1f} MB): it holds the whole text of {documents}", err=True)
    suggest(f"open {quoted(path)} in a browser and decide there; show it to nobody who may not read those documents")


def _tell_saved(path: Path, saved_decisions: SavedDecisions) -> None:
    warn(saved_decisions.problems)
    if saved_decisions.is_new:
        suggest(f"decide in {quoted(path)}, then `jdgen regenerate --decisions` carries it out")
    elif saved_decisions.additions:
        click.echo(f"{quantity(saved_decisions.additions, 'change')} added at the end of {path}", err=True)
    else:
        click.echo(f"{path} speaks of every change already", err=True)


def _show(survey: ReleaseSurvey) -> None:
    comparison = survey.comparison
    click.echo(f"{comparison.new.title}: from '{comparison.old.version}' to '{comparison.new.version}'")
    for sentence in filter(None, (comparison.scale_change, *(rows.sentence for rows in comparison.elsewhere))):
        click.echo(f"\n{sentence}")
    show_changes(comparison, lambda change: _lines(survey.reach_of(change.passage.id)))
    of_statements = {change.passage.id for change in comparison.changes}
    for change in survey.release.changes:
        if change.id not in of_statements:
            heading = f" '{change.heading}'" if change.heading else ""
            texts = f": {change.was or '…'} -> {change.now}" if change.now else ""
            click.echo(f"\n{change.id}: {change.what}{heading}{texts}")
            for line in _lines(survey.reach_of(change.id)):
                click.echo(f"    {line}")
    click.echo(f"\n{'; '.join(_summary(survey))}")


def _lines(reach: Reach) -> Iterator[str]:
    yield f"reaches {quantity(len(reach.documents), 'document')}"
    if reach.edited_documents:
        paths = ", ".join(reach.edited_documents[:_MOST_NAMED])
        more = len(reach.edited_documents) - _MOST_NAMED
        yield f"edited there in {len(reach.edited_documents)}: {paths}{f' and {more} more' if more > 0 else ''}"


def _summary(survey: ReleaseSurvey) -> Iterator[str]:
    documents = survey.documents
    yield quantity(len(documents), "document")
    yield f"{sum(bool(document.changes) for document in documents)} would change"
    for why, count in survey.not_about.items():
        yield f"{count}: {why}"
    if foreign := sum(document.is_foreign for document in documents):
        yield f"{foreign} not jdgen's"


def _json(survey: ReleaseSurvey) -> dict[str, Any]:
    return {
        **comparison_json(survey.comparison),
        "decisions": [
            {
                "id": change.id,
                "heading": change.heading,
                "change": change.what,
                **{key: text for key, text in (("was", change.was), ("is", change.now)) if text},
                "documents": list(survey.reach_of(change.id).documents),
                "edited": list(survey.reach_of(change.id).edited_documents),
            }
            for change in survey.release.changes
        ],
        "documents": [
            {
                "path": document.path,
                "changes": sorted(document.changes),
                "edited": sorted(document.edited_changes),
                "undecided": document.undecided or None,
                "problems": [str(problem) for problem in document.problems],
            }
            for document in survey.documents
        ],
    }
