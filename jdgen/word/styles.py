"""What styles give: the properties of a run, a paragraph or a table that it does not state itself.

A property is the nearest that is stated: by the run, by its style, by its paragraph's style, by what that is based on,
or for the whole file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from jdgen.word.file import File
from jdgen.word.xml import Element, W

_PART = "word/styles.xml"
_OFF = {"0", "false", "off", "none"}
#: Outline level 10 of Word, written 9, is body text (ECMA-376 part 1, 17.3.1.20).
_BODY_TEXT = 9


@dataclass(frozen=True, eq=False)
class Styles:
    """The styles of a file; ``tree`` is nothing where the file has none."""

    tree: Element | None

    @classmethod
    def of(cls, file: File) -> Styles:
        """The styles of ``file``, as its part for styles has them. Raises what reading a damaged part raises."""
        return cls(file.tree(_PART) if _PART in file else None)

    @cached_property
    def _by_id(self) -> dict[str | None, Element]:
        return {} if self.tree is None else {style.get(f"{W}styleId"): style for style in self.tree.iter(f"{W}style")}

    @cached_property
    def _default(self) -> str:
        """The style of paragraphs that name none."""
        for name, style in self._by_id.items():
            if name and style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                return name
        return ""

    def default(self, name: str) -> Element | None:
        """The property of every run that nothing else states."""
        return None if self.tree is None else self.tree.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}{name}")

    def name_of(self, paragraph: Element) -> str:
        """The name that Word shows for the paragraph's style, in lower case: ``heading 1``, ``title``."""
        return next(self.names_of(paragraph), "").casefold()

    def names_of(self, paragraph: Element) -> Iterator[str]:
        """The names of the paragraph's style and of those that it is based on, from the nearest on."""
        return (value(style.find(f"{W}name")) or "" for style in self._chain(self._style_of(paragraph)))

    def of_paragraph(self, paragraph: Element, name: str) -> Element | None:
        """The paragraph's property called ``name``, its own or its style's, or nothing."""
        own_property = paragraph.find(f"{W}pPr/{W}{name}")
        if own_property is not None:
            return own_property
        return self._property_of_style(self._style_of(paragraph), f"{W}pPr/{W}{name}")

    def of_run(self, run: Element, paragraph: Element, name: str) -> Element | None:
        """The run's property called ``name``: its own, its style's, its paragraph's style's, or the default."""
        own_property = run.find(f"{W}rPr/{W}{name}")
        if own_property is not None:
            return own_property
        path = f"{W}rPr/{W}{name}"
        for style in (value(run.find(f"{W}rPr/{W}rStyle")), self._style_of(paragraph)):
            style_property = self._property_of_style(style, path)
            if style_property is not None:
                return style_property
        return self.default(name)

    def of_table(self, table: Element, path: str) -> Element | None:
        """What the table's style says at ``path``."""
        return self._property_of_style(value(table.find(f"{W}tblPr/{W}tblStyle")), path)

    def outline_level(self, paragraph: Element) -> int:
        """1 for a heading of the first level; 0 for what is no heading."""
        level_text = value(self.of_paragraph(paragraph, "outlineLvl"))
        level = int(level_text) if level_text and level_text.isdecimal() else _BODY_TEXT
        return level + 1 if level < _BODY_TEXT else 0

    def _style_of(self, paragraph: Element) -> str:
        return value(paragraph.find(f"{W}pPr/{W}pStyle")) or self._default

    def _property_of_style(self, style: str | None, path: str) -> Element | None:
        properties = (ancestor.find(path) for ancestor in self._chain(style))
        return next((each for each in properties if each is not None), None)

    def _chain(self, style: str | None) -> Iterator[Element]:
        chain = set()
        while style in self._by_id and style not in chain:
            chain.add(style)
            yield self._by_id[style]
            style = value(self._by_id[style].find(f"{W}basedOn"))


def value(element: Element | None) -> str | None:
    """What an element's ``w:val`` says; nothing where there is no element."""
    return None if element is None else element.get(f"{W}val")


def is_on(element: Element | None) -> bool:
    """Whether a switch such as ``w:b`` is set."""
    return element is not None and value(element) not in _OFF
