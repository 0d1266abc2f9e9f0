"""The duties: the framework's statements as numbered duties, and the post's own changes to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from jdgen.drafting.adaptations import Adaptations
from jdgen.drafting.block_id import id_of
from jdgen.drafting.model import DUTIES, Duty, DutyHeading, Origin, giver_of
from jdgen.drafting.profile import RoleProfile
from jdgen.drafting.review_notes import ReviewNote
from jdgen.drafting.texts import NOTHING, Giver, Reasoned, Text, of_framework, recurring
from jdgen.framework.model import Heading, Statement
from jdgen.post.model import AddedDuty, Post

# A sentence ends at a full stop that a space and a capital follow, unless it belongs to "e.g." or "i.e.".
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)\s+(?=[A-Z])")


#: Above headings in no group that follow one.
_NO_GROUP = Text("Other duties", Giver.JDGEN)


class WordingNote(NamedTuple):
    """A review note about how the framework words some duties or a heading, whose ids are ``duties``. A draft has the
    note only if it prints at least one of them as the framework words it."""

    note: ReviewNote
    duties: frozenset[str]


@dataclass(frozen=True)
class DutyList:
    """Duties under headings, and what a reader must know of them: of the framework's wording, and of the post's
    changes. ``groups`` are those that the framework gathers its headings in, by the ids of the headings."""

    headings: tuple[DutyHeading, ...]
    wording: tuple[WordingNote, ...] = ()
    changes: tuple[ReviewNote, ...] = ()
    groups: Mapping[str, Text] = field(default_factory=dict)

    def laid_out(self) -> DutyList:
        """The same with the duties numbered 1.1, 1.2 …, for cross-reference, and each group at its first heading."""
        numbered_headings = (_number_heading(heading, outer) for outer, heading in enumerate(self.headings, 1))
        return replace(self, headings=tuple(self._begin_groups(numbered_headings)))

    def _begin_groups(self, headings: Iterable[DutyHeading]) -> Iterator[DutyHeading]:
        heading_list = list(headings)
        groups = (self.groups.get(heading.id, NOTHING) for heading in heading_list)
        for heading, group in zip(heading_list, group_beginnings(groups, _NO_GROUP), strict=True):
            yield heading if heading.group == group else replace(heading, group=group)

    def noting(self, *notes: ReviewNote) -> DutyList:
        """The same with further notes about changes."""
        return replace(self, changes=self.changes + notes)

    @property
    def duties(self) -> tuple[Duty, ...]:
        """All duties, in order."""
        return tuple(duty for heading in self.headings for duty in heading.duties)

    @property
    def notes(self) -> tuple[ReviewNote, ...]:
        """All that a reader of these duties must know."""
        framework_ids = {duty.id for duty in self.duties if duty.origin is Origin.FRAMEWORK}
        framework_ids |= {heading.id for heading in self.headings}
        wording = (each.note for each in self.wording if not framework_ids.isdisjoint(each.duties))
        return (*wording, *self.changes)


def framework_duties(profile: RoleProfile, adaptations: Adaptations) -> DutyList:
    """Each statement's sentences as duties under its heading, in the wording that the adaptations give them."""
    wording: list[WordingNote] = []
    headings: list[DutyHeading] = []
    for heading, entries in groupby(profile.responsibilities, key=lambda entry: entry.heading):
        statements = [entry.statement for entry in entries]
        wording += [
            WordingNote(replace(note, fields=DUTIES), frozenset((heading.id,)))
            for _, note in adaptations.notes(_title_of(heading))
        ]
        wording += [wording_note for statement in statements for wording_note in _wording_notes(statement, adaptations)]
        headings.append(_heading(heading, statements, adaptations))
    groups = {row.id: Text(row.group, Giver.FRAMEWORK) for row in profile.specialism.headings if row.group}
    return DutyList(tuple(headings), tuple(wording), groups=groups).laid_out()


def _wording_notes(statement: Statement, adaptations: Adaptations) -> Iterator[WordingNote]:
    """The notes about the wording of a statement, each with the sentences whose words it is about."""
    printed_sentences = _sentences_of(adaptations.adapt(statement))
    all_ids = frozenset(id_of(statement.id, number) for number in range(1, len(printed_sentences) + 1))
    for change, note in adaptations.notes(statement):
        other_sentences = _sentences_of(adaptations.without(change).adapt(statement))
        touched_ids = frozenset(
            id_of(statement.id, number)
            for number, (sentence, other_sentence) in enumerate(
                zip(printed_sentences, other_sentences, strict=False), 1
            )
            if sentence != other_sentence
        )
        yield WordingNote(
            replace(note, fields=DUTIES),
            touched_ids if touched_ids and len(printed_sentences) == len(other_sentences) else all_ids,
        )


def sentences(text: str) -> tuple[str, ...]:
    """Sentences of a statement; no word is changed."""
    return tuple(_SENTENCE_END.split(text))


def _sentences_of(statement: Statement) -> tuple[str, ...]:
    return statement.entries or sentences(statement.text)


def with_changes(duties: DutyList, post: Post) -> DutyList:
    """``duties`` with the post's own: some left out, some in other words, some added, some moved; each with a note."""
    for reworded_duty in post.reworded_duties:
        note_text = Reasoned("The post has this duty in its own words", reworded_duty.reason)
        duties = _reword(duties, reworded_duty.duty, reworded_duty.text).noting(
            ReviewNote("reworded", reworded_duty.duty, note_text, DUTIES)
        )
    for omitted_duty in post.omitted_duties:
        text = Reasoned("The framework has this duty and the post does not", omitted_duty.reason)
        duties = _without(duties, omitted_duty.duty).noting(ReviewNote("omitted", omitted_duty.duty, text, DUTIES))
    for number, added_duty in enumerate(post.added_duties, 1):
        duties = _with_added(duties, added_duty, number)
    duties = _in_order(duties, post.duty_order)
    emptied_notes = (
        ReviewNote(
            "omitted", heading.id, f"No duty is left under '{heading.title}'; the heading is not printed.", DUTIES
        )
        for heading in duties.headings
        if not heading.duties
    )
    remaining_headings = tuple(heading for heading in duties.headings if heading.duties)
    return replace(duties.noting(*emptied_notes), headings=remaining_headings).laid_out()


def group_beginnings(groups: Iterable[str], others: str) -> Iterator[str]:
    """For each of what stands in these ``groups`` ('' for what is in none) the group that begins with it, or ''.

    What is in none and follows a group would be read as one of it: there begin the ``others``.
    """
    before: str = NOTHING
    for group_name in groups:
        group = group_name or (others if before else NOTHING)
        yield NOTHING if group == before else group
        before = group


def _number_heading(heading: DutyHeading, outer: int) -> DutyHeading:
    numbers = [recurring(f"{outer}.{inner}", Giver.JDGEN) for inner in range(1, len(heading.duties) + 1)]
    if [duty.number for duty in heading.duties] == numbers:
        return heading
    duties = tuple(
        duty if duty.number == number else replace(duty, number=number)
        for duty, number in zip(heading.duties, numbers, strict=True)
    )
    return replace(heading, duties=duties)


def _heading(heading: Heading, statements: Iterable[Statement], adaptations: Adaptations) -> DutyHeading:
    """The ``statements`` under their heading, in the wording that ``adaptations`` give them."""
    return DutyHeading(
        id=heading.id,
        title=of_framework(adaptations.adapt(_title_of(heading)).text, (heading.title,)),
        duties=tuple(
            Duty(
                id_of(statement.id, number),
                number="",
                text=of_framework(text, _sentences_of(statement)),
                origin=Origin.FRAMEWORK,
                statement=statement.id,
            )
            for statement in statements
            for number, text in enumerate(_sentences_of(adaptations.adapt(statement)), 1)
        ),
    )


def _title_of(heading: Heading) -> Statement:
    """The title of a heading as a statement, of which there may be changes."""
    return Statement(heading.id, None, heading.source, heading.title)


def _means(duty: Duty, reference: str) -> bool:
    return reference in (duty.id, duty.statement)


def _without(duties: DutyList, reference: str) -> DutyList:
    def change_heading(heading: DutyHeading) -> DutyHeading:
        remaining_duties = tuple(duty for duty in heading.duties if not _means(duty, reference))
        return heading if remaining_duties == heading.duties else replace(heading, duties=remaining_duties)

    return replace(duties, headings=tuple(map(change_heading, duties.headings)))


def _reword(duties: DutyList, reference: str, text: str) -> DutyList:
    """The duties that ``reference`` means become one duty in the place of the first."""

    def change_heading(heading: DutyHeading) -> DutyHeading:
        first = next((duty for duty in heading.duties if _means(duty, reference)), None)
        if first is None:
            return heading
        post_duty = replace(first, text=Text(text, Giver.POST), origin=Origin.POST)
        remaining_duties = (
            post_duty if duty is first else duty
            for duty in heading.duties
            if duty is first or not _means(duty, reference)
        )
        return replace(heading, duties=tuple(remaining_duties))

    return replace(duties, headings=tuple(change_heading(heading) for heading in duties.headings))


def _with_added(duties: DutyList, added_duty: AddedDuty, number: int) -> DutyList:
    duty = Duty(id=f"post.duty.{number}", number="", text=Text(added_duty.text, Giver.POST), origin=Origin.POST)
    note = ReviewNote("added", duty.id, "This duty is the post's own, not the framework's.", DUTIES)
    if any(_is_called(heading, added_duty.heading) for heading in duties.headings):
        headings = tuple(
            replace(heading, duties=(*heading.duties, duty)) if _is_called(heading, added_duty.heading) else heading
            for heading in duties.headings
        )
    else:
        headings = (
            *duties.headings,
            DutyHeading(f"post.heading.{number}", Text(added_duty.heading, Giver.POST), (duty,)),
        )
    return replace(duties, headings=headings).noting(note)


def _in_order(duties: DutyList, order: Sequence[str]) -> DutyList:
    """Under each heading, the duties that ``order`` names in that order, in the places that they have among them: what
    it does not name stays where it is. Headings keep their own order, which is the framework's."""
    if not order:
        return duties
    ranks = {reference: rank for rank, reference in reversed([*enumerate(order)])}

    def order_heading(heading: DutyHeading) -> DutyHeading:
        ranked_duties = [duty for duty in heading.duties if not ranks.keys().isdisjoint((duty.id, duty.statement))]
        sorted_duties = iter(sorted(ranked_duties, key=lambda duty: ranks.get(duty.id, ranks.get(duty.statement, 0))))
        return replace(
            heading, duties=tuple(next(sorted_duties) if duty in ranked_duties else duty for duty in heading.duties)
        )

    headings = tuple(map(order_heading, duties.headings))
    notes = (
        ReviewNote("moved", after.id, f"The duties under '{after.title}' stand in the post's own order.", DUTIES)
        for before, after in zip(duties.headings, headings, strict=True)
        if before != after
    )
    return replace(duties, headings=headings).noting(*notes)


def _is_called(heading: DutyHeading, name: str) -> bool:
    """Whether a post means ``heading`` by its id or its title, which may be published with other capitals."""
    is_adapted = giver_of(heading, "title") is Giver.ADAPTED
    return name in (heading.id, heading.title) or (is_adapted and name.casefold() == heading.title.casefold())


# Which duties a criterion is needed for.


#: The id of a heading, and for each of its duties the id and that of its statement.
_HeadingIds = tuple[str, tuple[tuple[str, str], ...]]


class ServedDuties:
    """Which duties of the draft a reference means: a heading's id, a statement's id or a duty's id."""

    def __init__(self, headings: Sequence[_HeadingIds]) -> None:
        self._ids: dict[str, tuple[str, ...]] = {}
        for heading, duties in headings:
            self._ids[heading] = tuple(duty for duty, _ in duties)
            for duty, statement in duties:
                self._ids[duty] = (duty,)
                self._ids[statement] = (*self._ids.get(statement, ()), duty)
        self._ids.pop("", None)
        self.all = tuple(duty for _, duties in headings for duty, _ in duties)

    @property
    def references(self) -> list[str]:
        """Every reference that means something."""
        return list(self._ids)

    def duties(self, *references: str) -> tuple[str, ...]:
        """The ids of the duties that the references mean."""
        return tuple(duty for reference in references for duty in self._ids.get(reference, ()))


def served_by(headings: Sequence[DutyHeading]) -> ServedDuties:
    """What is served by the duties under ``headings``: the same for the same ids, so that criteria which follow from it
    are made once."""
    return _served_by_ids(
        tuple((heading.id, tuple((duty.id, duty.statement) for duty in heading.duties)) for heading in headings)
    )


@lru_cache(maxsize=64)
def _served_by_ids(headings: tuple[_HeadingIds, ...]) -> ServedDuties:
    return ServedDuties(headings)
