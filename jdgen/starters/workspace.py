"""A new workspace: the files that are made of what an organisation answers.

Nothing is written here. What a file says that people are to change is written for those who have never programmed:
settings of ``jdgen.toml`` that say nothing else than jdgen does anyway stand there behind a ``#``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from jdgen.configuration import GENERAL, Configuration, Nation
from jdgen.document.names import DEFAULT_PATTERN, NAME_FIELDS
from jdgen.drafting.added_files import load_criteria, read_statements
from jdgen.drafting.library import clauses_in
from jdgen.drafting.model import AssessmentMethod
from jdgen.errors import Problem, list_words
from jdgen.framework.model import Specialism
from jdgen.harmless import wrap_line
from jdgen.levels import AFC
from jdgen.starters.answers import (
    Answers,
    ChosenTemplate,
    Pathway,
    own_methods,
    pathways,
    sound_answers,
)
from jdgen.template.checks.findings import Finding, Severity
from jdgen.template.choosing import DEFAULT_TEMPLATE
from jdgen.text_files.toml_reading import toml_text
from jdgen.words import in_one_line
from jdgen.workspace import CONFIGURATION, Workspace, shipped_folder

#: The post that a new workspace has, to be tried and to be copied.
EXAMPLE_POST = Path("posts/example.yaml")
STATEMENTS = Path("framework_data/clauses/general.yaml")
_TEMPLATES = Path("templates")


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


def plan_workspace(workspace: Workspace, answers: Answers) -> NewWorkspace:
    """The files of the ``workspace`` that ``answers`` ask for.

    Raises :class:`JdgenError` with everything that is wrong with them; the place of each is the option that says it.
    """
    pathway, template = sound_answers(workspace, answers)
    specialism = pathway.specialism if pathway else None
    exemplary = pathway or pathways(workspace)[0]
    configuration = _configuration(answers, template, pathway, load_criteria(workspace, *exemplary).assessment)
    example = _example(exemplary, is_settled=pathway is not None)
    files = [
        NewFile(_TEMPLATES / f"{template.name}.docx", template.content) if template.content else None,
        NewFile(STATEMENTS, _statements(workspace, answers.nation)) if answers.statements else None,
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


def _warnings(answers: Answers) -> Iterator[Problem]:
    """What its user must know."""
    if answers.nation is not Nation.ENGLAND:
        what = f"those for {answers.nation} are jdgen's own, and nobody who works there has reviewed them"
        yield Problem("the general statements", what, "read them with your HR and legal advisers before you use them")


# What the files say.


def _statements(workspace: Workspace, nation: Nation) -> bytes:
    """The shipped general statements of the ``nation``, all of them in one file, with words at their top for those who
    are to change them."""
    file, base = read_statements(workspace, shipped_folder() / STATEMENTS.with_stem(nation.statements))
    lines = [
        "# Your organisation's general statements. Every job description ends with them.",
        "# Change the titles and texts here. Keep the marks and the spaces at the beginning of each line.",
        "# After a change: jdgen doctor",
        f"id: {GENERAL}",
        f"version: '{file.value['version']}'",
        f"title: {file.value['title']}",
        *_folded("source", file.value, ""),
        "clauses:",
    ]
    for clause in clauses_in(file, base):
        lines += [f"  - id: {clause['id']}", f"    title: {clause['title']}", f"    locked: {clause['locked']}".lower()]
        lines += [line for key in ("text", "compact", "source") for line in _folded(key, clause, "    ")]
    return "\n".join([*lines, ""]).encode()


def _folded(key: str, entry: Mapping[str, Any], indent: str) -> Iterator[str]:
    """A long text of ``entry``, in lines that fit a window; nothing where it has none."""
    if key in entry:
        yield f"{indent}{key}: >-"
        yield from wrap_line(entry[key], 110, f"{indent}  ", f"{indent}  ")


def _setting(key: str, value: str | None, otherwise: str) -> str:
    """A setting; behind a ``#``, with what it would say ``otherwise``, where there is nothing to say."""
    return f"#{key} = {toml_text(otherwise)}" if value is None else f"{key} = {toml_text(value)}"


#: ``jdgen.toml``, with all that an organisation may say once.
_CONFIGURATION = """\
# What is the same in every job description that you make in this folder.
#
# jdgen passes over what stands behind a #. To use a setting that begins with #, delete the #, and change what
# stands between the quotation marks. Keep the quotation marks.
# A post file, a row of a spreadsheet or an option of a command may say otherwise, and wins over this file.
# More about it: jdgen docs workspace. After a change: jdgen doctor

# Every post. Any entry of a post file may stand here.
[post]

# The name of your organisation.
{employer}

# The part of the framework that your posts belong to. To see all: jdgen framework list
{specialism}
{framework}
# Your values, each in quotation marks, with a comma behind it.
{values}

# What your organisation is and does, in a few sentences.
#about = "We are ..."

# The general statements: the name of a file in framework_data/clauses, without .yaml
#clauses = "general"

# How documents are made.
[documents]

# The template: the name of a file in the folder templates, without .docx
{template}

# The folder that documents are written to.
#output = "output"

# The names of documents. What stands in braces is filled in from the post:
# {name_fields}
{filename}

# Headings of duties: as published, or in sentence case
#headings = "as published"

# The review notes that are shown: all, short, decide or none
#notes = "short"
{nation}
# What your forms ask for and no framework knows: a name for templates, and the heading that people see.
# A template prints the first of these as {{{{ own.division }}}}
[own]
#division = "Division"
#post_number = "Post number"

# General statements: in full, or compact, in a sentence each. Where they are more than share_limit percent of a
# document's words, a review note says so.
[statements]
#form = "full"
#share_limit = {share_limit}

# With more essential criteria than this, a draft gets a review note.
[criteria]
#essential_limit = 20
# Levels of skills, where the framework has such: "by name", or "with what they mean" below it.
#skill_levels = "by name"

# How criteria are assessed, in your codes: jdgen's code, then yours in one or two capitals, and what it stands for.
[assessment]
{assessment}
"""


def _configuration(
    answers: Answers, template: ChosenTemplate, pathway: Pathway | None, methods: Sequence[AssessmentMethod]
) -> str:
    """``jdgen.toml``, in which stands what ``answers`` say."""
    name = in_one_line(answers.organisation) if answers.organisation else None
    values = "".join(f"    {toml_text(' '.join(value.split()))},\n" for value in answers.values)
    mend = f"# {template.name} has errors. Mend them in Word, then use it: jdgen template check {template.name}\n"
    is_used = template.is_sound and template.name != DEFAULT_TEMPLATE
    where = "\n# Where you are, which chooses the general statements: England, Scotland, Wales or Northern Ireland\n"
    own_by_code = dict(own_methods(answers))
    return _CONFIGURATION.format(
        employer=_setting("employer", name, "The name of your organisation"),
        specialism=_setting("specialism", pathway.specialism.id if pathway else None, "pmo"),
        framework=f"framework = {toml_text(pathway.framework.id)}\n" if pathway and answers.framework else "",
        values=f"values = [\n{values}]" if values else '#values = ["The first of your values", "The second"]',
        template=("" if template.is_sound else mend)
        + _setting("template", template.name if is_used else None, template.name),
        name_fields=list_words(NAME_FIELDS),
        filename=_setting(
            "filename", None if answers.filename == DEFAULT_PATTERN else answers.filename, DEFAULT_PATTERN
        ),
        nation="" if answers.nation is Nation.ENGLAND else f"{where}nation = {toml_text(answers.nation)}\n",
        share_limit=Configuration.share_limit,
        assessment="\n".join(
            _setting(method.code, own_by_code.get(method.code), f"{method.code} {method.name}") for method in methods
        ),
    )


def _example(pathway: Pathway, *, is_settled: bool) -> str:
    """The example of a post. It names its specialism where ``jdgen.toml`` does not."""
    framework, specialism = pathway
    levels = list(specialism.levels)
    # Quotation marks as TOML has them are YAML's, too.
    level = str(levels[min(1, len(levels) - 1)])
    category = next((candidate.id for candidate in specialism.role_categories if not candidate.competence_rule), None)
    choice_lines = [
        *([] if is_settled else [f"specialism: {specialism.id}", f"framework: {framework.id}"]),
        f"band: {toml_text(level)}" if specialism.scale == AFC else 'band: "7"',
        *([f"level: {toml_text(level)}"] if level and specialism.scale != AFC else []),
        *([f"role_category: {category}"] if category else []),
    ]
    lines = "\n".join(choice_lines)
    return f"""\
# An example of a post. Everything in it is invented.
# Make its job description: jdgen generate --post {EXAMPLE_POST.as_posix()}
# What you leave out the document asks for. What jdgen.toml says of every post need not stand here.
# Begin a file of your own, with all that it can say: jdgen post new posts/NAME.yaml
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
