"""Rejecting every tracked change, by another hand than the package's: what a word processor does, for tests."""

from __future__ import annotations

from typing import Any

from tests.word import W

_NAMES = {"w": W[1:-1]}


def reject_all(tree: Any) -> None:
    for row in tree.xpath("//w:tr[w:trPr/w:ins]", namespaces=_NAMES):
        row.getparent().remove(row)
    for table in tree.xpath("//w:tbl[not(.//w:tr)]", namespaces=_NAMES):
        table.getparent().remove(table)
    for paragraph in tree.xpath("//w:p[w:pPr/w:rPr/w:ins]", namespaces=_NAMES):
        kept = [run for run in paragraph.xpath(".//w:r", namespaces=_NAMES) if run.getparent().tag != f"{W}ins"]
        assert not kept, "only whole paragraphs are inserted"
        paragraph.getparent().remove(paragraph)
    for mark in tree.xpath("//w:ins", namespaces=_NAMES):
        mark.getparent().remove(mark)
    for text in tree.xpath("//w:del//w:delText", namespaces=_NAMES):
        text.tag = f"{W}t"
    for mark in tree.xpath("//w:del", namespaces=_NAMES):
        parent = mark.getparent()
        for node in mark:
            mark.addprevious(node)
        parent.remove(mark)


def looks(tree: Any) -> list[list[tuple[str, str]]]:
    """Each paragraph with text as its characters, each with its run's properties: equal looks are equal to a reader."""
    found: list[list[tuple[str, str]]] = []
    for paragraph in tree.iter(f"{W}p"):
        characters: list[tuple[str, str]] = []
        for run in paragraph.xpath(".//w:r", namespaces=_NAMES):
            properties = "".join(sorted(node.tag + str(dict(node.attrib)) for node in run.iterfind(f"{W}rPr/*")))
            link = run.getparent().tag if run.getparent().tag != f"{W}p" else ""
            for node in run:
                if node.tag == f"{W}t":
                    characters += [(one, properties + link) for one in node.text or ""]
                elif node.tag not in (f"{W}rPr", f"{W}commentReference"):
                    characters.append((node.tag, properties + link))
        found.append(characters)
    return found
