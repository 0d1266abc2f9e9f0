"""What is decided on a release once comes out as if each manager had decided it: on random documents, and on a real one
with every kind of change, against accepting and rejecting by other hands than those that carry the decisions out."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from jdgen.revision.decisions import Ruling
from jdgen.revision.merge import merge
from jdgen.revision.paragraphs import DocumentText
from jdgen.revision.redline.redline import Redlined, redline
from jdgen.revision.redline.settling import accept_all
from jdgen.revision.rulings import OTHERS, ReleaseChange, ReleaseRulings, RuledDocument, with_rulings
from jdgen.word.file import MAIN_PART as BODY
from jdgen.word.file import File
from jdgen.word.xml import parse
from tests.revision.random_documents import PARTS
from tests.revision.redline.test_redline import STAMP
from tests.revision.sections import (
    Layout,
    Namer,
    Part,
    Person,
    blocks_of_parts,
    document,
    first_version,
    second_version,
)
from tests.revision.test_headings import marks_in
from tests.toolbox.rejecting import reject_all, structure
from tests.toolbox.soak import seeds
from tests.toolbox.word import W

EACH_LAYOUT = pytest.mark.parametrize("layout", Layout, ids=[layout.name.lower() for layout in Layout])
TAKE, KEEP, ASK = Ruling.TAKE, Ruling.KEEP, Ruling.ASK


SPECIALISM = "s"


def changes_between(old: Sequence[Part], new: Sequence[Part]) -> Iterator[ReleaseChange]:
    """What a comparison of the two versions tells, by other means than it has."""
    before = {duty.id: (part.id, duty.text) for part in old for duty in part.duties}
    after = {duty.id: (part.id, duty.text) for part in new for duty in part.duties}
    for duty_id in before.keys() | after.keys():
        if before.get(duty_id) != after.get(duty_id):
            yield ReleaseChange(
                duty_id, "heading", "changed", *(there.get(duty_id, ("", ""))[1] for there in (before, after))
            )
    titles = {part.id: part.title for part in old}
    yield from (
        ReleaseChange(f"{SPECIALISM}.{part.id}.title", part.title, "renamed")
        for part in new
        if titles.get(part.id, part.title) != part.title
    )
    shared = [part.id for part in new if part.id in titles]
    if shared != [part.id for part in old if part.id in shared]:
        yield from (ReleaseChange(f"{SPECIALISM}.{part_id}.place", part_id, "moved") for part_id in shared)


class Case:
    """A document that was printed and edited, and a release of what it prints, each text of which is a change."""

    def __init__(self, seed: int, layout: Layout, edits: int = 4) -> None:
        names = Namer(random.Random(seed))
        self.chance = names.chance
        old = first_version(names)
        new = second_version(old, names)
        self.theirs, self.fresh = document(old, layout), document(new, layout)
        self.person = Person(self.theirs, names)
        self.person.edit(self.chance.randrange(edits + 1))
        self.base = blocks_of_parts(old, layout)
        text = DocumentText.in_tree(self.theirs)
        self.decisions = merge(
            self.base, text.paragraphs, blocks_of_parts(new, layout), fresh=DocumentText.in_tree(self.fresh)
        )
        self.changes = tuple(changes_between(old, new))

    def redline_with(self, rulings: Mapping[str, Ruling]) -> Redlined:
        text = DocumentText.in_tree(copy.deepcopy(self.theirs))
        ruled = with_rulings(
            self.decisions,
            RuledDocument(SPECIALISM, self.base, text.paragraphs),
            ReleaseRulings("f", {}, self.changes, rulings),
        )
        return redline(File.of(PARTS), text, DocumentText.in_tree(self.fresh), ruled, stamp=STAMP)

    def rulings(self, *among: Ruling) -> dict[str, Ruling]:
        return {change.id: self.chance.choice(among) for change in self.changes} | {OTHERS: self.chance.choice(among)}


def tree_of(redlined: Redlined) -> Any:
    return parse(redlined.file.content(BODY))


@pytest.mark.soak
@EACH_LAYOUT
def test_to_take_all_is_to_accept_all_and_to_keep_all_is_to_change_nothing(layout: Layout) -> None:
    for seed in seeds(8):
        case = Case(seed, layout)
        everything = [*(change.id for change in case.changes), OTHERS]
        accepted_tree = tree_of(case.redline_with({}))
        accept_all(accepted_tree)
        all_taken = case.redline_with(dict.fromkeys(everything, TAKE))
        assert not list(tree_of(all_taken).iter(f"{W}ins", f"{W}del")), seed
        assert structure(tree_of(all_taken)) == structure(accepted_tree), seed
        all_kept = case.redline_with(dict.fromkeys(everything, KEEP))
        assert structure(tree_of(all_kept)) == structure(case.theirs), seed


@pytest.mark.soak
@EACH_LAYOUT
def test_what_a_manager_is_asked_comes_out_as_if_it_had_been_decided_for_them(layout: Layout) -> None:
    """Decisions in any mixture: what is asked, and then accepted or rejected, is what taking or keeping it makes."""
    for seed in seeds(12):
        case = Case(seed, layout)
        rulings = case.rulings(TAKE, KEEP, ASK)
        mixed = tree_of(case.redline_with(rulings))
        rejected = copy.deepcopy(mixed)
        reject_all(rejected)
        kept_tree = tree_of(
            case.redline_with({change: KEEP if ruling is ASK else ruling for change, ruling in rulings.items()})
        )
        reject_all(kept_tree)  # where two decisions meet in one text, it is asked about
        assert structure(rejected) == structure(kept_tree), seed


@pytest.mark.soak
@EACH_LAYOUT
def test_no_word_of_a_persons_is_lost_whatever_is_decided(layout: Layout) -> None:
    for seed in seeds(8):
        case = Case(seed, layout)
        assert case.person.words <= marks_in(tree_of(case.redline_with(case.rulings(TAKE, KEEP)))), seed
