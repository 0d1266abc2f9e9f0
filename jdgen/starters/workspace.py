"""A new workspace: what an organisation answers, what is wrong with an answer, and the files that are made of it.

Nothing is written here. What a file says that people are to change is written for those who have never programmed:
settings of ``jdgen.toml`` that say nothing else than jdgen does anyway stand there behind a ``#``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import NamedTuple

from jdgen.configuration import own_method
from jdgen.document.names import DEFAULT_PATTERN, NAME_FIELDS, check_pattern
from jdgen.drafting.loading import (
    find_specialism,
    gather,
    load_criteria,
    load_frameworks,
    load_placeholders,
    picture_content,
)
from jdgen.drafting.model import AssessmentMethod
from jdgen.drafting.own_methods import with_own_methods
from jdgen.errors import JdgenError, Problem, list_words
from jdgen.files import content_of
from jdgen.framework.model import Framework, Specialism
from jdgen.framework.reading import current
from jdgen.levels import AFC
from jdgen.template.checks.check import UNFIT_FILE, check_vetted
from jdgen.template.checks.findings import Finding, Severity
from jdgen.template.choosing import DEFAULT_TEMPLATE, template_path
from jdgen.template.starting import StarterChoices, starter
from jdgen.words import forbidden
from jdgen.workspace import CONFIGURATION, Workspace, shipped_folder

#: The post that a new workspace has, to be tried and to be copied.
EXAMPLE_POST = Path("posts/example.yaml")
STATEMENTS = Path("framework_data/clauses/general.yaml")
_TEMPLATES = Path("templates")
#: As schemas of criteria and of ``jdgen.toml`` have it.
_METHOD = re.compile(r"\s*[A-Z]{1,2}\s*=\s*[A-Z]{1,2}\s+\S.*")
_METHOD_EXAMPLE = "A=AF Application form"


class Nation(StrEnum):
    """Where the organisation is. The general statements that jdgen ships are those of England alone."""

    ENGLAND = "England"
    SCOTLAND = "Scotland"
    WALES = "Wales"
    NORTHERN_IRELAND = "Northern Ireland"


@dataclass(frozen=True)
class Answers:
    """What an organisation says of itself when it begins; None and nothing where it does not say.

    ``template`` is a Word file of its own. Where it has none, one is made in its name, with ``color`` and ``accent``
    (such as ``#005EB8``) and the ``picture``, which ``alt_text`` describes. ``statements`` says whether the general
    statements are copied to be changed; in England that is not so, unless somebody says it. ``assessment`` has the
    organisation's codes of assessment, each as ``A=AF Application form``, with the code in whose place it stands.
    """

    organisation: str | None = None
    values: tuple[str, ...] = ()
    nation: Nation = Nation.ENGLAND
    specialism: str | None = None
    framework: str | None = None
    template: Path | None = None
    color: str | None = None
    accent: str | None = None
    picture: Path | None = None
    alt_text: str | None = None
    filename: str | None = None
    assessment: tuple[str, ...] = ()
    statements: bool | None = None

    @property
    def copies_statements(self) -> bool:
        """Whether the workspace gets general statements of its own."""
        return self.nation is not Nation.ENGLAND if self.statements is None else self.statements


class NewFile(NamedTuple):
    """A file of the workspace, with its path from there."""

    path: Path
    content: bytes


@dataclass(frozen=True)
class NewWorkspace:
    """The files of a workspace that is to be begun, in the order in which they are written: the one that makes a folder
    a workspace is the last.

    ``template`` is what its template is called. Where ``findings``, those of an organisation's own template, hold an
    error, documents are made with the shipped one until it is mended. ``specialism`` is what every post has, if that
    is settled.
    """

    files: tuple[NewFile, ...]
    template: str
    findings: tuple[Finding, ...]
    specialism: Specialism | None
    warnings: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Why the organisation's own template makes no documents yet."""
        return tuple(finding for finding in self.findings if finding.severity == Severity.ERROR)


class _Template(NamedTuple):
    """The template of a new workspace; no file where the shipped one is taken as it is."""

    name: str
    file: NewFile | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def is_sound(self) -> bool:
        return all(finding.severity != Severity.ERROR for finding in self.findings)


class _Pathway(NamedTuple):
    """A specialism, and the framework that has it."""

    framework: Framework
    specialism: Specialism


def specialisms(workspace: Workspace) -> tuple[Specialism, ...]:
    """What there is to choose from."""
    return tuple(specialism for _, specialism in _pathways(workspace))


def assessment_methods(workspace: Workspace, specialism: str | None = None) -> tuple[tuple[str, str], ...]:
    """The codes by which the criteria of ``specialism``, or of the first that there is, are assessed, with what each
    stands for."""
    pathway = _chosen(workspace, Answers(specialism=specialism)) or _pathways(workspace)[0]
    return tuple((method.code, method.name) for method in load_criteria(workspace, *pathway).assessment)


def plan_workspace(workspace: Workspace, answers: Answers) -> NewWorkspace:
    """The files of the ``workspace`` that ``answers`` ask for.

    Raises :class:`JdgenError` with everything that is wrong with them; the place of each is the option that says it.
    """
    parts: tuple[Callable[[], _Pathway | _Template | None], ...] = (
        partial(_chosen, workspace, answers),
        partial(_template, workspace, answers),
        partial(_check_texts, answers),
        partial(_check_pattern, answers),
        partial(_check_methods, workspace, answers),
    )
    pathway, template, *_ = gather(parts)
    assert isinstance(template, _Template)
    assert not isinstance(pathway, _Template)
    specialism = pathway.specialism if pathway else None
    exemplary = pathway or _pathways(workspace)[0]
    configuration = _configuration(answers, template, pathway, load_criteria(workspace, *exemplary).assessment)
    example = _example(exemplary, is_settled=pathway is not None)
    files = [
        template.file,
        NewFile(STATEMENTS, _statements(answers.nation)) if answers.copies_statements else None,
        NewFile(EXAMPLE_POST, example.encode()),
        NewFile(Path(CONFIGURATION), configuration.encode()),
    ]
    return NewWorkspace(
        files=tuple(file for file in files if file),
        template=template.name,
        findings=template.findings,
        specialism=specialism,
        warnings=tuple(_warnings(answers)),
    )


# What is wrong with an answer.


def _pathways(workspace: Workspace) -> tuple[_Pathway, ...]:
    return tuple(_Pathway(known, one) for known in current(load_frameworks(workspace)) for one in known.specialisms)


def _chosen(workspace: Workspace, answers: Answers) -> _Pathway | None:
    """The specialism that is named, or the only one there is; nothing where that is left open."""
    if answers.specialism:
        known = current(load_frameworks(workspace))
        return _Pathway(*find_specialism(known, answers.specialism, answers.framework, "--specialism", "--framework"))
    every = _pathways(workspace)
    return every[0] if len(every) == 1 else None


def _template(workspace: Workspace, answers: Answers) -> _Template:
    if answers.template is None:
        return _made_template(answers)
    look = {"--colour": answers.color, "--accent": answers.accent, "--picture": answers.picture}
    if given := [flag for flag, value in {**look, "--alt-text": answers.alt_text}.items() if value is not None]:
        what = "is for a template that jdgen makes, and --template names your own"
        raise JdgenError(Problem(flag, what, "give one of the two") for flag in given)
    try:
        source = template_path(workspace, str(answers.template))
    except JdgenError as error:
        raise JdgenError(Problem("--template", each.what, each.right) for each in error.problems) from error
    content = content_of(source, "the template", where="--template")
    findings = check_vetted(content, source.name, load_placeholders(workspace))
    # One that cannot even be opened is no template that anybody could mend.
    if unfit := [finding for finding in findings if finding.code == UNFIT_FILE and finding.severity == Severity.ERROR]:
        raise JdgenError(Problem("--template", finding.what, finding.right) for finding in unfit)
    return _Template(source.stem, NewFile(_TEMPLATES / f"{source.stem}.docx", content), findings)


def _made_template(answers: Answers) -> _Template:
    """A template in the organisation's name. It has the name of the shipped one, and wins over it."""
    look = {"--colour": answers.color, "--accent": answers.accent, "--picture": answers.picture}
    if answers.organisation is None:
        if given := [flag for flag, value in {**look, "--alt-text": answers.alt_text}.items() if value is not None]:
            what = "is for a template in the name of your organisation"
            raise JdgenError(Problem(flag, what, "give the name, too: --organisation") for flag in given)
        return _Template(DEFAULT_TEMPLATE)
    picture = picture_content(answers.picture, "--picture", "name a PNG or JPEG file") if answers.picture else None
    choices = StarterChoices(
        organisation=answers.organisation,
        color=answers.color,
        accent=answers.accent,
        picture=picture,
        alt_text=answers.alt_text,
    )
    return _Template(DEFAULT_TEMPLATE, NewFile(_TEMPLATES / f"{DEFAULT_TEMPLATE}.docx", starter(choices)))


def _check_texts(answers: Answers) -> None:
    """Refuse what no document can show, and what says nothing. A name in which a template is made is refused with
    that."""
    texts = [("--values", value, "write the value, or leave the option out") for value in answers.values]
    if answers.template and answers.organisation is not None:
        texts.append(("--organisation", answers.organisation, "write the name of the organisation"))
    if answers.filename is not None:
        texts.append(("--filename", answers.filename, "write a pattern, or leave the option out"))
    problems = [Problem(where, "is empty", right) for where, text, right in texts if not text.strip()]
    problems += [
        Problem(where, f"control character {code}", "delete it")
        for where, text, _ in texts
        for _, code in forbidden(text)
    ]
    _raise_any(problems)


def _check_pattern(answers: Answers) -> None:
    if answers.filename:  # an empty one is refused as a text
        check_pattern(answers.filename, "--filename")


def _check_methods(workspace: Workspace, answers: Answers) -> None:
    """Refuse codes of assessment that cannot be read, that no criteria have, or that two ways of it would share."""
    if not answers.assessment:
        return
    _raise_any(
        [
            Problem("--assessment", f"'{text}' is none", f"write a code, = and yours, such as '{_METHOD_EXAMPLE}'")
            for text in answers.assessment
            if not _METHOD.fullmatch(text) or forbidden(text)
        ]
    )
    own = {code: own_method(said, "--assessment") for code, said in _methods(answers)}
    pathway = _chosen(workspace, answers) or _pathways(workspace)[0]
    with_own_methods(load_criteria(workspace, *pathway), own, lambda: ())


def _methods(answers: Answers) -> Iterator[tuple[str, str]]:
    """The code of the criteria in whose place each of the organisation's stands, and that with its name."""
    for text in answers.assessment:
        code, _, said = text.partition("=")
        yield code.strip(), " ".join(said.split())


def _raise_any(problems: Sequence[Problem]) -> None:
    if problems:
        raise JdgenError(problems)


def _warnings(answers: Answers) -> Iterator[Problem]:
    """What its user must know."""
    if answers.nation is Nation.ENGLAND:
        return
    what = f"they name the laws and bodies of England, and jdgen has none for {answers.nation}"
    if answers.copies_statements:
        yield Problem(str(STATEMENTS), what, "change them with your HR and legal advisers before documents are used")
    else:
        yield Problem("the general statements", what, f"put your own set at {STATEMENTS} before documents are used")


# What the files say.


def _statements(nation: Nation) -> bytes:
    """The shipped general statements, with words at their top for those who are to change them."""
    text = (shipped_folder() / STATEMENTS).read_text(encoding="utf-8")
    _, _, content = text.partition("\nid:")
    lines = [
        "# Your organisation's general statements. Every job description ends with them.",
        "# Change the titles and texts here. Keep the marks and the spaces at the beginning of each line.",
        "# After a change: jdgen doctor",
    ]
    if nation is not Nation.ENGLAND:
        lines.append(f"# These name the laws and bodies of England: change them for {nation} before you use them.")
    return "\n".join([*lines, f"id:{content}"]).encode()


def _quoted(text: str) -> str:
    """``text`` in quotation marks, as TOML and YAML read it."""
    return json.dumps(text, ensure_ascii=False)


def _setting(key: str, value: str | None, otherwise: str) -> str:
    """A setting; behind a ``#``, with what it would say ``otherwise``, where there is nothing to say."""
    return f"#{key} = {_quoted(otherwise)}" if value is None else f"{key} = {_quoted(value)}"


def _configuration(
    answers: Answers, template: _Template, pathway: _Pathway | None, methods: Sequence[AssessmentMethod]
) -> str:
    """``jdgen.toml``."""
    name = " ".join(answers.organisation.split()) if answers.organisation else None
    values = "".join(f"    {_quoted(' '.join(value.split()))},\n" for value in answers.values)
    filename = None if answers.filename == DEFAULT_PATTERN else answers.filename
    mend = f"# {template.name} has errors. Mend them in Word, then use it: jdgen template check {template.name}\n"
    is_used = template.is_sound and template.name != DEFAULT_TEMPLATE
    named = pathway.specialism.id if pathway else None
    framework = f"framework = {_quoted(pathway.framework.id)}\n" if pathway and answers.framework else ""
    own = dict(_methods(answers))
    assessment = "\n".join(_setting(one.code, own.get(one.code), f"{one.code} {one.name}") for one in methods)
    return f"""\
# What is the same in every job description that you make in this folder.
#
# jdgen passes over what stands behind a #. To use a setting that begins with #, delete the #, and change what
# stands between the quotation marks. Keep the quotation marks.
# A post file, a row of a spreadsheet or an option of a command may say otherwise, and wins over this file.
# More about it: jdgen docs workspace. After a change: jdgen doctor

# Every post. Any entry of a post file may stand here.
[post]

# The name of your organisation.
{_setting("employer", name, "The name of your organisation")}

# The part of the framework that your posts belong to. To see all: jdgen framework list
{_setting("specialism", named, "pmo")}
{framework}
# Your values, each in quotation marks, with a comma behind it.
{f"values = [{chr(10)}{values}]" if values else '#values = ["The first of your values", "The second"]'}

# What your organisation is and does, in a few sentences.
#about = "We are ..."

# The general statements: the name of a file in framework_data/clauses, without .yaml
#clauses = "general"

# How documents are made.
[documents]

# The template: the name of a file in the folder templates, without .docx
{"" if template.is_sound else mend}{_setting("template", template.name if is_used else None, template.name)}

# The folder that documents are written to.
#output = "output"

# The names of documents. What stands in braces is filled in from the post:
# {list_words(NAME_FIELDS)}
{_setting("filename", filename, DEFAULT_PATTERN)}

# The review notes that are shown: all, short, decide or none
#notes = "short"

# What your forms ask for and no framework knows: a name for templates, and the heading that people see.
# A template prints the first of these as {{{{ own.division }}}}
[own]
#division = "Division"
#post_number = "Post number"

# How criteria are assessed, in your codes: jdgen's code, then yours in one or two capitals, and what it stands for.
[assessment]
{assessment}
"""


def _example(pathway: _Pathway, *, is_settled: bool) -> str:
    """The example of a post. It names its specialism where ``jdgen.toml`` does not."""
    framework, specialism = pathway
    levels = list(specialism.levels)
    level = str(levels[min(1, len(levels) - 1)])
    category = next((one.id for one in specialism.role_categories if not one.competence_rule), None)
    named = [
        *([] if is_settled else [f"specialism: {specialism.id}", f"framework: {framework.id}"]),
        *([f"band: {_quoted(level)}"] if specialism.scale == AFC else ['band: "7"', f"level: {_quoted(level)}"]),
        *([f"role_category: {category}"] if category else []),
    ]
    lines = "\n".join(named)
    return f"""\
# An example of a post. Everything in it is invented.
# Make its job description: jdgen generate --post {EXAMPLE_POST.as_posix()}
# Copy this file for each post of yours, and change it. Keep the colons, and the spaces at the beginning of lines.
# What you leave out the document asks for. What jdgen.toml says of every post need not stand here.
title: Project planning officer
{lines}
department: Programme office
base: Headquarters, with some work at home
hours: 37.5 hours a week
contract: Permanent
responsible_to: Programme office manager
accountable_to: Director of strategy
responsible_for: No direct reports
version: "1.0"
purpose: >-
  You keep the plans of six projects, so that their managers know what is done when, and what waits for what.
relationships:
  - who: Project managers
    setting: internal
    purpose: Agree plans and dates.
  - who: Suppliers
    setting: external
    purpose: Ask what has been delivered.
decisions:
  - Decides how each plan is built.
  - Refers changes of agreed dates to the project board.
demands:
  - kind: mental
    text: Checks long plans against each other.
    frequency: Every week
    duration: Up to 3 hours at a time
"""
