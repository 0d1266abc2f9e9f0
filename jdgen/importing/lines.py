"""The paragraphs of one cell, which are the entries of a list, and what in them is no word of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise

from jdgen.framework.transcription import LIST_MARKS
from jdgen.words import UNSEEN

#: Bullets of the fonts Symbol and Wingdings, which many programs use.
SYMBOL_BULLETS = "\uf0b7\uf0a7\uf076\uf0d8\u25aa"
AS_BULLETS = str.maketrans(dict.fromkeys(SYMBOL_BULLETS, LIST_MARKS[0]))
#: What people type before the entries of a list.
_TYPED = re.compile(r"^[-–—*·►➢✓✔]\s+")
#: The letter that stands for a bullet of the second depth, where other lines have list marks.
_SECOND = re.compile(r"^o\s+(?=\S)")
#: Numbers and letters that people type before the entries of a list.
_TYPED_NUMBER = re.compile(
    r"^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]|(?P<outline>\d{1,2}(?:\.\d{1,2}){1,3})[.)]?)\s+(?=\S)"
)


def typed_number(text: str) -> str:
    """The number or letter that somebody has typed before a text, as in a list; nothing where there is none."""
    match = _TYPED_NUMBER.match(text)
    return match[0].strip() if match else ""


#: Letters that stand for several, and characters that show nothing, as they come out of typeset pages.
_PLAIN = str.maketrans(
    dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)) | dict.fromkeys(UNSEEN)
)


def in_plain_letters(text: str) -> str:
    """A text with its words as people type them: without soft hyphens and the like, and with ``fi`` for the one letter
    that typesetters have for both."""
    return text if text.isascii() else text.translate(_PLAIN)


_SENTENCE_END = re.compile(r"[.:;!?][\"'”’)]*$")


def marked_lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Lines that are not empty, each in one run of white space, and with the same list mark where people typed one.

    A dash is a list mark where several lines begin with one, or the line before it ends with a colon; a typed number or
    letter is one where all lines begin with one, but for what leads in the list.
    """
    lines = [" ".join(text.translate(AS_BULLETS).split()) for text in texts if text.strip()]
    entries = lines if lines and _TYPED_NUMBER.match(lines[0]) else lines[1:]
    if len(entries) > 1 and _are_numbered(entries):
        return (*lines[: -len(entries)], *(_TYPED_NUMBER.sub(f"{LIST_MARKS[0]} ", line) for line in entries))
    dashes = [index for index, line in enumerate(lines) if _TYPED.match(line)]
    if len(dashes) > 1 or any(index and lines[index - 1].endswith(":") for index in dashes):
        lines = [_TYPED.sub(f"{LIST_MARKS[0]} ", line) for line in lines]
    if any(map(is_listed, lines)):
        lines = [_SECOND.sub(f"{LIST_MARKS[0]} ", line) for line in lines]
    return tuple(lines)


def _are_numbered(lines: Iterable[str]) -> bool:
    """Whether a number or a letter is typed before all lines. Those of an outline, such as 1.1 and 1.2, follow each
    other: 0.5 and 1.0 are figures."""
    matches = [_TYPED_NUMBER.match(line) for line in lines]
    numbers = [match["outline"] for match in matches if match and match["outline"]]
    heads, _, lasts = zip(*(number.rpartition(".") for number in numbers), strict=True) if numbers else ((), (), ())
    rises = all(int(after) == int(before) + 1 for before, after in pairwise(lasts))
    return all(matches) and (not numbers or (len(numbers) == len(matches) and len(set(heads)) == 1 and rises))


def lines_of_cell(text: str) -> tuple[str, ...]:
    """The paragraphs of a spreadsheet's cell: a line break within a sentence divides nothing."""
    return _join_lines(text, goes_on)


def lines_of_paragraph(text: str) -> tuple[str, ...]:
    """What line breaks divide in a paragraph of a Word file: entries with list marks, and whole sentences where none
    has one."""
    return _join_lines(text, lambda above, _: is_listed(above) or not _SENTENCE_END.search(above))


def _join_lines(text: str, is_one: Callable[[str, str], bool]) -> tuple[str, ...]:
    """The lines of ``text``, each joined to the one above it where the two are one and it is no entry of a list."""
    lines: list[str] = []
    for line in marked_lines(text.split("\n")):
        if lines and not is_listed(line) and is_one(lines[-1], line):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return tuple(lines)


def goes_on(above: str, line: str) -> bool:
    """Whether ``line`` is in the middle of a sentence that the line ``above`` it begins."""
    return not line[0].isupper() and not line[0].isdigit() and not _SENTENCE_END.search(above)


def has_breaks_within(text: str) -> bool:
    """Whether line breaks divide sentences of a spreadsheet's cell, so that they were taken as spaces."""
    return len(lines_of_cell(text)) < len(marked_lines(text.split("\n")))


#: What is said of such a cell.
BREAKS_WITHIN = "line breaks within its sentences are taken as spaces"


def is_listed(line: str) -> bool:
    """Whether a list mark stands before the line."""
    return line.startswith(tuple(LIST_MARKS))


#: What people write into a cell that says nothing.
_GAP = re.compile(r"[-–—]+|n/?a\.?|not applicable", re.IGNORECASE)


def is_gap(text: str) -> bool:
    """Whether a text is one of the marks by which people say that there is nothing to say."""
    return bool(_GAP.fullmatch(text.strip()))


_FIGURE = re.compile(r"\d+(?:\.\d+)*")
#: What says of a duty hardly more than whether there is one: a figure, a letter, a word for nothing; or what stands for
#: one that is still to come.
_LITTLE = re.compile(
    r"\W*+(?:\d[\d.,%]*+|\w?|[A-Z]{2}|(?i:none|nil|not (?:required|expected|needed)|x{2,}|tb[acd]|to be \w+))\W*"
    r"|\[[^\[\]]*\]"
)


def is_figure(text: str) -> bool:
    """Whether a text is a number alone: "5", "1.0"."""
    return bool(_FIGURE.fullmatch(text.strip()))


def says_little(text: str) -> bool:
    """Whether a text is hardly what somebody does: "2", "E", "None", "TBC"."""
    return bool(_LITTLE.fullmatch(text.strip()))


#: Marks by which a table says that a row holds at a level: ticks, and crosses, which say so too where no ticks stand
#: beside them (a tick of the font Wingdings is a ü to whoever does not know the font); and those that say that it does
#: not. Word's own check box is crossed when it is checked, and Excel's is a truth value.
CHECKS, CROSSES = frozenset("✓✔☑☒√●•■◆*ü\uf0fc") | {"y", "yes", "true"}, frozenset("x×")
UNCHECKED = frozenset("☐□○✗✘") | {"n", "no", "false"}
_TICKS = CHECKS | CROSSES | UNCHECKED
#: A tick with what somebody has to say about it, or the mark of a footnote that does.
_REMARKED = re.compile(r"(?P<tick>[^\W\d_]+|[^\w\s]) *(?P<remark>(?:\([^()]+\)|[*†‡¹²³⁴⁵⁶⁷⁸⁹])+)")


def tick_in(text: str) -> tuple[str, str]:
    """The tick that a text is, in lower case, and the remark in brackets or the mark of a footnote behind it; twice
    nothing for any other text."""
    bare = text.strip().casefold()
    if bare in _TICKS:
        return bare, ""
    match = _REMARKED.fullmatch(bare)
    return (match["tick"], match["remark"]) if match and match["tick"] in _TICKS else ("", "")


def is_tick(text: str) -> bool:
    """Whether a text only ticks something, or says that it is not ticked."""
    return bool(tick_in(text)[0])


#: Ticks and crosses of fonts of signs, by the last byte of their characters.
_SIGNS: Mapping[str, Mapping[int, str]] = {
    "wingdings": {0xFC: "✓", 0xFE: "☑", 0xFB: "✗", 0xFD: "✗", 0xA8: "☐", 0x6F: "☐"},
    "wingdings2": {0x50: "✓", 0x52: "☑", 0x4F: "✗", 0x51: "✗", 0x53: "✗", 0xA3: "☐"},
    "webdings": {0x61: "✓", 0x72: "✗"},
}
#: What else stands in the names of fonts: the mark of a subset, spaces, the style.
_BESIDE_NAME = re.compile(r"^[a-z]{6}\+|[\s,_-]|regular$")


def is_font_of_signs(name: str) -> bool:
    """Whether the letters of a font are signs."""
    return _BESIDE_NAME.sub("", name.casefold()) in _SIGNS


def sign_of(font: str, text: str) -> str:
    """The tick or the cross that ``text`` is in a font of signs, as which it is a letter to whoever does not know the
    font: a P in Wingdings 2. Nothing for any other text or font."""
    signs = _SIGNS.get(_BESIDE_NAME.sub("", font.casefold()), {})
    bare = text.strip()
    return signs.get(ord(bare) & 0xFF, "") if len(bare) == 1 else ""


#: What people write into a cell instead of what another one says.
_POINTER = re.compile(
    r"(?:[\"“”„〃]|''|ditto|do\.|[←→↑↓⇐⇒⇑⇓]+)[.]?$|(?:the )?(?:same )?(?:as|see) (?:for |in |at |per )?(?:the )?"
    r"(?:above|below|left|previous|preceding|lower|(?:band|level|grade|step)s?\b)",
    re.IGNORECASE,
)


def points_elsewhere(text: str) -> bool:
    """Whether a text says nothing itself, but that another cell does: a mark for ditto, or "as band 5"."""
    return bool(_POINTER.match(text.strip()))


# Marks of footnotes that somebody has typed: after the stop of a sentence, or raised.

_RAISED = "¹²³⁴⁵⁶⁷⁸⁹⁰†‡"
_FOOTNOTE = re.compile(
    rf"(?<=[A-Za-z][.,;:!?])(\d{{1,2}}|\*+|\(\d{{1,2}}\))(?=\s|$)"
    rf"|(?<!\bm)(?<!\bcm)([{_RAISED}]+(?:,[{_RAISED}]+)*|\[\^?\d{{1,2}}\])(?=[.,;:!?]?(?:\s|$))|(?<=\w)(\*+)$"
)
_NOTE = re.compile(r"^\[?(\d{1,2}|\*)[\].)]?\s+\S")


def footnote_marks(text: str, notes: Sequence[str]) -> list[str]:
    """The marks in ``text`` that look like those of footnotes. ``notes`` are the marks with which paragraphs outside
    the tables begin: a number right behind a word is a mark only where there is such a paragraph."""
    marks = [next(filter(None, match.groups())) for match in _FOOTNOTE.finditer(text)]
    behind = re.search(r"(?<=[a-z])(\d{1,2})$", text)
    return [*marks, behind[1]] if behind and behind[1] in notes and behind[1] not in marks else marks


def note_marks(paragraphs: Iterable[str]) -> list[str]:
    """The marks with which those ``paragraphs`` begin that may be footnotes."""
    return [match[1] for text in paragraphs if (match := _NOTE.match(text))]
