"""What people wrote in a document, to be carried over where it is made anew in another template.

A document holds more than what jdgen printed from data: the template's own words, and lines that are printed without a
block. Nobody wrote these, so they are told from what people wrote: by the marks in the record, by what the old template
prints where it is at hand, and by what the new one prints.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from jdgen.record.digests import marked
from jdgen.record.model import GenerationRecord
from jdgen.record.text import normalised
from jdgen.revision.merge import Decision
from jdgen.revision.standing import Standing, standings
from jdgen.revision.stories import gathered
from jdgen.word_file.package import read_package


def edits_of_people(
    record: GenerationRecord, paragraphs: Sequence[Standing], decisions: Iterable[Decision]
) -> tuple[Decision, ...]:
    """Those of ``decisions`` about a text that somebody changed or took out. A text that stands in the document as
    often as it was printed is none, whichever of several alike it was matched with."""
    fewer = Counter(normalised(block.text) for block in record.blocks)
    fewer.subtract(normalised(paragraph.text) for paragraph in paragraphs)
    return tuple(one for one in decisions if one.is_edited and fewer[normalised(one.base)] > 0)


def texts_of_people(
    record: GenerationRecord, paragraphs: Iterable[Standing], documents: Iterable[bytes]
) -> tuple[str, ...]:
    """The texts of those of ``paragraphs`` that no block was found in and that are nobody else's: not printed, not the
    template's own, and in none of ``documents``, which are made of the same post."""
    nobodys = {normalised(block.text) for block in record.blocks}
    for document in documents:
        nobodys |= {normalised(text) for one in standings(gathered(read_package(document))) for text in _said(one)}
    return tuple(
        one.shown or one.text
        for one in paragraphs
        # What only a field shows, as a line of a table of contents, is said elsewhere.
        if normalised(one.text)
        and not any(normalised(text) in nobodys or marked(record.template_texts, text) for text in _said(one))
    )


def _said(paragraph: Standing) -> tuple[str, str]:
    """What a paragraph says, without what its fields show and with it."""
    return paragraph.text, paragraph.shown or paragraph.text
