"""``jdgen generate``."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from jdgen.app.documents import Settings, post_of_entries
from jdgen.app.documents import generate as generate_document
from jdgen.app.templates import DEFAULT_TEMPLATE
from jdgen.cli.options import PATH, chosen_wording, replacing, wording_options
from jdgen.cli.report import generated_json, report_notes, report_problems
from jdgen.cli.seam import user_errors
from jdgen.document.names import DEFAULT_PATTERN
from jdgen.drafting.loading import load_placeholders
from jdgen.errors import JdgenError, Problem
from jdgen.placeholders import Placeholders
from jdgen.post.fields import FIELDS, FieldKind
from jdgen.post.reading import PostEntries, entries_of_file, read_options
from jdgen.workspace import Workspace


def _post_options(command: Any) -> Any:
    """An option for each field of the post that has one."""
    for field in reversed(FIELDS):
        if field.option:
            several = field.kind in (FieldKind.NAMES, FieldKind.READINGS)
            metavar = "HEADING=READING" if field.kind is FieldKind.READINGS else "TEXT"
            option = click.option(field.flag, field.name, multiple=several, metavar=metavar, help=field.option)
            command = option(command)
    return command


@click.command(short_help="Make a job description and person specification in Word.")
@click.option("--post", "post_file", type=PATH, help="YAML file that describes the post.")
@_post_options
@click.option("--template", default=DEFAULT_TEMPLATE, show_default=True, help="Template: a name, or a .docx file.")
@click.option(
    "--output",
    type=PATH,
    default=Path("output"),
    show_default=True,
    help="Folder, or .docx file.",
)
@click.option("--filename", "pattern", default=DEFAULT_PATTERN, show_default=True, help="Pattern of the file's name.")
@click.option("--date", "drafted", type=click.DateTime(["%Y-%m-%d"]), help="Date of the draft; today if left out.")
@wording_options
@click.option("--dry-run", is_flag=True, help="Do everything but write the file.")
@click.option("--json", "as_json", is_flag=True, help="Print path, review notes and draft as JSON.")
@replacing("Replace a document that is there, as jdgen wrote it.", "a file that somebody has edited, or not jdgen's")
@user_errors
def generate(**options: Any) -> None:
    """Make a draft from a framework and a post, in a Word template.

    The path of the document goes to standard output, review notes to standard error. Options win over the
    post file. What is not given is a visible prompt in the draft. A document that somebody has edited is never replaced
    by --overwrite alone: `jdgen regenerate` brings it up to date and keeps the edits.
    """
    drafted = options["drafted"].date() if options["drafted"] else datetime.date.today()  # noqa: DTZ011  # the user's own day
    settings = Settings(
        template=options["template"],
        output=options["output"],
        pattern=options["pattern"],
        verbatim=chosen_wording(options),
        dated=options["drafted"] is not None,
        overwrite=options["allowed"].overwrite,
        discard_edits=options["allowed"].discard_edits,
        dry_run=options["dry_run"],
    )
    workspace = Workspace(Path.cwd())
    entries = _entries(options, load_placeholders(workspace))
    post = post_of_entries(entries, str(options["post_file"] or "the command line"), workspace)
    generated = generate_document(post, workspace, drafted, settings)
    report_notes(generated.job_description.notes)
    report_problems(generated.problems)
    if options["as_json"]:
        click.echo(generated_json(generated))
    else:
        click.echo(generated.path if generated.written else f"would write {generated.path}")


def _entries(options: dict[str, Any], placeholders: Placeholders) -> PostEntries:
    given = read_options(*_given(options), folder=Path.cwd(), placeholders=placeholders)
    path = options["post_file"]
    return given if path is None else entries_of_file(path, str(path), placeholders).overridden_by(given)


def _given(options: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The post's fields among the options, and the option of each."""
    given = {field: options[field.name] for field in FIELDS if field.option}
    return (
        {field.name: _value(field.kind, written) for field, written in given.items()},
        {field.name: field.flag for field in given},
    )


def _value(kind: FieldKind, written: Any) -> Any:
    """What an option says: options that may be repeated say nothing, where they are not given."""
    if kind is FieldKind.READINGS:
        return _readings(written) or None
    return (list(written) or None) if kind is FieldKind.NAMES else written


def _readings(written: tuple[str, ...]) -> dict[str, str]:
    unfit = [text for text in written if text.count("=") != 1]
    if unfit:
        raise JdgenError(
            Problem(
                "--reading", f"'{text}' is no reading", "write HEADING=READING, such as business-case=boundary-8b-8c"
            )
            for text in unfit
        )
    return {heading: reading for heading, _, reading in (text.partition("=") for text in written)}
