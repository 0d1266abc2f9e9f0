"""What the user gave of a post, field by field, with the place of each; options win over the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jdgen.errors import JdgenError, Problem
from jdgen.reading.schema import schema_problems
from jdgen.reading.text import forbidden, normalised
from jdgen.reading.yaml_file import YamlFile, read_yaml


@dataclass(frozen=True)
class PostEntries:
    """Field values as read, and where each was given; ``folder`` is what file names in them are relative to."""

    values: Mapping[str, Any]
    places: Mapping[str, str]
    folder: Path

    def overridden_by(self, other: PostEntries) -> PostEntries:
        """These entries with those of ``other`` put over them, field by field."""
        kept = {name: place for name, place in self.places.items() if name.partition(".")[0] not in other.values}
        return PostEntries({**self.values, **other.values}, {**kept, **other.places}, self.folder)


def entries_of_file(path: Path, name: str | None = None) -> PostEntries:
    """The entries of a post file. Raises :class:`JdgenError` with every problem of the file."""
    return entries_of_yaml(read_yaml(path, name), path.parent)


def entries_of_yaml(file: YamlFile, folder: Path) -> PostEntries:
    """As :func:`entries_of_file`, of a file already read."""
    if file.value is None:
        raise JdgenError(Problem(file.name, "is empty", "give at least title, specialism and band"))
    if problems := schema_problems(file, "post"):
        raise JdgenError(problems)
    places = {".".join(str(key) for key in keys): file.where(keys) for keys in file.lines if keys}
    return PostEntries(file.value, places, folder)


def entries_of_options(options: Mapping[str, Any], places: Mapping[str, str], folder: Path) -> PostEntries:
    """Entries given on the command line. Raises :class:`JdgenError` for empty text and control characters."""
    given = {name: _normalised(value) for name, value in options.items() if value not in (None, ())}
    if problems := [problem for name, value in given.items() for problem in _unfit(value, places[name])]:
        raise JdgenError(problems)
    return PostEntries(given, {name: places[name] for name in given}, folder)


def _normalised(value: Any) -> Any:
    return normalised(value) if isinstance(value, str) else value


def _unfit(value: Any, where: str) -> list[Problem]:
    if isinstance(value, list):
        return [problem for part in value for problem in _unfit(part, where)]
    if not isinstance(value, str):
        return []
    if not value.strip():
        return [Problem(where, "is empty", "write it, or leave the option out")]
    return [Problem(where, f"control character {code}", "delete it") for _, code in forbidden(value)]
