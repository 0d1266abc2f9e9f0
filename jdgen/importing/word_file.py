"""Frameworks as Word files, whose tables state how far each cell reaches."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from jdgen.errors import JdgenError, Problem
from jdgen.framework.transcription import LIST_MARKS
from jdgen.importing.grid import (
    BOXED,
    COMMENTED,
    MAX_ROWS,
    PICTURE,
    Cell,
    CellPlace,
    Doubt,
    FileChoices,
    Grid,
    LaidOut,
    Prose,
    concealed,
)
from jdgen.importing.lines import SYMBOL_BULLETS, lines_of_paragraph, marked_lines, sign_of
from jdgen.word.file import MAIN_PART
from jdgen.word.opening import open_document
from jdgen.word.paragraphs import FALLBACK, RUN, TEXT, ParagraphContent, paragraphs_of
from jdgen.word.styles import Styles, is_on
from jdgen.word.xml import Element, W, parent_of
from jdgen.words import superscript

_PROPERTIES = {f"{W}tr": "trPr", f"{W}tc": "tcPr"}
#: Text that somebody deleted with tracking on, and the older of two forms of one drawing.
_UNREAD = frozenset({f"{W}del", f"{W}moveFrom", FALLBACK})
#: How the names of styles of headings begin, whatever language Word speaks: their names in the file are English.
_HEADING = re.compile(r"heading\s*(\d)?|title", re.IGNORECASE)
#: How deep the title of a document stands: over all its headings.
_OVER_ALL = 0.5
#: Bullets of symbol fonts, as Word writes their characters: with and without the fonts' own offset.
_CODE = re.compile(r"[0-9A-Fa-f]{1,4}")
_BULLET_CODES = frozenset(f"{ord(bullet):04X}" for bullet in SYMBOL_BULLETS) | {"00B7", "00A7", "0076", "00D8"}


def read_word(content: bytes, name: str, choices: FileChoices) -> LaidOut:
    """What a Word file says. Raises :class:`JdgenError` for what is no Word file, or is built to harm."""
    file = open_document(content, name)
    reader = _Reader(name, Styles.of(file), choices, [])
    return LaidOut(tuple(reader.blocks(file.tree(MAIN_PART))), tuple(reader.doubts))


#: What Word says of a cell that is merged with others in its column: it begins there or goes on, also with tracking on.
_BEGINS, _GOES_ON, _TRACKED_ON = "restart", "continue", "cont"


@dataclass(frozen=True)
class _Reader:
    """Reads a document called ``name`` with these ``styles``; what has to be looked at is added to ``doubts``."""

    name: str
    styles: Styles
    choices: FileChoices
    doubts: list[Doubt]

    def blocks(self, text: Element) -> Iterator[Grid | Prose]:
        """Its paragraphs and tables."""
        tables = paragraphs = 0
        for element in _elements(text):
            if element.tag == f"{W}tbl":
                tables += 1
                self.doubts.extend(_pictures(element, CellPlace(f"table {tables}", "", "", f"table {tables}")))
                yield self._grid(element, f"table {tables}")
            else:
                paragraphs += 1
                place = f"paragraph {paragraphs}"
                at = CellPlace("", place, "", place)
                self.doubts.extend((*_boxes(element, at), *_pictures(element, at)))
                yield from self._prose(element, at)

    def _prose(self, paragraph: Element, place: CellPlace) -> Iterator[Prose]:
        if words := " ".join(self._text(paragraph, place).split()):
            yield Prose(words, place, depth=self._depth(paragraph))

    def _depth(self, paragraph: Element) -> float:
        """The depth of a heading, by its style or one that this is based on; 0 for what is none."""
        headings = filter(None, map(_HEADING.match, self.styles.names_of(paragraph)))
        depths = (_OVER_ALL if heading[0].lower() == "title" else int(heading[1] or 1) for heading in headings)
        return next(depths, 0)

    def _grid(self, table: Element, page: str) -> Grid:
        cells: list[Cell] = []
        before = len(self.doubts)
        above: dict[int, int] = {}
        row = 0
        # One row more than a table may have, so that it is refused without being read.
        for number, element in enumerate(islice(_children(table, (f"{W}tr",)), MAX_ROWS + 1), 1):
            if not self._is_row_read(element, page, number):
                continue
            place = CellPlace(page, f"row {number}", "", f"{page}, row {number}")
            above = self._row(element, row, place, cells, above)
            row += 1
        self._refuse_moved(cells, {doubt.place for doubt in self.doubts[before:] if doubt.what == _DELETED_CELL})
        return Grid(tuple(cells))

    def _refuse_moved(self, cells: Sequence[Cell], deleted_places: Collection[CellPlace]) -> None:
        """Raise :class:`JdgenError` where cells at ``deleted_places`` are not all that begin in their columns: what
        stands beside them belongs to other columns then."""
        columns = {cell.column: cell.place for cell in cells if cell.place in deleted_places}
        if place := next((columns[cell.column] for cell in cells if cell.text and cell.column in columns), None):
            what = "a cell was deleted with tracking on, which moves those beside it to other columns"
            raise JdgenError(Problem(f"{self.name}, {place}", what, "accept the change in Word, or reject it"))

    def _row(
        self, element: Element, row: int, place: CellPlace, cells: list[Cell], above: Mapping[int, int]
    ) -> dict[int, int]:
        """Add the cells of a row to ``cells``; those that go on below are given by their columns, as ``above`` are."""
        column = _number(element, "gridBefore", 0)
        open_cells: dict[int, int] = {}
        for number, cell in enumerate(_children(element, (f"{W}tc",)), 1):
            at = replace(place, cell=f"cell {number}", text=f"{place.text}, cell {number}")
            columns = max(1, _number(cell, "gridSpan", 1))
            merge = self._merge_of(cell, at)
            lines = self._lines(cell, at)
            index_above = above.get(column) if merge == _GOES_ON else None
            if merge == _TRACKED_ON:
                index_above = above.get(column, _ending_above(cells, row, column))
            if index_above is not None:
                open_cells[column] = index_above
                cells[index_above] = _longer(cells[index_above], lines)
            else:
                if merge:
                    open_cells[column] = len(cells)
                cells.append(
                    Cell(row, column, " ".join(lines), at, columns=columns, lines=lines, look=self._look(cell))
                )
            column += columns
        return open_cells

    def _merge_of(self, cell: Element, place: CellPlace) -> str:
        """Whether a cell is one with those below it, or goes on with the one above it; nothing where it is by itself. A
        merge that was tracked is read as if it were accepted."""
        tracked_merge = cell.find(f"{W}tcPr/{W}cellMerge")
        if tracked_merge is not None:
            self.doubts.append(Doubt(_MERGED_CELL, place, text=_text_of(cell, " "), weighs=True))
            return str(tracked_merge.get(f"{W}vMerge", _BEGINS))
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        return "" if merge is None else merge.get(f"{W}val", _GOES_ON)

    def _look(self, cell: Element) -> str:
        """How a cell looks: its shade, and the style and the font of its first words."""
        shade = cell.find(f"{W}tcPr/{W}shd")
        runs = (
            (paragraph, run)
            for paragraph in paragraphs_of(cell)
            for run in paragraph.iter(RUN)
            if run.find(TEXT) is not None
        )
        paragraph, run = next(runs, (None, None))
        look = [shade.get(f"{W}fill", "") if shade is not None else ""]
        if paragraph is not None and run is not None:
            look.append(self.styles.name_of(paragraph))
            look += [str(is_on(self.styles.of_run(run, paragraph, name))) for name in ("b", "i", "caps")]
            size = self.styles.of_run(run, paragraph, "sz")
            look.append(size.get(f"{W}val", "") if size is not None else "")
        return " ".join(look)

    def _lines(self, cell: Element, place: CellPlace) -> tuple[str, ...]:
        if cell.find(f"{W}tcPr/{W}cellDel") is not None:
            self.doubts.append(Doubt(_DELETED_CELL, place, text=_text_of(cell, " "), weighs=True))
            return ()
        return marked_lines(
            line for paragraph in paragraphs_of(cell) for line in lines_of_paragraph(self._text(paragraph, place))
        )

    def _is_row_read(self, row: Element, page: str, number: int) -> bool:
        """Whether the row is read: not one that the file hides, or that somebody has deleted with tracking on."""
        place = CellPlace(page, f"row {number}", "", f"{page}, row {number}")
        properties = row.find(f"{W}trPr")
        if properties is None:
            return True
        text = _text_of(row, " | ")
        for name, what in _TRACKED_ROWS.items():
            if properties.find(f"{W}{name}") is not None:
                self.doubts.append(Doubt(what, place, text=text, weighs=True))
        if properties.find(f"{W}del") is not None:
            return False
        if not is_on(properties.find(f"{W}hidden")):
            return True
        self.doubts.append(concealed("a hidden row", place, text, "--hidden", self.choices.hidden))
        return self.choices.hidden

    def _text(self, paragraph: Element, place: CellPlace) -> str:
        """The text of a paragraph, line by line, with a list mark before it where Word shows one; what is hidden or
        struck through is left out, unless the user has it read."""
        self._leave_out(paragraph, place)
        _raise_marks(paragraph)
        bullet = _leading_symbol(paragraph)
        lines = (" ".join(line.split()) for line in ParagraphContent(paragraph).visible_text.split("\n"))
        text = "\n".join(filter(None, lines))
        if tick := self._lone_sign(paragraph, text):
            return tick
        self.doubts.extend(_unread_marks(paragraph, bullet, place, text))
        number = self.styles.of_paragraph(paragraph, "numPr")
        is_listed = number is not None and _value(number, "numId") != "0"
        is_bare = text and not text.startswith(tuple(LIST_MARKS))
        return f"{LIST_MARKS[0]} {text}" if is_bare and (is_listed or bullet) else text

    def _lone_sign(self, paragraph: Element, text: str) -> str:
        """The tick or the cross that is all of a paragraph with this ``text``: a symbol, or a letter of a font of
        signs."""
        symbols = list(paragraph.iter(f"{W}sym"))
        if len(text) == 1 and not symbols:
            run = next(
                run
                for run in paragraph.iter(RUN)
                if any((text_element.text or "").strip() for text_element in run.iter(TEXT))
            )
            fonts = self.styles.of_run(run, paragraph, "rFonts")
            return sign_of(str(fonts.get(f"{W}ascii", "")), text) if fonts is not None else ""
        if text or len(symbols) != 1:
            return ""
        code = symbols[0].get(f"{W}char", "")
        return sign_of(symbols[0].get(f"{W}font", ""), chr(int(code, 16))) if _CODE.fullmatch(code) else ""

    def _leave_out(self, paragraph: Element, place: CellPlace) -> None:
        runs = [run for run in paragraph.iter(RUN) if run.find(TEXT) is not None]
        prompts = [run for run in runs if _is_prompt(run)]
        if text := "".join(ParagraphContent(run).visible_text for run in prompts).strip():
            self.doubts.append(Doubt("what a control of the file asks for is left out", place, text=text, weighs=True))
        for run in prompts:
            runs.remove(run)
            parent_of(run).remove(run)
        for what, option, is_read, names in (
            ("hidden text", "--hidden", self.choices.hidden, ("vanish",)),
            ("struck-through text", "--struck", self.choices.struck, ("strike", "dstrike")),
        ):
            apart = [run for run in runs if any(is_on(self.styles.of_run(run, paragraph, name)) for name in names)]
            text = "".join(ParagraphContent(run).visible_text for run in apart)
            if text.strip():
                self.doubts.append(concealed(what, place, text, option, is_read))
            for run in apart if not is_read else ():
                runs.remove(run)
                parent_of(run).remove(run)


def _elements(text: Element) -> Iterator[Element]:
    """The paragraphs and tables of a text; of a table that is only a frame round another, and of a box with a table,
    what they hold."""
    for element in _children(text, (f"{W}p", f"{W}tbl")):
        cells = list(islice(_children(element, (f"{W}tc",)), 2)) if element.tag == f"{W}tbl" else []
        if len(cells) == 1 and _has_table(cells[0]):
            yield from _elements(cells[0])
        else:
            yield element
        for box in _children(element, (f"{W}txbxContent",)) if element.tag == f"{W}p" else ():
            if _has_table(box):
                yield from _elements(box)


def _has_table(element: Element) -> bool:
    return any(True for _ in _children(element, (f"{W}tbl",)))


def _boxes(paragraph: Element, place: CellPlace) -> Iterator[Doubt]:
    """Boxes with text that stand apart from the text, at a paragraph."""
    for box in (box for box in _children(paragraph, (f"{W}txbxContent",)) if not _has_table(box)):
        if text := " ".join(ParagraphContent(inside).visible_text for inside in paragraphs_of(box)).strip():
            yield Doubt(BOXED, place, text=text, weighs=True)


_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
#: The width and the height from which on a picture may be one of a table, in EMU: 8 and 3 centimetres.
_WIDE, _HIGH = 2_880_000, 1_080_000


def _pictures(element: Element, place: CellPlace) -> Iterator[Doubt]:
    """Pictures, charts and the like in a paragraph or a table that are as large as a table is."""
    for drawing in element.iter(f"{_DRAWING}inline", f"{_DRAWING}anchor"):
        size = drawing.find(f"{_DRAWING}extent")
        numbers = (size.get(name, "") if size is not None else "" for name in ("cx", "cy"))
        width, height = (int(number) if number.isdecimal() else 0 for number in numbers)
        if width >= _WIDE and height >= _HIGH and drawing.find(f".//{W}txbxContent") is None:
            yield Doubt(PICTURE, place, weighs=True)


#: What is told of rows and cells that somebody has changed with tracking on.
_TRACKED_ROWS = {
    "del": "a row that was deleted with tracking on, left out",
    "ins": "a row that was inserted with tracking on, read as any other",
}
_MERGED_CELL = "cells were merged or divided here with tracking on, read as if that were accepted"
_DELETED_CELL = "a cell that was deleted with tracking on, left out"


def _text_of(element: Element, between: str) -> str:
    """What stands in a row or a cell, with what somebody has deleted there."""
    words = (
        "".join(text_element.text or "" for text_element in paragraph.iter(TEXT, f"{W}delText"))
        for paragraph in paragraphs_of(element)
    )
    return between.join(" ".join(text.split()) for text in words)


def _is_prompt(run: Element) -> bool:
    """Whether a run is what a content control shows until somebody has filled it in."""
    return any(is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")) for control in run.iterancestors(f"{W}sdt"))


def _raise_marks(paragraph: Element) -> None:
    """Write what stands raised as the characters that are."""
    for run in paragraph.iter(RUN):
        if _value(run, "rPr/vertAlign") == "superscript":
            for text in run.iter(TEXT):
                text.text = superscript(text.text or "")


def _unread_marks(paragraph: Element, has_bullet: bool, place: CellPlace, text: str) -> Iterator[Doubt]:
    """Footnotes of a paragraph, and symbols of other fonts that are no list marks, none of which is text here; and what
    somebody has changed with tracking on."""
    if any(True for _ in paragraph.iter(f"{W}footnoteReference", f"{W}endnoteReference")):
        yield Doubt("a footnote stands here, which is left out", place, text=text)
    if any(True for _ in paragraph.iter(f"{W}commentReference")):
        yield Doubt(COMMENTED, place, text=text)
    moved_texts = (element.text or "" for mark in paragraph.iter(f"{W}moveFrom") for element in mark.iter(TEXT))
    deleted_text = "".join((*(element.text or "" for element in paragraph.iter(f"{W}delText")), *moved_texts))
    if deleted_text.strip():
        yield Doubt("text that was deleted with tracking on, left out", place, text=deleted_text, weighs=True)
    inserted_text = "".join(
        element.text or "" for mark in paragraph.iter(f"{W}ins", f"{W}moveTo") for element in mark.iter(TEXT)
    )
    if inserted_text.strip():
        yield Doubt(
            "text that was inserted with tracking on, read as any other", place, text=inserted_text, weighs=True
        )
    if sum(1 for _ in paragraph.iter(f"{W}sym")) > has_bullet:
        yield Doubt("it holds a symbol of a font of signs, which is left out", place, text=text, weighs=True)


def _leading_symbol(paragraph: Element) -> bool:
    """Whether a bullet of a symbol font stands before the words of a paragraph."""
    for element in paragraph.iter(f"{W}sym", TEXT):
        if element.tag == TEXT and (element.text or "").strip():
            return False
        if element.tag != TEXT:
            return element.get(f"{W}char", "").upper() in _BULLET_CODES
    return False


def _children(parent: Element, tags: tuple[str, ...]) -> Iterator[Element]:
    """The nearest descendants of these kinds: content controls and the like may stand between."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif isinstance(child.tag, str) and child.tag not in _UNREAD:
            yield from _children(child, tags)


def _ending_above(cells: Sequence[Cell], row: int, column: int) -> int | None:
    """The number of the cell of a column that ends above a row."""
    numbers = range(len(cells) - 1, -1, -1)
    return next((n for n in numbers if cells[n].column == column and cells[n].row + cells[n].rows == row), None)


def _longer(cell: Cell, below: tuple[str, ...]) -> Cell:
    """``cell`` with one row more. Word shows only the first cell's text, but another program may have left some."""
    return replace(cell, rows=cell.rows + 1, text=" ".join([cell.text, *below]).strip(), lines=(*cell.lines, *below))


def _number(element: Element, name: str, otherwise: int) -> int:
    value = _value(element, f"{_PROPERTIES[element.tag]}/{name}")
    # A table has at most 63 columns; more would only take memory.
    return min(int(value), 63) if value.isdecimal() else otherwise


def _value(element: Element, path: str) -> str:
    child = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return str(child.get(f"{W}val", "")) if child is not None else ""
