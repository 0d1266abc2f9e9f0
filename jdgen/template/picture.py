"""Pictures in a document, with their alternative text: those of the organisation's own, and the chart that is drawn.

How large a picture is stands in the beginning of its file, and is read here by hand. Weighed instead, 29 November 2026:
python-docx's ``docx.image`` knows the same kinds, but comes with lxml, and printing needs nothing but the standard
library; imagesize 2.0.1 (MIT) needs nothing either, but is 1,300 lines that also open addresses and read a dozen kinds
that Word cannot show, and leaves what is kept from strangers (which kinds, at most how many pixels) to be written here.
"""

from __future__ import annotations

import html
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from jdgen.drafting.model import JobDescription, OrganisationChart, Picture
from jdgen.errors import JdgenError, Problem
from jdgen.record.writing import with_room_for_record
from jdgen.template.chart import draw_chart
from jdgen.template.compiled import CompiledTemplate
from jdgen.template.metafile import INCH as TWIPS
from jdgen.template.steps import Markup
from jdgen.word.writing import CONTENT_TYPES

# Word's unit for pictures, of which an inch has 914,400 and a centimetre 360,000.
_INCH, _CENTIMETRE = 914_400, 360_000
#: The kind of file that is drawn.
_DRAWN_KIND = "emf"
_TYPES = {"jpg": "jpeg", _DRAWN_KIND: "x-emf"}


class PictureField(NamedTuple):
    """A field of the draft that is a picture: what documents call the picture, and the box that it has to fit into.
    What is smaller is made as large as the box where it ``fills`` it."""

    name: str
    drawing_name: str
    width: int
    height: int
    fills: bool

    @property
    def relation(self) -> str:
        """The id of the relationship to it."""
        return "rIdJdgenPicture" if self.name == _PICTURE else f"rIdJdgen-{self.name}"

    @property
    def file(self) -> str:
        """What stands for the name of its file in the ``pictured`` parts of a template."""
        return f"{{{self.name}}}"

    @property
    def kind(self) -> str:
        """What stands there for the kind of its file."""
        return "{kind}" if self.name == _PICTURE else f"{{kind-of-{self.name}}}"


_PICTURE = "picture"
#: The fields of the draft that are pictures, by their names.
FIELDS: Mapping[str, PictureField] = {
    field.name: field
    for field in (
        # The box that templates leave for it above the title.
        PictureField(_PICTURE, "Organisation", 8 * _CENTIMETRE, 5 * _CENTIMETRE // 2, fills=True),
        # What a page of A4 has between usual margins, with its heading and what stands below.
        PictureField("organisation_chart", "Organisation chart", 9000 * _INCH // TWIPS, 21 * _CENTIMETRE, fills=False),
    )
}
#: More than a camera takes. A few kilobytes may say that they unpack to as many gigabytes, in every reader's Word.
_MOST_PIXELS = 50_000_000
_DRAWING = (
    '</w:t></w:r><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="0" name="{drawing_name}" descr="{description}"/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="0" name="{file}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
    '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData>'
    '</a:graphic></wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">'
)


class ShownPictures(NamedTuple):
    """Pictures as a document shows them: the drawing of each, by its field, and the parts that go with them, without
    and with room for a generation record."""

    drawings: Mapping[str, Markup]
    plain: Mapping[str, bytes]
    recorded: Mapping[str, bytes]


NO_PICTURES = ShownPictures({}, {}, {})


class _Image(NamedTuple):
    """The file of a picture, its kind, and how large it is shown."""

    content: bytes
    kind: str
    width: int
    height: int


def content_of(picture: Picture | OrganisationChart) -> bytes:
    """The file of ``picture``: its own, or what is drawn."""
    return picture.content if isinstance(picture, Picture) else draw_chart(picture).content


def draw_pictures(job_description: JobDescription, template: CompiledTemplate) -> ShownPictures:
    """The pictures of a draft as documents of ``template`` show them, as far as it prints them.

    Raises :class:`JdgenError` where the content of one is no picture that Word can show.
    """
    pictures = {
        name: picture
        for name in FIELDS
        if name in template.printed_fields and (picture := getattr(job_description, name)) is not None
    }
    if not pictures or not template.pictured:
        return NO_PICTURES
    images = {name: _image(picture, FIELDS[name]) for name, picture in pictures.items()}
    room = _room(template, tuple((name, image.kind) for name, image in images.items()))
    drawings = {
        name: Markup(
            _DRAWING.format(
                width=image.width,
                height=image.height,
                drawing_name=FIELDS[name].drawing_name,
                description=_attribute(pictures[name].description),
                file=f"image.{image.kind}",
                relation=FIELDS[name].relation,
            )
        )
        for name, image in images.items()
    }
    media = {room.files[name]: image.content for name, image in images.items()}
    return ShownPictures(drawings, {**room.plain, **media}, {**room.recorded, **media})


def _image(picture: Picture | OrganisationChart, field: PictureField) -> _Image:
    if isinstance(picture, OrganisationChart):
        drawing = draw_chart(picture)
        scale = _INCH // TWIPS
        return _Image(drawing.content, _DRAWN_KIND, drawing.width * scale, drawing.height * scale)
    return _Image(picture.content, _measure(picture.content, field.name).kind, *fitted_size(picture, field))


class _Room(NamedTuple):
    """The names of the files of pictures, by their fields, and the parts that have relationships to them and their
    kinds, without and with room for a generation record."""

    files: Mapping[str, str]
    plain: Mapping[str, bytes]
    recorded: Mapping[str, bytes]


@lru_cache(32)  # most documents of a template show pictures of the same kinds
def _room(template: CompiledTemplate, kinds: tuple[tuple[str, str], ...]) -> _Room:
    """What documents of ``template`` have that show pictures of these fields and ``kinds``."""
    stems = (f"word/media/image{number}." for number in count(1))
    free = (stem for stem in stems if not any(name.startswith(stem) for name in template.static))
    files = {name: f"{next(free)}{kind}" for name, kind in kinds}
    parts = {part: _relationships_with(xml, files) for part, xml in template.pictured.items() if part != CONTENT_TYPES}
    parts[CONTENT_TYPES] = _types_with(template, dict(kinds))
    room = with_room_for_record({**template.static, **parts})
    return _Room(files, parts, {part: room[part] for part in parts})


def _relationships_with(relations: bytes, files: Mapping[str, str]) -> bytes:
    """``relations`` with those to ``files``, by their fields, and without those to pictures that are not shown."""
    for name, field in FIELDS.items():
        if name in files:
            relations = relations.replace(field.file.encode(), files[name].rpartition("/")[2].encode())
        else:
            relations = _without(relations, field.file)
    return relations


def _types_with(template: CompiledTemplate, kinds: Mapping[str, str]) -> bytes:
    """The kinds of files with those of the pictures, by their fields; the template may have them already."""
    types, own_types = template.pictured[CONTENT_TYPES], template.static[CONTENT_TYPES]
    new = {name: kind for name, kind in kinds.items() if f'extension="{kind}"'.encode() not in own_types.lower()}
    new = {name: kind for name, kind in new.items() if name == next(first for first in new if new[first] == kind)}
    if not new:
        return own_types
    for name, field in FIELDS.items():
        if name in new:
            kind = new[name]
            types = types.replace(f"image/{field.kind}".encode(), f"image/{_TYPES.get(kind, kind)}".encode())
            types = types.replace(field.kind.encode(), kind.encode())
        else:
            types = _without(types, field.kind)
    return types


def _without(xml: bytes, mark: str) -> bytes:
    """``xml`` without the empty element in which ``mark`` stands."""
    return re.sub(rb"<[^<>]*%b[^<>]*/>" % re.escape(mark.encode()), b"", xml)


def _attribute(text: str) -> str:
    return html.escape(text).replace("\n", "&#10;").replace("\t", "&#9;")


def fitted_size(picture: Picture, field: PictureField = FIELDS[_PICTURE]) -> tuple[int, int]:
    """Width and height that keep the picture's shape inside the box that documents have for it.

    Raises :class:`JdgenError` when the content is no picture that Word can show.
    """
    measurement = _measure(picture.content, field.name)
    if measurement.width * measurement.height > _MOST_PIXELS:
        what = f"has {measurement.width:,} by {measurement.height:,} pixels"
        raise JdgenError(Problem(field.name, what, "save it with at most 2,000 by 2,000"))
    width = max(int(measurement.width / measurement.across * _INCH), 1)
    height = max(int(measurement.height / measurement.down * _INCH), 1)
    scale = min(field.width / width, field.height / height)
    scale = scale if field.fills else min(scale, 1)
    return int(width * scale), int(height * scale)


# How large a picture is, told from the beginning of its file.


class _Measurement(NamedTuple):
    """The kind of a picture, its width and height in pixels, and how many pixels an inch has across and down."""

    kind: str
    width: int
    height: int
    across: int = 72
    down: int = 72


def _measure(content: bytes, name: str) -> _Measurement:
    reader = next((reader for begins, reader in _FORMS.items() if content.startswith(begins)), None)
    try:
        measurement = reader(content) if reader else None
    except (struct.error, IndexError):  # it ends too early
        measurement = None
    if measurement is None or not measurement.width or not measurement.height:
        raise JdgenError(Problem(name, "is not a picture that Word can show", "use a PNG or JPEG file"))
    return measurement


def _png(content: bytes) -> _Measurement | None:
    measurement = None
    for kind, at in _png_chunks(content):
        if kind == b"IHDR":
            measurement = _Measurement("png", *struct.unpack_from(">II", content, at))
        elif kind == b"pHYs" and measurement:
            across, down, is_metric = struct.unpack_from(">IIB", content, at)
            if is_metric:
                measurement = measurement._replace(across=round(across * 0.0254) or 72, down=round(down * 0.0254) or 72)
    return measurement


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, int]]:
    """The kind of each chunk of a PNG file, and where what it holds begins."""
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, at)
        yield kind, at + 8
        at += length + 12


def _jpeg(content: bytes) -> _Measurement | None:
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
            return _Measurement("jpg", width, height, across, down)
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


def _gif(content: bytes) -> _Measurement:
    return _Measurement("gif", *struct.unpack_from("<HH", content, 6))


def _bmp(content: bytes) -> _Measurement:
    # The oldest header has numbers of 16 bits (BITMAPCOREHEADER); all others begin as BITMAPINFOHEADER does.
    (length,) = struct.unpack_from("<I", content, 14)
    width, height = struct.unpack_from("<HH" if length == _BMP_CORE else "<ii", content, 18)
    return _Measurement("bmp", abs(width), abs(height))


def _tiff(content: bytes) -> _Measurement | None:
    order = ">" if content.startswith(b"M") else "<"
    (at,) = struct.unpack_from(f"{order}I", content, 4)
    (entries,) = struct.unpack_from(f"{order}H", content, at)
    sizes: dict[int, int] = {}
    for entry in range(at + 2, at + 2 + 12 * entries, 12):
        tag, kind = struct.unpack_from(f"{order}HH", content, entry)
        (sizes[tag],) = struct.unpack_from(f"{order}H" if kind == _TIFF_SHORT else f"{order}I", content, entry + 8)
    return _Measurement("tiff", sizes.get(256, 0), sizes.get(257, 0))


_BMP_CORE = 12
_TIFF_SHORT = 3
_FORMS: dict[bytes, Callable[[bytes], _Measurement | None]] = {
    b"\x89PNG\r\n\x1a\n": _png,
    b"\xff\xd8": _jpeg,
    b"GIF87a": _gif,
    b"GIF89a": _gif,
    b"MM\x00*": _tiff,
    b"II*\x00": _tiff,
    b"BM": _bmp,
}
