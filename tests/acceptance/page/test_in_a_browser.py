"""The page as managers use it: in Chromium, from a file, without a network."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from jdgen.app.page import material_of
from jdgen.page.session import Session
from jdgen.workspace import Workspace
from tests.acceptance.page.conftest import SIMILAR, Manager
from tests.toolbox.commands import Run
from tests.toolbox.documents import edit_document, newer_framework_text
from tests.toolbox.examples import POSTS, ROOT, TEMPLATES, post_file
from tests.toolbox.word import open_document

WORD, ANSWERS = "Download the Word document", "Download your answers as a post file"
VIEWS = ("start", "details", "purpose", "duties", "demand", "person", "check")


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
    path = Path("out") / document.suggested_filename
    assert Path("from the page.docx").read_bytes() == path.read_bytes()
    tables = open_document(path.read_bytes()).tables
    assert "Lifts boxes of files" in [cell.text for table in tables for row in table.rows for cell in row.cells]
    result = run("status", "from the page.docx")
    assert result.exit_code == 0
    assert "up to date" in result.stdout
    # Edited in Word, it is brought up to date after a release like any other, and opened again in the page.
    Path("newer.yaml").write_text(newer_framework_text(), encoding="utf-8")
    Path("from the page.docx").write_bytes(
        edit_document(Path("from the page.docx").read_bytes(), ("Moorgate", "Highgate"))
    )
    renewed = run("regenerate", "from the page.docx", "--framework", "newer.yaml", "--output", "new")
    assert "changed, as tracked changes" in renewed.stdout
    assert "Highgate Cross" in "".join(open_document(Path("new/from the page.docx").read_bytes()).element.itertext())
    manager.go("start")
    page.get_by_text("Start from a file that you have").click()
    page.set_input_files("#field-open", "from the page.docx")
    page.locator("#progress", has_text="from the page.docx was opened").wait_for()
    assert page.input_value("#field-title") == "Head of the programme office"


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
        path = Path("out") / document.suggested_filename
        assert Path(f"{post}.docx").read_bytes() == path.read_bytes(), post


def test_what_is_wrong_is_told_at_its_field_in_the_words_above_it(manager: Manager) -> None:
    page = manager.page
    manager.go("details")
    page.fill("#field-employer", "  ")  # which is no answer, and no error
    page.fill("#field-base", "Moor\x07gate")
    manager.go("demand")
    page.click("#add-demands")
    page.fill('[id="field-demands.0.frequency"]', "Daily")
    page.locator('[id="error-demands.0.text"]', has_text="'What the job involves' is missing").wait_for()
    manager.go("check")
    problems = page.locator(".nhsuk-error-summary li")
    problems.first.wait_for()
    assert [line.partition(": ")[0] for line in problems.all_inner_texts()] == [
        "Base",
        "'What the job involves' is missing",
    ]
    page.get_by_role("link", name="'What the job involves' is missing").first.click()
    assert page.evaluate("document.activeElement.id") == "field-demands.0.text"


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


def test_what_is_open_of_a_duty_stands_beside_it_and_is_settled_there(manager: Manager) -> None:
    page = manager.page
    page.select_option("#field-band", "7")
    manager.wait_for("7, subject to")
    opened = page.locator("#open-duties", has_text="open")
    count = int(opened.inner_text().split()[0])
    manager.go("duties")
    duties = page.locator("ul.duties > li", has=page.locator(".open"))
    unclear = page.locator("ul.duties > li", has_text="is unclear as published")
    unclear.first.wait_for()
    assert duties.locator(".open").count() == count
    assert unclear.count() == 2
    unclear.first.get_by_role("button", name="Reword").click()
    offered = page.get_by_label("Your words").input_value()
    assert offered == "Lead the support that projects get to deliver the benefits and outcomes in their business cases."
    page.get_by_role("button", name="Cancel").click()
    for left in (1, 0):
        unclear.first.get_by_role("button", name="Keep as it is").click()
        page.get_by_label("Why").fill("It is this post's own work.")
        page.get_by_role("button", name="Keep it").click()
        page.wait_for_function("n => document.querySelectorAll('.open').length === n", arg=count - 2 + left)
    kept = page.locator("ul.duties > li", has_text="Kept as it is")
    assert kept.count() == 2
    assert manager.faults() == []
    kept.first.get_by_role("button", name="Undo").click()
    unclear.first.wait_for()
    assert kept.count() == 1


def test_the_codes_of_criteria_are_explained_above_them(manager: Manager) -> None:
    manager.go("person")
    manager.page.get_by_text("How each is assessed: A = Application form; I = Interview").wait_for()


def test_a_table_on_a_phone_breaks_no_word(manager: Manager) -> None:
    page = manager.page
    page.set_viewport_size({"width": 320, "height": 640})
    manager.wait_for_draft()
    # As wide as its longest word, it moves in its frame; the page does not.
    lines = """() => [...document.querySelectorAll('#draft-relationships td a')].map(link => {
        const [text, words] = [link.firstChild, link.textContent.split(' ')];
        let at = 0;
        return words.filter(word => {
            const range = document.createRange();
            range.setStart(text, at);
            range.setEnd(text, at + word.length);
            at += word.length + 1;
            return range.getClientRects().length > 1;
        });
    }).flat()"""
    assert page.evaluate(lines) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize(("view", "changes"), [("duties", ("Reword", "Leave out")), ("person", ("Leave out",))])
def test_the_keyboard_goes_on_where_something_was_changed(
    manager: Manager, view: str, changes: tuple[str, ...]
) -> None:
    page = manager.page
    manager.go(view)

    def goes_on_at(button: str) -> None:
        page.wait_for_function(
            "words => document.activeElement.getAttribute('aria-label')?.startsWith(words)", arg=f"{button}: "
        )

    page.locator("ul.duties > li").first.wait_for()
    for change in changes:
        page.locator("ul.duties > li").first.get_by_role("button", name=change).click()
        page.get_by_role("button", name="Cancel").click()
        goes_on_at(changes[0])
        page.locator("ul.duties > li").first.get_by_role("button", name=change).click()
        page.get_by_label("Why").fill("It is so here.")
        page.get_by_role("button", name="Save the wording" if change == "Reword" else "Leave it out").press("Enter")
        goes_on_at("Reword" if change == "Reword" else "Put it back")
        if change == "Reword":
            page.get_by_role("button", name="Undo").press("Enter")
            goes_on_at("Reword")
    page.keyboard.press("Enter")
    goes_on_at(changes[0])


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("post.yaml", b"title: A\nspecialism: pmo\nband: 8\n", "band 8 is divided into"),
        ("<b>.yaml", b"title: <script>alert(1)</script>\n", "is missing"),
        ("other.docx", b"PK\x03\x04 nothing", "is no office file"),
    ],
)
def test_a_file_that_cannot_be_opened_is_told(manager: Manager, name: str, content: bytes, what: str) -> None:
    manager.page.get_by_text("Start from a file that you have").click()
    file: Any = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    manager.page.set_input_files("#field-open", file)
    manager.page.wait_for_selector(f".nhsuk-error-summary:has-text('{name}'):has-text('{what}')")
    manager.page.evaluate("document.getElementById('field-open').click()")
    assert manager.page.input_value("#field-open") == ""  # so that the same file, mended, is read again


def test_the_whole_way_by_keyboard_alone(newcomer: Callable[[], Manager]) -> None:
    manager = newcomer()
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


def check_of_each_view(manager: Manager, width: int) -> None:
    manager.page.set_viewport_size({"width": width, "height": 800})
    for view in VIEWS:
        manager.go(view)
        manager.page.wait_for_timeout(300)
        assert manager.faults() == [], view
        assert manager.page.evaluate("document.documentElement.scrollWidth") <= width, view


@pytest.mark.parametrize("width", [320, 1100])
def test_no_view_has_a_fault_that_axe_sees_or_is_wider_than_the_window(manager: Manager, width: int) -> None:
    check_of_each_view(manager, width)
    # The same with answers in each part, with forms that are open, and with an error.
    page = manager.page
    manager.go("start")
    page.get_by_text("Start from a similar post").click()
    manager.button(f"Start from {similar_title()}").click()
    check_of_each_view(manager, width)
    manager.go("duties")
    page.locator("ul.duties > li").first.get_by_role("button", name="Reword").click()
    assert manager.faults() == []
    manager.go("person")
    manager.button("Add a criterion of your own").click()
    page.wait_for_selector(".nhsuk-error-summary")
    assert manager.faults() == []


def test_a_fault_that_axe_sees_fails(manager: Manager) -> None:
    manager.page.evaluate("document.querySelector('label[for=\"field-title\"]').remove()")
    assert "label" in [name for name, _ in manager.faults()]


def similar_title() -> str:
    title: str = yaml.safe_load(post_file(SIMILAR).read_bytes())["title"]
    return title


def test_a_post_that_hr_put_in_is_a_beginning(manager: Manager) -> None:
    manager.page.get_by_text("Start from a similar post").click()
    manager.button(f"Start from {similar_title()}").click()
    assert manager.page.input_value("#field-title") == similar_title()
    manager.wait_for(similar_title())


def test_what_is_typed_stays_while_drafts_come(manager: Manager) -> None:
    """A draft that comes while somebody writes a reason takes nothing away, and no focus."""
    page = manager.page
    manager.go("duties")
    duty = page.locator("#duty-pmo\\.budget\\.6\\.1")
    duty.get_by_role("button", name="Leave out").click()
    duty.get_by_label("Why").type("Another")
    manager.button("Add a duty of your own").click()
    page.fill('[id="field-duties.add.0.heading"]', "Leadership")
    page.fill('[id="field-duties.add.0.text"]', "Chair the forum.")
    duty.get_by_label("Why").focus()
    page.locator("ul.duties", has_text="Chair the forum.").wait_for()
    page.keyboard.type(" team does it.")
    duty.get_by_role("button", name="Leave it out").click()
    page.wait_for_selector("h2:has-text('Left out')")
    assert "Another team does it." in page.inner_text("main")


def test_duties_are_moved_by_buttons_and_the_focus_goes_with_them(manager: Manager, run: Run, folder: Path) -> None:
    page = manager.page
    page.select_option("#field-band", "8a")
    manager.go("duties")
    first = page.locator("ul.duties").first
    texts = [text.removesuffix("Your own") for text in first.locator("li > p").all_inner_texts()]
    assert len(texts) == 3
    first.locator("li").first.get_by_role("button", name="Move down").click()
    page.locator("#progress", has_text="It is number 2 of 3").wait_for()
    page.wait_for_timeout(600)
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == f"Move down: {texts[0]}"
    page.keyboard.press("Enter")
    page.locator("#progress", has_text="It is number 3 of 3").wait_for()
    page.keyboard.press("Enter")
    page.locator("#progress", has_text="It is the last under its heading").wait_for()
    manager.go("check")
    manager.download(ANSWERS).save_as("post.yaml")
    manager.download(WORD).save_as("from the page.docx")
    assert run("generate", "--post", "post.yaml", "--output", "out").exit_code == 0
    (path,) = Path("out").glob("*.docx")
    assert Path("from the page.docx").read_bytes() == path.read_bytes()
    body = [paragraph.text for paragraph in open_document(path.read_bytes()).paragraphs]
    assert sorted(texts, key=body.index) == [*texts[1:], texts[0]]


def test_a_duty_moves_as_often_as_its_button_is_pressed(manager: Manager) -> None:
    """Also where no draft comes between one press and the next."""
    page = manager.page
    page.select_option("#field-band", "8a")
    manager.go("duties")
    first = page.locator("ul.duties").first
    texts = first.locator("li > p").all_inner_texts()
    move_down = first.locator("li").first.get_by_role("button", name="Move down")
    move_down.evaluate("button => [1, 2, 3].map(() => button.click())")
    assert manager.page.inner_text("#progress") == "It is the last under its heading."
    first.locator("li:last-child > p").get_by_text(texts[0], exact=True).wait_for()
    assert first.locator("li > p").all_inner_texts() == [*texts[1:], texts[0]]


def test_errors_have_a_summary_that_leads_to_the_field(manager: Manager) -> None:
    page = manager.page
    manager.go("person")
    manager.button("Add a criterion of your own").click()
    page.wait_for_selector(".nhsuk-error-summary")
    page.get_by_role("button", name="Save and continue").click()
    assert page.evaluate("document.activeElement.className") == "nhsuk-error-summary"
    page.locator(".nhsuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.id").startswith("field-criteria.add.0.")
    page.fill('[id="field-criteria.add.0.text"]', "Ran a programme office")
    page.fill('[id="field-criteria.add.0.assessed_by"]', "a, i")
    page.wait_for_selector(".nhsuk-error-summary", state="detached")
    page.get_by_role("button", name="Save and continue").click()
    manager.wait_for("Ran a programme office")


def test_a_specialist_names_competences(manager: Manager, folder: Path) -> None:
    page = manager.page
    page.select_option("#field-role_category", "specialist")
    page.wait_for_selector(".nhsuk-error-summary")
    manager.go("details")
    name = page.evaluate("document.querySelector('#field-specialist_competences .nhsuk-checkboxes__label').textContent")
    box = page.get_by_label(name, exact=True)
    box.check()
    assert box.is_checked()
    manager.go("check")
    manager.wait_for_draft()
    manager.download(ANSWERS).save_as("post.yaml")
    answers = yaml.safe_load(Path("post.yaml").read_bytes())
    assert (answers["role_category"], len(answers["specialist_competences"])) == ("specialist", 1)


def test_the_text_of_an_advert_has_its_counts(manager: Manager, folder: Path) -> None:
    page = manager.page
    manager.go("purpose")
    page.fill("#field-purpose", "x" * 1501)
    manager.go("check")
    page.wait_for_selector("text=Job overview: 1,501 of 1,500 characters, 1 too many")
    manager.download("Download the text of a job advert").save_as("advert.txt")
    text = Path("advert.txt").read_text(encoding="utf-8")
    assert "Job overview (1,501 of 1,500 characters, 1 too many)\n\nxxx" in text
    assert "Working for your organisation (0 of 1,500 characters)\n\nStill to be written." in text
    assert "Leadership\n- " in text


#: Random posts, the same ones each time: what each draft is made of is drawn from what example posts have.
COUNT = 50


def random_posts() -> list[dict[str, Any]]:
    draw = random.Random(20261129)  # no secret: the same posts each time
    examples = [yaml.safe_load(post_file(post).read_bytes()) for post in POSTS]
    posts = []
    for number in range(COUNT):
        base = draw.choice(examples)
        keys = {key for key in base if key in ("title", "specialism", "band") or draw.random() < 0.6}
        post = {key: value for key, value in base.items() if key in keys}
        if "role_category" in base and "specialist_competences" in base:
            post |= {key: base[key] for key in ("role_category", "specialist_competences")}
        posts.append({**post, "title": f"{post['title']} {number} – “{draw.choice('äß&<>')}”"})
    return posts


IN_WORKER = """async ([values, template]) => {
  const { content } = ask("document", [values, template]);
  const digest = await crypto.subtle.digest("SHA-256", content);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}"""


def test_random_posts_become_the_bytes_that_generate_makes(manager: Manager) -> None:
    session = Session(material_of(Workspace(ROOT), TEMPLATES), datetime.date.today())  # noqa: DTZ011  # as the page has it
    (worker,) = manager.page.workers
    digests = set()
    for number, values in enumerate(random_posts()):
        template = number % len(TEMPLATES)
        _, content = session.document(values, template)
        assert worker.evaluate(IN_WORKER, [values, template]) == sha256(content).hexdigest()
        digests.add(sha256(content).digest())
    assert len(digests) == COUNT
