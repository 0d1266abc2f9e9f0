"""Any text becomes a file name that every system takes."""

from __future__ import annotations

import datetime
import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jdgen.document.names import DEFAULT_PATTERN, MAX_NAME, NAME_FIELDS, file_name, name_fields, safe_name
from jdgen.errors import JdgenError
from jdgen.levels import Band
from jdgen.post.model import Post

RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"
}
ODD = st.sampled_from(
    [
        "con",
        "NUL",
        "aux.txt",
        "lpt1 .x",
        "..",
        ".",
        "/",
        "\\",
        "\0",
        " ",
        ".docx",
        "a" * 100,
        "é",
        "👩🏽‍⚕️",
        "项" * 50,
        "\u202e",
    ]
)
anything = st.lists(ODD | st.text(), max_size=6).map("".join)


@given(anything)
@example("con.txt")
@example("nul .a")
@example(".docx")
@example("\ud800")
@example("x" * 84)
@example("x" * 85)
@example("x" * 1000)
@example("项" * 84)
def test_any_text_becomes_a_safe_name(text: str) -> None:
    name = safe_name(text)
    stem = name.removesuffix(".docx")
    assert name.endswith(".docx")
    assert stem
    assert len(name) <= MAX_NAME
    assert len(name.encode()) <= 255
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f\x7f]', name)
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for char in name)
    assert name[0] not in ". "
    assert stem[-1] not in ". "
    assert name.split(".")[0].strip().casefold() not in RESERVED
    assert unicodedata.is_normalized("NFC", name)


@given(anything)
def test_a_safe_name_stays_as_it_is(text: str) -> None:
    assert safe_name(safe_name(text)) == safe_name(text)


@given(st.text(st.characters(categories=["L"]), min_size=90), st.text(min_size=1), st.text(min_size=1))
def test_two_long_names_stay_different(start: str, first_end: str, second_end: str) -> None:
    # NFC may make one text of two; then they are one title.
    first, second = (
        unicodedata.normalize("NFC", f"{start}x{end}".removesuffix(".docx")) for end in (first_end, second_end)
    )
    assert (safe_name(f"{start}x{first_end}") == safe_name(f"{start}x{second_end}")) == (first == second)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Portfolio analyst band 6", "Portfolio analyst band 6.docx"),
        ("Head of R&D", "Head of R&D.docx"),
        ("IT/Digital manager", "IT Digital manager.docx"),
        ("../../etc/passwd", "etc passwd.docx"),
        ("C:\\temp\\x", "C temp x.docx"),
        ("a\0b", "ab.docx"),
        ("name...", "name.docx"),
        (".hidden", "hidden.docx"),
        ("  two   spaces ", "two spaces.docx"),
        ("", "document.docx"),
        ("..", "document.docx"),
        ("x.docx", "x.docx"),
        ("CON", "document CON.docx"),
        ("nul.txt", "document nul.txt.docx"),
        ("com1 .x", "document com1 .x.docx"),
        ("console", "console.docx"),
        ("مدير", "مدير.docx"),
    ],
)
def test_a_name_is_changed_no_more_than_needed(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_the_pattern_is_filled() -> None:
    fields = {"document": "Job description", "title": "A/B", "band": "8a"}
    assert file_name(DEFAULT_PATTERN, fields) == "Job description A B band 8a.docx"
    assert file_name("JD and PS {band} {title}.docx", fields) == "JD and PS 8a A B.docx"
    assert file_name("no fields", fields) == "no fields.docx"


def test_a_field_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(JdgenError) as raised:
        file_name("{title} {nope} {}", {"title": "x", "band": "6"})
    (problem,) = raised.value.problems
    assert problem.what == "no field nope, "
    assert problem.right == "use {title}, {band}"


def test_a_value_is_not_read_as_a_pattern() -> None:
    assert file_name("{title}", {"title": "{band}", "band": "6"}) == "{band}.docx"


def test_the_fields_that_a_pattern_may_use_are_those_that_a_post_gives() -> None:
    post = Post(title="PMO manager", specialism="pmo", band=Band("7"))
    assert tuple(name_fields(post, "job-description", datetime.date(2026, 11, 24))) == NAME_FIELDS
