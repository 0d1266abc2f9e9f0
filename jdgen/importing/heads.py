"""The row of a table that names the levels of its columns: bands, or those of a scale that the reader is told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from jdgen.importing.column_meaning import Columns, Expected, Head, Role, Shape, plain
from jdgen.importing.grid import Cell, Grid
from jdgen.importing.lines import is_figure, is_gap
from jdgen.levels import AFC, Level, LevelRange, Scale
from jdgen.sheets.column_map import labels_of

#: A single level could be any word or number in any table.
FEWEST = 2
#: So many levels, or all that there are, tell a row of levels that has other texts behind them.
_FEWEST_BEFORE_OTHERS = 3
_SCALE = re.compile(r"^(?:nhs\s+)?(?:afc|agenda for change)(?:\s+|(?=\d))", re.IGNORECASE)
#: Band 8 as a whole, bands that are listed, and bands without an upper end, as heads of tables have them.
_BAND = r"(?:[1-7]|8\s*[a-d]|8|9)"
_BANDS = re.compile(rf"(?:pay\s*)?bands?\s*({_BAND})|({_BAND})", re.IGNORECASE)
_LIST_MARK = re.compile(
    r"(?:(?<!\s)\s+)?(?:/|&|,|\band\b|\bto\b|[-–—])\s*|(?<=[\da-d])\s+(?:ac?|i)\s+(?=\d)",
    re.IGNORECASE,  # Welsh: and, to
)
_PART_OF_8 = re.compile(r"[a-d]", re.IGNORECASE)
_UPWARDS = re.compile(r"(?<!\s)\s*(?:\+|(?:(?:and|or|&) )?(?:above|over|higher|more|upwards?))$", re.IGNORECASE)
_DOWNWARDS = re.compile(
    r"^(?:up to(?: and including)?|to)\s+|(?<!\s)\s*(?:(?:and|or|&) )?(?:below|under|lower|less|downwards?)$",
    re.IGNORECASE,
)
#: What else bands are called: in Wales, in the singular and the plural, often behind the English name; "NHS Band: 5".
_BAND_WORD = re.compile(r"(?:^nhs )?\bband(?:s|iau)?(?: cyflog)?\b(?:\s*:\s*(?=\d))?", re.IGNORECASE)
#: Bands in words and in Roman figures, which tell nothing without the word "band".
_SPELT = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_IN_WORDS = {word: str(number) for words in (_SPELT, _ROMAN) for number, word in enumerate(words, 1)}
_WORDED = re.compile(rf"(?<=\bband )(?:{'|'.join(_IN_WORDS)})\b", re.IGNORECASE)
#: What the name of any band has.
_MAY_BE_BAND = re.compile(r"[1-9]|band", re.IGNORECASE)
#: "B5" for band 5, which is as often the number of something else: only a row of such is one of bands.
_SHORT = re.compile(r"\bb(?=[1-9])", re.IGNORECASE)
#: The marks of footnotes that stand behind the name of a level.
_FOOTNOTED = re.compile(r"(?<![\s*†‡¹²³⁴⁵⁶⁷⁸⁹⁰])(?<!\[\d\])(?<!\[\d\d\])(?:\s*(?:[*†‡¹²³⁴⁵⁶⁷⁸⁹⁰]|\[\d{1,2}\]))+$")
_ASIDE = re.compile(r"(?:(?<!\s)\s+)?\(([^()]*)\)\s*")
#: A band with the role that it is of: "Band 5 Analyst", "Analyst – Band 5". In the middle of a text it is no head.
_WITH_ROLE = re.compile(
    rf"(?:pay\s+)?(band\s*{_BAND})(?:\s*[:,;|–—-]\s*|\s+)[^\d.!?]+|[^\d.!?]+?(?<!\s)\s*[:,;|–—-]\s*(?:pay\s+)?(band\s*{_BAND})",
    re.IGNORECASE,
)
_MOST_WORDS_WITH_BAND = 7
#: A text with more characters or words is no name of a level, whatever it says besides.
_LONGEST_NAME, _MOST_WORDS_OF_NAME = 500, 16
#: A number, or a number of a level, that stands before the name of a level.
_NUMBER = re.compile(r"^(?:level\s+)?\d+\s*[:.–—-]\s+", re.IGNORECASE)


def head_of(grid: Grid, expected: Expected) -> Head | None:
    """The head of a table whose columns stand under levels: its first row that names some, or nothing. Where a layout
    file tells the shapes of tables, it is the first row that has one, and the table may be a list."""
    if expected.shapes:
        return shaped_head(grid, expected.shapes)
    rows = [cells_of_row(grid, row) for row in range(grid.height)]
    row_and_levels = first_head([list(map(head_text, cells)) for cells in rows], expected)
    if row_and_levels is None:
        return None
    row, levels = row_and_levels
    columns = _columns(rows[row], levels)
    cells = {cell.column: cell for cell in rows[row]}
    head = Head(row, columns, _labels(grid, row, columns[0].start), cells=cells)
    return _of_skills(head) if expected.skills and _is_of_skills(grid, head, expected.skills) else head


def _is_of_skills(grid: Grid, head: Head, skills: Scale) -> bool:
    """Whether a table is about skills: its columns stand under levels of ``skills``, or its cells name nothing but
    those."""
    texts = [cell.text for cell in grid.cells if cell.row > head.row and cell.text and head.is_under_levels(cell)]
    levels = [levels_named(text, skills) for text in texts if not is_gap(text)]
    return head.scale == skills or (bool(levels) and all(levels))


def _of_skills(head: Head) -> Head:
    roles = {column: Role.SKILL if role is Role.HEADING else role for column, role in head.roles.items()}
    return replace(head, roles=roles)


def shaped_head(grid: Grid, shapes: Iterable[Shape]) -> Head | None:
    """The head of a table that has one of ``shapes``: the first row that does, or nothing. The table may be a list."""
    shaped_row = _first_shaped([heads_in(grid, row) for row in range(grid.height)], shapes)
    if shaped_row is None:
        return None
    row, shape, labels = shaped_row
    cells = {cell.column: cell for cell in cells_of_row(grid, row)}
    meanings = {column: shape.of(label) for column, label in enumerate(labels)}
    columns = (
        Columns(column, cells[column].end if column in cells else column + 1, meaning.levels)
        for column, meaning in meanings.items()
        if meaning.levels
    )
    roles = {column: meaning.role for column, meaning in meanings.items() if not meaning.levels}
    is_long_form = all(plain(label) == meanings[column].role for column, label in enumerate(labels))
    return Head(row, tuple(columns), roles, shape, cells, is_long_form=is_long_form)


def head_text(cell: Cell) -> str:
    """What a cell says as the head of a column, its lines divided by a bar: each may name a level by itself."""
    return " | ".join(cell.lines) if 1 < len(cell.lines) <= _MOST_LINES_OF_HEAD else cell.text


_MOST_LINES_OF_HEAD = 3


def heads_in(grid: Grid, row: int) -> list[str]:
    """What stands in a row, as the heads of all columns of the table; one that reaches over several heads the first."""
    texts = {cell.column: cell.text for cell in cells_of_row(grid, row)}
    return [texts.get(column, "") for column in range(grid.width)]


def _first_shaped(rows: Iterable[Sequence[str]], shapes: Iterable[Shape]) -> tuple[int, Shape, tuple[str, ...]] | None:
    """The first of ``rows`` that has all heads of one of ``shapes``, by its number, with that shape and its labels."""
    all_shapes = list(shapes)
    for index, texts in enumerate(rows):
        labels = labels_of(texts, range(len(texts))) if any(texts) else ()
        if shape := next((each_shape for each_shape in all_shapes if labels and not each_shape.lacking(labels)), None):
            return index, shape, labels
    return None


def first_head(rows: Sequence[Sequence[str]], expected: Expected) -> tuple[int, list[LevelRange | None]] | None:
    """The first of ``rows`` that names levels, by its number, with what each of its texts names.

    A row that has other texts behind its levels names them only where no row is without.
    """
    if expected.shapes:
        shaped_row = _first_shaped(rows, expected.shapes)
        levels = [shaped_row[1].of(label).levels for label in shaped_row[2]] if shaped_row else []
        # With the highest first, nothing tells on which side an empty cell goes on: see upright().
        return (shaped_row[0], levels) if shaped_row and any(levels) and _are_rising(levels) else None
    if expected.skills and expected.roles == AFC:
        # Where skills have levels from 1 to 7, a row that names all of them names no bands.
        for index, texts in enumerate(rows):
            levels = named_levels(texts, expected.skills)
            if sum(level is not None for level in levels) == len(expected.skills.names):
                return index, levels
    for scale in expected.scales:
        for is_strict in (True, False):
            for index, texts in enumerate(rows):
                levels = named_levels(texts, scale, is_strict)
                if any(levels):
                    return index, levels
    return None


#: Words for levels that are counted, and are no bands.
_LEVEL_WORD = re.compile(r"\b(?:levels?|scores?|ratings?|stages?|tiers?|steps?|years?)\b", re.IGNORECASE)
_OF_BANDS = re.compile(r"\b(?:bands?|afc|agenda for change)\b", re.IGNORECASE)


def counts_no_bands(head: str, texts: Iterable[str], scale: Scale) -> bool:
    """Whether ``texts`` that name bands are figures of something else, by the ``head`` of their column or row: the
    levels of a career framework are called 5, 6 and 7 too."""
    is_other = _LEVEL_WORD.search(head) and not _OF_BANDS.search(head)
    return scale == AFC and bool(is_other) and all(map(is_figure, texts))


_CODE_HEAD = re.compile(r"(?:codes?|ref(?:erence|\.)?|id|nos?\.?|numbers?|#)", re.IGNORECASE)
#: Names of columns that have such a word among others: "KSF ref", "Statement ID".
_CODE_HEAD_AMONG = re.compile(r"(?:\w+ ){1,2}(?:codes?|ref(?:erence|\.)?|id|nos?\.?|numbers?)", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]{0,5}[-. ]?\d+(?:[-./]\d+)*[a-z]?")


def is_code(text: str) -> bool:
    """Whether a text is a code or a number of something, and no words: "A1", "1.2.3"."""
    return bool(_CODE.fullmatch(text))


def holds_codes(head: str, texts: Collection[str]) -> bool:
    """Whether a column called ``head`` holds nothing but codes, by its ``texts`` or since it is called so."""
    bare_head = head.strip()
    among = _CODE_HEAD_AMONG.fullmatch(bare_head) and all(is_code(text.split()[-1]) for text in texts)
    return bool(texts and (all(map(is_code, texts)) or _CODE_HEAD.fullmatch(bare_head) or among))


#: Heads of a column that says what each heading, or skill, means.
_MEANING = re.compile(r"(?:\w+ ){0,2}(?:descriptions?|definitions?|meanings?|summary)", re.IGNORECASE)


def _labels(grid: Grid, head: int, end: int) -> dict[int, Role]:
    """What the columns before the one called ``end`` are, below the row ``head``: a heading, and the group that it
    belongs to where there is a column for that; columns beside others that hold nothing but codes are not read, and one
    may say what headings mean."""
    texts: dict[int, list[str]] = {}
    for cell in grid.cells:
        if cell.row > head and cell.end <= end and cell.text:
            texts.setdefault(cell.column, []).append(cell.text)
    heads = {cell.column: cell.text for cell in cells_of_row(grid, head)}
    codes = {column for column, column_texts in texts.items() if holds_codes(heads.get(column, ""), column_texts)}
    # Where nothing else is left, the first column has the titles, whatever they look like.
    codes = codes if len(codes) < len(texts) else codes - {0}
    meanings = {column for column in range(1, end) if _MEANING.fullmatch(heads.get(column, "").strip())}
    others = [column for column in range(end) if column not in codes | meanings]
    if len(others) > 1 and _describe(texts.get(others[-1], []), texts.get(others[-2], [])):
        meanings.add(others[-1])
    titles = [column for column in range(end) if column not in codes | meanings]
    groups = titles[:1] if len(titles) > 1 else []
    roles = dict.fromkeys(range(end), Role.HEADING) | dict.fromkeys(groups, Role.GROUP)
    return roles | dict.fromkeys(meanings, Role.TEXT) | dict.fromkeys(codes, Role.IGNORE)


def _describe(texts: Sequence[str], titles: Sequence[str]) -> bool:
    """Whether ``texts`` are sentences, one beside each of the ``titles``, and these are none."""
    is_each = len(texts) == len(titles) == len(set(titles)) > 1
    return is_each and all(text.endswith(".") for text in texts) and not any(title.endswith(".") for title in titles)


def cells_of_row(grid: Grid, row: int) -> list[Cell]:
    """The cells that begin in a row, from left to right."""
    return [cell for cell in grid.over(row) if cell.row == row]


def _columns(cells: Sequence[Cell], levels: Sequence[LevelRange | None]) -> tuple[Columns, ...]:
    cells_and_levels = [(cell, level_range) for cell, level_range in zip(cells, levels, strict=True) if level_range]
    return tuple(Columns(cell.column, cell.end, level_range) for cell, level_range in cells_and_levels)


def named_levels(texts: Iterable[str], scale: Scale, is_strict: bool = True) -> list[LevelRange | None]:
    """For each text of a row the levels that it names, which rise from left to right; nothing at all where the row is
    no row of levels. Where it is not ``is_strict``, other texts may stand behind the levels, if these are enough to
    tell."""
    texts = list(texts)
    levels = [levels_named(text, scale) for text in texts]
    if scale == AFC and not any(levels):
        levels = [levels_named(_SHORT.sub("band ", text), scale) if _SHORT.search(text) else None for text in texts]
    named_columns = [index for index, level in enumerate(levels) if level]
    nothing: list[LevelRange | None] = [None] * len(texts)
    # What is called a band tells as much as a third level does.
    is_called = scale == AFC and all("band" in texts[index].casefold() for index in named_columns)
    fewest = FEWEST if is_strict or is_called else min(_FEWEST_BEFORE_OTHERS, len(scale.names))
    if len(named_columns) < fewest:
        return nothing
    end = len(texts) if is_strict else named_columns[-1] + 1
    others = any(texts[index].strip() and not levels[index] for index in range(named_columns[0], end))
    return levels if _are_rising(levels) and not others else nothing


def _are_rising(levels: Iterable[LevelRange | None]) -> bool:
    return all(lower.highest < upper.lowest for lower, upper in pairwise(filter(None, levels)))


def level_as_published(level: Level) -> str:
    """A level as publications print it; a band as ``8D``."""
    return str(level).upper() if level.scale == AFC else str(level)


@lru_cache(maxsize=8192)  # each look for a head asks it of all cells of a table
def levels_named(text: str, scale: Scale) -> LevelRange | None:
    """The levels that a text names, as people write them above a column: ``Band 7``, ``8`` for 8a to 8d, ``8A/8B``,
    ``8a+``, ``Band seven``, ``Senior (Band 7)``, ``Band 7 Senior``, with the mark of a footnote or without."""
    # Nearly all texts of a table are asked, and are none.
    if scale == AFC and not _MAY_BE_BAND.search(text):
        return None
    words = text.split()
    text = " ".join(words)
    if scale.is_empty or not text or len(text) > _LONGEST_NAME or len(words) > _MOST_WORDS_OF_NAME:
        return None
    bare = _SCALE.sub("", _FOOTNOTED.sub("", text))
    if scale == AFC:
        bare = _BAND_WORD.sub("band", bare)
        bare = _WORDED.sub(lambda match: _IN_WORDS[match[0].lower()], bare)
    without = _ASIDE.sub(" ", bare).strip()
    ways = [bare, without, re.sub(rf"\s+{re.escape(scale.word)}$", "", without, flags=re.I)]
    # What is left of "Level 5 - 6" is no band 6.
    ways += [numberless] if not is_figure(numberless := _NUMBER.sub("", without)) else []
    ways += [*_ASIDE.findall(bare), *(text.split(" | ") if " | " in text else ())]
    if scale != AFC and re.search(r"\bband", text, re.IGNORECASE):
        ways += _beside_bands(text)
    if scale == AFC and len(without.split()) <= _MOST_WORDS_WITH_BAND and (match := _WITH_ROLE.fullmatch(without)):
        ways += filter(None, match.groups())
    return next(filter(None, (_levels(way, scale) for way in ways)), None) or _across_lines(without, scale)


def _beside_bands(text: str) -> Iterator[str]:
    """What stands before or behind bands: "Foundation" in "Foundation: Bands 5-6"."""
    words = text.split()
    for number in range(1, len(words)) if len(words) <= _MOST_WORDS_WITH_BAND else ():
        parts = " ".join(words[:number]), " ".join(words[number:])
        for part, other in (parts, parts[::-1]):
            if part.casefold().startswith(("band", "afc", "pay")) and levels_named(part.rstrip(":,;|–—-"), AFC):
                yield other.strip(" :,;|–—-")


def _across_lines(text: str, scale: Scale) -> LevelRange | None:
    """The level whose name a narrow column has divided in the middle of a word: "Foundatio n"."""
    if scale == AFC or " " not in text:
        return None
    letters = "".join(text.casefold().split())
    level = next((level for level in scale.levels if "".join(level.name.casefold().split()) == letters), None)
    return scale.between(level, level) if level else None


_EVERY = re.compile(
    r"(?:for )?(?:all|every|each)(?: (?:staff|bands?|levels?|grades?|posts?|roles?|stages?))?", re.IGNORECASE
)


def names_every_level(text: str) -> bool:
    """Whether a text says that something holds at all levels: "All", "every band"."""
    return bool(_EVERY.fullmatch(text.strip()))


def is_plain(text: str, scale: Scale) -> bool:
    """Whether a text names its levels as the scale itself does, and says nothing else."""
    try:
        scale.range(_SCALE.sub("", text.strip()))
    except ValueError:
        return False
    return True


def _levels(text: str, scale: Scale) -> LevelRange | None:
    try:
        return scale.range(text)
    except ValueError:
        return _bands(text) if scale == AFC else None


def _bands(text: str) -> LevelRange | None:
    """Bands that are written in other ways than one band, or a run of them."""
    upwards = _UPWARDS.sub("", text.strip())
    bare = _DOWNWARDS.sub("", upwards)
    bands: list[str] = []
    for part in _LIST_MARK.split(bare):
        # Behind 8a the parts of band 8 may be letters alone.
        bands.append(f"8{part}" if bands and "8" in bands[-1] and _PART_OF_8.fullmatch(part) else part)
    matches = [_BANDS.fullmatch(part) for part in bands]
    runs: list[LevelRange] = []
    for match in matches:
        if match is None:
            return None
        band = re.sub(r"\s", "", match[1] or match[2]).lower()
        runs.append(AFC.range("8a-8d" if band == "8" else band))
    runs = [run for index, run in enumerate(runs) if index == 0 or run != runs[index - 1]]
    lowest = runs[0].lowest if bare == upwards else AFC.levels[0]
    highest = runs[-1].highest if upwards == text.strip() else AFC.levels[-1]
    neighbours = all(upper.lowest.rank == lower.highest.rank + 1 for lower, upper in pairwise(runs))
    is_run = len(runs) == 2 and not re.search(r"[/&,]|\band\b", bare, re.IGNORECASE)
    return AFC.between(lowest, highest) if (neighbours or is_run) and lowest <= highest else None


# Several chapters whose rows follow each other without a gap.


def chapter_starts(rows: Sequence[Sequence[str]], expected: Expected) -> list[tuple[int, int]]:
    """Where the chapters after the first begin: the first row of what stands above their levels, and the row of levels.

    Above levels stand rows of one text, and those that begin as the row above the first levels does.
    """
    heads = [index for index, texts in enumerate(rows) if _names_levels(texts, expected)]
    starts: list[tuple[int, int]] = []
    label = rows[heads[0] - 1][0].strip() if heads and heads[0] else ""
    for before, head in pairwise(heads):
        first = head
        while first - 1 > before and _is_above(rows[first - 1], label):
            first -= 1
        if first < head:
            starts.append((first, head))
    return starts


def _names_levels(texts: Sequence[str], expected: Expected) -> bool:
    """Whether a row names levels of roles. Those of skills may also stand in rows that say which are needed."""
    if expected.shapes:
        return first_head([texts], expected) is not None
    return any(named_levels(texts, expected.roles))


def _is_above(texts: Sequence[str], label: str) -> bool:
    filled_texts = [text for text in texts if text.strip()]
    return len(filled_texts) == 1 or bool(label and texts[0].strip() == label)
