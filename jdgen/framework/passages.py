"""A framework as passages: every published text with its heading and its levels, whatever part of the file it is in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from jdgen.framework.model import Framework, Heading, Remark, RoleCategory, SourcePlace, Specialism
from jdgen.scales import LevelRange


@dataclass(frozen=True)
class Passage:
    """One published text. ``levels`` is missing where the source ties the text to no level; a list is one passage, its
    entries divided by line breaks. ``heading`` and ``title`` are the id and the title of what it stands under."""

    id: str
    specialism: str
    heading: str
    title: str
    levels: LevelRange | None
    text: str
    source: SourcePlace


def passages(framework: Framework) -> Iterator[Passage]:
    """All passages, in the order in which people read the framework."""
    for specialism in framework.specialisms:
        yield _of_remark(specialism, specialism.id, specialism.title, specialism.description)
        for category in specialism.role_categories:
            yield from _of_category(specialism, category)
        for row in specialism.rows:
            yield from _of_row(specialism, row)
    for competence in framework.competences:
        yield Passage(
            f"competence.{competence.id}", "", "competences", "Competences", None, competence.name, competence.source
        )


def _of_category(specialism: Specialism, category: RoleCategory) -> Iterator[Passage]:
    heading = f"role-category.{category.id}"
    for remark in category.statements:
        yield _of_remark(specialism, heading, category.title, remark)


def _of_remark(specialism: Specialism, heading: str, title: str, remark: Remark) -> Passage:
    return Passage(remark.id, specialism.id, heading, title, None, remark.text, remark.source)


def _of_row(specialism: Specialism, row: Heading) -> Iterator[Passage]:
    for statement in row.statements:
        text = statement.text or "\n".join(statement.entries)
        yield Passage(statement.id, specialism.id, row.id, row.title, statement.levels, text, statement.source)
