"""Tags that Word has split are put together, and nothing else moves or goes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from jdgen.drafting.model import JobDescription
from jdgen.template.compiling import compile_template
from jdgen.template.mending import put_together
from jdgen.template.steps import FieldRun
from tests.toolbox.word import NAME, W, fill_template, problems_of
from tests.toolbox.xml import BODY, BOLD, link, paragraph, run, texts_of, with_body

NAMESPACE = f'xmlns:w="{W[1:-1]}"'
MARKS = ['<w:bookmarkStart w:id="1" w:name="a"/>', '<w:bookmarkEnd w:id="1"/>', "<w:r><w:lastRenderedPageBreak/></w:r>"]
SPELLING = '<w:proofErr w:type="spellStart"/>'


def body(xml: str) -> Any:
    return etree.fromstring(f"<w:body {NAMESPACE}>{xml}</w:body>")


def put(xml: str) -> Any:
    tree = body(xml)
    put_together(tree)
    return tree


def runs(tree: Any) -> list[tuple[str, bool]]:
    """The text of each run, and whether it is bold."""
    return [("".join(element.itertext()), element.find(f"{W}rPr/{W}b") is not None) for element in tree.iter(f"{W}r")]


def test_a_tag_goes_into_the_run_in_which_it_begins_and_the_text_after_it_stays() -> None:
    tree = put(f"<w:p>{run('a {{ ti')}{run('tle', BOLD)}{run(' }} b', BOLD)}</w:p>")
    assert runs(tree) == [("a {{ title }}", False), (" b", True)]


def test_two_tags_that_share_a_run_each_go_where_they_begin() -> None:
    tree = put(f"<w:p>{run('{{ a')}{run(' }}{{ b', BOLD)}{run(' }}')}</w:p>")
    assert runs(tree) == [("{{ a }}", False), ("{{ b }}", True)]


@pytest.mark.parametrize("typed", ["<w:tab/>", "<w:br/>", "<w:cr/>"])
def test_a_tab_or_line_break_inside_a_tag_is_a_space_of_the_tag(typed: str, draft: JobDescription) -> None:
    split = f"<w:p><w:r><w:t>{{% if</w:t>{typed}<w:t>title %}}yes{{% endif %}}</w:t></w:r></w:p>"
    assert texts_of(fill_template(with_body(split), draft)) == ["yes"]


def test_tabs_and_breaks_outside_tags_stay() -> None:
    outside = '<w:p><w:r><w:tab/><w:t>{{ a }}</w:t><w:br/><w:br w:type="page"/></w:r></w:p>'
    assert etree.tostring(put(outside)) == etree.tostring(body(outside))


@pytest.mark.parametrize("other", [link("tle }}"), f"<w:sdt><w:sdtContent>{run('tle }}')}</w:sdtContent></w:sdt>"])
def test_a_tag_whose_ends_have_different_parents_is_left_alone(other: str) -> None:
    split = f"<w:p>{run('{{ ti')}{other}</w:p>"
    assert etree.tostring(put(split)) == etree.tostring(body(split))


def test_a_smart_tag_is_looked_through() -> None:
    smart = f'<w:smartTag w:uri="u" w:element="e">{run("title")}</w:smartTag>'
    tree = put(f"<w:p>{run('{{ ')}{smart}{run(' }}')}</w:p>")
    assert (runs(tree), tree.find(f".//{W}smartTag")) == ([("{{ title }}", False)], None)


def test_a_tag_in_a_text_box_is_not_mixed_with_the_paragraph_around_it() -> None:
    box = f"<w:r><w:txbxContent><w:p>{run('{{ in')}{run('ner }}')}</w:p></w:txbxContent></w:r>"
    tree = put(f"<w:p>{run('{{ out')}{box}{run('er }}')}</w:p>")
    texts = [element.text for element in tree.iter(f"{W}t")]
    assert texts == ["{{ outer }}", "{{ inner }}"]


def test_a_split_tag_still_gets_its_anchor() -> None:
    split = f"<w:p>{run('{{ ')}{SPELLING}{run('title')}{SPELLING}{run(' }}')}</w:p>"
    steps = compile_template(with_body(split), NAME).printed_parts[BODY].steps
    assert any(isinstance(step, FieldRun) for step in steps)


@pytest.mark.parametrize("unseen", ["\u200b", "\u2060", "\ufeff", "\u00ad", "\u200e"])
def test_what_nobody_sees_goes_from_tags_only(unseen: str) -> None:
    tree = put(paragraph(f"a{unseen}b {{{{ ti{unseen}tle }}}}"))
    assert runs(tree) == [(f"a{unseen}b {{{{ title }}}}", False)]


def test_a_paragraph_tag_with_a_no_break_space_does_not_take_text_with_it() -> None:
    (problem,) = problems_of(with_body(paragraph("keep {%p\u00a0if title %}") + paragraph("{%p endif %}")))
    assert problem.what == "text beside {%p if title %} would be lost"


LINE = "Post: {{ title }}, band {% if band %}{{ band }}{% endif %}{# remark #}."


@given(st.lists(st.integers(1, len(LINE) - 1), unique=True, max_size=12), st.data())
def test_however_a_line_is_split_its_text_and_its_marks_stay(cuts: list[int], data: st.DataObject) -> None:
    ends = [0, *sorted(cuts), len(LINE)]
    pieces = [run(LINE[start:end], data.draw(st.sampled_from(["", BOLD]))) for start, end in pairwise(ends)]
    between = [data.draw(st.sampled_from(["", *MARKS])) for _ in pieces]
    tree = put("<w:p>" + "".join(f"{piece}{mark}" for piece, mark in zip(pieces, between, strict=True)) + "</w:p>")
    assert "".join(element.text for element in tree.iter(f"{W}t")) == LINE
    for tag in re.findall(r"\{[{%#].*?[}%#]\}", LINE):
        assert any(tag in element.text for element in tree.iter(f"{W}t"))
    xml = etree.tostring(tree).decode()
    for mark in MARKS:
        assert xml.count(mark.removeprefix("<w:r>").removesuffix("</w:r>")) == between.count(mark)
