"""What is wrong with the meaning of a template's tags: fields that the draft has not, tags beyond the dialect."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from jdgen.drafting.model import JobDescription
from jdgen.errors import Problem
from jdgen.filling.dialect import UnprintableError, forbidden_nodes
from jdgen.filling.fields import field_faults
from jdgen.filling.template_places import TAG, paragraph_texts, shortened, text_of, where
from jdgen.word_file.parsing import parsed

_PARAGRAPH = re.compile(r"<w:p([ >])")


def read_tags(
    name: str, parts: Mapping[str, bytes], patched: Mapping[str, str], jinja: Environment
) -> tuple[dict[str, nodes.Template], list[Problem]]:
    """The tags of the template ``name``, part by part, and what is wrong with them. ``patched`` is the Jinja text
    that docxtpl makes of each part."""
    trees: dict[str, nodes.Template] = {}
    problems: list[Problem] = []
    for part, xml in patched.items():
        try:
            trees[part] = jinja.parse(xml)
            sound = not any(forbidden_nodes(trees[part])) and not any(field_faults(trees[part], JobDescription))
        except TemplateSyntaxError:
            sound = False
        if not sound:
            problems += _located_problems(name, part, xml, paragraph_texts(parsed(parts[part])), jinja)
    return trees, problems


def _located_problems(name: str, part: str, xml: str, texts: list[str], jinja: Environment) -> Iterator[Problem]:
    """The problems of one part, read again with a line for each paragraph, so that Jinja's lines tell them apart."""
    lines = _PARAGRAPH.sub(r"\n<w:p\1", xml)
    try:
        tree = jinja.parse(lines)
    except TemplateSyntaxError as error:
        place = _place(name, part, texts, text_of(lines.split("\n")[error.lineno - 1]))
        yield Problem(place, f"this tag cannot be read ({error.message})", "check its spelling and its pair")
        return
    yield from _meaning_problems(name, part, tree, texts, lines.split("\n"))


def _meaning_problems(
    name: str, part: str, tree: nodes.Template, texts: list[str], lines: list[str]
) -> Iterator[Problem]:
    for line, used in forbidden_nodes(tree):
        place = _place(name, part, texts, text_of(lines[line - 1]))
        yield Problem(place, f"a template may not use {used}", "print fields, {%p for %} and {%p if %} only")
    for fault in field_faults(tree, JobDescription):
        places = _all_places(name, part, texts, fault.expression)
        for place in places or [_place(name, part, texts, text_of(lines[fault.line - 1]))]:
            yield Problem(place, fault.what, fault.right)


def _all_places(name: str, part: str, texts: list[str], expression: str) -> list[str]:
    """Every paragraph with a tag that names ``expression``."""
    named = re.compile(rf"(?<![\w.]){re.escape(expression)}(?!\w)")
    return [
        where(name, part, number, text)
        for number, text in enumerate(texts, 1)
        if any(named.search(tag) for tag in TAG.findall(text))
    ]


def _place(name: str, part: str, texts: list[str], shown: str) -> str:
    """The paragraph that ``shown`` (a piece of it without markup) comes from."""
    tag = next(iter(TAG.findall(shown)), shown)
    wanted = re.sub(r"\W", "", tag)
    for number, text in enumerate(texts, 1):
        if wanted and wanted in re.sub(r"\W", "", re.sub(r"\{%(?:p|tr|tc|r)\s", "{%", text)):
            return where(name, part, number, text)
    return f"{name} ('{shown.strip()[:60]}')"


def printing_paragraph(patched: str, context: Mapping[str, Any], jinja: Environment) -> str:
    """The text of the paragraph in which printing ``patched`` fails: Jinja's frame in the traceback has its line."""
    lines = _PARAGRAPH.sub(r"\n<w:p\1", patched)
    try:
        jinja.from_string(lines).render(context)
    except UnprintableError as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
        if frames:
            return shortened(text_of(lines.split("\n")[(frames[-1].lineno or 1) - 1]))
    return ""
