"""A page of the shipped workspace in a real browser, with the network cut off."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Download, Locator, Page, sync_playwright

from jdgen.app import Permissions
from jdgen.app.page import PageChoices, save_page
from jdgen.workspace import Workspace
from tests.toolbox.examples import POSTS, ROOT, TEMPLATES, post_file

#: As for tests in a container; the others keep the browser from asking anything of a network for itself.
OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
#: What HR put into the page for managers to start from.
SIMILAR = POSTS[-1]
#: Milliseconds within which a draft is there, on a machine that does much else.
PATIENCE = 180_000
AXE = ROOT / "build" / "npm" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "job-descriptions.html"
    save_page(Workspace(ROOT), path, PageChoices(templates=TEMPLATES, posts=(post_file(SIMILAR),)), Permissions())
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    assert program, "the tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        yield launched
        launched.close()


@dataclass
class Manager:
    """Somebody in front of the page, and all that the browser asked for or complained of meanwhile."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console", lambda message: self.complaints.append(message.text) if message.type == "error" else None
        )

    def open(self) -> None:
        self.page.goto(self.address)
        self.page.wait_for_selector("nav a")

    def wait_for_draft(self) -> None:
        self.page.wait_for_selector(".paper", timeout=PATIENCE)

    def wait_for(self, words: str) -> None:
        """Wait until the draft on the screen says ``words``."""
        self.page.locator(".paper", has_text=words).wait_for()

    def go(self, view: str) -> None:
        self.page.click(f'nav a[href="#{view}"]')
        self.page.wait_for_selector(f'nav a[href="#{view}"][aria-current="page"]')

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def download(self, button: str) -> Download:
        with self.page.expect_download(timeout=PATIENCE) as waiting:
            self.button(button).click()
        return waiting.value

    def draft(self) -> str:
        return self.page.locator(".paper").inner_text()

    def faults(self) -> Any:
        """What axe says of what is on the screen."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        return self.page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html.slice(0, 200)]))")

    def was_quiet(self) -> None:
        """Everything is in the file: nothing else was asked for, on any way through the page, and nothing failed."""
        assert [url for url in self.requests if url != self.address and not url.startswith("blob:")] == []
        assert self.complaints == []


@pytest.fixture(scope="session")
def standing(browser: Browser, page_file: Path) -> Iterator[Manager]:
    """A page that stays open for tests which do not care how it was opened: to start Python takes seconds."""
    context = _context(browser)
    somebody = Manager(context.new_page(), page_file.as_uri())
    somebody.open()
    somebody.wait_for_draft()
    yield somebody
    context.close()


@pytest.fixture
def manager(standing: Manager) -> Iterator[Manager]:
    """Somebody in front of a page that has started, without an answer."""
    standing.page.set_viewport_size({"width": 1100, "height": 900})
    standing.go("check")
    standing.page.once("dialog", lambda dialog: dialog.accept())
    standing.button("Clear all answers").click()
    standing.wait_for_draft()
    yield standing
    standing.was_quiet()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has kept nothing."""
    fresh = _context(browser)
    yield fresh
    fresh.close()


@pytest.fixture
def newcomer(context: BrowserContext, page_file: Path) -> Iterator[Callable[[], Manager]]:
    """Opens the page in a tab of such a browser."""
    everybody: list[Manager] = []

    def open_page() -> Manager:
        somebody = Manager(context.new_page(), page_file.as_uri())
        everybody.append(somebody)
        somebody.open()
        return somebody

    yield open_page
    for somebody in everybody:
        somebody.was_quiet()


@contextmanager
def in_front_of(browser: Browser, file: Path) -> Iterator[Manager]:
    """Somebody in front of another page, in a browser that has kept nothing."""
    fresh = _context(browser)
    somebody = Manager(fresh.new_page(), file.as_uri())
    somebody.open()
    yield somebody
    fresh.close()
    somebody.was_quiet()


def _context(browser: Browser) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.set_offline(True)
    return context
