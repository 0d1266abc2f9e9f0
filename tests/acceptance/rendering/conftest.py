from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.toolbox.examples import DOCUMENTS, document_of

Pages = dict[tuple[str, str], list[str]]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The text of each page of every example document, as LibreOffice lays it out."""
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    folder = tmp_path_factory.mktemp("documents")
    for post, template in DOCUMENTS:
        (folder / f"{post}.{template}.docx").write_bytes(document_of(post, template))
    convert(folder, sorted(folder.glob("*.docx")))
    return {(post, template): pages_of(folder / f"{post}.{template}.pdf") for post, template in DOCUMENTS}


def convert(folder: Path, documents: list[Path]) -> None:
    # A profile of its own: LibreOffice does nothing, without a word, while another one is open.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, documents)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


def pages_of(pdf: Path) -> list[str]:
    assert pdf.is_file(), f"LibreOffice made no {pdf.name}"
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1]
