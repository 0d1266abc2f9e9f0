"""How the pages of documents are filled: no heading alone at a page's foot, no page of a few lines, and none that is
half empty without a reason."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from jdgen.app import documents
from jdgen.post.reading import entries_of_file, post_of
from jdgen.template.filling import fill
from jdgen.template.properties import is_verbatim
from jdgen.word.paragraphs import paragraphs_of
from jdgen.workspace import TEMPLATES, Workspace
from tests.acceptance.rendering.conftest import Printouts, print_all
from tests.toolbox.documents import text_of
from tests.toolbox.examples import DRAFTED, POSTS, ROOT, shipped_template
from tests.toolbox.pages import Page, pages_in
from tests.toolbox.word import W, open_document

TRIAL_POSTS = tuple(sorted(path.stem for path in (ROOT / "tests/data/trial-posts").glob("*.yaml")))
FOOTERS = ("Reference:", "Role profile ·")
#: Lines below which a page is taken for an accident.
LEAST_LINES = 8
#: How much of a page may be empty below its last line.
MOST_BLANK = 0.5
#: What may begin a page although much of the one before is empty: a section that has a page break, a picture.
BEGINS_A_PAGE = ("Person specification", "Organisation chart")


def faults(pdf: Path, document: bytes) -> list[str]:
    """What is wrong with the pages of a document, printed as ``pdf``."""
    headings = {_words(text_of(each)) for each in paragraphs_of(open_document(document).element) if _is_heading(each)}
    pages = pages_in(pdf, FOOTERS)
    problems = []
    for number, page in enumerate(pages, 1):
        where = f"page {number} of {len(pages)}"
        if len(page.last) == 1 and _words(page.last[0]) in headings:
            problems.append(f"{where} ends with the heading {page.last[0]!r}")
        if page.rows < LEAST_LINES:
            problems.append(f"{where} has {page.rows} lines: {page.lines[0].text!r}")
        if number < len(pages) and page.blank > MOST_BLANK and not _has_reason(pages[number]):
            problems.append(f"{where} is empty to {page.blank:.0%} below {page.lines[-1].text!r}")
    return problems


def _is_heading(paragraph: Any) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and str(style.get(f"{W}val")).startswith("Heading")


def _words(text: str) -> str:
    """``text`` without its number."""
    return " ".join(re.sub(r"^[\d.]+\s+", "", text).split())


def _has_reason(following: Page) -> bool:
    return any(_words(line.text) in BEGINS_A_PAGE for line in following.lines if line.top < following.lines[0].top + 5)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("post", POSTS)
def test_pages_of_the_examples_are_filled(post: str, template: str, printouts: Printouts) -> None:
    document, pdf = printouts[post, template]
    assert faults(pdf, document) == []


@pytest.mark.soak
def test_pages_of_the_trial_posts_are_filled(tmp_path: Path) -> None:
    for post in TRIAL_POSTS:
        trial_post = post_of(entries_of_file(ROOT / f"tests/data/trial-posts/{post}.yaml"))
        for name in TEMPLATES:
            verbatim = is_verbatim((ROOT / "templates" / f"{name}.docx").read_bytes())
            draft = documents.draft(trial_post, Workspace(ROOT), DRAFTED, verbatim)
            (tmp_path / f"{post}.{name}.docx").write_bytes(fill(shipped_template(name), draft, DRAFTED))
    paths = sorted(tmp_path.glob("*.docx"))
    print_all(tmp_path, paths)
    problems = {each.stem: faults(each.with_suffix(".pdf"), each.read_bytes()) for each in paths}
    assert {name: each for name, each in problems.items() if each} == {}
