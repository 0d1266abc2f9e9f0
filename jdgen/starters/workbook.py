"""The workbook of posts that managers and HR fill in, and `jdgen batch` reads.

The sheet of posts has its headings below what explains them, and reading passes over whatever stands above headings:
the example never becomes a document, and nobody need delete it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jdgen.configuration import load_common_entries, load_configuration
from jdgen.drafting.duties import framework_duties
from jdgen.drafting.library import Library
from jdgen.drafting.loading import load_placeholders
from jdgen.drafting.profile import role_profile
from jdgen.errors import JdgenError
from jdgen.reports.form import HEADINGS, Form, SheetToRead, form_workbook
from jdgen.reports.workbook import Column as ListColumn
from jdgen.sheets.columns import PROBLEM
from jdgen.starters.columns import PostColumn, columns_of, libraries_of, name_of, statements_of
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
    given = common.values if common else {}
    libraries = libraries_of(workspace, specialism or given.get("specialism"), framework or given.get("framework"))
    columns = columns_of(libraries, statements_of(workspace), given, load_configuration(workspace).own)
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
            after=(_explained(columns),),
            last=tuple(table for table in (_duties(libraries), _criteria(libraries)) if table.rows),
        )
    )


def _guide(libraries: Sequence[Library]) -> SheetToRead:
    """What the workbook is for, and how it is filled in, step by step."""
    return SheetToRead(
        _GUIDE,
        ("Posts for job descriptions: how to fill in this workbook",),
        (ListColumn("Step", 28), ListColumn("What to do", 100)),
        (*_STEPS, ("Where the lists come from", "; ".join(_sources(libraries)))),
    )


def _sources(libraries: Sequence[Library]) -> Iterator[str]:
    for framework in dict.fromkeys((one.framework.title, one.framework.version) for one in libraries):
        yield f"{framework[0]} ({framework[1]})"


def _explained(columns: Sequence[PostColumn]) -> SheetToRead:
    """Every column in plain words."""
    heads = (
        *(ListColumn("Column", 24), ListColumn("Part", 24), ListColumn("Needed", 9)),
        *(ListColumn("What to write", 38), ListColumn("How", 38), ListColumn("Example", 38)),
    )
    rows = [
        (
            *(one.form.heading, one.form.group, "Yes" if one.form.is_needed else "No"),
            *(one.form.guidance, one.how, one.form.example),
        )
        for one in columns
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
    for its_id, (heading_title, text) in sorted(rows.items(), key=lambda row: order.get(row[1][0], len(order))):
        its = levels[its_id]
        yield its_id, name_of(library.specialism), heading_title, f"{word} {', '.join(its)}".strip(), text


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
            *(one.id, name_of(library.specialism), str(library.criteria.groups[one.rating.group])),
            *(one.rating.importance.value, str(one.held or ""), str(one.text)),
        )
        for library in libraries
        for one in library.criteria.criteria
    ]
    return SheetToRead(_CRITERIA, lines, heads, rows)
