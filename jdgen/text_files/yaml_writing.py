"""YAML written for people: copies of their files in which all that has not changed stays as they wrote it, and values
as lines that they can go on with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from jdgen.harmless import wrap_line
from jdgen.text_files.values import Keys
from jdgen.words import in_one_line

# Where values stand, for changes to a file that leave all else in it as people wrote it.


class YamlSpan(NamedTuple):
    """Where a value stands in a text, by offsets: from ``start`` to ``end``; ``key`` is where its key begins, or the
    value itself, where it is one of a list."""

    key: int
    start: int
    end: int


def yaml_spans(text: str) -> dict[Keys, YamlSpan]:
    """Where each value of ``text`` stands, which has been read as a YAML file without problems."""
    spans: dict[Keys, YamlSpan] = {}
    # Offsets of the faster reader, which is in C, are not said to count characters.
    if (node := yaml.compose(text, Loader=yaml.SafeLoader)) is not None:
        _note_spans(node, (), node.start_mark.index, spans)
        for path, span in spans.items():
            # A folded text ends behind the line breaks that follow it.
            spans[path] = span._replace(end=span.start + len(text[span.start : span.end].rstrip()))
    return spans


def _note_spans(node: Any, path: Keys, key: int, spans: dict[Keys, YamlSpan]) -> int:
    """Note where ``node`` and all in it stands; gives where it ends: a block of entries ends with the last of them."""
    ends = [node.start_mark.index]
    if isinstance(node, yaml.SequenceNode):
        children = [((*path, index), child.start_mark.index, child) for index, child in enumerate(node.value)]
    elif isinstance(node, yaml.MappingNode):
        children = [((*path, key_node.value), key_node.start_mark.index, child) for key_node, child in node.value]
    else:
        children = []
    ends += [_note_spans(child, inner, begins, spans) for inner, begins, child in children]
    is_block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    end = max(ends) if is_block else node.end_mark.index
    spans[path] = YamlSpan(key, node.start_mark.index, end)
    return int(end)


# The copy of a file: comments and layout that people wrote stay, line by line.
#
# A library that writes YAML anew would fold texts and set quotes its own way. What is changed here are single names,
# and lines: a mark is put above an entry, or the entry is kept as a comment.

_COMMENT_WIDTH = 116
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[-. ][A-Za-z0-9]+)*")


class MarkedCopy:
    """The copy while it is made. Values are named by their keys, as in :class:`.values.YamlFile`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = yaml_spans(text)
        self._ends = "\r\n" if "\r\n" in text else "\n"
        self._new_names: dict[Keys, str] = {}
        self._marks: dict[int, list[str]] = {}
        self._comment_ranges: dict[Keys, range] = {}

    def rename(self, keys: Keys, name: str) -> None:
        """Write ``name`` in place of the value at ``keys``."""
        self._new_names[keys] = name

    def mark(self, keys: Keys, words: str) -> None:
        """Put ``words`` above the entry at ``keys``, as a comment, unless they stand there already."""
        line = self._line(self._spans[keys].key)
        begin = self._begin_of_line(self._spans[keys].key)
        indent = re.match(r" *", self._text[begin:])
        assert indent is not None
        comment_lines = wrap_line(in_one_line(words), _COMMENT_WIDTH, f"{indent[0]}# ", f"{indent[0]}#   ")
        above = self._text[:begin].replace("\r\n", "\n")
        if not above.endswith("\n".join([*comment_lines, ""])):
            self._marks.setdefault(line, []).extend(comment_lines)

    def drop(self, keys: Keys) -> bool:
        """Keep the entry at ``keys`` as a comment; whether that could be done: one that shares a line with others stays
        as it is."""
        span = self._spans[keys]
        before = self._text[self._begin_of_line(span.key) : span.key]
        after = self._text[span.end :].partition("\n")[0].strip()
        if before.strip() not in ("", "-") or (after and not after.startswith("#")):
            return False
        self._comment_ranges[keys] = range(self._line(span.key), self._line(span.end) + 1)
        return True

    def finish(self) -> tuple[str, dict[Keys, int]]:
        """The text of the copy, and the line in it of every value, counted from 1."""
        lines_to_drop = {line for lines in self._comment_ranges.values() for line in lines}
        lines_of_empty_lists = {self._line(self._spans[keys].key) for keys in self._empty_lists()}
        lines: list[str] = []
        numbers: list[int] = []
        for number, line in enumerate(self._with_names().split("\n")):
            lines += [f"{mark}{self._ends[:-1]}" for mark in self._marks.get(number, ())]
            numbers.append(len(lines) + 1)
            if number in lines_to_drop:
                lines.append(_as_comment(line))
            else:
                lines.append(_empty_list_line(line) if number in lines_of_empty_lists else line)
        return "\n".join(lines), {keys: numbers[self._line(span.key)] for keys, span in self._spans.items()}

    def _with_names(self) -> str:
        text = self._text
        for keys in sorted(self._new_names, key=lambda keys: -self._spans[keys].start):
            span = self._spans[keys]
            text = text[: span.start] + _as_value(self._new_names[keys], text[span.start]) + text[span.end :]
        return text

    def _empty_lists(self) -> Iterator[Keys]:
        """The lists of which every entry is dropped."""
        lists = {keys[:-1] for keys in self._comment_ranges if isinstance(keys[-1], int)}
        for keys in lists:
            entries = [entry for entry in self._spans if len(entry) == len(keys) + 1 and entry[:-1] == keys]
            if all(entry in self._comment_ranges for entry in entries):
                yield keys

    def _line(self, offset: int) -> int:
        return self._text.count("\n", 0, offset)

    def _begin_of_line(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1


def _as_comment(line: str) -> str:
    indent = re.match(r" *", line)
    assert indent is not None
    return f"{indent[0]}# {line[indent.end() :]}" if line.strip() else line


def _empty_list_line(line: str) -> str:
    """The line of a key that has no entries any more."""
    return re.sub(r"^([^:#]+:)", r"\1 []", line, count=1)


def _as_value(name: str, first: str) -> str:
    """``name`` as a value, in quotes where it needs some, or the one before it had them, which began with ``first``."""
    if first in "'\"" or not _PLAIN_NAME.fullmatch(name):
        return "'" + name.replace("'", "''") + "'"
    return name


# Writing values for people to change.

_WIDTH = 96
_TEXT = "tag:yaml.org,2002:str"
_INTEGER, _DECIMAL = re.compile(r"0|[1-9]\d*"), re.compile(r"\d+\.\d+")


class IndentedDumper(yaml.SafeDumper):
    """Writes lists further in than their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent what is inside something, lists included, whatever PyYAML would do with these."""
        super().increase_indent(flow, False)


class _Dumper(IndentedDumper):
    """Writes paragraphs as they are seen."""

    def represent_text(self, text: str) -> Any:
        return self.represent_scalar(_TEXT, text, style="|" if "\n" in text else None)


class _BareDumper(_Dumper):
    """Writes figures without quotes, too."""

    def represent_text(self, text: str) -> Any:
        if _INTEGER.fullmatch(text):
            return self.represent_scalar("tag:yaml.org,2002:int", text)
        if _DECIMAL.fullmatch(text):
            return self.represent_scalar("tag:yaml.org,2002:float", text)
        return super().represent_text(text)


for _kind in (_Dumper, _BareDumper):
    _kind.add_representer(str, _kind.represent_text)
    _kind.add_multi_representer(str, _kind.represent_text)  # ids that know their words


def yaml_lines(values: dict[str, Any]) -> list[str]:
    """The lines of a file that say ``values``, in their order. Figures in texts have no quotes: see
    :func:`jdgen.post.forms.as_meant`, which reads them as they are written."""
    return _dump_lines(values, _BareDumper)


def exact_yaml_lines(values: dict[str, Any]) -> list[str]:
    """The lines of a file that say ``values``, in their order; a text is read back as one, whatever it looks like."""
    return _dump_lines(values, _Dumper)


def _dump_lines(values: dict[str, Any], dumper: type[_Dumper]) -> list[str]:
    text: str = yaml.dump(values, Dumper=dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return text.splitlines()
