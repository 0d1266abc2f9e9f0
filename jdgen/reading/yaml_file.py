"""YAML files as plain values that still know their lines.

PyYAML's composed node tree is turned into values here, rather than by its own loader, because a loader
keeps the last of two equal keys, makes dates of texts and forgets where everything stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from jdgen.errors import JdgenError, Place, Problem
from jdgen.reading.content import MEGABYTE, content_of
from jdgen.reading.text import decoded, forbidden, forbidden_in, normalised

#: Keys and indices from the top of the file to one value.
Keys = tuple[str | int, ...]

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MEGABYTES = 16
_DEPTH = 40
# PyYAML takes some 500 bytes for each value. Two thousand posts have so many.
_VALUES = 200_000
# A file with more is no text at all.
_TOLD = 100

# What YAML ends a line at.
_LINE_END = re.compile("[\n\x85\u2028\u2029]")
# A comment that does not look like one: nobody writes "# remark" without the space who means it as such.
_COMMENT = re.compile(r"[ \t]+(#[^\s].*)")


@dataclass(frozen=True)
class YamlFile:
    """One read file: its plain ``value``, and the line and written form of each value in it. ``cut`` is what YAML took
    for a comment behind a value, and its writer may not have: ``#12`` of ``reference: ABC #12``."""

    name: str
    value: Any
    lines: dict[Keys, int]
    written: dict[Keys, str]
    cut: dict[Keys, str] = field(default_factory=dict)

    def where(self, path: Keys = ()) -> Place:
        """``file:line`` of the value at ``path``, or of the nearest value above it."""
        while path not in self.lines and path:
            path = path[:-1]
        return Place(self.name, self.lines.get(path, 1))


def read_yaml(path: Path, name: str | None = None) -> YamlFile:
    """Read the file at ``path``; ``name`` is how messages call it.

    Raises :class:`JdgenError` with all of: text that is not UTF-8, characters no document can hold, YAML
    that does not parse, duplicate keys, anchors (they hide what a file says and can multiply without end).
    """
    name = name or str(path)
    content = content_of(path, right="name a file that you can open", most=_MEGABYTES * MEGABYTE, where=name)
    return parse_yaml(content, name)


def parse_yaml(content: bytes, name: str) -> YamlFile:
    """As :func:`read_yaml`, of content in memory."""
    if len(content) > _MEGABYTES * MEGABYTE:
        raise JdgenError(Problem(name, "is too large to be a file that people write", f"at most {_MEGABYTES} MB"))
    text = normalised(decoded(content, name))
    problems = [
        Problem(f"{name}:{text.count(chr(10), 0, offset) + 1}", f"control character {code}", "delete it")
        for offset, code in islice(forbidden_in(text), _TOLD)
    ]
    if problems:
        raise JdgenError(problems)
    reading = _Reading(name, text)
    value = reading.value(_composed(text, name), ())
    if reading.problems:
        raise JdgenError(reading.problems)
    return YamlFile(name, value, reading.lines, reading.written, reading.cut)


def _composed(text: str, name: str) -> Any:
    try:
        _refuse_deep_or_many(text, name)
        return yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{name}:{mark.line + 1}" if mark else name
        if "nesting depth" in str(error.problem):  # newer libraries have a bound of their own
            raise JdgenError(_too_deep(where)) from error
        raise JdgenError(
            Problem(where, f"this is not YAML ({error.problem})", "mend the indentation, or put the text in quotes")
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise JdgenError(Problem(name, "this is not YAML", "see the examples in examples/posts")) from error


def _refuse_deep_or_many(text: str, name: str) -> None:
    """Refuse text that nests too deeply (PyYAML composes by recursion in C, and would take Python down with it), or
    holds more values than memory should."""
    depth = values = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            values += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.NodeEvent):
            values += 1
        if values > _VALUES:
            right = f"at most {_VALUES:,} values; divide the posts among files, or write them in a workbook"
            raise JdgenError(Problem(name, "holds more than a file that people write", right))
        if depth > _DEPTH:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise JdgenError(_too_deep(f"{name}:{line}"))


def _too_deep(where: str) -> Problem:
    return Problem(where, "is nested too deeply", f"at most {_DEPTH} levels")


class _Reading:
    """Turns one node tree into values, collecting lines and problems on the way."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        # Most files have no such comment, and need no lines.
        self._text_lines = _LINE_END.split(text) if _COMMENT.search(text) else []
        self.cut: dict[Keys, str] = {}
        self.lines: dict[Keys, int] = {}
        self.written: dict[Keys, str] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def value(self, node: Any, path: Keys) -> Any:
        if node is None:
            return None
        line = self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen:
            self._problem(line, "an anchor is used a second time (*name)", "write the text out where it is meant")
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        return dict(self._entries(node, path))

    def _entries(self, node: Any, path: Keys) -> Iterator[tuple[str, Any]]:
        first: dict[str, int] = {}
        for key_node, child in node.value:
            key, line = key_node.value, key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self._problem(line, "a key that is not text", "write one word before the colon")
            elif escaped := forbidden(key):
                self._problem(line, f"control character {escaped[0][1]}", "delete it")
            elif key in first:
                right = f"keep one; the first is in line {first[key]}"
                self._problem(line, f"'{key}' stands here a second time", right)
            else:
                first[key] = self.lines[(*path, key)] = line
                yield key, self.value(child, (*path, key))

    def _scalar(self, node: Any, path: Keys) -> Any:
        self.written[path] = node.value
        # In quotes or a block, '#' is part of the text, and what follows is no part of it.
        if self._text_lines and not node.style and node.end_mark.line < len(self._text_lines):
            rest = self._text_lines[node.end_mark.line][node.end_mark.column :]
            if comment := _COMMENT.match(rest):
                self.cut[path] = comment[1].rstrip()
        if escaped := forbidden(node.value):
            self._problem(node.start_mark.line + 1, f"control character {escaped[0][1]}", "delete it")
        return _plain(node.tag.rpartition(":")[2], node.value)

    def _problem(self, line: int, what: str, right: str) -> None:
        self.problems.append(Problem(f"{self.name}:{line}", what, right))


def _plain(tag: str, written: str) -> Any:
    """A scalar by its YAML type; whatever is not a number, a truth value or nothing is text, dates too."""
    if tag == "null":
        return None
    if tag == "bool":
        return written.lower() in {"yes", "true", "on"}
    if tag in {"int", "float"}:
        try:
            return int(written) if tag == "int" else float(written)
        except ValueError:  # octal, sexagesimal and the like: 8:30 is no number in a job description
            return written
    return written
