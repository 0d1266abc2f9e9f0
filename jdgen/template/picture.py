"""The organisation's picture in a document, with its alternative text.

How large a picture is stands in the beginning of its file, and is read here by hand. Weighed instead, 29 November 2026:
python-docx's ``docx.image`` knows the same kinds, but comes with lxml, and printing needs nothing but the standard
library; imagesize 2.0.1 (MIT) needs nothing either, but is 1,300 lines that also open addresses and read a dozen kinds
that Word cannot show, and leaves what is kept from strangers (which kinds, at most how many pixels) to be written here.
"""

from __future__ import annotations

import html
import struct
from collections.abc import Callable, Iterator
from itertools import count
from typing import NamedTuple

from jdgen.drafting.model import Picture
from jdgen.errors import JdgenError, Problem
from jdgen.record.writing import with_room_for_record
from jdgen.template.compiled import CompiledTemplate
from jdgen.template.steps import Markup
from jdgen.word.writing import CONTENT_TYPES

#: The field of the draft that is a picture.
FIELD = "picture"
#: The id of the relationship to it, and what stands for the name and kind of its file, in the ``pictured`` parts of a
#: template.
RELATION, FILE, KIND = "rIdJdgenPicture", "{picture}", "{kind}"

# The box that templates leave for it, 8 cm by 2.5 cm, in Word's unit, of which an inch has 914,400.
_WIDTH, _HEIGHT, _INCH = 2_880_000, 900_000, 914_400
#: More than a camera takes. A few kilobytes may say that they unpack to as many gigabytes, in every reader's Word.
_MOST_PIXELS = 50_000_000
_DRAWING = (
    '</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="0" name="Organisation" descr="{description}"/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="0" name="{file}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
    '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData>'
    '</a:graphic></wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">'
)


class ShownPicture(NamedTuple):
    """A picture as a document shows it: its drawing, and the parts that go with it, without and with room for a
    generation record."""

    drawing: Markup
    plain: dict[str, bytes]
    recorded: dict[str, bytes]


def shown(picture: Picture, template: CompiledTemplate) -> ShownPicture | None:
    """``picture`` as documents of ``template`` show it; nothing where the template prints none.

    Raises :class:`JdgenError` when the content is no picture that Word can show.
    """
    if not template.pictured:
        return None
    measured = _measured(picture)
    width, height = fitted(picture)
    stem = next(stem for number in count(1) if not _is_taken(stem := f"word/media/image{number}.", template))
    name = f"{stem}{measured.kind}"
    file = name.rpartition("/")[2]
    drawing = _DRAWING.format(
        width=width,
        height=height,
        description=_attribute(picture.description),
        file=f"image.{measured.kind}",
        relation=RELATION,
    )
    parts = {part: content.replace(FILE.encode(), file.encode()) for part, content in template.pictured.items()}
    parts[CONTENT_TYPES] = _typed(template, measured.kind)
    room = with_room_for_record({**template.static, **parts})
    media = {name: picture.content}
    return ShownPicture(Markup(drawing), {**parts, **media}, {**{part: room[part] for part in parts}, **media})


def _typed(template: CompiledTemplate, kind: str) -> bytes:
    """The kinds of files with that of the picture, which the template may have already."""
    types = template.static[CONTENT_TYPES]
    if f'extension="{kind}"'.encode() in types.lower():
        return types
    called = "jpeg" if kind == "jpg" else kind
    typed = template.pictured[CONTENT_TYPES].replace(f"image/{KIND}".encode(), f"image/{called}".encode())
    return typed.replace(KIND.encode(), kind.encode())


def _is_taken(stem: str, template: CompiledTemplate) -> bool:
    return any(name.startswith(stem) for name in template.static)


def _attribute(text: str) -> str:
    return html.escape(text).replace("\n", "&#10;").replace("\t", "&#9;")


def fitted(picture: Picture) -> tuple[int, int]:
    """Width and height that keep the picture's shape inside the box that templates leave for it.

    Raises :class:`JdgenError` when the content is no picture that Word can show.
    """
    measured = _measured(picture)
    if measured.width * measured.height > _MOST_PIXELS:
        what = f"has {measured.width:,} by {measured.height:,} pixels"
        raise JdgenError(Problem("picture", what, "save it with at most 2,000 by 2,000"))
    width = max(int(measured.width / measured.across * _INCH), 1)
    height = max(int(measured.height / measured.down * _INCH), 1)
    scale = min(_WIDTH / width, _HEIGHT / height)
    return int(width * scale), int(height * scale)


# How large a picture is, told from the beginning of its file.


class _Measured(NamedTuple):
    """The kind of a picture, its width and height in pixels, and how many pixels an inch has across and down."""

    kind: str
    width: int
    height: int
    across: int = 72
    down: int = 72


def _measured(picture: Picture) -> _Measured:
    content = picture.content
    measure = next((measure for begins, measure in _FORMS.items() if content.startswith(begins)), None)
    try:
        measured = measure(content) if measure else None
    except (struct.error, IndexError):  # it ends too early
        measured = None
    if measured is None or not measured.width or not measured.height:
        raise JdgenError(Problem("picture", "is not a picture that Word can show", "use a PNG or JPEG file"))
    return measured


def _png(content: bytes) -> _Measured | None:
    measured = None
    for kind, at in _png_chunks(content):
        if kind == b"IHDR":
            measured = _Measured("png", *struct.unpack_from(">II", content, at))
        elif kind == b"pHYs" and measured:
            across, down, is_metric = struct.unpack_from(">IIB", content, at)
            if is_metric:
                measured = measured._replace(across=round(across * 0.0254) or 72, down=round(down * 0.0254) or 72)
    return measured


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, int]]:
    """The kind of each chunk of a PNG file, and where what it holds begins."""
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        yield kind, at + 8
        at += length + 12


def _jpeg(content: bytes) -> _Measured | None:
    across = down = 72
    at = 2
    while True:
        while content[at] != 0xFF:
            at += 1
        while content[at] == 0xFF:
            at += 1
        marker = content[at]
        at += 1
        if marker in _ALONE:
            continue
        if marker in _END_OF_HEADERS:
            return None
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 3)
            return _Measured("jpg", width, height, across, down)
        if marker == _JFIF and content.startswith(b"JFIF", at + 2):
            unit, *densities = struct.unpack_from(">BHH", content, at + 9)
            if factor := _INCHES.get(unit):
                across, down = (round(density * factor) or 72 for density in densities)
        at += struct.unpack_from(">H", content, at)[0]


# Marks in a JPEG file: those that hold nothing, the beginning and end of the image, frames, and JFIF's own.
_ALONE = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})
_END_OF_HEADERS = frozenset({0xD9, 0xDA})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JFIF = 0xE0
_INCHES = {1: 1.0, 2: 2.54}


def _gif(content: bytes) -> _Measured:
    return _Measured("gif", *struct.unpack_from("<HH", content, 6))


def _bmp(content: bytes) -> _Measured:
    return _Measured("bmp", *map(abs, struct.unpack_from("<ii", content, 18)))


def _tiff(content: bytes) -> _Measured | None:
    order = ">" if content.startswith(b"M") else "<"
    (at,) = struct.unpack_from(f"{order}I", content, 4)
    (entries,) = struct.unpack_from(f"{order}H", content, at)
    sizes: dict[int, int] = {}
    for entry in range(at + 2, at + 2 + 12 * entries, 12):
        tag, kind = struct.unpack_from(f"{order}HH", content, entry)
        (sizes[tag],) = struct.unpack_from(f"{order}H" if kind == _TIFF_SHORT else f"{order}I", content, entry + 8)
    return _Measured("tiff", sizes.get(256, 0), sizes.get(257, 0))


_TIFF_SHORT = 3
_FORMS: dict[bytes, Callable[[bytes], _Measured | None]] = {
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8": _jpeg,
    b"GIF87a": _gif,
    b"GIF89a": _gif,
    b"MM\x00*": _tiff,
    b"II*\x00": _tiff,
    b"BM": _bmp,
}
