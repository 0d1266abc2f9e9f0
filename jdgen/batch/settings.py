"""How a batch is made."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from jdgen.file_names import DEFAULT_PATTERN, file_name, name_fields
from jdgen.post.entries import PostEntries
from jdgen.post.model import Post
from jdgen.replacing import Allowed

#: Documents at the start of a batch that are parsed strictly after filling; with ``verify`` all are.
VERIFIED = 100


@dataclass(frozen=True)
class BatchSettings:
    """Templates (their files), where to, by which names, and in what manner.

    ``given`` are entries for every post whose row does not have its own. ``archive`` collects the documents in one
    zip file instead of a folder. ``verbatim`` is whether the framework's wording is left as published; where it is not
    said, each template says it. ``dated`` says that the user named the date. ``overwrite`` lets an archive be replaced
    that is as jdgen wrote it, and ``discard_edits`` with it also whatever somebody has worked on.
    """

    templates: tuple[Path, ...]
    output: Path
    drafted: datetime.date
    dated: bool = False
    pattern: str = DEFAULT_PATTERN
    given: PostEntries | None = None
    verbatim: bool | None = None
    overwrite: bool = False
    discard_edits: bool = False
    dry_run: bool = False
    verify: bool = False
    archive: Path | None = None
    jobs: int = 1
    recorded: bool = True

    @property
    def allowed(self) -> Allowed:
        """What may be written over."""
        return Allowed(self.overwrite, self.discard_edits)


def document_path(post: Post, template: Path, settings: BatchSettings, level: str) -> Path:
    """Where the document of ``post`` in ``template`` goes; its name in the archive, where there is one. ``level``
    is what :func:`jdgen.drafting.levels.level_name` gives."""
    name = file_name(settings.pattern, name_fields(post, template.stem, settings.drafted, level))
    return Path(name) if settings.archive else settings.output / name
