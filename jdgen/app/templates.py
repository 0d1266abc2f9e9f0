"""Templates: checked, annotated, begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from jdgen.configuration import load_configuration
from jdgen.document.names import refuse_other_names
from jdgen.document.own_files import write
from jdgen.document.replacing import Permissions
from jdgen.drafting.loading import load_placeholders, picture_content
from jdgen.errors import gather
from jdgen.files import content_of
from jdgen.template.checks.check import annotate, check_vetted
from jdgen.template.checks.findings import Finding
from jdgen.template.choosing import template_path
from jdgen.template.starting import ORDER, StarterChoices, starter
from jdgen.workspace import TEMPLATES, Workspace, display_path

__all__ = [
    "ORDER",
    "TEMPLATES",
    "CheckedTemplate",
    "StarterChoices",
    "check_templates",
    "save_annotated",
    "save_new_template",
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


def check_templates(workspace: Workspace, names: Sequence[str]) -> tuple[CheckedTemplate, ...]:
    """Check the templates with these ``names``. Raises :class:`JdgenError` for those that are not there."""
    sources = gather(partial(template_path, workspace, name, "FILE") for name in names)
    contents = [(display_path(source), content_of(source, "the template")) for source in sources]
    placeholders, own_headings = load_placeholders(workspace), load_configuration(workspace).own
    return tuple(
        CheckedTemplate(name, content, check_vetted(content, name, placeholders, own_headings))
        for name, content in contents
    )


def save_annotated(workspace: Workspace, template: CheckedTemplate, path: Path, permissions: Permissions) -> None:
    """Write a copy of the template with a Word comment at each finding.

    Raises :class:`JdgenError` when the template is no file that can be opened, or ``path`` cannot be written.
    """
    refuse_other_names(path)
    write([(path, annotate(template.content, template.name, template.findings))], workspace, permissions)


def save_new_template(
    workspace: Workspace, path: Path, choices: StarterChoices, picture: Path | None, permissions: Permissions
) -> None:
    """Write a template to start from, with the picture in the file ``picture``.

    Raises :class:`JdgenError` with every choice that cannot be met; then nothing is written.
    """
    refuse_other_names(path)
    if picture:
        choices = replace(choices, picture=picture_content(picture, "--picture", "name a PNG or JPEG file"))
    write([(path, starter(choices))], workspace, permissions)
