"""Signs of a nation: that a post may be outside England, while its general statements are those for England.

They are listed as data, with reasons, and change nothing that is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from jdgen.drafting.review_notes import ReviewNote
from jdgen.post.model import Post
from jdgen.text_files.values import YamlFile
from jdgen.words import in_one_line

# The fields of a post in which there may be a sign, the surest first, each with what comes before one: in an address it
# begins a part, for a base may also be near the border with Wales.
_TELLING = {"employer": r"(?<!\w)", "base": r"(?:\A|[,;(])\s*"}
#: What prints the general statements.
_STATEMENTS = ("clauses", "clauses_version")
# A street may be called after anywhere: Scotland Road is in Liverpool.
_STREET = r"(?!\s+(?:avenue|close|court|drive|gardens|house|lane|place|road|row|square|street|terrace|way|yard)\b)"


class NationSign(NamedTuple):
    """Words that are a sign of one of these ``nations``, and the ``reason`` why, to be read behind them."""

    nations: tuple[str, ...]
    words: tuple[str, ...]
    reason: str


def nation_signs_of(file: YamlFile) -> tuple[NationSign, ...]:
    """The signs in ``file``, which has been checked against its schema."""
    return tuple(
        NationSign(tuple(entry["nations"]), tuple(entry["words"]), entry["reason"]) for entry in file.value["signs"]
    )


def nation_notes(post: Post, signs: Sequence[NationSign]) -> Iterator[ReviewNote]:
    """What a person has to decide where one of the ``signs`` is in ``post``, which chooses no general statements."""
    if "clauses" in post.places:
        return
    for name, before in _TELLING.items() if signs else ():
        if match := _first_sign(getattr(post, name) or "", before, tuple(signs)):
            words, sign = match
            lines = " or ".join(f'nation = "{nation}"' for nation in sign.nations)
            text = (
                f"'{words}' {sign.reason}, and no nation is set: the general statements are those for England, and "
                f"name its laws and bodies. Write {lines} under [documents] in jdgen.toml; if England is right, "
                'nation = "England".'
            )
            yield ReviewNote("nation", "clauses", text, _STATEMENTS)
            return


@lru_cache(512)  # the posts of a run have few employers
def _first_sign(text: str, before: str, signs: tuple[NationSign, ...]) -> tuple[str, NationSign] | None:
    plain = _plain(text)
    for sign in signs:
        # To compile the patterns of all signs takes half as long as to draft all else of one post.
        if any(_plain(word) in plain for word in sign.words) and (match := _pattern(before, sign.words).search(text)):
            return match[1], sign
    return None


def _plain(text: str) -> str:
    return in_one_line(text).casefold()


@lru_cache(32)
def _pattern(before: str, words: tuple[str, ...]) -> re.Pattern[str]:
    # The longest first, so that a name is told whole.
    longest_first = sorted(words, key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, word.split())) for word in longest_first)
    return re.compile(rf"{before}({either})(?!\w){_STREET}", re.IGNORECASE)
