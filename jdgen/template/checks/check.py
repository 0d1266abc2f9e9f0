"""Checking a template: every finding in one pass, and a copy of it with a comment at each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from jdgen.errors import JdgenError, Problem
from jdgen.placeholders import NO_PLACEHOLDERS, Placeholders
from jdgen.template import properties
from jdgen.template.checks.accessibility import document_advice, look_advice, structure_advice, table_advice
from jdgen.template.checks.blanks import blanks
from jdgen.template.checks.content import (
    COMMENT_AUTHOR,
    FIELD_LIST,
    comments,
    emptied_cells,
    missing_fields,
    odd_characters,
    repeated_bookmarks,
    settings_kept,
    unknown_own_fields,
)
from jdgen.template.checks.dialects import other_dialects
from jdgen.template.checks.findings import WHOLE_FILE, Finding, Severity
from jdgen.template.checks.gaps import gaps, highlighted
from jdgen.template.checks.parts import CheckedPart, filled_parts
from jdgen.template.compiled import BODY, used_fields
from jdgen.template.opening import OpenedTemplate, in_document_order, read_template_parts
from jdgen.template.vetting import StoppedError, vet
from jdgen.word.comments import Comments
from jdgen.word.dangers import open_harmless
from jdgen.word.file import MAIN_PART, File
from jdgen.word.paragraphs import P
from jdgen.word.xml import Element

#: The code of findings about a file that is no template, or cannot be filled, whatever is in it.
UNFIT_FILE = "unfit-file"
_SETTINGS = "word/settings.xml"


def check_template(
    content: bytes,
    name: str,
    placeholders: Placeholders = NO_PLACEHOLDERS,
    own_fields: Collection[str] = (),
) -> tuple[Finding, ...]:
    """Every finding about the template in ``content``: errors, warnings, advice, in the order of the document.

    ``name`` is what messages call the file, ``placeholders`` are the words that leave something open, ``own_fields``
    those that the organisation has named; where it has named none, any may be printed. No file is too bad to be
    checked: one that cannot be opened is a finding.
    """
    try:
        harmless = open_harmless(content, name)
        parts = filled_parts(harmless.file)
        # Errors are what is left after mending; what is to be mended is advice, and seen in the file as it is.
        advice = tuple(_advice(parts, harmless.file))
        template = read_template_parts(harmless.file, parts, name)
    except JdgenError as error:
        return tuple(_about_file(problem) for problem in error.problems)
    if template.findings == (FIELD_LIST,):
        return template.findings
    left_out = (replace(_about_file(warning), severity=Severity.WARNING) for warning in harmless.warnings)
    findings = (*template.findings, *left_out, *_warnings(template, placeholders, own_fields), *advice)
    return in_document_order(findings, template.parts)


def check_vetted(
    content: bytes,
    name: str,
    placeholders: Placeholders = NO_PLACEHOLDERS,
    own_fields: Collection[str] = (),
) -> tuple[Finding, ...]:
    """As :func:`check_template`, of a template that anybody may have made: it is tried out apart first, and that it
    takes too much to be filled is a finding."""
    try:
        vet(content, name)
    except StoppedError as error:
        return tuple(_about_file(problem) for problem in error.problems)
    except JdgenError:  # the same faults are found below, with more about each
        pass
    return check_template(content, name, placeholders, own_fields)


def _about_file(problem: Problem) -> Finding:
    """A problem of a template's file as a finding: an error that is about the whole of it."""
    return Finding(UNFIT_FILE, Severity.ERROR, WHOLE_FILE, problem.what, problem.right)


def _warnings(template: OpenedTemplate, placeholders: Placeholders, own_fields: Collection[str]) -> Iterator[Finding]:
    for part in template.parts:
        yield from other_dialects(part)
        yield from gaps(part, placeholders)
        yield from blanks(part)
        yield from highlighted(part)
        if own_fields:
            yield from unknown_own_fields(part, own_fields)
    yield from settings_kept(_settings(template.file))
    # What is printed is only known where everything can be read.
    if not template.errors and any(part.tags for part in template.parts):
        used_paths = {field for steps in template.steps.values() for field in used_fields(steps)}
        yield from missing_fields(used_paths, _title(template.file), template.parts)


def _advice(parts: Sequence[CheckedPart], file: File) -> Iterator[Finding]:
    yield from comments(parts)
    for part in parts:
        yield from odd_characters(part)
        yield from emptied_cells(part)
        yield from repeated_bookmarks(part)
        yield from structure_advice(part, part.name == BODY)
        yield from table_advice(part)
        yield from look_advice(part, part.name == BODY)
    yield from document_advice(_title(file), parts, _settings(file))


def _settings(file: File) -> Element | None:
    return file.tree(_SETTINGS) if _SETTINGS in file else None


def _title(file: File) -> str:
    return properties.template_title(file.content(properties.PART))


# A copy of a template with a Word comment at each finding, for people who mend templates in Word.

_INITIALS = "jd"


def annotate(content: bytes, name: str, findings: Sequence[Finding]) -> bytes:
    """The Word file ``content`` with each finding as a comment at its paragraph.

    Word takes comments in the text only: a finding in a header, or about the whole file, goes to the first paragraph
    and says its place. Raises :class:`JdgenError` for a file that cannot be opened, called ``name`` in messages.
    """
    file = open_harmless(content, name).file
    text = file.copy_of(MAIN_PART)
    paragraphs = list(text.iter(P))
    if not findings or not paragraphs:
        return file.to_bytes()
    comments = Comments(file, text, COMMENT_AUTHOR, _INITIALS)
    places = [(_index(finding, paragraphs), finding) for finding in findings]
    for at, finding in sorted(places, key=itemgetter(0)):
        place = "" if finding.place.part == MAIN_PART else f" ({finding.place or 'the whole file'})"
        headline = f"{finding.severity} [{finding.code}]{place}"
        comments.add(paragraphs[at], headline, f"{finding.what}: {finding.right}")
    return comments.put_into(file.with_parts({MAIN_PART: text})).to_bytes()


def _index(finding: Finding, paragraphs: Sequence[Element]) -> int:
    """The place of the paragraph that a comment on ``finding`` goes to."""
    at = max(finding.place.paragraph - 1, 0) if finding.place.part == MAIN_PART else 0
    # A comment cannot stand in a text box: it goes to the paragraph that the box is fixed to.
    outer = list(paragraphs[at].iterancestors(P))
    return paragraphs.index(outer[-1]) if outer else at
