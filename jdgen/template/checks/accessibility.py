"""Accessibility of a template: its structure, its tables and its look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jdgen.template.checks.findings import WHOLE_FILE, Finding, Severity
from jdgen.template.checks.parts import CheckedPart
from jdgen.template.checks.tables import TableRow
from jdgen.template.tag_text import without_tags
from jdgen.template.tags import Paragraph, TagBlock
from jdgen.word.paragraphs import CELL, FALLBACK, RUN, TABLE, P
from jdgen.word.styles import is_on, value
from jdgen.word.xml import Element, W, nearest, parent_of, text_in

# Accessibility of a template's structure: headings, blank lines, typed numbers, language, title.
#
# The rules are those of the Public Sector Bodies Accessibility Regulations 2018 by way of WCAG 2.2 (1.3.1 information
# and relationships, 2.4.2 title, 3.1.1 language), as Word makes them possible.

_BULLET = re.compile(r"\s*(?:[•·▪●○◦■□➢✓*]\s*|[-–—]\s+)\S")
_NUMBER = re.compile(
    r"\s*(?:\(?\d{1,2}[.)](?=[\sA-Za-z{])|\d(?:\.\d{1,2})+\.?\s+(?=[A-Z{])|\(?[a-z][.)]\s+|\{\{[^{}]*\.number\s*\}\})\S*"
)
_PAGE = re.compile(r"\bpage\s+\d+\b", re.IGNORECASE)
_VISIBLE = ("drawing", "pict", "object", "sym", "br", "fldChar", "fldSimple", "footnoteReference", "oMath")


def structure_advice(part: CheckedPart, is_text: bool) -> Iterator[Finding]:
    """What makes the part hard to find one's way in. ``is_text`` is true of the text itself, not of a header."""
    if is_text:
        yield from _skipped_levels(part)
        yield from _headings_by_look(part)
        yield from _blank_paragraphs(part)
        yield from _typed_lists(part)
        yield from _numbers_going_on(part)
    else:
        yield from _typed_page_numbers(part)


def document_advice(title: str, parts: Sequence[CheckedPart], settings: Element | None) -> Iterator[Finding]:
    """The title of the file, and the language that it says its text is in."""
    if not title.strip():
        right = "in Word: File, Info, Title: write what the document is, such as Job description"
        yield Finding("no-title", Severity.ADVICE, WHOLE_FILE, "has no title among its properties", right)
    if not parts:
        return
    right = "in Word: select all, then Review, Language, Set Proofing Language: English (United Kingdom)"
    language = value(parts[0].styles.default("lang")) or _theme_language(settings)
    if language != "en-GB":
        what = f"its language is {language or 'not set'}, not British English"
        yield Finding("language", Severity.ADVICE, WHOLE_FILE, what, right)
    for part in parts:
        other_languages: set[str] = set()
        for mark in part.tree.iter(f"{W}lang"):
            other_language = value(mark)
            if other_language and other_language not in ("en-GB", *other_languages):
                other_languages.add(other_language)
                yield part.advice("language", mark, f"its language is set to {other_language}", right)


def _theme_language(settings: Element | None) -> str | None:
    return None if settings is None else value(settings.find(f"{W}themeFontLang"))


def _numbers_going_on(part: CheckedPart) -> Iterator[Finding]:
    """Numbered lists in a loop inside a loop that do not begin anew under each heading: Word counts on, unless the
    heading is in the same list, one level up."""
    levels = {each.number: level for each in part.paragraphs if (level := part.file.list_level(each.element))}
    loops = [loop for block in part.blocks.blocks if (loop := _loop_over_paragraphs(block))] if levels else []
    for _, inner in loops:
        outer = next((loop for loop in reversed(loops) if _is_around(loop[1], inner)), None)
        first = next((number for number in inner if number in levels), None)
        if outer is None or first is None:
            continue
        level = levels[first]
        above = (levels[number] for number in range(outer[1].start, inner.start) if number in levels)
        if level.restarts and any(each.list_id == level.list_id and each.level < level.level for each in above):
            continue
        what = f"the numbers go on from one turn of {outer[0].start.text} to the next"
        right = (
            "in Word: Home, Multilevel List: make the heading in that loop level 1 of the list, and this level 2, as "
            "in the shipped templates; or use bullets"
        )
        yield part.advice("numbers-go-on", part.paragraphs[first - 1], what, right)


def _loop_over_paragraphs(block: TagBlock) -> tuple[TagBlock, range] | None:
    """A loop that repeats paragraphs or rows, with the numbers of the paragraphs from its beginning to its end."""
    begins, ends = block.start.paragraph, block.end.paragraph if block.end else None
    if block.start.word != "for" or begins is None or ends is None or begins is ends:
        return None
    return block, range(begins.number, ends.number)


def _is_around(outer: range, inner: range) -> bool:
    return outer.start < inner.start and inner.stop < outer.stop


def _skipped_levels(part: CheckedPart) -> Iterator[Finding]:
    before = 0
    for paragraph in part.paragraphs_without_copies:
        level = part.styles.outline_level(paragraph.element)
        if not level or not paragraph.text.strip():
            continue
        if level > before + 1:
            after = f"follows a heading of level {before}" if before else "is the first heading"
            what, right = f"a heading of level {level} {after}", f"use the style Heading {before + 1}"
            yield part.advice("heading-skipped", paragraph, what, right)
        before = level


def _headings_by_look(part: CheckedPart) -> Iterator[Finding]:
    """One finding, at the first: whoever reads with the ears, or by the list of headings, finds none of them."""
    if headings := part.headings_by_look:
        more = f", here and in {len(headings) - 1} more paragraphs" if len(headings) > 1 else ""
        what = f"the text is bold like a heading, and is none{more}"
        right = "in Word: Home, Styles: give it the style Heading 1, 2 or 3, whose look you may change"
        yield part.advice("heading-by-look", headings[0], what, right)


def _blank_paragraphs(part: CheckedPart) -> Iterator[Finding]:
    """The first of each run of blank paragraphs that only make space."""
    was_blank = False
    for paragraph in part.paragraphs_without_copies:
        is_blank = _is_blank(paragraph) and not _is_needed(paragraph) and not part.file.is_point(paragraph.element)
        if is_blank and not was_blank:
            right = "delete it, and set the space before or after in the style"
            yield part.advice("blank-paragraph", paragraph, "a blank line makes space", right)
        was_blank = is_blank


def _is_blank(paragraph: Paragraph) -> bool:
    if paragraph.text.strip() or paragraph.element.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    return next(paragraph.element.iter(*(f"{{*}}{name}" for name in _VISIBLE)), None) is None


def _is_needed(paragraph: Paragraph) -> bool:
    """Whether Word itself needs it: as the only one of a cell, or after a table at a cell's end or before another."""
    element = paragraph.element
    before, after = element.getprevious(), element.getnext()
    after_table = before is not None and before.tag == TABLE
    if (holder := parent_of(element)).tag == CELL:
        return after is None and (after_table or len(holder.findall(P)) == 1)
    return after_table and (after is None or after.tag in (TABLE, f"{W}sectPr"))


def _typed_lists(part: CheckedPart) -> Iterator[Finding]:
    """The first of each run of paragraphs with a bullet or number that was typed."""
    before = ""
    for paragraph in part.paragraphs_without_copies:
        kind = _typed_mark(part, paragraph)
        if kind and kind != before:
            right = "take it out and use a list style: Word then counts"
            yield part.advice(f"typed-{kind}", paragraph, f"the {kind} is typed", right)
        if paragraph.text.strip() and "{%p" not in paragraph.text:
            before = kind


def _typed_mark(part: CheckedPart, paragraph: Paragraph) -> str:
    if part.styles.of_paragraph(paragraph.element, "numPr") is not None or nearest(paragraph.element, CELL) is not None:
        return ""
    if _BULLET.match(paragraph.text):
        return "bullet"
    return "number" if _NUMBER.match(paragraph.text) else ""


def _typed_page_numbers(part: CheckedPart) -> Iterator[Finding]:
    for paragraph in part.paragraphs_without_copies:
        has_field = next(paragraph.elements(f"{W}fldChar", f"{W}fldSimple"), None) is not None
        if not has_field and _PAGE.search(without_tags(paragraph.text)):
            right = "in Word: Insert, Page Number"
            yield part.advice("typed-page-number", paragraph, "the page number is typed", right)


# Accessibility of a template's tables (WCAG 2.2, 1.3.1): a screen reader tells a cell by its header row, and loses
# its way among merged and empty cells.

_MERGE_TAGS = ("gridSpan", "vMerge", "hMerge")
_VISIBLE_IN_TABLES = ("drawing", "pict", "object", "sym", "oMath")


def table_advice(part: CheckedPart) -> Iterator[Finding]:
    """What a reader who does not see the table would miss; the first place of each kind in each table."""
    for table in part.tables.tables:
        texts = ((row, text_in(row.element)) for row in table.rows)
        printed_rows = [row for row, text in texts if "{%tr" not in text and "{#tr" not in text]
        if not printed_rows:
            continue
        yield from _header_row(part, printed_rows)
        yield from _split_rows(part, printed_rows)
        yield from _cells(part, [cell.element for row in printed_rows for cell in row.cells])


def _header_row(part: CheckedPart, rows: Sequence[TableRow]) -> Iterator[Finding]:
    if not is_on(rows[0].element.find(f"{W}trPr/{W}tblHeader")):
        what = "the table's first row is not marked as its header"
        right = "in Word: select the row, then Layout, Repeat Header Rows; lay text out without a table"
        yield part.advice("no-header-row", rows[0].element, what, right)


def _split_rows(part: CheckedPart, rows: Sequence[TableRow]) -> Iterator[Finding]:
    """A row of lists alone, in each cell one that a loop repeats, may be longer than a page: it is not asked for."""
    undivided = (row.element for row in rows if not all("{%p for" in cell.text for cell in row.cells))
    split = next((row for row in undivided if not is_on(row.find(f"{W}trPr/{W}cantSplit"))), None)
    if split is not None:
        right = "in Word: Layout, Properties, Row: clear Allow row to break across pages"
        yield part.advice("row-may-split", split, "a row of the table may be split over two pages", right)


def _cells(part: CheckedPart, cells: Sequence[Element]) -> Iterator[Finding]:
    merged_cells = [cell for cell in cells if any(cell.find(f"{W}tcPr/{W}{name}") is not None for name in _MERGE_TAGS)]
    if merged_cells:
        what, right = f"{_how_many(merged_cells, 'merged')} in the table", "split it, so that every row has as many"
        yield part.advice("merged-cells", merged_cells[0], what, right)
    empty_cells = [cell for cell in cells if _is_empty(cell)]
    if empty_cells:
        what, right = f"{_how_many(empty_cells, 'empty')} in the table", "write what is meant, or 'Not applicable'"
        yield part.advice("empty-cell", empty_cells[0], what, right)


def _how_many(cells: Sequence[Element], how: str) -> str:
    return f"{len(cells)} {how} cells" if len(cells) > 1 else f"{'an' if how == 'empty' else 'a'} {how} cell"


def _is_empty(cell: Element) -> bool:
    if text_in(cell).strip() or cell.find(f"{W}tcPr/{W}vMerge") is not None:
        return False
    return next(cell.iter(*(f"{{*}}{name}" for name in _VISIBLE_IN_TABLES)), None) is None


# Accessibility of a template's look: pictures, text boxes, size of letters, contrast of colours.
#
# Sources: WCAG 2.2, 1.1.1 (alternative text), 1.4.3 (contrast: 4.5 to 1, or 3 to 1 for letters of 18 pt, or of 14 pt
# in bold); NHS identity guidelines (body text of at least 12 pt).

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_BOXES = (f"{W}txbxContent", f"{W}framePr")
_BITMAP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
#: Half points, as Word counts.
_BODY, _LARGE, _LARGE_BOLD, _STANDARD = 24, 36, 28, 20
_COLOR = re.compile(r"[0-9A-Fa-f]{6}")
_VANISHES = re.compile(r"\{[%#](?:p|tr|tc)\s")


def look_advice(part: CheckedPart, is_text: bool) -> Iterator[Finding]:
    """What some people could not see or read. ``is_text`` is true of the text itself, not of a header."""
    yield from _pictures(part)
    yield from _boxes(part)
    if is_text:
        yield from _small_letters(part)
    yield from _faint_colors(part)


def _pictures(part: CheckedPart) -> Iterator[Finding]:
    what = "a picture has no alternative text"
    right = "in Word: right-click the picture, View Alt Text, and say what it shows"
    for drawing in part.tree.iter(_DRAWING):
        decorative_mark = next(drawing.iter(_DECORATIVE), None)
        if _is_box_alone(parent_of(drawing)):
            continue
        if not (drawing.get("descr") or "").strip() and (decorative_mark is None or decorative_mark.get("val") == "0"):
            yield part.advice("no-alt-text", drawing, what, right)
    for image in part.tree.iter(_IMAGE):
        if nearest(image, FALLBACK) is None and not (parent_of(image).get("alt") or "").strip():
            yield part.advice("no-alt-text", image, what, right)


def _is_box_alone(drawing: Element) -> bool:
    """Whether a drawing is a box with text in it and nothing else to see, which is told as that."""
    has_text = next(drawing.iter(_BOXES[0]), None) is not None
    return has_text and next(drawing.iter(_BITMAP), None) is None


def _boxes(part: CheckedPart) -> Iterator[Finding]:
    for box in part.tree.iter(*_BOXES):
        if nearest(box, FALLBACK) is None:
            at = nearest(box, P) if box.tag == _BOXES[0] else box
            what = "text in a box or frame is read out of order, or not at all"
            yield part.advice("text-box", at, what, "write it in the text")


def _small_letters(part: CheckedPart) -> Iterator[Finding]:
    """One finding for each size, at the first paragraph that has it."""
    paragraphs_by_size: dict[int, list[Paragraph]] = {}
    for paragraph in part.paragraphs_without_copies:
        if not _VANISHES.search(paragraph.text):
            for size in {_size(part, run, paragraph) for run in _written_runs(paragraph)}:
                if size < _BODY:
                    paragraphs_by_size.setdefault(size, []).append(paragraph)
    for size, paragraphs in paragraphs_by_size.items():
        more = f", here and in {len(paragraphs) - 1} more paragraphs" if len(paragraphs) > 1 else ""
        what, right = f"the letters are of {size / 2:g} pt{more}", "make them 12 pt or more, in the style"
        yield part.advice("small-text", paragraphs[0], what, right)


def _size(part: CheckedPart, run: Element, paragraph: Paragraph) -> int:
    if value(run.find(f"{W}rPr/{W}vertAlign")) in ("superscript", "subscript"):
        return _BODY
    size = value(part.styles.of_run(run, paragraph.element, "sz"))
    return int(size) if size and size.isdecimal() else _STANDARD


def _written_runs(paragraph: Paragraph) -> Iterator[Element]:
    for run in paragraph.elements(RUN):
        if any((text.text or "").strip() for text in run.findall(f"{W}t")):
            yield run


def _faint_colors(part: CheckedPart) -> Iterator[Finding]:
    """One finding for each pair of colours, at the first paragraph that has it."""
    color_pairs: set[tuple[str, str]] = set()
    for paragraph in part.paragraphs_without_copies:
        for run in _written_runs(paragraph):
            letters = _hex(value(part.styles.of_run(run, paragraph.element, "color")))
            ground = _ground(part, run, paragraph)
            if not letters or not ground or (letters, ground) in color_pairs or _VANISHES.search(paragraph.text):
                continue
            ratio = contrast(letters, ground)
            if ratio < _least_contrast(part, run, paragraph):
                color_pairs.add((letters, ground))
                what = f"letters in #{letters} on #{ground} have a contrast of {ratio:.1f} to 1"
                right = "take a darker or a lighter colour: 4.5 to 1 is the least"
                yield part.advice("low-contrast", paragraph, what, right)


def _least_contrast(part: CheckedPart, run: Element, paragraph: Paragraph) -> float:
    size, bold = _size(part, run, paragraph), is_on(part.styles.of_run(run, paragraph.element, "b"))
    return 3.0 if size >= _LARGE or (bold and size >= _LARGE_BOLD) else 4.5


def _ground(part: CheckedPart, run: Element, paragraph: Paragraph) -> str:
    """The colour behind the run; '' where it is not stated but may come from a table's style."""
    cell, table = nearest(paragraph.element, CELL), nearest(paragraph.element, TABLE)
    shades = (
        part.styles.of_run(run, paragraph.element, "shd"),
        part.styles.of_paragraph(paragraph.element, "shd"),
        None if cell is None else cell.find(f"{W}tcPr/{W}shd"),
    )
    for shade in shades:
        if shade is not None and (fill := _hex(shade.get(f"{W}fill"))):
            return fill
    if table is not None and part.styles.of_table(table, f".//{W}shd") is not None:
        return ""
    return "FFFFFF"


def _hex(color: str | None) -> str:
    return color.upper() if color and _COLOR.fullmatch(color) else ""


def contrast(first: str, second: str) -> float:
    """The contrast of two colours (six hexadecimal digits), from 1 to 21, as WCAG 2 defines it (success criterion
    1.4.3)."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
