"""Asking what the headings of somebody's own workbook mean, for ``jdgen batch --columns``.

Asked on standard error, so that what a command gives can still be piped.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path

import click

from jdgen.app import Workspace
from jdgen.app.columns import CHOICES, DECIDE, ColumnGuess, ColumnMap, ColumnSurvey, listed_fields, survey_columns
from jdgen.cli.terminal import warn
from jdgen.errors import JdgenError

_HELP = "?"


def settle_columns(
    posts: Path, path: Path, workspace: Workspace, *, sheet: str | None, given: Collection[str], is_dry: bool
) -> Path | ColumnMap:
    """See to it that the file at ``path`` says what the headings of ``posts`` mean: write it where there is none, and
    ask on a terminal for what it does not say. ``given`` are fields that all posts are given elsewhere. Gives the file;
    on a dry run, for one that is not there, what it would say.

    Raises :class:`JdgenError` where nobody is there to say yes to guesses, or to say what a heading is.
    """
    is_asking = sys.stdin.isatty() and sys.stderr.isatty()
    if path.exists() and (is_dry or not is_asking):
        return path
    survey = survey_columns(posts, path, workspace, sheet)
    if survey.known and not survey.columns:
        return path
    if is_dry:
        return _planned(survey)
    answers = _asked(survey) if is_asking else {}
    survey.save(answers)
    click.echo(f"{'added to' if survey.known else 'wrote'} {path}", err=True)
    if not is_asking and (problems := survey.problems(given)):
        raise JdgenError(problems)
    return path


def _planned(survey: ColumnSurvey) -> ColumnMap:
    """What a dry run goes on with: shown, and not written."""
    click.echo(f"would write {survey.path}:", err=True)
    for line in survey.planned_lines:
        click.echo(f"  {line}", err=True)
    warn(survey.doubts)
    return survey.planned_map()


def _asked(survey: ColumnSurvey) -> dict[str, str]:
    """What the user says of columns that are not recognised, by their labels."""
    click.echo(f"{survey.place}", err=True)
    try:
        return _ask_all(survey)
    except click.Abort:
        click.echo("\nstopped: nothing was written", err=True)
        raise click.exceptions.Exit(1) from None


def _ask_all(survey: ColumnSurvey) -> dict[str, str]:
    recognised = [column for column in survey.columns if not column.reason and not column.is_open]
    if recognised:
        click.echo("Recognised:", err=True)
        _list(recognised)
    answers: dict[str, str] = {}
    if survey.guesses:
        click.echo("Guessed:", err=True)
        _list(survey.guesses)
        if click.confirm("Are all the guesses right?", default=True, err=True):
            answers = {column.label: column.meaning for column in survey.guesses}
        else:
            answers = {column.label: _ask(survey, column, column.meaning) for column in survey.guesses}
    still = [column for column in survey.columns if column.is_open]
    if still:
        click.echo(
            f"What are these? A field, such as 'Base' ({_HELP} lists all); 'own' for a field of your own; ", err=True
        )
        click.echo("'ignore' for nothing; Enter leaves it open.", err=True)
    return answers | {column.label: _ask(survey, column, DECIDE) for column in still}


def _list(columns: Sequence[ColumnGuess]) -> None:
    for column in columns:
        reason = f"  ({column.reason})" if column.reason else ""
        click.echo(f"  {column.label} -> {column.meaning}{reason}", err=True)


def _ask(survey: ColumnSurvey, column: ColumnGuess, default: str) -> str:
    shown = ", ".join(f"'{text}'" for text in column.samples) or "no cells filled in"
    while True:
        answer = click.prompt(f"  {column.label} ({shown})", default=default, err=True)
        if answer.strip() == _HELP:
            click.echo(f"  {listed_fields()}", err=True)
        elif meaning := survey.meaning_of(column.label, answer):
            return meaning
        else:
            click.echo(f"  '{answer}' is no field: {CHOICES}", err=True)
