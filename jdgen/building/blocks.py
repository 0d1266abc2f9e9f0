"""Paragraphs, runs and control tags in WordprocessingML.

Everything is written with named styles and nothing is formatted by hand, so that an organisation that
changes a style in Word changes the whole document.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

#: ``{{ field }}``; kept in a run of its own, so that Word and jdgen can format the value apart from its surroundings.
_FIELD = re.compile(r"(\{\{ [a-z_.]+ \}\})")


def paragraph(style: str, text: str) -> str:
    """A paragraph of ``text``, which may hold ``{{ field }}`` tags, in the style with this id."""
    return _paragraph(style, "".join(_run(piece) for piece in _FIELD.split(text) if piece))


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


def _paragraph(style: str, runs: str) -> str:
    # Word writes no style for Normal text; nothing here uses Normal, so each paragraph names its style.
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _number_field(instruction: str) -> str:
    # The result "1" is what readers that do not calculate fields show.
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        "<w:r><w:t>1</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
