"""The parts of a template that are filled, read for checking: what stands where, and how people would say so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeAlias

from jdgen.template.checks.findings import Finding, FindingPlace, Severity, excerpt
from jdgen.template.checks.tables import PartTables
from jdgen.template.tags import Paragraph, TemplatePart
from jdgen.word.file import MAIN_PART, File, Story
from jdgen.word.paragraphs import CELL, RUN, TABLE, TEXT, P
from jdgen.word.styles import Styles, is_on, value
from jdgen.word.xml import Element, W, nearest, text_in

_NUMBERING = "word/numbering.xml"
_UNNUMBERED = ("bullet", "none")


_REFERENCES = {f"{W}{name}Reference": name for name in ("header", "footer")}
#: What a heading has not: a full stop or comma at its end, words after a colon.
_SENTENCE = re.compile(r"[.,;?!]\Z|:\s*\S")
_LONGEST_HEADING = 80
_NAMED_STYLES = ("title", "subtitle", "caption", "toc heading")
_ON_PAGES = {"first": " of the first page", "even": " of even pages"}
_NEAR = 2
_BY_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Words(Protocol):
    """Words of a paragraph that a finding is about: a tag, a gap."""

    @property
    def paragraph(self) -> Paragraph | None:
        """The paragraph that they stand in, if they are text."""

    @property
    def text(self) -> str:
        """The words as they stand in the template, with their braces or brackets."""


#: What a finding is about; nothing for a part as a whole.
Subject: TypeAlias = Words | Paragraph | Element | None


class ListLevel(NamedTuple):
    """Which list a numbered paragraph is in, and at which level, from 0. ``restarts`` says that its numbers begin anew
    after a paragraph of a level above it (ECMA-376 part 1, 17.9.10)."""

    list_id: str
    level: int
    restarts: bool


@dataclass(frozen=True, eq=False)
class TemplateFile:
    """What the parts of a file have in common: styles, lists, and how Word calls headers and footers, which is told by
    the sections that show them."""

    file: File

    @cached_property
    def styles(self) -> Styles:
        """The styles of the file."""
        return Styles.of(self.file)

    def is_point(self, paragraph: Element) -> bool:
        """Whether a paragraph has a number or bullet that Word sets before it."""
        properties = self.styles.of_paragraph(paragraph, "numPr")
        return properties is not None and value(properties.find(f"{W}numId")) not in (None, "0")

    def list_level(self, paragraph: Element) -> ListLevel | None:
        """Where in a list with numbers a paragraph is; nothing for any other, such as one with a bullet."""
        properties = self.styles.of_paragraph(paragraph, "numPr")
        if properties is None:
            return None
        level = value(properties.find(f"{W}ilvl")) or "0"
        list_id, levels = self._lists.get(value(properties.find(f"{W}numId")), ("", {}))
        definition = levels.get(level)
        if definition is None or not level.isdecimal() or value(definition.find(f"{W}numFmt")) in _UNNUMBERED:
            return None
        return ListLevel(list_id, int(level), value(definition.find(f"{W}lvlRestart")) != "0")

    @cached_property
    def _lists(self) -> dict[str | None, tuple[str, dict[str | None, Element]]]:
        """The list and its levels, by the number that paragraphs have for it."""
        if _NUMBERING not in self.file:
            return {}
        tree = self.file.tree(_NUMBERING)
        lists = {
            each.get(f"{W}abstractNumId", ""): {level.get(f"{W}ilvl"): level for level in each.iter(f"{W}lvl")}
            for each in tree.iter(f"{W}abstractNum")
        }
        ids = {each.get(f"{W}numId"): value(each.find(f"{W}abstractNumId")) or "" for each in tree.iter(f"{W}num")}
        return {number: (list_id, lists.get(list_id, {})) for number, list_id in ids.items()}

    def page_part(self, part: str) -> str:
        """``header of the first page``; '' for what only has one form, and for other parts."""
        return self._page_parts.get(part, "")

    @cached_property
    def _page_parts(self) -> dict[str, str]:
        parts_by_id = {relationship.id: relationship.part for relationship in self.file.relationships(MAIN_PART)}
        kinds: dict[str, set[str]] = {}
        for reference in self.file.tree(MAIN_PART).iter(*_REFERENCES) if parts_by_id else ():
            on_pages = _ON_PAGES.get(reference.get(f"{W}type") or "", "")
            part = parts_by_id.get(reference.get(_BY_ID, ""), "")
            kinds.setdefault(part, set()).add(f"{_REFERENCES[reference.tag]}{on_pages}")
        return {part: next(iter(names)) for part, names in kinds.items() if len(names) == 1}


class _Mentions(NamedTuple):
    """Where in a part a pattern is found: for each paragraph whether its text has it, and the tables that have it."""

    in_paragraphs: Sequence[bool]
    tables: Set[Element]


@dataclass(frozen=True, eq=False)
class CheckedPart(TemplatePart):
    """A part that is filled, and where in it findings are."""

    file: TemplateFile

    @property
    def styles(self) -> Styles:
        """The styles of the file."""
        return self.file.styles

    def error(self, code: str, subject: Subject, what: str, right: str) -> Finding:
        """What is wrong with ``subject``, and what would be right, where a document would be wrong or damaged by it."""
        return Finding(code, Severity.ERROR, self._place_of(subject), what, right)

    def warning(self, code: str, subject: Subject, what: str, right: str) -> Finding:
        """As :meth:`error`, where a document would hold what nobody wants in it."""
        return Finding(code, Severity.WARNING, self._place_of(subject), what, right)

    def advice(self, code: str, subject: Subject, what: str, right: str) -> Finding:
        """As :meth:`error`, where some people could not read a document well."""
        return Finding(code, Severity.ADVICE, self._place_of(subject), what, right)

    def _place_of(self, subject: Subject) -> FindingPlace:
        if subject is None or isinstance(subject, Paragraph):
            return self.place(subject)
        if isinstance(subject, Element):
            return self.place(self.paragraph_of(subject))
        return self.place(subject.paragraph, words=subject.text)

    def place(self, paragraph: Paragraph | None, quoted: str | None = None, words: str = "") -> FindingPlace:
        """Where ``paragraph`` stands; without one, the part as a whole. ``words`` are those of it that are meant."""
        if paragraph is None:
            return FindingPlace(self.name, page_part=self.file.page_part(self.name))
        text = paragraph.text if quoted is None else quoted
        start = text.find(words)
        return FindingPlace(
            part=self.name,
            paragraph=paragraph.number,
            heading=self._heading_above(paragraph),
            cell=str(self.tables.cell_around(paragraph.element) or ""),
            quoted=text,
            words=excerpt(text, start, start + len(words)) if words and start >= 0 else "",
            page_part=self.file.page_part(self.name),
        )

    @cached_property
    def _headings(self) -> tuple[Paragraph, ...]:
        headings = [each for each in self.paragraphs if each.text.strip() and self.styles.outline_level(each.element)]
        return tuple(headings) or self.headings_by_look

    @cached_property
    def headings_by_look(self) -> tuple[Paragraph, ...]:
        """Paragraphs that only look like headings: short, all in bold, before a text that is not."""
        paragraphs = [each for each in self.paragraphs_without_copies if each.text.strip() and "{%" not in each.text]
        return tuple(
            each
            for each, after in pairwise(paragraphs)
            if self._looks_bold(each) and self._is_like_heading(each) and not self._is_bold_text(after)
        )

    def _is_bold_text(self, paragraph: Paragraph) -> bool:
        """Whether it is in bold, and not the heading of a table's column."""
        return self._looks_bold(paragraph) and nearest(paragraph.element, CELL) is None

    def _looks_bold(self, paragraph: Paragraph) -> bool:
        runs = [run for run in paragraph.elements(RUN) if text_in(run).strip()]
        return bool(runs) and all(is_on(self.styles.of_run(run, paragraph.element, "b")) for run in runs)

    def _is_like_heading(self, paragraph: Paragraph) -> bool:
        element, text = paragraph.element, paragraph.text.strip()
        return (
            len(text) <= _LONGEST_HEADING
            and _SENTENCE.search(text) is None
            and nearest(element, CELL) is None
            and not self.styles.outline_level(element)
            and self.styles.of_paragraph(element, "numPr") is None
            and self.styles.name_of(element) not in _NAMED_STYLES
        )

    def _heading_above(self, paragraph: Paragraph) -> str:
        above = bisect_left(self._headings, paragraph.number, key=attrgetter("number"))
        return self._headings[above - 1].text.strip() if above else ""

    @cached_property
    def tables(self) -> PartTables:
        """Its tables, with their rows and cells."""
        return PartTables.of(self.tree)

    def has_near(self, paragraph: Paragraph, pattern: re.Pattern[str]) -> bool:
        """Whether ``pattern`` is found in ``paragraph``, in its table, or in two paragraphs on either side."""
        if pattern not in self._mentions:
            self._mentions[pattern] = self._mentions_of(pattern)
        mentions, at = self._mentions[pattern], paragraph.number - 1
        is_beside = any(mentions.in_paragraphs[max(0, at - _NEAR) : at + _NEAR + 1])
        return is_beside or nearest(paragraph.element, TABLE) in mentions.tables

    @cached_property
    def _mentions(self) -> dict[re.Pattern[str], _Mentions]:
        return {}

    def _mentions_of(self, pattern: re.Pattern[str]) -> _Mentions:
        texts = {table: " ".join(text.text or "" for text in table.iter(TEXT)) for table in self.tree.iter(TABLE)}
        return _Mentions(
            [pattern.search(each.text) is not None for each in self.paragraphs],
            {table for table, text in texts.items() if pattern.search(text)},
        )

    def paragraphs_in(self, holder: Element) -> list[Paragraph]:
        """The paragraphs in ``holder``, such as a cell."""
        return [self.by_element[element] for element in holder.iter(P)]


def filled_parts(file: File) -> tuple[CheckedPart, ...]:
    """The parts of a file that are filled: its text, headers and footers."""
    shared = TemplateFile(file)
    stories = (Story.MAIN, Story.HEADER, Story.FOOTER)
    return tuple(CheckedPart(name, file.tree(name), shared) for name, story in file.story_parts() if story in stories)
