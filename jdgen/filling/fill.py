"""draft + template → Word document."""

from __future__ import annotations

import dataclasses
import datetime
import io
import re

from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from jdgen.drafting.model import JobDescription
from jdgen.drafting.prompts import is_prompt
from jdgen.errors import JdgenError, Problem
from jdgen.filling.dialect import TemplateTooLongError, UnprintableError, environment
from jdgen.filling.finishing import finished
from jdgen.filling.package import read_package, write_package
from jdgen.filling.picture import DescribedImage
from jdgen.filling.template import WordTemplate

_FILLED = re.compile(r"word/(?:document|header|footer)[^/]*\.xml")
_PROGRAM = "jdgen"
#: Word's own limit for the text of a document property.
_MAX_PROPERTY = 255


def fill(template: WordTemplate, job_description: JobDescription, drafted: datetime.date) -> bytes:
    """The document that ``template`` makes of ``job_description``; equal inputs give equal bytes.

    ``drafted`` is written into the document's properties. Raises :class:`JdgenError` when the template
    gives no well-formed document or prints without end.
    """
    document = template.opened()
    try:
        _render(document, job_description)
    except TemplateTooLongError as error:
        raise JdgenError(
            Problem(template.name, "prints more than a document can hold", "take out its innermost loop")
        ) from error
    except UnprintableError as error:
        raise JdgenError(
            Problem(template.name, f"prints {error}", "print a field that holds text, or loop over it")
        ) from error
    except (TypeError, AttributeError) as error:  # {% if band > 5 %}: Jinja compares as Python does
        what = f"asks what cannot be answered ({error})"
        raise JdgenError(Problem(template.name, what, "compare a text with a text, a number with a number")) from error
    except etree.XMLSyntaxError as error:
        what = f"gives a damaged document ({error.msg})"
        raise JdgenError(
            Problem(template.name, what, "keep each tag within one line of plain text, outside links")
        ) from error
    except TemplateError as error:
        raise JdgenError(Problem(template.name, str(error.message), "check the tags of the template")) from error
    _set_properties(document, template, job_description, drafted)
    stream = io.BytesIO()
    document.docx.save(stream)
    parts = read_package(stream.getvalue())
    styles = parts.get("word/styles.xml", b"")
    return write_package(
        {name: finished(part, styles) if _FILLED.fullmatch(name) else part for name, part in parts.items()}
    )


def _render(document: DocxTemplate, job_description: JobDescription) -> None:
    document.init_docx()
    context = {field.name: getattr(job_description, field.name) for field in dataclasses.fields(job_description)}
    if job_description.picture:
        context["picture"] = DescribedImage(document, job_description.picture)
    document.render(context, environment())


def _set_properties(
    document: DocxTemplate, template: WordTemplate, job_description: JobDescription, drafted: datetime.date
) -> None:
    properties = document.docx.core_properties
    kind = template.title
    employer = job_description.employer
    title = f"{job_description.title}: {kind[:1].lower()}{kind[1:]}" if kind else job_description.title
    properties.title = _property(title)
    properties.subject = _property(job_description.band_statement)
    properties.author = _PROGRAM if is_prompt(employer) else _property(employer)
    properties.last_modified_by = _PROGRAM
    properties.comments = ""
    properties.keywords = ""
    properties.language = "en-GB"
    properties.version = "" if is_prompt(job_description.version) else _property(job_description.version)
    properties.revision = 1
    properties.created = properties.modified = datetime.datetime.combine(drafted, datetime.time())


def _property(text: str) -> str:
    """``text`` as one line that fits a document property."""
    line = " ".join(text.split())
    return line if len(line) <= _MAX_PROPERTY else f"{line[: _MAX_PROPERTY - 1]}…"
