"""The scales of levels that a framework file declares, of its roles and of its skills, and the levels that its entries
name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from jdgen.errors import did_you_mean
from jdgen.levels import AFC, NO_LEVELS, Band, LevelRange, Scale, UnknownLevelError
from jdgen.words import in_one_line

#: What a file writes instead of a scale where the publication has no levels.
NONE = "none"


class ScaleFault(NamedTuple):
    """One thing wrong with a scale. ``rank`` is that of the level; none where it is the word for a level. ``former`` is
    the former name that is wrong, if one is."""

    rank: int | None
    what: str
    right: str
    former: str = ""


def declared_scale(framework: Mapping[str, Any]) -> Scale:
    """The scale of a framework file that fits the schema: its own, none, or Agenda for Change."""
    entry = framework.get("scale")
    if entry is None:
        return AFC
    return NO_LEVELS if entry == NONE else scale_of(entry)


def scale_of(entry: Mapping[str, Any]) -> Scale:
    """The scale that ``entry`` declares, of roles or of skills."""
    former = tuple(
        (in_one_line(name), in_one_line(today)) for today, names in entry.get("former", {}).items() for name in names
    )
    scale = make_scale(entry["word"], entry["levels"], entry.get("words"), entry.get("adds_up", False))
    return replace(scale, former=former)


def make_scale(word: str, levels: Sequence[str], words: str | None = None, adds_up: bool = False) -> Scale:
    """The scale of ``levels``, lowest first; several are called ``words``, or ``word`` with an s."""
    return Scale(in_one_line(word), words or f"{in_one_line(word)}s", tuple(map(in_one_line, levels)), adds_up)


def scale_faults(scale: Scale, *, is_of_roles: bool = True) -> Iterator[ScaleFault]:
    """Every level that could be taken for another, for a run of others, or, where it ``is_of_roles``, for a pay band;
    and former names of no level, or of several."""
    if is_of_roles and scale.word.casefold() in ("band", "bands", "pay band"):
        yield ScaleFault(None, f"'{scale.word}' is the word for Agenda for Change bands", "such as 'grade' or 'level'")
    first: dict[str, int] = {}
    for index, name in enumerate(scale.names):
        key = scale.key_of(name)
        if key in first:
            right = f"give each level one name; the first is '{scale.names[first[key]]}'"
            yield ScaleFault(index, f"the level '{name}' stands here twice", right)
        elif is_of_roles and _is_band(name):
            right = f"write the {scale.word} with its word: '{scale.word} {name}'"
            yield ScaleFault(index, f"'{name}' reads like an Agenda for Change band", right)
        elif ends := scale.ends_of_run(name):
            right = "give the level a name of its own"
            yield ScaleFault(index, f"'{name}' reads like the range from {ends[0]} to {ends[1]}", right)
        first.setdefault(key, index)
    yield from _former_faults(scale)


def _former_faults(scale: Scale) -> Iterator[ScaleFault]:
    """Former names of what is no level, or of one level and another."""
    today = {scale.key_of(name): name for name in scale.names}
    successors: dict[str, str] = {}
    for former, level in scale.former:
        key = scale.key_of(former)
        if scale.key_of(level) not in today:
            yield ScaleFault(None, f"'{level}' is no {scale.word}", did_you_mean(level, scale.names), former)
        elif key in today:
            right = "a former name is one that no level has now"
            yield ScaleFault(None, f"'{former}' is the name of a {scale.word} today", right, former)
        elif successors.setdefault(key, level) != level:
            right = "leave it where it was the name"
            yield ScaleFault(None, f"'{former}' stands as a former name of {successors[key]} too", right, former)


def levels_of(entry: Mapping[str, Any], scale: Scale) -> LevelRange | None:
    """The levels that a statement or a specialism names; none where it names none. Raises ``ValueError``."""
    levels = entry.get(scale.key)
    return None if levels is None else scale.range(levels)


def specialism_levels(entry: Mapping[str, Any], scale: Scale) -> LevelRange:
    """The levels of a specialism: those that it names, or the whole scale. Raises ``ValueError``."""
    return levels_of(entry, scale) or scale.between(scale.levels[0], scale.levels[-1])


def right_for(error: ValueError, scale: Scale) -> str:
    """What would be right in place of a text that was read as levels of ``scale`` and raised ``error``."""
    if isinstance(error, UnknownLevelError):
        return error.right
    example = ", such as '8a-8d'" if scale == AFC else ""
    return f"write the lower {scale.word} first{example}"


def _is_band(name: str) -> bool:
    try:
        Band.parse(name)
    except ValueError:
        return False
    return True
