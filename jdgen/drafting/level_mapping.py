"""Which level of a framework is taken at which pay band, where the framework has levels of its own.

Such a framework says nothing of bands. The choice is somebody's, kept in a file apart from the framework, and told with
each draft that rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from jdgen.errors import Problem
from jdgen.framework.declared_levels import right_for
from jdgen.framework.model import Framework
from jdgen.levels import AFC, Band, BandRange, Level, Scale, UnknownLevelError
from jdgen.text_files.values import Keys, YamlFile


class LevelMapping(NamedTuple):
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
    pairs = ((find_level_of_scale(level["level"], scale), level["bands"]) for level in entry["levels"])
    levels = tuple((level, BandRange.parse(bands)) for level, bands in pairs if level)
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
    if framework.scale.is_empty:
        return [Problem(file.where(), f"{framework.id} has no levels", "delete the file: nothing is read from it")]
    problems = []
    for index, entry in enumerate(file.value["levels"]):
        try:
            framework.scale.level(entry["level"])
        except UnknownLevelError as error:
            problems.append(Problem(file.where(("levels", index, "level")), str(error), error.right))
    return problems


def find_level_of_scale(name: str, scale: Scale) -> Level | None:
    """The level of ``scale`` that ``name`` names, if any."""
    try:
        return scale.level(name)
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
            yield Problem(where, f"{band.full_name} stands twice", f"keep one; '{holders[band]}' has it already")
        holders.setdefault(band, entry["level"])
