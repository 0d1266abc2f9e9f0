"""A Word template, opened and checked before anything is filled."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError
from lxml import etree

from jdgen.drafting.model import JobDescription
from jdgen.errors import JdgenError, Problem
from jdgen.filling.dialect import environment, forbidden_nodes
from jdgen.filling.fields import field_faults
from jdgen.filling.package import open_package, write_package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH = re.compile(r"<w:p([ >])")
_TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
_CONTROL = re.compile(r"\{%p .*?%\}", re.DOTALL)
# Parts that docxtpl fills, and parts where a tag would stay as it is.
_FILLED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml")
_NEVER_FILLED = re.compile(r"word/(?:comments|endnotes|glossary/document)\.xml|docProps/custom\.xml|customXml/.*\.xml")
_PARTS = {"document": "", "header": "header, ", "footer": "footer, ", "footnotes": "footnotes, "}


class StrictDocxTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl without its two silent faults: a damaged result is an error, properties are not templates."""

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        """As docxtpl, but what is not well-formed is an error (``lxml.etree.XMLSyntaxError``)."""
        xml: str = super().render_xml_part(src_xml, part, context, jinja_env)
        etree.fromstring(xml)
        return xml

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Nothing: they are set in Python, where ``&`` stays ``&``."""


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """A checked template: its name for messages, its parts, and the file as docxtpl takes it."""

    name: str
    parts: dict[str, bytes]

    def opened(self) -> StrictDocxTemplate:
        """A fresh docxtpl template: one is good for one document."""
        return StrictDocxTemplate(io.BytesIO(write_package(self.parts)))

    @property
    def title(self) -> str:
        """The template's own title property, or ''. A tag there is no title."""
        core = self.parts.get("docProps/core.xml")
        found = etree.fromstring(core, _parser()).findtext("{http://purl.org/dc/elements/1.1/}title") if core else ""
        return found if found and not _TAG.search(found) else ""


def open_template(content: bytes, name: str) -> WordTemplate:
    """Open the template in ``content``. Raises :class:`JdgenError` with every problem found in it: fields
    that the draft has not, tags beyond the dialect, tags that would not be filled or would take text with
    them, tracked changes."""
    template = WordTemplate(name, open_package(content, name))
    problems = [*_part_problems(template)]
    problems = problems or [*_tag_problems(template)]
    if problems:
        raise JdgenError(dict.fromkeys(problems))
    return template


def _part_problems(template: WordTemplate) -> Iterator[Problem]:
    """What can be seen without looking at the tags' meaning."""
    for part, content in sorted(template.parts.items()):
        if _NEVER_FILLED.fullmatch(part) and b"{{" in content:
            yield Problem(
                f"{template.name}, {part}",
                "holds a tag in a part that is never filled",
                "move it to the text, header or footer",
            )
        if _FILLED.fullmatch(part):
            try:
                tree = etree.fromstring(content, _parser())
            except etree.XMLSyntaxError as error:
                yield Problem(
                    f"{template.name}, {part}", f"is damaged ({error.msg})", "open it in Word and save it anew"
                )
                continue
            yield from _paragraph_problems(template.name, part, tree)


def _paragraph_problems(name: str, part: str, tree: Any) -> Iterator[Problem]:
    if tree.find(f".//{_W}ins") is not None or tree.find(f".//{_W}del") is not None:
        yield Problem(name, "has tracked changes", "accept or reject all changes, then save")
    for number, text in enumerate(_paragraph_texts(tree), 1):
        where = _where(name, part, number, text)
        if text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}"):
            yield Problem(where, "a tag is not closed in its paragraph", "write the whole tag in one paragraph")
        controls = _CONTROL.findall(text)
        if controls and _CONTROL.sub("", text).strip():
            yield Problem(where, f"text beside {controls[0]} would be lost", "give the tag a paragraph of its own")


def _tag_problems(template: WordTemplate) -> Iterator[Problem]:
    """What the tags say, read as docxtpl will read them."""
    document, jinja = template.opened(), environment()
    document.init_docx()
    for part, xml in _patched_parts(document):
        texts = _paragraph_texts(etree.fromstring(template.parts[part], _parser()))
        lines = _PARAGRAPH.sub(r"\n<w:p\1", xml)
        try:
            tree = jinja.parse(lines)
        except TemplateSyntaxError as error:
            shown = re.sub(r"<[^>]+>", "", lines.splitlines()[error.lineno - 1])
            yield Problem(
                _place(template.name, part, texts, shown),
                f"this tag cannot be read ({error.message})",
                "check its spelling and its pair",
            )
            continue
        for line, used in forbidden_nodes(tree):
            shown = re.sub(r"<[^>]+>", "", lines.splitlines()[line - 1])
            yield Problem(
                _place(template.name, part, texts, shown),
                f"a template may not use {used}",
                "print fields, {%p for %} and {%p if %} only",
            )
        for fault in field_faults(tree, JobDescription):
            for where in _all_places(template.name, part, texts, fault.expression):
                yield Problem(where, fault.what, fault.right)


def _patched_parts(document: StrictDocxTemplate) -> Iterator[tuple[str, str]]:
    yield "word/document.xml", document.patch_xml(document.get_xml())
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(uri):
            yield str(part.partname).lstrip("/"), document.patch_xml(document.get_part_xml(part))


def _paragraph_texts(tree: Any) -> list[str]:
    """The text of every paragraph of a part, those in tables too, in the order of the document."""
    return ["".join(text.text or "" for text in paragraph.iter(f"{_W}t")) for paragraph in tree.iter(f"{_W}p")]


def _all_places(name: str, part: str, texts: list[str], expression: str) -> list[str]:
    """Every paragraph with a tag that names ``expression``."""
    named = re.compile(rf"(?<![\w.]){re.escape(expression)}(?!\w)")
    found = [
        _where(name, part, number, text)
        for number, text in enumerate(texts, 1)
        if any(named.search(tag) for tag in _TAG.findall(text))
    ]
    return found or [name]


def _place(name: str, part: str, texts: list[str], shown: str) -> str:
    """The paragraph that ``shown`` (a piece of it without markup) comes from."""
    tag = next(iter(_TAG.findall(shown)), shown)
    wanted = re.sub(r"\W", "", tag)
    for number, text in enumerate(texts, 1):
        if wanted and wanted in re.sub(r"\W", "", re.sub(r"\{%(?:p|tr|tc|r)\s", "{%", text)):
            return _where(name, part, number, text)
    return f"{name} ('{shown.strip()[:60]}')"


def _where(name: str, part: str, number: int, text: str) -> str:
    kind = next(label for key, label in _PARTS.items() if part.startswith(f"word/{key}"))
    short = text if len(text) <= 60 else f"{text[:57]}..."
    return f"{name}, {kind}paragraph {number} ('{short}')"


def _parser() -> etree.XMLParser:
    """Strict, and deaf to entities and anything outside the file."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
