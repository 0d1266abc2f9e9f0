"""What a user sees of a stranger's template."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.toolbox.examples import ROOT
from tests.toolbox.word import changed, word_file

POST = ("--specialism", "pmo", "--band", "7", "--title", "PMO manager", "--date", "2026-11-24")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def jdgen(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "jdgen", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_CACHE_HOME": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )


def write_endless(path: Path) -> None:
    """A template whose loops inside loops print nothing and take minutes."""
    loops = "".join(f"{{% for {name} in clauses %}}" for name in "abcd")
    path.write_bytes(word_file(f"{loops}{{% if band == 'x' %}}x{{% endif %}}{'{% endfor %}' * 4}" * 60))


@pytest.mark.parametrize("command", ["regenerate", "status"])
def test_so_is_one_that_documents_are_to_be_made_again_with(command: str, tmp_path: Path) -> None:
    assert jdgen(tmp_path, "generate", *POST, "--output", "made").returncode == 0
    write_endless(tmp_path / "own.docx")
    options = ("--out", "out") if command == "regenerate" else ()
    run = jdgen(tmp_path, command, "made", "--template", "own.docx", *options)
    assert run.returncode == 1
    assert "own.docx: takes longer than 10 seconds to fill" in run.stdout + run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").glob("*.docx"))


@pytest.mark.parametrize("command", ["generate", "batch", "fields"])
def test_a_template_that_takes_too_long_is_refused_by_every_command(command: str, tmp_path: Path) -> None:
    write_endless(tmp_path / "own.docx")
    (tmp_path / "posts.csv").write_text("Job title,Specialism,Band\nPMO lead,pmo,7\n", encoding="utf-8")
    run = {
        "generate": lambda: jdgen(tmp_path, "generate", *POST, "--template", "own.docx"),
        "batch": lambda: jdgen(tmp_path, "batch", "posts.csv", "--output", "made", "--template", "own.docx"),
        "fields": lambda: jdgen(tmp_path, "template", "fields", "own.docx"),
    }[command]()
    assert run.returncode == 1
    assert "own.docx: takes longer than 10 seconds to fill: take out loops inside loops" in run.stderr
    assert "Traceback" not in run.stderr
    assert not list(tmp_path.rglob("*/*.docx"))


def test_what_was_taken_out_of_a_template_is_a_review_note(tmp_path: Path) -> None:
    link = (
        f'<Relationship Id="rX" Type="{OFFICE}/attachedTemplate" Target="https://x.org/a.dotm" TargetMode="External"/>'
    )
    relations = "word/_rels/document.xml.rels"
    template = changed(
        word_file("{{ title }}"), relations, lambda part: part.replace(b"</Relat", f"{link}</Relat".encode())
    )
    (tmp_path / "own.docx").write_bytes(template)
    for options in ((), ("--overwrite",)):
        run = jdgen(tmp_path, "generate", *POST, "--template", "own.docx", *options)
        assert run.returncode == 0, run.stderr
        assert "own.docx: the template attached to it (https://x.org/a.dotm) is left out" in run.stderr
