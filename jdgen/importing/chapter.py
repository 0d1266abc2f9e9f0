"""One specialism of a publication: its table, the paragraph that describes it, and what an earlier version adds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jdgen.bands import AFC
from jdgen.errors import JdgenError, Problem
from jdgen.framework.markup import without_markup
from jdgen.framework.model import Heading, Remark, Specialism
from jdgen.importing.carrying import carried_categories
from jdgen.importing.doubts import Doubt
from jdgen.importing.grid import Place, Prose, Publication
from jdgen.importing.naming import heading_id, renamed
from jdgen.importing.parts import SINGLE, Part, parted, plain
from jdgen.importing.rows import Row, Table
from jdgen.importing.statements import Namesake, boundaries, doubts_of, heading_of, text_of, uncovered
from jdgen.reading.text import slug

_Parted = Sequence[tuple[Part, Row]]


@dataclass(frozen=True)
class Chapter:
    """A specialism as it was read, and what a person must look at."""

    specialism: Specialism
    doubts: tuple[Doubt, ...]


def chapter(table: Table, publication: Publication, earlier: Specialism | None) -> Chapter:
    """The specialism that ``table`` is about.

    Raises :class:`JdgenError` with all of: levels about which a row says nothing or two things, parts that are not
    found and that every specialism with Agenda for Change bands has, and a missing description.
    """
    id_ = earlier.id if earlier else slug(table.title) or "specialism"
    rows = list(parted(table.rows, earlier))
    description = _description(table, publication, earlier)
    problems = [problem for _, row in rows for problem in uncovered(row, table.levels, publication.name)]
    absent = list(_absent(rows, table, publication))
    if table.levels.scale == AFC:
        problems += (Problem(publication.name, one.what, f"give one row {one.text}") for one in absent)
    problems += _without_duties(rows, table, publication.name)
    if problems or description is None:
        raise JdgenError(problems or _undescribed(table, publication))
    headings, doubts = _headings(rows, id_, publication, earlier)
    categories, left = carried_categories(earlier, publication)
    specialism = Specialism(
        id=id_,
        title=table.title,
        levels=table.levels,
        description=Remark(f"{id_}.description", without_markup(description.text), description.source),
        role_categories=categories,
        complexity=next(iter(headings[Part.COMPLEXITY]), None),
        complexity_narrative=next(iter(headings[Part.COMPLEXITY_NARRATIVE]), None),
        headings=tuple(headings[Part.HEADING]),
        entry_routes=tuple(headings[Part.ENTRY_ROUTE]),
        qualifications=next(iter(headings[Part.QUALIFICATIONS]), None),
    )
    return Chapter(specialism, (*doubts, *absent, *_moved(rows, earlier), *left))


def _headings(
    rows: _Parted, prefix: str, publication: Publication, earlier: Specialism | None
) -> tuple[dict[Part, list[Heading]], list[Doubt]]:
    found: dict[Part, list[Heading]] = {part: [] for part in Part}
    doubts: list[Doubt] = []
    known = earlier.rows if earlier else ()
    titled = {plain(heading.title) for heading in known}
    lost = [one for one in known if plain(one.title) not in {plain(row.title.text) for _, row in rows}]
    duties = [row for part, row in rows if part is Part.HEADING]
    for part, row in rows:
        taken = [heading.id for headings in found.values() for heading in headings]
        old = None if part in SINGLE or plain(row.title.text) in titled else renamed(map(text_of, row.said), lost)
        if old:
            lost.remove(old)
            doubts.append(_renamed(old, row))
        name = old.id if old else heading_id(part, row.title.text, known, taken)
        namesake = Namesake(name, f"{prefix}.{name}", next((one for one in known if one.id == name), None))
        others = [boundaries(other) for other in duties if other is not row]
        usual = set.intersection(*others) if part is Part.HEADING and len(others) > 1 else set()
        heading = heading_of(row, namesake, publication, usual)
        found[part].append(heading)
        doubts += doubts_of(row, heading, publication.drawn)
    return found, doubts


def _renamed(old: Heading, row: Row) -> Doubt:
    what = f"taken for '{old.title}' of the earlier version under a new title, since it says the same"
    return Doubt(what, row.title.place, row.title.text)


def _description(table: Table, publication: Publication, earlier: Specialism | None) -> Prose | None:
    """The paragraph below the specialism's title, else the longest one."""
    prose = list(publication.prose)
    titled = (index for index, one in enumerate(prose[:-1]) if plain(one.text) == plain(table.title))
    below = [prose[index + 1] for index in titled]
    known = [one for one in prose if earlier and without_markup(one.text) == earlier.description.text]
    return next(iter(known or below), None) or max(prose, key=lambda one: len(one.text), default=None)


def _absent(rows: _Parted, table: Table, publication: Publication) -> Iterator[Doubt]:
    """Parts that were not found. The text of each says by what a row is known as that part."""
    found = {part for part, _ in rows}
    for part, mark in SINGLE.items():
        if part not in found:
            what = f"the table of '{table.title}' has no row for {part.replace('_', ' ')}"
            yield Doubt(what, Place("", "", "", publication.name), text=mark)


def _without_duties(rows: _Parted, table: Table, name: str) -> Iterator[Problem]:
    if Part.HEADING not in {part for part, _ in rows}:
        yield Problem(name, f"the table of '{table.title}' has no responsibilities", "give it a row for each heading")


def _undescribed(table: Table, publication: Publication) -> Problem:
    what = f"nothing outside the tables describes '{table.title}'"
    return Problem(publication.name, what, "put the paragraph that describes it above its table, below its title")


def _moved(rows: _Parted, earlier: Specialism | None) -> Iterator[Doubt]:
    """Entry routes that the publication lists among other rows."""
    groups = {plain(row.group) for part, row in rows if part is Part.HEADING}
    for part, row in rows:
        if earlier is None and part is Part.ENTRY_ROUTE and plain(row.group) in groups:
            yield Doubt(
                f"read as an entry route, though it stands under '{row.group}'", row.title.place, row.title.text
            )
