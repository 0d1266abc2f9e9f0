"""A row of the table as a heading of a framework, with everything about it that a person must look at.

An earlier version of the framework lends ids and readings, and what tables cannot give.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from jdgen.errors import Problem
from jdgen.framework.model import (
    Competence,
    CompetenceRule,
    Confidence,
    Framework,
    Heading,
    Remark,
    RoleCategory,
    RowKind,
    SourcePlace,
    SpanBasis,
    Specialism,
    Statement,
)
from jdgen.framework.transcription import LIST_MARKS, has_markup, list_entries, without_markup
from jdgen.importing.codes import number_before, without_number
from jdgen.importing.column_meaning import plain
from jdgen.importing.grid import Cell, CellPlace, Doubt, Publication
from jdgen.importing.heads import level_as_published
from jdgen.importing.lines import is_listed, points_elsewhere
from jdgen.importing.table import EMPTY
from jdgen.importing.table_rows import SINGLE, CellStatement, Row, name_of
from jdgen.levels import Level, LevelRange
from jdgen.words import shorten, slug

_QUOTED = 40

_Boundary = tuple[Level, Level]


@dataclass(frozen=True)
class HeadingIdentity:
    """The ids that a heading and its new statements get, and the heading of the earlier version, if there is one; the
    ``levels`` of its specialism; its kind, where it is about the person; and whether its group tells it from others."""

    id: str
    prefix: str
    earlier: Heading | None
    levels: LevelRange
    kind: RowKind | None = None
    has_group: bool = False


def heading_of(row: Row, identity: HeadingIdentity, publication: Publication, usual: Iterable[_Boundary]) -> Heading:
    """The heading that ``row`` is. ``usual`` are boundaries between levels that all other rows have.

    Where the earlier version has the same statements, and the file leaves as much open as it did then, the earlier
    version's readings and reasons are kept.
    """
    texts = [text_of(statement) for statement in row.statements]
    ids = statement_ids(
        identity.prefix,
        [(text, statement.levels) for text, statement in zip(texts, row.statements, strict=True)],
        identity.earlier,
    )
    scale = next((each_statement.levels.scale for each_statement in row.statements if each_statement.levels), None)
    certain = publication.laid_out or scale is None or scale.adds_up
    contested = {} if certain else dict(_unusual(row, usual))
    statements = tuple(
        _statement(statement, id_, contested.get(index))
        for index, (statement, id_) in enumerate(zip(row.statements, ids, strict=True))
    )
    heading = Heading(
        identity.id,
        without_markup(row.title.text),
        row.title.source,
        statements,
        group=without_markup(row.group) if identity.has_group else "",
        covers_some=bool(levels_left_out(row, identity.levels)),
        kind=identity.kind,
        former=identity.earlier.former if identity.earlier else (),
    )
    return heading if publication.laid_out else _with_earlier_readings(heading, identity.earlier)


def text_of(statement: CellStatement) -> str:
    """What is said: one text, or the entries of a list, one a line."""
    return "\n".join(entries_of(statement.cell)) or without_markup(statement.cell.text)


def entries_of(cell: Cell) -> tuple[str, ...]:
    """The entries of the list that a cell holds: its paragraphs, or those of one text that begins with a list mark;
    none for any other text. What leads in the list, such as "You can:", is none of them."""
    if len(cell.lines) < 2:
        return list_entries(cell.text)
    lines = cell.lines[1:] if _leading_line(cell).endswith(":") else cell.lines
    return tuple(entry for line in lines for entry in list_entries(line) or (without_markup(line),) if entry)


def coverage_problems(row: Row, levels: LevelRange, name: str) -> Iterator[Problem]:
    """What no framework can be made of: a row without a title, or that says nothing, and levels about which it says two
    things. Where levels add up, it may."""
    where = row.title.place.within(name)
    if not row.title.text:
        yield Problem(where, "the row has no title", f"name it in the cell on the left of the {levels.scale.words}")
        return
    if not row.statements:
        yield Problem(
            where, f"'{row.title.text}' says nothing at any {levels.scale.word}", "take the row out of the file"
        )
        return
    for level in () if levels.scale.adds_up else levels:
        if sum(statement.levels is not None and level in statement.levels for statement in row.statements) > 1:
            right = f"merge or fill the cells, so that each {levels.scale.word} has one statement"
            yield Problem(where, f"'{row.title.text}' says more than one thing at {level.full_name}", right)


def levels_left_out(row: Row, levels: LevelRange) -> tuple[Level, ...]:
    """The levels of which a row does not speak; none where levels add up, or what it says holds at each."""
    ranges = [statement.levels for statement in row.statements if statement.levels]
    is_whole = levels.scale.adds_up or len(ranges) < len(row.statements)
    return () if is_whole else tuple(level for level in levels if not any(level in each_range for each_range in ranges))


def boundaries(row: Row) -> set[_Boundary]:
    """Where a row divides one level from the next."""
    ranges = [statement.levels for statement in row.statements if statement.levels]
    return {(lower.highest, upper.lowest) for lower, upper in pairwise(ranges)}


#: Titles of several paragraphs with more words than this say more than a title does.
_LONG_TITLE = 6


def doubts_of(row: Row, heading: Heading, is_from_pdf: bool) -> Iterator[Doubt]:
    """Each thing in ``row`` to look at; where the file is a PDF (``is_from_pdf``), that is everything."""
    for cell_statement, statement in zip(row.statements, heading.statements, strict=True):
        reasons = [cell_statement.doubt, *_reasons(cell_statement.cell)]
        if statement.basis:
            reasons.append(statement.basis.rule)
        if not any(reasons) and is_from_pdf:
            reasons = ["read from the lines of a PDF"]
        if what := "; ".join(filter(None, reasons)):
            sure = (
                str(statement.basis.confidence) if statement.basis else ("read from lines" if is_from_pdf else "stated")
            )
            option = "--empty" if cell_statement.rule.startswith(EMPTY) else ""
            is_led = _leading_line(cell_statement.cell) or _leading_entry(cell_statement.cell)
            weighs = bool(
                option
                or is_led
                or points_elsewhere(cell_statement.cell.text)
                or number_before(cell_statement.cell.text)
            )
            place, text = cell_statement.cell.place, statement.full_text
            yield Doubt(
                what, place, heading.title, text, levels_key(cell_statement.levels), sure, option=option, weighs=weighs
            )
    is_long = len(row.title.text.split()) > _LONG_TITLE
    if len(row.title.lines) > 1 and (is_long or row.title.lines[-1].endswith(".")):
        what = f"its {len(row.title.lines)} paragraphs are taken as one title"
        yield Doubt(what, row.title.place, heading.title, weighs=True)
    for gap in row.gaps:
        what = "read as saying nothing"
        yield Doubt(what, gap.cell.place, heading.title, gap.cell.text, levels_key(gap.levels), option="--marks")


def list_doubts(row: Row) -> Iterator[Doubt]:
    """What has to be looked at in the lists that a row of skills holds."""
    for statement in row.statements:
        if what := "; ".join(_reasons(statement.cell)):
            text, levels = text_of(statement), levels_key(statement.levels)
            yield Doubt(
                what, statement.cell.place, row.title.text, text, levels, weighs=bool(_leading_line(statement.cell))
            )


def _reasons(cell: Cell) -> Iterator[str]:
    if points_elsewhere(cell.text):
        yield f"'{shorten(cell.text, _QUOTED)}' points to what another cell says, and is printed as it stands"
    if leading := _leading_line(cell):
        yield f"'{leading}' leads in a list, and is {'left out' if leading.endswith(':') else 'an entry of its own'}"
    elif len(cell.lines) > 1 and not all(map(is_listed, cell.lines)):
        yield f"its {len(cell.lines)} paragraphs are taken as the entries of a list"
    if leading := _leading_entry(cell):
        yield f"'{leading}' is an entry of its own, as are those below it, which it may lead in"
    if number_before(cell.text):
        yield "what looks like a typed number or code stands before the text, and is printed with it"
    if has_markup(cell.text):
        yield "leftovers of HTML were taken out"
    if not entries_of(cell) and any(mark in cell.text for mark in LIST_MARKS):
        yield "it holds list marks, but does not begin with one"


def _leading_line(cell: Cell) -> str:
    """The line before a list, such as "You can:", if there is one."""
    first, *others = cell.lines or ("",)
    return first if others and not is_listed(first) and all(map(is_listed, others)) else ""


def _leading_entry(cell: Cell) -> str:
    """The entry of a list that ends with a colon, as one does that leads in a list within the list; nothing where there
    is none."""
    return next((entry for entry in entries_of(cell)[:-1] if entry.endswith(":")), "")


def _statement(statement: CellStatement, id_: str, contested: str | None) -> Statement:
    entries = entries_of(statement.cell)
    text = "" if entries else without_markup(statement.cell.text)
    basis = None
    if contested:
        basis = SpanBasis(Confidence.CONTESTED, f"{contested} {statement.rule}".strip(), statement.inferred)
    elif statement.inferred:
        basis = SpanBasis(Confidence.INFERRED, statement.rule, statement.inferred)
    return Statement(id_, statement.levels, statement.cell.source, text, entries, basis)


def _unusual(row: Row, usual: Iterable[_Boundary]) -> Iterator[tuple[int, str]]:
    """Statements that reach over a boundary at which all other rows divide, by their number, with the reason."""
    for lower, upper in sorted(usual):
        for index, statement in enumerate(row.statements):
            if len(row.statements) > 1 and statement.levels and lower in statement.levels and upper in statement.levels:
                both = f"{level_as_published(lower)} from {level_as_published(upper)}"
                yield index, f"R1: the empty cell after it continues the merged cell; all other rows divide {both}."


def _with_earlier_readings(heading: Heading, earlier: Heading | None) -> Heading:
    if earlier is None or _bare(heading.statements) != _bare(earlier.statements):
        return heading
    pairs = zip(heading.statements, earlier.statements, strict=True)
    statements = tuple(new._replace(basis=old.basis) for new, old in pairs)
    return replace(heading, statements=statements, readings=earlier.readings)


def _bare(statements: Sequence[Statement]) -> list[tuple[object, ...]]:
    return [
        (statement.text, statement.entries, statement.levels, statement.basis.inferred if statement.basis else ())
        for statement in statements
    ]


# Ids, which stay the same from one version of a framework to the next.
#
# A heading is named by its title; a statement by its specialism, its heading and its levels. Where an earlier version
# has the heading, its id is kept; where it has the statement, by its text or else by its levels, that one's is. A
# heading under a new title is the earlier one where most of what it said is still said under it: that is a guess.

#: Likeness (0 to 100) from which a text is an earlier one reworded, and the share of a heading's statements that must
#: be there for a heading under another title to be the same.
_LIKE, MOSTLY = 75.0, 0.5


def heading_id(kind: RowKind, title: str, earlier: Iterable[Heading], used_ids: Container[str]) -> str:
    """The id of a heading: the earlier one's with this title, else one made of the title, unlike ``used_ids``."""
    earlier_id = next((heading.id for heading in earlier if plain(heading.title) == plain(title)), None)
    if earlier_id and earlier_id not in used_ids:
        return earlier_id
    new_id = slug(name_of(kind) if kind in SINGLE else title.replace("&", " "))
    return unlike(new_id or "heading", used_ids)


def find_renumbered(title: str, gone_headings: Iterable[Heading]) -> Heading | None:
    """Which of ``gone_headings``, of the earlier version, has this title but for the number before it, if one alone
    has."""
    bare = without_number(title)
    alike = [heading for heading in gone_headings if without_number(heading.title) == bare]
    return alike[0] if len(alike) == 1 else None


def find_renamed(texts: Iterable[str], gone_headings: Collection[Heading]) -> Heading | None:
    """Which of ``gone_headings``, those of the earlier version whose titles are published no more, says what ``texts``
    say: the one of whose statements most are among them, and more than half."""
    published = list(texts)
    shares = {heading.id: share_kept(heading.statements, published) for heading in gone_headings}
    best = max(gone_headings, key=lambda heading: shares[heading.id], default=None)
    return best if best and shares[best.id] > MOSTLY else None


def statement_ids(
    prefix: str, statements: Sequence[tuple[str, LevelRange | None]], earlier: Heading | None
) -> list[str]:
    """The ids of statements, each a text and its levels, under one heading; ``prefix`` is that of new ids."""
    old_statements = list(earlier.statements) if earlier else []
    ids: dict[int, str] = {}
    for alike in _ALIKE:
        for index, statement in enumerate(statements):
            if index not in ids and (match := next((old for old in old_statements if alike(old, *statement)), None)):
                ids[index] = match.id
                old_statements.remove(match)
    for index, (_, levels) in enumerate(statements):
        if index not in ids:
            usual_id = (
                f"{prefix}.{slug(levels_key(levels))}" if levels and not levels.scale.is_empty else f"{prefix}.all"
            )
            ids[index] = unlike(usual_id, ids.values())
    return [ids[index] for index in range(len(statements))]


#: Ways in which a statement may be the earlier one, the surest first.
_ALIKE: tuple[Callable[[Statement, str, LevelRange | None], bool], ...] = (
    lambda old, text, levels: old.full_text == text and str(old.levels) == str(levels),
    lambda old, text, _: old.full_text == text,
    lambda old, _, levels: levels is not None and str(old.levels) == str(levels),
)


def levels_key(levels: LevelRange | None) -> str:
    """A range as framework files have it: ``8a-8d``, or ``Mid-level to Top`` where a name holds a hyphen. '' stands for
    every level, and for the one without a name that a framework without levels has."""
    if levels is None:
        return ""
    hyphens = any("-" in str(level) for level in (levels.lowest, levels.highest))
    return str(levels) if hyphens or levels.lowest == levels.highest else f"{levels.lowest}-{levels.highest}"


def share_kept(statements: Collection[Statement], texts: Collection[str]) -> float:
    """The share of earlier ``statements`` that ``texts`` have in the same words, or nearly."""
    kept_count = sum(any(fuzz.ratio(old.full_text, text) >= _LIKE for text in texts) for old in statements)
    return kept_count / len(statements) if statements else 0


def unlike(usual_id: str, used_ids: Container[str]) -> str:
    """An id as ``usual_id``, with a number behind it where that one is among ``used_ids``."""
    number = 1
    while (name := usual_id if number == 1 else f"{usual_id}-{number}") in used_ids:
        number += 1
    return name


# What tables cannot give, such as role categories, taken over from an earlier version as far as it still stands.


def carry_competences(
    earlier: Framework | None, publication: Publication, descriptions: Sequence[Remark]
) -> tuple[list[Competence], list[Doubt]]:
    """The earlier version's competences that the publication still names, and a doubt for each other one.
    ``descriptions`` are those of its specialisms, which may stand in tables."""
    competences: list[Competence] = []
    doubts: list[Doubt] = []
    for competence in earlier.competences if earlier else ():
        if source := _find_source(competence.name, publication, descriptions):
            competences.append(competence._replace(source=source))
        else:
            doubts.append(_left_out(f"competence '{competence.name}'", publication))
    return competences, doubts


def carry_categories(
    earlier: Specialism | None, publication: Publication, descriptions: Sequence[Remark]
) -> tuple[tuple[RoleCategory, ...], list[Doubt]]:
    """The earlier version's role categories of which the publication, or what describes the specialism in one of its
    tables, still says the same, and what was left out."""
    categories: list[RoleCategory] = []
    doubts: list[Doubt] = []
    for category in earlier.role_categories if earlier else ():
        source = _find_source(category.published_as, publication, descriptions)
        if source is None:
            doubts.append(_left_out(f"role category '{category.published_as}'", publication))
            continue
        remarks = [(remark, _find_source(remark.text, publication, descriptions)) for remark in category.statements]
        doubts += [_left_out(f"sentence '{remark.text}'", publication) for remark, place in remarks if not place]
        statements = tuple(remark._replace(source=place) for remark, place in remarks if place)
        categories.append(category._replace(source=source, statements=statements))
    return tuple(categories), doubts


def with_known_competences(category: RoleCategory, competence_ids: Iterable[str]) -> RoleCategory:
    """The category without competences that are left out."""
    rule, ids = category.competence_rule, set(competence_ids)
    if rule is None:
        return category
    id_lists = (
        tuple(competence_id for competence_id in each_list if competence_id in ids)
        for each_list in (rule.all_of, rule.at_least_one_of)
    )
    return category._replace(competence_rule=CompetenceRule(*id_lists))


def _find_source(text: str, publication: Publication, descriptions: Sequence[Remark]) -> SourcePlace | None:
    # Not in any cell: a duty that has a competence's words in it does not name it.
    texts = [(paragraph.source, paragraph.text) for paragraph in publication.prose]
    texts += [(description.source, description.text) for description in descriptions]
    return next((source for source, its_text in texts if text in its_text), None)


def _left_out(what: str, publication: Publication) -> Doubt:
    return Doubt(
        f"the earlier version's {what} is not in {publication.name}, and is left out",
        CellPlace("", "", "", publication.name),
    )
