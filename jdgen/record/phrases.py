"""Phrases: what jdgen prints for everybody, by number, so that a record need not say it again in every document.

Headings, duties, criteria, general statements, prompts: most of a document is the same in all documents of a band, and
its record has to hold it, since it must be brought up to date where neither this version of the framework nor its
template is at hand. So the record says the number of each such phrase, and jdgen knows every phrase that it ever gave
a number to. What is no phrase, such as the words of an organisation's own framework, stands in the record itself.

An edition of the phrases never changes: records of years ago name it. Texts that change are written out until there is
a new edition, to be put beside the earlier ones (``tools/phrases.py``).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

#: A text, or a text with its id and giver, as a record says them: see :mod:`jdgen.record.form`.
Phrase = str | tuple[str, ...]
#: The edition that records are written with.
EDITION = "1"

_FOLDER = Path(__file__).parent / "phrases"


class Edition(NamedTuple):
    """One edition: its phrases by their numbers, from 0, and the number of each."""

    phrases: tuple[Phrase, ...]
    numbers: Mapping[Phrase, int]


#: What records of earlier forms are written with.
NO_PHRASES = Edition((), {})


@functools.cache
def edition(name: str) -> Edition | None:
    """The edition called ``name``; nothing where this version of jdgen has none of that name."""
    if not name.isdecimal() or not (path := _FOLDER / f"{name}.json").is_file():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    phrases = tuple(each if isinstance(each, str) else tuple(each) for each in said)
    return Edition(phrases, {phrase: number for number, phrase in enumerate(phrases)})
