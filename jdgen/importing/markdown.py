"""Frameworks in Markdown: tables, and headings with lists below them, as repositories of source code keep them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from jdgen.framework.transcription import LIST_MARKS
from jdgen.importing.columns import BY_BANDS, Expected
from jdgen.importing.grid import Cell, CellPlace, Doubt, FileChoices, Grid, Prose, Publication, concealed
from jdgen.importing.lines import marked_lines
from jdgen.importing.transcript import MAX_ROWS, transcribe
from jdgen.words import decode

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


def read_markdown(
    content: bytes, name: str, expected: Expected = BY_BANDS, choices: FileChoices | None = None
) -> Publication:
    """The publication in a Markdown file. Comments are hidden, and what stands between pairs of ``~~`` is struck
    through. Raises :class:`JdgenError` for what is not UTF-8."""
    reader = _Reader(choices or FileChoices())
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(decode(content, name))
    return transcribe(name, list(reader.blocks(tokens)), expected, doubts=reader.doubts)


class _Reader:
    """Reads the tokens of a file; what has to be looked at is added to ``doubts``."""

    def __init__(self, choices: FileChoices) -> None:
        self.choices = choices
        self.doubts: list[Doubt] = []
        self._depth = 0

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Grid | Prose]:
        """Its paragraphs and tables."""
        depth = 0
        index = 0
        while index < len(tokens):
            token = tokens[index]
            if token.type == "table_open":
                end = next(n for n in range(index, len(tokens)) if tokens[n].type == "table_close")
                yield self._grid(tokens[index:end])
                index = end
            elif token.type == "heading_open":
                depth = int(token.tag[1:])
            elif token.type in ("list_item_open", "list_item_close"):
                self._depth += token.nesting
            elif token.type == "html_block":
                self._hide(token.content, _place(token))
            elif token.type == "inline":
                yield from self._prose(token, depth)
                depth = 0
            index += 1

    def _prose(self, token: Token, depth: int) -> Iterator[Prose]:
        place = _place(token)
        mark = f"{LIST_MARKS[0]} " if self._depth else ""
        for line in self._lines(token, place):
            yield Prose(f"{mark}{line}", place, depth=depth)

    def _grid(self, tokens: Sequence[Token]) -> Grid:
        cells: list[Cell] = []
        row, column = -1, 0
        line = _place(tokens[0])
        for token in tokens:
            if token.type == "tr_open":
                row, column = row + 1, 0
                line = _place(token)
            elif token.type == "inline" and row <= MAX_ROWS:
                named = f"cell {column + 1}"
                place = CellPlace("", line.row, named, f"{line.row}, {named}")
                lines = marked_lines(self._lines(token, place))
                cells.append(Cell(row, column, " ".join(lines), place, lines=lines))
                column += 1
        return Grid(tuple(cells))

    def _lines(self, token: Token, place: CellPlace) -> list[str]:
        """The lines of a text, divided where it says so; without what it hides or strikes through, unless the user has
        that read."""
        parts: list[str] = []
        struck: list[str] = []
        is_struck = 0
        for child in token.children or ():
            is_struck += child.nesting if child.type.startswith("s_") else 0
            text = self._text(child, place)
            if is_struck:
                struck.append(text)
            if not is_struck or self.choices.struck:
                parts.append(text)
        if text := "".join(struck):
            self.doubts.append(concealed("struck-through text", place, text, "--struck", self.choices.struck))
        lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
        return [line for line in lines if line]

    def _text(self, token: Token, place: CellPlace) -> str:
        if token.type == "softbreak":
            return " "
        if token.type == "hardbreak" or (token.type == "html_inline" and _BREAK.fullmatch(token.content)):
            return "\n"
        if token.type == "html_inline" and _COMMENT.fullmatch(token.content):
            self._hide(token.content, place)
            return ""
        return token.content

    def _hide(self, html: str, place: CellPlace) -> None:
        for comment in _COMMENT.findall(html):
            if comment.strip():
                self.doubts.append(
                    Doubt("a comment, which nobody sees, is left out", place, text=" ".join(comment.split()))
                )


def _place(token: Token) -> CellPlace:
    line = f"line {token.map[0] + 1}" if token.map else ""
    return CellPlace("", line, "", line)
