"""A Word template, opened and checked before anything is filled."""

from __future__ import annotations

import io
import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError
from lxml import etree

from jdgen.drafting.model import JobDescription
from jdgen.errors import JdgenError, Problem
from jdgen.filling.dialect import UnprintableError, environment, forbidden_nodes
from jdgen.filling.fields import field_faults
from jdgen.filling.package import open_package, write_package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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
    (re.compile(r"\{%(?:tc|r)\s"), "only p and tr can stand before for and if", "write {%p or {%tr"),
    (re.compile(r"\{%\s*(?:raw|colspan|cellbg|vm|hm)\b"), "this tag does more than print", "take it out"),
    (re.compile(r"&"), "'&' cannot be compared", "compare with a text without '&'"),
)
# Parts that docxtpl fills, and parts where a tag would stay as it is.
_FILLED = re.compile(r"word/(?:document|header|footer)[^/]*\.xml")
_NEVER_FILLED = re.compile(
    r"word/(?:comments|endnotes|footnotes|glossary/document)\.xml|docProps/custom\.xml|customXml/.*\.xml"
)
_PARTS = {"document": "", "header": "header, ", "footer": "footer, "}


class StrictDocxTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl without its silent faults: a damaged result is an error, and only text, headers and footers are
    templates."""

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        """As docxtpl, but what cannot be printed is named with its paragraph."""
        try:
            xml: str = super().render_xml_part(src_xml, part, context, jinja_env)
        except UnprintableError as error:
            raise UnprintableError(f"{error} ('{_line_of(error, src_xml)}')") from error
        return xml

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Nothing: they are set in Python, where ``&`` stays ``&``."""

    def render_footnotes(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Nothing: a tag in a footnote is refused when the template is opened."""

    def fix_tables(self, xml: str) -> Any:
        """The body, read strictly (``lxml.etree.XMLSyntaxError``), as python-docx reads headers and footers.

        docxtpl would read it leniently, lose what follows a fault, and rewrite the columns of nested tables.
        """
        return etree.fromstring(xml)


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
    _refuse_unreadable(template)
    problems = [*_part_problems(template)]
    problems = problems or [*_tag_problems(template)]
    if problems:
        raise JdgenError(dict.fromkeys(problems))
    return template


def _refuse_unreadable(template: WordTemplate) -> None:
    try:
        document = template.opened()
        document.init_docx()
        document.get_xml()
        _ = document.docx.core_properties.title
        readable = {str(part.partname).lstrip("/") for part in document.docx.part.package.iter_parts()}
    # python-docx answers a package with missing or wrong parts with whatever its code runs into.
    except Exception as error:
        raise JdgenError(_unreadable(template.name)) from error
    if "word/document.xml" not in readable:
        raise JdgenError(_unreadable(template.name))


def _unreadable(name: str) -> Problem:
    return Problem(name, "is no Word document that can be read", "open it in a word processor and save it anew")


def _part_problems(template: WordTemplate) -> Iterator[Problem]:
    """What can be seen without looking at the tags' meaning."""
    for part, content in sorted(template.parts.items()):
        if _NEVER_FILLED.fullmatch(part) and _OPENING.search(_text_of(content.decode("utf-8", "replace"))):
            yield Problem(
                f"{template.name}, {part}",
                "holds a tag in a part that is never filled",
                "move it to the text, header or footer",
            )
        if _FILLED.fullmatch(part):
            yield from _paragraph_problems(template.name, part, etree.fromstring(content, _parser()))


def _paragraph_problems(name: str, part: str, tree: Any) -> Iterator[Problem]:
    if tree.find(f".//{_W}ins") is not None or tree.find(f".//{_W}del") is not None:
        yield Problem(name, "has tracked changes", "accept or reject all changes, then save")
    for number, (paragraph, text) in enumerate(zip(tree.iter(f"{_W}p"), _paragraph_texts(tree), strict=True), 1):
        where = _where(name, part, number, text)
        if any(text.count(start) != text.count(end) for start, end in _PAIRS if start != "{#" or start in text):
            yield Problem(where, "a tag is not closed in its paragraph", "write the whole tag in one paragraph")
        controls = _CONTROL.findall(text)
        if controls and _CONTROL.sub("", text).strip():
            yield Problem(where, f"text beside {controls[0]} would be lost", "give the tag a paragraph of its own")
        if controls and paragraph.find(f"{_W}pPr/{_W}sectPr") is not None:
            yield Problem(where, "a section break would be lost with the tag", "give the tag a paragraph of its own")
        for tag in _TAG.findall(text):
            yield from (Problem(where, what, right) for form, what, right in _UNFIT_FORMS if form.search(tag))
    for row in tree.iter(f"{_W}tr"):
        text = "".join(part.text or "" for part in row.iter(f"{_W}t") if next(part.iterancestors(f"{_W}tr")) is row)
        controls = _ROW_CONTROL.findall(text)
        if controls and _ROW_CONTROL.sub("", text).strip():
            where = f"{name}, {_kind(part)}table row ('{_short(text)}')"
            yield Problem(where, f"text beside {controls[0]} would be lost", "give the tag a row of its own")


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
            shown = _text_of(lines.split("\n")[error.lineno - 1])
            yield Problem(
                _place(template.name, part, texts, shown),
                f"this tag cannot be read ({error.message})",
                "check its spelling and its pair",
            )
            continue
        for line, used in forbidden_nodes(tree):
            shown = _text_of(lines.split("\n")[line - 1])
            yield Problem(
                _place(template.name, part, texts, shown),
                f"a template may not use {used}",
                "print fields, {%p for %} and {%p if %} only",
            )
        for fault in field_faults(tree, JobDescription):
            shown = _text_of(lines.split("\n")[fault.line - 1])
            places = _all_places(template.name, part, texts, fault.expression)
            for where in places or [_place(template.name, part, texts, shown)]:
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
    return f"{name}, {_kind(part)}paragraph {number} ('{_short(text)}')"


def _kind(part: str) -> str:
    return next((label for key, label in _PARTS.items() if part.startswith(f"word/{key}")), f"{part}, ")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


def _line_of(error: UnprintableError, source: str) -> str:
    """The text of the paragraph that was being printed: Jinja's frame in the traceback has its line."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    lines = _PARAGRAPH.sub(r"\n<w:p\1", source).split("\n")
    return _short(_text_of(lines[(frames[-1].lineno or 1) - 1])) if frames else ""


def _text_of(xml: str) -> str:
    return re.sub(r"<[^>]+>", "", xml)


def _parser() -> etree.XMLParser:
    """Strict, and deaf to entities and anything outside the file."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
