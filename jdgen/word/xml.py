"""The XML of a Word file: read strictly, deaf to entities and to anything outside the file."""

from __future__ import annotations

from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parsed(xml: str | bytes) -> Any:
    """The tree of ``xml``. Raises ``lxml.etree.XMLSyntaxError`` for what is not well-formed."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def serialised(tree: Any) -> str:
    """``tree`` as XML, without a declaration."""
    xml: str = etree.tostring(tree, encoding="unicode")
    return xml


def document(tree: Any) -> bytes:
    """``tree`` as the content of a part, declared as Word declares it."""
    content: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content
