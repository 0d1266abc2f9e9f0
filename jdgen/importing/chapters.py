"""One specialism of a publication: its tables, the paragraph that describes it, and what an earlier version adds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from jdgen.errors import Problem, list_words, refuse
from jdgen.framework.model import Heading, Remark, RowKind, Skill, Specialism
from jdgen.framework.transcription import without_markup
from jdgen.importing.column_meaning import plain
from jdgen.importing.grid import CellPlace, Doubt, Prose, Publication
from jdgen.importing.headings import (
    HeadingIdentity,
    boundaries,
    carry_categories,
    coverage_problems,
    doubts_of,
    find_renamed,
    find_renumbered,
    heading_id,
    heading_of,
    levels_left_out,
    text_of,
)
from jdgen.importing.layout import NONE, Layout
from jdgen.importing.lines import says_little
from jdgen.importing.list_heads import is_outline
from jdgen.importing.skills import chosen_skills, required_skills
from jdgen.importing.table_rows import SINGLE, Row, Table, kinds_of, mentioned_kind, name_of
from jdgen.importing.titles import bare_title, is_notice
from jdgen.levels import LevelRange
from jdgen.words import slug

_Kinds = Sequence[tuple[RowKind, Row]]


@dataclass(frozen=True)
class Chapter:
    """A specialism as it was read, and what a person must look at."""

    specialism: Specialism
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class ChapterTables:
    """What a publication says of one specialism: the table of what its roles do, if there is one, and those of the
    skills that they need, which are among ``skills``."""

    roles: Table | None
    requirements: tuple[Table, ...]
    skills: Sequence[Skill]

    @property
    def each(self) -> tuple[Table, ...]:
        """The table of roles, if there is one, then those of the skills that they need."""
        return (*([self.roles] if self.roles else []), *self.requirements)

    @property
    def first(self) -> Table:
        """The one that tells the title."""
        return self.each[0]

    @property
    def levels(self) -> LevelRange:
        """The levels of which they speak."""
        return self.roles.levels if self.roles else self.first.levels


def chapter(tables: ChapterTables, publication: Publication, earlier: Specialism | None, layout: Layout) -> Chapter:
    """The specialism that ``tables`` are about.

    Raises :class:`JdgenError` with all of: rows that say nothing, or two things of one level, and missing duties.
    """
    title, levels = tables.first.title, tables.levels
    id_ = earlier.id if earlier else slug(title) or "specialism"
    rows = list(kinds_of(tables.roles.rows if tables.roles else (), earlier, layout.kinds))
    described_by, description_doubts = _description(tables, publication, earlier, layout)
    description = _remark(f"{id_}.description", described_by) if described_by else None
    problems = [problem for _, row in rows for problem in coverage_problems(row, levels, publication.name)]
    problems += _without_duties(rows, tables, publication.name)
    problems += _levels_between(rows, tables, publication.name)
    refuse(problems)
    headings, doubts = _headings(rows, _Of(id_, levels, earlier), publication)
    by_kind = {kind: [heading for heading_kind, heading in headings if heading_kind is kind] for kind in RowKind}
    categories, category_doubts = carry_categories(earlier, publication, [description] if description else [])
    further = [replace(heading, kind=RowKind.QUALIFICATION) for heading in by_kind[RowKind.QUALIFICATION][1:]]
    specialism = Specialism(
        id=id_,
        title=title,
        levels=levels,
        description=description,
        role_categories=categories,
        complexity=next(iter(by_kind[RowKind.COMPLEXITY]), None),
        complexity_narrative=next(iter(by_kind[RowKind.COMPLEXITY_NARRATIVE]), None),
        headings=tuple(by_kind[RowKind.DUTY]),
        entry_routes=tuple(by_kind[RowKind.ENTRY_ROUTE]),
        qualifications=next(iter(by_kind[RowKind.QUALIFICATION]), None),
        person_rows=(*(heading for kind, heading in headings if kind in _OF_PERSON), *further),
        required_skills=required_skills(tables.requirements, levels, tables.skills),
        chosen_skills=chosen_skills(tables.requirements, tables.skills),
        former=_former_names(title, earlier),
    )
    return Chapter(
        specialism,
        (
            *(doubt for table in tables.each for doubt in table.doubts),
            *description_doubts,
            *(list(_names_alone(tables)) or _little_said(rows)),
            *_doubtful_kinds(rows, earlier, layout),
            *doubts,
            *_gaps(rows, tables),
            *_absent(rows, tables, publication),
            *_moved_routes(rows, earlier),
            *category_doubts,
        ),
    )


def _former_names(title: str, earlier: Specialism | None) -> tuple[str, ...]:
    """The names that the specialism called ``title`` had in the earlier version and before it, without today's."""
    names = (*earlier.former, earlier.title) if earlier else ()
    return tuple(dict.fromkeys(name for name in names if plain(name) != plain(title)))


#: Kinds of rows that print in the person specification.
_OF_PERSON = (RowKind.SKILL, RowKind.KNOWLEDGE, RowKind.EXPERIENCE, RowKind.VALUE)


def _remark(id_: str, description: Prose) -> Remark:
    return Remark(id_, without_markup(description.text), description.source)


@dataclass(frozen=True)
class _Of:
    """The specialism that headings are of: its id, its levels, and what it was in the earlier version."""

    id: str
    levels: LevelRange
    earlier: Specialism | None


def _headings(
    rows: _Kinds, specialism: _Of, publication: Publication
) -> tuple[list[tuple[RowKind, Heading]], list[Doubt]]:
    headings: list[tuple[RowKind, Heading]] = []
    doubts: list[Doubt] = []
    earlier_rows = specialism.earlier.rows if specialism.earlier else ()
    earlier_titles = {plain(heading.title) for heading in earlier_rows}
    titles = {plain(row.title.text) for _, row in rows}
    gone_headings = [heading for heading in earlier_rows if plain(heading.title) not in titles]
    duties = [row for kind, row in rows if kind is RowKind.DUTY]
    # How many rows of duties divide there: all but one do where it is usual.
    divisions = Counter(boundary for row in duties for boundary in boundaries(row))
    used_ids: set[str] = set()
    # One group over all headings tells none of them from another.
    has_groups = len({row.group for kind, row in rows if _is_grouped(kind, row)}) > 1
    for kind, row in rows:
        is_known = kind in SINGLE or plain(row.title.text) in earlier_titles
        renumbered_heading = None if is_known else find_renumbered(row.title.text, gone_headings)
        old = renumbered_heading or (None if is_known else find_renamed(map(text_of, row.statements), gone_headings))
        if old:
            gone_headings.remove(old)
            doubts += [] if renumbered_heading else [_renamed_doubts(old, row)]
        name = old.id if old else heading_id(kind, row.title.text, earlier_rows, used_ids)
        used_ids.add(name)
        identity = HeadingIdentity(
            name,
            f"{specialism.id}.{name}",
            next((earlier_row for earlier_row in earlier_rows if earlier_row.id == name), None),
            specialism.levels,
            kind if kind in _OF_PERSON else None,
            has_groups and _is_grouped(kind, row),
        )
        row_boundaries = boundaries(row)
        others = len(duties) - 1 if kind is RowKind.DUTY else 0
        usual = {
            boundary for boundary, count in divisions.items() if count - (boundary in row_boundaries) == others > 1
        }
        heading = heading_of(row, identity, publication, usual)
        headings.append((kind, heading))
        doubts += doubts_of(row, heading, publication.is_from_pdf)
    return headings, doubts


def _is_grouped(kind: RowKind, row: Row) -> bool:
    """Whether a row may be in a group that is printed: the group of complexity, or of entry routes, is what it is."""
    return row.kind is not None or (kind not in SINGLE and kind is not RowKind.ENTRY_ROUTE)


def _renamed_doubts(old: Heading, row: Row) -> Doubt:
    what = f"taken for '{old.title}' of the earlier version under a new title, since it says the same"
    return Doubt(what, row.title.place, row.title.text)


def _description(
    tables: ChapterTables, publication: Publication, earlier: Specialism | None, layout: Layout
) -> tuple[Prose | None, list[Doubt]]:
    """What describes the specialism: what a list or a layout file tells, or the paragraph below its title, and nothing
    to look at; else a guess, and what it is."""
    table = tables.first
    prose = list(publication.prose)
    if cell := next((each_table.description for each_table in tables.each if each_table.description), None):
        return Prose(cell.text, cell.place, cell.source), []
    beginning = next((text for title, text in layout.descriptions.items() if plain(title) == plain(table.title)), None)
    if beginning is not None:
        return _beginning_with(beginning, prose), []
    earlier_text = earlier.description.text if earlier and earlier.description else None
    if same_paragraphs := [paragraph for paragraph in prose if without_markup(paragraph.text) == earlier_text]:
        return same_paragraphs[0], []
    title = plain(bare_title(table.title))
    below = [
        after
        for block, after in pairwise(publication.blocks)
        if isinstance(block, Prose) and isinstance(after, Prose) and plain(bare_title(block.text)) == title
    ]
    if paragraphs := [
        paragraph
        for paragraph in below
        if not (paragraph.is_heading or is_notice(paragraph.text) or len(paragraph.text.split()) < _FEWEST_IN_SENTENCE)
    ]:
        return paragraphs[0], []
    others = [paragraph for paragraph in _around(table, publication) if _may_describe(paragraph, table)]
    if others:
        what = f"taken as what describes '{table.title}', since nothing stands below that title"
        return others[0], [Doubt(what, others[0].place, text=others[0].text, weighs=True)]
    return None, [Doubt(f"nothing describes '{table.title}'", table.place, weighs=True)]


def _beginning_with(beginning: str, prose: Sequence[Prose]) -> Prose | None:
    if plain(beginning) == NONE:
        return None
    return next((paragraph for paragraph in prose if plain(paragraph.text).startswith(plain(beginning))), None)


def _around(table: Table, publication: Publication) -> list[Prose]:
    """The paragraphs between the table and those before and after it: those above it, from the nearest on, then those
    below it."""
    above: list[Prose] = []
    below: list[Prose] = []
    is_below = False
    for block in publication.blocks:
        if isinstance(block, Prose):
            (below if is_below else above).append(block)
        elif is_below:
            break
        elif any(cell.place == table.place for cell in block.cells):
            if is_outline(block):
                return []  # its paragraphs are all that there are
            is_below = True
        else:
            above = []
    # What stands above the heading of the table is of another part of the publication.
    return [*takewhile(lambda paragraph: not paragraph.is_heading, reversed(above)), *below]


#: A number or a mark that a note begins with, or its name.
_NOTE = re.compile(r"^(?:\W*\d{1,2}\s|[*†‡¹²³⁴⁵⁶⁷⁸⁹]|(?:notes?|n\.?b\.?|key)\b)", re.IGNORECASE)
#: Words that a paragraph has at least that describes something, where it is no sentence, and in any case.
_FEWEST_WORDS, _FEWEST_IN_SENTENCE = 8, 4


def _may_describe(prose: Prose, table: Table) -> bool:
    """Whether a paragraph may be what describes a specialism: neither a title, nor a note or a notice."""
    is_title = prose.is_heading or prose is table.above or not _says_something(prose.text)
    return not (is_title or is_notice(prose.text) or _NOTE.search(prose.text))


def _says_something(text: str) -> bool:
    return len(text.split()) >= (_FEWEST_WORDS if text[-1] not in ".!?" else _FEWEST_IN_SENTENCE)


def _gaps(rows: _Kinds, tables: ChapterTables) -> Iterator[Doubt]:
    """Rows that do not speak of every level. In a list it is plain; beside other cells an empty one may be a fault."""
    is_list = tables.roles is not None and not tables.roles.columns
    for _, row in rows:
        missing_levels = levels_left_out(row, tables.levels)
        gap_levels = [level for gap in row.gaps for level in gap.levels or ()]
        if any(level not in gap_levels for level in missing_levels):
            what = "the row says nothing at some levels, and covers only the others"
            yield Doubt(
                what, row.title.place, row.title.text, levels=list_words(map(str, missing_levels)), weighs=not is_list
            )


def _absent(rows: _Kinds, tables: ChapterTables, publication: Publication) -> Iterator[Doubt]:
    """Kinds of rows that were not found. The text of each says by what a row is known as one."""
    present = {kind for kind, _ in rows}
    for kind, mark in SINGLE.items() if tables.roles else ():
        if kind not in present:
            what = f"the table of '{tables.first.title}' has no row for {name_of(kind)}"
            yield Doubt(what, CellPlace("", "", "", publication.name), text=mark)


def _without_duties(rows: _Kinds, tables: ChapterTables, name: str) -> Iterator[Problem]:
    if not tables.requirements and not rows:
        where, words = tables.first.place.within(name), tables.levels.scale.words
        what = f"nothing stands under the {words} of '{tables.first.title}'"
        yield Problem(where, what, "write there what each row says, or a mark such as X where only colours tell it")
    elif not tables.requirements and not any(kind not in SINGLE for kind, _ in rows):
        what = f"the table of '{tables.first.title}' has no responsibilities"
        yield Problem(name, what, "give it a row for each heading")


def _levels_between(rows: _Kinds, tables: ChapterTables, name: str) -> Iterator[Problem]:
    """Levels of which nothing is said, between others of which something is: roles of several titles, as one."""
    statements = [statement.levels for _, row in rows for statement in row.statements]
    said_levels = {level for levels in statements for level in levels or tables.levels}
    unsaid = [level for level in tables.levels if level not in said_levels] if rows and not tables.requirements else []
    if unsaid:
        word = tables.levels.scale.word if len(unsaid) == 1 else tables.levels.scale.words
        what = f"nothing is said of {word} {list_words(map(str, unsaid))} of '{tables.first.title}'"
        right = (
            f"add it, or give what stands above it a title of its own: the {tables.levels.scale.words} of one follow"
        )
        yield Problem(tables.first.place.within(name), what, f"{right} each other")


def _doubtful_kinds(rows: _Kinds, earlier: Specialism | None, layout: Layout) -> Iterator[Doubt]:
    """What rows are taken for by their titles, and headings in whose titles the word of another kind stands."""
    layout_titles = set(map(plain, layout.kinds))
    for kind, row in rows if earlier is None else ():
        if row.kind or {plain(row.title.text), plain(row.group)} & layout_titles:
            continue
        if kind is RowKind.DUTY and (other := mentioned_kind(row.title.text)):
            what = f"read as a heading of responsibilities, not as the row for {name_of(other)}"
            yield Doubt(what, row.title.place, row.title.text, weighs=True)
        elif kind in _TAKEN_BY_TITLE:
            yield Doubt(_TAKEN_BY_TITLE[kind], row.title.place, row.title.text)


#: What is told of a row that its title alone makes a kind of its own: its text is printed in another place for it.
_TAKEN_BY_TITLE = {
    RowKind.COMPLEXITY: "read by its title as the row for complexity, which is no duty",
    RowKind.QUALIFICATION: "read by its title as the row for qualifications, which become a criterion and no duty",
}


#: Texts that say so little, again and again, are names or marks.
_FEW_WORDS, _FEWEST_TEXTS, _MOST_NAMES = 3, 6, 8


def _names_alone(tables: ChapterTables) -> Iterator[Doubt]:
    """A table whose cells hold the same few names or marks again and again, as one of skills and their levels does."""
    texts = [statement.cell.text for row in (tables.roles.rows if tables.roles else ()) for statement in row.statements]
    names = dict.fromkeys(texts)
    is_short = all(len(text.split()) <= _FEW_WORDS for text in texts)
    again = sum(texts.count(text) > 1 for text in texts) if len(names) <= _MOST_NAMES else 0
    if is_short and len(texts) >= _FEWEST_TEXTS and 2 * again > len(texts):
        examples = list_words(f"'{name}'" for name in list(names)[:3])
        what = (
            f"its cells hold {examples} again and again, which are read as statements: if they are levels of skills, "
        )
        yield Doubt(f"{what}name these with --skill-levels", tables.first.place, weighs=True)


def _little_said(rows: _Kinds) -> Iterator[Doubt]:
    """Texts of duties that are hardly one."""
    for row in (row for kind, row in rows if kind is RowKind.DUTY):
        for statement in row.statements:
            if says_little(statement.cell.text):
                what = "hardly a duty, and printed as one: write the duty, or N/A where there is none"
                yield Doubt(what, statement.cell.place, row.title.text, statement.cell.text, weighs=True)


def _moved_routes(rows: _Kinds, earlier: Specialism | None) -> Iterator[Doubt]:
    """Entry routes that the publication lists among other rows."""
    groups = {plain(row.group) for kind, row in rows if kind is RowKind.DUTY}
    for kind, row in rows:
        if earlier is None and kind is RowKind.ENTRY_ROUTE and plain(row.group) in groups:
            yield Doubt(
                f"read as an entry route, though it stands under '{row.group}'", row.title.place, row.title.text
            )
