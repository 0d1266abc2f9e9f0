"""What is done to a filled part: mended where Word could not read it, and prompts made visible."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jdgen.template.mending.containers import refilled
from jdgen.template.mending.seams import without_seams

#: What every prompt begins with.
MARK = "[To complete: "
_PROMPT = re.compile(r"(\[To complete: [^\]<]*\])")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_RUN = re.compile(r"<w:r(?: [^>]*)?>(?:<w:rPr>((?:(?!</?w:rPr>).)*)</w:rPr>)?", re.DOTALL)
_STYLE = re.compile(r"<w:rStyle [^>]*/>")
# What must stand after w:highlight among the properties of a run (ECMA-376 part 1, 17.3.2.28).
_AFTER_HIGHLIGHT = re.compile(
    r"<w:(?:u|effect|bdr|shd|fitText|vertAlign|rtl|cs|em|lang|eastAsianLayout|specVanish|oMath)[ />]"
)

_DRAWING_ID = re.compile(r'(<wp:docPr [^>]*?\bid=")\d+(")')
#: The first number of drawings that are printed; a template's other parts have those below.
FIRST_PRINTED_DRAWING = 1001


def finished(xml: str, has_style: bool, may_be_emptied: bool) -> str:
    """The filled part ``xml``, finished. ``has_style`` says whether the template has the style Prompt."""
    if MARK in xml:
        xml = _with_visible_prompts(xml, has_style)
    if may_be_emptied:
        xml = refilled(xml)
    return without_seams(xml)


def _with_visible_prompts(xml: str, has_style: bool) -> str:
    """``xml`` with each prompt as a run of its own in the template's style Prompt, or highlighted where it has none."""
    pieces: list[str] = []
    end = 0
    at = xml.find(MARK)
    while at >= 0:
        text = _TEXT.match(xml, max(xml.rfind("<w:t>", end, at), xml.rfind("<w:t ", end, at), 0))
        if text and (run := _run_before(text, end)) and xml.startswith("</w:r>", text.end()):
            pieces += (xml[end : run.start()], *_runs(text[1], run[1] or "", has_style))
            end = text.end() + len("</w:r>")
        at = xml.find(MARK, max(at + 1, end))
    return "".join((*pieces, xml[end:]))


def _run_before(text: re.Match[str], end: int) -> re.Match[str] | None:
    """The beginning of the run of which ``text`` is all, if it is."""
    xml, at = text.string, text.start()
    start = max(xml.rfind("<w:r>", end, at), xml.rfind("<w:r ", end, at))
    return _RUN.fullmatch(xml, start, at) if start >= 0 else None


def _runs(text: str, properties: str, has_style: bool) -> list[str]:
    plain = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    visible = f"<w:rPr>{_styled(properties) if has_style else _highlighted(properties)}</w:rPr>"
    return [
        f'<w:r>{visible if _PROMPT.fullmatch(part) else plain}<w:t xml:space="preserve">{part}</w:t></w:r>'
        for part in _PROMPT.split(text)
        if part
    ]


def _styled(properties: str) -> str:
    return '<w:rStyle w:val="Prompt"/>' + _STYLE.sub("", properties)


def _highlighted(properties: str) -> str:
    if "<w:highlight " in properties:
        return properties
    following = _AFTER_HIGHLIGHT.search(properties)
    at = following.start() if following else len(properties)
    return f'{properties[:at]}<w:highlight w:val="yellow"/>{properties[at:]}'


def renumbered(xml: str, numbers: Iterator[int]) -> str:
    """The filled part ``xml`` with the next of ``numbers`` for each drawing."""
    return _DRAWING_ID.sub(lambda drawing: f"{drawing[1]}{next(numbers)}{drawing[2]}", xml)
