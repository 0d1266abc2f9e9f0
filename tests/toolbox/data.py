"""Shipped data files as text, so that a test can break one copy in one place, and see what is said of it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from jdgen.drafting.checking import check_workspace
from jdgen.drafting.library import Library
from jdgen.drafting.loading import load_library
from jdgen.errors import JdgenError
from jdgen.workspace import Workspace
from tests.toolbox.examples import ROOT

DATA = ROOT / "framework_data"
FRAMEWORK_TEXT = (DATA / "frameworks/nhs-pccf.yaml").read_text(encoding="utf-8")
SOURCE_FILE = DATA / "sources/nhs-pccf-pmo.txt"
SOURCE_TEXT = SOURCE_FILE.read_text(encoding="utf-8")
PMO_BANDS = ("6", "7", "8a", "8b", "8c", "8d")


@functools.cache
def shipped_library() -> Library:
    return load_library(Workspace(ROOT), "pmo")


def change_text(text: str, old: str, new: str) -> str:
    """``text`` with its first ``old`` replaced; a test that changes nothing would prove nothing."""
    assert old in text, f"{old!r} is not in the file any more: mend the test"
    return text.replace(old, new, 1)


def line_of(text: str, part: str) -> int:
    """The line in which ``part`` first stands, counted from 1."""
    assert part in text, f"{part!r} is not in the file any more: mend the test"
    return text.count("\n", 0, text.index(part)) + 1


def problems_of(call: Callable[[], object]) -> list[str]:
    """All problems that ``call`` raises, as printed; none if it succeeds."""
    try:
        call()
    except JdgenError as error:
        return [str(problem) for problem in error.problems]
    return []


def workspace_problems(workspace: Workspace) -> list[str]:
    """All that a check of the frameworks of ``workspace`` finds, as printed."""
    return [str(problem) for file in check_workspace(workspace) for problem in file.problems]


def workspace_with(folder: Path, **files: str) -> Workspace:
    """A workspace in ``folder`` whose ``framework_data`` holds these files, by path."""
    for name, text in files.items():
        path = folder / "framework_data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Workspace(folder)
