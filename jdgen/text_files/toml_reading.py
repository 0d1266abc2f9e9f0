"""TOML files that people write: plain values that still know their lines."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from jdgen.errors import JdgenError, Problem
from jdgen.files import MEGABYTE, content_of
from jdgen.text_files.values import UNMEANT, Keys, YamlFile
from jdgen.words import forbidden_characters, text_in

_NAME = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"|'[^']*')"""
_DOTTED_NAME = rf"{_NAME}(?:\s*\.\s*{_NAME})*"
_TABLE = rf"\s*\[\[?\s*({_DOTTED_NAME})\s*\]"
_ENTRY = rf"\s*({_DOTTED_NAME})\s*="
_LONG_TEXT = r'"""|' + "'''"
# What tomllib says of the place, which messages have at their beginning.
_PLACE = r"(?:(?<!\s)\s+)?\(at (?:line (\d+), column \d+|end of document)\)"


def read_toml(path: Path, name: str) -> YamlFile:
    """Read the file at ``path``; ``name`` is how messages call it.

    Raises :class:`JdgenError` for a file that cannot be read, is no TOML, or holds what no document can.
    """
    return parse_toml(content_of(path, right="name a file that you can open", most=MEGABYTE, where=name), name)


def parse_toml(content: bytes, name: str) -> YamlFile:
    """As :func:`read_toml`, of content in memory."""
    text = text_in(content, name)
    try:
        value = tomllib.loads(text, parse_float=_Decimal)
    except tomllib.TOMLDecodeError as error:
        raise JdgenError(_unreadable(error, name)) from error
    except RecursionError as error:
        raise JdgenError(Problem(name, "is nested too deeply", "write it as jdgen start does")) from error
    file = YamlFile(name, _plain(value), dict(_lines(text)), dict(_texts(value, ())))
    # TOML can spell them: "\u0007".
    hidden = [
        Problem(file.where(keys), f"control character {code}", UNMEANT)
        for keys, text in file.texts.items()
        for _, code in forbidden_characters(text)
    ]
    if hidden:
        raise JdgenError(hidden)
    return file


# What tomllib calls it, and what a person who has never heard of TOML would.
_PLAINLY = (
    (r"Cannot overwrite a value|Cannot declare|already|twice", "the same name stands here a second time"),
    (r"Expected '=' after a key", "there is no = behind the name"),
    (r"""Illegal character|Unterminated|Expected ["']+$|Expected "'""", "a quotation mark is missing"),
    (r"escape|Unescaped", "a \\ stands in a text in double quotation marks: use single ones"),
    (r"Unclosed|Expected '[\]}]'|table declaration", "a bracket is not closed"),
    (r"after a statement", "something stands behind the value that is no part of it"),
    (r"Invalid value", "what stands behind the = is no text in quotation marks, and no number"),
    (r"Invalid initial character|Invalid statement", "the line does not begin with a name"),
)


def _unreadable(error: tomllib.TOMLDecodeError, name: str) -> Problem:
    place = re.search(_PLACE, str(error))
    line = place[1] if place else None
    what = next(
        (plain_words for sign, plain_words in _PLAINLY if re.search(sign, str(error))),
        "it is not written as it has to be",
    )
    where = f"{name}:{line}" if line else name
    return Problem(where, f"cannot be read: {what}", "put texts in quotes, one entry a line: employer = 'A trust'")


class _Decimal(float):
    """A number with a decimal point, which still knows its ``text``: 37.50."""

    def __init__(self, text: str) -> None:
        self.text = text


def _plain(value: Any) -> Any:
    """``value`` without TOML's dates, which are texts here."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, _Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def _texts(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Each text, number and truth value in ``value``, with its keys."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*keys, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _texts(part, (*keys, index))
    elif isinstance(value, _Decimal):
        yield keys, value.text
    else:
        plain = _plain(value)
        yield keys, str(plain).lower() if isinstance(plain, bool) else str(plain)


def _lines(text: str) -> Iterator[tuple[Keys, int]]:
    """The line of each table and entry, as far as they are written one a line; what is inside of others is found by
    the line of these."""
    table: Keys = ()
    is_inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if not is_inside:
            if head := re.match(_TABLE, line):
                table = _keys(head[1])
                yield table, number
            elif entry := re.match(_ENTRY, line):
                yield (*table, *_keys(entry[1])), number
        is_inside ^= len(re.findall(_LONG_TEXT, line)) % 2 == 1


def _keys(dotted: str) -> Keys:
    return tuple(map(_key, re.findall(_NAME, dotted)))


def _key(name: str) -> str:
    """A key as it is meant, of how it is written."""
    with suppress(tomllib.TOMLDecodeError):
        return str(tomllib.loads(f"key = {name}")["key"]) if name[0] == '"' else name.strip("'")
    return name


def toml_text(text: str) -> str:
    """``text`` as a file has it, for people to change."""
    if '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
