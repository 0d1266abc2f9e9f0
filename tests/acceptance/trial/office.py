"""LibreOffice as managers use it: words changed, paragraphs added, moved and taken out, rows, formatting."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from tests.toolbox.libreoffice import LibreOffice, run_office

_BASIC = Path(__file__).with_name("managers.bas")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MODULE = (
    '<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">\n'
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Managers" '
    'script:language="StarBasic">{}</script:module>\n'
)
WORD = "MS Word 2007 XML"
OPEN_DOCUMENT = "writer8"


class Managers(LibreOffice):
    """Opens documents, does what a list of jobs says, and saves them under other names, in one session."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        library = folder / "profile/user/basic/Standard"
        module = _HEAD + _MODULE.format(escape(_BASIC.read_text(encoding="utf-8"), quote=False))
        (library / "Managers.xba").write_text(module, encoding="utf-8")
        index = library / "script.xlb"
        others = index.read_text(encoding="utf-8")
        index.write_text(
            others.replace("</library:library>", '<library:element library:name="Managers"/></library:library>'),
            encoding="utf-8",
        )

    def work(self, jobs: Sequence[str]) -> None:
        """Do the ``jobs``, lines as ``managers.bas`` reads them. Each must find what it is about."""
        job_file, answer_file = self._folder / "jobs.txt", self._folder / "told.txt"
        job_file.write_text("".join(f"{job}\n" for job in jobs), encoding="utf-8")
        run_office(self._folder, f'macro:///Standard.Managers.Manage("{job_file.as_uri()}","{answer_file.as_uri()}")')
        assert answer_file.read_text(encoding="utf-8") == "done"
