"""Rejecting every tracked change, by another hand than the package's: what a word processor does, for tests."""

from __future__ import annotations

from typing import Any

from lxml import etree

from tests.toolbox.word import W

_NAMES = {"w": W[1:-1]}


def reject_all(tree: Any) -> None:
    for row in tree.xpath("//w:tr[w:trPr/w:ins]", namespaces=_NAMES):
        row.getparent().remove(row)
    for table in tree.xpath("//w:tbl[not(.//w:tr)]", namespaces=_NAMES):
        table.getparent().remove(table)
    paragraphs_to_join = tree.xpath("//w:p[w:pPr/w:rPr/w:ins]", namespaces=_NAMES)
    for mark in tree.xpath("//w:ins", namespaces=_NAMES):
        mark.getparent().remove(mark)
    for text in tree.xpath("//w:del//w:delText", namespaces=_NAMES):
        text.tag = f"{W}t"
    for mark in tree.xpath("//w:del", namespaces=_NAMES):
        parent = mark.getparent()
        for node in mark:
            mark.addprevious(node)
        parent.remove(mark)
    for change in tree.xpath("//w:pPrChange", namespaces=_NAMES):
        _put_back(change)
    for paragraph in paragraphs_to_join:
        _join_with_next(paragraph)


def _put_back(change: Any) -> None:
    """A paragraph has the looks again that it had before a change of them."""
    properties = change.getparent()
    for node in properties.xpath("*[not(self::w:rPr or self::w:sectPr)]", namespaces=_NAMES):
        properties.remove(node)
    for node in reversed(change.find(f"{W}pPr")):
        properties.insert(0, node)


def _join_with_next(paragraph: Any) -> None:
    """An end that was put in goes: what is left of its paragraph begins the next one, which keeps its looks."""
    following = paragraph.getnext()
    content = [node for node in paragraph if node.tag != f"{W}pPr"]
    if following is None or following.tag != f"{W}p":
        last = "the end of a cell, a text or a note cannot go"
        assert following is not None, last
        assert not any(node.tag == f"{W}r" for node in content), last
    else:
        place = 1 if following.find(f"{W}pPr") is not None else 0
        following[place:place] = content
    paragraph.getparent().remove(paragraph)


def structure(tree: Any) -> list[tuple[str, str]]:
    """Every paragraph, cell and row in order, a paragraph with its looks and its words: equal for equal documents."""
    parts: list[tuple[str, str]] = []
    for node in tree.iter(f"{W}p", f"{W}tc", f"{W}tr", f"{W}tbl"):
        properties = node.find(f"{W}pPr")
        own_looks = (
            []
            if properties is None or node.tag != f"{W}p"
            else [each for each in properties if len(each) or each.attrib]
        )
        looks = "".join(etree.tostring(each, method="c14n").decode() for each in own_looks)
        words = "".join(text.text or "" for text in node.iter(f"{W}t")) if node.tag == f"{W}p" else ""
        parts.append((node.tag, looks + words))
    return parts


def looks(tree: Any) -> list[list[tuple[str, str]]]:
    """Each paragraph with text as its characters, each with its run's properties: equal looks are equal to a reader."""
    paragraphs: list[list[tuple[str, str]]] = []
    for paragraph in tree.iter(f"{W}p"):
        characters: list[tuple[str, str]] = []
        for run in paragraph.xpath(".//w:r", namespaces=_NAMES):
            properties = "".join(sorted(node.tag + str(dict(node.attrib)) for node in run.iterfind(f"{W}rPr/*")))
            link = run.getparent().tag if run.getparent().tag != f"{W}p" else ""
            for node in run:
                if node.tag == f"{W}t":
                    characters += [(character, properties + link) for character in node.text or ""]
                elif node.tag not in (f"{W}rPr", f"{W}commentReference"):
                    characters.append((node.tag, properties + link))
        paragraphs.append(characters)
    return paragraphs
