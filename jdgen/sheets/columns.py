"""The columns that a sheet of posts may have, and the names under which people head them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jdgen.errors import JdgenError, Problem
from jdgen.sheets import cells as lines
from jdgen.sheets.cells import Form
from jdgen.sheets.sheet import Row, SheetPlaces, column_letters


@dataclass(frozen=True)
class Column:
    """One column: the key of a post that it gives (``duties.add``), its heading, and the form of its cells."""

    field: str
    heading: str
    form: Form
    also: tuple[str, ...] = ()


#: The kinds of effort, which have columns of their own.
DEMANDS = ("physical", "mental", "emotional", "environment")


def _demand(kind: str, heading: str, *also: str) -> tuple[Column, ...]:
    """The three columns of one kind of effort: what, how often, how long."""
    often, long = ("how often", "frequency"), ("how long", "duration")
    return (
        Column(f"demands.{kind}.text", heading, lines.prose, also),
        *(
            Column(
                f"demands.{kind}.{key}",
                f"{heading}: {words[0]}",
                lines.one_line,
                tuple(f"{name} {word}" for name in (heading, *also) for word in words),
            )
            for key, words in (("frequency", often), ("duration", long))
        ),
    )


COLUMNS: tuple[Column, ...] = (
    Column("title", "Job title", lines.one_line, ("title", "post title", "role title", "post", "job")),
    Column(
        "specialism",
        "Specialism",
        lines.identifier,
        ("career pathway", "pathway", "framework specialism"),
    ),
    Column("framework", "Framework", lines.identifier, ("capability framework", "framework id")),
    Column(
        "band",
        "Band",
        lines.band,
        ("afc band", "pay band", "agenda for change band", "band afc", "salary band", "grade", "pay grade"),
    ),
    Column("level", "Level", lines.one_line, ("framework level", "role level", "level of the framework")),
    Column("role_category", "Role category", lines.identifier, ("category", "kind of role", "type of role")),
    Column(
        "specialist_competences",
        "Specialist competences",
        lines.identifiers,
        ("specialist competence", "specialist competencies", "specialist competency", "competences", "competencies"),
    ),
    Column("entry_route", "Entry route", lines.identifier, ("route", "route of entry")),
    Column("readings", "Readings", lines.readings, ("reading", "readings of headings")),
    Column(
        "employer",
        "Employer",
        lines.one_line,
        ("employing organisation", "organisation", "trust", "name of employer", "name of organisation"),
    ),
    Column(
        "department",
        "Department",
        lines.one_line,
        ("directorate", "service", "team", "division", "care group", "department or service", "department or team"),
    ),
    Column(
        "base",
        "Base",
        lines.one_line,
        ("location", "place of work", "work base", "work location", "workplace", "site", "base or location"),
    ),
    Column(
        "hours",
        "Hours",
        lines.one_line,
        ("hours a week", "hours per week", "weekly hours", "working hours", "contracted hours", "hours of work"),
    ),
    Column("contract", "Contract", lines.one_line, ("contract type", "type of contract", "tenure", "employment type")),
    Column(
        "responsible_to",
        "Responsible to",
        lines.one_line,
        ("reports to", "reporting to", "line manager", "managed by", "manager"),
    ),
    Column("accountable_to", "Accountable to", lines.one_line, ("professionally accountable to", "accountability")),
    Column(
        "responsible_for",
        "Responsible for",
        lines.one_line,
        ("direct reports", "line manages", "manages", "staff managed", "staff responsible for"),
    ),
    Column(
        "reference",
        "Reference",
        lines.one_line,
        ("ref", "jd reference", "jd ref", "job description reference", "job reference", "reference number"),
    ),
    Column("version", "Version", lines.one_line, ("jd version", "version of jd", "job description version")),
    Column(
        "je_reference",
        "JE reference",
        lines.one_line,
        ("je ref", "je number", "job evaluation reference", "job evaluation ref", "job evaluation number"),
    ),
    Column("clauses", "General statements", lines.identifier, ("clauses", "general clauses")),
    Column("picture.file", "Picture file", lines.one_line, ("picture", "logo", "logo file")),
    Column("picture.description", "Picture description", lines.one_line, ("alt text", "alternative text")),
    Column(
        "about",
        "About the organisation",
        lines.prose,
        ("about", "about us", "about the trust", "about the employer"),
    ),
    Column("values", "Values", lines.listing, ("our values", "trust values", "organisational values")),
    Column("purpose", "Job purpose", lines.prose, ("purpose", "job summary", "purpose of the job", "role purpose")),
    Column("dimensions", "Dimensions", lines.dimensions, ("job dimensions", "size of the job")),
    Column(
        "relationships",
        "Relationships",
        lines.relationships,
        ("working relationships", "key relationships", "key working relationships"),
    ),
    Column("decisions", "Decisions", lines.listing, ("decisions and autonomy", "autonomy", "freedom to act")),
    *_demand("physical", "Physical effort"),
    *_demand("mental", "Mental effort"),
    *_demand("emotional", "Emotional effort"),
    *_demand("environment", "Working conditions", "environment", "working environment", "environmental conditions"),
    Column("duties.add", "Duties to add", lines.added_duties, ("added duties", "additional duties", "extra duties")),
    Column("duties.omit", "Duties to omit", lines.omitted_duties, ("omitted duties", "duties to leave out")),
    Column("duties.reword", "Duties to reword", lines.reworded_duties, ("reworded duties",)),
    Column(
        "criteria.add",
        "Criteria to add",
        lines.added_criteria,
        ("added criteria", "additional criteria", "extra criteria"),
    ),
    Column("criteria.omit", "Criteria to omit", lines.omitted_criteria, ("omitted criteria", "criteria to leave out")),
)
#: Heading of the column that says what is wrong in a workbook of posts to mend; reading passes over it.
PROBLEM = "Problem"

_IGNORED = re.compile(r"problems?|(?:notes?|comments?|ignored?)(?: .*)?")


def heading_words(heading: str) -> str:
    """A heading as bare words, so that case, spaces, line breaks, underscores and marks make no difference."""
    text = unicodedata.normalize("NFKC", heading).replace("&", " and ").casefold()
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


#: Every heading that is known, as bare words, with its column.
BY_WORDS: dict[str, Column] = {
    heading_words(name): column for column in COLUMNS for name in (column.field, column.heading, *column.also)
}


def column_headed(heading: str) -> Column | None:
    """The column that ``heading`` means; what stands in brackets after it (``Hours (per week)``) may be anything."""
    words = heading_words(heading)
    return BY_WORDS.get(words) or BY_WORDS.get(heading_words(re.sub(r"\([^()]*\)\s*\*?\s*$", "", heading)))


def is_ignored(heading: str) -> bool:
    """Whether a column is for people only: ``Notes …``, ``Comments …``, ``Ignore …``, or ``Problem``."""
    return _IGNORED.fullmatch(heading_words(heading)) is not None


def nearest_heading(heading: str) -> str:
    """What would be right in place of an unknown heading."""
    from difflib import get_close_matches  # noqa: PLC0415  # slow to import, and only failures need it

    written = " ".join(heading.split())
    ignored = f"begin it with 'Ignore' to have it passed over: 'Ignore {written}'"
    if close := get_close_matches(heading_words(heading), list(BY_WORDS), n=1, cutoff=0.6):
        return f"did you mean '{BY_WORDS[close[0]].heading}'? Or {ignored}"
    return f"use a heading that docs/spreadsheet.md lists, or {ignored}"


# Finding the row that heads the columns, under titles and blank rows, and saying what is wrong with it.

#: How far down the header row may stand.
SEARCHED = 50
#: A row with fewer known headings is no header: a title may happen to be called "Posts" or "Base".
FEWEST = 2
#: What every post needs.
REQUIRED = frozenset(("title", "specialism", "band"))


@dataclass(frozen=True)
class Header:
    """The header row: its number, its headings as written, the columns known by position, and what is wrong in it.

    ``ignored`` are positions of columns for people only.
    """

    number: int
    headings: tuple[str, ...]
    columns: dict[int, Column]
    ignored: frozenset[int]
    problems: tuple[Problem, ...]

    @property
    def fields(self) -> dict[str, int]:
        """The position of each field."""
        return {column.field: position for position, column in self.columns.items()}


def known_headings(row: Row) -> int:
    """How many cells of a row are known headings."""
    return sum(1 for value in row[1] if isinstance(value, str) and column_headed(value))


def header_of(rows: Sequence[Row], places: SheetPlaces, given: Collection[str] = ()) -> Header:
    """The header among the first ``rows`` of a sheet: the row with most known headings.

    ``given`` are fields that are given elsewhere, so that no column has to. Raises :class:`JdgenError` when
    no row will do, and says which came nearest.
    """
    best = max(rows, key=lambda row: (known_headings(row), -row[0]), default=None)
    if best is None or known_headings(best) < FEWEST:
        what = "has no row of column headings"
        if best is not None and known_headings(best):
            what += f" (row {best[0]} has one that is known, and no row has more)"
        right = "head the columns with 'Job title', 'Specialism', 'Band' and others of docs/spreadsheet.md"
        raise JdgenError(Problem(places.name, what, right))
    return _header(best, places, given)


def _header(row: Row, places: SheetPlaces, given: Collection[str]) -> Header:
    number, values = row
    headings = tuple("" if value is None else str(value).strip() for value in values)
    columns: dict[int, Column] = {}
    problems: list[Problem] = []
    first: dict[str, int] = {}
    for position, heading in enumerate(headings):
        if not heading or is_ignored(heading):
            continue
        column, where = column_headed(heading), places.cell(number, position)
        if column is None:
            problems.append(Problem(where, f"unknown column '{_on_one_line(heading)}'", nearest_heading(heading)))
        elif column.field in first:
            what = f"'{_on_one_line(heading)}' is a second column for '{column.heading}'"
            other = column_letters(first[column.field])
            problems.append(Problem(where, what, f"keep one; the first is column {other}"))
        else:
            first[column.field] = position
            columns[position] = column
    missing = [column for column in COLUMNS if column.field in REQUIRED and column.field not in {*first, *given}]
    problems += [
        Problem(places.row(number), f"there is no column '{column.heading}'", "add it to this row of headings")
        for column in missing
    ]
    ignored = frozenset(position for position, heading in enumerate(headings) if heading and position not in columns)
    return Header(number, headings, columns, ignored, tuple(problems))


def _on_one_line(heading: str) -> str:
    return " ".join(heading.split())
