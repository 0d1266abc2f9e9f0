"""Drawings of boxes, lines and words as Word shows them: metafiles (EMF), written by hand.

The form is published as [MS-EMF]. A metafile is one part of a document, sharp at any size, and shown by every Word and
by LibreOffice; its words are words in Arial, which no file has to bring along. All lengths are in twentieths of a
point, as Word's are.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

#: Twentieths of a point in an inch; one of them is one pixel of the device that drawings are made for.
INCH = 1440
# That device has ten inches each way.
_DEVICE, _MILLIMETRES = 10 * INCH, 254
_HUNDREDTHS = 2540  # of a millimetre, in an inch

# The kinds of records ([MS-EMF] 2.1.1), and what is said in them.
_HEADER, _END = 1, 14
_WINDOW_SIZE, _WINDOW_ORIGIN, _VIEW_SIZE, _VIEW_ORIGIN, _MAPPING = 9, 10, 11, 12, 17
_GROUND, _ALIGNMENT, _TEXT_COLOR, _MOVE, _SELECT = 18, 22, 24, 27, 37
_PEN, _BRUSH, _RECTANGLE, _LINE, _FONT, _TEXT = 38, 39, 43, 54, 82, 84
_ANISOTROPIC, _TRANSPARENT, _ON_BASELINE, _ANY_LANGUAGE = 8, 1, 24, 1
_SIGNATURE, _VERSION = 0x464D4520, 0x10000
_HEADER_LENGTH, _TEXT_BEGINS = 108, 76


class Font(NamedTuple):
    """Arial of this size."""

    size: int
    is_bold: bool = False

    def width(self, text: str) -> int:
        """The width of ``text`` on one line."""
        return sum(_advances(text, self))

    def wrapped(self, text: str, width: int) -> list[str]:
        """``text`` on as many lines as it needs where they are so wide; a word that is wider is divided."""
        lines: list[list[str]] = [[]]
        space, free = self.width(" "), width
        for part in (part for word in text.split() for part in self._divide(word, width)):
            needed = self.width(part)
            if lines[-1] and needed + space > free:
                lines.append([])
                free = width
            free -= needed + (space if lines[-1] else 0)
            lines[-1].append(part)
        return [" ".join(line) for line in lines]

    def _divide(self, word: str, width: int) -> Iterator[str]:
        while self.width(word) > width:
            end = next(end for end in range(len(word), 0, -1) if end == 1 or self.width(word[:end]) <= width)
            yield word[:end]
            word = word[end:]
            if not word:
                return
        yield word


class Metafile:
    """A drawing to which boxes, lines and words are added, each over those before."""

    def __init__(self) -> None:
        self._records: list[bytes] = []
        self._objects: dict[tuple[int, bytes], int] = {}
        self._selected: dict[int, int] = {}
        self._add(_GROUND, struct.pack("<I", _TRANSPARENT))
        self._add(_ALIGNMENT, struct.pack("<I", _ON_BASELINE))

    def box(self, place: tuple[int, int], size: tuple[int, int], fill: int, weight: int, color: int) -> None:
        """A box, ``size`` wide and high, filled with ``fill``, with a rule of this ``weight`` and ``color`` round it.
        ``place`` is its upper left corner."""
        (left, top), (width, height) = place, size
        self._use(_BRUSH, struct.pack("<III", 0, _reversed(fill), 0))
        self._use(_PEN, struct.pack("<IiiI", 0, weight, 0, _reversed(color)))
        self._add(_RECTANGLE, struct.pack("<iiii", left, top, left + width, top + height))

    def line(self, start: tuple[int, int], end: tuple[int, int], weight: int, color: int) -> None:
        """A straight line."""
        self._use(_PEN, struct.pack("<IiiI", 0, weight, 0, _reversed(color)))
        self._add(_MOVE, struct.pack("<ii", *start))
        self._add(_LINE, struct.pack("<ii", *end))

    def words(self, place: tuple[int, int], text: str, font: Font, color: int) -> None:
        """``text`` on one line, which begins at ``place``."""
        left, baseline = place
        face = "Arial".encode("utf-16-le").ljust(64, b"\0")
        shape = struct.pack("<5i8B", -font.size, 0, 0, 0, 700 if font.is_bold else 400, *_FACE)
        self._use(_FONT, (shape + face).ljust(320, b"\0"))
        if self._selected.get(_TEXT_COLOR) != color:
            self._selected[_TEXT_COLOR] = color
            self._add(_TEXT_COLOR, struct.pack("<I", _reversed(color)))
        encoded, advances = text.encode("utf-16-le"), _advances(text, font)
        if len(encoded) > 2 * len(text):  # a character of two units, of which the second takes no room
            advances = tuple(
                part
                for character, advance in zip(text, advances, strict=True)
                for part in ((advance, 0) if character > "\uffff" else (advance,))
            )
        room = -(-len(encoded) // 4) * 4
        bounds = (left, baseline - font.size, left + sum(advances), baseline + font.size // 4)
        pixel = _HUNDREDTHS / INCH
        head = struct.pack("<iiiiIff", *bounds, 1, pixel, pixel)
        head += struct.pack("<iiIII", left, baseline, len(advances), _TEXT_BEGINS, 0)
        head += struct.pack("<iiiiI", 0, 0, -1, -1, _TEXT_BEGINS + room)
        self._add(_TEXT, head + encoded.ljust(room, b"\0") + struct.pack(f"<{len(advances)}I", *advances))

    def content(self, width: int, height: int) -> bytes:
        """The file of the drawing, of which so much is shown."""
        opening_records = [
            _record(_MAPPING, struct.pack("<I", _ANISOTROPIC)),
            *(_record(kind, struct.pack("<ii", 0, 0)) for kind in (_WINDOW_ORIGIN, _VIEW_ORIGIN)),
            *(_record(kind, struct.pack("<ii", width, height)) for kind in (_WINDOW_SIZE, _VIEW_SIZE)),
        ]
        records = [*opening_records, *self._records, _record(_END, struct.pack("<III", 0, 16, 20))]
        length = _HEADER_LENGTH + sum(map(len, records))
        frame = (0, 0, round(width * _HUNDREDTHS / INCH), round(height * _HUNDREDTHS / INCH))
        header = struct.pack("<4i4i", 0, 0, width - 1, height - 1, *frame)
        header += struct.pack("<IIIIHH", _SIGNATURE, _VERSION, length, len(records) + 1, len(self._objects) + 1, 0)
        header += struct.pack("<III", 0, 0, 0)
        header += struct.pack("<4i", _DEVICE, _DEVICE, _MILLIMETRES, _MILLIMETRES)
        header += struct.pack("<IIIii", 0, 0, 0, 1000 * _MILLIMETRES, 1000 * _MILLIMETRES)
        return _record(_HEADER, header) + b"".join(records)

    def _use(self, kind: int, definition: bytes) -> None:
        """Have the next records drawn with a pen, brush or font that is ``definition`` so."""
        number = self._objects.get((kind, definition))
        if number is None:
            number = self._objects[kind, definition] = len(self._objects) + 1
            self._add(kind, struct.pack("<I", number) + definition)
        if self._selected.get(kind) != number:
            self._selected[kind] = number
            self._add(_SELECT, struct.pack("<I", number))

    def _add(self, kind: int, content: bytes) -> None:
        self._records.append(_record(kind, content))


#: Not slanted, underlined or struck through; of any language; no wishes as to precision, quality or pitch.
_FACE = (0, 0, 0, _ANY_LANGUAGE, 0, 0, 0, 0)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<II", kind, 8 + len(content)) + content


def _reversed(color: int) -> int:
    """A colour written ``0x005EB8`` as metafiles have it, blue first."""
    return int.from_bytes(color.to_bytes(3, "big"), "little")


# How wide the letters of Arial are, in thousandths of their size; a letter with an accent is as wide as the one
# without. They are those of Liberation Sans too, which is made to take Arial's place.

_REGULAR = {
    191: "'",
    222: "ijl‘’ł",
    260: "|",
    278: " !,./:;I[\\]ft·ı",
    333: "()-`r“”",
    334: "{}",
    350: "•",
    355: '"',
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu£€–đþ",
    584: "+<=>~",
    611: "FTZßø",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%æ",
    944: "Wœ",
    1000: "—…",
    1015: "@",
}
_BOLD = {
    238: "'",
    278: " ,./I\\ijl‘’·łı",
    280: "|",
    333: "!()-:;[]`ft",
    350: "•",
    389: "*r{}",
    400: "°",
    474: '"',
    500: "z“”",
    556: "#$0123456789J_aceksvxy£€–",
    584: "+<=>^~",
    611: "?FLTZbdghnopqußøđþ",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    833: "M",
    889: "%mæ",
    944: "Wœ",
    975: "@",
    1000: "—…",
}
_WIDTHS = tuple(
    {character: width for width, characters in table.items() for character in characters} for table in (_REGULAR, _BOLD)
)
#: Of what is in neither table: as wide as a letter may well be, and as the signs of East Asia are.
_UNKNOWN, _WIDE = 722, 1000


@lru_cache(4096)  # the words of posts recur
def _advances(text: str, font: Font) -> tuple[int, ...]:
    """How far each character of ``text`` takes its line."""
    return tuple([round(_width(character, font.is_bold) * font.size / 1000) for character in text])


def _width(character: str, is_bold: bool) -> int:
    widths = _WIDTHS[is_bold]
    if character in widths:
        return widths[character]
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    if (plain := unicodedata.normalize("NFKD", character)[0]) in widths:
        return widths[plain]
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else _UNKNOWN
