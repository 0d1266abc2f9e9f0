"""The page as managers use it: in Chromium, from a file, without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.acceptance.page.conftest import Manager
from tests.toolbox.commands import Run
from tests.toolbox.examples import POSTS, ROOT, post_file
from tests.toolbox.word import opened

WORD, ANSWERS = "Download the Word document", "Download your answers as a post file"
VIEWS = ("start", "details", "purpose", "duties", "demand", "person", "check")
AXE = ROOT / "build" / "npm" / "axe.min.js"


def test_a_manager_makes_a_job_description(manager: Manager, run: Run, folder: Path) -> None:
    page = manager.page
    manager.wait_for_draft()
    page.select_option("#field-band", "8a")
    manager.wait_for("8a, subject to")
    page.fill("#field-title", "Head of the programme office")
    manager.wait_for("Head of the programme office")
    page.locator("a.prompt[data-field=base]").first.click()
    assert page.evaluate("document.activeElement.id") == "field-base"
    page.keyboard.type("Moorgate Cross")
    manager.go("demand")
    page.click("#add-demands")
    page.fill('[id="field-demands.0.text"]', "Lifts boxes of files")
    page.fill('[id="field-demands.0.frequency"]', "Once a week")
    page.fill('[id="field-demands.0.duration"]', "10 minutes")
    manager.go("check")
    manager.wait_for("Lifts boxes of files")
    assert "Moorgate Cross" in manager.draft()
    document = manager.download(WORD)
    answers = manager.download(ANSWERS)
    document.save_as("from the page.docx")
    answers.save_as(answers.suggested_filename)
    assert document.suggested_filename == "Job description Head of the programme office band 8a.docx"
    assert run("generate", "--post", answers.suggested_filename, "--output", "out").exit_code == 0
    written = Path("out") / document.suggested_filename
    assert Path("from the page.docx").read_bytes() == written.read_bytes()
    tables = opened(written.read_bytes()).tables
    assert "Lifts boxes of files" in [cell.text for table in tables for row in table.rows for cell in row.cells]
    told = run("status", "from the page.docx")
    assert told.exit_code == 0
    assert "up to date" in told.stdout


def test_example_posts_become_the_documents_that_generate_makes(manager: Manager, run: Run, folder: Path) -> None:
    for post in POSTS:
        manager.go("start")
        manager.page.get_by_text("Start from a file that you have").click()
        manager.page.set_input_files("#field-open", post_file(post))
        manager.page.locator("#progress", has_text=f"{post}.yaml was opened").wait_for()
        manager.go("check")
        document = manager.download(WORD)
        document.save_as(f"{post}.docx")
        assert run("generate", "--post", str(post_file(post)), "--output", "out").exit_code == 0
        written = Path("out") / document.suggested_filename
        assert Path(f"{post}.docx").read_bytes() == written.read_bytes(), post


def test_answers_are_kept_on_reload_and_not_on_a_shared_computer(manager: Manager) -> None:
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
    page.reload()
    manager.go("details")
    assert page.input_value("#field-employer") == ""
    page.fill("#field-employer", "Other")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.endsWith('.answers'))") == []


def test_a_browser_that_keeps_nothing_is_told(browser: Browser, page_file: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });")
    page.goto(f"{page_file.as_uri()}#check")
    page.wait_for_selector("text=This browser keeps nothing for this page")
    context.close()


def test_a_duty_is_reworded_and_another_left_out_with_a_reason(manager: Manager) -> None:
    page = manager.page
    manager.go("duties")
    first = page.locator("ul.duties > li").first
    first.wait_for()
    first.get_by_role("button", name="Reword").click()
    first.get_by_label("Your words").fill("Run the weekly forum of project managers.")
    first.get_by_role("button", name="Save the wording").click()
    assert "Write the reason" in first.inner_text()
    first.get_by_label("Why").fill("The forum is this post's.")
    first.get_by_role("button", name="Save the wording").click()
    page.wait_for_selector("text=Run the weekly forum of project managers.")
    second = page.locator("ul.duties > li").nth(1)
    words = second.locator("p").first.inner_text()
    second.get_by_role("button", name="Leave out").click()
    second.get_by_label("Why").fill("Another team does it.")
    second.get_by_role("button", name="Leave it out").click()
    page.wait_for_selector("h2:has-text('Left out')")
    manager.go("check")
    manager.wait_for("weekly forum")
    assert words not in manager.draft()


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("post.yaml", b"title: A\nspecialism: pmo\nband: 8\n", "band 8 is divided"),
        ("<b>.yaml", b"title: <script>alert(1)</script>\n", "is missing"),
        ("other.docx", b"PK\x03\x04 nothing", "has no record"),
    ],
)
def test_a_file_that_cannot_be_opened_is_told(manager: Manager, name: str, content: bytes, what: str) -> None:
    manager.page.get_by_text("Start from a file that you have").click()
    file: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    manager.page.set_input_files("#field-open", file)
    manager.page.wait_for_selector(f".nhsuk-error-summary:has-text('{what}')")


def test_the_whole_way_by_keyboard_alone(manager: Manager) -> None:
    page = manager.page
    manager.wait_for_draft()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    _tab_to(manager, "field-band")
    page.keyboard.press("ArrowDown")
    manager.wait_for("7, subject to")
    _tab_to(manager, "field-title")
    page.keyboard.press("Control+A")
    page.keyboard.type("Risk lead")
    manager.page.goto(f"{manager.address}#check")
    manager.wait_for("Risk lead")
    with page.expect_download() as waiting:
        for _ in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent") == WORD:
                break
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "Job description Risk lead band 7.docx"


def _tab_to(manager: Manager, id_: str) -> None:
    for _ in range(60):
        if manager.page.evaluate("document.activeElement.id") == id_:
            return
        manager.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {id_}")


@pytest.mark.parametrize("width", [320, 1100])
def test_no_view_has_a_fault_that_axe_sees_or_is_wider_than_the_window(manager: Manager, width: int) -> None:
    page = manager.page
    page.set_viewport_size({"width": width, "height": 800})
    manager.wait_for_draft()
    for view in VIEWS:
        manager.go(view)
        page.wait_for_timeout(300)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html.slice(0, 200)]))")
        assert found == [], view
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view


def test_a_fault_that_axe_sees_fails(manager: Manager) -> None:
    manager.wait_for_draft()
    manager.page.evaluate("document.querySelector('label[for=\"field-title\"]').remove()")
    manager.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = manager.page.evaluate("axe.run().then(r => r.violations.map(v => v.id))")
    assert "label" in found
