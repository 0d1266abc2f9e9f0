"""All that jdgen asks of docxtpl: how the tags in a Word file become Jinja. And what is made of that: steps.

docxtpl opens, patches, compiles and saves anew for each document. Here it patches the text of a part, once for a
template, and opens nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError
from lxml import etree

from jdgen.drafting.model import JobDescription
from jdgen.template.checks.field_use import field_faults
from jdgen.template.checks.findings import Finding, shorten_quote
from jdgen.template.checks.meaning import IN_DIALECT, SPELLING, unreadable_in_words
from jdgen.template.checks.parts import CheckedPart
from jdgen.template.dialect import UntranslatableError, forbidden_nodes, read, translated
from jdgen.template.finishing import with_seams
from jdgen.template.steps import Steps
from jdgen.template.tag_text import hide_from_docxtpl, show_again, tags_in
from jdgen.template.tags import Paragraph
from jdgen.word.xml import Element, serialise

_DOCXTPL = DocxTemplate(io.BytesIO())
# White space between elements, as where a part is written with a line for each.
_INDENTED = re.compile(r">\s+<(?!/w:t>)")


def as_jinja(tree: Element) -> str:
    """What docxtpl makes of a part for Jinja, without its silent faults: what is typed inside quotes stays. Marks in it
    are for what is repaired once it is printed."""
    patched: str = _DOCXTPL.patch_xml(hide_from_docxtpl(_without_indents(tree)))
    return with_seams(show_again(patched))


def _without_indents(tree: Element) -> str:
    """``tree`` with nothing between its elements, as docxtpl's patterns expect it."""
    xml = serialise(tree)
    if _INDENTED.search(xml):
        xml = serialise(etree.fromstring(xml, etree.XMLParser(remove_blank_text=True, resolve_entities=False)))
    return xml


# What is compiled, and a last look at it.
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
        return translated(tree, [shorten_quote(_text_of(paragraph)) for paragraph in _with_lines(xml).split("\n")]), ()
    except UntranslatableError as error:
        return None, (part.error("beyond-dialect", None, f"a template may not use {error}", IN_DIALECT),)


def _with_lines(xml: str) -> str:
    """``xml`` with a line for each paragraph, so that Jinja's lines tell them apart."""
    return _PARAGRAPH.sub(r"\n<w:p\1", xml)


def _text_of(xml: str) -> str:
    """``xml`` without its markup."""
    return re.sub(r"<[^<>]+>", "", xml)


def _syntax_fault(part: CheckedPart, xml: str) -> Finding:
    text = _with_lines(xml)
    try:
        read(text)
    except TemplateSyntaxError as error:
        paragraph = _paragraph(part, text.split("\n")[error.lineno - 1])
        return part.error("unreadable-tag", paragraph, unreadable_in_words(error), SPELLING)
    raise AssertionError("a line feed between paragraphs made a template readable")


def _faults_of_docxtpl(part: CheckedPart, xml: str) -> Iterator[Finding]:
    text = _with_lines(xml)
    tree, lines = read(text), text.split("\n")
    for line, name in forbidden_nodes(tree):
        paragraph = _paragraph(part, lines[line - 1])
        yield part.error("beyond-dialect", paragraph, f"a template may not use {name}", IN_DIALECT)
    for fault in field_faults(tree, JobDescription):
        if fault.sure:
            yield part.error(fault.code, _paragraph(part, lines[fault.line - 1]), fault.what, fault.right)


def _paragraph(part: CheckedPart, line: str) -> Paragraph | None:
    """The paragraph that a line of the Jinja text comes from, told by its first tag; nothing where none has it."""
    text = _text_of(line)
    start, end = next(tags_in(text), (0, len(text)))
    tag = re.sub(r"\W", "", text[start:end])
    with_tag = (each for each in part.paragraphs if tag and tag in re.sub(r"\W", "", _MARKER.sub("{%", each.text)))
    return next(with_tag, None)
