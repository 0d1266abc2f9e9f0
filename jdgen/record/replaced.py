"""The id of a document that another takes the place of: made anew under its name, it is still the same document."""

from __future__ import annotations

from pathlib import Path

from jdgen.errors import JdgenError
from jdgen.post.model import Post
from jdgen.reading.content import content_of
from jdgen.record.copies import written_record
from jdgen.record.model import GenerationRecord, template_name
from jdgen.record.reading import record_of


def replaced_id(path: Path, post: Post, template: str) -> str | None:
    """The id of the document at ``path``, where it is of the same post and template as the one that is to replace it;
    else nothing.

    A post is told by its reference, or, where one of the two has none, by its title: bands, purposes and bases change
    while a post stays the same.
    """
    try:
        content = content_of(path)
    except JdgenError:  # nothing there, or nothing that may be read
        return None
    record = written_record(content) or record_of(content)[0]
    return record.document_id if record is not None and _is_of(record, post, template) else None


def _is_of(record: GenerationRecord, post: Post, template: str) -> bool:
    if template_name(record.template).casefold() != template_name(template).casefold():
        return False
    name = "reference" if post.reference and record.post.get("reference") else "title"
    return _plain(record.post.get(name)) == _plain(getattr(post, name))


def _plain(text: object) -> str:
    return " ".join(str(text).split()).casefold()
