"""``jdgen batch``."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TaskID, TimeRemainingColumn

from jdgen.app import Workspace, find_workspace
from jdgen.app.batches import (
    CHOICES,
    DECIDE,
    BatchedDocument,
    BatchOutcome,
    BatchResult,
    BatchSettings,
    ColumnGuess,
    ColumnMap,
    ColumnSurvey,
    Listener,
    entries_for_all,
    generate_batch,
    list_fields,
    survey_columns,
    template_files,
)
from jdgen.app.notes import rank_of
from jdgen.cli.command import json_text, user_errors
from jdgen.cli.defaults import MakingCommand
from jdgen.cli.options import (
    COUNT,
    DAY,
    FRAMEWORK,
    PATH,
    SPECIALISM,
    TEMPLATE,
    chosen_wording,
    examples,
    output_option,
    replacing,
    today,
    wording_options,
)
from jdgen.cli.terminal import DRY_RUN, control_stream, report_error, suggest, tell_nothing_written, warn
from jdgen.errors import JdgenError, fold_problems
from jdgen.system.shells import quoted

# Fields that one file of posts may have in common, so that no row need repeat them.
_FOR_ALL = ("specialism", "employer", "clauses", "framework")
_PATTERN = BatchSettings.pattern
# Options that say what all documents are like, and where they are.
_OF_DOCUMENTS = (*_FOR_ALL, "output", "templates", "pattern", "drafted", "pdf", "verbatim", "adapted", "annotate")
#: Files that were kept of which each has a line.
_MOST_LISTED = 20


@click.command(
    cls=MakingCommand,
    epilog=examples(
        "jdgen batch posts.xlsx",
        "jdgen batch our-list.xlsx --columns our-columns.toml",
        "jdgen batch posts.csv --specialism pmo --template role-profile",
        "jdgen batch posts.xlsx --dry-run",
    ),
)
@click.argument("posts", type=PATH)
@output_option("Folder.", default=Path("output"), show_default=True)
@click.option(
    "-t",
    "--template",
    "templates",
    type=TEMPLATE,
    multiple=True,
    help="Template: a name, or a .docx file; may be repeated. job-description if left out.",
)
@click.option("--sheet", help="Worksheet with the posts, where there are several.")
@click.option("--columns", type=PATH, help="File that says what your own headings mean; written where it is not there.")
@click.option("-s", "--specialism", type=SPECIALISM, help="Specialism of every post whose row has none.")
@click.option("--employer", help="Employer of every post whose row has none.")
@click.option("--clauses", help="Set of general statements of every post whose row has none.")
@click.option("--framework", type=FRAMEWORK, help="Framework, where several have the specialism.")
@click.option("--filename", "pattern", default=_PATTERN, show_default=True, help="Pattern of the files' names.")
@click.option("--date", "drafted", type=DAY, help="Date of the drafts, such as 28/11/2026; today if left out.")
@click.option("-j", "--jobs", type=COUNT, help="Processes; as many as there are processors if left out.")
@click.option("--archive", type=PATH, help="Write one zip file instead of many documents.")
@click.option("--pdf", is_flag=True, help="Write each document as PDF, too; see `jdgen pdf`.")
@click.option("--keep-going", is_flag=True, help="Make the sound rows; write the others to a workbook to be mended.")
@wording_options
@click.option("--annotate", is_flag=True, help="Write a copy beside each document, with its notes as Word comments.")
@click.option("--verify", is_flag=True, help="Check the file of every document, not only of the first hundred posts.")
@click.option("-n", "--dry-run", is_flag=True, help="Do everything but write.")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each document, then the summary.")
@replacing(
    "Replace an archive that is there, as jdgen wrote it.", "documents that were edited, and files that are not jdgen's"
)
@user_errors
def batch(posts: Path, **options: Any) -> None:
    """Make the documents of all POSTS: an XLSX, CSV or YAML file.

    A report beside the documents (report.html and report.xlsx) says what is to be decided, and in which of them.

    Every problem of every row is reported before anything is written. Documents that would not change are left
    alone, and so are those that somebody has edited: `jdgen regenerate` brings them up to date and keeps the edits.
    Run the same command again to go on after an interruption.
    """
    workspace = find_workspace(Path.cwd())
    settings = _settings(options, workspace)
    columns: Path | ColumnMap | None = options["columns"]
    if isinstance(columns, Path):
        common_fields = settings.common_entries.values if settings.common_entries else ()
        columns = _settle_columns(
            posts, columns, workspace, sheet=options["sheet"], common_fields=common_fields, is_dry=options["dry_run"]
        )
    with _listener(options["as_json"]) as listener:
        result = generate_batch(
            posts,
            workspace,
            settings,
            sheet=options["sheet"],
            columns=columns,
            keep_going=options["keep_going"],
            listener=listener,
            pdf=options["pdf"],
        )
    _report(result, options["as_json"])
    if options["dry_run"]:
        tell_nothing_written(DRY_RUN)
    if BatchOutcome.FAILED in result.summary.counts:
        raise click.exceptions.Exit(1)


def _settings(options: dict[str, Any], workspace: Workspace) -> BatchSettings:
    common_options = {name: options[name] for name in _FOR_ALL if options[name] is not None}
    return BatchSettings(
        templates=template_files(options["templates"], workspace),
        output=options["output"],
        drafted=options["drafted"] or today(),
        dated=options["drafted"] is not None,
        pattern=options["pattern"],
        common_entries=entries_for_all(common_options, workspace),
        verbatim=chosen_wording(options),
        permissions=options["permissions"],
        dry_run=options["dry_run"],
        verify=options["verify"],
        archive=options["archive"],
        jobs=options["jobs"],
        annotate=options["annotate"],
    )


def _as_before() -> Iterator[str]:
    """What this command was told of all documents: those of the rows that were mended are to be like the others."""
    context = click.get_current_context()
    for option in context.command.params:
        is_given = context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
        if option.name not in _OF_DOCUMENTS or not is_given:
            continue
        value = context.params[option.name]
        for each in value if isinstance(value, tuple) else (value,):
            yield option.opts[-1] if each is True else f"{option.opts[-1]} {quoted(each)}"


def _next_step(result: BatchResult) -> tuple[str, str]:
    """Rows that failed come first: what they lack is in a workbook of their own, or in the report."""
    if result.mending:
        again = " ".join(("jdgen batch", quoted(result.mending), *_as_before()))
        return f"mend the rows in {quoted(result.mending)}, then", again
    assert result.reports is not None, "a batch that writes has a report"
    return f"open {quoted(result.reports.page)}, which says what is to be decided, and in which documents", ""


def _report_left_alone(result: BatchResult) -> None:
    """The files that were left alone. A long list is in the report, where there is one."""
    problems = result.left_alone[:_MOST_LISTED] if result.files else result.left_alone
    for problem in problems:
        click.echo(f"kept: {problem}", err=True)
    if more := len(result.left_alone) - len(problems):
        click.echo(f"kept: {more} files more, which the report lists", err=True)


class _Lines(Listener):
    """A line of JSON for each document."""

    def on_document(self, document: BatchedDocument) -> None:
        fields = {
            "row": document.row,
            "title": document.title,
            "band": document.band,
            "template": document.template,
            "path": document.path,
            "outcome": document.outcome,
            "seconds": round(document.seconds, 4),
            "notes": [
                {
                    "rank": rank_of(note.topic),
                    "topic": note.topic,
                    "subject": note.subject,
                    "text": note.text,
                    "fields": note.fields,
                }
                for note in document.notes
            ],
            "problems": [str(problem) for problem in document.problems],
            "level": document.level,
            **({"annotated": document.annotated} if document.annotated else {}),
        }
        click.echo(json_text(fields, indent=None))


class _Bar(Listener):
    """A progress bar on standard error; nothing where that is no terminal."""

    def __init__(self) -> None:
        console = Console(file=control_stream(sys.stderr))
        columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
        self.progress = Progress(
            *columns,
            console=console,
            disable=not console.is_terminal,
            redirect_stdout=False,  # rich would write past the edge what is said meanwhile
            redirect_stderr=False,
        )
        self._task = self.progress.add_task("Documents", total=None)
        self._printing: TaskID | None = None

    def on_plan(self, documents: int) -> None:
        self.progress.update(self._task, total=documents)

    def on_document(self, document: BatchedDocument) -> None:
        self.progress.advance(self._task)

    def on_pdf(self, document: Path) -> None:
        if self._printing is None:
            self._printing = self.progress.add_task("PDF files", total=None)
        self.progress.advance(self._printing)


@contextlib.contextmanager
def _listener(as_json: bool) -> Iterator[Listener]:
    if as_json:
        yield _Lines()
        return
    bar = _Bar()
    with bar.progress:
        yield bar


def _report(result: BatchResult, as_json: bool) -> None:
    for problem in fold_problems(result.problems):
        report_error(problem)
    _report_left_alone(result)
    warn(fold_problems(result.warnings))
    for file in result.files:
        click.echo(f"see {file}", err=True)
    if result.files and not as_json:
        suggest(*_next_step(result))
    if as_json:
        counts = {str(outcome): count for outcome, count in result.summary.counts.items()}
        summary = {"documents": result.summary.documents, "seconds": round(result.summary.seconds, 3), "counts": counts}
        click.echo(json_text(summary | {"files": [str(file) for file in result.files]}, indent=None))
    else:
        click.echo(result.summary)


# Asking what the headings of somebody's own workbook mean, for ``--columns``: on standard error, so that what the
# command gives can still be piped.

_HELP = "?"


def _settle_columns(
    posts: Path, path: Path, workspace: Workspace, *, sheet: str | None, common_fields: Collection[str], is_dry: bool
) -> Path | ColumnMap:
    """See to it that the file at ``path`` says what the headings of ``posts`` mean: write it where there is none, and
    ask on a terminal for what it does not say. ``common_fields`` are fields that all posts are given elsewhere. Gives
    the file; on a dry run, for one that is not there, what it would say.

    Raises :class:`JdgenError` where nobody is there to say yes to guesses, or to say what a heading is.
    """
    is_asking = sys.stdin.isatty() and sys.stderr.isatty()
    if path.exists() and (is_dry or not is_asking):
        return path
    survey = survey_columns(posts, path, workspace, sheet)
    if survey.column_map and not survey.columns:
        return path
    if is_dry:
        return _plan_columns(survey)
    answers = _ask_about_columns(survey) if is_asking else {}
    survey.save(answers)
    click.echo(f"{'added to' if survey.column_map else 'wrote'} {path}", err=True)
    if not is_asking and (problems := survey.problems(common_fields)):
        raise JdgenError(problems)
    return path


def _plan_columns(survey: ColumnSurvey) -> ColumnMap:
    """What a dry run goes on with: shown, and not written."""
    click.echo(f"would write {survey.path}:", err=True)
    for line in survey.planned_lines:
        click.echo(f"  {line}", err=True)
    warn(survey.doubts)
    return survey.planned_map()


def _ask_about_columns(survey: ColumnSurvey) -> dict[str, str]:
    """What the user says of columns that are not recognised, by their labels."""
    click.echo(f"{survey.place}", err=True)
    try:
        return _ask_all(survey)
    except click.Abort:
        click.echo("\nstopped: nothing was written", err=True)
        raise click.exceptions.Exit(1) from None


def _ask_all(survey: ColumnSurvey) -> dict[str, str]:
    recognised_columns = [column for column in survey.columns if not column.reason and not column.is_open]
    if recognised_columns:
        click.echo("Recognised:", err=True)
        _list(recognised_columns)
    answers: dict[str, str] = {}
    if survey.guesses:
        click.echo("Guessed:", err=True)
        _list(survey.guesses)
        if click.confirm("Are all the guesses right?", default=True, err=True):
            answers = {column.label: column.meaning for column in survey.guesses}
        else:
            answers = {column.label: _ask(survey, column, column.meaning) for column in survey.guesses}
    open_columns = [column for column in survey.columns if column.is_open]
    if open_columns:
        click.echo(
            f"What are these? A field, such as 'Base' ({_HELP} lists all); 'own' for a field of your own; ", err=True
        )
        click.echo("'ignore' for nothing; Enter leaves it open.", err=True)
    return answers | {column.label: _ask(survey, column, DECIDE) for column in open_columns}


def _list(columns: Sequence[ColumnGuess]) -> None:
    for column in columns:
        reason = f"  ({column.reason})" if column.reason else ""
        click.echo(f"  {column.label} -> {column.meaning}{reason}", err=True)


def _ask(survey: ColumnSurvey, column: ColumnGuess, default: str) -> str:
    samples = ", ".join(f"'{text}'" for text in column.samples) or "no cells filled in"
    while True:
        answer = click.prompt(f"  {column.label} ({samples})", default=default, err=True)
        if answer.strip() == _HELP:
            click.echo(f"  {list_fields()}", err=True)
        elif meaning := survey.meaning_of(column.label, answer):
            return meaning
        else:
            click.echo(f"  '{answer}' is no field: {CHOICES}", err=True)
