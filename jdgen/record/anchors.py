"""Anchors: the hidden bookmark round each paragraph that prints data, and the names by which a record knows them.

They let a later draft find its way in a document that a person has edited. An anchor is a hint, to be checked against
the text: word processors move and drop bookmarks, and bring them along with what is pasted from another document. So a
name holds a digest of what is printed: two documents have the same name only for what both of them say.

Names and numbers are counted on from one paragraph to the next, which deflates to a third of what names of their own
would. What many drafts have in common is counted apart, field by field, so that it can be printed once for all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from jdgen.drafting.band_part import CommonFields
from jdgen.drafting.block_id import fields_in

#: The beginning of the names of jdgen's own bookmarks: hidden by its underscore in Word.
ANCHOR = "_jd_"

# The numbers of bookmarks: above those that a template may have of its own, in rows of more than a document can print.
_FIRST_NUMBER, _ROW = 1_000_000, 100_000
# Hexadecimal digits of a key.
_KEY = 5
# The fields of the draft, whose places are in the names of anchors and so in documents of years ago. A field that is
# new goes to the end, wherever the draft has it: else what is new would have the anchors of something else there.
_FIELDS = (
    *("title", "band", "band_statement", "level", "level_word", "specialism", "role_category", "reference", "version"),
    *("date", "employer", "department", "base", "hours", "contract", "responsible_to", "accountable_to"),
    *("responsible_for", "je_reference", "picture", "about", "values", "purpose", "dimensions", "relationships"),
    *("duty_headings", "decisions", "demands", "clauses", "clauses_version", "person_specification", "complexity"),
    *("complexity_narrative", "role_category_statements", "entry_routes", "qualifications", "framework", "wording"),
    *("notes", "own", "guidance", "managing_people", "planning", "judgement", "policy", "information", "research"),
    *("training_at_entry", "training_in_post", "physical_skills", "organisation_chart", "organisation_chart_text"),
    "requirements",
)
_PLACES = {name: place for place, name in enumerate(_FIELDS, 1)}


class AnchorRow(NamedTuple):
    """Anchors that are counted: ``key`` tells their names from those of other rows, and ``place`` their numbers within
    one document."""

    key: str
    place: int = 0

    @property
    def stem(self) -> str:
        """The names of its anchors, within Word's 40 characters, but for the number at their ends, from 1."""
        return f"{ANCHOR}{self.key}_"

    def name(self, number: int) -> str:
        """The name of the anchor with this number."""
        return f"{self.stem}{number}"

    def marks(self, number: int) -> tuple[str, str]:
        """Where that anchor begins in a paragraph's XML, and where it ends."""
        start, end = _bookmark(self.place, number)
        return f'{start}{self.key}_{number}"/>', end


@lru_cache(maxsize=4096)  # the same numbers stand in every document
def _bookmark(place: int, number: int) -> tuple[str, str]:
    """What the bookmark with this ``number`` in the row at ``place`` begins with, up to the key in its name, and its
    end."""
    bookmark = _FIRST_NUMBER + place * _ROW + number
    return f'<w:bookmarkStart w:id="{bookmark}" w:name="{ANCHOR}', f'<w:bookmarkEnd w:id="{bookmark}"/>'


class AnchorRows(NamedTuple):
    """The anchors of one document: those of fields that other documents have in ``common``, by their names, and of all
    else."""

    own_row: AnchorRow
    common: Mapping[str, AnchorRow]

    def row(self, field: str) -> AnchorRow:
        """The row of what prints a field of the draft, or something in it; or several fields, as their paragraph's id
        names them."""
        first, *others = fields_in(field)
        is_common = first in self.common and all(other in self.common for other in others)
        return self.common[first] if is_common else self.own_row


#: All anchors in one row that is nobody's: for what is printed and not kept.
ONE_ROW = AnchorRows(AnchorRow(""), {})
#: Stands where an anchor begins or ends that has no name yet: no document can hold it.
GAP = "\x00"


class _Nameless(AnchorRow):
    """Anchors that get their names later."""

    def marks(self, _: int) -> tuple[str, str]:
        return GAP, GAP


#: All anchors as gaps: for what is printed to be put into many documents.
GAPS = AnchorRows(_Nameless(""), {})


def anchor_rows(inputs: str, common: CommonFields) -> AnchorRows:
    """The anchors of a document, of whose draft these fields are ``common``; ``inputs`` is the digest of all that
    decides its text."""
    return AnchorRows(AnchorRow(inputs[:_KEY]), common_rows(common))


# As long as the fields last.
_COMMON: WeakKeyDictionary[CommonFields, Mapping[str, AnchorRow]] = WeakKeyDictionary()


def common_rows(common: CommonFields) -> Mapping[str, AnchorRow]:
    """The anchors of fields that documents have in ``common``. What these say is in the names, so that what is pasted
    from a document that says something else is not taken for this."""
    if common not in _COMMON:
        _COMMON[common] = _common_rows(common)
    return _COMMON[common]


def _common_rows(common: CommonFields) -> Mapping[str, AnchorRow]:
    wider = common_rows(common.wider) if common.wider else {}
    content = repr(sorted(common.fields.items())).encode("utf-8", "surrogatepass")
    key = hashlib.sha256(content).hexdigest()[:_KEY]
    return {**wider, **{name: AnchorRow(f"{key}_{_PLACES[name]}", _PLACES[name]) for name in common.fields}}


def name_by_id(block_id: str) -> str:
    """The name of a block's anchor in documents of earlier forms of the record, which is made from its id."""
    return f"{ANCHOR}{hashlib.sha256(block_id.encode()).hexdigest()[:10]}"
