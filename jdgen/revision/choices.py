"""Choices of a post that the framework offers no more, left out so that its document can be made again.

What a post omits, has in other words or points at may be withdrawn in a newer version. The post is in the document's
record and in nobody's hands, so nobody could mend it there. A person is told of each choice that is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from jdgen.drafting.framework_part import framework_problems
from jdgen.drafting.library import Library
from jdgen.post.model import Post
from jdgen.record.model import PrintedBlock
from jdgen.revision.pairing import family

_Entry = TypeVar("_Entry")
_ENTRY = re.compile(r"(duties|criteria)\.(omit|reword|add)\.(\d+)\.(\w+)(?:\.(\d+))?")


@dataclass(frozen=True)
class Offered:
    """A post with only the choices that are offered. ``lost`` is a sentence about each that was left out, and
    ``reworded`` are the duties (or whole statements) among them that the post has in its own words."""

    post: Post
    lost: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()

    def own(self, blocks: Sequence[PrintedBlock]) -> frozenset[str]:
        """The ids of ``blocks`` that were printed in the post's own words for duties that are there no more."""
        return frozenset(block.id for block in blocks if {block.id, family(block.id)}.intersection(self.reworded))


class _Lost(NamedTuple):
    """A post without one of its choices, the sentence about it, and the duty that it has in its own words, if any."""

    post: Post
    said: str
    reworded: tuple[str, ...] = ()


def offered(post: Post, library: Library, blocks: Sequence[PrintedBlock]) -> Offered:
    """``post`` without the choices that ``library`` does not offer. ``blocks`` are what its document printed.

    What leaving out does not solve stays for drafting to tell, such as a band that the framework does not describe.
    """
    titles = {block.id.removesuffix(".title"): block.text for block in blocks if block.id.endswith(".title")}
    kept = Offered(replace(post, places=_Paths()))
    while places := _places(kept.post, library):
        before = kept
        for place in places:
            if lost := _without(kept.post, place, library, titles):
                kept = Offered(lost.post, (*kept.lost, lost.said), (*kept.reworded, *lost.reworded))
        if kept is before:
            break
    return replace(kept, post=replace(kept.post, places=post.places)) if kept.lost else Offered(post)


class _Paths(Mapping[str, str]):
    """Says that each field of a post was given where its path says, so that problems can be told by their path."""

    def __getitem__(self, path: str) -> str:
        return path

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _places(post: Post, library: Library) -> list[str]:
    """The paths of what is not offered, those of later entries first, so that the numbers of earlier ones hold."""
    found = dict.fromkeys(problem.where for problem in framework_problems(post, library))
    return sorted(found, key=lambda path: [int(number) for number in re.findall(r"\d+", path)], reverse=True)


def _without(post: Post, place: str, library: Library, titles: Mapping[str, str]) -> _Lost | None:
    entry = _ENTRY.fullmatch(place)
    if entry is None:
        return _without_choice(post, place, library)
    kind, number = f"{entry[1]}.{entry[2]}", int(entry[3])
    if kind == "duties.omit":
        duty = post.omitted_duties[number].duty
        said = f"the post leaves out the duty {duty}, which the framework has no more"
        return _Lost(replace(post, omitted_duties=_but(post.omitted_duties, number)), said)
    if kind == "duties.reword":
        duty = post.reworded_duties[number].duty
        said = f"the post has the duty {duty} in its own words, and the framework has that duty no more"
        return _Lost(replace(post, reworded_duties=_but(post.reworded_duties, number)), said, (duty,))
    if kind == "criteria.omit":
        criterion = post.omitted_criteria[number].criterion
        said = f"the post leaves out the criterion {criterion}, which is there no more"
        return _Lost(replace(post, omitted_criteria=_but(post.omitted_criteria, number)), said)
    if kind == "duties.add":
        return _under_own_heading(post, number, titles)
    return _without_service(post, number, int(entry[5])) if entry[4] == "serves" and entry[5] else None


def _under_own_heading(post: Post, number: int, titles: Mapping[str, str]) -> _Lost:
    added = post.added_duties[number]
    title = titles.get(added.heading) or added.heading.replace("-", " ").capitalize()
    said = f"the post's own duty under '{title}' has a heading of its own now, since the framework has that one no more"
    duties = (*post.added_duties[:number], replace(added, heading=title), *post.added_duties[number + 1 :])
    return _Lost(replace(post, added_duties=duties), said)


def _without_service(post: Post, number: int, index: int) -> _Lost:
    added = post.added_criteria[number]
    said = f"the post's own criterion '{added.text}' serves {added.serves[index]}, which is there no more"
    changed = replace(added, serves=_but(added.serves, index))
    criteria = (*post.added_criteria[:number], changed, *post.added_criteria[number + 1 :])
    return _Lost(replace(post, added_criteria=criteria), said)


def _without_choice(post: Post, place: str, library: Library) -> _Lost | None:
    """``post`` without a choice that is one field; nothing where the field itself is offered."""
    specialism = library.specialism
    if place.startswith("readings."):
        heading = place.removeprefix("readings.")
        readings = {name: reading for name, reading in post.readings.items() if name != heading}
        return _Lost(replace(post, readings=readings), f"'{heading}' has no such reading any more as the post chooses")
    if place == "role_category" and post.role_category not in {one.id for one in specialism.role_categories}:
        said = f"the framework has no role category '{post.role_category}' any more"
        return _Lost(replace(post, role_category=None), said)
    if place == "entry_route" and post.entry_route not in {one.id for one in specialism.entry_routes}:
        return _Lost(replace(post, entry_route=None), f"the framework has no entry route '{post.entry_route}' any more")
    known = {one.id for one in library.framework.competences}
    gone = [name for name in post.specialist_competences if name not in known]
    if place == "specialist_competences" and gone:
        kept = tuple(name for name in post.specialist_competences if name in known)
        said = f"the framework does not name {', '.join(gone)} among its competences any more"
        return _Lost(replace(post, specialist_competences=kept), said)
    return None


def _but(entries: tuple[_Entry, ...], number: int) -> tuple[_Entry, ...]:
    return (*entries[:number], *entries[number + 1 :])
