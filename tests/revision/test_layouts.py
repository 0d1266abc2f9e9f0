"""Random changes of the framework in random edits of people, in documents of every layout: rows, cells and labels too.

``JDGEN_SOAK=20`` takes twenty times as many documents; see ``tests/toolbox/soak.py``.
"""

from __future__ import annotations

import copy
import functools
import itertools
import random
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jdgen.document.making import DocumentSources, printed_blocks
from jdgen.drafting.model import CriterionGroup, DutyHeading, Importance, JobDescription
from jdgen.record.anchors import ONE_ROW
from jdgen.record.digests import ITEM, PROPERTIES
from jdgen.record.writing import FRESH_PROPERTIES
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.merge import merge
from jdgen.revision.paragraphs import DocumentText
from jdgen.revision.redline.redline import redline
from jdgen.revision.redline.settling import accept_all, pending
from jdgen.revision.rows import labels_of
from jdgen.template.compiled import CompiledTemplate
from jdgen.template.compiling import compile_template
from jdgen.template.filling import Recorder, fill
from jdgen.word.file import File, Story, story_of
from jdgen.word.paragraphs import paragraphs_of, text_of
from jdgen.words import comparable
from tests.revision.layouts import LAYOUTS
from tests.revision.random_documents import Editor
from tests.toolbox.data import shipped_library
from tests.toolbox.documents import MANNER
from tests.toolbox.examples import DRAFTED, draft_of
from tests.toolbox.libreoffice import LibreOffice
from tests.toolbox.rejecting import reject_all, structure
from tests.toolbox.soak import budget, count
from tests.toolbox.word import W, parts_of, stories_of

pytestmark = pytest.mark.slow

POSTS = ("band-6-portfolio-analyst", "band-8a-programme-office-manager", "band-8d-associate-director-portfolio-office")
NEW_WORDS = ("tide", "harbour", "lantern", "meadow", "orchard", "copper", "velvet", "granite")
SEEDS = st.integers(0, 2**32)
_MARK = "row"
# Layouts without text boxes and content controls, which LibreOffice 7.4 writes otherwise.
_JUDGED = ("factor_first", "factor_last", "in_one_cell", "duties_in_cells", "duties_in_rows", "duties_at_the_end")


@functools.cache
def template_of(layout: str) -> CompiledTemplate:
    return compile_template(LAYOUTS[layout](), f"{layout}.docx")


def sentence(chance: random.Random) -> str:
    return f"{' '.join(chance.choice(NEW_WORDS) for _ in range(chance.randrange(4, 9)))} {chance.randrange(1000)}."


def reworded(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    words[chance.randrange(len(words))] = chance.choice(NEW_WORDS)
    return " ".join(words)


class Release:
    """A second version of a draft: statements reworded, withdrawn, added and, where ``moves`` says so, moved."""

    def __init__(self, old: JobDescription, chance: random.Random, moves: bool) -> None:
        self.chance, self.moves = chance, moves
        headings = [self._heading(heading) for heading in old.duty_headings if chance.random() < 0.93]
        groups = [self._group(group) for group in old.person_specification.groups if chance.random() < 0.95]
        if chance.random() < 0.2:
            new = DutyHeading("brand-new", "Brand new heading", (self._new(old.duty_headings[0].duties[0]),))
            headings.insert(chance.randrange(len(headings) + 1), new)
        if moves:
            self._move(headings, "duties")
            self._move(groups, "criteria")
        headings = [heading for heading in headings if self._texts_under(heading)]
        groups = [group for group in groups if self._texts_under(group)]
        numbered_headings = [
            replace(
                heading, duties=tuple(replace(duty, number=f"{at}.{n}") for n, duty in enumerate(heading.duties, 1))
            )
            for at, heading in enumerate(headings, 1)
        ]
        specification = replace(old.person_specification, groups=tuple(groups))
        self.draft = replace(old, duty_headings=tuple(numbered_headings), person_specification=specification)

    @staticmethod
    def _texts_under(holder: Any) -> Any:
        return holder.duties if isinstance(holder, DutyHeading) else holder.criteria

    def _heading(self, heading: DutyHeading) -> DutyHeading:
        return replace(heading, title=self._title(heading.title), duties=self._texts(heading.duties))

    def _group(self, group: CriterionGroup) -> CriterionGroup:
        criteria = self._texts(group.criteria)
        if criteria and self.chance.random() < 0.15:
            at = self.chance.randrange(len(criteria))
            criterion = replace(criteria[at], importance=self.chance.choice(list(Importance)))
            criteria = (*criteria[:at], criterion, *criteria[at + 1 :])
        return replace(group, title=self._title(group.title), criteria=criteria)

    def _title(self, title: str) -> str:
        return title if self.chance.random() < 0.9 else f"{title} and {self.chance.choice(NEW_WORDS)}"

    def _new(self, like: Any) -> Any:
        return replace(like, id=f"new.{self.chance.randrange(10**9)}", text=sentence(self.chance))

    def _texts(self, texts: Any) -> Any:
        new_texts = []
        for text in texts:
            fate = self.chance.random()
            if fate < 0.1:
                new_texts.append(replace(text, text=reworded(text.text, self.chance)))
            elif fate < 0.88:
                new_texts.append(text)
        if self.chance.random() < 0.25:
            new_texts.insert(self.chance.randrange(len(new_texts) + 1), self._new(texts[0]))
        return tuple(new_texts)

    def _move(self, holders: list[Any], field: str) -> None:
        """One text under another heading or in another group."""
        if len(holders) < 2 or self.chance.random() < 0.4:
            return
        origin, target = self.chance.sample(range(len(holders)), 2)
        texts = list(getattr(holders[origin], field))
        if len(texts) > 1:
            text = texts.pop(self.chance.randrange(len(texts)))
            there = list(getattr(holders[target], field))
            there.insert(self.chance.randrange(len(there) + 1), text)
            holders[origin] = replace(holders[origin], **{field: tuple(texts)})
            holders[target] = replace(holders[target], **{field: tuple(there)})


class Person(Editor):
    """Somebody who edits a real document, in the main text: paragraphs, and rows, cells and labels of tables."""

    def edit(self, times: int) -> None:
        for _ in range(times):
            paragraphs = [
                paragraph
                for paragraph in paragraphs_of(self.tree)
                if story_of(paragraph) is Story.MAIN
                and paragraph.find(f".//{W}t") is not None
                and next(paragraph.iterancestors(f"{W}txbxContent", f"{W}sdt"), None) is None
            ]
            in_rows = [
                paragraph for paragraph in paragraphs if next(paragraph.iterancestors(f"{W}tr"), None) is not None
            ]
            at_rows = bool(in_rows) and self.chance.random() < 0.6
            ways = [self.word, self.remove, self.move_row, self.row, self.retype, self.clear, self.split, self.note]
            way = self.chance.choice(ways if at_rows else self._ways())
            way(self.chance.choice(in_rows if at_rows else paragraphs))

    def remove(self, paragraph: Any) -> None:
        row = next(paragraph.iterancestors(f"{W}tr"), None)
        if row is not None and next(row.iter(f"{W}tbl"), None) is None:
            if len(list(row.getparent().iterchildren(f"{W}tr"))) > 1:
                row.getparent().remove(row)
        elif paragraph.getnext() is not None and paragraph.find(f"{W}pPr/{W}sectPr") is None:
            paragraph.getparent().remove(paragraph)

    def move_row(self, paragraph: Any) -> None:
        row = next(paragraph.iterancestors(f"{W}tr"))
        others = [other for other in row.getparent().iterchildren(f"{W}tr") if other is not row]
        if others:
            self.chance.choice(others).addnext(row)

    def row(self, paragraph: Any) -> None:
        row = next(paragraph.iterancestors(f"{W}tr"), None)
        if row is not None and next(row.iter(f"{W}tbl"), None) is None:
            super().row(paragraph)

    def retype(self, paragraph: Any) -> None:
        """A cell that says something else: another importance, another name of a group."""
        self.clear(paragraph)
        next(paragraph.iter(f"{W}t")).text = self.chance.choice(["Essential", "Desirable", "Our own group"])

    def clear(self, paragraph: Any) -> None:
        for text in paragraph.iter(f"{W}t"):
            text.text = ""

    def note(self, paragraph: Any) -> None:
        self.add(paragraph)


class Case:
    """A document of one layout that was printed, edited ``edits`` times at most, and is brought up to date."""

    def __init__(self, seed: int, edits: int, moves: bool = False) -> None:
        chance = random.Random(seed)
        self.layout = chance.choice(sorted(LAYOUTS))
        old = draft_of(chance.choice(POSTS))
        self.parts, self.base = _document_and_blocks(self.layout, old)
        fresh, self.new = _document_and_blocks(self.layout, Release(old, chance, moves).draft)
        self.theirs, self.fresh = stories_of(self.parts), stories_of(fresh)
        person = Person(self.theirs, chance)
        if edits and chance.random() < 0.3:
            for paragraph in list(paragraphs_of(self.theirs)):
                person.unanchor(paragraph)
        person.edit(chance.randrange(1, edits + 1) if edits else 0)
        self.tree = copy.deepcopy(self.theirs)
        for number, row in enumerate(self.tree.iter(f"{W}tr")):
            row.set(_MARK, str(number))
        decisions = merge(
            self.base,
            DocumentText.in_tree(self.tree).paragraphs,
            self.new,
            fresh=DocumentText.in_tree(self.fresh),
        )
        result = redline(
            File.of(self.parts),
            DocumentText.in_tree(self.tree),
            DocumentText.in_tree(self.fresh),
            decisions,
            stamp=MANNER.stamp,
        )
        self.file = result.file
        self.decisions, self.unplaced = result.decisions, result.unplaced
        self.accepted, self.rejected = copy.deepcopy(self.tree), copy.deepcopy(self.tree)
        accept_all(self.accepted)
        reject_all(self.rejected)


@functools.lru_cache(maxsize=64)
def _document_and_blocks(layout: str, draft: JobDescription) -> tuple[dict[str, bytes], tuple[Any, ...]]:
    template = template_of(layout)
    record = Recorder(ONE_ROW, lambda *_: {ITEM: b"<record/>", PROPERTIES: FRESH_PROPERTIES})
    content = fill(template, draft, DRAFTED, record=record)
    return parts_of(content), printed_blocks(draft, DocumentSources(shipped_library(), template, DRAFTED))


def lines_of(tree: Any) -> list[str]:
    return [text for paragraph in paragraphs_of(tree) if (text := comparable(text_of(paragraph)))]


def cells_of(row: Any) -> list[list[str]]:
    return [
        [text for paragraph in paragraphs_of(cell) if (text := comparable(text_of(paragraph)))]
        for cell in row.iterchildren(f"{W}tc")
    ]


def rows_of(tree: Any) -> list[list[list[str]]]:
    return [cells_of(row) for row in tree.iter(f"{W}tr")]


@budget(6)
@given(SEEDS)
def test_a_document_that_nobody_has_touched_gets_the_change_of_the_framework_and_nothing_else(seed: int) -> None:
    case = Case(seed, edits=0)
    assert not case.unplaced
    assert lines_of(case.accepted) == lines_of(case.fresh), case.layout
    assert rows_of(case.accepted) == rows_of(case.fresh), case.layout


@budget(6)
@given(SEEDS, st.booleans())
def test_rejecting_all_gives_their_document_back(seed: int, moves: bool) -> None:
    case = Case(seed, edits=6, moves=moves)
    assert structure(case.rejected) == structure(case.theirs), case.layout
    assert not pending(case.rejected)


@budget(6)
@given(SEEDS, st.booleans())
def test_accepting_all_gives_what_was_decided(seed: int, moves: bool) -> None:
    case = Case(seed, edits=6, moves=moves)
    expected = [text_of(paragraph) for paragraph in paragraphs_of(case.theirs)]
    for decision in case.decisions:
        if decision.action in (Action.DELETE, Action.MOVE, Action.REWORD):
            expected[decision.places[0]] = decision.new if decision.action is Action.REWORD else ""
    coming = [decision for decision in case.decisions if decision.action in (Action.INSERT, Action.MOVE)]
    expected_texts = [*expected, *(decision.new for decision in coming if decision.id not in case.unplaced)]
    their_texts = {text for row in case.theirs.iter(f"{W}tr") for cell in cells_of(row) for text in cell}
    heads = {text for text in their_texts if text not in {comparable(block.text) for block in case.new}}
    # The words of a table's head come and go with the table.
    assert sorted(text for text in lines_of(case.accepted) if text not in heads) == sorted(
        text for words in expected_texts if (text := comparable(words)) and text not in heads
    ), case.layout
    assert not pending(case.accepted)


@budget(6)
@given(SEEDS, st.booleans())
@example(457, True)
@example(227732733, False)
def test_no_row_is_half_emptied(seed: int, moves: bool) -> None:
    case = Case(seed, edits=6, moves=moves)
    accepted = {row.get(_MARK): cells_of(row) for row in case.accepted.iter(f"{W}tr") if row.get(_MARK)}
    places = {at: decision for decision in case.decisions for at in decision.places}
    all_theirs = list(paragraphs_of(case.theirs))
    for number, row in enumerate(case.theirs.iter(f"{W}tr")):
        after = accepted.get(str(number))
        inside = [
            places[at]
            for at, paragraph in enumerate(all_theirs)
            if at in places and row in paragraph.iterancestors(f"{W}tr")
        ]
        if after is None:
            # What goes as a whole was all printed, and nobody had changed a word of it.
            assert all(decision.action in (Action.DELETE, Action.MOVE) for decision in inside), case.layout
            continue
        emptied = [
            column for column, (was, now) in enumerate(zip(cells_of(row), after, strict=True)) if was and not now
        ]
        assert not emptied, (case.layout, cells_of(row), after)


@budget(6)
@given(SEEDS)
def test_what_is_printed_in_each_row_is_found_in_the_row_of_what_it_belongs_to(seed: int) -> None:
    """Without anchors too, and where people took rows out beside it."""
    case = Case(seed, edits=10)
    paragraphs = paragraphs_of(case.theirs)
    row_of = {
        decision.id: next(paragraphs[decision.places[0]].iterancestors(f"{W}tr"), None)
        for decision in case.decisions
        if decision.places and decision.new
    }
    belongs = [(block_id, block_id.owner) for block_id in row_of if not block_id.is_heading]
    belongs += [
        (label.id, key)
        for label in labels_of(case.base, case.new, DocumentText.in_tree(case.fresh))
        for key in label.of
    ]
    for block_id, key in belongs:
        if row_of.get(block_id) is not None and row_of.get(key) is not None:
            assert row_of[block_id] is row_of[key], (case.layout, block_id, key)


@budget(6)
@given(SEEDS, st.booleans())
def test_a_withdrawn_row_is_asked_about_once(seed: int, moves: bool) -> None:
    case = Case(seed, edits=6, moves=moves)
    paragraphs = paragraphs_of(case.theirs)
    questions: dict[Any, list[Decision]] = {}
    for decision in case.decisions:
        row = next(paragraphs[decision.places[0]].iterancestors(f"{W}tr"), None) if decision.places else None
        if decision.action is Action.QUESTION and row is not None:
            questions.setdefault(row, []).append(decision)
    for decisions in questions.values():
        ids = {decision.id for decision in decisions}
        assert not any(decision.id.owner in ids for decision in decisions), case.layout


@pytest.mark.parametrize("layout", ["factor_first", "factor_last", "in_one_cell"])
def test_the_name_of_a_group_that_goes_with_its_only_criterion_was_over_no_other(layout: str) -> None:
    """It is printed once, as headings are, and the document made anew has none of it."""
    old = draft_of(POSTS[2])
    gone_group, experience, *groups = old.person_specification.groups
    first, edited_criterion, *criteria = experience.criteria
    remaining = (replace(experience, criteria=(first, *criteria)), *groups)
    new = replace(old, person_specification=replace(old.person_specification, groups=remaining))
    (parts, base), (fresh, now) = _document_and_blocks(layout, old), _document_and_blocks(layout, new)
    theirs = stories_of(parts)
    Editor(theirs, random.Random(1)).word(
        next(paragraph for paragraph in paragraphs_of(theirs) if text_of(paragraph) == edited_criterion.text)
    )
    decisions = merge(base, DocumentText.in_tree(theirs).paragraphs, now, fresh=DocumentText.in_tree(stories_of(fresh)))
    assert not [decision for decision in decisions if decision.action in (Action.MOVE, Action.STAY)]
    assert [decision.base for decision in decisions if decision.action is Action.QUESTION] == [edited_criterion.text]
    deleted = {decision.base for decision in decisions if decision.action is Action.DELETE}
    assert {gone_group.title, *(criterion.text for criterion in gone_group.criteria)} <= deleted


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_settles_them_alike(tmp_path: Path) -> None:
    """A handful of them, in which the cells and the ends of cells tell most."""
    judged = (case for seed in itertools.count() if (case := Case(seed, edits=3)).layout in _JUDGED)
    # A row with a content control in it is left there, empty, when its deletion is accepted.
    free = (case for case in judged if case.theirs.find(f".//{W}sdt") is None)
    cases = list(itertools.islice(free, count(4)))
    files = [File.of({name: _unmarked(case.file.content(name)) for name in case.file}).to_bytes() for case in cases]
    for case, (rejected, accepted) in zip(cases, LibreOffice(tmp_path).all_settled(files), strict=True):
        for ours, theirs in ((case.rejected, rejected), (case.accepted, accepted)):
            texts, expected = (
                [[text_of(paragraph).split() for paragraph in cell.iter(f"{W}p")] for cell in tree.iter(f"{W}tc")]
                for tree in (stories_of(parts_of(theirs)), ours)
            )
            assert texts == expected, case.layout


def _unmarked(part: bytes) -> bytes:
    return re.sub(rb' row="\d+"', b"", part)


@budget(6)
@given(SEEDS, st.booleans())
def test_a_second_time_there_is_nothing_to_do(seed: int, moves: bool) -> None:
    case = Case(seed, edits=6, moves=moves)
    for tree in (case.accepted, case.rejected):
        again = merge(case.new, DocumentText.in_tree(tree).paragraphs, case.new, fresh=DocumentText.in_tree(case.fresh))
        assert {decision.action for decision in again} <= {Action.KEEP, Action.ABSENT}, case.layout
