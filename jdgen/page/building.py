"""The page for managers in one HTML file: its scripts, what its first screen shows, jdgen's Python and the material."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from jdgen.drafting.library import Library
from jdgen.framework.ladder import steps
from jdgen.framework.model import RoleCategory, Specialism
from jdgen.levels import AFC
from jdgen.page.material import PageMaterial, written_material
from jdgen.page.session import PART_TITLES
from jdgen.page.shell import VIEWER, VIEWER_PACKAGES, WEB, PageContent, asset, html_file
from jdgen.post.field import Field
from jdgen.post.fields import FIELDS
from jdgen.text_files.schemas import load_schema
from jdgen.word.writing import join_members, member
from jdgen.workspace import shipped_folder

_PACKAGE = Path(__file__).resolve().parents[1]
#: The page's scripts; the last begins.
_SCRIPTS = (
    *("elements.js", "views.js", "storage.js", "python.js", "answers.js", "drafts.js", "fields.js"),
    *("start.js", "parts.js", "duties.js", "picture.js", "check.js", "page.js"),
)
#: Parts of Pyodide, as their names are there.
_PYODIDE = ("pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs", "python_stdlib.zip", "pyodide-lock.json")
#: Where the page's Python begins, what it imports inside functions, and what only a built jdgen has.
_BEGIN = ("jdgen.page.session", "jdgen.text_files.plain_validation", "jdgen._version")


def page(material: PageMaterial, color: str | None = None) -> str:
    """The whole file, with its head in the organisation's ``color`` (``#005EB8``), where it has one.

    Raises :class:`JdgenError` where jdgen was installed without what browsers need.
    """
    files = {name: asset(name) for name in (*_PYODIDE, *VIEWER)}
    files |= {
        "jdgen.zip": python_archive(),
        "material.json": written_material(material),
        # The first screen is there before Python is.
        "choices.json": json.dumps(_choices(material)).encode(),
    }
    return html_file(
        PageContent(
            title="Job descriptions" + (f": {material.organisation}" if material.organisation else ""),
            purpose="This page makes job descriptions in your browser.",
            digest=hashlib.sha256(files["material.json"] + files["jdgen.zip"]).hexdigest()[:16],
            scripts=_SCRIPTS,
            files={"worker.js": (WEB / "worker.js").read_bytes(), **files},
            packages=("pyodide", *VIEWER_PACKAGES),
            others=("Python and its library (PSF-2.0), inside Pyodide", "PyYAML (MIT)"),
            runs_python=True,
            color=color,
        )
    )


# What its first screen shows: what can be chosen, and what may be filled in.


def _choices(material: PageMaterial) -> dict[str, Any]:
    """What can be chosen, and the fields of a post in the order in which people fill them in."""
    return {
        "organisation": material.organisation,
        "specialisms": [
            {**_specialism(library), "ladder": _ladder(library.specialism)} for library in material.libraries
        ],
        "bands": list(AFC.names),
        "templates": [each.title for each in material.templates],
        "fields": [_field(field) for field in FIELDS],
        "parts": [_part(key, title) for key, title in PART_TITLES.items()],
        "own": dict(material.own_headings),
        "posts": [{"title": each.title, "values": dict(each.values)} for each in material.posts],
    }


def _specialism(library: Library) -> dict[str, Any]:
    specialism: Specialism = library.specialism
    competences = {competence.id: competence.name for competence in library.framework.competences}
    return {
        "id": specialism.id,
        "title": specialism.title,
        "source": f"{library.framework.title}, {library.framework.version}",
        "word": specialism.scale.word,
        "levels": [str(level) for level in specialism.levels],
        "categories": [_category(category, competences) for category in specialism.role_categories],
        "readings": [
            {
                "id": row.id,
                "title": row.title,
                "readings": [{"id": reading.id, "text": f"{reading.id}: {reading.reason}"} for reading in row.readings],
            }
            for row in specialism.rows
            if row.readings
        ],
        "skills": [
            {"id": skill.id, "title": skill.title, "word": skill.scale.word, "levels": list(skill.scale.names)}
            for skill in map(library.framework.skill, specialism.chosen_skills)
        ],
        "groups": [{"id": id_, "title": title} for id_, title in library.criteria.groups.items()],
    }


def _category(category: RoleCategory, competences: Mapping[str, str]) -> dict[str, Any]:
    """A role category, with the competences of which a post of it names at least one."""
    rule = category.competence_rule
    offered = rule.at_least_one_of if rule else ()
    return {
        "id": category.id,
        "title": category.title,
        "competences": [{"id": id_, "name": competences[id_]} for id_ in offered if id_ in competences],
    }


def _ladder(specialism: Specialism) -> list[dict[str, Any]]:
    """What changes from each level of ``specialism`` to the next, heading by heading."""
    return [
        {
            "lower": str(step.lower),
            "upper": str(step.upper),
            "heading": step.heading.title,
            "likeness": str(step.likeness),
            "changed": [list(words) for words in step.word_pairs],
        }
        for step in steps(specialism)
    ]


def _field(field: Field) -> dict[str, Any]:
    return {
        "key": field.key,
        "heading": field.heading,
        "kind": field.kind.name.lower(),
        "group": field.group.name.lower(),
        "help": _help(field.key),
        "limit": field.limit,
    }


def _help(key: str) -> str:
    return str(_rules(key.split(".")).get("description", ""))


def _rules(keys: Sequence[str]) -> Mapping[str, Any]:
    """What the schema of posts says of the value under these keys; of entries, without their numbers."""
    rules: Mapping[str, Any] = load_schema("post")
    for key in keys:
        rules = rules.get("items", rules).get("properties", {}).get(key, {})
    return rules


def _part(key: str, title: str) -> dict[str, Any]:
    """A part of an entry, and the words that it may have where these are few."""
    of, _, name = key.rpartition(".")
    return {"of": of, "name": name, "title": title, "offered": _rules(key.split(".")).get("enum", [])}


# The Python that the page runs: jdgen's own modules, as many as it needs, and PyYAML's.


def python_archive() -> bytes:
    """The modules as a zip archive, the same for the same modules."""
    return join_members(member(name, content) for name, content in sorted(_python_files().items()))


def _python_files() -> Mapping[str, bytes]:
    files: dict[str, bytes] = {}
    for path in _modules():
        files[f"jdgen/{path.relative_to(_PACKAGE).as_posix()}"] = path.read_bytes()
    for path in (_PACKAGE / "record" / "phrases").glob("*.json"):
        files[f"jdgen/record/phrases/{path.name}"] = path.read_bytes()
    schemas = "framework_data/schemas"
    files[f"jdgen/shipped/{schemas}/post.schema.json"] = (shipped_folder() / schemas / "post.schema.json").read_bytes()
    yaml_spec = importlib.util.find_spec("yaml")
    assert yaml_spec is not None, "jdgen needs it"
    assert yaml_spec.origin is not None, "it is a package with a file"
    for path in Path(yaml_spec.origin).parent.glob("*.py"):
        files[f"yaml/{path.name}"] = path.read_bytes()
    return files


def _modules() -> set[Path]:
    """The files of the modules that are imported where the page's Python begins, and by these, and so on."""
    paths: set[Path] = set()
    waiting = list(_BEGIN)
    while waiting:
        name = waiting.pop()
        path = _file_of(name)
        if path is None or path in paths:
            continue
        paths.add(path)
        waiting += [name.rpartition(".")[0], *_imports(path)]
    return paths


def _file_of(module: str) -> Path | None:
    parts = module.split(".")
    if parts[0] != "jdgen":
        return None
    place = _PACKAGE.joinpath(*parts[1:])
    return next((path for path in (place / "__init__.py", place.with_suffix(".py")) if path.is_file()), None)


def _imports(path: Path) -> Iterator[str]:
    """What a module imports when it is imported itself."""
    for node in ast.parse(path.read_bytes()).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{each.name}" for each in node.names)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
