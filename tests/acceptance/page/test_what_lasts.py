"""What a manager typed is there after a reload, beside another tab, and after Python has stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Dialog

from jdgen.app import Permissions
from jdgen.app.page import PageChoices, save_page
from jdgen.workspace import Workspace
from tests.acceptance.page.conftest import Manager

Newcomer = Callable[[], Manager]
DATA = Path(__file__).parents[2] / "data"
KEPT_POSTS = "Object.keys(localStorage).filter(key => key.includes('.post.'))"


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
    assert page.evaluate(KEPT_POSTS) == []
    page.reload()
    manager.go("details")
    assert page.input_value("#field-employer") == ""
    page.fill("#field-employer", "Other")
    assert page.evaluate(KEPT_POSTS) == []


def test_a_title_that_was_typed_outlives_a_choice_and_what_goes_with_a_choice_is_gone_for_good(
    context: BrowserContext, tmp_path: Path
) -> None:
    frameworks = tmp_path / "framework_data" / "frameworks"
    frameworks.mkdir(parents=True)
    (frameworks / "invented-stewards.yaml").write_bytes((DATA / "invented-stewards.yaml").read_bytes())
    save_page(Workspace(tmp_path), tmp_path / "two.html", PageChoices(templates=("job-description",)), Permissions())
    manager = Manager(context.new_page(), (tmp_path / "two.html").as_uri())
    manager.open()
    page = manager.page
    page.select_option("#field-specialism", "pmo")
    page.select_option("#field-role_category", "specialist")
    manager.go("details")
    page.locator("#field-specialist_competences input").first.check()
    manager.go("start")
    page.select_option("#field-role_category", "manager")
    page.reload()
    manager.wait_for_draft()  # which there is none of while a manager has a specialist's competences
    usual = page.input_value("#field-title")
    page.select_option("#field-specialism", "steward")
    assert page.input_value("#field-title") == "Data steward" != usual
    page.fill("#field-title", "Keeper of records")
    page.select_option("#field-specialism", "pmo")
    assert page.input_value("#field-title") == "Keeper of records"
    manager.was_quiet()


def test_a_browser_that_keeps_nothing_is_told(context: BrowserContext, newcomer: Newcomer) -> None:
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });")
    manager = newcomer()
    manager.go("check")
    manager.page.wait_for_selector("text=This browser keeps nothing for this page")


def test_a_browser_that_is_too_old_is_told(context: BrowserContext, page_file: Path) -> None:
    context.add_init_script("delete window.DecompressionStream")
    page = context.new_page()
    with page.expect_event("pageerror"):
        page.goto(page_file.as_uri())
    assert "this browser is too old" in page.inner_text("main")
    page.close()


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


def test_what_was_typed_stays_when_another_post_is_opened(newcomer: Newcomer) -> None:
    manager = newcomer()
    page = manager.page
    manager.go("details")
    page.fill("#field-base", "Moorgate Cross")
    manager.go("start")
    page.fill("#field-title", "Risk lead")
    page.get_by_text("Start from a similar post").click()
    page.get_by_role("button", name="Start from").first.click()
    page.get_by_text("Other posts kept in this browser (1)").click()
    page.get_by_role("button", name="Go on with Risk lead").click()
    manager.go("details")
    assert page.input_value("#field-base") == "Moorgate Cross"
    # Where nothing is kept, it is asked first, and again before the page is left.
    manager.go("check")
    page.get_by_label("This is a shared computer: keep nothing").check()
    manager.go("start")
    dialogs: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        dialogs.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.get_by_text("Start from a similar post").click()
    page.get_by_role("button", name="Start from").first.click()
    assert page.input_value("#field-title") == "Risk lead"
    manager.go("check")
    manager.button("Clear all answers").click()
    manager.go("details")
    assert page.input_value("#field-base") == "Moorgate Cross"
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert dialogs == ["confirm", "confirm", "beforeunload"]
    # What is in a file is not lost.
    manager.go("check")
    manager.download("Download your answers as a post file")
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    assert len(dialogs) == 3


def test_a_change_that_nobody_has_saved_holds_whoever_goes_on(newcomer: Newcomer) -> None:
    manager = newcomer()
    page = manager.page
    manager.go("duties")
    page.get_by_role("button", name="Reword").first.click()
    page.get_by_text("Save and continue").click()  # with nothing said in other words
    assert page.evaluate("location.hash") == "#demand"
    manager.go("duties")
    page.get_by_role("button", name="Reword").first.click()
    page.get_by_label("Your words").fill("Run the forum.")
    for link in ("Save and continue", "Job details"):
        page.get_by_text(link, exact=True).click()
        assert page.evaluate("location.hash") == "#duties"
        assert "save it, or press Cancel" in page.inner_text("#progress")
    # Back is the browser's own, twice too; and what it leads to is there again when the change is given up.
    for _ in range(2):
        page.evaluate("document.querySelector('#progress').textContent = ''")
        page.evaluate("history.back()")
        page.locator("#progress", has_text="save it, or press Cancel").wait_for()
        assert page.evaluate("location.hash") == "#duties"
    assert page.get_by_label("Your words").input_value() == "Run the forum."
    page.get_by_role("button", name="Cancel").click()
    page.evaluate("history.back()")
    page.wait_for_selector('nav a[href="#demand"][aria-current="page"]')
    manager.go("duties")
    page.get_by_role("link", name="Job details").click()
    assert page.evaluate("location.hash") == "#details"
