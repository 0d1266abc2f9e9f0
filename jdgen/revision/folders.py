"""The Word files of folders, however deep."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jdgen.drafting.block_id import BlockId
from jdgen.errors import JdgenError, Problem, list_words
from jdgen.files import content_of
from jdgen.record.finding import KeptRecords
from jdgen.record.model import GenerationRecord
from jdgen.record.reading import FoundRecord, Handling, RecordOrigin, paragraphs
from jdgen.word.file import File
from jdgen.word.opening import open_document
from jdgen.workspace import is_file, is_folder

# What Word writes beside a file that somebody has open.
_OPEN = "~$"
_DOCX = ".docx"
#: Other kinds of files in which a document may be; of one in a folder it is said what it must be saved as.
_OTHER_KINDS = frozenset({".doc", ".docm", ".odt", ".rtf"})
#: Kinds whose content is like that of a .docx file, so that only their name tells them; of others their content does.
_LIKE_DOCX = frozenset({".docm", ".dotm", ".dotx"})
#: What else may be in a folder of which somebody thinks that it holds documents.
_NO_DOCUMENTS = frozenset({".dot", ".dotm", ".dotx", ".ott", ".pdf", ".zip"})


class WordFile(NamedTuple):
    """A Word file, and its path relative to the place in which it was found; ``is_named`` says that it is such a place
    itself. What can be seen without reading it, of a file or of a folder that may not be looked into, is a
    ``problem``."""

    path: Path
    relative: Path
    is_named: bool = False
    problem: Problem | None = None


def word_files(places: Iterable[Path]) -> tuple[WordFile, ...]:
    """Each Word file of ``places``, which are files and folders.

    Links to other folders are not followed. Raises :class:`JdgenError` with each place that is not there, or with each
    folder that holds none where there is none at all.
    """
    files: dict[Path, WordFile] = {}
    problems: list[Problem] = []
    empty: list[WordFile] = []
    for place in places:
        if is_folder(place):
            files_inside = tuple(_in(place))
            empty += () if files_inside else (WordFile(place, Path(place.name), problem=_empty(place)),)
            for file in files_inside:
                files.setdefault(file.path, file)
        elif is_file(place):
            kind = place.suffix.lower()
            problem = _of_kind(place, kind) if kind in _LIKE_DOCX else None
            files[place] = WordFile(place, Path(place.name), is_named=True, problem=problem)
        else:
            problems.append(_absent(place))
    if problems or not files:
        raise JdgenError((*problems, *(each.problem for each in empty if each.problem)))
    return (*files.values(), *empty)


def _in(folder: Path) -> Iterator[WordFile]:
    unread: list[OSError] = []
    files: list[WordFile] = []
    for here, _, names in os.walk(folder, onerror=unread.append):
        for name in names:
            path, kind = Path(here, name), Path(name).suffix.lower()
            if (kind == _DOCX or kind in _OTHER_KINDS) and not name.startswith(_OPEN) and is_file(path):
                problem = None if kind == _DOCX else _of_kind(path, kind)
                files.append(WordFile(path, path.relative_to(folder), problem=problem))
    for error in unread:
        path = Path(error.filename)
        what = f"this folder cannot be looked into ({error.strerror})"
        problem = Problem(str(path), what, "have somebody let you read it")
        files.append(WordFile(path, path.relative_to(folder), problem=problem))
    yield from sorted(files)


def _of_kind(path: Path, kind: str) -> Problem:
    return Problem(str(path), f"is a {kind} file", f"save it as {_DOCX}")


def _absent(place: Path) -> Problem:
    try:
        place.stat()
    except PermissionError as error:
        return Problem(str(place), f"cannot be looked at ({error.strerror})", "have somebody let you read it")
    except (OSError, ValueError):
        pass
    return Problem(str(place), "there is no such file or folder", "name one that is there")


def _empty(folder: Path) -> Problem:
    """That a folder holds no document, and what else it holds."""
    suffixes = (Path(name).suffix.lower() for _, _, names in os.walk(folder) for name in names)
    kinds = Counter(kind for kind in suffixes if kind in _NO_DOCUMENTS)
    others = list_words(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    what = f"there is no Word document ({_DOCX}) in this folder{f', only {others}' if others else ''}"
    return Problem(str(folder), what, "name a folder with documents in it, or save them as .docx")


# Reading a document of jdgen's from the disk, wherever it has been moved to.


@dataclass(frozen=True)
class RecordedDocument:
    """A document with its record: what has happened to it since, its paragraphs now, and the printed blocks that are
    in it no more. ``origin`` says where the record was found."""

    name: str
    record: GenerationRecord
    handling: Handling
    paragraphs: tuple[str, ...]
    changed_blocks: tuple[BlockId, ...]
    origin: RecordOrigin


def read_document(path: Path, records: KeptRecords) -> RecordedDocument:
    """The document at ``path``. Raises :class:`JdgenError` for what is no Word document, and one without a record."""
    name = str(path)
    content = content_of(path, right="name a .docx file")
    file = open_document(content, name)
    found_record = find_recorded(file, name, records)
    return RecordedDocument(
        name,
        found_record.record,
        found_record.handling,
        tuple(paragraphs(file)),
        found_record.edited_blocks,
        found_record.origin,
    )


def find_recorded(file: File, name: str, records: KeptRecords) -> FoundRecord:
    """The record of a document, called ``name`` in messages: its own, or the copy that is ``records`` of it.

    Raises :class:`JdgenError` where there is neither.
    """
    found_record = records.record_of(file, name)
    if isinstance(found_record, Problem):
        raise JdgenError(found_record)
    return found_record
