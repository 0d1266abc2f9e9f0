"""The record of a document: the one in it, or, where it has lost its own, the copy in the workspace."""

from __future__ import annotations

import functools
import hashlib
import weakref
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from jdgen.drafting.block_id import BlockId
from jdgen.drafting.library import is_prompt
from jdgen.drafting.model import JobDescription
from jdgen.errors import JdgenError, Problem, list_words
from jdgen.post.field import Naming
from jdgen.post.fields import BY_NAME, FIELDS
from jdgen.record.database import FILE, RecordDatabase
from jdgen.record.digests import has_mark_of
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import (
    FoundRecord,
    Handling,
    RecordOrigin,
    changed_blocks,
    facts_of,
    paragraphs,
    read_record,
)
from jdgen.record.untouched import payload_of, record_of_copy
from jdgen.word.file import File
from jdgen.word.opening import refuse_damaged
from jdgen.words import comparable
from jdgen.workspace import Workspace
from jdgen.zips import PackageError

# How like a document is to what a record says was printed, and whether it is that record's document.
#
# Job descriptions of one band and specialism say much the same, in one organisation and in another. So it is not
# enough that most of the text is there: what names the post must be there too, and no other record may fit as well.

#: The share of the printed texts that must stand in a document, and of its texts that must have been printed, for it
#: to be known by them; and the share of the printed ones that must still stand in one that says itself whose it is.
KNOWN_SHARE, NAMED_SHARE = 0.5, 0.2
_BAND, _REFERENCE = "band_statement", "reference"
# Ids of the blocks that name a post.
_NAMING = frozenset((_BAND, *(field.key for field in FIELDS if field.naming is not Naming.NOTHING)))
#: What must be as it was printed in a document that says itself whose it is, in the order in which it is printed.
SWORN = tuple(
    part.name for part in fields(JobDescription) if part.name in BY_NAME and BY_NAME[part.name].naming is Naming.PROVES
)
# A text of the post's own tells as much as a name where it has so many characters.
_TELLING = 40
# How many texts of the post's own a document must have, besides the band, unless it has all that was printed.
_ENOUGH = 2
# Beside how many texts the same words are a template's and no person's.
_ALIKE_BESIDE = 3
# Shorter texts ("Essential", "A, I") stand in every document.
_SHORT = 12


@dataclass(frozen=True)
class RecordLikeness:
    """How much of what a record says stands in a document, and of the document in the record.

    ``share`` is that of the printed texts that stand in the document, 0 to 1, and ``explained`` that of the document's
    texts that were printed. ``names`` says that the names of the post are there, and enough of them; ``sworn`` are
    those of :data:`SWORN` that were printed, and whether each stands there still. ``is_of_other_template`` says that
    the words of the two differ as those of two templates do.
    """

    record: GenerationRecord
    share: float
    explained: float
    names: bool
    sworn: Mapping[str, bool]
    is_of_other_template: bool = False

    @property
    def measure(self) -> float:
        """By this, records are compared: the harmonic mean of both directions, since a short record may stand in a
        long document whole, and tell little of it."""
        both = self.share + self.explained
        return 2 * self.share * self.explained / both if both else 0.0

    @property
    def is_known(self) -> bool:
        """Whether the document may be the record's, as far as the text of the two tells: most of the one is in the
        other, both ways."""
        return self.names and min(self.share, self.explained) >= KNOWN_SHARE and not self.is_of_other_template

    @property
    def missing(self) -> tuple[str, ...]:
        """What of :data:`SWORN` was printed and stands nowhere in the document."""
        return tuple(name for name, is_there in self.sworn.items() if not is_there)

    @property
    def is_as_it_says(self) -> bool:
        """Whether a document that says itself that it is the record's may be believed: what is sworn must be there, and
        the less that is, the more of the text."""
        return not self.missing and self.share >= NAMED_SHARE and (len(self.sworn) > 1 or self.is_known)


def likeness(record: GenerationRecord, texts: frozenset[str]) -> RecordLikeness:
    """How like the document with the paragraphs ``texts``, as they are compared, is to ``record``."""
    printed_texts = {text for block in record.blocks if len(text := comparable(block.text)) >= _SHORT}
    document_texts = {text for text in texts if len(text) >= _SHORT and not has_mark_of(record.template_texts, text)}
    shared_count = len(printed_texts & document_texts)
    share, explained = (
        shared_count / len(all_texts) if all_texts else 0.0 for all_texts in (printed_texts, document_texts)
    )
    naming_texts = _naming_texts(record)
    sworn = {name: not naming_texts[name].isdisjoint(texts) for name in SWORN if name in naming_texts}
    has_names = _has_names(record, texts, is_whole=shared_count == len(printed_texts))
    is_other = min(share, explained) >= KNOWN_SHARE and _differ_by_template(
        printed_texts - document_texts, document_texts - printed_texts
    )
    return RecordLikeness(record, share, explained, has_names, sworn, is_other)


def _differ_by_template(record_texts: Iterable[str], document_texts: Collection[str]) -> bool:
    """Whether the same words stand beside several texts of the record, or of the document, and not beside the same
    texts of the other: the codes of assessment after each criterion. What people add is something else each time.
    """
    pairs = (
        sorted((record_text, document_text), key=len)
        for record_text in record_texts
        for document_text in document_texts
    )
    texts_beside = Counter(longer.replace(shorter, "", 1) for shorter, longer in pairs if shorter in longer)
    return max(texts_beside.values(), default=0) >= _ALIKE_BESIDE


def _best_of(candidates: Iterable[RecordLikeness]) -> RecordLikeness | None:
    """The most alike; the first of several."""
    return max(candidates, key=lambda candidate: candidate.measure, default=None)


def _only_one(candidates: Sequence[RecordLikeness]) -> RecordLikeness | None:
    """The one that is known and that no other comes up to; nothing where there are several, or none. Records of one
    document count as one, and so do those that print the same of the same post: the first is taken."""
    fitting = sorted((each for each in candidates if each.is_known), key=lambda each: -each.measure)
    if not fitting:
        return None
    best = fitting[0]
    rivals = (candidate for candidate in fitting[1:] if candidate.measure == best.measure)
    return best if all(_are_as_one(best.record, candidate.record) for candidate in rivals) else None


def own_texts(record: GenerationRecord) -> Iterator[tuple[BlockId, str]]:
    """The id and the text, as it is compared, of each block that prints the post's own words and not a choice from a
    list."""
    post_texts = {
        comparable(line) for name, value in record.post.items() if not _is_choice(name) for line in _lines(value)
    }
    for block in record.blocks:
        text = comparable(block.text)
        # A name may be printed among other words: "Job title: PMO manager".
        is_own = text in post_texts or (_names_in(block.id) and any(name and name in text for name in post_texts))
        if is_own and not is_prompt(block.text):
            yield block.id, text


def _has_names(record: GenerationRecord, texts: frozenset[str], is_whole: bool) -> bool:
    texts_by_id = dict(own_texts(record))
    names = _naming_texts(record)
    missing = {name for name, naming_texts in names.items() if naming_texts.isdisjoint(texts)}
    # Of a document with its own reference, one other name may have been changed.
    most_missing = 1 if _REFERENCE in names and _REFERENCE not in missing else 0
    if not texts_by_id or len(missing) > most_missing:
        return False
    # What names the same counts once, however often it is printed.
    telling = {
        _names_in(block_id) or text
        for block_id, text in texts_by_id.items()
        if text in texts and (_names_in(block_id) or len(text) >= _TELLING)
    }
    return is_whole or len(telling) >= _ENOUGH


def _naming_texts(record: GenerationRecord) -> dict[str, frozenset[str]]:
    """What names the post, and the texts that say it, as they are compared: one is enough, since a header may be lost,
    or a name stand among other words there. Where it was printed by itself, only that counts."""
    texts_by_id = dict(own_texts(record))
    naming_blocks = [
        (block.id, comparable(block.text)) for block in record.blocks if block.id == _BAND or block.id in texts_by_id
    ]
    names_and_texts = [(_names_in(block_id), text) for block_id, text in naming_blocks]
    alone = {name: frozenset(text for names, text in names_and_texts if names == {name}) for name in _NAMING}
    among = {name: frozenset(text for names, text in names_and_texts if name in names) for name in _NAMING}
    return {name: alone[name] or among[name] for name in sorted(_NAMING) if among[name]}


def _names_in(block_id: BlockId) -> frozenset[str]:
    """What of a post a block names: ``title``, or ``title`` and ``base`` in one paragraph, whichever print of it."""
    return _NAMING.intersection(block_id.fields)


def _are_as_one(record: GenerationRecord, other: GenerationRecord) -> bool:
    """Whether it makes no difference which of two records a document is found to have."""
    return record.document_id == other.document_id or (
        record.post == other.post and _texts_and_givers(record) == _texts_and_givers(other)
    )


def _texts_and_givers(record: GenerationRecord) -> list[tuple[str, ...]]:
    """What a document prints, however its paragraphs are anchored."""
    return [block[:3] for block in record.blocks]


def _is_choice(name: str) -> bool:
    return name in BY_NAME and BY_NAME[name].kind.is_choice


def _lines(value: Any) -> Iterator[str]:
    """Every text in a value of a post, whole and line by line."""
    if isinstance(value, str):
        yield value
        yield from value.splitlines()
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _lines(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from _lines(part)


_WHAT = "has no record of what it was made from"
# Copies that are read for one document, those with its rarest texts first.
_MOST = 100


class KeptRecords:
    """The copies of a workspace, opened when the first document needs them."""

    def __init__(self, workspace: Workspace) -> None:
        self._path = workspace.root / FILE
        self._is_indexed = False

    def record_of(self, file: File, name: str) -> FoundRecord | Problem:
        """The record of a document, called ``name`` in messages, or why there is none."""
        return read_record(file) or self._by_copy(file, name)

    def _by_copy(self, file: File, name: str) -> FoundRecord | Problem:
        try:
            texts = frozenset(map(comparable, paragraphs(file)))
        except (PackageError, KeyError):
            return _describe_unopened(file, name)
        facts = facts_of(file)
        try:
            record = self._claimed(facts, texts, name) if "JDDocId" in facts else self._alike(texts, name)
        except JdgenError as error:
            return _unread(name, error.problems[0])
        if isinstance(record, Problem):
            return record
        block_ids = tuple(changed_blocks(record, file))
        return FoundRecord(record, Handling.EDITED if block_ids else Handling.SAVED, block_ids, RecordOrigin.WORKSPACE)

    def _claimed(self, facts: Mapping[str, str], texts: frozenset[str], name: str) -> GenerationRecord | Problem:
        """The record of the document that a file says it is, if what it says and what it holds bear that out."""
        document_id = facts["JDDocId"]
        # Whose id no copy has was made elsewhere, however alike it is to something made here.
        copies = self._database.of_document(document_id) if self._database else []
        matching_copies = [copy for copy in copies if payload_of(copy) == facts.get("JDPayloadSha")]
        best = _best_of(likeness(record, texts) for record in _records(matching_copies))
        if best is None:
            return _doubt(name, document_id, "names another record than is kept of it") if copies else no_record(name)
        if best.is_as_it_says:
            return best.record
        if best.missing:
            return _doubt(name, document_id, f"has another {list_words(best.missing)}")
        return _doubt(name, document_id, f"has little of its text ({best.share:.0%}), or of what names its post")

    def _alike(self, texts: frozenset[str], name: str) -> GenerationRecord | Problem:
        """The only record that the text fits."""
        if self._database is None:
            return no_record(name)
        likenesses = [likeness(record, texts) for record in self._likely(self._database, texts)]
        fitting = _only_one(likenesses)
        return fitting.record if fitting else no_record(name, _best_of(likenesses))

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


def no_record(name: str, best: RecordLikeness | None = None) -> Problem:
    """That the document called ``name`` has no record; ``best`` is the copy that is most like it, if any is."""
    right = "name a document that jdgen made and that Word or LibreOffice saved since, if anything did"
    if best is None or best.share < NAMED_SHARE:
        return Problem(name, _WHAT, right)
    record = best.record
    title = record.post.get("title", "")
    like = f"most like it is that of {record.document_id} ('{title}'), of which it has {best.share:.0%} of the texts"
    return Problem(name, f"{_WHAT}, and no copy in the workspace is surely its own ({like})", right)


def _doubt(name: str, document_id: str, why: str) -> Problem:
    """That a file says that it is a document of which nothing is told here: it may be another's."""
    what = f"{_WHAT}; it says that it is {document_id}, but {why}, so that it may be another document"
    right = "put back what was changed there, or make the document anew from its post"
    return Problem(name, what, right)


def _describe_unopened(file: File, name: str) -> Problem:
    """What the file is, if it is no Word document."""
    try:
        refuse_damaged(file, name)
    except JdgenError as error:
        return error.problems[0]
    return no_record(name)


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
