"""All text of a document as one tree, so that blocks are found and changed wherever they were printed.

The parts keep their own elements and stand, each in an element that names it, under one root of no part's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from jdgen.word_file.parsing import parsed
from jdgen.word_file.stories import Story, story_parts
from jdgen.word_file.usual_form import MAIN_PART

_STORY, _PART, _KIND = "story", "part", "kind"
_DECLARATION = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def gathered(parts: Mapping[str, bytes]) -> Any:
    """The tree of the main text, headers, footers and notes of ``parts``.

    Raises ``lxml.etree.XMLSyntaxError`` for a part that is damaged.
    """
    root = etree.Element("stories")
    for name, kind in story_parts(parts):
        etree.SubElement(root, _STORY, {_PART: name, _KIND: kind}).append(parsed(parts[name]))
    return root


def story_of(element: Any) -> Story:
    """The story that ``element`` stands in; one that stands in no gathered tree stands in the main text."""
    found = next(element.iterancestors(_STORY), None)
    return Story.MAIN if found is None else Story(found.get(_KIND))


def written(tree: Any, parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of the gathered ``tree``: the main text, and those others that are not as they are in ``parts``."""
    made: dict[str, bytes] = {}
    for story in tree.iterchildren(_STORY):
        name, content = story.get(_PART), etree.tostring(story[0], encoding="UTF-8")
        # A part that nothing was done to stays byte for byte what it was.
        if name == MAIN_PART or content != etree.tostring(parsed(parts[name]), encoding="UTF-8"):
            made[name] = content if content.startswith(b"<?xml") else _DECLARATION + content
    return made
