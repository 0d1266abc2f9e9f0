"""Spoilt posts and framework files are refused with a place, or are read."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from jdgen.app.documents import library_for
from jdgen.drafting.draft import draft_job_description
from jdgen.errors import JdgenError
from jdgen.framework.reading import load_framework
from jdgen.post.reading import post_of
from jdgen.reports.workbook import Column, one_sheet_workbook
from jdgen.sheets.reading import open_posts
from jdgen.workspace import Workspace
from tests.acceptance.fuzzing.outcomes import assert_placed
from tests.acceptance.fuzzing.test_templates import BUDGET
from tests.toolbox.data import FRAMEWORK_TEXT
from tests.toolbox.examples import DRAFTED, POSTS, ROOT, post_file
from tests.toolbox.soak import budget
from tests.toolbox.spoiling import damaged_files, damaged_parts, spoilt_lines

POST = post_file(POSTS[2]).read_text(encoding="utf-8")
CSV = (ROOT / "examples/posts.csv").read_bytes()
WORKBOOK = one_sheet_workbook(
    "Posts",
    [Column(heading, 20) for heading in ("Job title", "Specialism", "Band", "Values")],
    [["Analyst", "pmo", "6", "Kind\nFair"], ["Manager & lead", "PMO", "8a", ""], ["", "", "", ""]],
)


def drafted(content: bytes, name: str) -> None:
    """Read the posts in a file and draft each; every error has a place in the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            stream = open_posts(path, name)
            rows = [*stream.rows]
        except JdgenError as error:
            assert_placed(error, name)
            return
        for row in rows:
            if row.problems:
                assert_placed(JdgenError(row.problems), name)
                continue
            try:
                post = post_of(row.entries, row.label)
                draft_job_description(post, library_for(post, Workspace(ROOT)), DRAFTED)
            except JdgenError as error:
                assert_placed(error, name)


@BUDGET
@given(spoilt_lines(POST).map(lambda text: text.encode("utf-8", "surrogatepass")) | damaged_files(POST.encode()))
def test_a_spoilt_post_file(content: bytes) -> None:
    drafted(content, "posts.yaml")


@BUDGET
@given(damaged_files(CSV) | st.binary(max_size=300))
def test_a_damaged_csv_file(content: bytes) -> None:
    drafted(content, "posts.csv")


@BUDGET
@given(damaged_parts(WORKBOOK) | damaged_files(WORKBOOK))
def test_a_damaged_workbook(content: bytes) -> None:
    drafted(content, "posts.xlsx")


@budget(15)
@given(spoilt_lines(FRAMEWORK_TEXT))
def test_a_spoilt_framework_file(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "framework.yaml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            load_framework(path, path.name)
        except JdgenError as error:
            assert_placed(error, path.name)
