"""A real document with every kind of change: what is decided on once comes out as a manager's own hand makes it of the
redline, in the text and in the record."""

from __future__ import annotations

import copy
import functools
import itertools
import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from jdgen.drafting.block_id import BlockId
from jdgen.framework.comparison import ChangeKind, compare
from jdgen.framework.model import Framework
from jdgen.framework.reading import framework_of
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import Handling, record_of
from jdgen.revision.decisions import Action, Decision, Ruling
from jdgen.revision.redline.settling import accept_all, pending
from jdgen.revision.regeneration import Regenerated, RegenerationOutcome, regenerate
from jdgen.revision.rulings import OTHERS, VERSION, ReleaseRulings, release_of
from jdgen.text_files.yaml_reading import parse_yaml
from tests.toolbox import documents as making
from tests.toolbox.data import change_text, shipped_library
from tests.toolbox.documents import BODY, MANNER, edit_document, example_document, materials, texts_of
from tests.toolbox.rejecting import reject_all
from tests.toolbox.soak import count
from tests.toolbox.word import W, parts_of, with_part

pytestmark = pytest.mark.slow

TAKE, KEEP, ASK = Ruling.TAKE, Ruling.KEEP, Ruling.ASK
REWORDED, ADDED, WITHDRAWN = "pmo.risks-issues.8a-8b", "pmo.sustainability.6-8d", "pmo.governance-assurance.8a-8b"
RELEVELLED, MOVED, TITLE = ("pmo.budget.7", "pmo.budget.8a-8b"), "pmo.resource.8a-8b", "pmo.business-case.title"
PLACE = ".place"
CONFLICT = ("Establish the project processes", "Establish our own project processes")
ELSEWHERE = ("Lead the PMO, develop clear vision", "Lead the office, develop clear vision")


def released_text() -> str:
    """A version in which, beside all else that is newer, a statement holds at another band, statements stand under a
    heading with another id, the heading of one is withdrawn, and one heading stands before another."""
    text = making.newer_framework_text()
    text = change_text(text, "id: pmo.budget.7\n            bands: '7'", "id: pmo.budget.7\n            bands: '7-8a'")
    text = change_text(
        text, "id: pmo.budget.8a-8b\n            bands: '8a-8b'", "id: pmo.budget.8a-8b\n            bands: '8b'"
    )
    text = change_text(
        text, "      - id: resource\n        title: Resource\n", "      - id: means\n        title: Means\n"
    )
    start, risks, governance, change = (
        text.index(f"      - id: {heading}\n")
        for heading in ("stakeholder-management", "risks-issues", "governance-assurance", "change-management")
    )
    return text[:start] + text[risks:governance] + text[start:risks] + text[change:]


@functools.cache
def newer() -> Framework:
    return framework_of(parse_yaml(released_text().encode(), "newer.yaml"))


@functools.cache
def release() -> ReleaseRulings:
    return release_of(compare(shipped_library().framework, newer()))


def brought_up(content: bytes, rulings: Mapping[str, Ruling], **manner: Any) -> Regenerated:
    settings = replace(MANNER, release=replace(release(), rulings=rulings), **manner)
    return regenerate(content, "jd.docx", materials(newer()), settings)


def tree_of(result: Regenerated) -> Any:
    assert result.content is not None
    return etree.fromstring(parts_of(result.content)[BODY])


def recorded(result: Regenerated) -> GenerationRecord:
    assert result.content is not None
    record, _ = record_of(result.content)
    assert record is not None
    return record


DOCUMENTS = {
    "untouched": example_document(),
    "with a conflict": edit_document(example_document(), CONFLICT),
    "edited elsewhere": edit_document(example_document(), ELSEWHERE),
    "with a statement taken out": edit_document(
        example_document(), ("Support effective governance and decision making.", "")
    ),
}
EACH_DOCUMENT = pytest.mark.parametrize("content", DOCUMENTS.values(), ids=DOCUMENTS)


# A manager's hand: each change settled where it stands, and nothing else looked at.


def settle(paragraph: Any, accepts: bool) -> None:
    staying_tag, going_tag = (f"{W}ins", f"{W}del") if accepts else (f"{W}del", f"{W}ins")
    ends = {end.tag for end in paragraph.iterfind(f"{W}pPr/{W}rPr/*") if end.tag in (staying_tag, going_tag)}
    for mark in list(paragraph.iter(staying_tag, going_tag)):
        if mark.tag == staying_tag:
            for node in [*mark]:
                mark.addprevious(node)
        mark.getparent().remove(mark)
    for text in paragraph.iter(f"{W}delText"):
        text.tag = f"{W}t"
    if going_tag in ends:
        paragraph.getparent().remove(paragraph)


def settle_row(row: Any, accepts: bool) -> None:
    staying_tag, going_tag = (f"{W}ins", f"{W}del") if accepts else (f"{W}del", f"{W}ins")
    properties = row.find(f"{W}trPr")
    if properties.find(going_tag) is not None:
        row.getparent().remove(row)
    elif (mark := properties.find(staying_tag)) is not None:
        properties.remove(mark)


def settle_by_hand(tree: Any, decisions: tuple[Decision, ...]) -> None:
    """Settle what has been decided, and leave the rest."""
    anchored = {mark.get(f"{W}name"): next(mark.iterancestors(f"{W}p")) for mark in tree.iter(f"{W}bookmarkStart")}
    for decision in decisions:
        if decision.ruling not in (TAKE, KEEP) or decision.action not in (
            Action.REWORD,
            Action.INSERT,
            Action.DELETE,
            Action.MOVE,
        ):
            continue
        there = [anchored[decision.anchor]] if decision.new else []
        if decision.action in (Action.DELETE, Action.MOVE):
            there += [
                paragraph
                for paragraph in tree.iter(f"{W}p")
                if paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None
                and "".join(text.text for text in paragraph.iter(f"{W}delText")) == decision.theirs
            ]
        for paragraph in there:
            row = next((each for each in paragraph.iterancestors(f"{W}tr") if each.find(f"{W}trPr") is not None), None)
            settle(paragraph, decision.ruling is TAKE)
            if row is not None:
                settle_row(row, decision.ruling is TAKE)


def some_rulings(number: int) -> list[dict[str, Ruling]]:
    """Changes alone in each way, against all others in another: of every kind, and as many as there is time for."""
    ids = [
        REWORDED,
        ADDED,
        WITHDRAWN,
        *RELEVELLED,
        TITLE,
        VERSION,
        OTHERS,
        *(change for change in release().by_id if PLACE in change),
    ]
    ways = [(TAKE, KEEP), (KEEP, TAKE), (TAKE, ASK), (KEEP, ASK), (ASK, TAKE)]
    each = [
        dict.fromkeys(release().by_id, rest) | {change: way} for change, (way, rest) in itertools.product(ids, ways)
    ]
    return random.Random(number).sample(each, min(count(5), len(each)))


@functools.cache
def asked_about(content: bytes) -> bytes:
    return etree.tostring(tree_of(brought_up(content, {})))


@pytest.mark.soak
@pytest.mark.parametrize(("number", "content"), list(enumerate(DOCUMENTS.values())), ids=list(DOCUMENTS))
def test_decided_once_is_as_if_decided_in_the_redline(number: int, content: bytes) -> None:
    for rulings in some_rulings(number):
        redline_tree, decided = etree.fromstring(asked_about(content)), brought_up(content, rulings)
        settle_by_hand(redline_tree, decided.decisions)
        for rest in (accept_all, reject_all):
            by_hand, at_once = copy.deepcopy(redline_tree), tree_of(decided)
            rest(by_hand)
            rest(at_once)
            assert texts_of(at_once) == texts_of(by_hand), rulings


@EACH_DOCUMENT
def test_the_record_is_as_after_settling_and_nothing_is_offered_again(content: bytes) -> None:
    undecided = brought_up(content, {})
    for way, rest in ((TAKE, accept_all), (KEEP, reject_all)):
        decided = brought_up(content, dict.fromkeys(release().by_id, way))
        assert replace(recorded(decided), parts="") == replace(recorded(undecided), parts="")
        tree = tree_of(undecided)
        rest(tree)
        assert undecided.content is not None
        assert decided.content is not None
        settled = with_part(undecided.content, BODY, etree.tostring(tree))
        assert texts_of(tree_of(decided)) == texts_of(tree)
        for document in (settled, decided.content):
            assert regenerate(document, "jd.docx", materials(newer()), MANNER).outcome is RegenerationOutcome.UP_TO_DATE
        # What was kept is somebody's decision, which a batch must not take for its own words and replace.
        _, by_hand = record_of(settled)
        _, at_once = record_of(decided.content)
        assert by_hand is not Handling.UNTOUCHED
        assert (at_once is Handling.UNTOUCHED) is (way is TAKE and content == example_document())


def test_all_taken_in_an_untouched_document_is_the_fresh_one() -> None:
    with_all = brought_up(example_document(), dict.fromkeys(release().by_id, TAKE))
    fresh = brought_up(example_document(), dict.fromkeys(release().by_id, TAKE), clean=True)
    assert (with_all.outcome, fresh.outcome) == (RegenerationOutcome.DECIDED, RegenerationOutcome.FRESH)
    assert texts_of(tree_of(with_all)) == texts_of(tree_of(fresh))
    assert not list(tree_of(with_all).iter(f"{W}ins", f"{W}del"))
    without_title = brought_up(example_document(), {**dict.fromkeys(release().by_id, TAKE), TITLE: KEEP}, clean=True)
    assert without_title.outcome is RegenerationOutcome.DECIDED


def test_each_kind_of_change_is_known_by_the_blocks_that_it_changes() -> None:
    kinds = {kind for change in compare(shipped_library().framework, newer()).changes for kind in change.kinds}
    assert kinds == set(ChangeKind)
    by_change: dict[str, set[tuple[Action, BlockId]]] = {}
    decisions = brought_up(example_document(), {}).decisions
    for decision in decisions:
        for change in decision.changes:
            by_change.setdefault(change, set()).add((decision.action, decision.id))
    assert by_change[REWORDED] >= {(Action.MOVE, f"{REWORDED}.1")}, "its heading goes elsewhere, too"
    assert by_change[ADDED] == {(Action.INSERT, f"{ADDED}.1")}
    assert by_change[WITHDRAWN] == {(Action.DELETE, f"{WITHDRAWN}.{number}") for number in (1, 2)}
    relevelled = {action for change_id in RELEVELLED for action, _ in by_change[change_id]}
    assert relevelled <= {Action.INSERT, Action.DELETE, Action.REWORD}
    assert by_change[TITLE] == {(Action.REWORD, "business-case.title")}
    assert by_change[VERSION] == {(Action.REWORD, "framework")}
    assert MOVED in release().by_id
    assert {action for change, pairs in by_change.items() if change.endswith(".place") for action, _ in pairs} == {
        Action.MOVE
    }
    assert by_change.keys() <= release().by_id.keys()
    assert all(decision.ruling for decision in decisions if decision.action not in (Action.KEEP, Action.ABSENT))


def test_what_somebody_edited_is_left_to_them_where_the_change_is_to_be_taken() -> None:
    result = brought_up(edit_document(example_document(), CONFLICT), dict.fromkeys(release().by_id, TAKE))
    (offer,) = [each for each in result.decisions if each.is_edited and each.changes == (REWORDED,)]
    assert (offer.action, offer.ruling, offer.is_taken) == (Action.OFFER, TAKE, False)
    assert offer.in_words == "kept, with the new wording offered (decided was to take it)"
    # Nothing in it is a tracked change: what is left to them stands in a comment.
    assert result.outcome is RegenerationOutcome.OPEN
    assert result.content is not None
    assert not pending(tree_of(result))
    assert CONFLICT[1] in " ".join(texts_of(tree_of(result)))
    assert b"Establish lasting project processes" in parts_of(result.content)["word/comments.xml"]
    kept_result = brought_up(edit_document(example_document(), CONFLICT), dict.fromkeys(release().by_id, KEEP))
    assert kept_result.content is not None
    assert "word/comments.xml" not in parts_of(kept_result.content)


def test_a_heading_goes_with_what_comes_and_goes_under_it() -> None:
    for way in (TAKE, KEEP):
        texts = texts_of(tree_of(brought_up(example_document(), {ADDED: way, WITHDRAWN: way})))
        # One of the general statements has the same heading.
        assert texts.count(making.NEW_HEADING) == (2 if way is TAKE else 1)
        assert ("Governance & Assurance" in texts) is (way is KEEP)


def test_a_release_that_leads_elsewhere_decides_nothing() -> None:
    other = replace(release(), versions={"pmo": replace_version(release(), "1999")}, rulings={REWORDED: TAKE})
    result = regenerate(example_document(), "jd.docx", materials(newer()), replace(MANNER, release=other))
    assert "the release is not about it" in result.undecided
    assert not any(decision.ruling for decision in result.decisions)
    assert OTHERS in release().by_id


def replace_version(rulings: ReleaseRulings, old: str) -> Any:
    return rulings.versions["pmo"]._replace(old=old)
