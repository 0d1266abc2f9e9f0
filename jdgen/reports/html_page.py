"""One HTML page that needs nothing else: no script, no font, no network; and the look that all of jdgen's pages have.

NHS colours, Arial, contrast of at least 4.5 to 1 on screen and on paper; what matters is marked by more than colour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from jdgen.harmless import harmless

# Any text as a page or a workbook can hold it.

_MOVES = re.compile("\r\n?|\t")
# What a relative link may not hold as it is; ``:`` too, or ``data:x`` would be read as a scheme.
_LINK = str.maketrans({char: f"%{ord(char):02X}" for char in "%\"'<>#?[]`^{}\\|: \n"})


def printable(text: str) -> str:
    """``text`` harmless; a line end is always ``\\n`` and a tab is a space."""
    return harmless(_MOVES.sub(lambda match: " " if match[0] == "\t" else "\n", text))


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
:root { color-scheme: light dark; --text: #212b32; --page: #ffffff; --heading: #003087; --link: #005eb8;
  --quiet: #425563; --line: #768692; --head: #005eb8; --head-text: #ffffff; --failed: #fbe3e0; --failed-bar: #b30f0f;
  --kept: #fff3cc; --out: #7c1212; --in: #00471b; --in-page: #dff2e1; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8edee; --page: #16212b; --heading: #a9cdf5; --link: #8cc1f5; --quiet: #b8c6cf; --line: #5f7280;
    --head: #0f4a85; --failed: #4d1c1c; --failed-bar: #ff8a80; --kept: #4a3d0c; --out: #ffb3ad; --in: #a5e6b5;
    --in-page: #123d22; }
}
body { margin: 0; font-family: Arial, sans-serif; font-size: 1rem; line-height: 1.45; }
body { color: var(--text); background: var(--page); }
main { padding: 1rem 1.5rem 3rem; overflow-wrap: break-word; }
h1, h2, h3 { font-family: Arial, sans-serif; color: var(--heading); line-height: 1.2; }
h1 { font-size: 2rem; margin: 0.5rem 0; }
h2 { font-size: 1.5rem; margin: 2rem 0 0.5rem; }
.summary { font-size: 1.25rem; margin: 0.5rem 0; }
a { color: var(--link); }
a:focus-visible, .wide:focus-visible { outline: 3px solid var(--heading); outline-offset: 2px; }
nav ul { padding: 0; list-style: none; }
nav li { display: inline-block; margin-right: 1.5rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: var(--quiet); padding: 0 0 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.6rem; border-bottom: 1px solid var(--line); }
td { min-width: 4em; }
.text { min-width: 12em; }
tbody th { font-weight: normal; min-width: 9em; }
thead th { background: var(--head); color: var(--head-text); }
.number { text-align: right; font-variant-numeric: tabular-nums; min-width: 0; }
tbody .number, tbody .word { white-space: nowrap; min-width: 0; }
.name { overflow-wrap: anywhere; min-width: 7em; }
.failed > :first-child { border-left: 8px solid var(--failed-bar); }
.kept > :first-child { border-left: 8px double var(--quiet); }
.failed > * { background: var(--failed); }
.kept > * { background: var(--kept); }
.failed strong::before { content: "! "; }
td ul { margin: 0; padding-left: 1.1em; }
.lines { white-space: pre-line; }
blockquote { margin: 0.5rem 0 1rem; padding-left: 1rem; border-left: 4px solid var(--line); }
del { background: var(--failed); color: var(--out); }
ins { background: var(--in-page); color: var(--in); }
@media (max-width: 40em) { main { padding: 0.5rem 0.75rem 2rem; } h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; } }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  :root { color-scheme: light; --text: #000000; --page: #ffffff; --heading: #003087; --link: #003087; --quiet: #425563;
    --line: #768692; --head: #005eb8; --failed: #fbe3e0; --failed-bar: #b30f0f; --kept: #fff3cc; --out: #7c1212;
    --in: #00471b; --in-page: #dff2e1; }
  body { font-size: 9pt; line-height: 1.3; }
  th, td { padding: 0.3rem 0.5rem; }
  td, .text, .name { min-width: 0; }
  .wide { overflow: visible; }
  main { padding: 0; }
  nav { display: none; }
  thead { display: table-header-group; }
  thead th, .failed > *, .kept > *, ins, del { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
}
"""
PAGE_END = "</main>\n</body>\n</html>\n"
TABLE_END = "</tbody>\n</table>\n</div>\n"


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


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]], targets: Sequence[str] = ()) -> str:
    """A table of texts, the first of each row its heading; nothing where there are no rows. ``targets`` are the places
    that these headings lead to."""
    body = ""
    for number, (first, *others) in enumerate(rows):
        name = escape(first)
        if number < len(targets) and targets[number]:
            name = f'<a href="{escape(targets[number])}">{name}</a>'
        body += f'<tr><th scope="row">{name}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in others)}</tr>\n'
    return table_start(caption, headings) + body + TABLE_END if body else ""


def table_start(caption: str, headings: Sequence[str], numbers: Iterable[str] = (), texts: Iterable[str] = ()) -> str:
    """What a table begins with, up to its first row; the columns headed as in ``numbers`` hold numbers, and those of
    ``texts`` sentences, which need room.

    A table that is wider than the window moves in a frame of its own, which the keyboard reaches too.
    """
    right, roomy = frozenset(numbers), frozenset(texts)
    cells = "".join(
        f'<th scope="col"{NUMBER if heading in right else _TEXT if heading in roomy else ""}>{escape(heading)}</th>'
        for heading in headings
    )
    caption = escape(caption)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{caption}">\n<table>\n<caption>{caption}</caption>\n'
        f"<thead><tr>{cells}</tr></thead>\n<tbody>\n"
    )


#: The attribute of a cell that holds a number.
NUMBER = ' class="number"'
#: Those of a cell that holds sentences, of one whose words stay on one line, and of one that holds a name, which may be
#: longer than a column is wide.
_TEXT, WORD, NAME = ' class="text"', ' class="word"', ' class="name"'
