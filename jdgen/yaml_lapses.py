"""What people who have never heard of YAML get wrong in a line of a file.

YAML takes such a line for the text of the one above, and complains of a later one, or of indentation. A line is told
here only where mending it takes the complaint away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from jdgen.words import shorten

_ITEM = r"(?P<before>\s*(?:- +)?(?:[\w -]+?: +)?)"
_NO_SPACE = re.compile(r"(?P<before>\s*(?:- +)?)(?P<word>[A-Za-z_][\w -]*:)(?P<after>[^\s:/].*)")
_NO_COLON = re.compile(r"(?P<before>\s*(?:- +)?)(?P<word>[A-Za-z_]\w*) *[;=：] *(?P<after>\S.*)")
_NO_HYPHEN = re.compile(r"(?P<before>\s*)(?P<mark>[-–—•·*])(?P<space> *)(?P<after>[^\s-].*)")
_QUOTED_PART = re.compile(_ITEM + r"(?P<text>'(?:[^']|'')*' *[^\s#'].*|\"(?:[^\"\\]|\\.)*\" *[^\s#\"].*)")
_MEANT_OTHERWISE = re.compile(_ITEM + r"(?P<text>(?![>|][-+\d]* *(?:#.*)?\Z)[,%@`>|?&*!\]}].*)")
_WIDE_SPACE = re.compile(r"\s*(?:- *|[\w-]+:)?[ ]*[\t\u00a0\u2000-\u200b\u202f\u3000]")
_ODD_SPACES = re.compile("[\t\u00a0\u2000-\u200a\u202f\u3000]")
# More in one file are told another time: each is looked for by reading the file again.
_MOST = 10
_SHOWN = 81
_SHORT_ENOUGH = 2**18
_ENTRY = re.compile(r"\s*(?:- |[\w-]+:(?: |$))")


class YamlFault(NamedTuple):
    """The ``line`` (from 0) at which a reader of YAML gives up, and what it says."""

    line: int
    said: str


class Lapse(NamedTuple):
    """What is wrong in the line with this ``number`` (from 0), what would be right, and the line as it was meant."""

    number: int
    what: str
    right: str
    meant: str


def _lapse_in(index: int, line: str) -> Lapse | None:
    """What people often get wrong, if ``line`` has it."""
    if _WIDE_SPACE.match(line):
        called = "a tab" if "\t" in line else "a space of another kind than the space bar's"
        plain = _ODD_SPACES.sub(" ", line.replace("\u200b", ""))
        return Lapse(index, f"{called} stands where a line begins or behind a colon", "type plain spaces there", plain)
    if lapse := _NO_SPACE.fullmatch(line):
        meant = f"{lapse['word']} {lapse['after']}"
        return Lapse(index, f"no space behind '{lapse['word']}'", f"write '{_short(meant)}'", lapse["before"] + meant)
    if lapse := _NO_COLON.fullmatch(line):
        meant = f"{lapse['word']}: {lapse['after']}"
        return Lapse(index, f"no colon behind '{lapse['word']}'", f"write '{_short(meant)}'", lapse["before"] + meant)
    if (lapse := _NO_HYPHEN.fullmatch(line)) and (lapse["mark"], bool(lapse["space"])) != ("-", True):
        meant = f"- {lapse['after']}"
        what = "an entry of a list has to begin with a hyphen and a space"
        return Lapse(index, what, f"write '{_short(meant)}'", lapse["before"] + meant)
    return None


def _unquoted_in(index: int, line: str) -> Lapse | None:
    """The same, of quotation marks: what they leave out, or what is wanting."""
    if lapse := _QUOTED_PART.fullmatch(line):
        right = "put all of the text in quotation marks of the other kind"
        meant = lapse["before"] + _in_quotes(lapse["text"])
        return Lapse(index, "the text goes on behind a quotation mark that closes it", right, meant)
    if lapse := _MEANT_OTHERWISE.fullmatch(line):
        quoted = _in_quotes(lapse["text"])
        what = f"a text that begins with {lapse['text'][0]} needs quotation marks"
        return Lapse(index, what, f"write {_short(quoted)}", lapse["before"] + quoted)
    return None


def _lapse_of(index: int, line: str) -> Lapse | None:
    return _lapse_in(index, line) or _unquoted_in(index, line) or _stray(index, line)


def _stray(index: int, line: str) -> Lapse | None:
    """A line of a longer text that begins where the words with a colon do."""
    if not line or line[0] in " -#" or line.startswith(("---", "...")) or re.search(r":(?: |$)", line):
        return None
    right = "indent it by two spaces, if it goes on with the text above"
    return Lapse(index, "a line has no word with a colon and is not indented", right, f"  {line}")


def _in_quotes(text: str) -> str:
    return "'" + text.rstrip().replace("'", "''") + "'"


def lapses_in(text: str, fault: YamlFault, fault_in: Callable[[str], YamlFault | None]) -> list[Lapse]:
    """What is probably wrong where ``text`` cannot be read for a ``fault``: told is only what takes the fault away, or
    moves it, when it is mended. ``fault_in`` reads the text again as if it were, so that all such lines are told at
    once."""
    lines, lapses, untold = text.split("\n"), list[Lapse](), list[Lapse]()
    left: YamlFault | None = fault
    while left is not None and len(lapses) + len(untold) < _MOST and len(text) < _SHORT_ENOUGH:
        lapse = _lapse_near(lines, left, {each.number for each in (*lapses, *untold)})
        if lapse is None:
            break
        lines[lapse.number] = lapse.meant
        untold.append(lapse)
        later = fault_in("\n".join(lines))
        if later != left:  # else more than this line is wrong, or another one
            lapses, untold = [*lapses, *untold], []
        left = later
    return sorted(lapses)


def lapses_in_every_line(text: str) -> list[Lapse]:
    """What each line of ``text`` lacks, where all lack a space or a colon: YAML takes them for one text."""
    lines = [(index, line) for index, line in enumerate(text.split("\n")) if line.strip() and line[0] != "#"]
    if not all(_NO_SPACE.fullmatch(line) or _NO_COLON.fullmatch(line) for _, line in lines):
        return []
    return [lapse for index, line in lines if (lapse := _lapse_in(index, line))]


def _lapse_near(lines: Sequence[str], fault: YamlFault, mended: Collection[int]) -> Lapse | None:
    """The lapse in the line at which the fault is told, or in the nearest above it of which that may be the text."""
    for index in range(min(fault.line, len(lines) - 1), -1, -1):
        if index not in mended and (lapse := _lapse_of(index, lines[index])):
            return lapse
        if index < fault.line and index not in mended and _ENTRY.match(lines[index]):
            return None
    return None


def _short(line: str) -> str:
    return shorten(line, _SHOWN)
