"""The reading room: a release of a framework, and what it changes in which documents, in one HTML file in which an
organisation decides on it.

It needs no Python in the browser. What it gives back is the file of decisions that `jdgen regenerate` carries out.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from jdgen.page.shell import VIEWER, VIEWER_PACKAGES, PageContent, asset, html_file
from jdgen.revision.rulings import Reach, ReleaseRulings
from jdgen.word.file import File
from jdgen.word_changes import WordChange
from jdgen.words import quantity

#: Bytes that redlines may take up in the file, and what is said of those that do not fit.
_ROOM_FOR_REDLINES = 40_000_000
NO_ROOM = "its redline did not fit into this file: look at the one that `jdgen regenerate` writes"
#: Its scripts; the last begins.
_SCRIPTS = (
    *("elements.js", "views.js", "storage.js", "picture.js", "decisions_file.js", "decisions.js"),
    *("changes.js", "documents.js", "file.js", "room.js"),
)
# Of a Word file, what is not seen in it: the record, and what its properties say.
_UNSEEN = ("customXml/", "docProps/")
# Three bytes are four letters in the file.
_LETTERS = 4 / 3


class ChangedText(NamedTuple):
    """One text of a document that a release changes: what becomes of it, in words, what it is about, its words as they
    were printed, as they stand in the document and as they are now, and the ids of the ``changes`` that it is about."""

    what: str
    about: str
    before: str
    there: str
    now: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReviewedDocument:
    """A document: the ids of the ``changes`` that reach it, and of those where somebody has edited what they are
    about; the ``texts`` that change, its ``redline``, or ``why`` there is none."""

    path: str
    changes: tuple[str, ...] = ()
    edited_changes: tuple[str, ...] = ()
    texts: tuple[ChangedText, ...] = ()
    redline: bytes | None = None
    why: str = ""


@dataclass(frozen=True)
class Review:
    """What is to be decided: the release of the framework called ``title``, what it reaches, the words of statements by
    their ids, and the documents, those first that somebody should look at first. ``decisions`` is the text of a file of
    decisions, called ``name``, in which nothing is decided yet; ``own_decisions`` that of people's own, if there is
    one."""

    title: str
    release: ReleaseRulings
    reach: Mapping[str, Reach]
    words: Mapping[str, tuple[WordChange, ...]]
    documents: tuple[ReviewedDocument, ...]
    decisions: str
    name: str
    own_decisions: str = ""


def fitting(documents: Sequence[ReviewedDocument], most: int = _ROOM_FOR_REDLINES) -> tuple[ReviewedDocument, ...]:
    """``documents``, of which as many of the first have their redlines as take up no more than ``most`` bytes of a
    file; the others say so."""
    room_used = 0
    parts_so_far: set[bytes] = set()
    documents_that_fit = []
    for document in documents:
        new_parts = set(_parts(document.redline).values()) - parts_so_far
        size = int(sum(len(zlib.compress(part)) for part in new_parts) * _LETTERS)
        fits = document.redline is None or room_used + size <= most
        if fits:
            room_used += size
            parts_so_far |= new_parts
        documents_that_fit.append(document if fits else replace(document, redline=None, why=NO_ROOM))
    return tuple(documents_that_fit)


def reading_room(review: Review) -> str:
    """The whole file. Raises :class:`JdgenError` where jdgen was installed without what browsers need."""
    pool: dict[bytes, str] = {}
    review_json = json.dumps(_review_values(review, pool), ensure_ascii=False).encode()
    files = {name: asset(name) for name in (*VIEWER, "js-yaml.js")}
    document_count = quantity(sum(document.redline is not None for document in review.documents), "document")
    return html_file(
        PageContent(
            title=f"A release to decide on: {review.title}",
            purpose=f"This page shows what a release changes in documents, with the whole text of {document_count}.",
            digest=hashlib.sha256(review_json).hexdigest()[:16],
            scripts=_SCRIPTS,
            files={**files, "review.json": review_json, **{name: content for content, name in pool.items()}},
            packages=(*VIEWER_PACKAGES, "js-yaml"),
        )
    )


def _review_values(review: Review, pool: dict[bytes, str]) -> dict[str, Any]:
    """``review`` as the page's scripts read it. The parts of redlines go into the ``pool``, each once, by the name that
    it has in the file."""
    release = review.release
    places = {document.path: at for at, document in enumerate(review.documents)}
    return {
        "title": review.title,
        "framework": release.framework,
        "versions": [{"specialism": specialism, **both._asdict()} for specialism, both in release.versions.items()],
        "decisions": review.decisions,
        "name": review.name,
        "begun": review.own_decisions,
        "changes": [
            {
                "id": change.id,
                "heading": change.heading,
                "what": change.what,
                "was": change.was,
                "now": change.now,
                "words": [[each.old, each.new] for each in review.words.get(change.id, ())],
                "documents": _places(review.reach.get(change.id, Reach()).documents, places),
                "edited": _places(review.reach.get(change.id, Reach()).edited_documents, places),
            }
            for change in release.changes
        ],
        "documents": [
            {
                "path": document.path,
                "changes": list(document.changes),
                "edited": list(document.edited_changes),
                "texts": [text._asdict() for text in document.texts],
                "redline": [
                    [name, pool.setdefault(part, f"part-{len(pool)}")]
                    for name, part in _parts(document.redline).items()
                ],
                "why": document.why,
            }
            for document in review.documents
        ],
    }


def _places(paths: Sequence[str], places: Mapping[str, int]) -> list[int]:
    return [places[path] for path in paths if path in places]


def _parts(redline: bytes | None) -> Mapping[str, bytes]:
    """What is seen of a redline, by the names of its parts."""
    return dict(_visible_parts(redline)) if redline is not None else {}


def _visible_parts(redline: bytes) -> Iterator[tuple[str, bytes]]:
    file = File.read(redline)
    yield from ((name, file.content(name)) for name in file if not name.startswith(_UNSEEN))
