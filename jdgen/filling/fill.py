"""draft + template → Word document."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import TemplateError
from lxml import etree

from jdgen.drafting.model import JobDescription
from jdgen.errors import JdgenError, Problem
from jdgen.filling import properties
from jdgen.filling.anchors import PRINTED, Printed
from jdgen.filling.dialect import TemplateTooLongError, UnanswerableError, UnprintableError
from jdgen.filling.docxtpl_bridge import opened, saved, with_line_breaks
from jdgen.filling.finishing import finished
from jdgen.filling.package import write_package
from jdgen.filling.parsing import parsed
from jdgen.filling.picture import DescribedImage
from jdgen.filling.shared_loops import LOOPS
from jdgen.filling.template import CompiledPart, CompiledTemplate, jinja_environment
from jdgen.filling.template_tags import printing_paragraph
from jdgen.filling.zipping import Deflate, deflated, joined, member
from jdgen.record.digests import digest_of_parts, parts_digests
from jdgen.record.parts import with_room_for_record

_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_PICTURE_ID = re.compile(r'(<wp:docPr [^>]*?\bid=")\d+(")')
_FIRST_PICTURE_ID = 1001
# Text was checked when it was read; this is the cheap second look that every document gets.
_CONTROLS = bytes({*range(32)} - {9, 10, 13})


#: Makes the parts that hold a document's record, from what was printed and the digest of all other parts.
Recorder = Callable[[Printed, str], Mapping[str, bytes]]


def fill(
    template: CompiledTemplate,
    job_description: JobDescription,
    drafted: datetime.date,
    *,
    verify: bool = True,
    deflate: Deflate = deflated,
    record: Recorder | None = None,
) -> bytes:
    """The document that ``template`` makes of ``job_description``; equal inputs give equal bytes.

    ``drafted`` is written into the document's properties. With ``verify`` every printed part is parsed strictly.
    ``record`` gives the parts of the generation record. Raises :class:`JdgenError` when the template gives no
    well-formed document or prints without end.
    """
    try:
        return _filled(template, job_description, drafted, verify=verify, deflate=deflate, record=record)
    except TemplateTooLongError as error:
        problem = Problem(template.name, "prints more than a document can hold", "take out its innermost loop")
        raise JdgenError(problem) from error
    except UnprintableError as error:
        right = "print a field that holds text, or loop over it"
        raise JdgenError(Problem(template.name, f"prints {error}", right)) from error
    except UnanswerableError as error:
        right = "compare a text with a text, a number with a number"
        raise JdgenError(Problem(template.name, f"asks what cannot be answered ({error})", right)) from error
    except etree.XMLSyntaxError as error:
        right = "keep each tag within one line of plain text, outside links"
        raise JdgenError(Problem(template.name, f"gives a damaged document ({error.msg})", right)) from error
    except TemplateError as error:
        raise JdgenError(Problem(template.name, str(error.message), "check the tags of the template")) from error


def filled_by(template: CompiledTemplate, job_description: JobDescription) -> str:
    """Why docxtpl itself must fill ``template`` for this draft; '' when the compiled template can."""
    if template.slow:
        return template.slow
    return "it shows a picture" if "picture" in template.fields and job_description.picture else ""


def _filled(
    template: CompiledTemplate,
    job_description: JobDescription,
    drafted: datetime.date,
    *,
    verify: bool,
    deflate: Deflate,
    record: Recorder | None,
) -> bytes:
    context = _context(job_description)
    if filled_by(template, job_description):
        parts = _parts_by_docxtpl(template, job_description, context)
        parts |= _properties(template, job_description, drafted)
        if record:
            parts = with_room_for_record(parts)
            parts |= record(context[PRINTED], digest_of_parts(parts_digests(parts)))
        return write_package(parts)
    own = _printed_parts(template, context, verify) | _properties(template, job_description, drafted)
    frame = template.recorded if record else template.plain
    if record:
        own |= record(context[PRINTED], digest_of_parts({**frame.digests, **parts_digests(own)}))
    return joined(frame.members.get(name) or member(name, own[name], deflate) for name in frame.order)


def _properties(
    template: CompiledTemplate, job_description: JobDescription, drafted: datetime.date
) -> dict[str, bytes]:
    return {properties.PART: properties.core_properties(template.title, job_description, drafted)}


def _printed_parts(template: CompiledTemplate, context: Mapping[str, Any], verify: bool) -> dict[str, bytes]:
    printed = {}
    for name, part in template.printed.items():
        xml = finished(_printed(part, context), template.has_prompt_style, part.may_be_emptied)
        content = _encoded(f"{_DECLARATION}{part.head}{xml}{part.tail}")
        if verify:
            parsed(content)
        printed[name] = content
    return printed


def _printed(part: CompiledPart, context: Mapping[str, Any]) -> str:
    """What docxtpl's ``render_xml_part`` and ``fix_docpr_ids`` would print."""
    try:
        with _questions_answered():
            xml = part.template.render({**context, LOOPS: part.loops})
    except UnprintableError as error:
        raise UnprintableError(
            f"{error} ('{printing_paragraph(part.source, context, jinja_environment())}')"
        ) from error
    if "\n" in xml or "\t" in xml:
        xml = with_line_breaks(xml)
    if part.tail and "<wp:docPr " in xml:
        numbers = iter(range(_FIRST_PICTURE_ID, _FIRST_PICTURE_ID + xml.count("<wp:docPr ")))
        xml = _PICTURE_ID.sub(lambda found: f"{found[1]}{next(numbers)}{found[2]}", xml)
    return xml


def _parts_by_docxtpl(
    template: CompiledTemplate, job_description: JobDescription, context: dict[str, Any]
) -> dict[str, bytes]:
    document = opened(template.parts)
    document.mends_grids = bool(template.slow)
    if job_description.picture:
        context["picture"] = DescribedImage(document, job_description.picture)
    with _questions_answered():
        document.render(context, jinja_environment())
    parts = saved(document)
    for name, part in template.printed.items():
        xml = parts[name].decode("utf-8").removeprefix(_DECLARATION)
        parts[name] = _encoded(_DECLARATION + finished(xml, template.has_prompt_style, part.may_be_emptied))
    return parts


@contextlib.contextmanager
def _questions_answered() -> Iterator[None]:
    """Jinja compares as Python does: ``{% if band > 5 %}`` compares a text with a number."""
    try:
        yield
    except (TypeError, AttributeError) as error:
        raise UnanswerableError(str(error)) from error


def _context(job_description: JobDescription) -> dict[str, Any]:
    """The draft's fields by name, and an empty list of what is printed."""
    return {name: getattr(job_description, name) for name in _FIELDS} | {PRINTED: {}}


_FIELDS = tuple(field.name for field in dataclasses.fields(JobDescription))


def _encoded(xml: str) -> bytes:
    """The part as bytes. Raises ``etree.XMLSyntaxError`` for a character that no XML can hold."""
    content = xml.encode("utf-8", "surrogatepass")
    if len(content.translate(None, _CONTROLS)) != len(content) or "\ufffe" in xml or "\uffff" in xml:
        parsed(content)
    return content
