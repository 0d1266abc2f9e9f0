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
from jdgen.post.reading import PostEntries, entries_of_file, read_options
from jdgen.workspace import Workspace

# Options that give one text of the post each; the YAML key has the same name with underscores.
_TEXT_OPTIONS = {
    "employer": "Employing organisation.",
    "department": "Department, service or team.",
    "base": "Place of work.",
    "hours": "Hours, such as '37.5 hours a week'.",
    "contract": "Permanent, fixed term …",
    "responsible-to": "Post that manages this post.",
    "accountable-to": "Post that is accountable for this area.",
    "responsible-for": "Posts that report to this post.",
    "reference": "The job description's own reference.",
    "version-of-jd": "The job description's version, such as 1.0.",
    "je-reference": "Job evaluation reference, once a panel has met.",
    "purpose": "Why the job exists.",
    "entry-route": "Entry route of the framework that experience is asked by.",
    "framework": "Framework, where several have the specialism.",
    "clauses": "Set of general statements.",
}


def _text_options(command: Any) -> Any:
    for name, text in reversed(_TEXT_OPTIONS.items()):
        command = click.option(f"--{name}", metavar="TEXT", help=text)(command)
    return command


@click.command(short_help="Make a job description and person specification in Word.")
@click.option("--post", "post_file", type=PATH, help="YAML file that describes the post.")
@click.option("--title", help="Job title, without the band.")
@click.option("--specialism", help="Specialism of the framework, such as pmo.")
@click.option("--band", help="Agenda for Change band: 7 or 8a.")
@click.option("--level", help="Level of the framework, where it has levels of its own.")
@click.option("--role-category", help="Kind of role; `jdgen framework show` lists them.")
@click.option("--competence", "competences", multiple=True, help="Specialist competence; may be repeated.")
@click.option("--reading", "readings", multiple=True, metavar="HEADING=READING", help="Reading of a contested heading.")
@_text_options
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
    values = {name: options[name] for name in ("title", "specialism", "band", "level", "role_category")}
    places = {name: f"--{name.replace('_', '-')}" for name in values}
    for option in _TEXT_OPTIONS:
        name = "version" if option == "version-of-jd" else option.replace("-", "_")
        values[name], places[name] = options[option.replace("-", "_")], f"--{option}"
    values["specialist_competences"], places["specialist_competences"] = (
        list(options["competences"]) or None,
        "--competence",
    )
    values["readings"], places["readings"] = _readings(options["readings"]) or None, "--reading"
    return values, places


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
