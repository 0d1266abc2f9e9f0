"""What a check finds: how bad it is, where it is, what is wrong and what would be right."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import StrEnum

from jdgen.errors import Problem

_PARTS = {
    "word/document": "",
    **{f"word/{name}": name for name in ("header", "footer")},
    **{f"word/{name}s": f"{name}s" for name in ("footnote", "endnote", "comment")},
}
_QUOTED = 60


class Severity(StrEnum):
    """How bad a finding is.

    Error: documents made with the template would be wrong or damaged, so none are made. Warning: they would hold
    what nobody wants in them. Advice: some people could not read them well.
    """

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True)
class FindingPlace:
    """A place in a template, told as people find it in Word: the header or footer, the heading above, the words.

    ``part`` is the name of the part in the file, '' for the whole file; ``page_part`` is what Word calls it, such as
    ``header of the first page``. ``paragraph`` is counted from 1 through the part, paragraphs in tables and text boxes
    too; 0 means the whole part. ``heading`` is the heading above and ``cell`` the table cell, such as ``table 2, row 3,
    column 1``, where there are any; ``quoted`` is the paragraph's text, and ``words`` those of it that are meant.
    """

    part: str = ""
    paragraph: int = 0
    heading: str = ""
    cell: str = ""
    quoted: str = ""
    words: str = ""
    page_part: str = ""

    def __str__(self) -> str:
        page_part = self.page_part or _part(self.part)
        if not self.paragraph:
            return page_part
        under = f"under '{shorten_quote(self.heading)}'" if self.heading else ""
        words = f"'{self.words or shorten_quote(self.quoted)}'" if self.quoted.strip() else "a line without words"
        position = ", ".join(filter(None, (self.cell, f"paragraph {self.paragraph}")))
        return ", ".join(filter(None, (page_part, under, f"{words} ({position})")))


#: The template as a whole.
WHOLE_FILE = FindingPlace()


@dataclass(frozen=True)
class Finding:
    """One fault. ``code`` is a fixed word for its kind, such as ``unknown-field``."""

    code: str
    severity: Severity
    place: FindingPlace
    what: str
    right: str

    def problem(self, name: str) -> Problem:
        """The finding as an error message about the template called ``name``."""
        place = str(self.place)
        return Problem(f"{name}, {place}" if place else name, self.what, self.right)

    def as_plain_values(self) -> dict[str, str | int]:
        """The finding as plain values, for JSON."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            **dataclasses.asdict(self.place),
            "what": self.what,
            "right": self.right,
        }


def shorten_quote(text: str) -> str:
    """``text`` as messages quote it."""
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 3]}..."


def excerpt(text: str, start: int, end: int) -> str:
    """``text`` as messages quote it where they mean the words from ``start`` to ``end``."""
    if len(text) <= _QUOTED:
        return text
    beside = max(0, (_QUOTED - (end - start)) // 2)
    first, last = max(0, start - beside), min(len(text), max(end + beside, _QUOTED - beside))
    before, after = "… " if first else "", " …" if last < len(text) else ""
    return f"{before}{shorten_quote(text[first:last].strip())}{after}"


def _part(part: str) -> str:
    """How messages call a part: nothing for the text itself."""
    return next((label for stem, label in _PARTS.items() if part.startswith(stem)), part)
