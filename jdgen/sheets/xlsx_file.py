"""Reading the sheets of an XLSX workbook, by openpyxl's read-only way."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from xml.etree.ElementTree import Element, ParseError, fromstring

from jdgen.errors import JdgenError, Problem
from jdgen.files import owner_file_problem
from jdgen.sheets.sheet import MAX_FILE, MAX_UNPACKED, LostValue, Row, Sheet, SheetPlaces, as_struck
from jdgen.sheets.xlsx_strings import in_turn, load_values, local_name, numbered_rows
from jdgen.zips import MEGABYTE, Bounds, NotAPackageError, PackageError, TooLargeError, entries, looks_like_xml

# A workbook as a zip of parts, looked through before openpyxl opens it.
#
# openpyxl's quick way of reading says nothing of merged cells, and gives a formula without a stored result as
# an empty cell. Both are looked up here, so that no value is lost without a word.

# Rows that differ in little compress well, and are read one by one: hence the ratio.
_BOUNDS = Bounds(file=MAX_FILE, unpacked=MAX_UNPACKED, parts=2_000, ratio=500)
# Styles and the like: openpyxl makes many objects of each tag of them.
_MAX_OTHER, _MAX_TAGS = 20 * MEGABYTE, 60_000
_ROW_BY_ROW = (".worksheet+xml", ".sharedStrings+xml")
# Rows and strings are dropped when they have been read. So many tags may come without the beginning of another; where
# '<' cannot stand in a remark or the like, it begins a tag.
_MAX_RUN = 200_000
_BEGINNING = re.compile(rb"<(?:[^\s<>/:]{1,60}:)?(?:row|si)[\s/>]")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TYPES, _RELATIONS = "[Content_Types].xml", "_rels/.rels"
_STRICT = b"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
_CHUNK_OF_PART, _OVERLAP = MEGABYTE // 4, 256
# Every formula, or the first of those that share one, ends in a tag; searching for few marks is quick.
_FORMULAS = (b"</f>", b":f>")
# A document type could hide from the search in UTF-16, in which no spreadsheet program writes.
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
_MERGE_CELL = re.compile(rb"mergeCell\s[^>]*?\bref=[\"']([A-Za-z]{1,3}\d{1,7}:[A-Za-z]{1,3}\d{1,7})[\"']")
_ANY_ERROR = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error),
    *(NotImplementedError, RuntimeError, EOFError, KeyError, ValueError, OSError),
)


@dataclass(frozen=True)
class PartMarks:
    """What a part of a workbook holds that has to be looked into: its merged ranges, and whether formulas. ``tags``
    is at least as many as it has, and ``longest_run`` as come without the beginning of a row or string."""

    merged_ranges: tuple[str, ...]
    formulas: bool
    tags: int = field(default=0, compare=False)
    longest_run: int = field(default=0, compare=False)


def look_through(content: bytes, name: str) -> dict[str, PartMarks]:
    """The marks of each part of the workbook ``content``.

    Raises :class:`JdgenError` for what is no .xlsx workbook, or is built to harm: sizes beyond bounds, document types.
    """
    _refuse_other_kinds(content, name)
    try:
        zip_entries = entries(content, _BOUNDS)
        if any(entry.filename.endswith("workbook.bin") for entry in zip_entries):
            raise JdgenError(Problem(name, "is a binary workbook (.xlsb)", "save it as an Excel workbook (.xlsx)"))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _marks_of(archive, zip_entries, name)
    except TooLargeError as error:
        right = f"at most {MAX_UNPACKED // MEGABYTE} MB unpacked; delete pictures, or divide the posts among files"
        raise JdgenError(Problem(name, "is too large a workbook", right)) from error
    except (NotAPackageError, ParseError, *_ANY_ERROR) as error:
        usual = Problem(name, "is not a workbook", "save it as an Excel workbook (.xlsx)")
        raise JdgenError(owner_file_problem(name) or usual) from error
    except PackageError as error:
        raise JdgenError(Problem(name, error.what, error.right)) from error


def uncached_formulas(content: bytes, part: str, name: str) -> frozenset[tuple[int, int]]:
    """Row and column (from 1 and 0) of each formula in a worksheet whose result the file does not hold."""
    cells: set[tuple[int, int]] = set()
    number = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(part) as stream:
            for element in in_turn(stream):
                if local_name(element) == "row":
                    number = int(element.get("r") or number + 1)
                    cells.update((number, column) for column in _uncached_formulas(element))
    except (*_ANY_ERROR, ParseError) as error:
        raise JdgenError(Problem(name, "cannot be read as a workbook", "open it in Excel and save it anew")) from error
    return frozenset(cells)


def corners(cell_range: str) -> tuple[int, int, int, int]:
    """First and last row (from 1) and first and last column (from 0) of a range such as ``B5:B7``."""
    ends = re.findall(r"(?<![A-Za-z])([A-Za-z]+)(\d+)", cell_range)
    columns, rows = sorted(_position(letters) for letters, _ in ends), sorted(int(row) for _, row in ends)
    return rows[0], rows[-1], columns[0], columns[-1]


def _refuse_other_kinds(content: bytes, name: str) -> None:
    if content.startswith(_OLD_EXCEL):
        if _ENCRYPTED in content:
            raise JdgenError(Problem(name, "has a password", "save it without one"))
        raise JdgenError(Problem(name, "is in Excel's old format (.xls)", "save it as an Excel workbook (.xlsx)"))
    if content[30:].startswith(b"mimetypeapplication/vnd.oasis.opendocument"):
        raise JdgenError(Problem(name, "is an OpenDocument file", "save it as an Excel workbook (.xlsx)"))


def _marks_of(archive: zipfile.ZipFile, zip_entries: Iterable[zipfile.ZipInfo], name: str) -> dict[str, PartMarks]:
    """The marks of each part that openpyxl might parse: it goes by what the file declares, not by names."""
    marks: dict[str, PartMarks] = {}
    for entry in zip_entries:
        with archive.open(entry) as stream:
            if not looks_like_xml(stream.read(64)):
                continue
        marks[entry.filename] = _marks(archive, entry, name)
    types = marks.get(_TYPES)
    if types is None or types.tags > _MAX_TAGS:
        raise NotAPackageError
    large = _read_row_by_row(archive.read(_TYPES))
    others = [entry for entry in zip_entries if entry.filename not in large]
    tags = sum(marks[entry.filename].tags for entry in others if entry.filename in marks)
    longest = max((marks[part].longest_run for part in large if part in marks), default=0)
    if tags > _MAX_TAGS or longest > _MAX_RUN or sum(entry.file_size for entry in others) > _MAX_OTHER:
        raise TooLargeError
    _refuse_strict(archive, marks, name)
    return marks


def _refuse_strict(archive: zipfile.ZipFile, marks: Mapping[str, PartMarks], name: str) -> None:
    """Refuse a Strict workbook by its name: openpyxl finds no sheet in its other namespaces."""
    if _RELATIONS in marks and _STRICT in archive.read(_RELATIONS):
        what = "is saved as a Strict Open XML Spreadsheet, which is not read here"
        raise JdgenError(Problem(name, what, "in Excel: File, Save As, Excel Workbook (.xlsx)"))


def _read_row_by_row(types: bytes) -> frozenset[str]:
    """The parts that are not held in memory as a whole, by what they are declared to be."""
    declarations = (each for each in fromstring(types) if each.get("ContentType", "").endswith(_ROW_BY_ROW))
    return frozenset(each.get("PartName", "").lstrip("/") for each in declarations)


def _marks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> PartMarks:
    ranges: dict[str, None] = {}
    formulas = False
    tags = run = longest = 0
    for chunk in _chunks(archive, entry):
        if b"!DOCTYPE" in chunk or chunk.startswith(_WIDE):
            raise JdgenError(
                Problem(
                    name,
                    f"declares a document type, or is not UTF-8, in {entry.filename}",
                    "open it in Excel and save it anew",
                )
            )
        count = chunk.count(b"<")
        tags += count
        run = count if _BEGINNING.search(chunk) and b"<!" not in chunk else run + count
        longest = max(longest, run)
        formulas = formulas or any(mark in chunk for mark in _FORMULAS)
        if b"mergeCell" in chunk:
            ranges |= dict.fromkeys(merge.decode("ascii").upper() for merge in _MERGE_CELL.findall(chunk))
    return PartMarks(tuple(ranges), formulas, tags, longest)


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part piece by piece, each with the end of the one before it, so that no mark is cut in two."""
    before = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK_OF_PART):
            yield before + chunk
            before = chunk[-_OVERLAP:]


def _uncached_formulas(row: Element) -> Iterator[int]:
    column = -1
    for cell in row:
        column = _position(cell.get("r", "").rstrip("0123456789")) if cell.get("r") else column + 1
        children = {local_name(child): child for child in cell}
        result = children.get("v")
        # A formula that gives empty text is stored with its type and an empty value; that is a result.
        if "f" in children and cell.get("t") != "str" and (result is None or not result.text):
            yield column


def _position(letters: str) -> int:
    position = 0
    for letter in letters.upper():
        position = position * 26 + ord(letter) - ord("A") + 1
    return position - 1


#: The last row that a worksheet can have; a file may claim more, and openpyxl would count up to it.
_LAST_ROW = 1_048_576
_CHUNK = 500
_MAX_MERGED = 1_000_000
# openpyxl fills a row up with empty cells to its last one, which may be the 16,384th. Posts have some forty.
_MAX_CELLS = 20_000_000
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMULA = LostValue(
    "holds a formula whose result is not in the file",
    "open it in Excel and save it, or put the value in place of the formula",
)
#: Cells without a value of their own, by row and column.
_Losses = Mapping[int, Mapping[int, LostValue]]


def workbook_sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    """The worksheets of a workbook. Raises :class:`JdgenError` for what cannot be read, or had better not be.

    Hidden rows, columns and sheets are read as any others.
    """
    marks = look_through(content, name)
    with _reading(name):
        workbook = load_values(io.BytesIO(content))
        worksheets = list(workbook.worksheets)
    if not worksheets:
        raise JdgenError(Problem(name, "has no worksheet", "save it as an Excel workbook (.xlsx), not a strict one"))
    return tuple(_sheet(content, name, worksheet, marks) for worksheet in worksheets)


# The stubs know nothing of read-only worksheets, hence Any.
def _sheet(content: bytes, name: str, worksheet: Any, marks: Mapping[str, PartMarks]) -> Sheet:
    title = str(worksheet.title)
    places = SheetPlaces(f"{name}!{title}", worksheet=True)
    part = str(worksheet._worksheet_path).lstrip("/")
    marks_of_sheet = marks.get(part, PartMarks((), False))

    def rows() -> Iterator[Row]:
        losses = _losses(marks_of_sheet, content, part, places.name)
        sheet_rows = _values(worksheet, places.name)
        return _with_losses(sheet_rows, losses) if losses else sheet_rows

    return Sheet(title, places, rows)


def _values(worksheet: Any, name: str) -> Iterator[Row]:
    """The rows that the file has, each with its number: rows between them are blank."""
    rows = numbered_rows(worksheet)
    count = cells = 0
    while True:
        with _reading(name):
            chunk = list(islice(rows, _CHUNK))
        if not chunk:
            return
        if (count := count + len(chunk)) > _LAST_ROW or chunk[-1][0] > _LAST_ROW:
            raise JdgenError(Problem(name, f"has more than {_LAST_ROW:,} rows", "delete the rows that are not posts"))
        if (cells := cells + sum(len(values) for _, values in chunk)) > _MAX_CELLS:
            right = "delete the columns behind those of the posts"
            raise JdgenError(Problem(name, f"has more than {_MAX_CELLS:,} cells, empty ones included", right))
        for number, values in chunk:
            texts = [_unescape(value) if type(value) is str and "_x" in value else value for value in values]
            yield number, as_struck(texts, values)


def _unescape(text: str) -> str:
    """Text as typed: Office writes a character that XML has no place for as ``_x0007_``."""
    return _ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text)


def _with_losses(rows: Iterable[Row], losses: _Losses) -> Iterator[Row]:
    for number, values in rows:
        row_losses = losses.get(number)
        if row_losses is None:
            yield number, values
            continue
        width = max(len(values), 1 + max(row_losses))
        cells = [*values, *[None] * (width - len(values))]
        for column, loss in row_losses.items():
            if cells[column] is None:
                cells[column] = loss
        yield number, as_struck(cells, values)


def _losses(marks: PartMarks, content: bytes, part: str, name: str) -> _Losses:
    losses: dict[int, dict[int, LostValue]] = {}
    count = 0
    for merged_range in marks.merged_ranges:
        first_row, last_row, first_column, last_column = corners(merged_range)
        count += (last_row - first_row + 1) * (last_column - first_column + 1)
        if count > _MAX_MERGED or last_row > _LAST_ROW:
            raise JdgenError(Problem(name, "has too many merged cells", "unmerge them; each row needs its own values"))
        right = "unmerge the cells, and write the value in each of them"
        loss = LostValue(f"is merged into {merged_range}", right, (first_row, first_column))
        for row in range(first_row, last_row + 1):
            covered_columns = range(first_column + (row == first_row), last_column + 1)
            losses.setdefault(row, {}).update(dict.fromkeys(covered_columns, loss))
    for row, column in uncached_formulas(content, part, name) if marks.formulas else ():
        losses.setdefault(row, {})[column] = _FORMULA
    return {row: row_losses for row, row_losses in losses.items() if row_losses}


@contextmanager
def _reading(name: str) -> Iterator[None]:
    """openpyxl's warnings are about parts that posts do not need; its failures are the file's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (JdgenError, ImportError):
            raise
        except TooLargeError as error:
            what, right = "holds more text than can be read", "divide the posts among files"
            raise JdgenError(Problem(name, what, right)) from error
        except Exception as error:  # a damaged file makes openpyxl raise whatever its own code happens to
            right = "open it in Excel and save it anew as an Excel workbook (.xlsx)"
            raise JdgenError(Problem(name, "cannot be read as a workbook", right)) from error
