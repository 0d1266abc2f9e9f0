"""A template mended, before docxtpl sees it, so that both ways of filling are cured alike and no fill pays for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from jdgen.filling.anchors import ANCHOR
from jdgen.filling.mending.controls import keep_what_is_printed
from jdgen.filling.mending.loop_ids import drop_repeated_ids, with_drawings_numbered
from jdgen.filling.mending.ranges import keep_whole
from jdgen.filling.mending.stale_fields import with_updates_asked
from jdgen.filling.mending.whole_tags import put_together
from jdgen.word_file.parsing import W, document, parsed, serialised

_FILLED = re.compile(r"word/[^/]+\.xml")
_ROOTS = ("document", "hdr", "ftr")


def mended_template(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of a template with whole tags, whole ranges and no id that a loop would repeat.

    No paragraph is added or taken away, so places in it are places in the template. A part in which there is nothing
    to mend keeps its bytes.
    """
    mended = {name: _mended(content) if _may_hold_tags(name, content) else content for name, content in parts.items()}
    return with_updates_asked(with_drawings_numbered(mended))


def _may_hold_tags(name: str, content: bytes) -> bool:
    return _FILLED.fullmatch(name) is not None and b"{" in content


def _mended(content: bytes) -> bytes:
    tree = parsed(content)
    if etree.QName(tree).localname not in _ROOTS:
        return content
    before = serialised(tree)
    _mend(tree)
    return content if serialised(tree) == before else document(tree)


def _mend(tree: Any) -> None:
    _drop_earlier_anchors(tree)
    put_together(tree)
    keep_what_is_printed(tree)
    keep_whole(tree)
    drop_repeated_ids(tree)


def _drop_earlier_anchors(tree: Any) -> None:
    """Take out the anchors of a document that was made a template: what it prints gets anchors of its own."""
    starts = [one for one in tree.iter(f"{W}bookmarkStart") if one.get(f"{W}name", "").startswith(ANCHOR)]
    ids = {one.get(f"{W}id") for one in starts}
    ends = [one for one in tree.iter(f"{W}bookmarkEnd") if one.get(f"{W}id") in ids] if ids else []
    for mark in (*starts, *ends):
        mark.getparent().remove(mark)
