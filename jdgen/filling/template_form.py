"""What is wrong with the form of a template: tags that would be lost, not filled, or take text with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jdgen.errors import Problem
from jdgen.filling.template_places import TAG, kind, paragraph_texts, shortened, text_of, where
from jdgen.word_file.parsing import W, parsed

_OPENING = re.compile(r"\{[{%]")
_CONTROL = re.compile(r"\{%p\s.*?%\}", re.DOTALL)
_CELL_CONTROL = re.compile(r"\{%tc .*?%\}", re.DOTALL)
_ROW_CONTROL = re.compile(r"\{%tr .*?%\}", re.DOTALL)
_PAIRS = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
# What docxtpl and Jinja would take, and answer with a damaged document or lost text.
_UNFIT_FORMS = (
    (re.compile(r"\{\{(?:p|tr|tc|r)\s"), "p, tr, tc and r are for {% %} tags", "write {{ field }}"),
    (re.compile(r"^\{[{%#]-|-[}%#]\}$"), "'-' at the end of a tag joins paragraphs", "take the '-' out"),
    (re.compile(r"\{%\s*raw\b"), "'raw' would print tags", "take it out"),
    (re.compile(r"\bjd_\w+"), "names that begin with jd_ are jdgen's own", "take it out"),
    (re.compile(r"&"), "'&' cannot be compared", "compare with a text without '&'"),
)
# Parts that docxtpl fills, and parts where a tag would stay as it is.
_FILLED = re.compile(r"word/(?:document|header|footer)[^/]*\.xml")
_NEVER_FILLED = re.compile(
    r"word/(?:comments|endnotes|footnotes|glossary/document)\.xml|docProps/custom\.xml|customXml/.*\.xml"
)


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
    for number, (paragraph, text) in enumerate(zip(tree.iter(f"{W}p"), paragraph_texts(tree), strict=True), 1):
        for what, right in _faults(paragraph, text):
            yield Problem(where(name, part, number, text), what, right)
    for holder, held, control in ((f"{W}tr", "row", _ROW_CONTROL), (f"{W}tc", "cell", _CELL_CONTROL)):
        for text, tag in _texts_beside(tree, holder, control):
            place = f"{name}, {kind(part)}table {held} ('{shortened(text)}')"
            yield Problem(place, f"text beside {tag} would be lost", f"give the tag a {held} of its own")


def _faults(paragraph: Any, text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with one paragraph, and what would be right."""
    if any(text.count(start) != text.count(end) for start, end in _PAIRS if start != "{#" or start in text):
        yield "a tag is not closed in its paragraph", "write the whole tag in one paragraph"
    controls = _CONTROL.findall(text)
    if controls and _CONTROL.sub("", text).strip():
        yield f"text beside {controls[0]} would be lost", "give the tag a paragraph of its own"
    if controls and paragraph.find(f"{W}pPr/{W}sectPr") is not None:
        yield "a section break would be lost with the tag", "give the tag a paragraph of its own"
    for tag in TAG.findall(text):
        yield from ((what, right) for form, what, right in _UNFIT_FORMS if form.search(tag))


def _texts_beside(tree: Any, holder: str, control: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Rows or cells that hold a tag of their kind and other text with it: the text, and the tag."""
    for held in tree.iter(holder):
        text = "".join(part.text or "" for part in held.iter(f"{W}t") if next(part.iterancestors(holder)) is held)
        controls = control.findall(text)
        if controls and control.sub("", text).strip():
            yield text, controls[0]
