"""docxtpl's tags that change the cell in which they stand: ``hm``, ``vm``, ``colspan``, ``cellbg``.

docxtpl makes questions about a loop of them, and blames what it made. Here they are looked at as they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jdgen.filling.checks.blocks import Blocks
from jdgen.filling.checks.findings import Finding, Severity
from jdgen.filling.checks.parts import CELL, Part, nearest
from jdgen.filling.checks.tags import Tag

#: Those that stand alone, with the loop whose turns they merge; and those that print what they are given.
MARKS = {"hm": "{%tc for … %}", "vm": "{%tr for … %}"}
PRINTING = {"colspan": "merge the cells in Word", "cellbg": "shade the cell in Word"}
_FIXED = re.compile(r"""['"\d]""")


def is_fixed(tag: Tag) -> bool:
    """Whether the tag prints what it says itself rather than a field."""
    return tag.word in PRINTING and _FIXED.match(tag.rest) is not None


def cell_tag_faults(part: Part, tags: Sequence[Tag], blocks: Blocks) -> Iterator[Finding]:
    """Tags of this kind outside a cell or loop, and those that no field is needed for."""
    looped = _in_loops(tags, blocks)
    for tag in tags:
        if tag.word not in MARKS and tag.word not in PRINTING:
            continue
        if tag.paragraph is None or nearest(tag.paragraph.element, CELL) is None:
            found = part.found("tag-outside-table", Severity.ERROR)
            yield found(tag, f"{tag.text} stands in no table", "write it in the cell that it is to change")
        elif tag.word in MARKS and tag not in looped:
            found = part.found("unfit-tag", Severity.ERROR)
            what = f"{tag.text} stands in no loop, whose turns it would merge"
            yield found(tag, what, f"write it in a cell that {MARKS[tag.word]} repeats, or merge the cells in Word")
        elif is_fixed(tag):
            found = part.found("beyond-dialect", Severity.ERROR)
            yield found(tag, f"{tag.text} prints a text or number, not a field", PRINTING[tag.word])


def _in_loops(tags: Sequence[Tag], blocks: Blocks) -> set[Tag]:
    """The tags that stand in a loop."""
    at = {tag: number for number, tag in enumerate(tags)}
    loops = [(at[block.start], at[block.end]) for block in blocks.blocks if block.start.word == "for" and block.end]
    return {tag for tag, number in at.items() if any(start < number < end for start, end in loops)}
