"""Tags put together: Word splits what is typed into runs, wherever spelling, format or a bookmark begins.

docxtpl drops everything between the first and the last character of a tag: the ends of bookmarks and comments, and
the format of the text that follows. Here the tag's characters move into the run in which it begins, and all else
stays where it is. A tag whose ends have different parents (a link, a tracked change, a content control) is left
alone, since no place for it is right.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from jdgen.filling.mending.tag_text import cleaned, tags_in
from jdgen.word_file.parsing import W

_PARAGRAPH, _RUN, _TEXT = f"{W}p", f"{W}r", f"{W}t"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What people type into a tag that Word does not keep as text. A page break is a thing of its own.
_TYPED = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_TRANSPARENT = frozenset({f"{W}smartTag", f"{W}proofErr"})


class _Piece(NamedTuple):
    """Something typed: an element, its characters, and the parent of its run."""

    element: Any
    text: str
    holder: Any


def put_together(tree: Any) -> None:
    """Put every tag in ``tree`` into one text of one run, with its white space plain."""
    for paragraph in list(tree.iter(_PARAGRAPH)):
        pieces = list(_pieces(paragraph))
        text = "".join(piece.text for piece in pieces)
        if tags := list(tags_in(text)):
            _write(pieces, _characters(pieces, text, tags))
            # Spelling marks of the old text; left in, they would stand between a field and its anchor.
            for mark in list(paragraph.iter(f"{W}proofErr")):
                mark.getparent().remove(mark)


def _pieces(paragraph: Any) -> list[_Piece]:
    """What was typed into ``paragraph``, without paragraphs of text boxes in it, in order."""
    found = []
    for run in paragraph.iter(_RUN):
        if next(run.iterancestors(_PARAGRAPH)) is not paragraph:
            continue
        for element in run:
            if element.tag == _TEXT:
                found.append(_Piece(element, element.text or "", _holder(run)))
            elif element.tag in _TYPED and element.get(f"{W}type") is None:
                found.append(_Piece(element, _TYPED[element.tag], _holder(run)))
    return found


def _holder(run: Any) -> Any:
    """The parent of ``run``; a smart tag says nothing of what may stand where."""
    return next(parent for parent in run.iterancestors() if parent.tag not in _TRANSPARENT)


def _characters(pieces: list[_Piece], text: str, tags: list[tuple[int, int]]) -> list[list[str]]:
    """The new characters of each piece."""
    owners = [number for number, piece in enumerate(pieces) for _ in piece.text]
    shown = list(text)
    for start, end in tags:
        shown[start:end] = cleaned(text[start:end])
        first = owners[start]
        if all(pieces[owner].holder is pieces[first].holder for owner in owners[start:end]):
            owners[start:end] = [first] * (end - start)
    characters: list[list[str]] = [[] for _ in pieces]
    for owner, character in zip(owners, shown, strict=True):
        characters[owner].append(character)
    return characters


def _write(pieces: list[_Piece], characters: list[list[str]]) -> None:
    for piece, new in zip(pieces, characters, strict=True):
        text = "".join(new)
        if text == piece.text:
            continue
        if text and piece.element.tag == _TEXT:
            piece.element.text = text
            piece.element.set(_SPACE, "preserve")
        else:
            _remove(piece.element)


def _remove(element: Any) -> None:
    """Take ``element`` out, and its run and smart tag too if nothing else is in them."""
    parent = element.getparent()
    parent.remove(element)
    if parent.tag in (_RUN, *_TRANSPARENT) and all(child.tag in (f"{W}rPr", f"{W}smartTagPr") for child in parent):
        _remove(parent)
