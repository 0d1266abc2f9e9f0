"""Bring what the page for managers needs of the npm registry into ``jdgen/page/assets``, as ``make page-assets`` does;
and what tests hold it against into ``build/npm``.

    python tools/page_assets.py

``tools/npm/package-lock.json`` pins each package by its hash, and npm refuses any other. Nothing of it is committed;
the wheel carries it, so that users need neither npm nor a network.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / "tools" / "npm"
TARGET = ROOT / "jdgen" / "page" / "assets"
#: What tests hold the page against, and nothing is made of.
FOR_TESTS = ROOT / "build" / "npm" / "node_modules"
#: Parts of Pyodide that are taken as they are.
PYODIDE = ("pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs", "python_stdlib.zip")
#: Single files of other packages, as they are there, and what they are called here.
SCRIPTS = {
    "jszip/dist/jszip.min.js": "jszip.js",
    "docx-preview/dist/docx-preview.min.js": "docx-preview.js",
    "js-yaml/dist/browser/js-yaml.umd.min.js": "js-yaml.js",
}
#: All that pages are made of, beside what is ours.
NAMES = (*PYODIDE, "pyodide-lock.json", "nhsuk.css", *SCRIPTS.values(), "licences.json")
#: The packages that pages hold; those behind ``jszip`` are inside its file.
PACKAGES = (
    *("pyodide", "nhsuk-frontend", "docx-preview", "jszip", "js-yaml"),
    *("pako", "lie", "immediate", "setimmediate"),
)
#: Licences under which a part of the page may be: each lets a page hold the part, if its notice is kept. A package that
#: may be had under one of several is taken under the first of them that is here: jszip under MIT, not GPL-3.0. Under
#: MPL-2.0, which asks for the source of the part, and Apache-2.0 parts are taken as they are, with their address.
ACCEPTED = frozenset({"MIT", "MPL-2.0", "Apache-2.0", "Zlib"})
# The typeface and the logo are the NHS's, not everybody's who makes a page.
_FONT = re.compile(r"@font-face\{[^}]*\}")
_FRUTIGER = re.compile(r'(?:"?Frutiger W01"?),?\s*')
_URL = re.compile(r'url\("?([^)"]+)"?\)')
_MAP = re.compile(r"/\*#.*?\*/")
_SCRIPT_MAP = re.compile(rb"\n?//# sourceMappingURL=\S+\s*$")


def main() -> None:
    """Install what is pinned into a folder of its own, and take what the page needs."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for pin in ("package.json", "package-lock.json"):
            shutil.copy(PINS / pin, folder)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
        packages = folder / "node_modules"
        files = {**pyodide(packages / "pyodide"), "nhsuk.css": style(packages / "nhsuk-frontend" / "dist" / "nhsuk")}
        files |= {name: script(packages / path) for path, name in SCRIPTS.items()}
        files["licences.json"] = json.dumps([licence(packages / name) for name in PACKAGES]).encode()
        TARGET.mkdir(exist_ok=True)
        for name, content in files.items():
            (TARGET / name).write_bytes(content)
            print(f"{TARGET.relative_to(ROOT) / name}: {len(content):,} bytes")
        shutil.copytree(packages, FOR_TESTS, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*PACKAGES))


def pyodide(package: Path) -> dict[str, bytes]:
    """Python for browsers, without a list of packages that could be loaded over a network."""
    lock = json.loads((package / "pyodide-lock.json").read_bytes())
    files = {name: (package / name).read_bytes() for name in PYODIDE}
    return {**files, "pyodide-lock.json": json.dumps({"info": lock["info"], "packages": {}}).encode()}


def style(package: Path) -> bytes:
    """NHS.UK's style in one file: without its typeface, and with its pictures inside."""
    css = (package / "nhsuk-frontend.min.css").read_text(encoding="utf-8")
    css = _MAP.sub("", _FRUTIGER.sub("", _FONT.sub("", css)))

    def inside(match: re.Match[str]) -> str:
        if match[1].startswith("data:"):
            return match[0]
        picture = (package / match[1].lstrip("/")).read_bytes()
        return f"url(data:image/svg+xml;base64,{base64.b64encode(picture).decode()})"

    return _URL.sub(inside, css).encode()


def script(path: Path) -> bytes:
    """A script as it is published, but for where its map is, which no page has."""
    return _SCRIPT_MAP.sub(b"", path.read_bytes())


def licence(package: Path) -> dict[str, Any]:
    """What a package says of itself. Raises ``SystemExit`` for one under another licence than those accepted."""
    manifest = json.loads((package / "package.json").read_bytes())
    licence = taken_under(manifest["license"])
    if licence is None:
        raise SystemExit(f"{manifest['name']}: licence {manifest['license']} is none of {', '.join(sorted(ACCEPTED))}")
    address = manifest["repository"]["url"] if isinstance(manifest["repository"], dict) else manifest["repository"]
    return {"name": manifest["name"], "version": manifest["version"], "licence": licence, "address": _address(address)}


def taken_under(expression: str) -> str | None:
    """The licence under which a package is taken that has ``expression`` (SPDX): the first of several to choose from of
    which each part is accepted; nothing where none is."""
    choices = expression.strip("()").split(" OR ")
    return next((choice for choice in choices if ACCEPTED.issuperset(choice.split(" AND "))), None)


def _address(address: str) -> str:
    """The address of a repository, which npm lets people shorten."""
    plain = re.sub(r"^(git\+|git://)", "", address).removesuffix(".git")
    if plain.startswith("https://"):
        return plain
    return f"https://{plain}" if plain.startswith("github.com/") else f"https://github.com/{plain}"


if __name__ == "__main__":
    main()
