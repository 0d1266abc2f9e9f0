"""What a file that people write says, value by value, with the line of each. Nothing here reads one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jdgen.places import FilePlace

#: Keys and indices from the top of the file to one value.
Keys = tuple[str | int, ...]


@dataclass(frozen=True)
class YamlFile:
    """One read file: its plain ``value``, and the line and written form of each value in it. ``cut`` is what YAML took
    for a comment behind a value, and its writer may not have: ``#12`` of ``reference: ABC #12``."""

    name: str
    value: Any
    lines: dict[Keys, int]
    written: dict[Keys, str]
    cut: dict[Keys, str] = field(default_factory=dict)

    def where(self, path: Keys = ()) -> FilePlace:
        """``file:line`` of the value at ``path``, or of the nearest value above it."""
        while path not in self.lines and path:
            path = path[:-1]
        return FilePlace(self.name, self.lines.get(path, 1))
