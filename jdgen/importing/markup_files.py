"""Frameworks as repositories of source code keep them: in Markdown and in JSON.

Of Markdown, tables are read, and headings with lists below them. In JSON each list of objects is a table, whose columns
are the paths to what its objects and those around them hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from jdgen.errors import JdgenError, Problem
from jdgen.framework.transcription import LIST_MARKS
from jdgen.importing.grid import MAX_ROWS, Cell, CellPlace, Doubt, FileChoices, Grid, LaidOut, Prose, concealed
from jdgen.importing.lines import marked_lines
from jdgen.words import decode

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)


def read_markdown(content: bytes, name: str, choices: FileChoices) -> LaidOut:
    """What a Markdown file says. Comments are hidden, and what stands between pairs of ``~~`` is struck
    through. Raises :class:`JdgenError` for what is not UTF-8."""
    reader = _MarkdownReader(choices)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(decode(content, name))
    return LaidOut(tuple(reader.blocks(tokens)), tuple(reader.doubts))


class _MarkdownReader:
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
                is_strong = any(child.type == "strong_open" for child in token.children or ())
                look = "strong" if is_strong else ""
                cells.append(Cell(row, column, " ".join(lines), place, lines=lines, look=look))
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


# JSON.

#: What has a deeper path is no list that people keep.
_DEEPEST = 12
_Values = dict[str, tuple[Any, str]]


def read_json(content: bytes, name: str) -> LaidOut:
    """What a JSON file says. A place in it is a path: ``roles[2].levels[0].name``.

    Raises :class:`JdgenError` for what is no JSON, or nested without end.
    """
    try:
        # A number is what is written, digit for digit: 1.10 is no 1.1.
        value = json.loads(decode(content, name), parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise JdgenError(Problem(f"{name}:{error.lineno}", f"is no JSON ({error.msg})", "export it anew")) from error
    except RecursionError as error:
        raise JdgenError(Problem(name, "is nested too deeply", "export it anew")) from error
    tables: dict[str, list[_Values]] = {}
    for path, row in _rows(value, "", "", {}):
        tables.setdefault(path, []).append(row)
    blocks: list[Grid | Prose] = []
    for path, rows in tables.items():
        blocks += [Prose(path or name, CellPlace("", path, "", path or name), depth=1), _grid_of_rows(rows)]
    return LaidOut(tuple(blocks))


def _rows(value: Any, path: str, place: str, around: Mapping[str, tuple[Any, str]]) -> Iterator[tuple[str, _Values]]:
    """A row for each object that holds no list of others, with the path of the list that it is in."""
    if path.count(".") > _DEEPEST:
        return
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _rows(one, path, f"{place}[{number}]", around)
    elif isinstance(value, dict):
        held = {**around, **dict(_plain_values(value, path, place))}
        inner = {key: one for key, one in value.items() if _holds_objects(one)}
        for key, one in inner.items():
            below = f"{path}.{key}".lstrip(".")
            yield from _rows(one, below, f"{place}.{key}".lstrip("."), held)
        if not inner:
            yield path, held


def _plain_values(value: Mapping[str, Any], path: str, place: str) -> Iterator[tuple[str, tuple[Any, str]]]:
    for key, one in value.items():
        if not _holds_objects(one) and one not in (None, "", []):
            yield f"{path}.{key}".lstrip("."), (one, f"{place}.{key}".lstrip("."))


def _holds_objects(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict | list) for one in value))


def _grid_of_rows(rows: list[_Values]) -> Grid:
    columns = {name: number for number, name in enumerate(dict.fromkeys(name for row in rows for name in row))}
    cells = [Cell(0, number, name, CellPlace("", name, "", name)) for name, number in columns.items()]
    for number, row in enumerate(rows, 1):
        for name, (value, place) in row.items():
            lines = _lines_of_value(value)
            text = " ".join(lines)
            cells.append(Cell(number, columns[name], text, CellPlace("", place, "", place), lines=lines))
    return Grid(tuple(cells))


def _lines_of_value(value: Any) -> tuple[str, ...]:
    """The lines of a value: the entries of a list, each with a list mark, or those of a text."""
    if isinstance(value, list):
        return tuple(f"{LIST_MARKS[0]} {' '.join(str(one).split())}" for one in value)
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return tuple(" ".join(line.split()) for line in str(value).split("\n") if line.strip())
