"""``jdgen.toml``: what an organisation says once, for every call in its workspace.

An option of a command wins over it, and so does what a post file or a row of a sheet says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jdgen.errors import JdgenError, Problem
from jdgen.file_values import YamlFile
from jdgen.files import content_of
from jdgen.placeholders import Placeholders
from jdgen.post.reading import PostEntries, entries_of_yaml
from jdgen.toml_files import read_toml
from jdgen.words import decode
from jdgen.workspace import CONFIGURATION, Workspace, is_file, shipped_folder
from jdgen.yaml_files import schema_problems

# The shipped statements name the laws and bodies of one nation.
_ENGLAND, _STATEMENTS = "England", "framework_data/clauses/general.yaml"


@dataclass(frozen=True)
class OwnMethod:
    """How an organisation calls a method of assessment: the code that it prints, what that stands for, and where it
    says so."""

    code: str
    name: str
    where: str


@dataclass(frozen=True)
class Configuration:
    """What is the same on every call.

    ``template``, ``output`` (a folder), ``filename`` (a pattern) and ``notes`` (which review notes are shown) are None
    where the organisation says nothing.
    ``own`` are the fields of its own, each name with the heading that people see. ``assessment`` has what stands in
    place of codes of the criteria, and ``essential_limit`` is the number of essential criteria above which a draft gets
    a note, where it is not that of the criteria.
    ``warnings`` are what its user must know of it.
    """

    template: str | None = None
    output: Path | None = None
    filename: str | None = None
    notes: str | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    assessment: Mapping[str, OwnMethod] = field(default_factory=dict)
    essential_limit: int | None = None
    warnings: tuple[Problem, ...] = ()


def load_configuration(workspace: Workspace) -> Configuration:
    """What the workspace's ``jdgen.toml`` says; nothing where there is none.

    Raises :class:`JdgenError` for a file with problems.
    """
    file = _read(workspace)
    if file is None:
        return Configuration()
    documents = file.value.get("documents", {})
    warnings = tuple(
        Problem(file.where(("documents", key)), f"{key} '{documents[key]}' is outside the workspace", f"it is {path}")
        for key in ("template", "output")
        if (path := _outside(documents.get(key), workspace.root))
    )
    if documents.get("nation", _ENGLAND) != _ENGLAND and _are_as_shipped(workspace, file):
        what = f"the general statements are as jdgen has them for England, and your nation is {documents['nation']}"
        right = f"write your own at {_STATEMENTS}, with your HR and legal advisers, before documents are used"
        warnings += (Problem(file.where(("documents", "nation")), what, right),)
    output = documents.get("output")
    return Configuration(
        template=_template(documents.get("template"), workspace.root),
        output=workspace.root / output if output else None,
        filename=documents.get("filename"),
        notes=documents.get("notes"),
        own=file.value.get("own", {}),
        assessment={
            code: own_method(said, file.where(("assessment", code)))
            for code, said in file.value.get("assessment", {}).items()
        },
        essential_limit=file.value.get("criteria", {}).get("essential_limit"),
        warnings=warnings,
    )


def _are_as_shipped(workspace: Workspace, file: YamlFile) -> bool:
    """Whether the general statements that posts have, unless they say otherwise, are those that are shipped."""
    named = file.value.get("post", {}).get("clauses")
    texts = []
    for path in (workspace.root / _STATEMENTS, shipped_folder() / _STATEMENTS):
        if is_file(path):
            # What stands above them says where they come from, and is worded otherwise in a copy.
            _, _, statements = decode(content_of(path), str(path)).partition("\nclauses:")
            texts.append(statements)
    return named in (None, "general") and len(set(texts)) == 1


def load_common_entries(workspace: Workspace, placeholders: Placeholders) -> PostEntries | None:
    """The fields that every post of the workspace has, with their places; nothing where its ``jdgen.toml`` names none.

    Raises :class:`JdgenError` for a file that cannot be read; fields that do not fit are told in the result.
    """
    file = _read(workspace)
    if file is None or not file.value.get("post"):
        return None
    return entries_of_yaml(_part(file, "post"), workspace.root, placeholders, is_alone=True)


def own_method(said: str, where: str) -> OwnMethod:
    """The method that is written ``AF Application form``."""
    code, _, name = said.partition(" ")
    return OwnMethod(code, name.strip(), where)


def _read(workspace: Workspace) -> YamlFile | None:
    path = workspace.root / CONFIGURATION
    if not path.is_file():
        return None
    file = read_toml(path, CONFIGURATION)
    if problems := schema_problems(file, "workspace", is_noted=True):
        raise JdgenError(problems)
    return file


def _part(file: YamlFile, name: str) -> YamlFile:
    """The table ``name`` of ``file``, as a file of its own."""
    lines = {keys[1:]: line for keys, line in file.lines.items() if keys[:1] == (name,)}
    written = {keys[1:]: text for keys, text in file.written.items() if keys[:1] == (name,)}
    return YamlFile(file.name, file.value[name], lines, written)


def _template(named: str | None, root: Path) -> str | None:
    """The template as a command takes it: a name as it is, a file by its whole path."""
    return str(root / named) if named and is_file(root / named) else named


def _outside(named: Any, root: Path) -> Path | None:
    """The path that ``named`` means, where that is not inside ``root``."""
    path = (root / named).resolve() if named else root.resolve()
    return None if path.is_relative_to(root.resolve()) else path
