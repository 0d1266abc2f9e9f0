"""Single faults, put into sound templates at known paragraphs, as people put them there."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from tests.toolbox.markup import BODY, NAMESPACES, WORD
from tests.toolbox.word import parts_of, with_part

W = f"{{{WORD}}}"


@dataclass(frozen=True)
class SeededFault:
    """A template with one fault: its kind, and the numbers of the paragraphs at one of which it is to be found."""

    kind: str
    content: bytes
    paragraphs: frozenset[int]


#: Puts the fault into one paragraph that :data:`Fits` takes; gives all paragraphs at which it may be found.
Seed = Callable[[Any], list[Any]]
Fits = Callable[[Any], bool]


def text_of(paragraph: Any) -> str:
    """The text of a paragraph, without that of text boxes in it."""
    texts = paragraph.iter(f"{W}t")
    return "".join(text.text or "" for text in texts if next(text.iterancestors(f"{W}p")) is paragraph)


def _holds(*parts: str) -> Fits:
    return lambda paragraph: all(part in text_of(paragraph) for part in parts)


def _is_plain(paragraph: Any) -> bool:
    text = text_of(paragraph)
    return bool(text) and "{" not in text and paragraph.find(f"{W}r/{W}t") is not None


def _replaced(old: str, new: str) -> Seed:
    def seed(paragraph: Any) -> list[Any]:
        texts = [text for text in paragraph.iter(f"{W}t") if text.text]
        whole = next((text for text in texts if old in text.text), None)
        if whole is None:  # Word has split what was there over runs: it is typed anew into the first
            whole = texts[0]
            whole.text = text_of(paragraph)
            for text in texts[1:]:
                text.text = ""
        whole.text = whole.text.replace(old, new, 1)
        return [paragraph]

    return seed


def _element(xml: str) -> Any:
    return etree.fromstring(f"<w:p {NAMESPACES}>{xml}</w:p>")[0]


def _first_run(paragraph: Any) -> Any:
    return next(paragraph.iter(f"{W}r"))


def _split_over_paragraphs(paragraph: Any) -> list[Any]:
    """Return was pressed within the tag."""
    text = next(text for text in paragraph.iter(f"{W}t") if "{{ " in (text.text or ""))
    before, after = text.text.split("{{ ", 1)
    second = deepcopy(paragraph)
    text.text = f"{before}{{{{ "
    copied = next(text for text in second.iter(f"{W}t") if "{{ " in (text.text or ""))
    copied.text = after
    paragraph.addnext(second)
    return [paragraph, second]


def _in_half_a_link(paragraph: Any) -> list[Any]:
    """The first half of the tag was made a link."""
    run = _first_run(paragraph)
    text = run.find(f"{W}t").text
    at = text.index("{{ ") + 4
    second = deepcopy(run)
    run.find(f"{W}t").text, second.find(f"{W}t").text = text[:at], text[at:]
    link = _element('<w:hyperlink w:anchor="top"/>')
    run.addprevious(link)
    link.addnext(second)
    link.append(run)
    return [paragraph]


def _wrapped(xml: str) -> Seed:
    def seed(paragraph: Any) -> list[Any]:
        run = _first_run(paragraph)
        wrapper = _element(xml)
        run.addprevious(wrapper)
        wrapper.append(run)
        return [paragraph]

    return seed


def _section_break(paragraph: Any) -> list[Any]:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    properties.append(_element("<w:sectPr/>"))
    return [paragraph]


def _without_partner(paragraph: Any) -> list[Any]:
    """The end of a loop was deleted: what is wrong may be said of the beginning, or of where the end is missed."""
    body = paragraph.getroottree().getroot()
    controls = [other for other in body.iter(f"{W}p") if text_of(other).startswith("{%p ")]
    for text in paragraph.iter(f"{W}t"):
        text.text = "End of list"
    return [*controls, paragraph]


def _plain_tags(paragraph: Any) -> list[Any]:
    """The loop's tags were written without the p."""
    depth, partner = 0, paragraph
    for other in paragraph.itersiblings(f"{W}p"):
        text = text_of(other)
        depth += text.startswith("{%p for") - text.startswith("{%p endfor")
        if depth < 0:
            partner = other
            break
    for tag in (paragraph, partner):
        next(text for text in tag.iter(f"{W}t") if text.text).text = text_of(tag).replace("{%p ", "{% ")
    return [paragraph, partner]


def _heading_four(paragraph: Any) -> list[Any]:
    paragraph.find(f"{W}pPr/{W}pStyle").set(f"{W}val", "Heading4")
    return [paragraph]


def _comment(paragraph: Any) -> list[Any]:
    run = _first_run(paragraph)
    run.addprevious(_element('<w:commentRangeStart w:id="5"/>'))
    run.addnext(_element('<w:r><w:commentReference w:id="5"/></w:r>'))
    run.addnext(_element('<w:commentRangeEnd w:id="5"/>'))
    return [paragraph]


def _blank_lines(paragraph: Any) -> list[Any]:
    """Space was made with Return."""
    blank = [etree.Element(f"{W}p") for _ in range(3)]
    for line in blank:
        paragraph.addnext(line)
    return [*blank, paragraph]


def _picture(paragraph: Any) -> list[Any]:
    """A picture without alternative text."""
    paragraph.append(
        _element(
            '<w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="300000"/><wp:docPr id="77" name="Picture 77"/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"/></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )
    )
    return [paragraph]


def _header_unmarked(paragraph: Any) -> list[Any]:
    """The header row of the paragraph's table is no longer marked."""
    table = next(paragraph.iterancestors(f"{W}tbl"))
    for mark in list(table.iter(f"{W}tblHeader")):
        mark.getparent().remove(mark)
    return list(table.iter(f"{W}p"))


def _in_marked_table(paragraph: Any) -> bool:
    table = next(paragraph.iterancestors(f"{W}tbl"), None)
    return table is not None and table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None


def _is_heading_two(paragraph: Any) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and style.get(f"{W}val") == "Heading2"


def _both(first: Fits, second: Fits) -> Fits:
    return lambda paragraph: first(paragraph) and second(paragraph)


def _own_run(paragraph: Any) -> bool:
    run = paragraph.find(f"{W}r")
    return run is not None and run.find(f"{W}t") is not None and "{{ " in (run.find(f"{W}t").text or "")


_FIELD = _holds("{{ ")
_CONTROL = _holds("{%p for ")
_TRACKED = 'w:id="9" w:author="A manager" w:date="2026-01-05T09:00:00Z"'

KINDS: dict[str, tuple[Fits, Seed]] = {
    "misspelt field": (_holds("{{ title }}"), _replaced("{{ title }}", "{{ titel }}")),
    "unknown field": (_holds("{{ department }}"), _replaced("department", "cost_centre")),
    "misspelt attribute": (_holds("{{ duty.text }}"), _replaced("duty.text", "duty.txt")),
    "attribute of another list": (_holds("{{ clause.text }}"), _replaced("clause.text", "clause.importance")),
    "name out of its loop": (_holds("{{ block.text }}"), _replaced("block.text", "blocks.text")),
    "list printed": (_holds("{{ group.title }}"), _replaced("group.title", "group.criteria")),
    "loop over a text": (_holds("{%p for block in purpose"), _replaced("in purpose", "in title")),
    "unknown list": (_holds("{%p for clause in clauses"), _replaced("in clauses", "in clause_list")),
    "unknown filter": (_FIELD, _replaced(" }}", "|uppercase }}")),
    "forbidden filter": (_FIELD, _replaced(" }}", "|safe }}")),
    "call": (_FIELD, _replaced(" }}", ".upper() }}")),
    "arithmetic": (_FIELD, _replaced("{{ ", "{{ 2 * ")),
    "bracket missing at the end": (_FIELD, _replaced(" }}", " }")),
    "bracket missing at the start": (_FIELD, _replaced("{{ ", "{ ")),
    "percent missing": (_CONTROL, _replaced(" %}", " }")),
    "single braces": (_holds("{{ title }}"), _replaced("{{ title }}", "{title}")),
    "merge field": (_holds("{{ title }}"), _replaced("{{ title }}", "«Job_Title»")),
    "insert in brackets": (_holds("{{ department }}"), _replaced("{{ department }}", "[insert department]")),
    "angle brackets": (_holds("{{ base }}"), _replaced("{{ base }}", "<<base>>")),
    "dollar": (_holds("{{ base }}"), _replaced("{{ base }}", "${base}")),
    "tag over two paragraphs": (_FIELD, _split_over_paragraphs),
    "tag half in a link": (_own_run, _in_half_a_link),
    "text beside a loop's tag": (_CONTROL, _replaced("{%p", "Duties: {%p")),
    "text beside an end": (_holds("{%p endfor"), _replaced("%}", "%} (end)")),
    "section break beside a tag": (_both(_CONTROL, lambda p: p.getparent().tag == f"{W}body"), _section_break),
    "end deleted": (_holds("{%p endfor"), _without_partner),
    "tags without p": (_CONTROL, _plain_tags),
    "minus at the end": (_CONTROL, _replaced(" %}", " -%}")),
    "p in a field": (_FIELD, _replaced("{{ ", "{{p ")),
    "set": (_is_plain, _replaced("", "{% set x = 1 %}")),
    "raw": (_is_plain, _replaced("", "{% raw %}x")),
    "low quotation marks": (_is_plain, _replaced("", "{% if band == „7“ %}x{% endif %}")),
    "percent in a tag": (_CONTROL, _replaced("%}", "% 2 %}")),
    "tracked insertion": (_is_plain, _wrapped(f"<w:ins {_TRACKED}/>")),
    "tracked move": (_is_plain, _wrapped(f"<w:moveTo {_TRACKED}/>")),
    "comment left": (_is_plain, _comment),
    "heading levels skipped": (_is_heading_two, _heading_four),
    "blank lines": (_both(_is_plain, lambda p: p.getparent().tag == f"{W}body"), _blank_lines),
    "picture without alternative text": (_is_plain, _picture),
    "header row not marked": (_in_marked_table, _header_unmarked),
}


def seeded_faults(content: bytes, each: int, chance: random.Random) -> Iterator[SeededFault]:
    """Templates with one fault: ``each`` of every kind that fits somewhere in the text."""
    document = parts_of(content)[BODY]
    for kind, (fits, seed) in KINDS.items():
        fitting = [
            number for number, paragraph in enumerate(_paragraphs(etree.fromstring(document))) if fits(paragraph)
        ]
        for number in sorted(chance.sample(fitting, min(each, len(fitting)))):
            tree = etree.fromstring(document)
            seeded_paragraphs = seed(_paragraphs(tree)[number])
            numbers = [
                at
                for at, paragraph in enumerate(_paragraphs(tree), 1)
                if any(paragraph is other for other in seeded_paragraphs)
            ]
            part = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            yield SeededFault(kind, with_part(content, BODY, part), frozenset(numbers))


def _paragraphs(tree: Any) -> list[Any]:
    return list(tree.iter(f"{W}p"))
