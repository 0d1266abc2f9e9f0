"""A document's core properties, written in Python: docxtpl would take them for templates and double every ``&``."""

from __future__ import annotations

import datetime
import html
import re

from jdgen.drafting.library import is_prompt
from jdgen.drafting.model import JobDescription
from jdgen.words import shorten
from jdgen.zips import WORD_FILE, PackageError, entries, inflate

PART = "docProps/core.xml"
#: What its relationship is called, and what kind of part it is.
TYPE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
CONTENT_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
#: The category of the document that lists the fields of templates, which is no template.
FIELD_LIST = "jdgen: list of fields"
#: The category of a template whose documents have the framework's wording as published, unless asked otherwise. A copy
#: of the template keeps it, and Word shows it among the properties of the file.
AS_PUBLISHED = "jdgen: wording as published"
#: The category of a template that nobody who would use it has reviewed: each document made with it says so in a note.
UNREVIEWED = "jdgen: not reviewed by its users"
_PROGRAM = "jdgen"
#: Word's own limit for the text of a document property.
_MAX_PROPERTY = 255
_TITLE = re.compile(rb"<dc:title>([^<{]*)</dc:title>")
_CATEGORY = re.compile(rb"<cp:category>([^<]*)</cp:category>")
_FORM = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{creator}</dc:creator>"
    "<cp:lastModifiedBy>{program}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified>'
    "<dc:language>en-GB</dc:language>{version}</cp:coreProperties>"
)


def template_title(core: bytes) -> str:
    """The title in a template's core properties; '' where there is none or it holds a tag."""
    match = _TITLE.search(core)
    return html.unescape(match[1].decode("utf-8")) if match else ""


def category(core: bytes) -> str:
    """The category in core properties, which Word and LibreOffice keep; '' where there is none."""
    match = _CATEGORY.search(core)
    return match[1].decode("utf-8", "replace").strip() if match else ""


def is_verbatim(content: bytes) -> bool:
    """Whether the template file ``content`` says that its documents have the framework's wording as published."""
    try:
        core = next((entry for entry in entries(content, WORD_FILE) if entry.filename == PART), None)
        return core is not None and category(inflate(content, core)) == AS_PUBLISHED
    except PackageError:  # no template, which is told where it is opened
        return False


def core_properties(kind: str, job_description: JobDescription, drafted: datetime.date) -> bytes:
    """The part for a document of ``kind``, such as "Job description"."""
    title, version, employer = job_description.title, job_description.version, job_description.employer
    return _FORM.format(
        title=_property(f"{title}: {_after_colon(kind)}" if kind else title),
        subject=_property(f"Band {job_description.band_statement}"),
        creator=_PROGRAM if is_prompt(employer) else _property(employer),
        program=_PROGRAM,
        day=drafted.isoformat(),
        version="" if is_prompt(version) else f"<cp:version>{_property(version)}</cp:version>",
    ).encode("utf-8")


def _after_colon(kind: str) -> str:
    """``kind`` as it stands inside a sentence; what begins with an abbreviation, such as "R&D", stays."""
    return f"{kind[0].lower()}{kind[1:]}" if kind[1:2].islower() else kind


def _property(text: str) -> str:
    """``text`` as one line that fits a document property."""
    return html.escape(shorten(text, _MAX_PROPERTY))
