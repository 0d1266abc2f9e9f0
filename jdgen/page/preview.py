"""The draft as it is seen in the page, and as the text of a job advert.

It is accessible HTML made of the draft itself, with real headings and table heads. Each prompt is a link to the field
that answers it (``data-field``). All text is escaped; nobody's words are HTML.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jdgen.drafting.model import (
    Block,
    Criterion,
    CriterionGroup,
    Demand,
    DutyHeading,
    Importance,
    JobDescription,
    PersonSpecification,
)
from jdgen.drafting.texts import Giver, Text
from jdgen.reports.html_page import escape

#: What the fields that are one line each are headed by, in printed order.
_DETAILS = {
    "title": "Job title",
    "band_statement": "Band",
    "level": "Level",
    "specialism": "Specialism",
    "role_category": "Role category",
    "employer": "Employer",
    "department": "Department",
    "base": "Base",
    "hours": "Hours",
    "contract": "Contract",
    "responsible_to": "Responsible to",
    "accountable_to": "Accountable to",
    "responsible_for": "Responsible for",
    "reference": "Reference",
    "version": "Version",
    "je_reference": "Job evaluation reference",
}
_BEFORE_DUTIES = {"about": "About us", "values": "Our values", "purpose": "Job purpose"}
_AFTER_DUTIES = {
    "managing_people": "Managing people",
    "planning": "Planning and organising",
    "judgement": "Analysis and judgement",
    "policy": "Policies and services",
    "information": "Information and systems",
    "research": "Research and audit",
    "guidance": "Guidance and supervision",
    "decisions": "Decisions and autonomy",
    "training_at_entry": "Education and training at entry",
    "training_in_post": "Training in post",
    "physical_skills": "Physical skills",
}
#: The fields of a post that answer what a field of the draft prints, where they are called otherwise.
_ASKED_AS = {"band_statement": "je_reference"}


def preview(draft: JobDescription) -> str:
    """The whole draft as HTML that goes under a heading of the page's own, from the second level on."""
    return "".join(
        (
            _section("details", "Job details", _details(draft)),
            *(_section(name, heading, _blocks(name, getattr(draft, name))) for name, heading in _BEFORE_DUTIES.items()),
            _section("dimensions", "Dimensions", _dimensions(draft)),
            _section("organisation_chart_text", "Where the post stands", _chart(draft)),
            _section("relationships", "Working relationships", _relationships(draft)),
            _section("duties", "Duties and responsibilities", _duties(draft.duty_headings)),
            *(_section(name, heading, _blocks(name, getattr(draft, name))) for name, heading in _AFTER_DUTIES.items()),
            _section("demands", "Effort and working conditions", _demands(draft.demands)),
            _section("person_specification", "Person specification", _specification(draft.person_specification)),
            _section("clauses", "General statements", _clauses(draft)),
        )
    )


def _section(name: str, heading: str, body: str) -> str:
    if not body:
        return ""
    return f'<section id="draft-{name}"><h2 class="nhsuk-heading-m">{escape(heading)}</h2>{body}</section>\n'


def _text(text: str, field: str) -> str:
    """A printed text; a prompt leads to the ``field`` that answers it."""
    if isinstance(text, Text) and text.giver is Giver.PROMPT:
        field = _ASKED_AS.get(field, field)
        return f'<a class="prompt" href="#field-{field}" data-field="{field}">{escape(text)}</a>'
    return escape(text)


def _details(draft: JobDescription) -> str:
    rows = ((name, heading, getattr(draft, name)) for name, heading in _DETAILS.items())
    # A browser would read the first of two columns as heads by itself only in a list of terms.
    return (
        '<dl class="nhsuk-summary-list">'
        + "".join(
            f'<div class="nhsuk-summary-list__row"><dt class="nhsuk-summary-list__key">{escape(heading)}</dt>'
            f'<dd class="nhsuk-summary-list__value">{_text(text, name)}</dd></div>'
            for name, heading, text in rows
            if text
        )
        + "</dl>"
    )


def _blocks(name: str, blocks: Sequence[Block]) -> str:
    return "".join(f"<p>{_text(block.text, name)}</p>" for block in blocks)


def _table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already; the first of each row heads it."""
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>'
        for first, *others in rows
    )
    if not body:
        return ""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    caption = escape(caption)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{caption}"><table class="nhsuk-table">'
        f'<caption class="nhsuk-table__caption">{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _dimensions(draft: JobDescription) -> str:
    rows = (
        (_text(dimension.measure, "dimensions"), _text(dimension.text, "dimensions")) for dimension in draft.dimensions
    )
    return _table("The size of the job", ("Measure", "Size"), rows)


def _chart(draft: JobDescription) -> str:
    lines = "".join(f"<li>{escape(block.text)}</li>" for block in draft.organisation_chart_text)
    return f'<ul class="nhsuk-list nhsuk-list--bullet">{lines}</ul>' if lines else ""


def _relationships(draft: JobDescription) -> str:
    field = "relationships"
    rows = (
        (_text(relationship.who, field), _text(relationship.setting, field), _text(relationship.purpose, field))
        for relationship in draft.relationships
    )
    return _table("Whom the post works with", ("Who", "Internal or external", "What for"), rows)


def _duties(headings: Iterable[DutyHeading]) -> str:
    return "".join(_duty_heading(heading) for heading in headings)


def _duty_heading(heading: DutyHeading) -> str:
    duties = "".join(
        f'<li value="{number}" id="{escape(duty.id)}">{escape(duty.text)}</li>'
        for number, duty in enumerate(heading.duties, 1)
    )
    group = f'<p class="group">{escape(heading.group)}</p>' if heading.group else ""
    title = escape(heading.title)
    return f'{group}<h3 class="nhsuk-heading-s">{title}</h3><ol class="nhsuk-list nhsuk-list--number">{duties}</ol>'


def _demands(demands: Iterable[Demand]) -> str:
    field = "demands"
    rows = (
        (escape(demand.kind), _text(demand.text, field), _text(demand.frequency, field), _text(demand.duration, field))
        for demand in demands
    )
    return _table("Effort and working conditions", ("Kind", "What the job involves", "How often", "How long"), rows)


def _specification(specification: PersonSpecification) -> str:
    key = assessment_in_words(specification)
    head = f"<p>{escape(key)}</p>" if key else ""
    return head + "".join(_table(*_group(group)) for group in specification.groups)


def assessment_in_words(specification: PersonSpecification) -> str:
    """What the codes of assessment stand for; nothing where none is used."""
    key = "; ".join(f"{method.code} = {method.name}" for method in specification.assessment_key)
    return f"How each is assessed: {key}" if key else ""


def _group(group: CriterionGroup) -> tuple[str, Sequence[str], Iterator[Sequence[str]]]:
    rows = (
        (_criterion(criterion), _importance(criterion.importance), escape(criterion.assessed_by))
        for criterion in group.criteria
    )
    return group.title, ("Criterion", "Essential or desirable", "Assessed by"), rows


def _criterion(criterion: Criterion) -> str:
    """A criterion, and what the level of a skill means below it."""
    points = "".join(f"<li>{escape(point.text)}</li>" for point in criterion.points)
    point_list = f'<ul class="nhsuk-list nhsuk-list--bullet">{points}</ul>' if points else ""
    return f"{_text(criterion.text, 'skills')}{point_list}"


def _importance(importance: Importance) -> str:
    return f"<strong>{importance}</strong>" if importance is Importance.ESSENTIAL else escape(importance)


def _clauses(draft: JobDescription) -> str:
    return "".join(
        f'<h3 class="nhsuk-heading-s">{escape(clause.title)}</h3><p>{escape(clause.text)}</p>'
        for clause in draft.clauses
    )


# The text of a job advert, and how much of it a job board takes.
#
# The texts and their limits are those of an NHS Jobs listing: a title of at most 70 characters, three texts of 100 to
# 1,500, and a job description of at most 10,000. Spaces at an end count there, so none is written.


class ListingText(NamedTuple):
    """One text of an advert, '' where the post says nothing yet, how many characters it may have, and how many it must
    have once it says anything."""

    heading: str
    text: str
    limit: int
    least: int = 0

    @property
    def length(self) -> str:
        """How long it is, beside its limits."""
        over, under = len(self.text) - self.limit, self.least - len(self.text)
        wrong = f", {over:,} too many" if over > 0 else f", {under:,} too few" if self.text and under > 0 else ""
        return f"{len(self.text):,} of {self.limit:,} characters{wrong}"


def listing_texts(draft: JobDescription) -> tuple[ListingText, ...]:
    """The texts of an advert in the order in which NHS Jobs asks for them. What is still to be answered is left out: a
    prompt is for whoever drafts."""
    return (
        ListingText("Job title", _answer(draft.title), 70),
        ListingText("Job overview", _paragraphs(draft.purpose), 1_500, 100),
        ListingText("Working for your organisation", _paragraphs((*draft.about, *draft.values)), 1_500, 100),
        ListingText("Skills and qualities", _essential(draft), 1_500, 100),
        ListingText(
            "Job description and main responsibilities", "\n\n".join(_advert_duties(draft.duty_headings)), 10_000
        ),
    )


def listing_file(texts: Iterable[ListingText]) -> str:
    """The texts as a file, each under its heading and its length."""
    return "\n".join(_listing_part(text) for text in texts)


def _listing_part(text: ListingText) -> str:
    return f"{text.heading} ({text.length})\n\n{text.text or 'Still to be written.'}\n"


def _answer(text: str) -> str:
    return "" if isinstance(text, Text) and text.giver is Giver.PROMPT else text.strip()


def _paragraphs(blocks: Iterable[Block]) -> str:
    return "\n\n".join(filter(None, (_answer(block.text) for block in blocks)))


def _essential(draft: JobDescription) -> str:
    criteria = (criterion for group in draft.person_specification.groups for criterion in group.criteria)
    return "\n".join(
        f"- {text}"
        for criterion in criteria
        if criterion.importance is Importance.ESSENTIAL and (text := _answer(criterion.text))
    )


def _advert_duties(headings: Iterable[DutyHeading]) -> Iterator[str]:
    for heading in headings:
        yield "\n".join((heading.title, *(f"- {duty.text}" for duty in heading.duties)))
