"""The small parts of a workbook: which parts there are, and what a sheet begins and ends with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from jdgen.batch.reporting.printable import escaped

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PROPERTIES = "application/vnd.openxmlformats-package.core-properties+xml"


class Column(NamedTuple):
    """A column's heading, and its width in characters."""

    heading: str
    width: int


def content_types(sheets: int) -> str:
    """``[Content_Types].xml`` of a workbook with so many sheets."""
    names = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in range(1, sheets + 1)
    )
    return (
        f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
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
    return f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">'


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
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{"".join(sheets)}</sheets>'
        f"<definedNames>{''.join(titles)}</definedNames></workbook>"
    )


def properties(title: str) -> str:
    """Title and language; no date, so that the same rows give the same bytes."""
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
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
        f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
        'state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )


#: What ends a sheet, after its rows, filter and links.
SHEET_END = (
    '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>'
)
