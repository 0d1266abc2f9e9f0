from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from jdgen.app.documents import library_for
from jdgen.document.making import DocumentSources, make_document
from jdgen.workspace import TEMPLATES, Workspace
from tests.toolbox.drafts import post_at
from tests.toolbox.examples import DOCUMENTS, DRAFTED, ROOT, document_of, shipped_template
from tests.toolbox.libreoffice import convert

BANDS = ("6", "7", "8a", "8b", "8c", "8d")
Pages = dict[tuple[str, str], list[str]]
#: Documents with their PDF files.
Printouts = dict[tuple[str, str], tuple[bytes, Path]]


@pytest.fixture(scope="session")
def printouts(tmp_path_factory: pytest.TempPathFactory) -> Printouts:
    """Every example document, as LibreOffice lays it out."""
    folder = tmp_path_factory.mktemp("documents")
    for post, template in DOCUMENTS:
        (folder / f"{post}.{template}.docx").write_bytes(document_of(post, template))
    print_all(folder, sorted(folder.glob("*.docx")))
    return {each: (document_of(*each), folder / f"{'.'.join(each)}.pdf") for each in DOCUMENTS}


@pytest.fixture(scope="session")
def pages(printouts: Printouts) -> Pages:
    """The text of each page of every example document."""
    return {each: pages_of(pdf) for each, (_, pdf) in printouts.items()}


@pytest.fixture(scope="session")
def one_line(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """The same of every job description of which nothing is given but title, specialism and band."""
    folder = tmp_path_factory.mktemp("drafts")
    drafts = [(band, name) for band in BANDS for name in TEMPLATES if name.startswith("job-description")]
    for band, template in drafts:
        (folder / f"{band}.{template}.docx").write_bytes(one_line_draft(band, template))
    print_all(folder, sorted(folder.glob("*.docx")))
    return {(band, template): pages_of(folder / f"{band}.{template}.pdf") for band, template in drafts}


def one_line_draft(band: str, template: str) -> bytes:
    post = post_at(band, title="PMO manager")
    sources = DocumentSources(library_for(post, Workspace(ROOT)), shipped_template(template), DRAFTED)
    return make_document(post, sources).content


def print_all(folder: Path, documents: list[Path]) -> None:
    """Lay out ``documents`` as PDF files in ``folder``, whose pages can be read."""
    for program in ("soffice", "pdftotext"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    convert(folder, "pdf", *documents)


def pages_of(pdf: Path) -> list[str]:
    assert pdf.is_file(), f"LibreOffice made no {pdf.name}"
    text = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return text.split("\f")[:-1]
