"""One specialism of a publication: its table, the paragraph that describes it, and what an earlier version adds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jdgen.errors import JdgenError, Problem, list_words
from jdgen.framework.model import Heading, Remark, Specialism
from jdgen.framework.transcription import without_markup
from jdgen.importing.grid import CellPlace, Doubt, Prose, Publication
from jdgen.importing.headings import (
    Namesake,
    boundaries,
    carry_categories,
    coverage_problems,
    doubts_of,
    find_renamed,
    heading_id,
    heading_of,
    text_of,
)
from jdgen.importing.pages import bare_title
from jdgen.importing.parts import SINGLE, Part, assign_parts, mentions_part, plain
from jdgen.importing.table import Row, Table
from jdgen.words import slug

_Parted = Sequence[tuple[Part, Row]]


@dataclass(frozen=True)
class Chapter:
    """A specialism as it was read, and what a person must look at."""

    specialism: Specialism
    doubts: tuple[Doubt, ...]


def chapter(table: Table, publication: Publication, earlier: Specialism | None) -> Chapter:
    """The specialism that ``table`` is about.

    Raises :class:`JdgenError` with all of: levels about which a row says nothing or two things, and a missing
    description.
    """
    id_ = earlier.id if earlier else slug(table.title) or "specialism"
    rows = list(assign_parts(table.rows, earlier))
    description, guessed = _description(table, publication, earlier)
    problems = [problem for _, row in rows for problem in coverage_problems(row, table.levels, publication.name)]
    absent = list(_absent(rows, table, publication))
    problems += _without_duties(rows, table, publication.name)
    if problems or description is None:
        raise JdgenError(problems or _without_description(table, publication))
    headings, doubts = _headings(rows, id_, publication, earlier)
    categories, left = carry_categories(earlier, publication)
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
    return Chapter(
        specialism,
        (
            *table.doubts,
            *guessed,
            *_names_alone(table),
            *_doubtful_parts(rows, earlier),
            *doubts,
            *absent,
            *_moved_routes(rows, earlier),
            *left,
        ),
    )


def _headings(
    rows: _Parted, prefix: str, publication: Publication, earlier: Specialism | None
) -> tuple[dict[Part, list[Heading]], list[Doubt]]:
    headings_of: dict[Part, list[Heading]] = {part: [] for part in Part}
    doubts: list[Doubt] = []
    earlier_rows = earlier.rows if earlier else ()
    titled = {plain(heading.title) for heading in earlier_rows}
    lost = [one for one in earlier_rows if plain(one.title) not in {plain(row.title.text) for _, row in rows}]
    duties = [row for part, row in rows if part is Part.HEADING]
    for part, row in rows:
        taken = [heading.id for headings in headings_of.values() for heading in headings]
        old = (
            None
            if part in SINGLE or plain(row.title.text) in titled
            else find_renamed(map(text_of, row.statements), lost)
        )
        if old:
            lost.remove(old)
            doubts.append(_renamed_doubts(old, row))
        name = old.id if old else heading_id(part, row.title.text, earlier_rows, taken)
        namesake = Namesake(name, f"{prefix}.{name}", next((one for one in earlier_rows if one.id == name), None))
        others = [boundaries(other) for other in duties if other is not row]
        usual = set.intersection(*others) if part is Part.HEADING and len(others) > 1 else set()
        heading = heading_of(row, namesake, publication, usual)
        headings_of[part].append(heading)
        doubts += doubts_of(row, heading, publication.drawn)
    return headings_of, doubts


def _renamed_doubts(old: Heading, row: Row) -> Doubt:
    what = f"taken for '{old.title}' of the earlier version under a new title, since it says the same"
    return Doubt(what, row.title.place, row.title.text)


def _description(
    table: Table, publication: Publication, earlier: Specialism | None
) -> tuple[Prose | None, list[Doubt]]:
    """The paragraph below the specialism's title, and nothing to look at; else a guess, and what it is."""
    prose = list(publication.prose)
    described = earlier.description.text if earlier and earlier.description else None
    if repeated := [one for one in prose if without_markup(one.text) == described]:
        return repeated[0], []
    title = plain(bare_title(table.title))
    titled = (index for index, one in enumerate(prose[:-1]) if plain(bare_title(one.text)) == title)
    if below := [prose[index + 1] for index in titled if not prose[index + 1].is_heading]:
        return below[0], []
    others = [one for one in _around(table, publication) if _may_describe(one, table)]
    if others:
        what = f"taken as what describes '{table.title}', since nothing stands below that title"
        return others[0], [Doubt(what, others[0].place, text=others[0].text, weighs=True)]
    if table.above is None:
        return None, []
    what = f"nothing describes '{table.title}': its title stands for what does"
    return table.above, [Doubt(what, table.above.place, text=table.above.text, weighs=True)]


def _around(table: Table, publication: Publication) -> list[Prose]:
    """The paragraphs outside tables: those above the table, from the nearest on, then those below it."""
    above: list[Prose] = []
    below: list[Prose] = []
    is_below = False
    for block in publication.blocks:
        if isinstance(block, Prose):
            (below if is_below else above).append(block)
        else:
            is_below = is_below or any(cell.place == table.place for cell in block.cells)
    return [*reversed(above), *below]


#: What a publication says of itself, and of its notes.
_NOTICE = re.compile(r"©|\(c\)|copyright|all rights reserved|^version\b|confidential|^\W*\d{1,2}\s", re.IGNORECASE)
_FEWEST_WORDS = 4


def _may_describe(prose: Prose, table: Table) -> bool:
    """Whether a paragraph may be what describes a specialism: neither a title nor a notice."""
    is_short = len(prose.text.split()) < _FEWEST_WORDS
    return not (prose.is_heading or prose is table.above or is_short or _NOTICE.search(prose.text))


def _absent(rows: _Parted, table: Table, publication: Publication) -> Iterator[Doubt]:
    """Parts that were not found. The text of each says by what a row is known as that part."""
    present = {part for part, _ in rows}
    for part, mark in SINGLE.items():
        if part not in present:
            what = f"the table of '{table.title}' has no row for {part.replace('_', ' ')}"
            yield Doubt(what, CellPlace("", "", "", publication.name), text=mark)


def _without_duties(rows: _Parted, table: Table, name: str) -> Iterator[Problem]:
    if Part.HEADING not in {part for part, _ in rows}:
        yield Problem(name, f"the table of '{table.title}' has no responsibilities", "give it a row for each heading")


def _without_description(table: Table, publication: Publication) -> Problem:
    what = f"nothing outside the tables describes '{table.title}'"
    return Problem(publication.name, what, "put the paragraph that describes it above its table, below its title")


def _doubtful_parts(rows: _Parted, earlier: Specialism | None) -> Iterator[Doubt]:
    """What rows are taken for by their titles, and headings in whose titles the word of another part stands."""
    for part, row in rows if earlier is None else ():
        if part is Part.HEADING and (other := mentions_part(row.title.text)):
            what = f"read as a heading of responsibilities, not as the row for {other.replace('_', ' ')}"
            yield Doubt(what, row.title.place, row.title.text, weighs=True)
        elif part in _TAKEN_BY_TITLE:
            yield Doubt(_TAKEN_BY_TITLE[part], row.title.place, row.title.text)


#: What is told of a row that its title alone makes a part of its own: its text is printed in another place for it.
_TAKEN_BY_TITLE = {
    Part.COMPLEXITY: "read by its title as the row for complexity, which is no duty",
    Part.QUALIFICATIONS: "read by its title as the row for qualifications, which become a criterion and no duty",
}


#: Texts that say so little, again and again, are names or marks.
_FEW_WORDS, _FEWEST_TEXTS, _MOST_NAMES = 3, 6, 8


def _names_alone(table: Table) -> Iterator[Doubt]:
    """A table whose cells hold the same few names or marks again and again, as one of skills and their levels does."""
    texts = [one.cell.text for row in table.rows for one in row.statements]
    names = dict.fromkeys(texts)
    is_short = all(len(text.split()) <= _FEW_WORDS for text in texts)
    again = sum(texts.count(text) > 1 for text in texts) if len(names) <= _MOST_NAMES else 0
    if is_short and len(texts) >= _FEWEST_TEXTS and 2 * again > len(texts):
        shown = list_words(f"'{name}'" for name in list(names)[:3])
        what = (
            f"its cells hold {shown} again and again, which are read as statements: levels of skills are not read yet"
        )
        yield Doubt(what, table.place, weighs=True)


def _moved_routes(rows: _Parted, earlier: Specialism | None) -> Iterator[Doubt]:
    """Entry routes that the publication lists among other rows."""
    groups = {plain(row.group) for part, row in rows if part is Part.HEADING}
    for part, row in rows:
        if earlier is None and part is Part.ENTRY_ROUTE and plain(row.group) in groups:
            yield Doubt(
                f"read as an entry route, though it stands under '{row.group}'", row.title.place, row.title.text
            )
