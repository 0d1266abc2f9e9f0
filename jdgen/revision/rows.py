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
    labels: list[Label] = []
    for row in rows.values():
        label_ids = {
            block_id for block_id in row if (cells[block_id].table, cells[block_id].column, block_id.field) in kinds
        }
        keys = [block_id for block_id in row if block_id not in label_ids and block_id.owner not in row]
        if keys:
            labels += [
                Label(block_id, tuple(keys), row.index(block_id) < row.index(keys[0]))
                for block_id in row
                if block_id in label_ids
            ]
    return tuple(labels)


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
    place = {name: at for at, paragraph in enumerate(fresh) for name in paragraph.anchors}
    columns: dict[str, dict[str, int]] = {}
    for paragraph in fresh:
        columns.setdefault(paragraph.row, {}).setdefault(paragraph.cell, len(columns[paragraph.row]))
    block_paragraphs = ((block.id, fresh[place[name]]) for block in new if (name := block.anchor_name) in place)
    return {
        block_id: _Cell(table_of(paragraph.row), paragraph.row, columns[paragraph.row][paragraph.cell])
        for block_id, paragraph in block_paragraphs
        if paragraph.row
    }


def _kinds_of_labels(
    base: Sequence[PrintedBlock],
    new: Sequence[PrintedBlock],
    cells: Mapping[BlockId, _Cell],
    rows: Mapping[str, Sequence[BlockId]],
) -> set[tuple[str, int, str]]:
    """The table, the column and the kind of what is printed again in several rows of it, or was."""
    prints = Counter((cells[block_id].table, block_id.original) for block_id in cells)
    again, before = printed_again(new), printed_again(base)
    return {
        (cell.table, cell.column, block_id.field)
        for block_id, cell in cells.items()
        if len(rows[cell.row]) > 1
        and block_id.owner not in rows[cell.row]
        and (prints[cell.table, block_id.original] > 1 or block_id.original in before - again)
    }


def with_labels_paired(
    pairs: Mapping[BlockId, BlockId], base: Sequence[PrintedBlock], labels: Sequence[Label]
) -> Mapping[BlockId, BlockId]:
    """``pairs`` of ids in ``base`` by those in the new draft, with each label paired with the one that stood in its row
    before, and with none where its row is new."""
    if not labels:
        return pairs
    ids = [block.id for block in base]
    index_of = {block_id: index for index, block_id in enumerate(ids)}
    label_ids, kinds = {label.id for label in labels}, {label.id.field for label in labels}
    all_pairs = {new_id: before for new_id, before in pairs.items() if new_id not in label_ids}
    paired_ids = set(all_pairs.values())
    for label in labels:
        step = -1 if label.is_first else 1
        for key in label.of:
            index = index_of[all_pairs[key]] if key in all_pairs else -1
            # Past the fields of what the row is about, up to the next thing.
            while index >= 0 and ids[index].field != label.id.field:
                following = index + step
                is_end = not 0 <= following < len(ids) or _is_next(ids[following], all_pairs[key], kinds)
                index = -1 if is_end else following
            if index >= 0 and ids[index] not in paired_ids:
                all_pairs[label.id] = ids[index]
                paired_ids.add(ids[index])
                break
    return all_pairs


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
    label_ids = {block.id for block in base if block.id in paired or block.id.original in originals}
    kinds = {(table_of(rows[block_id]), block_id.field) for block_id in label_ids if rows.get(block_id)}
    shared = {row for row, count in Counter(rows.values()).items() if row and count > 1}
    return frozenset(
        label_ids
        | {block_id for block_id, row in rows.items() if row in shared and (table_of(row), block_id.field) in kinds}
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
        for at, paragraph in enumerate(paragraphs):
            if paragraph.row:
                self._columns.setdefault(paragraph.row, {}).setdefault(
                    paragraph.cell, len(self._columns[paragraph.row])
                )
                if at not in fillers and (paragraph.text.strip() or not paragraph.is_plain):
                    self.members.setdefault(paragraph.row, []).append(at)
        self._cells = _cells(new, fresh)

    def is_emptied(self, at: int, staying: Sequence[BlockId], coming: Set[BlockId]) -> bool:
        """Whether the document made anew has, in a row of one of the blocks ``staying``, nothing but what is ``coming``
        in the cell where the paragraph ``at`` stands, or what somebody has taken out."""
        paragraph = self._paragraphs[at]
        column = self._columns[paragraph.row][paragraph.cell]
        places = [
            (cell.table, cell.row, column) for block_id in staying if (cell := self._cells.get(block_id)) is not None
        ]
        return any(coming >= {block_id for block_id, cell in self._cells.items() if cell == place} for place in places)


def with_labels_of_rows(decisions: Sequence[Decision], labels: Sequence[Label]) -> Iterator[Decision]:
    """``decisions``, but no label is put into a row that is there already."""
    coming = {decision.id for decision in decisions if decision.is_coming}
    of = {label.id: label.of for label in labels}
    for decision in decisions:
        is_lone = decision.action is Action.INSERT and decision.id in of and coming.isdisjoint(of[decision.id])
        yield replace(decision, action=Action.ABSENT) if is_lone else decision


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
    new_decisions = list(decisions)
    if not any(decision.action in (Action.DELETE, Action.QUESTION) for decision in decisions):
        return new_decisions
    rows = _Rows(paragraphs, new, fresh.paragraphs if fresh else ())
    index_of = {at: index for index, decision in enumerate(decisions) for at in decision.places}
    coming = {decision.id for decision in decisions if decision.is_coming or decision.action is Action.ABSENT}
    for members in rows.members.values():
        inside = {index: decisions[index] for at in members if (index := index_of.get(at)) is not None}
        staying_places = [at for at in members if at not in index_of or not decisions[index_of[at]].is_going]
        if staying_places and any(decision.action in (Action.DELETE, Action.QUESTION) for decision in inside.values()):
            cells = {paragraphs[at].cell for at in staying_places}
            staying = [decision.id for decision in inside.values() if decision.new and not decision.is_going]
            alone = {
                index
                for index, decision in inside.items()
                if (at := decision.places[0]) in members
                and (paragraphs[at].cell in cells or rows.is_emptied(at, staying, coming))
            }
            kept_indexes = _kept_in_row(inside, alone)
            for index, decision in asked_once(inside, kept_indexes).items():
                new_decisions[index] = decision
    return new_decisions


def _kept_in_row(row: Mapping[int, Decision], alone: Collection[int]) -> set[int]:
    """What is withdrawn and stays with the rest of a row: what does not go ``alone``, and a text with its fields."""
    going = {index: decision for index, decision in row.items() if decision.action is Action.DELETE}
    kept_indexes = {index for index, decision in going.items() if decision.is_label or index not in alone}
    while True:
        staying = {
            decision.id
            for index, decision in row.items()
            if not decision.new and (index in kept_indexes or index not in going)
        }
        owners = {block_id.owner for block_id in staying}
        more = {
            index
            for index, decision in going.items()
            if index not in kept_indexes and (decision.id in owners or decision.id.owner in staying)
        }
        if not more:
            return kept_indexes
        kept_indexes |= more


def asked_once(row: Mapping[int, Decision], kept_indexes: Collection[int], why: str = _IN_ROW) -> dict[int, Decision]:
    """The decisions of one row that change, by index: those of ``kept_indexes`` stay, and where the row says most it is
    said that it is withdrawn, with the reason ``why`` it stays."""
    ids = {decision.id for decision in row.values()}
    withdrawn = {
        index: decision
        for index, decision in row.items()
        if not decision.new and (index in kept_indexes or decision.action is Action.QUESTION)
    }
    about = [index for index, decision in withdrawn.items() if not decision.is_label and decision.id.owner not in ids]
    question_indexes = (
        [index for index in about if withdrawn[index].action is Action.QUESTION]
        or sorted(about, key=lambda index: withdrawn[index].id.is_heading)[:1]
        or [index for index, decision in withdrawn.items() if decision.action is Action.QUESTION]
    )
    return {
        index: replace(
            decision, action=Action.QUESTION, obstacle=decision.obstacle or ("" if decision.is_edited else why)
        )
        if index in question_indexes
        else replace(decision, action=Action.KEEP)
        for index, decision in withdrawn.items()
    }
