"""The reading room as HR uses it: in Chromium, from a file, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Dialog, Locator

from jdgen.page import reading_room
from jdgen.word.file import File
from tests.acceptance.page.conftest import Manager, in_front_of
from tests.acceptance.regenerate.test_decisions import COMMAND, marked_texts, tree_of
from tests.acceptance.release.test_release import REWORDED, decided, documents
from tests.toolbox.commands import Run
from tests.toolbox.documents import example_document, texts_of
from tests.toolbox.examples import ROOT

__all__ = ["documents"]
ROOM = ("release", "nhs-pccf", "newer.yaml", "all", "--review", "room.html")
WITHDRAWN, ADDED_STATEMENT = "pmo.leadership.8a-8d", "pmo.sustainability.6-8d"
DATA = ROOT / "tests" / "data"
PICTURE = ".picture > [aria-hidden]"


@pytest.fixture
def room(run: Run, documents: Path, browser: Browser) -> Iterator[Manager]:
    """Somebody in the room; the foreign document is away, and one is there that cannot be opened."""
    (documents / "foreign.docx").unlink()
    (documents / "8a.docx").write_bytes(
        example_document(template="job-description-numbered")
    )  # with an organisation chart
    (documents / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    result = run(*ROOM)
    assert "room.html (" in result.stderr
    assert "it holds the whole text of 3 documents" in result.stderr
    with in_front_of(browser, documents.parent / "room.html") as somebody:
        yield somebody


def card(room: Manager, id_: str) -> Locator:
    return room.page.locator("section.entry", has_text=id_)


def decide(room: Manager, id_: str, word: str, reason: str = "") -> None:
    card(room, id_).get_by_label(word, exact=True).check()
    if reason:
        card(room, id_).get_by_role("textbox").fill(reason)


def open_file(room: Manager, content: str, name: str = "decisions.yaml") -> None:
    room.go("file")
    file: Any = {"name": name, "mimeType": "application/yaml", "buffer": content.encode()}
    room.page.set_input_files("#open", file)


def test_what_is_decided_in_the_room_is_carried_out(room: Manager, run: Run, documents: Path) -> None:
    page = room.page
    before = card(room, REWORDED)
    assert before.locator("del").inner_text() == "the"
    assert before.locator("ins").inner_text() == "lasting"
    assert "It reaches 2 documents; in 1 somebody has edited" in before.inner_text()
    decide(room, REWORDED, "Take", 'Said "so" at the board: 1 December')
    decide(room, WITHDRAWN, "Keep")
    decide(room, ADDED_STATEMENT, "Take")
    decide(room, "version", "Take")
    assert page.locator(".decided").inner_text() == "4 of 7 decided"
    page.select_option("#shown", "open")
    assert page.locator("section.entry").count() == 3
    page.reload()
    room.go("file")
    assert page.locator(".decided").inner_text() == "4 of 7 decided"
    file = room.download("Download the file of decisions")
    file.save_as("decisions.yaml")
    assert file.suggested_filename == "decisions.yaml"
    values = yaml.safe_load(Path("decisions.yaml").read_bytes())
    by_id = {change["id"]: change for change in values["changes"]}
    assert by_id[REWORDED]["reason"] == 'Said "so" at the board: 1 December'
    assert [by_id[change_id]["decision"] for change_id in (REWORDED, WITHDRAWN, "others")] == ["take", "keep", "ask"]
    (documents / "broken.docx").unlink()
    result = run(*COMMAND)
    assert result.exit_code == 0, result.output
    texts, marks = (look(tree_of(Path("new/8a.docx"))) for look in (texts_of, marked_texts))
    assert any(text.startswith("Establish lasting project processes") for text in texts)
    assert "Build strong networks both internally and externally." in texts
    assert not any("lasting" in mark or "networks" in mark or "climate" in mark for mark in marks)
    assert any("Speak for the office" in mark for mark in marks), "it is asked about"


def test_a_file_that_people_have_written_in_goes_in_and_comes_out_with_their_words(
    room: Manager, run: Run, browser: Browser
) -> None:
    assert run(*ROOM[:-2], "--decisions", "mine.yaml").exit_code == 1, "one document cannot be opened"
    whole = Path("mine.yaml").read_text(encoding="utf-8")
    start, end = whole.index("  - id: pmo.business-case.title"), whole.index("  - id: version")
    mine = decided(whole[:start] + whole[end:], REWORDED, "'keep'  # agreed on Monday").replace("\n", "\r\n")
    open_file(room, mine)
    room.page.locator("#progress", has_text="1 decision taken from it").wait_for()
    assert room.page.locator(".decided").inner_text() == "1 of 7 decided"
    room.go("changes")
    decide(room, ADDED_STATEMENT, "Ask", "Each team knows best.")
    room.go("file")
    room.download("Download the file of decisions").save_as("out.yaml")
    saved_text = Path("out.yaml").read_bytes().decode()
    assert "decision: keep  # agreed on Monday\r\n" in saved_text
    kept_lines = [line for line in mine.split("\r\n") if "decision" not in line]
    assert [line for line in kept_lines if line not in saved_text.split("\r\n")] == []
    assert saved_text.count("\n") == saved_text.count("\r\n")
    by_id = {change["id"]: change for change in yaml.safe_load(saved_text)["changes"]}
    assert len(by_id) == 7, "what the file did not speak of is added"
    assert by_id[ADDED_STATEMENT]["reason"] == "Each team knows best."
    # It comes back with a reason for what is asked, too; and in other words it is not taken.
    open_file(room, saved_text.replace("is: Establish lasting", "is: Establish other"))
    room.page.locator("#progress", has_text="was decided on in other words").wait_for()
    assert room.page.locator(".decided").inner_text() == "1 of 7 decided"
    assert run(*ROOM[:-1], "again.html", "--decisions", "out.yaml").exit_code == 1
    with in_front_of(browser, Path("again.html").absolute()) as another:
        another.page.locator(".decided", has_text="2 of 7 decided").wait_for()


def test_what_a_file_decides_of_another_release_comes_out_as_it_went_in(room: Manager, run: Run) -> None:
    run(*ROOM[:-2], "--decisions", "mine.yaml")
    other = "  - id: pmo.elsewhere.7\n    decision: keep  # the board, in May\n    reason: It is ours.\n"
    whole = Path("mine.yaml").read_text(encoding="utf-8")
    at = whole.index("  - id: ")
    open_file(room, whole[:at] + other + whole[at:])
    room.page.locator(
        "#progress", has_text="“pmo.elsewhere.7” is no change of this release: its entry stays"
    ).wait_for()
    room.go("changes")
    decide(room, ADDED_STATEMENT, "Take")
    room.go("file")
    room.download("Download the file of decisions").save_as("out.yaml")
    assert other in Path("out.yaml").read_text(encoding="utf-8")
    # In a file that is not written line by line it has no place.
    open_file(room, yaml.safe_dump(yaml.safe_load(whole[:at] + other + whole[at:]), default_flow_style=True))
    room.page.locator(
        "#progress", has_text="“pmo.elsewhere.7” is no change of this release: its entry is left"
    ).wait_for()


def no_decisions(text: str) -> Iterator[tuple[str, str]]:
    """Files that are not taken, made of one that is, each with what is said of it."""
    yield text.replace("new: '2'", "new: '3'"), "It is about another release"
    yield text.replace("decision: ask", "decision: tke", 1), "has no decision that is known"
    yield text + text[text.index("  - id: others") :], "“others” is decided on more than once"
    yield text.replace("changes:", "changes: ["), "It cannot be read"
    yield text.replace("decision: ask", "decision: [ask]", 1), "each value in it is a text"
    yield "<script>alert(1)</script>", "It is no file of decisions"
    yield text + "#" * 5_000_000, "It is too large"


def test_a_file_that_is_no_file_of_decisions_is_told(room: Manager, run: Run) -> None:
    run(*ROOM[:-2], "--decisions", "mine.yaml")
    decide(room, ADDED_STATEMENT, "Take")
    for number, (content, what) in enumerate(no_decisions(Path("mine.yaml").read_text(encoding="utf-8"))):
        open_file(room, content, f"<b>{number}.yaml")
        room.page.wait_for_selector(f".nhsuk-error-summary:has-text('<b>{number}.yaml'):has-text('{what}')")
        assert room.page.evaluate("document.activeElement.className") == "nhsuk-error-summary"
        assert room.page.locator(".decided").inner_text() == "1 of 7 decided", "what was decided is still there"


def test_a_file_takes_the_place_of_what_is_in_no_file_only_where_somebody_means_it(room: Manager, run: Run) -> None:
    page = room.page
    run(*ROOM[:-2], "--decisions", "mine.yaml")
    mine = decided(Path("mine.yaml").read_text(encoding="utf-8"), REWORDED, "keep")
    decide(room, ADDED_STATEMENT, "Take")
    page.reload()  # which does not make it one that is in a file
    answers = ["dismiss", "accept"]

    def answer(dialog: Dialog) -> None:
        assert "in no file yet" in dialog.message
        getattr(dialog, answers.pop(0))()

    page.on("dialog", answer)
    open_file(room, mine)
    page.wait_for_timeout(300)
    assert card_count(room) == "1 of 7 decided"
    # The same file again, as somebody chooses it who has looked into it meanwhile: browsers tell of another one only.
    page.evaluate("document.getElementById('open').click()")
    assert page.input_value("#open") == ""
    open_file(room, mine)
    page.locator("#progress", has_text="1 decision taken from it").wait_for()
    room.go("changes")
    assert card(room, REWORDED).get_by_label("Keep", exact=True).is_checked()
    assert not card(room, ADDED_STATEMENT).get_by_label("Take", exact=True).is_checked()
    # What was opened is in a file.
    open_file(room, mine)
    page.locator("#progress", has_text="1 decision taken from it").wait_for()
    assert answers == []


def card_count(room: Manager) -> str:
    return room.page.locator(".decided").inner_text()


def test_each_fault_of_a_file_is_one_line_whatever_is_in_it(room: Manager, run: Run) -> None:
    run(*ROOM[:-2], "--decisions", "mine.yaml")
    text = Path("mine.yaml").read_text(encoding="utf-8")
    entry = text[text.index("  - id: others") :]
    doubled = entry.replace("id: others", "id: 'one; two'")
    open_file(room, text + doubled + doubled + entry)
    problems = room.page.locator(".nhsuk-error-summary li")
    problems.first.wait_for()
    lines = problems.all_inner_texts()
    assert lines == [f"“{id_}” is decided on more than once: keep one of them" for id_ in ("one; two", "others")]


def test_who_skips_to_the_content_stays_in_the_view(room: Manager) -> None:
    page = room.page
    room.go("documents")
    page.focus(".nhsuk-skip-link")
    page.keyboard.press("Enter")
    assert page.evaluate("[location.hash, document.activeElement.id]") == ["#documents", "main"]
    page.fill("#sought", "mine")
    assert page.locator("[role=status]", has_text="1 document").is_visible()


def test_a_document_is_shown_with_its_redline_and_one_that_has_none_is_told(room: Manager) -> None:
    page = room.page
    room.go("documents")
    list_text = page.inner_text("main")
    assert "all/broken.docx" in list_text
    assert "Is not a Word document" in list_text
    page.get_by_role("link", name="all/mine.docx").click()
    page.wait_for_selector(PICTURE)
    document_text = page.inner_text("main")
    assert "Establish our <own> processes" in document_text
    assert "Count what each project costs the climate." in document_text
    inside = f"document.querySelector('{PICTURE}').shadowRoot"
    assert "climate" in page.evaluate(f"[...{inside}.querySelectorAll('ins')].map(one => one.textContent).join()")
    assert "networks" in page.evaluate(f"[...{inside}.querySelectorAll('del')].map(one => one.textContent).join()")
    assert "Establish lasting" in page.evaluate(f"{inside}.querySelector('.docx-comment-popover').textContent")
    assert page.evaluate(f"document.querySelector('{PICTURE}').inert")
    page.get_by_role("button", name="Show the next change").click()
    assert page.evaluate("document.querySelector('.picture').scrollTop") > 0
    number = f"getComputedStyle({inside}.querySelector('p.docx_heading1'), '::before').fontWeight"
    page.get_by_role("link", name="Next document").click()
    page.locator(PICTURE, has_text="A drawing is here. Word shows it, and browsers cannot.").wait_for()
    assert page.evaluate(number) == "700", "a number looks as its heading does"
    page.get_by_role("link", name="Document before").click()
    page.wait_for_selector(PICTURE)
    # A part that is damaged.
    page.evaluate(
        "document.querySelectorAll('[data-file^=part]').forEach(one => { one.textContent = 'bm90aGluZw=='; })"
    )
    page.get_by_role("link", name="Next document").click()
    page.locator(".picture", has_text="cannot be shown here").wait_for()


@pytest.mark.usefixtures("documents")
def test_a_hostile_document_asks_for_nothing_and_leads_nowhere(run: Run, folder: Path, browser: Browser) -> None:
    (folder / "hostile").mkdir()
    (folder / "hostile/evil.docx").write_bytes(hostile())
    assert run(*ROOM[:3], "hostile", *ROOM[4:]).exit_code == 0
    with in_front_of(browser, folder / "room.html") as room:  # which holds it to asking for nothing
        room.page.goto(f"{room.address}#document-0")
        room.page.wait_for_selector(PICTURE)
        inside = f"document.querySelector('{PICTURE}').shadowRoot"
        assert "<img src=x onerror=alert(1)>" in room.page.evaluate(f"{inside}.textContent")
        assert room.page.evaluate(f"{inside}.querySelectorAll('a[href], script, iframe, img[src]').length") == 0
        room.page.wait_for_timeout(300)


def hostile() -> bytes:
    """A document of ours in which somebody has put what leads elsewhere, wherever a Word file may have it."""
    file, body = File.read(example_document()), "word/document.xml"
    text = file.content(body)
    at = text.rindex(b"<w:sectPr")
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = [("hyperlink", "rIdLink", "javascript:alert(1)"), ("image", "rIdPicture", "https://evil.invalid/d.png")]
    rows = "".join(
        f'<Relationship Id="{id_}" Type="{kinds}/{kind}" Target="{target}" TargetMode="External"/>'
        for kind, id_, target in links
    )
    relations, styles = "word/_rels/document.xml.rels", "word/styles.xml"
    color = b'<w:color w:val="003087"/>'
    assert color in file.content(styles)
    return file.with_parts(
        {
            body: text[:at] + (DATA / "hostile-paragraph.xml").read_bytes() + text[at:],
            relations: file.content(relations).replace(b"</Relationships>", f"{rows}</Relationships>".encode()),
            styles: file.content(styles).replace(
                color, b'<w:color w:val="003087;background:u\\72l(https://evil.invalid/e.png)"/>'
            ),
        }
    ).to_bytes()


def test_the_whole_way_by_keyboard_alone(room: Manager) -> None:
    page = room.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    tab_to(room, "document.activeElement.type === 'radio'")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("We keep ours.")
    assert page.locator(".decided").inner_text() == "1 of 7 decided"
    tab_to(room, "document.activeElement.textContent === 'Save your decisions'")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Your decisions')")
    with page.expect_download() as waiting:
        tab_to(room, "document.activeElement.textContent === 'Download the file of decisions'")
        page.keyboard.press("Enter")
    entry = yaml.safe_load(Path(waiting.value.path()).read_bytes())["changes"][0]
    assert (entry["decision"], entry["reason"]) == ("keep", "We keep ours.")


def tab_to(room: Manager, expression: str) -> None:
    for _ in range(60):
        if room.page.evaluate(expression):
            return
        room.page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {expression}")


def test_no_view_has_a_fault_that_axe_sees_or_is_wider_than_the_window(room: Manager) -> None:
    page = room.page
    for width in (320, 1100):
        page.set_viewport_size({"width": width, "height": 800})
        for view in ("changes", "documents", "document-0", "file"):
            page.evaluate(f"window.location.hash = '{view}'")
            page.wait_for_timeout(300)
            assert room.faults() == [], view
            assert page.evaluate("document.documentElement.scrollWidth") <= width, view
    page.evaluate("document.querySelector('label[for=open]').remove()")
    assert "label" in [fault[0] for fault in room.faults()]


def test_nothing_is_kept_on_a_shared_computer(room: Manager) -> None:
    page = room.page
    decide(room, ADDED_STATEMENT, "Take")
    room.go("file")
    page.get_by_label("This is a shared computer: keep nothing").check()
    assert "Nothing is kept in this browser" in page.inner_text("main")
    assert page.evaluate("Object.keys(localStorage).filter(key => key.endsWith('.decided'))") == []
    dialogs: list[str] = []

    def accept(dialog: Dialog) -> None:
        dialogs.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    page.reload()
    assert dialogs == ["beforeunload"]
    page.wait_for_selector("nav a")
    assert page.locator(".decided").inner_text() == "0 of 7 decided"


def test_two_tabs_decide_the_same_and_a_browser_that_keeps_nothing_is_told(room: Manager, browser: Browser) -> None:
    other = Manager(room.page.context.new_page(), room.address)
    other.open()
    decide(room, ADDED_STATEMENT, "Take")
    other.page.locator(".decided", has_text="1 of 7 decided").wait_for()
    decide(other, REWORDED, "Keep")
    room.page.locator(".decided", has_text="2 of 7 decided").wait_for()
    assert card(room, REWORDED).get_by_label("Keep", exact=True).is_checked()
    other.was_quiet()
    tab = browser.new_page()
    tab.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });")
    tab.goto(room.address)
    tab.locator("#progress", has_text="This browser keeps nothing for this page").wait_for()
    tab.close()


@pytest.mark.usefixtures("documents")
def test_redlines_that_do_not_fit_are_listed_by_name(
    run: Run, folder: Path, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_room.fitting, "__defaults__", (30_000,))
    result = run(*ROOM)
    assert result.exit_code == 0, result.output
    assert "2 redlines did not fit into room.html: those documents are listed by name" in result.stderr
    assert "the whole text of 1 document\n" in result.stderr
    with in_front_of(browser, folder / "room.html") as somebody:
        somebody.go("documents")
        assert somebody.page.inner_text("main").count("no redline here") == 2
        somebody.page.get_by_role("link", name="all/6.docx").click()
        somebody.page.locator(".nhsuk-inset-text", has_text="did not fit into this file").wait_for()
        assert "Count what each project costs the climate." in somebody.page.inner_text("main")
