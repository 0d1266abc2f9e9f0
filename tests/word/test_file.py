"""A Word file is a value: what is looked at is parsed once, what is changed is written once, all else stays."""

from __future__ import annotations

import copy
import io
import zipfile
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from jdgen.document import making
from jdgen.revision.regeneration import RegenerationOutcome, regenerate
from jdgen.word import opening
from jdgen.word.file import MAIN_PART, Story
from jdgen.word.opening import open_document
from jdgen.word.xml import W
from tests.toolbox.documents import MANNER, edit_document, example_document, materials, newer_framework
from tests.toolbox.word import NAME, parts_of, word_file

GOOD = word_file("Text", header=["Above"], footer=["Below"])


@pytest.fixture
def parsings(monkeypatch: pytest.MonkeyPatch) -> Counter[bytes]:
    """How often lxml parses each content; it does so all the same."""
    count: Counter[bytes] = Counter()
    fromstring = etree.fromstring

    def parse_and_count(xml: bytes, *parser: Any) -> Any:
        count[xml] += 1
        return fromstring(xml, *parser)

    monkeypatch.setattr(etree, "fromstring", parse_and_count)
    return count


def test_each_part_is_parsed_once_however_often_it_is_looked_at(parsings: Counter[bytes]) -> None:
    file = open_document(GOOD, NAME)
    assert file.tree(MAIN_PART) is file.tree(MAIN_PART)
    assert [story for _, story in file.story_parts()] == [Story.MAIN, Story.HEADER, Story.FOOTER]
    assert "".join(map(str, file.stories.itertext(f"{W}t"))) == "TextAboveBelow"
    assert parsings == Counter(content for name, content in parts_of(GOOD).items() if name.endswith((".xml", ".rels")))


def test_none_is_parsed_before_somebody_looks_at_it(parsings: Counter[bytes]) -> None:
    opening.unpack(GOOD)
    assert list(parsings) == [parts_of(GOOD)["_rels/.rels"]]  # which tells the main text


def test_only_what_is_changed_is_written_anew() -> None:
    file = open_document(GOOD, NAME)
    text = file.copy_of(MAIN_PART)
    next(text.iter(f"{W}t")).text = "Other"
    before, after = parts_of(GOOD), parts_of(file.with_parts({MAIN_PART: text}).to_bytes())
    assert [name for name in before if after[name] != before[name]] == [MAIN_PART]
    assert parts_of(file.to_bytes()) == before


def test_what_is_deflated_already_is_not_deflated_again() -> None:
    """A part that nobody changed lies in the new file as it did in the old."""
    file = open_document(GOOD, NAME)
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        packed = {entry.filename: entry.compress_size for entry in archive.infolist()}
    with zipfile.ZipFile(io.BytesIO(file.to_bytes())) as archive:
        assert {entry.filename: entry.compress_size for entry in archive.infolist()} == packed


def test_a_text_that_is_as_it_was_stays_byte_for_byte() -> None:
    file = open_document(GOOD, NAME)
    stories = copy.deepcopy(file.stories)
    next(stories.iter(f"{W}hdr")).set("changed", "1")
    other_file = file.with_stories(stories)
    assert [name for name in file if other_file.content(name) != file.content(name)] == ["word/header1.xml"]


def test_a_redline_opens_the_document_parses_its_parts_and_fills_the_template_once(
    parsings: Counter[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = edit_document(example_document(), ("Smoke-free workplace", "No smoking"))
    calls: Counter[str] = Counter()

    def counting(module: Any, name: str) -> None:
        function = getattr(module, name)

        def call_and_count(*arguments: Any, **keywords: Any) -> Any:
            calls[name] += 1
            return function(*arguments, **keywords)

        monkeypatch.setattr(module, name, call_and_count)

    counting(opening, "entries")
    counting(making, "own_contents")
    newer = materials(newer_framework())
    regenerate(content, NAME, newer, MANNER)  # frameworks and templates are read with the first document
    parsings.clear()
    calls.clear()
    assert regenerate(content, NAME, newer, MANNER).outcome is RegenerationOutcome.REDLINED
    assert calls == {"entries": 1, "own_contents": 1}
    parsings = Counter(parsings)
    theirs = {part for name, part in parts_of(content).items() if name.endswith((".xml", ".rels"))}
    # What says the same in the document made anew is parsed there too.
    anew = regenerate(example_document(), NAME, newer, replace(MANNER, clean=True)).content
    assert anew is not None
    assert {parsings[part] for part in theirs.difference(parts_of(anew).values())} == {1}
