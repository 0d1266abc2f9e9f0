"""Reading a template: its tags, its blocks, and every error for which it is refused.

This much is done whenever a template is opened; what else a person should know of it is in ``check.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, nodes

from jdgen.errors import JdgenError, Problem
from jdgen.filling import properties
from jdgen.filling.checks.blocks import Blocks, block_faults, blocks_of
from jdgen.filling.checks.cell_tags import cell_tag_faults
from jdgen.filling.checks.findings import Finding, Place, Severity
from jdgen.filling.checks.form import form_faults
from jdgen.filling.checks.meaning import read_tags
from jdgen.filling.checks.parts import Part, filled_parts
from jdgen.filling.checks.patched import compiled_tree
from jdgen.filling.checks.tags import Tag, tags_of
from jdgen.filling.checks.unfilled import never_filled, nothing_to_fill, revisions
from jdgen.filling.docxtpl_bridge import prepared
from jdgen.filling.mending.template import mended_template
from jdgen.record.parts import ITEM
from jdgen.word_file.opening import OpenedPackage, opened_package

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


def in_order(findings: Iterable[Finding], parts: Sequence[Part]) -> tuple[Finding, ...]:
    """Each finding once, in the order of the document; what is about the whole file comes first."""
    names = [part.name for part in parts]

    def order(finding: Finding) -> tuple[int, int]:
        known = finding.place.part in names
        return (names.index(finding.place.part) if known else -1, finding.place.paragraph)

    return tuple(sorted(dict.fromkeys(findings), key=order))
