"""Where keyboard, eyes and ears go on in the page, whatever somebody chooses, opens, or has still to say."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.acceptance.page.conftest import Manager

FOCUSED = "document.activeElement.id"
TITLE = "document.querySelector('h1').textContent"


def test_who_skips_to_the_content_stays_in_the_view(manager: Manager) -> None:
    page = manager.page
    manager.go("duties")
    page.focus(".nhsuk-skip-link")
    page.keyboard.press("Enter")
    assert page.evaluate(f"[location.hash, {TITLE}, {FOCUSED}]") == ["#duties", "Duties", "main"]


def test_the_keyboard_goes_through_what_a_choice_offers(manager: Manager) -> None:
    page = manager.page
    page.focus("#field-band")
    for band in ("7", "8a", "8b"):
        page.keyboard.press("ArrowDown")
        assert page.evaluate(FOCUSED) == "field-band"
        assert page.input_value("#field-band") == band
    manager.wait_for("8b, subject to")


def test_another_view_begins_at_its_top(manager: Manager) -> None:
    page = manager.page
    page.evaluate("window.scrollTo(0, 2000)")
    page.evaluate("location.hash = 'details'")
    page.wait_for_selector('nav a[href="#details"][aria-current="page"]')
    assert page.evaluate(f"[window.scrollY, document.activeElement.textContent === {TITLE}]") == [0, True]


def test_a_button_that_leads_on_is_pressed_by_the_space_bar(manager: Manager) -> None:
    page = manager.page
    manager.go("details")
    manager.button("Save and continue").focus()
    page.keyboard.press("Space")
    page.wait_for_selector('nav a[href="#purpose"][aria-current="page"]')


def test_whoever_opens_another_view_first_has_a_draft(context: BrowserContext, manager: Manager) -> None:
    newcomer = Manager(context.new_page(), f"{manager.address}#check")
    newcomer.open()
    newcomer.wait_for_draft()
    assert newcomer.button("Download the Word document").is_visible()
    # An address that is none of the page's shows the first view, and says so.
    newcomer.page.evaluate("location.hash = 'nowhere'")
    newcomer.page.wait_for_selector('nav a[href="#start"][aria-current="page"]')


def test_other_words_and_their_reason_are_asked_for_beside_their_fields(manager: Manager) -> None:
    page = manager.page
    manager.go("duties")
    page.get_by_role("button", name="Reword").first.click()
    words, reason = page.get_by_label("Your words"), page.get_by_label("Why")
    words.fill(" ")
    manager.button("Save the wording").click()
    for field, message in ((words, "Write your words"), (reason, "Write the reason")):
        assert field.get_attribute("aria-invalid") == "true"
        assert message in page.locator(f"#{field.get_attribute('aria-describedby')}").inner_text()
    assert words.evaluate("field => field === document.activeElement")
    assert manager.faults() == []
    words.fill("Run the forum.")
    manager.button("Save the wording").click()
    assert words.get_attribute("aria-invalid") == "false"
    assert reason.evaluate("field => field === document.activeElement")
    manager.button("Cancel").click()


def test_errors_above_a_part_go_once_they_are_mended(manager: Manager) -> None:
    page = manager.page
    manager.go("demand")
    page.click("#add-demands")
    page.locator('[id="error-demands.0.text"]', has_text="is missing").wait_for()
    manager.button("Save and continue").click()
    summary = page.locator(".nhsuk-error-summary")
    assert summary.evaluate("box => box === document.activeElement")
    count = summary.locator("li").count()
    page.fill('[id="field-demands.0.text"]', "Lifts boxes")
    page.wait_for_function("most => document.querySelectorAll('.nhsuk-error-summary li').length < most", arg=count)
    page.fill('[id="field-demands.0.frequency"]', "Daily")
    page.fill('[id="field-demands.0.duration"]', "10 minutes")
    summary.wait_for(state="detached")


def test_choices_show_what_a_file_says_in_other_words(manager: Manager) -> None:
    page = manager.page
    text = (
        "title: Risk lead\nspecialism: PMO\nband: Band 8A\nrole_category: Manager\n"
        "demands:\n- {kind: Mental, text: x, frequency: y, duration: z}\n"
    )
    page.get_by_text("Start from a file that you have").click()
    file: Any = {"name": "p.yaml", "mimeType": "application/yaml", "buffer": text.encode()}
    page.set_input_files("#field-open", file)
    page.locator("#progress", has_text="p.yaml was opened").wait_for()
    assert (page.input_value("#field-band"), page.input_value("#field-role_category")) == ("8a", "manager")
    manager.go("demand")
    assert page.input_value('[id="field-demands.0.kind"]') == "mental"


def test_python_makes_one_draft_at_a_time(manager: Manager) -> None:
    """What is typed meanwhile waits, and is one draft."""
    page = manager.page
    (worker,) = page.workers
    worker.evaluate(
        """() => { self.asked = 0; self.quick = self.onmessage; self.onmessage = async (event) => {
          self.asked += 1; await new Promise((done) => setTimeout(done, 1500)); return self.quick(event); }; }"""
    )
    for number in range(5):
        page.fill("#field-title", f"Risk lead {number}")
        page.wait_for_timeout(300)
    manager.wait_for("Risk lead 4")
    worker.evaluate("() => { self.onmessage = self.quick; }")
    assert worker.evaluate("self.asked") <= 3


def test_python_that_does_not_start_is_told_and_started_again(context: BrowserContext, manager: Manager) -> None:
    context.add_init_script(
        """(() => { const Real = window.Worker; let count = 0; window.Worker = class {
          constructor(address) { count += 1; if (count > 1) return new Real(address); }
          postMessage({ id }) { setTimeout(() => this.onmessage({ data: { id, failed: "too little memory" } })); }
          terminate() {}
        }; })();"""
    )
    newcomer = Manager(context.new_page(), manager.address)
    newcomer.open()
    newcomer.page.locator("#progress", has_text="did not start (too little memory)").wait_for()
    newcomer.page.wait_for_timeout(500)  # in which whoever asked for a draft hears of it, too
    newcomer.button("Start it again").click()
    newcomer.wait_for_draft()


@pytest.mark.parametrize("view", ["start", "check"])
def test_what_is_printed_has_no_addresses_and_whole_words(manager: Manager, view: str) -> None:
    page = manager.page
    manager.go(view)
    manager.wait_for_draft()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 900})  # a sheet of paper
    after = "getComputedStyle(document.querySelector('.paper a.prompt'), '::after').content"
    assert page.evaluate(after) == "none"
    assert not page.locator(".nhsuk-button").first.is_visible()
    broken = """() => [...document.querySelectorAll('#draft-demands tbody th')].filter((head) => {
      const range = document.createRange();
      const words = [...head.firstChild.textContent.matchAll(/\\S+/g)];
      return words.some((word) => {
        range.setStart(head.firstChild, word.index);
        range.setEnd(head.firstChild, word.index + word[0].length);
        return range.getClientRects().length > 1;
      });
    }).length"""
    assert page.evaluate(broken) == 0
    page.emulate_media(media="screen")
