"""Checking a template: every finding in one pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from jdgen.errors import JdgenError, Problem
from jdgen.filling import properties
from jdgen.filling.checks.blocks import Blocks
from jdgen.filling.checks.content import emptied_cells, missing_fields, odd_characters
from jdgen.filling.checks.dialects import other_dialects
from jdgen.filling.checks.findings import Finding, Place, Severity
from jdgen.filling.checks.gaps import gaps
from jdgen.filling.checks.look import look_advice
from jdgen.filling.checks.reading import FIELD_LIST, Reading, ReadPart, in_order, opened_template, read_parts
from jdgen.filling.checks.structure import document_advice, structure_advice
from jdgen.filling.checks.tables import table_advice
from jdgen.filling.checks.unfilled import comments, repeated_bookmarks
from jdgen.filling.dialect import environment
from jdgen.filling.docxtpl_bridge import BODY
from jdgen.filling.used_fields import used_fields
from jdgen.word_file.parsing import parsed
from jdgen.words import NO_PLACEHOLDERS, Placeholders

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
