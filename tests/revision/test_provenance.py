"""A sentence of a document leads back to its place in the framework, or to whoever else gave it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jdgen.documents import Making, make_document
from jdgen.post.entries import entries_of_file
from jdgen.post.loading import post_of
from jdgen.record.model import GenerationRecord
from jdgen.record.printed import original_id
from jdgen.record.reading import record_of
from jdgen.record.text import paragraphs
from jdgen.revision.provenance import Giver, provenances
from tests.examples import DRAFTED, POSTS, post_file, shipped_template
from tests.material import SOURCE_TEXT, shipped_library
from tests.word import parts_of

FRAMEWORK = shipped_library().framework


def recorded(post: str) -> tuple[GenerationRecord, list[str]]:
    making = Making(shipped_library(), shipped_template("job-description"), DRAFTED)
    content = make_document(post_of(entries_of_file(post_file(post))), making).content
    record, _ = record_of(content)
    assert record is not None
    return record, paragraphs(parts_of(content))


@pytest.mark.parametrize("post", POSTS)
def test_every_framework_text_is_found_in_the_source_at_the_place_that_is_named(post: str) -> None:
    record, texts = recorded(post)
    lines = SOURCE_TEXT.split("\n")
    found = 0
    for block in record.blocks:
        if block.id != original_id(block.id):
            continue
        (told,) = [one for one in provenances(block.text, record, texts, FRAMEWORK) if one.block == block]
        if told.passage is None or told.adapted or told.passage.source.cell is None:
            continue
        cell = lines[told.passage.source.line - 1].split("\t")[told.passage.source.cell - 1]
        assert " ".join(block.text.split()) in " ".join(cell.split()) or told.passage.levels is None, block.id
        found += 1
    assert found >= 10


def test_each_giver_is_told_apart() -> None:
    record, texts = recorded("band-6-portfolio-analyst")
    givers = {block.id: provenances(block.text, record, texts, FRAMEWORK)[0].giver for block in record.blocks}
    assert givers["title"] is Giver.POST
    assert givers["clause.confidentiality"] is Giver.CLAUSES
    assert givers["leadership.title"] is Giver.FRAMEWORK
    assert givers["pmo.leadership.6.1"] is Giver.FRAMEWORK
    assert Giver.LIBRARY in givers.values()
    prompted = [block.id for block in record.blocks if block.text.startswith("[To complete: ")]
    assert prompted
    assert all(givers[block] is Giver.PROMPT for block in prompted)


def test_what_is_printed_in_several_places_is_told_once() -> None:
    record, texts = recorded(POSTS[0])
    assert [block.id for block in record.blocks if original_id(block.id) == "title"] == ["title", "2#title", "3#title"]
    told = provenances(record.post["title"], record, texts, FRAMEWORK)
    assert [one.block.id for one in told if one.block and one.block.text == record.post["title"]] == ["title"]


def test_an_adapted_text_says_so() -> None:
    record, texts = recorded("band-8a-programme-office-manager")
    (told,) = provenances("At least one of these, or equivalent", record, texts, FRAMEWORK)
    assert told.adapted and told.passage is not None and told.passage.id == "pmo.qualifications.8a"


def test_what_no_data_gave_is_the_template_s_or_somebody_s() -> None:
    record, texts = recorded(POSTS[0])
    told = provenances("added by hand", record, [*texts, "A duty added by hand."], FRAMEWORK)
    assert [(one.giver, one.block.text if one.block else "") for one in told] == [
        (Giver.OTHER, "A duty added by hand.")
    ]
    assert provenances("in no text at all", record, texts, FRAMEWORK) == ()


def test_without_the_framework_no_place_is_named_and_nothing_is_said_to_be_ours() -> None:
    record, texts = recorded(POSTS[0])
    (told, *_) = provenances("leadership", record, texts, None)
    assert told.passage is None
    givers = {block.id: provenances(block.text, record, texts, None)[0].giver for block in record.blocks}
    assert givers["pmo.leadership.6.1"] is givers["leadership.title"] is Giver.UNTOLD
    assert Giver.LIBRARY not in givers.values()
    assert (givers["title"], givers["clause.confidentiality"]) == (Giver.POST, Giver.CLAUSES)


def test_a_duty_in_the_post_s_own_words_is_the_post_s() -> None:
    record, texts = recorded("band-7-project-risk-specialist")
    (told,) = provenances("Lead the risk and scheduling work", record, texts, FRAMEWORK)
    assert (told.giver, told.block and told.block.id) == (Giver.POST, "pmo.leadership.7.1")


def test_a_record_that_somebody_has_spoilt_is_no_crash() -> None:
    record, texts = recorded(POSTS[0])
    spoilt = replace(record, post={**record.post, "reworded_duties": [1, {"duty": 2}]})
    (told, *_) = provenances("leadership", spoilt, texts, FRAMEWORK)
    assert told.giver is Giver.FRAMEWORK
