"""``jdgen generate``."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from jdgen.app import find_workspace
from jdgen.app.documents import DERIVED, GenerationOutcome, Settings, StatementShare, described_post
from jdgen.app.documents import generate as generate_document
from jdgen.app.notes import Rank
from jdgen.cli.command import json_text, user_errors
from jdgen.cli.defaults import MakingCommand
from jdgen.cli.notes import ALL, SHORT, notes_option, ranked_note_json, show_notes
from jdgen.cli.options import (
    DAY,
    PATH,
    TEMPLATE,
    chosen_wording,
    examples,
    output_option,
    replacing,
    today,
    wording_options,
)
from jdgen.cli.post_options import change_options, given_fields, post_options
from jdgen.cli.terminal import DRY_RUN, STANDARD_ERROR, suggest, tell_nothing_written, terminal_width, warn
from jdgen.harmless import wrap_line
from jdgen.system.shells import quoted


class _Generate(MakingCommand):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As Click does it. A post file that stands alone, as other commands take files, is told with its option."""
        ctx.allow_extra_args = True
        super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            extra = " ".join(ctx.args)
            if Path(extra).suffix.casefold() in _POST_FILES:
                raise click.UsageError(f"A post file is named by an option: --post {quoted(extra)}", ctx)
            raise click.UsageError(f"Got unexpected extra argument{'s' if ctx.args[1:] else ''} ({extra})", ctx)
        return ctx.args


# How post files end.
_POST_FILES = frozenset({".yaml", ".yml"})


@click.command(
    cls=_Generate,
    epilog=examples(
        'jdgen generate --specialism pmo --band 7 --title "PMO manager"',
        "jdgen generate --post post.yaml --template role-profile",
        "jdgen generate --post post.yaml --band 8a --output drafts",
    ),
)
@click.option("-p", "--post", "post_file", type=PATH, help="YAML file that describes the post.")
@post_options
@change_options
@click.option(
    "-t",
    "--template",
    type=TEMPLATE,
    default=Settings.template,
    show_default=True,
    help="Template: a name, or a .docx file.",
)
@output_option("Folder, or .docx file.", default=Settings.output, show_default=True)
@click.option("--filename", "pattern", default=Settings.pattern, show_default=True, help="Pattern of the file's name.")
@click.option("--date", "drafted", type=DAY, help="Date of the draft, such as 28/11/2026; today if left out.")
@wording_options
@notes_option
@click.option("--annotate", is_flag=True, help="Write a copy beside the document, with the notes as Word comments.")
@click.option("--pdf", is_flag=True, help="Write the document as PDF, too; see `jdgen pdf`.")
@click.option("-n", "--dry-run", is_flag=True, help="Do everything but write the file, and say what would be written.")
@click.option("--json", "as_json", is_flag=True, help="Print path, review notes and draft as JSON.")
@replacing("Replace a document that is there, as jdgen wrote it.", "a file that somebody has edited, or not jdgen's")
@user_errors
def generate(**options: Any) -> None:
    """Make a draft from a framework and a post, in a Word template.

    It says where the document is, and what a person must look at in it (review notes). Options win over the post file.
    What is not given is a visible prompt in the draft. A document that somebody has edited is never replaced
    by --overwrite alone: `jdgen regenerate` brings it up to date and keeps the edits.
    """
    settings = _settings(options)
    workspace = find_workspace(Path.cwd())
    post = described_post(workspace, options["post_file"], *given_fields(options))
    outcome = generate_document(post, workspace, options["drafted"] or today(), settings)
    is_by_options = options["post_file"] is None
    show_notes(outcome.notes, options["notes"], _rest(outcome), by_options=is_by_options)
    if share := outcome.statement_share:
        for line in wrap_line(_share_text(share), terminal_width(STANDARD_ERROR), "", "  "):
            click.echo(line, err=True)
    warn(outcome.problems)
    if options["as_json"]:
        warn(outcome.refusals)
        click.echo(_json(outcome))
    elif outcome.is_written:
        click.echo(outcome.path)
    else:
        for line in _plan_lines(outcome):
            click.echo(line)
    if not outcome.is_written:
        tell_nothing_written(DRY_RUN)
    for path in outcome.beside if outcome.is_written else ():
        click.echo(f"see {path}", err=True)
    if outcome.is_written and not options["as_json"]:
        suggest(*_next_step(outcome, options["post_file"]))


def _settings(options: dict[str, Any]) -> Settings:
    return Settings(
        template=options["template"],
        output=options["output"],
        pattern=options["pattern"],
        verbatim=chosen_wording(options),
        dated=options["drafted"] is not None,
        permissions=options["permissions"],
        dry_run=options["dry_run"],
        annotate=options["annotate"],
        pdf=options["pdf"],
        with_share=options["notes"] in (ALL, SHORT),
    )


def _share_text(share: StatementShare) -> str:
    """How much of the document its general statements are."""
    text = f"general statements: {share.statement_words} of {share.words:,} words ({share.percentage} %)"
    return text if share.is_compact else f"{text}; shorter: jdgen docs workspace"


_READ_IT = "open it in Word, and read it as its panel and applicants will"


def _next_step(outcome: GenerationOutcome, post_file: Path | None) -> tuple[str, str]:
    """What a person does with a draft: what is not given is easier said in a post file, from which other documents of
    the post can be made as well."""
    if post_file is None:
        return "complete it in Word, or begin a post file", "jdgen post new post.yaml"
    ranks = [rank for rank in (Rank.COMPLETE, Rank.DECIDE) if any(note.rank is rank for note in outcome.notes)]
    return f"open it in Word, and {' and '.join(ranks)} what the notes name" if ranks else _READ_IT, ""


def _rest(outcome: GenerationOutcome) -> str:
    """What shows all notes: of a document that is written, at any time."""
    return f"jdgen show {quoted(outcome.path)} --notes" if outcome.is_written else f"--notes {ALL}"


def _plan_lines(outcome: GenerationOutcome) -> Iterator[str]:
    """What would become of the document and of what is written beside it."""
    refusals = {refusal.where: refusal for refusal in outcome.refusals}
    for path in (outcome.path, *outcome.beside):
        refusal = refusals.get(str(path))
        yield f"would not write {refusal}" if refusal else f"would write {path}"


def _json(outcome: GenerationOutcome) -> str:
    """The document's path, the notes and the whole draft."""
    draft = dataclasses.asdict(outcome.job_description, dict_factory=_plain_values)
    del draft["notes"]
    return json_text(
        {
            "path": str(outcome.path),
            "written": outcome.is_written,
            **({"annotated": str(outcome.annotated)} if outcome.annotated else {}),
            **({"pdf": str(outcome.pdf)} if outcome.pdf else {}),
            "notes": [ranked_note_json(note) for note in outcome.notes],
            "job_description": draft,
        }
    )


def _plain_values(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value for name, value in pairs if name not in DERIVED and not isinstance(value, bytes)}
