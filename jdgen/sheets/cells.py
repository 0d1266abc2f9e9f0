"""The forms that a cell's text may have: one line, prose, a list, and lines with parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from jdgen.levels import Band
from jdgen.sheets.sheet import CellError
from jdgen.words import slug

#: From the text of a cell to the value of a field; raises :class:`CellError` for text that does not fit.
Form = Callable[[str], Any]
#: Whether a line of a list is passed over.
Skipped = Callable[[str], bool]

# Marks that lists are pasted with. A hyphen, dash or asterisk is one only before a space.
_BULLET = re.compile(r"\s*(?:[•●▪■◦○‣·∙\uf0b7]\s*|[-*–—](?:\s+|$))")
_INVISIBLE = str.maketrans("", "", "\u200b\u2060\ufeff\u00ad")
_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
_NUMBER_OF_BAND = re.compile(r"\A0*(\d)(?:\.0+)?\Z")
_CODE = re.compile(r"[A-Z]{1,2}")
_SHOWN = 40


def one_line(text: str) -> str:
    """Text on one line: line breaks, non-breaking and repeated spaces become one space."""
    if not text.isascii():
        text = text.translate(_INVISIBLE)
    return " ".join(text.split())


def prose(text: str) -> str:
    """Paragraphs; a blank line divides them."""
    return text.strip()


def identifier(text: str) -> str:
    """An id, or the plain words for it: ``PMO Specialist`` becomes ``pmo-specialist``."""
    if written := slug(one_line(text)):
        return written
    raise CellError((f"'{_short(text)}' is no name", "write a name in letters"))


def band(text: str) -> str:
    """A band in its printed form; ``6.0`` and ``06`` are what programs make of 6."""
    written = _NUMBER_OF_BAND.sub(r"\1", one_line(text).lstrip("'"))
    try:
        return Band.parse(written).printed
    except ValueError as error:
        raise CellError((str(error), "write it as 7 or 8a")) from error


def listing(text: str) -> list[str]:
    """One entry each line; bullets that were pasted along are dropped."""
    return [entry for line in text.split("\n") if (entry := one_line(_BULLET.sub("", line, count=1)))]


def _none(_: str) -> bool:
    return False


def identifiers(text: str, skipped: Skipped = _none) -> list[str]:
    """Ids or plain words, one each line, or divided by semicolons."""
    return [identifier(entry) for entry in listing(text.replace(";", "\n")) if not skipped(entry)]


def _each(text: str, right: str, read: Callable[[str], Any], skipped: Skipped) -> list[Any]:
    """``read`` of each line. Raises one :class:`CellError` with every line for which it gives nothing."""
    found = [(number, entry, read(entry)) for number, entry in enumerate(listing(text), 1) if not skipped(entry)]
    if unfit := [(number, entry) for number, entry, value in found if value is None]:
        raise CellError(*((f"line {number}, '{_short(entry)}', does not fit", right) for number, entry in unfit))
    return [value for _, _, value in found]


def dimensions(text: str, skipped: Skipped = _none) -> list[dict[str, str]]:
    """Lines such as ``Staff: 3 whole-time equivalent``."""
    right = "write it as 'Staff: 3 whole-time equivalent'"
    return _each(text, right, lambda line: _keyed(line, "measure", "text"), skipped)


def relationships(text: str, skipped: Skipped = _none) -> list[dict[str, str]]:
    """Lines such as ``Internal | Finance partners | agree figures``."""

    def read(line: str) -> dict[str, str] | None:
        parts = _parts(line, 3)
        if parts is None or parts[0].casefold() not in ("internal", "external"):
            return None
        return {"setting": parts[0].casefold(), "who": parts[1], "purpose": parts[2]}

    return _each(text, "write it as 'Internal | Finance partners | agree figures', or External", read, skipped)


def added_duties(text: str, skipped: Skipped = _none) -> list[dict[str, str]]:
    """Lines such as ``Leadership: Chair the users' forum.``"""
    return _each(
        text, "write it as 'Leadership: Chair the forum.'", lambda line: _keyed(line, "heading", "text"), skipped
    )


def omitted_duties(text: str, skipped: Skipped = _none) -> list[dict[str, str]]:
    """Lines such as ``pmo.budget.6: finance partners do this``."""
    right = "write it as 'pmo.budget.6: finance partners do this', the duty's id first"
    return _each(text, right, lambda line: _keyed(line, "duty", "reason", identified=True), skipped)


def omitted_criteria(text: str, skipped: Skipped = _none) -> list[dict[str, str]]:
    """Lines such as ``resource-7: asked for already``."""
    right = "write it as 'resource-7: asked for already', the criterion's id first"
    return _each(text, right, lambda line: _keyed(line, "criterion", "reason", identified=True), skipped)


def reworded_duties(text: str, skipped: Skipped = _none) -> list[dict[str, str]]:
    """Lines such as ``pmo.leadership.7.1 | Lead the risk work. | others lead the rest``."""

    def read(line: str) -> dict[str, str] | None:
        parts = _parts(line, 3)
        if parts is None or not _ID.fullmatch(parts[0].casefold()):
            return None
        return {"duty": parts[0].casefold(), "text": parts[1], "reason": parts[2]}

    return _each(text, "write it as 'pmo.leadership.7.1 | the new text | the reason'", read, skipped)


def added_criteria(text: str, skipped: Skipped = _none) -> list[dict[str, Any]]:
    """Lines such as ``essential | experience | A, I | the criterion``, and after it the ids of duties it serves."""

    def read(line: str) -> dict[str, Any] | None:
        parts = _parts(line, 4) or _parts(line, 5)
        if parts is None or parts[0].casefold() not in ("essential", "desirable"):
            return None
        codes = re.split(r"[\s,;/]+", parts[2].upper())
        group, serves = slug(parts[1]), [slug(name) for name in parts[4].split(",")] if parts[4:] else []
        if not group or not all(serves) or not all(_CODE.fullmatch(code) for code in codes):
            return None
        given = {"importance": parts[0].casefold(), "group": group, "assessed_by": codes, "text": parts[3]}
        return given | {"serves": serves} if serves else given

    return _each(text, "write it as 'essential | experience | A, I | the criterion'", read, skipped)


def readings(text: str, skipped: Skipped = _none) -> dict[str, str]:
    """Lines such as ``business-case: boundary-8b-8c``, each heading once."""

    def read(line: str) -> tuple[str, str] | None:
        heading, _, reading = line.partition(":")
        return (slug(heading), slug(reading)) if slug(heading) and slug(reading) else None

    found = _each(text, "write it as 'business-case: boundary-8b-8c'", read, skipped)
    if len(dict(found)) < len(found):
        raise CellError(("a heading is read in two ways", "keep one line for each heading"))
    return dict(found)


#: Forms of lists whose lines have a form of their own, so that a line which has none may have to be passed over.
LISTS: frozenset[Form] = frozenset(
    {
        *(identifiers, dimensions, relationships, readings, added_duties, omitted_duties, reworded_duties),
        *(added_criteria, omitted_criteria),
    }
)


def _keyed(line: str, key: str, text: str, identified: bool = False) -> dict[str, str] | None:
    """The parts before and after the first colon, under these names."""
    before, _, after = (part.strip() for part in line.partition(":"))
    if identified:
        before = before.casefold()
    if not before or not after or (identified and not _ID.fullmatch(before)):
        return None
    return {key: before, text: after}


def _parts(line: str, count: int) -> list[str] | None:
    """Exactly ``count`` parts divided by upright bars, none of them empty."""
    parts = [part.strip() for part in line.split("|")]
    return parts if len(parts) == count and all(parts) else None


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
