"""LibreOffice, which prints Word files as PDF: one process for many, apart from everything else that it does on a
machine, and stopped where it does not come to an end.

A file from somebody else may name pictures and texts elsewhere. Here LibreOffice fetches nothing, and runs no macros.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from pathlib import Path

from jdgen.errors import JdgenError, Problem
from jdgen.system.apart import Stopped, run_program
from jdgen.system.extras import PDF

#: Documents that one process prints; a longer list is shared out, so that what is printed is not all held at once.
AT_ONCE = 50
#: Seconds for which it may say nothing. It says what it begins with; a document of forty pages takes five.
_SILENCE = 120.0
_NAMES = ("soffice", "libreoffice")
_USUAL_PLACES = {
    "win32": (
        r"C:\Program Files\LibreOffice\program\soffice.com",
        r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    ),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
}
_HOW_TO_INSTALL = {
    "win32": "winget install TheDocumentFoundation.LibreOffice",
    "darwin": "brew install --cask libreoffice",
}
_ON_LINUX = "sudo apt install libreoffice-writer-nogui"
#: Tagged PDF that says it is PDF/UA (ISO 14289-1), with its headings as bookmarks to go by.
EXPORT = (
    "pdf:writer_pdf_Export:"
    '{"PDFUACompliance":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
#: What LibreOffice is told for good in a folder of settings: which group of them, which of it, and its value.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),  # never
)
_SETTINGS_FOLDER = "settings"
# How it says what it begins with, among other words.
_BEGUN = re.compile(r"\b(\d{6})\.docx\b")


class Failure(StrEnum):
    """Why a document was not printed."""

    SILENT = f"LibreOffice was still busy with it after {_SILENCE:.0f} seconds"
    DIED = "LibreOffice came to a sudden end over it"
    REFUSED = "LibreOffice cannot print it"


def find_office(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str:
    """LibreOffice's program. Raises :class:`JdgenError` where there is none, or where the extra ``jdgen[pdf]`` is not
    installed."""
    if not PDF.is_here:
        right = f"install it with: {PDF.how_to_install}"
        raise JdgenError(Problem("PDF", "it is made accessible by the extra jdgen[pdf], which is not here", right))
    program, install = office_program(environment, platform)
    if not program:
        right = f"install it: {install}; or save the document as PDF in Word"
        raise JdgenError(Problem("PDF", "LibreOffice, which makes it, is not here", right))
    return program


def office_program(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> tuple[str, str]:
    """LibreOffice's program, '' where there is none; and the command that installs it."""
    programs = (shutil.which(name, path=environment.get("PATH")) for name in _NAMES)
    usual_places = (place for place in _USUAL_PLACES.get(platform, ()) if Path(place).is_file())
    return next(filter(None, (*programs, *usual_places)), ""), _HOW_TO_INSTALL.get(platform, _ON_LINUX)


def print_each(
    documents: Iterable[tuple[Path, bytes]], office: str, silence: float = _SILENCE
) -> Iterator[tuple[Path, bytes | Failure]]:
    """Each Word file of ``documents``, by its path, as an accessible PDF (PDF/UA), in order as they are done; or why
    there is none. ``office`` is what :func:`find_office` gives.

    Raises :class:`JdgenError` where LibreOffice cannot be started.
    """
    with tempfile.TemporaryDirectory(prefix="jdgen-", ignore_cleanup_errors=True) as folder:
        desk = _Desk(Path(folder), office, silence)
        waiting = iter(documents)
        while batch := list(islice(waiting, AT_ONCE)):
            yield from zip((path for path, _ in batch), desk.print_all([content for _, content in batch]), strict=True)


@dataclass(frozen=True)
class _Desk:
    """A folder in which LibreOffice works, with settings that no other one has."""

    folder: Path
    office: str
    silence: float

    def __post_init__(self) -> None:
        settings = self.folder / _SETTINGS_FOLDER / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(_settings_file(), encoding="utf-8")

    def print_all(self, contents: Sequence[bytes]) -> Iterator[bytes | Failure]:
        """Each of ``contents`` as PDF. Where one ends the program, another goes on with those after it."""
        names = [f"{number:06}" for number in range(len(contents))]
        for name, content in zip(names, contents, strict=True):
            (self.folder / f"{name}.docx").write_bytes(content)
        while names:
            names_begun, why = self._run(names)
            count = names.index(names_begun[-1]) + 1 if why and names_begun else 0 if why else len(names)
            if not count:
                raise JdgenError(Problem("PDF", "LibreOffice does not start", f"see what {self.office} says by itself"))
            for name in names[:count]:
                is_culprit = why and name == names_begun[-1]
                yield self._take(name, _WHY[why] if why and is_culprit else Failure.REFUSED)
            names = names[count:]

    def _run(self, names: Sequence[str]) -> tuple[list[str], Stopped | None]:
        """Print the files with these ``names``: those that were begun with, and why the program did not come to its
        end, if so."""
        names_begun: list[str] = []

        def hear(line: str) -> None:
            if match := _BEGUN.search(line):
                names_begun.append(match[1])

        command = [
            self.office,
            f"-env:UserInstallation={(self.folder / _SETTINGS_FOLDER).as_uri()}",
            *("--headless", "--norestore", "--convert-to", EXPORT, "--outdir", str(self.folder)),
            *(str(self.folder / f"{name}.docx") for name in names),
        ]
        try:
            return names_begun, run_program(command, hear, self.silence)
        except OSError as error:
            raise JdgenError(
                Problem(self.office, f"cannot be started ({error.strerror})", "see that you may run it")
            ) from error

    def _take(self, name: str, otherwise: Failure) -> bytes | Failure:
        """What was printed of the file called ``name``, whole and with its tags; ``otherwise`` where nothing was. Both
        files are gone then."""
        from jdgen.publishing.tagged_pdf import complete_tags  # noqa: PLC0415  # it needs an extra

        (self.folder / f"{name}.docx").unlink(missing_ok=True)
        pdf = self.folder / f"{name}.pdf"
        try:
            return complete_tags(pdf)
        except (FileNotFoundError, ValueError):
            return otherwise
        finally:
            pdf.unlink(missing_ok=True)


_WHY = {Stopped.TIME: Failure.SILENT, Stopped.DIED: Failure.DIED, Stopped.MEMORY: Failure.DIED}


def _settings_file() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{group}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop>'
        "</item>"
        for group, name, value in _SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )
