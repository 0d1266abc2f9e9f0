"""The small parts of a workbook: what its cells look like, and what says which parts there are."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from itertools import product
from typing import NamedTuple

from jdgen.batch.printable import escaped

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PROPERTIES = "application/vnd.openxmlformats-package.core-properties+xml"


class Column(NamedTuple):
    """A column's heading, and its width in characters."""

    heading: str
    width: int


class Tone(Enum):
    """What a row asks of its reader; the value is its fill."""

    PLAIN = 0
    KEPT = 2
    FAILED = 3


class Look(Enum):
    """What a cell looks like: its font, its number format, and whether it wraps."""

    TEXT = (0, 0, True)
    STRONG = (1, 0, True)
    LINK = (2, 0, True)
    COUNT = (0, 3, False)
    SECONDS = (0, 164, False)
    HEADING = (3, 0, True)


#: Each combination of tone, look, and being kept as text though it looks like a formula, in the order of ``styles``.
STYLES = {combination: number for number, combination in enumerate(product(Tone, Look, (False, True)))}


def styles() -> str:
    """Fonts, fills and the cell formats of :data:`STYLES`."""
    fonts = (
        _font(11, "FF212B32"),
        _font(11, "FF212B32", "<b/>"),
        _font(11, "FF005EB8", "<u/>"),
        _font(11, "FFFFFFFF", "<b/>"),
    )
    fills = (
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
        *(_fill(color) for color in ("FFFFF3CC", "FFFBE3E0", "FF005EB8")),
    )
    formats = [_format(*combination) for combination in STYLES]
    return (
        f'{_XML}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.000"/></numFmts>'
        f'<fonts count="{len(fonts)}">{"".join(fonts)}</fonts><fills count="{len(fills)}">{"".join(fills)}</fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(formats)}">{"".join(formats)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _font(size: int, color: str, extra: str = "") -> str:
    return f'<font>{extra}<sz val="{size}"/><color rgb="{color}"/><name val="Arial"/><family val="2"/></font>'


def _fill(color: str) -> str:
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="{color}"/><bgColor indexed="64"/></patternFill></fill>'
    )


def _format(tone: Tone, look: Look, kept_as_text: bool) -> str:
    font, number, wraps = look.value
    fill = 4 if look is Look.HEADING else tone.value
    sideways = ' horizontal="left" indent="1"' if wraps else ""
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" quotePrefix="{kept_as_text:d}" '
        'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">'
        f'<alignment vertical="top" wrapText="{wraps:d}"{sideways}/></xf>'
    )


def content_types(sheets: int) -> str:
    """``[Content_Types].xml`` of a workbook with so many sheets."""
    names = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in range(1, sheets + 1)
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{_PROPERTIES}"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{names}</Types>'
    )


def relations(relations: Iterable[tuple[str, str]]) -> str:
    """The relations ``r1``, ``r2`` … of a part, from kind and target."""
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, 1)
    )
    return f"{relations_start()}{inner}</Relationships>"


def relations_start() -> str:
    """What the relations of a part begin with."""
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'


def package_relations() -> str:
    """What the package holds: the workbook and its properties."""
    return relations(
        [
            (f"{RELATIONS}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ]
    )


def workbook_relations(sheets: int) -> str:
    """The sheets ``r1`` …, then the styles."""
    names = [(f"{RELATIONS}/worksheet", f"worksheets/sheet{number}.xml") for number in range(1, sheets + 1)]
    return relations([*names, (f"{RELATIONS}/styles", "styles.xml")])


def workbook(names: Iterable[str]) -> str:
    """The sheets by name; the first row of each is printed on every page."""
    sheets, titles = [], []
    for number, name in enumerate(map(escaped, names), 1):
        sheets.append(f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>')
        titles.append(
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{number - 1}">\'{name}\'!$1:$1</definedName>'
        )
    return (
        f'{_XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{"".join(sheets)}</sheets>'
        f"<definedNames>{''.join(titles)}</definedNames></workbook>"
    )


def properties(title: str) -> str:
    """Title and language; no date, so that the same rows give the same bytes."""
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escaped(title)}</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>"
    )


def sheet_start(columns: Iterable[Column]) -> str:
    """A sheet up to its first row: the heading row stays in sight, pages are landscape."""
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{column.width}" customWidth="1"/>'
        for number, column in enumerate(columns, 1)
    )
    return (
        f'{_XML}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
        'state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )


#: What ends a sheet, after its rows, filter and links.
SHEET_END = (
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
)
