"""Labels of a form beside which nothing stands are told, with the field that they name, and answered ones are not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from jdgen.template.checks.check import check_template
from jdgen.template.checks.names import tag_for
from tests.template.checks.test_gaps import NO_FIELD, shipped_words
from tests.toolbox.markup import control, heading, paragraph, run, table, word_template
from tests.toolbox.word import NAME

TAB = "<w:r><w:tab/></w:r>"
RULED = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>'
TITLE, BAND = ("Job title", "{{ title }}"), ("Band", "{{ band }}")
DEPARTMENT, HOURS = "did you mean {{ department }}?", "did you mean {{ hours }}?"


def blanks_in(*body: str) -> list[tuple[str, str]]:
    content = word_template("".join(body))
    findings = check_template(content, NAME, shipped_words())
    return [(each.what.split("'")[1], each.right) for each in findings if each.what.startswith("nothing stands beside")]


def form(*rows: Sequence[str]) -> str:
    return table(*rows, header=False)


@pytest.mark.parametrize(
    ("body", "blanks"),
    [
        (form(TITLE, BAND, ("Department", "")), [("Department", DEPARTMENT)]),
        (form(TITLE, BAND, ("Department:", "")), [("Department", DEPARTMENT)]),
        (form(TITLE, BAND, ("Cost centre:", "")), [("Cost centre", NO_FIELD)]),
        (form((*TITLE, *BAND), ("Department", "", "Hours", "")), [("Department", DEPARTMENT), ("Hours", HOURS)]),
        (form(("Department:", "Hours:")), [("Department", DEPARTMENT), ("Hours", HOURS)]),
        (paragraph("Department:") + paragraph("") + paragraph("Hours: {{ hours }}"), [("Department", DEPARTMENT)]),
        (paragraph("Department:") + heading("Duties"), [("Department", DEPARTMENT)]),
        (paragraph("Department:"), [("Department", DEPARTMENT)]),
        (paragraph("Department:", TAB) + paragraph("We care."), [("Department", DEPARTMENT)]),
        (paragraph("Department", TAB, properties=RULED), [("Department", DEPARTMENT)]),
        (paragraph("Department:          "), [("Department", DEPARTMENT)]),
        (paragraph("Department:", TAB, "Hours:", TAB), [("Department", DEPARTMENT), ("Hours", HOURS)]),
        (paragraph("Job title: {{ title }}", TAB, "Hours:"), [("Hours", HOURS)]),
    ],
)
def test_a_label_beside_which_nothing_stands_is_told(body: str, blanks: list[tuple[str, str]]) -> None:
    assert blanks_in(paragraph("{{ title }} {{ band }}"), body) == blanks


@pytest.mark.parametrize(
    "body",
    [
        form(TITLE, BAND, ("Department", "{{ department }}")),
        form(TITLE, BAND, ("Department", "Estates")),
        form((*TITLE, ""), ("Department", "", "{{ department }}")),
        form(("Department", "Hours"), ("{{ department }}", "{{ hours }}")),
        form(("Department", ""), ("{{ department }}", "")),
        form(("Department:", f"<w:p>{control(run('Estates'), 'x', 7)}</w:p>")),
        form(("Line manager", "Signature:", ""), ("", "Date:", "")),
        form(("Cost centre:", ""), ("Ledger:", "")),
        form(("Agreed with", ""), ("Date:", "")),
        paragraph("Department:") + paragraph("Estates"),
        paragraph("Department:") + form(("Estates", "Finance")),
        paragraph("Values:")
        + paragraph("{%p for value in values %}")
        + paragraph("{{ value }}")
        + paragraph("{%p endfor %}"),
        paragraph("Job title:", TAB, "{{ title }}"),
        paragraph("Department: Estates", TAB),
        paragraph("Department", TAB, "Estates"),
        paragraph("Signed:", TAB, "Date:", TAB),
        paragraph("This is what our values are about:"),
        heading("Department") + paragraph("Estates"),
    ],
)
def test_a_label_that_is_answered_or_where_people_sign_is_not_told(body: str) -> None:
    assert blanks_in(paragraph("{{ title }} {{ band }}"), body) == []


POINT = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def test_points_of_a_list_without_words_are_told_once_with_the_field_of_their_heading() -> None:
    empty, point = paragraph("", properties=POINT), paragraph("We care.", properties=POINT)
    body = heading("Main duties") + empty + empty + point + empty + paragraph("", properties=POINT.replace("1", "0"))
    findings = check_template(word_template(paragraph("{{ title }} {{ band }}") + body), NAME, shipped_words())
    blanks = [(each.place.paragraph, each.right) for each in findings if "point of a list" in each.what]
    assert blanks == [(number, tag_for("duty_headings")) for number in (3, 6)]
    assert [each.place.paragraph for each in findings if each.code == "blank-paragraph"] == [7]
