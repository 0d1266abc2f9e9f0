"""The level of a framework that a post is drafted at: its band, the level that it names, or one taken for its band.

A framework with levels of its own says nothing of bands. Which level is taken at which band is somebody's choice, kept
in a file apart from the framework, and told with each draft that rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from jdgen.drafting.model import ReviewNote
from jdgen.errors import Problem, did_you_mean
from jdgen.framework.declared_levels import right_for
from jdgen.framework.model import Framework
from jdgen.levels import AFC, Band, BandRange, Level, Scale, UnknownLevelError, levels_listed
from jdgen.post.model import Post
from jdgen.yaml_files import Keys, YamlFile

if TYPE_CHECKING:  # a library holds what is defined here
    from jdgen.drafting.library import Library


@dataclass(frozen=True)
class LevelMapping:
    """Which level of a framework is taken at which bands. ``name`` is that of its file, wherever its folder is;
    ``basis`` says who decided it and on what grounds."""

    name: str
    version: str
    basis: str
    levels: tuple[tuple[Level, BandRange], ...]

    def level_at(self, band: Band) -> Level | None:
        """The level that is taken at ``band``, if any is."""
        return next((level for level, bands in self.levels if band in bands), None)


def level_mapping_of(file: YamlFile, scale: Scale) -> LevelMapping:
    """The mapping in ``file``, which has been checked, to those of its levels that ``scale`` has."""
    entry = file.value
    known = [one for one in entry["levels"] if _level_named(one["level"], scale)]
    levels = tuple((scale.level(one["level"]), BandRange.parse(one["bands"])) for one in known)
    return LevelMapping(f"levels/{entry['framework']}.yaml", entry["version"], entry["basis"], levels)


def mapping_problems(file: YamlFile, framework: Framework) -> list[Problem]:
    """What the schema cannot see: another framework's mapping, bands that run downwards or stand twice."""
    problems: list[Problem] = []
    if framework.scale == AFC:
        return problems  # nothing is read from it
    if file.value["framework"] != framework.id:
        what = f"it is for the framework '{file.value['framework']}', and its name is of '{framework.id}'"
        problems.append(Problem(file.where(("framework",)), what, f"write '{framework.id}', or rename the file"))
    holders: dict[Level, str] = {}
    for index in range(len(file.value["levels"])):
        problems += _entry_problems(file, ("levels", index), holders)
    return problems


def unfitting_levels(file: YamlFile, framework: Framework) -> list[Problem]:
    """Where a mapping does not fit the framework (any more): levels that it does not have."""
    if framework.scale == AFC:
        what = f"the levels of {framework.id} are bands already"
        return [Problem(file.where(), what, "delete the file: nothing is read from it")]
    problems = []
    for index, entry in enumerate(file.value["levels"]):
        try:
            framework.scale.level(entry["level"])
        except UnknownLevelError as error:
            problems.append(Problem(file.where(("levels", index, "level")), str(error), error.right))
    return problems


def _level_named(written: str, scale: Scale) -> Level | None:
    try:
        return scale.level(written)
    except UnknownLevelError:
        return None


def _entry_problems(file: YamlFile, keys: Keys, holders: dict[Level, str]) -> Iterator[Problem]:
    """Problems of one level's entry; ``holders`` are the bands that are taken, and gets this entry's."""
    entry = file.value[keys[0]][keys[1]]
    where = file.where((*keys, "bands"))
    try:
        bands = BandRange.parse(entry["bands"])
    except ValueError as error:
        yield Problem(where, str(error), right_for(error, AFC))
        return
    for band in bands:
        if band in holders:
            yield Problem(where, f"{band.named} stands twice", f"keep one; '{holders[band]}' has it already")
        holders.setdefault(band, entry["level"])


def level_of(post: Post, library: Library) -> Level | None:
    """The level that ``post`` is drafted at; none where :func:`level_problems` has something to say."""
    scale = library.specialism.scale
    if scale == AFC:
        return post.band
    if post.level is None:
        return library.levels.level_at(post.band) if library.levels else None
    return _level_named(post.level, scale)


def level_name(post: Post, library: Library) -> str:
    """The printed level of ``post``, or nothing where the framework's levels are bands."""
    level = None if library.specialism.scale == AFC else level_of(post, library)
    return str(level) if level else ""


def level_problems(post: Post, library: Library) -> Iterator[Problem]:
    """What keeps ``post`` from being drafted at a level of the framework."""
    specialism = library.specialism
    scale, offered = specialism.scale, levels_listed(specialism.levels)
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
