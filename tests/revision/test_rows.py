"""A row of a table is one thing: what is printed in each row belongs to it, and it stays or goes whole."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from jdgen.document.making import DocumentSources, make_document
from jdgen.post.reading import entries_of_file, post_of
from jdgen.revision.decisions import Action
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.ranking import whole
from jdgen.revision.redline.settling import accept_all
from jdgen.revision.regeneration import Regenerated, regenerate
from jdgen.template.compiling import compile_template
from tests.revision.layouts import LAYOUTS
from tests.toolbox.data import DATA, FRAMEWORK_TEXT, change_text, shipped_library, workspace_with
from tests.toolbox.documents import BODY, MANNER, NEW_ROW, POST, WITHDRAWN_ROW, altered, newer_criteria_text, text_of
from tests.toolbox.examples import DRAFTED, post_file
from tests.toolbox.rejecting import reject_all, structure
from tests.toolbox.word import W, parts_of

WITH_LABELS = ("factor_first", "factor_last", "factor_between", "factor_and_chapter", "in_one_cell")
IN_ROWS = (*WITH_LABELS, "importance_first", "heading_rows", "two_sections", "like_google_docs")
GOING = WITHDRAWN_ROW


@functools.cache
def document_in(layout: str) -> bytes:
    making = DocumentSources(shipped_library(), compile_template(LAYOUTS[layout](), "template.docx"), DRAFTED)
    return make_document(post_of(entries_of_file(post_file(POST))), making).content


Sources = Mapping[str, FreshSources]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Sources:
    """For each layout what documents are made anew with: one criterion withdrawn and another new, in its group."""
    folder = tmp_path_factory.mktemp("sources")
    files = {"criteria/nhs-pccf-pmo.yaml": newer_criteria_text(), "frameworks/nhs-pccf.yaml": FRAMEWORK_TEXT}
    workspace = workspace_with(folder / "workspace", **files)
    for layout in IN_ROWS:
        (folder / f"{layout}.docx").write_bytes(LAYOUTS[layout]())
    return {layout: FreshSources(workspace, None, folder / f"{layout}.docx") for layout in IN_ROWS}


def redline_of(content: bytes, layout: str, sources: Sources) -> tuple[Regenerated, Any]:
    result = regenerate(content, "jd.docx", sources[layout], MANNER)
    assert result.content is not None
    return result, body(result.content)


def body(content: bytes) -> Any:
    return etree.fromstring(parts_of(content)[BODY])


def rows_of(tree: Any) -> list[list[str]]:
    return [
        ["\n".join(text_of(each) for each in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")]
        for row in tree.iter(f"{W}tr")
    ]


def row_of(tree: Any, words: str) -> Any:
    return next(
        row for row in tree.iter(f"{W}tr") if any(words in text_of(paragraph) for paragraph in row.iter(f"{W}p"))
    )


def accepted(tree: Any) -> Any:
    accepted_tree = copy.deepcopy(tree)
    accept_all(accepted_tree)
    return accepted_tree


def rejected(tree: Any) -> Any:
    rejected_tree = copy.deepcopy(tree)
    reject_all(rejected_tree)
    return rejected_tree


def without_anchors(tree: Any) -> None:
    for mark in [*tree.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
        mark.getparent().remove(mark)


@pytest.mark.parametrize("layout", IN_ROWS)
@pytest.mark.parametrize("has_anchors", [True, False], ids=["anchors", "no anchors"])
def test_an_untouched_document_loses_one_row_and_gets_another(layout: str, has_anchors: bool, sources: Sources) -> None:
    content = document_in(layout) if has_anchors else altered(document_in(layout), without_anchors)
    result, tree = redline_of(content, layout, sources)
    before, after = rows_of(body(content)), rows_of(accepted(tree))
    gone_rows, new = [row for row in before if row not in after], [row for row in after if row not in before]
    assert len(gone_rows) == len(new) == 1
    assert len(before) == len(after)
    assert any(GOING in cell for cell in gone_rows[0])
    assert any(NEW_ROW in cell for cell in new[0])
    assert all(cell.strip() for cell in (*gone_rows[0], *new[0]))
    assert structure(rejected(tree)) == structure(body(content))
    assert not result.unplaced
    decisions = whole([decision for decision in result.decisions if decision.action is not Action.KEEP])
    assert {(decision.action, decision.new or decision.base) for decision in decisions} == {
        (Action.INSERT, NEW_ROW),
        (Action.DELETE, GOING),
    }


def word_changed(row: Any) -> None:
    text = next(text for text in row.iter(f"{W}t") if GOING in (text.text or ""))
    text.text += " in the trust"


def importance_changed(row: Any) -> None:
    next(text for text in row.iter(f"{W}t") if text.text == "Desirable").text = "Essential"


def own_note(row: Any) -> None:
    paragraph = etree.SubElement(row.findall(f"{W}tc")[-1], f"{W}p")
    etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t").text = "Ask for two examples."


def split(row: Any) -> None:
    paragraph = next(paragraph for paragraph in row.iter(f"{W}p") if GOING in text_of(paragraph))
    second_half = copy.deepcopy(paragraph)
    without_anchors(second_half)
    words = text_of(paragraph).split(" ")
    next(paragraph.iter(f"{W}t")).text = " ".join(words[:6])
    next(second_half.iter(f"{W}t")).text = " ".join(words[6:])
    paragraph.addnext(second_half)


def picture(row: Any) -> None:
    etree.SubElement(etree.SubElement(row.findall(f"{W}tc")[-1].find(f"{W}p"), f"{W}r"), f"{W}drawing")


@pytest.mark.parametrize("layout", IN_ROWS)
@pytest.mark.parametrize("edit", [word_changed, importance_changed, own_note, split, picture])
def test_a_withdrawn_row_in_which_somebody_changed_something_stays_whole_and_is_asked_about_once(
    edit: Callable[[Any], None], layout: str, sources: Sources
) -> None:
    content = altered(document_in(layout), lambda tree: edit(row_of(tree, GOING)))
    words = " ".join(GOING.split(" ")[:6])
    mine = rows_of(etree.fromstring(etree.tostring(row_of(body(content), words))))
    result, tree = redline_of(content, layout, sources)
    assert rows_of(row_of(accepted(tree), words)) == mine
    assert structure(rejected(tree)) == structure(body(content))
    questions = [decision for decision in result.decisions if decision.action is Action.QUESTION]
    assert [decision.base for decision in questions] == [GOING]
    comments = parts_of(result.content or b"")["word/comments.xml"].decode()
    assert comments.count("<w:comment ") == 1
    assert "is withdrawn" in comments


@pytest.mark.parametrize("layout", WITH_LABELS)
def test_a_row_that_a_person_took_out_takes_no_label_from_another(layout: str, sources: Sources) -> None:
    def take_out(tree: Any) -> None:
        without_anchors(tree)
        for words in ("Experience of agreeing project", "Experience of managing a team"):
            row = row_of(tree, words)
            row.getparent().remove(row)

    mine = altered(document_in(layout), take_out)
    result, tree = redline_of(mine, layout, sources)
    before, after = rows_of(body(mine)), rows_of(accepted(tree))
    assert [row for row in before if not any(GOING in cell for cell in row)] == [
        row for row in after if not any(NEW_ROW in cell for cell in row)
    ]
    assert not result.unplaced


@pytest.mark.parametrize("layout", WITH_LABELS)
def test_a_new_row_has_its_label_though_a_person_took_out_the_one_that_stood_there(layout: str, tmp_path: Path) -> None:
    id_, text = "governance-review-8a-8b", (DATA / "criteria/nhs-pccf-pmo.yaml").read_text(encoding="utf-8")
    newer = change_text(change_text(text, f"id: {id_}", "id: leadership-boards-8a-8b"), GOING, NEW_ROW)
    workspace = workspace_with(tmp_path / "workspace", **{"criteria/nhs-pccf-pmo.yaml": newer})
    template = tmp_path / f"{layout}.docx"
    template.write_bytes(LAYOUTS[layout]())

    def take_out(tree: Any) -> None:
        row = row_of(tree, GOING)
        row.getparent().remove(row)

    _, tree = redline_of(
        altered(document_in(layout), take_out), layout, {layout: FreshSources(workspace, None, template)}
    )
    (new_row,) = (row for row in rows_of(accepted(tree)) if any(NEW_ROW in cell for cell in row))
    assert all(cell.strip() for cell in new_row)


@pytest.mark.parametrize("layout", WITH_LABELS)
def test_a_row_of_a_person_s_own_is_left_alone(layout: str, sources: Sources) -> None:
    def add(tree: Any) -> None:
        row = row_of(tree, GOING)
        new_row = copy.deepcopy(row)
        without_anchors(new_row)
        next(text for text in new_row.iter(f"{W}t") if GOING in (text.text or "")).text = "Able to sail a boat"
        row.addnext(new_row)
        row.getparent().remove(row)

    mine = altered(document_in(layout), add)
    own_rows = rows_of(row_of(body(mine), "Able to sail"))
    _, tree = redline_of(mine, layout, sources)
    assert rows_of(row_of(accepted(tree), "Able to sail")) == own_rows
