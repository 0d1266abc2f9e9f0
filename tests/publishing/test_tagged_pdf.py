"""PDF/UA, judged by a validator of others; what is seen and read of a page stays as LibreOffice printed it."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest

from jdgen.app import documents
from jdgen.levels import Band
from jdgen.post.reading import entries_of_file, post_of
from jdgen.publishing.libreoffice import EXPORT
from jdgen.publishing.tagged_pdf import complete_tags
from jdgen.template.filling import fill
from jdgen.workspace import Workspace
from tests.toolbox.examples import DOCUMENTS, DRAFTED, POSTS, ROOT, TEMPLATES, document_of, post_file, shipped_template
from tests.toolbox.libreoffice import LibreOffice
from tests.toolbox.soak import IS_SOAK, seeds
from tests.toolbox.word import opened, saved, word_file

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
TITLE = 'R&D <lead> & "systems" specialist'


def faults(content: bytes) -> list[tuple[str, str]]:
    """The rules of PDF/UA-1 that a PDF breaks."""
    report = page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1)
    return [(failure.rule_id, failure.message) for failure in report.failures]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> LibreOffice:
    return LibreOffice(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def printed(office: LibreOffice) -> list[bytes]:
    """Every example document as LibreOffice exports it."""
    return office.all_printed([document_of(*each) for each in DOCUMENTS], EXPORT)


def test_examples_are_pdf_ua(printed: list[bytes]) -> None:
    assert {rule for content in printed for rule, _ in faults(content)} == {"PDFUA1-CONTENT-TAGGING-001"}
    assert [faults(complete_tags(content)) for content in printed] == [[]] * len(printed)


def test_what_is_read_and_seen_stays(printed: list[bytes], tmp_path: Path) -> None:
    for number, content in enumerate(printed if IS_SOAK else printed[:3]):
        before, after = tmp_path / f"{number}a.pdf", tmp_path / f"{number}b.pdf"
        before.write_bytes(content)
        after.write_bytes(complete_tags(content))
        for command in (("pdftotext", "-layout"), ("pdftoppm", "-r", "50")):
            assert _shown(command, before) == _shown(command, after) != b""


def _shown(command: tuple[str, ...], path: Path) -> bytes:
    out = "-" if command[0] == "pdftotext" else ""
    return subprocess.run([*command, path, *filter(None, [out])], check=True, capture_output=True).stdout


def test_a_title_is_heard_as_it_was_written(office: LibreOffice) -> None:
    document = opened(word_file("A text"))
    document.core_properties.title, document.core_properties.subject = TITLE, "Band 7 & more"
    document.core_properties.author = "Health & Care Trust"
    [content] = office.all_printed([saved(document)], EXPORT)
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] != TITLE
    with pikepdf.open(io.BytesIO(complete_tags(content))) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["dc:title"], metadata["dc:description"]) == (TITLE, "Band 7 & more")
        assert metadata["dc:creator"] == ["Health & Care Trust"]
        assert str(pdf.docinfo["/Title"]) == TITLE


def test_a_line_that_was_tagged_stays_so(printed: list[bytes]) -> None:
    once = complete_tags(printed[0])
    assert _marks(complete_tags(once)) == _marks(once) > _marks(printed[0])


def _marks(content: bytes) -> int:
    """How often something is marked as an artifact."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        written = [pikepdf.unparse_content_stream(pikepdf.parse_content_stream(each)) for each in pdf.pages]
    return sum(each.count(b"/Artifact BMC") for each in written)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"no PDF at all"])
def test_a_broken_file_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"pdf|PDF|trailer|file"):
        complete_tags(content)


#: What a post may lack, and what is of one band alone.
ANSWERS = ("employer", "base", "hours", "responsible_to", "je_reference", "about", "purpose")
BANDS = ("6", "7", "8a", "8b", "8c", "8d")
LISTS = ("values", "dimensions", "relationships", "decisions", "demands")
OF_ONE_BAND = ("added_duties", "omitted_duties", "reworded_duties", "added_criteria", "omitted_criteria")


@pytest.mark.soak
def test_random_posts_are_pdf_ua(office: LibreOffice) -> None:
    made = [_random_document(random.Random(seed)) for seed in seeds(17)]
    assert [faults(complete_tags(content)) for content in office.all_printed(made, EXPORT)] == [[]] * len(made)


def _random_document(chance: random.Random) -> bytes:
    """The document of an example post at any band, of which some answers are missing and others are long."""
    post = post_of(entries_of_file(post_file(chance.choice(POSTS))))
    missing: dict[str, Any] = {name: None for name in ANSWERS if chance.random() < 0.3}
    missing |= {name: chance.choice([(), getattr(post, name) * 9]) for name in LISTS if chance.random() < 0.4}
    changes = {**missing, **dict.fromkeys(OF_ONE_BAND, ()), "band": Band(chance.choice(BANDS))}
    draft = documents.draft(replace(post, **changes), Workspace(ROOT), DRAFTED, chance.choice([True, False]))
    return fill(shipped_template(chance.choice(TEMPLATES)), draft, DRAFTED)
