"""The table style: thin rules, a dark header row, and a pale first column where it heads the rows."""

from __future__ import annotations

from jdgen.building.palette import PALE_GREY, RULE_GREY, Palette


def _table_part(kind: str, fill: str) -> str:
    shade = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>'
    return f'<w:tblStylePr w:type="{kind}">{shade}</w:tblStylePr>'


def _table_borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = (f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE_GREY}"/>' for side in sides)
    return f"<w:tblBorders>{''.join(borders)}</w:tblBorders>"


def job_table(palette: Palette) -> str:
    """The style ``Job Table``."""
    header = palette.strong
    # In Word the first column wins over the first row, so the corner cell (nwCell) needs the header's fill again.
    parts = _table_part("firstRow", header) + _table_part("firstCol", PALE_GREY) + _table_part("nwCell", header)
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="JobTable"><w:name w:val="Job Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="9"/><w:qFormat/><w:tblPr>{_table_borders()}'
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"{parts}</w:style>"
    )
