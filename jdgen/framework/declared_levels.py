"""The scale of levels that a framework file declares, and the levels that its entries name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from jdgen.levels import AFC, Band, LevelRange, Scale, UnknownLevelError


class ScaleFault(NamedTuple):
    """One thing wrong with a scale. ``rank`` is that of the level; none where it is the word for a level."""

    rank: int | None
    what: str
    right: str


def declared_scale(framework: Mapping[str, Any]) -> Scale:
    """The scale of a framework file that fits the schema: its own, or Agenda for Change."""
    entry = framework.get("scale")
    return make_scale(entry["word"], entry["levels"], entry.get("words"), entry.get("adds_up", False)) if entry else AFC


def make_scale(word: str, levels: Sequence[str], words: str | None = None, adds_up: bool = False) -> Scale:
    """The scale of ``levels``, lowest first; several are called ``words``, or ``word`` with an s."""
    word, *names = (" ".join(text.split()) for text in (word, *levels))
    return Scale(word, words or f"{word}s", tuple(names), adds_up)


def scale_faults(scale: Scale) -> Iterator[ScaleFault]:
    """Every level that could be taken for another, for a run of others, or for a pay band."""
    if scale.word.casefold() in ("band", "bands", "pay band"):
        yield ScaleFault(None, f"'{scale.word}' is the word for Agenda for Change bands", "such as 'grade' or 'level'")
    first: dict[str, int] = {}
    for index, name in enumerate(scale.names):
        key = scale.key_of(name)
        if key in first:
            right = f"give each level one name; the first is '{scale.names[first[key]]}'"
            yield ScaleFault(index, f"the level '{name}' stands here twice", right)
        elif _is_band(name):
            right = f"write the {scale.word} with its word: '{scale.word} {name}'"
            yield ScaleFault(index, f"'{name}' reads like an Agenda for Change band", right)
        elif ends := scale.ends_of_run(name):
            right = "give the level a name of its own"
            yield ScaleFault(index, f"'{name}' reads like the range from {ends[0]} to {ends[1]}", right)
        first.setdefault(key, index)


def levels_of(entry: Mapping[str, Any], scale: Scale) -> LevelRange | None:
    """The levels that a statement or a specialism names; none where it names none. Raises ``ValueError``."""
    written = entry.get(scale.key)
    return None if written is None else scale.range(written)


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
