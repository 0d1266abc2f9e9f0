"""The Word file itself, seen in the page: a picture that is drawn when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from tests.acceptance.page.conftest import Manager

SUMMARY = "See the Word file as it will be"
PICTURE = ".picture > [aria-hidden]"


def test_the_word_file_is_drawn_when_it_is_asked_for_and_nothing_goes_into_it(newcomer: Callable[[], Manager]) -> None:
    manager = newcomer()
    page = manager.page
    manager.wait_for_draft()
    page.fill("#field-title", "Head of the programme office")
    manager.wait_for("Head of the programme office")
    manager.go("check")
    assert page.evaluate("typeof window.docx") == "undefined", "it is read when it is asked for"
    page.get_by_text(SUMMARY).click()
    page.wait_for_selector(PICTURE)
    text = page.evaluate(f"document.querySelector('{PICTURE}').shadowRoot.textContent")
    assert "Head of the programme office" in text
    assert "Main duties and responsibilities" in text
    head = f"getComputedStyle(document.querySelector('{PICTURE}').shadowRoot.querySelector('td')).backgroundColor"
    assert page.evaluate(head) == "rgb(0, 48, 135)", "its styles are those of the file"
    assert page.evaluate(f"document.querySelector('{PICTURE}').inert")
    assert "Head of the programme office" not in page.locator(".picture").aria_snapshot()
    page.set_viewport_size({"width": 320, "height": 800})
    assert manager.faults() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # Another template, and another picture of it.
    page.select_option("#field-template", label="Role profile")
    title, absent = "Head of the programme office", "General statements"
    page.locator(PICTURE, has_text=title, has_not_text=absent).wait_for(timeout=20_000)


def test_a_word_file_that_cannot_be_drawn_is_told(newcomer: Callable[[], Manager]) -> None:
    manager = newcomer()
    page = manager.page
    manager.wait_for_draft()
    manager.go("check")
    page.evaluate("document.querySelector('[data-file=\"docx-preview.js\"]').textContent = 'bm90aGluZw=='")
    page.get_by_text(SUMMARY).click()
    page.wait_for_selector(".picture :text('The Word file cannot be shown here')")
    page.wait_for_selector(".picture :text('Open it in Word to see it')")
