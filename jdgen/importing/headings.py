"""A row of the table as a heading of a framework, with everything about it that a person must look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jdgen.errors import Problem
from jdgen.framework.model import Confidence, Heading, SpanBasis, Statement
from jdgen.framework.transcription import LIST_MARKS, has_markup, list_entries, without_markup
from jdgen.importing.doubts import Doubt
from jdgen.importing.earlier import levels_key, statement_ids
from jdgen.importing.grid import Cell, Publication
from jdgen.importing.table import CellStatement, Row, level_as_published
from jdgen.levels import Level, LevelRange

_Boundary = tuple[Level, Level]


@dataclass(frozen=True)
class Namesake:
    """The ids that a heading and its new statements get, and the heading of the earlier version, if there is one."""

    id: str
    prefix: str
    earlier: Heading | None


def heading_of(row: Row, named: Namesake, publication: Publication, usual: Iterable[_Boundary]) -> Heading:
    """The heading that ``row`` is. ``usual`` are boundaries between levels that all other rows have.

    Where the earlier version has the same statements, and the file leaves as much open as it did then, the earlier
    version's readings and reasons are kept.
    """
    texts = [text_of(one) for one in row.said]
    ids = statement_ids(
        named.prefix, [(text, one.levels) for text, one in zip(texts, row.said, strict=True)], named.earlier
    )
    told = publication.laid_out or row.said[0].levels.scale.adds_up
    contested = {} if told else dict(_unusual(row, usual))
    statements = tuple(
        _statement(one, id_, contested.get(index)) for index, (one, id_) in enumerate(zip(row.said, ids, strict=True))
    )
    heading = Heading(named.id, without_markup(row.title.text), row.title.source, statements)
    return heading if publication.laid_out else _with_earlier_readings(heading, named.earlier)


def text_of(said: CellStatement) -> str:
    """What is said: one text, or the entries of a list, one a line."""
    return "\n".join(list_entries(said.cell.text)) or without_markup(said.cell.text)


def coverage_problems(row: Row, levels: LevelRange, name: str) -> Iterator[Problem]:
    """What no framework can be made of: a row without a title, levels about which it says nothing, or two
    things. Where levels add up, it may."""
    where = f"{name}, {row.title.place}"
    if not row.title.text:
        yield Problem(where, "the row has no title", f"name it in the cell on the left of the {levels.scale.words}")
        return
    for level in () if levels.scale.adds_up else levels:
        holding = [one for one in row.said if level in one.levels]
        if len(holding) != 1:
            what = "nothing" if not holding else "more than one thing"
            right = f"merge or fill the cells, so that each {levels.scale.word} has one statement"
            yield Problem(where, f"'{row.title.text}' says {what} at {level.named}", right)


def boundaries(row: Row) -> set[_Boundary]:
    """Where a row divides one level from the next."""
    return {(lower.levels.highest, upper.levels.lowest) for lower, upper in pairwise(row.said)}


def doubts_of(row: Row, heading: Heading, drawn: bool) -> Iterator[Doubt]:
    """Each thing in ``row`` to look at; where the file is only ``drawn``, that is everything."""
    for one, statement in zip(row.said, heading.statements, strict=True):
        reasons = [one.doubt, *_reasons(one.cell)]
        if statement.basis:
            reasons.append(statement.basis.rule)
        if not any(reasons) and drawn:
            reasons = ["read from the lines of a PDF"]
        if said := "; ".join(filter(None, reasons)):
            sure = str(statement.basis.confidence) if statement.basis else ("read from lines" if drawn else "stated")
            text = statement.text or "\n".join(statement.entries)
            yield Doubt(said, one.cell.place, heading.title, text, levels_key(one.levels), sure)
    for cell in row.outside:
        yield Doubt(
            f"it stands under no {row.said[0].levels.scale.word}, and was passed over",
            cell.place,
            heading.title,
            cell.text,
        )


def _reasons(cell: Cell) -> Iterator[str]:
    text = cell.text
    if cell.paragraphs > 1 and not list_entries(text):
        yield f"its {cell.paragraphs} paragraphs are taken as one text"
    if has_markup(text):
        yield "leftovers of HTML were taken out"
    if not list_entries(text) and any(mark in text for mark in LIST_MARKS):
        yield "it holds list marks, but does not begin with one"


def _statement(said: CellStatement, id_: str, contested: str | None) -> Statement:
    entries = list_entries(said.cell.text)
    text = "" if entries else without_markup(said.cell.text)
    basis = None
    if contested:
        basis = SpanBasis(Confidence.CONTESTED, f"{contested} {said.rule}".strip(), said.inferred)
    elif said.inferred:
        basis = SpanBasis(Confidence.INFERRED, said.rule, said.inferred)
    return Statement(id_, said.levels, said.cell.source, text, entries, basis)


def _unusual(row: Row, usual: Iterable[_Boundary]) -> Iterator[tuple[int, str]]:
    """Statements that reach over a boundary at which all other rows divide, by their number, with the reason."""
    for lower, upper in sorted(usual):
        for index, one in enumerate(row.said):
            if len(row.said) > 1 and lower in one.levels and upper in one.levels:
                both = f"{level_as_published(lower)} from {level_as_published(upper)}"
                yield index, f"R1: the empty cell after it continues the merged cell; all other rows divide {both}."


def _with_earlier_readings(heading: Heading, earlier: Heading | None) -> Heading:
    if earlier is None or _bare(heading.statements) != _bare(earlier.statements):
        return heading
    kept = zip(heading.statements, earlier.statements, strict=True)
    statements = tuple(replace(new, basis=old.basis) for new, old in kept)
    return replace(heading, statements=statements, readings=earlier.readings)


def _bare(statements: Sequence[Statement]) -> list[tuple[object, ...]]:
    return [(one.text, one.entries, one.levels, one.basis.inferred if one.basis else ()) for one in statements]
