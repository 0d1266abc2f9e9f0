"""Rows of tables: what stands in one goes together, and what is printed in many is told by its row.

A label is a text that a template prints in every row beside what the row is about: the name of the group beside each
criterion. Its id only counts its prints, and would take the label of a row that stays for that of one that goes. Which
texts are labels is told by the document made anew, since its template is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import NamedTuple

from jdgen.drafting.block_id import BlockId
from jdgen.record.model import PrintedBlock
from jdgen.revision.decisions import Action, Decision
from jdgen.revision.paragraphs import DocumentText, ReadParagraph, table_of
from jdgen.revision.row_numbers import saying_nothing
from jdgen.word.paragraphs import ROW
from jdgen.word.xml import W, nearest

_BOOKMARK, _NAME = f"{W}bookmarkStart", f"{W}name"
_IN_ROW = "its row holds what somebody has written or changed"
_LEAVING, _COMING = (Action.DELETE, Action.MOVE), (Action.INSERT, Action.MOVE)


@dataclass(frozen=True)
class Label:
    """A label of the new draft: ``of`` are the ids of what its row is about, and ``is_first`` says that it stands
    before that."""

    id: BlockId
    of: tuple[BlockId, ...]
    is_first: bool


class _Cell(NamedTuple):
    table: str
    row: str
    column: int


def labels_of(
    base: Sequence[PrintedBlock], new: Sequence[PrintedBlock], fresh: DocumentText | None
) -> tuple[Label, ...]:
    """The labels among the blocks of ``new``; ``fresh`` is the document that prints them."""
    if fresh is None or not _are_labels(base, new, fresh):
        return ()
    cells = _cells(new, fresh.paragraphs)
    rows: dict[str, list[BlockId]] = {}
    for block_id, cell in cells.items():
        rows.setdefault(cell.row, []).append(block_id)
    kinds = _kinds_of_labels(base, new, cells, rows)
    made: list[Label] = []
    for row in rows.values():
        labels = {one for one in row if (cells[one].table, cells[one].column, one.field) in kinds}
        keys = [one for one in row if one not in labels and one.owner not in row]
        if keys:
            made += [Label(one, tuple(keys), row.index(one) < row.index(keys[0])) for one in row if one in labels]
    return tuple(made)


def _are_labels(base: Sequence[PrintedBlock], new: Sequence[PrintedBlock], fresh: DocumentText) -> bool:
    """Whether there may be labels, so that all paragraphs have to be read: something is printed several times in one
    table, or was and is not any more."""
    again, before = printed_again(new), printed_again(base)
    if before - again or not again:
        return bool(before - again)
    names = {block.anchor_name: block.id.original for block in new if block.id.original in again}
    tables = Counter(
        (original, row.getparent())
        for mark in fresh.tree.iter(_BOOKMARK)
        if (original := names.get(mark.get(_NAME, ""))) and (row := nearest(mark, ROW)) is not None
    )
    return max(tables.values(), default=0) > 1


def printed_again(blocks: Sequence[PrintedBlock]) -> set[BlockId]:
    """The ids of what is printed several times."""
    return {block.id.original for block in blocks if not block.id.is_original}


def _cells(new: Sequence[PrintedBlock], fresh: Sequence[ReadParagraph]) -> Mapping[BlockId, _Cell]:
    """The cell that each block of ``new`` stands in, in their order, if it stands in one."""
    place = {name: at for at, one in enumerate(fresh) for name in one.anchors}
    columns: dict[str, dict[str, int]] = {}
    for one in fresh:
        columns.setdefault(one.row, {}).setdefault(one.cell, len(columns[one.row]))
    found = ((block.id, fresh[place[name]]) for block in new if (name := block.anchor_name) in place)
    return {
        block_id: _Cell(table_of(one.row), one.row, columns[one.row][one.cell]) for block_id, one in found if one.row
    }


def _kinds_of_labels(
    base: Sequence[PrintedBlock],
    new: Sequence[PrintedBlock],
    cells: Mapping[BlockId, _Cell],
    rows: Mapping[str, Sequence[BlockId]],
) -> set[tuple[str, int, str]]:
    """The table, the column and the kind of what is printed again in several rows of it, or was."""
    prints = Counter((cells[one].table, one.original) for one in cells)
    again, before = printed_again(new), printed_again(base)
    return {
        (cell.table, cell.column, one.field)
        for one, cell in cells.items()
        if len(rows[cell.row]) > 1
        and one.owner not in rows[cell.row]
        and (prints[cell.table, one.original] > 1 or one.original in before - again)
    }


def with_labels_paired(
    pairs: Mapping[BlockId, BlockId], base: Sequence[PrintedBlock], labels: Sequence[Label]
) -> Mapping[BlockId, BlockId]:
    """``pairs`` of ids in ``base`` by those in the new draft, with each label paired with the one that stood in its row
    before, and with none where its row is new."""
    if not labels:
        return pairs
    ids = [block.id for block in base]
    index_of = {one: index for index, one in enumerate(ids)}
    own, kinds = {label.id for label in labels}, {label.id.field for label in labels}
    made = {one: before for one, before in pairs.items() if one not in own}
    taken = set(made.values())
    for label in labels:
        step = -1 if label.is_first else 1
        for key in label.of:
            index = index_of[made[key]] if key in made else -1
            # Past the fields of what the row is about, up to the next thing.
            while index >= 0 and ids[index].field != label.id.field:
                following = index + step
                is_end = not 0 <= following < len(ids) or _is_next(ids[following], made[key], kinds)
                index = -1 if is_end else following
            if index >= 0 and ids[index] not in taken:
                made[label.id] = ids[index]
                taken.add(ids[index])
                break
    return made


def _is_next(block_id: BlockId, key: BlockId, kinds: Collection[str]) -> bool:
    """Whether a block is neither a label nor a field of ``key``: another row begins with it, or ended."""
    return block_id.field not in kinds and block_id.owner != key


def labels_before(
    base: Sequence[PrintedBlock],
    labels: Sequence[Label],
    pairs: Mapping[BlockId, BlockId],
    rows: Mapping[BlockId, str],
) -> frozenset[BlockId]:
    """The ids in ``base`` of what were labels there: those that are paired with one, other prints of the same, and what
    is of their kind where the draft has nothing of its row any more. ``rows`` are those that blocks stand in."""
    originals = {label.id.original for label in labels}
    paired = {pairs[label.id] for label in labels if label.id in pairs}
    found = {block.id for block in base if block.id in paired or block.id.original in originals}
    kinds = {(table_of(rows[one]), one.field) for one in found if rows.get(one)}
    shared = {row for row, count in Counter(rows.values()).items() if row and count > 1}
    return frozenset(
        found | {one for one, row in rows.items() if row in shared and (table_of(row), one.field) in kinds}
    )


class _Rows:
    """The rows in a person's document, and in the document made anew.

    ``members`` are the places in each row that anything stands in that says something of it.
    """

    def __init__(
        self, paragraphs: Sequence[ReadParagraph], new: Sequence[PrintedBlock], fresh: Sequence[ReadParagraph]
    ) -> None:
        self._paragraphs = paragraphs
        self.members: dict[str, list[int]] = {}
        self._columns: dict[str, dict[str, int]] = {}
        fillers = saying_nothing(paragraphs, fresh)
        for at, one in enumerate(paragraphs):
            if one.row:
                self._columns.setdefault(one.row, {}).setdefault(one.cell, len(self._columns[one.row]))
                if at not in fillers and (one.text.strip() or not one.is_plain):
                    self.members.setdefault(one.row, []).append(at)
        self._cells = _cells(new, fresh)

    def is_emptied(self, at: int, staying: Sequence[BlockId], coming: Set[BlockId]) -> bool:
        """Whether the document made anew has, in a row of one of the blocks ``staying``, nothing but what is ``coming``
        in the cell where the paragraph ``at`` stands, or what somebody has taken out."""
        paragraph = self._paragraphs[at]
        column = self._columns[paragraph.row][paragraph.cell]
        places = [(cell.table, cell.row, column) for one in staying if (cell := self._cells.get(one)) is not None]
        return any(coming >= {one for one, cell in self._cells.items() if cell == place} for place in places)


def with_labels_of_rows(decisions: Sequence[Decision], labels: Sequence[Label]) -> Iterator[Decision]:
    """``decisions``, but no label is put into a row that is there already."""
    coming = {one.id for one in decisions if one.action in (Action.INSERT, Action.MOVE)}
    of = {label.id: label.of for label in labels}
    for one in decisions:
        is_lone = one.action is Action.INSERT and one.id in of and coming.isdisjoint(of[one.id])
        yield replace(one, action=Action.ABSENT) if is_lone else one


def with_whole_rows(
    decisions: Sequence[Decision],
    paragraphs: Sequence[ReadParagraph],
    new: Sequence[PrintedBlock],
    fresh: DocumentText | None,
) -> list[Decision]:
    """``decisions`` on a document of these ``paragraphs``, but a row of a table of which something stays stays whole,
    and that is asked about once. ``fresh`` is the document that prints ``new``.

    What goes and leaves something in its cell, such as one of several duties, goes by itself; so does what leaves a
    cell that the document made anew has empty too, or fills otherwise.
    """
    made = list(decisions)
    if not any(one.action in (Action.DELETE, Action.QUESTION) for one in decisions):
        return made
    rows = _Rows(paragraphs, new, fresh.paragraphs if fresh else ())
    index_of = {at: index for index, one in enumerate(decisions) for at in one.places}
    coming = {one.id for one in decisions if one.action in (*_COMING, Action.ABSENT)}
    for members in rows.members.values():
        inside = {index: decisions[index] for at in members if (index := index_of.get(at)) is not None}
        left = [at for at in members if at not in index_of or decisions[index_of[at]].action not in _LEAVING]
        if left and any(one.action in (Action.DELETE, Action.QUESTION) for one in inside.values()):
            cells = {paragraphs[at].cell for at in left}
            staying = [one.id for one in inside.values() if one.new and one.action not in _LEAVING]
            alone = {
                index
                for index, one in inside.items()
                if (at := one.places[0]) in members
                and (paragraphs[at].cell in cells or rows.is_emptied(at, staying, coming))
            }
            kept = _kept_in_row(inside, alone)
            for index, one in asked_once(inside, kept).items():
                made[index] = one
    return made


def _kept_in_row(row: Mapping[int, Decision], alone: Collection[int]) -> set[int]:
    """What is withdrawn and stays with the rest of a row: what does not go ``alone``, and a text with its fields."""
    going = {index: one for index, one in row.items() if one.action is Action.DELETE}
    kept = {index for index, one in going.items() if one.is_label or index not in alone}
    while True:
        staying = {one.id for index, one in row.items() if not one.new and (index in kept or index not in going)}
        owners = {one.owner for one in staying}
        more = {
            index for index, one in going.items() if index not in kept and (one.id in owners or one.id.owner in staying)
        }
        if not more:
            return kept
        kept |= more


def asked_once(row: Mapping[int, Decision], kept: Collection[int], why: str = _IN_ROW) -> dict[int, Decision]:
    """The decisions of one row that change, by index: those ``kept`` stay, and that the row is withdrawn is said where
    it says most, with the reason ``why`` it stays."""
    ids = {one.id for one in row.values()}
    withdrawn = {
        index: one for index, one in row.items() if not one.new and (index in kept or one.action is Action.QUESTION)
    }
    about = [index for index, one in withdrawn.items() if not one.is_label and one.id.owner not in ids]
    asked = (
        [index for index in about if withdrawn[index].action is Action.QUESTION]
        or sorted(about, key=lambda index: withdrawn[index].id.is_heading)[:1]
        or [index for index, one in withdrawn.items() if one.action is Action.QUESTION]
    )
    return {
        index: replace(one, action=Action.QUESTION, obstacle=one.obstacle or ("" if one.is_edited else why))
        if index in asked
        else replace(one, action=Action.KEEP)
        for index, one in withdrawn.items()
    }
