"""Editions of phrases never change: records of every document made with one name its phrases by number."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from jdgen.record import form
from jdgen.record.form import EDITION, edition

FOLDER = Path(form.__file__).parent / "phrases"
#: SHA-256 of each edition. A line of an edition that has been released is never changed: make a new edition.
EDITIONS = {
    "1": "42a1d4825245b8ffbec4cba8f5bbfbdd4309c6c3a5e6cd6ea9eb251bc5415613",
    "2": "c5fa4f8f6beab0cca2e6fe2efb9815a55d41c2cc35b9139c17b79000f163231b",
}


def test_every_edition_is_as_it_was() -> None:
    assert {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("*.json")} == EDITIONS


def test_records_are_written_with_the_newest() -> None:
    assert max(EDITIONS, key=int) == EDITION


@pytest.mark.parametrize("name", sorted(EDITIONS))
def test_every_phrase_has_one_number(name: str) -> None:
    phrase_edition = edition(name)
    assert phrase_edition is not None
    assert [phrase_edition.numbers[phrase] for phrase in phrase_edition.phrases] == [
        *range(len(phrase_edition.phrases))
    ]
    assert all(isinstance(phrase, str) or len(phrase) == 3 for phrase in phrase_edition.phrases)


@pytest.mark.parametrize("name", ["0", "99", "", "one", "../phrases/1", "1.json", "-1"])
def test_what_is_no_edition_is_none(name: str) -> None:
    assert edition(name) is None
