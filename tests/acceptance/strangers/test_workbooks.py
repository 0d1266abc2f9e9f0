"""Workbooks that are built to harm: refused, or read without harm, in bounded time and memory."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.acceptance.strangers.measured import MEGABYTE, cost_of
from tests.toolbox.soak import IS_SOAK
from tests.toolbox.word import parts_of, zipped
from tests.toolbox.xml import laughs

SHEET, STRINGS, STYLES, TYPES = (
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_TEXTS = (("Job title", "Specialism", "Band"), ("PMO lead", "pmo", "7"))
_CELL = '<c t="inlineStr"><is><t>{}</t></is></c>'
_ROWS = "".join(f"<row>{''.join(map(_CELL.format, texts))}</row>" for texts in _TEXTS)


def workbook(**parts: str | bytes) -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    workbook_parts = parts_of(stream.getvalue())
    workbook_parts |= {SHEET: sheet()}
    names = {"sheet": SHEET, "strings": STRINGS, "styles": STYLES, "types": TYPES, "media": "xl/media/a.bin"}
    new_parts = {
        names[part]: content.encode() if isinstance(content, str) else content for part, content in parts.items()
    }
    if STRINGS in new_parts:
        declared = f'<Override PartName="/{STRINGS}" ContentType="{_KIND}"/></Types>'.encode()
        workbook_parts[TYPES] = (
            workbook_parts[TYPES].replace(b"</Types>", declared)
            if _KIND.encode() not in workbook_parts[TYPES]
            else workbook_parts[TYPES]
        )
    return zipped(workbook_parts | new_parts)


def sheet(more: str = "", rows: str = _ROWS) -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}{more}</sheetData></worksheet>'.encode()


def strings(content: str) -> str:
    return f'<sst xmlns="{MAIN}">{content}</sst>'


REFUSALS: dict[str, tuple[Callable[[], bytes], str]] = {
    "zeros": (lambda: workbook(media=bytes(150 * MEGABYTE)), "unpacks to more than 500 times"),
    "more than is allowed": (lambda: workbook(media=bytes(201 * MEGABYTE)), "is too large a workbook"),
    "strings, millions of them": (
        lambda: workbook(strings=strings("".join(f"<si><t>{n:x}</t></si>" for n in range(3_000_000)))),
        "holds more text than can be read",
    ),
    "a string with millions of pieces": (
        lambda: workbook(strings=strings(f"<si>{''.join(f'<t>{n}</t>' for n in range(1_000_000))}</si>")),
        "is too large a workbook",
    ),
    "strings within strings": (
        lambda: workbook(strings=strings("".join(f"<si><x>{n}</x>" for n in range(500)) + "</si>" * 500)),
        "",
    ),
    "styles, millions of them": (
        lambda: workbook(styles="<a>" + "".join(f"<xf a='{n}'/>" for n in range(1_000_000)) + "</a>"),
        "is too large a workbook",
    ),
    "strange elements": (
        lambda: workbook(sheet=sheet("".join(f"<x/>{n}" for n in range(2_000_000)))),
        "is too large a workbook",
    ),
    "a row with millions of cells": (
        lambda: workbook(sheet=sheet(f'<row r="3">{"".join(f"<c><v>{n}</v></c>" for n in range(1_000_000))}</row>')),
        "is too large a workbook",
    ),
    "rows hidden from the count": (
        lambda: workbook(sheet=sheet("<row>" + "".join(f"<x/><!--<row >{n}-->" for n in range(900_000)) + "</row>")),
        "is too large a workbook",
    ),
    "a row beyond the end": (lambda: workbook(sheet=sheet('<row r="99999999"><c><v>1</v></c></row>')), "has more than"),
    "cells in the last column": (
        lambda: workbook(sheet=sheet("".join(f'<row r="{n}"><c r="XFD{n}"/></row>' for n in range(3, 60_000)))),
        "cells, empty ones included",
    ),
    "merged cells without end": (
        lambda: workbook(
            sheet=sheet().replace(
                b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
            )
        ),
        "has too many merged cells",
    ),
    "entities": (lambda: workbook(sheet=laughs()), "declares a document type"),
    "entities under another name": (lambda: workbook(media=laughs()), "declares a document type"),
    "entities in UTF-16": (lambda: workbook(strings=laughs().encode("utf-16")), "declares a document type"),
}


def cost(folder: Path, content: bytes) -> tuple[str, ...]:
    path = folder / "posts.xlsx"
    path.write_bytes(content)
    measured_cost = cost_of("posts", path)
    measured_cost.assert_bounded()
    return measured_cost.problems


#: It is twenty seconds until so much text has been read: a soak has the time.
SLOW = "strings, millions of them"


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=[pytest.mark.soak, pytest.mark.skipif(not IS_SOAK, reason="takes long: in a soak")])
        if case == SLOW
        else case
        for case in REFUSALS
    ],
)
def test_a_workbook_built_to_harm_is_refused(case: str, tmp_path: Path) -> None:
    make, what = REFUSALS[case]
    problems = cost(tmp_path, make())
    assert (what in problems[0]) if what else problems == ()


def test_a_claim_to_be_large_is_not_believed(tmp_path: Path) -> None:
    claimed = sheet().replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    assert cost(tmp_path, workbook(sheet=claimed)) == ()


def test_links_to_other_workbooks_are_not_followed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Job title", "Specialism", "Band"])
    book.active.append(["PMO lead", "pmo", 7])
    stream = io.BytesIO()
    book.save(stream)
    parts = parts_of(stream.getvalue())
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
    linked = f'<Relationship Id="rX" Type="{relation}" Target="file:///a.xlsx" TargetMode="External"/></Relationships>'
    name = "xl/_rels/workbook.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", linked.encode())
    assert cost(tmp_path, zipped(parts)) == ()
