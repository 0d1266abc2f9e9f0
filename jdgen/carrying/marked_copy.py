"""A copy of a YAML file with marks in it: comments and layout that people wrote stay, line by line.

A library that writes YAML anew would fold texts and set quotes its own way. What is changed here are single names, and
lines: a mark is put above an entry, or the entry is kept as a comment.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from jdgen.file_values import Keys
from jdgen.yaml_files import yaml_spans

_WIDTH = 116
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-. ][A-Za-z0-9]+)*")


class MarkedCopy:
    """The copy while it is made. Values are named by their keys, as in :class:`jdgen.file_values.YamlFile`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = yaml_spans(text)
        self._ends = "\r\n" if "\r\n" in text else "\n"
        self._renamed: dict[Keys, str] = {}
        self._marks: dict[int, list[str]] = {}
        self._dropped: dict[Keys, range] = {}

    def rename(self, keys: Keys, name: str) -> None:
        """Write ``name`` in place of the value at ``keys``."""
        self._renamed[keys] = name

    def mark(self, keys: Keys, words: str) -> None:
        """Put ``words`` above the entry at ``keys``, as a comment, unless they stand there already."""
        line = self._line(self._spans[keys].key)
        begin = self._begin_of_line(self._spans[keys].key)
        indent = re.match(r" *", self._text[begin:])
        assert indent is not None
        wrapped = textwrap.wrap(
            " ".join(words.split()),
            _WIDTH,
            initial_indent=f"{indent[0]}# ",
            subsequent_indent=f"{indent[0]}#   ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        above = self._text[:begin].replace("\r\n", "\n")
        if not above.endswith("\n".join([*wrapped, ""])):
            self._marks.setdefault(line, []).extend(wrapped)

    def drop(self, keys: Keys) -> bool:
        """Keep the entry at ``keys`` as a comment; whether that could be done: one that shares a line with others stays
        as it is."""
        span = self._spans[keys]
        before = self._text[self._begin_of_line(span.key) : span.key]
        after = self._text[span.end :].partition("\n")[0].strip()
        if before.strip() not in ("", "-") or (after and not after.startswith("#")):
            return False
        self._dropped[keys] = range(self._line(span.key), self._line(span.end) + 1)
        return True

    def finished(self) -> tuple[str, dict[Keys, int]]:
        """The text of the copy, and the line in it of every value, counted from 1."""
        dropped = {line for lines in self._dropped.values() for line in lines}
        emptied = {self._line(self._spans[keys].key) for keys in self._emptied()}
        lines: list[str] = []
        numbers: list[int] = []
        for number, line in enumerate(self._with_names().split("\n")):
            lines += [f"{mark}{self._ends[:-1]}" for mark in self._marks.get(number, ())]
            numbers.append(len(lines) + 1)
            lines.append(_as_comment(line) if number in dropped else _emptied_key(line) if number in emptied else line)
        return "\n".join(lines), {keys: numbers[self._line(span.key)] for keys, span in self._spans.items()}

    def _with_names(self) -> str:
        text = self._text
        for keys, name in sorted(self._renamed.items(), key=lambda one: -self._spans[one[0]].start):
            span = self._spans[keys]
            text = text[: span.start] + _written(name, text[span.start]) + text[span.end :]
        return text

    def _emptied(self) -> Iterator[Keys]:
        """The lists of which every entry is dropped."""
        lists = {keys[:-1] for keys in self._dropped if isinstance(keys[-1], int)}
        for keys in lists:
            entries = [one for one in self._spans if len(one) == len(keys) + 1 and one[:-1] == keys]
            if all(one in self._dropped for one in entries):
                yield keys

    def _line(self, offset: int) -> int:
        return self._text.count("\n", 0, offset)

    def _begin_of_line(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1


def _as_comment(line: str) -> str:
    indent = re.match(r" *", line)
    assert indent is not None
    return f"{indent[0]}# {line[indent.end() :]}" if line.strip() else line


def _emptied_key(line: str) -> str:
    """The line of a key that has no entries any more."""
    return re.sub(r"^(\s*(?:- )?[^:#]+:)", r"\1 []", line, count=1)


def _written(name: str, first: str) -> str:
    """``name`` as a value, in quotes where it needs some, or the one before it had them, which began with ``first``."""
    if first in "'\"" or not _PLAIN_NAME.fullmatch(name):
        return "'" + name.replace("'", "''") + "'"
    return name
