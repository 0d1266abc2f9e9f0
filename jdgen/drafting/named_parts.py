"""What a post names of its framework, as people write it: the level that it is drafted at, and parts by id or by title.

The level is the post's band, the level that it names, or the one that is taken for its band
(:mod:`jdgen.drafting.level_mapping`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from jdgen.drafting.level_mapping import find_level_of_scale
from jdgen.drafting.library import Library
from jdgen.drafting.model import ReviewNote
from jdgen.errors import Problem, did_you_mean
from jdgen.levels import AFC, Level, list_levels
from jdgen.post.model import Post
from jdgen.words import slug


def level_of(post: Post, library: Library) -> Level | None:
    """The level that ``post`` is drafted at; none where :func:`level_problems` has something to say."""
    scale = library.specialism.scale
    if scale == AFC:
        return post.band
    if post.level is None:
        return library.levels.level_at(post.band) if library.levels else None
    return find_level_of_scale(post.level, scale)


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
        what = f"the framework says nothing of {specialism.title} at {level.named}"
        yield Problem(where, what, f"choose from {offered}")
    if level is None and post.level is not None:
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
    if library.levels is None or post.level is not None or level is None:
        return
    named = level.named[0].upper() + level.named[1:]
    text = (
        f"The post names no {level.scale.word}. {named} is taken for band {post.band}, "
        f"by {library.levels.name} (version {library.levels.version}), and not by the framework. Its basis: "
        f"{library.levels.basis}"
    )
    yield ReviewNote("level", "level", text)


@dataclass(frozen=True)
class _Names:
    """What each key means: role categories, competences, entry routes."""

    categories: Mapping[str, str]
    competences: Mapping[str, str]
    routes: Mapping[str, str]


def by_id(post: Post, library: Library) -> Post:
    """``post`` with its level as printed, and its role category, competences and entry route by id, where they were
    written in other ways.

    What the framework does not have stays as written, for :mod:`jdgen.drafting.overrides` to report.
    """
    names = _names(library)
    category, route = (
        _resolve_if_given(post.role_category, names.categories),
        _resolve_if_given(post.entry_route, names.routes),
    )
    competences = tuple(_resolve(name, names.competences) for name in post.specialist_competences)
    level = _printed_level(post, library)
    found = level, category, competences, route
    if found == (post.level, post.role_category, post.specialist_competences, post.entry_route):
        return post
    return replace(post, level=level, role_category=category, specialist_competences=competences, entry_route=route)


def _printed_level(post: Post, library: Library) -> str | None:
    if post.level is None or library.framework.scale == AFC:
        return post.level
    level = level_of(post, library)
    return str(level) if level else post.level


@lru_cache(maxsize=16)
def _names(library: Library) -> _Names:
    categories = (
        (category.id, (category.title, category.published_as)) for category in library.specialism.role_categories
    )
    competences = ((competence.id, (competence.name,)) for competence in library.framework.competences)
    routes = ((route.id, (route.title,)) for route in library.specialism.entry_routes)
    return _Names(_ids(categories), _ids(competences), _ids(routes))


def is_named(written: str, known_id: str, title: str) -> bool:
    """Whether ``written`` means the part with this id and title."""
    return _key(written) in (_key(known_id), _key(title))


def _ids(named: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Id by every key that means it. A title never takes the place of another part's id."""
    parts = [(known_id, tuple(titles)) for known_id, titles in named]
    by_title = {_key(title): known_id for known_id, titles in parts for title in titles}
    return by_title | {_key(known_id): known_id for known_id, _ in parts}


def _resolve(written: str, ids: Mapping[str, str]) -> str:
    return ids.get(_key(written), written)


def _resolve_if_given(written: str | None, ids: Mapping[str, str]) -> str | None:
    return None if written is None else _resolve(written, ids)


@lru_cache(256)  # the names of a framework and of a batch of posts recur in every draft
def _key(name: str) -> str:
    """``Risks & Issues``, ``Risks and issues`` and ``risks-issues`` are one name."""
    return "-".join(word for word in slug(name).split("-") if word != "and")
