"""A copy of a template with a Word comment at each finding, for people who mend templates in Word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from lxml import etree

from jdgen.template.checks.content import COMMENT_AUTHOR
from jdgen.template.checks.findings import Finding
from jdgen.template.docxtpl_bridge import BODY
from jdgen.word.opening import opened_package
from jdgen.word.writing import write_package
from jdgen.word.xml import W, parsed

_INITIALS = "jd"
_TYPES, _RELATIONS = "[Content_Types].xml", "word/_rels/document.xml.rels"
_COMMENTS = "word/comments.xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def annotated(content: bytes, name: str, findings: Sequence[Finding]) -> bytes:
    """The Word file ``content`` with each finding as a comment at its paragraph.

    Word takes comments in the text only: a finding in a header, or about the whole file, goes to the first paragraph
    and says its place. Raises :class:`JdgenError` for a file that cannot be opened, called ``name`` in messages.
    """
    parts = dict(opened_package(content, name).parts)
    document = parsed(parts[BODY])
    if not findings or next(document.iter(f"{W}p"), None) is None:
        return write_package(parts)
    listing = _comments_part(parts)
    comments = _empty() if listing not in parts else parsed(parts[listing])
    first = _next_id(comments, document)
    for paragraph, own in _by_paragraph(document, findings):
        for number, finding in enumerate(own, first):
            comments.append(_comment(number, finding))
            _mark(paragraph, number)
        first += len(own)
    changed = {BODY: _written(document), listing: _written(comments)}
    if listing not in parts:
        changed |= {_TYPES: _with_type(parts[_TYPES], listing), _RELATIONS: _with_relation(parts, listing)}
    return write_package({**parts, **changed})


def _by_paragraph(document: Any, findings: Sequence[Finding]) -> Iterator[tuple[Any, list[Finding]]]:
    """Each paragraph that has findings, with them."""
    paragraphs = list(document.iter(f"{W}p"))

    def index(finding: Finding) -> int:
        at = finding.place.paragraph - 1 if finding.place.part == BODY else 0
        # A comment cannot stand in a text box: it goes to the paragraph that the box is fixed to.
        outer = list(paragraphs[max(at, 0)].iterancestors(f"{W}p"))
        return paragraphs.index(outer[-1]) if outer else max(at, 0)

    for at, own in groupby(sorted(findings, key=index), key=index):
        yield paragraphs[at], list(own)


def _mark(paragraph: Any, number: int) -> None:
    """The range of the comment round all of the paragraph, and the mark by which it is shown."""
    properties = paragraph.find(f"{W}pPr")
    start = etree.Element(f"{W}commentRangeStart", {f"{W}id": str(number)})
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, start)
    etree.SubElement(paragraph, f"{W}commentRangeEnd", {f"{W}id": str(number)})
    run = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(run, f"{W}commentReference", {f"{W}id": str(number)})


def _comment(number: int, finding: Finding) -> Any:
    told = {"id": str(number), "author": COMMENT_AUTHOR, "initials": _INITIALS}
    comment = etree.Element(f"{W}comment", {f"{W}{name}": value for name, value in told.items()})
    place = "" if finding.place.part == BODY else f" ({finding.place or 'the whole file'})"
    for line in (f"{finding.severity} [{finding.code}]{place}", f"{finding.what}: {finding.right}"):
        run = etree.SubElement(etree.SubElement(comment, f"{W}p"), f"{W}r")
        text = etree.SubElement(run, f"{W}t", {_SPACE: "preserve"})
        text.text = _NO_XML.sub("\ufffd", line)
    return comment


def _next_id(comments: Any, document: Any) -> int:
    used = [*comments.iter(f"{W}comment"), *document.iter(f"{W}commentReference")]
    numbers = (each.get(f"{W}id") or "" for each in used)
    return max((int(number) for number in numbers if number.isdecimal()), default=-1) + 1


def _comments_part(parts: Mapping[str, bytes]) -> str:
    """The name of the part with comments: the one that the file has, else one that is free."""
    relations = parsed(parts[_RELATIONS]) if _RELATIONS in parts else ()
    for relation in relations:
        if relation.get("Type") == _KIND:
            target = relation.get("Target", "")
            named = target.lstrip("/") if target.startswith("/") else f"word/{target}"
            if named in parts:
                return str(named)
    return _COMMENTS if _COMMENTS not in parts else "word/comments-by-jdgen.xml"


def _empty() -> Any:
    return etree.Element(f"{W}comments", nsmap={"w": W[1:-1]})


def _with_type(types: bytes, listing: str) -> bytes:
    tree = parsed(types)
    namespace = etree.QName(tree).namespace
    etree.SubElement(tree, f"{{{namespace}}}Override", PartName=f"/{listing}", ContentType=_CONTENT_TYPE)
    return _written(tree)


def _with_relation(parts: Mapping[str, bytes], listing: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    tree = parsed(parts[_RELATIONS]) if _RELATIONS in parts else etree.Element(f"{{{namespace}}}Relationships")
    target = listing.removeprefix("word/")
    etree.SubElement(tree, f"{{{namespace}}}Relationship", Id="rIdJdgenComments", Type=_KIND, Target=target)
    return _written(tree)


def _written(tree: Any) -> bytes:
    written: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
