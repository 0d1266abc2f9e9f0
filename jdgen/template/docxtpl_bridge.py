"""All that jdgen asks of docxtpl: how the tags in a Word file become Jinja.

docxtpl opens, patches, compiles and saves anew for each document. Here it opens and patches, once for a template.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping

from docxtpl import DocxTemplate

from jdgen.template.compiled import BODY
from jdgen.template.mending.containers import with_grids_marked
from jdgen.template.mending.seams import with_seams
from jdgen.template.properties import PART as CORE
from jdgen.template.tag_text import kept_from_docxtpl, shown_again
from jdgen.word.file import File


def prepared(parts: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, str]]:
    """``parts`` with core properties among them in any case; and each part that docxtpl fills, by name, as the
    Jinja text that it makes of it, with marks for what is repaired once it is printed.

    Raises ``ValueError``, or whatever python-docx runs into, for a file that is no Word document in its usual form.
    """
    document = DocxTemplate(io.BytesIO(File.of(parts).written()))
    document.init_docx()
    if str(document.docx.part.partname) != f"/{BODY}":
        raise ValueError(f"the document is {document.docx.part.partname}")
    texts = dict(_parts_with_text(document))
    _ = document.docx.core_properties.title  # made on demand where they are missing; an error where they are no such
    prepared_parts = dict(parts)
    if CORE not in parts:
        stream = io.BytesIO()
        document.docx.save(stream)
        prepared_parts = File.read(stream.getvalue()).contents()
    document.docx = None  # patching takes the most memory, and needs nothing but the texts
    return prepared_parts, {name: _patched(document, texts.pop(name)) for name in list(texts)}


def _parts_with_text(document: DocxTemplate) -> Iterator[tuple[str, str]]:
    """The parts that docxtpl fills: text, headers and footers. A tag in a footnote is refused."""
    yield BODY, document.get_xml()
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(uri):
            yield str(part.partname).lstrip("/"), document.get_part_xml(part)


def _patched(document: DocxTemplate, xml: str) -> str:
    """``xml`` as docxtpl has it for Jinja, without its silent faults: what is typed inside quotes stays."""
    patched: str = document.patch_xml(kept_from_docxtpl(with_grids_marked(xml)))
    return with_seams(shown_again(patched))
