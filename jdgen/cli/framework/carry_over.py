"""``jdgen framework carry-over``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.carrying import (
    CarriedWork,
    Verdict,
    carry_over,
    newest_two,
    post_files,
    save_carried,
    two_versions,
)
from jdgen.cli.command import json_text, user_errors
from jdgen.cli.options import PATH, examples, output_option, replacing
from jdgen.cli.terminal import suggest

_TITLES = {
    Verdict.DECIDE: "to decide: carried over, and marked in the file",
    Verdict.GONE: "falls away: kept in the file as a comment",
    Verdict.CARRIED: "carried over",
}


@click.command(
    "carry-over",
    epilog=examples(
        "jdgen framework carry-over nhs-pccf new.yaml", "jdgen framework carry-over old.yaml new.yaml --output new"
    ),
)
@click.argument("old", type=PATH)
@click.argument("new", type=PATH, required=False)
@click.option("--posts", type=PATH, multiple=True, help="Post file or folder of them. [default: posts/]")
@output_option("Folder for the copies. Else framework_data/ of the workspace.")
@click.option("--dry-run", is_flag=True, help="Tell what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@replacing("Replace copies that are there, as jdgen wrote them.", "files that somebody has worked on")
@user_errors
def carry_over_(old: Path, new: Path | None, output: Path | None, permissions: Any, **options: Any) -> None:
    """Carry over what you have written for a framework to its new version: adaptations, criteria, doubts and levels.

    OLD and NEW are files, or ids of frameworks; OLD alone is a framework or a specialism of which the workspace has two
    versions. What still fits is carried over. What has to be decided is carried over with a mark, a comment that begins
    with "To decide". What speaks of nothing that is there any more is kept as a comment. All else in the files stays as
    you wrote it.
    """
    workspace = find_workspace(Path.cwd())
    before, after = two_versions(workspace, old, new) if new else newest_two(workspace, str(old))
    work = carry_over(workspace, before, after, output, post_files(workspace, options["posts"]))
    if not options["dry_run"]:
        save_carried(work, workspace, permissions)
    if options["as_json"]:
        click.echo(json_text(_json(work)))
        return
    _show(work, is_dry=options["dry_run"])


def _show(work: CarriedWork, *, is_dry: bool) -> None:
    click.echo(f"{work.new.title}: from '{work.old.version}' to '{work.new.version}'")
    for verdict, title in _TITLES.items():
        entries = list(work.entries(verdict))
        others = work.others if verdict is Verdict.DECIDE else ()
        click.echo(f"\n{len(entries) + len(others)} {title}")
        for copy, entry in entries:
            if entry.why or verdict is not Verdict.CARRIED:
                click.echo(f"  {copy.path}:{entry.line}: {entry.what}: {entry.why}")
        if verdict is Verdict.CARRIED:
            for copy in filter(lambda copy: copy.same, work.copies):
                click.echo(f"  as they were: {copy.same}")
        for other in others:
            click.echo(f"  {other}")
    click.echo("")
    new_copies = [copy for copy in work.copies if copy.is_new]
    for copy in new_copies:
        click.echo(f"{'would write ' if is_dry else ''}{copy.path}")
    if not new_copies:
        click.echo("nothing to write: all files fit as they are")
    elif not is_dry:
        suggest("settle what is marked, delete the marks, then", "jdgen framework check")


def _json(work: CarriedWork) -> dict[str, Any]:
    def entry_list(verdict: Verdict) -> list[dict[str, Any]]:
        return [
            {"file": str(copy.path), "line": entry.line, "what": entry.what, "why": entry.why}
            for copy, entry in work.entries(verdict)
        ]

    return {
        "framework": work.new.id,
        "old": work.old.version,
        "new": work.new.version,
        "written": [str(copy.path) for copy in work.copies if copy.is_new],
        "carried_over": entry_list(Verdict.CARRIED),
        "to_decide": entry_list(Verdict.DECIDE),
        "falls_away": entry_list(Verdict.GONE),
        "others": [
            {"where": str(problem.where), "what": problem.what, "right": problem.right} for problem in work.others
        ],
    }
