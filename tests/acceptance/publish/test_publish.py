"""``jdgen publish``: final copies as NHS Jobs takes them; what is not final is left as it is, and told."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import page
import pytest

from jdgen.post.field import Group
from jdgen.post.fields import FIELDS
from jdgen.record.reading import Handling, record_of
from tests.toolbox.commands import DOCUMENT, POST, Run
from tests.toolbox.examples import POSTS, post_file
from tests.toolbox.word import open_document, with_part, word_file

FINISHED = "band-8a-programme-office-manager"
NAME = "Job description Programme office manager band 8a"
needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def finished(run: Run) -> Path:
    assert FINISHED in POSTS
    assert run("generate", "--post", str(post_file(FINISHED)), "--notes", "none").exit_code == 0
    return Path("output") / f"{NAME}.docx"


@needs_office
def test_a_finished_document_becomes_two_files(run: Run, folder: Path) -> None:
    document = finished(run)
    before = (folder / document).read_bytes()
    result = run("publish", str(document))
    word, pdf = Path("final") / f"{NAME}.docx", Path("final") / f"{NAME}.pdf"
    assert (result.exit_code, result.stdout) == (0, f"{document} -> {word}, {pdf}\n")
    assert result.stderr.startswith("  left out: the record of how jdgen made it, ")
    assert record_of((folder / word).read_bytes())[1] is Handling.FOREIGN
    assert page.is_pdf_compliant(folder / pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert (folder / document).read_bytes() == before
    assert run("publish", str(document)).exit_code == 1
    assert run("publish", str(document), "--overwrite").exit_code == 0


def test_a_draft_with_prompts_is_refused_and_the_others_are_written(run: Run, folder: Path) -> None:
    document = finished(run)
    run("generate", *POST)
    result = run("publish", "output", "--no-pdf")
    assert (result.exit_code, result.stdout) == (1, f"{document} -> {Path('final') / document.name}\n")
    assert f"error: {DOCUMENT}, under 'Job purpose': still asks for why the post exists" in result.stderr
    assert [path.name for path in (folder / "final").iterdir()] == [document.name]


@pytest.mark.parametrize("key", ["role_category", *(field.key for field in FIELDS if field.group is Group.WORK)])
def test_a_draft_that_still_asks_what_a_panel_asks_is_refused(key: str, run: Run, folder: Path) -> None:
    whole = post_file(FINISHED).read_text(encoding="utf-8")
    (folder / "post.yaml").write_text(
        re.sub(rf"^{key}: .*\n(?:  .*\n)*", "", whole, flags=re.MULTILINE), encoding="utf-8"
    )
    notes = run("post", "check", "post.yaml", "--notes", "all").stdout
    assert len(re.findall("Not given|No role category is", notes)) == 1
    run("generate", "--post", "post.yaml")
    result = run("publish", "output", "--no-pdf")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "still asks for " in result.stderr


def test_a_document_that_no_panel_has_evaluated_yet_is_final_and_says_so(run: Run, folder: Path) -> None:
    post = post_file(FINISHED).read_text(encoding="utf-8").replace("je_reference: NMAS-JE-2025-041\n", "")
    (folder / "post.yaml").write_text(post, encoding="utf-8")
    assert "JE reference" not in run("generate", "--post", "post.yaml").stderr
    result = run("publish", "output", "--no-pdf")
    assert result.exit_code == 0, result.stderr
    (final,) = (folder / "final").iterdir()
    assert "Not yet evaluated" in [
        cell.text for table in open_document(final.read_bytes()).tables for cell in table._cells
    ]


def test_what_nhs_jobs_would_not_take_is_refused(run: Run, folder: Path) -> None:
    long = folder / f"{'x' * 90}.docx"
    long.write_bytes(word_file("A text"))
    noise = random.Random(1).randbytes(1_200_000)
    (folder / "large.docx").write_bytes(with_part(word_file("A text"), "word/media/large.png", noise))
    for name, problem in ((long.name, "its name has 95 characters"), ("large.docx", "NHS Jobs takes at most 1 MB")):
        result = run("publish", name, "--no-pdf")
        assert (result.exit_code, result.stdout) == (1, "")
        assert problem in result.stderr
    assert not (folder / "final").exists()
