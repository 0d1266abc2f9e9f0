"""Printing one part of a template: the XML that Jinja gives, finished, as pieces ready to be written."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment

from jdgen.template.checks.check import lined, text_of
from jdgen.template.checks.findings import shortened
from jdgen.template.dialect import UnanswerableError, UnprintableError, bounded
from jdgen.template.docxtpl_bridge import with_line_breaks
from jdgen.template.finishing import finished, renumbered
from jdgen.template.mending.seams import SEAM, with_seam_closed
from jdgen.template.shared_loops import LOOPS, SharedPrint
from jdgen.template.template import CompiledPart, jinja_environment
from jdgen.word.writing import Stretch

# Where printing fails.


def printing_paragraph(patched: str, context: Mapping[str, Any], jinja: Environment) -> str:
    """The text of the paragraph in which printing ``patched`` fails: Jinja's frame in the traceback has its line."""
    lines = lined(patched)
    try:
        jinja.from_string(lines).render(context)
    except UnprintableError as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
        if frames:
            return shortened(text_of(lines.split("\n")[(frames[-1].lineno or 1) - 1]))
    return ""


DECLARATION = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


def printed_part(
    part: CompiledPart, context: dict[str, Any], has_prompt_style: bool, drawings: Iterator[int]
) -> tuple[bytes | Stretch, ...]:
    """The content of ``part`` printed from ``context``: what docxtpl would make of it, and finished. ``drawings``
    are the numbers for its drawings.

    Raises :class:`UnprintableError` for what is no text, :class:`UnanswerableError` for questions without an answer.
    """
    pieces: list[bytes | Stretch] = []
    own: list[str] = []
    numbers = drawings if part.has_drawings else None
    head = f"{DECLARATION}{part.head}"
    printed = _printed(part, context)
    if not part.loops:
        own, printed = printed, []
    for text in printed:
        if type(text) is SharedPrint and text.stretch and not part.may_be_emptied:
            before = with_seam_closed("".join(own), text)
            xml = finished(_as_docxtpl(before, numbers), has_prompt_style, False)
            pieces += (f"{head}{xml}".encode(), text.stretch)
            own, head = [SEAM] if text.endswith(SEAM) else [], ""
        else:
            own.append(text)
    xml = finished(_as_docxtpl("".join(own), numbers), has_prompt_style, part.may_be_emptied)
    return (*pieces, f"{head}{xml}{part.tail}".encode())


def _as_docxtpl(xml: str, drawings: Iterator[int] | None) -> str:
    """What docxtpl's ``render_xml_part`` and ``fix_docpr_ids`` do to what Jinja printed: line breaks and tabs as Word
    has them, drawings numbered."""
    if "\n" in xml or "\t" in xml:
        xml = with_line_breaks(xml)
    return renumbered(xml, drawings) if drawings else xml


@contextlib.contextmanager
def questions_answered() -> Iterator[None]:
    """Jinja compares as Python does: ``{% if band > 5 %}`` compares a text with a number."""
    try:
        yield
    except (TypeError, AttributeError) as error:
        raise UnanswerableError(str(error)) from error


def _printed(part: CompiledPart, context: dict[str, Any]) -> list[str]:
    variables = {**context, LOOPS: part.loops} if part.loops else context
    try:
        # Shared: nothing is copied, since nothing in the dialect sets a variable.
        shared = part.template.new_context(variables, shared=True)
        return bounded(part.template.root_render_func(shared))
    except (TypeError, AttributeError) as error:
        raise UnanswerableError(str(error)) from error
    except UnprintableError as error:
        where = printing_paragraph(part.source, context, jinja_environment())
        raise UnprintableError(f"{error} ('{where}')") from error
