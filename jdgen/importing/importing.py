"""A published framework to a framework file and the sheet of what a person must look at: pure, from the content of one
file to the contents of others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from jdgen.errors import JdgenError, Problem
from jdgen.framework.model import Framework, Heading, Remark, Specialism
from jdgen.framework.reading import framework_of
from jdgen.framework.transcription import transcription_problems, without_markup
from jdgen.importing.grid import CellPlace, Doubt, Prose, Publication
from jdgen.importing.headings import (
    Namesake,
    boundaries,
    carry_categories,
    carry_competences,
    coverage_problems,
    doubts_of,
    find_renamed,
    heading_id,
    heading_of,
    text_of,
    with_known_competences,
)
from jdgen.importing.office import read_word, read_workbook
from jdgen.importing.pdf import read_pdf
from jdgen.importing.table import SINGLE, Part, Row, Table, assign_parts, pages, plain, tables
from jdgen.importing.text import read_csv, read_tabs
from jdgen.importing.writing import framework_yaml
from jdgen.levels import AFC, Scale, list_levels
from jdgen.reports.workbook import Column, one_sheet_workbook
from jdgen.words import forbidden, slug
from jdgen.yaml_files import parse_yaml

# A publication, read by the kind of its file.

_TABBED = (".txt", ".tsv", ".tab")
MAX_FILE = 20 * 2**20


def publication(content: bytes, name: str, scale: Scale) -> Publication:
    """The publication in the file called ``name``; the end of the name tells its kind. Its tables are known by a row of
    levels of ``scale``.

    Raises :class:`JdgenError` for a kind that is not read, for content that is not of its kind, and for all characters
    that no document can hold.
    """
    read = _choose_reader(content, name, scale)
    texts = [(one.place, one.text) for one in read.prose]
    texts += [(cell.place, cell.text) for grid in read.grids for cell in grid.cells]
    problems = [
        Problem(f"{name}, {place}", f"control character {code}", "delete it")
        for place, text in texts
        for code in dict.fromkeys(code for _, code in forbidden(text))
    ]
    if problems:
        raise JdgenError(problems)
    return read


def _choose_reader(content: bytes, name: str, scale: Scale) -> Publication:
    suffix = PurePath(name).suffix.lower()
    if len(content) > MAX_FILE:
        raise JdgenError(Problem(name, "is too large for a framework", f"at most {MAX_FILE // 2**20} MB"))
    if suffix in _TABBED:
        return read_tabs(content, name, scale)
    if suffix == ".csv":
        return read_csv(content, name, scale)
    if suffix == ".docx":
        return read_word(content, name, scale)
    if suffix == ".xlsx":
        return read_workbook(content, name, scale)
    if suffix == ".pdf":
        return read_pdf(content, name, scale)
    what = f"'{suffix}' is no kind of file that frameworks are read from"
    raise JdgenError(Problem(name, what, "use .docx, .xlsx, .csv, .pdf, or .txt with tabs"))


# One specialism of a publication: its table, the paragraph that describes it, and what an earlier version adds.

_Parted = Sequence[tuple[Part, Row]]


@dataclass(frozen=True)
class Chapter:
    """A specialism as it was read, and what a person must look at."""

    specialism: Specialism
    doubts: tuple[Doubt, ...]


def chapter(table: Table, publication: Publication, earlier: Specialism | None) -> Chapter:
    """The specialism that ``table`` is about.

    Raises :class:`JdgenError` with all of: levels about which a row says nothing or two things, parts that are not
    found and that every specialism with Agenda for Change bands has, and a missing description.
    """
    id_ = earlier.id if earlier else slug(table.title) or "specialism"
    rows = list(assign_parts(table.rows, earlier))
    description = _description(table, publication, earlier)
    problems = [problem for _, row in rows for problem in coverage_problems(row, table.levels, publication.name)]
    absent = list(_absent(rows, table, publication))
    if table.levels.scale == AFC:
        problems += (Problem(publication.name, one.what, f"give one row {one.text}") for one in absent)
    problems += _without_duties(rows, table, publication.name)
    if problems or description is None:
        raise JdgenError(problems or _description_doubts(table, publication))
    headings, doubts = _headings(rows, id_, publication, earlier)
    categories, left = carry_categories(earlier, publication)
    specialism = Specialism(
        id=id_,
        title=table.title,
        levels=table.levels,
        description=Remark(f"{id_}.description", without_markup(description.text), description.source),
        role_categories=categories,
        complexity=next(iter(headings[Part.COMPLEXITY]), None),
        complexity_narrative=next(iter(headings[Part.COMPLEXITY_NARRATIVE]), None),
        headings=tuple(headings[Part.HEADING]),
        entry_routes=tuple(headings[Part.ENTRY_ROUTE]),
        qualifications=next(iter(headings[Part.QUALIFICATIONS]), None),
    )
    return Chapter(specialism, (*doubts, *absent, *_moved_routes(rows, earlier), *left))


def _headings(
    rows: _Parted, prefix: str, publication: Publication, earlier: Specialism | None
) -> tuple[dict[Part, list[Heading]], list[Doubt]]:
    headings_of: dict[Part, list[Heading]] = {part: [] for part in Part}
    doubts: list[Doubt] = []
    earlier_rows = earlier.rows if earlier else ()
    titled = {plain(heading.title) for heading in earlier_rows}
    lost = [one for one in earlier_rows if plain(one.title) not in {plain(row.title.text) for _, row in rows}]
    duties = [row for part, row in rows if part is Part.HEADING]
    for part, row in rows:
        taken = [heading.id for headings in headings_of.values() for heading in headings]
        old = (
            None
            if part in SINGLE or plain(row.title.text) in titled
            else find_renamed(map(text_of, row.statements), lost)
        )
        if old:
            lost.remove(old)
            doubts.append(_renamed_doubts(old, row))
        name = old.id if old else heading_id(part, row.title.text, earlier_rows, taken)
        namesake = Namesake(name, f"{prefix}.{name}", next((one for one in earlier_rows if one.id == name), None))
        others = [boundaries(other) for other in duties if other is not row]
        usual = set.intersection(*others) if part is Part.HEADING and len(others) > 1 else set()
        heading = heading_of(row, namesake, publication, usual)
        headings_of[part].append(heading)
        doubts += doubts_of(row, heading, publication.drawn)
    return headings_of, doubts


def _renamed_doubts(old: Heading, row: Row) -> Doubt:
    what = f"taken for '{old.title}' of the earlier version under a new title, since it says the same"
    return Doubt(what, row.title.place, row.title.text)


def _description(table: Table, publication: Publication, earlier: Specialism | None) -> Prose | None:
    """The paragraph below the specialism's title, else the longest one."""
    prose = list(publication.prose)
    titled = (index for index, one in enumerate(prose[:-1]) if plain(one.text) == plain(table.title))
    below = [prose[index + 1] for index in titled]
    repeated = [one for one in prose if earlier and without_markup(one.text) == earlier.description.text]
    return next(iter(repeated or below), None) or max(prose, key=lambda one: len(one.text), default=None)


def _absent(rows: _Parted, table: Table, publication: Publication) -> Iterator[Doubt]:
    """Parts that were not found. The text of each says by what a row is known as that part."""
    present = {part for part, _ in rows}
    for part, mark in SINGLE.items():
        if part not in present:
            what = f"the table of '{table.title}' has no row for {part.replace('_', ' ')}"
            yield Doubt(what, CellPlace("", "", "", publication.name), text=mark)


def _without_duties(rows: _Parted, table: Table, name: str) -> Iterator[Problem]:
    if Part.HEADING not in {part for part, _ in rows}:
        yield Problem(name, f"the table of '{table.title}' has no responsibilities", "give it a row for each heading")


def _description_doubts(table: Table, publication: Publication) -> Problem:
    what = f"nothing outside the tables describes '{table.title}'"
    return Problem(publication.name, what, "put the paragraph that describes it above its table, below its title")


def _moved_routes(rows: _Parted, earlier: Specialism | None) -> Iterator[Doubt]:
    """Entry routes that the publication lists among other rows."""
    groups = {plain(row.group) for part, row in rows if part is Part.HEADING}
    for part, row in rows:
        if earlier is None and part is Part.ENTRY_ROUTE and plain(row.group) in groups:
            yield Doubt(
                f"read as an entry route, though it stands under '{row.group}'", row.title.place, row.title.text
            )


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
    all_tables = tables(read.grids, scale)
    if not all_tables:
        raise JdgenError(_no_table(name, scale))
    chapters = _chapters(all_tables, read, earlier)
    framework, left_out = _framework(read, chapters, about, earlier)
    text = framework_yaml(framework, read.columns)
    # What was written is what will be read: its form and its sense are checked as any framework file's are.
    framework = framework_of(parse_yaml(text.encode(), out))
    unlike = [
        Doubt(str(problem), CellPlace("", "", "", out))
        for problem in transcription_problems(framework, read.source, out)
    ]
    doubts = (*(doubt for one in chapters for doubt in one.doubts), *left_out, *_guessed_doubts(read, scale), *unlike)
    return Imported(framework, text, read.source, doubts, about.reviewed or not read.drawn)


def _no_table(name: str, scale: Scale) -> Problem:
    named = "6, 7, 8A" if scale == AFC else list_levels(scale.levels)
    right = f"name a file whose tables have a column for each {scale.word} (in a PDF, with lines round the cells)"
    if scale == AFC:
        right += ", or name its levels, if they are not bands, with --levels"
    return Problem(name, f"has no table with a row of {scale.words}, such as {named}", right)


def _chapters(all_tables: Sequence[Table], read: Publication, earlier: Framework | None) -> list[Chapter]:
    chapters: list[Chapter] = []
    problems: list[Problem] = []
    for table in all_tables:
        try:
            chapters.append(chapter(table, read, _namesake(table, earlier)))
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    return chapters


def _guessed_doubts(read: Publication, scale: Scale) -> Iterator[Doubt]:
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
    specialisms = earlier.specialisms if earlier else ()
    return next((specialism for specialism in specialisms if plain(specialism.title) == plain(table.title)), None)


def _framework(
    read: Publication, chapters: Sequence[Chapter], about: About, earlier: Framework | None
) -> tuple[Framework, list[Doubt]]:
    competences, doubts = carry_competences(earlier, read)
    known = [one.id for one in competences]
    specialisms = tuple(
        replace(one, role_categories=tuple(with_known_competences(category, known) for category in one.role_categories))
        for one in (chapter.specialism for chapter in chapters)
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
        supersedes=_superseded_version(about, earlier),
    )
    return framework, doubts


def _superseded_version(about: About, earlier: Framework | None) -> str | None:
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


# The sheet of what a person must look at.

HEADINGS = ("Look at", "Page", "Row", "Cell", "Heading", "Text", "Range", "Confidence")
_SHEET = "To look at"


def review_sheet(doubts: Sequence[Doubt]) -> bytes:
    """A workbook with a row for each of ``doubts``, no cell of which a spreadsheet program would run."""
    rows = (
        (one.what, place.page, place.row, place.cell, one.heading, one.text, one.levels, one.confidence)
        for one, place in ((doubt, doubt.place) for doubt in doubts)
    )
    return one_sheet_workbook(_SHEET, [Column(heading, 24) for heading in HEADINGS], rows)
