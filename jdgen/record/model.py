"""The generation record, as a frozen value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from jdgen.drafting.block_id import BlockId
from jdgen.harmless import harmless
from jdgen.post.fields import PICTURES
from jdgen.record.anchors import name_by_id

#: The manners in which the framework's words are printed.
ADAPTED, VERBATIM = "adapted", "verbatim"
#: The picture that is drawn where the post has none of its own.
DRAWN_CHART = "organisation_chart"
#: What a record says of a date that the user named.
DATE_NAMED = "named"


def template_name(path: str) -> str:
    """The name of a template's file, by which records know it: where it is on somebody's disk is nobody's business.
    Records of an earlier form hold a path, which may be Windows' or another's; a name that is no UTF-8 is spelt."""
    return harmless(re.split(r"[/\\]", path)[-1])


class PrintedBlock(NamedTuple):
    """One paragraph that was printed from data: the id of its text, the text, the code of who gave it
    (:class:`jdgen.drafting.texts.Giver`), and the name of its anchor. Who gave it, and an anchor that is named by the
    id, are '' in earlier forms of the record."""

    id: BlockId
    text: str
    giver: str = ""
    anchor: str = ""

    @property
    def anchor_name(self) -> str:
        """The name of its anchor in the document."""
        return self.anchor or name_by_id(self.id)


class WithdrawnText(NamedTuple):
    """A text that stood in a document when it was brought up to date, and that the version printed in it has no more.
    Where somebody rejects that it goes, it stands there still. ``place`` is how many of the printed blocks come before
    it."""

    place: int
    text: str
    is_heading: bool = False


class RecordedNote(NamedTuple):
    """One of the review notes of a draft: its topic, what it is about, and what it says, without a reason that the post
    gives."""

    topic: str
    subject: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RecordFacts:
    """What one document was made from, in short.

    ``document_id`` stays the same when the document is made again. ``inputs`` is the digest of everything that
    decides the text (post, framework, library, template), so that an unchanged document is known without making
    it. ``parts`` is the digest of the document's other parts as they were written: while it holds, no program
    has saved the file since. ``template`` is the name of its file; an earlier form has the path.

    ``wording`` is :data:`ADAPTED` or :data:`VERBATIM`, ``dated`` is :data:`DATE_NAMED` where the user named the date,
    ``picture`` the SHA-256 of the organisation's picture, whose alternative text is in the post, and
    ``organisation_chart`` that of the chart which the document shows, drawn or the post's own; each '' otherwise.
    ``template_texts`` are marks of the template's own paragraphs (:func:`jdgen.record.digests.marks_of`), which nobody
    wrote into the document; '' in an earlier form.
    """

    document_id: str
    framework: str
    framework_version: str
    framework_sha256: str
    template: str
    template_sha256: str
    drafted: str
    program: str
    inputs: str
    parts: str
    wording: str
    dated: str = ""
    picture: str = ""
    template_texts: str = ""
    organisation_chart: str = ""


@dataclass(frozen=True, kw_only=True)
class GenerationRecord(RecordFacts):
    """All that one document was made from: the post too, the printed paragraphs in the order of the document, and the
    review notes of the draft; records of earlier forms have no notes. ``withdrawn`` are texts that may stand in it
    besides, in their order, where it was brought up to date."""

    post: Mapping[str, Any]
    blocks: tuple[PrintedBlock, ...]
    notes: tuple[RecordedNote, ...] = ()
    withdrawn: tuple[WithdrawnText, ...] = ()

    @property
    def pictures(self) -> Mapping[str, str]:
        """The SHA-256 of each picture of the post's own, by its field."""
        shas = {name: getattr(self, name) for name in PICTURES if name in self.post or name != DRAWN_CHART}
        return {name: sha for name, sha in shas.items() if sha}
