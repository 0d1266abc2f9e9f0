"""Checking a template: every finding in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, nodes

from jdgen.drafting.model import JobDescription
from jdgen.errors import JdgenError, Problem
from jdgen.placeholders import NO_PLACEHOLDERS, Placeholders
from jdgen.record.writing import ITEM
from jdgen.template import properties
from jdgen.template.checks.accessibility import document_advice, look_advice, structure_advice, table_advice
from jdgen.template.checks.blocks import Blocks, block_faults, blocks_of
from jdgen.template.checks.content import (
    comments,
    emptied_cells,
    missing_fields,
    never_filled,
    nothing_to_fill,
    odd_characters,
    repeated_bookmarks,
    revisions,
)
from jdgen.template.checks.fields import field_faults, used_fields
from jdgen.template.checks.findings import Finding, Place, Severity
from jdgen.template.checks.form import form_faults
from jdgen.template.checks.gaps import gaps, other_dialects
from jdgen.template.checks.meaning import DIALECT, cell_tag_faults, read_tags
from jdgen.template.checks.parts import Paragraph, Part, filled_parts
from jdgen.template.checks.tags import Tag, tags_of
from jdgen.template.dialect import environment, forbidden_nodes
from jdgen.template.docxtpl_bridge import BODY, prepared
from jdgen.template.mending.tags import tags_in
from jdgen.template.mending.template import mended_template
from jdgen.template.mixed_anchors import as_written
from jdgen.word.opening import OpenedPackage, opened_package
from jdgen.word.xml import parsed

# The tags as docxtpl hands them to Jinja: what is compiled, and a last look at it.
#
# Everything is found in the template's own text first (``meaning.py``). What only shows once docxtpl has been at it is
# found here, so that nothing is compiled that the dialect does not allow.

_PARAGRAPH = re.compile(r"<w:p([ >])")
_MARKER = re.compile(r"\{%(?:p|tr|tc|r)\s")


def compiled_tree(part: Part, xml: str, jinja: Environment) -> tuple[nodes.Template | None, tuple[Finding, ...]]:
    """The tree of the Jinja text ``xml`` that docxtpl makes of ``part``, and every fault in it."""
    try:
        tree = jinja.parse(xml)
    except TemplateSyntaxError:
        return None, (_syntax_fault(part, xml, jinja),)
    if not any(forbidden_nodes(tree)) and not any(fault.sure for fault in field_faults(tree, JobDescription)):
        return tree, ()
    return None, tuple(_meaning_faults(part, xml, jinja))


def lined(xml: str) -> str:
    """``xml`` with a line for each paragraph, so that Jinja's lines tell them apart."""
    return _PARAGRAPH.sub(r"\n<w:p\1", xml)


def text_of(xml: str) -> str:
    """``xml`` without its markup, its tags as their author wrote them."""
    return as_written(re.sub(r"<[^>]+>", "", xml))


def _syntax_fault(part: Part, xml: str, jinja: Environment) -> Finding:
    lines = lined(xml)
    try:
        jinja.parse(lines)
    except TemplateSyntaxError as error:
        paragraph = _paragraph(part, lines.split("\n")[error.lineno - 1])
        what, right = f"this tag cannot be read ({error.message})", "check its spelling and its pair"
        return part.found("unreadable-tag", Severity.ERROR)(paragraph, what, right)
    raise AssertionError("a line feed between paragraphs made a template readable")


def _meaning_faults(part: Part, xml: str, jinja: Environment) -> Iterator[Finding]:
    lines = lined(xml)
    tree, written = jinja.parse(lines), lines.split("\n")
    beyond = part.found("beyond-dialect", Severity.ERROR)
    for line, used in forbidden_nodes(tree):
        yield beyond(_paragraph(part, written[line - 1]), f"a template may not use {used}", DIALECT)
    for fault in field_faults(tree, JobDescription):
        if fault.sure:
            found = part.found(fault.code, Severity.ERROR)
            yield found(_paragraph(part, written[fault.line - 1]), fault.what, fault.right)


def _paragraph(part: Part, line: str) -> Paragraph | None:
    """The paragraph that a line of the Jinja text comes from, told by its first tag; nothing where none has it."""
    shown = text_of(line)
    start, end = next(tags_in(shown), (0, len(shown)))
    wanted = re.sub(r"\W", "", shown[start:end])
    held = (each for each in part.paragraphs if wanted and wanted in re.sub(r"\W", "", _MARKER.sub("{%", each.text)))
    return next(held, None)


# Reading a template: its tags, its blocks, and every error for which it is refused.
#
# This much is done whenever a template is opened; what else a person should know of it is in ``check.py``.

#: All else that could be said of it would mislead.
FIELD_LIST = Finding(
    "field-list",
    Severity.ERROR,
    Place(""),
    "is the list of fields, not a template",
    "copy what you need from it into a template; `jdgen template new` makes one",
)


@dataclass(frozen=True)
class ReadPart:
    """A part that is filled, with its tags and blocks."""

    part: Part
    tags: tuple[Tag, ...]
    blocks: Blocks


@dataclass(frozen=True)
class Reading:
    """A template read for checking. ``trees`` is what Jinja makes of each part, for the parts without an error, and
    ``findings`` every fault in what is compiled, warnings among them."""

    parts: tuple[ReadPart, ...]
    trees: Mapping[str, nodes.Template]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings for which the template is refused."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


@dataclass(frozen=True)
class OpenedTemplate:
    """A template's file, opened and read: the package as it is, its parts mended, the parts as docxtpl would save them,
    the Jinja text of each that is filled, and what was read in it."""

    package: OpenedPackage
    mended: Mapping[str, bytes]
    parts: Mapping[str, bytes]
    patched: Mapping[str, str]
    reading: Reading


def opened_template(content: bytes, name: str, jinja: Environment) -> OpenedTemplate:
    """Open and read a template. Raises :class:`JdgenError` for a file that cannot be opened; what is wrong with its
    tags is told in the reading."""
    package = opened_package(content, name)
    mended = mended_template(package.parts)
    parts, patched = _readable(mended, name)
    return OpenedTemplate(package, mended, parts, patched, _read(mended, patched, jinja))


def _read(source: Mapping[str, bytes], patched: Mapping[str, str], jinja: Environment) -> Reading:
    """Read the tags of a template whose parts are ``source``; ``patched`` is the Jinja text that docxtpl makes of
    each part that it fills."""
    if properties.category(source.get(properties.PART, b"")) == properties.FIELD_LIST:
        return Reading((), {}, (FIELD_LIST,))
    read: list[ReadPart] = []
    findings: list[Finding] = []
    trees: dict[str, nodes.Template] = {}
    parts = filled_parts(source, patched)
    findings += (*never_filled(source, patched), *revisions(source, parts))
    for part in parts:
        tags = tags_of(part)
        blocks = blocks_of(tags)
        own = [*form_faults(part, tags), *block_faults(part, blocks)]
        own += cell_tag_faults(part, tags, blocks)
        own += read_tags(part, tags, blocks, jinja).findings
        # What docxtpl makes of tags that are wrong would only be reported a second time.
        if not any(finding.severity is Severity.ERROR for finding in own):
            tree, faults = compiled_tree(part, patched[part.name], jinja)
            own += faults
            if tree is not None:
                trees[part.name] = tree
        findings += own
        read.append(ReadPart(part, tags, blocks))
    # Where a tag is broken, or in the wrong place, there is one.
    if all(finding.severity is not Severity.ERROR or finding.code == "tracked-changes" for finding in findings):
        findings += nothing_to_fill(parts, [tag for each in read for tag in each.tags], ITEM in source)
    return Reading(tuple(read), trees, in_order(findings, parts))


def read_parts(source: Mapping[str, bytes], patched: Mapping[str, str]) -> tuple[ReadPart, ...]:
    """The parts that are filled, with their tags and blocks, and nothing said of them."""
    read = ((part, tags_of(part)) for part in filled_parts(source, patched))
    return tuple(ReadPart(part, tags, blocks_of(tags)) for part, tags in read)


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


def in_order(findings: Iterable[Finding], parts: Sequence[Part]) -> tuple[Finding, ...]:
    """Each finding once, in the order of the document; what is about the whole file comes first."""
    names = [part.name for part in parts]

    def order(finding: Finding) -> tuple[int, int]:
        known = finding.place.part in names
        return (names.index(finding.place.part) if known else -1, finding.place.paragraph)

    return tuple(sorted(dict.fromkeys(findings), key=order))


_SETTINGS = "word/settings.xml"


def check_template(content: bytes, name: str, placeholders: Placeholders = NO_PLACEHOLDERS) -> tuple[Finding, ...]:
    """Every finding about the template in ``content``: errors, warnings, advice, in the order of the document.

    ``name`` is what messages call the file, ``placeholders`` are the words that leave something open. No
    file is too bad to be checked: one that cannot be opened is a finding.
    """
    try:
        opened = opened_template(content, name, environment())
    except JdgenError as error:
        return tuple(about_file(problem, name) for problem in error.problems)
    reading, source = opened.reading, opened.mended
    left_out = (replace(about_file(one, name), severity=Severity.WARNING) for one in opened.package.warnings)
    if reading.findings == (FIELD_LIST,):
        return reading.findings
    # Errors are what is left after mending; what was mended is advice, and seen in the file as it is.
    asis = read_parts(opened.package.parts, opened.patched)
    findings = (*reading.findings, *left_out, *_warnings(reading, source, placeholders), *_advice(asis, source))
    return in_order(findings, [read.part for read in reading.parts])


def about_file(problem: Problem, name: str) -> Finding:
    """A problem of the file called ``name`` as a finding: an error that is about the whole of it, or a part."""
    part = problem.where.removeprefix(name).removeprefix(", ")
    return Finding("unfit-file", Severity.ERROR, Place(part), problem.what, problem.right)


def _warnings(reading: Reading, source: Mapping[str, bytes], placeholders: Placeholders) -> Iterator[Finding]:
    parts = [read.part for read in reading.parts]
    for part in parts:
        yield from other_dialects(part)
        yield from gaps(part, placeholders)
    # What is printed is only known where everything can be read.
    if not reading.errors and any(read.tags for read in reading.parts):
        used = {field for tree in reading.trees.values() for field in used_fields(tree)}
        yield from missing_fields(used, _title(source), parts)


def _advice(parts: Sequence[ReadPart], source: Mapping[str, bytes]) -> Iterator[Finding]:
    yield from comments([read.part for read in parts])
    for read in parts:
        part = read.part
        yield from odd_characters(part, read.tags)
        yield from emptied_cells(part, read.blocks.blocks)
        yield from repeated_bookmarks(part, _loops(read.blocks))
        yield from structure_advice(part, part.name == BODY)
        yield from table_advice(part)
        yield from look_advice(part, part.name == BODY)
    settings: Any = parsed(source[_SETTINGS]) if _SETTINGS in source else None
    yield from document_advice(_title(source), [read.part for read in parts], settings)


def _loops(blocks: Blocks) -> list[tuple[int, int]]:
    return [(block.start.order, block.end.order) for block in blocks.blocks if block.end and block.start.word == "for"]


def _title(source: Mapping[str, bytes]) -> str:
    return properties.template_title(source.get(properties.PART, b""))
