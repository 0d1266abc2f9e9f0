"""Where in a template each loop and choice begins and ends, and what of the template is inside which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree

from jdgen.word_file.parsing import W

#: For each letter of a control tag, what goes with the tag; a plain tag stays in its run.
UNITS = {"p": f"{W}p", "tr": f"{W}tr", "tc": f"{W}tc", "r": f"{W}r", None: f"{W}r"}
_CONTROL = re.compile(r"\{%-?\s*(?:(p|tr|tc|r)\s+)?(if|for|elif|else|endif|endfor)\b")
_GOING = re.compile(r"\{[%#](p|tr|tc) ")
_TEXT = f"{W}t"


@dataclass(eq=False)
class Block:
    """A loop or choice: the elements that its first and its last tag stand in."""

    begins: Any
    ends: Any = None


@dataclass(frozen=True, eq=False)
class Branch:
    """A loop's inside, or what a choice prints in one of its cases; ``repeats`` says whether any loop is around it.

    Branches are linked rather than listed, so that a stranger's million tags cost no more than that.
    """

    block: Block
    outer: Branch | None
    repeats: bool
    loops: bool


def path(branch: Branch | None) -> tuple[Branch, ...]:
    """``branch`` and all that it is inside of, the outermost first."""
    found: list[Branch] = []
    while branch is not None:
        found.append(branch)
        branch = branch.outer
    return tuple(reversed(found))


def branches_of(tree: Any) -> dict[Any, Branch | None]:
    """The innermost branch that each element of a part is inside of. Tags that have no partner count for nothing
    here; they are refused elsewhere."""
    found: dict[Any, Branch | None] = {}
    branch: Branch | None = None
    for element in tree.iter(etree.Element):
        found[element] = branch
        if element.tag == _TEXT and "{%" in (element.text or ""):
            for control in _CONTROL.finditer(element.text):
                branch = _after(branch, control, element)
    return found


def _after(branch: Branch | None, control: re.Match[str], text: Any) -> Branch | None:
    """The branch after the tag ``control`` of ``text``."""
    word = control[2]
    unit = next(text.iterancestors(UNITS[control[1]]), text)
    if word in ("if", "for"):
        loops = word == "for"
        return Branch(Block(unit), branch, loops or (branch is not None and branch.repeats), loops)
    if branch is None:
        return None
    if word.startswith("end"):
        branch.block.ends = unit
        return branch.outer
    return Branch(branch.block, branch.outer, branch.repeats, branch.loops)


def going(tree: Any) -> dict[Any, Any]:
    """Each paragraph, row or cell that goes with a tag in it, and the first text that holds such a tag."""
    found: dict[Any, Any] = {}
    for text in tree.iter(_TEXT):
        for letter in _GOING.findall(text.text or ""):
            unit = next(text.iterancestors(UNITS[letter]), None)
            if unit is not None:
                found.setdefault(unit, text)
    return found
