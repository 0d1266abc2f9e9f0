"""LibreOffice in a profile of its own: it does nothing, without a word, while another one is open in the same.

It opens, saves and prints documents, and settles tracked changes by a macro, so that it judges what we say of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.toolbox.processes import run_to_end
from tests.toolbox.word import word_file

#: Word's format, by the filter that LibreOffice calls it.
WORD = "docx:MS Word 2007 XML"

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Settle" script:language="StarBasic">
Sub Settle(source As String, command As String, target As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")
  dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" &amp; command, "", 0, Array())
  Dim filter(0) As New com.sun.star.beans.PropertyValue
  filter(0).Name = "FilterName"
  filter(0).Value = "MS Word 2007 XML"
  document.storeToURL(target, filter())
  document.close(True)
End Sub

Sub SettleAll(list As String)
  Dim words, text As String, file As Integer
  file = FreeFile
  Open list For Input As #file
  Do While Not Eof(file)
    Line Input #file, text
    words = Split(text, " ")
    Settle(words(0), words(1), words(2))
  Loop
  Close #file
End Sub
</script:module>
"""
#: A profile's own library of macros, with the module "Settle" in it.
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false"><library:element library:name="Settle"/></library:library>
"""


def run_office(folder: Path, *arguments: str | Path) -> None:
    """Run LibreOffice without a window in ``folder``, which holds its profile too. Where it hangs, it is ended with
    what it has started: ``soffice`` is a script, and what works for it would live on."""
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run_to_end("soffice", profile, "--headless", *map(str, arguments), folder=folder)


def convert(folder: Path, into: str, *documents: Path) -> None:
    """Have LibreOffice write ``documents`` to ``folder`` in another format: ``pdf``, ``odt``, or by a filter's name."""
    run_office(folder, "--convert-to", into, "--outdir", folder, *documents)


class LibreOffice:
    """One profile in ``folder``, in which documents are opened one after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        # The first start puts a standard library of macros into the profile, so ours comes after it.
        self.save(word_file("a"))
        library = folder / "profile/user/basic/Standard"
        (library / "Settle.xba").write_text(_MACRO, encoding="utf-8")
        (library / "script.xlb").write_text(LIBRARY, encoding="utf-8")

    def save(self, content: bytes) -> bytes:
        """The document as LibreOffice saves it."""
        return self.all_saved([content])[0]

    def all_saved(self, contents: Sequence[bytes]) -> list[bytes]:
        """Each document as LibreOffice saves it, in one session."""
        sources = list(map(self._file, contents))
        folder = self._folder / "saved"
        run_office(self._folder, "--convert-to", WORD, "--outdir", folder, *sources)
        return [(folder / source.name).read_bytes() for source in sources]

    def all_printed(self, contents: Sequence[bytes], export: str) -> list[bytes]:
        """Each document as PDF, in one session, as LibreOffice exports it by the filter ``export``."""
        sources = list(map(self._file, contents))
        folder = self._folder / "printed"
        run_office(self._folder, "--convert-to", export, "--outdir", folder, *sources)
        return [(folder / source.name).with_suffix(".pdf").read_bytes() for source in sources]

    def all_settled(self, contents: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
        """Each document with all changes rejected, and with all accepted, in one session."""
        commands = ("RejectAllTrackedChanges", "AcceptAllTrackedChanges")
        files = [(self._file(content), command) for content in contents for command in commands]
        targets = [source.with_suffix(".settled.docx") for source, _ in files]
        lines = [
            f"{source.as_uri()} {command} {target.as_uri()}\n"
            for (source, command), target in zip(files, targets, strict=True)
        ]
        (self._folder / "list").write_text("".join(lines), encoding="utf-8")
        run_office(self._folder, f'macro:///Standard.Settle.SettleAll("{(self._folder / "list").as_uri()}")')
        contents_ = [target.read_bytes() for target in targets]
        return list(zip(contents_[::2], contents_[1::2], strict=True))

    def _file(self, content: bytes) -> Path:
        self._count += 1
        path = self._folder / f"document{self._count}.docx"
        path.write_bytes(content)
        return path
