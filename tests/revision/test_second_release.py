"""A document that was brought up to date, settled and edited again, brought up to date a second time: what holds of one
release holds of the next. At random, as in :mod:`tests.revision.test_headings`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from jdgen.revision.merge import merge
from jdgen.revision.paragraphs import DocumentText
from jdgen.revision.redline.settling import accept_all
from tests.revision.random_documents import PARTS
from tests.revision.sections import (
    Layout,
    Person,
    blocks_of_parts,
    document,
    headings_in,
    headings_of_parts,
    marks,
    second_version,
    words_in,
)
from tests.revision.test_headings import EACH_LAYOUT, Case, hold_edits, hold_headings, marks_in, name_seed
from tests.toolbox.rejecting import reject_all
from tests.toolbox.soak import seeds
from tests.toolbox.word import W, stories_of

Settle = Callable[[Any], None]
EACH_WAY = pytest.mark.parametrize("settle", [accept_all, reject_all], ids=["accepted", "rejected"])


class SecondRelease(Case):
    """The document of a case after all changes in it were settled and somebody edited it again."""

    def __init__(self, seed: int, layout: Layout, settle: Settle) -> None:
        super().__init__(seed, layout)
        names, before, settled = self.person.names, self.person, self.tree
        settle(settled)
        self.theirs = read_again(settled)
        self.old, self.new = self.new, second_version(self.new, names)
        self.person = Person(self.theirs, names)
        # What stands elsewhere than it was printed stands there by a person's hand, or by their word.
        now, was = headings_in(self.theirs), headings_of_parts(self.old)
        self.person.touched = before.touched | {mark for mark in now.keys() & was.keys() if now[mark] != {was[mark]}}
        self.person.words = before.words & marks_in(self.theirs)
        self.person.edit(names.chance.randrange(5))
        self.bring_up_to_date(layout)


def read_again(tree: Any) -> Any:
    return stories_of({**PARTS, "word/document.xml": etree.tostring(tree)})


@pytest.mark.soak
@EACH_WAY
@EACH_LAYOUT
def test_a_second_release_puts_nothing_under_another_heading_and_brings_nothing_back(
    layout: Layout, settle: Settle
) -> None:
    for seed in seeds(4):
        with name_seed(seed):
            case = SecondRelease(seed, layout, settle)
            hold_headings(case)
            hold_edits(case)


@pytest.mark.soak
@EACH_WAY
@EACH_LAYOUT
def test_the_same_release_has_nothing_more_to_do(layout: Layout, settle: Settle) -> None:
    for seed in seeds(2):
        case = SecondRelease(seed, layout, settle)
        blocks, fresh = blocks_of_parts(case.new, layout), document(case.new, layout)
        there = DocumentText.in_tree(read_again(case.accepted))
        withdrawn = case.withdrawn
        again = merge(blocks, there.paragraphs, blocks, fresh=DocumentText.in_tree(fresh), withdrawn=withdrawn)
        assert [decision.id for decision in again if decision.is_to_do] == [], seed


class TakenBack(Case):
    """A document that nobody edited after all changes in it were settled, and the framework is what it was before."""

    def __init__(self, seed: int, layout: Layout, settle: Settle) -> None:
        super().__init__(seed, layout, edits=0)
        settle(self.tree)
        self.theirs = read_again(self.tree)
        self.old, self.new = self.new, self.old
        self.bring_up_to_date(layout)


def prints(tree: Any) -> Counter[str]:
    """How many paragraphs say something of each mark."""
    return Counter(mark for paragraph in tree.iter(f"{W}p") for mark in marks(words_in(paragraph)))


@pytest.mark.soak
@EACH_WAY
@EACH_LAYOUT
def test_what_a_release_withdrew_and_the_next_has_again_is_not_printed_twice(layout: Layout, settle: Settle) -> None:
    for seed in seeds(6):
        case = TakenBack(seed, layout, settle)
        before = prints(case.theirs)
        more = {mark for mark, count in prints(case.accepted).items() if count > max(1, before[mark])}
        assert not more, seed


@pytest.mark.parametrize(
    ("seed", "layout", "settle"),
    [
        (700, Layout.DUTY_ROWS, accept_all),
        (946, Layout.DUTY_ROWS, reject_all),
        (336, Layout.ROWS, accept_all),
        (43668543, Layout.PARAGRAPHS, reject_all),
        (3147, Layout.CELL, accept_all),
        (372, Layout.DUTY_ROWS, reject_all),
        (20501, Layout.ROWS, accept_all),
        (20793, Layout.PARAGRAPHS, reject_all),
        (20915, Layout.CELL, reject_all),
        (21201, Layout.PARAGRAPHS, accept_all),
        (1083, Layout.NUMBERED, accept_all),
        (700029, Layout.ROWS, reject_all),
        (320, Layout.PARAGRAPHS, reject_all),
        (320, Layout.CELL, reject_all),
        (22022, Layout.DUTY_ROWS, reject_all),
        (701476, Layout.PARAGRAPHS, reject_all),
        (21531, Layout.DUTY_ROWS, reject_all),
    ],
)
def test_a_second_release_of_which_a_soak_found_a_fault(seed: int, layout: Layout, settle: Settle) -> None:
    case = SecondRelease(seed, layout, settle)
    hold_headings(case)
    hold_edits(case)
    printed_marks = {
        mark for block in blocks_of_parts(case.old, layout) for mark in marks(block.text) if mark.startswith("d")
    }
    assert (printed_marks - marks_in(case.theirs)).isdisjoint(marks_in(case.accepted))
