' Edits documents as people do: each line of the jobs file is a verb and what it acts on, with bars between.
Dim document As Object
Dim missed As String

Sub Manage(jobs As String, told As String)
  files = createUnoService("com.sun.star.ucb.SimpleFileAccess")
  stream = createUnoService("com.sun.star.io.TextInputStream")
  stream.setInputStream(files.openFileRead(jobs))
  stream.setEncoding("UTF-8")
  missed = ""
  On Error GoTo Failed
  While Not stream.isEOF()
    part = Split(OneLine(stream.readLine()), "|")
    If UBound(part) >= 1 Then
      If part(0) = "open" Then
        document = StarDesktop.loadComponentFromURL(part(1), "_blank", 0, Array(Named("Hidden", True)))
      ElseIf part(0) = "save" Then
        document.storeToURL(part(1), Array(Named("FilterName", part(2))))
        document.close(True)
      ElseIf part(0) = "record" Then
        document.RecordChanges = True
      ElseIf part(0) = "command" Then
        Dispatch(part(1))
      Else
        EditPlace(part)
      End If
    End If
  Wend
  stream.closeInput()
  GoTo Told
Failed:
  missed = missed & "failed " & Join(part, "|") & ": " & Error$ & " in line " & Erl & Chr(10)
  Resume Next
Told:
  out = createUnoService("com.sun.star.io.TextOutputStream")
  If files.exists(told) Then files.kill(told)
  out.setOutputStream(files.openFileWrite(told))
  out.setEncoding("UTF-8")
  out.writeString(missed & "done")
  out.closeOutput()
End Sub

Function OneLine(text As String) As String
  OneLine = Join(Split(Join(Split(text, Chr(13)), ""), Chr(10)), "")
End Function

Function Named(name As String, value)
  Dim pair As New com.sun.star.beans.PropertyValue
  pair.Name = name
  pair.Value = value
  Named = pair
End Function

Sub Dispatch(command As String)
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" & command, "", 0, Array())
End Sub

Sub EditPlace(part)
  search = document.createSearchDescriptor()
  search.SearchString = part(1)
  search.SearchCaseSensitive = True
  found = document.findFirst(search)
  If IsNull(found) Then
    missed = missed & "missed " & Join(part, "|") & Chr(10)
    Exit Sub
  End If
  where = found.Text.createTextCursorByRange(found.Start)
  view = document.CurrentController.ViewCursor
  Select Case part(0)
    Case "word"
      found.setString(part(2))
    Case "append"
      where.gotoEndOfParagraph(False)
      found.Text.insertString(where, part(2), False)
    Case "retype"
      where.gotoStartOfParagraph(False)
      where.gotoEndOfParagraph(True)
      where.setString(part(2))
    Case "delete"
      where.gotoStartOfParagraph(False)
      view.gotoRange(where, False)
      where.gotoEndOfParagraph(True)
      view.gotoRange(where, False)
      Dispatch("Delete")
      Dispatch("Delete")
    Case "after"
      where.gotoEndOfParagraph(False)
      view.gotoRange(where, False)
      Dispatch("InsertPara")
      view.Text.insertString(view, part(2), False)
    Case "split"
      view.gotoRange(found.Start, False)
      Dispatch("InsertPara")
    Case "up"
      view.gotoRange(found.Start, False)
      For times = 1 To Val(part(2))
        Dispatch("MoveUp")
      Next
    Case "row"
      InsertRow(found, part)
    Case "droprow"
      view.gotoRange(found.Start, False)
      view.TextTable.Rows.removeByIndex(RowOf(view.Cell.CellName), 1)
    Case "bold"
      found.CharWeight = 150
    Case "mark"
      found.CharBackColor = RGB(255, 255, 0)
  End Select
End Sub

Sub InsertRow(found, part)
  view = document.CurrentController.ViewCursor
  view.gotoRange(found.Start, False)
  table = view.TextTable
  at = RowOf(view.Cell.CellName) + 1
  table.Rows.insertByIndex(at, 1)
  For column = 2 To UBound(part)
    table.getCellByPosition(column - 2, at).setString(part(column))
  Next
End Sub

Function RowOf(name As String)
  digits = name
  While Not IsNumeric(Left(digits, 1))
    digits = Mid(digits, 2)
  Wend
  RowOf = Val(digits) - 1
End Function
