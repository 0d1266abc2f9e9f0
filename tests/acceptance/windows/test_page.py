"""What the page on Windows and macOS says of numbers is what the code has."""

from __future__ import annotations

import pytest

from jdgen.app.documentation import find_page
from jdgen.system.apart import BESIDE_DATA, PDF_FILE, TEMPLATE
from jdgen.system.processes import Processes
from jdgen.system.windows_paths import LONGEST, UNFINISHED

MEGABYTE = 2**20
PAGE = find_page("windows").text


@pytest.mark.parametrize("beside", [0, BESIDE_DATA])
def test_bounds(beside: int) -> None:
    cells = [f"{(limits.memory + beside) // MEGABYTE} MB, {limits.seconds} s" for limits in (TEMPLATE, PDF_FILE)]
    assert f" | {' | '.join(cells)} | " in PAGE


def test_lengths_and_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"more than {LONGEST} characters" in PAGE
    assert f"needs {UNFINISHED} characters" in PAGE
    monkeypatch.setattr("sys.platform", "win32")
    assert f"At most {Processes(1000, print, ())._jobs} processes" in PAGE
