"""What the user gave of a post, field by field, with the place of each; options win over the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jdgen.errors import JdgenError, Problem
from jdgen.post.answers import sifted
from jdgen.post.model import Remark
from jdgen.reading.schema import schema_problems
from jdgen.reading.text import forbidden, normalised
from jdgen.reading.yaml_file import YamlFile, read_yaml
from jdgen.words import NO_PLACEHOLDERS, Placeholders


@dataclass(frozen=True)
class PostEntries:
    """Field values as read, and where each was given; ``folder`` is what file names in them are relative to.
    ``remarks`` are about texts that were given and are no answer, or no clear one."""

    values: Mapping[str, Any]
    places: Mapping[str, str]
    folder: Path
    remarks: tuple[Remark, ...] = ()

    def overridden_by(self, other: PostEntries) -> PostEntries:
        """These entries with those of ``other`` put over them, field by field."""
        kept = {name: place for name, place in self.places.items() if name.partition(".")[0] not in other.values}
        remarks = tuple(remark for remark in self.remarks if remark.field.partition(".")[0] not in other.values)
        values, places = {**self.values, **other.values}, {**kept, **other.places}
        return PostEntries(values, places, self.folder, (*remarks, *other.remarks))


def entries_of_file(path: Path, name: str | None = None, placeholders: Placeholders = NO_PLACEHOLDERS) -> PostEntries:
    """The entries of a post file, without the texts that are one of ``placeholders``. Raises :class:`JdgenError` with
    every problem of the file."""
    return entries_of_yaml(read_yaml(path, name), path.parent, placeholders)


def entries_of_yaml(file: YamlFile, folder: Path, placeholders: Placeholders = NO_PLACEHOLDERS) -> PostEntries:
    """As :func:`entries_of_file`, of a file already read."""
    if file.value is None:
        raise JdgenError(Problem(file.name, "is empty", "give at least title, specialism and band"))
    read = sifted(file.value, placeholders)
    missed = [each.problem(file.where(each.keys)) for each in read.missed]
    # What is no answer is told as such, and need not fit the schema as well.
    if problems := [*missed, *schema_problems(file, "post", {each.keys for each in read.unanswered})]:
        raise JdgenError(problems)
    places = {".".join(map(str, keys)): file.where(origin) for keys, origin in read.origins.items() if keys}
    remarks = tuple(each.remark(file.where(each.keys)) for each in read.remarks)
    return PostEntries(read.value or {}, places, folder, remarks)


def entries_of_options(
    options: Mapping[str, Any],
    places: Mapping[str, str],
    folder: Path,
    placeholders: Placeholders = NO_PLACEHOLDERS,
) -> PostEntries:
    """Entries given on the command line. Raises :class:`JdgenError` for empty text and control characters."""
    given = {name: _normalised(value) for name, value in options.items() if value not in (None, ())}
    if problems := [problem for name, value in given.items() for problem in _unfit(value, places[name])]:
        raise JdgenError(problems)
    read = sifted(given, placeholders)
    remarks = tuple(each.remark(places[str(each.keys[0])]) for each in read.remarks)
    values = read.value or {}
    return PostEntries(values, {name: places[name] for name in values}, folder, remarks)


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
