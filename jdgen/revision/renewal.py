"""Many documents brought up to date, and written to a folder of their own: the files of people stay as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jdgen.errors import JdgenError, Problem
from jdgen.kept_records.keeping import Keeper
from jdgen.reading.content import content_of
from jdgen.record.copies import copy_of
from jdgen.record.reading import record_of
from jdgen.revision.folders import word_files
from jdgen.revision.leftovers import leftovers
from jdgen.revision.materials import Materials
from jdgen.revision.regeneration import Manner, Regenerated, regenerate
from jdgen.saving import refuse_existing, save


@dataclass(frozen=True)
class Renewed:
    """What became of one file: what was made of it and where it was written, or the problems that kept it from it."""

    source: Path
    result: Regenerated | None = None
    written: Path | None = None
    leftovers: Path | None = None
    problems: tuple[Problem, ...] = ()


def renew(
    places: Sequence[Path],
    materials: Materials,
    manner: Manner,
    folder: Path,
    *,
    keeper: Keeper,
    overwrite: bool = False,
) -> Iterator[Renewed]:
    """Bring the documents of ``places`` up to date, one after the other, in ``folder`` under their own names; copies of
    their new records go to ``keeper``.

    One that cannot be is told, and does not stop the others. Raises :class:`JdgenError` before anything is written for
    places that are not there, and for files that would be written twice.
    """
    files = word_files(places)
    if not any(place.resolve() == folder.resolve() for place in places):
        # What an earlier run wrote into a folder within is nobody's document.
        files = [(path, relative) for path, relative in files if not path.resolve().is_relative_to(folder.resolve())]
    _refuse_twice(files, folder)
    return (
        _renewed(path, folder / relative, materials, manner, keeper=keeper, overwrite=overwrite)
        for path, relative in files
    )


def _renewed(
    path: Path, target: Path, materials: Materials, manner: Manner, *, keeper: Keeper, overwrite: bool
) -> Renewed:
    try:
        result = regenerate(content_of(path), str(path), materials, manner)
        if result.content is None:
            return Renewed(path, result)
        rest = leftovers(result)
        beside = target.with_name(f"{target.stem}-unplaced{target.suffix}") if rest else None
        for each in (target, beside):
            if each is not None and not overwrite:
                refuse_existing(each)
        # What is left over first: a document is never there without it.
        if rest is not None and beside is not None:
            save(rest, beside, overwrite)
        save(result.content, target, overwrite)
        record, _ = record_of(result.content)
        keeper.keep(copy_of(record) if record else None)
        # The file is on the disk; thousands of them need not stay in memory.
        return Renewed(path, replace(result, content=None), target, beside)
    except JdgenError as error:
        return Renewed(path, problems=error.problems)


def _refuse_twice(files: Sequence[tuple[Path, Path]], folder: Path) -> None:
    # Some file systems hold capital and small letters for the same.
    count = Counter(str(relative).casefold() for _, relative in files)
    problems = [
        Problem(str(path), f"would be written to {folder / relative}, as another would", "name one folder at a time")
        for path, relative in files
        if count[str(relative).casefold()] > 1
    ]
    if problems:
        raise JdgenError(problems)
