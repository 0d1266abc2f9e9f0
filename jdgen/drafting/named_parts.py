"""What a post names of its framework, as people write it: the level that it is drafted at, and parts by id or by title.

The level is the post's band, the level that it names, or the one that is taken for its band
(:mod:`jdgen.drafting.level_mapping`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from jdgen.drafting.level_mapping import find_level_of_scale
from jdgen.drafting.library import Library
from jdgen.drafting.review_notes import ReviewNote
from jdgen.errors import NOTHING_TO_NAME, Problem, did_you_mean, list_words, nearest
from jdgen.framework.model import Skill
from jdgen.levels import AFC, Level, list_levels
from jdgen.post.model import AddedCriterion, Post
from jdgen.words import as_written, bare_words, shorten, slug, with_capital


def level_of(post: Post, library: Library) -> Level | None:
    """The level that ``post`` is drafted at; none where :func:`level_problems` has something to say."""
    scale = library.specialism.scale
    if scale == AFC:
        return post.band
    if post.level is not None:
        return find_level_of_scale(post.level, scale)
    if len(scale.levels) == 1:  # nothing to choose, or none at all
        return scale.levels[0]
    return library.levels.level_at(post.band) if library.levels else None


def level_name(post: Post, library: Library) -> str:
    """The printed level of ``post``, or nothing where the framework's levels are bands."""
    level = None if library.specialism.scale == AFC else level_of(post, library)
    return str(level) if level else ""


def level_problems(post: Post, library: Library) -> Iterator[Problem]:
    """What keeps ``post`` from being drafted at a level of the framework."""
    specialism = library.specialism
    scale, level_list = specialism.scale, list_levels(specialism.levels)
    level = level_of(post, library)
    if scale == AFC and post.level is not None:
        what = f"a level is given, and the levels of {library.framework.id} are Agenda for Change bands"
        yield Problem(post.where("level"), what, "leave it out: the band says it")
    if level is not None and level not in specialism.levels:
        where = post.where("band" if post.level is None or scale == AFC else "level")
        what = f"the framework says nothing of {specialism.title} at {level.full_name}"
        yield Problem(where, what, f"choose from {level_list}")
    if level is None and post.level is not None and scale.is_empty:
        what = f"a level is given, and {library.framework.id} has none"
        yield Problem(post.where("level"), what, "leave it out")
    elif level is None and post.level is not None:
        what = f"'{post.level}' is no {scale.word} of {library.framework.id}"
        yield Problem(post.where("level"), what, did_you_mean(post.level, list(map(str, specialism.levels))))
    if level is None and post.level is None:
        mapping_text = f", and {library.levels.name} takes none for band {post.band}" if library.levels else ""
        what = f"the levels of {library.framework.id} are {scale.words}, the post names none{mapping_text}"
        yield Problem(
            post.where("level"),
            what,
            f"choose the level from {level_list} (level: {specialism.levels.lowest}, or --level)",
        )


def level_notes(post: Post, library: Library) -> Iterator[ReviewNote]:
    """A note where the level was taken for the post's band."""
    level = level_of(post, library)
    if library.levels is None or post.level is not None or level is None or len(level.scale.levels) == 1:
        return
    text = (
        f"The post names no {level.scale.word}. {with_capital(level.full_name)} is taken for band {post.band}, "
        f"by {library.levels.name} (version {library.levels.version}), and not by the framework. Its basis: "
        f"{library.levels.basis}"
    )
    yield ReviewNote("level", "level", text)


def former_notes(post: Post, library: Library) -> Iterator[ReviewNote]:
    """A note for each name that ``post`` has from an earlier version of the framework, and that is another now."""
    specialism, scale = library.specialism, library.specialism.scale
    if specialism.former and not is_named(post.specialism, specialism.id, specialism.title):
        yield _former_note("specialism", "specialism", post.specialism, specialism.title)
    if post.level is not None and scale.former and scale.is_former(post.level):
        yield _former_note("level", scale.word, post.level, str(scale.level(post.level)))
    by_field = {
        "added_duties": [duty.heading for duty in post.added_duties],
        "added_criteria": [reference for criterion in post.added_criteria for reference in criterion.serves],
    }
    for field, headings in by_field.items():
        for heading in dict.fromkeys(headings):
            row = next((row for row in specialism.headings if is_former_name(heading, row.former)), None)
            if row and not any(is_named(heading, other.id, other.title) for other in specialism.headings):
                yield _former_note(field, "heading", heading, row.title)


def _former_note(field: str, kind: str, name: str, today: str) -> ReviewNote:
    text = f"The post says '{name}', which is the former name of the {kind} '{today}'. It is read as that."
    return ReviewNote("former name", field, text)


# Parts of the framework and of jdgen's library, by the names that people call them.

_QUOTED = 61
# Words that tell no title from another.
_SMALL_WORDS = frozenset(("and", "or", "of", "the", "a", "for"))


class Names(NamedTuple):
    """What parts of one kind are called: the id by every key that means it, and nothing else."""

    ids: Mapping[str, str]

    def id_of(self, name: str) -> str:
        """The id of the part that ``name`` names; ``name`` itself where it names none, or any of several."""
        return self.ids.get(_key(name), name)

    def ids_of(self, name: str) -> tuple[str, ...]:
        """The ids of all parts that ``name`` names, as in ``Reviews and schedule management``; ``name`` itself
        where some of it names nothing, or where it can be divided in several ways."""
        key = _key(name)
        if part_id := self.ids.get(key):
            return (part_id,)
        return self._only_division(key.split("-")) or (name,)

    def _only_division(self, words: Sequence[str]) -> tuple[str, ...]:
        """The ids of the parts whose names ``words`` are, one after the other; none where there is no way to divide
        them so, or several.

        Each word is looked at once, from the last: to follow each way to its end takes twice as long with each word
        more, where a name is the beginning of another.
        """
        longest = max((key.count("-") + 1 for key in self.ids), default=0)
        # Of the words from each on: in how many ways they are names (two stand for any number), and what is the first.
        ways = [*(0 for _ in words), 1]
        lengths = [0 for _ in words]
        for start in reversed(range(len(words))):
            for end in range(start + 1, min(start + longest, len(words)) + 1):
                if ways[end] and "-".join(words[start:end]) in self.ids:
                    ways[start] = min(ways[start] + ways[end], 2)
                    lengths[start] = end - start
        if ways[0] != 1:
            return ()
        starts = [0]
        while (end := starts[-1] + lengths[starts[-1]]) < len(words):
            starts.append(end)
        return tuple(self.ids["-".join(words[start : start + lengths[start]])] for start in starts)


def names_of(parts: Iterable[tuple[str, Iterable[str]]]) -> Names:
    """The names of ``parts``, each an id and its titles. A title never takes the place of another part's id, and one
    that several parts have means none of them."""
    ids: dict[str, str] = {}
    ids_by_title: dict[str, set[str]] = {}
    for part_id, titles in parts:
        ids[_key(part_id)] = part_id
        for title in titles:
            ids_by_title.setdefault(_key(title), set()).add(part_id)
    return Names({key: next(iter(part_ids)) for key, part_ids in ids_by_title.items() if len(part_ids) == 1} | ids)


class _KnownNames(NamedTuple):
    """The names of all parts that a post may choose; ``readings`` are those of each heading that has several."""

    categories: Names
    competences: Names
    routes: Names
    headings: Names
    former_headings: Names
    readings: Mapping[str, Names]
    skills: Names
    groups: Names
    methods: Names


def by_id(post: Post, library: Library) -> Post:
    """``post`` with its level as printed, and with all that it names of the framework and of the library by id, where
    it was written in other ways.

    What is not there stays as written, for :mod:`jdgen.drafting.overrides` to report.
    """
    names = _known_names(library)
    resolved_fields: dict[str, Any] = {
        "level": _printed_level(post, library),
        "role_category": _resolve_if_given(post.role_category, names.categories),
        "specialist_competences": tuple(
            part_id for text in post.specialist_competences for part_id in names.competences.ids_of(text)
        ),
        "entry_route": _resolve_if_given(post.entry_route, names.routes),
        "readings": dict(_resolve_reading(*reading, names) for reading in post.readings.items()),
        "skills": dict(_resolve_skill(*skill, names, library) for skill in post.skills.items()),
        "added_duties": tuple(
            replace(duty, heading=names.former_headings.id_of(duty.heading)) for duty in post.added_duties
        ),
        "added_criteria": tuple(_resolve_criterion(criterion, names) for criterion in post.added_criteria),
    }
    changes = {name: value for name, value in resolved_fields.items() if value != getattr(post, name)}
    return replace(post, **changes) if changes else post


def _printed_level(post: Post, library: Library) -> str | None:
    if post.level is None or library.framework.scale == AFC:
        return post.level
    level = level_of(post, library)
    return str(level) if level else post.level


@lru_cache(maxsize=16)
def _known_names(library: Library) -> _KnownNames:
    specialism, criteria = library.specialism, library.criteria
    readable = [row for row in specialism.rows if row.readings]
    skills = {skill.id: skill.title for skill in library.framework.skills}
    return _KnownNames(
        categories=names_of(
            (category.id, (category.title, category.published_as)) for category in specialism.role_categories
        ),
        competences=names_of((competence.id, (competence.name,)) for competence in library.framework.competences),
        routes=names_of((route.id, (route.title,)) for route in specialism.entry_routes),
        headings=names_of((row.id, (row.title, *row.former)) for row in readable),
        former_headings=Names(
            {
                key: today
                for key, today in names_of((row.id, row.former) for row in specialism.headings).ids.items()
                if key not in {_key(name) for row in specialism.headings for name in (row.id, row.title)}
            }
        ),
        readings={row.id: names_of((reading.id, ()) for reading in row.readings) for row in readable},
        skills=names_of((name, (title,)) for name, title in {**library.former, **skills}.items()),
        groups=names_of((group, (title,)) for group, title in criteria.groups.items()),
        methods=names_of((method.code, (method.name,)) for method in criteria.assessment),
    )


def unknown_name(where: str, kind: str, name: str, titles: Mapping[str, str]) -> Problem:
    """What is told of a name that is none of the ``titles`` (by the ids of their parts), or may mean several parts."""
    name = as_written(name)
    several = [part_id for part_id, title in titles.items() if _key(title) == _key(name)]
    if len(several) > 1:
        right = f"name the {kind} by its id: {list_words(several)}"
        return Problem(where, f"'{name}' is the title of several", right)
    return Problem(where, f"unknown {kind} '{shorten(name, _QUOTED)}'", right_part(name, titles))


def right_part(name: str, titles: Mapping[str, str]) -> str:
    """What would be right in place of a name that is none of the ``titles`` (by the ids of their parts): these, as
    people know them; one that several parts have with its id."""
    if not titles:
        return NOTHING_TO_NAME
    all_titles = list(titles.values())
    choices = {
        part_id: title if all_titles.count(title) == 1 else f"{title} ({part_id})" for part_id, title in titles.items()
    }
    near = nearest_part(name, titles)
    all_choices = "; ".join(choices.values())
    return f"did you mean '{choices[near]}'? Known here: {all_choices}" if near else f"use one of {all_choices}"


def nearest_part(name: str, titles: Mapping[str, str]) -> str | None:
    """The id of the part that ``name`` may stand for: the only one whose title has all these words, the one whose
    title or id is written much alike, or the only one that its first letters name."""
    words = bare_words(name)
    part_words = {part_id: (bare_words(title), bare_words(part_id)) for part_id, title in titles.items()}
    search_words = {*words.split()} - _SMALL_WORDS
    matches = [part_id for part_id, names in part_words.items() if search_words and search_words <= {*names[0].split()}]
    if matches:
        return matches[0] if len(matches) == 1 else None
    ids_by_words = {key: part_id for part_id, names in part_words.items() for key in reversed(names)}
    if near := nearest(words, list(ids_by_words)):
        return ids_by_words[near]
    initials = "".join(word[0] for word in words.split())
    return ids_by_words.get(initials)


def is_named(name: str, part_id: str, title: str) -> bool:
    """Whether ``name`` means the part with this id and title."""
    return _key(name) in (_key(part_id), _key(title))


def is_former_name(name: str, former_names: Iterable[str]) -> bool:
    """Whether ``name`` is one of the names that a part had."""
    return any(_key(name) == _key(former_name) for former_name in former_names)


def _resolve_if_given(name: str | None, names: Names) -> str | None:
    return None if name is None else names.id_of(name)


def _resolve_reading(heading: str, reading: str, names: _KnownNames) -> tuple[str, str]:
    heading = names.headings.id_of(heading)
    return heading, names.readings[heading].id_of(reading) if heading in names.readings else reading


def _resolve_skill(skill: str, level: str, names: _KnownNames, library: Library) -> tuple[str, str]:
    """A skill by its id, with its level as printed."""
    skill = names.skills.id_of(skill)
    printed_level = (level_of_skill(level, other) for other in library.framework.skills if other.id == skill)
    return skill, str(next(printed_level, None) or level)


def level_of_skill(name: str, skill: Skill) -> Level | None:
    """The level of ``skill`` that a post names, if it is one."""
    return find_level_of_scale(name, skill.scale)


def _resolve_criterion(criterion: AddedCriterion, names: _KnownNames) -> AddedCriterion:
    codes = tuple(code for text in criterion.assessed_by for code in _codes(text, names.methods))
    # A code that somebody wrote twice stands twice.
    assessed_by = criterion.assessed_by if codes == criterion.assessed_by else tuple(dict.fromkeys(codes))
    return replace(
        criterion,
        group=names.groups.id_of(criterion.group),
        assessed_by=assessed_by,
        serves=tuple(map(names.former_headings.id_of, criterion.serves)),
    )


def _codes(text: str, methods: Names) -> tuple[str, ...]:
    """The codes that ``text`` names: ``A/I``, ``application form and interview``, or codes of one letter in a row,
    such as ``AI``."""
    letters = methods.ids_of(" ".join(text)) if text.isupper() and _key(text) not in methods.ids else ()
    return letters if len(letters) == len(text) else methods.ids_of(text)


@lru_cache(256)  # the names of a framework and of a batch of posts recur in every draft
def _key(name: str) -> str:
    """``Risks & Issues``, ``Risks and issues`` and ``risks-issues`` are one name."""
    return "-".join(word for word in slug(name).split("-") if word != "and")
