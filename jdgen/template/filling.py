"""draft + compiled template → Word document. Nothing here needs more than the standard library."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple
from xml.parsers import expat

from jdgen.drafting.model import JobDescription
from jdgen.errors import JdgenError, Problem
from jdgen.record.anchors import AnchorRows
from jdgen.record.digests import digest_of_marks
from jdgen.record.printed import PrintedBlocks
from jdgen.template import properties
from jdgen.template.compiled import CompiledPart, CompiledTemplate, PrintedParts
from jdgen.template.expressions import OWN_FIELDS, UnprintableError
from jdgen.template.finishing import FIRST_PRINTED_DRAWING, finish, repaired, with_visible_prompts, without_seams
from jdgen.template.picture import ShownPictures, draw_pictures
from jdgen.template.steps import Print, TemplateTooLongError
from jdgen.word.writing import (
    STANDARD,
    Content,
    Deflate,
    DeflatedStretch,
    content_types_first,
    in_one_piece,
    join_members,
    member,
)

_DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_FIELDS = tuple(field.name for field in dataclasses.fields(JobDescription))


class Recorder(NamedTuple):
    """What records a document: its anchors, and what makes the parts that hold its record, from what was printed and
    the digest of all other parts."""

    rows: AnchorRows
    parts: Callable[[PrintedBlocks, str], Mapping[str, Content]]


class _UnanswerableError(Exception):
    """A template asks a question that has no answer; the message is Python's."""


def fill(
    template: CompiledTemplate,
    job_description: JobDescription,
    drafted: datetime.date,
    *,
    verify: bool = True,
    deflate: Deflate = STANDARD,
    record: Recorder | None = None,
    parts: PrintedParts | None = None,
) -> bytes:
    """The document that ``template`` makes of ``job_description``; equal inputs give equal bytes.

    ``drafted`` is written into the document's properties. With ``verify`` every printed part is parsed strictly.
    ``record`` gives the parts of the generation record, and ``parts`` are the template's printed parts where they are
    bound to what this draft has in common with others. Raises :class:`JdgenError` when the template gives no
    well-formed document or prints without end.
    """
    blocks = PrintedBlocks(record.rows) if record else None
    contents = own_contents(template, job_description, drafted, verify=verify, blocks=blocks, parts=parts)
    frame = template.recorded if record else template.plain
    members = {**frame.members, **{name: member(name, content, deflate) for name, content in contents.items()}}
    if record and blocks is not None:
        digest = digest_of_marks({name: each.mark for name, each in members.items()})
        members |= {name: member(name, content, deflate) for name, content in record.parts(blocks, digest).items()}
    order = frame.order if len(members) == len(frame.order) else content_types_first(members)
    return join_members([members[name] for name in order])


def own_contents(
    template: CompiledTemplate,
    job_description: JobDescription,
    drafted: datetime.date,
    *,
    verify: bool = True,
    blocks: PrintedBlocks | None = None,
    parts: PrintedParts | None = None,
) -> dict[str, Content]:
    """The parts of the document of :func:`fill` that are its own, but for its record, by their names. With ``blocks``
    they have room for a record, and the blocks in them are noted there. Raises :class:`JdgenError` as that does."""
    pictures = draw_pictures(job_description, template)
    names = _values(template, job_description, pictures)
    drawings = count(FIRST_PRINTED_DRAWING)
    with _tell_problems(template.name):
        contents: dict[str, Content] = {
            name: printed_part(
                part, Print(names, blocks, template.has_prompt_style), drawings, name in template.types_prompts
            )
            for name, part in (parts or template.printed_parts).items()
        }
        if verify:
            for content in contents.values():
                _parse(in_one_piece(content))
    contents[properties.PART] = properties.core_properties(template.title, job_description, drafted)
    contents |= pictures.plain if blocks is None else pictures.recorded
    return contents


def note_blocks(template: CompiledTemplate, job_description: JobDescription, blocks: PrintedBlocks) -> None:
    """Note in ``blocks`` the blocks that :func:`fill` would print, without making a document of them. Raises
    :class:`JdgenError` as that does, but for damage."""
    pictures = draw_pictures(job_description, template)
    names = _values(template, job_description, pictures)
    with _tell_problems(template.name):
        for part in template.printed_parts.values():
            printed_pieces(part, Print(names, blocks, template.has_prompt_style))


def _values(template: CompiledTemplate, job_description: JobDescription, pictures: ShownPictures) -> dict[str, Any]:
    """What is printed, by the names that templates have for it."""
    names = {name: getattr(job_description, name) for name in _FIELDS} | own_texts(template, job_description)
    return {**names, **pictures.drawings}


@contextlib.contextmanager
def _tell_problems(name: str) -> Iterator[None]:
    """Tell what becomes of the template called ``name`` as a :class:`JdgenError`."""
    try:
        yield
    except TemplateTooLongError as error:
        problem = Problem(name, "prints more than a document can hold", "take out its innermost loop")
        raise JdgenError(problem) from error
    except UnprintableError as error:
        right = "print a field that holds text, or loop over it"
        raise JdgenError(Problem(name, f"prints {error}", right)) from error
    except _UnanswerableError as error:
        right = "compare a text with a text, a number with a number"
        raise JdgenError(Problem(name, f"asks what cannot be answered ({error})", right)) from error
    except expat.ExpatError as error:
        right = "keep each tag within one line of plain text, outside links"
        raise JdgenError(Problem(name, f"gives a damaged document ({error})", right)) from error


def own_texts(template: CompiledTemplate, job_description: JobDescription) -> dict[str, str]:
    """The organisation's own fields that ``template`` names, with what the draft says of each. Which there are, only a
    template knows."""
    return {f"{OWN_FIELDS}.{name}": job_description.own[name] for name in template.own_fields}


def printed_part(
    part: CompiledPart, to: Print, drawings: Iterator[int], types_prompts: bool
) -> tuple[bytes | DeflatedStretch, ...]:
    """The content of ``part``, printed and finished. ``drawings`` are the numbers for its drawings, and
    ``types_prompts`` says that there are prompts in its own text. Raises as :func:`printed_pieces` does.
    """
    pieces = printed_pieces(part, to)
    if types_prompts or to.has_loose_prompts:
        pieces = [
            with_visible_prompts(piece, to.has_prompt_style) if isinstance(piece, str) else piece for piece in pieces
        ]
    pieces = [_finish(piece, part, drawings) if isinstance(piece, str) else piece for piece in pieces]
    pieces[0] = f"{_DECLARATION}{part.head}{pieces[0]}"
    pieces[-1] = f"{pieces[-1]}{part.tail}"
    return tuple(piece.encode() if isinstance(piece, str) else piece for piece in pieces)


def _finish(xml: str, part: CompiledPart, drawings: Iterator[int]) -> str:
    xml = finish(xml, drawings)
    if part.is_repaired:  # then it is all of the part: see jdgen.template.binding
        xml = repaired(xml, part.may_be_emptied)
    return without_seams(xml)


def printed_pieces(part: CompiledPart, to: Print) -> list[str | DeflatedStretch]:
    """What the steps of ``part`` print, not finished: one text, and each stretch with one text more after it.

    Raises :class:`UnprintableError` for what is no text, :class:`_UnanswerableError` for questions without an answer,
    and :class:`TemplateTooLongError`.
    """
    try:
        to.take(part.steps)
    except (TypeError, AttributeError) as error:
        # Templates compare as Python does: {% if band > 5 %} compares a text with a number.
        raise _UnanswerableError(str(error)) from error
    to.count(0)
    return list(to.texts_and_stretches())


def _parse(xml: bytes) -> None:
    """Raise :class:`expat.ExpatError` for what is not well-formed."""
    expat.ParserCreate(namespace_separator=" ").Parse(xml, True)
