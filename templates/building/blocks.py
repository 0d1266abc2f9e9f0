"""Paragraphs, control tags and tables in WordprocessingML.

Everything is written with named styles, so that an organisation that changes a style in Word changes the whole
document. Only what a few headings have beside their style, a number or a page of their own, is their own layout: a
screen reader goes from heading to heading by Word's own heading styles, and not by ours that are based on them. Tables
are such as a screen reader can follow: a marked header row, no merged or empty cells, no row split over pages.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

#: What a paragraph has beside its style that stays on the page of the next.
KEPT_WITH_NEXT = "<w:keepNext/>"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN_NAMESPACE = f'xmlns:w="{_WORD}"'
#: ``{{ field }}``; kept in a run of its own, so that Word and jdgen can format the value apart from its surroundings.
_FIELD = re.compile(r"(\{\{ [a-z_.]+ \}\})")
#: The width between the margins of the page (see ``package.py``), in twentieths of a point.
TEXT_WIDTH = 9638


def part(root: str) -> bytes:
    """The bytes of an XML part with this root element."""
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'.encode()


def paragraph(style: str, text: str, layout: str = "", letters: str = "") -> str:
    """A paragraph of ``text``, which may hold ``{{ field }}`` tags, in the style with this id. ``layout`` is what it
    has beside its style, children of ``w:pPr``, and ``letters`` the style of its letters, if they have one."""
    return _paragraph(style, _runs(text, letters), layout)


def paragraph_run_in(style: str, title: str, text: str, layout: str = "") -> str:
    """A paragraph that begins with its ``title``, and goes on with ``text``."""
    return _paragraph(style, _runs(title, "RunInTitle") + _runs(f" {text}"), layout)


def page_number_paragraph(style: str) -> str:
    """``Page X of Y``; both numbers are fields that Word keeps up to date."""
    return _paragraph(style, _run("Page ") + _number_field("PAGE") + _run(" of ") + _number_field("NUMPAGES"))


def control(tag: str) -> str:
    """A paragraph that holds a control tag such as ``{%p endfor %}`` and vanishes when the template is filled."""
    return _paragraph("TemplateTag", _run(tag))


def each(name: str, sequence: str, *content: str) -> str:
    """``content`` once for each item of the field ``sequence``, each time called ``name``."""
    return control(f"{{%p for {name} in {sequence} %}}") + "".join(content) + control("{%p endfor %}")


def when(field: str, *content: str) -> str:
    """``content`` only where ``field`` is given and not empty."""
    return control(f"{{%p if {field} %}}") + "".join(content) + control("{%p endif %}")


def either(condition: str, content: str, other: str) -> str:
    """``content`` where the ``condition`` holds, else the ``other``."""
    return control(f"{{%p if {condition} %}}") + content + control("{%p else %}") + other + control("{%p endif %}")


def _paragraph(style: str, runs: str, layout: str = "") -> str:
    # Word writes no style for Normal text; nothing here uses Normal, so each paragraph names its style.
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{layout}</w:pPr>{runs}</w:p>'


def _runs(text: str, style: str = "") -> str:
    return "".join(_run(piece, style) for piece in _FIELD.split(text) if piece)


def _run(text: str, style: str = "") -> str:
    letters = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{letters}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _number_field(instruction: str) -> str:
    # The result "1" is what readers that do not calculate fields show.
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        "<w:r><w:t>1</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@dataclass(frozen=True, slots=True)
class Table:
    """A table's shape. ``caption`` and ``description`` are its alternative text.

    ``row_headings`` is true where the first cell of a row says what the rest of the row is about.
    """

    caption: str
    description: str
    headings: tuple[str, ...]
    widths: tuple[int, ...]
    row_headings: bool = True
    #: The least height of a row, where people write by hand; 0 lets the text decide.
    row_height: int = 0
    #: Whether all rows stay on one page, and, with what follows them, which suits short tables only.
    kept_together: bool = False
    kept_with_next: bool = False

    def __post_init__(self) -> None:
        """Refuse a table that would not fill the page from margin to margin."""
        if len(self.headings) != len(self.widths) or sum(self.widths) != TEXT_WIDTH:
            raise ValueError(f"table {self.caption!r}: one width for each heading, {TEXT_WIDTH} in all")


@dataclass(frozen=True, slots=True)
class RowWhen:
    """A row that is there only where ``field`` is given and not empty."""

    field: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowOfTexts:
    """A row of a ``label`` and the texts of the field ``sequence``, a paragraph each in one cell."""

    label: str
    sequence: str


def fixed_table(table: Table, rows: Sequence[tuple[str, ...] | RowWhen | RowOfTexts]) -> str:
    """A table whose rows are known beforehand."""
    return _table(table, "".join(_fixed_row(table, row) for row in rows))


def looped_table(table: Table, name: str, sequence: str, row: tuple[str, ...], below: str = "") -> str:
    """A table with one row for each item of the field ``sequence``, each time called ``name``; ``below`` are paragraphs
    below the text of the first cell."""
    rows = (
        _control_row(table, f"{{%tr for {name} in {sequence} %}}"),
        _content_row(table, row, below),
        _control_row(table, "{%tr endfor %}"),
    )
    return _table(table, "".join(rows))


def listed_table(table: Table, cells: Sequence[str], is_long: str) -> str:
    """A table of one row, whose ``cells`` hold paragraphs: a list in each. Where the condition ``is_long`` holds, it
    may be divided over two pages: most of a page would stay empty above it."""
    rows = (
        _control_row(table, f"{{%tr if {is_long} %}}"),
        _row(table, cells, is_divided=True),
        _control_row(table, "{%tr else %}"),
        _row(table, cells),
        _control_row(table, "{%tr endif %}"),
    )
    return _table(table, "".join(rows))


def _fixed_row(table: Table, row: tuple[str, ...] | RowWhen | RowOfTexts) -> str:
    if isinstance(row, RowOfTexts):
        texts = each("block", row.sequence, paragraph("TableText", "{{ block.text }}"))
        return _row(table, (paragraph("TableRowHeading", row.label), texts))
    if not isinstance(row, RowWhen):
        return _content_row(table, row)
    start, end = _control_row(table, f"{{%tr if {row.field} %}}"), _control_row(table, "{%tr endif %}")
    return start + _content_row(table, row.texts) + end


def _table(table: Table, rows: str) -> str:
    first_column = int(table.row_headings)
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in table.widths)
    # w:val repeats the other attributes for readers that know only the older form of tblLook.
    look = 0x0620 + 0x0080 * first_column
    return (
        "<w:tbl><w:tblPr>"
        '<w:tblStyle w:val="JobTable"/>'
        f'<w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{look:04X}" w:firstRow="1" w:lastRow="0" w:firstColumn="{first_column}"'
        ' w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(table.caption)}/>"
        f"<w:tblDescription w:val={quoteattr(table.description)}/>"
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{_header_row(table)}{rows}</w:tbl>"
    )


def _header_row(table: Table) -> str:
    cells = (
        _cell(width, paragraph("TableHeading", text)) for width, text in zip(table.widths, table.headings, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _content_row(table: Table, texts: tuple[str, ...], below: str = "") -> str:
    row_heading = "TableRowHeadingKept" if table.kept_together else "TableRowHeading"
    styles = (row_heading if table.row_headings else "TableText", *("TableText" for _ in texts[1:]))
    # LibreOffice keeps a table on the page of what follows it where its paragraphs themselves say so, not their style.
    layout = KEPT_WITH_NEXT if table.kept_with_next else ""
    first, *others = (paragraph(style, text, layout) for style, text in zip(styles, texts, strict=True))
    return _row(table, (first + below, *others))


def _row(table: Table, contents: Sequence[str], *, is_divided: bool = False) -> str:
    """A row whose cells hold these paragraphs; ``is_divided`` says that it may be, over two pages."""
    cells = "".join(_cell(width, content) for width, content in zip(table.widths, contents, strict=True))
    height = f'<w:trHeight w:val="{table.row_height}" w:hRule="atLeast"/>' if table.row_height else ""
    whole = "" if is_divided else "<w:cantSplit/>"
    properties = f"<w:trPr>{whole}{height}</w:trPr>" if whole or height else ""
    return f"<w:tr>{properties}{cells}</w:tr>"


def _control_row(table: Table, tag: str) -> str:
    # A row of one cell that leaves the other columns out: merged or empty cells would break the rule above.
    left_out = f'<w:gridAfter w:val="{len(table.widths) - 1}"/><w:wAfter w:w="{sum(table.widths[1:])}" w:type="dxa"/>'
    return f"<w:tr><w:trPr>{left_out}<w:cantSplit/></w:trPr>{_cell(table.widths[0], control(tag))}</w:tr>"


def _cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
