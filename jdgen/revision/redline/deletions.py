"""What is withdrawn marked as deleted, what stays of it for the sake of something else, and ends that cannot go."""

from __future__ import annotations

import copy
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from jdgen.drafting.block_id import NO_ID, BlockId
from jdgen.record.model import PrintedBlock
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.homes import homes_of
from jdgen.revision.paragraphs import DocumentText
from jdgen.revision.redline.cells import is_shared
from jdgen.revision.redline.marks import DEL, INS, Marker, properties_in
from jdgen.revision.redline.places import Correspondence, is_header_row
from jdgen.revision.repeated_words import TELLING, origin, stretches_out
from jdgen.revision.row_numbers import gone_with_rows
from jdgen.revision.rows import asked_once, with_whole_rows
from jdgen.word.paragraphs import ROW, TABLE, P, ParagraphContent, is_empty, paragraphs_of, text_of
from jdgen.word.xml import Element, W, nearest, parent_of, remove, serialise

# What is withdrawn marked as deleted: paragraphs, and the rows and tables of which nothing is left.


def delete(paragraphs: Iterable[Element], fresh: Element, marker: Marker) -> None:
    """Mark ``paragraphs`` as deleted, ends that cannot go with them; ``fresh`` is the document made anew."""
    # In order, so that equal inputs give equal files.
    going_paragraphs = dict.fromkeys(paragraphs)
    rows = _whole_rows(going_paragraphs, fresh)
    for row in rows:
        marker.mark_row(row, DEL)
        # What is empty has an end too, which goes with the row.
        going_paragraphs |= dict.fromkeys(paragraphs_of(row))
    for paragraph in going_paragraphs:
        marker.delete_words(paragraph)
        if not _ends_section(paragraph):
            marker.mark_end(paragraph, DEL)


def _whole_rows(going_paragraphs: Mapping[Element, None], fresh: Element) -> list[Element]:
    """Rows of which every text goes, and the header rows of tables that lose all others, where their words are the
    template's and not a person's."""
    whole = _rows_of(going_paragraphs)
    for table in dict.fromkeys(row_table for row in whole if (row_table := nearest(row, TABLE)) is not None):
        rest = [row for row in table.iter(ROW) if row not in whole]
        if all(is_header_row(row) and _is_words(row) for row in rest) and _texts(rest) <= _texts(
            filter(is_header_row, fresh.iter(ROW))
        ):
            whole |= dict.fromkeys(rest)
    return list(whole)


def _rows_of(going_paragraphs: Collection[Element]) -> dict[Element, None]:
    """The rows, in order, of which every text is among ``going_paragraphs``."""
    inside = dict.fromkeys(row for paragraph in going_paragraphs if (row := nearest(paragraph, ROW)) is not None)
    return {
        row: None
        for row in inside
        if all(paragraph in going_paragraphs or is_empty(paragraph) for paragraph in paragraphs_of(row))
    }


def _texts(rows: Iterable[Element]) -> set[str]:
    return {text_of(paragraph) for row in rows for paragraph in paragraphs_of(row)}


def _is_words(row: Element) -> bool:
    return all(ParagraphContent(paragraph).is_plain for paragraph in paragraphs_of(row))


def _ends_section(paragraph: Element) -> bool:
    """Whether a section ends with a paragraph, so that its end cannot go."""
    return paragraph.find(f"{W}pPr/{W}sectPr") is not None


# Words of the document that the new draft says in another text, for which there is no place: what says them now stays,
# or they would be in the document no more.

_NO_PLACE = "there is no place for the text that says its words now"


def with_words_kept(
    decisions: Sequence[Decision], unplaced: Collection[BlockId], theirs: DocumentText, fresh: DocumentText
) -> tuple[Decision, ...]:
    """``decisions``, but what says the words of a new text that is ``unplaced`` is neither deleted nor reworded so that
    it says them no more."""
    texts = [decision.new for decision in decisions if decision.id in unplaced and decision.action is Action.INSERT]
    unplaced_texts = [text for text in texts if len(text) >= TELLING]
    new_decisions = (
        [_with_words_kept(decision, unplaced_texts) for decision in decisions] if unplaced_texts else [*decisions]
    )
    return rows_made_whole(new_decisions, decisions, theirs, fresh)


def rows_made_whole(
    decisions: Sequence[Decision], before: Sequence[Decision], theirs: DocumentText, fresh: DocumentText
) -> tuple[Decision, ...]:
    """``decisions``, in which rows of tables stay or go as a whole again where some are others than ``before``."""
    if [*decisions] == [*before]:
        return tuple(decisions)
    new = [PrintedBlock(decision.id, decision.new, decision.anchor) for decision in decisions if decision.new]
    return tuple(with_whole_rows(decisions, theirs.paragraphs, new, fresh))


def _with_words_kept(decision: Decision, unplaced_texts: Sequence[str]) -> Decision:
    if decision.id.is_heading or decision.action not in (Action.DELETE, Action.REWORD):
        return decision
    going_stretches = stretches_out(decision.theirs, decision.new) if decision.new else [decision.base]
    if not any(
        origin(text, unplaced_texts) or any(origin(new, [text]) for new in unplaced_texts) for text in going_stretches
    ):
        return decision
    action = Action.OFFER if decision.new else Action.QUESTION
    return replace(decision, action=action, can_be_reworded=False, obstacle=_NO_PLACE)


# A row that begins a cell which is merged with those of rows that stay: with it, they would lose what that cell says.

_BEGINS_MERGE = "its row begins a cell that is merged with cells of other rows"


def with_merged_cells_kept(
    decisions: Sequence[Decision], theirs: DocumentText, fillers: Collection[Element]
) -> tuple[Decision, ...]:
    """``decisions``, but no row goes whose text other rows share. ``fillers`` say nothing of their rows."""
    new_decisions, paragraphs = list(decisions), tuple(theirs.read)
    going = {
        paragraphs[decision.places[0]]: at
        for at, decision in enumerate(new_decisions)
        if decision.action is Action.DELETE and decision.places
    }
    rows = _rows_of({*going, *gone_with_rows(going, fillers)})
    # One after the other: a row that stays may share a cell with one that was to go.
    while (row := next((each_row for each_row in rows if is_shared(each_row, rows)), None)) is not None:
        del rows[row]
        inside = {
            going[paragraph]: new_decisions[going[paragraph]] for paragraph in paragraphs_of(row) if paragraph in going
        }
        for at, decision in asked_once(inside, inside, _BEGINS_MERGE).items():
            new_decisions[at] = decision
    return tuple(new_decisions)


# What people have under a heading that the framework has withdrawn: the heading stays with it, for the person to
# decide, or their words would stand under another. So it does with a text that stands there since its own heading was
# taken out.

_WRITTEN_UNDER = "somebody has written under it"
_LEFT_UNDER = "a text stands under it whose own heading somebody took out"


def with_headings_kept(
    decisions: Sequence[Decision],
    theirs: DocumentText,
    fresh: DocumentText,
    correspondence: Correspondence,
    under: Mapping[BlockId, BlockId],
) -> tuple[Decision, ...]:
    """``decisions``, but a heading that would be deleted stays where something stays under it, with all of its row.
    It is for when what is new has its places and nothing is taken out yet. ``under`` are the headings in the new draft,
    by the ids of what stands under them."""
    blocks: dict[int, list[Decision]] = {}
    for decision in decisions:
        # A label goes with its row, and nothing stands under it.
        for at in () if decision.is_label else decision.places:
            blocks.setdefault(at, []).append(decision)
    going = {decision.places[0] for decision in decisions if decision.action is Action.DELETE and _is_heading(decision)}
    if not going:
        return tuple(decisions)
    homes = homes_of(
        {at: [decision.id for decision in there] for at, there in blocks.items()},
        theirs.paragraphs,
        correspondence.texts_of_template,
    )
    reasons: dict[int, str] = {}
    for at, heading in homes.items():
        there = blocks.get(at, [])
        if any(_is_left(decision, under, correspondence) for decision in there):
            reasons[heading] = _LEFT_UNDER
        elif not there or any(map(_is_out_of_place, there)):
            reasons.setdefault(heading, _WRITTEN_UNDER)
    new_decisions = [
        replace(decision, action=Action.QUESTION, obstacle=why)
        if _is_heading(decision)
        and (why := next((reasons[at] for at in decision.places if at in reasons and at in going), ""))
        else decision
        for decision in decisions
    ]
    return rows_made_whole(new_decisions, decisions, theirs, fresh)


def _is_heading(decision: Decision) -> bool:
    return decision.id.is_heading and not decision.is_label


def _is_left(decision: Decision, under: Mapping[BlockId, BlockId], correspondence: Correspondence) -> bool:
    """Whether a block that stays has a heading in the new draft that is not in the document."""
    heading = correspondence.paragraph(under.get(decision.id, NO_ID))
    return bool(decision.new) and not decision.is_going and heading is not None and heading not in correspondence.last


def _is_out_of_place(decision: Decision) -> bool:
    """Whether a block stays where the new draft does not have it."""
    return not decision.is_going and (decision.is_astray or not decision.new)


# The last paragraph of a cell, of the text, of a header or of a note: its end can neither come nor go.
#
# Word keeps that end whatever is accepted or rejected, and an empty paragraph with it (ECMA-376 part 1, 17.13.5.15 and
# 17.13.5.20 say of a paragraph whose end goes that it is joined with the one after it). So where paragraphs are put in
# or taken out there, it is the end of the one before them that is marked, and the last one stands for it when they are
# joined: it has the looks of what is then left.

_HOLDERS = tuple(
    f"{W}{name}" for name in ("tc", "body", "hdr", "ftr", "footnote", "endnote", "txbxContent", "sdtContent")
)
_PROPERTIES, _OF_MARK, _SECTION, _CHANGE = f"{W}pPr", f"{W}rPr", f"{W}sectPr", f"{W}pPrChange"
# What may stand among paragraphs and is none.
_NO_TEXT = (_SECTION, f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}proofErr")
#: What is no look of a paragraph: its mark's, the section that it ends, and how it looked before.
_NO_LOOKS = (_OF_MARK, _SECTION, _CHANGE)


def mend_ends(tree: Element, marker: Marker) -> Mapping[Element, Element]:
    """Move the marks of what is put in and taken out at the end of a cell, a text or a note so that the last end stays.

    The answer tells in which paragraph the words of one that is no longer there stand now.
    """
    new_homes: dict[Element, Element] = {}
    changed_holders = {_holder(mark) for mark in tree.iter(INS, DEL)} - {None}
    holders = [holder for holder in tree.iter(*_HOLDERS) if holder in changed_holders] if changed_holders else []
    for holder in holders:
        before, last = _changed_at_end(holder)
        if not last or any(_is_marked_row(row) for row in holder.iterancestors(ROW)):
            continue
        going_paragraphs, new = (
            [paragraph for paragraph in last if _mark(paragraph, tag) is not None] for tag in (DEL, INS)
        )
        if going_paragraphs and new:
            _fold(going_paragraphs[-1], new, last, marker)
            new_homes[new[-1]] = going_paragraphs[-1]
        elif before is not None and before.find(f"{_PROPERTIES}/{_SECTION}") is None:
            _shift(before, last[-1], marker)
        elif going_paragraphs:
            _unmark(going_paragraphs[-1], DEL)
    return new_homes


def _holder(mark: Element) -> Element | None:
    """What holds the paragraph of which ``mark`` marks the end; nothing where it marks words or a row."""
    of_mark = parent_of(mark)
    paragraph = parent_of(parent_of(of_mark)) if of_mark.tag == _OF_MARK else None
    return paragraph.getparent() if paragraph is not None and paragraph.tag == P else None


def _changed_at_end(holder: Element) -> tuple[Element | None, list[Element]]:
    """The paragraphs at the end of ``holder`` that come or go, in order, and the one before them, if there is one."""
    changed_paragraphs: list[Element] = []
    for node in holder.iterchildren(reversed=True):
        if node.tag in _NO_TEXT or not isinstance(node.tag, str):
            continue
        if node.tag != P:
            return None, changed_paragraphs[::-1]
        if _mark(node, INS) is None and _mark(node, DEL) is None:
            return node, changed_paragraphs[::-1]
        changed_paragraphs.append(node)
    return None, changed_paragraphs[::-1]


def _shift(before: Element, last: Element, marker: Marker) -> None:
    """Have the end of ``before`` come or go in the place of that of ``last``."""
    tag = INS if _mark(last, INS) is not None else DEL
    mark = _unmark(last, tag)
    looks_before, last_looks = _properties(before), _properties(last)
    if tag == INS:
        # Rejecting leaves the words of the one before, with this end.
        _set_looks(last, last_looks, looks_before, marker)
        _set_looks_of_mark(last, before)
    else:
        _set_looks(last, looks_before, last_looks, marker)
    marker.mark_end(before, tag, mark)


def _fold(going_paragraph: Element, new: list[Element], last: list[Element], marker: Marker) -> None:
    """Put the words of the last of ``new`` into ``going_paragraph``, which is then at the end: all others of ``last``
    come before it."""
    new_paragraph = new[-1]
    _unmark(going_paragraph, DEL)
    _set_looks(going_paragraph, _properties(new_paragraph), _properties(going_paragraph), marker)
    going_paragraph.extend([node for node in new_paragraph if node.tag != _PROPERTIES])
    remove(new_paragraph)
    for paragraph in last[last.index(going_paragraph) + 1 :]:
        if paragraph is not new_paragraph:
            going_paragraph.addprevious(paragraph)


def _properties(paragraph: Element) -> list[Element]:
    """A copy of what ``paragraph`` looks like, without its mark and its section."""
    properties = paragraph.find(_PROPERTIES)
    return [] if properties is None else [copy.deepcopy(node) for node in properties if node.tag not in _NO_LOOKS]


def _set_looks(paragraph: Element, looks: list[Element], before: list[Element], marker: Marker) -> None:
    """Give ``paragraph`` these ``looks``, and note those that it has again when the change is rejected."""
    properties = properties_in(paragraph, _PROPERTIES)
    rest = [node for node in properties if node.tag in (_OF_MARK, _SECTION)]
    for node in list(properties):
        properties.remove(node)
    properties.extend([*looks, *rest])
    if [*map(serialise, looks)] != [*map(serialise, before)]:
        change = marker.element(_CHANGE)
        etree.SubElement(change, _PROPERTIES).extend(before)
        properties.append(change)


def _set_looks_of_mark(paragraph: Element, like: Element) -> None:
    looks = like.find(f"{_PROPERTIES}/{_OF_MARK}")
    properties = properties_in(paragraph, _PROPERTIES)
    if (looks_before := properties.find(_OF_MARK)) is not None:
        properties.remove(looks_before)
    if looks is not None:
        following = [node for node in properties if node.tag in (_SECTION, _CHANGE)]
        at = properties.index(following[0]) if following else len(properties)
        properties.insert(at, copy.deepcopy(looks))


def _mark(paragraph: Element, tag: str) -> Element | None:
    return paragraph.find(f"{_PROPERTIES}/{_OF_MARK}/{tag}")


def _unmark(paragraph: Element, tag: str) -> Element:
    """The mark ``tag`` of the end of ``paragraph``, taken from it."""
    mark = _mark(paragraph, tag)
    if mark is None:
        raise ValueError(f"the end of the paragraph has no <{tag}>")
    of_mark = parent_of(mark)
    of_mark.remove(mark)
    if not len(of_mark):
        remove(of_mark)
    return mark


def _is_marked_row(row: Element) -> bool:
    return any(row.find(f"{W}trPr/{tag}") is not None for tag in (INS, DEL))
