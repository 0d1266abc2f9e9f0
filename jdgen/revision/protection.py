"""What keeps people from settling tracked changes in a document: Word would show them, and refuse every answer.

A document with tracked changes of somebody's own is another such case: theirs and the framework's could not be told
apart any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jdgen.errors import Problem
from jdgen.revision.redline.settling import pending
from jdgen.word_file.parsing import W, parsed
from jdgen.word_file.stories import related_parts

_FILE_RELATIONS = "_rels/.rels"
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


def refusals(parts: Mapping[str, bytes], tree: Any, name: str, accepts_pending: bool = False) -> tuple[Problem, ...]:
    """Why no tracked changes are put into the document with ``parts``, called ``name`` in messages; ``tree`` is that of
    all its stories. Nothing where they can be."""
    found = [*_pending(tree, accepts_pending), *_protected(parts), *_signed(parts)]
    return tuple(Problem(name, what, right) for what, right in found)


def _pending(tree: Any, accepts_pending: bool) -> Iterator[tuple[str, str]]:
    count = pending(tree)
    if count and not accepts_pending:
        changes = "1 tracked change" if count == 1 else f"{count} tracked changes"
        what = f"has {changes} that nobody has accepted or rejected"
        yield what, "settle them in Word first, or use --accept-pending to accept them all"


def _protected(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    settings = next((part for kind, part in related_parts(parts) if kind == "settings" and part in parts), None)
    if settings is None:
        return
    tree = parsed(parts[settings])
    protection, reservation = tree.find(f"{W}documentProtection"), tree.find(f"{W}writeProtection")
    if protection is not None and _is_on(protection.get(f"{W}enforcement")):
        editing = _EDITING.get(protection.get(f"{W}edit", ""))
        if editing:
            yield f"is protected ({editing}), so that nobody could accept or reject a change", _STOP
    if reservation is not None and any(reservation.get(password) for password in _PASSWORDS):
        what = "asks for a password to change it, so that nobody without it could accept or reject a change"
        yield what, "in Word: File, Save As, Tools, General Options: clear the password to modify; then save"


def _signed(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    relations = parts.get(_FILE_RELATIONS)
    links = parsed(relations).iter("{*}Relationship") if relations else ()
    if any(link.get("Type", "").endswith(_SIGNED) for link in links):
        what = "has a digital signature, which any change would break"
        yield what, "in Word: File, Info, View Signatures: remove it, and sign the new document"


def _is_on(value: str | None) -> bool:
    return value in ("1", "true", "on")
