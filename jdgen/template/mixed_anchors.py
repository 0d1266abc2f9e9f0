"""Anchors of paragraphs that print fields among other words, as ``{{ duty.number }} {{ duty.text }}`` does.

The whole paragraph, as it is printed, is the block. Its id is that of the text in it, else of its first field that has
an owner, else the names of its fields; what says something of the framework itself is ``framework``.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context

from jdgen.drafting.model import Giver, Text, giver_of
from jdgen.record.printed import Printed
from jdgen.template.anchors import FILTER as ONE_FIELD
from jdgen.template.anchors import PRINTED, UNOWNED, Piece, anchor_of, anchored, block_id_of, unanchored
from jdgen.word.markup import CHARACTERS

#: The filter round what such a paragraph holds.
FILTER = "jd_paragraph"

_BEGIN, _END, _PROPERTIES_END = re.compile("<w:p(?: [^>]*)?>"), "</w:p>", "</w:pPr>"
_WORDS = re.compile(rf"<w:t(?: [^>]*)?>([^<]*)</w:t>|<w:({'|'.join(CHARACTERS)})(?: [^>]*)?/>")
_IN_FIELDS = re.compile(r'(<w:fldSimple[ >]|w:fldCharType="begin")|</w:fldSimple>|w:fldCharType="end"')
_FIELD = re.compile(r"\{\{-?\s*(?!(?:none|true|false)\b)([a-z_]\w*)(?:\.(\w+))?", re.IGNORECASE)
_CHOICE = re.compile(r"\{%-?\s*(\w+)")
_CHANGES = {"if": 1, "elif": 0, "else": 0, "endif": -1}
_ROUND = re.compile(rf"\{{% filter {FILTER}\([^%]*\) %\}}|\{{% endfilter %\}}")


def with_mixed_anchors(xml: str) -> str:
    """The Jinja text of a part, with anchors where a paragraph prints fields among other words."""
    pieces: list[str] = []
    at = 0
    for start, end in _contents(xml):
        content = xml[start:end]
        if arguments := _arguments(content):
            pieces += (xml[at:start], f"{{% filter {FILTER}({arguments}) %}}{content}{{% endfilter %}}")
            at = end
    return "".join((*pieces, xml[at:])) if pieces else xml


def without_mixed_anchors(text: str) -> str:
    """``text`` of a template as its author wrote it."""
    return _ROUND.sub("", text)


def _contents(xml: str) -> Iterator[tuple[int, int]]:
    """Where what a paragraph holds besides its properties begins and ends, for each that has no paragraph inside it and
    prints something. Found without a pattern, which would take memory for every character of a long text."""
    for begun in _BEGIN.finditer(xml):
        start, end = begun.end(), xml.find(_END, begun.end())
        if xml.startswith("<w:pPr>", start):
            start = xml.find(_PROPERTIES_END, start) + len(_PROPERTIES_END)
        if start <= end and xml.find("{{", start, end) >= 0 and not _BEGIN.search(xml, start, end):
            yield start, end


def _arguments(content: str) -> str:
    """What the filter is told of a paragraph, or nothing where it is to be left as it is."""
    words = "".join(text for text, _ in _WORDS.findall(content))
    if "{{" not in words or ONE_FIELD in content or "picture" in words or not _only_chooses(content):
        return ""
    fields = _FIELD.findall(words)
    return _named(fields) if fields else ""


def _only_chooses(content: str) -> bool:
    """Whether all tags but those that print are choices that begin and end in ``content``. A loop in it could print
    without an end, and one round it goes on elsewhere."""
    depth = 0
    for tag in _CHOICE.findall(content):
        if tag not in _CHANGES or (tag != "if" and depth == 0):
            return False
        depth += _CHANGES[tag]
    return depth == 0


def _named(fields: list[tuple[str, str]]) -> str:
    """What the paragraph is about, as arguments of the filter: a value and a field of it, or names of fields."""
    owned = [(owner, field) for owner, field in fields if field and owner not in UNOWNED]
    owned.sort(key=lambda one: one[1] != "text")  # the first of the texts, or else the first
    if owned:
        owner, field = owned[0]
        return f"{owner}, '.{field}'"
    names = dict.fromkeys(owner for owner, _ in fields)
    return f"'{next((name for name in names if name in UNOWNED), '+'.join(names))}', ''"


@pass_context
def paragraph_filter(context: Context, xml: str, value: Any, field: str) -> Piece:
    """The filter :data:`FILTER`: what a paragraph printed, with its anchor."""
    printed: Printed | None = context.parent[PRINTED]
    block_id = block_id_of(value, field) if field else value
    text = words_of(xml) if printed is not None and block_id else ""
    if printed is None or not text.strip():
        return Piece(xml)
    block_id = printed.free_id(block_id)
    printed[block_id] = Text(text, giver_of(value, field[1:]) if field else _giver_of_names(context, value))
    start, end = anchor_of(block_id)
    return Piece(f"{start}{xml}{end}")


def _giver_of_names(context: Context, names: str) -> Giver:
    """Who gave a paragraph that prints fields of the draft: who gave all of them, or else it is a phrase."""
    if names in UNOWNED:
        return Giver.FRAMEWORK
    said = (context.parent.get(name) for name in names.split("+"))
    givers = {text.giver for text in said if isinstance(text, Text) and text}
    return givers.pop() if len(givers) == 1 else Giver.PHRASE


@functools.lru_cache(maxsize=512)
def words_of(xml: str) -> str:
    """The text of a paragraph's runs, without what fields show: word processors write that anew."""
    return _words("".join(_outside_fields(xml))) if "<w:fld" in xml else _words(xml)


def _outside_fields(xml: str) -> Iterator[str]:
    at = depth = 0
    for mark in _IN_FIELDS.finditer(xml):
        if depth == 0:
            yield xml[at : mark.start()]
        depth = max(depth + (1 if mark[1] else -1), 0)
        at = mark.end()
    yield xml[at:]


def _words(xml: str) -> str:
    return "".join(CHARACTERS[mark] if mark else html.unescape(text) for text, mark in _WORDS.findall(xml))


# Anchors put round the paragraphs of a template that print data, and taken off again where it is shown.

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
