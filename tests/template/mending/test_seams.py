"""Tables that only a vanishing paragraph divides stay two tables, and others stay as their author put them; a page that
begins after such a paragraph still does."""

from __future__ import annotations

import pytest

from jdgen.drafting.model import JobDescription
from jdgen.template.finishing import SEAM, without_seams
from jdgen.template.steps import within
from tests.toolbox.examples import TEMPLATES, document_of, shipped_template
from tests.toolbox.word import W, fill_template, parts_of
from tests.toolbox.xml import (
    BODY,
    NEVER,
    choice,
    faults,
    paragraph,
    pictured,
    repeated,
    row,
    run,
    table,
    tree_of,
    with_body,
)

TABLE = table(row(paragraph("a")))
CLAUSES = paragraph("{%p for c in clauses %}") + table(row(paragraph("{{ c.text }}"))) + paragraph("{%p endfor %}")


def kinds(xml: str, draft: JobDescription) -> list[str]:
    """The name of each block of the text; neighbours are what Word would join."""
    body = tree_of(fill_template(with_body(xml), draft)).find(f"{W}body")
    return [child.tag.removeprefix(W) for child in body if child.tag != f"{W}sectPr"]


@pytest.mark.parametrize(
    "xml",
    [
        TABLE + choice(NEVER, paragraph("x")) + TABLE,
        choice("title", TABLE) + choice("title", TABLE),
        TABLE + paragraph("{#p a remark #}") + TABLE,
        TABLE + '<w:bookmarkStart w:id="1" w:name="a"/>' + choice(NEVER, paragraph("x")) + TABLE,
    ],
)
@pytest.mark.parametrize("with_picture", [False, True], ids=["compiled", "docxtpl"])
def test_tables_between_which_a_paragraph_vanishes_stay_two(
    xml: str, with_picture: bool, draft: JobDescription
) -> None:
    tag = paragraph("{% if picture %}{{ picture }}{% endif %}")
    blocks = [kind for kind in kinds(xml + tag, pictured(draft) if with_picture else draft) if "bookmark" not in kind]
    assert blocks == ["tbl", "p", "tbl", "p"]


@pytest.mark.parametrize("loop", [repeated(table(row(paragraph("{{ value.text }}")))), CLAUSES])
def test_a_table_in_a_loop_is_a_table_each_turn(loop: str, draft: JobDescription) -> None:
    turns = len(draft.clauses if loop is CLAUSES else draft.values)
    assert turns > 1
    assert kinds(loop, draft) == ["tbl", *["p", "tbl"] * (turns - 1)]
    # Its neighbours too, before and behind a loop that documents share.
    around = kinds(TABLE + loop + TABLE, draft)
    assert around == ["tbl", *["p", "tbl"] * (turns + 1)]


def test_tables_with_text_between_them_stay_as_they_are(draft: JobDescription) -> None:
    assert kinds(TABLE + choice("title", paragraph("x")) + TABLE, draft) == ["tbl", "p", "tbl"]
    assert kinds(TABLE + TABLE, draft) == ["tbl", "tbl"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_mark_arrives_in_a_document(template: str) -> None:
    post = "band-8a-programme-office-manager"
    assert SEAM.encode() not in parts_of(document_of(post, template))[BODY]


def test_there_are_marks_where_a_shipped_template_repeats_a_table() -> None:
    steps = within(shipped_template("person-specification").printed_parts[BODY].steps)
    assert any(SEAM in step for step in steps if isinstance(step, str))


def test_a_mark_gives_way_to_a_paragraph_only_where_a_table_follows() -> None:
    table = "<w:tbl></w:tbl>"
    assert without_seams(f"{table}{SEAM}<w:p/>{table}{SEAM}") == f"{table}<w:p/>{table}"
    kept_apart = without_seams(f"{table}{SEAM}{SEAM}{table}")
    assert kept_apart.count("<w:p>") == 1
    assert kept_apart.startswith(f"{table}<w:p>")


BREAK = '<w:r><w:br w:type="page"/></w:r>'
END, HEADING = paragraph("{%p endif %}"), '<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:spacing w:before="0"/></w:pPr>'


def broken(tag: str) -> str:
    """The paragraph of a ``tag``, as LibreOffice has it before a paragraph that begins a page."""
    return paragraph(tag).replace("</w:p>", f"{BREAK}</w:p>")


@pytest.mark.parametrize(
    ("xml", "pages"),
    [
        (choice("title", paragraph("x")).replace(END, broken("{%p endif %}")) + f"{HEADING}{run('y')}</w:p>", ["y"]),
        (broken("{%p if title %}") + paragraph("x") + END + paragraph("y"), ["x"]),
        (broken(f"{{%p if {NEVER} %}}") + paragraph("x") + END + paragraph("y"), []),
        (broken(" {#p a remark #}").replace(BREAK, BREAK + run(" ")) + paragraph("y"), ["y"]),
    ],
    ids=["end", "beginning", "of what is not printed", "remark"],
)
def test_a_page_break_behind_a_tag_that_vanishes_stays(xml: str, pages: list[str], draft: JobDescription) -> None:
    body = tree_of(fill_template(with_body(xml + paragraph("{{ title }}")), draft)).find(f"{W}body")
    starts = [element for element in body.iter(f"{W}p") if element.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert ["".join(text.text for text in element.iter(f"{W}t")) for element in starts] == pages
    kinds = [child.tag.removeprefix(W) for child in starts[0].find(f"{W}pPr")] if starts else []
    assert kinds in ([], ["pageBreakBefore"], ["pStyle", "pageBreakBefore", "spacing"])


@pytest.mark.parametrize(
    "xml",
    [
        paragraph("{%p if title %}").replace("<w:r>", f"{BREAK}<w:r>", 1) + paragraph("x") + END,
        broken("{%p if title %}") + paragraph("{%p for v in values %}") + paragraph("{%p endfor %}") + END,
        broken("{%p if title %}") + TABLE + END,
    ],
    ids=["before the tag", "before another tag", "before a table"],
)
def test_one_that_has_no_place_is_told(xml: str) -> None:
    assert any("a page break beside {%p if title %} would be lost" in fault for fault in faults(with_body(xml)))
