"""The tags as docxtpl hands them to Jinja: what is compiled, and a last look at it.

Everything is found in the template's own text first (``meaning.py``). What only shows once docxtpl has been at it is
found here, so that nothing is compiled that the dialect does not allow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from jdgen.drafting.model import JobDescription
from jdgen.filling.anchoring import as_written
from jdgen.filling.checks.fields import field_faults
from jdgen.filling.checks.findings import Finding, Severity
from jdgen.filling.checks.meaning import DIALECT
from jdgen.filling.checks.parts import Paragraph, Part
from jdgen.filling.dialect import forbidden_nodes
from jdgen.filling.mending.tag_text import tags_in

_PARAGRAPH = re.compile(r"<w:p([ >])")
_MARKER = re.compile(r"\{%(?:p|tr|tc|r)\s")


def compiled_tree(part: Part, xml: str, jinja: Environment) -> tuple[nodes.Template | None, tuple[Finding, ...]]:
    """The tree of the Jinja text ``xml`` that docxtpl makes of ``part``, and every fault in it."""
    try:
        tree = jinja.parse(xml)
    except TemplateSyntaxError:
        return None, (_syntax_fault(part, xml, jinja),)
    if not any(forbidden_nodes(tree)) and not any(fault.sure for fault in field_faults(tree, JobDescription)):
        return tree, ()
    return None, tuple(_meaning_faults(part, xml, jinja))


def lined(xml: str) -> str:
    """``xml`` with a line for each paragraph, so that Jinja's lines tell them apart."""
    return _PARAGRAPH.sub(r"\n<w:p\1", xml)


def text_of(xml: str) -> str:
    """``xml`` without its markup, its tags as their author wrote them."""
    return as_written(re.sub(r"<[^>]+>", "", xml))


def _syntax_fault(part: Part, xml: str, jinja: Environment) -> Finding:
    lines = lined(xml)
    try:
        jinja.parse(lines)
    except TemplateSyntaxError as error:
        paragraph = _paragraph(part, lines.split("\n")[error.lineno - 1])
        what, right = f"this tag cannot be read ({error.message})", "check its spelling and its pair"
        return part.found("unreadable-tag", Severity.ERROR)(paragraph, what, right)
    raise AssertionError("a line feed between paragraphs made a template readable")


def _meaning_faults(part: Part, xml: str, jinja: Environment) -> Iterator[Finding]:
    lines = lined(xml)
    tree, written = jinja.parse(lines), lines.split("\n")
    beyond = part.found("beyond-dialect", Severity.ERROR)
    for line, used in forbidden_nodes(tree):
        yield beyond(_paragraph(part, written[line - 1]), f"a template may not use {used}", DIALECT)
    for fault in field_faults(tree, JobDescription):
        if fault.sure:
            found = part.found(fault.code, Severity.ERROR)
            yield found(_paragraph(part, written[fault.line - 1]), fault.what, fault.right)


def _paragraph(part: Part, line: str) -> Paragraph | None:
    """The paragraph that a line of the Jinja text comes from, told by its first tag; nothing where none has it."""
    shown = text_of(line)
    start, end = next(tags_in(shown), (0, len(shown)))
    wanted = re.sub(r"\W", "", shown[start:end])
    held = (each for each in part.paragraphs if wanted and wanted in re.sub(r"\W", "", _MARKER.sub("{%", each.text)))
    return next(held, None)
