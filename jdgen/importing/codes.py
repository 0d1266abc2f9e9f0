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
from jdgen.importing.pages import Page, bare_title, pages

#: What holds titles and texts, in one set of which codes are counted.
_COUNTED = (Role.GROUP, Role.HEADING, Role.SKILL, Role.TEXT)
#: So many groups, and so many titles or texts, with codes tell that these are codes.
_FEWEST_GROUPS, _FEWEST = 2, 3
_WHAT = "a code before the text"


@dataclass(frozen=True)
class _Coded:
    """A cell whose ``lines`` may begin with codes, and what they belong to: the title of its row. A title may stand
    ``alone`` in its row, as that of other rows does."""

    cell: Cell
    lines: tuple[str, ...]
    owner: str
    alone: bool = False

    @property
    def codes(self) -> list[tuple[str, str]]:
        """The code before each line, if there is one, and what stands behind it."""
        return [code_before(_bare(line)) for line in self.lines]


def without_codes(read: Publication, expected: Expected, choices: FileChoices) -> Publication:
    """The publication without the codes before its titles and texts, each of which has to be looked at; with them where
    the user has said that they are text."""
    sets: dict[tuple[str, Role], list[_Coded]] = {}
    stems: dict[int, str] = {}
    for page in filter(None, pages(read.blocks, expected, choices.specialism)):
        stems |= _stems_below(page)
        for role, one in _counted(page):
            sets.setdefault((page.title, role), []).append(one)
    changed: dict[int, Cell] = {}
    doubts: list[Doubt] = []
    known_titles = {
        (title, role): _known_codes(each, _FEWEST_GROUPS if role is Role.GROUP else _FEWEST)
        for (title, role), each in sets.items()
    }
    for (title, role), each in sets.items():
        doubts += _codes_behind(each)
        known = known_titles[title, role]
        own_codes = known_titles.get((title, Role.HEADING), frozenset())
        has_lists = role is Role.TEXT and any(is_listed(one.lines[0]) for one in each)
        for one in each:
            freed = _without(one, known) or (_without_alone(one) if has_lists else None)
            if not freed and role is not Role.TEXT and own_codes:
                freed = _without_stem(one, stems.get(id(one.cell), ""))
            if freed:
                doubts.append(concealed(_WHAT, one.cell.place, one.cell.text, "--codes", choices.codes))
                changed[id(one.cell)] = freed
    if choices.codes or not changed:
        return replace(read, doubts=(*read.doubts, *doubts))
    blocks = (
        replace(block, cells=tuple(changed.get(id(cell), cell) for cell in block.cells))
        if isinstance(block, Grid)
        else block
        for block in read.blocks
    )
    return replace(read, blocks=tuple(blocks), doubts=(*read.doubts, *doubts))


def _counted(page: Page) -> Iterator[tuple[Role, _Coded]]:
    """The titles and texts of a page, each with what it is."""
    head = page.head
    below = [cell for cell in page.grid.cells if cell.row >= page.start and cell.text]
    roles = {id(cell): head.role_of(cell) for cell in below}
    owners = {cell.row: cell.text for cell in below if roles[id(cell)] in (Role.HEADING, Role.SKILL)}
    for cell in below:
        role = roles[id(cell)]
        says_what_title_means = role is Role.TEXT and cell.end <= head.first
        if role in _COUNTED and not (is_tick(cell.text) or is_gap(cell.text) or says_what_title_means):
            owner = cell.text if role is not Role.TEXT else owners.get(cell.row, f"{head.row} {cell.row}")
            is_alone = role is not Role.TEXT and not head.is_list and page.title_alone(cell.row) is cell
            yield role, _Coded(cell, tuple(_whole_lines(cell)), owner, is_alone)


def _stems_below(page: Page) -> dict[int, str]:
    """For titles of a page, by the ids of their cells, the stem of the codes of those below or beside: "A" of "A1"."""
    head = page.head
    stem = ""
    stems: dict[int, str] = {}
    titles = [cell for cell in page.grid.cells if cell.row >= page.start and cell.text]
    for cell in sorted(titles, key=lambda cell: (cell.row, cell.column), reverse=True):
        role = head.role_of(cell)
        code = code_before(cell.text)[0].rstrip(".):–—- ")
        if role in (Role.HEADING, Role.SKILL) and code[-1:].isdigit() and (found := _stem(code).rstrip(".-/ ")):
            stem = found
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
        yield from _divided(f"{before}{line}")
        before = ""


_SENTENCE = re.compile(r"(?<=[.;:!?]) ")


def _divided(line: str) -> Iterator[str]:
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


def _known_codes(each: Sequence[_Coded], fewest: int) -> frozenset[str]:
    """Which codes before titles, or before texts, are some; none where they stand before half of them, or fewer, or
    where there are only few, unless all of them count on."""
    if counts := _counts(each, fewest):
        return counts
    found = [(code, rest, one.owner) for one in each for code, rest in one.codes]
    by_code: dict[str, list[tuple[str, str]]] = {}
    for code, rest, owner in found:
        by_code.setdefault(code, []).append((rest, owner))
    known = {code for code, said in by_code.items() if code and not _may_be_word(code, said)}
    count = sum(code in known for code, _, _ in found)
    return frozenset(known) if len(known) >= fewest and 2 * count > len(found) else frozenset()


def _counts(each: Sequence[_Coded], fewest: int) -> frozenset[str]:
    """The codes before titles, but for those that stand alone, if each has one and they count on, whichever mark they
    have or have not; they may begin anew with the first, as in each group."""
    titled = [one for one in each if one.cell.text == one.owner and not one.alone]
    found = [count_before(one.cell.text) for one in titled]
    counted = [_place_in_count(code) for code, _ in found]
    if len(titled) < fewest or len({rest for _, rest in found}) < len(found) or not all(place for _, place in counted):
        return frozenset()
    goes_on = [stem == before and count == last + 1 for (before, last), (stem, count) in pairwise(counted)]
    begins = [count == 1 for _, count in counted]
    is_counted = begins[0] and any(goes_on) and all(map(operator.or_, goes_on, begins[1:]))
    return frozenset(code for code, _ in found) if is_counted else frozenset()


def _place_in_count(code: str) -> tuple[str, int]:
    """What of a code stays the same where it counts, and its place, from 1: by its last figure or letter. Nought where
    it counts nothing."""
    bare = code.rstrip(").:]|–—- ")
    stem = bare.rstrip("0123456789")
    if bare != stem:
        return stem, int(bare[len(stem) :])
    is_letter = bare[-1:].isalpha() and not bare[-2:-1].isalnum()
    return bare[:-1], ord(bare[-1].lower()) - ord("a") + 1 if is_letter else 0


def _may_be_word(code: str, said: Sequence[tuple[str, str]]) -> bool:
    """Whether what no mark tells from words may be one ("NHS 111 calls"): it stands before several texts under several
    titles, or before several that go on in the middle of a sentence. ``said`` are the texts and titles."""
    texts, owners = map(set, zip(*said, strict=True))
    if not code[-1].isalnum():
        return False
    goes_on = len(said) > 1 and any(text[:1].islower() for text in texts)
    return goes_on or (code[0].isalpha() and min(len(texts), len(owners)) > 1)


#: A code in brackets behind a text.
_BEHIND = re.compile(
    r"[\[(](?:[A-Z]{2,5} )?(?:[A-Z]{1,5}[-. ]?\d{1,3}(?:[-./]\d{1,3}){0,3}[a-z]?|\d{1,3}(?:\.\d{1,3}){1,3})[\])][.;]?$"
)
_TOLD_BEHIND = "what looks like a code stands behind the text, and is printed with it: take it out if it is one"


def _codes_behind(each: Sequence[_Coded]) -> Iterator[Doubt]:
    """Texts that end with a code, where most in a set do."""
    coded = [one.cell for one in each if any(map(_BEHIND.search, one.lines))]
    if len(coded) >= _FEWEST and 2 * len(coded) > len(each):
        yield from (Doubt(_TOLD_BEHIND, cell.place, text=cell.text, weighs=True) for cell in coded)


def _without(one: _Coded, known: frozenset[str]) -> Cell | None:
    """The cell without those of its codes that are ``known``; nothing where it has none of them."""
    found = [count_before(_bare(line)) for line in one.lines]
    if not any(code in known for code, _ in found):
        return None
    mark = f"{LIST_MARKS[0]} "
    lines = tuple(
        f"{mark if is_listed(line) else ''}{rest}" if code in known else line
        for line, (code, rest) in zip(one.lines, found, strict=True)
    )
    return replace(one.cell, text=" ".join(lines), lines=lines)


def _without_stem(one: _Coded, stem: str) -> Cell | None:
    """A title without the code that is the ``stem`` of those below it ("A" above "A1"), if it has that."""
    code, rest = count_before(one.cell.text)
    if not stem or code.rstrip(".):–—- ") != stem:
        return None
    return replace(one.cell, text=rest, lines=(rest,))


#: The first number or letter of a list.
_FIRST = re.compile(r"\(?[1ai][.)]")


def _without_alone(one: _Coded) -> Cell | None:
    """A text without the number of the first entry of a list, where it is the only one of its list."""
    number = typed_number(one.cell.text)
    if len(one.lines) > 1 or not _FIRST.fullmatch(number):
        return None
    rest = one.cell.text.removeprefix(number).strip()
    return replace(one.cell, text=rest, lines=(rest,))


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
