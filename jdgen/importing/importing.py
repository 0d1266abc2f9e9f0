"""A published framework to a framework file and the sheet of what a person must look at: pure, from the content of one
file to the contents of others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from jdgen.errors import JdgenError, Problem, did_you_mean
from jdgen.framework.chapters import join_chapters
from jdgen.framework.model import Framework, Imprint, RowKind, Skill, SourcePlace, Specialism
from jdgen.framework.reading import framework_of
from jdgen.framework.transcription import transcription_problems
from jdgen.importing.adding import Added
from jdgen.importing.chapters import Chapter, ChapterTables, chapter
from jdgen.importing.codes import without_codes
from jdgen.importing.column_meaning import Expected, plain
from jdgen.importing.doubts import (
    equal_rows,
    footnote_doubts,
    guessed_doubts,
    letters_lost,
    levels_unsaid,
    prose_left_out,
    renewed_chapters,
    specialisms_gone,
)
from jdgen.importing.framework_text import framework_yaml
from jdgen.importing.grid import CellPlace, Doubt, FileChoices, Publication
from jdgen.importing.headings import carry_competences, list_doubts, with_known_competences
from jdgen.importing.layout import Layout, Recognised, recognised, to_be_decided, unfit_shapes, unfit_titles
from jdgen.importing.published_files import publications
from jdgen.importing.refusals import (
    NoTableError,
    TablesError,
    no_table,
    numbered_tables,
    unfit_heads,
    unknown_tables,
    unnamed_tables,
)
from jdgen.importing.skills import requirement_problems, skills_of
from jdgen.importing.table import tables
from jdgen.importing.table_rows import Subject, Table
from jdgen.levels import AFC, Scale
from jdgen.text_files.values import YamlFile
from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.words import forbidden_characters

_NO_LICENCE = "Not stated in the source."
#: Documents print it behind "published by".
_NO_PUBLISHER = "an organisation that the source does not name"


@dataclass(frozen=True)
class About:
    """What the importer says of the framework: its id and version, and what its tables do not tell.

    ``scale`` is that of its levels, and ``skill_scale`` that of its skills', where they are neither bands nor those of
    an earlier version or of the ``layout`` file. ``reviewed`` says that a person has held what is read from a PDF
    against it, and ``choices`` how doubtful things in a file are read. ``renamed`` are the titles of specialisms that
    have a new name, each with its name in the earlier version, a title or an id.
    """

    id: str
    version: str
    title: str | None = None
    publisher: str | None = None
    licence: str | None = None
    reviewed: bool = False
    scale: Scale | None = None
    skill_scale: Scale | None = None
    choices: FileChoices = field(default_factory=FileChoices)
    layout: Layout = field(default_factory=Layout)
    renamed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Imported:
    """A framework that was read: the text of its file, its source text, and what a person must look at.

    ``accepted`` is false where a person has to look first; then the file is not to be used. ``is_reviewed`` says that
    somebody has held the review sheet against the publication. ``tables`` are all tables of the file with levels, in
    words, in the order of their numbers, and ``layout`` is what a layout file says of them, which ``is_recognised``
    where none told it. ``columns`` says how the source is counted. ``added`` is the file that the chapters were put
    into, if they were: then ``text`` is its.
    """

    framework: Framework
    text: str
    source: bytes
    doubts: tuple[Doubt, ...]
    accepted: bool
    is_reviewed: bool
    tables: tuple[str, ...]
    layout: Recognised
    is_recognised: bool
    columns: str
    added: Added | None = None


def import_framework(
    content: bytes,
    name: str,
    about: About,
    earlier: Framework | None,
    out: str,
    *,
    others: Sequence[tuple[str, bytes]] = (),
) -> Imported:
    """Read the published framework in ``content``, a file called ``name``, for a framework file called ``out``. Where
    it comes in several files, ``others`` are those that follow, each its name and content.

    ``earlier`` is an earlier version: its ids are kept, and what tables cannot give is taken from it where the
    publication still says it. Raises :class:`JdgenError` with the problems of all specialisms, and where a layout file
    does not fit.
    """
    expected = _expected(about, earlier)
    read = publications([(name, content), *others], expected, about.choices)
    read = without_codes(read, expected, about.choices)
    listed = _readable_tables(read, about, expected)
    all_tables = _sound_tables(read, about, expected, listed, earlier)
    skills = skills_of(all_tables, expected.skills, earlier.skills if earlier else ())
    chapters = _chapters(all_tables, skills, read, earlier, about)
    framework, left_out = _framework(read, chapters, skills, about, earlier)
    text = framework_yaml(framework, read.columns)
    framework = _read_again(text, out, read)
    doubts = (
        *_doubts_of_tables(read, expected, all_tables, framework, earlier),
        *(doubt for one in chapters for doubt in one.doubts),
        *left_out,
        *guessed_doubts(read, expected),
        *prose_left_out(read, expected, framework),
        *_unlike_the_source(framework, read, out),
    )
    return Imported(
        framework,
        text,
        read.source,
        doubts,
        accepted=about.reviewed or not read.is_from_pdf,
        is_reviewed=about.reviewed,
        tables=listed,
        layout=_recognised(read, about, expected, all_tables, framework),
        is_recognised=not about.layout.shapes,
        columns=read.columns,
    )


def _readable_tables(read: Publication, about: About, expected: Expected) -> tuple[str, ...]:
    """All tables that can be read, in words. Raises :class:`JdgenError` where there is none, and for what the layout
    file or an option says and the file does not have."""
    if unfit := list(unfit_shapes(about.layout, read.blocks, read.name)):
        raise JdgenError(unfit)
    if unfit := list(unfit_heads(read, expected)):
        raise JdgenError(unfit)
    listed = tuple(numbered_tables(read, expected, about.choices))
    if not listed:
        may_have_levels = expected.roles == AFC and about.layout.roles is None and not expected.shapes
        to_decide = to_be_decided(read.blocks, expected, about.choices)
        raise NoTableError(no_table(read, expected), may_have_levels, to_decide)
    if unfit := [*_unfit_names(about), *unknown_tables(about.choices, listed)]:
        raise JdgenError(unfit)
    return listed


def _sound_tables(
    read: Publication, about: About, expected: Expected, listed: tuple[str, ...], earlier: Framework | None
) -> Sequence[Table]:
    """The tables that are read, each with its rows. Raises :class:`JdgenError` for those that cannot be told apart, and
    for what they cannot say."""
    all_tables = tables(read.blocks, expected, about.choices, read.name)
    if unnamed := list(unnamed_tables(all_tables, read)):
        raise TablesError(unnamed, listed)
    if unfit := [*_unfit_contents(about, all_tables, read, expected), *_unfit_renamed(about, all_tables, earlier)]:
        raise JdgenError(unfit)
    return all_tables


def _read_again(text: str, out: str, read: Publication) -> Framework:
    """The framework that ``text``, a file to be called ``out``, says: what was written is what will be read, so its
    form and its sense are checked as any framework file's are. Problems are told where the publication has them."""
    file = parse_yaml(text.encode(), out)
    try:
        return framework_of(file)
    except JdgenError as error:
        raise JdgenError([_at_source(problem, file, read) for problem in error.problems]) from error


def _doubts_of_tables(
    read: Publication,
    expected: Expected,
    all_tables: Sequence[Table],
    framework: Framework,
    earlier: Framework | None,
) -> Iterator[Doubt]:
    """What a person must look at of the whole publication, and of its tables of skills."""
    yield from read.doubts
    yield from footnote_doubts(read, expected)
    yield from letters_lost(read)
    yield from equal_rows(all_tables)
    yield from specialisms_gone(framework, earlier, read.name)
    yield from levels_unsaid(all_tables, framework.scale, read.name)
    of_skills = [one for one in all_tables if one.subject is Subject.SKILLS]
    yield from (doubt for one in of_skills for doubt in one.doubts)
    yield from (doubt for one in of_skills for row in one.rows for doubt in list_doubts(row))


def _unlike_the_source(framework: Framework, read: Publication, out: str) -> Iterator[Doubt]:
    """Texts that are not word for word as the publication has them."""
    for problem in transcription_problems(framework, read.source, out):
        yield Doubt(str(problem), CellPlace("", "", "", out))


def _recognised(
    read: Publication, about: About, expected: Expected, all_tables: Sequence[Table], framework: Framework
) -> Recognised:
    """What a layout file says of the tables: their kinds of rows too, where the file does not state them."""
    stated = {plain(row.title.text) for table in all_tables for row in table.rows if row.kind}
    kinds = {row.title: kind for one in framework.specialisms for kind, row in one.kinds if kind is not RowKind.DUTY}
    kinds = {title: kind for title, kind in kinds.items() if plain(title) not in stated}
    return recognised(read.blocks, expected, about.choices, about.layout.kinds or kinds)


def _expected(about: About, earlier: Framework | None) -> Expected:
    """What heads of tables are expected to name: what the user says, else the layout file, else the earlier version."""
    layout = about.layout
    roles = about.scale or layout.roles or (earlier.scale if earlier else AFC)
    of_skills = earlier.skills[0].scale if earlier and earlier.skills else None
    return Expected(roles, about.skill_scale or layout.skills or of_skills, layout.shapes)


def _unfit_contents(
    about: About, all_tables: Sequence[Table], read: Publication, expected: Expected
) -> Iterator[Problem]:
    """Cells that name no level of a skill, and lines of the layout file about what is not there."""
    if expected.skills:
        required = [one for one in all_tables if one.subject is Subject.REQUIREMENTS and one.columns]
        yield from requirement_problems(required, expected.skills, read.name)
    rows = [row for table in all_tables for row in table.rows]
    titles = [text for row in rows for text in (row.title.text, row.group) if text]
    yield from unfit_titles(about.layout, titles, [one.text for one in read.prose], read.name)


def _unfit_renamed(about: About, all_tables: Sequence[Table], earlier: Framework | None) -> Iterator[Problem]:
    """Names of specialisms, old or new, that are not there."""
    today = list(dict.fromkeys(table.title for table in all_tables if table.subject is not Subject.SKILLS))
    before = earlier.specialisms if earlier else ()
    for new, old in about.renamed.items():
        if not before:
            yield Problem("--renamed", f"there is no earlier version with '{old}'", "name its file with --previous")
        elif _specialism_called(old, before) is None:
            right = did_you_mean(old, [one.title for one in before])
            yield Problem("--renamed", f"the earlier version has no specialism '{old}'", right)
        if plain(new) not in map(plain, today):
            yield Problem("--renamed", f"the file has no specialism '{new}'", did_you_mean(new, today))
        elif _specialism_called(new, before):
            yield Problem("--renamed", f"'{new}' is in the earlier version too", "leave this option out")


def _specialism_called(name: str, specialisms: Sequence[Specialism]) -> Specialism | None:
    names = ((one, (one.id, one.title, *one.former)) for one in specialisms)
    return next((one for one, each in names if plain(name) in map(plain, each)), None)


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
        elif value is not None and (forbidden_characters(value) or len(value.splitlines()) > 1):
            yield Problem(option, "is no line of text", "write it in one line, without control characters")


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
            place = places.get(source)
            return replace(problem, where=place.within(read.name) if place else f"{read.name}, {source}")
    return replace(problem, where=read.name)


def _chapters(
    all_tables: Sequence[Table],
    skills: Sequence[Skill],
    read: Publication,
    earlier: Framework | None,
    about: About,
) -> list[Chapter]:
    by_title: dict[str, list[Table]] = {}
    for table in all_tables:
        if table.subject is not Subject.SKILLS:
            by_title.setdefault(plain(table.title), []).append(table)
    chapters: list[Chapter] = []
    problems: list[Problem] = []
    for each in by_title.values():
        roles = next((one for one in each if one.subject is Subject.ROLES), None)
        of_one = ChapterTables(roles, tuple(one for one in each if one is not roles), skills)
        try:
            was = _earlier_specialism(of_one.first, earlier, about.renamed)
            chapters.append(chapter(of_one, read, was, about.layout))
        except JdgenError as error:
            problems += error.problems
    if not by_title:
        what = "says nothing of any role, but only what skills mean"
        problems.append(Problem(read.name, what, "name the file that says which roles need them too"))
    if problems:
        raise JdgenError(problems)
    return chapters


def _earlier_specialism(table: Table, earlier: Framework | None, renamed: Mapping[str, str]) -> Specialism | None:
    title = plain(table.title)
    specialisms = earlier.specialisms if earlier else ()
    if old := next((old for new, old in renamed.items() if plain(new) == title), None):
        return _specialism_called(old, specialisms)
    return next((one for one in specialisms if title in map(plain, (one.title, *one.former))), None)


def _framework(
    read: Publication, chapters: Sequence[Chapter], skills: Sequence[Skill], about: About, earlier: Framework | None
) -> tuple[Framework, list[Doubt]]:
    renewed = renewed_chapters([one.specialism.id for one in chapters], earlier)
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
        publisher=about.publisher or (earlier.publisher if earlier else _NO_PUBLISHER),
        version=about.version,
        version_basis=f"Given when {read.name} was imported.",
        licence=about.licence or (earlier.licence if earlier else _NO_LICENCE),
        source_file=_source_name(read.name),
        sha256=hashlib.sha256(read.source).hexdigest(),
        competences=tuple(competences),
        specialisms=tuple(
            replace(one, imprint=Imprint(supersedes=followed.get(one.id))) if not usual else one for one in specialisms
        ),
        scale=specialisms[0].scale,
        supersedes=usual,
        skills=tuple(skills),
    )
    return framework, doubts


def _superseded_version(about: About, earlier: Framework) -> str | None:
    """The version that a chapter follows: the earlier one, unless that is of another framework, or this one once
    more."""
    if earlier.id != about.id:
        return None
    return earlier.supersedes if earlier.version == about.version else earlier.version


def _source_name(name: str) -> str:
    """The name under which the source text of a publication is kept: a plain one, of a text file."""
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", PurePath(name).stem).strip("._-") or "source"
    return f"{stem}.txt"


def _title(read: Publication, about: About) -> str:
    """The first paragraph that ends as frameworks' titles do, else the id."""
    return next((one.text for one in read.prose if one.text.lower().endswith(" framework")), about.id)
