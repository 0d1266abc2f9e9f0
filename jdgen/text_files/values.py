"""What a file that people write says, value by value, with the line of each. Nothing here reads one."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jdgen.errors import Problem
from jdgen.places import FilePlace

#: Keys and indices from the top of the file to one value.
Keys = tuple[str | int, ...]
#: A problem and the place of its value, by whose line problems are sorted.
PlacedProblem = tuple[Keys, Problem]
#: What would be right where a text in double quotation marks spells a control character, as C:\\backup does.
UNMEANT = "delete it, or use single quotation marks, in which a \\ is a \\"


@functools.lru_cache(1024)  # every text of a post asks for it, and fields recur
def field_of(keys: Keys) -> str:
    """The field that ``keys`` lead to: ``demands.frequency`` for the frequency of any entry."""
    return ".".join(key for key in keys if isinstance(key, str))


@dataclass(frozen=True)
class YamlFile:
    """One read file: its plain ``value``, and the line and the text of each value in it, as it is written there.
    ``comments`` are what YAML took for a comment behind a value, and its writer may not have: ``#12`` of
    ``reference: ABC #12``. ``titles`` are what its readers know values by where they see no keys: on a page, a field by
    what stands above it."""

    name: str
    value: Any
    lines: dict[Keys, int]
    texts: dict[Keys, str]
    comments: dict[Keys, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def problem(self, keys: Keys, what: str, right: str) -> PlacedProblem:
        """A problem of the value at ``keys``, with its place."""
        return keys, Problem(self.where(keys), what, right)

    def in_order(self, problems: Iterable[PlacedProblem]) -> list[Problem]:
        """Problems of single values, each with its place, in the order of the file's lines."""
        return [problem for _, problem in sorted((self.lines.get(keys, 0), problem) for keys, problem in problems)]

    def title_of(self, path: Keys) -> str:
        """What a person would call the value at ``path``: its title, or the nearest key above it."""
        nearest = next((part for part in reversed(path) if isinstance(part, str)), "the file")
        return self.titles.get(field_of(path), nearest)

    def where(self, path: Keys = ()) -> FilePlace:
        """``file:line`` of the value at ``path``, or of the nearest value above it."""
        while path not in self.lines and path:
            path = path[:-1]
        return FilePlace(self.name, self.lines.get(path, 1))
