"""What is wrong with a template, paragraph by paragraph, before anything is filled."""

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
from jdgen.filling.parsing import W, parsed

_PARAGRAPH = re.compile(r"<w:p([ >])")
_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_OPENING = re.compile(r"\{[{%]")
_CONTROL = re.compile(r"\{%p .*?%\}", re.DOTALL)
_ROW_CONTROL = re.compile(r"\{%tr .*?%\}", re.DOTALL)
_PAIRS = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
# What docxtpl and Jinja would take, and answer with a damaged document or lost text.
_UNFIT_FORMS = (
    (re.compile(r"\{\{(?:p|tr|tc|r)\s"), "p, tr, tc and r are for {% %} tags", "write {{ field }}"),
    (re.compile(r"^\{[{%#]-|-[}%#]\}$"), "'-' at the end of a tag joins paragraphs", "take the '-' out"),
    (re.compile(r"\{%\s*raw\b"), "'raw' would print tags", "take it out"),
    (re.compile(r"&"), "'&' cannot be compared", "compare with a text without '&'"),
)
# Parts that docxtpl fills, and parts where a tag would stay as it is.
_FILLED = re.compile(r"word/(?:document|header|footer)[^/]*\.xml")
_NEVER_FILLED = re.compile(
    r"word/(?:comments|endnotes|footnotes|glossary/document)\.xml|docProps/custom\.xml|customXml/.*\.xml"
)
_PARTS = {"document": "", "header": "header, ", "footer": "footer, "}


def part_problems(name: str, parts: Mapping[str, bytes]) -> Iterator[Problem]:
    """What can be seen without looking at the tags' meaning."""
    for part, content in sorted(parts.items()):
        if _NEVER_FILLED.fullmatch(part) and _OPENING.search(text_of(content.decode("utf-8", "replace"))):
            yield Problem(
                f"{name}, {part}",
                "holds a tag in a part that is never filled",
                "move it to the text, header or footer",
            )
        if _FILLED.fullmatch(part):
            yield from _paragraph_problems(name, part, parsed(content))


def _paragraph_problems(name: str, part: str, tree: Any) -> Iterator[Problem]:
    if tree.find(f".//{W}ins") is not None or tree.find(f".//{W}del") is not None:
        yield Problem(name, "has tracked changes", "accept or reject all changes, then save")
    for number, (paragraph, text) in enumerate(zip(tree.iter(f"{W}p"), _paragraph_texts(tree), strict=True), 1):
        where = _where(name, part, number, text)
        if any(text.count(start) != text.count(end) for start, end in _PAIRS if start != "{#" or start in text):
            yield Problem(where, "a tag is not closed in its paragraph", "write the whole tag in one paragraph")
        controls = _CONTROL.findall(text)
        if controls and _CONTROL.sub("", text).strip():
            yield Problem(where, f"text beside {controls[0]} would be lost", "give the tag a paragraph of its own")
        if controls and paragraph.find(f"{W}pPr/{W}sectPr") is not None:
            yield Problem(where, "a section break would be lost with the tag", "give the tag a paragraph of its own")
        for tag in _TAG.findall(text):
            yield from (Problem(where, what, right) for form, what, right in _UNFIT_FORMS if form.search(tag))
    for row in tree.iter(f"{W}tr"):
        text = "".join(part.text or "" for part in row.iter(f"{W}t") if next(part.iterancestors(f"{W}tr")) is row)
        controls = _ROW_CONTROL.findall(text)
        if controls and _ROW_CONTROL.sub("", text).strip():
            where = f"{name}, {_kind(part)}table row ('{shortened(text)}')"
            yield Problem(where, f"text beside {controls[0]} would be lost", "give the tag a row of its own")


def tag_problems(
    name: str, parts: Mapping[str, bytes], patched: Mapping[str, str], jinja: Environment
) -> Iterator[Problem]:
    """What the tags of the template ``name`` say, read as docxtpl reads them: its ``patched`` parts are Jinja text."""
    for part, xml in patched.items():
        texts = _paragraph_texts(parsed(parts[part]))
        # A line for each paragraph, so that Jinja's line numbers tell paragraphs apart.
        lines = _PARAGRAPH.sub(r"\n<w:p\1", xml)
        try:
            tree = jinja.parse(lines)
        except TemplateSyntaxError as error:
            where = _place(name, part, texts, text_of(lines.split("\n")[error.lineno - 1]))
            yield Problem(where, f"this tag cannot be read ({error.message})", "check its spelling and its pair")
            continue
        yield from _meaning_problems(name, part, tree, texts, lines.split("\n"))


def _meaning_problems(
    name: str, part: str, tree: nodes.Template, texts: list[str], lines: list[str]
) -> Iterator[Problem]:
    for line, used in forbidden_nodes(tree):
        where = _place(name, part, texts, text_of(lines[line - 1]))
        yield Problem(where, f"a template may not use {used}", "print fields, {%p for %} and {%p if %} only")
    for fault in field_faults(tree, JobDescription):
        places = _all_places(name, part, texts, fault.expression)
        for where in places or [_place(name, part, texts, text_of(lines[fault.line - 1]))]:
            yield Problem(where, fault.what, fault.right)


def _paragraph_texts(tree: Any) -> list[str]:
    """The text of every paragraph of a part, those in tables too, in the order of the document."""
    return ["".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in tree.iter(f"{W}p")]


def _all_places(name: str, part: str, texts: list[str], expression: str) -> list[str]:
    """Every paragraph with a tag that names ``expression``."""
    named = re.compile(rf"(?<![\w.]){re.escape(expression)}(?!\w)")
    return [
        _where(name, part, number, text)
        for number, text in enumerate(texts, 1)
        if any(named.search(tag) for tag in _TAG.findall(text))
    ]


def _place(name: str, part: str, texts: list[str], shown: str) -> str:
    """The paragraph that ``shown`` (a piece of it without markup) comes from."""
    tag = next(iter(_TAG.findall(shown)), shown)
    wanted = re.sub(r"\W", "", tag)
    for number, text in enumerate(texts, 1):
        if wanted and wanted in re.sub(r"\W", "", re.sub(r"\{%(?:p|tr|tc|r)\s", "{%", text)):
            return _where(name, part, number, text)
    return f"{name} ('{shown.strip()[:60]}')"


def _where(name: str, part: str, number: int, text: str) -> str:
    return f"{name}, {_kind(part)}paragraph {number} ('{shortened(text)}')"


def _kind(part: str) -> str:
    return next((label for key, label in _PARTS.items() if part.startswith(f"word/{key}")), f"{part}, ")


def shortened(text: str) -> str:
    """``text`` as messages quote it."""
    return text if len(text) <= 60 else f"{text[:57]}..."


def text_of(xml: str) -> str:
    """``xml`` without its markup."""
    return re.sub(r"<[^>]+>", "", xml)


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
