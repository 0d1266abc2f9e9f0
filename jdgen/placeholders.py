"""Whether what stands where an answer is wanted is one.

Which words stand for an answer that is still to come is data (``framework_data/placeholders.yaml``); here they are held
against a text, always the whole of it, so that no sentence with such a word in it is taken for one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from enum import Enum
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from jdgen.words import UNSEEN

#: A longer text says something, whatever words are in it.
_LONGEST = 300
_UNSEEN = re.compile(f"[{UNSEEN}\u200c\u200d]")
_WORDS = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
# Marks that show a gap, with nothing of the same kind between them: [Job title], <title>, {Title}, «Title», %title%.
_GAP = re.compile(r"(?<!\[)\[+[^\[\]]+\]+|(?<!<)<+[^<>]+>+|(?<!\{)\{+[^{}]+\}+|(?<!«)«+[^«»]+»+|(?<!%)%+[^%\s]+%+")
_EMPTY_GAP = re.compile(r"\[\s*\]|<\s*>|\{\s*\}|«\s*»|\(\s*\)")
# What a text may be wrapped in and stay what it is: (TBC), "TBC", **TBC**.
_WRAPPED = re.compile(r"[(\"'“”‘*_]++\s*+(.+?)(?<![\s)\"'“”*_])\s*[)\"'“”*_]+", re.DOTALL)
# What stands among the marks of a figure that is still to come: £xx,xxx, ??/??/????, --%
_AMONG = frozenset(" £$€%,.:;/()\\|-")
_IN_BRACKETS = re.compile(r"[\[<{«]++\s*+(.+?)(?<![\s\]>}»])\s*[\]>}»]+")
_FEWEST_LETTERS = 2
_MOST_WORDS = 10


class Reply(Enum):
    """What a text says where an answer is wanted."""

    #: It is an answer.
    ANSWER = "answer"
    #: It may mean that there is none, or that nobody knows: an answer, to be said better.
    UNCLEAR = "unclear"
    #: It says that there is nothing, where that is what leaving the field out says.
    LEFT_OUT = "left out"
    #: It stands for an answer that is still to come.
    NOT_GIVEN = "not given"


@dataclass(frozen=True, eq=False)
class Placeholders:
    """Words that stand where an answer is still to come, and words that say that there is nothing.

    ``alone`` and ``phrases`` are such words; beside a phrase there may be ``companions`` ("TBC by HR").
    ``instructions`` begin what a form says to its reader ("insert", "click"). ``marks`` are characters, and ``letters``
    repeated letters, that fill a gap. ``elsewhere`` points to where the answer stands, to which no document can follow:
    "as above", "see attached". ``nothing`` and ``unclear`` say that there is nothing; in the fields ``printed`` that is
    an answer, and in the fields ``left_out`` it is the same as no entry.
    """

    alone: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()
    marks: str = ""
    letters: str = ""
    elsewhere: tuple[str, ...] = ()
    nothing: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()
    printed: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def reply(self, text: str, field: str) -> Reply:
        """What ``text`` says as the whole value of ``field`` (``hours``, ``dimensions.text``)."""
        return Reply.ANSWER if self is NO_PLACEHOLDERS or len(text) > _LONGEST else _reply(self, text, field)

    def stand_for(self, text: str) -> bool:
        """Whether ``text``, as a whole, stands for something that is still to be written: ``TBC``, ``[insert]``,
        ``??``, ``awaiting panel``. Words that say that there is nothing do not."""
        return self is not NO_PLACEHOLDERS and len(text) <= _LONGEST and _stand_for(self, _plain_forms_of(text))

    def __reduce__(self) -> str | tuple[Any, ...]:
        # So that the one without words stays the one, and what was worked out stays behind.
        values = tuple(getattr(self, field.name) for field in fields(self))
        return "NO_PLACEHOLDERS" if self is NO_PLACEHOLDERS else (type(self), values)

    @cached_property
    def _phrases_as_words(self) -> tuple[str, ...]:
        """The phrases as words, the longest first, since it may hold others."""
        return tuple(sorted({_space_out(phrase) for phrase in self.phrases}, key=len, reverse=True))

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """Every word that may be in a text of such phrases and their companions."""
        return self._beside.union(*map(str.split, self._phrases_as_words))

    @cached_property
    def _squeezed(self) -> frozenset[str]:
        return frozenset(map(_squeeze, (*self.phrases, *self.alone)))

    @cached_property
    def _beside(self) -> frozenset[str]:
        return frozenset(word for companion in self.companions for word in _space_out(companion).split())

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        """What the first word may be of a text that stands for an answer, or says that there is none: a word of a
        phrase, an instruction, or a part of words that are squeezed into one."""
        squeezed = self._squeezed | self._pointing | self._none | self._doubtful
        parts = (word[:count] for word in squeezed for count in range(1, len(word) + 1))
        return self._vocabulary.union(self._orders, parts)

    @cached_property
    def _orders(self) -> frozenset[str]:
        return frozenset(map(str.casefold, self.instructions))

    @cached_property
    def _filling(self) -> frozenset[str]:
        return frozenset(_plain(self.marks).replace(" ", ""))

    @cached_property
    def _fillers(self) -> frozenset[str]:
        """What a text begins with that only fills a gap, where that is a letter or a digit."""
        return self._filling.union(self.letters.casefold())

    @cached_property
    def _around(self) -> str:
        """What fills a gap without letters, and what stands among it."""
        return "".join(self._filling | _AMONG)

    @cached_property
    def _pointing(self) -> frozenset[str]:
        return frozenset(squeezed for phrase in self.elsewhere if (squeezed := _squeeze(phrase)))

    @cached_property
    def _ditto(self) -> frozenset[str]:
        """What points elsewhere without a word."""
        return frozenset(_plain(phrase) for phrase in self.elsewhere if not _squeeze(phrase))

    @cached_property
    def _none(self) -> frozenset[str]:
        return frozenset(map(_squeeze, self.nothing))

    @cached_property
    def _doubtful(self) -> frozenset[str]:
        return frozenset(map(_squeeze, self.unclear))


#: No word stands for anything but itself.
NO_PLACEHOLDERS = Placeholders()


# Values recur: in a sheet from row to row, in a template from part to part.
@lru_cache(maxsize=256)
def _reply(placeholders: Placeholders, text: str, field: str) -> Reply:
    if _begins_an_answer(text, placeholders):
        return Reply.ANSWER
    forms = _plain_forms_of(text)
    is_unclear = forms.squeezed in placeholders._doubtful
    if is_unclear or forms.squeezed in placeholders._none:
        if field in placeholders.left_out:
            return Reply.LEFT_OUT
        if field in placeholders.printed:
            return Reply.UNCLEAR if is_unclear else Reply.ANSWER
        return Reply.NOT_GIVEN
    # In a form, what stands above can be seen: only a value that is taken out of its place points nowhere.
    is_elsewhere = forms.squeezed in placeholders._pointing or forms.plain in placeholders._ditto
    return Reply.NOT_GIVEN if is_elsewhere or _stand_for(placeholders, forms) else Reply.ANSWER


def _begins_an_answer(text: str, placeholders: Placeholders) -> bool:
    """Whether ``text`` begins with a word with which nothing but an answer does, as most texts do: they need not be
    looked at as a whole."""
    first_word = next(iter(text.split(None, 1)), "")
    match = _WORDS.match((first_word if first_word.isascii() else _plain(first_word)).casefold())
    if match is None or match[0][0] in placeholders._fillers:
        return False
    word = match[0]
    return word not in placeholders._beginnings and word.replace("'", "") not in placeholders._beginnings


class _PlainForms(NamedTuple):
    """A text as it is held against words: in its plain form, without what is around all of it, its words, and those
    squeezed into one."""

    plain: str
    bare: str
    words: list[str]
    squeezed: str


def _plain_forms_of(text: str) -> _PlainForms:
    plain = _plain(text)
    bare = _unwrap(plain)
    words = _words_of(bare)
    return _PlainForms(plain, bare, words, _squeeze_words(words))


def _stand_for(placeholders: Placeholders, forms: _PlainForms) -> bool:
    plain, bare, words, squeezed = forms
    return bool(plain) and bool(
        _is_gaps(plain)
        or _EMPTY_GAP.fullmatch(plain)
        or _is_filling(bare, placeholders)
        or squeezed in placeholders._squeezed
        or _is_said(words, placeholders)
        or _is_instruction(words, placeholders, in_brackets=plain.startswith("("))
    )


def _is_gaps(text: str) -> bool:
    return _GAP.match(text) is not None and _AMONG.issuperset(_GAP.sub("", text))


def _is_filling(text: str, placeholders: Placeholders) -> bool:
    """Whether ``text`` only fills a gap: ``--``, ``??``, ``………``, ``xxx``, ``£xx,xxx``."""
    text = text.casefold()
    letter = text.strip(placeholders._around)[:1]
    if letter not in placeholders.letters:  # as most texts begin with another
        return False
    if not _AMONG.union(placeholders._filling, letter).issuperset(text):
        return False
    if not letter:
        return not placeholders._filling.isdisjoint(text)
    return text.count(letter) >= _FEWEST_LETTERS


def _is_said(words: list[str], placeholders: Placeholders) -> bool:
    """Whether ``words`` are a phrase of the list and words that may stand beside it, and nothing else."""
    if not placeholders._vocabulary.issuperset(words):  # as of most texts
        return False
    text = f" {' '.join(words)} "
    for phrase in placeholders._phrases_as_words:
        text = text.replace(f" {phrase} ", " \n ")
    rest = text.split(" ")
    return "\n" in rest and all(word in ("", "\n") or word in placeholders._beside for word in rest)


def _is_instruction(words: list[str], placeholders: Placeholders, *, in_brackets: bool) -> bool:
    """Whether ``words`` are what a form says to its reader: ``(insert job title)``, ``Enter text here``."""
    if not words or len(words) > _MOST_WORDS or words[0] not in placeholders._orders:
        return False
    return in_brackets or "here" in words


def _plain(text: str) -> str:
    # Its own plain form: what is not seen goes first, so that nothing is left to be put together.
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _UNSEEN.sub("", text).replace("’", "'"))
    return " ".join(text.split())


def _unwrap(text: str) -> str:
    """``text`` without brackets and quotation marks around all of it."""
    while (wrapped := _WRAPPED.fullmatch(text)) or (wrapped := _IN_BRACKETS.fullmatch(text)):
        text = wrapped[1]
    return text


def _words_of(plain: str) -> list[str]:
    return _WORDS.findall(plain.casefold())


def _space_out(text: str) -> str:
    return " ".join(_words_of(_plain(text)))


def _squeeze(text: str) -> str:
    return _squeeze_words(_words_of(_plain(text)))


def _squeeze_words(words: list[str]) -> str:
    """Letters and digits alone: ``N / A``, ``n.a.`` and ``NA`` are one."""
    return "".join(words).replace("'", "")
