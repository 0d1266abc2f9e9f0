"""A Word template, opened, checked and compiled once, to be filled any number of times."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from jdgen.errors import TemplateRefusedError
from jdgen.record.digests import marks_of
from jdgen.record.placing import kept_properties, organisation_of
from jdgen.template import picture, properties
from jdgen.template.anchoring import anchored
from jdgen.template.checks.check import opened_template
from jdgen.template.compiled import BODY, CompiledPart, CompiledTemplate, used_fields
from jdgen.template.mending.containers import may_empty
from jdgen.template.repairs import GRID
from jdgen.template.steps import Steps
from jdgen.template.tags import P, TemplatePart
from jdgen.word.file import File
from jdgen.word.markup import words_of
from jdgen.word.writing import CONTENT_TYPES
from jdgen.word.xml import Trees, W, document, parse, serialise, text_in

_PLACEHOLDER = "jdgen-body"
_STORY = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_TAGS = ("{{", "{%", "{#")
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def compile_template(content: bytes, name: str) -> CompiledTemplate:
    """Open, check and compile the template in ``content``, called ``name`` in messages.

    Raises :class:`TemplateRefusedError` with every error that :func:`jdgen.template.checks.check.check_template` finds
    in it, and :class:`JdgenError` for a file that cannot be opened.
    """
    opened = opened_template(content, name)
    if errors := opened.reading.errors:
        raise TemplateRefusedError(dict.fromkeys(error.problem(name) for error in errors), (name,))
    parts, patched = opened.parts, opened.patched
    printed = {
        part.name: _compiled(part, parts[part.name], patched[part.name], opened.reading.steps[part.name])
        for part in opened.reading.parts
        if any(tag in patched[part.name] for tag in _TAGS)
    }
    return CompiledTemplate(
        name=name,
        digest=hashlib.sha256(content).hexdigest(),
        title=properties.template_title(opened.package.file.content(properties.PART)),
        static={part: content for part, content in parts.items() if part not in printed},
        printed=printed,
        pictured=_with_room_for_picture(parts, printed),
        has_prompt_style=b'w:styleId="Prompt"' in parts.get("word/styles.xml", b""),
        texts=marks_of(_own_texts(opened.trees)),
        kept_properties=kept_properties(File.of(parts)),
        organisation=_printed_organisation(opened.trees),
        warnings=opened.package.warnings,
    )


def _printed_organisation(trees: Trees) -> str:
    """The organisation that the template is made for, if its name is still in the text."""
    name = organisation_of(File.of(trees.parts))
    stories = (trees[part] for part in trees.parts if name and _STORY.fullmatch(part))
    return name if any(name in text_in(paragraph) for story in stories for paragraph in story.iter(P)) else ""


def _own_texts(trees: Trees) -> Iterator[str]:
    """The text of each paragraph that says the same in every document, without what fields show."""
    for story, _ in File.of(trees.parts).story_parts():
        for paragraph in trees[story].iter(P):
            text = words_of(etree.tostring(paragraph, encoding="unicode", with_tail=False))
            if not any(tag in text for tag in _TAGS):
                yield text


def _compiled(part: TemplatePart, content: bytes, patched: str, steps: Steps) -> CompiledPart:
    head, tail = _around_body(content) if part.name == BODY else ("", "")
    return CompiledPart(head, anchored(steps), tail, may_empty(part), GRID in patched)


def _around_body(content: bytes) -> tuple[str, str]:
    """The document's XML before and after its body, which is what docxtpl gives Jinja."""
    tree = parse(content)
    body = next(tree.iter(f"{W}body"))
    body.clear()
    body.text = _PLACEHOLDER
    before, _, after = serialise(tree).partition(_PLACEHOLDER)
    # Its tag may declare namespaces again, as in a document that jdgen made and that was made a template.
    return before[: before.rindex("<w:body")], after.removeprefix("</w:body>")


# What a document needs that shows the organisation's picture.


def _with_room_for_picture(parts: Mapping[str, bytes], printed: Mapping[str, CompiledPart]) -> dict[str, bytes]:
    """The relationships of each part that prints the picture, with one to it, and the kinds of files with one for it;
    nothing where none does."""
    showing = [name for name, part in printed.items() if picture.FIELD in used_fields(part.steps)]
    related = {name: _related(parts.get(name)) for name in map(_relations_of, showing)}
    return {**related, CONTENT_TYPES: _typed(parts[CONTENT_TYPES])} if related else {}


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def _related(relations: bytes | None) -> bytes:
    tree = parse(relations or f'<Relationships xmlns="{_RELATIONSHIPS}"/>')
    kind = {"Id": picture.RELATION, "Type": _IMAGE, "Target": f"media/{picture.FILE}"}
    etree.SubElement(tree, f"{{{_RELATIONSHIPS}}}Relationship", kind)
    return document(tree)


def _typed(types: bytes) -> bytes:
    tree: Any = parse(types)
    name = f"{{{etree.QName(tree).namespace}}}Default"
    tree.insert(0, tree.makeelement(name, Extension=picture.KIND, ContentType=f"image/{picture.KIND}"))
    return document(tree)
