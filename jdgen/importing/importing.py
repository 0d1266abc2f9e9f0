"""A published framework to a framework file: pure, from the content of one file to the contents of others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from jdgen.bands import AFC
from jdgen.errors import JdgenError, Problem
from jdgen.framework.loading import framework_of
from jdgen.framework.model import Framework, Specialism
from jdgen.framework.transcription import transcription_problems
from jdgen.importing.carrying import carried_competences, with_known_competences
from jdgen.importing.chapter import Chapter, chapter
from jdgen.importing.doubts import Doubt
from jdgen.importing.grid import Place, Publication
from jdgen.importing.pages import pages
from jdgen.importing.parts import plain
from jdgen.importing.reading import publication
from jdgen.importing.rows import Table, tables
from jdgen.importing.writing import framework_yaml
from jdgen.reading.yaml_file import parse_yaml
from jdgen.scales import Scale, levels_listed

_NOT_STATED = "Not stated in the source."


@dataclass(frozen=True)
class About:
    """What the importer says of the framework: its id and version, and what its tables do not tell.

    ``scale`` is that of its levels, where they are neither bands nor those of an earlier version. ``reviewed`` says
    that a person has held what is read from a PDF against it.
    """

    id: str
    version: str
    title: str | None = None
    publisher: str | None = None
    licence: str | None = None
    reviewed: bool = False
    scale: Scale | None = None


@dataclass(frozen=True)
class Imported:
    """A framework that was read: the text of its file, its source text, and what a person must look at.

    ``accepted`` is false where a person has to look first; then the file is not to be used.
    """

    framework: Framework
    text: str
    source: bytes
    doubts: tuple[Doubt, ...]
    accepted: bool


def import_framework(content: bytes, name: str, about: About, earlier: Framework | None, out: str) -> Imported:
    """Read the published framework in ``content``, a file called ``name``, for a framework file called ``out``.

    ``earlier`` is an earlier version: its ids are kept, and what tables cannot give is taken from it where the
    publication still says it. Raises :class:`JdgenError` with the problems of all specialisms.
    """
    scale = about.scale or (earlier.scale if earlier else AFC)
    read = publication(content, name, scale)
    found = tables(read.grids, scale)
    if not found:
        raise JdgenError(_no_table(name, scale))
    chapters = _chapters(found, read, earlier)
    framework, left_out = _framework(read, chapters, about, earlier)
    text = framework_yaml(framework, read.columns)
    # What was written is what will be read: its form and its sense are checked as any framework file's are.
    framework = framework_of(parse_yaml(text.encode(), out))
    unlike = [
        Doubt(str(problem), Place("", "", "", out)) for problem in transcription_problems(framework, read.source, out)
    ]
    doubts = (*(doubt for one in chapters for doubt in one.doubts), *left_out, *_guessed(read, scale), *unlike)
    return Imported(framework, text, read.source, doubts, about.reviewed or not read.drawn)


def _no_table(name: str, scale: Scale) -> Problem:
    named = "6, 7, 8A" if scale == AFC else levels_listed(scale.levels)
    right = f"name a file whose tables have a column for each {scale.word} (in a PDF, with lines round the cells)"
    if scale == AFC:
        right += ", or name its levels, if they are not bands, with --levels"
    return Problem(name, f"has no table with a row of {scale.words}, such as {named}", right)


def _chapters(found: Sequence[Table], read: Publication, earlier: Framework | None) -> list[Chapter]:
    chapters: list[Chapter] = []
    problems: list[Problem] = []
    for table in found:
        try:
            chapters.append(chapter(table, read, _namesake(table, earlier)))
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    return chapters


def _guessed(read: Publication, scale: Scale) -> Iterator[Doubt]:
    """Tables without a row of levels of their own, and what was made of each."""
    for grid, page in zip(read.grids, pages(read.grids, scale), strict=True):
        first = next((cell for cell in grid.cells if cell.text), None)
        if first and page is None:
            yield Doubt(f"a table without a row of {scale.words} was passed over", first.place, text=first.text)
        elif first and page and page.start == 0:
            yield Doubt(
                f"a table without a row of {scale.words} is read as the next page", first.place, text=first.text
            )


def _namesake(table: Table, earlier: Framework | None) -> Specialism | None:
    known = earlier.specialisms if earlier else ()
    return next((one for one in known if plain(one.title) == plain(table.title)), None)


def _framework(
    read: Publication, chapters: Sequence[Chapter], about: About, earlier: Framework | None
) -> tuple[Framework, list[Doubt]]:
    competences, doubts = carried_competences(earlier, read)
    known = [one.id for one in competences]
    specialisms = tuple(
        replace(one, role_categories=tuple(with_known_competences(category, known) for category in one.role_categories))
        for one in (found.specialism for found in chapters)
    )
    framework = Framework(
        id=about.id,
        title=about.title or (earlier.title if earlier else _title(read, about)),
        publisher=about.publisher or (earlier.publisher if earlier else _NOT_STATED),
        version=about.version,
        version_basis=f"Given when {read.name} was imported.",
        licence=about.licence or (earlier.licence if earlier else _NOT_STATED),
        source_file=source_name(read.name),
        sha256=hashlib.sha256(read.source).hexdigest(),
        competences=tuple(competences),
        specialisms=specialisms,
        scale=specialisms[0].scale,
        supersedes=_superseded(about, earlier),
    )
    return framework, doubts


def _superseded(about: About, earlier: Framework | None) -> str | None:
    """The version that this one follows: the earlier one, unless that is another framework, or this one once more."""
    if earlier is None or earlier.id != about.id:
        return None
    return earlier.supersedes if earlier.version == about.version else earlier.version


def source_name(name: str) -> str:
    """The name under which the source text of a publication is kept: a plain one, of a text file."""
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", PurePath(name).stem).strip("._-") or "source"
    return f"{stem}.txt"


def _title(read: Publication, about: About) -> str:
    """The first paragraph that ends as frameworks' titles do, else the id."""
    return next((one.text for one in read.prose if one.text.lower().endswith(" framework")), about.id)
