"""The texts of a draft: each knows who gave it, and a reason that a post gives is known as such."""

from __future__ import annotations

import functools
from collections.abc import Collection
from enum import StrEnum

# Whose words a printed text is. It is known where the text comes from, and travels with it into the record of the
# document, so that nobody has to tell it from the text's name later.


class Giver(StrEnum):
    """Who gave a text to a document, and the letter by which a record says it."""

    code: str

    def __new__(cls, name: str, code: str = "") -> Giver:
        """A giver that is called ``name``."""
        giver = str.__new__(cls, name)
        giver._value_ = name
        giver.code = code
        return giver

    FRAMEWORK = "the framework", "f"
    ADAPTED = "the framework, in a wording that jdgen has adapted", "a"
    LIBRARY = "jdgen's library of criteria", "l"
    CLAUSES = "the general statements", "c"
    POST = "the post", "p"
    PHRASE = "the post, in a phrase of jdgen's", "r"
    PROMPT = "jdgen: a prompt, since the post says nothing here", "q"
    JDGEN = "jdgen", "j"
    # What can be said of a text in a document, and is no giver of a draft's.
    UNTOLD = "the framework or jdgen's library of criteria; which of them, only the framework's file could tell"
    OTHER = "no data that the record names: the template's own text, or somebody's who edited the document"


_GIVERS = {giver.code: giver for giver in Giver if giver.code}


def giver_of_code(code: str) -> Giver | None:
    """The giver that a record says by ``code``; nothing where it says none, or one not known here."""
    return _GIVERS.get(code)


class Text(str):
    """A text that is printed, and who gave it. It is the text in every other way: equal to the same from elsewhere."""

    __slots__ = ("code",)
    #: The letter of who gave it: a record asks for it for each of a hundred texts of thousands of documents.
    code: str

    def __new__(cls, text: str, giver: Giver) -> Text:
        """``text``, given by ``giver``."""
        instance = super().__new__(cls, text)
        instance.code = giver.code
        return instance

    @property
    def giver(self) -> Giver:
        """Who gave it."""
        return _GIVERS[self.code]

    def __getnewargs__(self) -> tuple[str, Giver]:  # type: ignore[override]  # for copies and other processes
        return str(self), self.giver


@functools.lru_cache(512)
def recurring(text: str, giver: Giver) -> Text:
    """``text`` as ``giver`` gave it; one of those that most documents have, made once for all."""
    return Text(text, giver)


def of_framework(text: str, published_texts: Collection[str]) -> Text:
    """``text`` as the framework's, and as adapted where it is none of the ``published_texts``."""
    return Text(text, Giver.FRAMEWORK if text in published_texts else Giver.ADAPTED)


class Reasoned(str):
    """What a note says, with the reason that a post gives at its end; without one in a post that was read from a
    document. It is the whole text in every other way."""

    __slots__ = ("reason", "what")
    what: str
    reason: str

    def __new__(cls, what: str, reason: str) -> Reasoned:
        """``what``, because of ``reason``."""
        instance = super().__new__(cls, f"{what}: {reason}" if reason else f"{what}.")
        instance.what, instance.reason = what, reason
        return instance

    @property
    def bare(self) -> Reasoned:
        """The same without its reason."""
        return Reasoned(self.what, "")

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]  # for copies and other processes
        return self.what, self.reason


#: What a prompt begins and ends with where it is printed: by these it is made visible, and found again in documents.
PROMPT_OPENING, PROMPT_CLOSING = "[To complete: ", "]"
#: Stands where a text may be missing.
NOTHING = Text("", Giver.JDGEN)
