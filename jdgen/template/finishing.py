"""What is done to a printed part: line breaks and tabs as Word has them, prompts made visible, drawings numbered,
tables kept apart, and repairs where Word could not read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jdgen.drafting.texts import PROMPT_CLOSING, PROMPT_OPENING
from jdgen.template.columns import with_grids
from jdgen.template.repairs import refilled

#: The first number of drawings that are printed; a template's other parts have those below.
FIRST_PRINTED_DRAWING = 1001
DRAWING = "<wp:docPr "
_DRAWING_ID = re.compile(r'(<wp:docPr [^>]*?\bid=")\d+(")')


def finish(xml: str, drawings: Iterator[int]) -> str:
    """A stretch of whole paragraphs of a printed part, finished as far as that can be done without the rest of it.
    ``drawings`` are the numbers for its drawings. Prompts are made visible as they are printed."""
    if "\n" in xml or "\t" in xml:
        xml = with_line_breaks(xml)
    if DRAWING in xml:
        xml = _DRAWING_ID.sub(lambda match: f"{match[1]}{next(drawings)}{match[2]}", xml)
    return xml


def repaired(xml: str, may_be_emptied: bool) -> str:
    """A whole part, finished but for this, as Word can read it; ``may_be_emptied`` says whether something in it can
    hold nothing."""
    xml = with_grids(xml)
    return refilled(xml) if may_be_emptied else xml


# Line feeds and tabs in texts, as docxtpl has them ("listings").

_BROKEN = re.compile(r"<w:t(?: [^>]*)?>[^<\n\t]*[\n\t][^<]*</w:t>")
_RUN_PROPERTIES = re.compile(r"<w:r(?: [^>]*)?>(<w:rPr>.*?</w:rPr>)?")


def with_line_breaks(xml: str) -> str:
    """``xml`` with line feeds and tabs in its texts made into Word's own; a tab gets a run of its own."""
    pieces: list[str] = []
    end = 0
    for text in _BROKEN.finditer(xml):
        begins = max(xml.rfind("<w:r>", 0, text.start()), xml.rfind("<w:r ", 0, text.start()), 0)
        run = _RUN_PROPERTIES.match(xml, begins)
        like = f"<w:r>{(run and run[1]) or ''}"
        pieces += (xml[end : text.start()], _break_lines(text[0], like))
        end = text.end()
    return "".join((*pieces, xml[end:]))


def _break_lines(text: str, run: str) -> str:
    tabbed = text.replace("\t", f'</w:t></w:r>{run}<w:tab/></w:r>{run}<w:t xml:space="preserve">')
    return tabbed.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')


# Prompts.

_WHOLE = re.compile(rf"({re.escape(PROMPT_OPENING)}[^{re.escape(PROMPT_CLOSING)}<]*{re.escape(PROMPT_CLOSING)})")
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_RUN = re.compile(r"<w:r(?: [^>]*)?>(?:<w:rPr>((?:(?!</?w:rPr>).)*)</w:rPr>)?", re.DOTALL)
_STYLE = re.compile(r"<w:rStyle [^>]*/>")
# What must stand after w:highlight among the properties of a run (ECMA-376 part 1, 17.3.2.28).
_AFTER_HIGHLIGHT = re.compile(
    r"<w:(?:u|effect|bdr|shd|fitText|vertAlign|rtl|cs|em|lang|eastAsianLayout|specVanish|oMath)[ />]"
)


def with_visible_prompts(xml: str, has_style: bool) -> str:
    """``xml`` (whole runs) with each prompt as a run of its own in the template's style Prompt, or highlighted where it
    has none, as ``has_style`` says. Those that are runs of their own already stay as they are."""
    if "\n" in xml or "\t" in xml:
        xml = with_line_breaks(xml)
    pieces: list[str] = []
    end = 0
    at = xml.find(PROMPT_OPENING)
    while at >= 0:
        text = _TEXT.match(xml, max(xml.rfind("<w:t>", end, at), xml.rfind("<w:t ", end, at), 0))
        if text and (run := _run_before(text, end)) and xml.startswith("</w:r>", text.end()):
            pieces += (xml[end : run.start()], *_runs(text[1], run[1] or "", has_style))
            end = text.end() + len("</w:r>")
        at = xml.find(PROMPT_OPENING, max(at + 1, end))
    return "".join((*pieces, xml[end:]))


def _run_before(text: re.Match[str], end: int) -> re.Match[str] | None:
    """The beginning of the run of which ``text`` is all, if it is."""
    xml, at = text.string, text.start()
    start = max(xml.rfind("<w:r>", end, at), xml.rfind("<w:r ", end, at))
    return _RUN.fullmatch(xml, start, at) if start >= 0 else None


@lru_cache(256)  # the same prompts stand in most documents
def _runs(text: str, properties: str, has_style: bool) -> tuple[str, ...]:
    plain = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    visible = f"<w:rPr>{_with_style(properties) if has_style else _with_highlight(properties)}</w:rPr>"
    return tuple(
        f'<w:r>{visible if _WHOLE.fullmatch(part) else plain}<w:t xml:space="preserve">{part}</w:t></w:r>'
        for part in _WHOLE.split(text)
        if part
    )


def _with_style(properties: str) -> str:
    return '<w:rStyle w:val="Prompt"/>' + _STYLE.sub("", properties)


def _with_highlight(properties: str) -> str:
    if "<w:highlight " in properties:
        return properties
    following = _AFTER_HIGHLIGHT.search(properties)
    at = following.start() if following else len(properties)
    return f'{properties[:at]}<w:highlight w:val="yellow"/>{properties[at:]}'


# Two tables between which a tag's paragraph vanishes: Word would show them as one table.
#
# A mark is left where a tag follows a table, and a paragraph too low to be seen is put where the next table follows at
# once. Tables that the template's own author put side by side stay as they are.

#: A processing instruction: XML allows it anywhere, and nothing of it arrives in a document.
SEAM = "<?jd-seam?>"
_MARKS = r"(?:<w:(?:bookmark|commentRange|perm)(?:Start|End) [^>]*/>)*"
_TABLE_BEFORE_TAG = re.compile(rf"</w:tbl>(?={_MARKS}\s*\{{[%#])")
_TABLE_FIRST = re.compile(rf"{_MARKS}<w:tbl[ >]")
_LOW = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)


def with_seams(patched: str) -> str:
    """The Jinja text of a part with a mark after each table that a tag follows."""
    return _TABLE_BEFORE_TAG.sub(f"</w:tbl>{SEAM}", patched)


def without_seams(xml: str) -> str:
    """The printed part with tables kept apart, and no mark left."""
    if SEAM not in xml:
        return xml
    first, *others = xml.split(SEAM)
    return "".join((first, *(f"{_LOW if _TABLE_FIRST.match(other) else ''}{other}" for other in others)))
