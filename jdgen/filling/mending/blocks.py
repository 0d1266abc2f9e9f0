"""Where in a template each loop and choice begins and ends, and what of the template is inside which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from jdgen.word_file.parsing import W

#: For each letter of a control tag, what goes with the tag; a plain tag stays in its run.
UNITS = {"p": f"{W}p", "tr": f"{W}tr", "tc": f"{W}tc", "r": f"{W}r", None: f"{W}r"}
_CONTROL = re.compile(r"\{%-?\s*(?:(p|tr|tc|r)\s+)?(if|for|elif|else|endif|endfor)\b")
_GOING = re.compile(r"\{[%#](p|tr|tc) ")
_TEXT = f"{W}t"

#: Blocks from the outermost, each with the number of the branch: 0, then one more at each else.
Path = tuple[tuple["Block", int], ...]


@dataclass(eq=False)
class Block:
    """A loop or choice: the elements that its first and its last tag stand in."""

    loops: bool
    begins: Any
    ends: Any = None


@dataclass(frozen=True)
class Blocks:
    """The blocks that each marked element is inside of."""

    paths: dict[Any, Path] = field(default_factory=dict)

    def repeated(self, element: Any) -> bool:
        """Whether a loop prints ``element`` once a turn."""
        return any(block.loops for block, _ in self.paths.get(element, ()))


def blocks_of(tree: Any) -> Blocks:
    """The blocks of a part. Tags that have no partner count for nothing here; they are refused elsewhere."""
    found = Blocks()
    path: Path = ()
    for element in tree.iter(etree.Element):
        found.paths[element] = path
        if element.tag == _TEXT and "{%" in (element.text or ""):
            for control in _CONTROL.finditer(element.text):
                path = _after(path, control, element)
    return found


def _after(path: Path, control: re.Match[str], text: Any) -> Path:
    """The blocks after the tag ``control`` of ``text``."""
    word = control[2]
    unit = next(text.iterancestors(UNITS[control[1]]), text)
    if word in ("if", "for"):
        return (*path, (Block(word == "for", unit), 0))
    if not path:
        return path
    *outer, (block, branch) = path
    if word.startswith("end"):
        block.ends = unit
        return tuple(outer)
    return (*outer, (block, branch + 1))


def going(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Each paragraph, row or cell that goes with the tag in it, and the text that holds the tag."""
    for text in tree.iter(_TEXT):
        for letter in _GOING.findall(text.text or ""):
            unit = next(text.iterancestors(UNITS[letter]), None)
            if unit is not None:
                yield unit, text
