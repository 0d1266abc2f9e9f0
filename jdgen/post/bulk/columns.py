"""The columns that a sheet of posts may have, and the names under which people head them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from jdgen.post.bulk import lines
from jdgen.post.bulk.lines import Form


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
