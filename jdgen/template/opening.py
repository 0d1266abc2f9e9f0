"""A template's file opened: mended, its tags read, every error for which it is refused, and the steps of each part that
has none.

What else a person should know of it is only looked for where somebody asks (:mod:`.checks.check`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jdgen.errors import JdgenError, Problem
from jdgen.record.digests import ITEM
from jdgen.template import properties
from jdgen.template.checks.content import FIELD_LIST, never_filled, nothing_to_fill, revisions
from jdgen.template.checks.findings import Finding, Severity
from jdgen.template.checks.form import form_faults
from jdgen.template.checks.meaning import meaning_faults
from jdgen.template.checks.parts import CheckedPart, filled_parts
from jdgen.template.docxtpl_bridge import as_jinja, compiled_steps
from jdgen.template.mending import mended_template
from jdgen.template.steps import Steps
from jdgen.word.dangers import open_harmless
from jdgen.word.file import ANEW, MAIN_PART, File
from jdgen.word.relationships import OFFICE, kinds_in, relations_of
from jdgen.word.writing import CONTENT_TYPES
from jdgen.word.xml import W


@dataclass(frozen=True)
class OpenedTemplate:
    """A template's file, mended, opened and read.

    ``parts`` are those that are filled, ``patched`` the Jinja text of each and ``steps`` those of each without an
    error. ``findings`` are every fault in what is compiled, warnings among them.
    """

    file: File
    parts: tuple[CheckedPart, ...]
    patched: Mapping[str, str]
    steps: Mapping[str, Steps]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings for which the template is refused."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def opened_template(content: bytes, name: str) -> tuple[OpenedTemplate, tuple[Problem, ...]]:
    """A template opened and read, and what was taken out of its file. Raises :class:`JdgenError` for a file that cannot
    be opened; what is wrong with its tags is told in the reading."""
    harmless = open_harmless(content, name)
    return read_template_parts(harmless.file, filled_parts(harmless.file), name), harmless.warnings


def read_template_parts(file: File, parts: Sequence[CheckedPart], name: str) -> OpenedTemplate:
    """The template ``file``, called ``name`` in messages, of which ``parts`` are filled; ``file`` must not be used any
    more (:func:`mended_template`). Raises :class:`JdgenError` for what is no Word document in its usual form."""
    if not _is_readable(file):
        raise JdgenError(Problem(name, "is no Word document that can be read", ANEW))
    file, parts = mended_template(file, parts)
    patched = {part.name: as_jinja(next(part.tree.iter(f"{W}body"), part.tree)) for part in parts}
    steps, findings = _read_tags(file, parts, patched)
    return OpenedTemplate(file, tuple(parts), patched, steps, in_document_order(findings, parts))


def in_document_order(findings: Iterable[Finding], parts: Sequence[CheckedPart]) -> tuple[Finding, ...]:
    """Each finding once, in the order of the document; what is about the whole file comes first. What is found in both
    forms of a text box is told of the new one."""
    numbers = {part.name: number for number, part in enumerate(parts)}
    copies = {(part.name, paragraph.number) for part in parts for paragraph in part.copies}
    distinct = dict.fromkeys(findings)
    in_copies = {finding for finding in distinct if (finding.place.part, finding.place.paragraph) in copies}
    elsewhere = {_without_place(finding) for finding in distinct if finding not in in_copies}
    once = [finding for finding in distinct if finding not in in_copies or _without_place(finding) not in elsewhere]
    return tuple(sorted(once, key=lambda each: (numbers.get(each.place.part, -1), each.place.paragraph)))


def _without_place(finding: Finding) -> tuple[str, ...]:
    """A finding without its place."""
    return finding.place.part, finding.code, finding.place.quoted, finding.what, finding.right


# Whether the file is a Word document at all, as Word and docxtpl have it.

_MAIN_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MAIN = f"{OFFICE}/officeDocument"
_EXTERNAL = "External"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CORE_ROOT = f"{{{_PACKAGE}/metadata/core-properties}}coreProperties"
_TYPES_ROOT, _RELATIONS_ROOT = f"{{{_PACKAGE}/content-types}}Types", f"{{{_PACKAGE}/relationships}}Relationships"


def _is_readable(file: File) -> bool:
    """Whether everything is there that ``file`` relates to, by lists that Word would read, each part of a kind that is
    told, among it the text of a Word document, and no properties that are none."""
    parts = _related_parts(file)
    kinds = kinds_in(file.tree(CONTENT_TYPES), parts)
    related = file.relationships()
    mains, cores = (
        [relationship.part for relationship in related if relationship.type == kind]
        for kind in (_MAIN, properties.TYPE)
    )
    relations = [name for name in map(relations_of, ("", *parts)) if name in file]
    return (
        file.tree(CONTENT_TYPES).tag == _TYPES_ROOT
        and all(file.tree(name).tag == _RELATIONS_ROOT for name in relations)
        and all(part in file and part in kinds for part in parts)
        and mains == [MAIN_PART]
        and kinds[MAIN_PART] == _MAIN_KIND
        and file.tree(MAIN_PART).tag == f"{W}document"
        and file.tree(MAIN_PART).find(f"{W}body") is not None
        and len(cores) <= 1
        and all(kinds[core] == properties.CONTENT_TYPE and file.tree(core).tag == _CORE_ROOT for core in cores)
    )


def _related_parts(file: File) -> list[str]:
    """What the file relates to, what that relates to, and so on. What lies outside has to be said to."""
    parts: dict[str, None] = {}
    owners = [""]
    while owners:
        inside = [link.part or link.target for link in file.relationships(owners.pop()) if link.mode != _EXTERNAL]
        owners += (part for part in inside if part not in parts)
        parts.update(dict.fromkeys(inside))
    return list(parts)


def _read_tags(
    file: File, parts: Sequence[CheckedPart], patched: Mapping[str, str]
) -> tuple[dict[str, Steps], list[Finding]]:
    """The steps of the ``parts`` without an error, and every fault; ``patched`` is the Jinja text of each."""
    if properties.category(file.content(properties.PART)) == properties.FIELD_LIST:
        return {}, [FIELD_LIST]
    compiled: dict[str, Steps] = {}
    findings = [*never_filled(file, patched), *revisions(file, parts)]
    for part in parts:
        faults = [*form_faults(part), *meaning_faults(part)]
        # What docxtpl makes of tags that are wrong would only be reported a second time.
        if not any(finding.severity is Severity.ERROR for finding in faults):
            steps, others = compiled_steps(part, patched[part.name])
            faults += others
            if steps is not None:
                compiled[part.name] = steps
        findings += faults
    # Where a tag is broken, or in the wrong place, there is one.
    if all(finding.severity is not Severity.ERROR or finding.code == "tracked-changes" for finding in findings):
        findings += nothing_to_fill(parts, ITEM in file)
    return compiled, findings
