"""What the styles of a Word file say of a paragraph or a run, by its style and all that the style is based on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jdgen.word_file.parsing import W

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
