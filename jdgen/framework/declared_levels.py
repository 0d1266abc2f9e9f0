"""The levels that a framework file declares and names: its scale, and what is wrong with ranges of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from jdgen.errors import Problem, did_you_mean
from jdgen.levels import AFC, Band, Level, LevelRange, Scale, UnknownLevelError, levels_listed
from jdgen.yaml_files import Keys, YamlFile

# The scale that a framework file declares, and what is wrong with one whose levels cannot be told apart.


class ScaleFault(NamedTuple):
    """One thing wrong with a scale. ``rank`` is that of the level; none where it is the word for a level."""

    rank: int | None
    what: str
    right: str


def declared_scale(framework: Mapping[str, Any]) -> Scale:
    """The scale of a framework file that fits the schema: its own, or Agenda for Change."""
    entry = framework.get("scale")
    return (
        scale_called(entry["word"], entry["levels"], entry.get("words"), entry.get("adds_up", False)) if entry else AFC
    )


def scale_called(word: str, levels: Sequence[str], words: str | None = None, adds_up: bool = False) -> Scale:
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


def _is_band(name: str) -> bool:
    try:
        Band.parse(name)
    except ValueError:
        return False
    return True


# What is wrong with the levels that a framework file names: names of none, gaps and overlaps.

#: A problem and the place of its value, by whose line problems are sorted.
Placed = tuple[Keys, Problem]
_ROWS = ("complexity", "complexity_narrative", "qualifications")
_ROW_LISTS = ("headings", "entry_routes")


def rows(keys: Keys, specialism: Mapping[str, Any]) -> Iterator[tuple[Keys, Mapping[str, Any]]]:
    """The rows that a specialism has, each with its place."""
    for name in _ROWS:
        if name in specialism:
            yield (*keys, name), specialism[name]
    for name in _ROW_LISTS:
        for index, row in enumerate(specialism.get(name, ())):
            yield (*keys, name, index), row


def range_problems(file: YamlFile, keys: Keys, specialism: Mapping[str, Any], scale: Scale) -> Iterator[Placed]:
    """Every problem with the levels of one specialism and its rows, whose levels are of ``scale``."""
    if misnamed := list(_misnamed(file, keys, specialism, scale)):
        yield from misnamed
        return
    try:
        levels = specialism_levels(specialism, scale)
    except ValueError as error:
        yield _unreadable(file, (*keys, scale.key), error, scale)
        return
    unreadable = False
    for row_keys, row in rows(keys, specialism):
        wrong = list(_unreadable_ranges(file, row_keys, row, scale))
        unreadable = unreadable or bool(wrong)
        yield from wrong or _row_problems(file, row_keys, row, levels)
    if not unreadable:
        yield from _levels_without_duties(file, keys, specialism, levels)


def _misnamed(file: YamlFile, keys: Keys, specialism: Mapping[str, Any], scale: Scale) -> Iterator[Placed]:
    """Bands in a framework that has levels of its own, and the other way round."""
    statements = ((*at, "statements", n) for at, row in rows(keys, specialism) for n, _ in enumerate(row["statements"]))
    wrong = "levels" if scale.key == "bands" else "bands"
    right = f"write '{scale.key}'" + (", or declare the levels with 'scale'" if scale == AFC else "")
    for at in (keys, *statements):
        place: Keys = (*at, wrong)
        if place in file.lines:
            yield place, Problem(file.where(place), f"'{wrong}' in a framework of {scale.words}", right)


def _unreadable_ranges(file: YamlFile, keys: Keys, row: Mapping[str, Any], scale: Scale) -> Iterator[Placed]:
    for index, statement in enumerate(row["statements"]):
        basis = statement.get("span_basis", {})
        if basis and scale.key not in statement:
            place: Keys = (*keys, "statements", index, "span_basis")
            what = f"a span_basis for a statement that names no {scale.words}"
            yield place, Problem(file.where(place), what, f"name its {scale.words}, or leave it out")
        ranges: dict[Keys, str] = {(scale.key,): statement[scale.key]} if scale.key in statement else {}
        alternatives = basis.get("alternatives", {})
        ranges |= {("span_basis", "alternatives", name): written for name, written in alternatives.items()}
        levels: dict[Keys, str] = {
            ("span_basis", "inferred", number): name for number, name in enumerate(basis.get("inferred", ()))
        }
        for read, texts in ((scale.range, ranges), (scale.level, levels)):
            for part, written in texts.items():
                try:
                    read(written)
                except ValueError as error:
                    yield _unreadable(file, (*keys, "statements", index, *part), error, scale)


def _unreadable(file: YamlFile, place: Keys, error: ValueError, scale: Scale) -> Placed:
    return place, Problem(file.where(place), str(error), right_for(error, scale))


def right_for(error: ValueError, scale: Scale) -> str:
    """What would be right in place of a text that was read as levels of ``scale`` and raised ``error``."""
    if isinstance(error, UnknownLevelError):
        return error.right
    example = ", such as '8a-8d'" if scale == AFC else ""
    return f"write the lower {scale.word} first{example}"


def _row_problems(file: YamlFile, keys: Keys, row: Mapping[str, Any], levels: LevelRange) -> Iterator[Placed]:
    """Under one heading each level of the specialism has exactly one statement, in every reading; where levels add
    up, as many as the framework has for it."""
    known = [reading["id"] for reading in row.get("readings", ())]
    for reading in (None, *known):
        yield from _gaps_and_overlaps(file, keys, row, levels, reading)
    for index, statement in enumerate(row["statements"]):
        for name in statement.get("span_basis", {}).get("alternatives", {}):
            if name not in known:
                place: Keys = (*keys, "statements", index, "span_basis", "alternatives", name)
                what = f"no reading '{name}' under '{row['title']}'"
                yield place, Problem(file.where(place), what, did_you_mean(name, known))


def _gaps_and_overlaps(
    file: YamlFile, keys: Keys, row: Mapping[str, Any], levels: LevelRange, reading: str | None
) -> Iterator[Placed]:
    heading = f"'{row['title']}'" + (f" in the reading '{reading}'" if reading else "")
    scale, key = levels.scale, levels.scale.key
    holders: dict[Level, str] = {}
    for index, statement in enumerate(row["statements"]):
        place: Keys = (*keys, "statements", index, key)
        for level in _range_in(statement, reading, scale) or ():
            if level not in levels:
                what = f"{level.named} under {heading} is not one of the specialism's"
                yield place, Problem(file.where(place), what, f"the specialism has {levels_listed(levels)}")
            elif level in holders and not scale.adds_up:
                right = f"'{holders[level]}' has it already: give each {scale.word} one statement"
                what = f"overlap: {level.named} under {heading} stands twice"
                yield place, Problem(file.where(place), what, right)
            holders.setdefault(level, statement["id"])
    missing = [level for level in levels if level not in holders]
    if holders and missing and not scale.adds_up:
        place = (*keys, "statements")
        what = f"gap: no statement under {heading} for {scale.word} {levels_listed(missing)}"
        yield place, Problem(file.where(place), what, "widen a range or add the statement")


def _range_in(statement: Mapping[str, Any], reading: str | None, scale: Scale) -> LevelRange | None:
    alternatives = statement.get("span_basis", {}).get("alternatives", {})
    return scale.range(alternatives[reading]) if reading in alternatives else levels_of(statement, scale)


def _levels_without_duties(
    file: YamlFile, keys: Keys, specialism: Mapping[str, Any], levels: LevelRange
) -> Iterator[Placed]:
    """The lowest levels, where levels add up and no responsibility begins as low."""
    named = [levels_of(one, levels.scale) for row in specialism["headings"] for one in row["statements"]]
    held = [one.held for one in named if one]
    empty = [level for level in levels if len(held) == len(named) and not any(level in one for one in held)]
    if empty and levels.scale.adds_up:
        place: Keys = (*keys, "headings")
        what = f"gap: no responsibility for {levels.scale.word} {levels_listed(empty)}"
        right = f"begin the specialism's {levels.scale.words} higher, or add the statement"
        yield place, Problem(file.where(place), what, right)
