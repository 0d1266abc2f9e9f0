"""What the cells of a workbook look like."""

from __future__ import annotations

from enum import Enum
from itertools import product

from jdgen.batch.reporting.sheet_parts import MAIN, XML


class Tone(Enum):
    """What a row asks of its reader; the value is its fill."""

    PLAIN = 0
    KEPT = 2
    FAILED = 3


class Look(Enum):
    """What a cell looks like: its font, its number format, and whether it wraps."""

    TEXT = (0, 0, True)
    STRONG = (1, 0, True)
    LINK = (2, 0, True)
    COUNT = (0, 3, False)
    SECONDS = (0, 164, False)
    HEADING = (3, 0, True)


#: Each combination of tone, look, and being kept as text though it looks like a formula, in the order of ``styles``.
STYLES = {combination: number for number, combination in enumerate(product(Tone, Look, (False, True)))}


def styles() -> str:
    """Fonts, fills and the cell formats of :data:`STYLES`."""
    fonts = (
        _font(11, "FF212B32"),
        _font(11, "FF212B32", "<b/>"),
        _font(11, "FF005EB8", "<u/>"),
        _font(11, "FFFFFFFF", "<b/>"),
    )
    fills = (
        '<fill><patternFill patternType="none"/></fill>',
        '<fill><patternFill patternType="gray125"/></fill>',
        *(_fill(color) for color in ("FFFFF3CC", "FFFBE3E0", "FF005EB8")),
    )
    formats = [_format(*combination) for combination in STYLES]
    return (
        f'{XML}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.000"/></numFmts>'
        f'<fonts count="{len(fonts)}">{"".join(fonts)}</fonts><fills count="{len(fills)}">{"".join(fills)}</fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(formats)}">{"".join(formats)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def _font(size: int, color: str, extra: str = "") -> str:
    return f'<font>{extra}<sz val="{size}"/><color rgb="{color}"/><name val="Arial"/><family val="2"/></font>'


def _fill(color: str) -> str:
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="{color}"/><bgColor indexed="64"/></patternFill></fill>'
    )


def _format(tone: Tone, look: Look, kept_as_text: bool) -> str:
    font, number, wraps = look.value
    fill = 4 if look is Look.HEADING else tone.value
    sideways = ' horizontal="left" indent="1"' if wraps else ""
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" quotePrefix="{kept_as_text:d}" '
        'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">'
        f'<alignment vertical="top" wrapText="{wraps:d}"{sideways}/></xf>'
    )
