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


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """``jdgen`` in the empty folder. An exception that is no exit is a failure of the test."""

    def running(*arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, prog_name="jdgen", catch_exceptions=False)

    return running


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
