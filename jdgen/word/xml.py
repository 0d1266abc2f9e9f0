"""The XML of a Word file: read strictly, deaf to entities and to anything outside the file."""

from __future__ import annotations

from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: An element of a part, with all that is in it. lxml has no public name for its type.
Element = etree._Element


def parent_of(element: Element) -> Element:
    """What holds ``element``, which is not the root of its part."""
    parent = element.getparent()
    if parent is None:
        raise ValueError(f"<{element.tag}> is the root of its part")
    return parent


def remove(element: Element) -> None:
    """Take ``element`` out of its part, with all that is in it."""
    parent_of(element).remove(element)


def nearest(element: Element, tag: str) -> Element | None:
    """The innermost element with this tag round ``element``, or nothing."""
    return next(element.iterancestors(tag), None)


def text_in(element: Element) -> str:
    """The text of all runs in ``element``, those of text boxes and tables in it too."""
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


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
