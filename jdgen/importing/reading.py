"""Reading a published framework by the kind of its file."""

from __future__ import annotations

from pathlib import PurePath

from jdgen.errors import JdgenError, Problem
from jdgen.importing.grid import Publication
from jdgen.importing.office import read_word, read_workbook
from jdgen.importing.pdf import read_pdf
from jdgen.importing.text import read_csv, read_tabs
from jdgen.levels import Scale
from jdgen.words import forbidden

_TABBED = (".txt", ".tsv", ".tab")
MAX_FILE = 20 * 2**20


def publication(content: bytes, name: str, scale: Scale) -> Publication:
    """The publication in the file called ``name``; the end of the name tells its kind. Its tables are known by a row of
    levels of ``scale``.

    Raises :class:`JdgenError` for a kind that is not read, for content that is not of its kind, and for all characters
    that no document can hold.
    """
    read = _choose_reader(content, name, scale)
    texts = [(one.place, one.text) for one in read.prose]
    texts += [(cell.place, cell.text) for grid in read.grids for cell in grid.cells]
    problems = [
        Problem(f"{name}, {place}", f"control character {code}", "delete it")
        for place, text in texts
        for code in dict.fromkeys(code for _, code in forbidden(text))
    ]
    if problems:
        raise JdgenError(problems)
    return read


def _choose_reader(content: bytes, name: str, scale: Scale) -> Publication:
    suffix = PurePath(name).suffix.lower()
    if len(content) > MAX_FILE:
        raise JdgenError(Problem(name, "is too large for a framework", f"at most {MAX_FILE // 2**20} MB"))
    if suffix in _TABBED:
        return read_tabs(content, name, scale)
    if suffix == ".csv":
        return read_csv(content, name, scale)
    if suffix == ".docx":
        return read_word(content, name, scale)
    if suffix == ".xlsx":
        return read_workbook(content, name, scale)
    if suffix == ".pdf":
        return read_pdf(content, name, scale)
    what = f"'{suffix}' is no kind of file that frameworks are read from"
    raise JdgenError(Problem(name, what, "use .docx, .xlsx, .csv, .pdf, or .txt with tabs"))
