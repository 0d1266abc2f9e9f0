"""The page for managers: made of a workspace, as one HTML file."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from jdgen.configuration import load_common_entries, load_configuration
from jdgen.document.names import DEFAULT_PATTERN, refuse_other_names
from jdgen.document.own_files import write
from jdgen.document.replacing import Permissions
from jdgen.drafting.frameworks_here import NO_FRAMEWORK, specialisms_in_use
from jdgen.drafting.loading import load_library, load_placeholders
from jdgen.errors import JdgenError, Problem, along_with, gather
from jdgen.files import content_of
from jdgen.page.building import page
from jdgen.page.material import PageMaterial, PagePost, PageTemplate
from jdgen.page.session import ANSWERS, Session
from jdgen.template.choosing import DEFAULT_TEMPLATE, template_names, template_path
from jdgen.template.properties import is_verbatim
from jdgen.template.starting import WHITE, color_problems
from jdgen.template.vetting import open_vetted
from jdgen.workspace import Workspace, display_path

__all__ = ["PageChoices", "save_page"]


@dataclass(frozen=True)
class PageChoices:
    """What HR chooses for a page: ``templates`` (names or files), the first for most people, or none for all that are
    shipped and the workspace's own; ``posts``, which are post files or documents that managers may start from; and the
    organisation's ``color``, as ``#005EB8``."""

    templates: tuple[str, ...] = ()
    posts: tuple[Path, ...] = ()
    color: str | None = None


def save_page(workspace: Workspace, path: Path, choices: PageChoices, permissions: Permissions) -> int:
    """Write the page of ``workspace`` as HR chose. Gives its size in bytes.

    Raises :class:`JdgenError` for what cannot be read, and where ``path`` cannot be written.
    """
    with along_with([*color_problems("--colour", choices.color, WHITE, "white")]):
        refuse_other_names(path, "a page", ".html", ".htm")
    material = material_of(workspace, choices.templates or _usual_first(workspace))
    material = replace(material, posts=_posts(material, choices.posts))
    content = page(material, choices.color).encode()
    write([(path, content)], workspace, permissions)
    return len(content)


def _posts(material: PageMaterial, paths: Iterable[Path]) -> tuple[PagePost, ...]:
    """The posts in these files, each of which a draft can be made of. Raises :class:`JdgenError` for what is wrong in
    all of them."""
    session = Session(material, datetime.date.min)
    return gather(partial(_post, session, path) for path in paths)


def _post(session: Session, path: Path) -> PagePost:
    name = display_path(path)
    reading = session.open_file(name, content_of(path, "the post"))
    draft = reading if reading["problems"] else session.draft(reading["values"])
    if draft["problems"]:
        raise JdgenError(
            Problem(name if problem["where"] == ANSWERS else problem["where"], problem["what"], problem["right"])
            for problem in draft["problems"]
        )
    return PagePost(str(reading["values"]["title"]), reading["values"])


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
        partial(load_library, workspace, specialism, framework, clauses)
        for framework, specialism in specialisms_in_use(workspace)
    )
    if not libraries:
        raise JdgenError(NO_FRAMEWORK)
    return PageMaterial(
        organisation=str(values.get("employer", "")),
        libraries=libraries,
        templates=tuple(_template(workspace, name) for name in templates),
        placeholders=placeholders,
        pattern=configuration.filename or DEFAULT_PATTERN,
        common=values,
        own_headings=configuration.own,
    )


def _template(workspace: Workspace, name: str) -> PageTemplate:
    path = template_path(workspace, name)
    content = content_of(path, "the template")
    # Whoever gets the page is told of no folder here.
    compiled = replace(open_vetted(content, display_path(path)), name=path.name)
    return PageTemplate(path.stem.replace("-", " ").capitalize(), compiled, is_verbatim(content))
