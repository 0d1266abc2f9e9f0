"""Faults in the meaning of tags: what cannot be read, is beyond the dialect, or is no field of the draft.

The tags of a part are read one a line, so that Jinja's lines are the tags. What cannot be read is replaced by
something that can, so that one fault does not hide the others. A part without a fault becomes steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jinja2 import TemplateSyntaxError, nodes

from jdgen.drafting.model import JobDescription
from jdgen.template.checks.fields import UNREADABLE, field_faults
from jdgen.template.checks.findings import Finding, shorten_quote
from jdgen.template.checks.form import MARKS, PRINTING, is_fixed, is_unclosed
from jdgen.template.checks.names import field_near, find_field, tag_for
from jdgen.template.checks.parts import CheckedPart
from jdgen.template.dialect import UntranslatableError, forbidden_nodes, read, translated
from jdgen.template.steps import Steps
from jdgen.template.tag_text import tags_in
from jdgen.template.tags import Paragraph, Tag
from jdgen.words import slug

_DIALECT = "print fields, {%p for %} and {%p if %} only"
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
            yield part.error("beyond-dialect", tag, f"a template may not use {_FORBIDDEN[tag.word]}", _DIALECT)
    lines = [_line(tag) for tag in part.tags]
    blocks = part.blocks
    whole = not blocks.strays and not blocks.crossings and all(block.end for block in blocks.blocks)
    tree = _parsed(lines) if whole else None
    if tree is None:
        yield from _unreadable(part, lines)
        tree = _parsed(_sound(part, lines))
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


def _parsed(lines: Sequence[str]) -> nodes.Template | None:
    try:
        return read("\n".join(lines))
    except TemplateSyntaxError:
        return None


# What Jinja calls it, and what a person who edits a form in Word would.
_PLAINLY = (
    (r"got 'end of|end of template|unexpected 'end of", "something is missing before its end"),
    (r"unexpected char|unexpected '", "it has a character that no tag may have there"),
    (r"Unexpected end", "it ends what has not begun"),
    (r"expected token|expected name|Expected an expression", "its words do not follow one another as in a tag"),
)


def _plainly(error: TemplateSyntaxError) -> str:
    message = error.message or ""
    if unknown := re.search(r"unknown tag ('\w+')", message):
        return f"{unknown[1]} begins no tag"
    return next((said for sign, said in _PLAINLY if re.search(sign, message)), "it is not written as a tag has to be")


def _unreadable(part: CheckedPart, lines: list[str]) -> Iterator[Finding]:
    """Tags that cannot be read, each by itself; in ``lines`` they are replaced by what can."""
    for number, (tag, line) in enumerate(zip(part.tags, lines, strict=True)):
        try:
            read(f"{_BEFORE.get(tag.word, '')}{line}{_AFTER.get(tag.word, '')}")
        except TemplateSyntaxError as error:
            what = f"this tag cannot be read ({_plainly(error)})"
            if not is_unclosed(tag.text):
                yield part.error("unreadable-tag", tag, what, _suggestion(tag))
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
_SPELLING = "check its spelling and its pair"


def _suggestion(tag: Tag) -> str:
    """What was probably meant by a tag that cannot be read: the field that a form calls so, or a statement."""
    if tag.kind == "{":
        own = slug(tag.inner.removeprefix("own.")).replace("-", "_") if tag.inner.startswith("own.") else ""
        field = field_near(tag.inner)
        return f"did you mean {{{{ own.{own} }}}}?" if own else tag_for(field) if field else _SPELLING
    marker, inner = tag.marker, tag.inner
    if not marker and (apart := _APART.match(inner)):
        marker, inner = apart[1].lower(), inner[apart.end() :]
    for written, word in _STATEMENTS:
        if begins := re.match(written, inner, re.IGNORECASE):
            said = " ".join(filter(None, (word, _what_follows(word, inner[begins.end() :].strip()))))
            is_sound = _parsed([f"{_BEFORE.get(word, '')}{{% {said} %}}{_AFTER.get(word, '')}"]) is not None
            return f"did you mean {{%{marker} {said} %}}?" if is_sound else _SPELLING
    return _SPELLING


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


def _faults(part: CheckedPart, tree: nodes.Template) -> Iterator[Finding]:
    hyphened = {number: tag for number, tag in enumerate(part.tags, 1) if _is_hyphened(tag)}
    for tag in hyphened.values():
        yield part.error("unknown-field", tag, f"no field '{tag.inner}'", tag_for(find_field(tag.inner)))
    for line, used in forbidden_nodes(tree):
        if line not in hyphened:
            yield part.error("beyond-dialect", part.tags[line - 1], f"a template may not use {used}", _DIALECT)
    for fault in field_faults(tree, JobDescription):
        if fault.line in hyphened:
            continue
        tag = part.tags[fault.line - 1]
        if tag.word == "colspan" and fault.code == "unanswerable":
            what, right = (
                f"{tag.text} is not a number of columns",
                "write a number, such as {% colspan values|length %}",
            )
            yield part.error("unfit-tag", tag, what, right)
        else:
            finding = part.error if fault.sure else part.warning
            yield finding(fault.code, tag, fault.what, fault.right)


def _is_hyphened(tag: Tag) -> bool:
    """Whether a tag names a field with hyphens, which would take one name from another: ``{{ job-title }}``."""
    return tag.kind == "{" and _HYPHENED.fullmatch(tag.inner) is not None and bool(find_field(tag.inner))


# The same tags as docxtpl hands them to Jinja: what is compiled, and a last look at it.
#
# Everything is found in the template's own text first. What only shows once docxtpl has been at it is found here, so
# that nothing is compiled that the dialect does not allow.

_PARAGRAPH = re.compile(r"<w:p([ >])")
_MARKER = re.compile(r"\{%(?:p|tr|tc|r)\s")


def compiled_steps(part: CheckedPart, xml: str) -> tuple[Steps | None, tuple[Finding, ...]]:
    """The steps of the Jinja text ``xml`` that docxtpl makes of ``part``, and every fault in it."""
    try:
        tree = read(xml)
    except TemplateSyntaxError:
        return None, (_syntax_fault(part, xml),)
    if any(forbidden_nodes(tree)) or any(fault.sure for fault in field_faults(tree, JobDescription)):
        return None, tuple(_faults_of_docxtpl(part, xml))
    try:
        return translated(tree, [shorten_quote(_text_of(paragraph)) for paragraph in _lined(xml).split("\n")]), ()
    except UntranslatableError as error:
        return None, (part.error("beyond-dialect", None, f"a template may not use {error}", _DIALECT),)


def _lined(xml: str) -> str:
    """``xml`` with a line for each paragraph, so that Jinja's lines tell them apart."""
    return _PARAGRAPH.sub(r"\n<w:p\1", xml)


def _text_of(xml: str) -> str:
    """``xml`` without its markup."""
    return re.sub(r"<[^<>]+>", "", xml)


def _syntax_fault(part: CheckedPart, xml: str) -> Finding:
    lines = _lined(xml)
    try:
        read(lines)
    except TemplateSyntaxError as error:
        paragraph = _paragraph(part, lines.split("\n")[error.lineno - 1])
        what, right = f"this tag cannot be read ({_plainly(error)})", "check its spelling and its pair"
        return part.error("unreadable-tag", paragraph, what, right)
    raise AssertionError("a line feed between paragraphs made a template readable")


def _faults_of_docxtpl(part: CheckedPart, xml: str) -> Iterator[Finding]:
    lines = _lined(xml)
    tree, written = read(lines), lines.split("\n")
    for line, used in forbidden_nodes(tree):
        paragraph = _paragraph(part, written[line - 1])
        yield part.error("beyond-dialect", paragraph, f"a template may not use {used}", _DIALECT)
    for fault in field_faults(tree, JobDescription):
        if fault.sure:
            yield part.error(fault.code, _paragraph(part, written[fault.line - 1]), fault.what, fault.right)


def _paragraph(part: CheckedPart, line: str) -> Paragraph | None:
    """The paragraph that a line of the Jinja text comes from, told by its first tag; nothing where none has it."""
    shown = _text_of(line)
    start, end = next(tags_in(shown), (0, len(shown)))
    wanted = re.sub(r"\W", "", shown[start:end])
    held = (each for each in part.paragraphs if wanted and wanted in re.sub(r"\W", "", _MARKER.sub("{%", each.text)))
    return next(held, None)
