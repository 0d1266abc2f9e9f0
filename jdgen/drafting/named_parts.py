"""What a post names of its framework, as people write it: the level that it is drafted at, and parts by id or by title.

The level is the post's band, the level that it names, or the one that is taken for its band
(:mod:`jdgen.drafting.level_mapping`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from jdgen.drafting.level_mapping import find_level_of_scale
from jdgen.drafting.library import Library
from jdgen.drafting.review_notes import ReviewNote
from jdgen.errors import Problem, did_you_mean, list_words, nearest
from jdgen.framework.model import Skill
from jdgen.levels import AFC, Level, list_levels
from jdgen.post.model import AddedCriterion, Post
from jdgen.words import as_written, bare_words, shorten, slug


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
    scale, offered = specialism.scale, list_levels(specialism.levels)
    level = level_of(post, library)
    if scale == AFC and post.level is not None:
        what = f"a level is given, and the levels of {library.framework.id} are Agenda for Change bands"
        yield Problem(post.where("level"), what, "leave it out: the band says it")
    if level is not None and level not in specialism.levels:
        where = post.where("band" if post.level is None or scale == AFC else "level")
        what = f"the framework says nothing of {specialism.title} at {level.full_name}"
        yield Problem(where, what, f"choose from {offered}")
    if level is None and post.level is not None and scale.is_empty:
        what = f"a level is given, and {library.framework.id} has none"
        yield Problem(post.where("level"), what, "leave it out")
    elif level is None and post.level is not None:
        what = f"'{post.level}' is no {scale.word} of {library.framework.id}"
        yield Problem(post.where("level"), what, did_you_mean(post.level, [str(one) for one in specialism.levels]))
    if level is None and post.level is None:
        known = f", and {library.levels.name} takes none for band {post.band}" if library.levels else ""
        what = f"the levels of {library.framework.id} are {scale.words}, the post names none{known}"
        yield Problem(
            post.where("level"),
            what,
            f"choose the level from {offered} (level: {specialism.levels.lowest}, or --level)",
        )


def level_notes(post: Post, library: Library) -> Iterator[ReviewNote]:
    """A note where the level was taken for the post's band."""
    level = level_of(post, library)
    if library.levels is None or post.level is not None or level is None or len(level.scale.levels) == 1:
        return
    named = level.full_name[0].upper() + level.full_name[1:]
    text = (
        f"The post names no {level.scale.word}. {named} is taken for band {post.band}, "
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
        "added_duties": [added.heading for added in post.added_duties],
        "added_criteria": [reference for added in post.added_criteria for reference in added.serves],
    }
    for field, headings in by_field.items():
        for heading in dict.fromkeys(headings):
            row = next((row for row in specialism.headings if is_former_name(heading, row.former)), None)
            if row and not any(is_named(heading, each.id, each.title) for each in specialism.headings):
                yield _former_note(field, "heading", heading, row.title)


def _former_note(field: str, kind: str, written: str, today: str) -> ReviewNote:
    text = f"The post says '{written}', which is the former name of the {kind} '{today}'. It is read as that."
    return ReviewNote("former name", field, text)


# Parts of the framework and of jdgen's library, by the names that people call them.

_QUOTED = 61
# Words that tell no title from another.
_SMALL_WORDS = frozenset(("and", "or", "of", "the", "a", "for"))


class Names(NamedTuple):
    """What parts of one kind are called: the id by every key that means it, and nothing else."""

    ids: Mapping[str, str]

    def id_of(self, written: str) -> str:
        """The id of the part that ``written`` names; ``written`` itself where it names none, or any of several."""
        return self.ids.get(_key(written), written)

    def ids_of(self, written: str) -> tuple[str, ...]:
        """The ids of all parts that ``written`` names, as in ``Reviews and schedule management``; ``written`` itself
        where some of it names nothing, or where it can be divided in several ways."""
        found = self.ids.get(_key(written))
        ways = [(found,)] if found else list(islice(self._divided(_key(written).split("-")), 2))
        return ways[0] if len(ways) == 1 else (written,)

    def _divided(self, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The ways in which ``words`` are names, one after the other."""
        if not words:
            yield ()
        for count in range(1, len(words) + 1):
            if named := self.ids.get("-".join(words[:count])):
                for others in self._divided(words[count:]):
                    yield named, *others


def names_of(parts: Iterable[tuple[str, Iterable[str]]]) -> Names:
    """The names of ``parts``, each an id and its titles. A title never takes the place of another part's id, and one
    that several parts have means none of them."""
    ids: dict[str, str] = {}
    titled: dict[str, set[str]] = {}
    for known_id, titles in parts:
        ids[_key(known_id)] = known_id
        for title in titles:
            titled.setdefault(_key(title), set()).add(known_id)
    return Names({key: next(iter(named)) for key, named in titled.items() if len(named) == 1} | ids)


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
    resolved: dict[str, Any] = {
        "level": _printed_level(post, library),
        "role_category": _resolve_if_given(post.role_category, names.categories),
        "specialist_competences": _resolve_several(post.specialist_competences, names.competences),
        "entry_route": _resolve_if_given(post.entry_route, names.routes),
        "readings": dict(_resolve_reading(*reading, names) for reading in post.readings.items()),
        "skills": dict(_resolve_skill(*skill, names, library) for skill in post.skills.items()),
        "added_duties": tuple(
            replace(one, heading=names.former_headings.id_of(one.heading)) for one in post.added_duties
        ),
        "added_criteria": tuple(_resolve_criterion(one, names) for one in post.added_criteria),
    }
    changes = {name: value for name, value in resolved.items() if value != getattr(post, name)}
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
    skills = {one.id: one.title for one in library.framework.skills}
    return _KnownNames(
        categories=names_of((one.id, (one.title, one.published_as)) for one in specialism.role_categories),
        competences=names_of((one.id, (one.name,)) for one in library.framework.competences),
        routes=names_of((one.id, (one.title,)) for one in specialism.entry_routes),
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


def unknown_name(where: str, kind: str, written: str, known: Mapping[str, str]) -> Problem:
    """What is told of a name that means nothing that is ``known``, which are titles by ids, or may mean several."""
    written = as_written(written)
    several = [known_id for known_id, title in known.items() if _key(title) == _key(written)]
    if len(several) > 1:
        right = f"name the {kind} by its id: {list_words(several)}"
        return Problem(where, f"'{written}' is the title of several", right)
    return Problem(where, f"unknown {kind} '{shorten(written, _QUOTED)}'", right_part(written, known))


def right_part(written: str, known: Mapping[str, str]) -> str:
    """What would be right in place of a name that means nothing that is ``known``, which are titles by ids: by titles,
    as people know them; one that several parts have with its id."""
    if not known:
        return "leave it out: there is none to name"
    titles = list(known.values())
    called = {
        known_id: title if titles.count(title) == 1 else f"{title} ({known_id})" for known_id, title in known.items()
    }
    near = nearest_part(written, known)
    listed = "; ".join(called.values())
    return f"did you mean '{called[near]}'? Known here: {listed}" if near else f"use one of {listed}"


def nearest_part(written: str, known: Mapping[str, str]) -> str | None:
    """The id of the part that ``written`` may stand for: the only one whose title has all these words, the one whose
    title or id is written much alike, or the only one that its first letters name."""
    words = bare_words(written)
    called = {known_id: (bare_words(title), bare_words(known_id)) for known_id, title in known.items()}
    asked = {*words.split()} - _SMALL_WORDS
    having = [known_id for known_id, names in called.items() if asked and asked <= {*names[0].split()}]
    if having:
        return having[0] if len(having) == 1 else None
    of_name = {name: known_id for known_id, names in called.items() for name in reversed(names)}
    if near := nearest(words, list(of_name)):
        return of_name[near]
    initials = "".join(word[0] for word in words.split())
    return of_name.get(initials)


def is_named(written: str, known_id: str, title: str) -> bool:
    """Whether ``written`` means the part with this id and title."""
    return _key(written) in (_key(known_id), _key(title))


def is_former_name(written: str, former: Iterable[str]) -> bool:
    """Whether ``written`` is one of the names that a part had."""
    return any(_key(written) == _key(name) for name in former)


def _resolve_if_given(written: str | None, names: Names) -> str | None:
    return None if written is None else names.id_of(written)


def _resolve_several(written: Iterable[str], names: Names) -> tuple[str, ...]:
    return tuple(named for each in written for named in names.ids_of(each))


def _resolve_reading(heading: str, reading: str, names: _KnownNames) -> tuple[str, str]:
    heading = names.headings.id_of(heading)
    return heading, names.readings[heading].id_of(reading) if heading in names.readings else reading


def _resolve_skill(skill: str, level: str, names: _KnownNames, library: Library) -> tuple[str, str]:
    """A skill by its id, with its level as printed."""
    skill = names.skills.id_of(skill)
    known = (level_of_skill(level, one) for one in library.framework.skills if one.id == skill)
    return skill, str(next(known, None) or level)


def level_of_skill(written: str, skill: Skill) -> Level | None:
    """The level of ``skill`` that a post names, if it is one."""
    return find_level_of_scale(written, skill.scale)


def _resolve_criterion(criterion: AddedCriterion, names: _KnownNames) -> AddedCriterion:
    codes = tuple(code for written in criterion.assessed_by for code in _codes(written, names.methods))
    # A code that somebody wrote twice stands twice.
    assessed_by = criterion.assessed_by if codes == criterion.assessed_by else tuple(dict.fromkeys(codes))
    return replace(
        criterion,
        group=names.groups.id_of(criterion.group),
        assessed_by=assessed_by,
        serves=tuple(map(names.former_headings.id_of, criterion.serves)),
    )


def _codes(written: str, methods: Names) -> tuple[str, ...]:
    """The codes that ``written`` names: ``A/I``, ``application form and interview``, or codes of one letter in a row,
    such as ``AI``."""
    letters = methods.ids_of(" ".join(written)) if written.isupper() and _key(written) not in methods.ids else ()
    return letters if len(letters) == len(written) else methods.ids_of(written)


@lru_cache(256)  # the names of a framework and of a batch of posts recur in every draft
def _key(name: str) -> str:
    """``Risks & Issues``, ``Risks and issues`` and ``risks-issues`` are one name."""
    return "-".join(word for word in slug(name).split("-") if word != "and")
