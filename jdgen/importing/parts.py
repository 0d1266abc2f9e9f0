"""Which part of a framework each row of its table is: a responsibility, an entry route, the qualifications."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from jdgen.framework.model import Specialism
from jdgen.importing.table import Row


class Part(StrEnum):
    """A part of a specialism; the values are the keys of a framework file."""

    COMPLEXITY = "complexity"
    COMPLEXITY_NARRATIVE = "complexity_narrative"
    HEADING = "headings"
    ENTRY_ROUTE = "entry_routes"
    QUALIFICATIONS = "qualifications"


#: Parts that a specialism has at most once, and what an import looks for to find each.
SINGLE: Mapping[Part, str] = {
    Part.COMPLEXITY: "'Complexity', or such a title",
    Part.COMPLEXITY_NARRATIVE: "one text that reaches over all bands and the titles of the other rows",
    Part.QUALIFICATIONS: "'Qualifications', or such a title",
}
_NOT = re.compile(r"^non[-\s]+", re.IGNORECASE)


def assign_parts(rows: Sequence[Row], earlier: Specialism | None) -> Iterator[tuple[Part, Row]]:
    """Each row with its part: the one that it had in the earlier version, else the one that it looks like."""
    earlier_parts = _parts_of_earlier(earlier) if earlier else {}
    opposites = {plain(_NOT.sub("", row.title.text)) for row in rows if _NOT.match(row.title.text)}
    taken: set[Part] = set()
    for row in rows:
        part = earlier_parts.get(plain(row.title.text)) or _looks_like(row, opposites)
        if part in taken:
            part = Part.HEADING
        if part in SINGLE:
            taken.add(part)
        yield part, row


def plain(title: str) -> str:
    """A title as it is compared: case and white space make no difference."""
    return " ".join(title.casefold().split())


def _looks_like(row: Row, opposites: set[str]) -> Part:
    title = plain(row.title.text)
    if names_part(title, Part.QUALIFICATIONS):
        return Part.QUALIFICATIONS
    if row.wide and len(row.statements) == 1:
        return Part.COMPLEXITY_NARRATIVE
    if names_part(title, Part.COMPLEXITY):
        return Part.COMPLEXITY
    # An entry route may stand apart from its opposite: 'Project Professional' and 'Non-Project Professional'.
    if "entry route" in title or "entry route" in plain(row.group) or title in opposites:
        return Part.ENTRY_ROUTE
    return Part.HEADING


def names_part(title: str, part: Part) -> bool:
    """Whether a title names a part, and nothing else: "Managing complexity" is the heading of a responsibility."""
    words = re.findall(r"[a-z]+", title.casefold())
    own = [word for word in words if word.startswith(_WORD[part])]
    return bool(own) and all(_BESIDE.fullmatch(word) or word in own for word in words)


def mentions_part(title: str) -> Part | None:
    """The part whose word stands in a title, whatever else does."""
    return next((part for part, word in _WORD.items() if word in title.casefold()), None)


_WORD = {Part.COMPLEXITY: "complexit", Part.QUALIFICATIONS: "qualification"}
#: Words that make no other title of the name of a part.
_BESIDE = re.compile(
    "a|and|at|by|change|desirable|education(?:al)?|entry|essential|experience|expected|for|formal|in|levels?|minimum|of|or"
    "|memberships?|overall|portfolio|professional|programmes?|projects?|rating|registrations?|relevant|required"
    "|requirements?|roles?|the|training|typical|work"
)


def _parts_of_earlier(specialism: Specialism) -> dict[str, Part]:
    parts = {plain(heading.title): Part.HEADING for heading in specialism.headings}
    parts |= {plain(route.title): Part.ENTRY_ROUTE for route in specialism.entry_routes}
    single = {
        Part.COMPLEXITY: specialism.complexity,
        Part.COMPLEXITY_NARRATIVE: specialism.complexity_narrative,
        Part.QUALIFICATIONS: specialism.qualifications,
    }
    return parts | {plain(heading.title): part for part, heading in single.items() if heading}
