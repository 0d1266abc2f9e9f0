"""In which encoding a text file is, by its bytes alone."""

from __future__ import annotations

import io

import pytest

from jdgen.text_files.encoding import encoding_of
from tests.toolbox.data import problems_of


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"plain", "utf-8-sig"),
        ("St Mary\u2019s".encode("utf-8-sig"), "utf-8-sig"),
        ("St Mary\u2019s".encode("utf-16"), "utf-16"),
        ("St Mary\u2019s".encode("utf-16-le"), "utf-16-le"),
        ("St Mary\u2019s".encode("utf-16-be"), "utf-16-be"),
        (b"", "utf-8-sig"),
        ("St Mary\u2019s, \u00a35\n".encode("cp1252"), "cp1252"),
        ("St Mary\u2019s, \u00a35".encode("mac_roman"), "mac_roman"),
    ],
)
def test_the_encoding_of_the_program_that_wrote_a_text(content: bytes, encoding: str) -> None:
    assert encoding_of(lambda: io.BytesIO(content), "posts.csv") == encoding


def test_what_is_no_text_is_told_with_its_line() -> None:
    (problem,) = problems_of(lambda: encoding_of(lambda: io.BytesIO(b"fine\n\x81\xff;no"), "posts.csv"))
    assert problem.startswith("posts.csv:2: is no text that can be read")
