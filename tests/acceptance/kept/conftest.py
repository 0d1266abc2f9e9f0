"""The kept workspace as a folder to work in, and texts held against kept ones."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.kept.running import Workplace

Keep = Callable[[Path, str], None]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workplace:
    monkeypatch.chdir(tmp_path)
    return Workplace(tmp_path)


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Keep:
    """Fails where a text is not the one that the file at a path holds, and says what differs; ``--write-kept`` writes
    the file anew."""

    def keeping(path: Path, text: str) -> None:
        if request.config.getoption("--write-kept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        kept_text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if text != kept_text:
            lines = difflib.unified_diff(
                kept_text.splitlines(), text.splitlines(), f"kept/{path.name}", "now", lineterm="", n=2
            )
            pytest.fail("\n".join(lines), pytrace=False)

    return keeping
