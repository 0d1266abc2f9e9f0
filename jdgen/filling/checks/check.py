"""Checking a template: every finding in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import Environment, nodes

from jdgen.errors import JdgenError, Problem
from jdgen.filling import properties
from jdgen.filling.checks.blocks import Blocks, block_faults, blocks_of
from jdgen.filling.checks.content import emptied_cells, missing_fields, odd_characters
from jdgen.filling.checks.dialects import other_dialects
from jdgen.filling.checks.findings import Finding, Place, Severity
from jdgen.filling.checks.form import form_faults
from jdgen.filling.checks.look import look_advice
from jdgen.filling.checks.meaning import read_tags
from jdgen.filling.checks.parts import Part, filled_parts
from jdgen.filling.checks.patched import compiled_tree
from jdgen.filling.checks.structure import document_advice, structure_advice
from jdgen.filling.checks.tables import table_advice
from jdgen.filling.checks.tags import Tag, tags_of
from jdgen.filling.checks.unfilled import comments, never_filled, nothing_to_fill, repeated_bookmarks, revisions
from jdgen.filling.dialect import environment
from jdgen.filling.docxtpl_bridge import BODY, prepared
from jdgen.filling.mending.template import mended_template
from jdgen.filling.used_fields import used_fields
from jdgen.word_file.opening import opened_package
from jdgen.word_file.parsing import parsed

_SETTINGS = "word/settings.xml"
# All else that could be said of it would mislead.
_FIELD_LIST = Finding(
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


def check_template(content: bytes, name: str) -> tuple[Finding, ...]:
    """Every finding about the template in ``content``: errors, warnings, advice, in the order of the document.

    ``name`` is what messages call the file. No file is too bad to be checked: one that cannot be opened is a finding.
    """
    try:
        package = opened_package(content, name)
        source = mended_template(package.parts)
        _, patched = readable(source, name)
    except JdgenError as error:
        return tuple(about_file(problem, name) for problem in error.problems)
    reading = read_template(source, patched, environment())
    left_out = (replace(about_file(one, name), severity=Severity.WARNING) for one in package.warnings)
    if reading.findings == (_FIELD_LIST,):
        return reading.findings
    # Errors are what is left after mending; what was mended is advice, and seen in the file as it is.
    asis = _read_parts(package.parts, patched)
    findings = (*reading.findings, *left_out, *_warnings(reading, source), *_advice(asis, source))
    return _sorted(findings, [read.part for read in reading.parts])


def read_template(source: Mapping[str, bytes], patched: Mapping[str, str], jinja: Environment) -> Reading:
    """Read the tags of a template whose parts are ``source``; ``patched`` is the Jinja text that docxtpl makes of
    each part that it fills."""
    if properties.is_field_list(source.get(properties.PART, b"")):
        return Reading((), {}, (_FIELD_LIST,))
    read: list[ReadPart] = []
    findings: list[Finding] = []
    trees: dict[str, nodes.Template] = {}
    parts = filled_parts(source, patched)
    findings += (*never_filled(source, patched), *revisions(source, parts))
    for part in parts:
        tags = tags_of(part)
        blocks = blocks_of(tags)
        own = [*form_faults(part, tags), *block_faults(part, blocks)]
        own += read_tags(part, tags, blocks, jinja).findings
        # What docxtpl makes of tags that are wrong would only be reported a second time.
        if not any(finding.severity is Severity.ERROR for finding in own):
            tree, faults = compiled_tree(part, patched[part.name], jinja)
            own += faults
            if tree is not None:
                trees[part.name] = tree
        findings += own
        read.append(ReadPart(part, tags, blocks))
    return Reading(tuple(read), trees, _sorted(findings, parts))


def readable(source: Mapping[str, bytes], name: str) -> tuple[dict[str, bytes], dict[str, str]]:
    """What docxtpl makes of the parts (:func:`jdgen.filling.docxtpl_bridge.prepared`).

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


def about_file(problem: Problem, name: str) -> Finding:
    """A problem of the file called ``name`` as a finding: an error that is about the whole of it, or a part."""
    part = problem.where.removeprefix(name).removeprefix(", ")
    return Finding("unfit-file", Severity.ERROR, Place(part), problem.what, problem.right)


def _warnings(reading: Reading, source: Mapping[str, bytes]) -> Iterator[Finding]:
    parts = [read.part for read in reading.parts]
    yield from comments(parts)
    for part in parts:
        yield from other_dialects(part)
    yield from nothing_to_fill([tag for read in reading.parts for tag in read.tags])
    # What is printed is only known where everything can be read.
    if not reading.errors and any(read.tags for read in reading.parts):
        used = {field for tree in reading.trees.values() for field in used_fields(tree)}
        yield from missing_fields(used, _title(source), parts)


def _read_parts(source: Mapping[str, bytes], patched: Mapping[str, str]) -> tuple[ReadPart, ...]:
    read = ((part, tags_of(part)) for part in filled_parts(source, patched))
    return tuple(ReadPart(part, tags, blocks_of(tags)) for part, tags in read)


def _advice(read_parts: Sequence[ReadPart], source: Mapping[str, bytes]) -> Iterator[Finding]:
    for read in read_parts:
        part = read.part
        yield from odd_characters(part, read.tags)
        yield from emptied_cells(part, read.blocks.blocks)
        yield from repeated_bookmarks(part, _loops(read.blocks))
        yield from structure_advice(part, part.name == BODY)
        yield from table_advice(part)
        yield from look_advice(part, part.name == BODY)
    settings: Any = parsed(source[_SETTINGS]) if _SETTINGS in source else None
    yield from document_advice(_title(source), [read.part for read in read_parts], settings)


def _loops(blocks: Blocks) -> list[tuple[int, int]]:
    return [(block.start.order, block.end.order) for block in blocks.blocks if block.end and block.start.word == "for"]


def _title(source: Mapping[str, bytes]) -> str:
    return properties.template_title(source.get(properties.PART, b""))


def _sorted(findings: Iterable[Finding], parts: Sequence[Part]) -> tuple[Finding, ...]:
    """Each finding once, in the order of the document; what is about the whole file comes first."""
    names = [part.name for part in parts]

    def order(finding: Finding) -> tuple[int, int]:
        known = finding.place.part in names
        return (names.index(finding.place.part) if known else -1, finding.place.paragraph)

    return tuple(sorted(dict.fromkeys(findings), key=order))
