"""Where the lines of a PDF stand on its pages, as poppler reads them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

from lxml import etree

_POPPLER = "{http://www.w3.org/1999/xhtml}"
#: Points from the top of a page at which its text begins, below the header.
TOP = 70.0


class Line(NamedTuple):
    """A line of words, as far as poppler holds them together: how far from the top of its page it is."""

    top: float
    bottom: float
    text: str


class Page(NamedTuple):
    """The lines of a page between its header and its footer, from the top, and where the footer begins."""

    lines: list[Line]
    end: float

    @property
    def rows(self) -> int:
        """How many lines there are one below the other."""
        return len({round(line.top) for line in self.lines})

    @property
    def blank(self) -> float:
        """How much of the page is empty below its last line, from 0 to 1."""
        return (self.end - self.lines[-1].bottom) / (self.end - TOP)

    @property
    def last(self) -> list[str]:
        """What stands on its last line, piece by piece."""
        return [line.text for line in self.lines if line.bottom > self.lines[-1].bottom - 3]


def pages_in(pdf: Path, footer: tuple[str, ...]) -> list[Page]:
    """The pages of ``pdf``, whose footers begin with one of the texts in ``footer``. Empty pages are an error."""
    output = subprocess.run(["pdftotext", "-bbox-layout", pdf, "-"], check=True, capture_output=True).stdout
    root = etree.fromstring(output, etree.XMLParser(recover=True))
    return [_page(each, footer) for each in root.iter(f"{_POPPLER}page")]


def _page(page: etree._Element, footer: tuple[str, ...]) -> Page:
    lines = [
        Line(float(each.get("yMin", "")), float(each.get("yMax", "")), " ".join(word.text or "" for word in each))
        for each in page.iter(f"{_POPPLER}line")
    ]
    foot = min(line.top for line in lines if line.text.startswith(footer))
    body = sorted((line for line in lines if TOP - 10 < line.top < foot - 1), key=lambda line: line.bottom)
    assert body, "a page is empty"
    return Page(body, foot)
