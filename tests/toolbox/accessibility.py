"""What the accessibility rules and the NHS identity ask of a Word document, checked on its XML.

Every rule is a function from a :class:`WordDocument` to the faults it finds, so that a test can show each
rule biting on a document that breaks it and no other.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree

from tests.toolbox.word import W, parts_of

WHITE, BLACK = "FFFFFF", "000000"
LEAST_CONTRAST = 4.5
BODY_SIZE = "24"  # half points
#: Level and form of the number of a heading of duties, and of the duties below it: of their own, or in a section.
NUMBERED_DUTIES = ((("0", "%1"), ("1", "%1.%2")), (("1", "%1.%2"), ("2", "%1.%2.%3")))


@dataclass(frozen=True)
class WordDocument:
    parts: dict[str, bytes]

    @cached_property
    def trees(self) -> dict[str, Any]:
        """The parts that a reader sees: the text, the headers, the footers."""
        names = [name for name in sorted(self.parts) if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)]
        return {name: etree.fromstring(self.parts[name]) for name in names}

    @cached_property
    def styles(self) -> dict[str, Any]:
        tree = etree.fromstring(self.parts["word/styles.xml"])
        return {str(style.get(f"{W}styleId")): style for style in tree.iter(f"{W}style")}

    @cached_property
    def defaults(self) -> Any:
        return etree.fromstring(self.parts["word/styles.xml"]).find(f"{W}docDefaults")

    @property
    def body(self) -> Any:
        return self.trees["word/document.xml"]

    def all(self, tag: str) -> Iterator[Any]:
        for tree in self.trees.values():
            yield from tree.iter(f"{W}{tag}")

    def style_chain(self, style: str | None) -> Iterator[Any]:
        """The style and all that it is based on."""
        while style is not None and style in self.styles:
            yield self.styles[style]
            style = value(self.styles[style].find(f"{W}basedOn"))

    def styled(self, style: str | None, path: str) -> Any:
        """What the style says at ``path``, itself or by what it is based on."""
        parts = (part.find(path) for part in self.style_chain(style))
        return next((part for part in parts if part is not None), None)

    def paragraph_property(self, paragraph: Any, name: str) -> Any:
        own_property = paragraph.find(f"{W}pPr/{W}{name}")
        return own_property if own_property is not None else self.styled(style_of(paragraph), f"{W}pPr/{W}{name}")

    def run_property(self, run: Any, name: str) -> Any:
        own_property = run.find(f"{W}rPr/{W}{name}")
        character = value(run.find(f"{W}rPr/{W}rStyle"))
        candidates = (
            own_property,
            self.styled(character, f"{W}rPr/{W}{name}"),
            self.styled(style_of(ancestor(run, "p")), f"{W}rPr/{W}{name}"),
            self.defaults.find(f"{W}rPrDefault/{W}rPr/{W}{name}"),
        )
        return next((part for part in candidates if part is not None), None)


def document_of(content: bytes) -> WordDocument:
    return WordDocument(parts_of(content))


def value(element: Any) -> str | None:
    return None if element is None else element.get(f"{W}val")


def text_of(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def style_of(paragraph: Any) -> str:
    return value(paragraph.find(f"{W}pPr/{W}pStyle")) or "Normal"


def ancestor(element: Any, tag: str) -> Any:
    return next(element.iterancestors(f"{W}{tag}"), None)


def is_on(element: Any) -> bool:
    """Whether a switch such as ``w:i`` is set."""
    return element is not None and value(element) not in {"0", "false", "off", "none"}


def has_content(element: Any) -> bool:
    return bool(text_of(element).strip()) or any(True for _ in element.iter(f"{W}drawing", f"{W}pict"))


def title_is_set(document: WordDocument) -> Iterator[str]:
    core = etree.fromstring(document.parts.get("docProps/core.xml", b"<none/>"))
    if not (core.findtext("{http://purl.org/dc/elements/1.1/}title") or "").strip():
        yield "the title property is empty"


def language_is_british_english(document: WordDocument) -> Iterator[str]:
    if value(document.defaults.find(f"{W}rPrDefault/{W}rPr/{W}lang")) != "en-GB":
        yield "the default language is not en-GB"
    trees = {**document.trees, "word/styles.xml": etree.fromstring(document.parts["word/styles.xml"])}
    for name, tree in trees.items():
        for language in tree.iter(f"{W}lang", f"{W}themeFontLang"):
            for key, language_name in language.attrib.items():
                if language_name != "en-GB":
                    yield f"{name}: {etree.QName(key).localname} is {language_name}"
    core = etree.fromstring(document.parts.get("docProps/core.xml", b"<none/>"))
    if core.findtext("{http://purl.org/dc/elements/1.1/}language") != "en-GB":
        yield "the language property is not en-GB"


def headings_skip_no_level(document: WordDocument) -> Iterator[str]:
    before = 0
    for paragraph in document.body.iter(f"{W}p"):
        outline = value(document.paragraph_property(paragraph, "outlineLvl"))
        if outline is None or outline == "9":
            continue
        level = int(outline) + 1
        if level > before + 1:
            yield f"level {level} follows level {before}: {text_of(paragraph)!r}"
        before = level
    if not before:
        yield "no heading at all"


def headings_have_styles_of_word(document: WordDocument) -> Iterator[str]:
    """A screen reader goes from heading to heading by the built-in styles; one that is based on them is none to it."""
    for paragraph in document.body.iter(f"{W}p"):
        outline, style = document.paragraph_property(paragraph, "outlineLvl"), style_of(paragraph)
        name = value(document.styles[style].find(f"{W}name")) if style in document.styles else style
        if outline is not None and name != f"heading {int(value(outline) or 0) + 1}":
            yield f"{name} is no heading of Word's: {text_of(paragraph)!r}"


def no_paragraph_is_empty(document: WordDocument) -> Iterator[str]:
    for name, tree in document.trees.items():
        for number, paragraph in enumerate(tree.iter(f"{W}p"), 1):
            if not has_content(paragraph):
                yield f"{name}: paragraph {number} is empty"


def no_cell_is_blank(document: WordDocument) -> Iterator[str]:
    for cell in document.all("tc"):
        if not has_content(cell):
            yield f"a blank cell in the row {text_of(ancestor(cell, 'tr'))!r}"


def no_cell_is_merged(document: WordDocument) -> Iterator[str]:
    for cell in document.all("tc"):
        for tag in ("gridSpan", "vMerge", "hMerge"):
            if cell.find(f"{W}tcPr/{W}{tag}") is not None:
                yield f"{tag} in {text_of(cell)!r}"
    for table in document.all("tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            cells = len(row.findall(f"{W}tc"))
            if cells != columns and "{%tr" not in text_of(row):
                yield f"{cells} cells under {columns} columns in {text_of(row)!r}"


def tables_have_one_header_row(document: WordDocument) -> Iterator[str]:
    for table in document.all("tbl"):
        heads = [is_on(row.find(f"{W}trPr/{W}tblHeader")) for row in table.findall(f"{W}tr")]
        if not heads or not heads[0] or any(heads[1:]):
            yield f"not just the first row is a header row: {text_of(table)[:60]!r}"


def rows_are_not_split(document: WordDocument) -> Iterator[str]:
    """But for rows of lists, whose entries are not divided."""
    for row in document.all("tr"):
        lists = [paragraph for paragraph in row.iter(f"{W}p") if style_of(paragraph).startswith("TableBullet")]
        if lists and all(is_on(document.paragraph_property(paragraph, "keepLines")) for paragraph in lists):
            continue
        if not is_on(row.find(f"{W}trPr/{W}cantSplit")):
            yield f"a row that may be split: {text_of(row)!r}"


def tables_are_described(document: WordDocument) -> Iterator[str]:
    for table in document.all("tbl"):
        if not value(table.find(f"{W}tblPr/{W}tblCaption")) or not value(table.find(f"{W}tblPr/{W}tblDescription")):
            yield f"a table without alternative text: {text_of(table)[:60]!r}"


def there_is_no_text_box(document: WordDocument) -> Iterator[str]:
    for name, tree in document.trees.items():
        if any(True for _ in tree.iter(f"{W}txbxContent", "{*}textbox", "{*}txbx", f"{W}framePr")):
            yield f"{name}: a text box"


def pictures_have_alternative_text(document: WordDocument) -> Iterator[str]:
    for name, tree in document.trees.items():
        for picture in tree.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"):
            if not (picture.get("descr") or "").strip():
                yield f"{name}: a picture without alternative text"
        if any(True for _ in tree.iter(f"{W}pict")):
            yield f"{name}: a picture in the old format, without alternative text"


def the_font_is_arial(document: WordDocument) -> Iterator[str]:
    if document.defaults.find(f"{W}rPrDefault/{W}rPr/{W}rFonts") is None:
        yield "no default font"
    trees = {**document.trees}
    trees |= {name: etree.fromstring(document.parts[name]) for name in ("word/styles.xml", "word/numbering.xml")}
    for name, tree in trees.items():
        for fonts in tree.iter(f"{W}rFonts"):
            for key, font in fonts.attrib.items():
                if font != "Arial":
                    yield f"{name}: {etree.QName(key).localname} is {font}"


def text_is_large_enough(document: WordDocument) -> Iterator[str]:
    """Body text at least 12 pt; headers, footers and lines that vanish may be smaller."""
    if value(document.defaults.find(f"{W}rPrDefault/{W}rPr/{W}sz")) != BODY_SIZE:
        yield "the default size is not 12 pt"
    for run in document.body.iter(f"{W}r"):
        size = value(document.run_property(run, "sz"))
        if text_of(run).strip() and int(size or 0) < int(BODY_SIZE) and "{%" not in text_of(run):
            yield f"{int(size or 0) / 2} pt: {text_of(run)!r}"


def there_are_no_italics_or_underlines(document: WordDocument) -> Iterator[str]:
    trees = {**document.trees, "word/styles.xml": etree.fromstring(document.parts["word/styles.xml"])}
    for name, tree in trees.items():
        for mark in tree.iter(f"{W}i", f"{W}iCs", f"{W}u"):
            if is_on(mark):
                yield f"{name}: {etree.QName(mark).localname}"


def text_is_left_aligned(document: WordDocument) -> Iterator[str]:
    for paragraph in document.all("p"):
        alignment = value(document.paragraph_property(paragraph, "jc"))
        if alignment not in {None, "left", "start"} and text_of(paragraph).strip():
            if "{{ picture }}" in text_of(paragraph):
                continue
            yield f"{alignment}: {text_of(paragraph)!r}"


def luminance(color: str) -> float:
    """Relative luminance, as WCAG 2 defines it, of a colour with ``#`` or without."""
    color = color.removeprefix("#")
    channels = [int(color[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour: str, other: str) -> float:
    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def fill_of(shade: Any) -> str | None:
    fill = None if shade is None else shade.get(f"{W}fill")
    return None if fill in {None, "auto"} else fill


def cell_fill(document: WordDocument, cell: Any) -> str | None:
    """The cell's own shade, else that of its table style for the header row or the first column."""
    if own_fill := fill_of(cell.find(f"{W}tcPr/{W}shd")):
        return own_fill
    table, row = ancestor(cell, "tbl"), cell.getparent()
    look = table.find(f"{W}tblPr/{W}tblLook")
    style = value(table.find(f"{W}tblPr/{W}tblStyle"))
    kinds = []
    if look is not None and look.get(f"{W}firstColumn") == "1" and row.find(f"{W}tc") is cell:
        kinds.append("firstCol")
    if look is not None and look.get(f"{W}firstRow") == "1" and table.find(f"{W}tr") is row:
        kinds = ["nwCell", "firstRow"] if kinds else ["firstRow"]
    for kind in kinds:
        if fill := fill_of(document.styled(style, f"{W}tblStylePr[@{W}type='{kind}']/{W}tcPr/{W}shd")):
            return fill
    return None


def ground_of(document: WordDocument, run: Any) -> str:
    paragraph = ancestor(run, "p")
    cell = ancestor(run, "tc")
    return (
        fill_of(document.run_property(run, "shd"))
        or fill_of(document.paragraph_property(paragraph, "shd"))
        or (cell_fill(document, cell) if cell is not None else None)
        or WHITE
    )


def text_stands_out(document: WordDocument) -> Iterator[str]:
    for run in document.all("r"):
        if text_of(run).strip():
            run_colour = value(document.run_property(run, "color"))
            color = BLACK if run_colour in {None, "auto"} else run_colour
            ground = ground_of(document, run)
            if contrast(color or BLACK, ground) < LEAST_CONTRAST:
                yield f"{color} on {ground}: {text_of(run)!r}"


def footers_number_the_pages(document: WordDocument) -> Iterator[str]:
    footers = {name: tree for name, tree in document.trees.items() if "footer" in name}
    if not footers:
        yield "no footer"
    for name, tree in footers.items():
        fields = " ".join(field.text or "" for field in tree.iter(f"{W}instrText")).split()
        for field_name in ("PAGE", "NUMPAGES"):
            if field_name not in fields:
                yield f"{name}: no field {field_name}"


def duties_are_numbered_by_a_list(document: WordDocument) -> Iterator[str]:
    """Each duty at the last level of a list of several levels, the heading above it one level up."""
    above: Any = None
    for paragraph in document.body.iter(f"{W}p"):
        if style_of(paragraph) == "TemplateTag":
            continue
        if style_of(paragraph) != "Duty":
            above = paragraph
            continue
        list_of_heading, list_of_duty = (
            _list_level(document, document.paragraph_property(each, "numPr")) for each in (above, paragraph)
        )
        if (list_of_heading, list_of_duty) not in NUMBERED_DUTIES:
            yield f"numbered by {list_of_duty} below {list_of_heading}: {text_of(paragraph)[:60]!r}"
        for each in (above, paragraph):
            if re.match(r"\s*\d+(\.\d+)*[.)]?\s", text_of(each)):
                yield f"a number typed by hand: {text_of(each)[:60]!r}"


def _list_level(document: WordDocument, numbering: Any) -> tuple[str | None, str | None]:
    if numbering is None or "word/numbering.xml" not in document.parts:
        return None, None
    tree = etree.fromstring(document.parts["word/numbering.xml"])
    level = value(numbering.find(f"{W}ilvl")) or "0"
    number = tree.find(f"{W}num[@{W}numId='{value(numbering.find(f'{W}numId'))}']/{W}abstractNumId")
    list_path = f"{W}abstractNum[@{W}abstractNumId='{value(number)}']/{W}lvl[@{W}ilvl='{level}']/{W}lvlText"
    return level, value(tree.find(list_path))


def lists_are_real(document: WordDocument) -> Iterator[str]:
    for paragraph in document.body.iter(f"{W}p"):
        if re.match(r"\s*[•●▪·–-]\s", text_of(paragraph)):
            yield f"a bullet typed by hand: {text_of(paragraph)[:60]!r}"


RULES: tuple[Callable[[WordDocument], Iterator[str]], ...] = (
    title_is_set,
    language_is_british_english,
    headings_skip_no_level,
    headings_have_styles_of_word,
    no_paragraph_is_empty,
    no_cell_is_blank,
    no_cell_is_merged,
    tables_have_one_header_row,
    rows_are_not_split,
    tables_are_described,
    there_is_no_text_box,
    pictures_have_alternative_text,
    the_font_is_arial,
    text_is_large_enough,
    there_are_no_italics_or_underlines,
    text_is_left_aligned,
    text_stands_out,
    footers_number_the_pages,
    duties_are_numbered_by_a_list,
    lists_are_real,
)


def faults(content: bytes) -> list[str]:
    document = document_of(content)
    return [f"{rule.__name__}: {fault}" for rule, fault in itertools.chain(*(_by(rule, document) for rule in RULES))]


def _by(rule: Callable[[WordDocument], Iterator[str]], document: WordDocument) -> Iterator[tuple[Any, str]]:
    return ((rule, fault) for fault in rule(document))
