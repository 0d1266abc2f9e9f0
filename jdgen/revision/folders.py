"""The Word files of folders, however deep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from jdgen.errors import JdgenError, Problem

# What Word writes beside a file that somebody has open.
_OPEN = "~$"


def word_files(places: Iterable[Path]) -> list[tuple[Path, Path]]:
    """Each Word file of ``places``, which are files and folders, with its path relative to the place it was found in.

    In a folder only ``.docx`` files count; links to other folders are not followed. Raises :class:`JdgenError` with
    each place that is not there.
    """
    found: dict[Path, Path] = {}
    problems: list[Problem] = []
    for place in places:
        if place.is_dir():
            found |= {path: path.relative_to(place) for path in _in(place) if path not in found}
        elif place.is_file():
            found.setdefault(place, Path(place.name))
        else:
            problems.append(Problem(str(place), "there is no such file or folder", "name one that is there"))
    if problems:
        raise JdgenError(problems)
    return list(found.items())


def _in(folder: Path) -> Iterator[Path]:
    # rglob of Python 3.11 and 3.12 does not go into linked folders, so that it ends.
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() == ".docx" and not path.name.startswith(_OPEN) and path.is_file():
            yield path
