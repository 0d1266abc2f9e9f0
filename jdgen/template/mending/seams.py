"""Two tables between which a tag's paragraph vanishes: Word would show them as one table.

A mark is left where a tag follows a table, and a paragraph too low to be seen is put where the next table follows at
once. Tables that the template's own author put side by side stay as they are.
"""

from __future__ import annotations

import re

#: A processing instruction: XML allows it anywhere, and nothing of it arrives in a document.
SEAM = "<?jd-seam?>"
_MARKS = r"(?:<w:(?:bookmark|commentRange|perm)(?:Start|End) [^>]*/>)*"
_TABLE_BEFORE_TAG = re.compile(rf"</w:tbl>(?={_MARKS}\s*\{{[%#])")
_TABLE_FIRST = re.compile(rf"{_MARKS}<w:tbl[ >]")
_LOW = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)


def with_seams(patched: str) -> str:
    """The Jinja text of a part with a mark after each table that a tag follows."""
    return _TABLE_BEFORE_TAG.sub(f"</w:tbl>{SEAM}", patched)


def without_seams(xml: str) -> str:
    """The printed part with tables kept apart, and no mark left."""
    first, *others = xml.split(SEAM)
    return "".join((first, *(f"{_LOW if _TABLE_FIRST.match(other) else ''}{other}" for other in others)))
