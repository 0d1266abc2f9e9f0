"""What styles give: the nearest that is stated, by whatever they are based on."""

from __future__ import annotations

import pytest

from jdgen.word.styles import Styles, is_on, value
from jdgen.word.xml import Element, W, parse

NAMESPACE = W.strip("{}")
STYLES = """<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:styleId="Small"><w:name w:val="heading 2"/><w:basedOn w:val="Large"/>
<w:rPr><w:b w:val="0"/></w:rPr></w:style>
<w:style w:styleId="Large"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr><w:b/><w:vanish/></w:rPr></w:style>
<w:style w:styleId="One"><w:basedOn w:val="Other"/></w:style>
<w:style w:styleId="Other"><w:basedOn w:val="One"/></w:style>"""


def element(name: str, inside: str) -> Element:
    return parse(f'<w:{name} xmlns:w="{NAMESPACE}">{inside}</w:{name}>')


def paragraph(style: str, properties: str = "") -> Element:
    style_property = f'<w:pStyle w:val="{style}"/>' if style else ""
    return element("p", f"<w:pPr>{style_property}</w:pPr><w:r><w:rPr>{properties}</w:rPr><w:t>Tea</w:t></w:r>")


FILE = Styles(element("styles", STYLES))


@pytest.mark.parametrize(
    ("style", "properties", "name", "expected"),
    [
        ("Large", "", "b", True),
        ("Large", '<w:b w:val="false"/>', "b", False),
        ("Small", "", "b", False),  # a style takes back what it is based on
        ("Small", "", "vanish", True),
        ("Normal", '<w:rStyle w:val="Large"/>', "vanish", True),
        ("Normal", "", "vanish", False),
        ("One", "", "b", False),  # styles that are based on each other give nothing
    ],
)
def test_a_run_has_the_nearest_property_that_is_stated(style: str, properties: str, name: str, expected: bool) -> None:
    styled_paragraph = paragraph(style, properties)
    run = styled_paragraph.find(f"{W}r")
    assert run is not None
    assert is_on(FILE.of_run(run, styled_paragraph, name)) is expected


def test_a_paragraph_has_the_names_and_properties_of_what_its_style_is_based_on() -> None:
    styled_paragraph = paragraph("Small")
    assert list(FILE.names_of(styled_paragraph)) == ["heading 2", "heading 1"]
    assert FILE.name_of(styled_paragraph) == "heading 2"
    assert (value(FILE.of_paragraph(styled_paragraph, "outlineLvl")), FILE.outline_level(styled_paragraph)) == ("0", 1)
    assert FILE.name_of(paragraph("")) == "normal"


def test_a_file_without_styles_states_nothing() -> None:
    large_paragraph = paragraph("Large")
    assert FILE.outline_level(large_paragraph) == 1
    assert Styles(None).outline_level(large_paragraph) == 0
    assert Styles(None).name_of(large_paragraph) == ""
