"""The templates and the documents hold to the standard, so that Word opens them without complaint."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from jdgen.drafting.model import JobDescription, Picture
from jdgen.template.filling import fill
from tests.toolbox.examples import DOCUMENTS, DRAFTED, ROOT, TEMPLATES, document_of, shipped_template
from tests.toolbox.validator import errors
from tests.toolbox.word import body_replaced, png


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_holds_to_the_standard(template: str, tmp_path: Path) -> None:
    assert errors((ROOT / "templates" / f"{template}.docx").read_bytes(), tmp_path) == []


@pytest.mark.parametrize(("post", "template"), DOCUMENTS)
def test_a_document_holds_to_the_standard(post: str, template: str, tmp_path: Path) -> None:
    assert errors(document_of(post, template), tmp_path) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_document_with_a_picture_holds_to_the_standard(template: str, draft: JobDescription, tmp_path: Path) -> None:
    pictured = dataclasses.replace(draft, picture=Picture(png(), "The trust's name"))
    assert errors(fill(shipped_template(template), pictured, DRAFTED), tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new"), [("<w:p>", "<w:q>"), ("<w:tblGrid>", "<w:tblGrid><w:p/>"), ("rIdHeader", "rIdNobody")]
)
def test_a_document_that_does_not_is_found(old: str, new: str, tmp_path: Path) -> None:
    good = document_of(*DOCUMENTS[0])
    content = body_replaced(good, old, new)
    if new == "<w:q>":
        content = body_replaced(content, "</w:p>", "</w:q>")
    assert errors(content, tmp_path)
