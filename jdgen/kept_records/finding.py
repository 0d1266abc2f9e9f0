"""The record of a document: the one in it, or, where it has lost its own, the copy in the workspace."""

from __future__ import annotations

import functools
import hashlib
import weakref
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from jdgen.errors import JdgenError, Problem
from jdgen.kept_records.database import FILE, RecordDatabase
from jdgen.kept_records.likeness import NAMED, Likeness, best_of, likeness, only_one, own_texts
from jdgen.opc.bounds import PackageError
from jdgen.opc.entries import entries
from jdgen.record.copies import payload_of, record_of_copy
from jdgen.record.model import GenerationRecord
from jdgen.record.parts import PROPERTIES
from jdgen.record.reading import FoundRecord, Handling, Origin, changed_blocks, facts_in, read_record
from jdgen.record.text import normalised, paragraphs
from jdgen.word_file.opening import BOUNDS, unpacked
from jdgen.word_file.package import open_package
from jdgen.workspace import Workspace

_WHAT = "has no record of what it was made from"
# Copies that are read for one document, those with its rarest texts first.
_MOST = 100


class KeptRecords:
    """The copies of a workspace, opened when the first document needs them."""

    def __init__(self, workspace: Workspace) -> None:
        self._path = workspace.root / FILE
        self._is_indexed = False

    def found(self, content: bytes, name: str) -> FoundRecord | Problem:
        """The record of the document ``content``, called ``name`` in messages, or why there is none."""
        return read_record(content) or self._by_copy(content, name)

    def _by_copy(self, content: bytes, name: str) -> FoundRecord | Problem:
        try:
            parts = unpacked(content, entries(content, BOUNDS))
            texts = frozenset(map(normalised, paragraphs(parts)))
        except (PackageError, KeyError, etree.XMLSyntaxError):
            return _unopened(content, name)
        try:
            best, is_sure = self._matching(facts_in(parts.get(PROPERTIES, b"")), texts)
        except JdgenError as error:
            return _unread(name, error.problems[0])
        if best is None or not is_sure:
            return missing(name, best)
        changed = tuple(changed_blocks(best.record, parts))
        return FoundRecord(best.record, Handling.EDITED if changed else Handling.SAVED, changed, Origin.WORKSPACE)

    def _matching(self, facts: Mapping[str, str], texts: frozenset[str]) -> tuple[Likeness | None, bool]:
        """The copy that is most like the document, and whether it is surely the document's."""
        if self._database is None:
            return None, False
        if document_id := facts.get("JDDocId"):
            # Whose id no copy has was made elsewhere, however alike it is to something made here.
            copies = self._database.of_document(document_id)
            written = [copy for copy in copies if payload_of(copy) == facts.get("JDPayloadSha")]
            best = best_of(likeness(record, texts) for record in _records(written or copies))
            return best, best is not None and best.share >= NAMED
        alike = [likeness(record, texts) for record in self._likely(self._database, texts)]
        sure = only_one(alike)
        return sure or best_of(alike), sure is not None

    def _likely(self, database: RecordDatabase, texts: Iterable[str]) -> Iterator[GenerationRecord]:
        if not self._is_indexed:
            database.bring_index_up_to_date(_digests_of)
            self._is_indexed = True
        return _records(database.likely(map(_digest, texts), _MOST))

    @functools.cached_property
    def _database(self) -> RecordDatabase | None:
        database = RecordDatabase.to_read(self._path)
        if database is not None:
            weakref.finalize(self, database.close)
        return database


def missing(name: str, best: Likeness | None = None) -> Problem:
    """That the document called ``name`` has no record; ``best`` is the copy that is most like it, if any is."""
    right = "name a document that jdgen made and that Word or LibreOffice saved since, if anything did"
    if best is None or best.share < NAMED:
        return Problem(name, _WHAT, right)
    record = best.record
    title = record.post.get("title", "")
    like = f"most like it is that of {record.document_id} ('{title}'), of which it has {best.share:.0%} of the texts"
    return Problem(name, f"{_WHAT}, and no copy in the workspace is surely its own ({like})", right)


def _unopened(content: bytes, name: str) -> Problem:
    """What the file is, if it is no Word document."""
    try:
        open_package(content, name)
    except JdgenError as error:
        return error.problems[0]
    return missing(name)


def _unread(name: str, problem: Problem) -> Problem:
    return Problem(name, f"{_WHAT}, and {problem.where} {problem.what}", problem.right)


def _records(copies: Iterable[bytes]) -> Iterator[GenerationRecord]:
    return (record for copy in copies if (record := record_of_copy(copy)))


def _digests_of(copy: bytes) -> Iterator[int]:
    return (_digest(text) for record in _records([copy]) for _, text in own_texts(record))


def _digest(text: str) -> int:
    """64 bits of the text's digest, as SQLite holds a number."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
