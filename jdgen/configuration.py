"""``jdgen.toml``: what an organisation says once, for every call in its workspace.

An option of a command wins over it, and so does what a post file or a row of a sheet says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from jdgen.errors import JdgenError, Problem, refuse
from jdgen.placeholders import Placeholders
from jdgen.post.reading import PostEntries, entries_of_yaml
from jdgen.text_files.schemas import schema_problems
from jdgen.text_files.toml_reading import read_toml
from jdgen.text_files.values import Keys, YamlFile
from jdgen.text_files.yaml_reading import read_yaml
from jdgen.words import slug
from jdgen.workspace import CONFIGURATION, Workspace, is_file, shipped_folder

_SETS = "framework_data/clauses"
#: The set of general statements that posts have unless something says otherwise. As shipped, it names the laws and
#: bodies of England.
GENERAL = "general"
_FULL, _COMPACT = "full", "compact"
_SENTENCE_CASE = "sentence case"
_WITH_POINTS = "with what they mean"


class Nation(StrEnum):
    """Where an organisation is."""

    ENGLAND = "England"
    SCOTLAND = "Scotland"
    WALES = "Wales"
    NORTHERN_IRELAND = "Northern Ireland"

    @property
    def statements(self) -> str:
        """The shipped set of general statements that names its laws and bodies."""
        return GENERAL if self is Nation.ENGLAND else slug(self)


class OwnMethod(NamedTuple):
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
    ``nation`` is where it says that it is, and ``statements`` the set of general statements of posts that name none.
    ``has_compact_statements`` says that they are printed in a sentence each, and ``share_limit`` is the percentage of a
    document's words above which a note says how many are general statements. ``has_sentence_headings`` says that
    headings of duties have capitals as sentences have, and not as published. ``has_skill_points`` says that what the
    level of a skill means is printed below it.
    ``warnings`` are what its user must know of it.
    """

    template: str | None = None
    output: Path | None = None
    filename: str | None = None
    notes: str | None = None
    own: Mapping[str, str] = field(default_factory=dict)
    assessment: Mapping[str, OwnMethod] = field(default_factory=dict)
    essential_limit: int | None = None
    nation: Nation | None = None
    statements: str = GENERAL
    has_compact_statements: bool = False
    has_sentence_headings: bool = False
    has_skill_points: bool = False
    share_limit: int = 33
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
    warnings += tuple(_statement_warnings(workspace, file))
    statements = file.value.get("statements", {})
    output = documents.get("output")
    return Configuration(
        template=_template(documents.get("template"), workspace.root),
        output=workspace.root / output if output else None,
        filename=documents.get("filename"),
        notes=documents.get("notes"),
        own=file.value.get("own", {}),
        assessment={
            code: read_own_method(printed_method, file.where(("assessment", code)))
            for code, printed_method in file.value.get("assessment", {}).items()
        },
        essential_limit=file.value.get("criteria", {}).get("essential_limit"),
        nation=_nation(file) if "nation" in documents else None,
        statements=file.value.get("post", {}).get("clauses") or _set_of_nation(workspace, file),
        has_compact_statements=statements.get("form", _FULL) == _COMPACT,
        has_sentence_headings=documents.get("headings") == _SENTENCE_CASE,
        has_skill_points=file.value.get("criteria", {}).get("skill_levels") == _WITH_POINTS,
        share_limit=statements.get("share_limit", Configuration.share_limit),
        warnings=warnings,
    )


def _nation(file: YamlFile) -> Nation:
    return Nation(file.value.get("documents", {}).get("nation", Nation.ENGLAND))


def _set_of_nation(workspace: Workspace, file: YamlFile) -> str:
    """The set of posts of which nothing says otherwise: an organisation's own wins over that of its nation."""
    return GENERAL if is_file(_own_set(workspace)) else _nation(file).statements


def _own_set(workspace: Workspace) -> Path:
    return workspace.root / _SETS / f"{GENERAL}.yaml"


def _statement_warnings(workspace: Workspace, file: YamlFile) -> Iterator[Problem]:
    """Told where posts get general statements that name the laws and bodies of another nation."""
    nation, set_name = _nation(file), file.value.get("post", {}).get("clauses")
    if nation is Nation.ENGLAND or (set_name or _set_of_nation(workspace, file)) != GENERAL:
        return
    own_set = _own_set(workspace)
    if is_file(own_set) and _wordings(own_set) != _wordings(shipped_folder() / _SETS / own_set.name):
        return
    what = f"the general statements are as jdgen has them for England, and your nation is {nation}"
    rest = f"delete {_SETS}/{own_set.name}" if is_file(own_set) else "leave clauses out"
    yield Problem(file.where(("documents", "nation")), what, f"to have those for {nation}, {rest}")


def _wordings(path: Path) -> list[tuple[str, str]] | None:
    """The titles and texts of the general statements at ``path``; nothing where they are not written as they have to
    be. What else stands in the file, such as where they come from, is worded otherwise in a copy."""
    try:
        return [(entry["title"], entry["text"]) for entry in read_yaml(path).value["clauses"]]
    except (JdgenError, LookupError, TypeError):
        return None


def load_common_entries(workspace: Workspace, placeholders: Placeholders) -> PostEntries | None:
    """The fields that every post of the workspace has, with their places; nothing where its ``jdgen.toml`` names none.

    Raises :class:`JdgenError` for a file that cannot be read; fields that do not fit are told in the result.
    """
    file = _read(workspace)
    if file is None:
        return None
    entries = _part(file, "post")
    if (statements := _set_of_nation(workspace, file)) != GENERAL:
        place: dict[Keys, int] = {("clauses",): file.lines[("documents", "nation")]}
        entries = replace(entries, value={"clauses": statements, **entries.value}, lines={**place, **entries.lines})
    return entries_of_yaml(entries, workspace.root, placeholders) if entries.value else None


def read_own_method(text: str, where: str) -> OwnMethod:
    """The method that is written ``AF Application form``."""
    code, _, name = text.partition(" ")
    return OwnMethod(code, name.strip(), where)


def _read(workspace: Workspace) -> YamlFile | None:
    path = workspace.root / CONFIGURATION
    if not path.is_file():
        return None
    file = read_toml(path, CONFIGURATION)
    refuse(schema_problems(file, "workspace"))
    return file


def _part(file: YamlFile, name: str) -> YamlFile:
    """The table ``name`` of ``file``, as a file of its own."""
    lines = {keys[1:]: line for keys, line in file.lines.items() if keys[:1] == (name,)}
    texts = {keys[1:]: text for keys, text in file.texts.items() if keys[:1] == (name,)}
    return YamlFile(file.name, file.value.get(name, {}), lines, texts)


def _template(name: str | None, root: Path) -> str | None:
    """The template as a command takes it: a name as it is, a file by its whole path."""
    return str(root / name) if name and is_file(root / name) else name


def _outside(name: Any, root: Path) -> Path | None:
    """The path that ``name`` means, where that is not inside ``root``."""
    path = (root / name).resolve() if name else root.resolve()
    return None if path.is_relative_to(root.resolve()) else path
