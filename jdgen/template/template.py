"""A Word template, opened, checked and compiled once, to be filled any number of times."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment, Template, nodes
from lxml import etree

from jdgen.errors import Problem, TemplateRefusedError
from jdgen.record.placing import kept_properties, organisation_of
from jdgen.record.writing import ITEM, PROPERTIES, marks_of, with_room_for_record
from jdgen.template import properties
from jdgen.template.checks.check import opened_template
from jdgen.template.checks.fields import used_fields
from jdgen.template.dialect import environment
from jdgen.template.docxtpl_bridge import BODY
from jdgen.template.mending.containers import may_empty
from jdgen.template.mending.grids import MARK as CHANGES_GRID
from jdgen.template.mixed_anchors import words_of
from jdgen.template.shared_loops import SharedLoop, with_shared_loops
from jdgen.template.tags import TemplatePart
from jdgen.word.file import File
from jdgen.word.writing import Member, content_types_first, member
from jdgen.word.xml import W, parsed, serialised

_PLACEHOLDER = "jdgen-body"
_STORY = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_TAGS = ("{{", "{%", "{#")
_WIDE = re.compile("[^\x00-\xff]")


@dataclass(frozen=True)
class CompiledPart:
    """One part with tags: what stands before and after what Jinja prints."""

    head: str
    template: Template
    tail: str
    source: str
    may_be_emptied: bool
    has_drawings: bool
    loops: tuple[SharedLoop, ...]


@dataclass(frozen=True)
class Frame:
    """All parts of a document that are the same for every draft, deflated, and the order of all parts."""

    members: Mapping[str, Member]
    order: tuple[str, ...]


@dataclass(frozen=True)
class CompiledTemplate:
    """A checked template, immutable, so that processes and threads may share it.

    ``digest`` is the SHA-256 of the file. ``parts`` is the file as docxtpl would save it unfilled; ``printed`` are
    the parts with tags, compiled; ``plain`` and ``recorded`` hold all others, without and with room for a generation
    record. ``fields`` are the fields of the draft that are used, and ``texts`` marks of the template's own paragraphs.
    ``slow`` says why docxtpl must fill the template itself each time, or is empty. ``kept_properties`` are custom
    properties of the template's own. ``organisation`` is the one that it is made for and names in its text.
    ``warnings`` say what was taken out of the file.
    """

    name: str
    digest: str
    title: str
    parts: Mapping[str, bytes]
    printed: Mapping[str, CompiledPart]
    plain: Frame
    recorded: Frame
    has_prompt_style: bool
    fields: tuple[str, ...]
    texts: str
    slow: str
    kept_properties: tuple[str, ...]
    organisation: str = ""
    warnings: tuple[Problem, ...] = ()

    @functools.cached_property
    def printed_fields(self) -> frozenset[str]:
        """The fields of the draft itself that are used, whole or in part: ``duty_headings``."""
        return frozenset(field.partition(".")[0] for field in self.fields)


def open_template(content: bytes, name: str) -> CompiledTemplate:
    """Open, check and compile the template in ``content``, called ``name`` in messages.

    Raises :class:`TemplateRefusedError` with every error that :func:`jdgen.template.checks.check.check_template` finds
    in it, and :class:`JdgenError` for a file that cannot be opened.
    """
    opened = opened_template(content, name, jinja_environment())
    if errors := opened.reading.errors:
        raise TemplateRefusedError(dict.fromkeys(error.problem(name) for error in errors), (name,))
    parts, patched, trees = opened.parts, opened.patched, opened.reading.trees
    fields = tuple(sorted({field for tree in trees.values() for field in used_fields(tree)}))
    printed = {
        part.name: _compiled(part, parts[part.name], patched[part.name], trees[part.name])
        for part in opened.reading.parts
        if any(tag in patched[part.name] for tag in _TAGS)
    }
    return CompiledTemplate(
        name=name,
        digest=hashlib.sha256(content).hexdigest(),
        title=properties.template_title(opened.package.file.content(properties.PART)),
        parts=parts,
        printed=printed,
        plain=_frame(parts, {*printed, properties.PART}),
        recorded=_frame(with_room_for_record(parts), {*printed, properties.PART, ITEM, PROPERTIES}),
        has_prompt_style=b'w:styleId="Prompt"' in parts.get("word/styles.xml", b""),
        fields=fields,
        texts=marks_of(_own_texts(parts)),
        slow="a tag changes how many cells a row has (tc, colspan or hm)"
        if any(CHANGES_GRID in xml for xml in patched.values())
        else "",
        kept_properties=kept_properties(File.of(parts)),
        organisation=_printed_organisation(parts),
        warnings=opened.package.warnings,
    )


def _printed_organisation(parts: Mapping[str, bytes]) -> str:
    """The organisation that the template is made for, if its name is still in the text."""
    name = organisation_of(File.of(parts))
    if not name:
        return ""
    stories = (parsed(content) for part, content in parts.items() if _STORY.fullmatch(part))
    paragraphs = (paragraph for story in stories for paragraph in story.iter(f"{W}p"))
    texts = ("".join(text.text or "" for text in paragraph.iter(f"{W}t")) for paragraph in paragraphs)
    return name if any(name in text for text in texts) else ""


def _own_texts(parts: Mapping[str, bytes]) -> Iterator[str]:
    """The text of each paragraph that says the same in every document, without what fields show."""
    for story, _ in File.of(parts).story_parts():
        for paragraph in parsed(parts[story]).iter(f"{W}p"):
            text = words_of(etree.tostring(paragraph, encoding="unicode", with_tail=False))
            if not any(tag in text for tag in _TAGS):
                yield text


@functools.cache
def jinja_environment() -> Environment:
    """The one environment that all templates are compiled in."""
    return environment()


def _frame(parts: Mapping[str, bytes], own: set[str]) -> Frame:
    """The frame of ``parts``; ``own`` are the parts that each document makes anew."""
    fixed = {part: content for part, content in parts.items() if part not in own}
    return Frame(
        members={part: member(part, content) for part, content in fixed.items()},
        order=content_types_first({*fixed, *own}),
    )


def _compiled(part: TemplatePart, content: bytes, patched: str, tree: nodes.Template) -> CompiledPart:
    head, tail = _around_body(content) if part.name == BODY else ("", "")
    jinja = jinja_environment()
    _write_wide_characters_out(tree)
    rest, loops = with_shared_loops(tree, jinja)
    has_drawings = "<wp:docPr " in patched
    return CompiledPart(head, jinja.from_string(rest), tail, patched, may_empty(part), has_drawings, loops)


def _write_wide_characters_out(tree: nodes.Template) -> None:
    """Have the template's own text in characters of one byte: what lies beyond them becomes references, which say the
    same. A document without any other is half as long in memory, and is searched and encoded in half the time."""
    for data in tree.find_all(nodes.TemplateData):
        data.data = _WIDE.sub(lambda found: f"&#{ord(found[0])};", data.data)


def _around_body(document: bytes) -> tuple[str, str]:
    """The document's XML before and after its body, which is what docxtpl gives Jinja."""
    tree = parsed(document)
    body = next(tree.iter(f"{W}body"))
    body.clear()
    body.text = _PLACEHOLDER
    before, _, after = serialised(tree).partition(_PLACEHOLDER)
    # Its tag may declare namespaces again, as in a document that jdgen made and that was made a template.
    return before[: before.rindex("<w:body")], after.removeprefix("</w:body>")
