"""The parts of a template that are filled, read for checking: their paragraphs, and where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, Protocol

from lxml import etree

from jdgen.template.checks.findings import Finding, Place, Severity, excerpt
from jdgen.word.xml import W, parsed

# What the styles of a Word file say of a paragraph or a run, by its style and all that the style is based on.

_OFF = {"0", "false", "off", "none"}
#: Outline level 10 of Word, written 9, is body text (ECMA-376 part 1, 17.3.1.20).
_BODY_TEXT = 9


@dataclass(frozen=True, eq=False)
class Styles:
    """The styles of a file; ``tree`` is nothing where the file has none."""

    tree: Any

    @cached_property
    def _by_id(self) -> dict[str, Any]:
        return {} if self.tree is None else {style.get(f"{W}styleId"): style for style in self.tree.iter(f"{W}style")}

    @cached_property
    def _default(self) -> str:
        """The style of paragraphs that name none."""
        for name, style in self._by_id.items():
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                return name
        return ""

    def default(self, name: str) -> Any:
        """The property of every run that nothing else states."""
        return None if self.tree is None else self.tree.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}{name}")

    def name_of(self, paragraph: Any) -> str:
        """The name that Word shows for the paragraph's style, in lower case: ``heading 1``, ``title``."""
        style = self._by_id.get(self._style_of(paragraph))
        return "" if style is None else (value(style.find(f"{W}name")) or "").casefold()

    def of_paragraph(self, paragraph: Any, name: str) -> Any:
        """The paragraph's property called ``name``, its own or its style's, or nothing."""
        own = paragraph.find(f"{W}pPr/{W}{name}")
        return own if own is not None else self._styled(self._style_of(paragraph), f"{W}pPr/{W}{name}")

    def of_run(self, run: Any, paragraph: Any, name: str) -> Any:
        """The run's property called ``name``: its own, its style's, its paragraph's style's, or the default."""
        own = run.find(f"{W}rPr/{W}{name}")
        if own is not None:
            return own
        path = f"{W}rPr/{W}{name}"
        for style in (value(run.find(f"{W}rPr/{W}rStyle")), self._style_of(paragraph)):
            found = self._styled(style, path)
            if found is not None:
                return found
        return self.default(name)

    def of_table(self, table: Any, path: str) -> Any:
        """What the table's style says at ``path``."""
        return self._styled(value(table.find(f"{W}tblPr/{W}tblStyle")), path)

    def outline_level(self, paragraph: Any) -> int:
        """1 for a heading of the first level; 0 for what is no heading."""
        written = value(self.of_paragraph(paragraph, "outlineLvl"))
        level = int(written) if written and written.isdecimal() else _BODY_TEXT
        return level + 1 if level < _BODY_TEXT else 0

    def _style_of(self, paragraph: Any) -> str:
        return value(paragraph.find(f"{W}pPr/{W}pStyle")) or self._default

    def _styled(self, style: str | None, path: str) -> Any:
        return next((found for each in self._chain(style) if (found := each.find(path)) is not None), None)

    def _chain(self, style: str | None) -> Iterator[Any]:
        seen = set()
        while style in self._by_id and style not in seen:
            seen.add(style)
            yield self._by_id[style]
            style = value(self._by_id[style].find(f"{W}basedOn"))


def value(element: Any) -> str | None:
    """What an element's ``w:val`` says; nothing where there is no element."""
    return None if element is None else element.get(f"{W}val")


def on(element: Any) -> bool:
    """Whether a switch such as ``w:b`` is set."""
    return element is not None and value(element) not in _OFF


P, TABLE, ROW, CELL, RUN, TEXT = (f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r", "t"))
_WHOLE = tuple(f"{W}{name}" for name in ("body", "hdr", "ftr"))
_FIELD_MARK = f"{W}fldChar"
_TEXT, _RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_REFERENCES = {f"{W}{name}Reference": name for name in ("header", "footer")}
#: What a heading has not: a full stop or comma at its end, words after a colon.
_SENTENCE = re.compile(r"[.,;?!]\Z|:\s*\S")
_LONGEST_HEADING = 80
_NAMED = ("title", "subtitle", "caption", "toc heading")
_ON_PAGES = {"first": " of the first page", "even": " of even pages"}
_BY_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: What a program shows that does not know the newer form of the same thing, which stands beside it.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True, eq=False)
class Piece:
    """Text of one ``w:t``. ``holder`` is what its run stands in: the paragraph, a link, a content control; with
    the number of the field of Word's own, such as a reference, whose result it is in, or 0."""

    text: str
    order: int
    holder: tuple[Any, int]


@dataclass(frozen=True, eq=False)
class Paragraph:
    """One paragraph and the text that is its own, without that of text boxes in it."""

    number: int
    element: Any
    order: int
    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> str:
        """The text in one piece."""
        return "".join(piece.text for piece in self.pieces)

    def own(self, *tags: str) -> Iterator[Any]:
        """Elements with these tags in this paragraph, not in one inside it."""
        return (found for found in self.element.iter(*tags) if nearest(found, P) is self.element)


class Words(Protocol):
    """Words of a paragraph that a finding is about: a tag, a gap."""

    @property
    def paragraph(self) -> Paragraph | None:
        """The paragraph that they stand in, if they are text."""

    @property
    def text(self) -> str:
        """The words."""


@dataclass(frozen=True, eq=False)
class PageParts:
    """How Word calls the headers and footers of a file, told by the sections that show them."""

    parts: Mapping[str, bytes]

    def called(self, name: str) -> str:
        """``header of the first page``; '' for what only has one form, and for other parts."""
        return self._called.get(name, "")

    @cached_property
    def _called(self) -> dict[str, str]:
        if _TEXT not in self.parts or _RELATIONS not in self.parts:
            return {}
        targets = {each.get("Id"): each.get("Target", "") for each in parsed(self.parts[_RELATIONS])}
        kinds: dict[str, set[str]] = {}
        for reference in parsed(self.parts[_TEXT]).iter(*_REFERENCES):
            target = targets.get(reference.get(_BY_ID), "")
            name = target.lstrip("/") if target.startswith("/") else f"word/{target}"
            kinds.setdefault(name, set()).add(f"{_REFERENCES[reference.tag]}{_ON_PAGES.get(_type_of(reference), '')}")
        return {name: next(iter(called)) for name, called in kinds.items() if len(called) == 1}


def _type_of(reference: Any) -> str:
    return reference.get(f"{W}type") or ""


@dataclass(frozen=True, eq=False)
class Part:
    """A part that is filled: the text, a header or a footer."""

    name: str
    tree: Any
    styles: Styles
    pages: PageParts = PageParts({})

    @cached_property
    def order(self) -> dict[Any, int]:
        """Every element with its position in the part."""
        return {element: number for number, element in enumerate(self.tree.iter())}

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph, in the order in which they begin."""
        pieces: dict[Any, list[Piece]] = {element: [] for element in self.tree.iter(P)}
        fields: dict[Any, list[int]] = {}
        opened = 0
        for element in self.tree.iter(TEXT, _FIELD_MARK):
            owner = nearest(element, P)
            if element.tag == _FIELD_MARK:
                kind, within = element.get(f"{W}fldCharType"), fields.setdefault(owner, [])
                if kind == "begin":
                    opened += 1
                    within.append(opened)
                elif kind == "end" and within:
                    within.pop()
            elif owner is not None and element.text:
                holder = next(element.iterancestors(RUN), element).getparent()
                inside = fields.get(owner)
                piece = Piece(element.text, self.order[element], (holder, inside[-1] if inside else 0))
                pieces[owner].append(piece)
        return tuple(
            Paragraph(number, element, self.order[element], tuple(own))
            for number, (element, own) in enumerate(pieces.items(), 1)
        )

    @cached_property
    def by_element(self) -> Mapping[Any, Paragraph]:
        """The paragraph of each ``w:p``."""
        return {paragraph.element: paragraph for paragraph in self.paragraphs}

    @cached_property
    def seen(self) -> tuple[Paragraph, ...]:
        """The paragraphs without copies for programs that do not know text boxes."""
        if next(self.tree.iter(_FALLBACK), None) is None:
            return self.paragraphs
        return tuple(each for each in self.paragraphs if nearest(each.element, _FALLBACK) is None)

    def place(self, paragraph: Paragraph | None, quoted: str | None = None, words: str = "") -> Place:
        """Where ``paragraph`` stands; without one, the part as a whole. ``words`` are those of it that are meant."""
        if paragraph is None:
            return Place(self.name, page_part=self.pages.called(self.name))
        text = paragraph.text if quoted is None else quoted
        start = text.find(words)
        return Place(
            part=self.name,
            paragraph=paragraph.number,
            heading=self._heading_above(paragraph),
            cell=self._cell(paragraph.element),
            quoted=text,
            words=excerpt(text, start, start + len(words)) if words and start >= 0 else "",
            page_part=self.pages.called(self.name),
        )

    def holding(self, element: Any) -> Paragraph | None:
        """The paragraph that ``element`` is in; else the first of what it belongs to, such as a cell."""
        for around in (element, *element.iterancestors()):
            if around.tag in _WHOLE:
                return None
            if (first := next(around.iter(P), None)) is not None:
                return self.by_element[around if around.tag == P else first]
        return None

    def found(self, code: str, severity: Severity) -> Callable[[Any, str, str], Finding]:
        """A maker of findings of one kind: words, paragraph or element, what is wrong, what would be right."""

        def finding(at: Any, what: str, right: str) -> Finding:
            return Finding(code, severity, self._place_of(at), what, right)

        return finding

    def _place_of(self, at: Words | Paragraph | Any) -> Place:
        if at is None or isinstance(at, Paragraph):
            return self.place(at)
        if etree.iselement(at):
            return self.place(self.holding(at))
        return self.place(at.paragraph, words=at.text)

    @cached_property
    def _headings(self) -> tuple[Paragraph, ...]:
        marked = [each for each in self.paragraphs if each.text.strip() and self.styles.outline_level(each.element)]
        return tuple(marked) or self.headings_by_look

    @cached_property
    def headings_by_look(self) -> tuple[Paragraph, ...]:
        """Paragraphs that only look like headings: short, all in bold, before a text that is not."""
        bold = [each for each in self.seen if each.text.strip() and "{%" not in each.text]
        return tuple(
            each
            for each, after in pairwise(bold)
            if self._looks_bold(each) and self._is_like_heading(each) and not self._is_bold_text(after)
        )

    def _is_bold_text(self, paragraph: Paragraph) -> bool:
        """Whether it is in bold, and not the heading of a table's column."""
        return self._looks_bold(paragraph) and nearest(paragraph.element, CELL) is None

    def _looks_bold(self, paragraph: Paragraph) -> bool:
        runs = [run for run in paragraph.own(RUN) if "".join(text.text or "" for text in run.iter(TEXT)).strip()]
        return bool(runs) and all(on(self.styles.of_run(run, paragraph.element, "b")) for run in runs)

    def _is_like_heading(self, paragraph: Paragraph) -> bool:
        element, text = paragraph.element, paragraph.text.strip()
        return (
            len(text) <= _LONGEST_HEADING
            and _SENTENCE.search(text) is None
            and nearest(element, CELL) is None
            and not self.styles.outline_level(element)
            and self.styles.of_paragraph(element, "numPr") is None
            and self.styles.name_of(element) not in _NAMED
        )

    def _heading_above(self, paragraph: Paragraph) -> str:
        above = (each for each in reversed(self._headings) if each.number < paragraph.number)
        heading = next(above, None)
        return heading.text.strip() if heading else ""

    def _cell(self, element: Any) -> str:
        cell, row, table = (nearest(element, tag) for tag in (CELL, ROW, TABLE))
        if cell is None or row is None or table is None:
            return ""
        rows, cells = own_rows(table), own_cells(row)
        numbers = (list(self.tree.iter(TABLE)).index(table), rows.index(row), cells.index(cell))
        return "table {}, row {}, column {}".format(*(number + 1 for number in numbers))


def nearest(element: Any, tag: str) -> Any:
    """The innermost element with this tag round ``element``, or nothing."""
    return next(element.iterancestors(tag), None)


def own_rows(table: Any) -> list[Any]:
    """The rows of ``table``, those in content controls too, without those of tables inside it."""
    return [row for row in table.iter(ROW) if nearest(row, TABLE) is table]


def own_cells(row: Any) -> list[Any]:
    """The cells of ``row``, without those of tables inside it."""
    return [cell for cell in row.iter(CELL) if nearest(cell, ROW) is row]


def filled_parts(parts: Mapping[str, bytes], names: Iterator[str] | Mapping[str, str]) -> tuple[Part, ...]:
    """The parts called ``names``, which are those that docxtpl fills."""
    styles = Styles(parsed(parts["word/styles.xml"]) if "word/styles.xml" in parts else None)
    pages = PageParts(parts)
    return tuple(Part(name, parsed(parts[name]), styles, pages) for name in names)
