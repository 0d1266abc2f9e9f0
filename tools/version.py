"""The version of what is built: that of the tag on its commit, else the one that is written in ``jdgen/__init__.py``.

hatchling asks for it (``pyproject.toml``). An sdist says its own, and a wheel made from it has the same.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[1]
#: What the package in a wheel or sdist has, and a checkout has not.
MODULE = "jdgen/_version.py"
_WRITTEN = re.compile(r'^    __version__ = "(.+)"$', re.MULTILINE)
#: A tag that is a version, as PEP 440 has those of releases.
_TAG = re.compile(r"v(\d+(?:\.\d+)+(?:(?:a|b|rc)\d+)?)")


def version_of_checkout(root: Path = ROOT) -> str:
    """The version of the checkout in the folder ``root``. Raises ``ValueError`` where its commit has two."""
    tagged = [tag[1] for name in _tags(root) if (tag := _TAG.fullmatch(name))]
    if len(tagged) > 1:
        raise ValueError(f"the commit has several versions: {', '.join(tagged)}: delete the tags that are wrong")
    return tagged[0] if tagged else written_version(root)


def written_version(root: Path = ROOT) -> str:
    """The version that the code names without a tag."""
    match = _WRITTEN.search((root / "jdgen" / "__init__.py").read_text(encoding="utf-8"))
    assert match is not None, "jdgen/__init__.py says one"
    return match[1]


def _tags(root: Path) -> list[str]:
    """Tags on the commit that is checked out in ``root``; none where it is no checkout, or there is no git."""
    # A folder inside a checkout of something else has no tags of its own.
    if not (root / ".git").exists():
        return []
    command = ["git", "-C", str(root), "tag", "--points-at", "HEAD"]
    try:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        return []


class VersionHook(BuildHookInterface[Any]):
    """Writes the version into what is built. A checkout that is installed to be worked on says the written one."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the module that says the version."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        module = Path(self._folder.name) / "_version.py"
        text = f'"""Written when this was built (tools/version.py)."""\n\n__version__ = "{self.metadata.version}"\n'
        module.write_text(text, encoding="utf-8", newline="\n")
        build_data["force_include"][str(module)] = MODULE

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what the module was written to."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
