"""Hold a wheel and an sdist against the checkout that they were built from: nothing is missing, nothing is too much.

python tools/distribution.py dist/jdgen-0.1.0-py3-none-any.whl dist/jdgen-0.1.0.tar.gz
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from page_assets import NAMES
from version import MODULE, ROOT

#: What a wheel says of itself, in the folder that is named by its version.
_DIST_INFO = ("METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE", "licenses/NOTICE")
#: Everybody may read, and run what is a program.
_MODES = (0o644, 0o755)
#: What is brought or written when jdgen is built, and is in no commit.
_NOT_COMMITTED = frozenset({MODULE, *(f"jdgen/page/assets/{name}" for name in NAMES)})


def main(paths: list[str]) -> None:
    """Print what is wrong with each; ends with 1 where something is."""
    problems = [fault for path in paths for fault in faults(Path(path))]
    print(*problems, sep="\n", end="\n" if problems else "")
    sys.exit(bool(problems) or not paths)


def faults(path: Path, root: Path = ROOT) -> list[str]:
    """What the wheel or sdist at ``path`` has too much or too little, and files that not everybody may read."""
    is_wheel = path.suffix == ".whl"
    modes = _modes_in_wheel(path) if is_wheel else _modes_in_sdist(path)
    expected = expected_in_wheel(path, root) if is_wheel else expected_in_sdist(path, root)
    return [
        *(f"{path.name}: {name} is missing" for name in sorted(expected - modes.keys())),
        *(f"{path.name}: {name} does not belong in it" for name in sorted(modes.keys() - expected)),
        *(f"{path.name}: {name} has the mode {mode:o}" for name, mode in modes.items() if mode not in _MODES),
    ]


def expected_in_wheel(path: Path, root: Path) -> set[str]:
    """The package as it is committed, what is brought for it, and what ``pyproject.toml`` ships beside it."""
    committed = _committed(root)
    build = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    included: Mapping[str, str] = build["targets"]["wheel"]["force-include"]
    shipped = (to + name.removeprefix(place) for place, to in included.items() for name in _below(place, committed))
    return {
        *_below("jdgen", committed),
        *_NOT_COMMITTED,
        *shipped,
        *("-".join(path.name.split("-")[:2]) + f".dist-info/{name}" for name in _DIST_INFO),
    }


def expected_in_sdist(path: Path, root: Path) -> set[str]:
    """All that is committed, and what a wheel needs besides."""
    folder = path.name.removesuffix(".tar.gz")
    return {f"{folder}/{name}" for name in {*_committed(root), *_NOT_COMMITTED, "PKG-INFO"}}


def _below(place: str, names: frozenset[str]) -> Iterator[str]:
    return (name for name in names if name == place or name.startswith(f"{place}/"))


def _committed(root: Path) -> frozenset[str]:
    command = ["git", "-C", str(root), "ls-files", "-z"]
    listing = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return frozenset(listing.rstrip("\0").split("\0"))


def _modes_in_wheel(path: Path) -> dict[str, int]:
    with zipfile.ZipFile(path) as archive:
        return {entry.filename: entry.external_attr >> 16 & 0o7777 for entry in archive.infolist()}


def _modes_in_sdist(path: Path) -> dict[str, int]:
    with tarfile.open(path) as archive:
        return {entry.name: entry.mode for entry in archive}


if __name__ == "__main__":
    main(sys.argv[1:])
