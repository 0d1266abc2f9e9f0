"""Text arrives in the document unchanged, wherever a template prints it."""

from __future__ import annotations

import dataclasses
import functools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from jdgen.drafting.model import Block, Criterion, CriterionGroup, Importance, JobDescription, Origin
from jdgen.template.compiled import CompiledTemplate
from jdgen.template.compiling import compile_template
from jdgen.template.filling import fill
from jdgen.words import forbidden_characters
from tests.toolbox.examples import DRAFTED, POSTS, draft_of
from tests.toolbox.soak import budget
from tests.toolbox.word import NAME, W, bytes_of, fill_template, open_document, parts_of, word_file

NASTY = (
    *("&", "<", ">", '"', "'", "&amp;", "&#65;", "<w:p/>", "</w:t>", "<!--", "]]>", "R&D <b>x</b>"),
    *("{{ title }}", "{% for x in y %}", "{%p if title %}", "{# note #}", "{{", "}}", "{%", "%}"),
    *("{_{", "}_}", "{_%", "%_}", "_}", "{_", "{", "}", "_", "%", "\n", "\t", "\n\n", " \n ", "\t\t"),
    *("  leading", "trailing  ", "\u00a0", "\u200b", "\u200f", "\u2028", "\x85", "é", "e\u0301", "ß", "İ"),
    *("😀", "👩🏽‍⚕️", "مدير المشروع", "מנהל פרויקט", "项目", "[To complete: hours]", "[To complete: ", "x" * 500),
)
characters = st.characters(codec="utf-8").filter(lambda char: not forbidden_characters(char))
texts = st.lists(st.sampled_from(NASTY) | st.text(characters, max_size=8), min_size=1, max_size=5).map("".join)

EVERYWHERE = word_file(
    "{{ title }}",
    "Before {{ title }} after",
    "{{ title }}{{ department }}",
    "{{ title }}_{ {{ department }}",
    "{% if title == title %}{{ title }}{% endif %}",
    header=["{{ title }}"],
    footer=["Post: {{ title }}."],
    table=[["{{ title }}", "{{ department }}"]],
)
LOOPED = word_file(
    "{%p for block in purpose %}",
    "{{ block.text }}",
    "{%p endfor %}",
    "{%p for group in person_specification.groups %}",
    "{%p for criterion in group.criteria %}",
    "{{ criterion.text }} ({{ criterion.importance }})",
    "{%p endfor %}",
    "{%p endfor %}",
    table=[
        ["{%tr for block in purpose %}", ""],
        ["{{ block.text }}", "{{ loop.index }}"],
        ["{%tr endfor %}", ""],
    ],
)


@functools.cache
def opened_template(content: bytes) -> CompiledTemplate:
    return compile_template(content, NAME)


def with_purpose(draft: JobDescription, texts: list[str]) -> JobDescription:
    return dataclasses.replace(draft, purpose=tuple(Block(f"p{n}", text) for n, text in enumerate(texts)))


def with_criteria(draft: JobDescription, texts: list[str]) -> JobDescription:
    criteria = tuple(
        Criterion(f"c{n}", text, Importance.ESSENTIAL, "A", (), Origin.POST) for n, text in enumerate(texts)
    )
    specification = dataclasses.replace(draft.person_specification, groups=(CriterionGroup("g", "G", criteria),))
    return dataclasses.replace(draft, person_specification=specification)


@budget(8)
@given(texts, texts)
@example("{", "_{ x }_}")
@example("x{", "_% x %_}")
@example("[To complete: hours] and\t[To complete: base]\nno", "\t[To complete: x]")
def test_a_field_arrives_unchanged_in_text_table_header_and_footer(title: str, department: str) -> None:
    draft = dataclasses.replace(draft_of(POSTS[0]), title=title, department=department)
    document = open_document(fill(opened_template(EVERYWHERE), draft, DRAFTED))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        title,
        f"Before {title} after",
        title + department,
        f"{title}_{{ {department}",
        title,
    ]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == [title, department]
    assert document.sections[0].header.paragraphs[-1].text == title
    assert document.sections[0].footer.paragraphs[-1].text == f"Post: {title}."


@budget(8)
@given(st.lists(texts, min_size=1, max_size=3), st.lists(texts, min_size=1, max_size=3))
def test_what_is_looped_over_arrives_unchanged_and_in_order(purpose: list[str], criteria: list[str]) -> None:
    draft = with_criteria(with_purpose(draft_of(POSTS[0]), purpose), criteria)
    document = open_document(fill(opened_template(LOOPED), draft, DRAFTED))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        *purpose,
        *(f"{text} (Essential)" for text in criteria),
    ]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        [text, str(number)] for number, text in enumerate(purpose, 1)
    ]


@budget(8)
@given(texts)
def test_outer_spaces_are_marked_as_text_so_that_word_keeps_them(title: str) -> None:
    parts = parts_of(fill(opened_template(EVERYWHERE), dataclasses.replace(draft_of(POSTS[0]), title=title), DRAFTED))
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        for text in etree.fromstring(parts[name]).iter(f"{W}t"):
            if text.text and text.text != text.text.strip(" "):
                assert text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve", text.text


@pytest.mark.parametrize("text", ["0123456789 " * 5000, "w" * 100_000])
def test_long_text_arrives_whole(text: str, draft: JobDescription) -> None:
    document = open_document(fill_template(word_file("{{ title }}"), dataclasses.replace(draft, title=text)))
    assert document.paragraphs[0].text == text


def test_a_value_is_never_read_as_a_template(draft: JobDescription) -> None:
    document = open_document(
        fill_template(word_file("{{ title }}"), dataclasses.replace(draft, title="{{ employer }}"))
    )
    assert document.paragraphs[0].text == "{{ employer }}"


def test_the_formatting_of_the_tag_is_the_formatting_of_the_text(draft: JobDescription) -> None:
    template = open_document(word_file("x"))
    run = template.paragraphs[0].add_run("{{ title }}")
    run.bold = True
    document = open_document(fill_template(bytes_of(template), dataclasses.replace(draft, title="one\ntwo\tthree")))
    assert [run.text for run in document.paragraphs[0].runs if run.bold] == ["one\ntwo", "\t", "three"]
