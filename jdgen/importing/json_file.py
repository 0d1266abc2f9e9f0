"""Frameworks in JSON: each list of objects is a table, whose columns are the paths to what its objects and those around
them hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from jdgen.errors import JdgenError, Problem
from jdgen.framework.transcription import LIST_MARKS
from jdgen.importing.columns import BY_BANDS, Expected
from jdgen.importing.grid import Cell, CellPlace, FileChoices, Grid, Prose, Publication
from jdgen.importing.transcript import transcribe
from jdgen.words import decode

#: What has a deeper path is no list that people keep.
_DEEPEST = 12
_Values = dict[str, tuple[Any, str]]


def read_json(
    content: bytes,
    name: str,
    expected: Expected = BY_BANDS,
    choices: FileChoices | None = None,  # noqa: ARG001  # as all readers have it; a JSON file hides nothing
) -> Publication:
    """The publication in a JSON file. A place in it is a path: ``roles[2].levels[0].name``.

    Raises :class:`JdgenError` for what is no JSON, or nested without end.
    """
    try:
        value = json.loads(decode(content, name))
    except json.JSONDecodeError as error:
        raise JdgenError(Problem(f"{name}:{error.lineno}", f"is no JSON ({error.msg})", "export it anew")) from error
    except RecursionError as error:
        raise JdgenError(Problem(name, "is nested too deeply", "export it anew")) from error
    tables: dict[str, list[_Values]] = {}
    for path, row in _rows(value, "", "", {}):
        tables.setdefault(path, []).append(row)
    blocks: list[Grid | Prose] = []
    for path, rows in tables.items():
        blocks += [Prose(path or name, CellPlace("", path, "", path or name), depth=1), _grid(rows)]
    return transcribe(name, blocks, expected)


def _rows(value: Any, path: str, place: str, around: Mapping[str, tuple[Any, str]]) -> Iterator[tuple[str, _Values]]:
    """A row for each object that holds no list of others, with the path of the list that it is in."""
    if path.count(".") > _DEEPEST:
        return
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _rows(one, path, f"{place}[{number}]", around)
    elif isinstance(value, dict):
        own = {**around, **dict(_own(value, path, place))}
        inner = {key: one for key, one in value.items() if _holds_objects(one)}
        for key, one in inner.items():
            below = f"{path}.{key}".lstrip(".")
            yield from _rows(one, below, f"{place}.{key}".lstrip("."), own)
        if not inner:
            yield path, own


def _own(value: Mapping[str, Any], path: str, place: str) -> Iterator[tuple[str, tuple[Any, str]]]:
    for key, one in value.items():
        if not _holds_objects(one) and one not in (None, "", []):
            yield f"{path}.{key}".lstrip("."), (one, f"{place}.{key}".lstrip("."))


def _holds_objects(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict | list) for one in value))


def _grid(rows: list[_Values]) -> Grid:
    columns = {name: number for number, name in enumerate(dict.fromkeys(name for row in rows for name in row))}
    cells = [Cell(0, number, name, CellPlace("", name, "", name)) for name, number in columns.items()]
    for number, row in enumerate(rows, 1):
        for name, (value, place) in row.items():
            lines = _lines(value)
            text = " ".join(lines)
            cells.append(Cell(number, columns[name], text, CellPlace("", place, "", place), lines=lines))
    return Grid(tuple(cells))


def _lines(value: Any) -> tuple[str, ...]:
    """The lines of a value: the entries of a list, each with a list mark, or those of a text."""
    if isinstance(value, list):
        return tuple(f"{LIST_MARKS[0]} {' '.join(str(one).split())}" for one in value)
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    return tuple(" ".join(line.split()) for line in str(value).split("\n") if line.strip())
