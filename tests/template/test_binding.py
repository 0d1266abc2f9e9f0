"""What drafts have in common is printed and deflated once, and nothing of a document shows it."""

from __future__ import annotations

import dataclasses

import pytest
from lxml import etree

from jdgen.document.making import DocumentSources, make_document
from jdgen.drafting.band_part import CommonFields
from jdgen.drafting.framework_part import framework_part
from jdgen.drafting.model import Block, Clause, JobDescription, Origin
from jdgen.drafting.texts import Giver, Text
from jdgen.errors import JdgenError
from jdgen.post.reading import entries_of_file, post_of
from jdgen.record.anchors import anchor_rows
from jdgen.record.digests import ITEM, PROPERTIES
from jdgen.record.form import vocabulary
from jdgen.record.printed import PrintedBlocks
from jdgen.record.reading import Handling, record_of
from jdgen.template.binding import EachOnce, Ready, bound_parts
from jdgen.template.compiled import CompiledTemplate, PrintedParts
from jdgen.template.compiling import compile_template
from jdgen.template.filling import Recorder, fill
from jdgen.template.steps import Choose, within
from jdgen.word.writing import in_one_piece
from jdgen.word.xml import remove
from tests.toolbox.data import shipped_library
from tests.toolbox.drafts import post_at
from tests.toolbox.examples import DOCUMENTS, DRAFTED, TEMPLATES, draft_of, post_file, shipped_template
from tests.toolbox.word import NAME, W, open_document, parts_of, stories_of, word_file

BODY = "word/document.xml"
CLAUSE = ("{%p for clause in clauses %}", "{{ clause.text }}", "{%p endfor %}")
CLAUSES = word_file(*CLAUSE, "{{ title }}")


def with_clauses(draft: JobDescription, *texts: str) -> JobDescription:
    long = " and more of it" * 300
    clauses = (Clause(f"c{number}", "Title", text + long, False) for number, text in enumerate(texts))
    return dataclasses.replace(draft, clauses=tuple(clauses))


def recorded_document(post: str, template: str, many: bool = True) -> bytes:
    sources = DocumentSources(shipped_library(), shipped_template(template), DRAFTED, many=many)
    return make_document(post_of(entries_of_file(post_file(post))), sources).content


def with_common(template: CompiledTemplate, draft: JobDescription) -> PrintedParts:
    """The parts of the template, bound to the clauses of ``draft``."""
    return bound_parts(template, CommonFields({"clauses": draft.clauses}), recorded=False)


def stretches(parts: PrintedParts) -> int:
    return sum(isinstance(step, Ready) and step.stretch is not None for step in parts[BODY].steps)


@pytest.mark.parametrize(("post", "template"), DOCUMENTS)
def test_a_document_is_the_same_with_nothing_in_common(post: str, template: str) -> None:
    alone = parts_of(recorded_document(post, template, many=False))
    assert [parts_of(recorded_document(post, template)) for _ in range(2)] == [alone] * 2


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_shipped_template_has_stretches_of_what_is_common(template: str) -> None:
    part, compiled = framework_part(post_at("7"), shipped_library()), shipped_template(template)
    # What may hold nothing is looked at as a whole once it is printed.
    is_divided = not compiled.printed_parts[BODY].is_repaired
    assert (stretches(bound_parts(compiled, part.common, recorded=True)) > 0) == is_divided
    assert stretches(compiled.printed_parts) == 0


@pytest.mark.parametrize(("post", "template"), DOCUMENTS)
def test_the_record_adds_bookmarks_and_changes_nothing_else(post: str, template: str) -> None:
    recorded = etree.fromstring(parts_of(recorded_document(post, template))["word/document.xml"])
    assert recorded.find(f".//{W}bookmarkStart[@{W}id]") is not None
    for mark in [*recorded.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
        if int(mark.get(f"{W}id", "")) >= 1_000_000:
            remove(mark)
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
    assert [block.anchor for block in record.blocks] == [name for name in marks if name.startswith("_jd_")]


def test_a_common_text_with_a_prompt_or_a_line_break_is_finished_as_any_other(draft: JobDescription) -> None:
    template = compile_template(CLAUSES, NAME)
    for text in ("[To complete: ask] ", "first\nsecond", "a\tb", "plain & simple"):
        with_text = with_clauses(draft, text, "plain", "last")
        common = with_common(template, with_text)
        assert stretches(common) == 1
        documents = [parts_of(fill(template, with_text, DRAFTED, parts=each)) for each in (None, common)]
        assert documents[0] == documents[1]


def test_values_that_come_and_go_are_never_taken_for_one_another(draft: JobDescription) -> None:
    template = compile_template(CLAUSES, NAME)
    for number in range(100):
        with_text = with_clauses(draft, f"clause {number},", "another")
        document = open_document(fill(template, with_text, DRAFTED, parts=with_common(template, with_text)))
        assert document.paragraphs[0].text.startswith(f"clause {number},")


@pytest.mark.parametrize("between", [("{{ title }}",), ()])
def test_what_was_printed_before_gets_an_anchor_of_its_own_though_it_is_common(
    draft: JobDescription, between: tuple[str, ...]
) -> None:
    template = compile_template(word_file(*CLAUSE, *between, "{{ title }}", *CLAUSE, *CLAUSE), NAME)
    with_two = with_clauses(draft, "first", "second")
    fields = CommonFields({"clauses": with_two.clauses})
    rows = anchor_rows("0" * 64, fields)
    common = bound_parts(template, fields, recorded=True)
    assert stretches(common) >= 2
    documents: list[dict[str, bytes]] = []
    for each in (None, common):

        def parts(blocks: PrintedBlocks, _: str) -> dict[str, bytes]:
            ids = [block.id for block in blocks.blocks]
            assert [block_id for block_id in ids if "title" not in block_id] == [
                "c0",
                "c1",
                "2#c0",
                "2#c1",
                "3#c0",
                "3#c1",
            ]
            return {ITEM: in_one_piece(blocks.pieces(vocabulary({}))), PROPERTIES: b""}

        documents.append(parts_of(fill(template, with_two, DRAFTED, record=Recorder(rows, parts), parts=each)))
    assert documents[0] == documents[1]


def test_duties_and_criteria_that_are_not_common_are_printed_once_for_many_drafts(draft: JobDescription) -> None:
    heading = ("{%p for heading in duty_headings %}", "{%p if heading.duties %}", "{{ heading.title }}")
    duties = (*heading, "{%p for duty in heading.duties %}", "{{ duty.text }}", *["{%p endfor %}"], "{%p endif %}")
    template = compile_template(word_file(*duties, "{%p endfor %}", *duties, "{%p endfor %}"), NAME)
    fields = CommonFields({"clauses": draft.clauses})
    parts_of_many = bound_parts(template, fields, recorded=True)
    (first, *_) = loops = [step for step in within(parts_of_many[BODY].steps) if isinstance(step, EachOnce)]
    assert len(loops) == 2

    def document(draft: JobDescription, parts: PrintedParts | None) -> dict[str, bytes]:
        def record(blocks: PrintedBlocks, _: str) -> dict[str, bytes]:
            assert sum(block.id.startswith("2#") for block in blocks.blocks) == len(blocks.blocks) / 2
            return {ITEM: in_one_piece(blocks.pieces(vocabulary({}))), PROPERTIES: b""}

        return parts_of(
            fill(template, draft, DRAFTED, record=Recorder(anchor_rows("0" * 64, fields), record), parts=parts)
        )

    assert document(draft, parts_of_many) == document(draft, None)
    count = len(first.stencils)
    duties_of_framework = [
        duty for each in draft.duty_headings for duty in each.duties if duty.origin is not Origin.POST
    ]
    assert count == len(duties_of_framework)
    # An equal text of somebody else's is another.
    leading, *others = draft.duty_headings
    first_duty, *duties_left = leading.duties
    of_post = dataclasses.replace(first_duty, text=Text(first_duty.text, Giver.POST))
    with_own_duty = dataclasses.replace(
        draft, duty_headings=(dataclasses.replace(leading, duties=(of_post, *duties_left)), *others)
    )
    assert document(with_own_duty, parts_of_many) == document(with_own_duty, None) != document(draft, None)
    assert len(first.stencils) == count + 1


def test_criteria_with_their_points_and_prompts_are_printed_once_too(draft: JobDescription) -> None:
    points = ("{%p for point in criterion.points %}", "{{ point.text }}", "{%p endfor %}")
    criteria = ("{%p for criterion in group.criteria %}", "{{ criterion.text }}", *points, "{%p endfor %}")
    groups = ("{%p for group in person_specification.groups %}", *criteria, "{%p endfor %}")
    guidance = ("{%p for block in guidance %}", "{{ block.text }}", "{%p endfor %}")
    purpose = ("{%p for block in purpose %}", "{{ block.text }}", "{%p endfor %}")
    template = compile_template(word_file(*groups, *guidance, *purpose), NAME)
    fields = CommonFields({"clauses": draft.clauses})
    parts_of_many = bound_parts(template, fields, recorded=True)
    of_criteria, of_guidance, of_purpose = (
        step for step in within(parts_of_many[BODY].steps) if isinstance(step, EachOnce)
    )
    prompt = Block("guidance.1", Text("[To complete: who guides]", Giver.PROMPT))
    answer = Block("purpose.1", Text("You lead.", Giver.POST))
    draft = dataclasses.replace(draft, guidance=(prompt,), purpose=(answer,))

    def document(parts: PrintedParts | None) -> dict[str, bytes]:
        def record(blocks: PrintedBlocks, _: str) -> dict[str, bytes]:
            return {ITEM: in_one_piece(blocks.pieces(vocabulary({}))), PROPERTIES: b""}

        return parts_of(
            fill(template, draft, DRAFTED, record=Recorder(anchor_rows("0" * 64, fields), record), parts=parts)
        )

    assert document(parts_of_many) == document(None)
    assert (of_criteria.name, len(of_guidance.stencils), len(of_purpose.stencils)) == ("criterion", 1, 0)
    assert document(parts_of_many) == document(None)


@pytest.mark.parametrize(
    ("body", "text", "kind"),
    [
        (["{% for block in guidance %}{{ block.text }}; {% endfor %}"], "[To complete: who guides]", EachOnce),
        (["{% for clause in clauses %}{{ clause.text }} {% endfor %}"], "[To complete: agree this]", Ready),
        ([*CLAUSE, "[To complete: typed] by us", *CLAUSE], "[To complete: typed]", Ready),
    ],
)
def test_prompts_among_other_words_are_set_apart_however_they_are_printed(
    draft: JobDescription, body: list[str], text: str, kind: type
) -> None:
    template = compile_template(word_file(*body), NAME)
    prompt = Block("guidance.1", Text("[To complete: who guides]", Giver.PROMPT))
    draft = with_clauses(dataclasses.replace(draft, guidance=(prompt,)), "[To complete: agree this] first")
    common = with_common(template, draft)
    assert any(isinstance(step, kind) for step in within(common[BODY].steps))
    first, again, alone = (
        [
            (run.text, run.font.highlight_color is not None)
            for paragraph in open_document(fill(template, draft, DRAFTED, parts=parts)).paragraphs
            for run in paragraph.runs
            if text in run.text
        ]
        for parts in (common, common, None)
    )
    assert first == again == alone
    assert {*first} == {(text, True)}


def test_a_choice_is_taken_where_what_is_common_decides_it(draft: JobDescription) -> None:
    body = ("{%p if clauses %}", "{{ title }}", "{%p elif band %}", "no", "{%p else %}", "never", "{%p endif %}")
    template = compile_template(word_file(*body), NAME)
    assert any(isinstance(step, Choose) for step in template.printed_parts[BODY].steps)
    common = with_common(template, with_clauses(draft, "one"))
    assert not any(isinstance(step, Choose) for step in common[BODY].steps)
    none = with_common(template, with_clauses(draft))
    (choice,) = (step for step in none[BODY].steps if isinstance(step, Choose))
    assert len(choice.cases) == 1


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
@pytest.mark.parametrize("common", [True, False])
def test_a_character_that_no_document_can_hold_is_refused_with_its_place(
    draft: JobDescription, character: str, common: bool
) -> None:
    template = compile_template(CLAUSES, NAME)
    with_character = with_clauses(draft, character) if common else dataclasses.replace(draft, title=f"A{character}B")
    parts = with_common(template, with_character)
    with pytest.raises(JdgenError) as raised:
        fill(template, with_character, DRAFTED, verify=False, parts=parts)
    assert f"U+{ord(character):04X}" in str(raised.value)
    assert ("{{ clause.text }}" if common else "{{ title }}") in str(raised.value)
