"""What documents are made again with: library and template for each record, read once for many documents."""

from __future__ import annotations

import datetime
import functools
import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from jdgen.configuration import load_configuration
from jdgen.document.making import DocumentSources
from jdgen.drafting.frameworks_here import find_specialism, load_frameworks
from jdgen.drafting.library import Library, own_heading
from jdgen.drafting.loading import library_with, with_former_names
from jdgen.drafting.named_parts import is_former_name, is_named, unknown_name
from jdgen.errors import JdgenError, Problem
from jdgen.files import content_of
from jdgen.framework.chapters import current
from jdgen.framework.model import Framework, Specialism
from jdgen.levels import AFC, UnknownLevelError
from jdgen.places import PostField
from jdgen.post.model import Post
from jdgen.post.values import post_of_values
from jdgen.record.finding import KeptRecords
from jdgen.record.model import DATE_NAMED, GenerationRecord, template_name
from jdgen.system.processes import Processes
from jdgen.template.compiled import CompiledTemplate
from jdgen.template.vetting import open_vetted
from jdgen.workspace import Workspace, display_path, is_file
from jdgen.zips import WORD_FILE

# The template that a document was made with, looked for in a workspace: its record has the name and the digest of the
# file, and says nothing of where it was.

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
    own_paths = (workspace.root / _FOLDER / _name(record), workspace.root / _name(record))
    own_path = next(filter(is_file, own_paths), None)
    return own_path or _same_template(record, workspace) or workspace.file(_FOLDER, _name(record))


def _same_template(record: GenerationRecord, workspace: Workspace) -> Path | None:
    """The very template that the document of ``record`` was made with, whatever its name is now; nothing where it is
    not here. It is known by its digest."""
    return next((path for path in _places(record, workspace) if _digest(path) == record.template_sha256), None)


def _name_for(path: Path, record: GenerationRecord) -> str:
    """What the template at ``path`` is called in the documents of ``record`` and in messages: what was shipped before
    keeps its name."""
    return template_name(record.template) if path.parent.name == Path(_EARLIER).name else display_path(path)


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
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.stat().st_size <= WORD_FILE.file else ""
    except OSError:
        return ""


# Names in a record that the framework has no more. What it says of itself goes first: a specialism and a level know
# what they were called. What nobody says is the user's to say.


@dataclass(frozen=True)
class Renames:
    """What specialisms and levels are called now that documents know by other names, by the user's word: each new name
    by the old one."""

    specialisms: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def today(name: str, renamed: Mapping[str, str]) -> str:
        """What ``name`` is called now, whatever its capitals."""
        return next((new for old, new in renamed.items() if old.casefold() == name.casefold()), name)

    def with_others(self, other: Renames) -> Renames:
        """These and those of ``other``."""
        return Renames({**self.specialisms, **other.specialisms}, {**self.levels, **other.levels})


#: Where the user says nothing.
NO_RENAMES = Renames()


@dataclass(frozen=True)
class GoneName(Problem):
    """A specialism or a level by the ``name`` that a record has, which means nothing any more. ``option`` is what says
    what it is called now, and ``known_names`` the names that there are."""

    option: str = ""
    name: str = ""
    known_names: tuple[str, ...] = ()


def _gone_name(problem: Problem, option: str, name: str, known_names: Iterable[str]) -> GoneName:
    right = f"{problem.right}; or say what it is called now: jdgen regenerate {option} '{name}=NEW NAME'"
    return GoneName(problem.where, problem.what, right, option, name, tuple(known_names))


def _is_of_name(name: str, specialism: Specialism) -> bool:
    return is_named(name, specialism.id, specialism.title) or is_former_name(name, specialism.former)


def _gone_specialism(name: str, chapters: Iterable[Framework]) -> GoneName:
    titles = {specialism.id: specialism.title for chapter in chapters for specialism in chapter.specialisms}
    problem = unknown_name(PostField("specialism"), "specialism", name, titles)
    return _gone_name(problem, "--specialism", name, titles)


@dataclass
class FreshSources:
    """The workspace's frameworks and templates; ``framework`` and ``template`` stand in for those of the records where
    the user names them, and ``renames`` for names in them."""

    workspace: Workspace
    framework: Framework | None = None
    template: Path | None = None
    renames: Renames = NO_RENAMES
    records: KeptRecords = field(init=False)
    _frameworks: tuple[Framework, ...] | None = None
    _libraries: dict[tuple[str, str, str], Library | JdgenError] = field(default_factory=dict)
    _templates: dict[tuple[str, str], CompiledTemplate] = field(default_factory=dict)
    _document_sources: dict[tuple[object, ...], DocumentSources] = field(default_factory=dict)
    _configured_headings: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        self.records = KeptRecords(self.workspace)

    def document_sources(self, record: GenerationRecord, post: Post, verbatim: bool = False) -> DocumentSources:
        """What the document of ``record`` is made from today. Raises :class:`JdgenError` where something of it is not
        here."""
        library, template = self._library(record, post), self._template(record)
        dated = record.dated == DATE_NAMED
        own_headings = self._own_headings(record) if template.own_fields else {}
        key = (id(library), template.digest, record.drafted, dated, verbatim, tuple(own_headings.items()))
        if key not in self._document_sources:
            self._document_sources[key] = DocumentSources(
                library.verbatim() if verbatim else library, template, _date(record), dated, own_headings=own_headings
            )
        return self._document_sources[key]

    def post_today(self, record: GenerationRecord, post: Post) -> Post:
        """``post`` with the names that its specialism and its level have today. Raises :class:`JdgenError` for one that
        means nothing any more: :class:`GoneName`."""
        name = Renames.today(post.specialism, self.renames.specialisms)
        renamed_post = post if name == post.specialism else replace(post, specialism=name)
        specialism = self._library(record, renamed_post).specialism
        if not is_named(renamed_post.specialism, specialism.id, specialism.title):
            renamed_post = replace(renamed_post, specialism=specialism.id)
        if post.level is None or specialism.scale == AFC or specialism.scale.is_empty:
            return renamed_post
        level = Renames.today(post.level, self.renames.levels)
        try:
            today = specialism.scale.level(level)
        except UnknownLevelError as error:
            level_names = [str(each_level) for each_level in specialism.levels]
            raise JdgenError(
                _gone_name(Problem("level", str(error), error.right), "--level", level, level_names)
            ) from error
        return (
            replace(renamed_post, level=str(today))
            if level != post.level or specialism.scale.is_former(level)
            else renamed_post
        )

    def _own_headings(self, record: GenerationRecord) -> Mapping[str, str]:
        """The headings of the organisation's own fields: as its settings have them, else as the document's prompts
        had them, which may come from the workbook that it was made from."""
        if self._configured_headings is None:
            self._configured_headings = load_configuration(self.workspace).own
        prompted = (own_heading(note.subject, note.text) for note in record.notes)
        return {**dict(filter(None, prompted)), **self._configured_headings}

    def _library(self, record: GenerationRecord, post: Post) -> Library:
        key = (record.framework, post.specialism, post.clauses)
        if key not in self._libraries:
            self._libraries[key] = self._read_library(*key)
        library = self._libraries[key]
        if isinstance(library, JdgenError):
            raise library
        return library

    def _read_library(self, framework: str, specialism: str, clauses: str) -> Library | JdgenError:
        """The library, or what is wrong with it: read once, not once for each of ten thousand documents."""
        try:
            chapters = [chapter for chapter in self.frameworks() if chapter.id == framework]
            if chapters and not any(_is_of_name(specialism, chapter.specialisms[0]) for chapter in chapters):
                raise JdgenError(_gone_specialism(specialism, chapters))
            chosen_framework, pathway = find_specialism(self.frameworks(), specialism, framework)
            return with_former_names(library_with(self.workspace, chosen_framework, pathway, clauses), self._versions)
        except JdgenError as error:
            return error

    def frameworks(self) -> tuple[Framework, ...]:
        """The frameworks of today. Raises :class:`JdgenError` where one of them cannot be read."""
        if self._frameworks is None:
            self._frameworks = current(self._versions, self.framework)
        return self._frameworks

    @functools.cached_property
    def _versions(self) -> tuple[Framework, ...]:
        """All frameworks of the workspace, in all their versions."""
        return load_frameworks(self.workspace)

    def _template(self, record: GenerationRecord) -> CompiledTemplate:
        key = (record.template, record.template_sha256)
        if key not in self._templates:
            path = template_file(record, self.workspace) if self.template is None else self.template
            if path is None:
                where = template_name(record.template) or "its template"
                right = "put it into the folder templates, or name the one to make the document with: --template FILE"
                raise JdgenError(Problem(where, "the template of the document is not here", right))
            self._templates[key] = open_vetted(content_of(path, "the template"), _name_for(path, record))
        return self._templates[key]

    def template_of(self, record: GenerationRecord) -> CompiledTemplate | None:
        """The very template that the document of ``record`` was made with, where it is at hand."""
        key = ("", record.template_sha256)
        if key not in self._templates:
            path = _same_template(record, self.workspace)
            if path is None:
                return None
            self._templates[key] = open_vetted(content_of(path, "the template"), _name_for(path, record))
        return self._templates[key]


def post_of_record(record: GenerationRecord, name: str) -> Post:
    """The post that a document was made of. Raises :class:`JdgenError` where its record holds none that is whole."""
    try:
        return post_of_values(record.post)
    except ValueError as error:
        what = f"the post in its record cannot be read ({error})"
        raise JdgenError(Problem(name, what, "make the document anew from a post file")) from error


def _date(record: GenerationRecord) -> datetime.date:
    try:
        return datetime.date.fromisoformat(record.drafted)
    except ValueError as error:
        right = "make the document anew from a post file"
        raise JdgenError(Problem("its record", f"'{record.drafted}' is no date", right)) from error


# Many documents, each looked at with the same sources: by this process, or by several that read them once each.

_Document = TypeVar("_Document")
_Answer = TypeVar("_Answer")


def look_at_each(
    look: Callable[..., _Answer],
    documents: Sequence[_Document],
    sources: FreshSources,
    *arguments: Any,
    look_over_death: Callable[[_Document], _Answer],
    jobs: int,
    chunk: int,
) -> Generator[_Answer]:
    """What ``look(document, sources, *arguments)`` says of each of ``documents``, in order; ``jobs`` processes share
    them out, each of which is handed as many as a ``chunk`` at a time. Of one over which a process dies, it is what
    ``look_over_death`` says."""
    if jobs < 2:
        yield from (look(document, sources, *arguments) for document in documents)
        return
    beginning = (look, (sources.workspace, sources.framework, sources.template, sources.renames), arguments)
    with Processes(jobs, _begin, beginning) as processes:
        yield from processes.results(_look_here, documents, chunk, look_over_death)


def death_over(document: Path, what: str = "looked at it") -> Problem:
    """That a process died over ``document``, which did ``what`` with it."""
    right = "look for something unusual in it; other documents are not affected"
    return Problem(str(document), f"the process that {what} died", right)


_beginning: tuple[Callable[..., Any], FreshSources, tuple[Any, ...]] | None = None


def _begin(look: Callable[..., Any], made_from: tuple[Any, ...], arguments: tuple[Any, ...]) -> None:
    global _beginning  # noqa: PLW0603  # what a process keeps between documents
    _beginning = look, FreshSources(*made_from), arguments


def _look_here(documents: Sequence[Any]) -> list[Any]:
    assert _beginning is not None, "every process has begun"
    look, sources, arguments = _beginning
    return [look(document, sources, *arguments) for document in documents]
