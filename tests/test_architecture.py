"""The architecture is a check that fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.toolbox.examples import ROOT

FORBIDDEN = [
    ("jdgen/errors.py", "import jdgen.levels", "One way for data to flow"),
    ("jdgen/template/filling.py", "import jdgen.files", "One way for data to flow"),
    ("jdgen/drafting/draft.py", "import jdgen.app.documents", "One way for data to flow"),
    ("jdgen/files.py", "import click", "Only the command line knows Click"),
    ("jdgen/app/documents.py", "import docxtpl", "Only filling knows Word files and templates"),
    ("jdgen/drafting/draft.py", "import zipfile", "Only filling and posts in bulk open zips"),
    ("jdgen/drafting/draft.py", "import time", "Drafting is pure"),
    ("jdgen/revision/merge.py", "import time", "Drafting is pure"),
    ("jdgen/revision/renewal.py", "import click", "Only the command line knows Click"),
    ("jdgen/batch/batch.py", "import sqlite3", "Only kept records know SQL"),
    ("jdgen/record/finding.py", "import jdgen.document.making", "One way for data to flow"),
    ("jdgen/document/making.py", "import jdgen.revision.merge", "One way for data to flow"),
]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "jdgen", tmp_path / "jdgen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> tuple[int, str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout


def test_the_architecture_is_kept(copied: Path) -> None:
    code, said = lint(copied)
    assert code == 0, said
    assert "7 kept, 0 broken" in said


@pytest.mark.parametrize(("file", "line", "contract"), FORBIDDEN)
def test_an_import_that_the_architecture_forbids_is_found(file: str, line: str, contract: str, copied: Path) -> None:
    path = copied / file
    path.write_text(
        path.read_text().replace(
            "from __future__ import annotations\n", f"from __future__ import annotations\n{line}\n"
        )
    )
    code, said = lint(copied)
    assert code == 1
    broken = [text for text in said.splitlines() if text.endswith("BROKEN")]
    assert any(text.startswith(contract) for text in broken), said


def test_a_module_in_no_layer_is_found(copied: Path) -> None:
    (copied / "jdgen/somewhere.py").write_text('"""No layer."""\n')
    code, said = lint(copied)
    assert code == 1
    assert "somewhere" in said
