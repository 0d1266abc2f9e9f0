"""What the document of a record would be today: its blocks, to be compared with the record, and the document."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jdgen.documents import Inputs, Making, inputs_of_texts, make_document, printed_blocks
from jdgen.drafting.framework_part import framework_part
from jdgen.drafting.model import Picture
from jdgen.errors import JdgenError
from jdgen.post.model import Post
from jdgen.post.values import values_json, without_reasons
from jdgen.record.model import VERBATIM, GenerationRecord, PrintedBlock
from jdgen.record.reading import record_of
from jdgen.record.text import normalised
from jdgen.revision.choices import in_own_words, library_for_record, told
from jdgen.revision.materials import Materials, post_of_record
from jdgen.revision.order import moved
from jdgen.revision.pairing import pairs_of


@dataclass(frozen=True)
class Prospect:
    """How a document would be made today. ``is_same`` says that all that decides its text is as it was; ``picture`` is
    the organisation's picture, where it is at hand. ``lost`` says what no longer fits the framework, of its post and of
    what is added to the framework, and ``own`` are blocks that were printed in the post's words for a duty that is
    there no more."""

    post: Post
    making: Making
    inputs: Inputs
    is_same: bool
    is_other_template: bool
    picture: Picture | None = None
    lost: tuple[str, ...] = ()
    own: frozenset[str] = frozenset()

    @functools.cached_property
    def blocks(self) -> tuple[PrintedBlock, ...]:
        """What it would print. Raises :class:`JdgenError` as drafting and filling do."""
        return printed_blocks(self.making.draft(self.post, self.picture), self.making)


@dataclass(frozen=True)
class Remade:
    """A document made anew, and the record in it."""

    content: bytes
    record: GenerationRecord


@dataclass(frozen=True)
class Differences:
    """The ids of blocks that are printed in other words, no longer, for the first time, and elsewhere.

    ``edition`` says that the framework calls its version otherwise, which a document names even where it prints nothing
    else that changed.
    """

    reworded: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    edition: bool = False

    @property
    def of_blocks(self) -> bool:
        """Whether a block is printed otherwise."""
        return bool(self.reworded or self.withdrawn or self.new or self.moved)

    def __bool__(self) -> bool:
        return self.of_blocks or self.edition


def prospect_of(record: GenerationRecord, materials: Materials, name: str, picture: Picture | None = None) -> Prospect:
    """How the document of ``record``, called ``name`` in messages, would be made today, with its ``picture``.

    Raises :class:`JdgenError` where something that it is made of is not here.
    """
    post = post_of_record(record, name)
    making = materials.making(record, post, record.wording == VERBATIM)
    inputs, *earlier = (
        inputs_of_texts(values_json(values), making.digest, record.picture)
        for values in (without_reasons(record.post), record.post)  # an earlier form counted the reasons among them
    )
    is_other = record.template_sha256 != making.template.digest
    if record.inputs in (inputs.digest, *(one.digest for one in earlier)):
        return Prospect(post, making, inputs, True, is_other, picture)
    library = library_for_record(making.library, post, record.blocks)
    if library is not making.library:
        making = replace(making, library=library)
    part = framework_part(post, library)
    own = in_own_words(part.unprinted, record.blocks)
    return Prospect(
        post, making, inputs, False, is_other, picture, told(part.notes, making.template.printed_fields), own
    )


def in_its_own_template(prospect: Prospect, record: GenerationRecord, materials: Materials) -> tuple[bytes, ...]:
    """The document as the very template prints it today that it was made with; nothing where that is not at hand."""
    try:
        template = materials.template_of(record)
        if template is None:
            return ()
        making = replace(prospect.making, template=template, recorded=False)
        return (make_document(prospect.post, making, prospect.picture).content,)
    except JdgenError:
        return ()


def remade(prospect: Prospect) -> Remade:
    """The document. Raises :class:`JdgenError` as drafting and filling do."""
    content = make_document(prospect.post, prospect.making, prospect.picture, prospect.inputs).content
    record, _ = record_of(content)
    assert record is not None, "every document has its record"
    return Remade(content, record)


def differences(record: GenerationRecord, prospect: Prospect) -> Differences:
    """What the document of ``record`` would print otherwise today. Raises :class:`JdgenError` as drafting does."""
    if prospect.is_same:
        return Differences()
    old, new = record.blocks, prospect.blocks
    pairs = pairs_of(old, new)
    elsewhere = moved(old, new, pairs)
    was: Mapping[str, str] = {block.id: normalised(block.text) for block in old}
    kept = set(pairs.values())
    return Differences(
        reworded=tuple(one.id for one in new if one.id in pairs and was[pairs[one.id]] != normalised(one.text)),
        withdrawn=tuple(block.id for block in old if block.id not in kept),
        new=tuple(block.id for block in new if block.id not in pairs),
        moved=tuple(block.id for block in new if block.id in elsewhere),
        edition=record.framework_version != prospect.making.library.framework.version,
    )
