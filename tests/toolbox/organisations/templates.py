"""Ten templates, each with what one kind of organisation has in its own."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from tests.toolbox.markup import (
    BODY,
    LANDSCAPE,
    NAMESPACES,
    RELATIONS,
    SETTINGS,
    TYPES,
    control,
    field_code,
    heading,
    paragraph,
    run,
    section,
    table,
    with_related,
    word_template,
)
from tests.toolbox.organisations.wording import (
    details,
    duties,
    everything,
    general_statements,
    looped,
    person_specification,
    purpose,
)
from tests.toolbox.word import change_part, parts_of, zipped

_FOLDER = Path(__file__).parent
_TEXT_BOX = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def nested_layout_tables() -> bytes:
    """The whole document in a table for layout, with the details in a table inside it."""
    left_cell = paragraph("Human Resources", style="Heading2") + paragraph("Recruitment team")
    inner = heading("Job description") + details((2000, 4500)) + paragraph("See overleaf for the duties.")
    layout = table((left_cell, inner), widths=(2500, 7000), header=False)
    return word_template(layout + purpose() + duties() + person_specification())


def content_controls() -> bytes:
    """Fields in content controls: of a run, of paragraphs, of a cell, of a repeated row's text."""
    title = paragraph("Job title: ", control(run("{{ title }}", "<w:b/>"), "title", 101))
    band = paragraph("Band: ", control(run("{{ band_statement }}"), "band", 102))
    about = control(heading("Job purpose") + looped("block in purpose", paragraph("{{ block.text }}")), "purpose", 103)
    return word_template(heading("Job description") + title + band + about + duties() + person_specification())


def text_boxes() -> bytes:
    """The title in a text box, as Word writes one: a shape, and an old shape for programs that know no other."""
    words = paragraph("{{ title }}", style="Title")
    shape = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor distT="0" distB="0" distL="114300" '
        'distR="114300" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:extent cx="5400000" cy="720000"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>'
        '<wp:docPr id="7" name="Title box" descr="The job title"/><wp:cNvGraphicFramePr/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="720000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{words}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        '<v:shape type="#_x0000_t202" style="width:425pt;height:57pt" alt="The job title"><v:textbox>'
        f"<w:txbxContent>{words}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    return word_template(paragraph(shape) + details() + purpose() + duties() + person_specification())


def different_first_page() -> bytes:
    """A first page with a header of its own, and running headers that name the post."""
    content = word_template(everything(), header=["{{ title }}, {{ department }}"])
    part = parts_of(content)["word/header1.xml"].decode()
    first = re.sub(r"\{\{ title \}\}, \{\{ department \}\}", "{{ employer }}", part)
    kind = f"{_TEXT_BOX}.header+xml"
    content = with_related(content, "header9.xml", "header", kind, first)
    mark = b'<w:headerReference w:type="first" r:id="rIdOwn"/>'
    return change_part(
        content,
        BODY,
        lambda old: re.sub(
            rb"<w:sectPr([^>]*)>(.*?)</w:sectPr>", rb"<w:sectPr\1>" + mark + rb"\2<w:titlePg/></w:sectPr>", old
        ),
    )


def landscape_person_specification() -> bytes:
    """The person specification on landscape pages of its own."""
    first = everything().split(heading("Person specification"))[0] + section()
    return word_template(first + person_specification() + section(LANDSCAPE) + general_statements())


def footnotes() -> bytes:
    """A footnote below the duties."""
    paragraph_with_note = paragraph("Duties may change", run(" after consultation"), _footnote_mark())
    content = word_template(everything() + paragraph_with_note)
    lines = {name: paragraph(f"<w:r><w:{name}/></w:r>") for name in ("separator", "continuationSeparator")}
    note = paragraph("<w:r><w:footnoteRef/></w:r>", " See the organisational change policy.")
    notes = (
        f"<w:footnotes {NAMESPACES}>"
        f'<w:footnote w:type="separator" w:id="-1">{lines["separator"]}</w:footnote>'
        f'<w:footnote w:type="continuationSeparator" w:id="0">{lines["continuationSeparator"]}</w:footnote>'
        f'<w:footnote w:id="1">{note}</w:footnote></w:footnotes>'
    )
    return with_related(content, "footnotes.xml", "footnotes", f"{_TEXT_BOX}.footnotes+xml", notes)


def _footnote_mark() -> str:
    return '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'


def two_sections() -> bytes:
    """A section in one column and a section in two, with a table of contents before them."""
    contents = heading("Contents") + paragraph(field_code('TOC \\o "1-2" \\h', "Main duties"))
    first = heading("Job description") + details() + contents + purpose() + duties() + section()
    two = '<w:type w:val="continuous"/>'
    last = section(inner=two, last=True).replace("</w:sectPr>", '<w:cols w:num="2" w:space="708"/></w:sectPr>')
    return word_template(first + person_specification() + general_statements(), end=last)


def compatibility_mode() -> bytes:
    """A file from Word 2003 that was converted: compatibility mode, smart tags, tags split by spelling marks."""
    split = (
        '<w:p w:rsidR="00A77B3E"><w:r w:rsidRPr="00A77B3E"><w:t>{{ </w:t></w:r><w:proofErr w:type="spellStart"/>'
        '<w:r><w:t>department</w:t></w:r><w:proofErr w:type="spellEnd"/>'
        '<w:r><w:t xml:space="preserve"> }}</w:t></w:r></w:p>'
    )
    smart = (
        '<w:p><w:r><w:t xml:space="preserve">Based at </w:t></w:r><w:smartTag w:uri="urn:schemas-microsoft-com:office:'
        f'smarttags" w:element="place">{run("{{ base }}")}</w:smartTag></w:p>'
    )
    content = word_template(heading("Job description") + details() + split + smart + duties() + person_specification())
    mode = (
        b'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        b'w:val="11"/></w:compat>'
    )
    return change_part(
        content, SETTINGS, lambda old: re.sub(rb"<w:compat>.*?</w:compat>|<w:compat/>", mode, old, flags=re.DOTALL)
    )


def saved_by_libreoffice() -> bytes:
    """:func:`different_first_page`, opened and saved by LibreOffice 7.4; how it was made is in the README beside it."""
    return (_FOLDER / "saved-by-libreoffice.docx").read_bytes()


def like_google_docs() -> bytes:
    """What Google Docs exports: formatting on every run, no properties of the document, an odd style for tables."""
    content = word_template(everything())
    parts = parts_of(content)
    body = parts[BODY].decode()
    body = body.replace("<w:r><w:t", '<w:r><w:rPr><w:rtl w:val="0"/></w:rPr><w:t').replace("TableGrid", "a")
    parts[BODY] = body.encode()
    style = (
        '<w:style w:type="table" w:styleId="a" w:customStyle="1"><w:basedOn w:val="TableNormal"/>'
        '<w:tblPr><w:tblStyleRowBandSize w:val="1"/></w:tblPr></w:style></w:styles>'
    )
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b"</w:styles>", style.encode())
    for part_name in ("docProps/core.xml", "docProps/app.xml", "docProps/thumbnail.jpeg"):
        parts.pop(part_name, None)
    parts["_rels/.rels"] = re.sub(
        rb"<Relationship [^>]*(?:core-properties|extended-properties|thumbnail)[^>]*/>", b"", parts["_rels/.rels"]
    )
    parts[TYPES] = re.sub(rb'<Override PartName="/docProps/[^>]*/>', b"", parts[TYPES])
    parts[RELATIONS] = parts[RELATIONS].replace(b"rId", b"id")
    parts[BODY] = parts[BODY].replace(b'r:id="rId', b'r:id="id')
    return zipped(parts)


#: The ten, by name.
TEMPLATES: Mapping[str, Callable[[], bytes]] = MappingProxyType(
    {
        template.__name__: functools.cache(template)
        for template in (
            nested_layout_tables,
            content_controls,
            text_boxes,
            different_first_page,
            landscape_person_specification,
            footnotes,
            two_sections,
            compatibility_mode,
            saved_by_libreoffice,
            like_google_docs,
        )
    }
)
