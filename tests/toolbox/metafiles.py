"""Metafiles (EMF) read record by record, apart from what writes them: [MS-EMF] 2.3."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple


class DrawnText(NamedTuple):
    """A line of words: where it begins and ends, and the size of its letters in units of the drawing."""

    text: str
    start: int
    end: int
    baseline: int
    size: int


class ReadMetafile(NamedTuple):
    """What a drawing shows. ``inches`` is its size, ``units`` are how many there are in an inch."""

    inches: tuple[float, float]
    units: float
    texts: list[DrawnText]
    boxes: list[tuple[int, int, int, int]]
    lines: list[tuple[int, int, int, int]]


def records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The kind and the content of each record; fails where one is not as long as it says."""
    at = 0
    while at < len(content):
        kind, length = struct.unpack_from("<II", content, at)
        assert length % 4 == 0
        assert 8 <= length <= len(content) - at
        yield kind, content[at : at + length]
        at += length


def read(content: bytes) -> ReadMetafile:
    """What is drawn. Fails for what is no metafile."""
    all_records = list(records(content))
    header = all_records[0][1]
    assert all_records[0][0] == 1
    assert header[40:44] == b" EMF"
    length, count, handles = struct.unpack_from("<IIH", header, 48)
    assert (length, count) == (len(content), len(all_records))
    assert all_records[-1][0] == 14
    frame = struct.unpack_from("<4i", header, 24)
    device, millimetres = struct.unpack_from("<2i2i", header, 72)[:2], struct.unpack_from("<2i", header, 80)
    result = ReadMetafile((frame[2] / 2540, frame[3] / 2540), device[0] / millimetres[0] * 25.4, [], [], [])
    sizes_of_objects: dict[int, int] = {}
    size, pen = 0, (0, 0)
    for kind, record in all_records:
        if kind in (38, 39, 82):
            (number,) = struct.unpack_from("<I", record, 8)
            assert 1 <= number < handles
            assert number not in sizes_of_objects
            sizes_of_objects[number] = -struct.unpack_from("<i", record, 12)[0] if kind == 82 else 0
            if kind == 82:
                assert record[40:].decode("utf-16-le", "replace").startswith("Arial\0")
        elif kind == 37:
            size = sizes_of_objects[struct.unpack_from("<I", record, 8)[0]] or size
        elif kind == 27:
            pen = struct.unpack_from("<ii", record, 8)
        elif kind == 54:
            result.lines.append((*pen, *struct.unpack_from("<ii", record, 8)))
        elif kind == 43:
            result.boxes.append(struct.unpack_from("<4i", record, 8))
        elif kind == 84:
            start, baseline, characters, begins = struct.unpack_from("<iiII", record, 36)
            (advances_at,) = struct.unpack_from("<I", record, 72)
            text = record[begins : begins + 2 * characters].decode("utf-16-le")
            advances = struct.unpack_from(f"<{characters}I", record, advances_at)
            result.texts.append(DrawnText(text, start, start + sum(advances), baseline, size))
    return result
