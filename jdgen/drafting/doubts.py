"""Doubts about duties, listed as data: what is unclear as published, and what may not fit the role category of a post.

They change nothing that is printed. A draft that gives reason for one has a review note, whose second line says how a
sheet of posts settles it: in other words, or without the duty. A post settles it also by saying that it keeps it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from jdgen.drafting.adaptations import levels_in_id
from jdgen.drafting.duties import sentences
from jdgen.drafting.model import DUTIES, Duty, Origin
from jdgen.drafting.review_notes import STALE, UNCLEAR, ReviewNote
from jdgen.errors import Problem, list_words
from jdgen.framework.model import RoleCategory, Specialism, Statement
from jdgen.levels import Level, LevelRange, Scale, UnknownLevelError
from jdgen.post.fields import BY_NAME
from jdgen.text_files.values import YamlFile
from jdgen.words import shorten

#: Characters of a duty by which it is known in a note.
_QUOTED = 90


@dataclass(frozen=True)
class DutyDoubt:
    """A duty (its id) that is unclear as ``published``, or that may not fit some ``role_categories`` (their ids).
    ``reword`` are the words that a post is offered; where there are none, it is offered to leave the duty out.

    ``stale`` says why it is not told any more, and ``levels`` are those at which its statement was, as far as can be
    told, where there is no such statement any more.
    """

    duty: str
    published: str
    reason: str
    reword: str = ""
    role_categories: tuple[str, ...] = ()
    stale: str = ""
    levels: LevelRange | None = None
    place: str = field(default="", compare=False, repr=False)

    @property
    def statement(self) -> str:
        """The id of the statement that the duty is a sentence of."""
        return self.duty.rpartition(".")[0]

    def concerns(self, category: RoleCategory | None) -> bool:
        """Whether it is about posts of this role category."""
        return not self.role_categories or (category is not None and category.id in self.role_categories)

    def note(self, category: RoleCategory | None) -> ReviewNote:
        """What a reader is told of a draft in that role category that prints the duty."""
        if self.stale:
            return self.stale_note
        quote = f"“{shorten(self.published, _QUOTED)}”"
        if category is None or not self.role_categories:
            text = (
                f"{quote} is unclear as published: {self.reason}. Say it in the post's own words, leave it out, or "
                "keep it."
            )
            return ReviewNote(UNCLEAR, self.duty, text + self._line, DUTIES)
        text = (
            f"{quote} may not fit the role category '{category.title}': {self.reason}. The framework itself has its "
            "duties for every role category. Say it in other words, leave it out, or keep it."
        )
        return ReviewNote("duty and role category", self.duty, text + self._line, DUTIES)

    @property
    def stale_note(self) -> ReviewNote:
        """What is told of a doubt about words that the framework has no more."""
        text = f"A doubt about this duty is not told: {self.stale}. It was: {self.reason}."
        return ReviewNote(STALE, self.duty, text, DUTIES)

    @property
    def _line(self) -> str:
        """What settles it, as a cell of a sheet says it, after a line break."""
        field = BY_NAME["reworded_duties" if self.reword else "omitted_duties"]
        parts = (self.duty, self.reword, self.reason) if self.reword else (self.duty, self.reason)
        return f"\n{field.heading}: {(' | ' if self.reword else ': ').join(parts)}"


@dataclass(frozen=True)
class CategoryDoubt:
    """A role category that may not fit some levels, and what of the framework speaks against it. ``stale`` says why it
    is not told any more; then it may have no levels."""

    role_category: str
    levels: LevelRange | None
    text: str
    stale: str = ""
    place: str = field(default="", compare=False, repr=False)

    def concerns(self, category: RoleCategory | None, level: Level) -> bool:
        """Whether it is about posts of this role category at ``level``."""
        return (
            category is not None and category.id == self.role_category and (self.levels is None or level in self.levels)
        )

    @property
    def note(self) -> ReviewNote:
        """What a reader is told of a draft that it is about."""
        if self.stale:
            return ReviewNote(STALE, "role_category", f"A doubt about this role category is not told: {self.stale}.")
        text = (
            f"{self.text} Check that role category and band belong together: the framework itself ties none to a band."
        )
        return ReviewNote("role category and band", "role_category", text)


class Doubts(NamedTuple):
    """All doubts about one specialism of one framework: about duties that do not fit a role category before those about
    duties that are unclear, so that the first that concerns a duty says enough."""

    duties: tuple[DutyDoubt, ...] = ()
    categories: tuple[CategoryDoubt, ...] = ()

    def notes(
        self, duties: Iterable[Duty], category: RoleCategory | None, level: Level, kept_duties: Collection[str]
    ) -> Iterator[ReviewNote]:
        """What a reader is told of a draft with these ``duties`` in that role category at ``level``. Duties in the
        post's own words are its own, and its ``kept_duties`` (ids of them or of whole statements) are settled.
        """
        yield from (doubt.note for doubt in self.categories if doubt.concerns(category, level))
        by_duty: dict[str, DutyDoubt] = {}
        for doubt in self.duties:
            if doubt.concerns(category):
                by_duty.setdefault(doubt.duty, doubt)
        for duty in duties:
            is_settled = duty.origin is not Origin.FRAMEWORK or duty.id in kept_duties or duty.statement in kept_duties
            if duty.id in by_duty and not is_settled:
                yield by_duty.pop(duty.id).note(category)
        # Of what is there no more, nothing is printed.
        yield from (
            doubt.stale_note for doubt in by_duty.values() if doubt.levels is not None and level in doubt.levels
        )


NO_DOUBTS = Doubts()


# Reading them.


def doubts_of(file: YamlFile, specialism: Specialism) -> Doubts:
    """The doubts in ``file``, which fits its schema; those that do not fit ``specialism`` say so."""
    statements = {statement.id: statement for row in specialism.rows for statement in row.statements}
    published_texts = {
        remark.id: remark.text for category in specialism.role_categories for remark in category.statements
    }
    published_texts |= {statement.id: statement.full_text for statement in statements.values()}
    categories = {category.id for category in specialism.role_categories}
    duties = [
        _check_fit(
            DutyDoubt(**_freeze(entry), place=file.where((key, index))), statements, categories, specialism.scale
        )
        for key in ("unfitting", "unclear")
        for index, entry in enumerate(file.value.get(key, ()))
    ]
    return Doubts(
        tuple(duties),
        tuple(
            _category_doubt(
                entry, file.where(("role_categories", index)), published_texts, categories, specialism.scale
            )
            for index, entry in enumerate(file.value.get("role_categories", ()))
        ),
    )


def _freeze(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _check_fit(
    doubt: DutyDoubt, statements: Mapping[str, Statement], categories: Collection[str], scale: Scale
) -> DutyDoubt:
    """``doubt``, which says so where its duty is not published in its words any more."""
    if missing_categories := [name for name in doubt.role_categories if name not in categories]:
        return replace(doubt, stale=f"the framework has no role category {list_words(missing_categories)}")
    statement = statements.get(doubt.statement)
    if statement is None:
        stale, levels = "the framework has no such duty any more", levels_in_id(doubt.statement, scale)
        return replace(doubt, stale=stale, levels=levels)
    texts = statement.entries or sentences(statement.text)
    number = int(doubt.duty.rpartition(".")[2])
    if number > len(texts):
        return replace(doubt, stale="the framework has no such duty any more", levels=statement.levels)
    if texts[number - 1] != doubt.published:
        return replace(doubt, stale="the framework's wording is not what it was")
    return doubt


def _category_doubt(
    entry: Mapping[str, Any], place: str, published_texts: Mapping[str, str], categories: Collection[str], scale: Scale
) -> CategoryDoubt:
    doubt = CategoryDoubt(entry["role_category"], None, entry["text"], place=place)
    if doubt.role_category not in categories:
        return replace(doubt, stale=f"the framework has no role category '{doubt.role_category}'")
    if scale.key not in entry and not scale.is_empty:
        return replace(doubt, stale=f"it names no {scale.words}, which the framework has")
    try:
        doubt = replace(doubt, levels=scale.range(entry.get(scale.key, scale.names[0])))
    except UnknownLevelError as error:
        return replace(doubt, stale=str(error))
    changed_statements = [
        citation["statement"]
        for citation in entry["says"]
        if citation["words"] not in published_texts.get(citation["statement"], "")
    ]
    if changed_statements:
        return replace(doubt, stale=f"it rests on words that {list_words(changed_statements)} has no more")
    return doubt


def unfitting_doubts(doubts: Doubts) -> list[Problem]:
    """Every doubt that fits the framework no more, so that none of it fails in silence."""
    all_doubts: tuple[DutyDoubt | CategoryDoubt, ...] = (*doubts.duties, *doubts.categories)
    return [Problem(doubt.place, doubt.stale, "mend the doubt, or delete it") for doubt in all_doubts if doubt.stale]
