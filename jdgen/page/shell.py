"""The HTML file around what a page holds: styles, scripts and content in one file, which needs nothing else."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jdgen import __version__
from jdgen.errors import JdgenError, Problem
from jdgen.reports.html_page import escape
from jdgen.workspace import shipped_folder

_HERE = Path(__file__).resolve().parent
#: What `make page-assets` puts here, from the npm registry.
ASSETS = _HERE / "assets"
#: The pages' own scripts and style.
WEB = _HERE / "web"
#: What shows a Word file, and the packages that it is of.
VIEWER = ("jszip.js", "docx-preview.js")
VIEWER_PACKAGES = ("docx-preview", "jszip", "pako", "lie", "immediate", "setimmediate")


@dataclass(frozen=True)
class PageContent:
    """What a file holds: ``files`` are handed to its ``scripts`` (names in ``web/``, the last begins), ``packages`` are
    those of npm's that are among them, ``others`` what else is, each with its licence. ``purpose`` says what it does,
    and ``digest`` tells it from others, in a browser that keeps things for several. ``color`` is that of its head."""

    title: str
    purpose: str
    digest: str
    scripts: tuple[str, ...]
    files: Mapping[str, bytes]
    packages: tuple[str, ...]
    others: tuple[str, ...] = ()
    runs_python: bool = False
    color: str | None = None


def html_file(content: PageContent) -> str:
    """The whole file. Raises :class:`JdgenError` where jdgen was installed without what browsers need."""
    style = asset("nhsuk.css").decode() + (WEB / "page.css").read_text(encoding="utf-8") + _color_style(content.color)
    script = _script(content.scripts)
    return (
        f"<!DOCTYPE html>\n<!--\n{_terms()}-->\n"
        '<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_policy(style, script, content.runs_python))}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(content.title)}</title>\n<style>{style}</style>\n</head>\n"
        f'<body data-digest="{content.digest}">\n{_shell(content)}\n'
        + "".join(
            f'<script type="text/plain" data-file="{name}">{_pack(file)}</script>\n'
            for name, file in content.files.items()
        )
        + f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _terms() -> str:
    """What has to go with every copy of what the file holds: whose it is, and under which terms."""
    return "\n\n".join((shipped_folder() / name).read_text(encoding="utf-8") for name in ("NOTICE", "LICENSE"))


_SHELL = """<a class="nhsuk-skip-link" href="#main">Skip to main content</a>
<header class="nhsuk-header" role="banner"><div class="nhsuk-header__container nhsuk-width-container">\
<p class="page-name">{title}</p></div></header>
<div class="nhsuk-width-container"><nav id="steps" aria-label="Steps"></nav>
<main class="nhsuk-main-wrapper" id="main" tabindex="-1"><h1 class="nhsuk-heading-l">{title}</h1>
<p>{purpose} It is being opened. If these words stay, JavaScript is switched off here, or this browser is too old: \
open the file in a current Edge, Chrome or Firefox.</p></main></div>
<div id="progress" role="status" class="nhsuk-width-container"></div>
<footer class="nhsuk-width-container" id="footer"><details class="nhsuk-details">\
<summary class="nhsuk-details__summary"><span class="nhsuk-details__summary-text">About this page</span></summary>\
<div class="nhsuk-details__text"><p>It was made by jdgen {version}. It works without a network, and sends nothing \
anywhere.</p><p>It holds: {licences}.</p></div></details></footer>"""


def _shell(content: PageContent) -> str:
    packages_by_name = {package["name"]: package for package in json.loads(asset("licences.json"))}
    packages = (packages_by_name[name] for name in ("nhsuk-frontend", *content.packages))
    parts = (
        f"{package['name']} {package['version']} ({package['licence']}, {package['address']})" for package in packages
    )
    licences = escape("; ".join((*parts, *content.others)))
    return _SHELL.format(
        title=escape(content.title), purpose=escape(content.purpose), version=__version__, licences=licences
    )


def _color_style(color: str | None) -> str:
    return f".nhsuk-header{{background:{color}}}" if color else ""


def _script(names: tuple[str, ...]) -> str:
    """The page's scripts as one, in which each knows what the others name."""
    parts = ((WEB / name).read_text(encoding="utf-8") for name in names)
    return '"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n"


def asset(name: str) -> bytes:
    """What `make page-assets` has brought. Raises :class:`JdgenError` where it is not here."""
    try:
        return (ASSETS / name).read_bytes()
    except OSError as error:
        right = "install jdgen from a wheel; in a checkout, run `make page-assets`, which needs npm"
        raise JdgenError(Problem("jdgen page", f"what browsers need is not here: {name}", right)) from error


def _pack(content: bytes) -> str:
    """``content`` deflated, in letters that need no escape in HTML."""
    return base64.b64encode(gzip.compress(content, 9, mtime=0)).decode()


def _policy(style: str, script: str, runs_python: bool) -> str:
    """Nothing but what is in the file may run; nothing may be asked of a network."""
    wasm = ("'wasm-unsafe-eval'",) if runs_python else ()
    rules = {
        "default-src": "'none'",
        "script-src": " ".join((_sha(script), *wasm, "blob:")),
        "style-src": _sha(style),
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    } | ({"worker-src": "blob:"} if runs_python else {})
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _sha(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
