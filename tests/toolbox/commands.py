from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
from click.testing import CliRunner, Result

from jdgen.cli.main import main

Run = Callable[..., Result]
Process = Callable[..., subprocess.CompletedProcess[str]]
POST = ("--specialism", "pmo", "--band", "7", "--title", "PMO manager", "--date", "2026-11-24")
DOCUMENT = Path("output/Job description PMO manager band 7.docx")


def jdgen(*arguments: str) -> Result:
    """``jdgen`` in this folder. An exception that is no exit is a failure of the test."""
    return CliRunner().invoke(main, arguments, prog_name="jdgen", catch_exceptions=False)


def errors_in(stderr: str) -> list[str]:
    """The errors that a command told on standard error."""
    return [line.removeprefix("error: ") for line in stderr.splitlines() if line.startswith("error: ")]


def refusals(run: Run, *arguments: str) -> list[str]:
    """The errors for which a command does nothing."""
    result = run(*arguments)
    assert result.exit_code == 1
    return errors_in(result.stderr)


def files_in(folder: Path) -> list[str]:
    """Every file in ``folder`` but the copies of records."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in paths if path.parts[0] != "records")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """``jdgen`` in the empty folder."""
    return jdgen


@pytest.fixture
def process(folder: Path) -> Process:
    """``python -m jdgen`` as a process of its own in the empty folder; what it says is caught where it leads to no
    other file."""

    def running(
        *arguments: str | bytes,
        stdout: IO[bytes] | int = subprocess.PIPE,
        stderr: IO[bytes] | int = subprocess.PIPE,
        **environment: str,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "jdgen", *arguments],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=stdout,
            stderr=stderr,
            text=True,
            errors="surrogateescape",
            check=False,
        )

    return running
