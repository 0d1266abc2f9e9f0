r"""Places that Windows has no file at. It would say so half-way through the work, or write elsewhere without a word.

Its rules of names are in https://learn.microsoft.com/windows/win32/fileio/naming-a-file. Word opens no file with a
longer path than they allow, whatever the system itself is set to.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from pathlib import Path, PureWindowsPath

from jdgen.errors import JdgenError, Problem
from jdgen.words import quantity

#: Names of devices, with any suffix, and with spaces before it.
RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE)
#: The most characters of a path, in units of UTF-16. (260 with the zero at its end.)
LONGEST = 259
#: How long the name is that a file has while it is written.
UNFINISHED = 36
# The colon is one of them: what follows it names a part of a file that no folder shows.
_UNFIT = re.compile(r'[<>:"|?*\x00-\x1f]')
_ANYTHING_GOES = "\\\\?\\"


def place_problem(path: Path) -> Problem | None:
    """Why no file can be written at ``path`` on this system, whoever may write there; elsewhere than on Windows,
    nothing."""
    if sys.platform != "win32":
        return None
    problem = windows_problem(PureWindowsPath(str(path)), os.path.abspath(path))  # noqa: PTH100  # as Windows reads it
    return problem and replace(problem, where=str(path))


def refuse_place(path: Path) -> None:
    """Raise :class:`JdgenError` for a ``path`` at which this system has no file."""
    if problem := place_problem(path):
        raise JdgenError(problem)


def windows_problem(path: PureWindowsPath, whole: str) -> Problem | None:
    """Why Windows has no file at ``path``, which is ``whole`` from its drive on; nothing where it may have one."""
    for name in path.parts[1:] if path.anchor else path.parts:
        if name != ".." and (wrong := _wrong_name(name)):
            return Problem(str(path), *wrong)
    if whole.startswith(_ANYTHING_GOES):
        return None
    folder = str(PureWindowsPath(whole).parent)
    length = max(_units(whole), _units(folder) + 1 + UNFINISHED)
    if length <= LONGEST:
        return None
    what = f"its path needs {length} characters, and Windows and Word open files of at most {LONGEST}"
    return Problem(str(path), what, f"choose a folder whose path is {quantity(length - LONGEST, 'character')} shorter")


def _wrong_name(name: str) -> tuple[str, str] | None:
    """What is wrong with one name of a path, and what would be right."""
    if RESERVED.fullmatch(name):
        return f"Windows keeps the name '{name}' for a device", "choose another name"
    if name.endswith((".", " ")):
        return f"Windows leaves out what '{name}' ends with", "write it without the full stop or space at its end"
    if match := _UNFIT.search(name):
        return f"Windows has no '{match[0]}' in the name of a file", "choose another name"
    return None


def _units(path: str) -> int:
    return len(path.encode("utf-16-le", "surrogatepass")) // 2
