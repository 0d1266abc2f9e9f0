"""The look of every template: named styles in Arial and NHS colours, lists, the table style, the theme.

Each level of a list names the style that it belongs to and each style names its list, so a person who applies the style
gets the number. The headings of duties alone carry theirs themselves: they have Word's own style Heading 2, which other
headings have too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from building.blocks import MAIN_NAMESPACE, part

DARK_GREY = "425563"
PALE_GREY = "E8EDEE"
RULE_GREY = "AEB7BD"
WHITE = "FFFFFF"
#: For the title, headings and the heading rows of tables: NHS Dark Blue (NHS identity guidelines), 11.9 to 1 on white.
STRONG = "003087"
#: For sub-headings and rules: NHS Blue, 6.4 to 1 on white.
ACCENT = "005EB8"

_FONTS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
_BOLD = "<w:b/><w:bCs/>"
_KEEP = "<w:keepNext/><w:keepLines/>"


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style; ``layout`` and ``letters`` are the children of its ``w:pPr`` and ``w:rPr``."""

    id: str
    name: str
    based_on: str
    layout: str = ""
    letters: str = ""
    following: str = ""
    #: Shown first in Word's gallery, for people who write templates; the rest is found in the full list.
    quick: bool = True


def styles_part(more: tuple[ParagraphStyle, ...] = ()) -> bytes:
    """``word/styles.xml``, with ``more`` styles than every template has, or others in the place of some."""
    styles = {style.id: style for style in (*_paragraph_styles(), *more)}
    paragraphs = "".join(map(_paragraph_style, styles.values()))
    content = _DEFAULTS + _LATENT + _NORMAL + _BUILT_IN + paragraphs + _PROMPT + _RUN_IN_TITLE + _job_table()
    return part(f"<w:styles {MAIN_NAMESPACE}>{content}</w:styles>")


def _size(points: int) -> str:
    return f'<w:sz w:val="{2 * points}"/><w:szCs w:val="{2 * points}"/>'


def _color(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _space(before: int, after: int, line: int = 276) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _rule(side: str, color: str, space: int, size: int = 8) -> str:
    border = f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'
    return f"<w:pBdr>{border}</w:pBdr>"


def _numbering(number: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def _paragraph_style(style: ParagraphStyle) -> str:
    following = f'<w:next w:val="{style.following}"/>' if style.following else ""
    layout = f"<w:pPr>{style.layout}</w:pPr>" if style.layout else ""
    letters = f"<w:rPr>{style.letters}</w:rPr>" if style.letters else ""
    custom = "" if style.id in _WORDS_OWN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="{style.based_on}"/>{following}<w:uiPriority w:val="9"/>'
        f"{'<w:qFormat/>' if style.quick else ''}{layout}{letters}</w:style>"
    )


#: Styles that Word knows by name; every other style here is ours and says so.
_WORDS_OWN = frozenset({"BodyText", "Title", "Heading1", "Heading2", "Heading3", "ListBullet", "Header", "Footer"})

_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}{_size(12)}"
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="en-GB"/></w:rPr></w:rPrDefault>'
    f"<w:pPrDefault><w:pPr><w:widowControl/>{_space(0, 0)}</w:pPr></w:pPrDefault></w:docDefaults>"
)

# Word's hundreds of built-in styles stay out of sight: the gallery shows what a job description uses.
_LATENT = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1"'
    ' w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
)

_NORMAL = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    f'<w:pPr><w:jc w:val="left"/></w:pPr><w:rPr>{_FONTS}{_size(12)}</w:rPr></w:style>'
)

_BUILT_IN = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)


def _headings(first: str = "", second: str = "") -> tuple[ParagraphStyle, ...]:
    """The headings of the first two levels, with the number that each has, if it has one."""
    return (
        ParagraphStyle(
            "Heading1",
            "heading 1",
            "Normal",
            _KEEP + first + _rule("bottom", ACCENT, 4) + _space(400, 180, 252) + '<w:outlineLvl w:val="0"/>',
            _BOLD + _color(STRONG) + _size(18),
            "BodyText",
        ),
        ParagraphStyle(
            "Heading2",
            "heading 2",
            "Normal",
            _KEEP + second + _space(260, 100, 252) + '<w:outlineLvl w:val="1"/>',
            _BOLD + _color(ACCENT) + _size(14),
            "BodyText",
        ),
    )


def _duty(level: int) -> ParagraphStyle:
    """The duties, with numbers of this level of the list (:func:`numbering_part`)."""
    return ParagraphStyle("Duty", "Duty", "Normal", _numbering(1, level) + _space(0, 120))


def _paragraph_styles() -> tuple[ParagraphStyle, ...]:
    return (
        ParagraphStyle("BodyText", "Body Text", "Normal", _space(0, 140)),
        ParagraphStyle(
            "DocumentLabel",
            "Document Label",
            "Normal",
            "<w:keepNext/>" + _space(0, 60),
            _BOLD + _color(DARK_GREY),
            "Title",
        ),
        ParagraphStyle(
            "Title",
            "Title",
            "Normal",
            _KEEP + _space(0, 240, 252),
            _BOLD + _color(STRONG) + _size(26),
            "BodyText",
        ),
        *_headings(),
        ParagraphStyle(
            "Heading3",
            "heading 3",
            "Normal",
            _KEEP + _space(240, 80, 252) + '<w:outlineLvl w:val="2"/>',
            _BOLD + _color(STRONG),
            "BodyText",
        ),
        _duty(1),
        ParagraphStyle("ListBullet", "List Bullet", "Normal", _numbering(2, 0) + _space(0, 100)),
        # For a list that stands at the end: its last entries alone would make a page.
        ParagraphStyle("ListBulletKept", "List Bullet Kept", "ListBullet", "<w:keepNext/>", quick=False),
        ParagraphStyle(
            "SecondaryText", "Secondary Text", "Normal", "<w:keepNext/>" + _space(0, 140), _color(DARK_GREY)
        ),
        ParagraphStyle("TableText", "Table Text", "Normal", _space(40, 40, 259)),
        # Below a criterion, in its cell. No list: LibreOffice takes the cells of rows with entries of one list
        # for one list, and its PDF reads out what stands beside them in another order.
        ParagraphStyle("TablePoint", "Table Point", "TableText", _space(20, 40, 259) + '<w:ind w:left="284"/>'),
        # A sentence that belongs to the table above it.
        ParagraphStyle("TableNote", "Table Note", "Normal", _space(120, 140), _color(DARK_GREY)),
        # The paragraph is shaded like its cell, so that white text stays readable where a table style is not shown.
        ParagraphStyle(
            "TableHeading",
            "Table Heading",
            "TableText",
            f'<w:keepNext/><w:shd w:val="clear" w:color="auto" w:fill="{STRONG}"/>',
            _BOLD + _color(WHITE),
        ),
        ParagraphStyle("TableRowHeading", "Table Row Heading", "TableText", "", _BOLD + _color(STRONG)),
        # Keeps its row on the page of the next one, so that a short table is not divided.
        ParagraphStyle("TableRowHeadingKept", "Table Row Heading Kept", "TableRowHeading", "<w:keepNext/>"),
        ParagraphStyle("Picture", "Picture", "Normal", "<w:keepNext/>" + _space(0, 240, 240) + '<w:jc w:val="right"/>'),
        # The space goes below the last line only: it keeps the text of the page off a header of many lines.
        ParagraphStyle(
            "Header",
            "header",
            "Normal",
            _rule("bottom", ACCENT, 4, 4) + _space(0, 200, 240) + "<w:contextualSpacing/>",
            _color(DARK_GREY) + _size(10),
        ),
        ParagraphStyle(
            "Footer",
            "footer",
            "Normal",
            _rule("top", ACCENT, 4, 4) + _space(0, 0, 240),
            _color(DARK_GREY) + _size(10),
        ),
        ParagraphStyle(
            "TemplateTag",
            "Template Tag",
            "Normal",
            "<w:keepNext/>" + _space(0, 0, 240),
            _color(DARK_GREY) + _size(9),
            quick=False,
        ),
    )


_IN_CELLS = '<w:ind w:left="284" w:hanging="284"/>'
#: For lists in the cells of a table: a bullet nearer to the words, since cells are narrow.
LISTS_IN_TABLES = (
    ParagraphStyle(
        "TableBullet",
        "Table Bullet",
        "ListBullet",
        # No entry is divided where a row is.
        "<w:keepLines/>" + _space(40, 40, 259) + _IN_CELLS,
    ),
    # A list of its own for the cell beside: LibreOffice takes two cells with entries of one list for one list, and its
    # PDF reads the desirable criteria out as essential.
    ParagraphStyle("TableBulletBeside", "Table Bullet Beside", "TableBullet", _numbering(3, 0) + _IN_CELLS),
)


def _letters_style(id_: str, name: str, letters: str) -> str:
    """A style for letters inside a paragraph."""
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{id_}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="DefaultParagraphFont"/><w:uiPriority w:val="9"/><w:qFormat/>'
        f"<w:rPr>{letters}</w:rPr></w:style>"
    )


#: For sections that are numbered 1, 1.1 and 1.1.1, in place of the styles of these names.
NUMBERED_SECTIONS = (*_headings(_numbering(1, 0), _numbering(1, 1)), _duty(2))
#: What a heading of duties has beside the style Heading 2, so that duties are numbered under it.
NUMBERED_HEADING = _numbering(1, 0)
#: What a paragraph has beside its style that is not divided.
UNDIVIDED = "<w:keepLines/>"
#: What a heading has beside the style Heading 2 that stands above several of its own level; and where these have
#: numbers, it has none.
GROUP_OF_HEADINGS = _space(360, 60, 252)
GROUP_IN_SECTION = _numbering(1, len(NUMBERED_SECTIONS)) + GROUP_OF_HEADINGS
#: What the heading of a section has beside the style Heading 1 that begins a page.
NEW_PAGE = "<w:pageBreakBefore/>" + _space(0, 200, 252)


# Contrast of the letters on the yellow: more than 15 to 1. Bold as well, so that colour is not the only sign.
_PROMPT = _letters_style(
    "Prompt", "Prompt", f'{_BOLD}{_color("1A1A1A")}<w:shd w:val="clear" w:color="auto" w:fill="FFF4BF"/>'
)
# The title of a general statement that goes on in the same line.
_RUN_IN_TITLE = _letters_style("RunInTitle", "Run-in Title", _BOLD + _color(STRONG))


def _table_part(kind: str, fill: str) -> str:
    shade = f'<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{fill}"/></w:tcPr>'
    return f'<w:tblStylePr w:type="{kind}">{shade}</w:tblStylePr>'


def _table_borders() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = (f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE_GREY}"/>' for side in sides)
    return f"<w:tblBorders>{''.join(borders)}</w:tblBorders>"


def _job_table() -> str:
    """The style ``Job Table``."""
    header = STRONG
    # In Word the first column wins over the first row, so the corner cell (nwCell) needs the header's fill again.
    parts = _table_part("firstRow", header) + _table_part("firstCol", PALE_GREY) + _table_part("nwCell", header)
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="JobTable"><w:name w:val="Job Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="9"/><w:qFormat/><w:tblPr>{_table_borders()}'
        '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"{parts}</w:style>"
    )


_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def theme_part() -> bytes:
    """``word/theme/theme1.xml``."""
    colors = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _colors().items())
    elements = (
        f'<a:clrScheme name="Job description">{colors}</a:clrScheme>'
        f'<a:fontScheme name="Arial">{_font("major")}{_font("minor")}</a:fontScheme>{_format_scheme()}'
    )
    return part(
        f'<a:theme xmlns:a="{_DRAWING}" name="Job description"><a:themeElements>{elements}</a:themeElements></a:theme>'
    )


def _colors() -> dict[str, str]:
    return {
        "dk1": "000000",
        "lt1": WHITE,
        "dk2": STRONG,
        "lt2": PALE_GREY,
        "accent1": ACCENT,
        "accent2": STRONG,
        "accent3": DARK_GREY,
        "accent4": RULE_GREY,
        "accent5": "007F3B",
        "accent6": "330072",
        "hlink": ACCENT,
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


_INDENT = 720
_BULLET_INDENT = 425
# Room for 10.12.10.
_SECTION_INDENT = 1020


def numbering_part(styles: Sequence[ParagraphStyle] = ()) -> bytes:
    """``word/numbering.xml``, with the lists of these further ``styles``. The first list is that of the duties; it goes
    on through the whole document where that has :data:`NUMBERED_SECTIONS`."""
    numbered_levels = _sections() if NUMBERED_SECTIONS[0] in styles else _duties()
    bullets = _level(0, "bullet", "•", "ListBullet", _BULLET_INDENT)
    lists = _list(0, "4A440001", "multilevel", numbered_levels) + _list(1, "4A440002", "hybridMultilevel", bullets)
    numbers = _number(1, 0) + _number(2, 1)
    if LISTS_IN_TABLES[-1] in styles:
        # A number of its own for the list of the other bullets would be enough for Word; LibreOffice prints no bullets.
        lists += _list(2, "4A440004", "hybridMultilevel", _level(0, "bullet", "•", "TableBulletBeside", _BULLET_INDENT))
        numbers += _number(3, 2)
    return part(f"<w:numbering {MAIN_NAMESPACE}>{lists}{numbers}</w:numbering>")


def _duties() -> str:
    return _level(0, "decimal", "%1", "", _INDENT) + _level(1, "decimal", "%1.%2", "Duty", _INDENT)


def _sections() -> str:
    levels = zip(("%1", "%1.%2", "%1.%2.%3"), NUMBERED_SECTIONS, strict=True)
    numbered_levels = [
        _level(level, "decimal", text, style.id, _SECTION_INDENT) for level, (text, style) in enumerate(levels)
    ]
    return "".join((*numbered_levels, _level(len(numbered_levels), "none", "", "", 0)))


def _list(identity: int, stamp: str, kind: str, levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{identity}"><w:nsid w:val="{stamp}"/>'
        f'<w:multiLevelType w:val="{kind}"/><w:tmpl w:val="{stamp}"/>{levels}</w:abstractNum>'
    )


def _level(level: int, form: str, text: str, style: str, indent: int) -> str:
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{linked}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{indent}"/></w:tabs>'
        f'<w:ind w:left="{indent}" w:hanging="{indent}"/></w:pPr></w:lvl>'
    )


def _number(number: int, abstract: int) -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num>'
