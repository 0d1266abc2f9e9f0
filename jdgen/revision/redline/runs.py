"""Runs of a paragraph, cut where a change begins or ends."""

from __future__ import annotations

import copy
import itertools
from typing import Any

from lxml import etree

from jdgen.revision.standing import text_pieces
from jdgen.word_file.parsing import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PROPERTIES = f"{W}rPr"
# Marks of changes among a run's properties.
_CHANGES = (f"{W}rPrChange", f"{W}ins", f"{W}del")


def properties_of(run: Any | None) -> Any | None:
    """A copy of a run's properties, without the marks of changes; nothing where it has none."""
    found = run.find(_PROPERTIES) if run is not None else None
    if found is None:
        return None
    made = copy.deepcopy(found)
    for mark in list(made.iterchildren(*_CHANGES)):
        made.remove(mark)
    return made


def cut(paragraph: Any, offset: int) -> None:
    """Cut the run that goes on over ``offset`` characters of the paragraph's text, so that one ends there."""
    at = 0
    for piece, text in text_pieces(paragraph):
        if at < offset < at + len(text):
            _cut_text(piece, offset - at)
            return
        at += len(text)
        if at == offset:
            _cut_after(piece)
            return


def set_apart(run: Any) -> None:
    """Give whatever in ``run`` is not text (a picture, the mark of a footnote) a run of its own."""
    texts = {piece for piece, _ in text_pieces(run)}
    children = [child for child in run if child.tag != _PROPERTIES]
    for child, following in itertools.pairwise(children):
        if (child in texts) != (following in texts):
            _cut_after(child)


def _cut_text(piece: Any, offset: int) -> None:
    rest = copy.deepcopy(piece)
    piece.text, rest.text = piece.text[:offset], piece.text[offset:]
    for each in (piece, rest):
        each.set(_SPACE, "preserve")
    piece.addnext(rest)
    _cut_after(piece)


def _cut_after(child: Any) -> None:
    """Move what follows ``child`` in its run into a new run with the same properties."""
    following = list(child.itersiblings())
    run = child.getparent()
    if not following or run.tag != f"{W}r":
        return
    rest = etree.Element(run.tag, run.attrib)
    if (properties := run.find(_PROPERTIES)) is not None:
        rest.append(copy.deepcopy(properties))
    rest.extend(following)
    tail, run.tail = run.tail, None
    run.addnext(rest)
    rest.tail = tail
