"""The site of the documentation: strict, with a reference that lacks nothing, and without a network."""

from __future__ import annotations

import functools
import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import docs_site
import pytest
import reference
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from playwright.sync_api import Page as BrowserPage
from playwright.sync_api import sync_playwright

from jdgen.cli.main import main
from jdgen.post.fields import COLUMNS, FIELDS
from jdgen.text_files.schemas import load_schema
from tests.toolbox.examples import ROOT

pytestmark = pytest.mark.slow

AXE = ROOT / "build" / "npm" / "node_modules" / "axe-core" / "axe.min.js"
# What a browser fetches by itself; links are for people to follow.
FETCHED = re.compile(r'<(?:script|img|iframe|source)\b[^>]*\bsrc="([^"]+)"|<link\b[^>]*\bhref="([^"]+)"')


def build_site(folder: Path, **settings: Any) -> Path:
    """The site, as `make docs` builds it; raises :class:`Abort` where it warns of anything."""
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), **settings)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(tmp_path_factory.mktemp("site"))


def test_a_browser_fetches_nothing_from_elsewhere(site: Path) -> None:
    pages = [page.read_text(encoding="utf-8") for page in site.rglob("*.html")]
    fetched = {src or href for page in pages for src, href in FETCHED.findall(page)}
    assert any(each.endswith("iframe-worker.js") for each in fetched)
    assert [each for each in fetched if re.match(r"(?:\w+:)?//", each)] == []
    styles = [style.read_text(encoding="utf-8") for style in site.rglob("*.css")]
    assert not re.search(r"url\(['\"]?(?:https?:)?//", "".join(styles))


def test_the_search_has_every_page_in_a_script_of_its_own(site: Path) -> None:
    index = (site / "search/search_index.js").read_text(encoding="utf-8")
    pages = {page.relative_to(site).as_posix() for page in site.rglob("*.html")} - {"404.html"}
    assert {
        page for page in pages if f'"location": "{page}"' not in index and f'"location":"{page}"' not in index
    } == set()


def test_what_is_code_in_a_table_stands_there_letter_by_letter(site: Path) -> None:
    page = (site / "reference/commands/generate.html").read_text(encoding="utf-8")
    assert "<code>--notes [all|short|decide|none]</code>" in page
    assert "<td>Pattern of the file's name. [default: {document} {title} band {band}]</td>" in page


@pytest.fixture(scope="module")
def window(site: Path) -> Iterator[BrowserPage]:
    """A browser without a network, in which pages are opened from their folder; it must ask for nothing else."""
    program = shutil.which("chromium")
    assert program, "the tests need Chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1400, "height": 900})
        context.set_offline(True)
        page = context.new_page()
        addresses: list[str] = []
        page.on("request", lambda request: addresses.append(request.url))
        yield page
        browser.close()
    assert [address for address in addresses if not address.startswith(("file:", "data:", "blob:"))] == []


def test_the_search_finds_in_a_folder(window: BrowserPage, site: Path) -> None:
    window.goto((site / "index.html").as_uri())
    window.click(".md-search__input")
    window.keyboard.type("redline")
    window.wait_for_selector(".md-search-result__link")
    first = window.locator(".md-search-result__link").first.get_attribute("href")
    assert "tutorials/release.html" in first


@pytest.mark.parametrize(
    ("width", "place"), [(1400, "tutorials/release"), (400, "index"), (400, "reference/commands/framework")]
)
def test_pages_have_no_fault_that_axe_sees_and_fit_into_the_window(
    window: BrowserPage, site: Path, width: int, place: str
) -> None:
    window.set_viewport_size({"width": width, "height": 900})
    window.goto((site / f"{place}.html").as_uri())
    window.evaluate(AXE.read_text(encoding="utf-8"))
    axe_report = window.evaluate('axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa"]})')
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in axe_report["violations"]] == []
    assert window.evaluate("document.documentElement.scrollWidth") <= width


@functools.cache
def written_pages() -> dict[str, reference.Page]:
    return {page.place: page for page in reference.pages()}


def commands(command: click.Command, path: str = "jdgen") -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, f"{path} {name}")
    else:
        yield path, command


@pytest.mark.parametrize(
    ("path", "command"), list(commands(main)), ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_reference_has_each_option_and_example_of_each_command(path: str, command: click.Command) -> None:
    page = written_pages()[f"{reference.COMMANDS}{path.split()[1]}.md"]
    (section,) = [
        each for each in re.split(r"^#+ (?=jdgen )", page.text, flags=re.MULTILINE) if each.startswith(f"{path}\n")
    ]
    options = [
        name for each in command.params if isinstance(each, click.Option) and not each.hidden for name in each.opts
    ]
    assert [name for name in options if not re.search(rf"^\| `.*{name}\b.*`", section, re.MULTILINE)] == []
    assert "| `-h, --help` |" in section
    examples = (command.epilog or "").partition("Examples:")[2]
    assert all(f"\n{line.strip()}\n" in section for line in examples.split("\n") if line)


def test_the_reference_has_each_field_of_a_post_with_its_columns() -> None:
    page = written_pages()["reference/fields.md"]
    assert [field.key for field in FIELDS if f"| `{field.key}` |" not in page.text] == []
    headings = [column.heading for column in COLUMNS.values()]
    assert [heading for heading in headings if f"| {heading} |" not in page.text] == []


def described(schema: object) -> Iterator[str]:
    """Each name of a key that a schema gives, wherever in it."""
    if isinstance(schema, dict):
        yield from schema["properties"] if isinstance(schema.get("properties"), dict) else ()
        for below in schema.values():
            yield from described(below)
    elif isinstance(schema, list):
        for below in schema:
            yield from described(below)


@pytest.mark.parametrize("page", reference.file_pages(), ids=lambda page: page.name)
def test_the_reference_has_each_key_of_each_file(page: reference.Page) -> None:
    keys = set(described(load_schema(Path(page.place).stem)))
    assert [key for key in keys if not re.search(rf"^\| `{key}`", page.text, re.MULTILINE)] == []


def test_what_stands_below_a_key_has_a_table_of_its_own() -> None:
    page = written_pages()["reference/files/decisions.md"]
    (below,) = [each for each in page.text.split("\n## ") if each.startswith("`changes[]`\n")]
    rows = re.findall(r"^\| `(\w+)` \| (yes)? ?\| ([^|]*) \|", below, re.MULTILINE)
    assert ("decision", "yes", "one of `take`, `keep`, `ask`") in rows
    assert ("former_id", "", "text") in rows


def test_a_page_in_no_place_of_the_navigation_is_an_error_that_names_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "index.md").write_text("# Here\n\n[to](index.md)\n")
    (folder / "forgotten.md").write_text("# Forgotten\n")
    settings = {"docs_dir": str(folder), "nav": ["index.md"], "hooks": [], "plugins": []}
    with caplog.at_level(logging.INFO), pytest.raises(Abort):
        build_site(tmp_path / "site", **settings)
    assert "forgotten.md" in caplog.text


def test_a_list_that_would_be_read_as_text_is_told(caplog: pytest.LogCaptureFixture) -> None:
    here = Page("Here", File("here.md", None, "site", use_directory_urls=False), MkDocsConfig())
    docs_site.on_page_content("<p>What it does:\n- this\n- that</p>", here)
    assert "here.md: a list is read as text" in caplog.text
    caplog.clear()
    docs_site.on_page_content("<p>So it is</p>\n<ul>\n<li>a - b\nc</li></ul>", here)
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("path", "place", "text", "linked"),
    [
        ("docs/releases.md", "releases.md", "[a](post-files.md#b)", "[a](post-files.md#b)"),
        ("docs/post-files.md", "post-files.md", "[a](../templates/README.md#b)", "[a](templates.md#b)"),
        ("templates/README.md", "templates.md", "[a](../docs/workspace.md)", "[a](workspace.md)"),
        ("CONTRIBUTING.md", "contributing.md", "![a](docs/pictures/b.png)", "![a](pictures/b.png)"),
        ("docs/decisions/1.md", "decisions/1.md", "[a](../levels.md)", "[a](../levels.md)"),
        ("docs/page.md", "page.md", "see [the code](../jdgen/errors.py) and", "see the code and"),
        ("docs/page.md", "page.md", "[a](gone.md)", "[a](gone.md)"),  # an error of the strict build
        ("docs/page.md", "page.md", "`[a](../jdgen/errors.py)`", "`[a](../jdgen/errors.py)`"),
        ("docs/page.md", "page.md", "[a](https://example.org)", "[a](https://example.org)"),
    ],
)
def test_links_lead_to_where_things_are_in_the_site(path: str, place: str, text: str, linked: str) -> None:
    assert docs_site.relinked(text, path, place) == linked
