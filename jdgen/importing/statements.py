"""A row of the table as a heading of a framework, with everything about it that a person must look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jdgen.bands import Band, BandRange
from jdgen.errors import Problem
from jdgen.framework.markup import LIST_MARKS, has_markup, list_entries, without_markup
from jdgen.framework.model import Confidence, Heading, SpanBasis, Statement
from jdgen.importing.doubts import Doubt
from jdgen.importing.grid import Cell, Publication
from jdgen.importing.levels import published
from jdgen.importing.naming import bands_id, statement_ids
from jdgen.importing.rows import Row, Said

_Boundary = tuple[Band, Band]


@dataclass(frozen=True)
class Namesake:
    """The ids that a heading and its new statements get, and the heading of the earlier version, if there is one."""

    id: str
    prefix: str
    earlier: Heading | None


def heading_of(row: Row, named: Namesake, publication: Publication, usual: Iterable[_Boundary]) -> Heading:
    """The heading that ``row`` is. ``usual`` are boundaries between bands that all other rows have.

    Where the earlier version has the same statements, and the file leaves as much open as it did then, the earlier
    version's readings and reasons are kept.
    """
    texts = [text_of(one) for one in row.said]
    ids = statement_ids(
        named.prefix, [(text, one.bands) for text, one in zip(texts, row.said, strict=True)], named.earlier
    )
    contested = {} if publication.laid_out else dict(_unusual(row, usual))
    statements = tuple(
        _statement(one, id_, contested.get(index)) for index, (one, id_) in enumerate(zip(row.said, ids, strict=True))
    )
    heading = Heading(named.id, without_markup(row.title.text), row.title.source, statements)
    return heading if publication.laid_out else _with_earlier_readings(heading, named.earlier)


def text_of(said: Said) -> str:
    """What is said: one text, or the entries of a list, one a line."""
    return "\n".join(list_entries(said.cell.text)) or without_markup(said.cell.text)


def uncovered(row: Row, bands: BandRange, name: str) -> Iterator[Problem]:
    """What no framework can be made of: a row without a title, bands about which it says nothing, or two things."""
    where = f"{name}, {row.title.place}"
    if not row.title.text:
        yield Problem(where, "the row has no title", "name it in the cell on the left of the bands")
        return
    for band in bands:
        holding = [one for one in row.said if band in one.bands]
        if len(holding) != 1:
            what = "nothing" if not holding else "more than one thing"
            right = "merge or fill the cells, so that each band has one statement"
            yield Problem(where, f"'{row.title.text}' says {what} at band {band}", right)


def boundaries(row: Row) -> set[_Boundary]:
    """Where a row divides one band from the next."""
    return {(lower.bands.highest, upper.bands.lowest) for lower, upper in pairwise(row.said)}


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
            yield Doubt(said, one.cell.place, heading.title, text, bands_id(one.bands), sure)
    for cell in row.outside:
        yield Doubt("it stands under no band, and was passed over", cell.place, heading.title, cell.text)


def _reasons(cell: Cell) -> Iterator[str]:
    text = cell.text
    if cell.paragraphs > 1 and not list_entries(text):
        yield f"its {cell.paragraphs} paragraphs are taken as one text"
    if has_markup(text):
        yield "leftovers of HTML were taken out"
    if not list_entries(text) and any(mark in text for mark in LIST_MARKS):
        yield "it holds list marks, but does not begin with one"


def _statement(said: Said, id_: str, contested: str | None) -> Statement:
    entries = list_entries(said.cell.text)
    text = "" if entries else without_markup(said.cell.text)
    basis = None
    if contested:
        basis = SpanBasis(Confidence.CONTESTED, f"{contested} {said.rule}".strip(), said.inferred)
    elif said.inferred:
        basis = SpanBasis(Confidence.INFERRED, said.rule, said.inferred)
    return Statement(id_, said.bands, said.cell.source, text, entries, basis)


def _unusual(row: Row, usual: Iterable[_Boundary]) -> Iterator[tuple[int, str]]:
    """Statements that reach over a boundary at which all other rows divide, by their number, with the reason."""
    for lower, upper in sorted(usual):
        for index, one in enumerate(row.said):
            if len(row.said) > 1 and lower in one.bands and upper in one.bands:
                both = f"{published(lower)} from {published(upper)}"
                yield index, f"R1: the empty cell after it continues the merged cell; all other rows divide {both}."


def _with_earlier_readings(heading: Heading, earlier: Heading | None) -> Heading:
    if earlier is None or _bare(heading.statements) != _bare(earlier.statements):
        return heading
    kept = zip(heading.statements, earlier.statements, strict=True)
    statements = tuple(replace(new, basis=old.basis) for new, old in kept)
    return replace(heading, statements=statements, readings=earlier.readings)


def _bare(statements: Sequence[Statement]) -> list[tuple[object, ...]]:
    return [(one.text, one.entries, one.bands, one.basis.inferred if one.basis else ()) for one in statements]
