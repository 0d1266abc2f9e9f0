"""Letters on a page, put together again as words, lines and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from jdgen.framework.markup import LIST_MARKS

#: A gap of this part of a letter's height is a space; lines this many heights apart are two paragraphs.
_SPACE, _PARAGRAPH = 0.2, 1.8
#: Bullets of the fonts Symbol and Wingdings, which many programs use.
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf076\uf0d8\u25aa", LIST_MARKS[0]))
# A line may be divided after these without a space, unless there is one before them.
_DIVIDED = re.compile(r"\S[/–—-]$")


class Box(NamedTuple):
    """A rectangle on a page, in points from its top left."""

    left: float
    top: float
    right: float
    bottom: float


class Letter(NamedTuple):
    """A letter and where it is printed."""

    box: Box
    text: str

    def middle_in(self, box: Box) -> bool:
        """Whether its middle is in ``box``: its edges may be drawn over the line."""
        across, down = (self.box.left + self.box.right) / 2, (self.box.top + self.box.bottom) / 2
        return box.left <= across < box.right and box.top <= down < box.bottom


def text_in(box: Box, letters: Iterable[Letter]) -> str:
    """What is printed in ``box``, as one line."""
    return _joined(_lines([letter for letter in letters if letter.middle_in(box)]))


def paragraphs(letters: Sequence[Letter]) -> Iterator[tuple[float, str]]:
    """Paragraphs, divided by wider gaps, each with its upper edge."""
    together: list[list[Letter]] = []
    for line in _lines(letters):
        if together and line[0].box.top - together[-1][0].box.top > _PARAGRAPH * _height(together[-1]):
            yield from _paragraph(together)
            together = []
        together.append(line)
    yield from _paragraph(together)


def _paragraph(lines: list[list[Letter]]) -> Iterator[tuple[float, str]]:
    if text := _joined(lines):
        yield lines[0][0].box.top, text


def _lines(letters: Iterable[Letter]) -> list[list[Letter]]:
    """Letters line by line, from left to right; letters that are half a height apart stand in two lines."""
    lines: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda one: one.box.top + one.box.bottom):
        middle = (letter.box.top + letter.box.bottom) / 2
        if lines and middle - (lines[-1][0].box.top + lines[-1][0].box.bottom) / 2 < _height(lines[-1]) / 2:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return [sorted(line, key=lambda one: one.box.left) for line in lines]


def _height(line: Sequence[Letter]) -> float:
    return max(letter.box.bottom - letter.box.top for letter in line)


def _joined(lines: Iterable[Sequence[Letter]]) -> str:
    """The lines as one. A line that ends with a stroke or hyphen, and with no space after it, goes on without one."""
    text = ""
    for line in lines:
        apart = "" if _DIVIDED.search(text) else " "
        text += f"{apart}{_line(line)}"
    return " ".join(text.translate(_BULLETS).split())


def _line(letters: Sequence[Letter]) -> str:
    text = letters[0].text
    for before, after in pairwise(letters):
        gap = after.box.left - before.box.right > _SPACE * _height((before, after))
        text += f" {after.text}" if gap else after.text
    return text
