"""Metafiles: records as they have to be, and words as wide as they are."""

from __future__ import annotations

import itertools
import struct
from pathlib import Path

import pytest

from jdgen.template.metafile import Font, Metafile
from tests.toolbox.metafiles import read, records

FONT, BOLD = Font(220), Font(220, is_bold=True)
#: Made to be as wide as Arial, letter by letter.
LIBERATION = Path("/usr/share/fonts/truetype/liberation")
FACES = {FONT: "LiberationSans-Regular.ttf", BOLD: "LiberationSans-Bold.ttf"}


def one_word(text: str) -> bytes:
    picture = Metafile()
    picture.words((100, 300), text, FONT, 0x123456)
    return picture.content(2000, 500)


@pytest.mark.parametrize("font", [FONT, BOLD])
@pytest.mark.parametrize(
    "text", ["Head of planning & change", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "ŵ ŷ é ’ – “R&D” (8%)", "£42/1_"]
)
def test_a_text_is_as_wide_as_in_a_font_that_stands_in_for_arial(text: str, font: Font) -> None:
    face = LIBERATION / FACES[font]
    if not face.is_file():
        pytest.skip("no Liberation Sans")
    fonts = pytest.importorskip("PIL.ImageFont")
    large = fonts.truetype(str(face), 2048, layout_engine=fonts.Layout.BASIC)
    assert font.width(text) == pytest.approx(sum(map(large.getlength, text)) * font.size / 2048, abs=len(text) / 2)


@pytest.mark.parametrize("text", ["Rheolwr ŵ ŷ", "Café – “R&D”", "部長", "🏥 lead", "e\u0301"])
def test_every_character_is_written_as_it_is(text: str) -> None:
    (text_record,) = read(one_word(text)).texts
    assert text_record.text == text
    assert text_record.start == 100
    assert text_record.end == 100 + FONT.width(text)


def test_an_accent_of_its_own_takes_no_room() -> None:
    assert FONT.width("e\u0301") == FONT.width("é") == FONT.width("e")


@pytest.mark.parametrize("width", [500, 1500, 4000])
def test_lines_are_no_wider_than_there_is_room_and_say_every_word(width: int) -> None:
    text = "Deputy director of transformation, improvement and Llanfairpwllgwyngyllgogerychwyrndrobwll services"
    lines = FONT.wrapped(text, width)
    assert all(FONT.width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(FONT.width(f"{line} {next_line.split()[0]}") > width for line, next_line in itertools.pairwise(lines))


def test_a_letter_that_is_wider_than_there_is_room_stands_alone() -> None:
    assert FONT.wrapped("WW", 10) == ["W", "W"]
    assert FONT.wrapped("", 10) == [""]


def test_a_pen_a_brush_and_a_font_are_made_once_and_chosen_when_another_was() -> None:
    picture = Metafile()
    for _ in range(2):
        picture.box((0, 0), (100, 100), 0xFFFFFF, 10, 0)
        picture.box((0, 0), (100, 100), 0xEEEEEE, 10, 0)
        picture.line((0, 0), (5, 5), 10, 0)
    kinds = [kind for kind, _ in records(picture.content(100, 100))]
    assert (kinds.count(38), kinds.count(39)) == (1, 2)
    assert kinds.count(37) == 1 + 4


def test_colours_are_written_blue_first() -> None:
    (brush,) = (record for kind, record in records(_box(0x005EB8)) if kind == 39)
    assert struct.unpack_from("<I", brush, 16)[0] == 0xB85E00


def _box(fill: int) -> bytes:
    picture = Metafile()
    picture.box((0, 0), (100, 100), fill, 10, 0)
    return picture.content(100, 100)


def test_a_drawing_says_how_large_it_is() -> None:
    drawing = read(one_word("x"))
    assert drawing.inches == pytest.approx((2000 / 1440, 500 / 1440), abs=0.001)
    assert drawing.units == pytest.approx(1440)
