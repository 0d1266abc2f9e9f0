"""What a choice may leave empty, seen when the template is opened, and filled or dropped when it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jdgen.drafting.model import JobDescription
from jdgen.template.containers import may_empty
from jdgen.template.repairs import refilled
from jdgen.template.tags import TemplatePart
from tests.toolbox.examples import POSTS, UNREPAIRED, draft_of, shipped_template
from tests.toolbox.soak import budget
from tests.toolbox.word import W, fill_template
from tests.toolbox.xml import (
    BODY,
    NEVER,
    choice,
    paragraph,
    repeated,
    row,
    run,
    table,
    texts_of,
    tree_of,
    with_body,
    with_header,
)

NAMESPACE = f'xmlns:w="{W[1:-1]}"'
DRAFT = draft_of(POSTS[0])
BOX = "<w:p><w:r><w:pict><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
COLUMNS = "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in (f"{{%tc if {NEVER} %}}", "y", "{%tc endif %}"))
LAST_ROW = row(paragraph(f"{{%tr if {NEVER} %}}")) + row(paragraph("y")) + row(paragraph("{%tr endif %}"))


def control(inner: str) -> str:
    return f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def each_text(sequence: str) -> str:
    return paragraph(f"{{%p for text in {sequence} %}}") + paragraph("{{ text.text }}") + paragraph("{%p endfor %}")


def body(xml: str) -> str:
    return f"<w:body {NAMESPACE}>{xml}</w:body>"


def mended(xml: str) -> str:
    return refilled(body(xml)).removeprefix(f"<w:body {NAMESPACE}>").removesuffix("</w:body>")


@pytest.mark.parametrize(
    "xml",
    [
        table(row(choice("title", paragraph("y")))),
        table(row(paragraph("a") + choice("title", table(row(paragraph("y")))))),
        table(row(paragraph("a") + table(row(paragraph("y"))))),
        table(LAST_ROW),
        table(f"<w:tr>{COLUMNS}</w:tr>"),
        control(choice("title", paragraph("y"))),
        table(row(each_text("clauses"))),
        table(row(each_text("planning if title"))),
        table(row(choice("title", each_text("planning")))),
        table(
            row(paragraph("{%p for text in planning %}") + choice("title", paragraph("y")) + paragraph("{%p endfor %}"))
        ),
        f"<w:p><w:sdt><w:sdtContent>{run('{%r if title %}')}{run('{%r endif %}')}</w:sdtContent></w:sdt></w:p>",
    ],
    ids=[
        "cell",
        "chosen table",
        "ends in table",
        "rows",
        "cells",
        "control",
        "list",
        "filtered",
        "chosen list",
        "list of choices",
        "control in a line",
    ],
)
def test_what_may_be_emptied_is_seen_at_opening(xml: str) -> None:
    assert may_empty(TemplatePart("", etree.fromstring(body(xml))))


@pytest.mark.parametrize(
    "xml",
    [
        paragraph("{{ title }}"),
        repeated(paragraph("x")),
        table(row(paragraph("a"))),
        table(row(choice("title", paragraph("y")) + paragraph("z"))),
        table(row(paragraph("a") + choice("title", paragraph("y")))),
        table(row(paragraph("a") + each_text("clauses"))),
        table(row(paragraph("a") + paragraph("{#p remark #}"))),
        table(row(paragraph("head")) + LAST_ROW),
        table(LAST_ROW + row(paragraph("foot"))),
        choice("title", table(row(paragraph("a")))),
        control(paragraph("{{ title }}")),
        table(row(each_text("planning"))),
        table(row(each_text("planning") + each_text("research"))),
    ],
)
def test_what_always_holds_something_costs_nothing_at_a_fill(xml: str) -> None:
    assert not may_empty(TemplatePart("", etree.fromstring(body(xml))))


@pytest.mark.parametrize("template", UNREPAIRED)
def test_the_shipped_templates_need_no_second_look(template: str) -> None:
    assert not any(part.may_be_emptied for part in shipped_template(template).printed_parts.values())


def test_a_cell_that_ends_in_a_content_control_gains_no_blank_paragraph() -> None:
    xml = table(row(control(paragraph("kept"))))
    assert mended(xml) == xml


def test_rows_in_content_controls_count_and_one_that_is_emptied_goes() -> None:
    filled_row = control(row(paragraph("kept")))
    assert mended(table(filled_row + control(""))) == table(filled_row)


def test_a_row_without_cells_leaves_its_bookmarks() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="a"/>'
    assert mended(table(f"<w:tr>{mark}</w:tr>{row(paragraph('x'))}")) == table(f"{mark}{row(paragraph('x'))}")


def test_a_table_goes_when_its_rows_do_and_its_cell_gets_a_paragraph() -> None:
    assert mended(table(row(table("<w:tr/>")))) == table(row("<w:p/>"))


@pytest.mark.parametrize("end", ["<w:bookmarkEnd w:id='1'/>", ""])
def test_a_cell_that_ends_in_a_table_gets_a_paragraph(end: str) -> None:
    inner = table(row(paragraph("x")))
    (outer, _) = etree.fromstring(body(mended(table(row(inner + end))))).iter(f"{W}tc")
    assert outer[-1].tag == f"{W}p"


@pytest.mark.parametrize("place", ["text box", "control", "cell in a header", "control in a cell"])
def test_an_emptied_container_holds_a_paragraph(place: str, draft: JobDescription) -> None:
    emptied = choice(NEVER, paragraph("y"))
    if place == "cell in a header":
        content, part = fill_template(with_header(table(row(emptied)) + paragraph("z")), draft), "word/header1.xml"
    else:
        container = {"text box": BOX, "control": control("{}"), "control in a cell": table(row(control("{}")))}[place]
        if place == "text box":
            # A paragraph tag in a text box is refused when it is opened.
            container = container.replace("{}", "")
            assert texts_of_xml(mended(container.replace("v:", "w:"))) == ["", ""]
            return
        content, part = fill_template(with_body(paragraph("x") + container.format(emptied)), draft), BODY
    assert "" in texts_of(content, part)
    assert not [element for element in tree_of(content, part).iter(f"{W}tc", f"{W}sdtContent") if len(element) == 0]


def texts_of_xml(xml: str) -> list[str]:
    return ["".join(map(str, element.itertext())) for element in etree.fromstring(body(xml)).iter(f"{W}p")]


def stories(depth: int) -> st.SearchStrategy[str]:
    """What a cell may hold after filling, sound or not."""
    plain = st.sampled_from([paragraph("x"), "<w:p/>", '<w:bookmarkEnd w:id="1"/>', control(""), table(""), ""])
    if not depth:
        return plain
    inner = stories(depth - 1)
    holders = st.sampled_from([control, lambda xml: table(row(xml)), lambda xml: table(control(row(xml)))])
    return st.lists(plain | st.builds(lambda holder, xml: holder(xml), holders, inner), max_size=3).map("".join)


@budget(15)
@given(stories(3))
def test_no_text_is_lost_and_nothing_stays_that_word_cannot_read(story: str) -> None:
    before, after = body(table(row(story))), refilled(body(table(row(story))))
    tree = etree.fromstring(after)
    assert "".join(map(str, tree.itertext())) == "".join(map(str, etree.fromstring(before).itertext()))
    assert all(next(element.iter(f"{W}tr"), None) is not None for element in tree.iter(f"{W}tbl"))
    assert all(next(element.iter(f"{W}tc"), None) is not None for element in tree.iter(f"{W}tr"))
    assert all(next(element.iter(f"{W}p"), None) is not None for element in tree.iter(f"{W}tc", f"{W}sdtContent"))
    assert refilled(after) == after
