"""The stories of a Word file: its main text, and the parts with text of their own beside it.

"Story" is Word's word. Programs rename and renumber these parts when they save, so they are found by relationship.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from jdgen.word_file.parsing import parsed
from jdgen.word_file.usual_form import MAIN_PART, inside, relations_of

_RELATIONS = relations_of(MAIN_PART)


class Story(StrEnum):
    """What kind of text a part holds."""

    MAIN = "text"
    HEADER = "header"
    FOOTER = "footer"
    FOOTNOTES = "footnotes"
    ENDNOTES = "endnotes"


class StoryPart(NamedTuple):
    """The name of a part, and the story in it."""

    name: str
    story: Story


#: By the last word of the type of their relationship, in the order in which a template's parts are printed.
_BESIDE = {
    "header": Story.HEADER,
    "footer": Story.FOOTER,
    "footnotes": Story.FOOTNOTES,
    "endnotes": Story.ENDNOTES,
}


def story_parts(parts: Mapping[str, bytes]) -> tuple[StoryPart, ...]:
    """The parts with text, the main text first. Comments are none of them: they are about the text."""
    beside = {name: _BESIDE[kind] for kind, name in related_parts(parts) if kind in _BESIDE and name in parts}
    order = list(_BESIDE.values())
    found = sorted(beside.items(), key=lambda one: order.index(one[1]))
    return (StoryPart(MAIN_PART, Story.MAIN), *(StoryPart(*one) for one in found))


def related_parts(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """What the main text relates to inside the file: the last word of the relationship's type, and the part's name."""
    if _RELATIONS not in parts:
        return
    for relation in parsed(parts[_RELATIONS]):
        if relation.get("TargetMode", "").lower() != "external":
            yield str(relation.get("Type", "")).rpartition("/")[2], inside("word", relation.get("Target", ""))
