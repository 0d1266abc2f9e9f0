"""What somebody kept, and what they put under a heading of their own, is theirs at the next release."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from jdgen.record.model import WithdrawnText
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.edited_document import EditedDocument, withdrawn_texts
from jdgen.revision.merge import merge
from jdgen.revision.paragraphs import DocumentText, ReadParagraph
from jdgen.revision.redline.redline import redline
from jdgen.revision.redline.settling import accept_all
from jdgen.word.file import MAIN_PART as BODY
from jdgen.word.file import File
from jdgen.word.xml import parse
from tests.revision.random_documents import PARTS
from tests.revision.redline.test_redline import STAMP
from tests.revision.sections import Duty, Layout, Part, blocks_of_parts, document, headings_in, marks, words_in
from tests.revision.test_headings import (
    BOTH,
    BUDGET,
    EACH_LAYOUT,
    PLAN,
    RISKS,
    TEACH,
    TEAM,
    brought_up,
    duty,
    marks_in,
    taking_out,
)
from tests.revision.test_second_release import read_again
from tests.toolbox.blocks import printed_block
from tests.toolbox.rejecting import reject_all
from tests.toolbox.word import W

BUILD = Duty("t.2", "Build standards d6 with care.")
ADVISE = Duty("t.3", "Advise on standards d7 with the board.")


def times(tree: Any, mark: str) -> int:
    """In how many paragraphs ``mark`` stands."""
    return sum(mark in marks(words_in(paragraph)) for paragraph in tree.iter(f"{W}p"))


def released(
    theirs: Any, old: list[Part], new: list[Part], layout: Layout, withdrawn: tuple[WithdrawnText, ...]
) -> tuple[tuple[Decision, ...], Any, tuple[WithdrawnText, ...]]:
    """What is decided on a document of ``old``, the redline, and what the record of that says was withdrawn."""
    base, today, fresh = (
        blocks_of_parts(old, layout),
        blocks_of_parts(new, layout),
        DocumentText.in_tree(document(new, layout)),
    )
    text = DocumentText.in_tree(theirs)
    decisions = merge(base, text.paragraphs, today, fresh=fresh, withdrawn=withdrawn)
    kept_places = EditedDocument(base, text.paragraphs, withdrawn).kept_places
    new_withdrawn = withdrawn_texts(text.paragraphs, decisions, today, kept_places)
    result = redline(File.of(PARTS), text, fresh, decisions, stamp=STAMP)
    return result.decisions, parse(result.file.content(BODY)), new_withdrawn


@EACH_LAYOUT
@pytest.mark.parametrize("is_edited", [False, True], ids=["as it was", "edited"])
def test_what_somebody_kept_is_not_taken_for_a_text_that_they_took_out(is_edited: bool, layout: Layout) -> None:
    team = Part("team", TEAM.title, (*TEAM.duties, BUILD, ADVISE))
    first, second = [BUDGET, team], [BUDGET, Part("team", TEAM.title, (*TEAM.duties, ADVISE))]
    theirs = document(first, layout)
    decisions, tree, withdrawn = released(theirs, first, second, layout, ())
    assert {decision.id: decision.action for decision in decisions}["t.2"] is Action.DELETE
    reject_all(tree)
    emptied_duty, other_duty = duty(tree, "d7"), duty(tree, "d6")
    if is_edited:
        list(other_duty.iter(f"{W}t"))[-1].text += " And mine1."
    for node in [child for child in emptied_duty if child.tag != f"{W}pPr"]:
        emptied_duty.remove(node)
    joined_duty = Duty("t.1", f"{TEAM.duties[0].text[:-1]} and a{ADVISE.text[1:]}")
    third = [BUDGET, Part("team", TEAM.title, (joined_duty,))]
    decisions, tree, _ = released(read_again(tree), second, third, layout, withdrawn)
    actions = {decision.id: decision.action for decision in decisions}
    accept_all(tree)
    assert (actions["t.1"], actions["t.3"]) == (Action.OFFER, Action.ABSENT)
    assert "d6" in marks_in(tree)
    assert "d7" not in marks_in(tree)


def test_what_was_kept_is_known_over_several_releases_and_in_its_place() -> None:
    base = [printed_block(f"t.{number}", f"The duty of the number {number}.") for number in (1, 2, 3)]
    new = [base[0], base[2]]
    there = [ReadParagraph(block.text) for block in base]
    decisions = merge(base, there, new)
    withdrawn = withdrawn_texts(there, decisions, new, {})
    assert withdrawn == (WithdrawnText(1, base[1].text),)
    mine = [*there[:1], ReadParagraph("The duty of the number two."), *there[2:]]
    kept_places = EditedDocument(new, mine, withdrawn).kept_places
    assert kept_places == {1: False}
    assert withdrawn_texts(mine, merge(new, mine, new, withdrawn=withdrawn), new, kept_places) == (
        WithdrawnText(1, "The duty of the number two."),
    )


def test_a_withdrawn_text_that_is_printed_again_is_what_is_printed() -> None:
    base = [printed_block("t.1", "The duty of the number 1."), printed_block("t.2", "The duty of the number 2.")]
    there = [ReadParagraph(block.text) for block in base]
    document_there = EditedDocument(base, there, (WithdrawnText(0, base[1].text),))
    assert (document_there.places, document_there.kept_places) == ({"t.1": (0,), "t.2": (1,)}, {})


def under_their_own_heading(tree: Any) -> None:
    """Somebody who writes a heading before the last duty of a section, in the looks of its headings."""
    heading = etree.fromstring(etree.tostring(duty(tree, "h3")))
    for mark in [*heading.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
        mark.getparent().remove(mark)
    list(heading.iter(f"{W}t"))[-1].text = "What matters most h9"
    duty(tree, "d4").addprevious(heading)


def under_a_heading_made_bold(tree: Any) -> None:
    """The same, but the heading is a paragraph of no style with its words made bold, as people often have them."""
    under_their_own_heading(tree)
    heading = duty(tree, "h9")
    heading.find(f"{W}pPr").clear()
    for run in heading.iter(f"{W}r"):
        run.insert(0, etree.fromstring(f'<w:rPr xmlns:w="{W[1:-1]}"><w:b/></w:rPr>'))


def under_a_heading_of_another_level(tree: Any) -> None:
    under_their_own_heading(tree)
    duty(tree, "h9").find(f"{W}pPr/{W}pStyle").set(f"{W}val", "Heading3")


def heading_of(tree: Any, mark: str) -> str:
    """The last heading of any look before what has ``mark``."""
    heading = ""
    for paragraph in tree.iter(f"{W}p"):
        paragraph_marks = marks(words_in(paragraph))
        if mark in paragraph_marks:
            return heading
        heading = next((each for each in paragraph_marks if each.startswith("h")), heading)
    return ""


IN_PARAGRAPHS, IN_A_CELL = (Layout.PARAGRAPHS, Layout.NUMBERED), (Layout.CELL,)
EACH_HEADING = pytest.mark.parametrize(
    ("write", "layout"),
    [
        *((under_their_own_heading, layout) for layout in (*IN_PARAGRAPHS, *IN_A_CELL)),
        *((under_a_heading_made_bold, layout) for layout in IN_PARAGRAPHS),
        *((under_a_heading_of_another_level, layout) for layout in IN_PARAGRAPHS),
    ],
)


@EACH_HEADING
def test_what_stands_under_a_heading_that_somebody_wrote_stays_there(write: Any, layout: Layout) -> None:
    first, last = RISKS.duties
    new = [BUDGET, TEAM, Part("risks", RISKS.title, (last, first))]
    actions, tree, _ = brought_up([BUDGET, TEAM, RISKS], new, layout, write)
    assert actions["r.2"] is not Action.MOVE
    assert (heading_of(tree, "d3"), heading_of(tree, "d4")) == ("h3", "h9")


@EACH_HEADING
def test_what_is_new_comes_under_no_heading_that_somebody_wrote(write: Any, layout: Layout) -> None:
    more = Duty("r.3", "Teach new colleagues d8 with patience.")
    new = [BUDGET, TEAM, Part("risks", RISKS.title, (*RISKS.duties, more))]
    _, tree, _ = brought_up([BUDGET, TEAM, RISKS], new, layout, write)
    assert heading_of(tree, "d8") == "h3"


def test_a_heading_that_somebody_made_anew_in_bold_makes_none_of_their_other_texts() -> None:
    """The look that it has now is that of any text."""

    def write(tree: Any) -> None:
        under_their_own_heading(tree)
        for mark in ("h9", "h3"):
            duty(tree, mark).find(f"{W}pPr").clear()
        list(duty(tree, "h9").iter(f"{W}t"))[-1].text = "Remember h9 what we have said."
        next(duty(tree, "h3").iter(f"{W}r")).insert(0, etree.fromstring(f'<w:rPr xmlns:w="{W[1:-1]}"><w:b/></w:rPr>'))

    first, last = RISKS.duties
    more = Duty("r.3", "Teach new colleagues d8 with patience.")
    new = [BUDGET, TEAM, Part("risks", RISKS.title, (first, last, more))]
    _, tree, _ = brought_up([BUDGET, TEAM, RISKS], new, Layout.PARAGRAPHS, write)
    texts = [each for paragraph in tree.iter(f"{W}p") for each in marks(words_in(paragraph))]
    assert texts[texts.index("h3") :] == ["h3", "d3", "h9", "d4", "d8"]


def test_a_heading_of_the_template_that_somebody_renamed_is_none_of_their_own() -> None:
    def there(*texts: str) -> list[ReadParagraph]:
        return [ReadParagraph(text, style="Heading2") for text in texts]

    base = [printed_block("risks.title", "Risks"), printed_block("risks.1", "Keep a register of risks.")]
    duties = ReadParagraph(base[1].text, style="Duty")
    their_heading = ReadParagraph("Our own heading", style="Heading2")

    def people_headings(*paragraphs: ReadParagraph) -> frozenset[int]:
        fresh = etree.fromstring(
            f'<w:body xmlns:w="{W[1:-1]}"><w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>'
            "<w:r><w:t>What you decide</w:t></w:r></w:p></w:body>"
        )
        return EditedDocument(base, paragraphs).headings_of_people(DocumentText.in_tree(fresh))

    assert people_headings(*there("Risks"), duties, their_heading, *there("What you decide")) == {2}
    assert people_headings(*there("Risks"), duties, their_heading) == frozenset()


SPLIT_PLAN, SPLIT_TEACH = Duty("t.1-a", PLAN), Duty("t.1-b", TEACH)


def words_of_theirs(tree: Any) -> None:
    """Somebody who changes a word of a duty that is two things."""
    text = list(duty(tree, "d2").iter(f"{W}t"))[-1]
    text.text = (text.text or "").replace("the work", "all the work mine1")


def parted(tree: Any) -> None:
    """Somebody who makes two paragraphs of a duty that is two things."""
    whole = duty(tree, "d2")
    text = list(whole.iter(f"{W}t"))[-1]
    text.text, _, rest = (text.text or "").partition(" and ")
    half = etree.fromstring(etree.tostring(whole))
    for mark in [*half.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
        mark.getparent().remove(mark)
    *numbers, last = half.iter(f"{W}t")
    for number in numbers:
        number.text = ""
    last.text = rest
    whole.addnext(half)


@EACH_LAYOUT
@pytest.mark.parametrize("edit", [words_of_theirs, parted])
def test_a_text_that_somebody_changed_is_not_said_again_by_those_that_it_is_split_into(
    edit: Any, layout: Layout
) -> None:
    team = Part("team", TEAM.title, (Duty("t.1", BOTH),))
    new = [BUDGET, Part("team", TEAM.title, (SPLIT_PLAN, SPLIT_TEACH))]
    actions, tree, comments = brought_up([BUDGET, team], new, layout, edit)
    assert actions["t.1-a"] is actions["t.1-b"] is Action.OFFER
    assert times(tree, "d2") == times(tree, "d5") == 1
    assert PLAN in comments
    assert TEACH in comments


@EACH_LAYOUT
def test_a_text_that_somebody_changed_is_not_said_again_by_one_that_takes_it_in(layout: Layout) -> None:
    plan = "Plan the work of the team d2 with all who have a part in it, in time, and agree it with them"
    both = f"{plan} and t{TEACH[1:]}"
    before = [BUDGET, Part("team", TEAM.title, (Duty("t.1", f"{plan}."), Duty("t.2", TEACH)))]
    new = [BUDGET, Part("team", TEAM.title, (Duty("t.3", both),))]

    def change(tree: Any) -> None:
        text = list(duty(tree, "d5").iter(f"{W}t"))[-1]
        text.text = (text.text or "").replace("new", "all our new mine1")

    actions, tree, comments = brought_up(before, new, layout, change)
    assert actions["t.3"] is Action.OFFER
    assert times(tree, "d2") == times(tree, "d5") == 1
    assert both in comments


@EACH_LAYOUT
def test_where_a_text_waits_for_one_part_of_it_the_other_is_not_put_in_beside_it(layout: Layout) -> None:
    first = "Agree the budget d1 with the board"
    before = [BUDGET, Part("team", TEAM.title, (Duty("t.1", f"{first}."), Duty("t.2", BOTH)))]
    joined_duty = Duty("t.1", f"{first} and p{PLAN[1:]}")
    new = [BUDGET, Part("team", TEAM.title, (joined_duty, Duty("t.2-b", TEACH)))]

    def change(tree: Any) -> None:
        for text in tree.iter(f"{W}t"):
            if (text.text or "").endswith(f"{first}."):
                text.text = text.text.replace("with the board", "with our board mine1")

    actions, tree, _ = brought_up(
        [Part("budget", "Budget h1"), *before[1:]], [Part("budget", "Budget h1"), *new[1:]], layout, change
    )
    assert (actions["t.1"], actions["t.2-b"], actions["t.2"]) == (Action.OFFER, Action.OFFER, Action.QUESTION)
    assert times(tree, "d2") == times(tree, "d5") == 1


@EACH_LAYOUT
def test_what_was_kept_and_is_printed_again_is_there(layout: Layout) -> None:
    first = [BUDGET, Part("team", TEAM.title, (*TEAM.duties, BUILD, ADVISE))]
    second = [BUDGET, Part("team", TEAM.title, (*TEAM.duties, ADVISE))]
    _, tree, withdrawn = released(document(first, layout), first, second, layout, ())
    reject_all(tree)
    third = [BUDGET, Part("team", TEAM.title, (*TEAM.duties, ADVISE, Duty("t.9", BUILD.text)))]
    decisions, tree, _ = released(read_again(tree), second, third, layout, withdrawn)
    accept_all(tree)
    assert {decision.id: decision.action for decision in decisions}["t.9"] in {Action.KEEP, Action.REWORD}
    assert times(tree, "d6") == 1


def test_a_withdrawn_text_does_not_wait_for_a_heading_whose_words_it_says() -> None:
    base = [
        printed_block("a.title", "The plan of work"),
        printed_block("t.1", "Review risks and set up the plan of work."),
    ]
    there = [ReadParagraph(base[1].text)]
    actions = {decision.id: decision.action for decision in merge(base, there, base[:1])}
    assert actions == {"a.title": Action.ABSENT, "t.1": Action.DELETE}
    longer = [printed_block("a.title", "The plan of work h5"), base[1]]
    assert {decision.id: decision.action for decision in merge(longer, there, longer[:1])}["t.1"] is Action.DELETE


def test_a_text_goes_from_the_cell_of_its_heading_where_what_stood_beside_it_was_taken_out() -> None:
    team = Part("team", TEAM.title, (Duty("t.1", BOTH), BUILD))
    new = [BUDGET, Part("team", TEAM.title, (SPLIT_PLAN, SPLIT_TEACH, BUILD))]
    actions, tree, _ = brought_up([BUDGET, team], new, Layout.ROWS, taking_out("d6"))
    assert actions["t.1"] is Action.DELETE
    assert times(tree, "d2") == times(tree, "d5") == 1


def test_a_heading_does_not_go_from_a_kept_text_that_is_alone_in_its_table() -> None:
    """The head of the table went with the rest, and somebody kept one row of it."""
    first = [BUDGET, TEAM, Part("risks", RISKS.title, (BUILD,))]
    second = [BUDGET, TEAM, Part("risks", RISKS.title)]
    theirs = document(first, Layout.DUTY_ROWS)
    _, _, withdrawn = released(document(first, Layout.DUTY_ROWS), first, second, Layout.DUTY_ROWS, ())
    head = next(duty(theirs, "d6").iterancestors(f"{W}tbl")).find(f"{W}tr")
    head.getparent().remove(head)
    third = [Part("risks", RISKS.title), BUDGET, TEAM]
    _, tree, _ = released(theirs, second, third, Layout.DUTY_ROWS, withdrawn)
    accept_all(tree)
    assert headings_in(tree)["d6"] == {"h3"}
