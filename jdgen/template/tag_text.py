"""The characters of tags: where in a text each begins and ends, what people and Word put into it while they type, and
what is hidden from docxtpl.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from jdgen.words import UNSEEN

_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_RAW, _ENDRAW = re.compile(r"\{%-?\s*raw\s*-?%\}"), re.compile(r"\{%-?\s*endraw\s*-?%\}")
_MARKER = re.compile(r"\{#(p|tr|tc)\s")
_LONGEST_TAG = 1_000
_REFERENCES = {ord(char): f"&#{ord(char)};" for char in "{}"}
# What XML, docxtpl or Jinja would take for their own inside a quoted text, as Jinja's texts may have it.
_ESCAPES = {"&amp;": r"\x26", "&lt;": r"\x3c", "&gt;": r"\x3e"} | {char: rf"\x{ord(char):02x}" for char in "{}%"}
_ESCAPED = re.compile("|".join(_ESCAPES))
# Nobody sees these. Some scripts are not written without joiners and direction marks; a quoted text keeps them.
_UNSEEN_IN_TEXT = frozenset(UNSEEN)
_UNSEEN = _UNSEEN_IN_TEXT | frozenset("\u200c\u200d\u200e\u200f")
_DOUBLE, _SINGLE = '"“”', "'‘’"
_CURLY = "“”‘’"
_QUOTE = re.compile(f"[{_DOUBLE}{_SINGLE}]")
# docxtpl makes every curly quote straight. These stand in for those that are meant (Unicode keeps them free for that).
_HIDDEN = dict(zip(map(ord, _CURLY), "\ufdd0\ufdd1\ufdd2\ufdd3", strict=True))
_CURLY_AGAIN = {ord(hidden): char for char, hidden in zip(_CURLY, _HIDDEN.values(), strict=True)}
_TEXT_IN_XML = re.compile(r"(?<=>)[^<]*\{[^<]*")
# docxtpl reads {_{ as an escaped {{, and so on; jdgen prints it as it was typed.
_ESCAPE_BEGIN, _ESCAPE_END = re.compile(r"\{_(?=[{%])"), re.compile(r"(?<=[}%])_\}")

# docxtpl takes braces for a tag that Word has split even where a paragraph ends between them.
_BRACE_LAST = re.compile(r"\{(?=(?:<[^>]*>)*?</w:p>)")
_BRACE_FIRST = re.compile(r"(<w:p(?: [^>]*)?>(?:<(?!/?w:p[ >/])[^>]*>)*)\}")


def tags_in(text: str) -> Iterator[tuple[int, int]]:
    """Where in ``text`` each tag begins and ends, delimiters included; what is never closed is none. What stands
    between ``{% raw %}`` and ``{% endraw %}`` is text, and counts as one tag with the two.

    A stranger's text may be millions of braces: each is looked at a bounded number of times.
    """
    at = 0
    unclosed: set[str] = set()
    while opening := _OPENING.search(text, at):
        if raw := _raw_at(text, opening.start(), unclosed):
            yield opening.start(), raw
            at = raw
            continue
        closing = _CLOSING[opening[0]]
        end = -1 if closing in unclosed else text.find(closing, opening.end())
        if end < 0:
            unclosed.add(closing)
            at = opening.start() + 1
        else:
            at = _after_quoted(text, opening, end) + 2
            yield opening.start(), at


def _raw_at(text: str, start: int, unclosed: set[str]) -> int:
    """Where the text that is marked as raw at ``start`` ends, mark included; 0 where none begins."""
    if "raw" in unclosed or not (begins := _RAW.match(text, start)):
        return 0
    ends = _ENDRAW.search(text, begins.end())
    if ends is None:
        unclosed.add("raw")
        return 0
    return ends.end()


def is_raw(tag: str) -> bool:
    """Whether ``tag`` is text between ``{% raw %}`` and ``{% endraw %}``, with the two."""
    begins = _RAW.match(tag)
    return begins is not None and _ENDRAW.search(tag, begins.end()) is not None


def _after_quoted(text: str, opening: re.Match[str], end: int) -> int:
    """Where a tag closes whose first closing braces stand at ``end``: further on where those are inside a quoted text,
    as in ``{% if title == "%}" %}``. An apostrophe that is alone, or begins a text that would reach into another tag,
    quotes nothing."""
    if opening[0] == "{#" or _QUOTE.search(text, opening.end(), end) is None:
        return end
    closing, inside = _CLOSING[opening[0]], text[opening.end() : opening.end() + _LONGEST_TAG]
    at = first = end - opening.end()
    for begins, ends in quoted_texts(inside):
        if at < begins:
            break
        if at < ends:
            at = inside.find(closing, ends)
            if at < 0 or _OPENING.search(inside, first, ends):
                return end
    return end if at > first and _OPENING.search(without_quoted(inside[:at])) else at + opening.end()


def without_tags(text: str, instead: str = "") -> str:
    """``text`` with nothing where its tags are, or with the character ``instead`` for each of theirs."""
    pieces: list[str] = []
    at = 0
    for start, end in tags_in(text):
        pieces += (text[at:start], instead * (end - start))
        at = end
    return "".join((*pieces, text[at:]))


def without_quoted(tag: str) -> str:
    """``tag`` with nothing in its quotes."""
    pieces: list[str] = []
    at = 0
    for start, end in quoted_texts(tag):
        pieces.append(tag[at : start + 1])
        at = end - 1
    return "".join((*pieces, tag[at:]))


def quoted_texts(tag: str) -> Iterator[tuple[int, int]]:
    """Where in ``tag`` each quoted text begins and ends, quotes included.

    What opens with a straight quote ends at the next one of its kind; what opens with a curly one ends at the next
    that is no apostrophe inside a word. A text without an end is none.
    """
    at = 0
    while at < len(tag):
        if tag[at] in _DOUBLE or tag[at] in _SINGLE:
            end = _end_of_text(tag, at)
            if end < 0:
                return
            yield at, end + 1
            at = end
        at += 1


def _end_of_text(tag: str, start: int) -> int:
    kinds = _DOUBLE if tag[start] in _DOUBLE else _SINGLE
    straight = kinds[0]
    if tag[start] == straight and (same := next(_marks(tag, start + 1, straight), -1)) >= 0:
        return same
    return next((at for at in _marks(tag, start + 1, kinds) if tag[at] != "’" or not _inside_word(tag, at)), -1)


def _marks(tag: str, start: int, kinds: str) -> Iterator[int]:
    """Where one of ``kinds`` stands without a backslash before it."""
    return (at for at in range(start, len(tag)) if tag[at] in kinds and tag[at - 1] != "\\")


def _inside_word(tag: str, at: int) -> bool:
    return tag[at - 1].isalnum() and at + 1 < len(tag) and tag[at + 1].isalnum()


def clean(tag: str) -> list[str]:
    """Each character of ``tag`` as Jinja is to read it: any white space as a space, what nobody sees as ''."""
    if _RAW.match(tag):
        return list(tag)
    in_text = {at for start, end in quoted_texts(tag) for at in range(start, end)} if not tag.startswith("{#") else ()
    return [_clean(char, at in in_text) for at, char in enumerate(tag)]


def _clean(char: str, in_text: bool) -> str:
    if char in (_UNSEEN_IN_TEXT if in_text else _UNSEEN):
        return ""
    return " " if char.isspace() and not in_text else char


def hide_from_docxtpl(xml: str) -> str:
    """``xml`` with what docxtpl would rewrite hidden from it: curly quotes and braces inside quoted texts, what remarks
    say, what is raw, ``{_{`` and its kind, a brace at the end or beginning of a paragraph.

    Quotes round a text are made straight here. :func:`show_again` undoes the hiding.
    """
    xml = _TEXT_IN_XML.sub(lambda match: _in_tags(match[0]), xml)
    xml = _BRACE_FIRST.sub(r"\1&#125;", _BRACE_LAST.sub("&#123;", xml))
    return _ESCAPE_END.sub("&#95;}", _ESCAPE_BEGIN.sub("{&#95;", xml))


def _in_tags(text: str) -> str:
    """``text``, which is XML, with its tags as docxtpl and Jinja both take them.

    ``-`` takes the spaces away on its side of a tag; docxtpl would take whatever stands before the line as well.
    """
    pieces: list[str] = []
    end = 0
    for start, stop in tags_in(text):
        tag, before = text[start:stop], text[end:start]
        if end and text[end - 3] == "-":
            before = before.lstrip()
        pieces += (before.rstrip() if tag[2] == "-" else before, _unmistakable(tag))
        end = stop
    after = text[end:]
    return "".join((*pieces, after.lstrip() if end and text[end - 3] == "-" else after))


def _unmistakable(tag: str) -> str:
    """``tag`` as docxtpl cannot mistake it: nothing in a remark, no brace in what is raw or quoted, no ``-``."""
    if tag.startswith("{#"):
        marker = _MARKER.match(tag)
        return f"{{#{marker[1] if marker else ''} #}}"
    if raw := _RAW.match(tag):
        return tag[raw.end() : tag.rindex("{%")].translate(_REFERENCES)
    undashed = f"{tag[:2]}{tag[2:-2].removeprefix('-').removesuffix('-')}{tag[-2:]}"
    return _with_straight_quotes(undashed, _hide)


def _hide(quoted: str) -> str:
    return _ESCAPED.sub(lambda match: _ESCAPES[match[0]], quoted.translate(_HIDDEN))


def as_jinja(tag: str) -> str:
    """``tag`` as its author means it: cleaned, with straight quotes round its texts."""
    return _with_straight_quotes("".join(clean(tag)), str)


def _with_straight_quotes(tag: str, text_as: Callable[[str], str]) -> str:
    pieces: list[str] = []
    end = 0
    for start, stop in quoted_texts(tag):
        straight = '"' if tag[start] in _DOUBLE else "'"
        pieces += (tag[end:start], straight, text_as(tag[start + 1 : stop - 1]), straight)
        end = stop
    return "".join((*pieces, tag[end:]))


def show_again(patched: str) -> str:
    """What docxtpl made of :func:`hide_from_docxtpl`'s text, with the curly quotes that were hidden from it."""
    return patched.translate(_CURLY_AGAIN)
