"""What a reader sees: every example document in every template, laid out by LibreOffice."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from jdgen.drafting.model import JobDescription
from jdgen.word.paragraphs import paragraphs_of
from tests.acceptance.rendering.conftest import BANDS, Pages, one_line_draft
from tests.toolbox.documents import text_of
from tests.toolbox.examples import DOCUMENTS, POSTS, TEMPLATES, WITH_SIDES, document_of, draft_of
from tests.toolbox.word import W, open_document

MOST_PAGES = {
    "job-description": 14,
    "job-description-side-by-side": 13,
    "job-description-numbered": 13,
    "person-specification": 6,
    "role-profile": 6,
}
SIDE_BY_SIDE, NUMBERED_TEMPLATE = WITH_SIDES
every_document = pytest.mark.parametrize(("post", "template"), DOCUMENTS)


def words(text: str) -> list[str]:
    """Words without what line breaks and hyphens do to them."""
    return re.findall(r"\w+", text)


def missing(text: str, expected: str) -> Counter[str]:
    """Words that the page would need for ``expected``. Columns of a table come line by line, so order is no help."""
    return Counter(words(expected)) - Counter(words(text))


def contains(text: str, expected: str) -> bool:
    return " ".join(words(expected)) in " ".join(words(text))


def body(pages: list[str]) -> str:
    """The pages without their headers and footers, so that a text that runs over a page is whole."""
    body_lines = []
    for page in pages:
        lines = [line for line in page.splitlines() if line.strip()]
        last = next(number for number, line in enumerate(lines) if re.search(r"Page \d+ of \d+", line))
        body_lines.append(lines[:last])
    return "\n".join(line for lines in body_lines for line in lines)


def last_line(page: str) -> str:
    """The last line above the footer, which may have several, without a number before it."""
    lines = [line.strip() for line in page.splitlines() if line.strip()]
    foot = max(number for number, line in enumerate(lines) if line.startswith(("Reference:", "Role profile ·")))
    return re.sub(r"^[\d.]+\s+", "", lines[foot - 1])


def heads(paragraph: Any) -> bool:
    return "Heading" in style_of(paragraph) and not style_of(paragraph).startswith("Table")


def style_of(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else str(style.get(f"{W}val"))


def duties(draft: JobDescription) -> list[tuple[str, str]]:
    return [(duty.number, duty.text) for heading in draft.duty_headings for duty in heading.duties]


@every_document
def test_the_number_of_pages_is_sane(post: str, template: str, pages: Pages) -> None:
    assert 2 <= len(pages[post, template]) <= MOST_PAGES[template]


@every_document
def test_each_page_is_numbered_out_of_all(post: str, template: str, pages: Pages) -> None:
    count = len(pages[post, template])
    for number, page in enumerate(pages[post, template], 1):
        assert re.findall(r"Page \d+ of \d+", page) == [f"Page {number} of {count}"]


@every_document
def test_each_page_says_what_it_is_part_of(post: str, template: str, pages: Pages) -> None:
    draft = draft_of(post)
    for page in pages[post, template]:
        assert contains(page, draft.title)
        footer = "Role profile" if template == "role-profile" else f"Reference: {draft.reference}"
        assert contains(page, footer)


@every_document
def test_no_tag_is_left(post: str, template: str, pages: Pages) -> None:
    text = "".join(pages[post, template])
    assert not re.search(r"\{\{|\{%|\}\}|%\}|&amp;|Undefined", text)
    groups = draft_of(post).person_specification.groups if template in WITH_SIDES else ()
    # Where a side has no criteria, and nowhere else.
    assert text.count("None") == sum(not side for group in groups for side in (group.essential, group.desirable))


@every_document
def test_no_page_is_nearly_empty(post: str, template: str, pages: Pages) -> None:
    for page in pages[post, template]:
        assert len(words(page)) > 40, page


@pytest.mark.parametrize("template", ["job-description", "role-profile"])
@pytest.mark.parametrize("post", POSTS)
def test_each_duty_is_printed_under_its_number(post: str, template: str, pages: Pages) -> None:
    # Headers and footers come between the halves of a duty that runs over a page: those are looked for by words.
    text = "".join(pages[post, template])
    draft = draft_of(post, verbatim=template == "role-profile")
    lines = [line.strip() for line in text.splitlines()]
    for number, duty in duties(draft):
        start = " ".join(words(duty)[:4])
        assert any(re.match(rf"{re.escape(number)}\s", line) and contains(line, start) for line in lines), number
        assert not missing(text, duty)
    whole = [duty for _, duty in duties(draft) if contains(text, duty)]
    assert len(whole) >= 0.8 * len(duties(draft))


@pytest.mark.parametrize("template", WITH_SIDES)
@pytest.mark.parametrize("post", POSTS)
def test_no_page_ends_with_a_heading_or_has_one_paragraph(post: str, template: str, pages: Pages) -> None:
    paragraphs = paragraphs_of(open_document(document_of(post, template)).element)
    texts = {text for paragraph in paragraphs if (text := text_of(paragraph)) and "Heading" not in style_of(paragraph)}
    headings = {text_of(paragraph) for paragraph in paragraphs if "Heading" in style_of(paragraph)}
    begins = {" ".join(words(text)[:4]) for text in texts if len(words(text)) > 4}
    for page in pages[post, template]:
        assert last_line(page) not in headings
        # The signatures are a table of few words, and stand with the paragraph before them.
        assert "Signature:" in page or sum(contains(body([page]), begin) for begin in begins) > 1, page
    assert contains(pages[post, template][-1], "About this document")
    assert "Signature:" in pages[post, template][-1]


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name.startswith("job-description")])
@pytest.mark.parametrize("band", BANDS)
def test_no_page_of_a_draft_from_one_line_ends_with_a_heading(band: str, template: str, one_line: Pages) -> None:
    # All these have the same headings, but for the duties' own.
    headings = {
        text_of(paragraph)
        for paragraph in paragraphs_of(open_document(one_line_draft(band, template)).element)
        if heads(paragraph)
    }
    assert "About the organisation" in headings
    for page in one_line[band, template]:
        assert last_line(page) not in headings


@pytest.mark.parametrize("post", POSTS)
def test_sections_are_numbered_and_duties_within_their_heading(post: str, pages: Pages) -> None:
    text = "".join(pages[post, NUMBERED_TEMPLATE])
    for number, heading in enumerate(("Job identification", "Job purpose", "Dimensions"), 1):
        assert re.search(rf"^\s*{number}\s+{heading}$", text, re.MULTILINE)
    (section,) = re.findall(r"^\s*(\d+)\s+Main duties$", text, re.MULTILINE)
    for its_number, _ in duties(draft_of(post)):
        assert re.search(rf"^\s*{section}\.{re.escape(its_number)}\s", text, re.MULTILINE), its_number


@pytest.mark.parametrize("template", WITH_SIDES)
@pytest.mark.parametrize("post", POSTS)
def test_a_list_of_the_post_s_stays_on_one_page(post: str, template: str, pages: Pages) -> None:
    draft = draft_of(post)
    for entries in (draft.values, draft.decisions):
        places = [
            [number for number, page in enumerate(pages[post, template]) if contains(page, entry.text[:30])]
            for entry in entries
        ]
        assert set.intersection(*map(set, places)), entries


@pytest.mark.parametrize("template", ["job-description", *WITH_SIDES, "person-specification"])
@pytest.mark.parametrize("post", POSTS)
def test_each_criterion_is_printed(post: str, template: str, pages: Pages) -> None:
    text = "".join(pages[post, template])
    for group in draft_of(post).person_specification.groups:
        assert contains(text, group.title)
        for criterion in group.criteria:
            assert not missing(text, criterion.text)
            assert contains(text, " ".join(words(criterion.text)[: 3 if template in WITH_SIDES else 4]))


@pytest.mark.parametrize("post", POSTS)
def test_the_first_duty_is_numbered_and_not_twice(post: str, pages: Pages) -> None:
    text = "".join(pages[post, "job-description"])
    assert len(re.findall(r"^\s*1\.1\s", text, re.MULTILINE)) == 1
    assert "1.1 1.1" not in re.sub(r"\s+", " ", text)


def test_a_missing_word_would_be_found() -> None:
    assert missing("Lead the programme", "Lead the programme well") == Counter({"well": 1})
    assert not contains("Lead the programme", "the Lead")
