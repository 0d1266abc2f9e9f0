"""What templates may print, and what one template does. To list it nothing of Word's has to be imported."""

from __future__ import annotations

from pathlib import Path

from jdgen.configuration import load_configuration
from jdgen.document.own_files import write
from jdgen.document.replacing import Permissions
from jdgen.template.catalogue import CataloguedField, CatalogueKind, Usage, catalogue, usage_of
from jdgen.template.vetting import find_template
from jdgen.workspace import Workspace, shipped_folder

__all__ = [
    "CatalogueKind",
    "CataloguedField",
    "Usage",
    "save_field_list",
    "template_fields",
    "template_usage",
]


def template_fields(workspace: Workspace) -> tuple[CataloguedField, ...]:
    """Every field that a template may print, and last those of the organisation's own that it has named.

    Raises :class:`JdgenError` for settings with problems.
    """
    own_headings = load_configuration(workspace).own
    own_fields = (
        CataloguedField(f"own.{name}", CatalogueKind.TEXT, False, heading, "") for name, heading in own_headings.items()
    )
    return (*catalogue(), *own_fields)


def save_field_list(workspace: Workspace, path: Path, permissions: Permissions) -> None:
    """Write the Word document that lists all fields of templates, to copy from."""
    write([(path, (shipped_folder() / "templates/pieces/fields.docx").read_bytes())], workspace, permissions)


def template_usage(workspace: Workspace, name: str) -> Usage:
    """Which fields the template ``name`` uses, and what it repeats."""
    _, template = find_template(workspace, name, "TEMPLATE")
    return usage_of(template)
