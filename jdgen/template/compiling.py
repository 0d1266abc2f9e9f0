"""A Word template, opened, checked and compiled once, to be filled any number of times; what it prints has anchors."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

from jdgen.drafting.block_id import id_of_fields
from jdgen.errors import Problem, TemplateRefusedError
from jdgen.record.digests import marks_of
from jdgen.record.placing import kept_properties, organisation_of
from jdgen.template import properties
from jdgen.template.columns import GRID
from jdgen.template.compiled import BODY, CompiledPart, CompiledTemplate, used_fields
from jdgen.template.containers import may_empty
from jdgen.template.expressions import Expression, FieldOf, Name, paths_in
from jdgen.template.opening import opened_template
from jdgen.template.picture import FIELDS as PICTURES
from jdgen.template.picture import PictureField
from jdgen.template.steps import (
    UNOWNED,
    Case,
    Choose,
    FieldRun,
    MixedParagraph,
    PrintStep,
    PrintValue,
    Repeat,
    Steps,
    expressions_of,
    within,
)
from jdgen.template.tags import TemplatePart
from jdgen.word.file import File
from jdgen.word.markup import words_of
from jdgen.word.paragraphs import P
from jdgen.word.relationships import OFFICE, relations_of
from jdgen.word.writing import CONTENT_TYPES
from jdgen.word.xml import Element, W, document, serialise, text_in

_PLACEHOLDER = "jdgen-body"
_STORY = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_TAGS = ("{{", "{%", "{#")


def compile_template(content: bytes, name: str) -> CompiledTemplate:
    """Open, check and compile the template in ``content``, called ``name`` in messages.

    Raises :class:`TemplateRefusedError` with every error that :func:`jdgen.template.checks.check.check_template` finds
    in it, and :class:`JdgenError` for a file that cannot be opened.
    """
    template, warnings = opened_template(content, name)
    if errors := template.errors:
        raise TemplateRefusedError(dict.fromkeys(error.problem(name) for error in errors), (name,))
    file, patched = _with_room_for_properties(template.file), template.patched
    parts = {
        part.name: _compile_part(part, file, patched[part.name], template.steps[part.name])
        for part in template.parts
        if any(tag in patched[part.name] for tag in _TAGS)
    }
    return CompiledTemplate(
        name=name,
        digest=hashlib.sha256(content).hexdigest(),
        title=properties.template_title(file.content(properties.PART)),
        static={part: file.content(part) for part in file if part not in parts},
        printed_parts=parts,
        pictured=_with_room_for_pictures(file, parts),
        has_prompt_style=b'w:styleId="Prompt"' in file.content("word/styles.xml"),
        texts=marks_of(_own_texts(file)),
        kept_properties=kept_properties(file),
        organisation=_printed_organisation(file),
        warnings=(*warnings, *_review_warnings(file)),
    )


def _review_warnings(file: File) -> Iterator[Problem]:
    """Told of each document, since nobody reads the properties of a file."""
    if properties.category(file.content(properties.PART)) == properties.UNREVIEWED:
        what = "nobody who would use this template has reviewed it, and most of its headings are jdgen's own"
        right = "show it to your job evaluation panel; in a copy, take the category out of the file's properties then"
        yield Problem("the template", what, right)


def _with_room_for_properties(file: File) -> File:
    """``file`` with the relationship to the core properties that each document has, where the template has none."""
    if any(relationship.type == properties.TYPE for relationship in file.relationships()):
        return file
    related = file.with_related(properties.TYPE, properties.PART, "rIdJdgenProperties", owner="")
    return related.with_types({properties.PART: properties.CONTENT_TYPE})


def _printed_organisation(file: File) -> str:
    """The organisation that the template is made for, if its name is still in the text."""
    name = organisation_of(file)
    stories = (file.tree(part) for part in file if name and _STORY.fullmatch(part))
    return name if any(name in text_in(paragraph) for story in stories for paragraph in story.iter(P)) else ""


def _own_texts(file: File) -> Iterator[str]:
    """The text of each paragraph that says the same in every document, without what fields show."""
    for story, _ in file.story_parts():
        for paragraph in file.tree(story).iter(P):
            text = words_of(etree.tostring(paragraph, encoding="unicode", with_tail=False))
            if not any(tag in text for tag in _TAGS):
                yield text


def _compile_part(part: TemplatePart, file: File, patched: str, steps: Steps) -> CompiledPart:
    head, tail = _around_body(file.copy_of(BODY)) if part.name == BODY else ("", "")
    return CompiledPart(head, anchored(steps), tail, may_empty(part), GRID in patched)


def _around_body(tree: Element) -> tuple[str, str]:
    """The document's XML before and after its body, which is what docxtpl gives Jinja; the body of ``tree`` goes."""
    body = next(tree.iter(f"{W}body"))
    body.clear()
    body.text = _PLACEHOLDER
    before, _, after = serialise(tree).partition(_PLACEHOLDER)
    # Its tag may declare namespaces again, as in a document that jdgen made and that was made a template.
    return before[: before.rindex("<w:body")], after.removeprefix("</w:body>")


# What a document needs that shows pictures.


def _with_room_for_pictures(file: File, parts: Mapping[str, CompiledPart]) -> dict[str, bytes]:
    """The relationships of each part that prints pictures, with one to each, and the kinds of files with one for each;
    nothing where none does."""
    fields_by_part = {name: {*used_fields(part.steps)} for name, part in parts.items()}
    pictures_by_part = {
        name: [field for field in PICTURES.values() if field.name in fields_by_part[name]] for name in fields_by_part
    }
    for name, fields in pictures_by_part.items():
        for field in fields:
            file = file.with_related(f"{OFFICE}/image", f"media/{field.file}", field.relation, owner=name)
    related = {
        relations_of(name): file.content(relations_of(name)) for name, fields in pictures_by_part.items() if fields
    }
    if not related:
        return {}
    pictures = [field for field in PICTURES.values() if any(field in fields for fields in pictures_by_part.values())]
    return {**related, CONTENT_TYPES: _types_with(file.copy_of(CONTENT_TYPES), pictures)}


def _types_with(tree: Any, fields: Sequence[PictureField]) -> bytes:
    name = f"{{{etree.QName(tree).namespace}}}Default"
    for field in fields:
        tree.insert(0, tree.makeelement(name, Extension=field.kind, ContentType=f"image/{field.kind}"))
    return document(tree)


# Anchors put round what a compiled part prints from data: its steps with :class:`.steps.FieldRun` and
# :class:`.steps.MixedParagraph` in the place of paragraphs that print fields.
#
# None in the old form of a text box: it is a copy for programs that do not know the new one.

_MARK = re.compile(r"(<w:p(?: [^>]*)?>|</w:p>)")
_END = "</w:p>"
_RUN = re.compile(
    r"(<w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)?(<w:r(?: [^>]*)?>(?:<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t(?: [^>]*)?>)",
    re.DOTALL,
)
_PROPERTIES, _PROPERTIES_END, _RUN_END = "<w:pPr>", "</w:pPr>", "</w:t></w:r>"
_OLD_FORM = re.compile(r"<(/?)mc:Fallback[ >]")
# A picture is no text. Nor is what says the word for one, which a paragraph may show in other ways.
_PICTURE = "picture"


def anchored(steps: Steps) -> Steps:
    """``steps`` of a part with anchors."""
    return _Anchoring().anchored(steps)


class _Anchoring:
    """A walk through the steps of a part, in the order of its text."""

    def __init__(self) -> None:
        self._in_old_form = False

    def anchored(self, steps: Steps) -> Steps:
        """``steps`` with anchors. A paragraph that begins in them and does not end there, or holds another, is left
        alone, as is one with a loop in it: what it prints may go on elsewhere, or be without an end."""
        anchored_steps: list[str | PrintStep] = []
        paragraph: list[str | PrintStep] | None = None
        for step in _at_paragraph_marks(steps):
            if step == _END and paragraph is not None:
                anchored_steps += (*self._paragraph(tuple(paragraph)), step)
                paragraph = None
            elif isinstance(step, str) and _MARK.match(step):
                anchored_steps += (*(paragraph or ()), step)
                paragraph = None if step == _END else []
            elif paragraph is not None and _stays_inside(step):
                self._see(step)
                paragraph.append(step)
            else:
                anchored_steps += (*(paragraph or ()), self._inside(step))
                paragraph = None
        return join_texts((*anchored_steps, *(paragraph or ())))

    def _inside(self, step: str | PrintStep) -> str | PrintStep:
        match step:
            case Repeat():
                return step._replace(steps=self.anchored(step.steps))
            case Choose(cases, otherwise):
                anchored = tuple(Case(case.question, self.anchored(case.steps)) for case in cases)
                return Choose(anchored, self.anchored(otherwise))
        self._see(step)
        return step

    def _see(self, step: str | PrintStep) -> None:
        for text in within((step,)):
            if isinstance(text, str):
                for mark in _OLD_FORM.finditer(text):
                    self._in_old_form = not mark[1]

    def _paragraph(self, steps: Steps) -> Steps:
        return steps if self._in_old_form else _one_field(steps) or _several_words(steps) or steps


def _at_paragraph_marks(steps: Steps) -> Iterator[str | PrintStep]:
    """``steps`` with the marks at which paragraphs begin and end as texts of their own."""
    for step in steps:
        yield from filter(None, _MARK.split(step)) if isinstance(step, str) else (step,)


def join_texts(steps: Steps) -> Steps:
    """``steps`` with texts that follow one another as one."""
    result: list[str | PrintStep] = []
    for step in steps:
        if isinstance(step, str) and result and isinstance(last := result[-1], str):
            result[-1] = last + step
        elif step != "":
            result.append(step)
    return tuple(result)


def _stays_inside(step: str | PrintStep) -> bool:
    """Whether a paragraph that ``step`` stands in is whole where it is."""
    return not any(
        isinstance(inner, Repeat) or (isinstance(inner, str) and _MARK.search(inner)) for inner in within((step,))
    )


def _one_field(steps: Steps) -> Steps:
    """A paragraph that is one run which prints one field, with its anchor; nothing for any other."""
    match join_texts(steps):
        case (str(before), PrintValue(Name() | FieldOf(Name()) as value, paragraph), str(after)) if after == _RUN_END:
            owner, field = _field(value)
            run = _RUN.fullmatch(before)
            if run and (field or owner) not in PICTURES and not (field and owner in UNOWNED):
                return (*filter(None, (run[1],)), FieldRun(owner, field, run[2], after, paragraph))
    return ()


def _several_words(steps: Steps) -> Steps:
    """A paragraph that prints fields among other words, with its anchor; nothing for one that prints none."""
    inside = join_texts(steps)
    fields = [_field(step.value) for step in within(inside) if isinstance(step, PrintValue)]
    if not fields or _shows_picture(inside):
        return ()
    properties = ""
    first = inside[0]
    if isinstance(first, str) and first.startswith(_PROPERTIES):
        end = first.find(_PROPERTIES_END) + len(_PROPERTIES_END)
        properties, inside = first[:end], (first[end:], *inside[1:])
    return (properties, MixedParagraph(*_about(fields), join_texts(inside)))


def _about(fields: list[tuple[str, str]]) -> tuple[str, str]:
    """What the paragraph is about: its first text of something that has an owner, or else the first field of such, or
    else the fields of the draft that it prints."""
    owned = [(owner, field) for owner, field in fields if field and owner not in UNOWNED]
    if owned:
        return next(((owner, field) for owner, field in owned if field == "text"), owned[0])
    names = dict.fromkeys(owner for owner, _ in fields)
    return next((name for name in names if name in UNOWNED), id_of_fields(names)), ""


def _field(value: Expression) -> tuple[str, str]:
    """The first field that ``value`` names: its owner and its name, or the name of the draft's and ''."""
    owner, field, *_ = (*next(paths_in(value)), "")
    return owner, field


def _shows_picture(steps: Steps) -> bool:
    """Whether the word for a picture stands among the words or fields of a paragraph."""
    for step in within(steps):
        if isinstance(step, str) and _PICTURE in re.sub("<[^<>]*>", "", step):
            return True
        if any(_names_picture(path) for expression in expressions_of(step) for path in paths_in(expression)):
            return True
    return False


def _names_picture(path: Iterable[str]) -> bool:
    return any(name in PICTURES or _PICTURE in name for name in path)
