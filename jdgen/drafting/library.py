"""Everything that a draft is made from besides the post and the date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from jdgen.drafting.adaptations import Adaptations
from jdgen.drafting.criteria import CriteriaLibrary
from jdgen.drafting.doubts import NO_DOUBTS, Doubts
from jdgen.drafting.level_mapping import LevelMapping
from jdgen.drafting.model import Clause
from jdgen.drafting.nations import NationSign
from jdgen.drafting.review_notes import UNTIL_ANSWERED, ReviewNote
from jdgen.drafting.texts import PROMPT_CLOSING, PROMPT_OPENING, Giver, Text
from jdgen.errors import Problem, did_you_mean, refuse
from jdgen.framework.model import Framework, Specialism
from jdgen.text_files.values import YamlFile


class ClauseSet(NamedTuple):
    """One set of general statements. Locked ones are the organisation's: a manager may not change them."""

    id: str
    version: str
    title: str
    clauses: tuple[Clause, ...]


def clause_set_of(file: YamlFile, base: YamlFile | None = None, *, is_compact: bool = False) -> ClauseSet:
    """The set in ``file``, which has been checked against its schema; ``base`` is the one that it is based on, checked
    likewise. In the compact form a statement that has no sentence for it is there with its whole text.

    Raises :class:`JdgenError` where it does not say what stands where.
    """
    clauses = tuple(
        Clause(
            f"clause.{clause['id']}",
            Text(clause["title"], Giver.CLAUSES),
            Text(clause.get("compact", clause["text"]) if is_compact else clause["text"], Giver.CLAUSES),
            clause["locked"],
            is_compact,
        )
        for clause in clauses_in(file, base)
    )
    entry = file.value
    # Said in the document: what is in it of its statements is not all that there is.
    version = f"{entry['version']} (compact form)" if is_compact else entry["version"]
    return ClauseSet(entry["id"], version, entry["title"], clauses)


def clauses_in(file: YamlFile, base: YamlFile | None = None) -> list[Mapping[str, Any]]:
    """The statements of a set as its file has them, in printed order: those of ``base``, each in the place of which
    ``file`` may have another, and those that ``file`` adds. Raises :class:`JdgenError` as :func:`clause_set_of`."""
    clauses = {clause["id"]: clause for clause in base.value["clauses"]} if base else {}
    problems = []
    for number, clause in enumerate(file.value["clauses"]):
        if "after" not in clause or clause["after"] in clauses:
            clauses = _insert_clause(clause, clauses)
            continue
        what = f"no statement before it is called '{clause['after']}'"
        right = did_you_mean(clause["after"], list(clauses))
        problems.append(Problem(file.where(("clauses", number, "after")), what, right))
    refuse(problems)
    return list(clauses.values())


def _insert_clause(clause: Mapping[str, Any], clauses: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """``clauses``, by their ids, with ``clause`` behind the one that it names, else where its id is, else last."""
    if "after" not in clause:
        return {**clauses, clause["id"]: clause}
    new_order: dict[str, Mapping[str, Any]] = {}
    for id_, other in clauses.items():
        if id_ != clause["id"]:
            new_order[id_] = other
        if id_ == clause["after"]:
            new_order[clause["id"]] = clause
    return new_order


_NOT_GIVEN = "Not given: "
_PROMPTS = re.compile(rf"{re.escape(PROMPT_OPENING)}(.+?){re.escape(PROMPT_CLOSING)}")


class Prompt(NamedTuple):
    """What to write in a field, and why a panel or an applicant needs it. ``meanwhile`` is printed instead where nobody
    can answer yet, as before a panel has met; ``formerly`` is what jdgen printed there before it asked."""

    field: str
    ask: str
    why: str
    meanwhile: str = ""
    formerly: str = ""

    @property
    def text(self) -> str:
        """What is printed."""
        return self.meanwhile or self.request

    @property
    def request(self) -> str:
        """The prompt as printed where nothing else stands until there is an answer."""
        return f"{PROMPT_OPENING}{self.ask}{PROMPT_CLOSING}"

    @property
    def note(self) -> ReviewNote:
        """The prompt as a review note."""
        printed_field = self.field.partition(".")[0]
        if self.meanwhile:
            text = f"{_NOT_GIVEN}{self.ask}. {self.why} Until then the document says '{self.meanwhile}'."
            return ReviewNote(UNTIL_ANSWERED, self.field, text, (printed_field,))
        return ReviewNote("to complete", self.field, f"{_NOT_GIVEN}{self.ask}. {self.why}", (printed_field,))


class Phrases(NamedTuple):
    """Short texts of jdgen's own; the first two hold ``{band}`` and ``{reference}``."""

    band: str
    evaluated_band: str
    version: str


@dataclass(frozen=True)
class Prompts:
    """All prompts, by field, and the phrases."""

    by_field: Mapping[str, Prompt]
    phrases: Phrases

    def __getitem__(self, field: str) -> Prompt:
        return self.by_field[field]

    @property
    def meanwhile(self) -> Mapping[str, str]:
        """The texts that stand where nobody can answer yet, each by the prompt that it stands for: a document that has
        them is finished all the same."""
        return {prompt.request: prompt.meanwhile for prompt in self.by_field.values() if prompt.meanwhile}

    @property
    def as_good(self) -> Mapping[str, str]:
        """What documents may have in the place of what is printed today, each with that: they are up to date all the
        same, and get it when a release changes them."""
        formerly = {prompt.formerly: prompt.text for prompt in self.by_field.values() if prompt.formerly}
        return {**self.meanwhile, **formerly}


_OWN_PREFIX, _WHY_OWN = "own.", "It is a field of your organisation's own, and the template prints it."
_ROUNDED = str.maketrans("[]", "()")


def plain_ask(words: str) -> str:
    """What a prompt asks for in ``words`` that somebody else wrote."""
    return " ".join(words.translate(_ROUNDED).split())


def own_prompt(name: str, heading: str = "") -> Prompt:
    """The prompt for one of the organisation's own fields, which speaks in the ``heading`` that people know; where
    there is none, only its name says anything of it."""
    words = plain_ask(heading) or name.replace("_", " ")
    return Prompt(f"{_OWN_PREFIX}{name}", words, _WHY_OWN)


def own_heading(subject: str, text: str) -> tuple[str, str] | None:
    """The name of the organisation's own field, and its heading, that the note of its prompt is about; nothing for
    another note. A note is told by its ``subject`` and its ``text``."""
    ask = text.removeprefix(_NOT_GIVEN).removesuffix(f". {_WHY_OWN}")
    is_own = subject.startswith(_OWN_PREFIX) and text == f"{_NOT_GIVEN}{ask}. {_WHY_OWN}"
    return (subject.removeprefix(_OWN_PREFIX), ask) if is_own else None


def is_prompt(text: str) -> bool:
    """Whether ``text`` is a prompt that nobody has answered yet."""
    return text.startswith(PROMPT_OPENING) and text.endswith(PROMPT_CLOSING)


def prompts_in(text: str) -> tuple[str, ...]:
    """What the prompts in a printed ``text`` ask for."""
    return tuple(_PROMPTS.findall(text))


def asked_in(text: str) -> tuple[str, ...]:
    """How the review notes of the prompts in a printed ``text`` begin."""
    return tuple(f"{_NOT_GIVEN}{ask}." for ask in prompts_in(text))


def prompts_of(file: YamlFile) -> Prompts:
    """The prompts in ``file``, which has been checked against its schema."""
    prompts = (Prompt(**entry) for entry in file.value["prompts"])
    phrases = file.value["phrases"]
    return Prompts(
        {prompt.field: prompt for prompt in prompts},
        Phrases(**{name: phrases[name] for name in Phrases._fields}),
    )


class SpecialismIds(NamedTuple):
    """Which specialisms the current frameworks have: the id of each, after that of its framework."""

    ids: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Library:
    """The framework and the specialism of it, jdgen's own criteria and adaptations for them, the organisation's general
    statements, the prompts, the levels that are taken for posts which name none, doubts about what the framework's
    duties mean and whom they fit, and signs of other ``nations``, where the statements are those for England and nobody
    has said so. ``is_verbatim`` says that the framework's wording is left as published.

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
    # Nor do these: they are told in notes alone.
    doubts: Doubts = field(default=NO_DOUBTS, repr=False)
    nations: tuple[NationSign, ...] = field(default=(), repr=False)

    def verbatim(self) -> Library:
        """The same with the framework's wording left as published."""
        return replace(self, adaptations=self.adaptations.without_changes(), is_verbatim=True)
