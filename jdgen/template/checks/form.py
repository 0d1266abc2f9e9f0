"""Faults in the form of tags and blocks: what would be lost, merged or damaged whatever the tags mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from jdgen.template.checks.findings import Finding, Severity
from jdgen.template.checks.parts import CheckedPart
from jdgen.template.tag_text import is_raw, tags_in, without_quoted, without_tags
from jdgen.template.tags import Paragraph, Tag, TagBlock
from jdgen.word.paragraphs import CELL, TABLE
from jdgen.word.xml import Element, W, nearest, parent_of

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
_PERCENT = re.compile(r"^\{%(?:p|tr|tc)\s.*[}%].*%\}$", re.DOTALL)
_REMARK = re.compile(r"\{#(?!(?:p|tr|tc)\s)")
_BRACE = re.compile(r"[{}]")
_TAG_OF_AN_ERROR = re.compile(r"\{[%#]-?(?:p|tr|tc)\s|\{\{\{")
# What a paragraph may hold besides text that would go with its {%p tag.
_LOST_CONTENT = {
    **dict.fromkeys(("drawing", "pict", "object"), "a picture or shape"),
    **dict.fromkeys(("fldSimple", "fldChar"), "a field of Word's own"),
    **dict.fromkeys(("footnoteReference", "endnoteReference"), "a note"),
    "sym": "a symbol",
}
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_UNITS = {"tr": "row", "tc": "cell"}
_P = "give each of the two a line of its own, written {%p … %}, or write both in one paragraph"
_MATCHED = "write the tags of one block alike: all {%p … %}, all {%tr … %}, or all {% … %} in one line"


def form_faults(part: CheckedPart) -> Iterator[Finding]:
    """Every fault in the form of the tags of ``part``, and of the blocks that they form."""
    for paragraph in part.paragraphs:
        if "{" in paragraph.text or "}" in paragraph.text:
            yield from _unclosed(part, paragraph)
            yield from _stray_braces(part, paragraph)
    for tag in part.tags:
        yield from _tag_faults(part, tag)
    controls: dict[Paragraph, list[Tag]] = {}
    for tag in part.tags:
        if tag.paragraph and tag.owner is None and tag.marker == "p":
            controls.setdefault(tag.paragraph, []).append(tag)
    for paragraph, tags in controls.items():
        yield from _lost_with_paragraph(part, paragraph, tags)
    for marker, unit in _UNITS.items():
        yield from _lost_with_row_or_cell(part, marker, unit)
    yield from _block_faults(part)
    yield from _cell_tag_faults(part)


def _unclosed(part: CheckedPart, paragraph: Paragraph) -> Iterator[Finding]:
    text = paragraph.text
    tags = (text[start:end] for start, end in tags_in(text))
    if any(map(is_unclosed, tags)) or _LEFT_OPEN.search(without_tags(text)):
        what, right = "a tag is not closed in its paragraph", "write all of it there, from {{ to }} or from {% to %}"
        yield part.error("unclosed-tag", paragraph, what, right)


def _stray_braces(part: CheckedPart, paragraph: Paragraph) -> Iterator[Finding]:
    """Tags with one brace too many at their end, which would be printed; not where it ends what a brace before the tag
    began. Of two, of three on either side, and of what goes with a paragraph, row or cell, an error is told."""
    text = paragraph.text
    at = open_braces = 0
    for start, end in tags_in(text):
        for brace in _BRACE.finditer(text, at, start):
            open_braces = open_braces + 1 if brace[0] == "{" else max(0, open_braces - 1)
        at, tag = end, text[start:end]
        is_followed = text.startswith("}", end) and not text.startswith("}}", end) and not open_braces
        if is_followed and not (is_unclosed(tag) or is_raw(tag) or _TAG_OF_AN_ERROR.match(tag)):
            yield part.warning("stray-brace", paragraph, f"the last '}}' of {tag}}} would be printed", f"write {tag}")


def is_unclosed(tag: str) -> bool:
    """Whether another tag begins in ``tag``, which is not closed before it."""
    return not _is_silent(tag) and _OPENED_INSIDE.match(without_quoted(tag)) is not None


def _is_silent(tag: str) -> bool:
    """Whether nothing inside ``tag`` is read: a remark, or what is raw."""
    return tag.startswith("{#") or is_raw(tag)


def _tag_faults(part: CheckedPart, tag: Tag) -> Iterator[Finding]:
    bare = without_quoted(tag.text)
    if not _is_silent(tag.text):
        if tag.kind == "{" and tag.marker:
            what = f"{tag.text} prints formatted text or a document, and no field is one"
            right = f"write {{{{ {tag.inner} }}}}" if tag.marker == "r" else "write {{ field }}"
            yield part.error("unfit-tag", tag, what, right)
        for form, what, right in _UNFIT_FORMS:
            if form.search(bare):
                yield part.error("unfit-tag", tag, what, right)
    if _joins(tag):
        what = "'-' at the beginning or end of a line would join it to another"
        yield part.error("joins-lines", tag, what, "take the '-' out")
    if _PERCENT.match(bare):
        what = f"{tag.text} holds a '%' or '}}', which docxtpl takes for its end"
        yield part.error("percent-in-tag", tag, what, "take it out, or write {% … %} within one line")
    if len(tag.holders) > 1:
        what = f"{tag.text} is half in a link, content control or field of Word's own"
        right = "delete the tag and type it anew, all inside it or all outside it"
        yield part.error("half-in-link", tag, what, right)
    if tag.marker in _UNITS and tag.paragraph and _container_of(tag)[1] is None:
        right = f"write {{%p {tag.inner} %}}"
        yield part.error("tag-outside-table", tag, f"{tag.text} stands in no table", right)


def _joins(tag: Tag) -> bool:
    """Whether the tag has a ``-`` with nothing of its own line beside it: docxtpl would join another line to it."""
    if tag.paragraph is None or tag.owner is not None or not tag.text.startswith("{%"):
        return False
    before, _, after = tag.paragraph.text.partition(tag.text)
    return (tag.text[2] == "-" and not before.strip()) or (tag.text[-3] == "-" and not after.strip())


# What would be lost with a paragraph, row or cell that goes with its tag.


def _lost_with_paragraph(part: CheckedPart, paragraph: Paragraph, controls: Sequence[Tag]) -> Iterator[Finding]:
    tag, right = controls[0].text, "give the tag a paragraph of its own"
    if _beside(paragraph.text, controls):
        yield part.error("lost-with-tag", paragraph, f"text beside {tag} would be lost", right)
    if len(controls) > 1:
        what = f"{tag} and {controls[1].text} stand in one paragraph: only one would count"
        yield part.error("lost-with-tag", paragraph, what, right)
    if loss := _lost_beside(paragraph):
        yield part.error("lost-with-tag", paragraph, f"{loss} beside {tag} would be lost", right)
    if paragraph.element.find(f"{W}pPr/{W}sectPr") is not None:
        yield part.error("section-break-lost", paragraph, "a section break would be lost with the tag", right)


def _lost_with_row_or_cell(part: CheckedPart, marker: str, unit: str) -> Iterator[Finding]:
    right = f"give the tag a {unit} of its own"
    controls: dict[Element, list[Tag]] = {}
    for tag in part.tags:
        holder = nearest(tag.paragraph.element, f"{W}{marker}") if tag.paragraph and tag.marker == marker else None
        if holder is not None:
            controls.setdefault(holder, []).append(tag)
    for holder, tags in controls.items():
        # A table inside the row or cell is looked for by itself.
        inside = [each for each in part.paragraphs_in(holder) if nearest(each.element, holder.tag) is holder]
        text, tag = "".join(paragraph.text for paragraph in inside), tags[0]
        place = part.place(tag.paragraph, text)
        if _beside(text, tags) or next(holder.iter(TABLE), None) is not None:
            what = f"text beside {tag.text} would be lost"
            yield Finding("lost-with-tag", Severity.ERROR, place, what, right)
        if len(tags) > 1:
            what = f"{tag.text} and {tags[1].text} stand in one {unit}: only one would count"
            yield Finding("lost-with-tag", Severity.ERROR, place, what, right)
        if loss := next(filter(None, map(_lost_beside, part.paragraphs_in(holder))), ""):
            yield part.error("lost-with-tag", tag, f"{loss} beside {tag.text} would be lost", right)


def _beside(text: str, controls: Sequence[Tag]) -> bool:
    """Whether ``text`` is more than ``controls`` and remarks that go with nothing, of which nothing is lost."""
    pieces: list[str] = []
    at = 0
    for start, end in tags_in(text):
        if _REMARK.match(text, start):
            pieces.append(text[at:start])
            at = end
    rest = "".join((*pieces, text[at:]))
    for control in controls:
        rest = rest.replace(control.text, "", 1)
    return bool(rest.strip())


def _lost_beside(paragraph: Paragraph) -> str:
    """What stands in the paragraph that is no text; '' where there is nothing."""
    for name, description in _LOST_CONTENT.items():
        if next(paragraph.elements(f"{W}{name}"), None) is not None:
            return description
    if next(paragraph.elements(_MATHS), None) is not None:
        return "a formula"
    breaks = paragraph.elements(f"{W}br")
    return "a page break" if any(each.get(f"{W}type") in ("page", "column") for each in breaks) else ""


# Blocks without an end, ends without a block, blocks that cross, and blocks that would damage the document.


def _block_faults(part: CheckedPart) -> Iterator[Finding]:
    for block in part.blocks.blocks:
        if block.end is None and not is_unclosed(block.start.text):
            start, needed = block.start, f"{{%{block.start.marker} end{block.start.word} %}}"
            what = f"this tag cannot be read ({start.text} has no {needed})"
            yield part.error("unclosed-block", start, what, f"write {needed} after what it holds")
    for tag in part.blocks.strays:
        begins = "for" if tag.word == "endfor" else "if"
        what = f"this tag cannot be read ({tag.text} belongs to no {{% {begins} … %}})"
        first = f"a{'n' if tag.word in ('elif', 'else') else ''} {{% {begins} … %}}"
        yield part.error("unclosed-block", tag, what, f"take it out, or write {first} before it")
    for end, start in part.blocks.crossings:
        what = f"{end.text} comes before the end of {start.text}"
        yield part.error("crossed-blocks", end, what, f"end first what began last: {{% end{start.word} %}}")
    for block in part.blocks.blocks:
        yield from _container_faults(part, block)


def _container_of(tag: Tag) -> tuple[str, Element | None, int]:
    """Where the tag stands once docxtpl has put it in the place of its paragraph, row or cell. The tags of one block
    must stand in one place, or the document would be damaged."""
    if tag.paragraph is None or tag.owner is not None:
        return "elsewhere", tag.owner, 0
    element = tag.paragraph.element
    if tag.marker == "p":
        return "paragraphs", parent_of(element), 0
    if tag.marker in _UNITS:
        around = nearest(element, f"{W}{tag.marker}")
        return tag.marker, None if around is None else parent_of(around), 0
    holder, field = tag.letters[0].holder
    return f"text {tag.marker}", holder, field


def _container_faults(part: CheckedPart, block: TagBlock) -> Iterator[Finding]:
    """What is wrong where the tags of a block do not stand in one place."""
    start, container = block.start, _container_of(block.start)
    other = next((tag for tag in block.tags if _container_of(tag) != container), None)
    if other is None:
        return
    if start.marker != other.marker:
        what = f"{start.text} and {other.text} do not go together"
        yield part.error("mixed-block", start, what, _MATCHED)
    elif start.marker in ("p", *_UNITS):
        what = f"{start.text} and {other.text} stand in different tables, cells, text boxes or content controls"
        yield part.error("block-across-containers", start, what, "move one of them, so that both stand in the same")
    elif start.paragraph is other.paragraph:
        what = f"{start.text} and {other.text} are not both inside, or both outside, one link or content control"
        yield part.error("half-in-link", start, what, "write both inside it or both outside it")
    elif _leaves_blank_lines(block):
        right = f"write {{%p {start.inner} %}}, and {{%p … %}} in the lines of its other tags"
        yield part.warning("blank-line-left", start, f"{start.text} leaves a blank line in the document", right)
    else:
        what = f"{start.text} and {other.text} would merge paragraphs or cells"
        yield part.error("block-over-paragraphs", start, what, _P)


def _leaves_blank_lines(block: TagBlock) -> bool:
    """Whether each tag of a plain block in several paragraphs is all that its paragraph holds, in a run of its own."""
    parents = set()
    for tag in block.tags:
        if tag.paragraph is None or tag.paragraph.text.strip() != tag.text:
            return False
        if [holder for holder, _ in tag.holders] != [tag.paragraph.element]:
            return False
        parents.add(tag.paragraph.element.getparent())
    return len(parents) == 1


# docxtpl's tags that change the cell in which they stand: ``hm``, ``vm``, ``colspan``, ``cellbg``.
#
# docxtpl makes questions about a loop of them, and blames what it made. Here they are looked at as they are written.

#: Those that stand alone, with the loop whose turns they merge; and those that print what they are given.
MARKS = {"hm": "{%tc for … %}", "vm": "{%tr for … %}"}
PRINTING = {"colspan": "merge the cells in Word", "cellbg": "shade the cell in Word"}
_FIXED = re.compile(r"""['"\d]""")


def is_fixed(tag: Tag) -> bool:
    """Whether the tag prints what it says itself rather than a field."""
    return tag.word in PRINTING and _FIXED.match(tag.rest) is not None


def _cell_tag_faults(part: CheckedPart) -> Iterator[Finding]:
    """Tags of this kind outside a cell or loop, and those that no field is needed for."""
    cell_tags = {tag: number for number, tag in enumerate(part.tags) if tag.word in MARKS or tag.word in PRINTING}
    if not cell_tags:
        return
    at = {tag: number for number, tag in enumerate(part.tags)}
    loops = [(at[each.start], at[each.end]) for each in part.blocks.blocks if each.start.word == "for" and each.end]
    for tag, number in cell_tags.items():
        if tag.paragraph is None or nearest(tag.paragraph.element, CELL) is None:
            right = "write it in the cell that it is to change"
            yield part.error("tag-outside-table", tag, f"{tag.text} stands in no table", right)
        elif tag.word in MARKS and not any(start < number < end for start, end in loops):
            what = f"{tag.text} stands in no loop, whose turns it would merge"
            right = f"write it in a cell that {MARKS[tag.word]} repeats, or merge the cells in Word"
            yield part.error("unfit-tag", tag, what, right)
        elif is_fixed(tag):
            what = f"{tag.text} prints a text or number, not a field"
            yield part.error("beyond-dialect", tag, what, PRINTING[tag.word])
