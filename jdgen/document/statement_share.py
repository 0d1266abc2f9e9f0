"""How much of a document its general statements are, which no reader came for."""

from __future__ import annotations

from typing import NamedTuple

from jdgen.document.making import Document
from jdgen.drafting.review_notes import ReviewNote
from jdgen.template.compiled import BODY, CompiledTemplate
from jdgen.word.markup import words_of
from jdgen.word.writing import quick_part
from jdgen.zips import WORD_FILE


class StatementShare(NamedTuple):
    """How many of a document's ``words`` are ``statement_words``, those of its general statements, and whether these
    are in compact form."""

    statement_words: int
    words: int
    is_compact: bool

    @property
    def percentage(self) -> int:
        """The same in whole percent."""
        return round(100 * self.statement_words / self.words)

    @property
    def note(self) -> ReviewNote:
        """The same as a note on the first of many documents."""
        text = (
            f"General statements are {self.statement_words:,} of the {self.words:,} words of this document "
            f"({self.percentage} %), and about as many of others with the same statements."
        )
        shorter = "" if self.is_compact else ' Shorter: form = "compact" under [statements] in jdgen.toml.'
        return ReviewNote("share of statements", "clauses", f"{text}{shorter}")


def statement_share(document: Document, template: CompiledTemplate, limit: int) -> StatementShare | None:
    """How much of ``document``, made in ``template``, its general statements are, where that is more than ``limit``
    percent."""
    statements = document.job_description.clauses if "clauses" in template.printed_fields else ()
    if not statements:
        return None
    paragraphs = quick_part(document.content, BODY, WORD_FILE.unpacked).decode("utf-8").split("</w:p>")
    share = StatementShare(
        sum(len(f"{statement.title} {statement.text}".split()) for statement in statements),
        sum(len(words_of(paragraph).split()) for paragraph in paragraphs),
        statements[0].is_compact,
    )
    return share if share.statement_words * 100 > limit * share.words else None
