"""The HTML file: a shell that holds styles, scripts, Python and the material, and needs nothing else."""

from __future__ import annotations

import ast
import base64
import datetime
import gzip
import hashlib
import importlib.util
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from jdgen import __version__
from jdgen.errors import JdgenError, Problem
from jdgen.page.material import PageMaterial, written_material
from jdgen.page.session import Session
from jdgen.reports.page import escape
from jdgen.word.writing import join_members, member
from jdgen.workspace import shipped_folder

_HERE = Path(__file__).resolve().parent
_PACKAGE = _HERE.parent
#: What `make page-assets` puts here, from the npm registry.
ASSETS = _HERE / "assets"
_WEB = _HERE / "web"
#: The page's scripts; the last begins.
_SCRIPTS = (
    *("elements.js", "python.js", "answers.js", "drafts.js", "fields.js"),
    *("start.js", "parts.js", "duties.js", "check.js", "page.js"),
)
#: Parts of Pyodide, as their names are there.
_PYODIDE = ("pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs", "python_stdlib.zip", "pyodide-lock.json")
#: Where the page's Python begins, what it imports inside functions, and what only a built jdgen has.
_BEGIN = ("jdgen.page.session", "jdgen.plain_validation", "jdgen._version")


def page(material: PageMaterial) -> str:
    """The whole file. Raises :class:`JdgenError` where jdgen was installed without what browsers need."""
    files = {name: _asset(name) for name in _PYODIDE}
    files |= {
        "jdgen.zip": python_archive(),
        "material.json": written_material(material),
        # The first screen is there before Python is.
        "choices.json": json.dumps(Session(material, datetime.date.min).choices()).encode(),
    }
    style = _asset("nhsuk.css").decode() + (_WEB / "page.css").read_text(encoding="utf-8")
    script = _script()
    title = "Job descriptions" + (f": {material.organisation}" if material.organisation else "")
    digest = hashlib.sha256(files["material.json"] + files["jdgen.zip"]).hexdigest()[:16]
    held = {"worker.js": (_WEB / "worker.js").read_bytes(), **files}
    return (
        '<!DOCTYPE html>\n<html lang="en-GB" class="no-js">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_policy(style, script))}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f'<body data-digest="{digest}">\n{_shell(title)}\n'
        + "".join(
            f'<script type="text/plain" data-file="{name}">{_packed(content)}</script>\n'
            for name, content in held.items()
        )
        + f"<script>{script}</script>\n</body>\n</html>\n"
    )


_SHELL = """<a class="nhsuk-skip-link" href="#main">Skip to main content</a>
<header class="nhsuk-header" role="banner"><div class="nhsuk-header__container nhsuk-width-container">\
<p class="page-name">{title}</p></div></header>
<div class="nhsuk-width-container"><nav id="steps" aria-label="Steps"></nav>
<main class="nhsuk-main-wrapper" id="main" tabindex="-1"><h1 class="nhsuk-heading-l">{title}</h1>
<noscript><p>This page makes job descriptions in your browser. It needs JavaScript, which is switched off here.</p>\
</noscript></main></div>
<div id="progress" role="status" class="nhsuk-width-container"></div>
<footer class="nhsuk-width-container" id="footer"><details class="nhsuk-details">\
<summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">About this page</span></summary>\
<div class="nhsuk-details__text"><p>It was made by jdgen {version}. It works without a network, and sends nothing \
anywhere.</p><p>It holds: {licences}.</p></div></details></footer>"""
# What is in the page beside jdgen and what npm's packages say of themselves.
_PARTS = ("Python and its library (PSF-2.0), inside Pyodide", "PyYAML (MIT)")


def _shell(title: str) -> str:
    packages = json.loads(_asset("licences.json"))
    parts = (f"{one['name']} {one['version']} ({one['licence']}, {one['address']})" for one in packages)
    return _SHELL.format(title=escape(title), version=__version__, licences=escape("; ".join((*parts, *_PARTS))))


def _script() -> str:
    """The page's scripts as one, in which each knows what the others name."""
    parts = ((_WEB / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


def _asset(name: str) -> bytes:
    try:
        return (ASSETS / name).read_bytes()
    except OSError as error:
        right = "install jdgen from a wheel; in a checkout, run `make page-assets`, which needs npm"
        raise JdgenError(Problem("jdgen page", f"what browsers need is not here: {name}", right)) from error


def _packed(content: bytes) -> str:
    """``content`` deflated, in letters that need no escape in HTML."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


def _policy(style: str, script: str) -> str:
    """Nothing but what is in the file may run; nothing may be asked of a network."""
    rules = {
        "default-src": "'none'",
        "script-src": f"{_sha(script)} 'wasm-unsafe-eval' blob:",
        "worker-src": "blob:",
        "style-src": _sha(style),
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _sha(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


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
