"""The characters of one tag: what Word puts into it while people type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
# Nobody sees these: zero-width spaces and joiners, direction marks, the soft hyphen.
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
# Some scripts are not written without joiners and direction marks; a quoted text keeps them.
_UNSEEN_IN_TEXT = _UNSEEN - frozenset("\u200c\u200d\u200e\u200f")
_DOUBLE, _SINGLE = '"“”', "'‘’"
_CURLY = "“”‘’"
# docxtpl makes every curly quote straight. These stand in for those that are meant (Unicode keeps them free for that).
_HIDDEN = dict(zip(map(ord, _CURLY), "\ufdd0\ufdd1\ufdd2\ufdd3", strict=True))
_SHOWN = {ord(hidden): char for char, hidden in zip(_CURLY, _HIDDEN.values(), strict=True)}
_TEXT_IN_XML = re.compile(r"(?<=>)[^<]*\{[^<]*")
# docxtpl reads {_{ as an escaped {{, and so on; jdgen prints it as it was typed.
_ESCAPE_BEGIN, _ESCAPE_END = re.compile(r"\{_(?=[{%])"), re.compile(r"(?<=[}%])_\}")

# docxtpl takes braces for a tag that Word has split even where a paragraph ends between them.
_BRACE_LAST = re.compile(r"\{(?=(?:<[^>]*>)*?</w:p>)")
_BRACE_FIRST = re.compile(r"(<w:p(?: [^>]*)?>(?:<(?!/?w:p[ >/])[^>]*>)*)\}")


def tags_in(text: str) -> Iterator[tuple[int, int]]:
    """Where in ``text`` each tag begins and ends, delimiters included; what is never closed is none.

    A stranger's text may be millions of braces: each is looked at a bounded number of times.
    """
    at = 0
    unclosed: set[str] = set()
    while opening := _OPENING.search(text, at):
        closing = _CLOSING[opening[0]]
        end = -1 if closing in unclosed else text.find(closing, opening.end())
        if end < 0:
            unclosed.add(closing)
            at = opening.start() + 1
        else:
            at = end + 2
            yield opening.start(), at


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


def cleaned(tag: str) -> list[str]:
    """Each character of ``tag`` as Jinja is to read it: any white space as a space, what nobody sees as ''."""
    in_text = {at for start, end in quoted_texts(tag) for at in range(start, end)} if not tag.startswith("{#") else ()
    return [_cleaned(char, at in in_text) for at, char in enumerate(tag)]


def _cleaned(char: str, in_text: bool) -> str:
    if char in (_UNSEEN_IN_TEXT if in_text else _UNSEEN):
        return ""
    return " " if char.isspace() and not in_text else char


def kept_from_docxtpl(xml: str) -> str:
    """``xml`` with what docxtpl would rewrite hidden from it: curly quotes inside quoted texts, ``{_{`` and its kind,
    a brace at the end or beginning of a paragraph.

    Quotes round a text are made straight here. :func:`shown_again` undoes the hiding.
    """
    xml = _TEXT_IN_XML.sub(lambda found: _in_tags(found[0]), xml)
    xml = _BRACE_FIRST.sub(r"\1&#125;", _BRACE_LAST.sub("&#123;", xml))
    return _ESCAPE_END.sub("&#95;}", _ESCAPE_BEGIN.sub("{&#95;", xml))


def _in_tags(text: str) -> str:
    if not any(char in text for char in _CURLY):
        return text
    pieces: list[str] = []
    end = 0
    for start, stop in tags_in(text):
        tag = text[start:stop]
        pieces += (text[end:start], tag if tag.startswith("{#") else _with_hidden_quotes(tag))
        end = stop
    return "".join((*pieces, text[end:]))


def _with_hidden_quotes(tag: str) -> str:
    return _with_straight_quotes(tag, lambda text: text.translate(_HIDDEN))


def as_jinja(tag: str) -> str:
    """``tag`` as its author means it: cleaned, with straight quotes round its texts."""
    return _with_straight_quotes("".join(cleaned(tag)), str)


def _with_straight_quotes(tag: str, text_as: Callable[[str], str]) -> str:
    pieces: list[str] = []
    end = 0
    for start, stop in quoted_texts(tag):
        straight = '"' if tag[start] in _DOUBLE else "'"
        pieces += (tag[end:start], straight, text_as(tag[start + 1 : stop - 1]), straight)
        end = stop
    return "".join((*pieces, tag[end:]))


def shown_again(patched: str) -> str:
    """What docxtpl made of :func:`kept_from_docxtpl`'s text, with the curly quotes that were hidden from it."""
    return patched.translate(_SHOWN)
