"""What each row of a framework's tables is: a responsibility, an entry route, the qualifications."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from jdgen.framework.model import RowKind, Specialism
from jdgen.importing.columns import plain
from jdgen.importing.rows import Row

#: Kinds of which a table has one row at most, and what an import looks for to find each.
SINGLE: Mapping[RowKind, str] = {
    RowKind.COMPLEXITY: "'Complexity', or such a title",
    RowKind.COMPLEXITY_NARRATIVE: "one text that reaches over all bands and the titles of the other rows",
    RowKind.QUALIFICATION: "'Qualifications', or such a title",
}
_NOT = re.compile(r"^non[-\s]+", re.IGNORECASE)


def name_of(kind: RowKind) -> str:
    """What people call a kind of row."""
    return "qualifications" if kind is RowKind.QUALIFICATION else kind.replace("-", " ")


def kinds_of(
    rows: Sequence[Row], earlier: Specialism | None, given: Mapping[str, RowKind]
) -> Iterator[tuple[RowKind, Row]]:
    """Each row with its kind: the one that its file says, or ``given`` for its title or group; else the one that it had
    in the earlier version, else the one that it looks like."""
    by_title = {plain(title): kind for title, kind in given.items()}
    earlier_kinds = {plain(row.title): kind for kind, row in earlier.kinds} if earlier else {}
    titles = {plain(row.title.text) for row in rows}
    opposites = {plain(_NOT.sub("", row.title.text)) for row in rows if _NOT.match(row.title.text)}
    taken: set[RowKind] = set()
    for row in rows:
        title = plain(row.title.text)
        group = plain(row.group)
        # What is the title of a row is said of that row, and not of those that stand in a group of its name.
        stated = row.kind or by_title.get(title) or (None if group in titles else by_title.get(group))
        kind = stated or earlier_kinds.get(title) or _looks_like(row, opposites)
        if kind in taken and not stated:
            kind = RowKind.DUTY
        if kind in SINGLE:
            taken.add(kind)
        yield kind, row


def _looks_like(row: Row, opposites: set[str]) -> RowKind:
    title = plain(row.title.text)
    if names_kind(title, RowKind.QUALIFICATION):
        return RowKind.QUALIFICATION
    if row.wide and len(row.statements) == 1:
        return RowKind.COMPLEXITY_NARRATIVE
    if names_kind(title, RowKind.COMPLEXITY):
        return RowKind.COMPLEXITY
    # An entry route may stand apart from its opposite: 'Project Professional' and 'Non-Project Professional'.
    if "entry route" in title or "entry route" in plain(row.group) or title in opposites:
        return RowKind.ENTRY_ROUTE
    return RowKind.DUTY


def names_kind(title: str, kind: RowKind) -> bool:
    """Whether a title names a kind, and nothing else: "Managing complexity" is the heading of a responsibility."""
    words = re.findall(r"[a-z]+", title.casefold())
    own = [word for word in words if word.startswith(_WORD[kind])]
    return bool(own) and all(_BESIDE.fullmatch(word) or word in own for word in words)


def mentioned_kind(title: str) -> RowKind | None:
    """The kind whose word stands in a title, whatever else does."""
    return next((kind for kind, word in _WORD.items() if word in title.casefold()), None)


_WORD = {RowKind.COMPLEXITY: "complexit", RowKind.QUALIFICATION: "qualification"}
#: Words that make no other title of the name of a kind.
_BESIDE = re.compile(
    "a|and|at|by|change|desirable|education(?:al)?|entry|essential|experience|expected|for|formal|in|levels?|minimum|of|or"
    "|memberships?|overall|portfolio|professional|programmes?|projects?|rating|registrations?|relevant|required"
    "|requirements?|roles?|the|training|typical|work"
)
