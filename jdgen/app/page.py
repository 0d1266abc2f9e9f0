"""The page for managers: made of a workspace, as one HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jdgen.configuration import load_common_entries, load_configuration
from jdgen.document.names import DEFAULT_PATTERN
from jdgen.document.replacing import Allowed, write
from jdgen.drafting.loading import (
    NO_FRAMEWORK,
    display_path,
    gather,
    load_library,
    load_placeholders,
    specialisms_in_use,
)
from jdgen.errors import JdgenError, Problem
from jdgen.files import content_of
from jdgen.page.building import page
from jdgen.page.material import PageMaterial, PageTemplate
from jdgen.template.choosing import DEFAULT_TEMPLATE, template_names, template_path
from jdgen.template.properties import is_verbatim
from jdgen.template.vetting import open_vetted
from jdgen.workspace import Workspace

__all__ = ["save_page"]


def save_page(workspace: Workspace, path: Path, templates: Sequence[str], allowed: Allowed) -> int:
    """Write the page of ``workspace`` with these ``templates`` (names or files), the first for most people; where none
    is named, with all that are shipped and the workspace's own. Gives its size in bytes.

    Raises :class:`JdgenError` for what cannot be read, and where ``path`` cannot be written.
    """
    if path.suffix.lower() not in (".html", ".htm"):
        raise JdgenError(Problem(str(path), "is no name for a page", f"write {path.name}.html"))
    content = page(material_of(workspace, templates or _usual_first(workspace))).encode()
    write([(path, content)], workspace, allowed)
    return len(content)


def _usual_first(workspace: Workspace) -> list[str]:
    usual = load_configuration(workspace).template or DEFAULT_TEMPLATE
    return [usual, *(name for name in template_names(workspace) if name != usual)]


def material_of(workspace: Workspace, templates: Sequence[str]) -> PageMaterial:
    """All that a page of ``workspace`` needs, with these ``templates`` (names or files), the first for most people.

    Raises :class:`JdgenError` for what cannot be read, and where there is no specialism.
    """
    configuration = load_configuration(workspace)
    placeholders = load_placeholders(workspace)
    common = load_common_entries(workspace, placeholders)
    if common and common.problems:
        raise JdgenError(common.problems)
    values = dict(common.values) if common else {}
    clauses = values.get("clauses", configuration.statements)
    libraries = gather(
        (lambda each=each: load_library(workspace, each[1], each[0], clauses))  # type: ignore[misc]  # as in loading
        for each in specialisms_in_use(workspace)
    )
    if not libraries:
        raise JdgenError(NO_FRAMEWORK)
    return PageMaterial(
        organisation=str(values.get("employer", "")),
        libraries=libraries,
        templates=tuple(_template(workspace, named) for named in templates),
        placeholders=placeholders,
        pattern=configuration.filename or DEFAULT_PATTERN,
        common=values,
        own=configuration.own,
    )


def _template(workspace: Workspace, named: str) -> PageTemplate:
    path = template_path(workspace, named)
    content = content_of(path, "the template")
    compiled = open_vetted(content, display_path(path))
    return PageTemplate(path.stem.replace("-", " ").capitalize(), compiled, is_verbatim(content))
