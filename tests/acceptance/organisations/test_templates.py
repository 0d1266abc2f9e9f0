"""Templates as organisations have them are filled with real posts, and nothing of post or layout is lost."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from jdgen.template.compiling import compile_template
from jdgen.template.filling import fill
from tests.toolbox.examples import DRAFTED, POSTS, ROOT, draft_of
from tests.toolbox.examples import TEMPLATES as SHIPPED
from tests.toolbox.libreoffice import LibreOffice, convert
from tests.toolbox.organisations.templates import TEMPLATES
from tests.toolbox.word import W, parts_of

BODY = "word/document.xml"


def filled_template(name: str, post: str) -> bytes:
    return fill(compile_template(TEMPLATES[name](), f"{name}.docx"), draft_of(post), DRAFTED)


def text_of(content: bytes) -> str:
    """All text of the body, with a space between paragraphs."""
    tree = etree.fromstring(parts_of(content)[BODY])
    return " ".join("".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in tree.iter(f"{W}p"))


@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_duty_and_criterion_arrives_and_no_tag_is_left(name: str, post: str) -> None:
    draft, text = draft_of(post), text_of(filled_template(name, post))
    duties = [duty.text for heading in draft.duty_headings for duty in heading.duties]
    criteria = [criterion.text for group in draft.person_specification.groups for criterion in group.criteria]
    assert [expected for expected in (draft.title, draft.band, *duties, *criteria) if expected not in text] == []
    assert not re.search(r"\{[{%#]|[}%#]\}", text)


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_the_template_has_besides_tags_stays(name: str) -> None:
    before, after = parts_of(TEMPLATES[name]()), parts_of(filled_template(name, POSTS[0]))
    assert set(before) - {"docProps/core.xml"} <= set(after)
    tags = ("sectPr", "tbl", "sdt", "txbxContent", "footnoteReference", "titlePg", "instrText", "cols")
    trees = [etree.fromstring(parts[BODY]) for parts in (before, after)]
    for tag in tags:
        count_before, count_after = (len(list(tree.iter(f"{W}{tag}"))) for tree in trees)
        assert count_after >= count_before, f"{tag}: {count_before} before, {count_after} after"


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_independent_validator_finds_nothing_new(name: str, tmp_path: Path) -> None:
    template, document = tmp_path / "template.docx", tmp_path / "document.docx"
    template.write_bytes(TEMPLATES[name]())
    document.write_bytes(filled_template(name, POSTS[1]))
    template_errors, document_errors = (
        {error.description for error in OpenXmlValidator().validate(path).errors} for path in (template, document)
    )
    assert document_errors - template_errors == set()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_every_document(tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.docx" for name in TEMPLATES]
    for path in paths:
        path.write_bytes(filled_template(path.stem, "band-8a-programme-office-manager"))
    convert(tmp_path, "pdf", *paths)
    for name in TEMPLATES:
        result = subprocess.run(
            ["pdftotext", f"{name}.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        assert "Programme office manager" in result.stdout, name
        assert "Person specification" in result.stdout, name


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_shipped_templates_print_the_same_when_libreoffice_has_saved_them(tmp_path: Path) -> None:
    shipped = [(ROOT / f"templates/{name}.docx").read_bytes() for name in SHIPPED]
    draft = draft_of(POSTS[0])
    for name, before, after in zip(SHIPPED, shipped, LibreOffice(tmp_path).all_saved(shipped), strict=True):
        texts = [text_of(fill(compile_template(each, name), draft, DRAFTED)) for each in (before, after)]
        assert texts[0].split() == texts[1].split(), name
