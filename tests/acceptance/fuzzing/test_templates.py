"""A spoilt template is refused with a place, or fills to a whole document."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.errors import JdgenError
from jdgen.template.compiling import compile_template
from jdgen.template.filling import fill
from tests.acceptance.fuzzing.outcomes import assert_placed, assert_whole
from tests.toolbox.examples import DRAFTED, POSTS, ROOT, draft_of
from tests.toolbox.libreoffice import convert
from tests.toolbox.soak import budget
from tests.toolbox.spoiling import damaged_files, damaged_parts, spoilt_templates

NAME = "spoilt.docx"
SHIPPED = (ROOT / "templates/job-description.docx").read_bytes()
BUDGET = budget(20)


def outcome(template: bytes, post: str) -> bytes | None:
    """The document, or nothing where the template is refused properly."""
    try:
        return fill(compile_template(template, NAME), draft_of(post), DRAFTED, verify=False)
    except JdgenError as error:
        assert_placed(error, NAME)
        return None


@BUDGET
@given(spoilt_templates(), st.sampled_from(POSTS))
def test_a_spoilt_template_is_refused_or_fills(template: bytes, post: str) -> None:
    document = outcome(template, post)
    if document is not None:
        assert_whole(document)


@BUDGET
@given(damaged_parts(SHIPPED) | damaged_files(SHIPPED))
def test_a_damaged_file_is_refused_or_fills(template: bytes) -> None:
    document = outcome(template, POSTS[0])
    if document is not None:
        assert_whole(document)


@pytest.mark.soak
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_what_spoilt_templates_give(tmp_path: Path) -> None:
    documents: list[bytes] = []

    @budget(100)
    @given(spoilt_templates())
    def collect(template: bytes) -> None:
        if len(documents) < 12 and (document := outcome(template, POSTS[2])):
            documents.append(document)

    collect()
    assert len(documents) >= 8
    paths = [tmp_path / f"{number}.docx" for number in range(len(documents))]
    for path, document in zip(paths, documents, strict=True):
        path.write_bytes(document)
    convert(tmp_path, "pdf", *paths)
    assert all(path.with_suffix(".pdf").exists() for path in paths)
