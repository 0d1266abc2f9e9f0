"""The record of a document: the one in it, or, where it has lost its own, the copy in the workspace."""

from __future__ import annotations

import functools
import hashlib
import weakref
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from jdgen.errors import JdgenError, Problem, listed
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
        facts = facts_in(parts.get(PROPERTIES, b""))
        try:
            sure = self._claimed(facts, texts, name) if "JDDocId" in facts else self._alike(texts, name)
        except JdgenError as error:
            return _unread(name, error.problems[0])
        if isinstance(sure, Problem):
            return sure
        changed = tuple(changed_blocks(sure, parts))
        return FoundRecord(sure, Handling.EDITED if changed else Handling.SAVED, changed, Origin.WORKSPACE)

    def _claimed(self, facts: Mapping[str, str], texts: frozenset[str], name: str) -> GenerationRecord | Problem:
        """The record of the document that a file says it is, if what it says and what it holds bear that out."""
        document_id = facts["JDDocId"]
        # Whose id no copy has was made elsewhere, however alike it is to something made here.
        copies = self._database.of_document(document_id) if self._database else []
        written = [copy for copy in copies if payload_of(copy) == facts.get("JDPayloadSha")]
        best = best_of(likeness(record, texts) for record in _records(written))
        if best is None:
            return _doubted(name, document_id, "names another record than is kept of it") if copies else missing(name)
        if best.is_as_it_says:
            return best.record
        if best.missing:
            return _doubted(name, document_id, f"has another {listed(best.missing)}")
        return _doubted(name, document_id, f"has little of its text ({best.share:.0%}), or of what names its post")

    def _alike(self, texts: frozenset[str], name: str) -> GenerationRecord | Problem:
        """The only record that the text fits."""
        if self._database is None:
            return missing(name)
        alike = [likeness(record, texts) for record in self._likely(self._database, texts)]
        sure = only_one(alike)
        return sure.record if sure else missing(name, best_of(alike))

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


def _doubted(name: str, document_id: str, why: str) -> Problem:
    """That a file says that it is a document of which nothing is told here: it may be another's."""
    what = f"{_WHAT}; it says that it is {document_id}, but {why}, so that it may be another document"
    right = "put back what was changed there, or make the document anew from its post"
    return Problem(name, what, right)


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
