"""The template that a document was made with, looked for in a workspace: its record has the name and the digest of the
file, and says nothing of where it was."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from jdgen.drafting.loading import shown
from jdgen.record.model import GenerationRecord, template_name
from jdgen.word_file.opening import BOUNDS
from jdgen.workspace import Workspace, is_file

_FOLDER = "templates"
# What was shipped before, by the first digits of its digest.
_EARLIER = f"{_FOLDER}/earlier"
# How a path begins that leads to another machine.
_ELSEWHERE = ("//", "\\\\")


def template_file(record: GenerationRecord, workspace: Workspace) -> Path | None:
    """The template file to make the document of ``record`` with today; nothing where it is not here.

    The organisation's own file of that name goes first, since it may have been renewed; then the very file under
    another name; then what is shipped by that name.
    """
    own = (workspace.root / _FOLDER / _name(record), workspace.root / _name(record))
    named = next(filter(is_file, own), None)
    return named or same_template(record, workspace) or workspace.file(_FOLDER, _name(record))


def same_template(record: GenerationRecord, workspace: Workspace) -> Path | None:
    """The very template that the document of ``record`` was made with, whatever its name is now; nothing where it is
    not here. It is known by its digest."""
    return next((path for path in _places(record, workspace) if _digest(path) == record.template_sha256), None)


def name_for(path: Path, record: GenerationRecord) -> str:
    """What the template at ``path`` is called in the documents of ``record`` and in messages: what was shipped before
    keeps its name."""
    return template_name(record.template) if path.parent.name == Path(_EARLIER).name else shown(path)


def _places(record: GenerationRecord, workspace: Workspace) -> Iterator[Path]:
    yield from filter(is_file, (workspace.root / _FOLDER / _name(record), workspace.root / _name(record)))
    # An earlier form of the record has a path. It comes with a file that anybody may have made, so only a file
    # that is what the record says is taken from there, and no other machine is asked for one.
    path = Path(record.template)
    if path.name != record.template and not record.template.startswith(_ELSEWHERE) and is_file(path):
        yield path
    yield from workspace.files(_FOLDER, "*.docx")
    # What was shipped before: a document is not out of date because jdgen was.
    yield from workspace.files(_EARLIER, "*.docx")


def _name(record: GenerationRecord) -> str:
    return template_name(record.template)


def _digest(path: Path) -> str:
    """The SHA-256 of the file; '' for what is too large, or cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.stat().st_size <= BOUNDS.file else ""
    except OSError:
        return ""
