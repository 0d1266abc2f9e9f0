"""The outline of a document: its sections by name, in order, each of which can be left out or put in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

#: The order of sections where the outline of a kind of document does not say otherwise.
ORDER = (
    *("details", "about", "values", "purpose", "dimensions", "relationships", "complexity", "role-category", "duties"),
    *("decisions", "demands", "entry-routes", "qualifications", "statements", "person-specification", "agreement"),
    "source",
)


@dataclass(frozen=True, slots=True)
class Section:
    """One section. ``content`` is what it looks like below the section ``under``, ``alone`` without that one."""

    name: str
    content: str
    under: str = ""
    alone: str = ""


def body_of(sections: Iterable[Section]) -> str:
    """The sections one after the other."""
    chosen = tuple(sections)
    names = {section.name for section in chosen}
    return "".join(
        section.alone if section.under and section.under not in names else section.content for section in chosen
    )


def chosen_sections(
    outline: Sequence[Section], others: Iterable[Section], without: Collection[str], added: Collection[str]
) -> tuple[Section, ...]:
    """``outline`` without the sections named in ``without``, and with those of ``others`` named in ``added``."""
    chosen = [section for section in outline if section.name not in without]
    for section in sorted(others, key=_rank):
        if section.name in added and section.name not in {each.name for each in chosen}:
            chosen.insert(_place(section, chosen), section)
    return tuple(chosen)


def _place(section: Section, chosen: Sequence[Section]) -> int:
    """After the last section that comes before ``section`` in :data:`ORDER`."""
    return max((number for number, each in enumerate(chosen, 1) if _rank(each) < _rank(section)), default=0)


def _rank(section: Section) -> int:
    return ORDER.index(section.name)
