"""``jdgen pdf``, and ``--pdf`` of what makes documents: a PDF beside each, which is nobody's until jdgen wrote it."""

from __future__ import annotations

import shutil
from pathlib import Path

import page
import pdfplumber
import pytest

from tests.toolbox.commands import DOCUMENT, POST, Run
from tests.toolbox.posts import csv_file, rows

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
PDF = DOCUMENT.with_suffix(".pdf")


def text_of(path: Path) -> str:
    with pdfplumber.open(path) as pdf:
        return "\n".join(each.extract_text() for each in pdf.pages)


def test_a_document_is_printed_beside_itself(run: Run, folder: Path) -> None:
    run("generate", *POST)
    before = (folder / DOCUMENT).read_bytes()
    result = run("pdf", str(DOCUMENT))
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{DOCUMENT} -> {PDF}\n", "")
    assert "Job description" in text_of(folder / PDF)
    assert page.is_pdf_compliant(folder / PDF, profile=page.ValidationProfile.PDF_UA_1)
    assert (folder / DOCUMENT).read_bytes() == before
    again = run("pdf", str(DOCUMENT))
    assert (again.exit_code, again.stderr) == (
        1,
        f"error: {PDF}: exists already: use --overwrite to replace it, or choose another name\n",
    )
    assert run("pdf", str(DOCUMENT), "--overwrite").exit_code == 0


def test_a_pdf_of_somebody_is_kept(run: Run, folder: Path) -> None:
    run("generate", *POST)
    (folder / PDF).write_bytes(b"theirs")
    result = run("pdf", str(DOCUMENT), "--overwrite")
    assert result.exit_code == 1
    assert f"{PDF}: exists already, and is not as jdgen wrote it" in result.stderr
    assert (folder / PDF).read_bytes() == b"theirs"


def test_a_folder_is_printed_into_another_and_one_bad_file_keeps_none(run: Run, folder: Path) -> None:
    run("generate", *POST, "--output", "in/deep/one.docx")
    run("generate", *POST, "--output", "in/two.docx")
    (folder / "in/bad.docx").write_bytes(b"no Word file")
    result = run("pdf", "in", "--output", "out")
    assert result.exit_code == 1
    assert result.stderr == "error: in/bad.docx: is not a Word document: name a .docx file\n"
    assert sorted(result.stdout.splitlines()) == [
        f"in/deep/one.docx -> {Path('out/deep/one.pdf')}",
        f"in/two.docx -> {Path('out/two.pdf')}",
    ]
    assert sorted(str(path.relative_to(folder)) for path in folder.rglob("*.pdf")) == [
        "out/deep/one.pdf",
        "out/two.pdf",
    ]


def test_generate_writes_both_or_neither(run: Run, folder: Path) -> None:
    planned = run("generate", *POST, "--pdf", "--dry-run", "--notes", "none")
    assert planned.stdout == f"would write {DOCUMENT}\nwould write {PDF}\n"
    result = run("generate", *POST, "--pdf", "--notes", "none")
    assert (result.exit_code, result.stdout) == (0, f"{DOCUMENT}\n")
    assert result.stderr.startswith(f"see {PDF}\n")
    (folder / DOCUMENT).unlink()
    (folder / PDF).write_bytes(b"theirs")
    result = run("generate", *POST, "--pdf", "--overwrite", "--notes", "none")
    assert (result.exit_code, (folder / DOCUMENT).exists()) == (1, False)
    assert f"{PDF}: exists already, and is not as jdgen wrote it" in result.stderr


def test_batch_prints_what_it_writes_and_what_lacks_its_pdf(run: Run, folder: Path) -> None:
    posts = csv_file(folder / "posts.csv", rows(3))
    command = ("batch", str(posts), "--pdf", "--output", "out", "--jobs", "1")
    assert run(*command).exit_code == 0
    pdfs = sorted((folder / "out").glob("*.pdf"))
    assert [path.with_suffix("") for path in pdfs] == [
        path.with_suffix("") for path in sorted((folder / "out").glob("*.docx"))
    ]
    assert len(pdfs) == 3
    times = {path: path.stat().st_mtime_ns for path in pdfs[1:]}
    pdfs[0].unlink()
    assert "3 unchanged" in run(*command, "--dry-run").stdout
    assert not pdfs[0].exists()
    assert "3 unchanged" in run(*command).stdout
    assert pdfs[0].exists()
    assert {path: path.stat().st_mtime_ns for path in pdfs[1:]} == times
    result = run(*command, "--archive", "all.zip")
    assert (result.exit_code, (folder / "all.zip").exists()) == (1, False)
    assert result.stderr.startswith("error: --pdf: PDF files do not go into the archive: leave --archive out")


def test_without_libreoffice_nothing_is_made(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("generate", *POST)
    monkeypatch.setenv("PATH", "")
    for command in (("pdf", str(DOCUMENT)), ("generate", *POST, "--output", "new.docx", "--pdf", "--notes", "none")):
        result = run(*command)
        assert result.exit_code == 1
        assert "error: PDF: LibreOffice, which makes it, is not here: install it: " in result.stderr
    assert not (folder / "new.docx").exists()
