"""Controls and fields: what is printed in them stays when Word opens the document, or somebody presses a key."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from jdgen.drafting.model import JobDescription, Picture
from jdgen.template.containers import free_what_fields_show
from jdgen.word.xml import parse, text_in
from tests.toolbox.growth import LINEAR, growth
from tests.toolbox.markup import NAMESPACES, field_code, paragraph, run, word_template
from tests.toolbox.word import W, fill_template, open_document, png

PLACEHOLDER = '<w:rStyle w:val="PlaceholderText"/>'
BINDING = '<w:dataBinding w:xpath="/a/b" w:storeItemID="{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"/>'
SHOWING = "<w:showingPlcHdr/>"
DATE = '<w:date w:fullDate="2026-01-01T00:00:00Z"><w:dateFormat w:val="dd/MM/yyyy"/></w:date>'
LIST = '<w:dropDownList w:lastValue="x"><w:listItem w:value="x"/></w:dropDownList>'


def sdt(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def body_of(content: str, draft: JobDescription, with_picture: bool = False) -> Any:
    with_tag = paragraph(run("{% if picture %}{{ picture }}{% endif %}"))
    post = dataclasses.replace(draft, picture=Picture(png(), "A dot") if with_picture else None)
    return open_document(fill_template(word_template(content + with_tag), post)).element.body


def names_in(body: Any, *names: str) -> list[str]:
    return [name for name in names if next(body.iter(f"{W}{name}"), None) is not None]


@pytest.mark.parametrize("with_picture", [False, True], ids=["compiled", "docxtpl"])
@pytest.mark.parametrize(
    "content",
    [
        sdt(SHOWING + "<w:text/>", paragraph(run("{{ title }}", PLACEHOLDER))),
        paragraph("Post: ", sdt(BINDING + SHOWING, run("{{ title }}", PLACEHOLDER))),
        sdt(BINDING, sdt(SHOWING, paragraph(run("{{ title }}")))),
        paragraph(sdt(DATE + BINDING, run("{{ title }}"))),
        paragraph(sdt(LIST + SHOWING, run("{{ ti") + run("tle }}", PLACEHOLDER))),
    ],
    ids=["placeholder", "both", "nested", "date", "list"],
)
def test_a_control_with_a_tag_shows_what_is_printed_and_is_no_placeholder(
    content: str, with_picture: bool, draft: JobDescription
) -> None:
    body = body_of(content, draft, with_picture)
    assert names_in(body, "sdt", "showingPlcHdr", "dataBinding", "rStyle") == ["sdt"]
    assert draft.title in "".join(text.text or "" for text in body.iter(f"{W}t"))
    assert not [name for each in body.iter() for name in each.attrib if name in (f"{W}fullDate", f"{W}lastValue")]
    assert (names_in(body, "date", "dropDownList") != []) == ("fullDate" in content or "lastValue" in content)


def test_a_control_without_a_tag_stays_what_it_is(draft: JobDescription) -> None:
    content = sdt(BINDING + DATE + SHOWING, paragraph(run("Choose a date", PLACEHOLDER)))
    body = body_of(content + paragraph(run("{{ title }}")), draft)
    assert names_in(body, "showingPlcHdr", "dataBinding", "rStyle") == ["showingPlcHdr", "dataBinding", "rStyle"]
    assert next(body.iter(f"{W}date")).get(f"{W}fullDate")


def shown_by(body: Any) -> tuple[str, list[str]]:
    """The text of ``body``, and the codes of its fields."""
    codes = [each.text.split()[0] for each in body.iter(f"{W}instrText")]
    codes += [each.get(f"{W}instr").split()[0] for each in body.iter(f"{W}fldSimple")]
    return "".join(text.text or "" for text in body.iter(f"{W}t")), codes


@pytest.mark.parametrize("with_picture", [False, True], ids=["compiled", "docxtpl"])
@pytest.mark.parametrize(
    "field",
    [
        field_code("DOCPROPERTY JobTitle", "{{ title }}"),
        field_code(" title ", "{{ title }}").replace(run("{{ title }}"), run("{{ ti") + run("tle }}")),
        f'<w:fldSimple w:instr=" MERGEFIELD Job ">{run("{{ title }}")}</w:fldSimple>',
        f'<w:fldSimple w:instr=" QUOTE ">{field_code("DOCVARIABLE Job", "{{ title }}")}</w:fldSimple>',
    ],
    ids=["property", "cut", "simple", "nested"],
)
def test_a_field_that_would_show_something_else_leaves_what_is_printed(
    field: str, with_picture: bool, draft: JobDescription
) -> None:
    text, codes = shown_by(body_of(f"<w:p>{run('The ')}{field}{run(' leads.')}</w:p>", draft, with_picture))
    assert text.startswith(f"The {draft.title} leads.")
    assert codes == []


@pytest.mark.parametrize("code", ["REF title", "PAGEREF title", "STYLEREF Title", 'IF 1 = 1 "a"', "FORMTEXT"])
def test_a_field_that_shows_what_the_document_says_stays(code: str, draft: JobDescription) -> None:
    body = body_of(f"<w:p>{field_code(code, '{{ title }}')}{field_code('DOCPROPERTY x', 'x')}</w:p>", draft)
    text, codes = shown_by(body)
    assert text.startswith(f"{draft.title}x")
    assert codes == [code.split(maxsplit=1)[0], "DOCPROPERTY"]


def test_a_table_of_contents_waits_for_word_where_it_lists_headings_of_a_loop(draft: JobDescription) -> None:
    line = run("{{ heading.ti") + run("tle }} {{ heading.id }}") + run(" 2")
    begin, end = field_code("TOC", "@").split(run("@"))
    contents = paragraph(begin, run("{{ title }} 1")) + paragraph(f"<w:hyperlink>{line}</w:hyperlink>", end)
    text, codes = shown_by(body_of(contents, draft))
    assert text.startswith(f"{draft.title} 1… … 2")
    assert codes == ["TOC"]


BEGIN, END = field_code("TOC", "@").split(run("@"))
LINE = "{{ heading.title }}"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run(LINE) + BEGIN + run(LINE) + END + run(LINE), "………"),
        (run("{% if band %}") + BEGIN + run(LINE) + END + run(LINE), f"{{% if band %}}…{LINE}"),
        (f'<w:fldSimple w:instr="TOC">{run(LINE)}</w:fldSimple>' + run("{% if band %}"), "…{% if band %}"),
    ],
)
def test_each_table_of_contents_is_asked_for_what_stands_in_it_alone(inside: str, text: str) -> None:
    tree = parse(f"<w:body {NAMESPACES}>{paragraph(run(LINE), BEGIN, inside, END, run(LINE))}</w:body>")
    assert free_what_fields_show(tree)
    assert text_in(tree) == LINE + text + LINE


@pytest.mark.parametrize("end", ["", END], ids=["without end", "ended"])
def test_fields_in_fields_are_gone_through_once(end: str) -> None:
    def free(number: int) -> None:
        free_what_fields_show(trees[number])

    trees = {
        number: parse(f"<w:body {NAMESPACES}>{paragraph(BEGIN * number, run(LINE) * number, end * number)}</w:body>")
        for number in (50, 150, 250)
    }
    assert growth(free, few=50, step=100) < LINEAR
