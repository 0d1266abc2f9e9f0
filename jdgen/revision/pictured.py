"""The organisation's picture, taken from a document that shows it: its own file may be far away or gone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from jdgen.drafting.model import Picture
from jdgen.record.model import GenerationRecord

_FIELD, _MEDIA = "picture", "word/media/"


def is_pictured(record: GenerationRecord) -> bool:
    """Whether a document was made with a picture."""
    return bool(record.picture) or _FIELD in record.post


def picture_in(parts: Mapping[str, bytes], record: GenerationRecord) -> Picture | None:
    """The picture that a document was made with, where a part of it still holds that very file."""
    described = record.post.get(_FIELD)
    description = described.get("description") if isinstance(described, dict) else None
    if not record.picture or not isinstance(description, str):
        return None
    media = (content for name, content in parts.items() if name.startswith(_MEDIA))
    found = next((content for content in media if hashlib.sha256(content).hexdigest() == record.picture), None)
    return Picture(found, description) if found is not None else None
