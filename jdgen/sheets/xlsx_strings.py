"""What a workbook says in its cells: its strings, and numbers as they are shown."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import INLINE_STRING, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS

from jdgen.sheets.sheet import LostValue, StruckValues, number_text
from jdgen.words import superscript
from jdgen.zips import MEGABYTE, TooLargeError

# What a cell shows of a number: ``60%`` of 0.6, ``00123`` of 123, ``£1,250.00`` of 1250.
#
# A post is text, and people see what the cell shows. Only formats that decide it alone are known here: those that
# depend on the computer's settings, and those that few people use, are the reader's to ask about.

#: The format of a number that nobody has formatted.
_GENERAL = "General"
# Parts of a section: text in quotes, one character taken as it is, room for a character, what fills a column, a
# currency or a colour in square brackets, digits, and marks that need no quotes.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_(?P<room>.)|\*(?P<fill>.)|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]'
    r"|\[(?P<colour>Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|Color ?\d+)\]|(?P<general>General)|(?P<digit>[0#?])"
    r"|(?P<comma>,)|(?P<point>\.)|(?P<percent>%)|(?P<mark>[-+()/ $£€¥:!^&'~{}<>=])",
    re.IGNORECASE,
)
# Their codes say "$", and Excel shows the currency that the computer is set to.
_BY_SETTINGS = re.compile(r'\$"?(?:#,##0|\* ?#,##0|\* \(#,##0)')


@dataclass(frozen=True)
class _Section:
    """One section of a format: what stands in it, in order, as kind and text."""

    parts: tuple[tuple[str, str], ...]

    @property
    def digits(self) -> str:
        return "".join(text for kind, text in self.parts if kind in ("digit", "comma", "point"))


def shown_number(number: float, code: str) -> str | None:
    """What a cell with the format ``code`` shows of ``number``; nothing where that is not known."""
    sections = _sections(code)
    if sections is None:
        return None
    exact = Decimal(f"{number:.15g}")
    index = 0 if exact > 0 or len(sections) == 1 else 1 if exact < 0 else 2 if len(sections) > 2 else 0
    sign = "-" if exact < 0 and len(sections) == 1 else ""
    return " ".join(f"{sign}{_print_number(abs(exact), sections[index])}".split())


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section, ...] | None:
    """The sections for numbers above, below and at nought; nothing where one of them is not known."""
    if _BY_SETTINGS.search(code.replace("_(", "")) and "[$" not in code:
        return None
    all_sections = [_section(text) for text in _sections_of(code)[:3]] if code else []
    sections = tuple(section for section in all_sections if section)
    return sections if sections and len(sections) == len(all_sections) else None


def _sections_of(code: str) -> list[str]:
    """Where semicolons divide ``code``; those in quotes do not."""
    quoted = code.split('"')
    quoted[::2] = (piece.replace(";", "\0") for piece in quoted[::2])
    return '"'.join(quoted).split("\0")


def _section(text: str) -> _Section | None:
    if text.strip() == "@":
        text = _GENERAL
    parts: list[tuple[str, str]] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            return None
        parts.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    section = _Section(tuple(parts))
    kinds = [kind for kind, _ in parts]
    is_fraction = ("mark", "/") in parts and "digit" in kinds
    return None if kinds.count("point") > 1 or is_fraction else section


def _print_number(number: Decimal, section: _Section) -> str:
    kinds = [kind for kind, _ in section.parts]
    number *= 100 ** kinds.count("percent")
    # Commas behind the last digit stand for thousands that are left out.
    digits_and_point = section.digits.rstrip(",")
    number /= 1000 ** (len(section.digits) - len(digits_and_point))
    whole, _, behind = digits_and_point.partition(".")
    places = len(behind)
    rounded = str(number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)) if "digit" in kinds else ""
    before, _, after = rounded.partition(".")
    digits = _whole_digits(before, whole.replace(",", ""), "," in whole)
    decimals = _decimals(after, behind)
    return "".join(_pieces(section.parts, number, digits, decimals))


def _pieces(parts: Sequence[tuple[str, str]], number: Decimal, digits: list[str], decimals: str) -> Iterator[str]:
    """The text of each part; each place for a digit takes the next of ``digits`` until the point is reached."""
    waiting, is_behind = iter(digits), False
    for kind, text in parts:
        match kind:
            case "quoted" | "escaped" | "currency" | "mark":
                yield text
            case "percent":
                yield "%"
            case "room":
                yield " "
            case "general":
                yield format(number.normalize(), "f")
            case "point":
                is_behind = True
                yield f".{decimals}" if decimals else ""
            case "digit" if not is_behind:
                yield next(waiting, "")


def _whole_digits(before: str, places: str, is_grouped: bool) -> list[str]:
    """What stands in each place before the point; the first takes all digits for which there is no place."""
    count = len(places)
    if not count:
        return []
    needed = count - places.find("0") if "0" in places else 0
    needed_digits = before.lstrip("0").rjust(needed, "0")
    if is_grouped:
        first = len(needed_digits) % 3
        groups = (needed_digits[at : at + 3] for at in range(first, len(needed_digits), 3))
        return [",".join(filter(None, (needed_digits[:first], *groups))), *[""] * (count - 1)]
    padded = [*[""] * (count - len(needed_digits)), *needed_digits]
    return ["".join(padded[: len(padded) - count + 1]), *padded[len(padded) - count + 1 :]]


def _decimals(after: str, behind: str) -> str:
    """The decimals without noughts that the format does not ask for. Excel leaves the point alone then; nobody would
    write that."""
    count = len(after)
    while count and after[count - 1] == "0" and behind[count - 1] != "0":
        count -= 1
    return after[:count]


# Reading a workbook's strings, where openpyxl's own reading is slow and not exact.
#
# openpyxl drops ``x005F_`` wherever it stands, so that a text which only looks like an escape cannot be told from
# one, and makes an object with a dozen properties of each string.

#: Bytes of memory that a workbook's strings may take.
_MAX_STRINGS = 85 * MEGABYTE


class _Worksheet(ReadOnlyWorksheet):
    """openpyxl's, of unknown size."""

    def _get_size(self) -> None:
        """Look for none. Where a sheet claims no size, openpyxl would go through all of it, and what one claims is not
        believed."""


class _Reader(ExcelReader):
    """openpyxl's, with the strings of :func:`shared_strings` and worksheets of unknown size."""

    def read_strings(self) -> None:
        """Read the table of strings, where the workbook has one."""
        package: Any = self.package  # the stubs leave its methods untyped
        part = package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName.lstrip("/")) as stream:
                self.shared_strings = list(shared_strings(stream))

    def read_worksheets(self) -> None:
        """Open each worksheet. Charts are sheets too: the workbook's names count them."""
        book: Any = self.wb  # the stubs leave its sheets out, and mistake what charts are
        parser: Any = self.parser
        for sheet, relation in parser.find_sheets():
            if relation.target not in self.valid_files:
                continue
            if "chartsheet" in relation.Type:
                self.read_chartsheet(sheet, relation)
            else:
                book._sheets.append(_Worksheet(book, sheet.name, relation.target, self.shared_strings))


class _Parser(WorkSheetParser):  # type: ignore[misc, unused-ignore]  # the stubs leave it untyped
    """openpyxl's, with text inside a cell read as a string of the table is."""

    def parse_cell(self, element: Element) -> dict[str, Any]:
        """The cell that ``element`` is."""
        inline = element.find(INLINE_STRING)
        if inline is not None:
            element.remove(inline)
        cell: dict[str, Any] = super().parse_cell(element)
        return cell if inline is None else cell | {"value": _mark_struck(string_text(inline), inline)}


def load_values(content: IO[bytes]) -> Any:
    """openpyxl's read-only workbook with the stored results of formulas, and its strings as the file has them."""
    reader = _Reader(content, read_only=True, data_only=True, keep_links=False)
    reader.read()
    return reader.wb


def numbered_rows(worksheet: Any) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a worksheet of :func:`load_values`, each with its number and its values up to the last cell that it
    has: as :class:`StruckValues` where all of them are struck through. What size the sheet claims to have is not
    believed."""
    book = worksheet.parent
    codes = _number_codes(book)
    struck = struck_styles(book)
    with worksheet._get_source() as source:
        parser: Any = _Parser(
            source,
            worksheet._shared_strings,
            data_only=book.data_only,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            values: list[Any] = [None] * max((cell["column"] for cell in cells), default=0)
            for cell in cells:
                value = cell["value"]
                if cell["style_id"] and type(value) in (int, float):
                    value = _shown_value(value, codes[cell["style_id"]])
                values[cell["column"] - 1] = str(value) if type(value) is _StruckText else value
            cells_with_value = [cell for cell in cells if cell["value"] is not None]
            is_struck = all(
                cell["style_id"] in struck or type(cell["value"]) is _StruckText for cell in cells_with_value
            )
            yield number, StruckValues(values) if cells_with_value and is_struck else values


def _number_codes(book: Any) -> Mapping[int, str]:
    """The number format of each style of a workbook."""
    formats = dict(enumerate(book._number_formats, BUILTIN_FORMATS_MAX_SIZE))
    codes = enumerate(
        formats.get(style.numFmtId, BUILTIN_FORMATS.get(style.numFmtId, "")) for style in book._cell_styles
    )
    return defaultdict(str, codes)


# Text that is struck through: a cell by its style, or all that is in it by the runs of its string.

_ON = ("1", "true")


class _StruckText(str):
    """A string that is struck through, run by run, from end to end."""

    __slots__ = ()


def struck_styles(book: Any) -> frozenset[int]:
    """The styles of a workbook whose text is struck through."""
    styles = enumerate(style.fontId for style in book._cell_styles)
    return frozenset(number for number, font in styles if font < len(book._fonts) and book._fonts[font].strike)


def unstruck(string: Element) -> str | None:
    """The text of a string whose runs are not struck through; nothing where none of them is."""
    kept_texts: list[str] = []
    is_any = False
    for run in string:
        texts = [run.text or ""] if local_name(run) == "t" else _texts_of_run(run)
        if local_name(run) == "r" and _is_marked(run, "strike", _ON, "1"):
            is_any = is_any or any(text.strip() for text in texts)
        elif local_name(run) in ("r", "t"):
            kept_texts += texts
    return "".join(kept_texts) if is_any else None


def _mark_struck(text: str, string: Element) -> str:
    """``text``, which is what ``string`` says, as :class:`_StruckText` where it is one."""
    remainder = unstruck(string)
    return text if remainder is None or remainder.strip() else _StruckText(text)


def _shown_value(number: float, code: str) -> Any:
    """A number as its cell shows it, since that is what its writer has seen."""
    if code == _GENERAL:
        return number
    text = shown_number(number, code)
    if text is not None:
        return text
    what = f"holds the number {number_text(number)} in a format of which jdgen does not know what it shows ('{code}')"
    return LostValue(what, "format the cell as Text, and type what is meant")


def shared_strings(stream: IO[bytes]) -> Iterator[str]:
    """The strings in their order. Runs of formatted text are joined; phonetic guides are no part of the text."""
    size = 0
    for element in in_turn(stream):
        if local_name(element) == "si":
            text = string_text(element)
            size += sys.getsizeof(text)
            if size > _MAX_STRINGS:
                raise TooLargeError
            yield _mark_struck(text, element)


def in_turn(stream: IO[bytes]) -> Iterator[Element]:
    """The rows of a worksheet, or the strings of a table, one by one; what has been given is dropped."""
    above: list[Element] = []
    for event, element in iterparse(stream, ("start", "end")):
        if event == "start":
            above.append(element)
            continue
        above.pop()
        if local_name(element) in ("row", "si"):
            yield element
            # An element that is only cleared would stay where it is, empty, among millions.
            (above[-1] if above else element).clear()


def string_text(string: Element) -> str:
    """What a string says; phonetic guides are no part of it."""
    return "".join(_texts(string))


def _texts(string: Element) -> Iterator[str]:
    for child in string:
        match local_name(child):
            case "t":
                yield child.text or ""
            case "r":
                yield from _texts_of_run(child)


def _texts_of_run(run: Element) -> list[str]:
    """The texts of a run; of one that stands raised, with the characters that are."""
    texts = [part.text or "" for part in run if local_name(part) == "t"]
    return list(map(superscript, texts)) if _is_marked(run, "vertAlign", ("superscript",)) else texts


def _is_marked(run: Element, name: str, values: Collection[str], usual: str = "") -> bool:
    """Whether the properties of a run have a mark with one of ``values``; a mark without one has the ``usual`` one."""
    return any(
        local_name(mark) == name and mark.get("val", usual) in values
        for properties in run
        if local_name(properties) == "rPr"
        for mark in properties
    )


def local_name(element: Element) -> str:
    """The name of a tag without its namespace."""
    return element.tag.rpartition("}")[2]
