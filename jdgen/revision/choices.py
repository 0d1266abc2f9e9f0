"""What the post of a record says of its framework, held against a newer version.

The post is in the document's record and in nobody's hands, so nobody could mend it there. Whatever it names was offered
once: drafting leaves out what is there no more, and says so in notes, as it does for a post file.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from jdgen.drafting.framework_part import framework_problems
from jdgen.drafting.library import Library
from jdgen.drafting.model import STALE, ReviewNote
from jdgen.post.model import Post
from jdgen.record.model import PrintedBlock
from jdgen.revision.pairing import family


def library_for_record(library: Library, post: Post, blocks: Sequence[PrintedBlock]) -> Library:
    """``library``, knowing what ``post`` names as parts that the framework had, if it has one of them no more.
    ``blocks`` are what the document of the post printed: they have the titles of headings."""
    known = {heading.id for heading in library.specialism.headings}
    lost = [added.heading for added in post.added_duties if added.heading not in known]
    if not lost and not framework_problems(post, library):
        return library  # the same one, so that what was made of it for other documents serves for this one
    titles = {block.id.removesuffix(".title"): block.text for block in blocks if block.id.endswith(".title")}
    chosen = (post.role_category, post.entry_route, *post.specialist_competences)
    names = {name: name for name in chosen if name is not None}
    headings = {heading: titles[heading] for heading in lost if heading in titles}
    return replace(library, former={**library.former, **names, **headings})


def told(notes: Iterable[ReviewNote], printed: Container[str]) -> tuple[str, ...]:
    """What notes say of things that no longer fit, as lines, where a document prints the fields ``printed``."""
    return tuple(f"{note.subject}: {note.text}" for note in notes if note.topic == STALE and note.concerns(printed))


def in_own_words(unprinted: Sequence[str], blocks: Sequence[PrintedBlock]) -> frozenset[str]:
    """The ids of ``blocks`` that were printed in the post's own words for duties that are there no more."""
    return frozenset(block.id for block in blocks if {block.id, family(block.id)}.intersection(unprinted))
