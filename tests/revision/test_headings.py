"""Whatever people edit and the framework changes: each duty stays under its heading, what was taken out stays out, and
no word of a person's is lost. Documents, edits and second versions at random; ``JDGEN_SOAK=20`` takes many more."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.revision.merge import Action, merged
from jdgen.revision.order import is_heading
from jdgen.revision.redline.carrying_out import BODY, redlined
from jdgen.revision.redline.settling import accept_all
from jdgen.revision.standing import standings
from jdgen.word_file.parsing import parsed
from tests.revision.documents import PARTS
from tests.revision.rejecting import reject_all, structure
from tests.revision.sections import (
    Layout,
    Namer,
    Person,
    document,
    first_version,
    headings_in,
    headings_of_parts,
    marks,
    printed,
    second_version,
    words_in,
)
from tests.revision.test_redline import STAMP
from tests.soak import budget
from tests.word import W

SEEDS = st.integers(0, 2**32)
EACH_LAYOUT = pytest.mark.parametrize("layout", Layout, ids=[one.name.lower() for one in Layout])


class Case:
    """A document that was printed, edited, and is brought up to date."""

    def __init__(self, seed: int, layout: Layout, edits: int = 4) -> None:
        names = Namer(random.Random(seed))
        self.old = first_version(names)
        self.new = second_version(self.old, names)
        self.theirs = document(self.old, layout)
        self.person = Person(self.theirs, names)
        self.person.edit(names.chance.randrange(1, edits + 1) if edits else 0)
        fresh = document(self.new, layout)
        decisions = merged(
            printed(self.old, layout), standings(self.theirs), printed(self.new, layout), fresh=standings(fresh)
        )
        made = redlined(PARTS, copy.deepcopy(self.theirs), fresh, decisions, stamp=STAMP)
        self.decisions, self.unplaced = made.decisions, made.unplaced
        self.tree = parsed(made.parts[BODY])
        self.accepted = copy.deepcopy(self.tree)
        accept_all(self.accepted)

    def moved_headings(self) -> int:
        return sum(one.action is Action.MOVE and is_heading(one.id) for one in self.decisions)


def marks_in(tree: Any) -> set[str]:
    return {mark for one in tree.iter(f"{W}p") for mark in marks(words_in(one))}


@EACH_LAYOUT
@budget(40)
@given(seed=SEEDS)
def test_nothing_comes_to_stand_under_another_heading_unless_the_framework_moved_it(seed: int, layout: Layout) -> None:
    case = Case(seed, layout)
    before, after = headings_in(case.theirs), headings_in(case.accepted)
    was, now = headings_of_parts(case.old), headings_of_parts(case.new)
    # What somebody moved and the framework withdrew in favour of another text is that text's.
    gone = {mark for one in case.decisions if one.action is Action.DELETE for mark in marks(one.base)}
    for mark in (before.keys() & after.keys()) - (gone & case.person.touched):
        # Where somebody took a heading out, what is under it stands wherever the rest of it stands.
        is_there = now.get(mark) in after[mark] or now.get(mark) not in marks_in(case.theirs)
        is_moved = mark in now and was.get(mark) != now[mark] and is_there
        # A text that stays because somebody changed it may be there beside the new one that says the same.
        assert is_moved or before[mark] <= after[mark], mark


@EACH_LAYOUT
@budget(40)
@given(seed=SEEDS)
def test_what_a_person_took_out_stays_out_and_what_they_wrote_is_there(seed: int, layout: Layout) -> None:
    case = Case(seed, layout)
    there = marks_in(case.accepted)
    assert case.person.words <= there
    gone = case.person.removed - marks_in(case.theirs)
    assert gone.isdisjoint(there)
    kept = {one for one in marks_in(case.theirs) if one in headings_of_parts(case.new)}
    assert kept <= there


@EACH_LAYOUT
@budget(25)
@given(seed=SEEDS)
def test_rejecting_all_gives_the_person_s_file(seed: int, layout: Layout) -> None:
    case = Case(seed, layout)
    reject_all(case.tree)
    assert structure(case.tree) == structure(case.theirs)


@EACH_LAYOUT
@budget(25)
@given(seed=SEEDS)
def test_a_document_that_nobody_touched_becomes_the_fresh_one(seed: int, layout: Layout) -> None:
    case = Case(seed, layout, edits=0)
    assert not case.unplaced
    wanted = [words_in(one) for one in document(case.new, layout).iter(f"{W}p") if words_in(one)]
    assert [words_in(one) for one in case.accepted.iter(f"{W}p") if words_in(one)] == wanted


@EACH_LAYOUT
@budget(25)
@given(seed=SEEDS)
def test_edits_make_no_more_headings_move(seed: int, layout: Layout) -> None:
    assert Case(seed, layout).moved_headings() <= Case(seed, layout, edits=0).moved_headings()
