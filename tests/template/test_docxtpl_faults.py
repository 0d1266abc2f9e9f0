"""The known faults of docxtpl 0.20, row by row: what jdgen does where docxtpl would damage, lose or mislead."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from jdgen.drafting.model import JobDescription, Picture
from jdgen.errors import JdgenError
from jdgen.post.reading import entries_of_file
from jdgen.template import steps
from jdgen.template.checks.check import check_template
from jdgen.template.checks.findings import Severity
from jdgen.template.compiling import compile_template
from jdgen.template.filling import fill
from tests.toolbox.examples import (
    DRAFTED,
    POSTS,
    TEMPLATES,
    WITH_SIDES,
    document_of,
    draft_of,
    post_file,
    shipped_template,
)
from tests.toolbox.word import (
    NAME,
    W,
    body_replaced,
    bytes_of,
    change_part,
    fill_template,
    filled_document,
    open_document,
    parts_of,
    png,
    problems_of,
    with_part,
    word_file,
)
from tests.toolbox.xml import (
    BODY,
    BOLD,
    NEVER,
    RELATIONS,
    SETTINGS,
    TYPES,
    choice,
    faults,
    field_code,
    link,
    own_bookmarks,
    paragraph,
    pictured,
    places,
    repeated,
    row,
    run,
    table,
    texts_of,
    tree_of,
    values_of,
    with_body,
    with_external,
    with_header,
)

TRACKED_FORMAT = '<w:rPr><w:rPrChange w:id="1" w:author="a"><w:rPr/></w:rPrChange></w:rPr>'
COLUMN_LOOP = ["{%tc for value in values %}", "{{ value.text }}", "{%tc endfor %}"]


# Row 1: markup that is damaged in the filling is "recovered" by docxtpl, and the rest of the document is lost.


def test_row_01_a_tag_that_begins_in_a_link_and_ends_outside_it_is_refused_with_its_paragraph() -> None:
    template = with_body(paragraph("x") + f"<w:p>{link('{{ ti')}{run('tle }}')}</w:p>" + paragraph("rest"))
    assert places(template) == ["test.docx, '{{ title }}' (paragraph 2)"]


def test_row_01_a_tag_that_spans_two_links_is_refused_with_its_paragraph() -> None:
    template = with_body(f"<w:p>{link('{{ ti')}{link('tle }}')}</w:p>")
    assert places(template) == ["test.docx, '{{ title }}' (paragraph 1)"]


def test_row_01_a_choice_that_begins_in_a_link_and_ends_outside_it_is_refused_with_its_paragraph() -> None:
    template = with_body(f"<w:p>{link('{% if title %}a')}{run('b{% endif %}')}</w:p>")
    assert places(template) == ["test.docx, '{% if title %}ab{% endif %}' (paragraph 1)"]


def test_row_01_a_whole_tag_in_a_link_is_filled(draft: JobDescription) -> None:
    assert texts_of(fill_template(with_body(f"<w:p>{link('{{ title }}')}</w:p>"), draft)) == [draft.title]


# Rows 2 and 3: docxtpl rewrites the columns of every table, and stops at one that has none.


def nested_tables(*row_of_another: str) -> bytes:
    document = open_document(word_file("x", table=[["{{ title }}", "x"]]))
    nested = document.tables[0].rows[0].cells[0].add_table(rows=1, cols=3)
    for cell in nested.rows[0].cells:
        cell.text = "y"
    if row_of_another:
        another = document.add_table(rows=1, cols=len(row_of_another))
        for cell, text in zip(another.rows[0].cells, row_of_another, strict=True):
            cell.text = text
    return bytes_of(document)


def columns(content: bytes) -> list[list[str | None]]:
    grids = (grid for grid in tree_of(content).iter(f"{W}tblGrid"))
    return [[column.get(f"{W}w") for column in grid] for grid in grids]


def test_row_02_the_columns_of_nested_tables_stay(draft: JobDescription) -> None:
    template = nested_tables()
    assert columns(fill_template(template, draft)) == columns(template)


def test_row_02_the_columns_of_nested_tables_stay_where_another_table_repeats_columns(draft: JobDescription) -> None:
    template = nested_tables(*COLUMN_LOOP)
    assert columns(fill_template(template, draft))[:2] == columns(template)[:2]


def without_grid(*texts: str) -> bytes:
    template = word_file("x", table=[texts])
    (grid,) = re.findall(r"<w:tblGrid>.*?</w:tblGrid>", parts_of(template)[BODY].decode(), re.DOTALL)
    return body_replaced(template, grid, "")


def test_row_03_a_table_without_columns_is_filled(draft: JobDescription) -> None:
    assert texts_of(fill_template(without_grid("{{ title }}"), draft)) == ["x", draft.title]


def test_row_03_a_table_without_columns_is_filled_where_it_repeats_columns(draft: JobDescription) -> None:
    assert texts_of(fill_template(without_grid(*COLUMN_LOOP), draft)) == ["x", *(value.text for value in draft.values)]


# Row 4: Word cannot read what holds nothing: a cell, row or header without a paragraph, a table without rows.


def test_row_04_a_cell_that_a_choice_empties_holds_a_paragraph(draft: JobDescription) -> None:
    (cell,) = tree_of(fill_template(with_body(table(row(choice(NEVER, paragraph("y"))))), draft)).iter(f"{W}tc")
    assert [etree.QName(child).localname for child in cell] == ["p"]


def test_row_04_a_table_that_loses_all_rows_is_left_out(draft: JobDescription) -> None:
    rows = [[f"{{%tr if {NEVER} %}}"], ["y"], ["{%tr endif %}"]]
    assert texts_of(fill_template(word_file("x", table=rows), draft)) == ["x"]


def test_row_04_a_row_that_loses_all_cells_is_left_out(draft: JobDescription) -> None:
    template = word_file("x", table=[[f"{{%tc if {NEVER} %}}", "y", "{%tc endif %}"], ["a", "b", "c"]])
    rows = tree_of(fill_template(template, draft)).iter(f"{W}tr")
    assert [len(row.findall(f"{W}tc")) for row in rows] == [3]


def test_row_04_a_header_that_a_choice_empties_holds_a_paragraph(draft: JobDescription) -> None:
    document = open_document(word_file("x"))
    header = document.sections[0].header
    header.paragraphs[0].text = f"{{%p if {NEVER} %}}"
    header.add_paragraph("y")
    header.add_paragraph("{%p endif %}")
    assert texts_of(fill_template(bytes_of(document), draft), "word/header1.xml") == [""]


@pytest.mark.parametrize(
    "form",
    ["<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", '{}<w:bookmarkEnd w:id="3"/>'],
    ids=["control", "bookmark"],
)
def test_row_04_an_emptied_cell_that_ends_otherwise_holds_a_paragraph(form: str, draft: JobDescription) -> None:
    template = with_body(table(row(form.format(choice(NEVER, paragraph("y"))))))
    assert texts_of(fill_template(template, draft)) == [""]


def test_row_04_a_table_whose_rows_are_content_controls_stays(draft: JobDescription) -> None:
    rows_in_controls = table(f"<w:sdt><w:sdtContent>{row(paragraph('kept'))}</w:sdtContent></w:sdt>")
    template = with_body(rows_in_controls + paragraph("x") + table(row(choice("title", paragraph("y")))))
    assert texts_of(fill_template(template, draft)) == ["kept", "x", "y"]


# Rows 5 to 7: an ampersand is dropped, doubled or never found.


@pytest.mark.parametrize("with_picture", [False, True], ids=["plain", "pictured"])
def test_row_05_text_that_looks_like_markup_arrives(with_picture: bool, draft: JobDescription) -> None:
    titled = dataclasses.replace(pictured(draft) if with_picture else draft, title="R&D <b>x")
    document = filled_document(
        word_file("{{ title }}", "{% if picture %}{{ picture }}{% endif %}", header=["{{ title }}"]), titled
    )
    assert (document.paragraphs[0].text, document.sections[0].header.paragraphs[-1].text) == ("R&D <b>x", "R&D <b>x")


def test_row_06_an_ampersand_in_the_properties_stays_one(draft: JobDescription) -> None:
    titled = dataclasses.replace(draft, title="R&D lead", employer="Moor & Dale")
    template = open_document(word_file("{{ band }}"))
    template.core_properties.title = "Terms & conditions"
    properties = filled_document(bytes_of(template), titled).core_properties
    assert (properties.title, properties.author) == ("R&D lead: terms & conditions", "Moor & Dale")


@pytest.mark.parametrize("with_picture", [False, True], ids=["plain", "pictured"])
@pytest.mark.parametrize("text", ["R&D", "<b>", "50%", "}", "a}b", "%}", "}}", "{{ x }}", "{%p if %}", "a “b” c"])
def test_row_07_what_docxtpl_or_xml_would_take_for_its_own_may_be_compared(
    text: str, with_picture: bool, draft: JobDescription
) -> None:
    texts = [f"{{%p if title == '{text}' %}}", "same", "{%p endif %}", f'{{% if "{text}" in title %}}held{{% endif %}}']
    template = word_file(*texts, "{% if picture %}{{ picture }}{% endif %}")
    for title, texts_of_title in ((text, ["same", "held"]), ("other", [""])):
        titled = dataclasses.replace(pictured(draft) if with_picture else draft, title=title)
        assert texts_of(fill_template(template, titled))[: len(texts_of_title)] == texts_of_title


def test_row_07_an_ampersand_is_no_text_that_is_printed() -> None:
    assert places(word_file("x", '{{ "R&D" }}')) == ["test.docx, '{{ \"R&D\" }}' (paragraph 2)"]


# Rows 8 and 9: what is missing prints nothing, and an error has no place.


def test_row_08_a_missing_field_is_refused_with_its_place() -> None:
    assert faults(word_file("x", "{{ titel }}", header=["{{ employr }}"])) == [
        "test.docx, '{{ titel }}' (paragraph 2): no field 'titel'",
        "test.docx, header, '{{ employr }}' (paragraph 2): no field 'employr'",
    ]


def test_row_09_a_sum_is_refused_with_its_paragraph() -> None:
    assert places(word_file("x", "{{ 1/0 }}")) == ["test.docx, '{{ 1/0 }}' (paragraph 2)"]


@pytest.mark.parametrize("question", ["band > 5", "clauses|length > band", "title < none", "band in 5"])
def test_row_09_a_question_without_an_answer_is_refused_with_its_paragraph(
    question: str, draft: JobDescription
) -> None:
    tag = f"{{% if {question} %}}x{{% endif %}}"
    assert places(word_file("x", tag), draft) == [f"test.docx, '{tag}' (paragraph 2)"]


def test_row_09_a_tag_that_stands_in_two_paragraphs_is_refused_where_it_is_wrong() -> None:
    template = word_file("{% if title %}x{% endif %}", "y{% endif %}")
    assert places(template) == ["test.docx, 'y{% endif %}' (paragraph 2)"]


# Rows 10 to 12: what Word and its users put into tags.


@pytest.mark.parametrize("condition", ["title % band", "title } band"])
def test_row_10_a_paragraph_tag_with_a_percent_sign_or_brace_is_refused_with_its_paragraph(condition: str) -> None:
    tag = f"{{%p if {condition} %}}"
    assert set(places(word_file("x", tag, "y", "{%p endif %}"))) == {f"test.docx, '{tag}' (paragraph 2)"}


def test_row_10_a_tag_in_a_line_may_hold_a_percent_sign(draft: JobDescription) -> None:
    template = word_file("{% if title == '50%' %}half{% endif %}")
    assert texts_of(fill_template(template, dataclasses.replace(draft, title="50%"))) == ["half"]


@pytest.mark.parametrize(
    "tag",
    [
        "{%P if title %}",
        *("{% if title – band %}x{% endif %}", "{% if band == „6“ %}x{% endif %}", "{% if band == «6» %}x{% endif %}"),
    ],
)
def test_row_11_a_character_that_no_tag_can_hold_is_refused_with_its_paragraph(tag: str) -> None:
    assert places(word_file("x", tag)) == [f"test.docx, '{tag}' (paragraph 2)"]


@pytest.mark.parametrize("tag", ["{{ ti\u200btle }}", "{{ title\u200b }}", "{{ ti\u00adtle }}", "{{ \ufefftitle }}"])
def test_row_11_what_nobody_sees_in_a_tag_is_taken_out(tag: str, draft: JobDescription) -> None:
    assert texts_of(fill_template(word_file(tag), draft)) == [draft.title]


def test_row_11_no_break_spaces_in_a_tag_are_spaces(draft: JobDescription) -> None:
    template = word_file("{{\u00a0title\u00a0}}", "{%p if\u00a0title\u00a0%}", "x", "{%p endif %}")
    assert texts_of(fill_template(template, draft)) == [draft.title, "x"]


def test_row_11_a_no_break_space_after_p_is_a_space(draft: JobDescription) -> None:
    template = word_file("{%p\u00a0if title %}", "x", "{%p endif %}")
    assert texts_of(fill_template(template, draft)) == ["x"]


def test_row_12_curly_quotes_round_a_text_are_quotes(draft: JobDescription) -> None:
    template = word_file("{% if band == “6” %}six{% endif %}", "{% if band == ‘6’ %}six{% endif %}")
    assert texts_of(fill_template(template, dataclasses.replace(draft, band="6"))) == ["six", "six"]


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "‘{}’", "'{}'"])
def test_row_12_a_curly_apostrophe_inside_a_text_stays(marks: str, draft: JobDescription) -> None:
    template = word_file(f"{{% if title == {marks.format('the manager’s')} %}}yes{{% else %}}no{{% endif %}}")
    assert texts_of(fill_template(template, dataclasses.replace(draft, title="the manager’s"))) == ["yes"]


@pytest.mark.parametrize("tag", ["{{ “the manager’s role” }}", "{% if title == ‘managers’ role’ %}x{% endif %}"])
def test_row_12_a_text_that_is_printed_or_ends_too_soon_is_refused_with_its_paragraph(tag: str) -> None:
    assert places(word_file("x", tag)) == [f"test.docx, '{tag}' (paragraph 2)"]


# Rows 13 to 17: what is beside or between tags is lost, merged or left blank.


@pytest.mark.parametrize(
    ("texts", "tag"),
    [
        (["before {%p if title %}", "x", "{%p endif %}"], "{%p if title %}"),
        (["{%p if title %}", "x", "{%p endif %} after"], "{%p endif %}"),
        (["{%p if title %}", "x", "{%p else %}nothing{%p endif %}"], "{%p else %}"),
    ],
)
def test_row_13_text_beside_a_paragraph_tag_is_refused_with_its_paragraph(texts: list[str], tag: str) -> None:
    (number, text) = next((number, text) for number, text in enumerate(texts, 1) if text != tag and tag in text)
    assert faults(word_file(*texts))[0] == f"test.docx, '{text}' (paragraph {number}): text beside {tag} would be lost"


def test_row_13_two_tags_in_one_paragraph_are_refused_with_their_paragraph() -> None:
    two = f"{{%p if {NEVER} %}}{{%p if band %}}"
    template = word_file(two, "x", "{%p endif %}{%p endif %}")
    assert places(template)[:1] == [f"test.docx, '{two}' (paragraph 1)"]


def test_row_13_two_tags_in_one_row_are_refused_with_their_row() -> None:
    rows = [[f"{{%tr if {NEVER} %}}", "{%tr if band %}"], ["a", "b"], ["{%tr endif %}", "{%tr endif %}"]]
    cell = "table 1, row 1, column 1"
    assert places(word_file("x", table=rows))[0] == f"test.docx, '{rows[0][0]}{rows[0][1]}' ({cell}, paragraph 2)"


@pytest.mark.parametrize(
    "beside",
    [
        '<w:r><w:br w:type="page"/></w:r>',
        "<w:r><w:drawing/></w:r>",
        "<w:r><w:pict/></w:r>",
        '<w:fldSimple w:instr="DATE"/>',
    ],
    ids=["page break", "drawing", "picture", "field"],
)
def test_row_13_what_is_no_text_beside_a_paragraph_tag_is_refused_with_its_paragraph(beside: str) -> None:
    template = with_body(f"<w:p>{beside}{run('{%p if title %}')}</w:p>" + paragraph("x") + paragraph("{%p endif %}"))
    assert places(template) == ["test.docx, '{%p if title %}' (paragraph 1)"]


def test_row_13_text_beside_a_paragraph_remark_is_refused_with_its_paragraph() -> None:
    template = word_file("keep this {#p a remark #}", "{{ title }}")
    assert places(template) == ["test.docx, 'keep this {#p a remark #}' (paragraph 1)"]


def test_row_14_a_tag_over_two_paragraphs_is_refused_with_both() -> None:
    what = "a tag is not closed in its paragraph"
    assert faults(word_file("x", "{{ ti", "tle }}")) == [
        f"test.docx, '{{{{ ti' (paragraph 2): {what}",
        f"test.docx, 'tle }}}}' (paragraph 3): {what}",
    ]


def test_row_14_single_braces_at_the_ends_of_paragraphs_are_no_tag() -> None:
    template = word_file("a {", "{ title }", "} b", header=["{{ title }}"])
    assert texts_of(fill_template(template, draft_of(POSTS[0]))) == ["a {", "{ title }", "} b"]


@pytest.mark.parametrize("place", ["paragraphs", "cells"])
def test_row_14_a_choice_that_ends_in_another_paragraph_is_refused_with_its_paragraph(place: str) -> None:
    texts = [f"1{{% if {NEVER} %}}a", "b{% endif %}2"]
    template = word_file(*texts) if place == "paragraphs" else word_file(table=[texts])
    cell = "table 1, row 1, column 1, " if place == "cells" else ""
    assert places(template) == [f"test.docx, '{texts[0]}' ({cell}paragraph 1)"]


def section_break(text: str) -> str:
    return paragraph(text, "<w:pPr><w:sectPr/></w:pPr>")


def test_row_15_a_section_break_in_the_paragraph_of_a_tag_is_refused_with_its_paragraph() -> None:
    template = with_body(paragraph("{%p if title %}") + paragraph("x") + section_break("{%p endif %}"))
    assert faults(template) == ["test.docx, '{%p endif %}' (paragraph 3): a section break would be lost with the tag"]


def test_row_15_a_section_break_in_the_paragraph_of_a_remark_is_refused_with_its_paragraph() -> None:
    template = with_body(section_break("{#p a remark #}") + paragraph("{{ title }}"))
    assert places(template) == ["test.docx, '{#p a remark #}' (paragraph 1)"]


@pytest.mark.parametrize("tag", ["{% set x = title -%}", "{% if title %}x{% endif -%}", "{%- if title %}x{% endif %}"])
def test_row_16_a_tag_that_would_join_paragraphs_or_tables_is_refused_with_its_paragraph(tag: str) -> None:
    what = "'-' at the beginning or end of a line would join it to another"
    assert f"test.docx, '{tag}' (paragraph 2): {what}" in faults(word_file("x", tag, table=[["y"]]))


@pytest.mark.parametrize(
    ("begin", "end"), [("{% if title %}", "{% endif %}"), ("{% for v in values %}", "{% endfor %}")]
)
def test_row_17_a_plain_tag_on_a_line_of_its_own_is_warned_of_with_its_paragraph(begin: str, end: str) -> None:
    """A warning and no refusal: blank lines are ugly, and nothing is lost."""
    template = word_file("a", begin, "x", end, "b")
    findings = [finding for finding in check_template(template, NAME) if finding.code == "blank-line-left"]
    assert [(str(finding.place), finding.severity) for finding in findings] == [
        (f"'{begin}' (paragraph 2)", Severity.WARNING)
    ]
    assert places(template) == []


# Rows 18 to 21: what is in a template beside its text.

DRAWING = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="4" name="x"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="u"/></a:graphic>'
    "</wp:inline></w:drawing></w:r>"
)
DRAWN = f"<w:p>{DRAWING}{run('{{ value.text }}')}</w:p>"
BOOKMARKED = f'<w:p><w:bookmarkStart w:id="5" w:name="own"/>{run("{{ value.text }}")}<w:bookmarkEnd w:id="5"/></w:p>'
CONTROL = (
    '<w:sdt><w:sdtPr><w:id w:val="77"/></w:sdtPr><w:sdtContent><w:p>'
    f"{run('{{ value.text }}')}</w:p></w:sdtContent></w:sdt>"
)
NUMBERED = f'<w:p w14:paraId="1A2B3C4D">{run("{{ value.text }}")}</w:p>'
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def test_row_18_a_repeated_drawing_gets_ids_of_its_own(draft: JobDescription) -> None:
    ids = values_of(fill_template(with_body(repeated(DRAWN)), draft), "{*}docPr", "id")
    assert len(ids) == len(draft.values) == len(set(ids))


def test_row_18_a_repeated_drawing_in_a_header_gets_ids_of_its_own(draft: JobDescription) -> None:
    content = fill_template(with_header(repeated(DRAWN)), draft)
    ids = values_of(content, "{*}docPr", "id", "word/header1.xml")
    assert len(ids) == len(draft.values) == len(set(ids))


@pytest.mark.parametrize(
    ("inner", "tag", "attribute"),
    [
        (NUMBERED, f"{W}p", f"{W14}paraId"),
        (BOOKMARKED, f"{W}bookmarkStart", f"{W}id"),
        (BOOKMARKED, f"{W}bookmarkStart", f"{W}name"),
        (CONTROL, f"{W}id", f"{W}val"),
    ],
    ids=["paragraph", "bookmark id", "bookmark name", "content control"],
)
def test_row_18_an_id_in_a_loop_is_not_repeated(inner: str, tag: str, attribute: str, draft: JobDescription) -> None:
    all_values = values_of(fill_template(with_body(repeated(inner)), draft), tag, attribute)
    ids = [value for value in all_values if value != "None" and not value.startswith("_jd_")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "runs",
    [
        f'{run("{{ ti")}<w:bookmarkStart w:id="5" w:name="own"/>{run("tle }}")}<w:bookmarkEnd w:id="5"/>',
        f'<w:bookmarkStart w:id="5" w:name="own"/>{run("{{ ti")}<w:bookmarkEnd w:id="5"/>{run("tle }}")}',
    ],
    ids=["begins in the tag", "ends in the tag"],
)
def test_row_19_a_bookmark_that_begins_or_ends_inside_a_tag_keeps_both_ends(runs: str, draft: JobDescription) -> None:
    starts, ends = own_bookmarks(fill_template(with_body(f"<w:p>{runs}</w:p>"), draft))
    assert starts == ends == ["5"]


def test_row_19_a_bookmark_that_begins_beside_a_paragraph_tag_keeps_both_ends(draft: JobDescription) -> None:
    first = f'<w:p><w:bookmarkStart w:id="5" w:name="own"/>{run("{%p if title %}")}</w:p>'
    last = f'<w:p>{run("y")}<w:bookmarkEnd w:id="5"/></w:p>'
    starts, ends = own_bookmarks(
        fill_template(with_body(first + paragraph("x") + paragraph("{%p endif %}") + last), draft)
    )
    assert starts == ends == ["5"]


def test_row_20_a_tag_in_two_formats_has_the_first(draft: JobDescription) -> None:
    (only_run,) = tree_of(fill_template(with_body(f"<w:p>{run('{{ ti', BOLD)}{run('tle }}')}</w:p>"), draft)).iter(
        f"{W}r"
    )
    assert only_run.find(f"{W}rPr/{W}b") is not None


@pytest.mark.parametrize("tag", ["{{ title }}", "{% if title %}{% endif %}"])
def test_row_20_text_after_a_tag_in_two_formats_keeps_its_own(tag: str, draft: JobDescription) -> None:
    template = with_body(f"<w:p>{run(tag[:5])}{run(f'{tag[5:]} in bold', BOLD)}</w:p>")
    (after,) = (
        element
        for element in tree_of(fill_template(template, draft)).iter(f"{W}r")
        if " in bold" in "".join(element.itertext())
    )
    assert after.find(f"{W}rPr/{W}b") is not None


@pytest.mark.parametrize("kind", ["ins", "del"])
@pytest.mark.parametrize("part", ["text", "header"])
def test_row_21_tracked_changes_are_refused(kind: str, part: str) -> None:
    text = "delText" if kind == "del" else "t"
    body = f'<w:p><w:{kind} w:id="1" w:author="a"><w:r><w:{text}>{{{{ title }}}}</w:{text}></w:r></w:{kind}></w:p>'
    fault = faults(with_body(body) if part == "text" else with_header(body))[-1]
    header = "" if part == "text" else "header, "
    assert re.fullmatch(rf"test.docx, {header}('.*'|a line without words) \(paragraph \d\): has tracked changes", fault)


@pytest.mark.parametrize(
    "xml",
    [
        f'<w:p><w:moveFrom w:id="1" w:author="a">{run("{{ title }}")}</w:moveFrom></w:p>',
        f'<w:p><w:moveTo w:id="1" w:author="a">{run("{{ title }}")}</w:moveTo></w:p>',
        table(row(f'<w:tcPr><w:cellDel w:id="1" w:author="a"/></w:tcPr>{paragraph("{{ title }}")}')),
        table(row(f'<w:tcPr><w:cellIns w:id="1" w:author="a"/></w:tcPr>{paragraph("{{ title }}")}')),
        f"<w:p>{run('{{ title }}', TRACKED_FORMAT)}</w:p>",
        paragraph("{{ title }}", '<w:pPr><w:pPrChange w:id="1" w:author="a"><w:pPr/></w:pPrChange></w:pPr>'),
    ],
    ids=["moved from", "moved to", "cell deleted", "cell inserted", "format", "paragraph format"],
)
def test_row_21_tracked_changes_of_every_kind_are_refused_with_their_paragraph(xml: str) -> None:
    (fault,) = faults(with_body(xml))
    cell = "table 1, row 1, column 1, " if "<w:tbl>" in xml else ""
    assert fault == f"test.docx, '{{{{ title }}}}' ({cell}paragraph 1): has tracked changes"


# Rows 22 and 23: parts that are never filled, and fields that nobody sees.


@pytest.mark.parametrize(
    "part",
    ["word/comments.xml", "word/endnotes.xml", "word/footnotes.xml", "docProps/custom.xml", "customXml/item1.xml"],
)
def test_row_22_a_tag_in_a_part_that_is_never_filled_is_refused_with_the_part(part: str) -> None:
    template = with_part(word_file("{{ title }}"), part, b"<a>{{ title }}</a>")
    place = part.removeprefix("word/").removesuffix(".xml") if part.startswith("word/") else part
    assert faults(template) == [f"test.docx, {place}: holds a tag in a part that is never filled"]


@pytest.mark.parametrize(
    "part", ["word/footnotes1.xml", "word/endnotes2.xml", "word/charts/chart1.xml", "word/diagrams/data1.xml"]
)
def test_row_22_a_tag_in_any_other_part_is_refused_with_the_part(part: str) -> None:
    place = {"word/footnotes1.xml": "footnotes", "word/endnotes2.xml": "endnotes"}.get(part, part)
    assert places(with_part(word_file("{{ title }}"), part, b"<a>{{ title }}</a>")) == [f"test.docx, {place}"]


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("docProps/app.xml", "</Properties>", "<Company>{{ employer }}</Company></Properties>"),
        (SETTINGS, "</w:settings>", '<w:docVars><w:docVar w:name="a" w:val="{{ title }}"/></w:docVars></w:settings>'),
    ],
)
def test_row_22_a_tag_in_properties_or_settings_is_refused_with_the_part(part: str, old: str, new: str) -> None:
    template = change_part(word_file("{{ title }}"), part, lambda content: content.replace(old.encode(), new.encode()))
    assert places(template) == [f"test.docx, {part}"]


@pytest.mark.parametrize("address", ["https://example.org/{{ reference }}", "mailto:%7B%7B%20base%20%7D%7D"])
def test_row_22_a_tag_in_the_address_of_a_link_is_refused(address: str) -> None:
    assert places(with_external("hyperlink", address)) == [f"test.docx, {RELATIONS}"]


def test_row_22_tags_in_the_core_properties_do_not_arrive(draft: JobDescription) -> None:
    template = open_document(word_file("{{ band }}"))
    template.core_properties.keywords = template.core_properties.category = "{{ title }}"
    assert b"{{" not in parts_of(fill_template(bytes_of(template), draft))["docProps/core.xml"]


def test_row_23_fields_of_what_is_looped_over_are_known_by_name() -> None:
    template = word_file("{%p for h in duty_headings %}", "{{ h.title }}", "{%p endfor %}", header=["{{ base }}"])
    assert compile_template(template, NAME).fields == ("base", "duty_headings", "duty_headings.title")


def test_row_23_a_misspelt_field_of_what_is_looped_over_is_refused_with_its_place() -> None:
    template = word_file("{%p for h in duty_headings %}", "{{ h.titel }}", "{%p endfor %}")
    assert faults(template) == ["test.docx, '{{ h.titel }}' (paragraph 2): 'h' has no field 'titel'"]


# Rows 24 to 26: one template, many documents.


def test_row_24_a_template_fills_any_number_of_documents_each_with_its_own_picture(draft: JobDescription) -> None:
    template = compile_template(word_file("{{ title }}{{ picture }}"), NAME)
    wide, tall = (dataclasses.replace(draft, picture=Picture(png(*size), "x")) for size in ((40, 10), (10, 40)))
    first, second, third = (fill(template, each, DRAFTED) for each in (wide, tall, wide))
    assert first == third
    assert parts_of(second)["word/media/image1.png"] == png(10, 40)


def test_row_25_threads_may_share_a_template() -> None:
    duties = ["{%p for h in duty_headings %}", "{%p for duty in h.duties %}", "{{ duty.text }}"]
    content = word_file("{{ title }}", *duties, "{%p endfor %}", "{%p endfor %}", "{{ title }}")
    drafts = [draft_of(post) for post in POSTS]
    expected = [fill(compile_template(content, NAME), draft, DRAFTED) for draft in drafts] * 10
    shared = compile_template(content, NAME)
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(lambda draft: fill(shared, draft, DRAFTED), drafts * 10)) == expected


@pytest.mark.parametrize("with_picture", [False, True], ids=["plain", "pictured"])
def test_row_26_the_bytes_are_the_same_each_time(with_picture: bool, draft: JobDescription) -> None:
    template = word_file("{{ title }}", "{% if picture %}{{ picture }}{% endif %}")
    content = fill_template(template, pictured(draft) if with_picture else draft)
    assert fill_template(template, pictured(draft) if with_picture else draft) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# Rows 27 to 33: what a template could do to the machine, or the package to the document.


@pytest.mark.parametrize("tag", ["{{ cycler.__init__ }}", "{{ ''.__class__ }}", "{{ title.format.__globals__ }}"])
def test_row_27_an_injection_is_refused_with_its_place(tag: str) -> None:
    assert set(places(word_file("x", tag))) == {f"test.docx, '{tag}' (paragraph 2)"}
    assert set(places(word_file("x", header=[tag]))) == {f"test.docx, header, '{tag}' (paragraph 2)"}


def test_row_27_an_injection_in_the_properties_is_text_that_is_left_out(draft: JobDescription) -> None:
    template = open_document(word_file("{{ band }}"))
    template.core_properties.title = template.core_properties.subject = "{{ ''.__class__ }}"
    properties = filled_document(bytes_of(template), draft).core_properties
    assert (properties.title, properties.subject) == (draft.title, f"Band {draft.band_statement}")


@pytest.mark.parametrize(
    "tag",
    [
        *("{{ 'x' * 50000000 }}", "{{ title.delete() }}", "{% for x in range(9999) %}x{% endfor %}"),
        "{% for a in values %}" * 5 + "x" + "{% endfor %}" * 5,
    ],
)
def test_row_28_what_would_grow_or_call_is_refused_with_its_paragraph(tag: str) -> None:
    assert {place.rpartition(" (")[2] for place in places(word_file("x", tag))} == {"paragraph 2)"}


def test_row_28_print_has_a_bound(draft: JobDescription, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MAX_CHARACTERS", 10_000)
    template = word_file("{% for a in clauses %}{% for b in clauses %}{{ b.text }}{% endfor %}{% endfor %}")
    assert faults(template, draft) == ["test.docx: prints more than a document can hold"]


def test_row_29_a_zip_bomb_is_refused() -> None:
    template = with_part(word_file("{{ title }}"), "word/media/a.bin", bytes(101 * 2**20))
    assert faults(template) == ["test.docx: is too large"]


@pytest.mark.parametrize("part", [BODY, SETTINGS])
def test_row_30_entities_are_refused_with_their_part(part: str) -> None:
    declared = b'<!DOCTYPE x [<!ENTITY a "b">]><w:'
    template = change_part(word_file("{{ title }}"), part, lambda content: content.replace(b"<w:", declared, 1))
    assert faults(template) == [f"test.docx: declares a document type in {part}"]


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("frame", "https://example.org/a.htm"),
        ("oleObject", "file:///c:/a.exe"),
        ("image", "https://x.org/a"),
    ],
)
def test_row_31_what_loads_something_from_outside_is_refused_with_its_part(kind: str, target: str) -> None:
    assert faults(with_external(kind, target)) == [f"test.docx: loads something from outside ({RELATIONS})"]


def test_row_31_an_attached_template_is_left_out_with_a_word() -> None:
    template = compile_template(with_external("attachedTemplate", "https://example.org/a.dotm"), NAME)
    assert b"a.dotm" not in template.static[RELATIONS]
    assert [warning.what.partition(" (")[0] for warning in template.warnings] == ["the template attached to it"]


def test_row_31_macros_are_refused() -> None:
    assert faults(with_part(word_file("x"), "word/vbaProject.bin", b"x")) == ["test.docx: holds macros"]


@pytest.mark.parametrize(
    "code",
    [
        'DDEAUTO c:\\\\cmd.exe "/k calc"',
        'DDE Excel "a.xls"',
        'INCLUDETEXT "https://x.org/a"',
        'INCLUDEPICTURE "https://x.org/a"',
    ],
)
def test_row_31_a_field_that_loads_something_from_outside_is_refused(code: str) -> None:
    assert places(with_body(f"<w:p>{field_code(code)}</w:p>"))


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("vnd.ms-word.document.macroEnabled.main+xml", "holds macros"),
        ("vnd.ms-word.template.macroEnabledTemplate.main+xml", "holds macros"),
        ("vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", "is a .dotx template of Word's"),
    ],
    ids=["docm", "dotm", "dotx"],
)
def test_row_32_another_kind_of_word_file_is_refused_with_what_to_save_it_as(kind: str, what: str) -> None:
    usual = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    (problem,) = problems_of(change_part(word_file("x"), TYPES, lambda part: part.replace(usual, kind.encode())))
    assert (problem.what, problem.right.partition(",")[0]) == (what, "save it as a .docx document")


def test_row_33_the_properties_of_libreoffice_are_not_written_twice(draft: JobDescription) -> None:
    usual, libreoffice = b"/package/2006/relationships/metadata", b"/officedocument/2006/relationships/metadata"
    template = change_part(word_file("{{ title }}"), "_rels/.rels", lambda part: part.replace(usual, libreoffice))
    with zipfile.ZipFile(io.BytesIO(fill_template(template, draft))) as archive:
        assert [name for name in archive.namelist() if "core" in name] == ["docProps/core.xml"]


# Rows 34 to 38: values, formatted text, numbering, fields of Word's own, escapes.


@pytest.mark.parametrize("with_picture", [False, True], ids=["plain", "pictured"])
def test_row_34_line_feeds_and_tabs_become_word_s_own(with_picture: bool, draft: JobDescription) -> None:
    titled = dataclasses.replace(pictured(draft) if with_picture else draft, title="a\nb\tc")
    template = word_file("{{ title }}", "{% if picture %}{{ picture }}{% endif %}")
    marks = {
        etree.QName(element).localname for element in tree_of(fill_template(template, titled)).iter(f"{W}br", f"{W}tab")
    }
    assert (filled_document(template, titled).paragraphs[0].text, marks) == ("a\nb\tc", {"br", "tab"})


@pytest.mark.parametrize("character", ["\\a", "\\f", "\\v", "\\x00", "\\x1f"])
def test_row_34_other_control_characters_are_refused_with_file_and_line(character: str, tmp_path: Path) -> None:
    post = tmp_path / "post.yaml"
    text = post_file(POSTS[0]).read_text(encoding="utf-8")
    post.write_text(text.replace("\ntitle: ", f'\ntitle: "a{character}b"\nx: ', 1), encoding="utf-8")
    line = text[: text.index("\ntitle: ")].count("\n") + 2
    with pytest.raises(JdgenError) as raised:
        entries_of_file(post)
    assert any(
        problem.where.endswith(f"post.yaml:{line}") and problem.what.startswith("control character")
        for problem in raised.value.problems
    )


@pytest.mark.parametrize("character", ["\a", "\f", "\v", "\x00", "\x1f"])
def test_row_34_a_control_character_that_comes_past_reading_is_refused(character: str, draft: JobDescription) -> None:
    assert problems_of(word_file("{{ title }}"), dataclasses.replace(draft, title=f"a{character}b"))


@pytest.mark.parametrize("character", ["\a", "\f"])
@pytest.mark.parametrize("with_picture", [False, True], ids=["plain", "pictured"])
def test_row_34_a_control_character_beside_a_line_feed_is_refused(
    character: str, with_picture: bool, draft: JobDescription
) -> None:
    titled = dataclasses.replace(pictured(draft) if with_picture else draft, title=f"a{character}b\n")
    assert problems_of(word_file("{{ title }}", "{% if picture %}{{ picture }}{% endif %}"), titled)


@pytest.mark.parametrize("tag", ["{{r title }}", "{{p title }}", "{{r picture }}"])
def test_row_35_formatted_text_and_documents_in_documents_are_refused_with_their_paragraph(tag: str) -> None:
    what = f"{tag} prints formatted text or a document, and no field is one"
    assert faults(word_file("x", tag)) == [f"test.docx, '{tag}' (paragraph 2): {what}"]


def test_row_36_numbers_begin_anew_under_each_heading_since_one_list_has_both_levels() -> None:
    content = document_of(POSTS[0], "job-description")
    (of_duties,) = (
        style.find(f"{W}pPr/{W}numPr")
        for style in tree_of(content, "word/styles.xml").iter(f"{W}style")
        if style.get(f"{W}styleId") == "Duty"
    )
    of_headings = list(tree_of(content).iter(f"{W}numPr"))
    assert len(of_headings) == len(draft_of(POSTS[0]).duty_headings)
    assert {_place_in_list(each) for each in of_headings} == {("1", "0")}
    assert _place_in_list(of_duties) == ("1", "1")


def _place_in_list(properties: Any) -> tuple[str | None, str | None]:
    """The list, and the level in it."""
    number, level = (properties.find(f"{W}{name}").get(f"{W}val") for name in ("numId", "ilvl"))
    return number, level


@pytest.mark.parametrize("code", ['TOC \\o "1-3"', "REF own", "PAGEREF own", "DOCPROPERTY Title"])
def test_row_37_word_is_asked_to_bring_contents_and_references_up_to_date(code: str, draft: JobDescription) -> None:
    template = with_body(f"<w:p>{field_code(code)}</w:p>" + paragraph("{{ title }}"))
    assert values_of(fill_template(template, draft), f"{W}updateFields", f"{W}val", SETTINGS) == ["true"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_row_37_word_asks_nothing_where_it_only_counts_pages(template: str) -> None:
    content = document_of(POSTS[0], template)
    codes = {
        code.strip()
        for name in parts_of(content)
        if "footer" in name and name.endswith(".xml")
        for code in _codes(content, name)
    }
    assert codes == {"PAGE", "NUMPAGES"}
    assert values_of(content, f"{W}updateFields", f"{W}val", SETTINGS) == []


def _codes(content: bytes, part: str) -> list[str]:
    return ["".join(element.itertext()) for element in tree_of(content, part).iter(f"{W}instrText")]


@pytest.mark.parametrize("with_picture", [False, True], ids=["plain", "pictured"])
@pytest.mark.parametrize("raw", ["{{ title }}", "{%p if x %}", "{% endfor %} 100% {#", "}} {_{ ", "{{ x.__class__ }}"])
def test_row_38_what_is_raw_is_printed_as_it_stands(raw: str, with_picture: bool, draft: JobDescription) -> None:
    template = word_file(
        "{{ title }}", f"a {{% raw %}}{raw}{{% endraw %}} b{{% if picture %}}{{{{ picture }}}}{{% endif %}}"
    )
    post = pictured(draft) if with_picture else draft
    assert texts_of(fill_template(template, post)) == [draft.title, f"a {raw} b"]


def test_row_38_what_is_raw_over_paragraphs_is_refused_with_both() -> None:
    template = word_file("{% raw %}", "{{ title }}", "{% endraw %}")
    assert faults(template) == [
        f"test.docx, '{tag}' (paragraph {number}): what is raw is not ended in its paragraph"
        for tag, number in (("{% raw %}", 1), ("{% endraw %}", 3))
    ]


def test_row_16_a_hyphen_within_a_line_takes_spaces_and_nothing_else(draft: JobDescription) -> None:
    template = word_file("before", "a {%- if title -%} x {%- endif -%} b {{- title -}} c", "after")
    assert texts_of(fill_template(template, draft)) == ["before", f"axb{draft.title}c", "after"]


def test_row_13_a_remark_may_hold_tags_and_stand_beside_one(draft: JobDescription) -> None:
    template = word_file(
        "a{# {%p if x %} {{ y }} R&D #}b", "{%p if title %}{# {{ z }} #}", "c", "{%p endif %}{# end #}"
    )
    assert texts_of(fill_template(template, draft)) == ["ab", "c"]


def test_beside_the_rows_a_list_may_be_asked_and_not_printed(draft: JobDescription) -> None:
    template = word_file("{% if band in ['7', '8a'] %}yes{% endif %}{% if band not in ('1', '2') %}no{% endif %}")
    assert texts_of(fill_template(template, dataclasses.replace(draft, band="7"))) == ["yesno"]
    for tag in ("{{ ['7'] }}", "{% for x in ['7'] %}x{% endfor %}", "{% if band in [title] %}x{% endif %}"):
        assert set(places(word_file("x", tag))) == {f"test.docx, '{tag}' (paragraph 2)"}


@pytest.mark.parametrize("escape", ["{_{ x }_}", "{_% x %_}"])
def test_row_38_an_escape_by_underscores_is_the_same_with_and_without_a_picture(
    escape: str, draft: JobDescription
) -> None:
    template = word_file(escape, "{{ title }}", "{% if picture %}{{ picture }}{% endif %}")
    assert texts_of(fill_template(template, draft))[0] == texts_of(fill_template(template, pictured(draft)))[0]


@pytest.mark.parametrize("text", ["<< title >>", "[[ title ]]", "${title}", "{ title }"])
def test_row_38_other_delimiters_are_text(text: str, draft: JobDescription) -> None:
    assert texts_of(fill_template(word_file("{{ title }}", text), draft)) == [draft.title, text]


# Beside the rows, found on the way.


@pytest.mark.parametrize("part", ["text", "header"])
def test_beside_the_rows_a_remark_is_not_printed_where_it_is_the_only_tag_of_its_part(
    part: str, draft: JobDescription
) -> None:
    remark = "a{# for colleagues #}b"
    other = ["{{ title }}"]
    content = fill_template(
        word_file(remark, footer=other) if part == "text" else word_file(header=[remark], footer=other), draft
    )
    assert texts_of(content, BODY if part == "text" else "word/header1.xml")[-1] == "ab"


def test_beside_the_rows_a_paragraph_tag_in_a_text_box_is_filled(draft: JobDescription) -> None:
    box = "<w:p><w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    content = fill_template(with_body(box.format(repeated(paragraph("{{ value.text }}")))), draft)
    assert texts_of(content)[1:] == [value.text for value in draft.values]


def test_beside_the_rows_the_templates_that_are_shipped_need_none_of_this() -> None:
    repaired = {
        template
        for template in TEMPLATES
        if any(part.is_repaired for part in shipped_template(template).printed_parts.values())
    }
    # In a cell with two lists of which a template cannot tell that one has something in it.
    assert repaired == set(WITH_SIDES)
