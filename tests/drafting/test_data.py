"""A library that was written and read is the same library, whatever it was read from; what is no library is refused."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.drafting.data import read_data, written_data
from jdgen.drafting.library import Library, SpecialismIds
from jdgen.drafting.loading import load_library, load_placeholders
from jdgen.drafting.texts import Text
from jdgen.placeholders import Placeholders
from jdgen.places import FilePlace
from jdgen.workspace import Workspace
from tests.toolbox.examples import ROOT
from tests.toolbox.other_levels import FOLDER, SPECIALISMS
from tests.toolbox.soak import budget

PLACES = [
    (ROOT, "pmo"),
    (ROOT / "tests/data/before", "kite-workshop"),
    *((FOLDER, name) for name in SPECIALISMS.values()),
]


@functools.cache
def libraries() -> tuple[Library, ...]:
    loaded_libraries = [load_library(Workspace(folder), specialism) for folder, specialism in PLACES]
    return (*loaded_libraries, *(library.verbatim() for library in loaded_libraries))


@pytest.mark.parametrize("number", range(2 * len(PLACES)))
def test_a_library_that_was_written_and_read_is_the_same(number: int) -> None:
    library = libraries()[number]
    again = read_data(written_data(library), Library)
    # Digests of documents are made of it: tests/acceptance/kept/bytes.
    assert repr(again) == repr(library)
    assert vars(again) == vars(library)
    assert written_data(again) == written_data(library)
    assert any(again.specialism is specialism for specialism in again.framework.specialisms)


def test_texts_keep_their_givers_and_places_their_lines() -> None:
    (library, *_) = libraries()
    again = read_data(written_data(library), Library)
    for criterion, before in zip(again.criteria.criteria, library.criteria.criteria, strict=True):
        assert (type(criterion.text), criterion.text.giver) == (Text, before.text.giver)
    assert library.adaptations.changes
    for change, change_before in zip(again.adaptations.changes, library.adaptations.changes, strict=True):
        assert isinstance(change.place, FilePlace)
        assert vars(change.place) == vars(change_before.place)


def test_placeholders_that_were_written_and_read_are_the_same() -> None:
    placeholders = load_placeholders(Workspace(ROOT))
    assert vars(read_data(written_data(placeholders), Placeholders)) == vars(load_placeholders(Workspace(ROOT)))


def test_specialisms_that_were_written_and_read_are_the_same() -> None:
    specialisms = SpecialismIds((("framework", "pmo"), ("framework", "é & co")))
    assert read_data(written_data(specialisms), SpecialismIds) == specialisms


@functools.cache
def written_libraries() -> tuple[tuple[bytes, tuple[tuple[Any, ...], ...]], ...]:
    """Libraries as written, and the keys of all that is in each."""
    contents = [written_data(library) for library in libraries()[:3:2]]
    return tuple((content, tuple(keys_in(json.loads(content)))) for content in contents)


def keys_in(value: Any) -> Iterator[tuple[Any, ...]]:
    inside = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    for key, each in inside:
        yield (key,)
        yield from ((key, *keys) for keys in keys_in(each))


@budget(150)
@given(st.integers(0, 1), st.integers(0), st.sampled_from((None, -1, 10**6, True, "", "x", [], [1, 2], {}, 1.5, ...)))
def test_damaged_data_is_refused_or_is_a_library(which: int, number: int, other: Any) -> None:
    """Somewhere in it stands something else, or nothing."""
    content, places = written_libraries()[which]
    value = json.loads(content)
    *way, last = places[number % len(places)]
    holder = functools.reduce(lambda inside, key: inside[key], way, value)
    if other is ...:
        del holder[last]
    else:
        holder[last] = other
    try:
        library = read_data(json.dumps(value).encode(), Library)
    except ValueError:
        return
    assert repr(library)
    assert written_data(library)


@pytest.mark.parametrize("content", [b"", b"\xff", b"null", b"[1]", b"[0,[],[]]", b"[1,[],[]]", b"[" * 10**5])
@pytest.mark.parametrize("kind", [Library, Placeholders, SpecialismIds])
def test_what_is_no_library_is_refused(content: bytes, kind: type[Any]) -> None:
    with pytest.raises(ValueError, match="is not data"):
        read_data(content, kind)
