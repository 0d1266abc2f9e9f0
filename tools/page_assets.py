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
FOR_TESTS = ROOT / "build" / "npm"
#: Parts of Pyodide that are taken as they are.
PYODIDE = ("pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs", "python_stdlib.zip")
#: All that the page is made of, beside what is ours.
NAMES = (*PYODIDE, "pyodide-lock.json", "nhsuk.css", "licences.json")
#: Licences under which a part of the page may be.
ACCEPTED = frozenset({"MIT", "MPL-2.0"})
# The typeface and the logo are the NHS's, not everybody's who makes a page.
_FONT = re.compile(r"@font-face\{[^}]*\}")
_FRUTIGER = re.compile(r'(?:"?Frutiger W01"?),?\s*')
_URL = re.compile(r'url\("?([^)"]+)"?\)')
_MAP = re.compile(r"/\*#.*?\*/")


def main() -> None:
    """Install what is pinned into a folder of its own, and take what the page needs."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for pin in ("package.json", "package-lock.json"):
            shutil.copy(PINS / pin, folder)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
        packages = folder / "node_modules"
        files = {**pyodide(packages / "pyodide"), "nhsuk.css": style(packages / "nhsuk-frontend" / "dist" / "nhsuk")}
        files["licences.json"] = json.dumps(
            [licence(packages / name) for name in ("pyodide", "nhsuk-frontend")]
        ).encode()
        TARGET.mkdir(exist_ok=True)
        for name, content in files.items():
            (TARGET / name).write_bytes(content)
            print(f"{TARGET.relative_to(ROOT) / name}: {len(content):,} bytes")
        FOR_TESTS.mkdir(parents=True, exist_ok=True)
        shutil.copy(packages / "axe-core" / "axe.min.js", FOR_TESTS)


def pyodide(package: Path) -> dict[str, bytes]:
    """Python for browsers, without a list of packages that could be loaded over a network."""
    lock = json.loads((package / "pyodide-lock.json").read_bytes())
    files = {name: (package / name).read_bytes() for name in PYODIDE}
    return {**files, "pyodide-lock.json": json.dumps({"info": lock["info"], "packages": {}}).encode()}


def style(package: Path) -> bytes:
    """NHS.UK's style in one file: without its typeface, and with its pictures inside."""
    css = (package / "nhsuk-frontend.min.css").read_text(encoding="utf-8")
    css = _MAP.sub("", _FRUTIGER.sub("", _FONT.sub("", css)))

    def inside(found: re.Match[str]) -> str:
        if found[1].startswith("data:"):
            return found[0]
        picture = (package / found[1].lstrip("/")).read_bytes()
        return f"url(data:image/svg+xml;base64,{base64.b64encode(picture).decode()})"

    return _URL.sub(inside, css).encode()


def licence(package: Path) -> dict[str, Any]:
    """What a package says of itself. Raises ``SystemExit`` for one under another licence than those accepted."""
    said = json.loads((package / "package.json").read_bytes())
    if said["license"] not in ACCEPTED:
        raise SystemExit(f"{said['name']}: licence {said['license']} is none of {', '.join(sorted(ACCEPTED))}")
    address = said["repository"]["url"] if isinstance(said["repository"], dict) else said["repository"]
    return {
        "name": said["name"],
        "version": said["version"],
        "licence": said["license"],
        "address": address.removeprefix("git+").removesuffix(".git"),
    }


if __name__ == "__main__":
    main()
