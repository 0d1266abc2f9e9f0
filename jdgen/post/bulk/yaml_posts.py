"""Reading a YAML file that holds one post, or a list of posts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from jdgen.errors import JdgenError, Problem
from jdgen.post.bulk.rows import PostRow
from jdgen.post.entries import PostEntries, entries_of_yaml
from jdgen.post.loading import all_problems
from jdgen.reading.yaml_file import Keys, YamlFile, parse_yaml
from jdgen.words import NO_PLACEHOLDERS, Placeholders

_Found = TypeVar("_Found")


def yaml_rows(
    content: bytes,
    name: str,
    folder: Path,
    given: Collection[str] = (),
    placeholders: Placeholders = NO_PLACEHOLDERS,
) -> tuple[PostRow, ...]:
    """The posts of a YAML file, each called by its line. Raises :class:`JdgenError` for what is no YAML."""
    file = parse_yaml(content, name)
    posts = list(_each(file)) if isinstance(file.value, list) else [file]
    if not posts:
        raise JdgenError(Problem(name, "holds no post", "write a list of posts, each with title, specialism and band"))
    return tuple(_row(post, folder, given, placeholders) for post in posts)


def _each(file: YamlFile) -> Iterator[YamlFile]:
    """Each entry of the list as a file of its own, with the lines of the whole."""
    count = len(file.value)
    lines, written, cut = _divided(file.lines, count), _divided(file.written, count), _divided(file.cut, count)
    for index, value in enumerate(file.value):
        yield YamlFile(file.name, value, lines[index], written[index], cut[index])


def _divided(found: Mapping[Keys, _Found], count: int) -> list[dict[Keys, _Found]]:
    """What was found of the values of a list, entry by entry."""
    entries: list[dict[Keys, _Found]] = [{} for _ in range(count)]
    for keys, value in found.items():
        if keys and isinstance(keys[0], int):
            entries[keys[0]][keys[1:]] = value
    return entries


def _row(file: YamlFile, folder: Path, given: Collection[str], placeholders: Placeholders) -> PostRow:
    label = file.where()
    try:
        if file.value is None:
            raise JdgenError(Problem(label, "is empty", "give at least title, specialism and band"))
        entries = entries_of_yaml(file, folder, placeholders)
    except JdgenError as error:
        return PostRow(label, PostEntries({}, {}, folder), error.problems)
    return PostRow(label, entries, all_problems(entries, label, given))
