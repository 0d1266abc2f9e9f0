"""Bookmarks, comments and permissions have both ends or none, whatever the draft says."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.drafting.model import JobDescription
from tests.toolbox.examples import POSTS, draft_of
from tests.toolbox.soak import budget
from tests.toolbox.word import fill_template, parts_of
from tests.toolbox.xml import (
    BODY,
    NEVER,
    choice,
    own_bookmarks,
    paragraph,
    pictured,
    repeated,
    row,
    run,
    table,
    with_body,
)

BEGINS, ENDS = '<w:bookmarkStart w:id="5" w:name="own"/>', '<w:bookmarkEnd w:id="5"/>'
DRAFT = draft_of(POSTS[0])


def marks(xml: str, draft: JobDescription = DRAFT) -> tuple[list[str], list[str]]:
    return own_bookmarks(fill_template(with_body(xml), draft))


@pytest.mark.parametrize("condition", ["title", NEVER])
def test_a_bookmark_that_a_choice_would_tear_holds_the_choice(condition: str) -> None:
    begins_inside = choice(condition, f"<w:p>{BEGINS}{run('x')}</w:p>") + f"<w:p>{run('y')}{ENDS}</w:p>"
    ends_inside = f"<w:p>{BEGINS}{run('y')}</w:p>" + choice(condition, f"<w:p>{run('x')}{ENDS}</w:p>")
    assert marks(begins_inside) == marks(ends_inside) == (["5"], ["5"])


@pytest.mark.parametrize("condition", ["title", NEVER])
def test_a_bookmark_over_both_branches_of_a_choice_holds_the_choice(condition: str) -> None:
    first, second = f"<w:p>{BEGINS}{run('x')}</w:p>", f"<w:p>{run('y')}{ENDS}</w:p>"
    xml = choice(condition, first + paragraph("{%p else %}") + second)
    assert marks(xml) == (["5"], ["5"])


@pytest.mark.parametrize(("condition", "ids"), [("title", ["5"]), (NEVER, [])])
def test_a_bookmark_inside_a_choice_comes_and_goes_with_it(condition: str, ids: list[str]) -> None:
    assert marks(choice(condition, f"<w:p>{BEGINS}{run('x')}{ENDS}</w:p>")) == (ids, ids)


@pytest.mark.parametrize("condition", ["title", NEVER])
def test_a_bookmark_that_begins_inside_a_choice_in_a_line_holds_the_choice(condition: str) -> None:
    line = f"<w:p>{run(f'{{% if {condition} %}}a')}{BEGINS}{run('b{% endif %}')}{run('c')}{ENDS}</w:p>"
    assert marks(line) == (["5"], ["5"])


def test_a_bookmark_inside_a_loop_is_dropped() -> None:
    assert marks(repeated(f"<w:p>{BEGINS}{run('x')}{ENDS}</w:p>")) == ([], [])


def test_a_bookmark_that_begins_inside_a_loop_and_ends_after_it_holds_the_loop() -> None:
    assert marks(repeated(f"<w:p>{BEGINS}{run('x')}</w:p>") + f"<w:p>{run('y')}{ENDS}</w:p>") == (["5"], ["5"])


def test_a_bookmark_in_the_row_of_a_tag_keeps_both_ends() -> None:
    rows = row(f"<w:p>{BEGINS}{run('{%tr for v in values %}')}</w:p>") + row(paragraph("{{ v.text }}"))
    rows += row(f"<w:p>{run('{%tr endfor %}')}{ENDS}</w:p>")
    assert marks(table(rows)) == (["5"], ["5"])


def test_both_ways_of_filling_keep_both_ends() -> None:
    torn = choice(NEVER, f"<w:p>{BEGINS}{run('x')}</w:p>") + f"<w:p>{run('{% if picture %}{{ picture }}{% endif %}')}"
    assert marks(f"{torn}{ENDS}</w:p>", pictured(DRAFT)) == (["5"], ["5"])


def test_a_comment_inside_a_loop_is_not_repeated() -> None:
    inner = '<w:commentRangeStart w:id="0"/>{}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    content = fill_template(with_body(repeated(f"<w:p>{inner.format(run('x'))}</w:p>")), DRAFT)
    assert b"<w:comment" not in parts_of(content)[BODY]


# Nested blocks with a mark in any place: the leaves are paragraphs.
def blocks(depth: int) -> st.SearchStrategy[list[object]]:
    leaf = st.just("x")
    inner = st.tuples(st.sampled_from(["title", NEVER, "loop"]), blocks(depth - 1)) if depth else leaf
    return st.lists(leaf | inner, min_size=1, max_size=3)


@budget(8)
@given(blocks(2), st.data())
def test_wherever_its_ends_stand_a_bookmark_has_both_once_or_neither(
    structure: list[object], data: st.DataObject
) -> None:
    def as_xml(parts: object) -> str:
        if isinstance(parts, str):
            return f"<w:p>@{run('x')}@</w:p>"
        if isinstance(parts, tuple):
            inside = as_xml(parts[1])
            return repeated(inside) if parts[0] == "loop" else choice(parts[0], inside)
        assert isinstance(parts, list)
        return "".join(as_xml(part) for part in parts)

    xml = as_xml(structure)
    places = xml.count("@")
    first = data.draw(st.integers(0, places - 2))
    second = data.draw(st.integers(first + 1, places - 1))
    bookmarked = "".join(
        f"{piece}{BEGINS if number == first else ENDS if number == second else ''}"
        for number, piece in enumerate(xml.split("@"))
    )
    starts, ends = marks(bookmarked, dataclasses.replace(DRAFT, values=DRAFT.values[:2]))
    assert starts == ends
    assert len(starts) <= 1
