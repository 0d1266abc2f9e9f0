"""What somebody kept, and what they put under a heading of their own, is theirs at the next release."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from jdgen.record.model import WithdrawnText
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.merge import merge
from jdgen.revision.paragraphs import DocumentText, ReadParagraph
from jdgen.revision.redline.redline import redline
from jdgen.revision.redline.settling import accept_all
from jdgen.revision.standing import EditedDocument, withdrawn_texts
from jdgen.word.file import MAIN_PART as BODY
from jdgen.word.file import File
from jdgen.word.xml import parse
from tests.revision.random_documents import PARTS
from tests.revision.redline.test_redline import STAMP
from tests.revision.sections import Duty, Layout, Part, document, headings_in, printed
from tests.revision.test_headings import BUDGET, EACH_LAYOUT, RISKS, TEAM, brought_up, duty, marks_in
from tests.revision.test_second_release import read_again
from tests.toolbox.blocks import printed_block
from tests.toolbox.rejecting import reject_all
from tests.toolbox.word import W

BUILD = Duty("t.2", "Build standards d6 with care.")
ADVISE = Duty("t.3", "Advise on standards d7 with the board.")


def released(
    theirs: Any, old: list[Part], new: list[Part], layout: Layout, withdrawn: tuple[WithdrawnText, ...]
) -> tuple[tuple[Decision, ...], Any, tuple[WithdrawnText, ...]]:
    """What is decided on a document of ``old``, the redline, and what the record of that says was withdrawn."""
    base, today, fresh = printed(old, layout), printed(new, layout), DocumentText.in_tree(document(new, layout))
    text = DocumentText.in_tree(theirs)
    decisions = merge(base, text.paragraphs, today, fresh=fresh, withdrawn=withdrawn)
    kept = EditedDocument(base, text.paragraphs, withdrawn).kept
    gone = withdrawn_texts(text.paragraphs, decisions, today, kept)
    made = redline(File.of(PARTS), text, fresh, decisions, stamp=STAMP)
    return made.decisions, parse(made.file.content(BODY)), gone


@EACH_LAYOUT
@pytest.mark.parametrize("is_edited", [False, True], ids=["as it was", "edited"])
def test_what_somebody_kept_is_not_taken_for_a_text_that_they_took_out(is_edited: bool, layout: Layout) -> None:
    team = Part("team", TEAM.title, (*TEAM.duties, BUILD, ADVISE))
    first, second = [BUDGET, team], [BUDGET, Part("team", TEAM.title, (*TEAM.duties, ADVISE))]
    theirs = document(first, layout)
    made, tree, withdrawn = released(theirs, first, second, layout, ())
    assert {one.id: one.action for one in made}["t.2"] is Action.DELETE
    reject_all(tree)
    gone, stays = duty(tree, "d7"), duty(tree, "d6")
    if is_edited:
        list(stays.iter(f"{W}t"))[-1].text += " And mine1."
    for node in [one for one in gone if one.tag != f"{W}pPr"]:
        gone.remove(node)
    joined = Duty("t.1", f"{TEAM.duties[0].text[:-1]} and a{ADVISE.text[1:]}")
    third = [BUDGET, Part("team", TEAM.title, (joined,))]
    made, tree, _ = released(read_again(tree), second, third, layout, withdrawn)
    actions = {one.id: one.action for one in made}
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
    kept = EditedDocument(new, mine, withdrawn).kept
    assert kept == {1: False}
    assert withdrawn_texts(mine, merge(new, mine, new, withdrawn=withdrawn), new, kept) == (
        WithdrawnText(1, "The duty of the number two."),
    )


def test_a_withdrawn_text_that_is_printed_again_is_what_is_printed() -> None:
    base = [printed_block("t.1", "The duty of the number 1."), printed_block("t.2", "The duty of the number 2.")]
    there = [ReadParagraph(block.text) for block in base]
    document_there = EditedDocument(base, there, (WithdrawnText(0, base[1].text),))
    assert (document_there.places, document_there.kept) == ({"t.1": (0,), "t.2": (1,)}, {})


def under_their_own_heading(tree: Any) -> None:
    """Somebody who writes a heading before the last duty of a section, in the looks of its headings."""
    made = etree.fromstring(etree.tostring(duty(tree, "h3")))
    for mark in [*made.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
        mark.getparent().remove(mark)
    list(made.iter(f"{W}t"))[-1].text = "What matters most h9"
    duty(tree, "d4").addprevious(made)


@pytest.mark.parametrize("layout", [Layout.PARAGRAPHS, Layout.NUMBERED, Layout.CELL])
def test_what_stands_under_a_heading_that_somebody_wrote_stays_there(layout: Layout) -> None:
    first, last = RISKS.duties
    new = [BUDGET, TEAM, Part("risks", RISKS.title, (last, first))]
    made, tree, _ = brought_up([BUDGET, TEAM, RISKS], new, layout, under_their_own_heading)
    assert made["r.2"] is not Action.MOVE
    assert (headings_in(tree)["d3"], headings_in(tree)["d4"]) == ({"h3"}, {"h9"})


@pytest.mark.parametrize("layout", [Layout.PARAGRAPHS, Layout.NUMBERED, Layout.CELL])
def test_what_is_new_comes_under_no_heading_that_somebody_wrote(layout: Layout) -> None:
    more = Duty("r.3", "Teach new colleagues d8 with patience.")
    new = [BUDGET, TEAM, Part("risks", RISKS.title, (*RISKS.duties, more))]
    _, tree, _ = brought_up([BUDGET, TEAM, RISKS], new, layout, under_their_own_heading)
    assert headings_in(tree)["d8"] == {"h3"}


def test_a_heading_of_the_template_that_somebody_renamed_is_none_of_their_own() -> None:
    def there(*texts: str) -> list[ReadParagraph]:
        return [ReadParagraph(text, style="Heading2") for text in texts]

    base = [printed_block("risks.title", "Risks"), printed_block("risks.1", "Keep a register of risks.")]
    duties = ReadParagraph(base[1].text, style="Duty")
    own = ReadParagraph("Our own heading", style="Heading2")

    def found(*paragraphs: ReadParagraph) -> frozenset[int]:
        fresh = etree.fromstring(
            f'<w:body xmlns:w="{W[1:-1]}"><w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr>'
            "<w:r><w:t>What you decide</w:t></w:r></w:p></w:body>"
        )
        return EditedDocument(base, paragraphs).headings_of_people(DocumentText.in_tree(fresh))

    assert found(*there("Risks"), duties, own, *there("What you decide")) == {2}
    assert found(*there("Risks"), duties, own) == frozenset()
