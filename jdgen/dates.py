"""Days as people write and read them in Britain: ``28/11/2026``, ``28 November 2026``."""

from __future__ import annotations

import datetime
import re

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_RIGHT = "write it as 28/11/2026 or 28 November 2026"
_DIVIDED = r" ?[-/. ] ?"
_DAY, _YEAR, _NAME = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d+)", r"(?P<name>[a-z]{3,9})\.?"
_NUMBER = r"(?P<month>\d{1,2})"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(_WEEKDAYS)})[a-z]*\.?,? )?"
#: An earlier year has lost a figure, as 0026 has.
_FIRST_YEAR = 1000
#: The ways in which a day is written, with single spaces; nobody writes the month first in figures here. Compiled when
#: a day is read, which few commands do.
_WAYS = (
    rf"(?P<year>\d{{4}}){_DIVIDED}{_NUMBER}{_DIVIDED}(?P<day>\d{{1,2}})",
    rf"{_WEEKDAY}(?P<day>\d{{1,2}}){_DIVIDED}{_NUMBER}{_DIVIDED}{_YEAR}",
    rf"{_WEEKDAY}{_DAY}(?: of |[-/. ]*){_NAME},?[-/. ]*{_YEAR}",
    rf"{_WEEKDAY}{_NAME} ?{_DAY}(?: ?, ?| ){_YEAR}",
)


def printed_day(day: datetime.date) -> str:
    """``day`` as documents have it: ``28 November 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}"


def printed_record_day(text: str) -> str:
    """A day that data has as ``2026-11-28``, as people read it; what is none stays as it is."""
    try:
        return printed_day(datetime.date.fromisoformat(text))
    except ValueError:
        return text


def read_day(text: str) -> datetime.date:
    """The day that ``text`` means: ``28/11/2026`` (the day comes first), ``28 Nov 2026``, ``2026-11-28``.

    Raises ``ValueError`` with a sentence for the user when it means none, or may mean several.
    """
    plain = " ".join(text.casefold().split())
    parts = next((match.groupdict() for way in _WAYS if (match := re.fullmatch(way, plain))), None)
    month = _month(parts) if parts else None
    if parts is None or month is None:
        raise ValueError(f"'{text}' is no date: {_RIGHT}")
    if len(parts["year"]) != 4 or int(parts["year"]) < _FIRST_YEAR:
        raise ValueError(f"'{text}' does not have all four figures of the year: {_RIGHT}")
    try:
        day = datetime.date(int(parts["year"]), month, int(parts["day"]))
    except ValueError as error:
        right = "the day comes first, as in 28/11/2026" if month > len(_MONTHS) else _RIGHT
        raise ValueError(f"'{text}' is no day of the calendar: {right}") from error
    weekday = parts.get("weekday")
    if weekday and _WEEKDAYS.index(weekday) != day.weekday():
        raise ValueError(f"'{text}' names another day of the week than {day:%A}: mend the one that is wrong")
    return day


def _month(parts: dict[str, str]) -> int | None:
    """The number of the month, whatever it is; nothing for a word that is none's."""
    if "month" in parts:
        return int(parts["month"])
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(parts["name"])), None)
