"""The workbook of posts that managers and HR fill in, and `jdgen batch` reads.

The sheet of posts has its headings below what explains them, and reading passes over whatever stands above headings:
the example never becomes a document, and nobody need delete it. Headings, groups, limits and what depends on what are
of the table of a post's fields, and what there is to choose is the workspace's. A column in which nothing can be chosen
is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from jdgen.configuration import load_common_entries, load_configuration
from jdgen.drafting.duties import framework_duties
from jdgen.drafting.library import Library
from jdgen.drafting.loading import load_placeholders
from jdgen.drafting.profile import role_profile
from jdgen.errors import JdgenError
from jdgen.post.field import Field, FieldKind, SheetColumn
from jdgen.post.fields import BY_NAME, COLUMNS, FIELDS
from jdgen.reports.workbook import Column as ListColumn
from jdgen.reports.workbook_form import HEADINGS, Choices, Form, FormColumn, SheetToRead, form_workbook
from jdgen.sheets.heading_row import PROBLEM, find_column, own_columns_of
from jdgen.starters.guidance import FOR_SOME, USUALLY_EMPTY, example_in, in_few_words, limit_of, sentence, what_to_write
from jdgen.starters.offers import examples_of, libraries_of, name_of, offers_of, ruled_categories, statements_of
from jdgen.workspace import Workspace

#: Posts that a workbook has room for: usually, and at most.
ROWS, MAX_ROWS = 40, 2_000
_SHEET, _GUIDE, _COLUMNS, _LISTS, _DUTIES, _CRITERIA = "Posts", "Guide", "Columns", "Lists", "Duties", "Criteria"
_STEPS = (
    (
        "What it is for",
        f"Each row of the sheet {_SHEET} becomes a job description in Word, with its person specification.",
    ),
    (
        "1. Read",
        f"Open the sheet {_SHEET}. Above each heading you see what to write, and an example. "
        f"The example never becomes a document. The sheet {_COLUMNS} explains every column.",
    ),
    (
        "2. Write",
        f"Write one post in each row, from row {HEADINGS + 2} down. Columns with * are needed. "
        "Give what else you know. The document asks for the rest.",
    ),
    (
        "3. Choose",
        "A cell with a list shows an arrow when you go to it. Alt + Down arrow opens the list. "
        f"The sheet {_LISTS} shows what all lists offer.",
    ),
    (
        "4. Several in one cell",
        "Write one on each line. For a new line press Alt + Enter in Excel for Windows, "
        "Option + Return on a Mac, or Ctrl + Enter in LibreOffice.",
    ),
    (
        "5. Change duties",
        f"The framework's duties are in the document already. The sheet {_DUTIES} lists them. "
        f"The sheet {_CRITERIA} lists what applicants are asked for. "
        "Change only what differs in your post, and say why.",
    ),
    (
        "6. Check",
        f"The column {PROBLEM} says what a row still lacks, and when a text is too long. It fills itself in.",
    ),
    ("7. Name nobody", "A job description is about the post. It names posts and teams, and never people."),
    ("8. Send it back", "Save it as an Excel workbook (.xlsx). Send it to whoever sent it to you."),
    (
        "For HR: make documents",
        "jdgen batch FILE.xlsx --dry-run names every problem by its cell. "
        "The same without --dry-run makes the documents.",
    ),
    (
        "For HR: change it",
        "Review, Unprotect Sheet opens every cell. There is no password. You may move columns or leave them out, "
        "and add some whose headings begin with Notes. Keep all headings in one row. "
        "jdgen workbook --rows makes a workbook with more rows.",
    ),
)


def workbook_of_posts(workspace: Workspace, rows: int, specialism: str | None, framework: str | None) -> bytes:
    """The workbook, with room for so many posts, and with what the ``specialism`` offers, or each of the workspace's.
    What the workspace says of every post may be left empty.

    Raises :class:`JdgenError` for names that nothing has, and for files with problems.
    """
    common = load_common_entries(workspace, load_placeholders(workspace))
    if common and common.problems:
        raise JdgenError(common.problems)
    usual = common.values if common else {}
    libraries = libraries_of(workspace, specialism or usual.get("specialism"), framework or usual.get("framework"))
    columns = columns_of(libraries, statements_of(workspace), usual, load_configuration(workspace).own)
    return form_workbook(
        Form(
            title="Posts for job descriptions",
            name=_SHEET,
            line=f"One row is one post, from row {HEADINGS + 2} down",
            first=PROBLEM,
            columns=[column.form for column in columns],
            rows=rows,
            lists=_LISTS,
            before=(_guide(libraries),),
            after=(_columns_sheet(columns),),
            last=tuple(table for table in (_duties(libraries), _criteria(libraries)) if table.rows),
        )
    )


# A column.


class PostColumn(NamedTuple):
    """A column of the workbook, and how a cell of it is written."""

    form: FormColumn
    how: str


_OWN_FIELDS = BY_NAME["own"]
_HEADING_OF = {key: column.heading for key, column in COLUMNS.items()}
_CATEGORY = _HEADING_OF["role_category"]
_NEW_LINE = "one on each line (Alt + Enter)"
#: How a cell is written: for the columns that have entries of their own form, and for the kinds of field.
HOW_WRITTEN: Mapping[str, str] = {
    "dimensions": f"What is measured: how much; {_NEW_LINE}",
    "relationships": f"Internal or External | who | why; {_NEW_LINE}",
    "duties.add": f"Heading: the duty, beginning with a verb; {_NEW_LINE}",
    "duties.omit": f"Duty from the sheet Duties: the reason; {_NEW_LINE}",
    "duties.reword": f"Duty from the sheet Duties | the new words | the reason; {_NEW_LINE}",
    "duties.keep": f"Duty from the sheet Duties: the reason; {_NEW_LINE}",
    "duties.order": f"Duties from the sheet Duties; {_NEW_LINE}",
    "criteria.add": f"Essential or desirable | group | how it is assessed | the criterion; {_NEW_LINE}",
    "criteria.omit": f"Criterion from the sheet Criteria: the reason; {_NEW_LINE}",
    FieldKind.LINE.name: "One line",
    FieldKind.PROSE.name: "A few sentences; an empty line begins a new paragraph",
    FieldKind.TEXTS.name: f"Several: {_NEW_LINE}",
    FieldKind.WORDS.name: f"Several: with commas between, or {_NEW_LINE}",
    FieldKind.BAND.name: "Choose from the list",
    FieldKind.LEVEL.name: "Choose from the list",
    FieldKind.NAME.name: "Choose from the list",
    FieldKind.NAMES.name: "Choose from the list; for several, type them with ; between",
    FieldKind.READINGS.name: "Choose from the list; for several, one on each line (Alt + Enter)",
    FieldKind.SKILLS.name: "Choose from the list; for several, type them with ; between",
}
# What an offer that only begins a line does to a cell that holds something already.
_REPLACES = "The list offers beginnings: choosing again replaces the cell."
# Widths in characters: of a kind of field, and of columns that need more or less than others of theirs.
_WIDTHS: Mapping[FieldKind, int] = {
    FieldKind.LINE: 26,
    FieldKind.PROSE: 40,
    FieldKind.TEXTS: 40,
    FieldKind.WORDS: 40,
    FieldKind.ENTRIES: 44,
    FieldKind.BAND: 14,
    FieldKind.LEVEL: 18,
    FieldKind.NAME: 26,
    FieldKind.NAMES: 30,
    FieldKind.READINGS: 30,
    FieldKind.SKILLS: 30,
}
_OWN_WIDTHS: Mapping[str, int] = {"title": 38, "employer": 32, "version": 14, "hours": 20, "contract": 20, "base": 30}
_EFFORT_WIDTH = 20  # how often, and how long


def columns_of(
    libraries: Sequence[Library], statements: Sequence[str], usual: Mapping[str, Any], own_headings: Mapping[str, str]
) -> tuple[PostColumn, ...]:
    """The columns for posts that are drafted from ``libraries``; ``statements`` are the sets of general ones, ``usual``
    is what the workspace says of every post, by field, and ``own_headings`` has those of the organisation's own fields.
    """
    offers = offers_of(libraries, statements)
    examples = dict(examples_of(libraries[0]))
    own_columns = own_columns_of(own_headings)
    columns = [
        _column(
            field,
            column,
            libraries,
            choices=offers.get(column.key),
            example=examples.get(column.key, ""),
            usual=usual.get(field.key),
        )
        for field in FIELDS
        for column in field.columns
        if (column.key in offers or not field.kind.is_choice) and find_column(column.heading, own_columns) == column
    ]
    usual_own = usual.get(_OWN_FIELDS.key, {})
    return (*columns, *(_own_column(heading, usual_own.get(name)) for name, heading in own_headings.items()))


def _column(
    field: Field,
    column: SheetColumn,
    libraries: Sequence[Library],
    *,
    choices: Choices | None,
    example: str,
    usual: Any,
) -> PostColumn:
    how = sentence(HOW_WRITTEN.get(column.key) or HOW_WRITTEN[column.kind.name])
    if field.limit:
        how = f"{how} {limit_of(field)}"
    is_needed = field.needed is not None and usual is None
    left_empty = f"Leave it empty for {in_few_words(usual)}." if usual is not None else ""
    guidance = " ".join(
        filter(None, ("Needed." if is_needed else "", what_to_write(field, column, libraries), left_empty))
    )
    categories = ruled_categories(libraries) if column.key == FOR_SOME else ()
    begins = choices is not None and choices.is_open and column.kind is FieldKind.ENTRIES
    form = FormColumn(
        column.heading,
        field.group.value,
        _width(column),
        guidance,
        f"{guidance} {how} {_REPLACES}" if begins else f"{guidance} {how}",
        example or example_in(field, column) or USUALLY_EMPTY,
        choices,
        limit=field.limit,
        is_needed=is_needed,
        needs=_HEADING_OF.get(column.needs, ""),
        wanted_for=(_CATEGORY, categories) if categories else ("", ()),
    )
    return PostColumn(form, how)


def _own_column(heading: str, usual: Any) -> PostColumn:
    """The column of one of the organisation's own fields, of which only it knows more."""
    guidance = "A field of your organisation's own."
    if usual is not None:
        guidance = f"{guidance} Leave it empty for {in_few_words(usual)}."
    how = sentence(HOW_WRITTEN[FieldKind.PROSE.name])
    form = FormColumn(
        heading, _OWN_FIELDS.group.value, _WIDTHS[FieldKind.LINE], guidance, f"{guidance} {how}", example=USUALLY_EMPTY
    )
    return PostColumn(form, how)


def _width(column: SheetColumn) -> int:
    if column.key.startswith("demands."):
        return _EFFORT_WIDTH if column.needs else 34
    return _OWN_WIDTHS.get(column.key, _WIDTHS[column.kind])


# Sheets to be read.


def _guide(libraries: Sequence[Library]) -> SheetToRead:
    """What the workbook is for, and how it is filled in, step by step."""
    return SheetToRead(
        _GUIDE,
        ("Posts for job descriptions: how to fill in this workbook",),
        (ListColumn("Step", 28), ListColumn("What to do", 100)),
        (*_STEPS, ("Where the lists come from", "; ".join(_sources(libraries)))),
    )


def _sources(libraries: Sequence[Library]) -> Iterator[str]:
    for framework in dict.fromkeys((library.framework.title, library.framework.version) for library in libraries):
        yield f"{framework[0]} ({framework[1]})"


def _columns_sheet(columns: Sequence[PostColumn]) -> SheetToRead:
    """Every column in plain words."""
    heads = (
        *(ListColumn("Column", 24), ListColumn("Part", 24), ListColumn("Needed", 9)),
        *(ListColumn("What to write", 38), ListColumn("How", 38), ListColumn("Example", 38)),
    )
    rows = [
        (
            *(column.form.heading, column.form.group, "Yes" if column.form.is_needed else "No"),
            *(column.form.guidance, column.how, column.form.example),
        )
        for column in columns
    ]
    return SheetToRead(_COLUMNS, (f"The columns of the sheet {_SHEET}",), heads, rows)


def _duties(libraries: Sequence[Library]) -> SheetToRead:
    """The duties that the framework gives, with what a post calls each to leave it out or to reword it."""
    heads = (
        *(ListColumn("Duty", 38), ListColumn("Specialism", 20), ListColumn("Heading", 28)),
        *(ListColumn("At", 22), ListColumn("What it says", 90)),
    )
    lines = (
        "The framework's duties",
        "To leave one out or reword it, copy its name from the first column into the sheet Posts.",
    )
    return SheetToRead(_DUTIES, lines, heads, [row for library in libraries for row in _duty_rows(library)])


def _duty_rows(library: Library) -> Iterator[tuple[str, ...]]:
    rows: dict[str, tuple[str, str]] = {}
    levels: dict[str, list[str]] = {}
    for level in library.specialism.levels:
        for heading in framework_duties(role_profile(library.specialism, level), library.adaptations).headings:
            for duty in heading.duties:
                rows[duty.id] = (str(heading.title), str(duty.text))
                levels.setdefault(duty.id, []).append(str(level))
    order = {heading.title: number for number, heading in enumerate(library.specialism.headings)}
    word = library.specialism.scale.word
    for duty_id, (heading_title, text) in sorted(rows.items(), key=lambda row: order.get(row[1][0], len(order))):
        levels_of_duty = levels[duty_id]
        yield duty_id, name_of(library.specialism), heading_title, f"{word} {', '.join(levels_of_duty)}".strip(), text


def _criteria(libraries: Sequence[Library]) -> SheetToRead:
    """The criteria that person specifications have, with what a post calls each to leave it out."""
    heads = (
        *(ListColumn("Criterion", 38), ListColumn("Specialism", 20), ListColumn("Group", 22)),
        *(ListColumn("Importance", 14), ListColumn("Bands", 14), ListColumn("What it says", 90)),
    )
    lines = (
        "Criteria of the person specification",
        "To leave one out, copy its name from the first column into the sheet Posts.",
    )
    rows = [
        (
            *(criterion.id, name_of(library.specialism), str(library.criteria.groups[criterion.rating.group])),
            *(criterion.rating.importance.value, str(criterion.bands_or_levels or ""), str(criterion.text)),
        )
        for library in libraries
        for criterion in library.criteria.criteria
    ]
    return SheetToRead(_CRITERIA, lines, heads, rows)
