"""A workbook streamed row by row; openpyxl takes several times as long, and a report must not cost what a batch does.

Every text is an inline string, never a formula; one that looks like a formula is marked for Excel as text, so that
it stays one when the cell is edited. The same rows give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jdgen.batch.reporting import sheet_parts as parts
from jdgen.batch.reporting.printable import escaped
from jdgen.batch.reporting.sheet_cells import Link, Styled, Value, height, lines, text_cell
from jdgen.batch.reporting.sheet_looks import STYLES, Look, Tone, styles
from jdgen.batch.reporting.sheet_parts import RELATIONS, Column
from jdgen.batch.reporting.spool import copy_whole, spool

MAX_ROWS = 1_048_576
#: Excel takes 65,530 on a sheet.
MAX_LINKS = 65_000
# Deflate at 6 takes twice as long and saves a twelfth of the size.
_LEVEL = 3


class Sheet:
    """One sheet, kept on disk in ``folder`` in files without a name until it is written."""

    def __init__(self, name: str, columns: Sequence[Column], folder: Path) -> None:
        self.name = name
        #: Rows that Excel has no room for.
        self.unlisted = 0
        self._rows = 0
        self._links = 0
        self._widths = [column.width for column in columns]
        self._letters = [chr(ord("A") + number) for number in range(len(columns))]
        self._body, self._anchors, self._targets = (spool(folder) for _ in range(3))
        self._body.write(parts.sheet_start(columns).encode())
        self.add([Styled(column.heading, Look.HEADING) for column in columns])

    def add(self, values: Sequence[Value], tone: Tone = Tone.PLAIN) -> None:
        """Add one row."""
        if self._rows == MAX_ROWS:
            self.unlisted += 1
            return
        self._rows += 1
        cells = [
            self._cell(f"{letter}{self._rows}", value, tone)
            for letter, value in zip(self._letters, values, strict=False)
        ]
        tall = height(max(map(lines, values, self._widths)))
        self._body.write(f'<row r="{self._rows}"{tall}>{"".join(cells)}</row>'.encode())

    def close(self) -> None:
        """Give the disk space back."""
        for stream in (self._body, self._anchors, self._targets):
            stream.close()

    def write(self, archive: ZipFile, number: int) -> None:
        """Write the whole sheet as the workbook's sheet ``number``."""
        end = f'</sheetData><autoFilter ref="A1:{self._letters[-1]}{self._rows}"/>'
        self._body.write(end.encode())
        if self._links:
            self._end_links(archive, number)
        self._body.write(parts.SHEET_END.encode())
        _copy(archive, f"xl/worksheets/sheet{number}.xml", self._body)

    def _end_links(self, archive: ZipFile, number: int) -> None:
        self._body.write(b"<hyperlinks>")
        copy_whole(self._anchors, self._body)
        self._body.write(b"</hyperlinks>")
        self._targets.write(b"</Relationships>")
        _copy(archive, f"xl/worksheets/_rels/sheet{number}.xml.rels", self._targets)

    def _cell(self, place: str, value: Value, tone: Tone) -> str:
        look = Look.TEXT
        if isinstance(value, Link):
            look = self._linked(place, value.target)
            value = value.text
        elif isinstance(value, Styled):
            value, look = value
        if isinstance(value, str):
            return text_cell(place, value, look, tone)
        if isinstance(value, float):
            return f'<c r="{place}" s="{STYLES[tone, Look.SECONDS, False]}"><v>{value:.3f}</v></c>'
        return f'<c r="{place}" s="{STYLES[tone, Look.COUNT, False]}"><v>{value}</v></c>'

    def _linked(self, place: str, target: str) -> Look:
        if not target or self._links == MAX_LINKS:
            return Look.TEXT
        if not self._links:
            self._targets.write(parts.relations_start().encode())
        self._links += 1
        self._anchors.write(f'<hyperlink ref="{place}" r:id="r{self._links}"/>'.encode())
        self._targets.write(
            f'<Relationship Id="r{self._links}" Type="{RELATIONS}/hyperlink" Target="{escaped(target)}" '
            'TargetMode="External"/>'.encode()
        )
        return Look.LINK


def write_workbook(stream: BinaryIO, title: str, sheets: Sequence[Sheet]) -> None:
    """Write the workbook with these sheets, in order."""
    with ZipFile(stream, "w") as archive:
        for name, content in (
            ("[Content_Types].xml", parts.content_types(len(sheets))),
            ("_rels/.rels", parts.package_relations()),
            ("docProps/core.xml", parts.properties(title)),
            ("xl/workbook.xml", parts.workbook(sheet.name for sheet in sheets)),
            ("xl/_rels/workbook.xml.rels", parts.workbook_relations(len(sheets))),
            ("xl/styles.xml", styles()),
        ):
            archive.writestr(_member(name), content, compresslevel=_LEVEL)
        for number, sheet in enumerate(sheets, 1):
            sheet.write(archive, number)


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = ZIP_DEFLATED
    member.create_system = 3  # the same on every system
    member.external_attr = 0o644 << 16
    return member


def _copy(archive: ZipFile, name: str, source: BinaryIO) -> None:
    member = _member(name)
    member.file_size = source.tell()
    member._compresslevel = _LEVEL  # type: ignore[attr-defined]  # public from Python 3.13 only
    with archive.open(member, "w") as target:
        copy_whole(source, target)
