"""Faults in the meaning of tags: what cannot be read, is beyond the dialect, or is no field of the draft.

The tags of a part are read one a line, so that Jinja's lines are the tags. What cannot be read is replaced by
something that can, so that one fault does not hide the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jinja2 import TemplateSyntaxError, nodes

from jdgen.drafting.model import JobDescription
from jdgen.template.checks.field_use import UNREADABLE, field_faults
from jdgen.template.checks.findings import Finding
from jdgen.template.checks.form import MARKS, PRINTING, is_fixed, is_unclosed
from jdgen.template.checks.names import field_near, find_field, tag_for
from jdgen.template.checks.parts import CheckedPart
from jdgen.template.dialect import forbidden_nodes, read
from jdgen.template.tags import Tag
from jdgen.words import slug

#: What is right where a template uses something beyond the dialect.
IN_DIALECT = "print fields, {%p for %} and {%p if %} only"
# Statements of Jinja's that are beyond the dialect. Their ends go with them.
_FORBIDDEN = {
    **{word: word for word in ("set", "include", "import", "from", "extends", "with", "filter", "autoescape", "call")},
    "macro": "a macro",
    "block": "a block",
    "trans": "trans",
}
#: What says nothing that is read here.
_SILENT = frozenset({"raw", "endraw", *MARKS, *_FORBIDDEN, *(f"end{word}" for word in _FORBIDDEN)})
#: What a tag needs around it to be a template.
_BEFORE = {"elif": "{% if 1 %}", "else": "{% if 1 %}", "endif": "{% if 1 %}", "endfor": "{% for x in y %}"}
_AFTER = {"elif": "{% endif %}", "else": "{% endif %}", "if": "{% endif %}", "for": "{% endfor %}"}
_HYPHENED = re.compile(r"\w+(?:-\w+)+")
_TARGET = re.compile(r"(\w+)\s+in\b")


def meaning_faults(part: CheckedPart) -> Iterator[Finding]:
    """Every fault in what the tags of ``part`` mean."""
    for tag in part.tags:
        if tag.word in _FORBIDDEN:
            yield part.error("beyond-dialect", tag, f"a template may not use {_FORBIDDEN[tag.word]}", IN_DIALECT)
    lines = [_line(tag) for tag in part.tags]
    blocks = part.blocks
    is_whole = not blocks.strays and not blocks.crossings and all(block.end for block in blocks.blocks)
    tree = _tree_of(lines) if is_whole else None
    if tree is None:
        yield from _unreadable(part, lines)
        tree = _tree_of(_sound(part, lines))
    if tree is not None:
        yield from _faults(part, tree)


def _line(tag: Tag) -> str:
    """The tag as Jinja would read it, or nothing for what says nothing."""
    if tag.kind == "{":
        return f"{{{{ {tag.inner} }}}}"
    if tag.kind == "#" or tag.word in _SILENT or is_fixed(tag):
        return ""
    if tag.word == "colspan" and tag.rest:
        return f"{{% if ({tag.rest}) > 0 %}}{{% endif %}}"
    if tag.word in PRINTING:
        return f"{{{{ {tag.rest} }}}}"
    return f"{{% {tag.inner} %}}"


def _tree_of(lines: Sequence[str]) -> nodes.Template | None:
    """What Jinja reads in ``lines``; nothing where it cannot read them."""
    try:
        return read("\n".join(lines))
    except TemplateSyntaxError:
        return None


# What Jinja says of a tag that it cannot read, and what a person who edits a form in Word would.
_IN_PLAIN_WORDS = (
    (r"got 'end of|end of template|unexpected 'end of", "something is missing before its end"),
    (r"unexpected char|unexpected '", "it has a character that no tag may have there"),
    (r"Unexpected end", "it ends what has not begun"),
    (r"expected token|expected name|Expected an expression", "its words do not follow one another as in a tag"),
)
_NO_TAG = "it is not written as a tag has to be"


def unreadable_in_words(error: TemplateSyntaxError) -> str:
    """What is wrong with a tag that Jinja cannot read, for the people who wrote it."""
    message = error.message or ""
    reason = next((words for sign, words in _IN_PLAIN_WORDS if re.search(sign, message)), _NO_TAG)
    if unknown := re.search(r"unknown tag ('\w+')", message):
        reason = f"{unknown[1]} begins no tag"
    return f"this tag cannot be read ({reason})"


def _unreadable(part: CheckedPart, lines: list[str]) -> Iterator[Finding]:
    """Tags that cannot be read, each by itself; in ``lines`` they are replaced by what can."""
    for number, (tag, line) in enumerate(zip(part.tags, lines, strict=True)):
        try:
            read(f"{_BEFORE.get(tag.word, '')}{line}{_AFTER.get(tag.word, '')}")
        except TemplateSyntaxError as error:
            if not is_unclosed(tag.text):
                yield part.error("unreadable-tag", tag, unreadable_in_words(error), _suggestion(tag))
            lines[number] = _instead(tag)


# What people write for a statement, and what it is called. Word begins a line with a capital of its own accord.
_STATEMENTS = (
    *((r"else? ?if\b|els if\b|elsif\b", "elif"), (r"end ?for\b", "endfor"), (r"end ?if\b", "endif")),
    *((r"for ?each\b|for\b", "for"), (r"if\b", "if"), (r"elif\b", "elif"), (r"else\b", "else")),
)
_APART = re.compile(r"(p|tr|tc|r)\s+", re.IGNORECASE)
_OF = re.compile(r"\A(\w+)\s+of\s+")
#: A comparison as people write it: with a sign too few or too many, and a text in odd quotation marks or in none.
_COMPARISON = re.compile(r"((?:not )?[\w.]+)\s*(={1,3}|!=|<>)\s*(.+)")
_ODD_QUOTES = "„‚‟‛«»‹›″′`´\"'“”‘’ "
#: What is right where nobody can tell which tag was meant.
SPELLING = "check its spelling and its pair"


def _suggestion(tag: Tag) -> str:
    """What was probably meant by a tag that cannot be read: the field that a form calls so, or a statement."""
    if tag.kind == "{":
        own_field = slug(tag.inner.removeprefix("own.")).replace("-", "_") if tag.inner.startswith("own.") else ""
        field = field_near(tag.inner)
        return f"did you mean {{{{ own.{own_field} }}}}?" if own_field else tag_for(field) if field else SPELLING
    marker, inner = tag.marker, tag.inner
    if not marker and (apart := _APART.match(inner)):
        marker, inner = apart[1].lower(), inner[apart.end() :]
    for form, word in _STATEMENTS:
        if begins := re.match(form, inner, re.IGNORECASE):
            statement = " ".join(filter(None, (word, _what_follows(word, inner[begins.end() :].strip()))))
            is_sound = _tree_of([f"{_BEFORE.get(word, '')}{{% {statement} %}}{_AFTER.get(word, '')}"]) is not None
            return f"did you mean {{%{marker} {statement} %}}?" if is_sound else SPELLING
    return SPELLING


def _what_follows(word: str, rest: str) -> str:
    """What follows ``word`` of a statement, as it was probably meant; nothing behind an end."""
    if word == "for":
        return _OF.sub(r"\1 in ", rest)
    if word not in ("if", "elif"):
        return ""
    compared = _COMPARISON.fullmatch(rest)
    if compared is None:
        return rest
    sign = "!=" if compared[2] in ("!=", "<>") else "=="
    other = compared[3].strip(_ODD_QUOTES)
    is_field = other == compared[3] and bool(find_field(other))
    return f"{compared[1]} {sign} {other if is_field else _quoted(other)}"


def _quoted(text: str) -> str:
    """``text`` in straight quotation marks that it has none of."""
    return f"'{text}'" if '"' in text else f'"{text}"'


def _instead(tag: Tag) -> str:
    if tag.word == "for":
        target = _TARGET.match(tag.rest)
        return f"{{% for {target[1] if target else UNREADABLE} in {UNREADABLE} %}}"
    if tag.word in ("if", "elif"):
        return f"{{% {tag.word} {UNREADABLE} %}}"
    return f"{{% {tag.word} %}}" if tag.word in _BEFORE else ""


def _sound(part: CheckedPart, lines: Sequence[str]) -> list[str]:
    """The lines with every block ended, each once and from the inside out, and nothing that belongs to none."""
    stray = set(part.blocks.strays)
    sound: list[str] = []
    stack: list[str] = []
    for tag, line in zip(part.tags, lines, strict=True):
        if tag.word in ("if", "for"):
            stack.append(tag.word)
        if tag in stray or (tag.word in ("elif", "else") and stack[-1:] != ["if"]):
            sound.append("")
        elif tag.word in ("endif", "endfor"):
            sound.append("".join(_ends(stack, tag.word.removeprefix("end"))))
        else:
            sound.append(line)
    missing_ends = (f"{{% end{word} %}}" for word in reversed(stack))
    return [*sound[:-1], "".join((*sound[-1:], *missing_ends))]


def _ends(stack: list[str], word: str) -> Iterator[str]:
    """The ends of the open blocks up to the innermost that ``word`` begins, which are taken off ``stack``."""
    while word in stack:
        last = stack.pop()
        yield f"{{% end{last} %}}"
        if last == word:
            return


def _faults(part: CheckedPart, tree: nodes.Template) -> Iterator[Finding]:
    hyphened = {number: tag for number, tag in enumerate(part.tags, 1) if _is_hyphened(tag)}
    for tag in hyphened.values():
        yield part.error("unknown-field", tag, f"no field '{tag.inner}'", tag_for(find_field(tag.inner)))
    for line, name in forbidden_nodes(tree):
        if line not in hyphened:
            yield part.error("beyond-dialect", part.tags[line - 1], f"a template may not use {name}", IN_DIALECT)
    for fault in field_faults(tree, JobDescription):
        if fault.line in hyphened:
            continue
        tag = part.tags[fault.line - 1]
        if tag.word == "colspan" and fault.code == "unanswerable":
            what = f"{tag.text} is not a number of columns"
            right = "write a number, such as {% colspan values|length %}"
            yield part.error("unfit-tag", tag, what, right)
        else:
            finding = part.error if fault.sure else part.warning
            yield finding(fault.code, tag, fault.what, fault.right)


def _is_hyphened(tag: Tag) -> bool:
    """Whether a tag names a field with hyphens, which would take one name from another: ``{{ job-title }}``."""
    return tag.kind == "{" and _HYPHENED.fullmatch(tag.inner) is not None and bool(find_field(tag.inner))
