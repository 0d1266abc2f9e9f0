"""Names of a framework's parts as people write them: by id, or by title."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from jdgen.bands import AFC
from jdgen.drafting.levels import level_of
from jdgen.drafting.library import Library
from jdgen.post.model import Post
from jdgen.reading.text import slug


@dataclass(frozen=True)
class _Names:
    """What each key means: role categories, competences, entry routes."""

    categories: Mapping[str, str]
    competences: Mapping[str, str]
    routes: Mapping[str, str]


def by_id(post: Post, library: Library) -> Post:
    """``post`` with its level as printed, and its role category, competences and entry route by id, where they were
    written in other ways.

    What the framework does not have stays as written, for :mod:`jdgen.drafting.choices` to report.
    """
    names = _names(library)
    category, route = _found(post.role_category, names.categories), _found(post.entry_route, names.routes)
    competences = tuple(_meant(name, names.competences) for name in post.specialist_competences)
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


def _meant(written: str, ids: Mapping[str, str]) -> str:
    return ids.get(_key(written), written)


def _found(written: str | None, ids: Mapping[str, str]) -> str | None:
    return None if written is None else _meant(written, ids)


@lru_cache(256)  # the names of a framework and of a batch of posts recur in every draft
def _key(name: str) -> str:
    """``Risks & Issues``, ``Risks and issues`` and ``risks-issues`` are one name."""
    return "-".join(word for word in slug(name).split("-") if word != "and")
