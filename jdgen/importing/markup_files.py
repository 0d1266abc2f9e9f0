"""Frameworks as pages of the web and repositories of source code keep them: in HTML, in Markdown and in JSON.

Of HTML and Markdown, tables are read, and headings with lists below them. In JSON each list of objects is a
table, whose columns are the paths to what its objects and those around them hold.
"""

from __future__ import annotations

import io
import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from jdgen.errors import JdgenError, Problem
from jdgen.framework.transcription import LIST_MARKS
from jdgen.importing.column_meaning import TEXT_ROLES, Expected
from jdgen.importing.grid import (
    MAX_COLUMNS,
    MAX_ROWS,
    PICTURE,
    Cell,
    CellPlace,
    Doubt,
    FileChoices,
    Grid,
    LaidOut,
    Prose,
    concealed,
)
from jdgen.importing.heads import FEWEST, levels_named
from jdgen.importing.lines import marked_lines
from jdgen.levels import Scale
from jdgen.text_files.encoding import encoding_of
from jdgen.words import decode, superscript

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_ENTRY = re.compile(r"^ {0,3}[-*+] ", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\s*\n(?=[\w-]+:)(?:[^\n]+\n)*?---[ \t\r]*(?:\n|\Z)")
#: What is said of text that Markdown takes for a program's, which four blanks before it are enough for.
_CODE_BLOCK = "a block of code is left out, as which Markdown takes lines that four blanks stand before"


def read_markdown(content: bytes, name: str, choices: FileChoices) -> LaidOut:
    """What a Markdown file says. Comments are hidden, and what stands between pairs of ``~~`` is struck
    through; what the file says of itself to programs, between lines of ``---`` at its beginning, is left out. Raises
    :class:`JdgenError` for what is not UTF-8."""
    text = decode(content, name)
    text = _FRONT_MATTER.sub(lambda front_matter: "\n" * front_matter[0].count("\n"), text)
    reader = _MarkdownReader(choices, text.splitlines())
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return LaidOut(tuple(reader.blocks(tokens)), tuple(reader.doubts))


class _MarkdownReader:
    """Reads the tokens of a file with these ``lines``; what has to be looked at is added to ``doubts``."""

    def __init__(self, choices: FileChoices, lines: Sequence[str]) -> None:
        self.choices = choices
        self.lines = lines
        self._ends_of_tables = [number for number, line in enumerate(lines, 1) if "</table" in line.lower()]
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
            elif token.type == "html_block" and token.map:
                # A blank line ends a block of HTML, and no table.
                start, end = token.map
                if token.content.lower().count("<table") > token.content.lower().count("</table"):
                    end = next(iter(self._ends_of_tables[bisect_right(self._ends_of_tables, end) :]), end)
                yield from self._html("\n".join(self.lines[start:end]), start + 1)
                while index + 1 < len(tokens) and end > token.map[1] and (tokens[index + 1].map or [0])[0] < end:
                    index += 1
            elif token.type in ("code_block", "fence"):
                self.doubts.append(Doubt(_CODE_BLOCK, _place(token), text=" ".join(token.content.split()), weighs=True))
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
                number = f"cell {column + 1}"
                place = CellPlace("", line.row, number, f"{line.row}, {number}")
                lines = marked_lines(self._lines(token, place))
                is_strong = any(child.type == "strong_open" for child in token.children or ())
                look = "strong" if is_strong else ""
                cells.append(Cell(row, column, " ".join(lines), place, lines=lines, look=look))
                column += 1
        return Grid(tuple(cells))

    def _html(self, html: str, first: int) -> Iterator[Grid | Prose]:
        """What a block of HTML says that begins in the line called ``first``."""
        for comment in _COMMENT.finditer(html):
            line = f"line {first + html.count(chr(10), 0, comment.start())}"
            self._hide(comment[0], CellPlace("", line, "", line))
        visible_html = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), html)
        if "\n\n" in visible_html:
            # Between blank lines stands Markdown.
            visible_html = _ENTRY.sub("<li>", _BOLD.sub(r"<b>\1</b>", visible_html))
        blocks, doubts = _html_blocks(visible_html, first, self.choices)
        self.doubts += doubts
        yield from blocks

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
        if token.type == "image":
            self.doubts.append(Doubt(PICTURE, place, text=token.content))
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


# HTML among Markdown: its tables, whose cells state how far they reach, and its paragraphs.

#: Within quotation marks a tag may hold what ends others.
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+)(?P<rest>(?:[^<>"'=]++|=\s*+(?:"[^"<]*+"|'[^'<]*+')|["'=])*+)>"""
)
_SPAN = re.compile(r"\b(rowspan|colspan)\s*=\s*[\"']?(\d{1,4})", re.IGNORECASE)
#: Tags that divide lines, and those of what is bold, struck through, or no text.
_LINES = frozenset(("br", "hr", "p", "div", "ul", "ol", "li", "table", "tr", "td", "th", "caption", "dl", "dt", "dd"))
_LINES |= frozenset(
    ("address", "article", "aside", "blockquote", "details", "fieldset", "figcaption", "figure", "header")
)
_LINES |= frozenset(("legend", "main", "option", "pre", "section", "summary"))
_STRONG, _STRUCK = ("b", "strong", "th"), ("s", "strike", "del")
#: Tags of what is no text, or stands on all pages of a site.
_UNREAD = frozenset(("script", "style", "title", "nav", "footer", "form", "button", "noscript", "template"))
_HEADING = re.compile(r"h([1-6])")


def read_html(content: bytes, name: str, choices: FileChoices) -> LaidOut:
    """What a page of the web says, without what leads to other pages. Comments are hidden, and what stands between
    ``<del>`` and the like is struck through. Raises :class:`JdgenError` for what is no text."""
    text = content.decode(encoding_of(lambda: io.BytesIO(content), name))
    visible_html = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    blocks, doubts = _html_blocks(visible_html, 1, choices)
    return LaidOut(tuple(blocks), tuple(doubts))


def _html_blocks(html: str, first: int, choices: FileChoices) -> tuple[list[Grid | Prose], list[Doubt]]:
    """The tables and paragraphs of ``html``, which begins in the line called ``first``, and what has to be looked at.
    What is hidden or struck through is left out, unless the user has it read; a table in a cell is part of its text."""
    reader = _HtmlReader(first, choices)
    end = 0
    for tag in _TAG.finditer(html):
        reader.take_text(html[end : tag.start()])
        if tag["name"].lower() == "img":
            reader.take_picture()
        reader.take_tag(tag)
        end = tag.end()
    reader.take_text(html[end:])
    reader.end_table()
    return reader.blocks, reader.doubts


#: What hides an element, such as the heads that pages of the NHS have in cells for narrow screens; elements that hold
#: nothing, and those that the next of their kind closes.
_HIDES = re.compile(
    r"""\shidden(?=[\s/=]|$)|\bclass\s*+=\s*+["']?+[\w\s-]*?responsive__heading"""
    r"""|\bstyle\s*=\s*["'](?:[^"']*;)?\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)""",
    re.IGNORECASE,
)
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_UNCLOSED = frozenset(("tr", "td", "th", "li", "p", "option"))


@dataclass
class _Hidden:
    """The element that is hidden where a reader is, '' for none: how many of its kind are open, and its texts."""

    name: str = ""
    depth: int = 0
    texts: list[str] = field(default_factory=list)


class _HtmlReader:
    """Reads HTML piece by piece, into ``blocks`` and ``doubts``; what it holds besides is what is open."""

    def __init__(self, first: int, choices: FileChoices) -> None:
        self.blocks: list[Grid | Prose] = []
        self.doubts: list[Doubt] = []
        self._line, self._choices = first, choices
        self._hidden = _Hidden()
        self._said: list[str] = []
        self._struck: list[str] = []
        self._open = {"table": 0, "struck": 0, "unread": 0, "raised": 0, "heading": 0}
        self._cells: list[Cell] = []
        self._cell: Cell | None = None
        self._row, self._column = -1, 0
        # A page may have all that it says in one line.
        self._rows_in_lines: Counter[int] = Counter()
        self._paragraphs_in_lines: Counter[int] = Counter()
        self._filled: dict[int, int] = {}

    def take_text(self, text: str) -> None:
        """Take what stands between two tags."""
        self._line += text.count("\n")
        if self._hidden.name:
            self._hidden.texts.append(unescape(text))
            return
        words = unescape(text).replace("\n", " ")
        words = superscript(words) if self._open["raised"] else words
        if self._open["struck"]:
            self._struck.append(words)
        if not self._open["unread"] and (self._choices.struck or not self._open["struck"]):
            self._said.append(words)

    def take_picture(self) -> None:
        """Take a picture, which says nothing."""
        if not self._open["unread"] and not self._hidden.name:
            self.doubts.append(Doubt(PICTURE, self._place()))

    def take_tag(self, tag: re.Match[str]) -> None:
        """Take a tag, which may end a paragraph, a cell or a table."""
        name, step = tag["name"].lower(), -1 if tag["end"] else 1
        self._line += tag[0].count("\n")
        if self._hidden.name:
            self._take_hidden(name, step)
        # What closes one hidden element may itself be the next.
        if not self._hidden.name and step > 0 and name not in _VOID and _HIDES.search(tag["rest"]):
            self._take_hidden(name, step)
        if not self._hidden.name:
            self._take_shown(tag, name, step)

    def _take_shown(self, tag: re.Match[str], name: str, step: int) -> None:
        if name in _STRONG and step > 0 and self._cell and not "".join(self._said).strip():
            self._cell = replace(self._cell, look="strong")
        for what, names in (("struck", _STRUCK), ("unread", _UNREAD), ("raised", ("sup",)), ("table", ("table",))):
            self._open[what] = max(0, self._open[what] + step * (name in names))
        is_own = self._open["table"] <= 1
        if name in _LINES or _HEADING.fullmatch(name):
            if self._cell is None:
                self._end_paragraph()
            self._said.append(f"\n{LIST_MARKS[0]} " if (name, step) == ("li", 1) else "\n")
        if heading := _HEADING.fullmatch(name):
            self._open["heading"] = int(heading[1]) if step > 0 else 0
        if name == "table" and self._open["table"] == (1 if step > 0 else 0):
            self.end_table()
        elif name in ("tr", "td", "th") and is_own:
            self._end_cell()
            if name == "tr":
                self._row, self._column = self._row + (step > 0), 0
                self._rows_in_lines[self._line] += step > 0
            elif step > 0:
                self._begin_cell(tag)

    def _take_hidden(self, name: str, step: int) -> None:
        """Take a tag of what is hidden, or the one with which that begins."""
        hidden = self._hidden
        if not hidden.name:
            hidden.name, hidden.depth = name, 1
        elif name == hidden.name and step > 0 and name in _UNCLOSED and hidden.depth == 1:
            hidden.depth = 0  # it was closed by the next of its kind, as rows, cells and entries may be
        elif name in (hidden.name, "table"):
            hidden.depth += step
        if hidden.depth > 0 and not self._choices.hidden:
            return
        if (text := " ".join("".join(hidden.texts).split())) or self._choices.hidden:
            self.doubts.append(concealed("hidden text", self._place(), text, "--hidden", self._choices.hidden))
        self._hidden = _Hidden()

    def _begin_cell(self, tag: re.Match[str]) -> None:
        self._row = max(self._row, 0)
        spans = {name.lower(): max(1, int(count)) for name, count in _SPAN.findall(tag["rest"])}
        column = self._column
        while self._filled.get(column, 0) > self._row:
            column += 1
        rows, columns = min(spans.get("rowspan", 1), MAX_ROWS), min(spans.get("colspan", 1), MAX_COLUMNS)
        # One row or column more than a table may have, so that it is refused.
        if column <= MAX_COLUMNS and self._row <= MAX_ROWS:
            self._column = column + columns
            self._filled |= dict.fromkeys(range(column, column + columns), self._row + rows)
            self._cell = Cell(self._row, column, "", self._place(), rows=rows, columns=columns)
            self._cell = replace(self._cell, look="strong" if tag["name"].lower() == "th" else "")

    def _end_cell(self) -> None:
        lines = marked_lines(self._lines())
        if self._cell:
            number = f"cell {self._cell.column + 1}"
            place = replace(self._cell.place, cell=number, text=f"{self._cell.place.text}, {number}")
            self._cells.append(replace(self._cell, text=" ".join(lines), lines=lines, place=place))
        self._cell = None

    def _end_paragraph(self) -> None:
        for line in marked_lines(self._lines()):
            self._paragraphs_in_lines[self._line] += 1
            place = self._place(paragraph=self._paragraphs_in_lines[self._line])
            self.blocks.append(Prose(line, place, depth=self._open["heading"]))

    def end_table(self) -> None:
        """End the table that is open, and what stands before or behind it."""
        self._end_cell() if self._cell else self._end_paragraph()
        if self._cells:
            height = self._row + 1
            cells = (replace(cell, rows=min(cell.rows, height - cell.row)) for cell in self._cells)
            self.blocks.append(Grid(tuple(cells)))
        self._cells, self._row, self._column, self._filled = [], -1, 0, {}

    def _lines(self) -> list[str]:
        """The lines that were said since the last paragraph or cell."""
        if text := "".join(self._struck).strip():
            self.doubts.append(concealed("struck-through text", self._place(), text, "--struck", self._choices.struck))
        lines = [" ".join(line.split()) for line in "".join(self._said).split("\n")]
        self._said, self._struck = [], []
        return [line for line in lines if line.strip(f"{LIST_MARKS} ")]

    def _place(self, *, paragraph: int = 0) -> CellPlace:
        row = self._rows_in_lines[self._line] if self._open["table"] else 0
        what, number = ("paragraph", paragraph) if paragraph else ("row", row)
        place = f"line {self._line}, {what} {number}" if number > 1 else f"line {self._line}"
        return CellPlace("", place, "", place)


# JSON.

#: What has a deeper path is no list that people keep.
_DEEPEST = 12
_Values = dict[str, tuple[Any, str]]


def read_json(content: bytes, name: str, expected: Expected) -> LaidOut:
    """What a JSON file says. A place in it is a path: ``roles[2].levels[0].name``. Where the keys of an object name
    levels, as ``expected``, it is a list of what is said at each.

    Raises :class:`JdgenError` for what is no JSON, or nested without end.
    """
    labels = tuple(label for shape in expected.shapes for label in shape.columns)
    tables: dict[str, list[_Values]] = {}
    try:
        # A number is what is written, digit for digit: 1.10 is no 1.1.
        value = json.loads(decode(content, name), parse_int=str, parse_float=str, parse_constant=str)
        for path, row in _rows(_with_lists_of_levels(value, "", expected.roles, labels), "", "", {}):
            tables.setdefault(path, []).append(row)
    except json.JSONDecodeError as error:
        raise JdgenError(Problem(f"{name}:{error.lineno}", f"is no JSON ({error.msg})", "export it anew")) from error
    except RecursionError as error:
        raise JdgenError(Problem(name, "is nested too deeply", "export it anew")) from error
    blocks: list[Grid | Prose] = []
    for path, rows in tables.items():
        if path and not _OF_LISTS.fullmatch(path):
            blocks.append(Prose(path, CellPlace("", path, "", path), depth=1))
        blocks.append(_grid_of_rows(rows))
    return LaidOut(tuple(blocks))


#: Keys of lists that say what their objects are, and are the title of nothing; and paths of several keys.
_OF_LISTS = re.compile(
    rf".*\..*|{TEXT_ROLES}|data|items?|rows?|records?|entries|lists?|results?|contents?|frameworks?|roles?|levels?|bands?|pillars?"
    "|domains?|themes?|areas?|capabilit(?:y|ies)|competenc(?:e|es|y|ies)|skills?|headings?|sections?",
    re.IGNORECASE,
)


#: The keys of what stands under the name of a level.
_LEVEL, _TEXT_KEY = "level", "text"


def _with_lists_of_levels(value: Any, path: str, scale: Scale, labels: Sequence[str]) -> Any:
    """``value`` with each object whose keys name levels as a list of objects, in which the level stands, unless a
    layout file has such ``labels`` of columns."""
    if path.count(".") > _DEEPEST:
        return value
    if isinstance(value, list):
        return [_with_lists_of_levels(entry, path, scale, labels) for entry in value]
    if not isinstance(value, dict):
        return value
    below = {
        key: _with_lists_of_levels(content, f"{path}.{key}".lstrip("."), scale, labels)
        for key, content in value.items()
    }
    is_told = any(label.startswith(f"{path}.{key}") for key in value for label in labels)
    if len(value) < FEWEST or is_told or not all(levels_named(key, scale) for key in value):
        return below
    return [
        {_LEVEL: key, **content} if isinstance(content, dict) else {_LEVEL: key, _TEXT_KEY: content}
        for key, content in below.items()
    ]


def _rows(value: Any, path: str, place: str, around: Mapping[str, tuple[Any, str]]) -> Iterator[tuple[str, _Values]]:
    """A row for each object that holds no list of others, with the path of the list that it is in."""
    if path.count(".") > _DEEPEST:
        return
    if isinstance(value, list):
        for number, entry in enumerate(value):
            yield from _rows(entry, path, f"{place}[{number}]", around)
    elif isinstance(value, dict):
        row = {**around, **dict(_plain_values(value, path, place))}
        inner = {key: content for key, content in value.items() if _holds_objects(content)}
        for key, content in inner.items():
            below = f"{path}.{key}".lstrip(".")
            yield from _rows(content, below, f"{place}.{key}".lstrip("."), row)
        if not inner:
            yield path, row


def _plain_values(value: Mapping[str, Any], path: str, place: str) -> Iterator[tuple[str, tuple[Any, str]]]:
    for key, content in value.items():
        if not _holds_objects(content) and content not in (None, "", []):
            yield f"{path}.{key}".lstrip("."), (content, f"{place}.{key}".lstrip("."))


def _holds_objects(value: Any) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(entry, dict | list) for entry in value)
    )


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
        return tuple(f"{LIST_MARKS[0]} {' '.join(str(entry).split())}" for entry in value)
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return tuple(" ".join(line.split()) for line in str(value).split("\n") if line.strip())
