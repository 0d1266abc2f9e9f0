"""Accessibility of a template's structure: headings, blank lines, typed numbers, language, title.

The rules are those of the Public Sector Bodies Accessibility Regulations 2018 by way of WCAG 2.2 (1.3.1 information
and relationships, 2.4.2 title, 3.1.1 language), as Word makes them possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from jdgen.filling.checks.findings import WHOLE_FILE, Finding, Severity
from jdgen.filling.checks.parts import CELL, TABLE, Paragraph, Part, nearest
from jdgen.filling.checks.styles import value
from jdgen.filling.mending.tag_text import without_tags
from jdgen.word_file.parsing import W

_BULLET = re.compile(r"\s*(?:[•·▪●○◦■□➢✓*]\s*|[-–—]\s+)\S")
_NUMBER = re.compile(
    r"\s*(?:\(?\d{1,2}[.)](?=[\sA-Za-z{])|\d(?:\.\d{1,2})+\.?\s+(?=[A-Z{])|\(?[a-z][.)]\s+|\{\{[^{}]*\.number\s*\}\})\S*"
)
_PAGE = re.compile(r"\bpage\s+\d+\b", re.IGNORECASE)
_SEEN = ("drawing", "pict", "object", "sym", "br", "fldChar", "fldSimple", "footnoteReference", "oMath")


def structure_advice(part: Part, is_text: bool) -> Iterator[Finding]:
    """What makes the part hard to find one's way in. ``is_text`` is true of the text itself, not of a header."""
    if is_text:
        yield from _skipped_levels(part)
        yield from _headings_by_look(part)
        yield from _blank_paragraphs(part)
        yield from _typed_lists(part)
    else:
        yield from _typed_page_numbers(part)


def document_advice(title: str, parts: Sequence[Part], settings: Any) -> Iterator[Finding]:
    """The title of the file, and the language that it says its text is in."""
    if not title.strip():
        right = "in Word: File, Info, Title: write what the document is, such as Job description"
        yield Finding("no-title", Severity.ADVICE, WHOLE_FILE, "has no title among its properties", right)
    if not parts:
        return
    right = "in Word: select all, then Review, Language, Set Proofing Language: English (United Kingdom)"
    language = value(parts[0].styles.default("lang")) or _theme_language(settings)
    if language != "en-GB":
        what = f"its language is {language or 'not set'}, not British English"
        yield Finding("language", Severity.ADVICE, WHOLE_FILE, what, right)
    for part in parts:
        seen: set[str] = set()
        for mark in part.tree.iter(f"{W}lang"):
            written = value(mark)
            if written and written not in ("en-GB", *seen):
                seen.add(written)
                yield part.found("language", Severity.ADVICE)(mark, f"its language is set to {written}", right)


def _theme_language(settings: Any) -> str | None:
    return None if settings is None else value(settings.find(f"{W}themeFontLang"))


def _skipped_levels(part: Part) -> Iterator[Finding]:
    before = 0
    for paragraph in part.seen:
        level = part.styles.outline_level(paragraph.element)
        if not level or not paragraph.text.strip():
            continue
        if level > before + 1:
            after = f"follows a heading of level {before}" if before else "is the first heading"
            found = part.found("heading-skipped", Severity.ADVICE)
            yield found(paragraph, f"a heading of level {level} {after}", f"use the style Heading {before + 1}")
        before = level


def _headings_by_look(part: Part) -> Iterator[Finding]:
    """One finding, at the first: whoever reads with the ears, or by the list of headings, finds none of them."""
    if headings := part.headings_by_look:
        more = f", here and in {len(headings) - 1} more paragraphs" if len(headings) > 1 else ""
        found = part.found("heading-by-look", Severity.ADVICE)
        right = "in Word: Home, Styles: give it the style Heading 1, 2 or 3, whose look you may change"
        yield found(headings[0], f"the text is bold like a heading, and is none{more}", right)


def _blank_paragraphs(part: Part) -> Iterator[Finding]:
    """The first of each run of blank paragraphs that only make space."""
    found, before = part.found("blank-paragraph", Severity.ADVICE), False
    for paragraph in part.seen:
        blank = _is_blank(paragraph) and not _is_needed(paragraph)
        if blank and not before:
            yield found(
                paragraph, "a blank line makes space", "delete it, and set the space before or after in the style"
            )
        before = blank


def _is_blank(paragraph: Paragraph) -> bool:
    if paragraph.text.strip() or paragraph.element.find(f"{W}pPr/{W}sectPr") is not None:
        return False
    return next(paragraph.element.iter(*(f"{{*}}{name}" for name in _SEEN)), None) is None


def _is_needed(paragraph: Paragraph) -> bool:
    """Whether Word itself needs it: as the only one of a cell, or after a table at a cell's end or before another."""
    element = paragraph.element
    before, after = element.getprevious(), element.getnext()
    after_table = before is not None and before.tag == TABLE
    if element.getparent().tag == CELL:
        return after is None and (after_table or len(element.getparent().findall(f"{W}p")) == 1)
    return after_table and (after is None or after.tag in (TABLE, f"{W}sectPr"))


def _typed_lists(part: Part) -> Iterator[Finding]:
    """The first of each run of paragraphs with a bullet or number that was typed."""
    before = ""
    for paragraph in part.seen:
        kind = _typed(part, paragraph)
        if kind and kind != before:
            found = part.found(f"typed-{kind}", Severity.ADVICE)
            yield found(paragraph, f"the {kind} is typed", "take it out and use a list style: Word then counts")
        if paragraph.text.strip() and "{%p" not in paragraph.text:
            before = kind


def _typed(part: Part, paragraph: Paragraph) -> str:
    if part.styles.of_paragraph(paragraph.element, "numPr") is not None or nearest(paragraph.element, CELL) is not None:
        return ""
    if _BULLET.match(paragraph.text):
        return "bullet"
    return "number" if _NUMBER.match(paragraph.text) else ""


def _typed_page_numbers(part: Part) -> Iterator[Finding]:
    for paragraph in part.seen:
        counted = next(paragraph.own(f"{W}fldChar", f"{W}fldSimple"), None) is not None
        if not counted and _PAGE.search(without_tags(paragraph.text)):
            found = part.found("typed-page-number", Severity.ADVICE)
            yield found(paragraph, "the page number is typed", "in Word: Insert, Page Number")
