"""Anchors: a hidden bookmark round each paragraph that prints one field, and the list of what was printed."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jdgen.drafting.band_part import CommonFields
from jdgen.drafting.model import JobDescription
from jdgen.record.anchors import AnchorRow, AnchorRows, anchor_rows, common_rows, name_by_id
from jdgen.record.digests import ITEM, PROPERTIES
from jdgen.record.model import PrintedBlock
from jdgen.record.printed import PrintedBlocks
from jdgen.template.compiling import anchored, compile_template
from jdgen.template.dialect import read, translated
from jdgen.template.filling import Recorder, fill
from jdgen.template.steps import FieldRun
from tests.toolbox.examples import DOCUMENTS, DRAFTED, draft_of, shipped_template
from tests.toolbox.organisations.templates import TEMPLATES
from tests.toolbox.word import NAME, W, body_replaced, bytes_of, open_document, parts_of, stories_of, word_file

LOOP = ("{%p for heading in duty_headings %}", "{%p for duty in heading.duties %}", "{{ duty.text }}")
ENDS = ("{%p endfor %}", "{%p endfor %}")


ROW = AnchorRow("here")
ROWS = AnchorRows(ROW, {"clauses": AnchorRow("there", 7)})


def body_and_blocks(template: bytes, draft: JobDescription) -> tuple[etree._Element, tuple[PrintedBlock, ...]]:
    """The body of the document, and what was printed."""
    return recorded_document(compile_template(template, NAME), draft)


def recorded_document(
    template: object, draft: JobDescription, whole: bool = False
) -> tuple[etree._Element, tuple[PrintedBlock, ...]]:
    recorded: list[PrintedBlock] = []

    def parts_of_record(blocks: PrintedBlocks, parts: str) -> Mapping[str, bytes]:
        recorded.extend(blocks.blocks)
        return {ITEM: b"<a/>", PROPERTIES: b"<a/>"}

    content = fill(template, draft, DRAFTED, record=Recorder(ROWS, parts_of_record))  # type: ignore[arg-type]
    parts = parts_of(content)
    return stories_of(parts) if whole else etree.fromstring(parts["word/document.xml"]), tuple(recorded)


def texts(blocks: tuple[PrintedBlock, ...]) -> list[tuple[str, str]]:
    return [(block.id, block.text) for block in blocks]


def anchors(blocks: tuple[PrintedBlock, ...]) -> list[tuple[str, str]]:
    return [(block.anchor, block.text) for block in blocks]


def marks(body: etree._Element) -> list[tuple[str, str]]:
    """Name of each hidden bookmark, and the text of the paragraph that it is in."""
    starts = (mark for mark in body.iter(f"{W}bookmarkStart") if mark.get(f"{W}name", "").startswith("_jd_"))
    return [(mark.get(f"{W}name", ""), "".join(map(str, mark.getparent().itertext(f"{W}t")))) for mark in starts]


@pytest.mark.parametrize(("post", "template"), DOCUMENTS)
def test_bookmarks_and_list_agree_in_every_document(post: str, template: str) -> None:
    body, blocks = recorded_document(shipped_template(template), draft_of(post), whole=True)
    assert marks(body) == anchors(blocks)
    assert len(blocks) > 10
    starts, ends = (list(body.iter(f"{W}bookmark{end}")) for end in ("Start", "End"))
    numbers = [mark.get(f"{W}id", "") for mark in starts]
    assert len(set(numbers)) == len(numbers)
    assert sorted(numbers) == sorted(mark.get(f"{W}id", "") for mark in ends)
    assert all(int(number) < 2**31 for number in numbers)


def test_an_anchor_is_round_the_run_and_nothing_else(draft: JobDescription) -> None:
    body, blocks = body_and_blocks(word_file("{{ title }}"), draft)
    paragraph = next(body.iter(f"{W}p"))
    assert [etree.QName(child).localname for child in paragraph] == ["bookmarkStart", "r", "bookmarkEnd"]
    assert texts(blocks) == [("title", draft.title)]


def test_a_paragraph_without_a_field_gets_no_anchor(draft: JobDescription) -> None:
    body, blocks = body_and_blocks(word_file("No field {% if title %}x{% endif %}"), draft)
    assert (marks(body), blocks) == ([], ())


def test_fields_in_headers_and_footers_have_anchors_and_are_recorded_after_the_text(draft: JobDescription) -> None:
    template = compile_template(word_file("{{ title }}", header=["{{ employer }}"], footer=["{{ title }}"]), NAME)
    tree, blocks = recorded_document(template, draft, whole=True)
    assert [block.id for block in blocks] == ["title", "employer", "2#title"]
    assert marks(tree) == anchors(blocks)


def test_the_old_form_of_a_text_box_has_no_anchor_of_its_own(draft: JobDescription) -> None:
    tree, blocks = recorded_document(compile_template(TEMPLATES["text_boxes"](), NAME), draft, whole=True)
    assert len(list(tree.iter(f"{W}txbxContent"))) == 2
    assert marks(tree) == anchors(blocks)
    for box, is_anchored in zip(tree.iter(f"{W}txbxContent"), (True, False), strict=True):
        assert draft.title in "".join(map(str, box.itertext()))
        assert (next(box.iter(f"{W}bookmarkStart"), None) is not None) is is_anchored


def test_each_turn_of_a_loop_has_the_id_of_what_it_prints(draft: JobDescription) -> None:
    body, blocks = body_and_blocks(word_file(*LOOP, *ENDS), draft)
    duties = [duty for heading in draft.duty_headings for duty in heading.duties]
    assert texts(blocks) == [(duty.id, duty.text) for duty in duties]
    assert marks(body) == anchors(blocks)


def test_what_is_printed_again_has_an_anchor_and_an_id_of_its_own(draft: JobDescription) -> None:
    body, blocks = body_and_blocks(word_file(*["{{ title }}"] * 2, *LOOP, *ENDS, *LOOP, *ENDS), draft)
    duties = [duty for heading in draft.duty_headings for duty in heading.duties]
    again = [f"2#{duty.id}" for duty in duties]
    assert [block.id for block in blocks] == ["title", "2#title", *(duty.id for duty in duties), *again]
    assert marks(body) == anchors(blocks)
    texts_in_order = [draft.title, draft.title, *[duty.text for duty in duties] * 2]
    assert ["".join(map(str, paragraph.itertext(f"{W}t"))) for paragraph in body.iter(f"{W}p")] == texts_in_order


def test_one_document_knows_nothing_of_another() -> None:
    template = compile_template(word_file("{{ title }}"), NAME)
    for post, _ in DOCUMENTS[::3]:
        body, blocks = recorded_document(template, draft_of(post))
        assert texts(blocks) == [("title", draft_of(post).title)]
        assert marks(body) == [(ROW.name(1), draft_of(post).title)]


def test_formatting_of_paragraph_and_run_stays(draft: JobDescription) -> None:
    document = open_document(word_file("{{ title }}"))
    document.paragraphs[0].style = "Title"
    document.paragraphs[0].runs[0].font.name = "It's \\ 'odd'"
    body, _ = body_and_blocks(bytes_of(document), draft)
    paragraph = next(body.iter(f"{W}p"))
    assert [etree.QName(child).localname for child in paragraph] == ["pPr", "bookmarkStart", "r", "bookmarkEnd"]
    assert next(body.iter(f"{W}rFonts")).get(f"{W}ascii") == "It's \\ 'odd'"


def test_a_template_s_own_bookmarks_stay(draft: JobDescription) -> None:
    end = "<w:t>Here</w:t></w:r></w:p>"
    bookmark = '<w:bookmarkStart w:id="0" w:name="own"/><w:bookmarkEnd w:id="0"/></w:p>'
    body, _ = body_and_blocks(
        body_replaced(word_file("{{ title }}", "Here"), end, f"<w:t>Here</w:t></w:r>{bookmark}"), draft
    )
    assert [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")] == [ROW.name(1), "own"]


def test_each_field_that_documents_have_in_common_is_counted_apart(draft: JobDescription) -> None:
    """It is printed once for all of them, wherever it stands in each."""
    clauses = ("{%p for clause in clauses %}", "{{ clause.text }}", "{%p endfor %}")
    _, blocks = body_and_blocks(word_file("{{ title }}", *clauses, "{{ employer }}", *clauses), draft)
    names = [block.anchor for block in blocks]
    count = len(draft.clauses)
    assert names[0] == ROW.name(1)
    assert names[1 : 1 + count] == [AnchorRow("there", 7).name(number) for number in range(1, 1 + count)]
    assert names[1 + count] == ROW.name(2)
    assert names[2 + count :] == [AnchorRow("there", 7).name(count + number) for number in range(1, 1 + count)]


@given(st.text(max_size=200))
def test_the_name_of_an_anchor_is_hidden_and_within_word_s_length(text: str) -> None:
    (row,) = common_rows(CommonFields({"clauses": text})).values()
    for name in (row.name(99_999), anchor_rows("0" * 64, CommonFields({})).own_row.name(99_999), name_by_id(text)):
        assert re.fullmatch(r"_jd_[0-9a-f_]{1,20}", name)


def test_names_of_anchors_are_other_documents_only_for_what_both_say() -> None:
    """What is pasted from another document brings its bookmarks along."""
    first, second = (anchor_rows(digit * 64, CommonFields({"clauses": digit})) for digit in "12")
    assert first.own_row.name(1) != second.own_row.name(1)
    assert first.row("clauses").name(1) != second.row("clauses").name(1)
    same = anchor_rows("3" * 64, CommonFields({"title": "x"}, CommonFields({"clauses": "1"})))
    assert same.row("clauses") == first.row("clauses")


def test_rows_have_numbers_of_their_own() -> None:
    rows = anchor_rows("1" * 64, CommonFields(dict.fromkeys(("title", "employer", "clauses"), "x")))
    bounds = [_number(row, at) for row in (rows.own_row, *rows.common.values()) for at in (1, 99_999)]
    assert bounds == sorted(bounds)
    assert bounds[-1] < 2**31


def _number(row: AnchorRow, at: int) -> int:
    return int(re.findall(r'w:id="(\d+)"', row.marks(at)[0])[0])


@pytest.mark.parametrize("tag", ["{{ picture }}", "{{ title|upper }}", "{{ title if band else base }}"])
def test_what_is_no_field_is_no_block_of_one(tag: str) -> None:
    steps = translated(read(f"<w:p><w:r><w:t>{tag}</w:t></w:r></w:p>"), [""])
    assert not any(isinstance(step, FieldRun) for step in anchored(steps))
