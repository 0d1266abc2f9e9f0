"""A library, and what else is read of files, as data: written as JSON, and read again without those files or what reads
them.

Each frozen value is a list of its fields in their order, read by the types that its class declares. A level is its
place on one of the scales that the written form begins with; a text with a giver is the text and the giver's letter.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

from jdgen.drafting.library import Library, SpecialismIds
from jdgen.drafting.texts import Text, giver_of_code
from jdgen.levels import AFC, Level, LevelRange, Scale
from jdgen.placeholders import Placeholders
from jdgen.places import FilePlace

#: The number of the written form.
FORM = 3

_Value = TypeVar("_Value")
_Reader = Callable[[Any], Any]
#: What may be raised where data is not what its type says.
_UNFIT = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
_NO_DATA = "is not data as it is written here"


def written_data(value: Library | Placeholders | SpecialismIds) -> bytes:
    """The written form of ``value``; the same for values whose fields are equal."""
    scales: list[Scale] = []
    if isinstance(value, Library):
        # Its specialism is one of the framework's, and stays the same value as there.
        at = value.framework.specialisms.index(value.specialism)
        value = dataclasses.replace(value, specialism=typing.cast(Any, at))
    data = _data(value, scales)
    return json.dumps([FORM, list(map(_scale_data, scales)), data], ensure_ascii=False, separators=(",", ":")).encode()


def read_data(content: bytes, kind: type[_Value]) -> _Value:
    """The value of ``kind`` of which ``content`` is the written form. Raises ``ValueError`` for any other content."""
    try:
        form, scales, data = json.loads(content)
        if form != FORM:
            raise ValueError(f"data of form {form}")
        others = {"specialism": int} if kind is Library else {}
        value: _Value = _Reading(tuple(map(_scale, scales))).value_reader(kind, others)(data)
        if isinstance(value, Library):
            specialism = value.framework.specialisms[_index(value.specialism)]
            return dataclasses.replace(value, specialism=specialism)
    except _UNFIT as error:
        raise ValueError(_NO_DATA) from error
    return value


# Writing: by what each value is.


def _data(value: Any, scales: list[Scale]) -> Any:
    """``value`` as JSON has it. Scales that it needs are added to ``scales``."""
    write = next((write for kind, write in _WRITERS if isinstance(value, kind)), _data_of_fields)
    return write(value, scales)


def _data_of_fields(value: Any, scales: list[Scale]) -> Any:
    return [_data(getattr(value, field.name), scales) for field in dataclasses.fields(value)]


def _number(scale: Scale, scales: list[Scale]) -> int:
    if scale not in scales:
        scales.append(scale)
    return scales.index(scale)


def _scale_data(scale: Scale) -> Any:
    """The scale of bands is jdgen's own, and only named."""
    return None if scale == AFC else [scale.word, scale.words, scale.names, scale.adds_up, scale.former]


# The first that fits: a text with its giver is a text too.
_WRITERS: tuple[tuple[Any, Callable[[Any, list[Scale]], Any]], ...] = (
    (Text, lambda text, _: [str(text), text.code]),
    (FilePlace, lambda place, _: [place.name, place.number, place.column, place.is_worksheet]),
    (Level, lambda level, scales: [_number(level.scale, scales), level.rank]),
    (LevelRange, lambda range_, scales: [_number(range_.scale, scales), range_.lowest.rank, range_.highest.rank]),
    (Scale, _number),
    (Enum, lambda member, _: member.value),
    (types.NoneType | int | str, lambda plain, _: plain),
    (tuple, lambda values, scales: [_data(each, scales) for each in values]),
    (frozenset, lambda values, _: sorted(values)),
    (Mapping, lambda values, scales: {key: _data(each, scales) for key, each in values.items()}),
)


def _field_names(kind: Any) -> Sequence[str]:
    """The fields of a frozen value, in their order: of a named tuple, or of a dataclass."""
    return getattr(kind, "_fields", None) or [field.name for field in dataclasses.fields(kind)]


# Reading: by what each value is to be. Data of another type is refused, so that nothing fails later that was read here.


def _scale(data: Any) -> Scale:
    if data is None:
        return AFC
    word, words, names, adds_up, former = data
    former_names = tuple((_of(str, name), _of(str, today)) for name, today in former)
    return Scale(
        _of(str, word), _of(str, words), tuple(_of(str, name) for name in names), _of(bool, adds_up), former_names
    )


def _of(kind: type[_Value], data: Any) -> _Value:
    if type(data) is not kind:
        raise TypeError(f"{data!r} is no {kind.__name__}")
    return data


class _Reading:
    """Readers of values, by their types, that know the scales of what they read."""

    def __init__(self, scales: tuple[Scale, ...]) -> None:
        self._scales = scales
        self._readers: dict[Any, _Reader] = {}

    def value_reader(self, kind: type, others: Mapping[str, object]) -> _Reader:
        """The reader of a frozen value, all of whose fields are written; ``others`` are types instead of those of its
        fields."""
        hints = {**typing.get_type_hints(kind), **others}
        readers = [self.reader(hints[name]) for name in _field_names(kind)]
        return lambda data: kind(*[reader(each) for reader, each in zip(readers, _of(list, data), strict=True)])

    def reader(self, kind: Any) -> _Reader:
        """The reader of values of ``kind``."""
        if kind not in self._readers:
            self._readers[kind] = self._plain_reader(kind) or self._reader_of_several(kind)
        return self._readers[kind]

    def _plain_reader(self, kind: Any) -> _Reader | None:
        """The reader of a value that has no others in it; nothing where ``kind`` is of another sort."""
        if kind is str:
            return _text
        if kind is Text:
            return lambda data: _given_text(*data)
        if kind in (bool, int):
            return functools.partial(_of, kind)
        if not isinstance(kind, type):
            return None
        for scale_kind, reader in self._of_scales():
            if issubclass(kind, scale_kind):
                return reader
        return kind if issubclass(kind, Enum) else None

    def _of_scales(self) -> Iterator[tuple[type, _Reader]]:
        yield Level, lambda data: self._level(*data)
        yield LevelRange, lambda data: self._range(*data)
        yield Scale, lambda data: self._scales[_index(data)]

    def _level(self, scale: Any, rank: Any) -> Level:
        return self._scales[_index(scale)].levels[_index(rank)]

    def _range(self, scale: Any, lowest: Any, highest: Any) -> LevelRange:
        return self._scales[_index(scale)].between(self._level(scale, lowest), self._level(scale, highest))

    def _reader_of_several(self, kind: Any) -> _Reader:
        """The reader of lists, mappings and frozen values, and of what may be missing."""
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin in (types.UnionType, typing.Union):
            (inner,) = (self.reader(each) for each in arguments if each is not types.NoneType)
            return lambda data: None if data is None else inner(data)
        readers = [self.reader(each) for each in arguments if each is not Ellipsis]
        if origin is tuple and arguments[-1] is Ellipsis:
            return lambda data: tuple([readers[0](each) for each in _of(list, data)])
        if origin is tuple:
            return lambda data: tuple(reader(each) for reader, each in zip(readers, _of(list, data), strict=True))
        if origin is frozenset:
            return lambda data: frozenset(readers[0](each) for each in _of(list, data))
        if origin is not None and issubclass(origin, Mapping):
            return lambda data: {key: readers[1](each) for key, each in _of(dict, data).items()}
        return self.value_reader(kind, {})


def _text(data: Any) -> str:
    """A text, a text with its giver, or the place that one names."""
    if type(data) is str:
        return data
    if len(data) == 2:
        return _given_text(*data)
    name, number, column, is_worksheet = data
    return FilePlace(_of(str, name), _of(int, number), _of(str, column), _of(bool, is_worksheet))


def _given_text(text: Any, code: Any) -> Text:
    giver = giver_of_code(code)
    if giver is None:
        raise ValueError(f"no giver '{code}'")
    return Text(_of(str, text), giver)


def _index(data: Any) -> int:
    if _of(int, data) < 0:
        raise IndexError(data)
    return typing.cast(int, data)
