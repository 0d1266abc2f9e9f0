"""A page of the shipped workspace in a real browser, with the network cut off."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Page, sync_playwright

from jdgen.app import Allowed
from jdgen.app.page import save_page
from jdgen.workspace import Workspace
from tests.toolbox.examples import ROOT

#: As for tests in a container; the others keep the browser from asking anything of a network for itself.
OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
#: Milliseconds within which a draft is there, on a machine that does much else.
PATIENCE = 180_000


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "job-descriptions.html"
    save_page(Workspace(ROOT), path, (), Allowed())
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
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

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

    def download(self, button: str) -> Download:
        with self.page.expect_download(timeout=PATIENCE) as waiting:
            self.page.get_by_role("button", name=button).click()
        return waiting.value

    def draft(self) -> str:
        return self.page.locator(".paper").inner_text()


@pytest.fixture
def manager(browser: Browser, page_file: Path) -> Iterator[Manager]:
    context = browser.new_context(viewport={"width": 1100, "height": 900})
    context.set_offline(True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    somebody = Manager(page, page_file.as_uri())
    page.on("request", lambda request: somebody.asked.append(request.url))
    page.on("pageerror", lambda error: somebody.complaints.append(str(error)))
    page.on("console", lambda said: somebody.complaints.append(said.text) if said.type == "error" else None)
    somebody.open()
    yield somebody
    context.close()
    # Everything is in the file: nothing else is asked for, on any way through the page.
    assert [url for url in somebody.asked if url != somebody.address and not url.startswith("blob:")] == []
    assert somebody.complaints == []
