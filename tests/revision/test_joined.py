"""Texts that a person joined in one paragraph: found there, kept, and told of."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from lxml import etree

from jdgen.revision.decisions import Action, Decision
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.joined_texts import stretches
from jdgen.revision.merge import merge
from jdgen.revision.paragraphs import ReadParagraph
from jdgen.revision.redline.redline import Conflicts
from jdgen.revision.redline.settling import accept_all
from jdgen.revision.regeneration import Regenerated, RegenerationSettings, regenerate
from tests.toolbox import documents as making
from tests.toolbox.blocks import printed_block
from tests.toolbox.documents import BODY, MANNER, MOVED, WITHDRAWN, altered, example_document, materials, texts_of
from tests.toolbox.rejecting import looks, reject_all
from tests.toolbox.word import W, parts_of

LEAD = "Lead the office and set the standards that its projects work to."
BUILD = "Build strong networks inside and outside the organisation."
REPORT = "Report progress to the board every month."
JOINED = "it is joined to other text in one paragraph"


def join(tree: Any, words: str, *, small: bool = False) -> None:
    """Backspace at the start of the paragraph that begins with ``words``; ``small``: and a few characters changed."""
    paragraph = next(paragraph for paragraph in tree.iter(f"{W}p") if making.text_of(paragraph).startswith(words))
    before = next(sibling for sibling in paragraph.itersiblings(f"{W}p", preceding=True) if making.text_of(sibling))
    if small:
        first, last = next(paragraph.iter(f"{W}t")), list(before.iter(f"{W}t"))[-1]
        first.text = f" {first.text[0].lower()}{first.text[1:]}"
        last.text = f"{last.text.rstrip('.')};"
    for node in list(paragraph):
        if node.tag != f"{W}pPr":
            before.append(node)
    paragraph.getparent().remove(paragraph)


def redline_of(
    content: bytes, newer: FreshSources, manner: RegenerationSettings = MANNER
) -> tuple[Regenerated, Any, str]:
    result = regenerate(content, "jd.docx", newer, manner)
    assert result.content is not None
    parts = parts_of(result.content)
    comments = "".join(map(str, etree.fromstring(parts.get("word/comments.xml", b"<none/>")).itertext()))
    return result, etree.fromstring(parts[BODY]), comments


def of_text(result: Regenerated, words: str) -> Decision:
    (match,) = [decision for decision in result.decisions if decision.base.startswith(words)]
    return match


@pytest.mark.parametrize("small", [False, True], ids=["as it was", "with small changes"])
def test_a_withdrawn_duty_that_was_joined_to_the_one_before_is_kept_and_told(newer: FreshSources, small: bool) -> None:
    mine = altered(example_document(), lambda tree: join(tree, WITHDRAWN, small=small))
    result, tree, comments = redline_of(mine, newer)
    decision = of_text(result, WITHDRAWN)
    assert decision.action is Action.QUESTION
    assert decision.places
    assert decision.is_edited or (decision.obstacle == JOINED and JOINED in decision.in_words)
    assert "The text that this was drafted from is withdrawn." in comments
    assert f"Before: {WITHDRAWN}" in comments
    accepted = copy.deepcopy(tree)
    accept_all(accepted)
    assert any(WITHDRAWN[1:] in text for text in texts_of(accepted))
    reject_all(tree)
    assert looks(tree) == looks(etree.fromstring(parts_of(mine)[BODY]))


def test_a_duty_that_was_joined_to_its_heading_is_not_taken_out(newer: FreshSources) -> None:
    first = "Establish the project processes"
    result, _, comments = redline_of(altered(example_document(), lambda tree: join(tree, first)), newer)
    heading, duty = of_text(result, "Risks & Issues"), of_text(result, first)
    assert heading.places == duty.places != ()
    assert (heading.action, duty.action) == (Action.KEEP, Action.OFFER)
    assert "New: Establish lasting project processes" in comments
    assert JOINED in comments


def test_new_words_never_take_the_place_of_a_neighbour_s(newer: FreshSources) -> None:
    """As a tracked change, they would strike the whole paragraph."""
    mine = altered(
        example_document(), lambda tree: join(tree, "Provide assurance to the project manager on the effectiveness")
    )
    manner = RegenerationSettings(MANNER.stamp, conflicts=Conflicts.TRACK)
    result, tree, _ = redline_of(mine, newer, manner)
    assert of_text(result, "Establish the project processes").action is Action.OFFER
    accept_all(tree)
    (text,) = [text for text in texts_of(tree) if "Establish the project processes" in text]
    assert "Provide assurance to the project manager" in text


def test_a_duty_that_the_framework_moved_stays_in_the_paragraph_that_it_was_joined_in() -> None:
    mine = altered(example_document(), lambda tree: join(tree, MOVED))
    result, _, comments = redline_of(mine, materials(making.rearranged_framework()))
    decision = of_text(result, MOVED)
    assert decision.action is Action.STAY
    assert "under 'Governance & Assurance'" in decision.belongs
    assert "The framework has this" in comments


def decided(old: list[str], theirs: list[str], new: dict[str, str]) -> dict[str, Decision]:
    base = [printed_block(f"b.{number}", text) for number, text in enumerate(old, 1)]
    fresh = [printed_block(*block) for block in new.items()]
    return {decision.id: decision for decision in merge(base, [ReadParagraph(text) for text in theirs], fresh)}


def test_three_that_were_joined_are_all_found() -> None:
    whole = f"{LEAD}{BUILD} {REPORT}"
    decisions = decided([LEAD, BUILD, REPORT], [whole], {"b.1": LEAD, "b.2": f"{BUILD[:-1]} every day."})
    assert {decision.places for decision in decisions.values()} == {(0,)}
    assert {name: decision.action for name, decision in decisions.items()} == {
        "b.1": Action.KEEP,
        "b.2": Action.OFFER,
        "b.3": Action.QUESTION,
    }
    assert not any(decision.is_edited for decision in decisions.values())


def test_what_was_joined_to_a_person_s_own_paragraph_is_found_there() -> None:
    decisions = decided([LEAD, BUILD], [LEAD, f"The team is small and new. {BUILD}"], {"b.1": LEAD})
    assert (decisions["b.2"].action, decisions["b.2"].places, decisions["b.2"].is_edited) == (
        Action.QUESTION,
        (1,),
        True,
    )


def test_a_word_that_was_changed_in_a_joined_text_is_seen() -> None:
    decisions = decided([LEAD, BUILD], [f"{LEAD} {BUILD.replace('strong', 'wide')}"], {"b.1": LEAD})
    assert (decisions["b.1"].is_edited, decisions["b.2"].is_edited) == (False, True)
    assert decisions["b.2"].action is Action.QUESTION


def test_what_was_split_and_joined_at_once_is_told_and_stays() -> None:
    decisions = decided([LEAD, BUILD], [LEAD[:33], f"{LEAD[33:]} {BUILD}"], {})
    assert {name: decision.action for name, decision in decisions.items()} == {
        "b.1": Action.QUESTION,
        "b.2": Action.QUESTION,
    }


def test_numbers_that_were_typed_before_joined_texts_are_renewed() -> None:
    old, new = (f"7.1\t{LEAD}", f"7.2\t{BUILD}"), {"b.1": f"8.1\t{LEAD}", "b.2": f"8.2\t{BUILD}"}
    decisions = decided([*old], ["\t".join([f"7.1\t{LEAD} 7.2", BUILD])], new)
    assert (decisions["b.1"].action, decisions["b.1"].new) == (Action.REWORD, f"8.1\t{LEAD} 8.2\t{BUILD}")
    assert decisions["b.2"].action is Action.KEEP


def test_what_was_taken_out_is_not_found_in_a_like_text() -> None:
    like = "Build strong networks inside and outside the office, and with its suppliers."
    decisions = decided([BUILD, like], [f"{like[:-1]} too."], {"b.1": BUILD, "b.2": like})
    assert (decisions["b.1"].action, decisions["b.2"].action) == (Action.ABSENT, Action.KEEP)


def test_a_short_text_is_found_only_beside_its_neighbour() -> None:
    assert set(stretches(f"Budget{LEAD}", ["Budget", LEAD])) == {0, 1}
    assert set(stretches(f"{LEAD} The budget is small.", ["Budget", LEAD])) == {1}
    assert set(stretches(f"{LEAD} {BUILD}", [BUILD])) == {0}


def test_texts_that_were_joined_in_a_cell_are_found(newer: FreshSources) -> None:
    def put(tree: Any) -> None:
        cell = next(
            cell for cell in tree.iter(f"{W}tc") if making.text_of(cell.find(f"{W}p")).startswith(making.WITHDRAWN_ROW)
        )
        there = cell.getparent().getprevious().find(f"{W}tc/{W}p")
        for run in list(cell.iter(f"{W}r")):
            there.append(run)
        cell.getparent().getparent().remove(cell.getparent())

    result, tree, comments = redline_of(altered(example_document(), put), newer)
    decision = of_text(result, making.WITHDRAWN_ROW)
    assert decision.action is Action.QUESTION
    assert decision.obstacle == JOINED
    assert f"Before: {making.WITHDRAWN_ROW}" in comments
    accept_all(tree)
    assert any(making.WITHDRAWN_ROW in text for text in texts_of(tree))


def test_who_is_known_to_stand_in_a_paragraph_shares_its_words_with_nobody() -> None:
    paragraph, owner, other = "Lead the office well", "Lead the office of plans", "Lead the office well enough"
    assert list(stretches(paragraph + " today, as agreed", [other, owner], owners=[1])) == [1]
    both = f"{owner}. {other}."
    assert sorted(stretches(both, [other, owner], owners=[1])) == [0, 1]
