"""The whole text of the example documents, held as files that a person can read.

A change of wording, order, style or numbering shows as a difference. When it is meant, write the files anew
with ``pytest tests/acceptance/golden --write-golden`` and read what changed before committing it.
"""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tests.acceptance.golden.projection import projection
from tests.toolbox.examples import DOCUMENTS, document_of

FOLDER = Path(__file__).parent


@pytest.mark.parametrize(("post", "template"), DOCUMENTS)
def test_the_document_is_the_golden_one(post: str, template: str, request: pytest.FixtureRequest) -> None:
    path = FOLDER / f"{post}.{template}.txt"
    text = projection(document_of(post, template))
    if request.config.getoption("--write-golden"):
        path.write_text(text, encoding="utf-8")
    golden_text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if text != golden_text:
        lines = difflib.unified_diff(
            golden_text.splitlines(), text.splitlines(), f"golden/{path.name}", "made now", lineterm=""
        )
        pytest.fail("\n".join(lines), pytrace=False)


def test_there_is_no_golden_file_without_its_document() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.txt")) == sorted(f"{p}.{t}.txt" for p, t in DOCUMENTS)
