"""What a template ought to print, and what may come out empty."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from jdgen.filling.checks.blocks import Block
from jdgen.filling.checks.findings import WHOLE_FILE, Finding, Severity
from jdgen.filling.checks.parts import CELL, P, Part, nearest
from jdgen.filling.checks.tags import Tag

_DUTIES, _PERSON = "duty_headings.duties.text", "person_specification.groups.criteria.text"
#: What every document of this kind needs: fields of which one must be printed, what is missing, what to write.
_ALWAYS = (
    (("title",), "the job title", "write {{ title }}"),
    (("band", "band_statement"), "the band", "write {{ band }} or {{ band_statement }}"),
)
_BY_KIND = (
    (_DUTIES, "job description", "the duties", "loop over duty_headings and print {{ duty.text }}"),
    (
        _PERSON,
        "person specification",
        "the person specification",
        "loop over person_specification.groups and print {{ criterion.text }}",
    ),
)
_LOOPS = re.compile(r"\{%(?:p|r)?\s+(?:for|endfor)\b[^{}]*%\}")
_NONE_OF_THEM = (
    "give each item a row of its own, with what tells them apart, such as {{ criterion.importance }}, beside it; "
    "or write above the table: An empty cell means none"
)
_SPACES = re.compile(r"\s+")


def missing_fields(used: Collection[str], title: str, parts: Sequence[Part]) -> Iterator[Finding]:
    """What the template does not print, although what it calls itself promises it.

    Title and band identify the post in every document. Duties and person specification are asked for where the title
    of the file or a heading says job description or person specification, since many organisations keep the two apart;
    a template with neither prints nothing that jdgen is for. A document without them is not damaged, and may be meant
    for another use: so a warning, not an error.
    """
    for fields, missing, right in _ALWAYS:
        if not any(field in used for field in fields):
            yield _missing(missing, right)
    promised = _promises(title, parts)
    printed = [path for path, *_ in _BY_KIND if path in used]
    for path, kind, missing, right in _BY_KIND:
        if path not in used and (kind in promised or not printed):
            yield _missing(missing, right)


def _missing(missing: str, right: str) -> Finding:
    return Finding("missing-field", Severity.WARNING, WHOLE_FILE, f"does not print {missing}", right)


def _promises(title: str, parts: Sequence[Part]) -> str:
    """The title of the file, and its headings, in lower case."""
    headings = (
        paragraph.text
        for part in parts
        for paragraph in part.paragraphs
        if part.styles.outline_level(paragraph.element) or part.styles.name_of(paragraph.element) == "title"
    )
    return _SPACES.sub(" ", " ".join((title, *headings))).casefold()


def emptied_cells(part: Part, blocks: Sequence[Block]) -> Iterator[Finding]:
    """Cells of which nothing is left where the answer to an ``if`` in them is no, or is no in every turn of a loop:
    a group without a desirable criterion, where essential and desirable ones stand side by side."""
    by_cell: dict[Any, list[Block]] = {}
    for block in blocks:
        cell = nearest(block.start.paragraph.element, CELL) if block.start.paragraph else None
        whole = block.end is not None and block.start.marker in ("", "p", "r")
        if cell is not None and whole and block.start.word == "if":
            by_cell.setdefault(cell, []).append(block)
    for cell, own in by_cell.items():
        if any(middle.word == "else" for block in own for middle in block.middles):
            continue
        rest, start = _outside(part, cell, own), own[0].start
        found = part.found("cell-may-be-empty", Severity.ADVICE)
        if not rest:
            right = f"write {{%{start.marker} else %}} and 'Not applicable' before the end of it"
            yield found(start, f"the cell is empty where the answer to {start.text} is no", right)
        elif not _LOOPS.sub("", rest).strip():
            yield found(
                start, f"the cell is empty where no turn of its loop answers yes to {start.text}", _NONE_OF_THEM
            )


def _outside(part: Part, cell: Any, blocks: Sequence[Block]) -> str:
    """The text of ``cell`` that stands in none of ``blocks``."""
    text = "".join(part.by_element[each].text for each in cell.iter(P))
    for block in blocks:
        start, end = text.find(block.start.text), text.rfind(block.end.text if block.end else "")
        if 0 <= start < end and block.end:
            text = text[:start] + text[end + len(block.end.text) :]
    return text.strip()


def odd_characters(part: Part, tags: Sequence[Tag]) -> Iterator[Finding]:
    """Curly quotation marks and no-break spaces in tags: jdgen reads them as they were meant, other programs do not."""
    for code, characters, what in (
        ("curly-quotes", "“”‘", "curly quotation marks in a tag are read as straight ones"),
        ("no-break-space", "\u00a0\u202f", "a no-break space in a tag is read as a space"),
    ):
        for tag in tags:
            if any(character in tag.text for character in characters) and tag.kind != "#":
                yield part.found(code, Severity.ADVICE)(tag, what, f"write {_plain(tag.text)}")


def _plain(text: str) -> str:
    return re.sub("[“”]", '"', re.sub("‘([^’]*)’", r"'\1'", re.sub("[\u00a0\u202f]", " ", text)))
