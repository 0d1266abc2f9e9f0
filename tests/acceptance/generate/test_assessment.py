"""An organisation's codes of assessment: printed in place of jdgen's, and read in its posts."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.toolbox.commands import DOCUMENT, POST, Run
from tests.toolbox.examples import ROOT
from tests.toolbox.posts import every_text
from tests.toolbox.word import parts_of

CODES = '[assessment]\nA = "AF Application form and CV"\nI = "IV Interview"\n'
POST_TEXT = """
title: PMO manager
specialism: pmo
band: '7'
criteria:
  add:
    - {importance: essential, group: skills, assessed_by: [CODES], text: Explains a delay, serves: [leadership]}
"""


def post(folder: Path, codes: str) -> tuple[str, ...]:
    (folder / "post.yaml").write_text(POST_TEXT.replace("CODES", codes), encoding="utf-8")
    return ("generate", "--post", "post.yaml", "--date", "2026-11-24")


def test_they_are_printed_with_their_key(run: Run, folder: Path) -> None:
    (folder / "jdgen.toml").write_text(CODES, encoding="utf-8")
    assert run("generate", *POST).exit_code == 0
    texts = every_text(DOCUMENT)
    assert "AF, IV" in texts
    assert "A, I" not in texts
    key = texts[texts.index("Application form and CV") - 1 :][:6]
    assert key[:4] == ["AF", "Application form and CV", "IV", "Interview"]
    assert "Certificate" in texts


def test_without_them_documents_are_what_they_were(run: Run, folder: Path) -> None:
    run("generate", *POST)
    before = DOCUMENT.read_bytes()
    (folder / "jdgen.toml").write_text("[assessment]\n", encoding="utf-8")
    assert run("generate", *POST, "--output", "other").exit_code == 0
    assert (folder / "other" / DOCUMENT.name).read_bytes() == before


def test_posts_use_them_by_code_or_name(run: Run, folder: Path) -> None:
    (folder / "jdgen.toml").write_text(CODES, encoding="utf-8")
    for codes in ("AF, IV", "application form and CV, Interview"):
        result = run(*post(folder, codes), "--overwrite")
        assert result.exit_code == 0, result.stderr
        assert "AF, IV" in every_text(DOCUMENT)
    result = run(*post(folder, "A"), "--overwrite")
    assert result.exit_code == 1
    assert "unknown assessment code 'A': use one of AF (Application form and CV), IV (Interview), " in result.stderr


def test_a_document_is_out_of_date_when_they_change(run: Run, folder: Path) -> None:
    run("generate", *POST)
    assert "up to date" in run("status", "output").stdout
    (folder / "jdgen.toml").write_text(CODES, encoding="utf-8")
    assert "up to date" not in run("status", "output").stdout
    assert run("regenerate", "output", "--output", "new").exit_code == 0
    (redline,) = (folder / "new").rglob("*.docx")
    inserted = re.findall(
        r"<w:ins .*?</w:ins>", parts_of(redline.read_bytes())["word/document.xml"].decode(), re.DOTALL
    )
    assert any("AF" in mark for mark in inserted)


def test_codes_that_only_other_criteria_have_are_no_mistake(run: Run, folder: Path) -> None:
    shutil.copytree(ROOT / "tests/data/other-levels/framework_data", folder / "framework_data")
    criteria = next((folder / "framework_data/criteria").glob("*.yaml"))
    text = criteria.read_text(encoding="utf-8")
    criteria.write_text(text.replace("assessment:\n", "assessment:\n  - {code: Z, name: Trial shift}\n"), "utf-8")
    (folder / "jdgen.toml").write_text('[assessment]\nZ = "TS Trial shift"\n', encoding="utf-8")
    result = run("generate", *POST)
    assert result.exit_code == 0, result.stderr
    (folder / "jdgen.toml").write_text('[assessment]\nY = "TS Trial shift"\n', encoding="utf-8")
    result = run("generate", *POST)
    assert result.exit_code == 1
    assert "error: jdgen.toml:2: no criteria have the assessment code 'Y'" in result.stderr
