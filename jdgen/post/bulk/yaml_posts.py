"""Reading a YAML file that holds one post, or a list of posts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from jdgen.errors import JdgenError, Problem
from jdgen.post.bulk.rows import PostRow
from jdgen.post.entries import PostEntries, entries_of_yaml
from jdgen.post.loading import all_problems
from jdgen.reading.yaml_file import Keys, YamlFile, parse_yaml
from jdgen.words import NO_PLACEHOLDERS, Placeholders


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
    lines: list[dict[Keys, int]] = [{} for _ in file.value]
    written: list[dict[Keys, str]] = [{} for _ in file.value]
    for keys, line in file.lines.items():
        if keys and isinstance(keys[0], int):
            lines[keys[0]][keys[1:]] = line
    for keys, text in file.written.items():
        if keys and isinstance(keys[0], int):
            written[keys[0]][keys[1:]] = text
    for index, value in enumerate(file.value):
        yield YamlFile(file.name, value, lines[index], written[index])


def _row(file: YamlFile, folder: Path, given: Collection[str], placeholders: Placeholders) -> PostRow:
    label = file.where()
    try:
        if file.value is None:
            raise JdgenError(Problem(label, "is empty", "give at least title, specialism and band"))
        entries = entries_of_yaml(file, folder, placeholders)
    except JdgenError as error:
        return PostRow(label, PostEntries({}, {}, folder), error.problems)
    return PostRow(label, entries, all_problems(entries, label, given))
