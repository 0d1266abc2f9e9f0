"""A paragraph that the framework has moved, made once more for its new place: in a person's looks, in today's words."""

from __future__ import annotations

import copy
from typing import Any

from lxml import etree

from jdgen.revision.redline.marks import INS, Marker
from jdgen.revision.redline.settling import accept_all
from jdgen.revision.redline.words import reword
from jdgen.revision.standing import text_pieces
from jdgen.word_file.parsing import W

_LINK, _PROPERTIES = f"{W}hyperlink", f"{W}pPr"
# A section that ends with the paragraph, and marks of changes, stay behind.
_STAY = (f"{W}sectPr", f"{W}pPrChange", f"{W}rPr")


def transferred(old: Any, text: str, marker: Marker) -> Any:
    """A paragraph like ``old`` that says ``text``, marked as inserted.

    Words that stay keep their runs and links; what else is in a paragraph (bookmarks, content controls) cannot be there
    twice, and is not taken along.
    """
    source = copy.deepcopy(old)
    reword(source, text, marker)
    accept_all(source)
    made = etree.Element(old.tag)
    if (properties := source.find(_PROPERTIES)) is not None:
        for node in list(properties.iterchildren(*_STAY)):
            properties.remove(node)
        made.append(properties)
    links: dict[Any, Any] = {}
    for run in dict.fromkeys(piece.getparent() for piece, _ in text_pieces(source)):
        link = next(run.iterancestors(_LINK), None)
        if link is not None and link not in links:
            links[link] = etree.SubElement(made, _LINK, link.attrib)
        mark = marker.element(INS)
        (made if link is None else links[link]).append(mark)
        mark.append(run)
        run.tail = None
    marker.mark_end(made, INS)
    return made
