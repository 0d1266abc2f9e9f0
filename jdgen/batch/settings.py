"""How a batch is made."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from jdgen.file_names import DEFAULT_PATTERN, file_name, name_fields
from jdgen.post.entries import PostEntries
from jdgen.post.model import Post

#: Documents at the start of a batch that are parsed strictly after filling; with ``verify`` all are.
VERIFIED = 100


@dataclass(frozen=True)
class BatchSettings:
    """Templates (their files), where to, by which names, and in what manner.

    ``given`` are entries for every post whose row does not have its own. ``archive`` collects the documents in one
    zip file instead of a folder. ``dated`` says that the user named the date.
    """

    templates: tuple[Path, ...]
    output: Path
    drafted: datetime.date
    dated: bool = False
    pattern: str = DEFAULT_PATTERN
    given: PostEntries | None = None
    verbatim: bool = False
    overwrite: bool = False
    dry_run: bool = False
    verify: bool = False
    archive: Path | None = None
    jobs: int = 1
    recorded: bool = True


def document_path(post: Post, template: Path, settings: BatchSettings, level: str) -> Path:
    """Where the document of ``post`` in ``template`` goes; its name in the archive, where there is one. ``level``
    is what :func:`jdgen.drafting.levels.level_name` gives."""
    name = file_name(settings.pattern, name_fields(post, template.stem, settings.drafted, level))
    return Path(name) if settings.archive else settings.output / name
