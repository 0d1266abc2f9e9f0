"""All that jdgen asks of docxtpl: how tags in a Word file become Jinja, and the filling that only it can do.

docxtpl opens, patches, compiles and saves anew for each document. jdgen does the first three once
(``template.py``). What stays with docxtpl for each document is what needs the open package: pictures.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from docxtpl import DocxTemplate

from jdgen.template.mending.grids import with_grids_marked
from jdgen.template.mending.seams import with_seams
from jdgen.template.mixed_anchors import with_anchors
from jdgen.template.tag_text import kept_from_docxtpl, shown_again
from jdgen.word.file import File
from jdgen.word.xml import parsed

BODY = "word/document.xml"
CORE = "docProps/core.xml"


class StrictDocxTemplate(DocxTemplate):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl without its silent faults: a damaged result is an error, only text, headers and footers are
    templates, tables keep their columns (``mending/grids.py``), and what is typed inside quotes stays."""

    def patch_xml(self, src_xml: str) -> str:
        """As docxtpl, with anchors and marks for what is mended once it is filled."""
        patched: str = super().patch_xml(kept_from_docxtpl(with_grids_marked(src_xml)))
        return with_anchors(with_seams(shown_again(patched)))

    def render_xml_part(self, src_xml: str, part: Any, context: dict[str, Any], jinja_env: Any = None) -> str:
        """As docxtpl, but what is not well-formed is an error (``lxml.etree.XMLSyntaxError``)."""
        xml: str = super().render_xml_part(src_xml, part, context, jinja_env)
        parsed(xml)
        return xml

    def fix_tables(self, xml: str) -> Any:
        """The filled body. docxtpl would rewrite the columns of every table, nested ones too."""
        return parsed(xml)

    def render_properties(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Nothing: they are written in Python, where ``&`` stays ``&``."""

    def render_footnotes(self, context: dict[str, Any], jinja_env: Any = None) -> None:
        """Nothing: a tag in a footnote is refused when the template is opened."""


def opened(parts: Mapping[str, bytes]) -> StrictDocxTemplate:
    """A fresh docxtpl template of the Word file in ``parts``: one is good for one document."""
    document = StrictDocxTemplate(io.BytesIO(File.of(parts).written()))
    document.init_docx()
    return document


def saved(document: StrictDocxTemplate) -> dict[str, bytes]:
    """The parts of the Word file as docxtpl saves it."""
    stream = io.BytesIO()
    document.docx.save(stream)
    return File.read(stream.getvalue()).contents()


def prepared(parts: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, str]]:
    """``parts`` with core properties among them in any case; and each part that docxtpl fills, by name, as the
    Jinja text that it makes of it.

    Raises ``ValueError``, or whatever python-docx runs into, for a file that is no Word document in its usual form.
    """
    document = opened(parts)
    if str(document.docx.part.partname) != f"/{BODY}":
        raise ValueError(f"the document is {document.docx.part.partname}")
    patched = dict(_patched(document))
    _ = document.docx.core_properties.title  # made on demand where they are missing
    return dict(parts) if CORE in parts else saved(document), patched


def _patched(document: StrictDocxTemplate) -> Iterator[tuple[str, str]]:
    yield BODY, document.patch_xml(document.get_xml())
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(uri):
            yield str(part.partname).lstrip("/"), document.patch_xml(document.get_part_xml(part))


def with_line_breaks(xml: str) -> str:
    """The filled part with line feeds and tabs in its text made into Word's own (docxtpl's listing)."""
    resolved: str = DocxTemplate.resolve_listing(None, xml)
    return resolved
