"""Paragraphs that print fields among other words, as many templates have them: the whole paragraph is the block."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree

from jdgen.drafting.model import JobDescription
from jdgen.template.checks.check import check_template
from jdgen.template.compiling import anchored, compile_template
from jdgen.template.dialect import read, translated
from jdgen.template.filling import fill
from jdgen.word.markup import words_of
from tests.template.test_anchors import ENDS, LOOP, anchors, body_and_blocks, marks, texts
from tests.toolbox.examples import DRAFTED
from tests.toolbox.word import NAME, W, bytes_of, open_document, word_file

NUMBERED = (*LOOP[:2], "{{ duty.number }}\t{{ duty.text }}")


def test_a_numbered_duty_is_the_block_of_its_text(draft: JobDescription) -> None:
    body, blocks = body_and_blocks(word_file(*NUMBERED, *ENDS), draft)
    duties = [duty for heading in draft.duty_headings for duty in heading.duties]
    assert texts(blocks) == [(duty.id, f"{duty.number}\t{duty.text}") for duty in duties]
    assert [name for name, _ in marks(body)] == [name for name, _ in anchors(blocks)]


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("Title: {{ title }}", "title"),
        ("{{ title }} ", "title"),
        ("{{ title }}, {{ band }} and {{ title }}", "title+band"),
        ("Edition: {{ framework.version }}", "framework"),
        ("{{ framework.version }}", "framework"),
        ("Band {{ band }}, {{ framework.title }}", "framework"),
        ("{{ title|upper }}", "title"),
        ("{% if je_reference %}{{ je_reference }}{% else %}Not evaluated: {{ band }}{% endif %}", "je_reference+band"),
    ],
)
def test_a_paragraph_among_other_words_is_named_by_its_fields(draft: JobDescription, text: str, block: str) -> None:
    body, blocks = body_and_blocks(word_file(text), draft)
    (paragraph,) = body.iter(f"{W}p")
    assert texts(blocks) == [(block, "".join(map(str, paragraph.itertext(f"{W}t"))))]
    assert marks(body) == anchors(blocks)


def test_an_anchor_is_round_all_runs(draft: JobDescription) -> None:
    document = open_document(word_file("{{ title }}"))
    document.paragraphs[0].add_run(" (draft & final)").bold = True
    body, blocks = body_and_blocks(bytes_of(document), draft)
    paragraph = next(body.iter(f"{W}p"))
    assert [etree.QName(child).localname for child in paragraph] == ["bookmarkStart", "r", "r", "bookmarkEnd"]
    assert texts(blocks) == [("title", f"{draft.title} (draft & final)")]


@pytest.mark.parametrize(
    "text",
    [
        "Words {% for value in values %}{{ value }} {% endfor %}",
        "A {% if title %}A {{ title }}</w:t></w:r></w:p><w:p><w:r><w:t>B {{ title }}{% endif %}",
        "{% if band %}A {{ title }}</w:t></w:r></w:p><w:p><w:r><w:t>{% else %} B {{ title }} {% endif %}",
        "A {{ title }}<w:p><w:r><w:t>",
        "A {{ picture }}",
    ],
)
def test_paragraphs_whose_tags_go_on_elsewhere_or_repeat_are_left_as_they_are(text: str) -> None:
    steps = translated(read(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"), [""])
    assert anchored(steps) == steps


@pytest.mark.parametrize(
    "field",
    [
        '<w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>',
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/>'
        '<w:t>7</w:t><w:fldChar w:fldCharType="end"/></w:r>',
    ],
)
def test_what_a_field_shows_is_no_text_of_the_block(field: str) -> None:
    before, after = (
        "<w:r><w:t>Edition 2,</w:t><w:tab/><w:t>page </w:t></w:r>",
        "<w:r><w:t> of it &amp; more</w:t></w:r>",
    )
    assert words_of(f"{before}{field}{after}") == "Edition 2,\tpage  of it & more"


def test_a_paragraph_that_prints_nothing_is_no_block(draft: JobDescription) -> None:
    _, blocks = body_and_blocks(word_file("{% if not title %}{{ title }}{% endif %}"), draft)
    assert blocks == ()


def test_values_are_recorded_as_they_read_whatever_is_escaped(draft: JobDescription) -> None:
    odd = "R&D <lead>\n{{ no }} 100%_"
    body, blocks = body_and_blocks(word_file("A: {{ title }}"), replace(draft, title=odd))
    assert texts(blocks) == [("title", f"A: {odd}")]
    assert len(list(body.iter(f"{W}br"))) == 1


def test_the_document_is_the_same_but_for_the_anchors(draft: JobDescription) -> None:
    template = compile_template(word_file("Title: {{ title }}", *NUMBERED, *ENDS), NAME)
    plain = open_document(fill(template, draft, DRAFTED)).element
    body, blocks = body_and_blocks(word_file("Title: {{ title }}", *NUMBERED, *ENDS), draft)
    for mark in [*body.iter(f"{W}bookmarkStart"), *body.iter(f"{W}bookmarkEnd")]:
        mark.getparent().remove(mark)
    assert len(blocks) > 10
    assert etree.tostring(body, method="c14n") == etree.tostring(plain, method="c14n")


def test_checks_name_the_paragraph_as_its_author_wrote_it() -> None:
    findings = check_template(word_file("Title: {{ titel }}"), NAME)
    assert [finding.code for finding in findings if finding.severity == "error"] == ["unknown-field"]
    (error,) = (finding for finding in findings if finding.severity == "error")
    assert "Title: {{ titel }}" in str(error.problem(NAME))
