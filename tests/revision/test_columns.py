"""New rows in tables whose columns a person has changed, and in which cells are merged over several rows."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from jdgen.document.making import DocumentSources, make_document
from jdgen.post.reading import entries_of_file, post_of
from jdgen.revision.decisions import Action
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.redline.settling import accept_all
from jdgen.revision.regeneration import Regenerated, regenerate
from jdgen.template.compiling import compile_template
from tests.revision.layouts import LAYOUTS, merged_groups
from tests.toolbox.data import change_text, shipped_library, workspace_with
from tests.toolbox.documents import (
    BODY,
    MANNER,
    NEW_ROW,
    POST,
    WITHDRAWN_ROW,
    altered,
    example_document,
    newer_criteria_text,
    newer_framework_text,
    text_of,
)
from tests.toolbox.examples import DRAFTED, post_file
from tests.toolbox.rejecting import reject_all, structure
from tests.toolbox.word import W, parts_of

KNOWN = "Experience of managing PMOs"
AFTER_GROUP = f"    importance: essential\n    assessed_by: [A, I]\n    text: {NEW_ROW}"


def table_in(tree: Any) -> Any:
    """The table of criteria in which a row is new, and one withdrawn."""
    (paragraph,) = (node for node in tree.iter(f"{W}p") if text_of(node).startswith(KNOWN))
    return next(paragraph.iterancestors(f"{W}tbl"))


def cells_of(row: Any) -> list[Any]:
    return list(row.iterchildren(f"{W}tc"))


def rows_of(tree: Any) -> list[list[str]]:
    rows = table_in(tree).iterchildren(f"{W}tr")
    return [["".join(map(text_of, cell.iter(f"{W}p"))) for cell in cells_of(row)] for row in rows]


def redline_of(mine: bytes, newer: FreshSources) -> tuple[Regenerated, Any]:
    """The redline, and its text with all accepted. Rejecting gives what there was."""
    result = regenerate(mine, "jd.docx", newer, MANNER)
    assert result.content is not None
    tree = etree.fromstring(parts_of(result.content)[BODY])
    rejected = copy.deepcopy(tree)
    reject_all(rejected)
    assert structure(rejected) == structure(etree.fromstring(parts_of(mine)[BODY]))
    accept_all(tree)
    return result, tree


def in_rows(tree: Any, change: Callable[[Any, int], None]) -> None:
    for number, row in enumerate(table_in(tree).iterchildren(f"{W}tr")):
        change(row, number)


def document_with_newer(template: bytes, criteria: str, folder: Path) -> tuple[bytes, FreshSources]:
    """The document of ``template``, and what it is brought up to date with: ``criteria`` that are newer."""
    sources = DocumentSources(shipped_library(), compile_template(template, "template.docx"), DRAFTED)
    content = make_document(post_of(entries_of_file(post_file(POST))), sources).content
    (folder / "template.docx").write_bytes(template)
    files = {"criteria/nhs-pccf-pmo.yaml": criteria, "frameworks/nhs-pccf.yaml": newer_framework_text()}
    return content, FreshSources(workspace_with(folder / "workspace", **files), None, folder / "template.docx")


def take_out_the_last(row: Any, _: int) -> None:
    row.remove(cells_of(row)[-1])


def take_out_the_second(row: Any, _: int) -> None:
    row.remove(cells_of(row)[1])


def own_cell(row: Any, text: str) -> Any:
    cell = copy.deepcopy(cells_of(row)[-1])
    for mark in [*cell.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
        mark.getparent().remove(mark)
    next(cell.iter(f"{W}t")).text = text
    return cell


def put_numbers_in_front(row: Any, number: int) -> None:
    cells_of(row)[0].addprevious(own_cell(row, str(number)))


def put_one_behind(row: Any, _: int) -> None:
    row.append(own_cell(row, "2"))


def change_over(row: Any, _: int) -> None:
    row.append(cells_of(row)[1])


def join_the_last_two(row: Any, _: int) -> None:
    cell, last = cells_of(row)[-2:]
    cell.extend(last.findall(f"{W}p"))
    row.remove(last)


@pytest.mark.parametrize(
    ("change", "row", "out"),
    [
        (take_out_the_last, [NEW_ROW, "Essential"], ["A, I"]),
        (take_out_the_second, [NEW_ROW, "A, I"], ["Essential"]),
        (put_numbers_in_front, ["", NEW_ROW, "Essential", "A, I"], []),
        (put_one_behind, [NEW_ROW, "Essential", "A, I", ""], []),
        (change_over, [NEW_ROW, "A, I", "Essential"], []),
        (join_the_last_two, [NEW_ROW, "EssentialA, I"], []),
    ],
)
def test_a_new_row_has_the_columns_that_the_table_has_now(
    change: Callable[[Any, int], None], row: list[str], out: list[str], newer: FreshSources
) -> None:
    result, tree = redline_of(altered(example_document(), lambda tree: in_rows(tree, change)), newer)
    assert row in rows_of(tree)
    assert len({len(each) for each in rows_of(tree)}) == 1
    assert not result.unplaced
    of_row = {decision.id for decision in result.decisions if decision.new == NEW_ROW}
    absent = [
        decision.new
        for decision in result.decisions
        if decision.id.owner in of_row and decision.action is Action.ABSENT
    ]
    assert absent == out


@pytest.mark.parametrize("form", ["{}", "{}.", "({})"])
def test_numbers_that_count_rows_are_counted_anew_and_keep_no_row(form: str, newer: FreshSources) -> None:
    def number(row: Any, at: int) -> None:
        cells_of(row)[0].addprevious(own_cell(row, form.format(at) if at else "No."))

    result, tree = redline_of(altered(example_document(), lambda tree: in_rows(tree, number)), newer)
    rows = rows_of(tree)
    assert [row[0] for row in rows] == ["No.", *(form.format(at) for at in range(1, len(rows)))]
    assert [NEW_ROW in row for row in rows].count(True) == 1
    assert not any(WITHDRAWN_ROW in row for row in rows)
    assert not result.of(Action.QUESTION)
    again = regenerate(result.content or b"", "jd.docx", newer, MANNER)
    assert again.content is None


@pytest.mark.parametrize(
    "number_text",
    [lambda at: "12", lambda at: str(at + 4), lambda at: f"{at} of us", lambda at: str(at) if at != 3 else "-"],
)
def test_numbers_that_may_say_something_are_a_person_s(number_text: Callable[[int], str], newer: FreshSources) -> None:
    def number(row: Any, at: int) -> None:
        cells_of(row)[0].addprevious(own_cell(row, number_text(at) if at else "Weight"))

    result, tree = redline_of(altered(example_document(), lambda tree: in_rows(tree, number)), newer)
    rows = rows_of(tree)
    old = [row[0] for row in rows if NEW_ROW not in row]
    assert old == ["Weight", *(number_text(at) for at in range(1, len(rows) - 1))]
    assert [question.obstacle for question in result.of(Action.QUESTION)] == [
        "its row holds what somebody has written or changed"
    ]


@pytest.fixture(scope="module", params=["factor_first", "factor_last"])
def labelled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, FreshSources]:
    """A document with the name of the group in each row, and what it is brought up to date with."""
    return document_with_newer(LAYOUTS[request.param](), newer_criteria_text(), tmp_path_factory.mktemp("workspace"))


def change_the_first_two(row: Any, _: int) -> None:
    row.insert(row.index(cells_of(row)[0]), cells_of(row)[1])


@pytest.mark.parametrize("change", [take_out_the_last, put_numbers_in_front, put_one_behind, change_the_first_two])
def test_no_row_is_half_emptied_where_the_names_of_groups_stand_in_each(
    change: Callable[[Any, int], None], labelled: tuple[bytes, FreshSources]
) -> None:
    content, sources = labelled
    mine = altered(content, lambda tree: in_rows(tree, change))
    result, tree = redline_of(mine, sources)
    rows = rows_of(tree)
    assert len({len(each) for each in rows}) == 1
    assert [sum(NEW_ROW in each for each in row) for row in rows].count(1) == 1
    assert not result.unplaced
    (before,) = {tuple(map(bool, row)) for row in rows_of(etree.fromstring(parts_of(mine)[BODY]))[1:]}
    assert all(tuple(map(bool, row)) == before or NEW_ROW in row for row in rows[1:])


def merge_alike(tree: Any) -> None:
    """Each stretch of rows that says the same in the second column has one cell there."""
    before = ""
    for row in table_in(tree).iterchildren(f"{W}tr"):
        cell = cells_of(row)[1]
        text = "".join(map(text_of, cell.iter(f"{W}p")))
        merge_mark = etree.Element(f"{W}vMerge")
        cell.find(f"{W}tcPr").append(merge_mark)
        if text != before:
            merge_mark.set(f"{W}val", "restart")
        else:
            for each in cell.iter(f"{W}t"):
                each.text = ""
        before = text


def merged_in(tree: Any, words: str) -> list[bool]:
    """For each cell of the row that begins with ``words``, whether it goes on with the one above it."""
    (row,) = (
        row for row in table_in(tree).iterchildren(f"{W}tr") if any(words in text_of(p) for p in row.iter(f"{W}p"))
    )
    marks = [cell.find(f"{W}tcPr/{W}vMerge") for cell in cells_of(row)]
    return [mark is not None and mark.get(f"{W}val", "continue") == "continue" for mark in marks]


def test_a_new_row_goes_on_with_a_cell_that_is_merged_over_its_neighbours(newer: FreshSources) -> None:
    result, tree = redline_of(altered(example_document(), merge_alike), newer)
    assert merged_in(tree, NEW_ROW) == [False, True, False]
    assert [NEW_ROW, "", "A, I"] in rows_of(tree)
    assert not result.unplaced


def test_a_new_row_that_says_something_else_goes_below_cells_that_are_merged(newer: FreshSources) -> None:
    def alter(tree: Any) -> None:
        for row in list(table_in(tree).iterchildren(f"{W}tr"))[1:]:
            next(cells_of(row)[1].iter(f"{W}t")).text = "Needed"
        merge_alike(tree)

    _, tree = redline_of(altered(example_document(), alter), newer)
    assert rows_of(tree)[-1] == [NEW_ROW, "Essential", "A, I"]
    assert merged_in(tree, NEW_ROW) == [False, False, False]


def test_a_row_whose_text_others_share_is_kept_and_asked_about(newer: FreshSources) -> None:
    def alter(tree: Any) -> None:
        rows = {"".join(map(text_of, row.iter(f"{W}p"))): row for row in table_in(tree).iterchildren(f"{W}tr")}
        (withdrawn,) = (row for text, row in rows.items() if text.startswith(WITHDRAWN_ROW))
        next(row for text, row in rows.items() if "Desirable" in text).addprevious(withdrawn)
        merge_alike(tree)

    result, tree = redline_of(altered(example_document(), alter), newer)
    assert [WITHDRAWN_ROW, "Desirable", "A, I"] in rows_of(tree)
    (question,) = (decision for decision in result.decisions if decision.action is Action.QUESTION)
    assert (question.base, question.obstacle) == (
        WITHDRAWN_ROW,
        "its row begins a cell that is merged with cells of other rows",
    )


@pytest.mark.parametrize(("group", "row"), [("experience", 6), ("knowledge", 1)], ids=["in the middle", "first"])
def test_rows_of_a_template_that_merges_the_names_of_groups_stay_merged(group: str, row: int, tmp_path: Path) -> None:
    criteria = change_text(newer_criteria_text(), f"group: experience\n{AFTER_GROUP}", f"group: {group}\n{AFTER_GROUP}")
    _, tree = redline_of(*document_with_newer(merged_groups(), criteria, tmp_path))
    rows = rows_of(tree)
    assert merged_in(tree, NEW_ROW) == [True, False, False, False]
    (title,) = (at for at, cells in enumerate(rows) if cells[0] == group.capitalize())
    assert rows[title + row] == ["", NEW_ROW, "Essential", "A, I"]
