"""Boxes to tick in the rows of a table: what somebody ticked keeps its row, and what nobody ticked keeps none."""

from __future__ import annotations

import copy
from collections.abc import Collection
from typing import Any

import pytest
from lxml import etree

from jdgen.revision.decisions import Action
from jdgen.revision.merge import merge
from jdgen.revision.paragraphs import DocumentText
from jdgen.revision.redline.redline import redline
from jdgen.revision.redline.settling import accept_all
from jdgen.word.file import MAIN_PART as BODY
from jdgen.word.file import File
from jdgen.word.xml import parse
from tests.revision.random_documents import PARTS, Section, blocks_of, document_of
from tests.revision.redline.test_redline import STAMP
from tests.toolbox.rejecting import reject_all, structure
from tests.toolbox.word import W

TICKED, UNTICKED = "☒", "☐"
PLAN, TEACH, REPORT, KEEP = (
    "Able to plan the work of a team in time",
    "Able to teach colleagues with patience",
    "Able to report risks to the board each month",
    "Able to keep a register of each risk",
)
OLD = [Section("team", "Team", rows=(("t.1", PLAN), ("t.2", TEACH), ("t.3", REPORT)))]
NEW = [Section("team", "Team", rows=(("t.1", PLAN), ("t.3", REPORT), ("t.4", KEEP)))]
#: The row of what is withdrawn.
WITHDRAWN = 2


def with_column(tree: Any, texts: Collection[str], *, is_control: bool) -> Any:
    """``tree`` with one more cell in each row of its table: a text, or a content control that is ticked by it."""
    for row, text in zip(tree.iter(f"{W}tr"), texts, strict=True):
        run = f"<w:r><w:t>{text}</w:t></w:r>"
        control = (
            '<w:sdt><w:sdtPr><w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
            f'<w14:checked w14:val="{int(text == TICKED)}"/></w14:checkbox></w:sdtPr><w:sdtContent>{run}</w:sdtContent>'
            "</w:sdt>"
        )
        content = control if is_control and text in {TICKED, UNTICKED} else run
        row.append(etree.fromstring(f'<w:tc xmlns:w="{W[1:-1]}"><w:p>{content}</w:p></w:tc>'))
    return tree


BOX = (
    '<w14:checkbox xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:checked w14:val="0"/>'
    "</w14:checkbox>"
)
LIST = '<w:dropDownList><w:listItem w:displayText="Met" w:value="1"/></w:dropDownList>'
BOUND = '<w:dataBinding w:xpath="/a"/>'


def with_controls(tree: Any, place: str, kind: str) -> Any:
    """``tree`` with one more cell in each row of its table, which has a content control of a ``kind`` below the head:
    round a run, a paragraph or the cell."""
    control = f'<w:sdt><w:sdtPr><w:id w:val="7"/>{kind}</w:sdtPr><w:sdtContent>{{}}</w:sdtContent></w:sdt>'
    forms = {"run": "<w:p>{}</w:p>", "paragraph": "<w:tc>{}</w:tc>", "cell": f'<w:tr xmlns:w="{W[1:-1]}">{{}}</w:tr>'}
    for at, row in enumerate(tree.iter(f"{W}tr")):
        content = f"<w:r><w:t>{UNTICKED if at else 'Met'}</w:t></w:r>"
        for its_place, form in forms.items():
            is_round = at > 0 and its_place == place
            content = form.format(control.format(content) if is_round else content)
        row.extend(etree.fromstring(content))
    return tree


def brought_up(theirs: Any, fresh: Any) -> tuple[dict[str, Action], list[list[str]]]:
    """What is decided on each block, and the rows of the accepted document; rejected, it is ``theirs``."""
    before, new = copy.deepcopy(theirs), DocumentText.in_tree(fresh)
    text = DocumentText.in_tree(theirs)
    result = redline(
        File.of(PARTS), text, new, merge(blocks_of(OLD), text.paragraphs, blocks_of(NEW), fresh=new), stamp=STAMP
    )
    accepted = parse(result.file.content(BODY))
    rejected = copy.deepcopy(accepted)
    reject_all(rejected)
    assert structure(rejected) == structure(before)
    accept_all(accepted)
    rows = [["".join(map(str, cell.itertext())) for cell in row.iter(f"{W}tc")] for row in accepted.iter(f"{W}tr")]
    return {decision.id: decision.action for decision in result.decisions}, rows


@pytest.mark.parametrize("is_control", [True, False], ids=["control", "character"])
@pytest.mark.parametrize("is_template", [True, False], ids=["template's", "theirs"])
def test_a_box_that_nobody_ticked_keeps_no_row_and_ticks_elsewhere_stay(*, is_template: bool, is_control: bool) -> None:
    theirs = with_column(document_of(OLD), ("Met", TICKED, UNTICKED, TICKED), is_control=is_control)
    fresh = document_of(NEW)
    if is_template:
        with_column(fresh, ("Met", UNTICKED, UNTICKED, UNTICKED), is_control=is_control)
    actions, rows = brought_up(theirs, fresh)
    assert actions["t.2"] is Action.DELETE
    assert [row[0] for row in rows] == ["Criterion", PLAN, REPORT, KEEP]
    assert [row[2] for row in rows] == ["Met", TICKED, TICKED, UNTICKED if is_template else ""]


@pytest.mark.parametrize("is_template", [True, False], ids=["template's", "theirs"])
def test_a_box_that_somebody_ticked_keeps_its_row(*, is_template: bool) -> None:
    theirs = with_column(document_of(OLD), ("Met", UNTICKED, TICKED, UNTICKED), is_control=True)
    fresh = document_of(NEW)
    if is_template:
        with_column(fresh, ("Met", UNTICKED, UNTICKED, UNTICKED), is_control=True)
    actions, rows = brought_up(theirs, fresh)
    assert actions["t.2"] is Action.QUESTION
    assert rows[WITHDRAWN][::2] == [TEACH, TICKED]


def test_what_the_template_has_in_each_row_keeps_none() -> None:
    theirs = with_column(document_of(OLD), ("Shown by", *["Your form"] * 3), is_control=False)
    fresh = with_column(document_of(NEW), ("Shown by", *["Your form"] * 3), is_control=False)
    actions, rows = brought_up(theirs, fresh)
    assert actions["t.2"] is Action.DELETE
    assert [row[2] for row in rows] == ["Shown by", *["Your form"] * 3]


def test_what_somebody_wrote_in_the_place_of_what_the_template_has_in_each_row_keeps_it() -> None:
    theirs = with_column(document_of(OLD), ("Shown by", "Your form", "A talk with us", "Your form"), is_control=False)
    fresh = with_column(document_of(NEW), ("Shown by", *["Your form"] * 3), is_control=False)
    actions, rows = brought_up(theirs, fresh)
    assert actions["t.2"] is Action.QUESTION
    assert rows[WITHDRAWN][2] == "A talk with us"


@pytest.mark.parametrize("is_theirs", [True, False], ids=["controls", "signs"])
@pytest.mark.parametrize("place", ["run", "paragraph", "cell"])
@pytest.mark.parametrize("kind", [BOX, LIST, f"{BOUND}{BOX}"], ids=["box", "list", "of data"])
def test_a_row_that_comes_has_all_cells_and_what_is_filled_in_in_other_rows(
    kind: str, place: str, *, is_theirs: bool
) -> None:
    """Where a program has left nothing but the sign for it, it is the sign, and so it is where Word would show data."""
    theirs, fresh = document_of(OLD), DocumentText.in_tree(with_controls(document_of(NEW), place, kind))
    if is_theirs:
        with_controls(theirs, place, kind)
    else:
        with_column(theirs, ("Met", *[UNTICKED] * 3), is_control=False)
    text = DocumentText.in_tree(theirs)
    decisions = merge(blocks_of(OLD), text.paragraphs, blocks_of(NEW), fresh=fresh)
    tree = parse(redline(File.of(PARTS), text, fresh, decisions, stamp=STAMP).file.content(BODY))
    accept_all(tree)
    row = next(row for row in tree.iter(f"{W}tr") if KEEP in "".join(map(str, row.itertext())))
    assert ["".join(map(str, cell.itertext())) for cell in row.iter(f"{W}tc")] == [KEEP, "Essential", UNTICKED]
    tag = etree.QName(etree.fromstring(f'<a xmlns:w="{W[1:-1]}">{kind}</a>')[-1]).localname
    controls = [control for control in row.iter(f"{W}sdt") if control.find(f"{W}sdtPr/{{*}}{tag}/*") is not None]
    is_control = is_theirs and BOUND not in kind
    assert ["".join(map(str, control.itertext())) for control in controls] == ([UNTICKED] if is_control else [])
    assert [control.find(f"{W}sdtPr/{W}id") for control in controls] == ([None] if is_control else [])
