"""draft + template → Word document."""

from __future__ import annotations

import dataclasses
import datetime
import io
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from docx.image.image import Image
from docx.shared import Cm, Length
from docxtpl import DocxTemplate, InlineImage
from jinja2 import TemplateError
from lxml import etree

from jdgen.drafting.model import JobDescription, Picture
from jdgen.errors import JdgenError, Problem
from jdgen.record.printed import Printed
from jdgen.record.writing import ITEM, PROPERTIES, digest_of_marks, with_room_for_record
from jdgen.template import properties
from jdgen.template.anchors import PRINTED
from jdgen.template.dialect import TemplateTooLongError, UnanswerableError, UnprintableError
from jdgen.template.docxtpl_bridge import opened, saved
from jdgen.template.finishing import FIRST_PRINTED_DRAWING, finished, renumbered
from jdgen.template.mending.grids import with_grids
from jdgen.template.printing import DECLARATION, printed_part, questions_answered
from jdgen.template.template import CompiledTemplate, jinja_environment
from jdgen.word.writing import STANDARD, Content, Deflate, Member, content_types_first, joined, member, whole
from jdgen.word.xml import parsed

# The organisation's picture in a document, with its alternative text.

_WIDTH, _HEIGHT = Cm(8), Cm(2.5)
#: More than a camera takes. A few kilobytes may say that they unpack to as many gigabytes, in every reader's Word.
_MOST_PIXELS = 50_000_000


class DescribedImage(InlineImage):  # type: ignore[misc]  # docxtpl has no types
    """A picture that fits its box and carries its alternative text."""

    def __init__(self, document: DocxTemplate, picture: Picture) -> None:
        width, height = fitted(picture)
        super().__init__(document, io.BytesIO(picture.content), width, height)
        self._description = picture.description

    def _insert_image(self) -> str:
        inline = self.tpl.current_rendering_part.new_pic_inline(self.image_descriptor, self.width, self.height)
        inline.docPr.set("descr", self._description)
        inline.docPr.set("name", "Organisation")
        # docxtpl takes {_{ for an escaped {{, in the alternative text too.
        drawing = f"<w:drawing>{inline.xml.replace('{_', '{&#95;').replace('_}', '&#95;}')}</w:drawing>"
        return f'</w:t></w:r><w:r>{drawing}</w:r><w:r><w:t xml:space="preserve">'


def fitted(picture: Picture) -> tuple[Length, Length]:
    """Width and height that keep the picture's shape inside the box that templates leave for it.

    Raises :class:`JdgenError` when the content is no picture that Word can show.
    """
    try:
        image = Image.from_blob(picture.content)
        if image.px_width * image.px_height > _MOST_PIXELS:
            raise JdgenError(_too_many_pixels(image.px_width, image.px_height))
        scale = min(_WIDTH / image.width, _HEIGHT / image.height)
    except JdgenError:
        raise
    # python-docx answers a damaged picture with whatever its code runs into.
    except Exception as error:
        raise JdgenError(Problem("picture", "is not a picture that Word can show", "use a PNG or JPEG file")) from error
    return Length(int(image.width * scale)), Length(int(image.height * scale))


def _too_many_pixels(width: int, height: int) -> Problem:
    return Problem("picture", f"has {width:,} by {height:,} pixels", "save it with at most 2,000 by 2,000")


#: Makes the parts that hold a document's record, from what was printed and the digest of all other parts.
Recorder = Callable[[Printed, str], Mapping[str, Content]]


def fill(
    template: CompiledTemplate,
    job_description: JobDescription,
    drafted: datetime.date,
    *,
    verify: bool = True,
    deflate: Deflate = STANDARD,
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
    printed = Printed() if record else None
    context = {name: getattr(job_description, name) for name in _FIELDS} | {PRINTED: printed}
    own: dict[str, Content]
    if filled_by(template, job_description):
        parts = _parts_by_docxtpl(template, job_description, context)
        own = {**(with_room_for_record(parts) if record else parts)}
        members: Mapping[str, Member] = {}
        order = content_types_first({*own, *((ITEM, PROPERTIES) if record else ())})
    else:
        drawings = count(FIRST_PRINTED_DRAWING)
        own = {
            name: printed_part(part, context, template.has_prompt_style, drawings)
            for name, part in template.printed.items()
        }
        frame = template.recorded if record else template.plain
        members, order = frame.members, frame.order
    own[properties.PART] = properties.core_properties(template.title, job_description, drafted)
    if verify:
        for name in template.printed:
            parsed(whole(own[name]))
    made = {**members, **{name: member(name, content, deflate) for name, content in own.items()}}
    if record and printed is not None:
        digest = digest_of_marks({name: each.mark for name, each in made.items()})
        made |= {name: member(name, content, deflate) for name, content in record(printed, digest).items()}
    return joined(made[name] for name in order)


def _parts_by_docxtpl(
    template: CompiledTemplate, job_description: JobDescription, context: dict[str, Any]
) -> dict[str, bytes]:
    document = opened(template.parts)
    if job_description.picture:
        context["picture"] = DescribedImage(document, job_description.picture)
    with questions_answered():
        document.render(context, jinja_environment())
    parts = saved(document)
    drawings = count(FIRST_PRINTED_DRAWING)
    for name, part in template.printed.items():
        xml = parts[name].decode("utf-8").removeprefix(DECLARATION)
        # docxtpl numbers the drawings of the text only.
        xml = renumbered(with_grids(xml), drawings)
        parts[name] = f"{DECLARATION}{finished(xml, template.has_prompt_style, part.may_be_emptied)}".encode()
    return parts


_FIELDS = tuple(field.name for field in dataclasses.fields(JobDescription))
