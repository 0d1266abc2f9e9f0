"""What to write in each column of the workbook of posts and at each key of a post file, and an example of it.

What to write is asked in the words of the prompts, so that workbooks and files ask in the words in which documents do;
here is what no prompt says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from jdgen.drafting.library import Library
from jdgen.errors import list_words
from jdgen.post.field import Field, SheetColumn
from jdgen.starters.offers import EXAMPLE_BAND, ruled_categories
from jdgen.words import shorten, with_capital

#: What stands in the example of a column that few posts need.
USUALLY_EMPTY = "(usually empty)"
#: The column of which only some role categories have need.
FOR_SOME = "specialist_competences"
# Characters that are shown of what the workspace says of every post.
_LONGEST_GUIDANCE = 60


class _Words(NamedTuple):
    """What to write in a column, where no prompt says it, and an example."""

    what: str
    example: str


_WORDS: Mapping[str, _Words] = {
    "title": _Words("the job title, without the band", "Project planning specialist"),
    "specialism": _Words("the part of the framework that the job belongs to", ""),
    "band": _Words("the Agenda for Change band", EXAMPLE_BAND),
    "level": _Words("the framework's level, where the specialism has levels of its own", ""),
    "role_category": _Words("the kind of role that is nearest to the job", ""),
    "specialist_competences": _Words("what the specialist is strong in", ""),
    "readings": _Words("how a heading that can be read in two ways is to be read; HR fills it in", USUALLY_EMPTY),
    "skills": _Words("the level of each skill of which the framework leaves that to the post", USUALLY_EMPTY),
    "employer": _Words("", "North Moorshire Ambulance Service NHS Trust"),
    "department": _Words("", "Programme office"),
    "base": _Words("", "Trust headquarters, Moorgate Cross; some work at home"),
    "hours": _Words("", "37.5 hours a week"),
    "contract": _Words("", "Permanent"),
    "responsible_to": _Words("", "Programme office manager"),
    "accountable_to": _Words("", "Director of strategy"),
    "responsible_for": _Words("", "No direct reports"),
    "peers": _Words(
        "the other posts that report to the same manager, for the organisation chart", "Project analyst, Risk manager"
    ),
    "posts_managed": _Words(
        "the posts that report to this post, for the organisation chart; several alike as '2 analysts'", USUALLY_EMPTY
    ),
    "reference": _Words("", "NMAS-PC-0718"),
    "version": _Words("version of the job description", "1.0"),
    "je_reference": _Words("", "NMAS-JE-2025-041"),
    "picture.file": _Words("file name of a picture that lies beside this file, such as logo.png", USUALLY_EMPTY),
    "picture.description": _Words(
        "what the picture shows, in a few words, for people who cannot see it", USUALLY_EMPTY
    ),
    "organisation_chart.file": _Words(
        "file name of a picture that lies beside this file, in the place of the chart that jdgen draws", USUALLY_EMPTY
    ),
    "organisation_chart.description": _Words(
        "what the chart shows, in a sentence, for people who cannot see it", USUALLY_EMPTY
    ),
    "about": _Words("", "The trust answers 999 calls for 1.3 million people and employs 3,100 staff."),
    "values": _Words("", "Compassion in every contact\nCalm and honest"),
    "purpose": _Words("", "You plan six projects with their managers, so that the trust knows what is done when."),
    "dimensions": _Words(
        "the size of the job: staff, budget, projects, systems",
        "Staff: guides 2 project analysts\nProjects: plans 6, worth £2.4 million together",
    ),
    "relationships": _Words(
        "whom the post works with, and why",
        "Internal | Project managers | agree plans and dates\nExternal | Suppliers | question their dates",
    ),
    "decisions": _Words("", "Decides how each plan is built\nRefers changes of agreed dates to the project board"),
    "guidance": _Words(
        "", "Works within the trust's project standards. The programme office manager looks at plans once a month."
    ),
    "managing_people": _Words("", "None. Shows 2 project analysts how to build plans."),
    "planning": _Words("", "Plans 6 projects of up to 2 years, which share staff and suppliers."),
    "judgement": _Words(
        "",
        "Judges whether plans can be kept. For example, 2 projects need the same engineers in March.",
    ),
    "policy": _Words("", "Proposes changes to the trust's planning standard, which all project managers use."),
    "information": _Words("", "Keeps the plans of 6 projects in the planning system, and checks what others enter."),
    "research": _Words("", "Takes part in the yearly survey of project managers."),
    "training_at_entry": _Words(
        "", "A project management qualification at foundation level, or experience of such work."
    ),
    "training_in_post": _Words("", "The trust's planning system, by a 2-day course and practice within 3 months."),
    "physical_skills": _Words("", "None beyond everyday keyboard work."),
    "demands.physical.text": _Words("", "Keyboard work at a desk"),
    "demands.physical.frequency": _Words("", "Every day"),
    "demands.physical.duration": _Words("", "Up to 2 hours at a time"),
    "demands.mental.text": _Words("", "Checks plans of 400 lines against each other"),
    "demands.mental.frequency": _Words("", "Every week"),
    "demands.mental.duration": _Words("", "Up to 3 hours at a time"),
    "demands.emotional.text": _Words("", "Tells managers that a date cannot be met"),
    "demands.emotional.frequency": _Words("", "Once or twice a month"),
    "demands.emotional.duration": _Words("", "Up to 1 hour"),
    "demands.environment.text": _Words("", "Office work at a screen; drives to ambulance stations"),
    "demands.environment.frequency": _Words("", "Screen every day; driving twice a month"),
    "demands.environment.duration": _Words("", "Most of the day"),
    "duties.add": _Words("duties of this job that the framework does not have", ""),
    "duties.omit": _Words("duties of the framework that this job does not have, and why", ""),
    "duties.reword": _Words("duties of the framework in this job's own words, and why", ""),
    "duties.keep": _Words("duties that a review note is in doubt about and that are right for this job, and why", ""),
    "duties.order": _Words("duties in the order in which this job has them under their heading", ""),
    "criteria.add": _Words("what else a person needs for this job", ""),
    "criteria.omit": _Words("criteria that this job does not need, and why", ""),
    "entry_route": _Words("the way into the profession by which experience is asked for", ""),
    "framework": _Words("the framework, where several have the specialism", ""),
    "clauses": _Words("the set of general statements", "general"),
}


def what_to_write(field: Field, column: SheetColumn, libraries: Sequence[Library]) -> str:
    """What to write where ``column`` of ``field`` is asked for, and for whom, in sentences."""
    words = _WORDS.get(column.key)
    what = (words.what if words else "") or _ask_of_prompt(column.key, libraries[0]) or field.meaning or column.heading
    categories = ruled_categories(libraries) if column.key == FOR_SOME else ()
    return f"{sentence(what)} For {list_words(categories)} only." if categories else sentence(what)


def example_in(field: Field, column: SheetColumn) -> str:
    """An example of what to write there, whatever the framework; '' where there is none."""
    words = _WORDS.get(column.key)
    return (words.example if words else "") or field.example or ""


def limit_of(field: Field) -> str:
    """How long it may be, in a sentence; '' where there is no limit."""
    return f"At most {field.limit} characters." if field.limit else ""


def _ask_of_prompt(key: str, library: Library) -> str:
    """What the prompt for a column asks, if any does: ``demands.mental.text`` is asked for as ``demands.mental``."""
    first, last = key.split(".", maxsplit=1)[0], key.rsplit(".", maxsplit=1)[-1]
    # How often and how long are asked alike for all kinds of effort.
    names = (key, key.removesuffix(".text"), f"{first}.{last}")
    prompts = library.prompts.by_field
    return next((prompts[name].ask for name in names if name in prompts), "")


def sentence(text: str) -> str:
    """``text`` as a sentence; '' where there is none."""
    return f"{with_capital(text)}." if text else ""


def in_few_words(value: Any) -> str:
    """What the workspace says of every post, in a few words."""
    values = value if isinstance(value, list) else [value]
    texts = [text for text in values if isinstance(text, str)]
    return shorten("; ".join(texts), _LONGEST_GUIDANCE) if texts else "what your organisation says in every post"
