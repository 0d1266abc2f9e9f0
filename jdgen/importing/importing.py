"""A published framework to a framework file and the sheet of what a person must look at: pure, from the content of one
file to the contents of others."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any

from jdgen.errors import JdgenError, Problem, did_you_mean, refuse
from jdgen.framework.chapters import join_chapters
from jdgen.framework.model import Framework, Imprint, RowKind, Skill, SourcePlace, Specialism
from jdgen.framework.reading import framework_of
from jdgen.framework.transcription import transcription_problems
from jdgen.importing.adding import ChapterAddition
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
from jdgen.importing.titles import is_front_matter
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
    where none told it. ``columns`` says how the source is counted. ``addition`` is the file that the chapters were put
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
    addition: ChapterAddition | None = None


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
    publication = publications([(name, content), *others], expected, about.choices)
    publication = without_codes(publication, expected, about.choices)
    table_names = _readable_tables(publication, about, expected)
    all_tables = _sound_tables(publication, about, expected, table_names, earlier)
    skills = skills_of(all_tables, expected.skills, earlier.skills if earlier else ())
    chapters = _chapters(all_tables, skills, publication, earlier, about)
    framework, left_out = _framework(publication, chapters, skills, about, earlier)
    text = framework_yaml(framework, publication.columns)
    framework = _read_again(text, out, publication)
    doubts = (
        *_doubts_of_tables(publication, expected, all_tables, framework, earlier),
        *(doubt for each_chapter in chapters for doubt in each_chapter.doubts),
        *left_out,
        *guessed_doubts(publication, expected),
        *prose_left_out(publication, expected, framework),
        *_unlike_the_source(framework, publication, out),
    )
    return Imported(
        framework,
        text,
        publication.source,
        doubts,
        accepted=about.reviewed or not publication.is_from_pdf,
        is_reviewed=about.reviewed,
        tables=table_names,
        layout=_recognised(publication, about, expected, all_tables, framework),
        is_recognised=not about.layout.shapes,
        columns=publication.columns,
    )


def _readable_tables(publication: Publication, about: About, expected: Expected) -> tuple[str, ...]:
    """All tables that can be read, in words. Raises :class:`JdgenError` where there is none, and for what the layout
    file or an option says and the file does not have."""
    refuse(unfit_shapes(about.layout, publication.blocks, publication.name))
    refuse(unfit_heads(publication, expected))
    table_names = tuple(numbered_tables(publication, expected, about.choices))
    if not table_names:
        may_have_levels = expected.roles == AFC and about.layout.roles is None and not expected.shapes
        to_decide = to_be_decided(publication.blocks, expected, about.choices)
        raise NoTableError(no_table(publication, expected), may_have_levels, to_decide)
    refuse((*_unfit_names(about), *unknown_tables(about.choices, table_names)))
    return table_names


#: A larger framework would be no file that people work on, and takes minutes to write.
_MOST_STATEMENTS = 10_000


def _sound_tables(
    publication: Publication, about: About, expected: Expected, table_names: tuple[str, ...], earlier: Framework | None
) -> Sequence[Table]:
    """The tables that are read, each with its rows. Raises :class:`JdgenError` for those that cannot be told apart, and
    for what they cannot say."""
    all_tables = tables(publication.blocks, expected, about.choices, publication.name)
    if (count := sum(len(row.statements) for table in all_tables for row in table.rows)) > _MOST_STATEMENTS:
        what = f"says {count:,} things, more than any framework does"
        right = f"at most {_MOST_STATEMENTS:,}: name a file with some of its chapters"
        raise JdgenError(Problem(publication.name, what, right))
    if unnamed := list(unnamed_tables(all_tables, publication)):
        raise TablesError(unnamed, table_names)
    refuse((*_unfit_contents(about, all_tables, publication, expected), *_unfit_renamed(about, all_tables, earlier)))
    return all_tables


def _read_again(text: str, out: str, publication: Publication) -> Framework:
    """The framework that ``text``, a file to be called ``out``, says: what was written is what will be read, so its
    form and its sense are checked as any framework file's are. Problems are told where the publication has them."""
    file = parse_yaml(text.encode(), out)
    try:
        return framework_of(file)
    except JdgenError as error:
        raise JdgenError([_at_source(problem, file, publication) for problem in error.problems]) from error


def _doubts_of_tables(
    publication: Publication,
    expected: Expected,
    all_tables: Sequence[Table],
    framework: Framework,
    earlier: Framework | None,
) -> Iterator[Doubt]:
    """What a person must look at of the whole publication, and of its tables of skills."""
    yield from publication.doubts
    yield from footnote_doubts(publication, expected)
    yield from letters_lost(publication)
    yield from equal_rows(all_tables)
    yield from specialisms_gone(framework, earlier, publication.name)
    yield from levels_unsaid(all_tables, framework.scale, publication.name)
    skill_tables = [table for table in all_tables if table.subject is Subject.SKILLS]
    yield from (doubt for table in skill_tables for doubt in table.doubts)
    yield from (doubt for table in skill_tables for row in table.rows for doubt in list_doubts(row))


def _unlike_the_source(framework: Framework, publication: Publication, out: str) -> Iterator[Doubt]:
    """Texts that are not word for word as the publication has them."""
    for problem in transcription_problems(framework, publication.source, out):
        yield Doubt(str(problem), CellPlace("", "", "", out))


def _recognised(
    publication: Publication, about: About, expected: Expected, all_tables: Sequence[Table], framework: Framework
) -> Recognised:
    """What a layout file says of the tables: their kinds of rows too, where the file does not state them."""
    stated = {plain(row.title.text) for table in all_tables for row in table.rows if row.kind}
    kinds = {
        row.title: kind
        for specialism in framework.specialisms
        for kind, row in specialism.kinds
        if kind is not RowKind.DUTY
    }
    kinds = {title: kind for title, kind in kinds.items() if plain(title) not in stated}
    return recognised(publication.blocks, expected, about.choices, about.layout.kinds or kinds)


def _expected(about: About, earlier: Framework | None) -> Expected:
    """What heads of tables are expected to name: what the user says, else the layout file, else the earlier version."""
    layout = about.layout
    roles = about.scale or layout.roles or (earlier.scale if earlier else AFC)
    of_skills = earlier.skills[0].scale if earlier and earlier.skills else None
    return Expected(roles, about.skill_scale or layout.skills or of_skills, layout.shapes)


def _unfit_contents(
    about: About, all_tables: Sequence[Table], publication: Publication, expected: Expected
) -> Iterator[Problem]:
    """Cells that name no level of a skill, and lines of the layout file about what is not there."""
    if expected.skills:
        requirements = [table for table in all_tables if table.subject is Subject.REQUIREMENTS and table.columns]
        yield from requirement_problems(requirements, expected.skills, publication.name)
    rows = [row for table in all_tables for row in table.rows]
    titles = [text for row in rows for text in (row.title.text, row.group) if text]
    yield from unfit_titles(about.layout, titles, [paragraph.text for paragraph in publication.prose], publication.name)


def _unfit_renamed(about: About, all_tables: Sequence[Table], earlier: Framework | None) -> Iterator[Problem]:
    """Names of specialisms, old or new, that are not there."""
    today = list(dict.fromkeys(table.title for table in all_tables if table.subject is not Subject.SKILLS))
    before = earlier.specialisms if earlier else ()
    for new, old in about.renamed.items():
        if not before:
            yield Problem("--renamed", f"there is no earlier version with '{old}'", "name its file with --previous")
        elif _specialism_called(old, before) is None:
            right = did_you_mean(old, [specialism.title for specialism in before])
            yield Problem("--renamed", f"the earlier version has no specialism '{old}'", right)
        if plain(new) not in map(plain, today):
            yield Problem("--renamed", f"the file has no specialism '{new}'", did_you_mean(new, today))
        elif _specialism_called(new, before):
            yield Problem("--renamed", f"'{new}' is in the earlier version too", "leave this option out")


def _specialism_called(name: str, specialisms: Sequence[Specialism]) -> Specialism | None:
    names = ((specialism, (specialism.id, specialism.title, *specialism.former)) for specialism in specialisms)
    return next((specialism for specialism, names_of_one in names if plain(name) in map(plain, names_of_one)), None)


_ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")


def _unfit_names(about: About) -> Iterator[Problem]:
    """What options name and a framework file cannot have."""
    if not _ID.fullmatch(about.id):
        right = "use lower-case letters, digits, hyphens and dots, such as nhs-pccf"
        yield Problem("--id", f"'{about.id}' is no short name", right)
    options = {"--version": about.version, "--title": about.title}
    options |= {"--publisher": about.publisher, "--licence": about.licence}
    for option, value in options.items():
        if value is not None and not value.strip():
            yield Problem(
                option, "is empty", "name it, or leave the option out" if option != "--version" else "name it"
            )
        elif value is not None and (forbidden_characters(value) or len(value.splitlines()) > 1):
            yield Problem(option, "is no line of text", "write it in one line, without control characters")


_LINE = re.compile(r":(\d+)(?: .*)?$")


def _at_source(problem: Problem, file: YamlFile, publication: Publication) -> Problem:
    """A problem of the framework file, which is not written, at the place in the file that was read."""
    match = _LINE.search(str(problem.where))
    line = int(match[1]) if match else 0
    before = [keys for keys, at in file.lines.items() if at <= line]
    keys = max(before, key=lambda each_keys: (file.lines[each_keys], len(each_keys)), default=())
    places = {paragraph.source: paragraph.place for paragraph in publication.prose}
    places |= {cell.source: cell.place for grid in publication.grids for cell in grid.cells}
    for end in range(len(keys), -1, -1):
        entry: Any = file.value
        for key in keys[:end]:
            entry = entry[key]
        if isinstance(entry, dict) and "line" in entry.get("source", {}):
            source = SourcePlace(entry["source"]["line"], entry["source"].get("cell"))
            place = places.get(source)
            return replace(problem, where=place.within(publication.name) if place else f"{publication.name}, {source}")
    return replace(problem, where=publication.name)


def _chapters(
    all_tables: Sequence[Table],
    skills: Sequence[Skill],
    publication: Publication,
    earlier: Framework | None,
    about: About,
) -> list[Chapter]:
    by_title: dict[str, list[Table]] = {}
    for table in all_tables:
        if table.subject is not Subject.SKILLS:
            by_title.setdefault(plain(table.title), []).append(table)
    chapters: list[Chapter] = []
    problems: list[Problem] = []
    for tables_of_title in by_title.values():
        roles = next((table for table in tables_of_title if table.subject is Subject.ROLES), None)
        chapter_tables = ChapterTables(roles, tuple(table for table in tables_of_title if table is not roles), skills)
        try:
            earlier_specialism = _earlier_specialism(chapter_tables.first, earlier, about.renamed)
            chapters.append(chapter(chapter_tables, publication, earlier_specialism, about.layout))
        except JdgenError as error:
            problems += error.problems
    if not by_title:
        what = "says nothing of any role, but only what skills mean"
        problems.append(Problem(publication.name, what, "name the file that says which roles need them too"))
    refuse(problems)
    return chapters


def _earlier_specialism(table: Table, earlier: Framework | None, renamed: Mapping[str, str]) -> Specialism | None:
    title = plain(table.title)
    specialisms = earlier.specialisms if earlier else ()
    if old := next((old for new, old in renamed.items() if plain(new) == title), None):
        return _specialism_called(old, specialisms)
    return next(
        (specialism for specialism in specialisms if title in map(plain, (specialism.title, *specialism.former))), None
    )


def _framework(
    publication: Publication,
    chapters: Sequence[Chapter],
    skills: Sequence[Skill],
    about: About,
    earlier: Framework | None,
) -> tuple[Framework, list[Doubt]]:
    renewed = renewed_chapters([each_chapter.specialism.id for each_chapter in chapters], earlier)
    descriptions = [each.specialism.description for each in chapters if each.specialism.description]
    competences, doubts = carry_competences(join_chapters(renewed) if renewed else None, publication, descriptions)
    competence_ids = [competence.id for competence in competences]
    specialisms = tuple(
        replace(
            specialism,
            role_categories=tuple(
                with_known_competences(category, competence_ids) for category in specialism.role_categories
            ),
        )
        for specialism in (chapter.specialism for chapter in chapters)
    )
    superseded_versions = {
        earlier_chapter.specialisms[0].id: _superseded_version(about, earlier_chapter) for earlier_chapter in renewed
    }
    # Said once where it is the same of all.
    usual = next(iter(superseded_versions.values())) if len(set(superseded_versions.values())) == 1 else None
    framework = Framework(
        id=about.id,
        title=about.title or (earlier.title if earlier else _title(publication, about)),
        publisher=about.publisher or (earlier.publisher if earlier else _NO_PUBLISHER),
        version=about.version,
        version_basis=f"Given when {publication.name} was imported.",
        licence=about.licence or (earlier.licence if earlier else _NO_LICENCE),
        source_file=_source_name(publication.name),
        sha256=hashlib.sha256(publication.source).hexdigest(),
        competences=tuple(competences),
        specialisms=tuple(
            replace(specialism, imprint=Imprint(supersedes=superseded_versions.get(specialism.id)))
            if not usual
            else specialism
            for specialism in specialisms
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


def _title(publication: Publication, about: About) -> str:
    """The first paragraph that ends as frameworks' titles do, else the id."""
    texts = (paragraph.text for paragraph in publication.prose if not is_front_matter(paragraph.text))
    return next((text for text in texts if text.lower().endswith(" framework")), about.id)
