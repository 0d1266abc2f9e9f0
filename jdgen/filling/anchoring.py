"""Anchors put round the paragraphs of a template that print data, and taken off again where it is shown."""

from __future__ import annotations

import re

from jdgen.filling.anchors import anchored, unanchored
from jdgen.filling.mixed_anchors import with_mixed_anchors, without_mixed_anchors

_OLD_FORM = re.compile(r"(<mc:Fallback[ >].*?</mc:Fallback>)", re.DOTALL)


def with_anchors(xml: str) -> str:
    """The Jinja text of a part, with an anchor round what each paragraph with fields prints.

    None for the old form of a text box: it is a copy for programs that do not know the new one.
    """
    pieces = _OLD_FORM.split(xml)
    return "".join(piece if index % 2 else with_mixed_anchors(anchored(piece)) for index, piece in enumerate(pieces))


def as_written(text: str) -> str:
    """``text`` of a template with its tags as their author wrote them."""
    return unanchored(without_mixed_anchors(text))
