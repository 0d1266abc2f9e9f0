"""A paragraph brought from its words to others, word by word, as tracked changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from jdgen.framework.wording import WordChange, word_changes
from jdgen.revision.redline.marks import Marker
from jdgen.revision.redline.runs import cut, properties_of, set_apart
from jdgen.revision.standing import text_of, text_pieces

# Characters that word processors put in for others by themselves, each for one.
_TYPED = str.maketrans("\u2018\u2019\u201c\u201d\u00a0\u2011", "''\"\" -")
# Where a word may be broken: no part of it.
_SOFT = "\u00ad"


class Replacement(NamedTuple):
    """The characters from ``start`` to ``end`` of a text give way to ``put``."""

    start: int
    end: int
    put: str


def replacements(old: str, new: str) -> list[Replacement]:
    """What leads from ``old`` to ``new``. Only white space between two changes makes them one, which reads better;
    what a word processor puts in by itself (turned quotation marks, places for a hyphen) is no change."""
    places = [at for at, one in enumerate(old) if one != _SOFT]
    found = _replacements(old.replace(_SOFT, ""), new)
    return [Replacement(*_widened(each.start, each.end, places, len(old)), each.put) for each in found]


def _widened(start: int, end: int, places: list[int], length: int) -> tuple[int, int]:
    """The stretch of a text that is from ``start`` to ``end`` without its soft hyphens; ``places`` are those of all
    other characters of it."""
    from_ = places[start] if start < len(places) else length
    return from_, places[end - 1] + 1 if end > start else from_


def _replacements(old: str, new: str) -> list[Replacement]:
    found: list[Replacement] = []
    start = at = 0
    for change in word_changes(old.translate(_TYPED), new.translate(_TYPED)):
        end, to = start + len(change.out), at + len(change.put)
        if not change.same and not _is_only_space(change, start == 0 or end == len(old)):
            found.append(Replacement(start, end, new[at:to]))
        elif found and found[-1].end == start and not change.out.strip() and end < len(old) and to < len(new):
            last = found[-1]
            found[-1] = Replacement(last.start, end, last.put + change.put)
        start, at = end, to
    return list(_joined(found))


def _is_only_space(change: WordChange, is_outermost: bool) -> bool:
    """Whether a change makes other white space of white space: a tab or a line break of a person's stays."""
    return not (change.out + change.put).strip() and (is_outermost or bool(change.out and change.put))


def _joined(found: list[Replacement]) -> Iterator[Replacement]:
    """Neighbours that touch, as one."""
    last: Replacement | None = None
    for each in found:
        if last and last.end == each.start:
            last = Replacement(last.start, each.end, last.put + each.put)
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def reword(paragraph: Any, new: str, marker: Marker) -> None:
    """Mark the words of ``paragraph`` that ``new`` has not as deleted, and put in, marked, those that it has more.

    Words that stay keep their runs; what is put in looks like what it stands for.
    """
    old = text_of(paragraph)
    changes = replacements(old, new)
    if not changes:
        return
    for run in dict.fromkeys(piece.getparent() for piece, _ in text_pieces(paragraph)):
        set_apart(run)
    for start, end, _ in changes:
        cut(paragraph, start)
        cut(paragraph, end)
    runs = _runs_by_offset(paragraph)
    for start, end, put in changes:
        gone = [run for at, length, run in runs if start <= at and at + length <= end and length]
        mark = marker.delete_runs(gone)
        if not put:
            continue
        if mark is not None:
            mark.addnext(marker.inserted(put, properties_of(gone[0])))
        else:
            _put_in(paragraph, put, start, runs, marker)


def _runs_by_offset(paragraph: Any) -> list[tuple[int, int, Any]]:
    """Each run with text, where its text begins and how long it is."""
    runs: list[tuple[int, int, Any]] = []
    at = 0
    for piece, text in text_pieces(paragraph):
        run = piece.getparent()
        if runs and runs[-1][2] is run:
            runs[-1] = (runs[-1][0], runs[-1][1] + len(text), run)
        else:
            runs.append((at, len(text), run))
        at += len(text)
    return runs


def _put_in(paragraph: Any, put: str, offset: int, runs: list[tuple[int, int, Any]], marker: Marker) -> None:
    """Insert words where none go: beside a neighbour that is not in a link or a content control, if there is one."""
    before = next((run for at, length, run in reversed(runs) if at + length == offset and length), None)
    after = next((run for at, length, run in runs if at == offset and length), None)
    if before is not None and (after is None or before.getparent() is paragraph or after.getparent() is not paragraph):
        before.addnext(marker.inserted(put, properties_of(before)))
    elif after is not None:
        after.addprevious(marker.inserted(put, properties_of(after)))
    else:
        paragraph.append(marker.inserted(put, None))
