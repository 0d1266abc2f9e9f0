"""What a post may choose, and what no version of the framework has offered."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from jdgen.drafting.levels import level_problems
from jdgen.drafting.library import Library
from jdgen.errors import Problem, did_you_mean, listed
from jdgen.framework.model import Framework, RoleCategory, Specialism
from jdgen.post.model import Post


def choice_problems(post: Post, library: Library) -> Iterator[Problem]:
    """Every choice of the post that the framework does not offer and never has, each with the choices."""
    yield from level_problems(post, library)
    yield from named_problems(post, library)


def named_problems(post: Post, library: Library) -> Iterator[Problem]:
    """Those of its choices that do not depend on the level."""
    framework, specialism = library.framework, library.specialism
    categories = [category.id for category in specialism.role_categories]
    if post.role_category not in library.former:
        yield from _unknown(post, "role_category", "role category", post.role_category, categories)
    routes = [route.id for route in specialism.entry_routes]
    if post.entry_route not in library.former:
        yield from _unknown(post, "entry_route", "entry route", post.entry_route, routes)
    yield from _competence_problems(post, framework, specialism, library.former)


def _unknown(post: Post, field: str, named: str, written: str | None, known: Sequence[str]) -> Iterator[Problem]:
    if written is not None and written not in known:
        yield Problem(post.where(field), f"unknown {named} '{written}'", did_you_mean(written, known))


def _competence_problems(
    post: Post, framework: Framework, specialism: Specialism, former: Container[str]
) -> Iterator[Problem]:
    where = post.where("specialist_competences")
    known = [competence.id for competence in framework.competences]
    unknown = [name for name in post.specialist_competences if name not in known and name not in former]
    for competence in unknown:
        yield Problem(where, f"unknown competence '{competence}'", did_you_mean(competence, known))
    category = next((category for category in specialism.role_categories if category.id == post.role_category), None)
    rule = category.competence_rule if category else None
    if category and rule:
        yield from _rule_problems(post, category, former)
    elif any(name not in former for name in post.specialist_competences) and post.role_category not in former:
        ruled = listed(f"'{category.id}'" for category in specialism.role_categories if category.competence_rule)
        yield Problem(
            where,
            "specialist competences are given for a post that is no specialist's",
            f"choose the role category {ruled}",
        )


def _rule_problems(post: Post, category: RoleCategory, former: Container[str]) -> Iterator[Problem]:
    rule = category.competence_rule
    assert rule is not None
    where = post.where("specialist_competences" if post.specialist_competences else "role_category")
    if not post.specialist_competences and category.id not in former:
        right = f"name at least one of {listed(rule.at_least_one_of)}"
        yield Problem(where, f"a {category.title} needs a specialist competence and none is named", right)
    for competence in post.specialist_competences:
        if competence in rule.all_of and competence not in former:
            right = f"name at least one of {listed(rule.at_least_one_of)}"
            yield Problem(where, f"'{competence}' is asked of every {category.title} already", right)
    for competence in sorted(
        {name for name in post.specialist_competences if post.specialist_competences.count(name) > 1}
    ):
        yield Problem(where, f"'{competence}' is named twice", "name it once")


def reading_problems(post: Post, specialism: Specialism) -> Iterator[Problem]:
    """Readings asked for on the command line that the framework does not offer. Those of a file may be of an earlier
    version, and are told in notes."""
    readable = {row.id: [reading.id for reading in row.readings] for row in specialism.rows if row.readings}
    for heading, reading in post.readings.items():
        if not post.is_option(place := f"readings.{heading}"):
            continue
        if heading not in readable:
            what = f"'{heading}' has only one reading"
            yield Problem(post.where(place), what, f"readings can be chosen for {listed(readable)}")
        elif reading not in readable[heading]:
            what = f"unknown reading '{reading}' of '{heading}'"
            yield Problem(post.where(place), what, did_you_mean(reading, readable[heading]))
