"""Anchors: a hidden bookmark round each paragraph that prints one field, and the list of what was printed."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jdgen.drafting.model import JobDescription
from jdgen.record.printed import Printed
from jdgen.record.writing import ITEM, PROPERTIES
from jdgen.template.anchoring import anchored
from jdgen.template.anchors import anchor_name
from jdgen.template.compiling import compile_template
from jdgen.template.dialect import read
from jdgen.template.filling import fill
from jdgen.template.steps import FieldRun
from jdgen.template.translating import translated
from tests.toolbox.examples import DOCUMENTS, DRAFTED, draft_of, shipped_template
from tests.toolbox.organisations.templates import TEMPLATES
from tests.toolbox.word import NAME, W, body_replaced, opened, parts_of, saved, stories_of, word_file

LOOP = ("{%p for heading in duty_headings %}", "{%p for duty in heading.duties %}", "{{ duty.text }}")
ENDS = ("{%p endfor %}", "{%p endfor %}")


def filled(template: bytes, draft: JobDescription) -> tuple[etree._Element, dict[str, str]]:
    """The body of the document, and what was printed."""
    return _filled(compile_template(template, NAME), draft)


def _filled(template: object, draft: JobDescription, whole: bool = False) -> tuple[etree._Element, dict[str, str]]:
    kept: dict[str, str] = {}

    def recorder(printed: Printed, parts: str) -> Mapping[str, bytes]:
        kept.update(printed)
        return {ITEM: b"<a/>", PROPERTIES: b"<a/>"}

    content = fill(template, draft, DRAFTED, record=recorder)  # type: ignore[arg-type]
    parts = parts_of(content)
    return stories_of(parts) if whole else etree.fromstring(parts["word/document.xml"]), kept


def marks(body: etree._Element) -> list[tuple[str, str]]:
    """Name of each hidden bookmark, and the text of the paragraph that it is in."""
    starts = (mark for mark in body.iter(f"{W}bookmarkStart") if mark.get(f"{W}name", "").startswith("_jd_"))
    return [(mark.get(f"{W}name", ""), "".join(map(str, mark.getparent().itertext(f"{W}t")))) for mark in starts]


@pytest.mark.parametrize(("post", "template"), DOCUMENTS)
def test_bookmarks_and_list_agree_in_every_document(post: str, template: str) -> None:
    body, printed = _filled(shipped_template(template), draft_of(post), whole=True)
    assert marks(body) == [(anchor_name(block), text) for block, text in printed.items()]
    assert len(printed) > 10
    starts, ends = (list(body.iter(f"{W}bookmark{end}")) for end in ("Start", "End"))
    numbers = [mark.get(f"{W}id", "") for mark in starts]
    assert len(set(numbers)) == len(numbers)
    assert sorted(numbers) == sorted(mark.get(f"{W}id", "") for mark in ends)
    assert all(int(number) < 2**31 for number in numbers)


def test_an_anchor_is_round_the_run_and_nothing_else(draft: JobDescription) -> None:
    body, printed = filled(word_file("{{ title }}"), draft)
    paragraph = next(body.iter(f"{W}p"))
    assert [etree.QName(child).localname for child in paragraph] == ["bookmarkStart", "r", "bookmarkEnd"]
    assert printed == {"title": draft.title}


def test_a_paragraph_without_a_field_gets_no_anchor(draft: JobDescription) -> None:
    body, printed = filled(word_file("No field {% if title %}x{% endif %}"), draft)
    assert (marks(body), printed) == ([], {})


def test_fields_in_headers_and_footers_have_anchors_and_are_recorded_after_the_text(draft: JobDescription) -> None:
    template = compile_template(word_file("{{ title }}", header=["{{ employer }}"], footer=["{{ title }}"]), NAME)
    tree, printed = _filled(template, draft, whole=True)
    assert list(printed) == ["title", "employer", "2#title"]
    assert marks(tree) == [(anchor_name(block), text) for block, text in printed.items()]


def test_the_old_form_of_a_text_box_has_no_anchor_of_its_own(draft: JobDescription) -> None:
    tree, printed = _filled(compile_template(TEMPLATES["text_boxes"](), NAME), draft, whole=True)
    assert len(list(tree.iter(f"{W}txbxContent"))) == 2
    assert marks(tree) == [(anchor_name(block), text) for block, text in printed.items()]
    for box, is_anchored in zip(tree.iter(f"{W}txbxContent"), (True, False), strict=True):
        assert draft.title in "".join(map(str, box.itertext()))
        assert (next(box.iter(f"{W}bookmarkStart"), None) is not None) is is_anchored


def test_each_turn_of_a_loop_has_the_id_of_what_it_prints(draft: JobDescription) -> None:
    body, printed = filled(word_file(*LOOP, *ENDS), draft)
    duties = [duty for heading in draft.duty_headings for duty in heading.duties]
    assert list(printed.items()) == [(duty.id, duty.text) for duty in duties]
    assert [name for name, _ in marks(body)] == [anchor_name(duty.id) for duty in duties]


def test_what_is_printed_again_has_an_anchor_and_an_id_of_its_own(draft: JobDescription) -> None:
    body, printed = filled(word_file(*["{{ title }}"] * 2, *LOOP, *ENDS, *LOOP, *ENDS), draft)
    duties = [duty for heading in draft.duty_headings for duty in heading.duties]
    again = [f"2#{duty.id}" for duty in duties]
    assert list(printed) == ["title", "2#title", *(duty.id for duty in duties), *again]
    assert marks(body) == [(anchor_name(block), text) for block, text in printed.items()]
    texts = ["".join(map(str, paragraph.itertext(f"{W}t"))) for paragraph in body.iter(f"{W}p")]
    assert texts == [draft.title, draft.title, *[duty.text for duty in duties] * 2]


def test_one_document_knows_nothing_of_another() -> None:
    template = compile_template(word_file("{{ title }}"), NAME)
    for post, _ in DOCUMENTS[::3]:
        body, printed = _filled(template, draft_of(post))
        assert printed == {"title": draft_of(post).title}
        assert marks(body) == [(anchor_name("title"), draft_of(post).title)]


def test_formatting_of_paragraph_and_run_stays(draft: JobDescription) -> None:
    document = opened(word_file("{{ title }}"))
    document.paragraphs[0].style = "Title"
    document.paragraphs[0].runs[0].font.name = "It's \\ 'odd'"
    body, _ = filled(saved(document), draft)
    paragraph = next(body.iter(f"{W}p"))
    assert [etree.QName(child).localname for child in paragraph] == ["pPr", "bookmarkStart", "r", "bookmarkEnd"]
    assert next(body.iter(f"{W}rFonts")).get(f"{W}ascii") == "It's \\ 'odd'"


def test_a_template_s_own_bookmarks_stay(draft: JobDescription) -> None:
    end = "<w:t>Here</w:t></w:r></w:p>"
    own = '<w:bookmarkStart w:id="0" w:name="own"/><w:bookmarkEnd w:id="0"/></w:p>'
    body, _ = filled(body_replaced(word_file("{{ title }}", "Here"), end, f"<w:t>Here</w:t></w:r>{own}"), draft)
    assert [mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")] == [anchor_name("title"), "own"]


@given(st.text(max_size=200))
def test_the_name_of_an_anchor_is_hidden_and_within_word_s_length(block: str) -> None:
    assert re.fullmatch(r"_jd_[0-9a-f]{10}", anchor_name(block))
    assert anchor_name(block) == anchor_name(block)


@pytest.mark.parametrize(
    ("tag", "owner", "field"),
    [("{{ title }}", "title", ""), ("{{title}}", "title", ""), ("{{  duty.number  }}", "duty", "number")],
)
def test_a_run_that_prints_one_field_is_a_block_with_the_paragraph_s_text(tag: str, owner: str, field: str) -> None:
    run = "<w:r><w:rPr><w:rStyle w:val='it''s \\'/></w:rPr><w:t>"
    steps = translated(read(f"<w:p>{run}{tag}</w:t></w:r></w:p>"), ["", tag])
    assert anchored(steps) == ("<w:p>", FieldRun(owner, field, run, "</w:t></w:r>", tag), "</w:p>")


@pytest.mark.parametrize("tag", ["{{ picture }}", "{{ title|upper }}", "{{ title if band else base }}"])
def test_what_is_no_field_is_no_block_of_one(tag: str) -> None:
    steps = translated(read(f"<w:p><w:r><w:t>{tag}</w:t></w:r></w:p>"), [""])
    assert not any(isinstance(step, FieldRun) for step in anchored(steps))
