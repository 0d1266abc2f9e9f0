"""Checking a template: every finding in one pass."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jinja2 import TemplateSyntaxError

from jdgen.drafting.model import JobDescription
from jdgen.errors import JdgenError, Problem
from jdgen.placeholders import NO_PLACEHOLDERS, Placeholders
from jdgen.record.digests import ITEM
from jdgen.template import properties
from jdgen.template.checks.accessibility import document_advice, look_advice, structure_advice, table_advice
from jdgen.template.checks.content import (
    comments,
    emptied_cells,
    missing_fields,
    never_filled,
    nothing_to_fill,
    odd_characters,
    repeated_bookmarks,
    revisions,
    unknown_own_fields,
)
from jdgen.template.checks.fields import field_faults
from jdgen.template.checks.findings import WHOLE_FILE, Finding, Severity, shorten_quote
from jdgen.template.checks.form import form_faults
from jdgen.template.checks.gaps import gaps, other_dialects
from jdgen.template.checks.meaning import DIALECT, meaning_faults
from jdgen.template.checks.parts import CheckedPart, filled_parts
from jdgen.template.compiled import BODY, used_fields
from jdgen.template.dialect import forbidden_nodes, read
from jdgen.template.docxtpl_bridge import prepared
from jdgen.template.mending.template import mended_template
from jdgen.template.steps import Steps
from jdgen.template.tag_text import tags_in
from jdgen.template.tags import Paragraph
from jdgen.template.translating import UntranslatableError, translated
from jdgen.word.dangers import HarmlessFile, open_harmless
from jdgen.word.xml import Trees

_SETTINGS = "word/settings.xml"
#: All else that could be said of it would mislead.
FIELD_LIST = Finding(
    "field-list",
    Severity.ERROR,
    WHOLE_FILE,
    "is the list of fields, not a template",
    "copy what you need from it into a template; `jdgen template new` makes one",
)


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
        package = open_harmless(content, name)
        trees = Trees(package.file.contents(), package.file.copy_of)
        parts = filled_parts(trees)
        # Errors are what is left after mending; what is to be mended is advice, and seen in the file as it is.
        advice = tuple(_advice(parts, trees))
        reading = _open_parts(package, trees, parts, name).reading
    except JdgenError as error:
        return tuple(about_file(problem) for problem in error.problems)
    if reading.findings == (FIELD_LIST,):
        return reading.findings
    left_out = (replace(about_file(one), severity=Severity.WARNING) for one in package.warnings)
    warnings = _warnings(reading, trees, placeholders, own_fields)
    return in_order((*reading.findings, *left_out, *warnings, *advice), reading.parts)


def about_file(problem: Problem) -> Finding:
    """A problem of a template's file as a finding: an error that is about the whole of it."""
    return Finding("unfit-file", Severity.ERROR, WHOLE_FILE, problem.what, problem.right)


def in_order(findings: Iterable[Finding], parts: Sequence[CheckedPart]) -> tuple[Finding, ...]:
    """Each finding once, in the order of the document; what is about the whole file comes first."""
    numbers = {part.name: number for number, part in enumerate(parts)}
    known = dict.fromkeys(findings)
    return tuple(sorted(known, key=lambda one: (numbers.get(one.place.part, -1), one.place.paragraph)))


def _warnings(
    reading: TemplateReading, trees: Trees, placeholders: Placeholders, own_fields: Collection[str]
) -> Iterator[Finding]:
    for part in reading.parts:
        yield from other_dialects(part)
        yield from gaps(part, placeholders)
        if own_fields:
            yield from unknown_own_fields(part, own_fields)
    # What is printed is only known where everything can be read.
    if not reading.errors and any(part.tags for part in reading.parts):
        used = {field for steps in reading.steps.values() for field in used_fields(steps)}
        yield from missing_fields(used, _title(trees), reading.parts)


def _advice(parts: Sequence[CheckedPart], trees: Trees) -> Iterator[Finding]:
    yield from comments(parts)
    for part in parts:
        yield from odd_characters(part)
        yield from emptied_cells(part)
        yield from repeated_bookmarks(part)
        yield from structure_advice(part, part.name == BODY)
        yield from table_advice(part)
        yield from look_advice(part, part.name == BODY)
    settings = trees[_SETTINGS] if _SETTINGS in trees.parts else None
    yield from document_advice(_title(trees), parts, settings)


def _title(trees: Trees) -> str:
    return properties.template_title(trees.parts.get(properties.PART, b""))


# Opening a template: mended, its tags read, and every error for which it is refused. What else a person should know of
# it is only looked for where somebody asks.


@dataclass(frozen=True)
class TemplateReading:
    """A template read for checking: the parts that are filled, mended. ``steps`` are those of each part without
    an error, and ``findings`` every fault in what is compiled, warnings among them."""

    parts: tuple[CheckedPart, ...]
    steps: Mapping[str, Steps]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings for which the template is refused."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


@dataclass(frozen=True)
class OpenedTemplate:
    """A template's file, opened and read: the package as it is, its trees, mended, the parts as docxtpl would save them
    then, the Jinja text of each that is filled, and what was read in it."""

    package: HarmlessFile
    trees: Trees
    parts: Mapping[str, bytes]
    patched: Mapping[str, str]
    reading: TemplateReading


def opened_template(content: bytes, name: str) -> OpenedTemplate:
    """Open and read a template. Raises :class:`JdgenError` for a file that cannot be opened; what is wrong with its
    tags is told in the reading."""
    package = open_harmless(content, name)
    trees = Trees(package.file.contents(), package.file.copy_of)
    return _open_parts(package, trees, filled_parts(trees), name)


def _open_parts(package: HarmlessFile, trees: Trees, parts: Sequence[CheckedPart], name: str) -> OpenedTemplate:
    mended = mended_template(trees, parts)
    saved, patched = _readable(trees.written(), name)
    filled = tuple(part for part in mended if part.name in patched)
    return OpenedTemplate(package, trees, saved, patched, _read_tags(trees, filled, patched))


def _readable(source: Mapping[str, bytes], name: str) -> tuple[dict[str, bytes], dict[str, str]]:
    """What docxtpl makes of the parts (:func:`jdgen.template.docxtpl_bridge.prepared`).

    Raises :class:`JdgenError` for a file that is no Word document in its usual form.
    """
    try:
        return prepared(source)
    except MemoryError:
        raise
    # python-docx answers a package with missing or wrong parts with whatever its code runs into.
    except Exception as error:
        what = "is no Word document that can be read"
        raise JdgenError(Problem(name, what, "open it in a word processor and save it anew")) from error


def _read_tags(trees: Trees, parts: tuple[CheckedPart, ...], patched: Mapping[str, str]) -> TemplateReading:
    """Read the tags of ``parts``; ``patched`` is the Jinja text that docxtpl makes of each."""
    if properties.category(trees.parts.get(properties.PART, b"")) == properties.FIELD_LIST:
        return TemplateReading((), {}, (FIELD_LIST,))
    compiled: dict[str, Steps] = {}
    findings = [*never_filled(trees, patched), *revisions(trees, parts)]
    for part in parts:
        own = [*form_faults(part), *meaning_faults(part)]
        # What docxtpl makes of tags that are wrong would only be reported a second time.
        if not any(finding.severity is Severity.ERROR for finding in own):
            steps, faults = compiled_steps(part, patched[part.name])
            own += faults
            if steps is not None:
                compiled[part.name] = steps
        findings += own
    # Where a tag is broken, or in the wrong place, there is one.
    if all(finding.severity is not Severity.ERROR or finding.code == "tracked-changes" for finding in findings):
        findings += nothing_to_fill(parts, ITEM in trees.parts)
    return TemplateReading(parts, compiled, in_order(findings, parts))


# The tags as docxtpl hands them to Jinja: what is compiled, and a last look at it.
#
# Everything is found in the template's own text first (``meaning.py``). What only shows once docxtpl has been at it is
# found here, so that nothing is compiled that the dialect does not allow.

_PARAGRAPH = re.compile(r"<w:p([ >])")
_MARKER = re.compile(r"\{%(?:p|tr|tc|r)\s")


def compiled_steps(part: CheckedPart, xml: str) -> tuple[Steps | None, tuple[Finding, ...]]:
    """The steps of the Jinja text ``xml`` that docxtpl makes of ``part``, and every fault in it."""
    try:
        tree = read(xml)
    except TemplateSyntaxError:
        return None, (_syntax_fault(part, xml),)
    if any(forbidden_nodes(tree)) or any(fault.sure for fault in field_faults(tree, JobDescription)):
        return None, tuple(_meaning_faults(part, xml))
    try:
        return translated(tree, [shorten_quote(_text_of(paragraph)) for paragraph in _lined(xml).split("\n")]), ()
    except UntranslatableError as error:
        return None, (part.error("beyond-dialect", None, f"a template may not use {error}", DIALECT),)


def _lined(xml: str) -> str:
    """``xml`` with a line for each paragraph, so that Jinja's lines tell them apart."""
    return _PARAGRAPH.sub(r"\n<w:p\1", xml)


def _text_of(xml: str) -> str:
    """``xml`` without its markup."""
    return re.sub(r"<[^>]+>", "", xml)


def _syntax_fault(part: CheckedPart, xml: str) -> Finding:
    lines = _lined(xml)
    try:
        read(lines)
    except TemplateSyntaxError as error:
        paragraph = _paragraph(part, lines.split("\n")[error.lineno - 1])
        what, right = f"this tag cannot be read ({error.message})", "check its spelling and its pair"
        return part.error("unreadable-tag", paragraph, what, right)
    raise AssertionError("a line feed between paragraphs made a template readable")


def _meaning_faults(part: CheckedPart, xml: str) -> Iterator[Finding]:
    lines = _lined(xml)
    tree, written = read(lines), lines.split("\n")
    for line, used in forbidden_nodes(tree):
        paragraph = _paragraph(part, written[line - 1])
        yield part.error("beyond-dialect", paragraph, f"a template may not use {used}", DIALECT)
    for fault in field_faults(tree, JobDescription):
        if fault.sure:
            yield part.error(fault.code, _paragraph(part, written[fault.line - 1]), fault.what, fault.right)


def _paragraph(part: CheckedPart, line: str) -> Paragraph | None:
    """The paragraph that a line of the Jinja text comes from, told by its first tag; nothing where none has it."""
    shown = _text_of(line)
    start, end = next(tags_in(shown), (0, len(shown)))
    wanted = re.sub(r"\W", "", shown[start:end])
    held = (each for each in part.paragraphs if wanted and wanted in re.sub(r"\W", "", _MARKER.sub("{%", each.text)))
    return next(held, None)
