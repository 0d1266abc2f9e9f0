"""The page for managers: its scripts, jdgen's Python and the material, in one HTML file."""

from __future__ import annotations

import ast
import datetime
import hashlib
import importlib.util
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from jdgen.page.material import PageMaterial, written_material
from jdgen.page.session import Session
from jdgen.page.shell import VIEWER, VIEWER_PACKAGES, WEB, PageContent, asset, html_file
from jdgen.word.writing import join_members, member
from jdgen.workspace import shipped_folder

_PACKAGE = Path(__file__).resolve().parents[1]
#: The page's scripts; the last begins.
_SCRIPTS = (
    *("elements.js", "storage.js", "python.js", "answers.js", "drafts.js", "fields.js"),
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
        "choices.json": json.dumps(Session(material, datetime.date.min).choices()).encode(),
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
    found = importlib.util.find_spec("yaml")
    assert found is not None, "jdgen needs it"
    assert found.origin is not None, "it is a package with a file"
    for path in Path(found.origin).parent.glob("*.py"):
        files[f"yaml/{path.name}"] = path.read_bytes()
    return files


def _modules() -> set[Path]:
    """The files of the modules that are imported where the page's Python begins, and by these, and so on."""
    known: set[Path] = set()
    waiting = list(_BEGIN)
    while waiting:
        name = waiting.pop()
        path = _file_of(name)
        if path is None or path in known:
            continue
        known.add(path)
        waiting += [name.rpartition(".")[0], *_imports(path)]
    return known


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
