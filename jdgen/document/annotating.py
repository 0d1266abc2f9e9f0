"""Copies of documents with the review notes as comments at their places, for people who work through them in Word.

A copy is no second document. It says so among its properties, so that folders are looked through without it; who names
it themselves, because they have gone on in it, may have it brought up to date like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from jdgen.document.making import without_reason
from jdgen.drafting.block_id import is_part
from jdgen.drafting.library import asked_in
from jdgen.drafting.review import RankedNote, Subjects
from jdgen.drafting.review_notes import ReviewNote, subjects_in
from jdgen.drafting.texts import Giver
from jdgen.errors import JdgenError, Problem
from jdgen.files import content_of
from jdgen.record.model import GenerationRecord, PrintedBlock
from jdgen.record.placing import as_copy
from jdgen.record.plain_reading import plain_fact
from jdgen.record.reading import record_of
from jdgen.record.untouched import record_by_name
from jdgen.record.writing import COPY_OF
from jdgen.word.comments import Comments, place_for_comment
from jdgen.word.file import MAIN_PART, File
from jdgen.word.opening import open_document
from jdgen.word.paragraphs import ParagraphContent, paragraphs_of
from jdgen.word.xml import Element
from jdgen.words import comparable

_AUTHOR, _INITIALS = "jdgen", "jd"
# What a note calls all criteria together, and the field by which a criterion in a row is told from other blocks. In
# lists of essential and desirable ones nothing stands beside them: they are with the first text of jdgen's library.
_ALL_CRITERIA, _RATING = "person specification", "importance"
# What a note quotes; less tells nothing of a sentence.
_QUOTED = re.compile(r'"([^"]{4,})"')
_BAND = ("band", "band_statement")


def annotated_draft(content: bytes, name: str, notes: Iterable[ReviewNote], subjects: Subjects) -> bytes:
    """A copy of the document ``content``, as jdgen has written it, with the ``notes`` of its draft as comments, without
    reasons: it is a file that travels, too. ``name`` is what messages call it."""
    record = record_by_name(content) or record_of(content)[0]
    assert record is not None, "jdgen writes none without"
    return annotated_copy(content, name, record, subjects.rank_notes(map(without_reason, notes)))


def annotated_copy(content: bytes, name: str, record: GenerationRecord, notes: Sequence[RankedNote]) -> bytes:
    """A copy of the document ``content`` with ``notes`` as comments, each at the paragraph that prints what it is
    about; what has no place goes to the first. Raises :class:`JdgenError` for what is no Word document, which messages
    call ``name``."""
    return _annotated(open_document(content, name), record, notes).to_bytes()


def _annotated(file: File, record: GenerationRecord, notes: Sequence[RankedNote]) -> File:
    file = as_copy(file, record)
    text = file.copy_of(MAIN_PART)
    paragraphs = {paragraph: ParagraphContent(paragraph) for paragraph in paragraphs_of(text)}
    first = next((place for paragraph in paragraphs if (place := place_for_comment(paragraph)) is not None), None)
    if first is None:
        return file
    places = _Places(paragraphs, record)
    texts_at: dict[Element, list[str]] = {paragraph: [] for paragraph in paragraphs}
    for note in notes:
        place = places.of(note)
        texts_at[first if place is None else place].append(
            " ".join(f"To {note.rank}: {note.about}. {note.text}".split("\n"))
        )
    comments = Comments(file, text, _AUTHOR, _INITIALS)
    for paragraph, texts in texts_at.items():
        if texts:
            comments.add(paragraph, *texts)
    return comments.put_into(file.with_parts({MAIN_PART: text}))


def copy_problem(path: Path) -> Problem | None:
    """What is said of the file at ``path`` among documents where it is an annotated copy; nothing where it is none."""
    try:
        copy_of = plain_fact(content_of(path), COPY_OF)
    except JdgenError:  # told when it is brought up to date
        return None
    what = f"is an annotated copy of {copy_of}, and was passed over"
    right = "name the file itself if somebody has gone on in it instead of the document"
    return Problem(str(path), what, right) if copy_of else None


class _Places:
    """Where the texts of a record stand in a document."""

    def __init__(self, paragraphs: Mapping[Element, ParagraphContent], record: GenerationRecord) -> None:
        self._record = record
        self._texts = {paragraph: comparable(content.visible_text) for paragraph, content in paragraphs.items()}
        self._by_text = {text: paragraph for paragraph, text in reversed(self._texts.items())}
        self._by_anchor = {
            name: paragraph for paragraph, content in paragraphs.items() for name in content.bookmark_names
        }

    def of(self, note: RankedNote) -> Element | None:
        """The paragraph that a comment on what ``note`` is about goes to; none where nothing prints it."""
        paragraphs = (self._paragraph(block) for block in _blocks_of(note, self._record))
        places = (place_for_comment(paragraph) for paragraph in paragraphs if paragraph is not None)
        return next((place for place in places if place is not None), None)

    def _paragraph(self, block: PrintedBlock) -> Element | None:
        """Where a block stands: at its anchor, unless its text stands elsewhere."""
        text, at_anchor = comparable(block.text), self._by_anchor.get(block.anchor_name)
        if at_anchor is not None and self._texts[at_anchor] == text:
            return at_anchor
        of_text = self._by_text.get(text)
        return at_anchor if of_text is None else of_text


def _blocks_of(note: RankedNote, record: GenerationRecord) -> Iterator[PrintedBlock]:
    """The blocks that print what a note is about: the prompt, or else what it names, in that order."""
    yield from (block for block in record.blocks if any(map(note.text.startswith, asked_in(block.text))))
    names = subjects_in(note.subject)
    if _ALL_CRITERIA in names:
        rated_rows = [block.id.owner for block in record.blocks if block.id.is_field(_RATING)]
        of_library = [block.id for block in record.blocks if block.giver == Giver.LIBRARY.code]
        names += (rated_rows or of_library)[:1]
    quotations = _QUOTED.findall(note.text)
    for name in names:
        blocks = [block for block in record.blocks if _prints(block, name)]
        # Of several sentences, the one that has the words which the note speaks of.
        yield from sorted(blocks, key=lambda block: not any(words in block.text for words in quotations))


def _prints(block: PrintedBlock, name: str) -> bool:
    block_id = block.id.original
    fields = _BAND if name == _BAND[0] else (name,)
    return any(is_part(block_id, field) for field in (*fields, f"competence.{name}")) or any(
        field in block.id.fields for field in fields
    )
