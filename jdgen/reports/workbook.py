"""A workbook of any number of rows, for a person: nothing in it is a formula, and the same rows give the same bytes.

Rows are handed to XlsxWriter as they come, which keeps them on disk until the end: memory hardly grows with them, and
a run in several processes writes them while documents are made. A text that looks like a formula is marked for Excel
as text, so that it stays one when the cell is edited.
"""

from __future__ import annotations

import datetime
import io
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from types import TracebackType
from typing import IO, Any, BinaryIO, NamedTuple, Self

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.worksheet import Worksheet

from jdgen.reports.html_page import printable

# What waits on disk for the end of a run is in files without a name: even a killed process leaves none behind.


def spool(folder: Path | None = None) -> IO[bytes]:
    """A new file without a name, on the disk of ``folder``; gone when it is closed."""
    return tempfile.TemporaryFile(dir=folder)


def copy_spool(source: IO[bytes], target: IO[bytes]) -> None:
    """Write the whole of a spool to a stream."""
    source.seek(0)
    shutil.copyfileobj(source, target, 1 << 16)


MAX_ROWS = 1_048_576
#: Links that a sheet has at most: each stays in memory until the end. (Excel takes 65,530.)
MAX_LINKS = 5_000
#: Characters that a cell takes; Excel counts UTF-16 units.
MAX_CHARACTERS = 32_767
#: What a spreadsheet program would run if it were typed, in some of them even after white space or in full width.
FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Points.
_LINE, _TALLEST = 15, 405
# Characters across a page that can be read without effort, and the scale in per cent at which so many stand there. A
# sheet of half as many more is still made to fit.
MOST_ACROSS, _SCALE = 210, 51
# What XML has no place for, and an underscore that would be read as the start of an escape of Excel's.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
#: How every cell looks, before it says what kind of cell it is.
BASE = {"font_name": "Arial", "font_size": 11, "font_color": "#212B32", "valign": "top"}
_ASIDE = {"align": "left", "indent": 1}
#: Row and column, from 0.
_Cell = tuple[int, int]
#: When a workbook says that it was made, so that equal rows give equal bytes.
CREATED = datetime.datetime(1980, 1, 1)  # noqa: DTZ001  # a fixed moment, in nobody's time zone


class Column(NamedTuple):
    """A column's heading, and its width in characters."""

    heading: str
    width: int


class Link(NamedTuple):
    """A text that opens ``target``, or only a text when that is empty."""

    text: str
    target: str


class Tone(Enum):
    """What a row asks of its reader; the value is its fill."""

    PLAIN = None
    KEPT = "#FFF3CC"
    FAILED = "#FBE3E0"


class Strong(str):
    """A text in bold."""

    __slots__ = ()


#: What a cell takes; nothing, or an empty text, is an empty cell.
Value = str | int | float | bool | datetime.date | datetime.time | datetime.timedelta | Link | None


class ReportWorkbook:
    """A workbook that is written row by row. Its sheets stand in it in the order in which they are begun, and take rows
    in any order.

    A run that is killed leaves a folder of rows among the system's temporary files. Every method raises OSError where
    there is no room on the disk.
    """

    def __init__(self, title: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="jdgen-report-", ignore_cleanup_errors=True)
        self._whole = spool(Path(self._folder.name))
        self._workbook = Workbook(self._whole, {"constant_memory": True, "tmpdir": self._folder.name})
        self._workbook.set_properties({"title": printable(title), "created": CREATED})
        self._looks = _Looks(self._workbook)
        self._sheets: list[ReportSheet] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def begin(self, name: str, columns: Sequence[Column], *, exact: bool = False) -> ReportSheet:
        """A new sheet; see :class:`ReportSheet` for ``exact``."""
        worksheet = self._workbook.add_worksheet(name, EscapingWorksheet)
        sheet = ReportSheet(name, columns, worksheet, self._looks, exact=exact)
        self._sheets.append(sheet)
        return sheet

    def end(self) -> None:
        """Put the whole together: no sheet takes a row any more."""
        for sheet in self._sheets:
            sheet.end()
        try:
            self._workbook.close()
        except FileCreateError as error:
            raise error.args[0] from error  # the OSError that it is made of

    def write(self, stream: BinaryIO) -> None:
        """Write the whole to a stream, once it is ended; to another one too, if need be."""
        copy_spool(self._whole, stream)

    def close(self) -> None:
        """Give the disk space back."""
        for worksheet in self._workbook.worksheets():
            # Or Windows would not let the folder go. On a full disk, what is left in memory cannot be written.
            with suppress(OSError):
                worksheet._opt_close()
        with suppress(OSError):
            self._whole.close()
        self._folder.cleanup()


class ReportSheet:
    """One sheet of a workbook. The heading row stays in sight and is printed on every page. Pages are landscape, and as
    wide as the sheet; one that could not be read so goes over several, each with the second column, which says what a
    row is about.

    An ``exact`` sheet is one to be read again: its texts keep every character, control characters as Excel's escapes.
    """

    def __init__(
        self, name: str, columns: Sequence[Column], worksheet: Worksheet, looks: _Looks, *, exact: bool
    ) -> None:
        self.name = name
        #: Rows that Excel has no room for.
        self.unlisted = 0
        self._worksheet = worksheet
        self._looks = looks
        self._fit = _exact if exact else fitting
        self._widths = [column.width for column in columns]
        self._last = self._links = 0
        for position, width in enumerate(self._widths):
            worksheet.set_column(position, position, width)
        worksheet.freeze_panes(1, 0)
        set_pages(worksheet, 0)
        if sum(self._widths) > 1.5 * MOST_ACROSS:
            worksheet.set_print_scale(_SCALE)
            worksheet.repeat_columns(1)
        else:
            worksheet.fit_to_pages(1, 0)
        for position, column in enumerate(columns):
            self._write_text((0, position), self._fit(column.heading), Tone.PLAIN, _Look.HEADING)

    def add(self, values: Sequence[Value], tone: Tone = Tone.PLAIN) -> None:
        """Add one row."""
        if self._last + 1 == MAX_ROWS:  # the first is the headings'
            self.unlisted += 1
            return
        self._last += 1
        if (lines := max(map(lines_of, values, self._widths), default=1)) > 1:
            # Excel would find the height when it opens the file; other programs do not.
            self._worksheet.set_row(self._last, min(lines * _LINE, _TALLEST))
        for position, value in enumerate(values):
            if value is not None:
                self._write((self._last, position), value, tone)

    def end(self) -> None:
        """Let the rows be filtered, now that there are no more."""
        self._worksheet.autofilter(0, 0, self._last, max(len(self._widths) - 1, 0))

    def _write(self, cell: _Cell, value: Any, tone: Tone) -> None:
        if isinstance(value, Link) and value.target and self._links < MAX_LINKS:
            self._links += 1
            self._write_link(cell, self._fit(value.text), value.target, tone)
        elif isinstance(value, Link | str):
            text = self._fit(value.text if isinstance(value, Link) else value)
            self._write_text(cell, text, tone, _Look.STRONG if isinstance(value, Strong) else _Look.TEXT)
        else:
            self._write_other(cell, value, tone)

    def _write_text(self, cell: _Cell, text: str, tone: Tone, look: _Look) -> None:
        if text:
            self._worksheet.write_string(*cell, text, self._looks.format(tone, look, text))
        else:
            self._worksheet.write_blank(*cell, None, self._looks.format(tone, look))

    def _write_link(self, cell: _Cell, text: str, target: str, tone: Tone) -> None:
        url = Url("external:beside")
        url.text = text
        # XlsxWriter writes paths as only Windows knows them, and escapes them once more; the target is a whole link.
        url._link = url._relationship_link = target
        self._worksheet.write_url(*cell, url, self._looks.format(tone, _Look.LINK, text))

    def _write_other(self, cell: _Cell, value: Any, tone: Tone) -> None:
        look = next((look for kind, look in _LOOKS if isinstance(value, kind)), _Look.TIME)
        if isinstance(value, bool):
            self._worksheet.write_boolean(*cell, value, self._looks.format(tone, look))
        elif isinstance(value, int | float):
            self._worksheet.write_number(*cell, value, self._looks.format(tone, look))
        else:
            self._worksheet.write_datetime(*cell, value, self._looks.format(tone, look))


def set_pages(worksheet: Worksheet, headings: int) -> None:
    """Have a sheet printed on A4, landscape, with the row ``headings`` on each page, and numbers of pages."""
    worksheet.repeat_rows(headings)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.set_margins(0.4, 0.4, 0.5, 0.6)
    worksheet.set_footer("&L&A&RPage &P of &N")


def one_sheet_workbook(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, exact: bool = False
) -> bytes:
    """A workbook with the one sheet ``name``; see :class:`ReportSheet` for ``exact``."""
    with ReportWorkbook(name) as workbook:
        sheet = workbook.begin(name, columns, exact=exact)
        for row in rows:
            sheet.add(row)
        workbook.end()
        stream = io.BytesIO()
        workbook.write(stream)
    return stream.getvalue()


class EscapingWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """XlsxWriter leaves the second of two escapes that share an underscore as it is, and halves of pairs."""

    @staticmethod
    def _escape_control_characters(data: Any) -> Any:
        if not isinstance(data, str):
            return data
        return _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", data)


class _Look(Enum):
    """What kind of thing a cell shows."""

    TEXT = auto()
    STRONG = auto()
    LINK = auto()
    HEADING = auto()
    COUNT = auto()
    SECONDS = auto()
    TRUTH = auto()
    DATE = auto()
    MOMENT = auto()
    TIME = auto()


_TEXT = {**_ASIDE, "text_wrap": True, "num_format": "@"}
_FORMATS: Mapping[_Look, Mapping[str, Any]] = {
    _Look.TEXT: _TEXT,
    _Look.STRONG: {**_TEXT, "bold": True},
    _Look.LINK: {**_TEXT, "underline": 1, "font_color": "#005EB8"},
    _Look.HEADING: {**_TEXT, "bold": True, "font_color": "#FFFFFF", "bg_color": "#005EB8"},
    _Look.COUNT: {"num_format": "#,##0"},
    _Look.SECONDS: {"num_format": "0.000"},
    _Look.TRUTH: _ASIDE,
    _Look.DATE: {**_ASIDE, "num_format": "d mmmm yyyy"},
    _Look.MOMENT: {**_ASIDE, "num_format": "d mmmm yyyy hh:mm:ss"},
    _Look.TIME: {**_ASIDE, "num_format": "[hh]:mm:ss"},
}
# What is a kind of another comes before it.
_LOOKS = (
    (bool, _Look.TRUTH),
    (int, _Look.COUNT),
    (float, _Look.SECONDS),
    (datetime.datetime, _Look.MOMENT),
    (datetime.date, _Look.DATE),
)


class _Looks:
    """The looks of one workbook's cells; each is told to it once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[Tone, _Look, bool], Format] = {}

    def format(self, tone: Tone, look: _Look, text: str = "") -> Format:
        """How a cell looks that shows ``text``, or something else."""
        key = (tone, look, text.startswith(FORMULA_START))
        if key not in self._formats:
            fill = {"bg_color": tone.value} if tone.value else {}
            kept_as_text = {"quote_prefix": True} if key[2] else {}
            self._formats[key] = self._workbook.add_format({**BASE, **fill, **_FORMATS[look], **kept_as_text})
        return self._formats[key]


def lines_of(value: Value, width: int) -> int:
    """How many lines a value takes in a column, near enough."""
    text = value.text if isinstance(value, Link) else value
    if not isinstance(text, str):
        return 1
    # A width counts digits; letters are narrower, which makes up for what wrapping at words leaves empty.
    return sum(max(1, -(-len(line) // width)) for line in text.split("\n"))


def fitting(text: str) -> str:
    """``text`` as a person reads it in one cell, cut with a sign where it is too long."""
    text = _no_marks(printable(text))
    if len(text) <= MAX_CHARACTERS // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_CHARACTERS:
        return text
    return units[: 2 * (MAX_CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


def _exact(text: str) -> str:
    """``text`` with all its characters, as far as a cell takes them."""
    return _no_marks(text[:MAX_CHARACTERS])


def _no_marks(text: str) -> str:
    """XlsxWriter takes a text in ``<r>`` for marks of its own, and would write it as they are."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
