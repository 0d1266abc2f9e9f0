"""The theme: the organisation's colours in Word's colour picker, and Arial as both of its fonts.

No style refers to the theme, but Word files are expected to have one, and what a person adds by hand in
Word (a chart, a shape) takes its colours and font from here.
"""

from __future__ import annotations

from jdgen.building.palette import DARK_GREY, PALE_GREY, RULE_GREY, WHITE, Palette
from jdgen.building.xml import part

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def theme_part(palette: Palette) -> bytes:
    """``word/theme/theme1.xml``."""
    colors = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _colors(palette).items())
    elements = (
        f'<a:clrScheme name="Job description">{colors}</a:clrScheme>'
        f'<a:fontScheme name="Arial">{_font("major")}{_font("minor")}</a:fontScheme>{_format_scheme()}'
    )
    return part(
        f'<a:theme xmlns:a="{_DRAWING}" name="Job description"><a:themeElements>{elements}</a:themeElements></a:theme>'
    )


def _colors(palette: Palette) -> dict[str, str]:
    return {
        "dk1": "000000",
        "lt1": WHITE,
        "dk2": palette.strong,
        "lt2": PALE_GREY,
        "accent1": palette.accent,
        "accent2": palette.strong,
        "accent3": DARK_GREY,
        "accent4": RULE_GREY,
        "accent5": "007F3B",
        "accent6": "330072",
        "hlink": palette.accent,
        "folHlink": "330072",
    }


def _font(kind: str) -> str:
    return f'<a:{kind}Font><a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'


def _format_scheme() -> str:
    # The schema asks for three of each; plain ones, since no shape is drawn.
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:fmtScheme name="Plain"><a:fillStyleLst>{3 * fill}</a:fillStyleLst><a:lnStyleLst>{3 * line}</a:lnStyleLst>'
        f"<a:effectStyleLst>{3 * effect}</a:effectStyleLst><a:bgFillStyleLst>{3 * fill}</a:bgFillStyleLst>"
        "</a:fmtScheme>"
    )
