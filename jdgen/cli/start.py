"""``jdgen start``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from jdgen.app.workspaces import (
    DEFAULT_PATTERN,
    EXAMPLE_POST,
    NHS_DARK_BLUE,
    Answers,
    Finding,
    Nation,
    StartedWorkspace,
    answer_problems,
    assessment_methods_of,
    specialisms_of,
    start_workspace,
    unready_problem,
)
from jdgen.cli.command import user_errors
from jdgen.cli.options import FRAMEWORK, PATH, SPECIALISM, examples
from jdgen.cli.terminal import warn
from jdgen.errors import JdgenError
from jdgen.system.shells import quoted

#: What a workspace is better with, by the answer: how it is named where it was left out.
_IMPROVEMENTS = {
    "organisation": "the name of your organisation",
    "values": "its values",
    "specialism": "the specialism",
}
_NATION = click.Choice([nation.value for nation in Nation], case_sensitive=False)
_NUMBERED_TEMPLATE = "job-description-numbered"
_SCOTTISH = (
    f"{_NUMBERED_TEMPLATE} is a template that begins as forms of NHS Scotland do. "
    "Nobody who works there has reviewed it."
)
_STATEMENTS = "Copy the general statements, to change them"
#: So many errors of a template are told one by one.
_MOST_TOLD = 10


@click.command(epilog=examples("jdgen start", "jdgen start our-trust --organisation 'Our NHS Trust' --no-input"))
@click.argument("folder", type=PATH, default=Path())
@click.option("--organisation", help="Name of your organisation.")
@click.option("--values", multiple=True, help="Its values, with commas between them; or one, and repeated.")
@click.option("--nation", type=_NATION, help="Where it is.")
@click.option(
    "--specialism", type=SPECIALISM, help="Specialism of the framework that your posts belong to, such as pmo."
)
@click.option("--framework", type=FRAMEWORK, help="Framework, where several have the specialism.")
@click.option("--template", type=PATH, help="Your own Word template, copied into the workspace.")
@click.option("--colour", "color", help="Without one: colour of headings of the template that is made.")
@click.option("--accent", help="Colour of its sub-headings and rules.")
@click.option("--picture", type=PATH, help="PNG or JPEG file, shown above its title.")
@click.option("--alt-text", help="What the picture shows, for people who cannot see it.")
@click.option("--filename", metavar="PATTERN", help=f"Pattern of documents' names, such as '{DEFAULT_PATTERN}'.")
@click.option("--assessment", multiple=True, metavar="CODE=YOURS", help="Your code, such as 'A=AF Application form'.")
@click.option("--statements/--no-statements", default=None, help=f"{_STATEMENTS}.")
@click.option("--no-input", is_flag=True, help="Ask nothing: leave out what no option says.")
@user_errors
def start(folder: Path, no_input: bool, **options: Any) -> None:
    """Begin your organisation's workspace in FOLDER, or in this folder.

    It asks what no option says, and writes jdgen.toml (what is the same in all your documents), a template in your
    name, and an example of a post. Files that are there stay as they are.
    """
    is_asking = not no_input and sys.stdin.isatty()
    answers = _answers_of_options(options)
    if is_asking:
        if unready := unready_problem(folder):
            raise JdgenError(unready)
        answers = _ask_the_rest(folder, answers)
    workspace = start_workspace(folder, Answers(**answers))
    for path in workspace.paths:
        click.echo(path)
    _tell(workspace, Answers(**answers))
    _tell_next(folder, workspace)


def _answers_of_options(options: dict[str, Any]) -> dict[str, Any]:
    """What options say. One option with values names several, with commas between them."""
    answers = {name: value for name, value in options.items() if value not in (None, ())}
    if values := answers.get("values"):
        answers["values"] = _split(values[0]) if len(values) == 1 else values
    if "nation" in answers:
        answers["nation"] = Nation(answers["nation"])
    return answers


def _split(text: str) -> tuple[str, ...]:
    return tuple(value for value in map(str.strip, text.split(",")) if value)


# Questions. Each is one of the options, and is asked again until its answer fits.

_AnswersByName = dict[str, Any]


class _Question(NamedTuple):
    """What is asked where the option ``flag`` does not say the answer ``name``, if it ``applies`` to what was answered
    before. To ask gives nothing where the question is left out."""

    name: str
    flag: str
    ask: Callable[[Path, _AnswersByName], Any]
    applies: Callable[[_AnswersByName], bool] = lambda _: True


def _ask_the_rest(folder: Path, from_options: _AnswersByName) -> _AnswersByName:
    """``from_options``, with what the user answers to the questions that no option has answered."""
    click.echo(
        "Enter takes what stands in brackets, or leaves a question out. Ctrl+C stops: then nothing is written.\n"
    )
    answers = dict(from_options)
    try:
        for question in _QUESTIONS:
            if question.name not in answers and question.applies(answers):
                answers |= _ask(folder, question, answers)
    except click.Abort:
        click.echo("\nstopped: nothing was written", err=True)
        raise click.exceptions.Exit(1) from None
    return answers


def _ask(folder: Path, question: _Question, answers: _AnswersByName) -> _AnswersByName:
    while True:
        answer = question.ask(folder, answers)
        if answer in (None, (), ""):
            return {}
        new_answer = {question.name: answer}
        problems = answer_problems(folder, Answers(**answers, **new_answer))
        unfit = [problem for problem in problems if problem.where == question.flag]
        if not unfit:
            return new_answer
        for problem in unfit:
            click.echo(f"  {problem.what}: {problem.right}")


def _text(question: str, default: str = "") -> str:
    """What is typed; the ``default`` for nothing, which is shown where there is one."""
    answer: str = click.prompt(question, default=default, show_default=bool(default))
    return answer.strip()


def _ask_nation() -> Nation:
    return Nation(click.prompt("Nation", default=Nation.ENGLAND.value, type=_NATION))


def _ask_specialism(folder: Path, _answers: _AnswersByName) -> str | None:
    specialisms = specialisms_of(folder)
    if len(specialisms) == 1:
        click.echo(f"Specialism: {specialisms[0][1]} (the only one there is)")
        return None
    click.echo(f"Specialisms: {', '.join(f'{title} ({name})' for name, title in specialisms)}")
    return _text("Specialism that your posts belong to")


def _ask_color() -> str | None:
    # Taken as it is, it is no choice: what goes with it is another blue.
    color = _text("Colour of headings", NHS_DARK_BLUE)
    return None if color == NHS_DARK_BLUE else color


def _ask_path(question: str) -> Path | None:
    typed_path = _text(question).strip("\"'")
    return Path(typed_path).expanduser() if typed_path else None


def _ask_template(_folder: Path, answers: _AnswersByName) -> Path | None:
    if answers.get("nation") is Nation.SCOTLAND:
        click.echo(f"{_SCOTTISH} It can be named here.")
    return _ask_path("Your own Word template (a .docx file), if you have one")


def _ask_assessment(folder: Path, answers: _AnswersByName) -> tuple[str, ...]:
    methods = assessment_methods_of(folder, answers.get("specialism"))
    click.echo(f"Criteria are assessed by {', '.join(f'{code} ({name})' for code, name in methods)}.")
    if not click.confirm("Use other codes", default=False):
        return ()
    codes = [(code, f"{code} {name}", _text(f"  in place of {code}", f"{code} {name}")) for code, name in methods]
    return tuple(f"{code}={answer}" for code, usual, answer in codes if answer != usual)


def _has_no_template(answers: _AnswersByName) -> bool:
    """Whether a template is made, which it is in somebody's name."""
    return "template" not in answers and "organisation" in answers


_QUESTIONS = (
    _Question("organisation", "--organisation", lambda *_: _text("Name of your organisation")),
    _Question("values", "--values", lambda *_: _split(_text("Its values, with commas between them"))),
    _Question("nation", "--nation", lambda *_: _ask_nation()),
    _Question("specialism", "--specialism", _ask_specialism),
    _Question("template", "--template", _ask_template),
    _Question("color", "--colour", lambda *_: _ask_color(), _has_no_template),
    _Question("picture", "--picture", lambda *_: _ask_path("Picture (PNG or JPEG file), if any"), _has_no_template),
    _Question(
        "alt_text", "--alt-text", lambda *_: _text("What the picture shows"), lambda answers: "picture" in answers
    ),
    _Question("filename", "--filename", lambda *_: _text("Names of documents", DEFAULT_PATTERN)),
    _Question("assessment", "--assessment", _ask_assessment),
    _Question("statements", "--statements", lambda *_: click.confirm(_STATEMENTS, default=False)),
)


# What is said when it is done: paths on standard output, all else beside it.


def _tell(workspace: StartedWorkspace, answers: Answers) -> None:
    """What its user must know, and what was left out."""
    warn(workspace.warnings)
    new = workspace.new
    if new.specialism:
        click.echo(f"specialism: {new.specialism.title}", err=True)
    left_out = [
        words for name, words in _IMPROVEMENTS.items() if not (getattr(answers, name) or getattr(new, name, None))
    ]
    if left_out:
        click.echo(f"left out: {', '.join(left_out)}. jdgen.toml says where to write it.", err=True)
    if answers.template is None and answers.nation is Nation.SCOTLAND:
        click.echo(f"{_SCOTTISH} To take it: --template {_NUMBERED_TEMPLATE}", err=True)
    if new.findings:
        _tell_findings(new.template, new.findings, new.errors)


def _tell_findings(template: str, findings: Sequence[Finding], errors: Sequence[Finding]) -> None:
    """What is wrong with the organisation's own template: errors one by one, since they stand in the way."""
    others = len(findings) - len(errors)
    click.echo(f"template {template}: errors: {len(errors)}, other findings: {others}", err=True)
    for finding in errors[:_MOST_TOLD]:
        click.echo(f"  {str(finding.place) or 'the whole file'}: {finding.what}: {finding.right}", err=True)
    if errors:
        click.echo("  until they are mended, documents are made with the template that comes with jdgen", err=True)


def _tell_next(folder: Path, workspace: StartedWorkspace) -> None:
    """Three commands that work as they stand."""
    click.echo("\nNext:", err=True)
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {quoted(folder)}", err=True)
    name = quoted(workspace.new.template)
    last = (f"jdgen template check {name}", "see what is to be mended in your template")
    if not workspace.new.findings:
        last = ("jdgen doctor", "see what is where, and whether files that you changed are sound")
    steps = (
        (f"jdgen generate --post {EXAMPLE_POST.as_posix()}", "make a job description, to look at in Word"),
        ("jdgen workbook posts.xlsx", "make a workbook in which managers describe posts"),
        last,
    )
    width = max(len(command) for command, _ in steps) + 3
    for command, what in steps:
        click.echo(f"  {command:{width}}{what}", err=True)
