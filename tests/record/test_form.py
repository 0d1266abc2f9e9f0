"""The form of the record says nothing twice, and says all that was printed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.app.documents import library_for
from jdgen.document.making import DocumentSources, make_document
from jdgen.drafting.block_id import BlockId
from jdgen.post.field import Group
from jdgen.post.fields import FIELDS
from jdgen.post.model import OmittedDuty, Post
from jdgen.post.reading import entries_of_file, post_of
from jdgen.record.form import (
    EDITION,
    END,
    FORM,
    edition,
    entries_text,
    entry_of,
    head_text,
    record_of_text,
    texts_of_post,
    vocabulary,
)
from jdgen.record.model import GenerationRecord, PrintedBlock, RecordedNote, RecordFacts, WithdrawnText
from jdgen.record.reading import record_of
from jdgen.workspace import Workspace
from tests.toolbox.blocks import printed_block
from tests.toolbox.examples import DRAFTED, POSTS, ROOT, post_file, shipped_template

FACTS = RecordFacts(
    document_id="jd-1",
    framework="f",
    framework_version="1",
    framework_sha256="2",
    template="t.docx",
    template_sha256="3",
    drafted="2026-11-24",
    program="jdgen",
    inputs="4",
    parts="5",
    wording="adapted",
)
WRITTEN_WITH = edition(EDITION)
assert WRITTEN_WITH is not None
NUMBERS = WRITTEN_WITH.numbers
PHRASES: list[Any] = [phrase for phrase in WRITTEN_WITH.phrases if isinstance(phrase, tuple)]
POST: dict[str, Any] = {
    "title": "PMO manager",
    "purpose": "You plan.\n\nYou lead.",
    "values": ["Kind", "Kind"],
    "relationships": [{"who": "Boards", "setting": "internal", "purpose": "Advise"}],
    "demands": [{"kind": "mental", "text": "Thinks"}, {"kind": "mental", "text": "Counts", "frequency": None}],
}


def block(phrase: tuple[str, ...], name: str) -> PrintedBlock:
    block_id, text, giver = phrase
    return printed_block(block_id, text, giver, name)


def record_text(
    blocks: tuple[PrintedBlock, ...], notes: tuple[RecordedNote, ...] = (), post: dict[str, Any] = POST
) -> str:
    words = vocabulary(post)
    return f"{head_text(FACTS, notes, json.dumps(post), words)}{entries_text(map(entry_of, blocks), words)}{END}"


def read(text: str) -> GenerationRecord:
    record = record_of_text(text, FORM, EDITION)
    assert record is not None
    return record


texts = st.text(max_size=20)
stems = st.text(min_size=1, max_size=20)
names = st.one_of(
    st.just(""), st.builds("_jd_{}{}".format, stems, st.integers(0, 200)), st.builds("_jd_{}".format, stems)
)
blocks = st.one_of(
    st.builds(printed_block, texts, texts, st.sampled_from(["p", "f", ""]), names),
    st.builds(block, st.sampled_from(PHRASES), names),
    st.builds(lambda text, name: block((*text, "p"), name), st.sampled_from([*texts_of_post(POST)]), names),
)
rows = st.builds(
    lambda stem, first, phrases: [block(each, f"_jd_{stem}{number}") for number, each in enumerate(phrases, first)],
    stems,
    st.integers(1, 99),
    st.lists(st.one_of(st.sampled_from(PHRASES), st.sampled_from([(*each, "p") for each in texts_of_post(POST)]))),
)
notes = st.builds(RecordedNote, texts, texts, texts) | st.builds(
    lambda phrase: RecordedNote(*phrase), st.sampled_from(PHRASES)
)


@given(st.lists(blocks), rows, rows, st.lists(notes))
def test_what_is_written_is_read(singles: Any, row: Any, other: Any, recorded_notes: Any) -> None:
    all_blocks = (*row, *singles, *other)
    assert read(record_text(all_blocks, tuple(recorded_notes))) == GenerationRecord(
        **vars(FACTS), post=POST, blocks=all_blocks, notes=tuple(recorded_notes)
    )


def test_what_was_withdrawn_is_read_as_it_was_written_and_not_named_where_there_is_nothing() -> None:
    withdrawals = (WithdrawnText(0, "Keep the register."), WithdrawnText(2, "Risks", is_heading=True))
    assert read(head_text(FACTS, (), json.dumps(POST), vocabulary(POST), withdrawals) + END).withdrawn == withdrawals
    assert "withdrawn" not in record_text(())


def test_phrases_that_follow_each_other_are_one_number_and_their_count() -> None:
    blocks = tuple(block(phrase, f"_jd_x_{number}") for number, phrase in enumerate(PHRASES[:40], 1))
    numbers = [NUMBERS[phrase] for phrase in PHRASES[:40]]
    assert numbers == [*range(numbers[0], numbers[0] + 40)]
    assert json.loads(f"[{entries_text(map(entry_of, blocks), vocabulary({}))}]") == ["x_1", [numbers[0], 40]]


def test_texts_of_the_post_are_numbers_below_nothing() -> None:
    phrases = [("title", "PMO manager"), ("values.1", "Kind"), ("values.2", "Kind"), ("purpose.2", "You lead.")]
    post_texts = [*texts_of_post(POST)]
    blocks = tuple(block((*each, "p"), f"_jd_x_{number}") for number, each in enumerate(phrases, 1))
    first, values, paragraph = (
        -1 - post_texts.index((BlockId(each[0]), each[1])) for each in (phrases[0], phrases[1], phrases[3])
    )
    assert json.loads(f"[{entries_text(map(entry_of, blocks), vocabulary(POST))}]") == [
        "x_1",
        first,
        [values, 2],
        paragraph,
    ]
    again = printed_block("2#title", "PMO manager", "p", "_jd_x_1")
    assert json.loads(f"[{entries_text([entry_of(again)], vocabulary(POST))}]") == ["x_1", ["2#title", first, "p"]]


def test_each_text_of_a_post_has_the_id_of_the_block_that_prints_it() -> None:
    assert dict(texts_of_post(POST)) == {
        "title": "PMO manager",
        "title.1": "PMO manager",
        "purpose": "You plan.\n\nYou lead.",
        "purpose.1": "You plan.",
        "purpose.2": "You lead.",
        "values.1": "Kind",
        "values.2": "Kind",
        "relationships.1.who": "Boards",
        "relationships.1.setting": "internal",
        "relationships.1.purpose": "Advise",
        "demands.mental.1": "Thinks",
        "demands.mental.1.kind": "mental",
        "demands.mental.2": "Counts",
        "demands.mental.2.kind": "mental",
    }


def content_of(post: Post, recorded: bool) -> bytes:
    sources = DocumentSources(
        library_for(post, Workspace(ROOT)), shipped_template("job-description"), DRAFTED, recorded=recorded
    )
    return make_document(post, sources).content


def test_the_record_adds_less_than_half_to_a_job_description() -> None:
    """Of a post that says nothing of the work itself, as none did when the limit was set. A post's own words stand in
    the record once more, so that one that answers all that a panel asks comes to 1.47."""
    silent: dict[str, Any] = dict.fromkeys(field.name for field in FIELDS if field.group is Group.WORK)
    posts = [replace(post_of(entries_of_file(post_file(post))), **silent) for post in POSTS]
    plain, recorded = (sum(len(content_of(post, is_recorded)) for post in posts) for is_recorded in (False, True))
    assert recorded / plain < 1.45


@pytest.mark.parametrize("post", POSTS)
def test_a_record_has_the_notes_of_the_draft_without_the_reasons_of_the_post(post: str) -> None:
    full_post = post_of(entries_of_file(post_file(post)))
    sources = DocumentSources(library_for(full_post, Workspace(ROOT)), shipped_template("job-description"), DRAFTED)
    document = make_document(full_post, sources)
    record, _ = record_of(document.content)
    assert record is not None
    draft = document.job_description.notes
    assert [(note.topic, note.subject) for note in record.notes] == [(note.topic, note.subject) for note in draft]
    choices: list[Any] = [*full_post.omitted_duties, *full_post.reworded_duties, *full_post.omitted_criteria]
    assert not any(change.reason in note.text for change in choices for note in record.notes if change.reason)


def test_a_reason_that_ends_as_another_does_is_left_out_whole() -> None:
    post = replace(post_of(entries_of_file(post_file(POSTS[0]))), omitted_duties=())
    sources = DocumentSources(library_for(post, Workspace(ROOT)), shipped_template("job-description"), DRAFTED)
    headings = make_document(post, sources).job_description.duty_headings
    duties = [duty for heading in headings for duty in heading.duties]
    reasons = ("Robin left: no money", "no money")
    omitted = tuple(OmittedDuty(duty.id, reason) for duty, reason in zip(duties, reasons, strict=False))
    record, _ = record_of(make_document(replace(post, omitted_duties=omitted), sources).content)
    assert record is not None
    texts = [note.text for note in record.notes if note.subject in {omission.duty for omission in omitted}]
    assert texts == ["The framework has this duty and the post does not."] * 2
