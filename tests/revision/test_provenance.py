"""A sentence of a document leads back to its place in the framework, or to whoever else gave it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jdgen.document.making import DocumentSources, make_document
from jdgen.drafting.model import GIVERS
from jdgen.drafting.texts import Giver, giver_of_code
from jdgen.framework.reading import load_framework
from jdgen.post.reading import entries_of_file, post_of
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import paragraphs, record_of
from jdgen.revision.provenance import provenances
from jdgen.word.file import File
from tests.toolbox.blocks import printed_block
from tests.toolbox.data import SOURCE_TEXT, shipped_library
from tests.toolbox.examples import DRAFTED, POSTS, ROOT, post_file, shipped_template
from tests.toolbox.word import parts_of

FRAMEWORK = shipped_library().framework


def recorded(post: str) -> tuple[GenerationRecord, list[str]]:
    sources = DocumentSources(shipped_library(), shipped_template("job-description"), DRAFTED)
    content = make_document(post_of(entries_of_file(post_file(post))), sources).content
    record, _ = record_of(content)
    assert record is not None
    return record, paragraphs(File.of(parts_of(content)))


@pytest.mark.parametrize("post", POSTS)
def test_every_framework_text_is_found_in_the_source_at_the_place_that_is_named(post: str) -> None:
    record, texts = recorded(post)
    lines = SOURCE_TEXT.split("\n")
    count = 0
    for block in record.blocks:
        if not block.id.is_original:
            continue
        (provenance,) = [
            candidate for candidate in provenances(block.text, record, texts, FRAMEWORK) if candidate.block == block
        ]
        if provenance.passage is None or provenance.adapted or provenance.passage.source.cell is None:
            continue
        cell = lines[provenance.passage.source.line - 1].split("\t")[provenance.passage.source.cell - 1]
        assert " ".join(block.text.split()) in " ".join(cell.split()) or provenance.passage.levels is None, block.id
        count += 1
    assert count >= 10


def test_each_giver_is_told_apart() -> None:
    record, texts = recorded("band-6-portfolio-analyst")
    givers = {block.id: provenances(block.text, record, texts, FRAMEWORK)[0].giver for block in record.blocks}
    assert givers["title"] is Giver.POST
    assert givers["clause.confidentiality"] is Giver.CLAUSES
    assert givers["leadership.title"] is Giver.FRAMEWORK
    assert givers["pmo.leadership.6.1"] is Giver.FRAMEWORK
    assert Giver.LIBRARY in givers.values()
    assert givers["je_reference"] is Giver.JDGEN
    record, texts = recorded("band-7-project-risk-specialist")
    prompted = [block.text for block in record.blocks if block.text.startswith("[To complete: ")]
    assert prompted
    assert {provenances(text, record, texts, FRAMEWORK)[0].giver for text in prompted} == {Giver.PROMPT}


def test_what_is_printed_in_several_places_is_told_once() -> None:
    record, texts = recorded(POSTS[0])
    assert [block.id for block in record.blocks if block.id.original == "title"] == ["title", "2#title", "3#title"]
    entries = provenances(record.post["title"], record, texts, FRAMEWORK)
    assert [entry.block.id for entry in entries if entry.block and entry.block.text == record.post["title"]] == [
        "title"
    ]


def test_an_adapted_text_says_so() -> None:
    record, texts = recorded("band-8a-programme-office-manager")
    (provenance,) = provenances("At least one of these, or equivalent", record, texts, FRAMEWORK)
    assert provenance.adapted
    assert provenance.passage is not None
    assert provenance.passage.id == "pmo.qualifications.8a"


def test_what_no_data_gave_is_the_template_s_or_somebody_s() -> None:
    record, texts = recorded(POSTS[0])
    entries = provenances("added by hand", record, [*texts, "A duty added by hand."], FRAMEWORK)
    assert [(entry.giver, entry.block.text if entry.block else "") for entry in entries] == [
        (Giver.OTHER, "A duty added by hand.")
    ]
    assert provenances("in no text at all", record, texts, FRAMEWORK) == ()


def test_without_the_framework_no_place_is_named_and_nothing_is_said_to_be_ours() -> None:
    record, texts = recorded(POSTS[0])
    (provenance, *_) = provenances("leadership", record, texts, None)
    assert provenance.passage is None
    givers = {block.id: provenances(block.text, record, texts, None)[0].giver for block in record.blocks}
    assert givers["pmo.leadership.6.1"] is givers["leadership.title"] is Giver.FRAMEWORK
    assert (givers["title"], givers["clause.confidentiality"]) == (Giver.POST, Giver.CLAUSES)
    earlier = replace(record, blocks=tuple(block._replace(giver="") for block in record.blocks))
    givers = {block.id: provenances(block.text, earlier, texts, None)[0].giver for block in earlier.blocks}
    assert givers["pmo.leadership.6.1"] is givers["leadership.title"] is Giver.UNTOLD
    assert (givers["title"], givers["clause.confidentiality"]) == (Giver.POST, Giver.CLAUSES)


def test_a_duty_in_the_post_s_own_words_is_the_post_s() -> None:
    record, texts = recorded("band-7-project-risk-specialist")
    (provenance,) = provenances("Lead the risk and scheduling work", record, texts, FRAMEWORK)
    assert (provenance.giver, provenance.block and provenance.block.id) == (Giver.POST, "pmo.leadership.7.1")


def test_a_record_that_somebody_has_spoilt_is_no_crash() -> None:
    record, texts = recorded(POSTS[0])
    spoilt = replace(record, post={**record.post, "reworded_duties": [1, {"duty": 2}]})
    (provenance, *_) = provenances("leadership", spoilt, texts, FRAMEWORK)
    assert provenance.giver is Giver.FRAMEWORK


def test_an_adapted_text_is_told_with_the_publisher_s_words() -> None:
    record, texts = recorded("band-8a-programme-office-manager")
    (provenance,) = provenances("Develop and agree budgets", record, texts, FRAMEWORK)
    assert (provenance.giver, provenance.adapted) == (Giver.FRAMEWORK, True)
    assert provenance.published.startswith("Developing and agreeing budgets")
    assert provenance.published in SOURCE_TEXT
    (plain, *_) = provenances("Establish the project processes", record, texts, FRAMEWORK)
    assert (plain.adapted, plain.published) == (False, "")
    (untold,) = provenances("Develop and agree budgets", record, texts, None)
    assert (untold.giver, untold.adapted, untold.passage) == (Giver.FRAMEWORK, True, None)


@pytest.mark.parametrize("between", ["", " ", " and then "])
def test_a_paragraph_of_two_printed_texts_is_known_as_such(between: str) -> None:
    record, texts = recorded(POSTS[0])
    first, second = [block for block in record.blocks if block.id.startswith("pmo.")][:2]
    joined_text = f"{first.text}{between}{second.text}"
    texts = [text for text in texts if text not in (first.text, second.text)] + [joined_text]
    for words in (first.text[:25], second.text[:25], f"{first.text[-12:]}{between}{second.text[:12]}"):
        entries = provenances(words, record, texts, FRAMEWORK)
        assert [each.block for each in entries if each.within == joined_text] == [first, second]
        assert Giver.OTHER not in {each.giver for each in entries}


@pytest.mark.parametrize(
    ("block_id", "giver"),
    [
        *(("complexity", Giver.FRAMEWORK), ("clauses_version", Giver.CLAUSES), ("clause.kites", Giver.CLAUSES)),
        *(("title", Giver.POST), ("kite-workshop.qualifications.a-b.importance", Giver.LIBRARY)),
        *(("band_statement", Giver.PHRASE), ("kite-workshop.workshop.a.1", Giver.FRAMEWORK)),
    ],
)
def test_of_a_record_of_the_earlier_form_the_giver_is_told_from_the_id(block_id: str, giver: Giver) -> None:
    before = ROOT / "tests/data/before"
    content = (before / "made/kite-keeper.docx").read_bytes()
    record, _ = record_of(content)
    assert record is not None
    assert {block.giver for block in record.blocks} == {""}
    framework = load_framework(before / "framework_data/frameworks/example-grades.yaml")
    blocks = (*record.blocks, printed_block("complexity", "Moderate complexity"))
    record = replace(record, blocks=blocks)
    text = next(block.text for block in record.blocks if block.id == block_id)
    givers = {entry.block.id: entry.giver for entry in provenances(text, record, (), framework) if entry.block}
    assert givers[block_id] is giver


@pytest.mark.parametrize("post", POSTS)
def test_the_fields_of_a_draft_have_the_same_giver_in_a_record_that_does_not_say_it(post: str) -> None:
    record, _ = recorded(post)
    count = 0
    for block in (block for block in record.blocks if block.id.is_original):
        # A paragraph of several texts is jdgen's phrase, and the groups of criteria have titles, which are jdgen's.
        if len(block.id.fields) > 1 or block.id.is_heading or block.id.first_field not in GIVERS:
            continue
        if block.text == "Not yet evaluated":  # no record of an earlier form has it
            continue
        earlier = replace(record, blocks=(block._replace(giver=""),))
        (provenance,) = [candidate for candidate in provenances(block.text, earlier, (), FRAMEWORK) if candidate.block]
        assert provenance.giver is giver_of_code(block.giver), block
        count += 1
    assert count > 30
