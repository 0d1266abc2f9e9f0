"""What mkdocs does for the site besides building the pages of ``docs/``: it adds the reference (``tools/reference.py``)
and pages that lie elsewhere in the project, and warns of what would be read otherwise than it is written.

``mkdocs.yml`` names this file under ``hooks``. With ``--strict``, as ``make docs`` builds, each warning is an error.
"""

from __future__ import annotations

import logging
import posixpath
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))  # mkdocs runs a hook by its path

from reference import COMMANDS, FILES, command_sections, file_pages, pages  # noqa: E402  # found by the line above

#: Pages that lie elsewhere in the project, by their place in the site.
ELSEWHERE = {
    "templates.md": "templates/README.md",
    "contributing.md": "CONTRIBUTING.md",
    "tests.md": "tests/README.md",
    "changelog.md": "CHANGELOG.md",
    "security.md": "SECURITY.md",
}
DECISIONS = "decisions/"
#: Pages for people who change jdgen.
OURS = frozenset({"contributing.md", "tests.md", "changelog.md", "benchmarks.md", "glossary.md"})
# What is between fences or backticks has no links.
_LINK = re.compile(r"(```.*?```|`[^`]*`)|(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)", re.DOTALL)
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
# A list right below a paragraph, or set in by less than Python-Markdown takes, is text to it.
_NO_LIST = re.compile(r"<(?:p|dd)>(?:(?!</(?:p|dd)>|<code).)*\n(?:[-*]|\d+\.) (?:(?!</(?:p|dd)>).)*", re.DOTALL)
# As mkdocs names what it counts for --strict.
_log = logging.getLogger("mkdocs.plugins.docs_site")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Put the pages that are written or counted here into the navigation, in the place of the folders it names."""
    config.nav = _fill(config.nav)
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the reference, and the pages that lie elsewhere."""
    for page in pages():
        files.append(File.generated(config, page.place, content=page.text))
    for place, path in ELSEWHERE.items():
        files.append(File.generated(config, place, content=(ROOT / path).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Lead links to files of the project to where these are in the site. What is not in it loses its link. The search
    names pages for users before those for people who change jdgen."""
    place = page.file.src_uri
    if place.startswith(DECISIONS) or place in OURS:
        page.meta["search"] = {"boost": 0.2}
    path = ELSEWHERE.get(place, f"docs/{place}")
    return relinked(markdown, path, place)


def on_page_content(html: str, page: Page, **_: Any) -> str:
    """Warn of lists that are read as text."""
    for match in _NO_LIST.finditer(html):
        _log.warning("%s: a list is read as text; put a blank line above it: %.80r", page.file.src_uri, match[0])
    return html


def relinked(markdown: str, path: str, place: str) -> str:
    """``markdown``, which lies at ``path`` in the project and at ``place`` in the site, with its links as the site has
    them."""

    def link(match: re.Match[str]) -> str:
        code, picture, text, link_target = match.groups()
        if code or re.match(r"[a-z]+:|#", link_target):
            return match[0]
        target, _, anchor = link_target.partition("#")
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        in_site = _place_of(target)
        if in_site:
            target = posixpath.relpath(in_site, posixpath.dirname(place) or ".")
            return f"{picture}[{text}]({target}{'#' + anchor if anchor else ''})"
        return text if (ROOT / target).exists() else match[0]

    return _LINK.sub(link, markdown)


def _place_of(path: str) -> str:
    """Where in the site is what lies at ``path`` in the project; '' for what is not in it."""
    for place, elsewhere in ELSEWHERE.items():
        if path == elsewhere:
            return place
    return path.removeprefix("docs/") if path.startswith("docs/") and Path(path).suffix else ""


def _fill(nav: Any) -> Any:
    if isinstance(nav, list):
        return [_fill(each) for each in nav]
    if isinstance(nav, dict):
        return {title: list(_below(each)) if _is_folder(each) else _fill(each) for title, each in nav.items()}
    return nav


def _is_folder(entry: Any) -> bool:
    return isinstance(entry, str) and entry.endswith("/")


def _below(folder: str) -> Iterator[dict[str, Any]]:
    """What the navigation has for a folder."""
    if folder == COMMANDS:
        for title, section in command_sections():
            yield {title: [{page.name: page.place} for page in section]}
    elif folder == FILES:
        yield from ({page.name: page.place} for page in file_pages())
    elif folder == DECISIONS:
        for path in sorted((ROOT / "docs" / folder).glob("*.md")):
            heading = _HEADING.search(path.read_text(encoding="utf-8"))
            yield {heading[1] if heading else path.stem: f"{folder}{path.name}"}
    else:
        raise KeyError(f"mkdocs.yml: {folder}: no such folder: {COMMANDS}, {FILES} or {DECISIONS}")
