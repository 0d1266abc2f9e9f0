"""Codes before titles and texts ("A1.2 Assesses"), by which a publication counts them: no part of what is said.

They are left out where most titles, or most texts, of a table have one, or where they count on from title to title;
else nothing tells a code from a word.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from jdgen.framework.transcription import LIST_MARKS, code_before, count_before
from jdgen.importing.column_meaning import Expected, Role, plain
from jdgen.importing.grid import Cell, Doubt, FileChoices, Grid, Publication, concealed
from jdgen.importing.lines import is_gap, is_listed, is_tick, typed_number
from jdgen.importing.pages import Page, pages
from jdgen.importing.titles import bare_title

#: What holds titles and texts, in one set of which codes are counted.
_CODED_ROLES = (Role.GROUP, Role.HEADING, Role.SKILL, Role.TEXT)
#: So many groups, and so many titles or texts, with codes tell that these are codes.
_FEWEST_GROUPS, _FEWEST = 2, 3
_WHAT = "a code before the text"


@dataclass(frozen=True)
class _CodedCell:
    """A cell whose ``lines`` may begin with codes, and what they belong to: the title of its row. A title may stand
    alone in its row (``is_alone``), as that of other rows does."""

    cell: Cell
    lines: tuple[str, ...]
    owner: str
    is_alone: bool = False

    @property
    def codes(self) -> list[tuple[str, str]]:
        """The code before each line, if there is one, and what stands behind it."""
        return [code_before(_bare(line)) for line in self.lines]


def without_codes(publication: Publication, expected: Expected, choices: FileChoices) -> Publication:
    """The publication without the codes before its titles and texts, each of which has to be looked at; with them where
    the user has said that they are text."""
    sets: dict[tuple[str, Role], list[_CodedCell]] = {}
    stems: dict[int, str] = {}
    for page in filter(None, pages(publication.blocks, expected, choices.specialism)):
        stems |= _stems_below(page)
        for role, coded_cell in _titles_and_texts(page):
            sets.setdefault((page.title, role), []).append(coded_cell)
    bare_cells: dict[int, Cell] = {}
    doubts: list[Doubt] = []
    codes_by_set = {
        (title, role): _known_codes(coded_cells, _FEWEST_GROUPS if role is Role.GROUP else _FEWEST)
        for (title, role), coded_cells in sets.items()
    }
    for (title, role), coded_cells in sets.items():
        doubts += _codes_behind(coded_cells)
        codes = codes_by_set[title, role]
        title_codes = codes_by_set.get((title, Role.HEADING), frozenset())
        has_lists = role is Role.TEXT and any(is_listed(coded_cell.lines[0]) for coded_cell in coded_cells)
        for coded_cell in coded_cells:
            bare_cell = _without(coded_cell, codes) or (_without_alone(coded_cell) if has_lists else None)
            if not bare_cell and role is not Role.TEXT and title_codes:
                bare_cell = _without_stem(coded_cell, stems.get(id(coded_cell.cell), ""))
            if bare_cell:
                doubts.append(concealed(_WHAT, coded_cell.cell.place, coded_cell.cell.text, "--codes", choices.codes))
                bare_cells[id(coded_cell.cell)] = bare_cell
    if choices.codes or not bare_cells:
        return replace(publication, doubts=(*publication.doubts, *doubts))
    blocks = (
        replace(block, cells=tuple(bare_cells.get(id(cell), cell) for cell in block.cells))
        if isinstance(block, Grid)
        else block
        for block in publication.blocks
    )
    return replace(publication, blocks=tuple(blocks), doubts=(*publication.doubts, *doubts))


def _titles_and_texts(page: Page) -> Iterator[tuple[Role, _CodedCell]]:
    """The titles and texts of a page, each with what it is."""
    head = page.head
    below = [cell for cell in page.grid.cells if cell.row >= page.start and cell.text]
    roles = {id(cell): head.role_of(cell) for cell in below}
    owners = {cell.row: cell.text for cell in below if roles[id(cell)] in (Role.HEADING, Role.SKILL)}
    for cell in below:
        role = roles[id(cell)]
        says_what_title_means = role is Role.TEXT and cell.end <= head.first
        if role in _CODED_ROLES and not (is_tick(cell.text) or is_gap(cell.text) or says_what_title_means):
            owner = cell.text if role is not Role.TEXT else owners.get(cell.row, f"{head.row} {cell.row}")
            is_alone = role is not Role.TEXT and not head.is_list and page.title_alone(cell.row) is cell
            yield role, _CodedCell(cell, tuple(_whole_lines(cell)), owner, is_alone)


def _stems_below(page: Page) -> dict[int, str]:
    """For titles of a page, by the ids of their cells, the stem of the codes of those below or beside: "A" of "A1"."""
    head = page.head
    stem = ""
    stems: dict[int, str] = {}
    titles = [cell for cell in page.grid.cells if cell.row >= page.start and cell.text]
    for cell in sorted(titles, key=lambda cell: (cell.row, cell.column), reverse=True):
        role = head.role_of(cell)
        code = code_before(cell.text)[0].rstrip(".):–—- ")
        if role in (Role.HEADING, Role.SKILL) and code[-1:].isdigit() and (code_stem := _stem(code).rstrip(".-/ ")):
            stem = code_stem
        elif role in (Role.GROUP, Role.HEADING):
            stems[id(cell)] = stem
    return stems


def _whole_lines(cell: Cell) -> Iterator[str]:
    """The lines of a cell: a code that has one to itself stands before the next, and codes that count on behind the
    stop of a sentence begin further ones."""
    before = ""
    lines = cell.lines or (cell.text,)
    for line, after in pairwise((*lines, "")):
        if after and code_before(f"{_bare(line)} a") == (_bare(line), "a"):
            before = f"{before}{line} "
            continue
        yield from _divide(f"{before}{line}")
        before = ""


_SENTENCE = re.compile(r"(?<=[.;:!?]) ")


def _divide(line: str) -> Iterator[str]:
    """A line, at each sentence of which before which the code counts on with that before the line."""
    stem = _stem(code_before(_bare(line))[0])
    if not stem:
        yield line
        return
    first, *others = _SENTENCE.split(line)
    whole = [first]
    for sentence in others:
        if _stem(code_before(sentence)[0]) == stem:
            yield " ".join(whole)
            whole = []
        whole.append(sentence)
    yield " ".join(whole)


def _stem(code: str) -> str:
    """A code without its last number and what stands behind that."""
    return code.rstrip(".):]|–—- abcdefghijklmnopqrstuvwxyz").rstrip("0123456789")


def _known_codes(coded_cells: Sequence[_CodedCell], fewest: int) -> frozenset[str]:
    """Which codes before titles, or before texts, are some; none where they stand before half of them, or fewer, or
    where there are only few, unless all of them count on."""
    if counts := _counts(coded_cells, fewest):
        return counts
    # The entries of a list may have lost their codes, which mark that they are some (:func:`.lines.marked_lines`).
    coded_lines = [
        (code, rest, coded_cell.owner)
        for coded_cell in coded_cells
        for line, (code, rest) in zip(coded_cell.lines, coded_cell.codes, strict=True)
        if code or not is_listed(line)
    ]
    by_code: dict[str, list[tuple[str, str]]] = {}
    for code, rest, owner in coded_lines:
        by_code.setdefault(code, []).append((rest, owner))
    codes = {code for code, uses in by_code.items() if code and not _may_be_word(code, uses)}
    count = sum(code in codes for code, _, _ in coded_lines)
    return frozenset(codes) if len(codes) >= fewest and 2 * count > len(coded_lines) else frozenset()


def _counts(coded_cells: Sequence[_CodedCell], fewest: int) -> frozenset[str]:
    """The codes before titles, but for those that stand alone, if each has one and they count on, whichever mark they
    have or have not; they may begin anew with the first, as in each group."""
    titles = [
        coded_cell for coded_cell in coded_cells if coded_cell.cell.text == coded_cell.owner and not coded_cell.is_alone
    ]
    codes_and_titles = [count_before(coded_cell.cell.text) for coded_cell in titles]
    places = [_place_in_count(code) for code, _ in codes_and_titles]
    if (
        len(titles) < fewest
        or len({rest for _, rest in codes_and_titles}) < len(codes_and_titles)
        or not all(place for _, place in places)
    ):
        return frozenset()
    goes_on = [stem == before and count == last + 1 for (before, last), (stem, count) in pairwise(places)]
    begins = [count == 1 for _, count in places]
    is_counted = begins[0] and any(goes_on) and all(map(operator.or_, goes_on, begins[1:]))
    return frozenset(code for code, _ in codes_and_titles) if is_counted else frozenset()


def _place_in_count(code: str) -> tuple[str, int]:
    """What of a code stays the same where it counts, and its place, from 1: by its last figure or letter. Nought where
    it counts nothing."""
    bare = code.rstrip(").:]|–—- ")
    stem = bare.rstrip("0123456789")
    if bare != stem:
        return stem, int(bare[len(stem) :])
    is_letter = bare[-1:].isalpha() and not bare[-2:-1].isalnum()
    return bare[:-1], ord(bare[-1].lower()) - ord("a") + 1 if is_letter else 0


def _may_be_word(code: str, uses: Sequence[tuple[str, str]]) -> bool:
    """Whether what no mark tells from words may be one ("NHS 111 calls"): it stands before several texts under several
    titles, or before several that go on in the middle of a sentence. ``uses`` are the texts and titles."""
    texts, owners = map(set, zip(*uses, strict=True))
    if not code[-1].isalnum():
        return False
    goes_on = len(uses) > 1 and any(text[:1].islower() for text in texts)
    return goes_on or (code[0].isalpha() and min(len(texts), len(owners)) > 1)


#: A code in brackets behind a text.
_BEHIND = re.compile(
    r"[\[(](?:[A-Z]{2,5} )?(?:[A-Z]{1,5}[-. ]?\d{1,3}(?:[-./]\d{1,3}){0,3}[a-z]?|\d{1,3}(?:\.\d{1,3}){1,3})[\])][.;]?$"
)
_TOLD_BEHIND = "what looks like a code stands behind the text, and is printed with it: take it out if it is one"


def _codes_behind(coded_cells: Sequence[_CodedCell]) -> Iterator[Doubt]:
    """Texts that end with a code, where most in a set do."""
    cells = [coded_cell.cell for coded_cell in coded_cells if any(map(_BEHIND.search, coded_cell.lines))]
    if len(cells) >= _FEWEST and 2 * len(cells) > len(coded_cells):
        yield from (Doubt(_TOLD_BEHIND, cell.place, text=cell.text, weighs=True) for cell in cells)


def _without(coded_cell: _CodedCell, known_codes: frozenset[str]) -> Cell | None:
    """The cell without those of its codes that are among ``known_codes``; nothing where it has none of them."""
    codes_and_texts = [count_before(_bare(line)) for line in coded_cell.lines]
    if not any(code in known_codes for code, _ in codes_and_texts):
        return None
    mark = f"{LIST_MARKS[0]} "
    lines = tuple(
        f"{mark if is_listed(line) else ''}{rest}" if code in known_codes else line
        for line, (code, rest) in zip(coded_cell.lines, codes_and_texts, strict=True)
    )
    return replace(coded_cell.cell, text=" ".join(lines), lines=lines)


def _without_stem(coded_cell: _CodedCell, stem: str) -> Cell | None:
    """A title without the code that is the ``stem`` of those below it ("A" above "A1"), if it has that."""
    code, rest = count_before(coded_cell.cell.text)
    if not stem or code.rstrip(".):–—- ") != stem:
        return None
    return replace(coded_cell.cell, text=rest, lines=(rest,))


#: The first number or letter of a list.
_FIRST = re.compile(r"\(?[1ai][.)]")


def _without_alone(coded_cell: _CodedCell) -> Cell | None:
    """A text without the number of the first entry of a list, where it is the only one of its list."""
    number = typed_number(coded_cell.cell.text)
    if len(coded_cell.lines) > 1 or not _FIRST.fullmatch(number):
        return None
    rest = coded_cell.cell.text.removeprefix(number).strip()
    return replace(coded_cell.cell, text=rest, lines=(rest,))


def _bare(line: str) -> str:
    """A line without its list mark."""
    return line.lstrip(f"{LIST_MARKS} ")


# One title, or one text, by itself.


def without_number(title: str) -> str:
    """A title as it is compared, without the number or the code before it."""
    return plain(code_before(bare_title(title))[1])


def number_before(text: str) -> str:
    """The number before a text, as in a list, or a code that a mark tells from words; nothing where there is none."""
    code = code_before(text)[0]
    return typed_number(text) or ("" if code[-1:].isalnum() else code)
