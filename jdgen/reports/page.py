"""One HTML page that needs nothing else: no script, no font, no network; and the look that all of jdgen's pages have.

NHS colours, Arial, contrast of at least 4.5 to 1 on screen and on paper; what matters is marked by more than colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from jdgen.words import harmless

# Any text as a page or a workbook can hold it.

_MOVES = re.compile("\r\n?|\t")
# What a relative link may not hold as it is; ``:`` too, or ``data:x`` would be read as a scheme.
_LINK = str.maketrans({char: f"%{ord(char):02X}" for char in "%\"'<>#?[]`^{}\\|: \n"})


def printable(text: str) -> str:
    """``text`` harmless; a line end is always ``\\n`` and a tab is a space."""
    return harmless(_MOVES.sub(lambda found: " " if found[0] == "\t" else "\n", text))


def escape(text: str) -> str:
    """:func:`printable` text as it stands in HTML or XML, in an attribute too."""
    text = printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#39;")


def link(path: str) -> str:
    """A path relative to the report as a link, not yet escaped; ``""`` for a path that is not relative."""
    if path.startswith("/"):
        return ""
    return path.translate(_LINK) if harmless(path) == path else "".join(map(_bytes_of, path))


def _bytes_of(char: str) -> str:
    """A character of a path as a link has it; one that may not be shown, and a byte that is no UTF-8, in its bytes."""
    if harmless(char) == char:
        return char.translate(_LINK)
    is_byte = "\udc80" <= char <= "\udcff"  # as Python holds a byte of a name that is no UTF-8
    return quote(char.encode("utf-8", "surrogateescape" if is_byte else "surrogatepass"))


STYLE = """
body { margin: 0; font-family: Arial, sans-serif; font-size: 1rem; line-height: 1.45; }
body { color: #212b32; background: #ffffff; }
main { padding: 1rem 1.5rem 3rem; }
h1, h2, h3 { font-family: Arial, sans-serif; color: #003087; line-height: 1.2; }
h1 { font-size: 2rem; margin: 0.5rem 0; }
h2 { font-size: 1.5rem; margin: 2rem 0 0.5rem; }
.summary { font-size: 1.25rem; margin: 0.5rem 0; }
a { color: #005eb8; }
a:focus-visible { outline: 3px solid #003087; outline-offset: 2px; }
nav ul { padding: 0; list-style: none; }
nav li { display: inline-block; margin-right: 1.5rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: #425563; padding: 0 0 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.6rem; border-bottom: 1px solid #768692; }
td, tbody th { overflow-wrap: anywhere; min-width: 4em; }
tbody th { font-weight: normal; }
thead th { background: #005eb8; color: #ffffff; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.failed > :first-child { border-left: 8px solid #b30f0f; }
.kept > :first-child { border-left: 8px double #425563; }
.failed > * { background: #fbe3e0; }
.kept > * { background: #fff3cc; }
.failed strong::before { content: "! "; }
td ul { margin: 0; padding-left: 1.1em; }
.lines { white-space: pre-line; }
del { background: #fbe3e0; color: #7c1212; }
ins { background: #dff2e1; color: #00471b; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body { font-size: 9pt; line-height: 1.3; }
  th, td { padding: 0.3rem 0.5rem; }
  main { padding: 0; }
  nav { display: none; }
  thead { display: table-header-group; }
  thead th, .failed > *, .kept > *, ins, del { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr { break-inside: avoid; }
  h2 { break-after: avoid; }
}
"""
PAGE_END = "</main>\n</body>\n</html>\n"
TABLE_END = "</tbody>\n</table>\n"


def html_page(title: str, body: str) -> str:
    """The whole page called ``title``; ``body`` is HTML."""
    return page_start(title) + body + PAGE_END


def page_start(title: str) -> str:
    """What the page called ``title`` begins with, its heading included; :data:`PAGE_END` ends it."""
    title = escape(title)
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    )


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts, the first of each row its heading; nothing where there are no rows."""
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in others)}</tr>\n'
        for first, *others in rows
    )
    return table_start(caption, headings) + body + TABLE_END if body else ""


def table_start(caption: str, headings: Sequence[str], numbers: Iterable[str] = ()) -> str:
    """What a table begins with, up to its first row; the columns headed as in ``numbers`` hold numbers."""
    right = frozenset(numbers)
    cells = "".join(
        f'<th scope="col"{NUMBER if heading in right else ""}>{escape(heading)}</th>' for heading in headings
    )
    return f"<table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{cells}</tr></thead>\n<tbody>\n"


#: The attribute of a cell that holds a number.
NUMBER = ' class="number"'
