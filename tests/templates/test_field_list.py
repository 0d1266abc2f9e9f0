"""The list of fields as a Word document: every field is in it, every piece fills where it is copied to."""

from __future__ import annotations

import copy
import functools
from pathlib import Path
from typing import Any

import pytest
from openxml_audit import OpenXmlValidator

from jdgen.template.catalogue import catalogue
from jdgen.template.compiling import compile_template
from tests.toolbox.accessibility import faults
from tests.toolbox.examples import POSTS, ROOT, TEMPLATES, draft_of, shipped_template
from tests.toolbox.word import W, bytes_of, filled_document, open_document, problems_of, word_file

FIELDS = ROOT / "templates/pieces/fields.docx"
# The lines between which a piece stands.
BEGIN, END = "Copy from below this line.", "Copy to above this line."


@functools.cache
def pieces() -> dict[str, list[Any]]:
    """What stands between the lines of each piece, as a person in Word would select it."""
    elements_by_title: dict[str, list[Any]] = {}
    piece: list[Any] | None = None
    title = ""
    for element in open_document(FIELDS.read_bytes()).element.body:
        text = "".join(part.text or "" for part in element.iter(f"{W}t"))
        if text == BEGIN:
            piece = elements_by_title[title] = []
        elif text == END:
            piece = None
        elif piece is not None:
            piece.append(element)
        else:
            title = text
    return elements_by_title


def pasted(title: str) -> bytes:
    """A template of somebody else, with the piece in it."""
    document = open_document(word_file("Before", "After"))
    for element in pieces()[title]:
        document.paragraphs[-1]._p.addprevious(copy.deepcopy(element))
    return bytes_of(document)


def test_it_keeps_the_rules_and_the_standard(tmp_path: Path) -> None:
    assert faults(FIELDS.read_bytes()) == []
    path = tmp_path / "fields.docx"
    path.write_bytes(FIELDS.read_bytes())
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


def test_every_field_is_in_it_with_its_meaning_and_example() -> None:
    rows = [
        [cell.text for cell in row.cells] for table in open_document(FIELDS.read_bytes()).tables for row in table.rows
    ]
    assert ["{{ title }}", "text", "The job title, without the band", "Programme office manager"] in rows
    assert [row[2:] for row in rows if len(row) == 4 and row[0] == "{{ picture }}"] == [
        ["The picture that the post names (may be empty)", "The name of the trust in white on blue"]
    ]
    field_rows = [row for row in rows if len(row) == 4 and row[0] != "Write"]
    for field in catalogue():
        meaning = f"{field.meaning} (may be empty)" if field.may_be_empty else field.meaning
        assert any(row[1:] == [field.type, meaning, field.example] for row in field_rows), field.path


def test_all_pieces_are_found_in_the_document() -> None:
    lines = [paragraph.text for paragraph in open_document(FIELDS.read_bytes()).paragraphs]
    assert len(pieces()) == lines.count(BEGIN) == lines.count(END) > 20
    assert all(pieces().values())


@pytest.mark.parametrize("title", list(pieces()))
def test_a_piece_copied_into_a_template_fills(title: str) -> None:
    template = pasted(title)
    assert problems_of(template) == ()
    fields = compile_template(template, "x.docx").fields
    assert fields
    for post in POSTS:
        document = filled_document(template, draft_of(post))
        text = "".join(part.text or "" for part in document.element.body.iter(f"{W}t"))
        assert text.startswith("Before")
        assert text.endswith("After")
        assert "{" not in text


def test_the_pieces_print_what_the_draft_says() -> None:
    draft = draft_of(POSTS[0])
    duties = [
        paragraph.text for paragraph in filled_document(pasted("Duties under numbered headings"), draft).paragraphs
    ]
    for heading in draft.duty_headings:
        assert heading.title in duties
        assert {duty.text for duty in heading.duties} <= set(duties)
    specification = filled_document(pasted("Person specification, a table for each group"), draft)
    cells = {row.cells[0].text for table in specification.tables for row in table.rows}
    for group in draft.person_specification.groups:
        assert {criterion.text for criterion in group.criteria} <= cells


def test_every_field_that_the_shipped_templates_print_is_in_a_piece() -> None:
    fields = {field for title in pieces() for field in compile_template(pasted(title), "x.docx").fields}
    shipped = {field for kind in TEMPLATES for field in shipped_template(kind).fields}
    assert shipped <= fields


def test_it_is_not_taken_for_a_template() -> None:
    (problem,) = problems_of(FIELDS.read_bytes())
    assert problem.what == "is the list of fields, not a template"
    assert "jdgen template new" in problem.right


def test_it_is_not_even_when_a_word_processor_has_saved_it_anew() -> None:
    (problem,) = problems_of(bytes_of(open_document(FIELDS.read_bytes())))
    assert problem.what == "is the list of fields, not a template"


def test_another_category_is_nobodys_business() -> None:
    document = open_document(word_file("{{ title }}"))
    document.core_properties.category = "Human resources"
    assert problems_of(bytes_of(document)) == ()
