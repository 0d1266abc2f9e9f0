"""Places are the words that messages call them, and know more than that."""

from __future__ import annotations

import copy
import pickle

from jdgen.places import FilePlace, column_range


def test_a_place_is_what_messages_call_it() -> None:
    assert FilePlace("post.yaml", 4) == "post.yaml:4"
    assert FilePlace("posts.csv", 4, "C") == "posts.csv:4 (column C)"
    assert FilePlace("posts.xlsx!Posts", 4, "C", is_worksheet=True) == "posts.xlsx!Posts!C4"
    assert repr(FilePlace("post.yaml", 4)) == "'post.yaml:4'", "digests of libraries are of it"


def test_a_place_knows_what_it_is_in_another_process_too() -> None:
    place = FilePlace("posts.xlsx!Posts", 4, "C", is_worksheet=True)
    for other in (pickle.loads(pickle.dumps(place)), copy.copy(place)):
        assert (other.name, other.number, other.column, other.is_worksheet) == ("posts.xlsx!Posts", 4, "C", True)


def test_places_in_one_column_are_told_together() -> None:
    assert column_range(FilePlace("a!S", 2, "C", is_worksheet=True), [2, 3, 4, 7]) == "a!S!C2:C4, C7"
