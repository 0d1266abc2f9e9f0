from __future__ import annotations

import datetime
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.dates import printed_day, read_day

DAY = datetime.date(2026, 11, 28)


@pytest.mark.parametrize(
    "text",
    [
        *("28/11/2026", "28-11-2026", "28.11.2026", "28 11 2026", " 28 / 11 / 2026 "),
        *("2026-11-28", "2026/11/28", "2026.11.28"),
        *(
            "28 November 2026",
            "28 nov 2026",
            "28-Nov-2026",
            "28th November, 2026",
            "28th of November 2026",
            "28NOV2026",
        ),
        *("November 28, 2026", "Nov. 28th 2026", "Saturday 28 November 2026", "Sat, 28 Nov 2026", "Sat 28/11/2026"),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text) == DAY


def test_the_day_comes_first() -> None:
    assert read_day("3/4/2026") == read_day("03.04.2026") == datetime.date(2026, 4, 3)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("soon", "'soon' is no date: write it as 28/11/2026 or 28 November 2026"),
        ("", "'' is no date: write it as 28/11/2026 or 28 November 2026"),
        ("28 Brumaire 2026", "'28 Brumaire 2026' is no date: write it as 28/11/2026 or 28 November 2026"),
        ("11/2026", "'11/2026' is no date: write it as 28/11/2026 or 28 November 2026"),
        (
            "28/11/26",
            "'28/11/26' does not have all four figures of the year: write it as 28/11/2026 or 28 November 2026",
        ),
        (
            "28 Nov 226",
            "'28 Nov 226' does not have all four figures of the year: write it as 28/11/2026 or 28 November 2026",
        ),
        ("11/28/2026", "'11/28/2026' is no day of the calendar: the day comes first, as in 28/11/2026"),
        ("30/2/2026", "'30/2/2026' is no day of the calendar: write it as 28/11/2026 or 28 November 2026"),
        (
            "29 February 2026",
            "'29 February 2026' is no day of the calendar: write it as 28/11/2026 or 28 November 2026",
        ),
        (
            "1/1/0000",
            "'1/1/0000' does not have all four figures of the year: write it as 28/11/2026 or 28 November 2026",
        ),
        (
            "28/11/0026",
            "'28/11/0026' does not have all four figures of the year: write it as 28/11/2026 or 28 November 2026",
        ),
        (
            "Mon 28/11/2026",
            "'Mon 28/11/2026' names another day of the week than Saturday: mend the one that is wrong",
        ),
    ],
)
def test_what_means_no_day_or_may_mean_several_is_told(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(problem)}$"):
        read_day(text)


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_day_is_read_as_it_is_printed(day: datetime.date) -> None:
    assert read_day(printed_day(day)) == read_day(day.isoformat()) == read_day(f"{day:%d/%m/%Y}") == day


@given(st.text(alphabet="0123456789/-. abcdefmnorst,²٣", max_size=14))
def test_whatever_is_written_is_a_day_or_is_told(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(read_day(text), datetime.date)
