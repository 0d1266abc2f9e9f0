"""Faults in the form of tags: what would be lost, merged or damaged whatever the tags mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from jdgen.template.checks.findings import Finding, Severity
from jdgen.template.checks.parts import ROW, TABLE, Paragraph, Part, own_cells
from jdgen.template.checks.tags import Tag
from jdgen.template.mending.tags import tags_in, without_quoted, without_tags
from jdgen.word.xml import W

_LEFT_OPEN = re.compile(r"\{\{|\{%|\{#|\}\}|%\}")
_OPENED_INSIDE = re.compile(r"^\{[{%#].*\{[{%]", re.DOTALL)
# What docxtpl and Jinja would take, and answer with a damaged document or lost text.
_UNFIT_FORMS = (
    (
        re.compile(r"\{%-?\s*(?:end)?raw\b"),
        "what is raw is not ended in its paragraph",
        "write {% raw %} and {% endraw %} in one paragraph",
    ),
    (re.compile(r"\bjd_\w+"), "names that begin with jd_ are jdgen's own", "take it out"),
)
_PRINTS_MORE = re.compile(r"\{\{(p|tr|tc|r)\s")
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}.*\{%-?\s*endraw\s*-?%\}$", re.DOTALL)
_REMARK = re.compile(r"\{#(?!(?:p|tr|tc)\s)")
_PERCENT = re.compile(r"^\{%(?:p|tr|tc)\s.*[}%].*%\}$", re.DOTALL)
# What a paragraph may hold besides text that would go with its {%p tag.
_LOST = {
    **dict.fromkeys(("drawing", "pict", "object"), "a picture or shape"),
    **dict.fromkeys(("fldSimple", "fldChar"), "a field of Word's own"),
    **dict.fromkeys(("footnoteReference", "endnoteReference"), "a note"),
    "sym": "a symbol",
}
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_HELD = {"tr": "row", "tc": "cell"}


def form_faults(part: Part, tags: Sequence[Tag]) -> Iterator[Finding]:
    """Every fault in the form of the tags of ``part``."""
    for paragraph in part.paragraphs:
        if "{" in paragraph.text or "}" in paragraph.text:
            yield from _unclosed(part, paragraph)
    by_paragraph: dict[Paragraph, list[Tag]] = {}
    for tag in tags:
        yield from _tag_faults(part, tag)
        if tag.paragraph and tag.owner is None:
            by_paragraph.setdefault(tag.paragraph, []).append(tag)
    for paragraph, own in by_paragraph.items():
        yield from _lost_with_paragraph(part, paragraph, [tag for tag in own if tag.marker == "p"])
    for marker in _HELD:
        yield from _lost_with_row_or_cell(part, [tag for tag in tags if tag.marker == marker and tag.paragraph], marker)


def _unclosed(part: Part, paragraph: Paragraph) -> Iterator[Finding]:
    text = paragraph.text
    tags = (text[start:end] for start, end in tags_in(text))
    nested = any(not _is_silent(tag) and _OPENED_INSIDE.match(without_quoted(tag)) for tag in tags)
    if nested or _LEFT_OPEN.search(without_tags(text)):
        found = part.found("unclosed-tag", Severity.ERROR)
        yield found(paragraph, "a tag is not closed in its paragraph", "write the whole tag in one paragraph")


def _is_silent(tag: str) -> bool:
    """Whether nothing inside ``tag`` is read: a remark, or what is raw."""
    return tag.startswith("{#") or _RAW.match(tag) is not None


def _tag_faults(part: Part, tag: Tag) -> Iterator[Finding]:
    if not _is_silent(tag.text):
        yield from _unfit(part, tag)
    if _joins(tag):
        found = part.found("joins-lines", Severity.ERROR)
        yield found(tag, "'-' at the beginning or end of a line would join it to another", "take the '-' out")
    if _PERCENT.match(without_quoted(tag.text)):
        found = part.found("percent-in-tag", Severity.ERROR)
        what = f"{tag.text} holds a '%' or '}}', which docxtpl takes for its end"
        yield found(tag, what, "take it out, or write {% … %} within one line")
    if len(tag.holders) > 1:
        found = part.found("half-in-link", Severity.ERROR)
        what = f"{tag.text} is half in a link, content control or field of Word's own"
        yield found(tag, what, "delete the tag and type it anew, all inside it or all outside it")
    if tag.marker in _HELD and tag.seat[1] is None:
        found = part.found("tag-outside-table", Severity.ERROR)
        yield found(tag, f"{tag.text} stands in no table", f"write {{%p {tag.inner} %}}")


def _unfit(part: Part, tag: Tag) -> Iterator[Finding]:
    found = part.found("unfit-tag", Severity.ERROR)
    if printed := _PRINTS_MORE.match(tag.text):
        what = f"{tag.text} prints formatted text or a document, and no field is one"
        yield found(tag, what, f"write {{{{ {tag.inner} }}}}" if printed[1] == "r" else "write {{ field }}")
    bare = without_quoted(tag.text)
    for form, what, right in _UNFIT_FORMS:
        if form.search(bare):
            yield found(tag, what, right)


def _joins(tag: Tag) -> bool:
    """Whether the tag has a ``-`` with nothing of its own line beside it: docxtpl would join another line to it."""
    if tag.paragraph is None or tag.owner is not None or not tag.text.startswith("{%"):
        return False
    before, _, after = tag.paragraph.text.partition(tag.text)
    return (tag.text[2] == "-" and not before.strip()) or (tag.text[-3] == "-" and not after.strip())


def _lost_with_paragraph(part: Part, paragraph: Paragraph, controls: Sequence[Tag]) -> Iterator[Finding]:
    """What would go with the paragraph of a ``{%p … %}`` or ``{#p … #}``."""
    if not controls:
        return
    tag, found = controls[0].text, part.found("lost-with-tag", Severity.ERROR)
    right = "give the tag a paragraph of its own"
    rest = _without_remarks(paragraph.text)
    for control in controls:
        rest = rest.replace(control.text, "", 1)
    if rest.strip():
        yield found(paragraph, f"text beside {tag} would be lost", right)
    if len(controls) > 1:
        yield found(paragraph, f"{tag} and {controls[1].text} stand in one paragraph: only one would count", right)
    if beside := _lost_beside(paragraph):
        yield found(paragraph, f"{beside} beside {tag} would be lost", right)
    if paragraph.element.find(f"{W}pPr/{W}sectPr") is not None:
        found = part.found("section-break-lost", Severity.ERROR)
        yield found(paragraph, "a section break would be lost with the tag", right)


def _without_remarks(text: str) -> str:
    """``text`` without remarks that go with nothing: they print nothing, so that nothing of them is lost."""
    pieces: list[str] = []
    at = 0
    for start, end in tags_in(text):
        if _REMARK.match(text, start):
            pieces.append(text[at:start])
            at = end
    return "".join((*pieces, text[at:]))


def _lost_beside(paragraph: Paragraph) -> str:
    """What stands in the paragraph that is no text; '' where there is nothing."""
    for name, said in _LOST.items():
        if next(paragraph.own(f"{W}{name}"), None) is not None:
            return said
    if next(paragraph.own(_MATHS), None) is not None:
        return "a formula"
    breaks = paragraph.own(f"{W}br")
    return "a page break" if any(each.get(f"{W}type") in ("page", "column") for each in breaks) else ""


def _lost_with_row_or_cell(part: Part, controls: Sequence[Tag], marker: str) -> Iterator[Finding]:
    """What would go with the row of a ``{%tr … %}``, or the cell of a ``{%tc … %}``."""
    right, found = f"give the tag a {_HELD[marker]} of its own", part.found("lost-with-tag", Severity.ERROR)
    by_holder: dict[Any, list[Tag]] = {}
    for tag in controls:
        if tag.paragraph and tag.seat[1] is not None:
            holder = next(tag.paragraph.element.iterancestors(f"{W}{marker}"))
            by_holder.setdefault(holder, []).append(tag)
    for holder, own in by_holder.items():
        text = _text_of(part, holder)
        rest = _without_remarks(text)
        for tag in own:
            rest = rest.replace(tag.text, "", 1)
        quoted = part.place(own[0].paragraph, text)
        if rest.strip() or next(holder.iter(TABLE), None) is not None:
            what = f"text beside {own[0].text} would be lost"
            yield Finding("lost-with-tag", Severity.ERROR, quoted, what, right)
        if len(own) > 1:
            what = f"{own[0].text} and {own[1].text} stand in one {_HELD[marker]}: only one would count"
            yield Finding("lost-with-tag", Severity.ERROR, quoted, what, right)
        if lost := _picture_in(part, holder, own[0]):
            yield found(own[0], lost, right)


def _picture_in(part: Part, holder: Any, tag: Tag) -> str:
    for cell in own_cells(holder) if holder.tag == ROW else [holder]:
        for paragraph in filter(None, (part.by_element.get(each) for each in cell.iter(f"{W}p"))):
            if beside := _lost_beside(paragraph):
                return f"{beside} beside {tag.text} would be lost"
    return ""


def _text_of(part: Part, holder: Any) -> str:
    """The text of a row or cell, without that of a table inside it."""
    inner = (part.by_element[each] for each in holder.iter(f"{W}p") if next(each.iterancestors(holder.tag)) is holder)
    return "".join(paragraph.text for paragraph in inner)
