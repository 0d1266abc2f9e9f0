"""A workbook for people to fill in: a sheet with a row for each thing that they tell of, and sheets that they read.

Cells to be written in are open, all else is locked, without a password. What a column takes is said where it is needed:
above its heading, beside the cell that is written in, and, as somebody types, in the first column, which says what the
row lacks still. The same form gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from jdgen.reports.html_page import printable
from jdgen.reports.workbook import BASE, CREATED, MOST_ACROSS, Column, EscapingWorksheet, fitting, lines_of, set_pages
from jdgen.words import shorten

#: Characters that Excel shows beside a cell, and in the heading of that.
MAX_MESSAGE, _MAX_MESSAGE_TITLE = 255, 32
# The rows of the sheet to be filled in, from 0. Its headings stand below what explains them, right above what is typed.
_TITLE, _GROUPS, _GUIDANCE, _EXAMPLE, HEADINGS = range(5)
_FIRST = HEADINGS + 1
# The columns that stay in sight: what is wrong with a row, and what it is about.
_COLUMNS_IN_SIGHT = 2
_LINE = 15  # points
# Characters of Arial 11 across a landscape page of A4 at the scale at which the sheet is printed.
_PAGE, _SCALE = 165, 65
_INK, _BLUE, _DARK, _PALE, _LINES = "#212B32", "#005EB8", "#003087", "#E8EDEE", "#AEB7BD"
_WRONG = {"bg_color": "#FFF3CC", "font_color": _INK, "bold": True}
# What stands for the choice on which others depend, where none is made.
_NO_PARENT = "not chosen yet"
_LOCKS = {"format_columns": True, "format_rows": True, "autofilter": True}


@dataclass(frozen=True)
class Choices:
    """The ``words`` that a column offers. Where it is ``open`` they are only offered, and others may be typed.

    Some depend on what the row has in the column headed ``parent``: ``by`` has the words for each word there, and all
    are offered while that cell is empty.
    """

    words: tuple[str, ...]
    is_open: bool = False
    parent: str = ""
    by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class FormColumn:
    """A column to be filled in.

    ``guidance`` says what to write, and ``message`` says it again, with how, beside each cell. No more than ``limit``
    characters are wanted, if that is any number. A row that says nothing in the column ``needs`` has no use for this
    one; one that has one of the words ``wanted_for[1]`` in the column ``wanted_for[0]`` needs it, and no other does.
    """

    heading: str
    group: str
    width: int
    guidance: str
    message: str
    example: str
    choices: Choices | None = None
    limit: int = 0
    is_needed: bool = False
    needs: str = ""
    wanted_for: tuple[str, tuple[str, ...]] = ("", ())

    @property
    def marked_heading(self) -> str:
        """The heading as it stands in the sheet: one that every row needs has a mark."""
        return f"{self.heading} *" if self.is_needed else self.heading


class SheetToRead(NamedTuple):
    """A sheet to be read: lines of text, and a table under them."""

    name: str
    lines: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Form:
    """A workbook to be filled in: ``name`` is that of the sheet with so many ``rows``, ``first`` heads the column that
    says what is wrong in a row, and ``lists`` names the sheet with what the columns offer. Sheets to be read stand
    ``before`` the one to be filled in, ``after`` it, and ``last``."""

    title: str
    name: str
    line: str
    first: str
    columns: Sequence[FormColumn]
    rows: int
    lists: str
    before: Sequence[SheetToRead] = ()
    after: Sequence[SheetToRead] = ()
    last: Sequence[SheetToRead] = ()


def form_workbook(form: Form) -> bytes:
    """The workbook of ``form``."""
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True})
    workbook.set_properties({"title": printable(form.title), "created": CREATED})
    workbook.set_size(24_000, 14_000)
    writer = _Writer(workbook)
    for table in form.before:
        writer.write_table(table)
    sheet = workbook.add_worksheet(form.name, EscapingWorksheet)
    offers = _Offers(form)
    for table in (*form.after, offers.table, *form.last):
        writer.write_table(table)
    _Filling(writer, sheet, form, offers).write()
    workbook.close()
    return stream.getvalue()


class _Writer:
    """Writes sheets into one workbook; each look is told to it once."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def look(self, **properties: Any) -> Format:
        """The format with these properties."""
        every = {**BASE, "align": "left", "indent": 1, "num_format": "@", **properties}
        key = tuple(sorted(every.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(every)
        return self._formats[key]

    def heading(self, fill: str = _BLUE) -> Format:
        """How headings look."""
        return self.look(text_wrap=True, bold=True, font_color="#FFFFFF", bg_color=fill, border=1, border_color=_LINES)

    def text(self, sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
        """Write a text, or a cell without one; nothing becomes a formula."""
        if text:
            sheet.write_string(row, column, fitting(text), look)
        else:
            sheet.write_blank(row, column, None, look)

    def write_table(self, table: SheetToRead) -> None:
        """A sheet to be read; its headings stay in sight and are printed on every page."""
        sheet = self.workbook.add_worksheet(table.name, EscapingWorksheet)
        for position, column in enumerate(table.columns):
            sheet.set_column(position, position, column.width)
        for row, line in enumerate(table.lines):
            self.text(sheet, row, 0, line, self.look(bold=row == 0, font_size=14 if row == 0 else 11, indent=0))
        top = len(table.lines)
        widths = [column.width for column in table.columns]
        for row, values in enumerate(table.rows, top + 1):
            sheet.set_row(row, _height(values, widths))
            for position, value in enumerate(values):
                self.text(sheet, row, position, value, self.look(text_wrap=True, border=1, border_color=_LINES))
        headings = [column.heading for column in table.columns]
        _lay_out(sheet, top, headings, self.heading(), rows=max(len(table.rows), 1))
        sheet.fit_to_pages(max(1, round(sum(widths) / MOST_ACROSS)), 0)
        sheet.protect("", _LOCKS)


def _lay_out(
    sheet: Worksheet, top: int, headings: Sequence[str], look: Format, *, rows: int, columns_in_sight: int = 0
) -> None:
    """Make ``rows`` under the row ``top`` a table with these headings, which stay in sight and on every page, as do as
    many columns as ``columns_in_sight`` says."""
    columns = [{"header": heading, "header_format": look} for heading in headings]
    name = f"{sheet.get_name().replace(' ', '')}Table"
    options = {"columns": columns, "name": name, "style": None, "autofilter": not columns_in_sight}
    sheet.add_table(top, 0, top + rows, len(headings) - 1, options)
    sheet.freeze_panes(top + 1, columns_in_sight)
    set_pages(sheet, top)


def _height(values: Sequence[str], widths: Sequence[int]) -> int:
    """The points that a row takes; Excel would find them when it opens the file, and other programs do not."""
    return max(map(lines_of, values, widths), default=1) * _LINE + 3


class _Offers:
    """The sheet with what columns offer, one list below its heading, and where each list is."""

    def __init__(self, form: Form) -> None:
        self._name = form.lists
        self._lines = (f"What the columns of the sheet {form.name} offer",)
        self._columns: list[tuple[Column, Sequence[str]]] = []
        self._places: dict[str, int] = {}
        for column in form.columns:
            if column.choices:
                self._add(column, column.choices)
        rows = max((len(words) for _, words in self._columns), default=0)
        table = [[words[row] if row < len(words) else "" for _, words in self._columns] for row in range(rows)]
        self.table = SheetToRead(form.lists, self._lines, [column for column, _ in self._columns], table)

    def _add(self, column: FormColumn, choices: Choices) -> None:
        words: Sequence[str] = choices.words
        if choices.by:
            heading = f"{choices.parent} of {column.heading.lower()}"
            offered = {_NO_PARENT: choices.words, **choices.by}
            parents = [parent for parent, its in offered.items() for _ in its]
            self._columns.append((Column(heading, max(18, *map(len, parents))), parents))
            words = [word for its in offered.values() for word in its]
        self._places[column.heading] = len(self._columns)
        width = min(max(18, len(column.heading) + 2, *map(len, words)), 60)
        self._columns.append((Column(column.heading, width), words))

    def formula(self, column: FormColumn, parent: str) -> str:
        """What a drop-down offers, where ``parent`` is the cell of the row that it depends on."""
        assert column.choices is not None
        place = self._places[column.heading]
        choices_range = self._range(place)
        if not column.choices.by:
            return f"={choices_range}"
        # Excel and LibreOffice both know these functions in a list; INDIRECT would ask for names that every word fits.
        parents, top = self._range(place - 1), f"{self._name}!${_letters(place)}${len(self._lines) + 1}"
        parent_value = f'IF({parent}="",{_quoted(_NO_PARENT)},{parent})'
        return f"=OFFSET({top},MATCH({parent_value},{parents},0),0,COUNTIF({parents},{parent_value}),1)"

    def _range(self, place: int) -> str:
        letters, first = _letters(place), len(self._lines) + 2
        return f"{self._name}!${letters}${first}:${letters}${first + len(self._columns[place][1]) - 1}"


class _Filling:
    """Writes the sheet that is filled in."""

    def __init__(self, writer: _Writer, sheet: Worksheet, form: Form, offers: _Offers) -> None:
        self._writer, self._sheet, self._form, self._offers = writer, sheet, form, offers
        self._last = HEADINGS + form.rows
        self._position = {column.heading: position for position, column in enumerate(form.columns, 1)}

    def write(self) -> None:
        """Write it: what explains the columns, their headings, and the cells to be filled in."""
        sheet, form = self._sheet, self._form
        sheet.set_column(0, 0, 24)
        self._write_top()
        for position, column in enumerate(form.columns, 1):
            sheet.set_column(position, position, column.width)
            self._write_column(position, column)
        self._write_checks()
        headings = [form.first, *(column.marked_heading for column in form.columns)]
        _lay_out(sheet, HEADINGS, headings, self._writer.heading(), rows=form.rows, columns_in_sight=_COLUMNS_IN_SIGHT)
        for position, fill in enumerate(self._fills(), 1):
            self._writer.text(sheet, HEADINGS, position, headings[position], self._writer.heading(fill))
        widths = [column.width - 2 for column in form.columns]  # bold letters are wider
        sheet.set_row(HEADINGS, _height(headings[1:], widths))
        sheet.repeat_columns(1, 1)
        sheet.set_print_scale(_SCALE)
        sheet.set_v_pagebreaks(list(self._page_breaks()))
        # A number that is text, such as band 7, is meant as text.
        sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(len(form.columns))}{self._last + 1}"})
        sheet.protect("", _LOCKS)

    def _write_top(self) -> None:
        writer, sheet, form = self._writer, self._sheet, self._form
        writer.text(sheet, _TITLE, 0, form.name, writer.look(bold=True, font_size=14))
        writer.text(sheet, _TITLE, 1, form.line, writer.look(bold=True))
        explanation_look = writer.look(text_wrap=True, bold=True, bg_color=_PALE, border=1, border_color=_LINES)
        for row, text in ((_GROUPS, "Part"), (_GUIDANCE, "What to write"), (_EXAMPLE, "Example (not read)")):
            writer.text(sheet, row, 0, text, explanation_look)
        widths = [column.width for column in form.columns]
        sheet.set_row(_GUIDANCE, _height([column.guidance for column in form.columns], widths))
        sheet.set_row(_EXAMPLE, _height([column.example for column in form.columns], widths))

    def _fills(self) -> Iterator[str]:
        """The fill of each heading: groups side by side are told apart."""
        fill, group = _DARK, ""
        for column in self._form.columns:
            if column.group != group:
                fill, group = _BLUE if fill == _DARK else _DARK, column.group
            yield fill

    def _write_column(self, position: int, column: FormColumn) -> None:
        writer, sheet = self._writer, self._sheet
        is_first = position == 1 or self._form.columns[position - 2].group != column.group
        # The name of a group runs on over the cells beside it, which are left empty for that and not merged.
        group_look = writer.look(bold=True, bg_color=_PALE)
        writer.text(sheet, _GROUPS, position, column.group if is_first else "", group_look)
        top = {"text_wrap": True, "bg_color": _PALE, "border": 1, "border_color": _LINES}
        writer.text(sheet, _GUIDANCE, position, column.guidance, writer.look(**top))
        writer.text(sheet, _EXAMPLE, position, column.example, writer.look(**top))
        cell = writer.look(text_wrap=True, locked=False, border=1, border_color=_LINES)
        for row in range(_FIRST, self._last + 1):
            sheet.write_blank(row, position, None, cell)
        sheet.data_validation(_FIRST, position, self._last, position, self._rule(position, column))
        if column.limit:
            letters = _letters(position)
            too_long = {"type": "formula", "criteria": f"=LEN(TRIM({letters}{_FIRST + 1}))>{column.limit}"}
            look = self._writer.workbook.add_format(_WRONG)
            sheet.conditional_format(_FIRST, position, self._last, position, {**too_long, "format": look})

    def _rule(self, position: int, column: FormColumn) -> dict[str, Any]:
        """What a cell of the column takes, and what is said beside it."""
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": shorten(column.heading, _MAX_MESSAGE_TITLE),
            "input_message": shorten(column.message, MAX_MESSAGE),
        }
        if column.choices:
            parent = column.choices.parent
            cell = f"${_letters(self._position[parent])}{_FIRST + 1}" if parent else ""
            right = f"{column.heading} takes only what its list offers. Where you do not know, leave the cell empty."
            rule |= {
                "validate": "list",
                "source": self._offers.formula(column, cell),
                "show_error": not column.choices.is_open,
                "error_title": "Choose from the list",
                "error_message": shorten(right, MAX_MESSAGE),
            }
        elif column.limit:
            right = f"{column.heading} should have at most {column.limit} characters. Keep it as it is?"
            rule |= {
                "validate": "length",
                "criteria": "<=",
                "value": column.limit,
                "error_type": "warning",
                "error_title": f"More than {column.limit} characters",
                "error_message": shorten(right, MAX_MESSAGE),
            }
        return rule

    def _write_checks(self) -> None:
        """In the first column, what is wrong with each row that somebody has begun."""
        sheet, last = self._sheet, _letters(len(self._form.columns))
        look = self._writer.look(text_wrap=True, border=1, border_color=_LINES, num_format="General", hidden=False)
        for row in range(_FIRST, self._last + 1):
            checks = "&".join(self._checks(row + 1))
            formula = f'=IF(COUNTA(B{row + 1}:{last}{row + 1})=0,"",TRIM({checks}))'
            sheet.write_formula(row, 0, formula, look, "")
        wrong = {"type": "formula", "criteria": f"=LEN($A{_FIRST + 1})>0"}
        format_ = self._writer.workbook.add_format(_WRONG)
        sheet.conditional_format(_FIRST, 0, self._last, 0, {**wrong, "format": format_})

    def _checks(self, row: int) -> Iterator[str]:
        """Formulas that each give a sentence, or nothing."""
        for column in self._form.columns:
            cell = f"${_letters(self._position[column.heading])}{row}"
            if column.is_needed:
                yield _if(f'{cell}=""', f"{column.heading} is missing. ")
            if column.limit:
                what = f"{_quoted(f'{column.heading} has ')}&LEN(TRIM({cell}))&"
                what += _quoted(f" characters: at most {column.limit}. ")
                yield f'IF(LEN(TRIM({cell}))>{column.limit},{what},"")'
            if column.needs:
                other = f"${_letters(self._position[column.needs])}{row}"
                text = f"{column.heading} says nothing without {column.needs}. "
                yield _if(f'AND({cell}<>"",{other}="")', text)
            heading, words = column.wanted_for
            if words:
                other = f"${_letters(self._position[heading])}{row}"
                is_wanted = f"OR({','.join(f'{other}={_quoted(word)}' for word in words)})"
                yield _if(f'AND({cell}="",{is_wanted})', f"{column.heading}: choose at least one. ")
                yield _if(
                    f'AND({cell}<>"",NOT({is_wanted}))', f"{column.heading} do not go with this {heading.lower()}. "
                )

    def _page_breaks(self) -> Iterator[int]:
        """Where a page begins: with a group of columns, if the page before is half full, or where it is full."""
        repeated_width = self._form.columns[0].width
        width = 24 + repeated_width
        for position, column in enumerate(self._form.columns[1:], 2):
            begins = column.group != self._form.columns[position - 2].group
            if width + column.width > _PAGE or (begins and width > _PAGE / 2):
                yield position
                width = repeated_width
            width += column.width


def _if(condition: str, text: str) -> str:
    return f'IF({condition},{_quoted(text)},"")'


def _quoted(text: str) -> str:
    """A text in a formula."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _letters(position: int) -> str:
    return str(xl_col_to_name(position))
