"""What the framework has moved: in real documents, untouched, edited, arranged otherwise, accepted and rejected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from jdgen.framework.model import Framework
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.redline.settling import accept_all
from jdgen.revision.regeneration import Regenerated, RegenerationOutcome, RegenerationSettings, regenerate
from tests.toolbox.documents import (
    BODY,
    MANNER,
    MOVED,
    MOVED_HEADING,
    altered,
    edit_document,
    example_document,
    materials,
    rearranged_framework,
    text_of,
    texts_of,
)
from tests.toolbox.rejecting import looks, reject_all
from tests.toolbox.validator import errors
from tests.toolbox.word import W, parts_of, with_part

HEADING, DUTY, SENTENCE = "budget.title", "pmo.budget.8a-8b.1", "pmo.governance-assurance.8a-8b.1"


def redline_of(content: bytes, framework: Framework | None = None) -> tuple[Regenerated, Any]:
    result = regenerate(content, "jd.docx", materials(framework or rearranged_framework()), MANNER)
    assert result.content is not None
    return result, tree_of(result.content)


def tree_of(content: bytes) -> Any:
    return etree.fromstring(parts_of(content)[BODY])


def settled(content: bytes, settle: Callable[[Any], object]) -> bytes:
    tree = tree_of(content)
    settle(tree)
    return with_part(content, BODY, etree.tostring(tree))


def of_id(result: Regenerated, block_id: str) -> Decision:
    (match,) = [decision for decision in result.decisions if decision.id == block_id]
    return match


def paragraph(tree: Any, words: str) -> Any:
    return next(node for node in tree.iter(f"{W}p") if text_of(node).startswith(words))


def comments_of(result: Regenerated) -> str:
    assert result.content is not None
    return "".join(map(str, etree.fromstring(parts_of(result.content).get("word/comments.xml", b"<none/>")).itertext()))


def test_an_untouched_document_becomes_the_fresh_one_and_a_rejected_one_what_it_was() -> None:
    result, tree = redline_of(example_document())
    assert [decision.id for decision in result.of(Action.MOVE)] == [HEADING, DUTY, SENTENCE]
    assert of_id(result, SENTENCE).belongs == "first under 'Governance & Assurance'"
    clean = RegenerationSettings(MANNER.stamp, clean=True)
    fresh = regenerate(example_document(), "jd.docx", materials(rearranged_framework()), clean).content
    assert fresh is not None
    assert texts_of(tree_of(settled(result.content or b"", accept_all))) == texts_of(tree_of(fresh))
    reject_all(tree)
    assert looks(tree) == looks(tree_of(example_document()))


def test_what_a_person_changed_stays_and_a_comment_says_where_it_belongs() -> None:
    result, tree = redline_of(
        edit_document(example_document(), (MOVED, "Give assurance to the project manager on the effectiveness"))
    )
    decision = of_id(result, SENTENCE)
    assert (decision.action, decision.is_edited) == (Action.STAY, True)
    assert "The framework has this first under 'Governance & Assurance' now." in comments_of(result)
    accept_all(tree)
    texts = texts_of(tree)
    assert texts.index("Governance & Assurance") > next(at for at, text in enumerate(texts) if text.startswith("Give"))


def test_what_a_person_moved_stays_where_they_put_it_and_the_report_says_so() -> None:
    def move(tree: Any) -> None:
        paragraph(tree, "Guidance & Support").addnext(paragraph(tree, MOVED))

    result, tree = redline_of(altered(example_document(), move))
    decision = of_id(result, SENTENCE)
    assert (decision.action, decision.is_moved, decision.belongs) == (
        Action.STAY,
        True,
        "first under 'Governance & Assurance'",
    )
    assert "Governance" not in comments_of(result)
    accept_all(tree)
    assert text_of(paragraph(tree, MOVED).getprevious()) == "Guidance & Support"


def own_under(tree: Any, *duties: str) -> None:
    for words in duties:
        own_duty = etree.fromstring(f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:t>My own duty.</w:t></w:r></w:p>')
        paragraph(tree, words).addnext(own_duty)


def test_a_heading_under_which_a_person_wrote_something_stays_with_it_and_another_moves() -> None:
    """Their words would come to stand under another heading, where nobody put them."""
    mine = altered(example_document(), lambda tree: own_under(tree, "Develop and agree budgets"))
    result, tree = redline_of(mine)
    assert of_id(result, HEADING).action is Action.REWORD
    assert [decision.id for decision in result.of(Action.MOVE)][:2] == [
        "business-case.title",
        "pmo.business-case.7-8a.1",
    ]
    texts = texts_of(tree_of(settled(result.content or b"", accept_all)))
    at = texts.index("My own duty.")
    assert texts[at - 2] == MOVED_HEADING
    assert texts[at - 1].startswith("Develop and agree budgets")
    assert texts[at + 1] == "Business Case"
    reject_all(tree)
    assert looks(tree) == looks(tree_of(mine))


def test_where_no_heading_can_move_both_stay_and_it_is_told() -> None:
    mine = altered(
        example_document(),
        lambda tree: own_under(tree, "Develop and agree budgets", "Support the Project Manager in the d"),
    )
    result, tree = redline_of(mine)
    heading, duty = of_id(result, HEADING), of_id(result, DUTY)
    assert (heading.action, heading.is_astray, duty.action) == (Action.REWORD, True, Action.KEEP)
    assert f"The framework has this {heading.belongs} now." in comments_of(result)
    assert [decision.id for decision in result.of(Action.MOVE)] == [SENTENCE]
    accept_all(tree)
    texts = texts_of(tree)
    assert [texts[at - 2] for at, text in enumerate(texts) if text == "My own duty."] == [
        "Business Case",
        MOVED_HEADING,
    ]


def test_what_a_person_has_already_put_where_the_framework_has_it_now_is_left_alone() -> None:
    def move(tree: Any) -> None:
        paragraph(tree, "Governance & Assurance").addnext(paragraph(tree, MOVED))

    result, _ = redline_of(altered(example_document(), move))
    decision = of_id(result, SENTENCE)
    assert (decision.action, decision.belongs) == (Action.KEEP, "")


def test_looks_and_links_go_along_and_what_cannot_be_there_twice_does_not() -> None:
    def mark(tree: Any) -> None:
        run = next(paragraph(tree, MOVED).iter(f"{W}r"))
        properties = run.find(f"{W}rPr")
        if properties is None:
            properties = etree.Element(f"{W}rPr")
            run.insert(0, properties)
        etree.SubElement(properties, f"{W}i")
        link = etree.Element(f"{W}hyperlink", {f"{W}anchor": "theirs"})
        run.addprevious(link)
        link.append(run)
        link.addprevious(etree.Element(f"{W}bookmarkStart", {f"{W}id": "7", f"{W}name": "mine"}))
        link.addnext(etree.Element(f"{W}bookmarkEnd", {f"{W}id": "7"}))

    result, tree = redline_of(altered(example_document(), mark))
    assert of_id(result, SENTENCE).action is Action.MOVE
    (new,) = [node for node in tree.iter(f"{W}p") if text_of(node).startswith(MOVED)]
    assert next(new.iter(f"{W}i"), None) is not None
    assert next(new.iter(f"{W}hyperlink")).get(f"{W}anchor") == "theirs"
    assert len([bookmark for bookmark in tree.iter(f"{W}bookmarkStart") if bookmark.get(f"{W}name") == "mine"]) == 1


@pytest.mark.parametrize("with_reference", [False, True], ids=["a picture", "a place that a cross-reference leads to"])
def test_a_paragraph_with_something_of_a_person_s_stays(with_reference: bool) -> None:
    def mark(tree: Any) -> None:
        there = paragraph(tree, MOVED)
        if with_reference:
            etree.SubElement(there, f"{W}bookmarkStart", {f"{W}id": "7", f"{W}name": "_Ref1"})
            etree.SubElement(there, f"{W}bookmarkEnd", {f"{W}id": "7"})
            field = etree.SubElement(paragraph(tree, "Smoke-free"), f"{W}fldSimple", {f"{W}instr": " PAGEREF _Ref1 "})
            etree.SubElement(etree.SubElement(field, f"{W}r"), f"{W}t").text = "3"
        else:
            etree.SubElement(etree.SubElement(there, f"{W}r"), f"{W}drawing")

    result, tree = redline_of(altered(example_document(), mark))
    assert of_id(result, SENTENCE).action is Action.STAY
    assert "has this first under" in comments_of(result)
    accept_all(tree)
    tag = "bookmarkEnd" if with_reference else "drawing"
    assert next(paragraph(tree, MOVED).iter(f"{W}{tag}"), None) is not None


@pytest.mark.parametrize("settle", [lambda tree: None, accept_all, reject_all], ids=["pending", "accepted", "rejected"])
@pytest.mark.parametrize("is_edited", [False, True])
def test_a_second_time_there_is_nothing_to_do(settle: Callable[[Any], object], is_edited: bool) -> None:
    mine = (
        edit_document(example_document(), (MOVED, "Give assurance to the project manager on the effectiveness"))
        if is_edited
        else example_document()
    )
    result, _ = redline_of(mine)
    again = settled(result.content or b"", settle)
    assert (
        regenerate(again, "jd.docx", materials(rearranged_framework()), MANNER).outcome
        is RegenerationOutcome.UP_TO_DATE
    )


def test_a_move_that_a_person_rejected_stays_rejected_when_the_framework_changes_again() -> None:
    """Their order is theirs from then on, as if they had moved the text themselves; the edition that they did not
    accept is not offered a second time either."""
    rejected = settled(redline_of(example_document())[0].content or b"", reject_all)
    first = rearranged_framework()
    (pathway,) = first.specialisms
    leading = replace(pathway.headings[0], title="Leading")
    renamed = replace(pathway, headings=(leading, *pathway.headings[1:]))
    result, tree = redline_of(rejected, replace(first, version="4", sha256="4" * 64, specialisms=(renamed,)))
    assert [decision.id for decision in result.of(Action.REWORD)] == ["leadership.title"]
    assert not result.of(Action.MOVE)
    assert not result.of(Action.STAY)
    accept_all(tree)
    before = [text for text in texts_of(tree_of(example_document())) if "edition" not in text]
    before[before.index("Leadership")] = "Leading"
    assert [text for text in texts_of(tree) if "edition" not in text] == before


def test_a_redline_with_moves_holds_to_the_standard(tmp_path: Path) -> None:
    before, after = (
        set(errors(document, tmp_path))
        for document in (example_document(), redline_of(example_document())[0].content or b"")
    )
    assert after - before == set()


def test_the_moved_heading_says_its_new_words() -> None:
    _, tree = redline_of(example_document())
    inserted = [paragraph for paragraph in tree.iter(f"{W}p") if paragraph.find(f"{W}pPr/{W}rPr/{W}ins") is not None]
    assert MOVED_HEADING in [text_of(paragraph) for paragraph in inserted]
    assert all(paragraph.find(f"{W}pPr/{W}pStyle") is not None for paragraph in inserted)
