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
    gone = dict.fromkeys(paragraphs)
    rows = _whole_rows(gone, fresh)
    for row in rows:
        marker.mark_row(row, DEL)
        # What is empty has an end too, which goes with the row.
        gone |= dict.fromkeys(paragraphs_of(row))
    for paragraph in gone:
        marker.delete_words(paragraph)
        if not _ends_section(paragraph):
            marker.mark_end(paragraph, DEL)


def _whole_rows(gone: Mapping[Element, None], fresh: Element) -> list[Element]:
    """Rows of which every text goes, and the header rows of tables that lose all others, where their words are the
    template's and not a person's."""
    whole = _rows_of(gone)
    for table in dict.fromkeys(found for row in whole if (found := nearest(row, TABLE)) is not None):
        rest = [row for row in table.iter(ROW) if row not in whole]
        if all(is_header_row(row) and _is_words(row) for row in rest) and _texts(rest) <= _texts(
            filter(is_header_row, fresh.iter(ROW))
        ):
            whole |= dict.fromkeys(rest)
    return list(whole)


def _rows_of(gone: Collection[Element]) -> dict[Element, None]:
    """The rows, in order, of which every text is among the paragraphs ``gone``."""
    inside = dict.fromkeys(row for paragraph in gone if (row := nearest(paragraph, ROW)) is not None)
    return {row: None for row in inside if all(one in gone or is_empty(one) for one in paragraphs_of(row))}


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
    lost = [one.new for one in decisions if one.id in unplaced and one.action is Action.INSERT]
    lost = [text for text in lost if len(text) >= TELLING]
    made = [_with_words_kept(one, lost) for one in decisions] if lost else [*decisions]
    return tuple(decisions) if made == [*decisions] else rows_made_whole(made, theirs, fresh)


def rows_made_whole(decisions: Sequence[Decision], theirs: DocumentText, fresh: DocumentText) -> tuple[Decision, ...]:
    """``decisions`` with it told anew which rows of tables move as a whole, since some decisions are others now."""
    new = [PrintedBlock(one.id, one.new, one.anchor) for one in decisions if one.new]
    return tuple(with_whole_rows(decisions, theirs.paragraphs, new, fresh))


def _with_words_kept(one: Decision, lost: Sequence[str]) -> Decision:
    if one.id.is_heading or one.action not in (Action.DELETE, Action.REWORD):
        return one
    gone = stretches_out(one.theirs, one.new) if one.new else [one.base]
    if not any(origin(text, lost) or any(origin(new, [text]) for new in lost) for text in gone):
        return one
    action = Action.OFFER if one.new else Action.QUESTION
    return replace(one, action=action, can_be_reworded=False, obstacle=_NO_PLACE)


# A row that begins a cell which is merged with those of rows that stay: with it, they would lose what that cell says.

_MERGED = "its row begins a cell that is merged with cells of other rows"


def with_merged_cells_kept(
    decisions: Sequence[Decision], theirs: DocumentText, fillers: Collection[Element]
) -> tuple[Decision, ...]:
    """``decisions``, but no row goes whose text other rows share. ``fillers`` say nothing of
    their rows."""
    made, paragraphs = list(decisions), tuple(theirs.read)
    going = {paragraphs[one.places[0]]: at for at, one in enumerate(made) if one.action is Action.DELETE and one.places}
    rows = _rows_of({*going, *gone_with_rows(going, fillers)})
    # One after the other: a row that stays may share a cell with one that was to go.
    while (row := next((one for one in rows if is_shared(one, rows)), None)) is not None:
        del rows[row]
        inside = {going[one]: made[going[one]] for one in paragraphs_of(row) if one in going}
        for at, decision in asked_once(inside, inside, _MERGED).items():
            made[at] = decision
    return tuple(made)


# What people have under a heading that the framework has withdrawn: the heading stays with it, for the person to
# decide, or their words would stand under another. So it does with a text that stands there since its own heading was
# taken out.

_WRITTEN_UNDER = "somebody has written under it"
_LEFT_UNDER = "a text stands under it whose own heading somebody took out"

_GOING = (Action.DELETE, Action.MOVE)


def with_headings_kept(
    decisions: Sequence[Decision],
    theirs: DocumentText,
    fresh: DocumentText,
    known: Correspondence,
    under: Mapping[BlockId, BlockId],
) -> tuple[Decision, ...]:
    """``decisions``, but a heading that would be deleted stays where something stays under it, with all of its row.
    Asked when it is known what found a place, and before anything is taken out. ``under`` are the headings in the new
    draft."""
    blocks: dict[int, list[Decision]] = {}
    for one in decisions:
        # A label goes with its row, and nothing stands under it.
        for at in () if one.is_label else one.places:
            blocks.setdefault(at, []).append(one)
    going = {one.places[0] for one in decisions if one.action is Action.DELETE and _is_heading(one)}
    if not going:
        return tuple(decisions)
    homes = homes_of(
        {at: [one.id for one in there] for at, there in blocks.items()}, theirs.paragraphs, known.texts_of_template
    )
    kept: dict[int, str] = {}
    for at, heading in homes.items():
        there = blocks.get(at, [])
        if any(_is_left(one, under, known) for one in there):
            kept[heading] = _LEFT_UNDER
        elif not there or any(map(_is_out_of_place, there)):
            kept.setdefault(heading, _WRITTEN_UNDER)
    made = [
        replace(one, action=Action.QUESTION, obstacle=why)
        if _is_heading(one) and (why := next((kept[at] for at in one.places if at in kept and at in going), ""))
        else one
        for one in decisions
    ]
    return tuple(decisions) if made == [*decisions] else rows_made_whole(made, theirs, fresh)


def _is_heading(one: Decision) -> bool:
    return one.id.is_heading and not one.is_label


def _is_left(one: Decision, under: Mapping[BlockId, BlockId], known: Correspondence) -> bool:
    """Whether a block that stays has a heading in the new draft that is not in the document."""
    heading = known.paragraph(under.get(one.id, NO_ID))
    return bool(one.new) and _stays(one) and heading is not None and heading not in known.last


def _is_out_of_place(one: Decision) -> bool:
    """Whether a block stays where the new draft does not have it."""
    return _stays(one) and (one.is_astray or not one.new)


def _stays(one: Decision) -> bool:
    return one.action not in _GOING


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
    joined: dict[Element, Element] = {}
    changed = {_holder(mark) for mark in tree.iter(INS, DEL)} - {None}
    for holder in [one for one in tree.iter(*_HOLDERS) if one in changed] if changed else ():
        before, last = _changed_at_end(holder)
        if not last or any(_is_marked_row(row) for row in holder.iterancestors(ROW)):
            continue
        gone, new = ([one for one in last if _mark(one, tag) is not None] for tag in (DEL, INS))
        if gone and new:
            _fold(gone[-1], new, last, marker)
            joined[new[-1]] = gone[-1]
        elif before is not None and before.find(f"{_PROPERTIES}/{_SECTION}") is None:
            _shift(before, last[-1], marker)
        elif gone:
            _unmark(gone[-1], DEL)
    return joined


def _holder(mark: Element) -> Element | None:
    """What holds the paragraph of which ``mark`` marks the end; nothing where it marks words or a row."""
    of_mark = parent_of(mark)
    paragraph = parent_of(parent_of(of_mark)) if of_mark.tag == _OF_MARK else None
    return paragraph.getparent() if paragraph is not None and paragraph.tag == P else None


def _changed_at_end(holder: Element) -> tuple[Element | None, list[Element]]:
    """The paragraphs at the end of ``holder`` that come or go, in order, and the one before them, if there is one."""
    changed: list[Element] = []
    for node in holder.iterchildren(reversed=True):
        if node.tag in _NO_TEXT or not isinstance(node.tag, str):
            continue
        if node.tag != P:
            return None, changed[::-1]
        if _mark(node, INS) is None and _mark(node, DEL) is None:
            return node, changed[::-1]
        changed.append(node)
    return None, changed[::-1]


def _shift(before: Element, last: Element, marker: Marker) -> None:
    """Have the end of ``before`` come or go in the place of that of ``last``."""
    tag = INS if _mark(last, INS) is not None else DEL
    mark = _unmark(last, tag)
    left, looks = _properties(before), _properties(last)
    if tag == INS:
        # Rejecting leaves the words of the one before, with this end.
        _set_looks(last, looks, left, marker)
        _set_looks_of_mark(last, before)
    else:
        _set_looks(last, left, looks, marker)
    marker.mark_end(before, tag, mark)


def _fold(gone: Element, new: list[Element], last: list[Element], marker: Marker) -> None:
    """Put the words of the last of ``new`` into the paragraph of those that go last, which then ends what it is in."""
    taken = new[-1]
    _unmark(gone, DEL)
    _set_looks(gone, _properties(taken), _properties(gone), marker)
    gone.extend([node for node in taken if node.tag != _PROPERTIES])
    remove(taken)
    for one in last[last.index(gone) + 1 :]:
        if one is not taken:
            gone.addprevious(one)


def _properties(paragraph: Element) -> list[Element]:
    """A copy of what ``paragraph`` looks like, without its mark and its section."""
    found = paragraph.find(_PROPERTIES)
    return [] if found is None else [copy.deepcopy(node) for node in found if node.tag not in _NO_LOOKS]


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
    found = like.find(f"{_PROPERTIES}/{_OF_MARK}")
    properties = properties_in(paragraph, _PROPERTIES)
    if (own := properties.find(_OF_MARK)) is not None:
        properties.remove(own)
    if found is not None:
        following = [node for node in properties if node.tag in (_SECTION, _CHANGE)]
        at = properties.index(following[0]) if following else len(properties)
        properties.insert(at, copy.deepcopy(found))


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
