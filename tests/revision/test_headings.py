"""Whatever people edit and the framework changes: each duty stays under its heading, what was taken out stays out, and
no word of a person's is lost. Documents, edits and second versions at random; ``JDGEN_SOAK=20`` takes many more."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from jdgen.record.model import WithdrawnText
from jdgen.revision.decisions import Action
from jdgen.revision.edited_document import EditedDocument, withdrawn_texts
from jdgen.revision.merge import merge
from jdgen.revision.paragraphs import DocumentText
from jdgen.revision.redline.redline import redline
from jdgen.revision.redline.settling import accept_all
from jdgen.word.file import MAIN_PART as BODY
from jdgen.word.file import File
from jdgen.word.xml import parse
from tests.revision.random_documents import PARTS, Section, blocks_of, document_of
from tests.revision.redline.test_redline import STAMP
from tests.revision.sections import (
    OTHER_PHRASES,
    STOCK_PHRASES,
    Duty,
    Layout,
    Namer,
    Part,
    Person,
    Phrases,
    blocks_of_parts,
    document,
    first_version,
    headings_in,
    headings_of_parts,
    marks,
    second_version,
    style,
    words_in,
)
from tests.toolbox.rejecting import reject_all, structure
from tests.toolbox.soak import seeds
from tests.toolbox.word import W

EACH_LAYOUT = pytest.mark.parametrize("layout", Layout, ids=[layout.name.lower() for layout in Layout])


class Case:
    """A document that was printed, edited, and is brought up to date."""

    def __init__(self, seed: int, layout: Layout, edits: int = 4, phrases: Phrases = OTHER_PHRASES) -> None:
        names = Namer(random.Random(seed), phrases)
        self.withdrawn: tuple[WithdrawnText, ...] = ()
        self.old = first_version(names)
        self.new = second_version(self.old, names)
        self.theirs = document(self.old, layout)
        self.person = Person(self.theirs, names)
        self.person.edit(names.chance.randrange(1, edits + 1) if edits else 0)
        self.bring_up_to_date(layout)

    def bring_up_to_date(self, layout: Layout) -> None:
        fresh = document(self.new, layout)
        base, paragraphs = blocks_of_parts(self.old, layout), DocumentText.in_tree(self.theirs).paragraphs
        new = blocks_of_parts(self.new, layout)
        decisions = merge(base, paragraphs, new, fresh=DocumentText.in_tree(fresh), withdrawn=self.withdrawn)
        there = EditedDocument(base, paragraphs, self.withdrawn)
        result = redline(
            File.of(PARTS),
            DocumentText.in_tree(copy.deepcopy(self.theirs)),
            DocumentText.in_tree(fresh),
            decisions,
            stamp=STAMP,
        )
        self.decisions, self.unplaced = result.decisions, result.unplaced
        #: What the record says that may stand in the document though it is in the version of today no more.
        self.withdrawn = withdrawn_texts(paragraphs, decisions, new, there.kept_places)
        self.tree = parse(result.file.content(BODY))
        self.accepted = copy.deepcopy(self.tree)
        accept_all(self.accepted)

    def moved_headings(self) -> int:
        return sum(decision.action is Action.MOVE and decision.id.is_heading for decision in self.decisions)


def marks_in(tree: Any) -> set[str]:
    return {mark for paragraph in tree.iter(f"{W}p") for mark in marks(words_in(paragraph))}


@contextmanager
def name_seed(seed: int) -> Iterator[None]:
    """Names the seed of a case that fails."""
    try:
        yield
    except AssertionError as error:
        error.add_note(f"seed {seed}")
        raise


def hold_headings(case: Case) -> None:
    """Fails where something has come to stand under another heading that the framework did not move there."""
    before, after = headings_in(case.theirs), headings_in(case.accepted)
    was, now = headings_of_parts(case.old), headings_of_parts(case.new)
    # What somebody moved and the framework withdrew in favour of another text is that text's.
    gone_marks = {
        mark for decision in case.decisions if decision.action is Action.DELETE for mark in marks(decision.base)
    }

    def is_moved(mark: str) -> bool:
        # Where somebody took a heading out, what is under it stands wherever the rest of it stands.
        is_there = now.get(mark) in after[mark] or now.get(mark) not in marks_in(case.theirs)
        return mark in now and was.get(mark) != now[mark] and is_there

    for mark in (before.keys() & after.keys()) - (gone_marks & case.person.touched):
        # A word goes with the text that it stands in.
        text = next(
            its_marks for paragraph in case.theirs.iter(f"{W}p") if mark in (its_marks := marks(words_in(paragraph)))
        )
        goes = any(map(is_moved, text & after.keys() if mark in case.person.words else {mark}))
        # A text that stays because somebody changed it may be there beside the new one that says the same.
        assert goes or before[mark] <= after[mark], mark


def hold_edits(case: Case) -> None:
    """Fails where a text is back that somebody took out, or one is lost that they wrote or both sides have."""
    there = marks_in(case.accepted)
    assert case.person.words <= there
    gone_marks = case.person.removed - marks_in(case.theirs)
    assert gone_marks.isdisjoint(there)
    hold_texts(case)


def hold_texts(case: Case) -> None:
    """Fails where a text is lost that both sides have."""
    kept_marks = {mark for mark in marks_in(case.theirs) if mark in headings_of_parts(case.new)}
    assert kept_marks <= marks_in(case.accepted)


@pytest.mark.soak
@EACH_LAYOUT
def test_nothing_comes_to_stand_under_another_heading_unless_the_framework_moved_it(layout: Layout) -> None:
    for seed in seeds(8):
        with name_seed(seed):
            hold_headings(Case(seed, layout))


@pytest.mark.soak
@EACH_LAYOUT
def test_what_a_person_took_out_stays_out_and_what_they_wrote_is_there(layout: Layout) -> None:
    for seed in seeds(8):
        with name_seed(seed):
            hold_edits(Case(seed, layout))


@pytest.mark.soak
@EACH_LAYOUT
def test_no_text_is_lost_where_texts_say_much_the_same(layout: Layout) -> None:
    for seed in seeds(8):
        with name_seed(seed):
            hold_texts(Case(seed, layout, phrases=STOCK_PHRASES))


@EACH_LAYOUT
@pytest.mark.parametrize("seed", [50001, 50032, 310001266])
def test_a_text_that_waits_for_one_made_of_it_is_not_reworded_to_one_that_says_much_the_same(
    seed: int, layout: Layout
) -> None:
    """Its words would be lost: the one made of it is only offered, as somebody changed the other of its parts."""
    hold_texts(Case(seed, layout, phrases=STOCK_PHRASES))


@pytest.mark.parametrize(
    ("hold", "seed", "layout", "edits"),
    [
        (hold_headings, 1639653244, Layout.PARAGRAPHS, 4),
        (hold_headings, 3468170512, Layout.ROWS, 4),
        (hold_edits, 2282436475, Layout.PARAGRAPHS, 4),
        (hold_headings, 1500000147, Layout.PARAGRAPHS, 4),
        (hold_headings, 1500000277, Layout.CELL, 4),
        (hold_headings, 2500000144, Layout.PARAGRAPHS, 4),
        (hold_headings, 2500000191, Layout.DUTY_ROWS, 4),
        (hold_headings, 3900000143, Layout.DUTY_ROWS, 8),
        (hold_headings, 3900000312, Layout.CELL, 8),
        (hold_headings, 10000645, Layout.DUTY_ROWS, 4),
        (hold_headings, 202410, Layout.NUMBERED, 4),
        (hold_headings, 202665, Layout.NUMBERED, 4),
    ],
)
def test_a_release_of_which_a_soak_found_a_fault(
    hold: Callable[[Case], None], seed: int, layout: Layout, edits: int
) -> None:
    hold(Case(seed, layout, edits))


@pytest.mark.soak
@EACH_LAYOUT
def test_rejecting_all_gives_the_person_s_file(layout: Layout) -> None:
    for seed in seeds(5):
        case = Case(seed, layout)
        reject_all(case.tree)
        assert structure(case.tree) == structure(case.theirs), seed


@pytest.mark.soak
@EACH_LAYOUT
def test_a_document_that_nobody_touched_becomes_the_fresh_one(layout: Layout) -> None:
    for seed in seeds(5):
        case = Case(seed, layout, edits=0)
        assert not case.unplaced, seed
        fresh = document(case.new, layout)
        # What stands at the head of tables may be a person's where the new document has no table to tell.
        is_told = fresh.find(f".//{W}tbl") is not None
        expected, texts = (
            [
                words
                for paragraph in tree.iter(f"{W}p")
                if (words := words_in(paragraph)) and (is_told or style(paragraph) != "Head")
            ]
            for tree in (fresh, case.accepted)
        )
        assert texts == expected, seed


@pytest.mark.soak
@EACH_LAYOUT
def test_edits_make_no_more_headings_move(layout: Layout) -> None:
    for seed in seeds(5):
        untouched = Case(seed, layout, edits=0)
        assert Case(seed, layout).moved_headings() <= untouched.moved_headings(), seed


def brought_up(old: list[Part], new: list[Part], layout: Layout, edit: Any) -> tuple[dict[str, Action], Any, str]:
    """What is decided on each block of ``old`` that somebody edited, the accepted document, and its comments."""
    theirs, fresh = document(old, layout), document(new, layout)
    edit(theirs)
    decisions = merge(
        blocks_of_parts(old, layout),
        DocumentText.in_tree(theirs).paragraphs,
        blocks_of_parts(new, layout),
        fresh=DocumentText.in_tree(fresh),
    )
    result = redline(File.of(PARTS), DocumentText.in_tree(theirs), DocumentText.in_tree(fresh), decisions, stamp=STAMP)
    tree = parse(result.file.content(BODY))
    accept_all(tree)
    comments = "".join(map(str, parse(result.file.content("word/comments.xml") or b"<none/>").itertext()))
    return {decision.id: decision.action for decision in result.decisions}, tree, comments


BUDGET = Part("budget", "Budget h1", (Duty("b.1", "Agree the budget d1 with the board."),))
TEAM = Part("team", "Team h2", (Duty("t.1", "Plan the work of the team d2 every month."),))
RISKS = Part(
    "risks",
    "Risks h3",
    (Duty("r.1", "Keep a register of risks d3 for each project."), Duty("r.2", "Tell the board d4 of high risks.")),
)
MOVED = [RISKS, BUDGET, TEAM]


def duty(tree: Any, mark: str) -> Any:
    return next(paragraph for paragraph in tree.iter(f"{W}p") if mark in marks(words_in(paragraph)))


def word(tree: Any) -> None:
    for text in duty(tree, "d3").iter(f"{W}t"):
        text.text = (text.text or "").replace("a register", "a full register")


def picture(tree: Any) -> None:
    etree.SubElement(etree.SubElement(duty(tree, "d3"), f"{W}r"), f"{W}drawing")


def put_under_it(tree: Any) -> None:
    there, origin = duty(tree, "d4"), duty(tree, "d2")
    moved_duty = copy.deepcopy(origin)
    for node in [each for each in origin if each.tag != f"{W}pPr"]:
        origin.remove(node)
    there.addnext(moved_duty)


def write_under_it(tree: Any) -> None:
    writing_behind("d4")(tree)


@pytest.mark.parametrize("edit", [word, picture, put_under_it, write_under_it])
@EACH_LAYOUT
def test_one_edit_keeps_a_section_together_and_strikes_no_other(edit: Any, layout: Layout) -> None:
    actions, tree, comments = brought_up([BUDGET, TEAM, RISKS], MOVED, layout, edit)
    assert not [
        block_id for block_id, action in actions.items() if action in (Action.MOVE, Action.DELETE, Action.INSERT)
    ]
    assert actions["risks.title"] is Action.STAY
    assert comments.count("The framework has this at the beginning now.") == 1
    headings = headings_in(tree)
    assert headings["d3"] == headings["d4"] == {"h3"}
    assert headings["d1"] == {"h1"}


@pytest.mark.parametrize("layout", [Layout.PARAGRAPHS, Layout.ROWS, Layout.CELL])
def test_without_an_edit_the_one_heading_moves_with_what_is_under_it(layout: Layout) -> None:
    actions, _, _ = brought_up([BUDGET, TEAM, RISKS], MOVED, layout, lambda tree: None)
    assert {block_id for block_id, action in actions.items() if action is Action.MOVE} == {"risks.title", "r.1", "r.2"}


@pytest.mark.parametrize("layout", [Layout.PARAGRAPHS, Layout.ROWS])
def test_what_is_new_under_a_section_that_stays_goes_there(layout: Layout) -> None:
    more = Part("risks", RISKS.title, (*RISKS.duties, Duty("r.3", "Close what is no risk d9 any more.")))
    actions, tree, _ = brought_up([BUDGET, TEAM, RISKS], [more, BUDGET, TEAM], layout, word)
    assert actions["r.3"] is Action.INSERT
    assert headings_in(tree)["d9"] == {"h3"}


@pytest.mark.parametrize("layout", [Layout.PARAGRAPHS, Layout.NUMBERED, Layout.CELL])
def test_what_somebody_moved_under_another_heading_draws_nothing_there(layout: Layout) -> None:
    """More than the heading weighs: by the order alone, that might be what they moved."""

    def move(tree: Any) -> None:
        for mark in ("d4", "d3"):
            duty(tree, "h2").addnext(duty(tree, mark))

    more = Part("risks", RISKS.title, (*RISKS.duties, Duty("r.3", "Close what is no risk d9 any more.")))
    actions, tree, _ = brought_up([RISKS, TEAM, BUDGET], [more, TEAM, BUDGET], layout, move)
    assert actions["r.3"] is Action.INSERT
    assert headings_in(tree) == {"d9": {"h3"}, "d3": {"h2"}, "d4": {"h2"}, "d2": {"h2"}, "d1": {"h1"}}


def test_a_row_made_of_two_keeps_what_stands_beside_the_one_whose_place_it_takes() -> None:
    plan, tell = (
        "Able to plan the work d2 of a team",
        "Able to tell a board d4 of all high risks in time and with a plan",
    )
    both = f"{plan}, able{tell[4:]}"
    first, last = Section("team", "Team h2"), Section("risks", "Risks h3")
    old = [replace(first, rows=(("t.1", plan),)), replace(last, rows=(("r.1", tell),))]
    new = [replace(first, rows=(("t.9", both),)), last]
    theirs, fresh = document_of(old), DocumentText.in_tree(document_of(new))
    etree.SubElement(etree.SubElement(duty(theirs, "d4"), f"{W}r"), f"{W}drawing")
    paragraphs = DocumentText.in_tree(theirs).paragraphs
    decisions = merge(blocks_of(old), paragraphs, blocks_of(new), fresh=fresh)
    outcomes = {decision.was: (decision.new, decision.action) for decision in decisions if not decision.id.is_heading}
    assert outcomes == {
        "t.1": (both, Action.REWORD),
        "t.1.importance": ("Essential", Action.KEEP),
        "r.1": ("", Action.QUESTION),
        "r.1.importance": ("", Action.KEEP),
    }


def test_a_heading_that_somebody_took_out_gets_nothing_new_and_that_is_told() -> None:
    def take_out(tree: Any) -> None:
        for mark in ("h2", "d2"):
            paragraph = next(each for each in tree.iter(f"{W}p") if mark in marks(words_in(each)))
            paragraph.getparent().remove(paragraph)

    more = Part("team", TEAM.title, (*TEAM.duties, Duty("t.2", "Teach new colleagues d8 with patience.")))
    old, new = [BUDGET, TEAM, RISKS], [BUDGET, more, RISKS]
    theirs, fresh = document(old, Layout.PARAGRAPHS), document(new, Layout.PARAGRAPHS)
    take_out(theirs)
    decisions = merge(
        blocks_of_parts(old, Layout.PARAGRAPHS),
        DocumentText.in_tree(theirs).paragraphs,
        blocks_of_parts(new, Layout.PARAGRAPHS),
        fresh=DocumentText.in_tree(fresh),
    )
    result = redline(File.of(PARTS), DocumentText.in_tree(theirs), DocumentText.in_tree(fresh), decisions, stamp=STAMP)
    assert result.unplaced == ("t.2",)
    assert "d8" not in marks_in(parse(result.file.content(BODY)))


def taking_out(*gone_marks: str) -> Callable[[Any], None]:
    """Somebody who takes out what has these marks, and leaves an empty cell where it stood alone in one."""

    def take_out(tree: Any) -> None:
        for mark in gone_marks:
            paragraph = next(each for each in tree.iter(f"{W}p") if mark in marks(words_in(each)))
            for node in [each for each in paragraph if each.tag != f"{W}pPr"]:
                paragraph.remove(node)
            if paragraph.getparent().tag != f"{W}tc" or len(paragraph.getparent().findall(f"{W}p")) > 1:
                paragraph.getparent().remove(paragraph)

    return take_out


PLAN, TEACH = "Plan the work of the team d2.", "Teach new colleagues d5 with patience."
BOTH = "Plan the work of the team d2 and teach new colleagues d5 with patience."


@EACH_LAYOUT
def test_a_text_stays_that_is_split_where_its_parts_have_no_place(layout: Layout) -> None:
    joined_part, split = (
        Part("team", TEAM.title, tuple(Duty(f"team.{name}", text) for name, text in texts))
        for texts in ([("both", BOTH)], [("one", PLAN), ("other", TEACH)])
    )
    actions, tree, comments = brought_up([BUDGET, joined_part], [BUDGET, split], layout, taking_out("h2"))
    assert actions["team.both"] is Action.QUESTION
    assert {"d2", "d5"} <= marks_in(tree)
    assert "there is no place for the text that says its words now" in comments


@EACH_LAYOUT
def test_words_stay_that_come_under_a_heading_that_somebody_took_out(layout: Layout) -> None:
    before = [Part("team", TEAM.title, (Duty("team.1", BOTH),)), RISKS]
    taught = Part("risks", RISKS.title, (*RISKS.duties, Duty("risks.5", TEACH)))
    after = [Part("team", TEAM.title, (Duty("team.1", PLAN),)), taught]
    actions, tree, comments = brought_up(before, after, layout, taking_out("h3", "d3", "d4"))
    assert actions["team.1"] is Action.OFFER
    assert headings_in(tree)["d5"] == {"h2"}
    assert "there is no place for the text that says its words now" in comments


def test_a_row_stays_whole_that_is_split_where_its_parts_have_no_place() -> None:
    first = Section("budget", "Budget h1", rows=(("b.1", "Agree the budget d1 with the board."),))
    old = [first, Section("team", "Team h2", rows=(("team.both", BOTH),))]
    new = [first, Section("team", "Team h2", rows=(("team.one", PLAN), ("team.other", TEACH)))]
    theirs, fresh = document_of(old), document_of(new)
    taking_out("h2")(theirs)
    theirs, fresh = DocumentText.in_tree(theirs), DocumentText.in_tree(fresh)
    decisions = merge(blocks_of(old), theirs.paragraphs, blocks_of(new), fresh=fresh)
    result = redline(File.of(PARTS), theirs, fresh, decisions, stamp=STAMP)
    tree = parse(result.file.content(BODY))
    accept_all(tree)
    row = next(paragraph.getparent().getparent() for paragraph in tree.iter(f"{W}p") if words_in(paragraph) == BOTH)
    assert [words_in(paragraph) for paragraph in row.iter(f"{W}p")] == [BOTH, "Essential"]
    questions = [decision.id for decision in result.decisions if decision.action is Action.QUESTION]
    assert questions == ["team.both"]


@EACH_LAYOUT
def test_a_withdrawn_heading_stays_over_a_text_whose_own_was_taken_out(layout: Layout) -> None:
    actions, tree, comments = brought_up([RISKS, BUDGET, TEAM], [RISKS, TEAM], layout, taking_out("h2"))
    assert actions["budget.title"] is Action.QUESTION
    assert headings_in(tree)["d2"] == {"h1"}
    # No row is half emptied.
    assert ("d1" in marks_in(tree)) is (layout is Layout.ROWS)
    assert "a text stands under it whose own heading somebody took out" in comments


@EACH_LAYOUT
def test_a_withdrawn_heading_goes_where_what_is_left_under_it_comes_under_a_new_one(layout: Layout) -> None:
    plans = Part("plans", "Plans h7", TEAM.duties)
    actions, tree, _ = brought_up([RISKS, BUDGET, TEAM], [RISKS, BUDGET, plans], layout, lambda tree: None)
    assert actions["team.title"] is Action.DELETE
    assert headings_in(tree)["d2"] == {"h7"}


@EACH_LAYOUT
def test_what_was_taken_out_stays_out_where_it_is_split_and_one_part_says_as_much_again(layout: Layout) -> None:
    both = "Plan the work of the team d2 every month and keep benefits d5 across all sites."
    joined_part, split = (
        Part("team", TEAM.title, tuple(Duty(f"team.{number}", text) for number, text in enumerate(texts, 1)))
        for texts in (
            ["Teach new colleagues d8 with patience.", both],
            [
                "Teach new colleagues d8 with patience.",
                "Plan the work of the team d2 every month.",
                "Keep benefits d5 across all sites, as agreed in the new version.",
            ],
        )
    )
    actions, tree, _ = brought_up([BUDGET, joined_part], [BUDGET, split], layout, taking_out("d2"))
    assert actions["team.2"] is actions["team.3"] is Action.ABSENT
    assert marks_in(tree).isdisjoint({"d2", "d5"})


@EACH_LAYOUT
def test_a_text_stays_of_which_one_part_is_offered_only_and_the_other_put_in(layout: Layout) -> None:
    budget, plan = "Agree the budget d1 with the board every year", "plan the work of the team d2."
    before = [
        Part("budget", BUDGET.title, (Duty("b.1", f"{budget}."),)),
        Part("team", TEAM.title, (Duty("t.7", BOTH),)),
    ]
    after = [
        Part("budget", BUDGET.title, (Duty("b.1", f"{budget} and {plan}"),)),
        Part("team", TEAM.title, (Duty("team.other", TEACH),)),
    ]

    def other_word(tree: Any) -> None:
        text = list(duty(tree, "d1").iter(f"{W}t"))[-1]
        text.text = (text.text or "").replace("every year", "each quarter")

    actions, tree, _ = brought_up(before, after, layout, other_word)
    assert actions["b.1"] is Action.OFFER
    assert {"d2", "d5"} <= marks_in(tree)


def test_a_new_text_goes_into_the_row_of_its_heading_though_somebody_moved_what_was_there() -> None:
    def move(tree: Any) -> None:
        origin = duty(tree, "d2")
        duty(tree, "d4").addnext(copy.deepcopy(origin))
        for node in [each for each in origin if each.tag != f"{W}pPr"]:
            origin.remove(node)

    more = Part("team", TEAM.title, (Duty("t.0", "Teach new colleagues d8 with patience."), *TEAM.duties))
    actions, tree, _ = brought_up([BUDGET, TEAM, RISKS], [BUDGET, more, RISKS], Layout.ROWS, move)
    assert actions["t.0"] is Action.INSERT
    assert headings_in(tree)["d8"] == {"h2"}
    assert headings_in(tree)["d2"] == {"h3"}


@pytest.mark.parametrize("layout", [Layout.PARAGRAPHS, Layout.CELL])
@pytest.mark.parametrize("heading", [BUDGET, Part("plans", "Plans h7")], ids=["moved", "new"])
def test_a_heading_that_comes_takes_in_nothing_that_somebody_changed_behind_its_first_text(
    heading: Part, layout: Layout
) -> None:
    taught = Duty("r.5", TEACH)
    first, last = RISKS.duties
    old = [BUDGET, Part("risks", RISKS.title, (last, taught, first))]
    new = [Part("risks", RISKS.title, (last, first)), Part(heading.id, heading.title, (taught, *heading.duties))]
    _, tree, _ = brought_up(old, [*new, BUDGET] if heading is not BUDGET else new, layout, word)
    headings = headings_in(tree)
    assert headings["d3"] == headings["d4"] == {"h3"}
    assert headings["d5"] == marks(heading.title)


@EACH_LAYOUT
def test_a_text_stays_of_which_one_part_is_left_out_as_it_is_like_what_somebody_took_out(layout: Layout) -> None:
    teach = "each all new colleagues {} with patience and care."
    like = f"Report high risks d3 to the board and t{teach.format('d9')}"
    both, other = f"{PLAN[:-1]} and t{teach.format('d5')}", f"T{teach.format('d5')}"
    old, new = (
        [
            Part("budget", BUDGET.title, (*BUDGET.duties, Duty("b.2", like))),
            Part("team", TEAM.title, tuple(Duty(f"team.{name}", text) for name, text in texts)),
        ]
        for texts in ([("both", both)], [("one", PLAN), ("other", other)])
    )
    actions, tree, _ = brought_up(old, new, layout, taking_out("d9"))
    assert actions["team.other"] is Action.ABSENT
    assert actions["team.both"] is Action.QUESTION
    assert "d5" in marks_in(tree)


def unit_of(tree: Any, mark: str) -> Any:
    """The paragraph that has ``mark``, or its row where it is all that the row holds."""
    paragraph = duty(tree, mark)
    row = next(paragraph.iterancestors(f"{W}tr"), None)
    return row if row is not None and len(list(row.iter(f"{W}p"))) == 1 else paragraph


def writing_behind(mark: str) -> Callable[[Any], None]:
    """Somebody who writes something of their own behind what has ``mark``, in the same manner."""

    def write(tree: Any) -> None:
        unit = unit_of(tree, mark)
        note = copy.deepcopy(unit)
        for node in [*note.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
            node.getparent().remove(node)
        *numbers, text = note.iter(f"{W}t")
        for node in numbers:
            node.text = ""
        text.text = "A note of our own mine1."
        unit.addnext(note)

    return write


def moving(mark: str, behind: str) -> Callable[[Any], None]:
    """Somebody who moves a text behind another."""

    def move(tree: Any) -> None:
        origin, there = duty(tree, mark), unit_of(tree, behind)
        moved_unit = copy.deepcopy(there)
        (paragraph,) = [moved_unit] if moved_unit.tag == f"{W}p" else moved_unit.iter(f"{W}p")
        paragraph[:] = copy.deepcopy(origin)[:]
        for node in [each for each in origin if each.tag != f"{W}pPr"]:
            origin.remove(node)
        there.addnext(moved_unit)

    return move


PLANS = Part("plans", "Plans h7", TEAM.duties)
TO_PLANS = [RISKS, BUDGET, PLANS]
TO_BUDGET = [RISKS, Part("budget", BUDGET.title, (*BUDGET.duties, *TEAM.duties))]


@EACH_LAYOUT
@pytest.mark.parametrize(("new", "heading"), [(TO_PLANS, "h7"), (TO_BUDGET, "h1")], ids=["new", "before it"])
@pytest.mark.parametrize(
    ("edit", "mark"), [(writing_behind("d2"), "mine1"), (moving("d1", "d2"), "d1")], ids=["writes", "moves"]
)
def test_a_withdrawn_heading_stays_over_what_somebody_put_there_and_its_texts_go_to_another(
    edit: Any, mark: str, new: list[Part], heading: str, layout: Layout
) -> None:
    actions, tree, _ = brought_up([RISKS, BUDGET, TEAM], new, layout, edit)
    headings = headings_in(tree)
    assert actions["team.title"] is Action.QUESTION
    assert (headings[mark], headings["d2"]) == ({"h2"}, {heading})


@EACH_LAYOUT
def test_a_heading_that_moves_takes_in_nothing_that_somebody_moved_behind_its_text(layout: Layout) -> None:
    both = Part("team", TEAM.title, (*TEAM.duties, Duty("t.5", TEACH)))
    theirs = Part("risks", RISKS.title, (*RISKS.duties, *TEAM.duties))
    old, new = [RISKS, both], [Part("team", TEAM.title, both.duties[1:]), theirs]
    _, tree, _ = brought_up(old, new, layout, moving("d4", "d2"))
    headings = headings_in(tree)
    assert (headings["d2"], headings["d4"], headings["d5"]) == ({"h3"}, {"h2"}, {"h2"})


@EACH_LAYOUT
def test_a_new_section_goes_before_one_that_takes_over_the_last_text_of_the_section_before(layout: Layout) -> None:
    taught = Duty("t.5", TEACH)
    old = [BUDGET, Part("team", TEAM.title, (*TEAM.duties, taught))]
    first = Part("first", "Suppliers h8", (Duty("first.1", "Agree contracts d8 with suppliers."),))
    new = [BUDGET, TEAM, first, Part("plans", "Plans h7", (taught,))]
    _, tree, _ = brought_up(old, new, layout, lambda tree: None)
    expected = [words_in(paragraph) for paragraph in document(new, layout).iter(f"{W}p")]
    assert [words_in(paragraph) for paragraph in tree.iter(f"{W}p")] == expected


def join_rows(tree: Any) -> None:
    row, cell = unit_of(tree, "d4"), duty(tree, "d3").getparent()
    cell.append(duty(tree, "d4"))
    row.getparent().remove(row)


def test_a_heading_stays_over_a_text_whose_row_somebody_joined_with_one_that_stays() -> None:
    def join(tree: Any) -> None:
        word(tree)
        join_rows(tree)

    actions, tree, _ = brought_up([BUDGET, TEAM, RISKS], MOVED, Layout.DUTY_ROWS, join)
    assert actions["risks.title"] is Action.STAY
    assert headings_in(tree)["d3"] == headings_in(tree)["d4"] == {"h3"}


def test_a_text_in_the_row_of_one_that_is_withdrawn_goes_with_its_heading() -> None:
    new = [Part("risks", RISKS.title, RISKS.duties[:1]), BUDGET, TEAM]
    _, tree, _ = brought_up([BUDGET, TEAM, RISKS], new, Layout.DUTY_ROWS, join_rows)
    assert headings_in(tree)["d3"] == {"h3"}


@EACH_LAYOUT
def test_a_text_made_of_several_takes_the_place_of_the_one_under_its_own_heading(layout: Layout) -> None:
    def draw(tree: Any) -> None:
        etree.SubElement(etree.SubElement(duty(tree, "d1"), f"{W}r"), f"{W}drawing")

    both = "Agree the budget d1 with the board and plan the work of the team d2 every month."
    new = [Part("budget", BUDGET.title), Part("team", TEAM.title, (Duty("t.1-m", both),))]
    _, tree, _ = brought_up([BUDGET, TEAM], new, layout, draw)
    assert headings_in(tree)["d2"] == {"h2"}


def own_words(tree: Any) -> None:
    text = list(duty(tree, "d2").iter(f"{W}t"))[-1]
    text.text = (text.text or "").replace("the work", "all the work")


@EACH_LAYOUT
@pytest.mark.parametrize("is_first", [True, False], ids=["before it", "behind it"])
def test_a_new_heading_does_not_come_over_a_text_that_says_what_is_under_it(is_first: bool, layout: Layout) -> None:
    plans = Part("plans", PLANS.title, (Duty("plans.1", TEACH),))
    team = Part("team", TEAM.title, (Duty("t.1", PLAN),))
    old, new = [BUDGET, Part("team", TEAM.title, (Duty("t.1", BOTH),))], [plans, team] if is_first else [team, plans]
    actions, tree, comments = brought_up(old, [BUDGET, *new], layout, own_words)
    assert (actions["plans.title"], actions["plans.1"]) == (Action.INSERT, Action.OFFER)
    assert headings_in(tree)["d2"] == headings_in(tree)["d5"] == {"h2"}
    assert TEACH in comments


@EACH_LAYOUT
def test_a_new_text_does_not_come_beside_one_elsewhere_that_says_what_is_under_its_heading(layout: Layout) -> None:
    more = (*BUDGET.duties, Duty("b.2", TEACH), Duty("b.3", "Close what is no risk d8 any more."))
    old = [BUDGET, Part("team", TEAM.title, (Duty("t.1", BOTH),))]
    new = [Part("budget", BUDGET.title, more), Part("team", TEAM.title, (Duty("t.1", PLAN),))]
    actions, tree, _ = brought_up(old, new, layout, own_words)
    assert actions["b.2"] is Action.OFFER
    assert (headings_in(tree)["d8"], headings_in(tree)["d5"]) == ({"h1"}, {"h2"})


@EACH_LAYOUT
def test_a_new_text_is_put_in_though_one_that_somebody_changed_says_nearly_the_same(layout: Layout) -> None:
    """Where texts are numbered, that one gets another number, and is what it was."""
    plan = "Plan the work of the team {} with all who have a part in it."
    team = Part("team", TEAM.title, (Duty("t.1", plan.format("d2")),))
    plans = Part("plans", PLANS.title, (Duty("plans.9", plan.format("d9")),))
    actions, tree, comments = brought_up([BUDGET, team], [BUDGET, plans, team], layout, own_words)
    assert actions["plans.9"] is Action.INSERT
    assert (headings_in(tree)["d9"], headings_in(tree)["d2"]) == ({"h7"}, {"h2"})
    assert not comments


def test_a_text_gets_its_number_into_which_somebody_moved_words_of_another() -> None:
    first, second = BUDGET.duties[0].text[:-1], " and keep the accounts of each project in order"

    def move_words(tree: Any) -> None:
        for mark, words in (("d1", ""), ("d2", f"{second}.")):
            text = list(duty(tree, mark).iter(f"{W}t"))[-1]
            text.text = (text.text or "").replace(f"{second}.", "").rstrip(".") + (words or ".")

    budget = Part("budget", BUDGET.title, (Duty("b.1", f"{first}{second}."),))
    old, new = [budget, TEAM], [Part("risks", RISKS.title, RISKS.duties), budget, TEAM]
    actions, tree, comments = brought_up(old, new, Layout.NUMBERED, move_words)
    assert actions["t.1"] is Action.REWORD
    assert words_in(duty(tree, "d2")) == f"3.1\t{TEAM.duties[0].text[:-1]}{second}."
    assert not comments


@EACH_LAYOUT
def test_a_text_stays_of_which_a_half_is_only_offered_where_its_last_words_were_the_first(layout: Layout) -> None:
    """The word before which the half is put has a small letter then."""
    close = "lose what is no risk any more d8."
    old = [BUDGET, Part("team", TEAM.title, (Duty("t.1", BOTH), Duty("t.2", f"C{close}")))]
    joined_text = f"{TEACH[:-1]} and c{close}"
    new = [BUDGET, Part("team", TEAM.title, (Duty("t.1", PLAN), Duty("t.2", joined_text)))]

    def close_all(tree: Any) -> None:
        text = list(duty(tree, "d8").iter(f"{W}t"))[-1]
        text.text = (text.text or "").replace("what is no", "all that is no")
        moving("d2", "d8")(tree)

    _, tree, _ = brought_up(old, new, layout, close_all)
    assert {"d2", "d5", "d8"} <= marks_in(tree)


@EACH_LAYOUT
def test_a_text_takes_the_place_of_none_that_it_is_only_like(layout: Layout) -> None:
    """It was a half of one that somebody took out; what it is like is said in another now."""
    build = "Build the team {} with the board."
    both = f"{PLAN[:-1]} and b{build.format('d5')[1:]}"
    old = [Part("risks", RISKS.title, (*RISKS.duties, Duty("r.3", build.format("d6")))), BUDGET]
    old.append(Part("team", TEAM.title, (Duty("t.1", both), Duty("t.2", "Close what is no risk d8 any more."))))
    more = f"{RISKS.duties[1].text[:-1]} and b{build.format('d6')[1:]}"
    new = [Part("risks", RISKS.title, (RISKS.duties[0], Duty("r.2", more))), BUDGET]
    new.append(Part("team", TEAM.title, (Duty("t.1", PLAN), Duty("t.1-b", build.format("d5")), old[2].duties[1])))

    def draw(tree: Any) -> None:
        etree.SubElement(etree.SubElement(duty(tree, "d4"), f"{W}r"), f"{W}drawing")
        taking_out("d2")(tree)

    actions, tree, _ = brought_up(old, new, layout, draw)
    assert actions["t.1-b"] is Action.ABSENT
    assert headings_in(tree)["d6"] == {"h3"}
    assert "d5" not in marks_in(tree)


def test_what_is_new_comes_into_no_table_that_somebody_emptied_under_a_heading_that_goes() -> None:
    """Its head is the only one that is left, and stands under another heading."""

    def empty(tree: Any) -> None:
        picture_there = duty(tree, "d2")
        etree.SubElement(etree.SubElement(picture_there, f"{W}r"), f"{W}drawing")
        taking_out("d1")(tree)

    new = [Part("team", TEAM.title, (Duty("t.8", TEACH),))]
    _, tree, _ = brought_up([BUDGET, TEAM], new, Layout.DUTY_ROWS, empty)
    assert headings_in(tree)["d5"] == {"h2"}


@pytest.mark.parametrize("is_row_left", [True, False], ids=["an empty row", "the head alone"])
def test_what_is_new_comes_into_the_table_that_somebody_emptied_under_its_heading(*, is_row_left: bool) -> None:
    def empty(tree: Any) -> None:
        row = duty(tree, "d2").getparent().getparent()
        taking_out("d2")(tree)
        if not is_row_left:
            row.getparent().remove(row)

    new = [BUDGET, Part("team", TEAM.title, (*TEAM.duties, Duty("t.8", TEACH)))]
    actions, tree, _ = brought_up([BUDGET, TEAM], new, Layout.DUTY_ROWS, empty)
    assert actions["t.8"] is Action.INSERT
    tables = [[words_in(paragraph) for paragraph in table.iter(f"{W}p")] for table in tree.iter(f"{W}tbl")]
    assert tables == [["Duty", BUDGET.duties[0].text], ["Duty", TEACH, *([""] if is_row_left else [])]]


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "there"])
def test_what_is_new_comes_into_no_table_of_another_heading_though_its_head_is_the_only_one_of_its_words(
    is_new: bool,
) -> None:
    """What stands in that table was withdrawn before, and somebody kept it."""

    def keep(tree: Any) -> None:
        table = duty(tree, "d2").getparent().getparent().getparent()
        table.addnext(other := copy.deepcopy(table))
        for mark in [*other.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        list(other.iter(f"{W}t"))[-1].text = "What we have always done mine1."
        other.getprevious().addnext(behind := duty(tree, "h3"))
        behind.addnext(other)

    old = [TEAM, Part("risks", RISKS.title)]
    new = [
        Part("plans", PLANS.title, (Duty("plans.1", TEACH),))
        if is_new
        else Part("team", TEAM.title, (Duty("t.9", TEACH),))
    ]
    _, tree, _ = brought_up(old, [*new, old[1]], Layout.DUTY_ROWS, keep)
    headings = headings_in(tree)
    assert (headings["d5"], headings["mine1"]) == ({"h7" if is_new else "h2"}, {"h3"})
