"""A published framework to a framework file and the sheet of what a person must look at: pure, from the content of one
file to the contents of others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePath
from typing import Any

from jdgen.errors import JdgenError, Problem, list_words
from jdgen.file_values import YamlFile
from jdgen.framework.chapters import chapters_of, join_chapters
from jdgen.framework.model import Framework, Imprint, SourcePlace, Specialism
from jdgen.framework.reading import framework_of
from jdgen.framework.transcription import transcription_problems
from jdgen.importing.adding import Added
from jdgen.importing.chapters import Chapter, chapter
from jdgen.importing.grid import CellPlace, Doubt, FileChoices, Publication
from jdgen.importing.headings import carry_competences, with_known_competences
from jdgen.importing.lines import footnote_marks, note_marks
from jdgen.importing.pages import numbered_pages, pages
from jdgen.importing.parts import plain
from jdgen.importing.pdf import read_pdf
from jdgen.importing.table import Row, Table, tables
from jdgen.importing.text import read_csv, read_tabs
from jdgen.importing.word import read_word
from jdgen.importing.workbook import read_workbook
from jdgen.importing.writing import framework_yaml
from jdgen.levels import AFC, LevelRange, Scale, list_levels
from jdgen.reports.workbook import Column, one_sheet_workbook
from jdgen.words import forbidden, slug
from jdgen.yaml_files import parse_yaml

# A publication, read by the kind of its file.

_TABBED = (".txt", ".tsv", ".tab")
MAX_FILE = 20 * 2**20


def publication(content: bytes, name: str, scale: Scale, choices: FileChoices | None = None) -> Publication:
    """The publication in the file called ``name``; the end of the name tells its kind. Its tables are known by a row of
    levels of ``scale``.

    Raises :class:`JdgenError` for a kind that is not read, for content that is not of its kind, and for all characters
    that no document can hold.
    """
    read = _choose_reader(content, name, scale, choices or FileChoices())
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


def _choose_reader(content: bytes, name: str, scale: Scale, choices: FileChoices) -> Publication:
    suffix = PurePath(name).suffix.lower()
    if len(content) > MAX_FILE:
        raise JdgenError(Problem(name, "is too large for a framework", f"at most {MAX_FILE // 2**20} MB"))
    if suffix in _TABBED:
        return read_tabs(content, name, scale, choices)
    if suffix == ".csv":
        return read_csv(content, name, scale, choices)
    if suffix == ".docx":
        return read_word(content, name, scale, choices)
    if suffix == ".xlsx":
        return read_workbook(content, name, scale, choices)
    if suffix == ".pdf":
        return read_pdf(content, name, scale)
    what = f"'{suffix}' is no kind of file that frameworks are read from"
    raise JdgenError(Problem(name, what, "use .docx, .xlsx, .csv, .pdf, or .txt with tabs"))


_NOT_STATED = "Not stated in the source."


@dataclass(frozen=True)
class About:
    """What the importer says of the framework: its id and version, and what its tables do not tell.

    ``scale`` is that of its levels, where they are neither bands nor those of an earlier version. ``reviewed`` says
    that a person has held what is read from a PDF against it, and ``choices`` how doubtful things in a file are read.
    """

    id: str
    version: str
    title: str | None = None
    publisher: str | None = None
    licence: str | None = None
    reviewed: bool = False
    scale: Scale | None = None
    choices: FileChoices = field(default_factory=FileChoices)


@dataclass(frozen=True)
class Imported:
    """A framework that was read: the text of its file, its source text, and what a person must look at.

    ``accepted`` is false where a person has to look first; then the file is not to be used. ``is_reviewed`` says that
    somebody has held the review sheet against the publication. ``tables`` are all tables of the file with levels, in
    words, in the order of their numbers. ``columns`` says how the source is counted. ``added`` is the file that the
    chapters were put into, if they were: then ``text`` is its.
    """

    framework: Framework
    text: str
    source: bytes
    doubts: tuple[Doubt, ...]
    accepted: bool
    is_reviewed: bool = False
    tables: tuple[str, ...] = ()
    columns: str = ""
    added: Added | None = None


def import_framework(content: bytes, name: str, about: About, earlier: Framework | None, out: str) -> Imported:
    """Read the published framework in ``content``, a file called ``name``, for a framework file called ``out``.

    ``earlier`` is an earlier version: its ids are kept, and what tables cannot give is taken from it where the
    publication still says it. Raises :class:`JdgenError` with the problems of all specialisms.
    """
    scale = about.scale or (earlier.scale if earlier else AFC)
    read = publication(content, name, scale, about.choices)
    listed = tuple(_listed(read, scale))
    if not listed:
        raise JdgenError(_no_table(name, scale))
    if unfit := [*_unfit_names(about), *_unknown_tables(about.choices, listed)]:
        raise JdgenError(unfit)
    all_tables = tables(read.blocks, scale, about.choices)
    if unnamed := list(_unnamed(all_tables, name)):
        raise TablesError(unnamed, listed)
    chapters = _chapters(all_tables, read, earlier)
    framework, left_out = _framework(read, chapters, about, earlier)
    text = framework_yaml(framework, read.columns)
    # What was written is what will be read: its form and its sense are checked as any framework file's are.
    file = parse_yaml(text.encode(), out)
    try:
        framework = framework_of(file)
    except JdgenError as error:
        raise JdgenError([_at_source(problem, file, read) for problem in error.problems]) from error
    unlike = [
        Doubt(str(problem), CellPlace("", "", "", out))
        for problem in transcription_problems(framework, read.source, out)
    ]
    of_file = (*read.doubts, *_footnote_doubts(read), *_equal_rows(all_tables), *_absent(framework, earlier, name))
    of_chapters = (doubt for one in chapters for doubt in one.doubts)
    doubts = (*of_file, *of_chapters, *left_out, *_guessed_doubts(read, scale), *unlike)
    accepted = about.reviewed or not read.drawn
    return Imported(framework, text, read.source, doubts, accepted, about.reviewed, listed, read.columns)


class TablesError(JdgenError):
    """Tables that cannot be told apart. ``tables`` are all that the file has, as :attr:`Imported.tables` has them."""

    def __init__(self, problems: Sequence[Problem], listed: tuple[str, ...]) -> None:
        right = f"; or choose with --table among: {'; '.join(listed)}" if len(listed) > 1 else ""
        super().__init__(replace(problem, right=f"{problem.right}{right}") for problem in problems)
        self.tables = listed


def _listed(read: Publication, scale: Scale) -> Iterator[str]:
    """Each table with levels: its number, its title, and where it is."""
    last = 0
    for number, page in numbered_pages(read.blocks, scale):
        if number > last:
            first, *_ = page.head.columns
            place = next(cell.place for cell in page.grid.over(page.head.row) if cell.column == first.start)
            levels = page.head.columns
            named = f"'{page.title}'" if page.title else "no title"
            yield f"{number} {named} ({place}; {levels[0].levels.lowest} to {levels[-1].levels.highest})"
        last = number


def _unknown_tables(choices: FileChoices, listed: Sequence[str]) -> Iterator[Problem]:
    for number in choices.tables:
        if not 0 < number <= len(listed):
            yield Problem("--table", f"there is no table {number}", f"choose among: {'; '.join(listed)}")


def _no_table(name: str, scale: Scale) -> Problem:
    named = "6, 7, 8A" if scale == AFC else list_levels(scale.levels)
    right = f"name a file whose tables have a column for each {scale.word} (in a PDF, with lines round the cells)"
    if scale == AFC:
        right += ", or name its levels, if they are not bands, with --levels"
    return Problem(name, f"has no table with a row of {scale.words}, such as {named}", right)


_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")


def _unfit_names(about: About) -> Iterator[Problem]:
    """What options name and a framework file cannot have."""
    if not _ID.fullmatch(about.id):
        right = "use lower-case letters, digits, hyphens and dots, such as nhs-pccf"
        yield Problem("--id", f"'{about.id}' is no short name", right)
    given = {"--version": about.version, "--title": about.title}
    given |= {"--publisher": about.publisher, "--licence": about.licence}
    for option, value in given.items():
        if value is not None and not value.strip():
            yield Problem(
                option, "is empty", "name it, or leave the option out" if option != "--version" else "name it"
            )


def _unnamed(all_tables: Sequence[Table], name: str) -> Iterator[Problem]:
    """Tables that cannot be told apart: without a title, or with one title and levels that do not go on."""
    first: dict[str, Table] = {}
    for table in all_tables:
        where = f"{name}, {table.place}"
        right = f"write one above its {table.levels.scale.words}, or name it with --specialism"
        id_ = slug(table.title)
        if not table.title:
            yield Problem(where, "the table has no title", right)
        elif gap := _gap_between(table):
            yield Problem(where, f"no column of '{table.title}' is for {gap.named}", _FOLLOW)
        elif other := first.get(id_):
            what = (
                f"a second table of '{table.title}', whose levels do not go on from those of the first, {other.place}"
            )
            yield Problem(where, what, "give each its own title")
        first.setdefault(id_, table)


_FOLLOW = "the levels of a table have to follow each other: add the column, or widen the one beside it"


def _gap_between(table: Table) -> LevelRange | None:
    """Levels between those of a table's columns for which it has no column."""
    for lower, upper in pairwise(table.columns):
        if upper.lowest.rank > lower.highest.rank + 1:
            between = lower.scale.levels[lower.highest.rank + 1 : upper.lowest.rank]
            return lower.scale.between(between[0], between[-1])
    return None


_LINE = re.compile(r":(\d+)(?: .*)?$")


def _at_source(problem: Problem, file: YamlFile, read: Publication) -> Problem:
    """A problem of the framework file, which is not written, at the place in the file that was read."""
    match = _LINE.search(str(problem.where))
    line = int(match[1]) if match else 0
    before = [keys for keys, at in file.lines.items() if at <= line]
    keys = max(before, key=lambda one: (file.lines[one], len(one)), default=())
    places = {one.source: one.place for one in read.prose}
    places |= {one.source: one.place for grid in read.grids for one in grid.cells}
    for end in range(len(keys), -1, -1):
        entry: Any = file.value
        for key in keys[:end]:
            entry = entry[key]
        if isinstance(entry, dict) and "line" in entry.get("source", {}):
            source = SourcePlace(entry["source"]["line"], entry["source"].get("cell"))
            return replace(problem, where=f"{read.name}, {places.get(source, source)}")
    return replace(problem, where=read.name)


def _equal_rows(all_tables: Sequence[Table]) -> Iterator[Doubt]:
    """Rows that stand in several chapters word for word."""
    first: dict[tuple[str, tuple[str, ...]], tuple[Table, Row]] = {}
    for table in all_tables:
        for row in table.rows:
            other, same = first.setdefault(row.key, (table, row))
            if other is not table:
                what = f"the same row stands in '{other.title}' too, at {same.title.place}"
                yield Doubt(what, row.title.place, row.title.text)


def _absent(framework: Framework, earlier: Framework | None, name: str) -> Iterator[Doubt]:
    """Specialisms of the earlier version that ``framework`` does not have. It weighs of those that were published in
    one text with some that it has anew; a chapter by itself is no sign that others end."""
    kept = {one.id for one in framework.specialisms}
    renewed = {one.sha256 for one in _renewed(kept, earlier)}
    for other in chapters_of(earlier) if earlier and earlier.id == framework.id else ():
        (one,) = other.specialisms
        if one.id not in kept:
            right = f"if it ends, write withdraws: [{one.id}]; if it has a new name, former: [{one.id}] under that"
            what = f"the earlier version's specialism '{one.title}' is not in {name}, and stays as it was: {right}"
            yield Doubt(what, CellPlace("", "", "", name), weighs=other.sha256 in renewed)


def _renewed(ids: Collection[str], earlier: Framework | None) -> tuple[Framework, ...]:
    """The chapters of the earlier version that are published anew, by the ``ids`` of their specialisms."""
    return tuple(one for one in (chapters_of(earlier) if earlier else ()) if one.specialisms[0].id in ids)


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


def _footnote_doubts(read: Publication) -> Iterator[Doubt]:
    """Texts in tables with what looks like the mark of a footnote, which is printed with them."""
    notes = note_marks(one.text for one in read.prose)
    for cell in (cell for grid in read.grids for cell in grid.cells):
        if marks := footnote_marks(cell.text, notes):
            what = f"'{list_words(marks)}' looks like the mark of a footnote, and is printed with the text"
            yield Doubt(
                f"{what}: if it is one, take it out of the file that is imported",
                cell.place,
                text=cell.text,
                weighs=True,
            )


def weighing_problems(doubts: Iterable[Doubt], name: str) -> list[Problem]:
    """What weighs among ``doubts`` about the file called ``name``: one line for each cause, with its first place."""
    alike: dict[str, list[Doubt]] = {}
    for doubt in doubts:
        if doubt.weighs:
            alike.setdefault(doubt.what, []).append(doubt)
    return [
        Problem(f"{name}, {same[0].place}{_and_more(len(same) - 1)}", what, "look at it in the review sheet")
        for what, same in alike.items()
    ]


def _and_more(count: int) -> str:
    return f" (and {count:,} more like it)" if count else ""


def _guessed_doubts(read: Publication, scale: Scale) -> Iterator[Doubt]:
    """Tables without a row of levels of their own, and what was made of each."""
    for grid, page in zip(read.grids, pages(read.blocks, scale), strict=True):
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
    renewed = _renewed([one.specialism.id for one in chapters], earlier)
    competences, doubts = carry_competences(join_chapters(renewed) if renewed else None, read)
    known = [one.id for one in competences]
    specialisms = tuple(
        replace(one, role_categories=tuple(with_known_competences(category, known) for category in one.role_categories))
        for one in (chapter.specialism for chapter in chapters)
    )
    followed = {one.specialisms[0].id: _superseded_version(about, one) for one in renewed}
    # Said once where it is the same of all.
    usual = next(iter(followed.values())) if len(set(followed.values())) == 1 else None
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
        specialisms=tuple(
            replace(one, imprint=Imprint(supersedes=followed.get(one.id))) if not usual else one for one in specialisms
        ),
        scale=specialisms[0].scale,
        supersedes=usual,
    )
    return framework, doubts


def _superseded_version(about: About, earlier: Framework) -> str | None:
    """The version that a chapter follows: the earlier one, unless that is of another framework, or this one once
    more."""
    if earlier.id != about.id:
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
