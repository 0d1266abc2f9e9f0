"""Real Word lists: duties numbered 1, 1.1, 1.2 under numbered headings, and bullets.

Each level names the style that it belongs to and each style names its list, so a person who applies the
style gets the number, and no paragraph carries numbering of its own.
"""

from __future__ import annotations

from jdgen.building.xml import MAIN_NAMESPACE, part

_INDENT = 720
_BULLET_INDENT = 425


def numbering_part() -> bytes:
    """``word/numbering.xml``."""
    duties = _level(0, "decimal", "%1", "Heading2Numbered", _INDENT) + _level(1, "decimal", "%1.%2", "Duty", _INDENT)
    bullets = _level(0, "bullet", "•", "ListBullet", _BULLET_INDENT)
    lists = _list(0, "4A440001", "multilevel", duties) + _list(1, "4A440002", "hybridMultilevel", bullets)
    return part(f"<w:numbering {MAIN_NAMESPACE}>{lists}{_number(1, 0)}{_number(2, 1)}</w:numbering>")


def _list(identity: int, stamp: str, kind: str, levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{identity}"><w:nsid w:val="{stamp}"/>'
        f'<w:multiLevelType w:val="{kind}"/><w:tmpl w:val="{stamp}"/>{levels}</w:abstractNum>'
    )


def _level(level: int, form: str, text: str, style: str, indent: int) -> str:
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{indent}"/></w:tabs>'
        f'<w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl>'
    )


def _number(number: int, abstract: int) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'
