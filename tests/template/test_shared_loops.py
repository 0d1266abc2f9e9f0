"""What drafts share is printed and deflated once, and nothing of a document shows it."""

from __future__ import annotations

import dataclasses
from itertools import count

import pytest
from lxml import etree

from jdgen.document.making import Making, make_document
from jdgen.drafting.model import Clause, JobDescription
from jdgen.errors import JdgenError
from jdgen.post.reading import entries_of_file, post_of
from jdgen.record.reading import Handling, record_of
from jdgen.template import shared_loops
from jdgen.template.anchors import anchor_name
from jdgen.template.filling import fill
from jdgen.template.printing import printed_part
from jdgen.template.template import CompiledTemplate, open_template
from jdgen.word.writing import Stretch
from tests.toolbox.data import shipped_library
from tests.toolbox.examples import DOCUMENTS, DRAFTED, ROOT, TEMPLATES, draft_of, post_file, shipped_template
from tests.toolbox.word import NAME, W, opened, parts_of, stories_of, word_file

CLAUSES = word_file("{%p for clause in clauses %}", "{{ clause.text }}", "{%p endfor %}", "{{ title }}")


def with_clauses(draft: JobDescription, *texts: str) -> JobDescription:
    long = " and more of it" * 300
    clauses = (Clause(f"c{number}", "Title", text + long, False) for number, text in enumerate(texts))
    return dataclasses.replace(draft, clauses=tuple(clauses))


def recorded_document(post: str, template: str) -> bytes:
    making = Making(shipped_library(), shipped_template(template), DRAFTED)
    return make_document(post_of(entries_of_file(post_file(post))), making).content


def stretches(template: CompiledTemplate, draft: JobDescription) -> int:
    context = {field.name: getattr(draft, field.name) for field in dataclasses.fields(draft)} | {"_printed": None}
    pieces = printed_part(template.printed["word/document.xml"], context, template.has_prompt_style, count(1001))
    return sum(isinstance(piece, Stretch) for piece in pieces)


@pytest.mark.parametrize(("post", "template"), DOCUMENTS)
def test_a_document_is_the_same_with_nothing_shared(post: str, template: str, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, shipped = draft_of(post), shipped_template(template)
    sharing = [parts_of(fill(shipped, draft, DRAFTED)) for _ in range(2)]
    monkeypatch.setattr(shared_loops, "_WORTH_IT", 10**9)
    path = ROOT / "templates" / f"{template}.docx"
    alone = open_template(path.read_bytes(), path.name)
    assert sharing == [parts_of(fill(alone, draft, DRAFTED))] * 2
    assert stretches(alone, draft) == 0


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_shipped_template_shares(template: str) -> None:
    assert stretches(shipped_template(template), draft_of("band-8a-programme-office-manager")) > 0


@pytest.mark.parametrize(("post", "template"), DOCUMENTS)
def test_the_record_adds_bookmarks_and_changes_nothing_else(post: str, template: str) -> None:
    recorded = etree.fromstring(parts_of(recorded_document(post, template))["word/document.xml"])
    assert recorded.find(f".//{W}bookmarkStart[@{W}id]") is not None
    for mark in [*recorded.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
        if int(mark.get(f"{W}id", "")) >= 1_000_000:
            mark.getparent().remove(mark)
    plain = etree.fromstring(parts_of(fill(shipped_template(template), draft_of(post), DRAFTED))["word/document.xml"])
    assert b"_jd_" not in etree.tostring(plain)
    assert etree.tostring(recorded, method="c14n2") == etree.tostring(plain, method="c14n2")


@pytest.mark.parametrize(("post", "template"), DOCUMENTS)
def test_blocks_are_recorded_in_the_order_of_the_document_whatever_is_shared(post: str, template: str) -> None:
    content = recorded_document(post, template)
    record, handling = record_of(content)
    assert record is not None
    assert handling is Handling.UNTOUCHED
    marks = (mark.get(f"{W}name") for mark in stories_of(parts_of(content)).iter(f"{W}bookmarkStart"))
    assert [anchor_name(block.id) for block in record.blocks] == [name for name in marks if name.startswith("_jd_")]


def test_a_shared_text_with_a_prompt_or_a_line_break_is_finished_as_any_other(draft: JobDescription) -> None:
    template = open_template(CLAUSES, NAME)
    for text in ("[To complete: ask] ", "first\nsecond", "a\tb"):
        changed = with_clauses(draft, text, "plain")
        assert stretches(template, changed) == 0
        body = etree.fromstring(parts_of(fill(template, changed, DRAFTED))["word/document.xml"])
        names = {etree.QName(node).localname for node in body.iter()}
        assert names & {"highlight", "br", "tab"}, text
    assert stretches(template, with_clauses(draft, "plain & simple")) == 1


def test_values_that_come_and_go_are_never_taken_for_one_another(draft: JobDescription) -> None:
    template = open_template(CLAUSES, NAME)
    for number in range(100):
        document = opened(fill(template, with_clauses(draft, f"clause {number},"), DRAFTED))
        assert document.paragraphs[0].text.startswith(f"clause {number},")


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
@pytest.mark.parametrize("shared", [True, False])
def test_a_character_that_no_document_can_hold_is_refused_with_its_place(
    draft: JobDescription, character: str, shared: bool
) -> None:
    template = open_template(CLAUSES, NAME)
    changed = with_clauses(draft, character) if shared else dataclasses.replace(draft, title=f"A{character}B")
    with pytest.raises(JdgenError) as raised:
        fill(template, changed, DRAFTED, verify=False)
    assert f"U+{ord(character):04X}" in str(raised.value)
    assert ("{{ clause.text }}" if shared else "{{ title }}") in str(raised.value)
