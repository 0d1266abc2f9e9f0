"""The reading room of a release with hundreds of changes, and files of thousands of decisions: nobody waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

from jdgen.page.reading_room import Review, reading_room
from jdgen.revision.rulings import ReleaseChange, ReleaseRulings, Versions
from tests.acceptance.page.conftest import Manager, in_front_of

COUNT = 400
CARDS = "document.querySelectorAll('section.entry').length"
TOP = "document.activeElement.getBoundingClientRect().top"
CHOOSE = "shown => { const place = document.getElementById('shown'); place.value = shown; %s; return %s; }"
CHANGE_EVENT = "place.dispatchEvent(new Event('change'))"
HEAD = {"framework": "made-up", "versions": [{"specialism": "pmo", "old": "1", "new": "2"}]}


@pytest.fixture(scope="module")
def room_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    changes = tuple(
        ReleaseChange(f"pmo.row-{number}", "Leadership", f"statement {number} reworded", "Lead it.", "Lead it well.")
        for number in range(COUNT)
    )
    entries = [{"id": change.id, "decision": "ask", "was": change.was, "is": change.now} for change in changes]
    text = yaml.safe_dump({**HEAD, "changes": entries}, sort_keys=False)
    release = ReleaseRulings("made-up", {"pmo": Versions("1", "2")}, changes, {})
    path = tmp_path_factory.mktemp("large") / "room.html"
    path.write_text(reading_room(Review("Made up", release, {}, {}, (), text, "mine.yaml")), encoding="utf-8")
    return path


@pytest.fixture
def room(browser: Browser, room_file: Path) -> Iterator[Manager]:
    with in_front_of(browser, room_file) as somebody:
        all_drawn(somebody)
        yield somebody


def all_drawn(room: Manager, count: int = COUNT) -> None:
    room.page.locator("section.entry").nth(count - 1).wait_for(state="attached")


def open_file(room: Manager, changes: list[dict[str, str]]) -> None:
    content = yaml.safe_dump({**HEAD, "changes": changes}, sort_keys=False)
    room.go("file")
    file: Any = {"name": "mine.yaml", "mimeType": "application/yaml", "buffer": content.encode()}
    room.page.set_input_files("#open", file)


def test_changes_are_drawn_piece_by_piece_until_all_are_there(room: Manager) -> None:
    page = room.page
    assert page.evaluate(CHOOSE % (CHANGE_EVENT, CARDS), "all") < COUNT / 2
    all_drawn(room)
    page.locator(f"#decision-{COUNT - 1}-take").check()
    assert page.locator(".decided").inner_text() == f"1 of {COUNT} decided"
    # What is chosen while the rest is still to be drawn is all that is shown.
    page.evaluate(CHOOSE % (f"{CHANGE_EVENT}; place.value = 'take'; {CHANGE_EVENT}", CARDS), "all")
    page.wait_for_timeout(300)
    assert page.evaluate(CARDS) == 1


def test_a_view_that_is_left_is_not_drawn_on(room: Manager) -> None:
    page = room.page
    leave = "window.drawn = document.querySelector('section.entry').parentElement; window.drawn.remove()"
    page.evaluate(CHOOSE % (f"{CHANGE_EVENT}; {leave}", CARDS), "all")
    page.wait_for_timeout(300)
    assert page.evaluate("window.drawn.childElementCount") < COUNT / 2


def test_a_link_to_a_change_far_down_leads_there(room: Manager) -> None:
    page = room.page
    room.go("file")
    page.locator("summary", has_text=f"Not decided yet ({COUNT})").click()
    page.get_by_role("link", name=f"Leadership: statement {COUNT - 10} reworded").click()
    page.locator(f"#change-{COUNT - 10}:focus").wait_for()
    top = page.evaluate(TOP)
    assert 0 <= top + 1 < page.evaluate("window.innerHeight")
    all_drawn(room)
    page.wait_for_timeout(300)
    assert abs(page.evaluate(TOP) - top) < 3, "what is drawn above it afterwards moves nothing"
    ids = page.evaluate("[...document.querySelectorAll('section.entry > h2')].map(each => each.id)")
    assert ids == [f"change-{number}" for number in range(COUNT)]


def test_a_link_to_a_change_far_down_waits_for_none_of_those_above(room: Manager) -> None:
    page = room.page
    go = "location.hash = 'change-%d'; return new Promise(done => addEventListener('hashchange', () => done(%s)))"
    room.go("file")
    drawn = page.evaluate(f"() => {{ {go % (COUNT - 10, CARDS)} }}")
    assert 0 < drawn <= 50
    assert page.evaluate("document.activeElement.id") == f"change-{COUNT - 10}"


def test_of_thousands_of_decisions_on_nothing_the_first_are_told_and_the_rest_counted(
    room: Manager, tmp_path: Path
) -> None:
    page = room.page
    mine = [{"id": f"row-{number}", "decision": "take"} for number in range(5_000)]
    decision = {"id": "pmo.row-7", "decision": "keep", "was": "Lead it.", "is": "Lead it well.", "reason": "No need."}
    open_file(room, [*mine, decision])
    page.locator("#progress", has_text="1 decision taken from it").wait_for()
    assert page.locator("#progress li").count() < 200
    assert page.locator("#progress li").last.inner_text() == "And 4,900 more."
    height = page.evaluate("document.getElementById('progress').clientHeight")
    assert height < page.evaluate("window.innerHeight") / 2, "what stands above it can be read and pressed"
    assert page.evaluate("document.getElementById('progress').tabIndex") == 0, "the keyboard scrolls it"
    assert room.faults() == []
    room.download("Download the file of decisions").save_as(tmp_path / "out.yaml")
    entries = yaml.safe_load((tmp_path / "out.yaml").read_bytes())["changes"]
    assert len(entries) == len(mine) + COUNT
    (seventh,) = (entry for entry in entries if entry["id"] == "pmo.row-7")
    assert seventh == decision
    assert page.evaluate("document.getElementById('progress').tabIndex") == -1, "it is short again"


def test_of_thousands_of_faults_the_first_are_told_and_the_rest_counted(room: Manager) -> None:
    open_file(room, [{"id": f"row-{number}", "decision": "tke"} for number in range(1_000)])
    problems = room.page.locator(".nhsuk-error-summary li")
    problems.first.wait_for()
    assert problems.count() < 200
    assert problems.last.inner_text() == "And 900 more."
