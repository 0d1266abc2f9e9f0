"""What the document of a record would be today: its blocks, to be compared with the record, and the document."""

from __future__ import annotations

import functools
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from jdgen.document.making import (
    DocumentParts,
    DocumentSources,
    Inputs,
    document_parts,
    inputs_of_texts,
    printed_blocks,
    sha256_of,
)
from jdgen.drafting.block_id import BlockId
from jdgen.drafting.framework_part import FrameworkPart, framework_part, framework_problems
from jdgen.drafting.library import Library
from jdgen.drafting.model import NO_PICTURES, Picture, Pictures
from jdgen.drafting.named_parts import former_notes
from jdgen.drafting.review_notes import STALE, ReviewNote
from jdgen.errors import JdgenError
from jdgen.post.fields import PICTURES
from jdgen.post.model import Post
from jdgen.post.values import values_json, without_reasons
from jdgen.record.model import VERBATIM, GenerationRecord, PrintedBlock
from jdgen.record.writing import parts_with
from jdgen.revision.fresh_sources import FreshSources, post_of_record
from jdgen.revision.moving import find_moved_blocks
from jdgen.revision.pairing import are_alike, pairs_of
from jdgen.word.file import File
from jdgen.word.writing import in_one_piece
from jdgen.words import comparable
from jdgen.zips import PackageError

# What the post of a record says of its framework, held against a newer version.
#
# The post is in the document's record and in nobody's hands, so nobody could mend it there. Whatever it names was
# offered once: drafting leaves out what is there no more, and says so in notes, as it does for a post file.


def library_for_record(library: Library, post: Post, blocks: Sequence[PrintedBlock]) -> Library:
    """``library``, knowing what ``post`` names as parts that the framework had, if it has one of them no more.
    ``blocks`` are what the document of the post printed: they have the titles of headings."""
    heading_ids = {heading.id for heading in library.specialism.headings}
    gone_headings = [duty.heading for duty in post.added_duties if duty.heading not in heading_ids]
    if not gone_headings and not framework_problems(post, library):
        return library  # the same one, so that what was made of it for other documents serves for this one
    titles: Mapping[str, str] = {block.id.owner: block.text for block in blocks if block.id.is_heading}
    choices = (post.role_category, post.entry_route, *post.specialist_competences)
    names = {name: name for name in choices if name is not None}
    headings = {heading: titles[heading] for heading in gone_headings if heading in titles}
    return replace(library, former={**library.former, **names, **headings})


def _stale_lines(notes: Iterable[ReviewNote], printed_fields: Container[str]) -> tuple[str, ...]:
    """What notes say of things that no longer fit, as lines, where a document prints the fields ``printed_fields``."""
    return tuple(
        f"{note.subject}: {note.text}" for note in notes if note.topic == STALE and note.concerns(printed_fields)
    )


def in_own_words(unprinted: Sequence[str], blocks: Sequence[PrintedBlock]) -> frozenset[BlockId]:
    """The ids of ``blocks`` that were printed in the post's own words for duties that are there no more."""
    if not unprinted:
        return frozenset()
    return frozenset(block.id for block in blocks if {block.id, block.id.family}.intersection(unprinted))


@dataclass(frozen=True)
class FreshDocument:
    """How a document would be made today. ``is_same`` says that all that decides its text is as it was; ``pictures``
    are those of the post's own that are at hand. ``stale_lines`` says what no longer fits the framework, of its post
    and of what is added to the framework, and ``renamed`` what of its post is called otherwise now. ``own_blocks`` are
    those that were printed in the post's words for a duty that is there no more. ``part`` is what follows from the
    framework, where something is not as it was."""

    post: Post
    sources: DocumentSources
    inputs: Inputs
    is_same: bool
    is_other_template: bool
    pictures: Pictures
    stale_lines: tuple[str, ...] = ()
    own_blocks: frozenset[BlockId] = frozenset()
    part: FrameworkPart | None = None
    renamed: tuple[str, ...] = ()

    @property
    def former(self) -> Mapping[str, tuple[str, ...]]:
        """The names that headings of the framework had, by their ids."""
        return {row.id: row.former for row in self.sources.library.specialism.rows if row.former}

    @functools.cached_property
    def blocks(self) -> tuple[PrintedBlock, ...]:
        """What it would print. Raises :class:`JdgenError` as drafting and filling do."""
        return printed_blocks(self.sources.draft(self.post, self.pictures, self.part), self.sources)


@dataclass(frozen=True)
class Remade:
    """A document made anew of ``today``, in its ``parts``."""

    today: FreshDocument
    parts: DocumentParts

    @property
    def record(self) -> GenerationRecord:
        """Its record, which is in no part yet."""
        return self.parts.record

    @functools.cached_property
    def file(self) -> File:
        """The Word file but for the record, parsed when somebody first asks: a document in which texts are only worded
        otherwise needs none of it. Raises :class:`JdgenError` where the template gives a damaged one."""
        today, file = self.today, File.of_members(self.parts.shared).with_parts(self.parts.own_contents)
        try:
            for part in today.sources.template.printed_parts:
                file.tree(part)  # which whoever looks at it needs
        except PackageError:
            # Verified, it says what is wrong with the template.
            document_parts(today.post, today.sources, today.pictures, today.inputs, today.part)
            raise
        return file

    def record_under(self, document_id: str) -> GenerationRecord:
        """Its record, under the id of the document whose place it takes."""
        return replace(self.record, document_id=document_id)

    def written_with(self, record: GenerationRecord) -> bytes:
        """The Word file with ``record`` inside."""
        record_parts = parts_with(record, self.today.sources.template.kept_properties)
        return self.file.with_parts({name: in_one_piece(content) for name, content in record_parts.items()}).to_bytes()


@dataclass(frozen=True)
class Differences:
    """The ids of blocks that are printed in other words, no longer, for the first time, and elsewhere.

    ``edition`` says that the framework calls its version otherwise, which a document names even where it prints nothing
    else that changed.
    """

    reworded: tuple[BlockId, ...] = ()
    withdrawn: tuple[BlockId, ...] = ()
    new: tuple[BlockId, ...] = ()
    moved: tuple[BlockId, ...] = ()
    edition: bool = False

    @property
    def of_blocks(self) -> bool:
        """Whether a block is printed otherwise."""
        return bool(self.reworded or self.withdrawn or self.new or self.moved)

    def of_capitals_alone(self, old: Iterable[PrintedBlock], new: Iterable[PrintedBlock]) -> bool:
        """Whether headings in other capitals are all that differs between these blocks: an organisation chooses those,
        and no framework has changed."""
        others = (*self.withdrawn, *self.new, *self.moved)
        if others or self.edition or not all(name.is_heading for name in self.reworded):
            return False
        reworded = frozenset(self.reworded)
        before, after = (
            {block.id: comparable(block.text).casefold() for block in blocks if block.id in reworded}
            for blocks in (old, new)
        )
        return before == after

    def __bool__(self) -> bool:
        return self.of_blocks or self.edition


def fresh_document_of(
    record: GenerationRecord, fresh_sources: FreshSources, name: str, pictures: Pictures = NO_PICTURES
) -> FreshDocument:
    """How the document of ``record``, called ``name`` in messages, would be made today, with its ``pictures``.

    Raises :class:`JdgenError` where something that it is made of is not here.
    """
    recorded_post = post_of_record(record, name)
    post = fresh_sources.post_today(record, recorded_post)
    sources = fresh_sources.document_sources(record, post, record.wording == VERBATIM)
    values = {**without_reasons(record.post), **_renamed_values(recorded_post, post)}
    inputs = inputs_of_texts(values_json(values), sources.digest, record.pictures)
    digests = [inputs.digest]
    if values != record.post and post is recorded_post:  # an earlier form counted the reasons among the inputs
        digests.append(inputs_of_texts(values_json(record.post), sources.digest, record.pictures).digest)
    is_other = record.template_sha256 != sources.template.digest
    if record.inputs in digests:
        return FreshDocument(post, sources, inputs, True, is_other, pictures)
    library = library_for_record(sources.library, post, record.blocks)
    if library is not sources.library:
        sources = replace(sources, library=library)
    part = framework_part(post, library)
    own_blocks = in_own_words(part.unprinted, record.blocks)
    stale_lines = _stale_lines(part.notes, sources.template.printed_fields)
    new_names = tuple(_renamed_lines(recorded_post, post, library))
    return FreshDocument(post, sources, inputs, False, is_other, pictures, stale_lines, own_blocks, part, new_names)


def _renamed_values(recorded_post: Post, post: Post) -> dict[str, str]:
    """What of a post is called otherwise than its record has it."""
    values = {"specialism": (recorded_post.specialism, post.specialism), "level": (recorded_post.level, post.level)}
    return {name: new for name, (old, new) in values.items() if new is not None and old != new}


def _renamed_lines(recorded_post: Post, post: Post, library: Library) -> Iterator[str]:
    """The same in words, and the headings of its own duties that are called otherwise now."""
    for name, new in _renamed_values(recorded_post, post).items():
        title = library.specialism.title if name == "specialism" else new
        yield f"{name}: '{getattr(recorded_post, name)}' is called '{title}' now"
    yield from (f"{note.subject}: {note.text}" for note in former_notes(post, library))


def in_its_own_template(
    today: FreshDocument, record: GenerationRecord, fresh_sources: FreshSources
) -> tuple[Remade, ...]:
    """The document as the very template prints it today that it was made with; nothing where that is not at hand."""
    try:
        template = fresh_sources.template_of(record)
        if template is None:
            return ()
        document = remade(replace(today, sources=replace(today.sources, template=template)))
        _ = document.file  # which may be damaged
        return (document,)
    except JdgenError:
        return ()


def remade(today: FreshDocument) -> Remade:
    """The document. Raises :class:`JdgenError` as drafting and filling do."""
    sources = replace(today.sources, verify=False)
    return Remade(today, document_parts(today.post, sources, today.pictures, today.inputs, today.part))


def differences(
    record: GenerationRecord, today: FreshDocument, blocks: Callable[[], tuple[PrintedBlock, ...]] | None = None
) -> Differences:
    """What the document of ``record`` would print otherwise today: its ``blocks`` of today, where they are at hand.

    Raises :class:`JdgenError` as drafting does.
    """
    if today.is_same:
        return Differences()
    old, new = record.blocks, blocks() if blocks else today.blocks
    pairs = pairs_of(old, new, today.former)
    elsewhere = find_moved_blocks(old, new, pairs)
    as_good = today.sources.library.prompts.as_good
    was: Mapping[BlockId, str] = {block.id: block.text for block in old}
    old_ids = set(pairs.values())

    def is_reworded(text: str, other: str) -> bool:
        return text != other and not are_alike(_as_today(text, as_good), other)

    return Differences(
        reworded=tuple(
            block.id for block in new if block.id in pairs and is_reworded(was[pairs[block.id]], block.text)
        ),
        withdrawn=tuple(block.id for block in old if block.id not in old_ids),
        new=tuple(block.id for block in new if block.id not in pairs),
        moved=tuple(block.id for block in new if block.id in elsewhere),
        edition=record.framework_version != today.sources.library.framework.version,
    )


def _as_today(text: str, as_good: Mapping[str, str]) -> str:
    for before, today in as_good.items():
        text = text.replace(before, today)
    return text


# Pictures of the organisation's own, taken from a document that shows them: their own files may be far away or gone.

_MEDIA = "word/media/"


def pictures_lost(file: File, record: GenerationRecord, fields: Container[str]) -> tuple[str, ...]:
    """The ``fields`` whose pictures a document was made with and does not hold any more, drawn or the post's own:
    somebody has put another in its place, or a program has saved it in another form."""
    media = _media(file)
    fields_with_picture = (
        name for name in PICTURES if name in fields and (getattr(record, name) or name in record.post)
    )
    return tuple(name for name in fields_with_picture if getattr(record, name) not in media)


def pictures_in(file: File, record: GenerationRecord) -> Pictures:
    """The pictures of the post's own that a document was made with, where a part of it still holds that very file."""
    if not record.pictures:
        return NO_PICTURES
    media = _media(file)
    descriptions = {name: _description(record.post.get(name)) for name in record.pictures}
    return {
        name: Picture(media[sha], descriptions[name])
        for name, sha in record.pictures.items()
        if sha in media and descriptions[name]
    }


def _media(file: File) -> Mapping[str, bytes]:
    """The pictures in a document, by their SHA-256."""
    contents = (file.content(part) for part in file if part.startswith(_MEDIA))
    return {sha256_of(content): content for content in contents}


def _description(picture: object) -> str:
    description = picture.get("description") if isinstance(picture, Mapping) else None
    return description if isinstance(description, str) else ""
