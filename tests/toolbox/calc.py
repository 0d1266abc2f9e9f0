"""LibreOffice Calc driven by a macro in a profile of its own: it types into a workbook, and says what it sees there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.toolbox.libreoffice import LIBRARY, run_office

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Fill" script:language="StarBasic">
Function Opened(source As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Opened = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
End Function

Sub Saved(document, target As String, filterName As String)
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = filterName
  document.storeToURL(target, filter())
End Sub

Sub Fill(source As String, sheetName As String, typed As String, told As String, target As String)
  Dim text As String, file As Integer, out As Integer, at As Integer
  document = Opened(source)
  sheet = document.Sheets.getByName(sheetName)
  file = FreeFile
  Open typed For Input As #file
  out = FreeFile
  Open told For Output As #out
  Do While Not Eof(file)
    Line Input #file, text
    at = InStr(text, " ")
    cell = sheet.getCellRangeByName(Left(text, at - 1))
    ' Macros may write where people may not.
    If sheet.isProtected() And cell.CellProtection.IsLocked Then
      Print #out, "locked " &amp; Left(text, at - 1)
    Else
      ' As if it were typed: a number or a date is one, unless the cell is text. Lines are no formula.
      words = Join(Split(Mid(text, at + 1), "\\n"), Chr(10))
      If InStr(words, Chr(10)) &gt; 0 Then
        cell.setString(words)
      Else
        cell.FormulaLocal = words
      End If
    End If
  Loop
  Close #file
  document.calculateAll()
  For row = 5 To 14
    shown = sheet.getCellByPosition(0, row).getString()
    If shown &lt;&gt; "" Then Print #out, "problem " &amp; (row + 1) &amp; " " &amp; shown
  Next
  sheet.unprotect("")
  before = sheet.DrawPage.Count
  sheet.showInvalid()
  For index = before To sheet.DrawPage.Count - 1
    area = sheet.DrawPage.getByIndex(index)
    For row = 5 To 14
      For column = 0 To 60
        cell = sheet.getCellByPosition(column, row)
        across = area.Position.X + area.Size.Width / 2 - cell.Position.X
        down = area.Position.Y + area.Size.Height / 2 - cell.Position.Y
        If across &gt;= 0 And across &lt; cell.Size.Width And down &gt;= 0 And down &lt; cell.Size.Height Then
          name = cell.AbsoluteName
          If cell.Validation.ShowErrorMessage Then Print #out, "refused " &amp; Mid(name, InStr(name, ".") + 1)
        End If
      Next
    Next
  Next
  Close #out
  sheet.clearArrows()
  Saved(document, target &amp; ".xlsx", "Calc MS Excel 2007 XML")
  Saved(document, target &amp; ".ods", "calc8")
  document.close(True)
  document = Opened(target &amp; ".ods")
  Saved(document, target &amp; ".by-way-of-ods.xlsx", "Calc MS Excel 2007 XML")
  document.close(True)
End Sub
</script:module>
"""


class FilledWorkbook(NamedTuple):
    """A workbook that was typed into: what the first column says of each row, the cells whose words their lists refuse,
    those that people cannot write in, and the workbook as saved, and as saved once more out of an OpenDocument file."""

    problems: Mapping[int, str]
    refused_cells: frozenset[str]
    locked_cells: frozenset[str]
    path: Path
    by_way_of_ods: Path


def fill(folder: Path, workbook: Path, sheet: str, typed: Mapping[str, str]) -> FilledWorkbook:
    """``workbook`` with each text of ``typed`` in its cell (``B6``), by LibreOffice."""
    # The first start puts a standard library of macros into the profile, so ours comes after it.
    run_office(folder, "--terminate_after_init")
    library = folder / "profile/user/basic/Standard"
    library.mkdir(parents=True, exist_ok=True)
    (library / "Fill.xba").write_text(_MACRO, encoding="utf-8")
    (library / "script.xlb").write_text(LIBRARY.replace("Settle", "Fill"), encoding="utf-8")
    lines = [f"{cell} {text}".replace("\n", "\\n") for cell, text in typed.items()]
    (folder / "typed").write_text("\n".join(lines), encoding="utf-8")
    places = (workbook.as_uri(), sheet, (folder / "typed").as_uri(), (folder / "told").as_uri())
    words = ", ".join(f'"{place}"' for place in (*places, (folder / "filled").as_uri()))
    run_office(folder, f"macro:///Standard.Fill.Fill({words})")
    report = [line.split(" ", 2) for line in (folder / "told").read_text(encoding="utf-8").splitlines()]
    return FilledWorkbook(
        {int(words[1]): words[2] for words in report if words[0] == "problem"},
        frozenset(words[1].replace("$", "") for words in report if words[0] == "refused"),
        frozenset(words[1] for words in report if words[0] == "locked"),
        folder / "filled.xlsx",
        folder / "filled.by-way-of-ods.xlsx",
    )
