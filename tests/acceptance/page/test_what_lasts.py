"""What a manager typed is there after a reload, beside another tab, and after Python has stopped."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from tests.acceptance.page.conftest import Manager

Newcomer = Callable[[], Manager]
KEPT = "Object.keys(localStorage).filter(key => key.includes('.post.'))"


def test_answers_are_kept_on_reload_and_not_on_a_shared_computer(newcomer: Newcomer) -> None:
    manager = newcomer()
    page = manager.page
    manager.go("details")
    page.fill("#field-employer", "North Moorshire")
    page.go_back()
    page.go_forward()
    assert page.input_value("#field-employer") == "North Moorshire"
    page.reload()
    assert page.input_value("#field-employer") == "North Moorshire"
    manager.go("check")
    page.get_by_label("This is a shared computer: keep nothing").check()
    assert "Nothing is kept in this browser" in page.inner_text("main")
    assert page.evaluate(KEPT) == []
    page.reload()
    manager.go("details")
    assert page.input_value("#field-employer") == ""
    page.fill("#field-employer", "Other")
    assert page.evaluate(KEPT) == []


def test_a_browser_that_keeps_nothing_is_told(context: BrowserContext, newcomer: Newcomer) -> None:
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });")
    manager = newcomer()
    manager.go("check")
    manager.page.wait_for_selector("text=This browser keeps nothing for this page")


def test_two_tabs_take_nothing_from_each_other(newcomer: Newcomer) -> None:
    first = newcomer()
    first.page.fill("#field-title", "Risk lead")
    second = newcomer()
    assert second.page.input_value("#field-title") == "Risk lead"
    second.page.fill("#field-title", "Planning lead")
    first.page.wait_for_selector("text=is kept as a second post")
    first.page.fill("#field-title", "Risk and assurance lead")
    for tab, title in ((first, "Risk and assurance lead"), (second, "Planning lead")):
        tab.page.reload()
        tab.page.wait_for_selector("#field-title")
        assert tab.page.input_value("#field-title") == title
    first.page.get_by_text("Other posts kept in this browser (1)").click()
    first.page.get_by_role("button", name="Go on with Planning lead").click()
    assert first.page.input_value("#field-title") == "Planning lead"


def test_python_that_has_stopped_is_started_again_and_nothing_is_lost(newcomer: Newcomer) -> None:
    manager = newcomer()
    page = manager.page
    manager.wait_for_draft()
    manager.go("details")
    page.fill("#field-employer", "North Moorshire")
    (worker,) = page.workers
    worker.evaluate("() => { setTimeout(() => { throw new Error('out of memory'); }); }")
    with page.expect_worker():  # another one
        page.fill("#field-employer", "North Moorshire Trust")
    manager.go("check")
    manager.wait_for("North Moorshire Trust")
    manager.complaints.clear()  # what was thrown
