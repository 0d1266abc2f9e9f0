"""The look of all pages: colours that can be read in light, dark and print, and tables that move alone."""

from __future__ import annotations

import re
from itertools import pairwise

import lxml.html
import pytest

from jdgen.reports.html_page import STYLE, TABLE_END, html_page, table, table_start

#: What is written in which colour on which: the least that WCAG 2.2 (1.4.3) asks of text.
ON = [
    *(("text", ground) for ground in ("page", "failed", "kept")),
    *(("link", ground) for ground in ("page", "failed", "kept")),
    ("heading", "page"),
    ("quiet", "page"),
    ("head-text", "head"),
    ("out", "failed"),
    ("in", "in-page"),
]
LEAST = 4.5


def colours() -> dict[str, dict[str, str]]:
    """The colours by their names, as each of the three ways to see a page has them."""
    light, dark, paper = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r":root \{(.*?)\}", STYLE, re.S)
    )
    return {"light": light, "dark": light | dark, "paper": light | dark | paper}


def _linear(part: str) -> float:
    share = int(part, 16) / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def brightness(colour: str) -> float:
    red, green, blue = map(_linear, (colour[1:3], colour[3:5], colour[5:7]))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("way", ["light", "dark", "paper"])
@pytest.mark.parametrize(("text", "ground"), ON)
def test_every_text_can_be_read_on_its_ground(text: str, ground: str, way: str) -> None:
    colours_of_way = colours()[way]
    darker, lighter = sorted(brightness(colours_of_way[name]) for name in (text, ground))
    assert (lighter + 0.05) / (darker + 0.05) >= LEAST


def test_no_colour_is_said_but_by_its_name() -> None:
    """One that is written out would stay as it is in the dark."""
    rules = re.sub(r":root \{.*?\}", "", STYLE, flags=re.S)
    assert re.findall(r"#[0-9a-f]{3,6}\b", rules) == []


def test_a_wide_table_moves_in_a_frame_that_the_keyboard_reaches() -> None:
    page = lxml.html.document_fromstring(html_page("Page", table("Rows & more", ("A", "B"), [("1", "2")])))
    frame = page.find(".//div")
    assert frame is not None
    assert frame.find("table") is not None
    assert (frame.get("tabindex"), frame.get("role"), frame.get("aria-label")) == ("0", "region", "Rows & more")
    assert re.search(r"\.wide \{ overflow-x: auto; \}", STYLE)
    # Words are not broken into letters to make a table narrower, but for names, such as those of files.
    assert re.findall(r"(\S+) \{[^}]*anywhere", STYLE) == [".name"]


def test_heads_say_which_columns_hold_numbers_and_which_need_room() -> None:
    html = table_start("Caption", ("Name", "Count", "Told"), ("Count",), ("Told",)) + TABLE_END
    heads = lxml.html.fragment_fromstring(html).xpath(".//th")
    assert [(head.get("scope"), head.get("class")) for head in heads] == [
        ("col", None),
        ("col", "number"),
        ("col", "text"),
    ]


def test_first_cells_lead_where_they_are_said_to() -> None:
    html = table("Caption", ("A", "B"), [("<1>", "x"), ("2", "y"), ("3", "z")], ("#one", ""))
    cells = lxml.html.fragment_fromstring(html).xpath(".//tbody//th")
    assert [cell.text_content() for cell in cells] == ["<1>", "2", "3"]
    assert [cell.xpath("string(a/@href)") for cell in cells] == ["#one", "", ""]


def test_headings_are_in_order() -> None:
    body = "<h2>One</h2>\n<h3>Two</h3>\n"
    levels = [
        int(heading.tag[1])
        for heading in lxml.html.document_fromstring(html_page("Page", body)).xpath("//h1|//h2|//h3")
    ]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
