"""``jdgen framework import``."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from jdgen.app import Workspace, find_workspace
from jdgen.app.carrying import names_for_carrying
from jdgen.app.framework_versions import (
    Doubt,
    Imported,
    ImportedFiles,
    Marks,
    NoTableError,
    Specialism,
    TablesError,
    read_published,
    save_import,
    save_layout_to_decide,
    unfitting,
    weighing_problems,
    without_criteria,
)
from jdgen.cli.command import user_errors
from jdgen.cli.framework.criteria import no_criteria
from jdgen.cli.options import COUNT, PATH, examples, output_option, replacing
from jdgen.cli.pairs import read_pairs
from jdgen.cli.terminal import control_stream, suggest, warn
from jdgen.errors import JdgenError
from jdgen.harmless import harmless
from jdgen.system.shells import quoted


@click.command(
    "import",
    epilog=examples(
        "jdgen framework import framework.docx --id our-framework --version 2026 "
        "--output framework_data/frameworks/our-framework.yaml",
    ),
)
@click.argument("files", type=PATH, nargs=-1, required=True, metavar="FILE...")
@click.option("--id", required=True, help="Short name of the framework, such as nhs-pccf.")
@click.option("--version", required=True, help="Version as published, or how this one is told from others.")
@output_option("Framework file to write.", required=True)
@click.option("--add", is_flag=True, help="Put the chapters into --output, and leave the rest of that file as it is.")
@click.option("--previous", type=PATH, help="Earlier version, whose ids are kept. Else the one with the same id.")
@click.option("--renamed", multiple=True, metavar="OLD=NEW", help="Specialism that has a new name; may be repeated.")
@click.option("--title", help="Published title of the framework.")
@click.option("--publisher", help="Who publishes it.")
@click.option("--licence", help="Licence, as the publication states it.")
@click.option("--layout", type=PATH, help="Layout file: read where there is one, else written. Else beside --output.")
@click.option("--levels", help="Its levels, lowest first, where they are not bands: 'Foundation, Senior'; or 'none'.")
@click.option("--level-word", default="level", show_default=True, help="What it calls one of them, such as grade.")
@click.option("--levels-add-up", is_flag=True, help="What it says of a level holds at all levels above it too.")
@click.option("--skill-levels", help="Levels of its skills, lowest first, where they have some: 'Awareness, Expert'.")
@click.option("--skill-level-word", default="skill level", show_default=True, help="What it calls one of these.")
@click.option("--specialism", default="", help="What all its tables are about, where the file does not say it.")
@click.option("--table", "tables", type=COUNT, multiple=True, help="Read this table, by its number, and no other.")
@click.option("--hidden", is_flag=True, help="Read hidden rows, columns, sheets and text too; else they are left out.")
@click.option("--struck", is_flag=True, help="Read struck-through text too; else it is left out.")
@click.option("--codes", is_flag=True, help="Read codes before texts (A1.2) as part of them; else they are left out.")
@click.option(
    "--empty",
    type=click.Choice(["goes-on", "nothing"]),
    help="Whether an empty cell goes on with the cell on its left (as if left out), or says nothing.",
)
@click.option(
    "--marks",
    type=click.Choice(["nothing", "goes-on", "text"]),
    help="Whether a cell with - or N/A says nothing (as if left out), goes on as an empty one, or is a text.",
)
@click.option("--reviewed", is_flag=True, help="Somebody has held the review sheet against the publication.")
@replacing("Replace files that are there, as jdgen wrote them.", "those that somebody has worked on")
@user_errors
def import_(files: tuple[Path, ...], output: Path, *, permissions: Any, **options: Any) -> None:
    """Read the framework that is published in FILE (.docx, .xlsx, .csv, .html, .md, .json, .pdf, or .txt with
    tabs), or in several.

    Its tables have a row of bands (or of the levels that --levels names), and a row for each heading; or they are
    lists, or in the long form. What was recognised is written into a layout file, to be mended and used again.
    Everything that has to be looked at is listed in a review sheet beside the framework file; on a terminal, what an
    option decides is asked.
    """
    workspace = find_workspace(Path.cwd())
    choices = _choices_of_options(options)
    layout = options["layout"]

    known_names = read_pairs("--renamed", "OLD=NEW", options.pop("renamed"), "'Old title=New title'")
    known_levels: str | None = options.pop("levels")

    def read_with(
        choices: Choices, levels: str | None = known_levels, renamed: Iterable[tuple[str, str]] = ()
    ) -> Imported:
        names = (*known_names, *renamed)
        with _working(" ".join(file.name for file in files)):
            return read_published(files, workspace, output, choices=choices, levels=levels, renamed=names, **options)

    try:
        imported = _settle_questions(read_with, choices)
    except NoTableError as error:
        if layout is None or layout.exists() or not error.to_decide.pages:
            raise
        raise JdgenError(
            [*error.problems, save_layout_to_decide(error, files, workspace, layout, permissions)]
        ) from error
    # The places of several files begin with their names.
    weighing = weighing_problems(imported.doubts, files[0].name if len(files) == 1 else "")
    warn(weighing if not imported.is_reviewed else ())
    _tell(save_import(imported, files, workspace, output, permissions, layout=layout), workspace)


#: What the user has decided about the file, by the names of the fields of :class:`FileChoices`.
Choices = dict[str, Any]


def _choices_of_options(options: dict[str, Any]) -> Choices:
    """What options decide about the file, taken out of ``options``."""
    empty, marks = options.pop("empty"), options.pop("marks")
    choices = {name: options.pop(name) for name in ("hidden", "struck", "codes", "tables")}
    choices |= {"specialism": options.pop("specialism").strip(), "marks": Marks(marks) if marks else None}
    return {name: value for name, value in choices.items() if value} | (
        {"empty_goes_on": empty == "goes-on"} if empty else {}
    )


@contextlib.contextmanager
def _working(name: str) -> Iterator[None]:
    """Show on a terminal that a file is being read, and for how long: a PDF may take half a minute."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    # Loading rich takes longer than reading most files; only a terminal needs it.
    from rich import console, progress  # noqa: PLC0415

    terminal = console.Console(file=control_stream(sys.stderr))
    columns = (progress.SpinnerColumn(), progress.TextColumn("{task.description}"), progress.TimeElapsedColumn())
    with progress.Progress(
        *columns, console=terminal, transient=True, redirect_stdout=False, redirect_stderr=False
    ) as bar:
        bar.add_task(f"reading {harmless(name)}", total=None)
        yield


#: What is asked about doubts that an option decides, whether yes is likely, and what the other answer changes.
_QUESTIONS: dict[str, tuple[str, bool, Choices]] = {
    "--hidden": ("Read what the file hides too", False, {"hidden": True}),
    "--struck": ("Read what is struck through too", False, {"struck": True}),
    "--codes": ("Are these codes part of the texts", False, {"codes": True}),
    "--empty": ("Do these empty cells go on with the cell on their left", True, {"empty_goes_on": False}),
}


def _settle_questions(read_with: Callable[..., Imported], choices: Choices) -> Imported:
    """What is read, after the user has answered on a terminal what options decide."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return read_with(choices)
    try:
        first = _first_reading(read_with, choices)
    except NoTableError as error:
        read_with = _with_levels(read_with, error)
        first = _first_reading(read_with, choices)
    if "tables" not in choices and len(first.tables) > 1 and (numbers := _ask_for_tables(first.tables)):
        choices = choices | {"tables": numbers}
        imported = read_with(choices)
    elif isinstance(first, TablesError):
        raise first
    else:
        imported = first
    asked_options: set[str] = set()
    while questions := [each for each in _QUESTIONS if each not in asked_options and _of_option(imported, each)]:
        option = questions[0]
        asked_options.add(option)
        question, usual, change = _QUESTIONS[option]
        for doubt in _of_option(imported, option)[:_MOST_TOLD]:
            click.echo(f"  {doubt.place}: {doubt.what}: {doubt.text}", err=True)
        if (more := len(_of_option(imported, option)) - _MOST_TOLD) > 0:
            click.echo(f"  and {more:,} more", err=True)
        if click.confirm(question, default=usual, err=True) != usual:
            choices = choices | change
            imported = read_with(choices)
    return _with_new_names(read_with, imported, choices)


def _with_new_names(read_with: Callable[..., Imported], imported: Imported, choices: Choices) -> Imported:
    """What is read, after the user has said which specialisms have a new name."""
    old_names: dict[str, str] = {}
    for doubt in _of_option(imported, "--renamed"):
        for title in (title for title in doubt.answers if title not in old_names):
            if click.confirm(f"Is '{title}' the new name of '{doubt.heading}'", default=False, err=True):
                old_names[title] = doubt.heading
                break
    return read_with(choices, renamed=[(old, new) for new, old in old_names.items()]) if old_names else imported


def _first_reading(read_with: Callable[..., Imported], choices: Choices) -> Imported | TablesError:
    """What is read before the user has chosen among tables; or that these cannot be told apart, where it helps to
    choose, which is told at once."""
    try:
        return read_with(choices)
    except TablesError as error:
        if len(error.tables) < 2 or "tables" in choices:
            raise
        warn(error.problems)
        return error


def _with_levels(read_with: Callable[..., Imported], error: NoTableError) -> Callable[..., Imported]:
    """How the file is read after the user has told the levels, where no table names bands or those that are known.
    Raises ``error`` where it helps not to know them."""
    if not error.may_have_levels:
        raise error
    warn(error.problems)
    question = "What are its levels called, lowest first, with commas between them (or none, where it has no levels)"
    return partial(read_with, levels=click.prompt(question, err=True))


def _ask_for_tables(tables: Sequence[str]) -> tuple[int, ...]:
    """The numbers of the tables that are to be read; none for all of them."""
    click.echo("The file has several tables:", err=True)
    for table in tables:
        click.echo(f"  {table}", err=True)
    while True:
        answer = click.prompt("Which are to be read, by their numbers", default="all", err=True)
        if answer.strip() == "all":
            return ()
        numbers = tuple(int(number) for number in answer.replace(",", " ").split() if number.isdecimal())
        if numbers and all(0 < number <= len(tables) for number in numbers):
            return numbers
        click.echo(f"  '{answer}' names none: write numbers from 1 to {len(tables)}, with commas, or all", err=True)


_MOST_TOLD = 10


def _of_option(imported: Imported, option: str) -> list[Doubt]:
    return [doubt for doubt in imported.doubts if doubt.weighs and doubt.option == option]


def _in_place_of(specialism: Specialism, imported: Imported) -> str:
    """Which version of a chapter is in its file no more."""
    replaced = imported.addition.replaced if imported.addition else {}
    return f", in place of the version '{replaced[specialism.id]}'" if specialism.id in replaced else ""


def _tell(files: ImportedFiles, workspace: Workspace) -> None:
    for specialism in files.imported.framework.specialisms:
        count = sum(len(row.statements) for row in specialism.rows)
        headings = f"{len(specialism.headings)} headings, {count} statements"
        levels = f"{specialism.levels.description}, " if specialism.levels.description else ""
        click.echo(f"{specialism.title}: {levels}{headings}{_in_place_of(specialism, files.imported)}")
    click.echo(f"framework: {files.framework}\nsource text: {files.source}")
    if skills := files.imported.framework.skills:
        click.echo(
            f"{len(skills)} skills, {sum(len(skill.descriptors) for skill in skills)} descriptors of their levels"
        )
    click.echo(f"layout: {files.layout}")
    if files.review:
        click.echo(f"{len(files.imported.doubts)} things to look at: {files.review}")
    if problems := unfitting(files.imported.framework, workspace):
        if names := names_for_carrying(workspace, files.imported.framework, files.framework):
            command = f"jdgen framework carry-over {' '.join(map(quoted, names))}"
            click.echo(f"Mend the following. `{command}` makes copies for that, with a mark at what has to be decided.")
        else:
            click.echo(
                "Mend the following (what is shipped: in a copy of yours; `jdgen docs --copy FOLDER` gives one)."
            )
        click.echo("Until then documents are made without what does not fit, each with a review note:")
        for problem in problems:
            click.echo(f"  {problem}")
    for bare in without_criteria(files.imported.framework, workspace):
        click.echo(no_criteria(bare))
    suggest("look at what is listed, then", f"jdgen framework check {quoted(files.framework)}")
