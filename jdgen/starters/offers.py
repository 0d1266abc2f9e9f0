"""What a workspace offers for a post: its specialisms, and what the framework of each has to choose among.

It is what the lists of the workbook of posts have, and what a post file names. An example of a post has to choose among
it, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from jdgen.configuration import load_configuration
from jdgen.drafting.frameworks_here import NO_FRAMEWORK, find_specialism, frameworks_in_use, pathways_in
from jdgen.drafting.library import Library
from jdgen.drafting.loading import library_with
from jdgen.drafting.named_parts import is_named, right_part
from jdgen.drafting.profile import RoleProfile, role_profile
from jdgen.errors import JdgenError, Problem, gather
from jdgen.framework.model import CompetenceRule, Framework, Specialism
from jdgen.levels import AFC
from jdgen.post.fields import BY_NAME
from jdgen.reports.workbook_form import Choices
from jdgen.words import slug
from jdgen.workspace import Workspace, shipped_folder

#: The band of the example, where the framework has no levels of its own.
EXAMPLE_BAND = "7"
#: What a list offers where the specialism that a row has offers nothing; it is read as no answer.
_NOTHING = "leave blank"
#: From a library to what a column offers for its specialism.
_Offer = Callable[[Library], Iterable[str]]


def libraries_of(workspace: Workspace, specialism: str | None, framework: str | None) -> tuple[Library, ...]:
    """What posts may be drafted from: of every specialism of the workspace, or of those that the two options name.

    Raises :class:`JdgenError` for names that nothing has, and for files with problems.
    """
    frameworks = frameworks_in_use(workspace)
    if specialism is not None:
        pathways = [find_specialism(frameworks, specialism, framework, "--specialism", "--framework")]
    else:
        pathways = pathways_in(_frameworks_to_offer(frameworks, framework))
    return gather(partial(library_with, workspace, *pair) for pair in pathways)


def _frameworks_to_offer(frameworks: Sequence[Framework], framework: str | None) -> list[Framework]:
    if not frameworks:
        raise JdgenError(NO_FRAMEWORK)
    matches = [each for each in frameworks if framework is None or is_named(framework, each.id, each.title)]
    if not matches:
        right = right_part(str(framework), {candidate.id: candidate.title for candidate in frameworks})
        raise JdgenError(Problem("--framework", f"unknown framework '{framework}'", right))
    return matches


def statements_of(workspace: Workspace) -> list[str]:
    """The names of the workspace's own sets of general statements, and of the one that posts have by default. Those of
    other nations are no choice that a manager is asked for."""
    files = workspace.files("framework_data/clauses", "*.yaml")
    own_names = [file.stem for file in files if not file.is_relative_to(shipped_folder())]
    return sorted({load_configuration(workspace).statements, *own_names})


def name_of(specialism: Specialism) -> str:
    """What people choose for a specialism: its title, where jdgen knows it again by that."""
    return _name_or_id(specialism.id, specialism.title)


def _name_or_id(its_id: str, title: str) -> str:
    # A semicolon or a line's end would divide it, and a title without a letter of an id leads back to nothing.
    fits = slug(title) and ";" not in title and "\n" not in title and is_named(slug(title), its_id, title)
    return title if fits else its_id


# What a column offers.


def offers_of(libraries: Sequence[Library], statements: Sequence[str]) -> Mapping[str, Choices]:
    """What each column offers that offers something."""
    offers: dict[str, Choices] = {
        "specialism": Choices(tuple(dict.fromkeys(name_of(library.specialism) for library in libraries)))
    }
    names = [name_of(library.specialism) for library in libraries]
    offers_by_specialism: dict[str, tuple[_Offer, bool]] = {
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
    for key, (offer, is_open) in offers_by_specialism.items():
        if choices := _by_specialism(offer, libraries):
            offers[key] = replace(choices, is_open=is_open)
    if len(names) > len(set(names)):
        offers["framework"] = Choices(tuple(dict.fromkeys(library.framework.id for library in libraries)))
    if len(statements) > 1:
        offers["clauses"] = Choices(tuple(statements))
    offers["dimensions"] = Choices(("Staff: ", "Budget: ", "Projects: ", "Systems: ", "Population: "), is_open=True)
    offers["relationships"] = Choices(("Internal | ", "External | "), is_open=True)
    return offers


def _by_specialism(offer: _Offer, libraries: Sequence[Library]) -> Choices | None:
    """What is offered, by specialism where that makes a difference; nothing where nothing is."""
    words_by_specialism: dict[str, tuple[str, ...]] = {}
    for library in libraries:
        name = name_of(library.specialism)
        words_by_specialism[name] = tuple(dict.fromkeys((*words_by_specialism.get(name, ()), *offer(library))))
    words = tuple(dict.fromkeys(word for specialism_words in words_by_specialism.values() for word in specialism_words))
    if not words:
        return None
    if len({*words_by_specialism.values()}) == 1:
        return Choices(words)
    return Choices(
        words,
        parent=BY_NAME["specialism"].heading,
        by={name: specialism_words or (_NOTHING,) for name, specialism_words in words_by_specialism.items()},
    )


def _bands(library: Library) -> Iterator[str]:
    scale = library.specialism.scale
    return (str(level) for level in (library.specialism.levels if scale == AFC else AFC.levels))


def _levels(library: Library) -> Iterator[str]:
    scale = library.specialism.scale
    return (str(level) for level in library.specialism.levels if scale != AFC and not scale.is_empty)


def _categories(library: Library) -> Iterator[str]:
    return (_name_or_id(category.id, category.title) for category in library.specialism.role_categories)


def _rules(library: Library) -> Iterator[tuple[str, CompetenceRule]]:
    """The role categories that ask for specialist competences, each with its rule."""
    for category in library.specialism.role_categories:
        if category.competence_rule:
            yield _name_or_id(category.id, category.title), category.competence_rule


def _competences(library: Library) -> Iterator[str]:
    names = {competence.id: _name_or_id(competence.id, competence.name) for competence in library.framework.competences}
    return (names[competence_id] for _, rule in _rules(library) for competence_id in rule.at_least_one_of)


def _readings(library: Library) -> Iterator[str]:
    return (f"{row.id}: {reading.id}" for row in library.specialism.rows for reading in row.readings)


def _skills(library: Library) -> Iterator[str]:
    """Each skill whose level a post chooses, at each of its levels."""
    for name in library.specialism.chosen_skills:
        skill = library.framework.skill(name)
        yield from (f"{_name_or_id(skill.id, skill.title)}: {level}" for level in skill.scale.names)


def _routes(library: Library) -> Iterator[str]:
    return (_name_or_id(route.id, route.title) for route in library.specialism.entry_routes)


def _headings(library: Library) -> Iterator[str]:
    return (f"{heading.id if ':' in heading.title else heading.title}: " for heading in library.specialism.headings)


def _ratings(library: Library) -> Iterator[str]:
    codes = ", ".join(library.criteria.usual_codes)
    for importance in ("Essential", "Desirable"):
        yield from (f"{importance} | {group} | {codes} | " for group in library.criteria.groups)


def ruled_categories(libraries: Sequence[Library]) -> tuple[str, ...]:
    """The role categories that specialist competences are for."""
    return tuple(dict.fromkeys(name for library in libraries for name, _ in _rules(library)))


# An example that the framework has to fit.


def examples_of(library: Library) -> Iterator[tuple[str, str]]:
    """What the example chooses of the framework, by column."""
    specialism = library.specialism
    level = list(specialism.levels)[min(1, len(list(specialism.levels)) - 1)]
    band = str(level) if specialism.scale == AFC else EXAMPLE_BAND
    yield "specialism", name_of(specialism)
    yield "band", band
    yield "level", "" if specialism.scale == AFC else str(level)
    category_and_rule = next(_rules(library), None)
    if category_and_rule:
        yield "role_category", category_and_rule[0]
        yield "specialist_competences", next(_competences(library))
    else:
        yield "role_category", next(_categories(library), "")
    yield "entry_route", next(_routes(library), "")
    yield "framework", library.framework.id
    profile = role_profile(specialism, level)
    yield from _duty_examples(profile, library)
    yield "criteria.add", f"{list(_ratings(library))[-1]}Able to explain a delay to people outside projects"
    criteria = (each for each in library.criteria.criteria if each.bands is None or band in map(str, each.bands))
    if (criterion := next(criteria, None)) is not None:
        yield "criteria.omit", f"{criterion.id}: this post does not do it"


def _duty_examples(profile: RoleProfile, library: Library) -> Iterator[tuple[str, str]]:
    yield "duties.add", f"{list(_headings(library))[-1]}Teach colleagues to use the planning tool."
    duty_ids = [responsibility.statement.id for responsibility in profile.responsibilities]
    if len(duty_ids) > 1:
        yield "duties.omit", f"{duty_ids[-2]}: another team does this"
        yield "duties.reword", f"{duty_ids[-1]} | Advise project managers on plans. | The post advises on plans alone"
    if len(duty_ids) > 2:
        yield "duties.keep", f"{duty_ids[-3]}: this is the post's own work"
        yield "duties.order", f"{duty_ids[1]}, {duty_ids[0]}"
