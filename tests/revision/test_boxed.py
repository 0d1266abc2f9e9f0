"""Sections that people have put into boxes, tables of one cell: what is new in them comes into the box, and a new
section between two boxes stands between them."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import pytest
from lxml import etree

from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.redline.settling import accept_all
from jdgen.revision.regeneration import regenerate
from tests.revision.put_in import elements
from tests.toolbox.documents import (
    BODY,
    MANNER,
    NEW,
    NEW_DUTY,
    NEW_HEADING,
    altered,
    example_document,
    materials,
    newer_framework,
    text_of,
)
from tests.toolbox.markup import table
from tests.toolbox.rejecting import reject_all, structure
from tests.toolbox.word import W, parts_of

MAIN, FIRST, BEFORE, AFTER = "Main duties", "Leadership", "Change Management", "Project Performance & Controls"
END_BEFORE, END_AFTER, LAST = "Establish and implement", "Identify common", "Provide direction"


def paragraph(tree: Any, words: str) -> Any:
    return next(node for node in tree.iter(f"{W}p") if text_of(node).startswith(words))


def put_into_box(tree: Any, first: str, last: str) -> None:
    """Put what stands from the one paragraph to the other into a table of one cell."""
    start, end = paragraph(tree, first), paragraph(tree, last)
    (box,) = elements(table(("",), header=False))
    start.addprevious(box)
    cell = next(box.iter(f"{W}tc"))
    cell.remove(next(cell.iter(f"{W}p")))
    inside = [start, *start.itersiblings()]
    cell.extend(inside[: inside.index(end) + 1])


def box_of(tree: Any, words: str) -> Any:
    return next(paragraph(tree, words).iterancestors(f"{W}tc"), None)


@pytest.fixture(scope="module")
def newer() -> FreshSources:
    return materials(newer_framework())


@pytest.mark.parametrize(
    ("boxes", "is_inside"),
    [
        ([(MAIN, LAST)], True),
        ([(FIRST, LAST)], True),
        ([(BEFORE, END_AFTER)], True),
        ([(BEFORE, END_BEFORE)], False),
        ([(AFTER, END_AFTER)], False),
        ([(FIRST, END_BEFORE), (AFTER, LAST)], False),
        ([(BEFORE, END_BEFORE), (AFTER, END_AFTER)], False),
    ],
)
def test_what_is_new_comes_where_its_section_is(
    boxes: Sequence[tuple[str, str]], is_inside: bool, newer: FreshSources
) -> None:
    def put(tree: Any) -> None:
        for first, last in boxes:
            put_into_box(tree, first, last)

    mine = altered(example_document(), put)
    result = regenerate(mine, "jd.docx", newer, MANNER)
    assert result.content is not None
    assert not result.unplaced
    tree = etree.fromstring(parts_of(result.content)[BODY])
    rejected = copy.deepcopy(tree)
    reject_all(rejected)
    assert structure(rejected) == structure(etree.fromstring(parts_of(mine)[BODY]))
    accept_all(tree)
    texts = [text for paragraph in tree.iter(f"{W}p") if (text := text_of(paragraph))]
    at = texts.index(NEW_HEADING)
    assert texts[at - 1].startswith(END_BEFORE)
    assert texts[at + 1 : at + 4] == [NEW_DUTY, AFTER, NEW]
    assert box_of(tree, NEW) is box_of(tree, AFTER)
    assert box_of(tree, NEW_HEADING) is box_of(tree, NEW_DUTY) is (box_of(tree, BEFORE) if is_inside else None)
