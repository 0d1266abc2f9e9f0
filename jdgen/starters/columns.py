"""The columns of the workbook of posts: what to write in each, how, an example, and what it offers.

Headings, groups, limits and what depends on what are of the table of a post's fields; what to write, of the prompts, so
that the workbook asks in the words in which documents do. What there is to choose is the workspace's. A column in which
nothing can be chosen is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from jdgen.configuration import load_configuration
from jdgen.drafting.library import Library
from jdgen.drafting.loading import NO_FRAMEWORK, find_specialism, frameworks_in_use, gather, library_with
from jdgen.drafting.named_parts import is_named, right_part
from jdgen.drafting.profile import RoleProfile, role_profile
from jdgen.errors import JdgenError, Problem, list_words
from jdgen.framework.model import CompetenceRule, Framework, Specialism
from jdgen.levels import AFC
from jdgen.post.fields import BY_NAME, FIELDS, Field, FieldKind, SheetColumn
from jdgen.reports.form import Choices, FormColumn
from jdgen.sheets.columns import find_column, own_columns
from jdgen.words import shorten, slug
from jdgen.workspace import Workspace, shipped_folder

#: What stands in the example of a column that few posts need.
USUALLY_EMPTY = "(usually empty)"
#: What a list offers where the specialism that a row has offers nothing; it is read as no answer.
_NOTHING = "leave blank"


class _Words(NamedTuple):
    """What to write in a column, where no prompt says it, and an example."""

    what: str
    example: str


_WORDS: Mapping[str, _Words] = {
    "title": _Words("the job title, without the band", "Project planning specialist"),
    "specialism": _Words("the part of the framework that the job belongs to", ""),
    "band": _Words("the Agenda for Change band", "7"),
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
_NEW_LINE = "one on each line (Alt + Enter)"
#: How a cell is written: for the columns that have entries of their own form, and for the kinds of field.
_FORMS: Mapping[str, str] = {
    "dimensions": f"What is measured: how much; {_NEW_LINE}",
    "relationships": f"Internal or External | who | why; {_NEW_LINE}",
    "duties.add": f"Heading: the duty, beginning with a verb; {_NEW_LINE}",
    "duties.omit": f"Duty from the sheet Duties: the reason; {_NEW_LINE}",
    "duties.reword": f"Duty from the sheet Duties | the new words | the reason; {_NEW_LINE}",
    "duties.keep": f"Duty from the sheet Duties: the reason; {_NEW_LINE}",
    "duties.order": f"Duties from the sheet Duties; {_NEW_LINE}",
    "criteria.add": f"Essential or desirable | group | how it is assessed | the criterion; {_NEW_LINE}",
    "criteria.omit": f"Criterion from the sheet Criteria: the reason; {_NEW_LINE}",
    FieldKind.LINE.name: "One line",
    FieldKind.PROSE.name: "A few sentences; an empty line begins a new paragraph",
    FieldKind.TEXTS.name: f"Several: {_NEW_LINE}",
    FieldKind.WORDS.name: f"Several: with commas between, or {_NEW_LINE}",
    FieldKind.BAND.name: "Choose from the list",
    FieldKind.LEVEL.name: "Choose from the list",
    FieldKind.NAME.name: "Choose from the list",
    FieldKind.NAMES.name: "Choose from the list; for several, type them with ; between",
    FieldKind.READINGS.name: "Choose from the list; for several, one on each line (Alt + Enter)",
    FieldKind.SKILLS.name: "Choose from the list; for several, type them with ; between",
}
# What an offer that only begins a line does to a cell that holds something already.
_REPLACES = "The list offers beginnings: choosing again replaces the cell."
# Widths in characters: of a kind of field, and of columns that need more or less than others of theirs.
_WIDTHS: Mapping[FieldKind, int] = {
    FieldKind.LINE: 26,
    FieldKind.PROSE: 40,
    FieldKind.TEXTS: 40,
    FieldKind.WORDS: 40,
    FieldKind.ENTRIES: 44,
    FieldKind.BAND: 14,
    FieldKind.LEVEL: 18,
    FieldKind.NAME: 26,
    FieldKind.NAMES: 30,
    FieldKind.READINGS: 30,
    FieldKind.SKILLS: 30,
}
_OWN_WIDTHS: Mapping[str, int] = {"title": 38, "employer": 32, "version": 14, "hours": 20, "contract": 20, "base": 30}
# Characters that are shown of what the workspace says of every post.
_SHOWN = 60
_EFFORT_WIDTH = 20  # how often, and how long

#: From a library to what a column offers for its specialism.
_Offer = Callable[[Library], Iterable[str]]


class PostColumn(NamedTuple):
    """A column of the workbook, and how a cell of it is written."""

    form: FormColumn
    how: str


def libraries_of(workspace: Workspace, specialism: str | None, framework: str | None) -> tuple[Library, ...]:
    """What posts may be drafted from: of every specialism of the workspace, or of those that the two options name.

    Raises :class:`JdgenError` for names that nothing has, and for files with problems.
    """
    known = frameworks_in_use(workspace)
    if specialism is not None:
        chosen = [find_specialism(known, specialism, framework, "--specialism", "--framework")]
    else:
        chosen = [(one, pathway) for one in _named(known, framework) for pathway in one.specialisms]
    return gather(partial(library_with, workspace, *pair) for pair in chosen)


def _named(known: Sequence[Framework], framework: str | None) -> list[Framework]:
    if not known:
        raise JdgenError(NO_FRAMEWORK)
    named = [one for one in known if framework is None or is_named(framework, one.id, one.title)]
    if not named:
        right = right_part(str(framework), {one.id: one.title for one in known})
        raise JdgenError(Problem("--framework", f"unknown framework '{framework}'", right))
    return named


def statements_of(workspace: Workspace) -> list[str]:
    """The names of the workspace's own sets of general statements, and of the one that posts have by default. Those of
    other nations are no choice that a manager is asked for."""
    files = workspace.files("framework_data/clauses", "*.yaml")
    own = [file.stem for file in files if not file.is_relative_to(shipped_folder())]
    return sorted({load_configuration(workspace).statements, *own})


def columns_of(
    libraries: Sequence[Library], statements: Sequence[str], given: Mapping[str, Any], own: Mapping[str, str]
) -> tuple[PostColumn, ...]:
    """The columns for posts that are drafted from ``libraries``; ``statements`` are the sets of general ones, ``given``
    is what the workspace says of every post, by field, and ``own`` has the headings of the organisation's own fields.
    """
    offers = offers_of(libraries, statements)
    examples = dict(examples_of(libraries[0]))
    own_headings = own_columns(own)
    columns = [
        _column(
            field,
            column,
            libraries,
            choices=offers.get(column.key),
            example=examples.get(column.key, ""),
            given=given.get(field.key),
        )
        for field in FIELDS
        for column in field.columns
        if (column.key in offers or not field.kind.is_choice) and find_column(column.heading, own_headings) == column
    ]
    own_given = given.get(_OWN.key, {})
    return (*columns, *(_own_column(heading, own_given.get(name)) for name, heading in own.items()))


def name_of(specialism: Specialism) -> str:
    """What people choose for a specialism: its title, where jdgen knows it again by that."""
    return _known_again(specialism.id, specialism.title)


def _known_again(its_id: str, title: str) -> str:
    # A semicolon or a line's end would divide it, and a title without a letter of an id leads back to nothing.
    fits = slug(title) and ";" not in title and "\n" not in title and is_named(slug(title), its_id, title)
    return title if fits else its_id


# What a column offers.


def offers_of(libraries: Sequence[Library], statements: Sequence[str]) -> Mapping[str, Choices]:
    """What each column offers that offers something."""
    offers: dict[str, Choices] = {
        "specialism": Choices(tuple(dict.fromkeys(name_of(one.specialism) for one in libraries)))
    }
    names = [name_of(one.specialism) for one in libraries]
    several: dict[str, tuple[_Offer, bool]] = {
        "band": (_bands, False),
        "level": (_levels, False),
        "role_category": (_categories, False),
        "specialist_competences": (_competences, True),
        "readings": (_readings, True),
        "skills": (_skills, True),
        "entry_route": (_routes, False),
        "duties.add": (_headings, True),
        "criteria.add": (_ratings, True),
    }
    for key, (offer, is_open) in several.items():
        if found := _by_specialism(offer, libraries):
            offers[key] = replace(found, is_open=is_open)
    if len(names) > len(set(names)):
        offers["framework"] = Choices(tuple(dict.fromkeys(one.framework.id for one in libraries)))
    if len(statements) > 1:
        offers["clauses"] = Choices(tuple(statements))
    offers["dimensions"] = Choices(("Staff: ", "Budget: ", "Projects: ", "Systems: ", "Population: "), is_open=True)
    offers["relationships"] = Choices(("Internal | ", "External | "), is_open=True)
    return offers


def _by_specialism(offer: _Offer, libraries: Sequence[Library]) -> Choices | None:
    """What is offered, by specialism where that makes a difference; nothing where nothing is."""
    by: dict[str, tuple[str, ...]] = {}
    for library in libraries:
        name = name_of(library.specialism)
        by[name] = tuple(dict.fromkeys((*by.get(name, ()), *offer(library))))
    words = tuple(dict.fromkeys(word for its in by.values() for word in its))
    if not words:
        return None
    if len({*by.values()}) == 1:
        return Choices(words)
    return Choices(words, parent=_SPECIALISM, by={name: its or (_NOTHING,) for name, its in by.items()})


def _bands(library: Library) -> Iterator[str]:
    scale = library.specialism.scale
    return (str(level) for level in (library.specialism.levels if scale == AFC else AFC.levels))


def _levels(library: Library) -> Iterator[str]:
    scale = library.specialism.scale
    return (str(level) for level in library.specialism.levels if scale != AFC and not scale.is_empty)


def _categories(library: Library) -> Iterator[str]:
    return (_known_again(one.id, one.title) for one in library.specialism.role_categories)


def _rules(library: Library) -> Iterator[tuple[str, CompetenceRule]]:
    """The role categories that ask for specialist competences, each with its rule."""
    for category in library.specialism.role_categories:
        if category.competence_rule:
            yield _known_again(category.id, category.title), category.competence_rule


def _competences(library: Library) -> Iterator[str]:
    names = {one.id: _known_again(one.id, one.name) for one in library.framework.competences}
    return (names[one] for _, rule in _rules(library) for one in rule.at_least_one_of)


def _readings(library: Library) -> Iterator[str]:
    return (f"{row.id}: {reading.id}" for row in library.specialism.rows for reading in row.readings)


def _skills(library: Library) -> Iterator[str]:
    """Each skill whose level a post chooses, at each of its levels."""
    for name in library.specialism.chosen_skills:
        skill = library.framework.skill(name)
        yield from (f"{_known_again(skill.id, skill.title)}: {level}" for level in skill.scale.names)


def _routes(library: Library) -> Iterator[str]:
    return (_known_again(one.id, one.title) for one in library.specialism.entry_routes)


def _headings(library: Library) -> Iterator[str]:
    return (f"{one.id if ':' in one.title else one.title}: " for one in library.specialism.headings)


def _ratings(library: Library) -> Iterator[str]:
    codes = ", ".join(method.code for method in library.criteria.assessment[:2])
    for importance in ("Essential", "Desirable"):
        yield from (f"{importance} | {group} | {codes} | " for group in library.criteria.groups)


# What a column says.


def _column(
    field: Field,
    column: SheetColumn,
    libraries: Sequence[Library],
    *,
    choices: Choices | None,
    example: str,
    given: Any,
) -> PostColumn:
    how = _sentence(_FORMS.get(column.key) or _FORMS[column.kind.name])
    if field.limit:
        how = f"{how} {limit_of(field)}"
    is_needed = field.needed is not None and given is None
    left_empty = f"Leave it empty for {shown(given)}." if given is not None else ""
    guidance = " ".join(
        filter(None, ("Needed." if is_needed else "", what_to_write(field, column, libraries), left_empty))
    )
    ruled = _ruled(libraries) if column.key == _FOR_SOME else ()
    begins = choices is not None and choices.is_open and column.kind is FieldKind.ENTRIES
    form = FormColumn(
        column.heading,
        field.group.value,
        _width(column),
        guidance,
        f"{guidance} {how} {_REPLACES}" if begins else f"{guidance} {how}",
        example or example_in(field, column) or USUALLY_EMPTY,
        choices,
        limit=field.limit,
        is_needed=is_needed,
        needs=_HEADINGS.get(column.needs, ""),
        wanted_for=(_CATEGORY, ruled) if ruled else ("", ()),
    )
    return PostColumn(form, how)


def what_to_write(field: Field, column: SheetColumn, libraries: Sequence[Library]) -> str:
    """What to write where ``column`` of ``field`` is asked for, and for whom, in sentences."""
    words = _WORDS.get(column.key)
    what = (words.what if words else "") or _asked(column.key, libraries[0]) or field.printed or column.heading
    ruled = _ruled(libraries) if column.key == _FOR_SOME else ()
    return f"{_sentence(what)} For {list_words(ruled)} only." if ruled else _sentence(what)


def example_in(field: Field, column: SheetColumn) -> str:
    """An example of what to write there, whatever the framework; '' where there is none."""
    words = _WORDS.get(column.key)
    return (words.example if words else "") or field.example or ""


def limit_of(field: Field) -> str:
    """How long it may be, in a sentence; '' where there is no limit."""
    return f"At most {field.limit} characters." if field.limit else ""


def _ruled(libraries: Sequence[Library]) -> tuple[str, ...]:
    """The role categories that specialist competences are for."""
    return tuple(dict.fromkeys(name for library in libraries for name, _ in _rules(library)))


def _own_column(heading: str, given: Any) -> PostColumn:
    """The column of one of the organisation's own fields, of which only it knows more."""
    guidance = "A field of your organisation's own."
    if given is not None:
        guidance = f"{guidance} Leave it empty for {shown(given)}."
    how = _sentence(_FORMS[FieldKind.PROSE.name])
    form = FormColumn(
        heading, _OWN.group.value, _WIDTHS[FieldKind.LINE], guidance, f"{guidance} {how}", example=USUALLY_EMPTY
    )
    return PostColumn(form, how)


_OWN = BY_NAME["own"]
_HEADINGS = {column.key: column.heading for field in FIELDS for column in field.columns}
_FOR_SOME = "specialist_competences"
_SPECIALISM, _CATEGORY = _HEADINGS["specialism"], _HEADINGS["role_category"]


def _asked(key: str, library: Library) -> str:
    """What the prompt for a column asks, if any does: ``demands.mental.text`` is asked for as ``demands.mental``."""
    first, last = key.split(".", maxsplit=1)[0], key.rsplit(".", maxsplit=1)[-1]
    # How often and how long are asked alike for all kinds of effort.
    names = (key, key.removesuffix(".text"), f"{first}.{last}")
    prompts = library.prompts.by_field
    return next((prompts[name].ask for name in names if name in prompts), "")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def shown(given: Any) -> str:
    """What the workspace says of every post, in a few words."""
    listed = given if isinstance(given, list) else [given]
    texts = [one for one in listed if isinstance(one, str)]
    return shorten("; ".join(texts), _SHOWN) if texts else "what your organisation says in every post"


def _width(column: SheetColumn) -> int:
    if column.key.startswith("demands."):
        return _EFFORT_WIDTH if column.needs else 34
    return _OWN_WIDTHS.get(column.key, _WIDTHS[column.kind])


# An example that the framework has to fit.


def examples_of(library: Library) -> Iterator[tuple[str, str]]:
    """What the example chooses of the framework, by column."""
    specialism = library.specialism
    level = list(specialism.levels)[min(1, len(list(specialism.levels)) - 1)]
    band = str(level) if specialism.scale == AFC else _WORDS["band"].example
    yield "specialism", name_of(specialism)
    yield "band", band
    yield "level", "" if specialism.scale == AFC else str(level)
    ruled = next(_rules(library), None)
    if ruled:
        yield "role_category", ruled[0]
        yield "specialist_competences", next(_competences(library))
    else:
        yield "role_category", next(_categories(library), "")
    yield "entry_route", next(_routes(library), "")
    yield "framework", library.framework.id
    profile = role_profile(specialism, level)
    yield from _changed_duties(profile, library)
    yield "criteria.add", f"{list(_ratings(library))[-1]}Able to explain a delay to people outside projects"
    criteria = [one.id for one in library.criteria.criteria if one.bands is None or band in map(str, one.bands)]
    if criteria:
        yield "criteria.omit", f"{criteria[0]}: this post does not do it"


def _changed_duties(profile: RoleProfile, library: Library) -> Iterator[tuple[str, str]]:
    yield "duties.add", f"{list(_headings(library))[-1]}Teach colleagues to use the planning tool."
    held = [one.statement.id for one in profile.responsibilities]
    if len(held) > 1:
        yield "duties.omit", f"{held[-2]}: another team does this"
        yield "duties.reword", f"{held[-1]} | Advise project managers on plans. | The post advises on plans alone"
    if len(held) > 2:
        yield "duties.keep", f"{held[-3]}: this is the post's own work"
        yield "duties.order", f"{held[1]}, {held[0]}"
