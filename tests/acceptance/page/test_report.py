"""The report of a batch as it is read, in Chromium."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.acceptance.page.conftest import in_front_of
from tests.toolbox.commands import Run

HEADINGS = "title,specialism,band\n"
SOUND, UNSOUND = "Portfolio office manager {},pmo,7\n", "Portfolio office manager {},pmo,17\n"


def test_names_that_are_longer_than_their_columns_make_no_table_wider(run: Run, folder: Path, browser: Browser) -> None:
    name = "all_vacancies_of_the_autumn_as_they_were_sent_to_us_final_version_3.csv"
    long, words = "Extraordinarily" * 9, "Head of the office of everything that the trust does in this field of work"
    rows = "".join(f"{title},pmo,{band}\n" for title, band in ((long, 7), (words, "8a"), (long, 17), ("Short", 6)))
    (folder / name).write_text(HEADINGS + rows, encoding="utf-8")
    assert run("batch", name, "--keep-going").exit_code == 1
    with in_front_of(browser, folder / "output" / "report.html") as somebody:
        somebody.page.set_viewport_size({"width": 1280, "height": 900})
        tables = somebody.page.locator(".wide")
        assert tables.evaluate_all("frames => frames.map(one => one.scrollWidth - one.clientWidth)") == [0, 0, 0]


def test_what_is_wrong_with_a_row_is_read_without_moving_the_table(run: Run, folder: Path, browser: Browser) -> None:
    rows = "".join((SOUND, UNSOUND)[number % 2].format(number) for number in range(8))
    (folder / "vacancies of autumn.csv").write_text(HEADINGS + rows, encoding="utf-8")
    assert run("batch", "vacancies of autumn.csv", "--keep-going").exit_code == 1
    with in_front_of(browser, folder / "output" / "report.html") as somebody:
        somebody.page.set_viewport_size({"width": 1200, "height": 900})
        tables = somebody.page.locator(".wide")
        assert tables.evaluate_all("frames => frames.map(one => one.scrollWidth - one.clientWidth)") == [0, 0, 0]
        # On a telephone the table moves in its frame, and the page stays.
        somebody.page.set_viewport_size({"width": 400, "height": 900})
        assert somebody.page.evaluate("document.documentElement.scrollWidth") == 400
