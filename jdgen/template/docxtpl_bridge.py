"""All that jdgen asks of docxtpl: how the tags in a Word file become Jinja.

docxtpl opens, patches, compiles and saves anew for each document. Here it patches the text of a part, once for a
template, and opens nothing.
"""

from __future__ import annotations

import io
import re

from docxtpl import DocxTemplate
from lxml import etree

from jdgen.template.finishing import with_seams
from jdgen.template.tag_text import kept_from_docxtpl, shown_again
from jdgen.word.xml import Element, serialise

_DOCXTPL = DocxTemplate(io.BytesIO())
# White space between elements, as where a part is written with a line for each.
_INDENTED = re.compile(r">\s+<(?!/w:t>)")


def as_jinja(tree: Element) -> str:
    """What docxtpl makes of a part for Jinja, without its silent faults: what is typed inside quotes stays. Marks in it
    are for what is repaired once it is printed."""
    patched: str = _DOCXTPL.patch_xml(kept_from_docxtpl(_closely_written(tree)))
    return with_seams(shown_again(patched))


def _closely_written(tree: Element) -> str:
    """``tree`` with nothing between its elements, as docxtpl's patterns expect it."""
    xml = serialise(tree)
    if _INDENTED.search(xml):
        xml = serialise(etree.fromstring(xml, etree.XMLParser(remove_blank_text=True, resolve_entities=False)))
    return xml
