"""Where things are: what jdgen ships, and what an organisation keeps in a folder of its own.

A workspace is a folder with the layout of the project (``framework_data/``, ``templates/``, ``output/``), and with a
``jdgen.toml`` where somebody has begun it. What is in the workspace wins, file by file, over what is shipped under the
same name.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

_PACKAGE = Path(__file__).resolve().parent
#: The file at the root of a workspace that says what is the same on every call.
CONFIGURATION = "jdgen.toml"
#: The templates that are shipped, by their names; that of a whole job description first.
TEMPLATES = (
    *("job-description", "job-description-side-by-side", "job-description-numbered", "person-specification"),
    "role-profile",
)


def shipped_folder() -> Path:
    """The folder that holds the shipped ``framework_data`` and ``templates``.

    They are inside the package in an installed wheel, and beside it in a checkout.
    """
    inside = _PACKAGE / "shipped"
    return inside if inside.is_dir() else _PACKAGE.parent


def is_file(path: Path) -> bool:
    """Whether there is a file at ``path``; a name that no file can have is the name of none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether there is a folder at ``path``; a name that no folder can have is the name of none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def display_path(path: Path) -> str:
    """How messages call a file: relative to the current folder where that is shorter."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive on Windows
        return str(path)
    return relative if len(relative) < len(str(path)) else str(path)


def cache_folder(environment: Mapping[str, str], platform: str, home: Path) -> Path:
    """Where programs keep what they can make again: by Windows' and Apple's rules, else by those of freedesktop.org's
    XDG Base Directory Specification, whose variable counts everywhere."""
    xdg_folder = environment.get("XDG_CACHE_HOME", "")
    if xdg_folder and Path(xdg_folder).is_absolute():
        return Path(xdg_folder) / "jdgen"
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "jdgen" / "Cache"
    return home / ("Library/Caches" if platform == "darwin" else ".cache") / "jdgen"


class Workspace(NamedTuple):
    """One organisation's folder. A folder without any of the layout is a workspace that overrides nothing."""

    root: Path

    def files(self, folder: str, pattern: str) -> tuple[Path, ...]:
        """Files of ``folder`` (``framework_data/clauses``) that match ``pattern``, sorted by name."""
        paths: dict[str, Path] = {}
        for base in (shipped_folder(), self.root):
            # Capitals make no other name on Windows.
            paths |= {os.path.normcase(path.name): path for path in (base / folder).glob(pattern) if path.is_file()}
        return tuple(paths[name] for name in sorted(paths))

    def file(self, folder: str, name: str) -> Path | None:
        """The file ``name`` of ``folder``: the workspace's own, else the shipped one, else nothing."""
        candidates = (base / folder / name for base in (self.root, shipped_folder()))
        return next((path for path in candidates if is_file(path)), None)

    def display_name(self, path: Path) -> str:
        """How messages call one of these files. A shipped one is inside the installed package, where nobody is to
        change it: it is called by the place where a copy of it would win."""
        if path.is_relative_to(self.root) or not path.is_relative_to(shipped_folder()):
            return display_path(path)
        return f"shipped {path.relative_to(shipped_folder()).as_posix()}"


def find_workspace(folder: Path) -> Workspace:
    """The workspace that ``folder`` is in: the nearest folder from it upwards that has a ``jdgen.toml``; where none has
    one, ``folder`` itself."""
    return Workspace(next((each for each in (folder, *folder.parents) if is_file(each / CONFIGURATION)), folder))
