"""The README: short, with pictures that can be told without being seen, and no link that leads nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from jdgen.app.documentation import pages
from tests.toolbox.examples import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#]+)")
#: What only people who change jdgen need, and a wheel has not.
OF_DEVELOPERS = ("CONTRIBUTING.md", "CHANGELOG.md", "docs/decisions", "docs/benchmarks.md")


def words(text: str) -> int:
    """How many words somebody reads, those of commands and of pictures' texts included; not where links lead."""
    return len(re.sub(r"\]\([^)]*\)", "]", text).split())


def test_it_has_600_words_at_most() -> None:
    assert words("one [two](three.md) ![four](five.png) `six`") == 4
    assert words(README) <= 600


def test_it_shows_a_document_a_redline_and_the_page() -> None:
    assert {Path(path).stem for _, path in PICTURE.findall(README)} == {"document", "redline", "page"}


@pytest.mark.parametrize(("description", "path"), PICTURE.findall(README), ids=lambda value: Path(value).stem[:12])
def test_a_picture_is_small_and_said_in_words(description: str, path: str) -> None:
    assert (ROOT / path).stat().st_size < 150_000
    with Image.open(ROOT / path) as picture:
        assert picture.format == "PNG"
        assert 600 <= picture.width <= 1200
    assert len(description.split()) > 8


def test_every_link_leads_to_something_that_is_installed_too() -> None:
    links = set(LINK.findall(README))
    assert [link for link in links if not (ROOT / link).exists()] == []
    installed = {page.path.relative_to(ROOT).as_posix() for page in pages()}
    assert {link for link in links - installed if not link.startswith(OF_DEVELOPERS)} == set()


def test_each_of_the_three_users_has_a_tutorial_and_a_page() -> None:
    for page in ("tutorials/manager", "recruiting", "tutorials/workbook", "hr", "tutorials/release", "frameworks"):
        assert f"](docs/{page}.md)" in README


@pytest.mark.parametrize("command", ["make demo", "make test", ".venv\\Scripts\\python -m pytest", "py -m venv .venv"])
def test_it_says_how_to_begin_on_every_system(command: str) -> None:
    assert f"\n{command}" in README


def test_the_files_that_its_commands_for_windows_name_are_there() -> None:
    paths = re.findall(r"examples\\\S+", README)
    assert paths
    assert all((ROOT / path.replace("\\", "/")).is_file() for path in paths)
