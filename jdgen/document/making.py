"""One document: from post, library and template to the bytes of a Word file with its record inside."""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from jdgen import __version__
from jdgen.drafting.draft import draft_job_description
from jdgen.drafting.framework_part import FrameworkPart, framework_part
from jdgen.drafting.library import Library, own_prompt
from jdgen.drafting.model import NO_PICTURES, JobDescription, Pictures
from jdgen.drafting.review_notes import ReviewNote
from jdgen.drafting.texts import Giver, Reasoned, Text
from jdgen.post.fields import PICTURES
from jdgen.post.model import Post
from jdgen.post.values import PostJson, post_json
from jdgen.record.anchors import ONE_ROW, anchor_rows
from jdgen.record.digests import digest, digest_of_marks
from jdgen.record.model import (
    ADAPTED,
    DATE_NAMED,
    VERBATIM,
    GenerationRecord,
    PrintedBlock,
    RecordedNote,
    RecordFacts,
    template_name,
)
from jdgen.record.printed import PrintedBlocks
from jdgen.record.writing import record_parts
from jdgen.template.binding import bound_parts
from jdgen.template.compiled import CompiledTemplate
from jdgen.template.filling import Recorder, fill, note_blocks, own_contents
from jdgen.template.picture import content_of
from jdgen.word.writing import STANDARD, Content, Deflate, Member, in_one_piece, mark_of
from jdgen.words import slug


@dataclass(frozen=True)
class DocumentSources:
    """What many documents have in common: the library they are drafted from, template, date and manner.

    ``dated`` is the date when the user named it; then it counts among the inputs. A date that is only today's does
    not: a document does not change because a day has passed. ``many`` says that there are many documents, so that what
    they have in common is worth being printed once. ``own_headings`` are those of the organisation's own fields, by
    their names: prompts speak in them, and no document is out of date because one is worded otherwise.
    """

    library: Library
    template: CompiledTemplate
    drafted: datetime.date
    dated: bool = False
    verify: bool = True
    deflate: Deflate | None = None
    recorded: bool = True
    many: bool = False
    own_headings: Mapping[str, str] = field(default_factory=dict)

    def draft(self, post: Post, pictures: Pictures = NO_PICTURES, part: FrameworkPart | None = None) -> JobDescription:
        """The draft of ``post``, with the notes that are about something which the template prints, and with prompts
        for the organisation's own fields that it prints and the post lacks. ``part`` is what follows from the
        framework, where that is known already.

        Raises :class:`JdgenError` for choices that the framework does not offer.
        """
        draft = draft_job_description(post, self.library, self.drafted, pictures, part)
        notes_of_template = tuple(note for note in draft.notes if note.concerns(self.template.printed_fields))
        missing_names = (name for name in self.template.own_fields if name not in post.own)
        if own_prompts := {name: own_prompt(name, self.own_headings.get(name, "")) for name in missing_names}:
            prompts = {name: Text(prompt.text, Giver.PROMPT) for name, prompt in own_prompts.items()}
            notes = (*notes_of_template, *(prompt.note for prompt in own_prompts.values()))
            return replace(draft, own={**draft.own, **prompts}, notes=notes)
        return draft if notes_of_template == draft.notes else replace(draft, notes=notes_of_template)

    @functools.cached_property
    def digest(self) -> str:
        """The digest of everything but the post that decides a document's text."""
        return common_digest(self.library, self.template.digest, self.drafted if self.dated else None)


class Document(NamedTuple):
    """The Word file, the draft in it, and the id that its record gives it."""

    content: bytes
    job_description: JobDescription
    document_id: str


class Inputs(NamedTuple):
    """What decides the text of one document: the post as JSON, the SHA-256 of each of its pictures, by its field, and
    the digest of these and all else."""

    post: PostJson
    pictures: Mapping[str, str]
    digest: str


def common_digest(library: Library, template: str, dated: datetime.date | None) -> str:
    """The digest of what decides the text of many documents: the library, the ``template`` (its SHA-256), and the date
    where the user named it."""
    # By its repr, which has the names of classes and fields: rename one that a library holds, and every document made
    # before counts as made of something else (tests/acceptance/kept/bytes tells).
    return digest(repr(library), template, dated.isoformat() if dated else "", __version__)


def inputs_for(post: Post, common: str, pictures: Pictures = NO_PICTURES) -> Inputs:
    """The inputs of the document of ``post``, which names these ``pictures``; ``common`` is the
    :func:`common_digest`."""
    return _inputs(post_json(post), common, {name: sha256_of(picture.content) for name, picture in pictures.items()})


def inputs_of_texts(post: str, common: str, pictures: Mapping[str, str]) -> Inputs:
    """The same of the ``post`` as a JSON object and the SHA-256 of its ``pictures``, as a record has them."""
    return _inputs(PostJson(post, json.loads(post)), common, pictures)


def _inputs(post: PostJson, common: str, pictures: Mapping[str, str]) -> Inputs:
    first, *others = (pictures.get(name, "") for name in PICTURES)
    # A document without the pictures that posts came to have later has the inputs that it always had.
    return Inputs(post, pictures, digest(post.text, common, first.encode(), *filter(None, others)))


def sha256_of(content: bytes) -> str:
    """By what a record knows the file of a picture."""
    return hashlib.sha256(content).hexdigest()


def make_document(
    post: Post,
    sources: DocumentSources,
    pictures: Pictures = NO_PICTURES,
    inputs: Inputs | None = None,
    document_id: str | None = None,
) -> Document:
    """The document of ``post``. ``inputs`` are what :func:`inputs_for` gives, where that is known already, and
    ``document_id`` is that of a document that it takes the place of; without one, its id comes from its inputs.

    Raises :class:`JdgenError` for choices that the framework does not offer, and a template that cannot be filled.
    """
    part = framework_part(post, sources.library)
    job_description = sources.draft(post, pictures, part)
    inputs = inputs or inputs_for(post, sources.digest, pictures)
    document_id = document_id or _id_by(inputs)
    content = fill(
        sources.template,
        job_description,
        sources.drafted,
        verify=sources.verify,
        deflate=sources.deflate or STANDARD,
        record=recorder(sources, inputs, document_id, job_description=job_description, part=part)
        if sources.recorded
        else None,
        parts=bound_parts(sources.template, part.common, sources.recorded) if sources.many else None,
    )
    return Document(content, _with_notes(job_description, post, sources.template), document_id)


class DocumentParts(NamedTuple):
    """The parts of a document by their names, but for those of its record: the ones that all documents of its template
    share, deflated, and its own; and the record, for which there is a place among them."""

    shared: Mapping[str, Member]
    own_contents: Mapping[str, bytes]
    record: GenerationRecord


def document_parts(
    post: Post,
    sources: DocumentSources,
    pictures: Pictures,
    inputs: Inputs,
    part: FrameworkPart | None = None,
) -> DocumentParts:
    """The document that :func:`make_document` gives, in its parts, for who wants to look at it and not to save it.
    ``part`` is what follows from the framework, where that is known already. Raises :class:`JdgenError` as that
    does."""
    part = part or framework_part(post, sources.library)
    job_description = sources.draft(post, pictures, part)
    blocks = PrintedBlocks(anchor_rows(inputs.digest, part.common))
    contents = own_contents(sources.template, job_description, sources.drafted, verify=sources.verify, blocks=blocks)
    own_parts = {name: in_one_piece(content) for name, content in contents.items()}
    shared_parts = sources.template.recorded.members
    marks = {name: part.mark for name, part in shared_parts.items()} | {
        name: mark_of(part) for name, part in own_parts.items()
    }
    record = GenerationRecord(
        **vars(_facts(sources, inputs, _id_by(inputs), digest_of_marks(marks), job_description)),
        post=inputs.post.values,
        blocks=blocks.blocks,
        notes=tuple(map(without_reason, job_description.notes)),
    )
    return DocumentParts(shared_parts, own_parts, record)


def _id_by(inputs: Inputs) -> str:
    return f"jd-{inputs.digest[:16]}"


def _with_notes(job_description: JobDescription, post: Post, template: CompiledTemplate) -> JobDescription:
    """The draft with a note of each thing that was left out of the template's file, and of an organisation in it that
    is not the post's."""
    notes = [ReviewNote("template file", each.where, f"{each.what}: {each.right}") for each in template.warnings]
    if template.organisation and post.employer and slug(template.organisation) != slug(post.employer):
        text = (
            f"The template prints its own organisation, '{template.organisation}'. The post's employer is "
            f"'{post.employer}'. Take the template of that organisation, or put {{{{ employer }}}} in its place."
        )
        notes.append(ReviewNote("template", "employer", text))
    return replace(job_description, notes=(*job_description.notes, *notes)) if notes else job_description


def without_reason(note: ReviewNote) -> RecordedNote:
    """``note`` as the record has it: it travels with the document, and reasons may be about people."""
    text = note.text.bare if isinstance(note.text, Reasoned) else note.text
    return RecordedNote(note.topic, note.subject, text)


def printed_blocks(job_description: JobDescription, sources: DocumentSources) -> tuple[PrintedBlock, ...]:
    """The blocks that the document of ``job_description`` prints, with their texts, in order; not with its anchors."""
    blocks = PrintedBlocks(ONE_ROW)
    note_blocks(sources.template, job_description, blocks)
    return blocks.blocks


def recorder(
    sources: DocumentSources,
    inputs: Inputs,
    document_id: str,
    *,
    job_description: JobDescription,
    part: FrameworkPart,
) -> Recorder:
    """What records the document of which ``job_description`` is the draft and ``part`` what of it follows from the
    framework."""
    notes = [without_reason(note) for note in job_description.notes]

    def parts(blocks: PrintedBlocks, digest_of_parts: str) -> Mapping[str, Content]:
        facts = _facts(sources, inputs, document_id, digest_of_parts, job_description)
        return record_parts(facts, inputs.post, blocks.pieces, notes, sources.template.kept_properties)

    return Recorder(anchor_rows(inputs.digest, part.common), parts)


def _facts(
    sources: DocumentSources, inputs: Inputs, document_id: str, digest_of_parts: str, job_description: JobDescription
) -> RecordFacts:
    framework, template = sources.library.framework, sources.template
    return RecordFacts(
        document_id=document_id,
        framework=framework.id,
        framework_version=framework.version,
        framework_sha256=framework.sha256,
        template=template_name(template.name),
        template_sha256=template.digest,
        drafted=sources.drafted.isoformat(),
        program=f"jdgen {__version__}",
        inputs=inputs.digest,
        parts=digest_of_parts,
        wording=VERBATIM if sources.library.is_verbatim else ADAPTED,
        dated=DATE_NAMED if sources.dated else "",
        **{**_chart_digest(job_description, template), **inputs.pictures},
        template_texts=template.texts,
    )


def _chart_digest(job_description: JobDescription, template: CompiledTemplate) -> dict[str, str]:
    """The SHA-256 of the chart that a document shows, by its field: by it a later run sees whether somebody has put
    another picture in its place."""
    chart = job_description.organisation_chart
    is_printed = chart is not None and "organisation_chart" in template.printed_fields
    return {"organisation_chart": sha256_of(content_of(chart))} if chart is not None and is_printed else {}
