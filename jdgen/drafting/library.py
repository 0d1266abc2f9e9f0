"""Everything that a draft is made from besides the post and the date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from jdgen.drafting.adaptations import Adaptations
from jdgen.drafting.criteria import CriteriaLibrary
from jdgen.drafting.levels import LevelMapping, level_of
from jdgen.drafting.model import Clause, Giver, ReviewNote, Text
from jdgen.framework.model import Framework, Specialism
from jdgen.levels import AFC
from jdgen.post.model import Post
from jdgen.words import slug
from jdgen.yaml_files import YamlFile

# General statements: an organisation's fixed text, in versioned sets.


@dataclass(frozen=True)
class ClauseSet:
    """One set of general statements. Locked ones are the organisation's: a manager may not change them."""

    id: str
    version: str
    title: str
    clauses: tuple[Clause, ...]


def clause_set_of(file: YamlFile) -> ClauseSet:
    """The set in ``file``, which has been checked against its schema."""
    entry = file.value
    clauses = tuple(
        Clause(
            f"clause.{clause['id']}",
            Text(clause["title"], Giver.CLAUSES),
            Text(clause["text"], Giver.CLAUSES),
            clause["locked"],
        )
        for clause in entry["clauses"]
    )
    return ClauseSet(entry["id"], entry["version"], entry["title"], clauses)


# Prompts: what a draft says where the post says nothing, and the few phrases of jdgen's own.

_OPENING = "[To complete: "
_CLOSING = "]"


@dataclass(frozen=True)
class Prompt:
    """What to write in a field, and why a panel or an applicant needs it."""

    field: str
    ask: str
    why: str

    @property
    def text(self) -> str:
        """The prompt as printed."""
        return f"{_OPENING}{self.ask}{_CLOSING}"

    @property
    def note(self) -> ReviewNote:
        """The prompt as a review note."""
        printed = self.field.partition(".")[0]
        return ReviewNote("to complete", self.field, f"Not given: {self.ask}. {self.why}", (printed,))


@dataclass(frozen=True)
class Phrases:
    """Short texts of jdgen's own; the first two hold ``{band}`` and ``{reference}``."""

    band: str
    evaluated_band: str
    role_category: str
    version: str


@dataclass(frozen=True)
class Prompts:
    """All prompts, by field, and the phrases."""

    by_field: Mapping[str, Prompt]
    phrases: Phrases

    def __getitem__(self, field: str) -> Prompt:
        return self.by_field[field]


def is_prompt(text: str) -> bool:
    """Whether ``text`` is a prompt that nobody has answered yet."""
    return text.startswith(_OPENING) and text.endswith(_CLOSING)


def prompts_of(file: YamlFile) -> Prompts:
    """The prompts in ``file``, which has been checked against its schema."""
    prompts = (Prompt(**entry) for entry in file.value["prompts"])
    return Prompts({prompt.field: prompt for prompt in prompts}, Phrases(**file.value["phrases"]))


@dataclass(frozen=True, eq=False)
class Library:
    """The framework and the specialism of it, jdgen's own criteria and adaptations for them, the
    organisation's general statements, the prompts, and the levels that are taken for posts which name none.
    ``is_verbatim`` says that the framework's wording is left as published.

    ``former`` has the names of parts that the framework had in an earlier version and has no more, each with its title:
    a post that names one is not mistaken.

    Two libraries are the same only when they are one: what is made of a library is remembered for it.
    """

    framework: Framework
    specialism: Specialism
    adaptations: Adaptations
    criteria: CriteriaLibrary
    clauses: ClauseSet
    prompts: Prompts
    levels: LevelMapping | None = None
    is_verbatim: bool = False
    # It decides no text of a document by itself, so it is not in the digest of its inputs.
    former: Mapping[str, str] = field(default_factory=dict, repr=False)

    def verbatim(self) -> Library:
        """The same with the framework's wording left as published."""
        return replace(self, adaptations=self.adaptations.without_changes(), is_verbatim=True)


# Names of a framework's parts as people write them: by id, or by title.


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
