"""The XML of a Word file, read strictly, deaf to entities and anything outside the file. What everyone asks of it."""

from __future__ import annotations

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


def attributes_of(element: Element) -> list[tuple[str, str]]:
    """The names of the attributes of ``element``, each with its value."""
    return [(str(name), str(value)) for name, value in element.attrib.items()]


def drop_attribute(element: Element, name: str) -> str | None:
    """Take the attribute ``name`` off ``element``; what it said, if it was there."""
    value = element.get(name)
    if value is not None:
        del element.attrib[name]
    return value


def text_in(element: Element) -> str:
    """The text of all runs in ``element``, those of text boxes and tables in it too."""
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


def parse(xml: str | bytes) -> Element:
    """The tree of ``xml``. Raises ``lxml.etree.XMLSyntaxError`` for what is not well-formed."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def serialise(tree: Element) -> str:
    """``tree`` as XML, without a declaration."""
    return etree.tostring(tree, encoding="unicode", with_tail=False)


def document(tree: Element) -> bytes:
    """``tree`` as the content of a part."""
    content: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True, with_tail=False)
    return content
