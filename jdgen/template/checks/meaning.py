"""Faults in the meaning of tags: what cannot be read, is beyond the dialect, or is no field of the draft.

The tags of a part are read one a line, so that Jinja's lines are the tags. What cannot be read is replaced by
something that can, so that one fault does not hide the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes

from jdgen.drafting.model import JobDescription
from jdgen.template.checks.blocks import Blocks
from jdgen.template.checks.fields import UNREADABLE, field_faults
from jdgen.template.checks.findings import Finding, Severity
from jdgen.template.checks.parts import CELL, Part, nearest
from jdgen.template.checks.tags import Tag
from jdgen.template.dialect import forbidden_nodes

# docxtpl's tags that change the cell in which they stand: ``hm``, ``vm``, ``colspan``, ``cellbg``.
#
# docxtpl makes questions about a loop of them, and blames what it made. Here they are looked at as they are written.

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


DIALECT = "print fields, {%p for %} and {%p if %} only"
_PAIRED = ("if", "for", "elif", "else", "endif", "endfor")
# Statements of Jinja's that are beyond the dialect. Their ends go with them.
_FORBIDDEN = {
    **{word: word for word in ("set", "include", "import", "from", "extends", "with", "filter", "autoescape", "call")},
    "macro": "a macro",
    "block": "a block",
    "trans": "trans",
}
_ENDS = ("endraw", *(f"end{word}" for word in _FORBIDDEN))
_TARGET = re.compile(r"(\w+)\s+in\b")


@dataclass(frozen=True)
class ReadTags:
    """The meaning of a part's tags. ``tree`` is nothing where they form no whole that can be read."""

    tree: nodes.Template | None
    findings: tuple[Finding, ...]


def read_tags(part: Part, tags: Sequence[Tag], blocks: Blocks, jinja: Environment) -> ReadTags:
    """What the tags of ``part`` mean, and every fault in it."""
    findings: list[Finding] = []
    lines = [_line(tag) for tag in tags]
    findings += _forbidden_statements(part, tags)
    broken = frozenset((*blocks.strays, *(end for end, _ in blocks.crossed)))
    whole = not broken and all(block.end for block in blocks.blocks)
    tree = _parsed(lines, jinja) if whole else None
    if tree is None:
        findings += _unreadable(part, tags, lines, jinja)
        tree = _parsed(_sound(tags, lines, blocks), jinja)
    if tree is None:
        return ReadTags(None, tuple(findings))
    findings += _faults(part, tags, tree)
    return ReadTags(tree, tuple(findings))


def _line(tag: Tag) -> str:
    """The tag as Jinja would read it, or nothing for what says nothing."""
    if tag.kind == "{":
        return f"{{{{ {tag.inner} }}}}"
    if tag.kind == "#" or tag.word in MARKS or tag.word in ("raw", *_ENDS) or tag.word in _FORBIDDEN:
        return ""
    if tag.word in PRINTING:
        if is_fixed(tag):
            return ""
        return (
            f"{{% if ({tag.rest}) > 0 %}}{{% endif %}}"
            if tag.word == "colspan" and tag.rest
            else f"{{{{ {tag.rest} }}}}"
        )
    return f"{{% {tag.inner} %}}"


def _parsed(lines: Sequence[str], jinja: Environment) -> nodes.Template | None:
    try:
        return jinja.parse("\n".join(lines))
    except TemplateSyntaxError:
        return None


def _forbidden_statements(part: Part, tags: Sequence[Tag]) -> Iterator[Finding]:
    found = part.found("beyond-dialect", Severity.ERROR)
    for tag in tags:
        if tag.word in _FORBIDDEN:
            yield found(tag, f"a template may not use {_FORBIDDEN[tag.word]}", DIALECT)


def _unreadable(part: Part, tags: Sequence[Tag], lines: list[str], jinja: Environment) -> Iterator[Finding]:
    """Tags that cannot be read, each by itself; in ``lines`` they are replaced by what can."""
    found = part.found("unreadable-tag", Severity.ERROR)
    for number, (tag, line) in enumerate(zip(tags, lines, strict=True)):
        try:
            jinja.parse(_by_itself(tag, line))
        except TemplateSyntaxError as error:
            yield found(tag, f"this tag cannot be read ({error.message})", "check its spelling and its pair")
            lines[number] = _instead(tag)


def _by_itself(tag: Tag, line: str) -> str:
    """The tag with what it needs around it to be a template."""
    if tag.word in ("elif", "else"):
        return f"{{% if 1 %}}{line}{{% endif %}}"
    if tag.word in ("if", "for"):
        return f"{line}{{% end{tag.word} %}}"
    if tag.word in ("endif", "endfor"):
        return {"endif": "{% if 1 %}", "endfor": "{% for x in y %}"}[tag.word] + line
    return line


def _instead(tag: Tag) -> str:
    if tag.word == "for":
        target = _TARGET.match(tag.rest)
        return f"{{% for {target[1] if target else UNREADABLE} in {UNREADABLE} %}}"
    if tag.word in ("if", "elif"):
        return f"{{% {tag.word} {UNREADABLE} %}}"
    return f"{{% {tag.word} %}}" if tag.word in _PAIRED else ""


def _sound(tags: Sequence[Tag], lines: Sequence[str], blocks: Blocks) -> list[str]:
    """The lines with every block ended, each once and from the inside out, and nothing that belongs to none."""
    stray = set(blocks.strays)
    sound: list[str] = []
    stack: list[str] = []
    for tag, line in zip(tags, lines, strict=True):
        if tag.word in ("if", "for"):
            stack.append(tag.word)
        if tag in stray or (tag.word in ("elif", "else") and stack[-1:] != ["if"]):
            sound.append("")
        elif tag.word in ("endif", "endfor"):
            sound.append("".join(_ended(stack, tag.word.removeprefix("end"))))
        else:
            sound.append(line)
    left = (f"{{% end{word} %}}" for word in reversed(stack))
    return [*sound[:-1], "".join((*sound[-1:], *left))]


def _ended(stack: list[str], word: str) -> Iterator[str]:
    """The ends of the open blocks up to the innermost that ``word`` begins, which are taken off ``stack``."""
    while word in stack:
        last = stack.pop()
        yield f"{{% end{last} %}}"
        if last == word:
            return


def _faults(part: Part, tags: Sequence[Tag], tree: nodes.Template) -> Iterator[Finding]:
    beyond = part.found("beyond-dialect", Severity.ERROR)
    for line, used in forbidden_nodes(tree):
        yield beyond(tags[line - 1], f"a template may not use {used}", DIALECT)
    for fault in field_faults(tree, JobDescription):
        tag = tags[fault.line - 1]
        if tag.word == "colspan" and fault.code == "unanswerable":
            found = part.found("unfit-tag", Severity.ERROR)
            yield found(
                tag, f"{tag.text} is not a number of columns", "write a number, such as {% colspan values|length %}"
            )
            continue
        found = part.found(fault.code, Severity.ERROR if fault.sure else Severity.WARNING)
        yield found(tag, fault.what, fault.right)
