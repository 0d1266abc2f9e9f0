"""Anchors: a hidden bookmark round each paragraph that prints one field, and a list of what was printed.

They let a later draft find its way in a document that a person has edited. An anchor is a hint, to be checked
against the text: word processors move and drop bookmarks.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from jdgen.drafting.model import Giver, Text, giver_of, recurring
from jdgen.record.printed import Printed

#: The name under which a rendering's :class:`Printed` travels, or nothing where no record is wanted; templates
#: cannot name it.
PRINTED = "_printed"
#: The filter that prints a paragraph's run with its anchor.
FILTER = "jd_block"
#: The beginning of the names of jdgen's own bookmarks.
ANCHOR = "_jd_"
#: Values of the draft that are no blocks: their fields are named by where they stand.
UNOWNED = ("framework",)

# Above the ids of the bookmarks that a template may have of its own.
_FIRST_ID, _IDS = 1_000_000, 2**30
_ONE_FIELD = re.compile(
    r"(<w:p(?: [^>]*)?>(?:<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)?)"
    r"(<w:r(?: [^>]*)?>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?>)"
    r"\{\{\s*(?!(?:none|true|false)\b)(?:(\w+)\.)?(\w+)\s*\}\}(</w:t></w:r>)(?=</w:p>)",
    re.DOTALL | re.IGNORECASE,
)
_ANCHORED = re.compile(rf"\{{\{{ (\w+)\|{FILTER}\('(\.?\w+)'.*?\) \}}\}}")


class Piece(str):
    """XML that is printed as it is."""

    __slots__ = ()


def anchored(xml: str) -> str:
    """The Jinja text of a part, with anchors where a paragraph is one run that prints one field."""
    return _ONE_FIELD.sub(_with_anchor, xml)


def unanchored(text: str) -> str:
    """``text`` of a template with its tags as their author wrote them."""
    return _ANCHORED.sub(lambda found: f"{{{{ {found[1] + found[2] if found[2][0] == '.' else found[1]} }}}}", text)


def anchor_name(block_id: str) -> str:
    """The bookmark's name for a block: hidden by its underscore in Word, and within Word's 40 characters."""
    return f"{ANCHOR}{_hashed(block_id):010x}"


def _with_anchor(found: re.Match[str]) -> str:
    paragraph, run, owner, field, end = found.groups()
    if field == "picture" or owner in UNOWNED:
        return found[0]
    named = f".{field}" if owner else field
    return f"{paragraph}{{{{ {owner or field}|{FILTER}('{named}', '{_quoted(run)}', '{_quoted(end)}') }}}}"


def _quoted(xml: str) -> str:
    """``xml`` inside a Jinja text in single quotes."""
    return xml.replace("\\", "\\\\").replace("'", "\\'")


def block_filter(printable: Callable[[Any], str]) -> Callable[..., Piece]:
    """The filter :data:`FILTER`; ``printable`` gives a value as XML.

    Its first argument is the field: ``title`` of the draft, or ``.text`` of the value. A block that is printed a
    second time gets a further id and an anchor of its own, so that it is found again in every place.
    """

    @functools.lru_cache(maxsize=512)
    def run_of(text: Any, run: str, end: str, block_id: str) -> Piece:
        xml = f"{run}{printable(text)}{end}"
        if not block_id:
            return Piece(xml)
        start, end_of_anchor = anchor_of(block_id)
        return Piece(f"{start}{xml}{end_of_anchor}")

    @pass_context
    def block(context: Context, value: Any, field: str, run: str, end: str) -> Piece:
        text = getattr(value, field[1:]) if field[0] == "." else value
        printed: Printed | None = context.parent[PRINTED]
        if printed is None:
            return run_of(text, run, end, "")
        block_id = block_id_of(value, field)
        if block_id:
            block_id = printed.free_id(block_id)
            printed[block_id] = text if isinstance(text, Text) else _given(text, value, field)
        return run_of(text, run, end, block_id)

    return block


def _given(text: Any, value: Any, field: str) -> Text:
    """What a field says that is no text of the draft's."""
    return recurring(str(text), giver_of(value, field[1:]) if field[0] == "." else Giver.JDGEN)


def block_id_of(value: Any, field: str) -> str:
    """The id of the block that ``field`` of ``value`` is: ``title`` of the draft, or ``.text`` of the value."""
    if field[0] != ".":
        return field
    owner: str = getattr(value, "id", "")
    return owner if field == ".text" or not owner else owner + field


@functools.lru_cache(maxsize=512)  # most blocks are in most documents
def anchor_of(block_id: str) -> tuple[str, str]:
    """Where the anchor of a block begins, and where it ends."""
    number = _number(block_id)
    start = f'<w:bookmarkStart w:id="{number}" w:name="{anchor_name(block_id)}"/>'
    return start, f'<w:bookmarkEnd w:id="{number}"/>'


def _number(block_id: str) -> int:
    """A number that only has to differ from others in the document; one made from the id needs no counting."""
    return _FIRST_ID + _hashed(block_id) % _IDS


def _hashed(block_id: str) -> int:
    """40 bits of the id's digest."""
    return int.from_bytes(hashlib.sha256(block_id.encode()).digest()[:5], "big")
