"""Tracked changes settled: found, and accepted, as a person would before a document is worked on; and what would keep
people from settling more of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jdgen.errors import Problem
from jdgen.word.file import File
from jdgen.word.paragraphs import CELL, FALLBACK, ROW, TABLE, P
from jdgen.word.xml import Element, W, parent_of, remove
from jdgen.words import quantity

_PUT_IN = (f"{W}ins", f"{W}moveTo")
_TAKEN_OUT = (f"{W}del", f"{W}moveFrom")
_LOOKS = ("rPrChange", "pPrChange", "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange")
_OTHERS = tuple(f"{W}{name}" for name in (*_LOOKS, "sectPrChange", "numberingChange", "cellMerge"))
_CELLS = (f"{W}cellIns", f"{W}cellDel")
_RANGES = tuple(f"{W}move{way}Range{end}" for way in ("From", "To") for end in ("Start", "End"))
_ALL = (*_PUT_IN, *_TAKEN_OUT, *_OTHERS, *_CELLS)


def pending(tree: Element) -> int:
    """How many tracked changes there are in ``tree`` that nobody has accepted or rejected; those in the two forms of a
    text box are counted once."""
    copies = {node for old in tree.iter(FALLBACK) for node in old.iter(*_ALL)}
    return sum(1 for node in tree.iter(*_ALL) if node not in copies)


def pending_in_words(tree: Element) -> str:
    """What is said of a document with the text ``tree`` that has such changes; '' of one that has none."""
    count = pending(tree)
    return f"has {quantity(count, 'tracked change')} that nobody has accepted or rejected" if count else ""


def accept_all(tree: Element) -> Mapping[Element, Element]:
    """Accept every tracked change of the part ``tree``.

    The answer tells in which paragraph what was in one that is no longer there stands now.
    """
    _accept_rows(tree)
    ending_paragraphs = [paragraph for paragraph in tree.iter(P) if _has_mark(paragraph, _TAKEN_OUT)]
    for mark in list(tree.iter(*_TAKEN_OUT)):
        remove(mark)
    for mark in list(tree.iter(*_PUT_IN)):
        _unwrap(mark)
    new_homes: dict[Element, Element] = {}
    for paragraph in reversed(ending_paragraphs):
        following = paragraph.getnext()
        _join_with_next(paragraph)
        if following is not None and following.tag == P:
            new_homes[paragraph] = following
    for mark in list(tree.iter(*_OTHERS, *_RANGES, *_CELLS)):
        remove(mark)
    return new_homes


def _accept_rows(tree: Element) -> None:
    for row in list(tree.iter(ROW)):
        if row.find(f"{W}trPr/{W}del") is not None:
            _remove_row(row)
    for cell in [cell for cell in tree.iter(CELL) if cell.find(f"{W}tcPr/{W}cellDel") is not None]:
        remove(cell)


def _has_mark(paragraph: Element, tags: tuple[str, ...]) -> bool:
    return any(paragraph.find(f"{W}pPr/{W}rPr/{tag}") is not None for tag in tags)


def _remove_row(row: Element) -> None:
    """Take a row out, and the table with it where it was the last."""
    table = parent_of(row)
    remove(row)
    if table.tag == TABLE and table.find(f".//{ROW}") is None:
        remove(table)


def _join_with_next(paragraph: Element) -> None:
    """Take the end of a paragraph away: its content begins the next one, whose looks stay; alone it goes as a whole."""
    following = paragraph.getnext()
    if following is None or following.tag != P:
        is_last = following is None or following.tag == f"{W}sectPr"
        if not is_last and not list(content_of(paragraph)):
            remove(paragraph)
        return
    place = 1 if following.find(f"{W}pPr") is not None else 0
    for node in reversed(list(content_of(paragraph))):
        following.insert(place, node)
    remove(paragraph)


def content_of(paragraph: Element) -> Iterator[Element]:
    """What is in a paragraph besides its properties."""
    return (node for node in paragraph if node.tag != f"{W}pPr")


def _unwrap(mark: Element) -> None:
    """Put what is in ``mark`` in its place."""
    parent = parent_of(mark)
    place = parent.index(mark)
    for node in reversed(list(mark)):
        parent.insert(place + 1, node)
    parent.remove(mark)


# What keeps people from settling tracked changes in a document: Word would show them, and refuse every answer.
#
# A document with tracked changes of somebody's own is another such case: theirs and the framework's could not be told
# apart any more.

_SIGNED = "/digital-signature/origin"
#: The kinds of protection under which changes are neither accepted nor rejected (ECMA-376 part 1, 17.18.21).
_EDITING = {
    "readOnly": "reading only",
    "comments": "comments only",
    "forms": "filling in forms only",
    "trackedChanges": "tracked changes only",
}
_STOP = "in Word: Review, Restrict Editing, Stop Protection; then save"
# What a password to write is kept as, in the old form and in the new.
_PASSWORDS = (f"{W}hash", f"{W}hashValue")


def refusals(file: File, name: str, accepts_pending: bool = False) -> tuple[Problem, ...]:
    """Why no tracked changes are put into the document ``file``, called ``name`` in messages; nothing where they can
    be."""
    reasons = [*_pending(file, accepts_pending), *_protection_problems(file), *_signature_problems(file)]
    return tuple(Problem(name, what, right) for what, right in reasons)


def _pending(file: File, accepts_pending: bool) -> Iterator[tuple[str, str]]:
    what = pending_in_words(file.stories)
    if what and not accepts_pending:
        yield what, "settle them in Word first, or use --accept-pending to accept them all"


def _protection_problems(file: File) -> Iterator[tuple[str, str]]:
    settings = next(file.related("settings"), None)
    if settings is None:
        return
    tree = file.tree(settings)
    protection, reservation = tree.find(f"{W}documentProtection"), tree.find(f"{W}writeProtection")
    if protection is not None and _is_on(protection.get(f"{W}enforcement")):
        editing = _EDITING.get(protection.get(f"{W}edit", ""))
        if editing:
            yield f"is protected ({editing}), so that nobody could accept or reject a change", _STOP
    if reservation is not None and any(reservation.get(password) for password in _PASSWORDS):
        what = "asks for a password to change it, so that nobody without it could accept or reject a change"
        yield what, "in Word: File, Save As, Tools, General Options: clear the password to modify; then save"


def _signature_problems(file: File) -> Iterator[tuple[str, str]]:
    if any(relationship.type.endswith(_SIGNED) for relationship in file.relationships()):
        what = "has a digital signature, which any change would break"
        yield what, "in Word: File, Info, View Signatures: remove it, and sign the new document"


def _is_on(value: str | None) -> bool:
    return value in ("1", "true", "on")
