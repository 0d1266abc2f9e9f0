"""Templates and what they print: checked, annotated, begun, listed.

What opens and checks a template (docxtpl, lxml, Jinja2) is slow to import, so each function imports its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jdgen.document.replacing import Allowed, write
from jdgen.drafting.loading import display_path, gather, load_placeholders, picture_content
from jdgen.errors import JdgenError, Problem
from jdgen.files import content_of
from jdgen.placeholders import Placeholders
from jdgen.template.catalogue import CataloguedField, CatalogueKind, Usage, catalogue
from jdgen.template.choosing import find_template, template_path
from jdgen.template.starter_choices import ORDER, StarterChoices
from jdgen.workspace import Workspace, shipped_folder

if TYPE_CHECKING:
    from jdgen.template.checks.findings import Finding

__all__ = [
    "ORDER",
    "CatalogueKind",
    "CataloguedField",
    "CheckedTemplate",
    "StarterChoices",
    "Usage",
    "check_templates",
    "save_annotated",
    "save_field_list",
    "save_new_template",
    "template_fields",
    "template_usage",
]


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
    sources = gather(partial(template_path, workspace, name, "FILE") for name in named)
    contents = [(display_path(source), content_of(source, "the template")) for source in sources]
    placeholders = load_placeholders(workspace)
    return tuple(CheckedTemplate(name, content, _findings(content, name, placeholders)) for name, content in contents)


def _findings(content: bytes, name: str, placeholders: Placeholders) -> tuple[Finding, ...]:
    """What a check finds in a template, or that it takes too much for one."""
    from jdgen.template.checks.check import about_file, check_template  # noqa: PLC0415  # see above
    from jdgen.template.vetting import StoppedError, vet  # noqa: PLC0415  # see above

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
    from jdgen.template.annotating import annotate  # noqa: PLC0415  # see above

    _refuse_other_names(path)
    write([(path, annotate(checked.content, checked.name, checked.findings))], workspace, allowed)


def save_new_template(
    workspace: Workspace, path: Path, choices: StarterChoices, picture: Path | None, allowed: Allowed
) -> None:
    """Write a template to start from, with the picture in the file ``picture``.

    Raises :class:`JdgenError` with every choice that cannot be met; then nothing is written.
    """
    from jdgen.template.starting import starter  # noqa: PLC0415  # see above

    _refuse_other_names(path)
    if picture:
        choices = replace(choices, picture=picture_content(picture, "--picture", "name a PNG or JPEG file"))
    write([(path, starter(choices))], workspace, allowed)


def template_fields() -> tuple[CataloguedField, ...]:
    """Every field that a template may print."""
    return catalogue()


def save_field_list(workspace: Workspace, path: Path, allowed: Allowed) -> None:
    """Write the Word document that lists all fields of templates, to copy from."""
    write([(path, (shipped_folder() / "templates/pieces/fields.docx").read_bytes())], workspace, allowed)


def template_usage(workspace: Workspace, named: str) -> Usage:
    """Which fields the template that ``named`` means uses, and what it repeats."""
    from jdgen.template.usage import usage_of  # noqa: PLC0415  # see above

    _, template = find_template(workspace, named, "TEMPLATE")
    return usage_of(template)


def _refuse_other_names(path: Path) -> None:
    if path.suffix.lower() != ".docx":
        raise JdgenError(Problem(str(path), "is no name for a Word document", f"write {path.name}.docx"))
