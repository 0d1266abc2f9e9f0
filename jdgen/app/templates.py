"""Templates: found by their names, opened, checked, made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from jdgen.document.replacing import Allowed, write
from jdgen.drafting.loading import load_placeholders, picture_content, shown
from jdgen.errors import JdgenError, Problem, did_you_mean
from jdgen.files import content_of
from jdgen.workspace import Workspace, is_file, is_folder

if TYPE_CHECKING:  # slow to import
    from jdgen.building.choices import StarterChoices
    from jdgen.placeholders import Placeholders
    from jdgen.template.checks.findings import Finding
    from jdgen.template.template import CompiledTemplate
    from jdgen.template.usage import Usage

DEFAULT_TEMPLATE = "job-description"
_TEMPLATES = "templates"
# Files of Word's that hold parts like those of a .docx file, and yet are none.
_NOT_DOCUMENTS = frozenset({".docm", ".dotm", ".dotx"})
# How files end that somebody may take for templates; other names are those of templates.
_FILES = frozenset({".docx", ".doc", ".docm", ".dot", ".dotm", ".dotx", ".odt", ".ott", ".pdf", ".rtf", ".txt"})


def template_path(workspace: Workspace, named: str, where: str = "--template") -> Path:
    """The template file that ``named`` means: a file, or the name of one of the workspace's or the shipped. ``where``
    is where the user named it, for messages."""
    path = Path(named)
    is_name = path.name == named and path.suffix.lower() not in _FILES
    found = workspace.file(_TEMPLATES, f"{named}.docx") if is_name and named else None
    if found is not None:
        return found
    right = "name a .docx file, or a template by its name"
    if is_file(path):
        if path.suffix.lower() in _NOT_DOCUMENTS:
            raise JdgenError(Problem(named, f"is a {path.suffix.lower()} file", "save it as .docx"))
        return path  # what else it may be is seen when it is opened
    if named and is_folder(path):
        raise JdgenError(Problem(named, "is a folder, not a template", right))
    if not is_name:
        raise JdgenError(Problem(named, "there is no such template file", right))
    known = [path.stem for path in workspace.files(_TEMPLATES, "*.docx") if not path.name.startswith("~$")]
    raise JdgenError(Problem(where, f"unknown template '{named}'", did_you_mean(named, known)))


def template_named(workspace: Workspace, named: str, where: str = "--template") -> CompiledTemplate:
    """The template that ``named`` means, opened and checked."""
    from jdgen.template.vetting import open_vetted  # noqa: PLC0415  # slow to import

    source = template_path(workspace, named, where)
    return open_vetted(content_of(source, "the template"), shown(source))


def template_usage(workspace: Workspace, named: str) -> Usage:
    """Which fields the template that ``named`` means uses, and what it repeats."""
    from jdgen.template.usage import usage_of  # noqa: PLC0415  # slow to import

    return usage_of(template_named(workspace, named, "TEMPLATE"))


def save_field_list(workspace: Workspace, path: Path, allowed: Allowed) -> None:
    """Write the Word document that lists all fields of templates, to copy from."""
    from jdgen.building.field_list import field_list  # noqa: PLC0415  # one command needs it

    write([(path, field_list())], workspace, allowed)


def save_new_template(
    workspace: Workspace, path: Path, choices: StarterChoices, picture: Path | None, allowed: Allowed
) -> None:
    """Write a template to start from, with the picture in the file ``picture``.

    Raises :class:`JdgenError` with every choice that cannot be met; then nothing is written.
    """
    from jdgen.building.starter import starter  # noqa: PLC0415  # one command needs it

    _refuse_other_names(path)
    pictured = (
        replace(choices, picture=picture_content(picture, "--picture", "name a PNG or JPEG file"))
        if picture
        else choices
    )
    write([(path, starter(pictured))], workspace, allowed)


@dataclass(frozen=True)
class CheckedTemplate:
    """A template file as it was asked for, and everything that a check finds in it."""

    name: str
    content: bytes
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings stop documents from being made."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings let documents be made that nobody wants so."""
        return sum(finding.severity == "warning" for finding in self.findings)


def check_templates(workspace: Workspace, named: Sequence[str]) -> tuple[CheckedTemplate, ...]:
    """Check the templates that ``named`` means. Raises :class:`JdgenError` for those that are not there."""
    sources: list[Path] = []
    problems: list[Problem] = []
    for name in named:
        try:
            sources.append(template_path(workspace, name, "FILE"))
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    contents = [(shown(source), content_of(source, "the template")) for source in sources]
    placeholders = load_placeholders(workspace)
    return tuple(CheckedTemplate(name, content, _findings(content, name, placeholders)) for name, content in contents)


def _findings(content: bytes, name: str, placeholders: Placeholders) -> tuple[Finding, ...]:
    """What a check finds in a template, or that it takes too much for one."""
    from jdgen.template.checks.check import about_file, check_template  # noqa: PLC0415  # slow to import
    from jdgen.template.vetting import StoppedError, vet  # noqa: PLC0415  # slow to import

    try:
        vet(content, name)
    except StoppedError as error:
        return tuple(about_file(problem, name) for problem in error.problems)
    except JdgenError:  # the same faults are found below, with more about each
        pass
    return check_template(content, name, placeholders)


def save_annotated(workspace: Workspace, checked: CheckedTemplate, path: Path, allowed: Allowed) -> None:
    """Write a copy of the template with a Word comment at each finding.

    Raises :class:`JdgenError` when the template is no file that can be opened, or ``path`` cannot be written.
    """
    from jdgen.template.annotating import annotated  # noqa: PLC0415  # one command needs it

    _refuse_other_names(path)
    write([(path, annotated(checked.content, checked.name, checked.findings))], workspace, allowed)


def _refuse_other_names(path: Path) -> None:
    if path.suffix.lower() != ".docx":
        raise JdgenError(Problem(str(path), "is no name for a Word document", f"write {path.name}.docx"))
