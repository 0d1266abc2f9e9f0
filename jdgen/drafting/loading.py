"""Reading all that a draft is made from, out of a workspace and what is shipped: libraries, placeholders, pictures.

What was read of sound files is kept for later runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from jdgen.cache import Entry, entry
from jdgen.configuration import GENERAL, load_configuration
from jdgen.drafting.added_files import (
    FOLDER,
    Fitted,
    adaptations_for,
    criteria_for,
    doubts_for,
    levels_for,
    load_prompts,
    nations_for,
    read_checked,
    statements_called,
)
from jdgen.drafting.data import read_data, written_data
from jdgen.drafting.framework_part import framework_problems
from jdgen.drafting.frameworks_here import find_specialism, load_frameworks, specialisms_in_use
from jdgen.drafting.library import Library, SpecialismIds
from jdgen.drafting.model import Picture, Pictures
from jdgen.drafting.named_parts import by_id
from jdgen.drafting.overrides import chosen_level, named_problems
from jdgen.drafting.review import Subjects
from jdgen.errors import JdgenError, Problem, gather
from jdgen.files import MEGABYTE, content_of
from jdgen.framework.chapters import current, is_called
from jdgen.framework.model import Framework, Specialism
from jdgen.placeholders import Placeholders
from jdgen.places import PostField
from jdgen.post.fields import PICTURES
from jdgen.post.model import Post
from jdgen.post.reading import PostEntries, outline_post
from jdgen.workspace import Workspace, is_file, is_folder, shipped_folder

_FromCache = TypeVar("_FromCache", Library, Placeholders, SpecialismIds)
#: The folders of ``framework_data`` whose files a library may be read from.
_FOLDERS = ("adaptations", "clauses", "criteria", "doubts", "frameworks", "levels")


def load_library(
    workspace: Workspace,
    specialism: str,
    framework: str | None = None,
    clauses: str = GENERAL,
) -> Library:
    """Everything for drafting posts of ``specialism``.

    Raises :class:`JdgenError`: a specialism that no framework has, or several have; files with problems. Where what was
    named is a problem, its place is called as the field of a post is: see :func:`at_post`.
    """
    configuration = load_configuration(workspace)
    assessment_texts = (
        text for code, method in configuration.assessment.items() for text in (code, method.code, method.name)
    )
    choices = (
        specialism,
        framework or "",
        clauses,
        str(configuration.has_compact_statements),
        str(configuration.has_sentence_headings),
        str(configuration.has_skill_points),
        configuration.nation or "",
        *assessment_texts,
    )
    return _read_or_cached(
        workspace, choices, Library, lambda: _read_library(workspace, specialism, framework, clauses)
    )


def load_subjects(workspace: Workspace, libraries: Iterable[Library]) -> Subjects:
    """By which headings people know what ``libraries`` have, and the organisation's own fields. Raises
    :class:`JdgenError` for settings that cannot be read."""
    return Subjects(libraries, load_configuration(workspace).own)


def readable_libraries(workspace: Workspace, is_wanted: Callable[[str, str], bool]) -> tuple[Library, ...]:
    """The libraries of all specialisms that are wanted, by the ids of their framework and their own, as far as they can
    be read."""
    libraries: list[Library] = []
    with suppress(JdgenError):
        specialism_ids = _read_or_cached(
            workspace, (), SpecialismIds, lambda: SpecialismIds(specialisms_in_use(workspace))
        )
        for framework, specialism in specialism_ids.ids:
            if is_wanted(framework, specialism):
                with suppress(JdgenError):
                    libraries.append(load_library(workspace, specialism, framework))
    return tuple(libraries)


def _read_library(workspace: Workspace, specialism: str, framework: str | None, clauses: str) -> Library:
    versions = load_frameworks(workspace)
    chapter, pathway = find_specialism(current(versions), specialism, framework)
    return with_former_names(library_with(workspace, chapter, pathway, clauses), versions)


def at_post(problems: Iterable[Problem], post: Post) -> tuple[Problem, ...]:
    """Problems of a library, each that is of what ``post`` names at the place where the post names it."""
    return tuple(
        replace(problem, where=post.where(problem.where)) if isinstance(problem.where, PostField) else problem
        for problem in problems
    )


def outline_problems(entries: PostEntries, library_of: Callable[[Post], Library]) -> tuple[Problem, ...]:
    """All that can be said against ``entries`` from which no post can be made yet, once ``library_of`` says what they
    are drafted from: with what keeps them from being one, a person has every problem in one round."""
    post, is_banded = outline_post(entries)
    if post is None:
        return ()
    try:
        library = library_of(post)
    except JdgenError as error:
        return error.problems
    if is_banded:
        return framework_problems(post, library)
    return tuple(named_problems(by_id(post, library), library))


def library_with(workspace: Workspace, framework: Framework, pathway: Specialism, clauses: str = GENERAL) -> Library:
    """As :func:`load_library`, with a framework that has been read already. It is narrowed to what is about
    ``pathway``, so that another chapter of it changes no document."""
    framework = framework.of(pathway)
    (pathway,) = framework.specialisms
    *parts, doubts, nations = (part for part, _ in gather(_loaders(workspace, framework, pathway, clauses)))
    library = Library(framework, pathway, *parts)  # type: ignore[arg-type]  # each loader has its type, in this order
    return replace(library, doubts=doubts, nations=nations)  # type: ignore[arg-type]  # so have the last ones


def library_problems(workspace: Workspace, framework: Framework, pathway: Specialism) -> tuple[Problem, ...]:
    """What keeps a library from being read, and what of it does not fit the framework (any more) and is left out of
    documents."""
    problems: list[Problem] = []
    for loader in _loaders(workspace, framework, pathway, GENERAL):
        try:
            problems += loader()[1]
        except JdgenError as error:
            problems += error.problems
    return tuple(problems)


def _loaders(
    workspace: Workspace, framework: Framework, pathway: Specialism, clauses: str
) -> tuple[Callable[[], Fitted[object]], ...]:
    return (
        lambda: adaptations_for(workspace, framework, pathway),
        lambda: criteria_for(workspace, framework, pathway),
        lambda: (statements_called(workspace, clauses), ()),
        lambda: (load_prompts(workspace), ()),
        lambda: levels_for(workspace, framework),
        lambda: doubts_for(workspace, framework, pathway),
        lambda: (nations_for(workspace, clauses), ()),
    )


def with_former_names(library: Library, versions: Iterable[Framework]) -> Library:
    """``library`` with the names of parts of the specialism that one of the ``versions`` of its framework has, and its
    own has not."""
    names: dict[str, str] = {}
    for version in (version for version in versions if version.id == library.framework.id):
        for specialism in (
            specialism for specialism in version.specialisms if is_called(library.specialism, specialism)
        ):
            names |= _names(version, specialism)
    names_today = _names(library.framework, library.specialism)
    return replace(library, former={name: title for name, title in names.items() if name not in names_today})


def _names(framework: Framework, specialism: Specialism) -> dict[str, str]:
    """What a post may call the parts that it chooses, with their titles."""
    parts = [(category.id, category.title) for category in specialism.role_categories]
    parts += [(row.id, row.title) for row in (*specialism.headings, *specialism.entry_routes)]
    parts += [(competence.id, competence.name) for competence in framework.competences]
    for skill in map(framework.skill, specialism.chosen_skills):
        parts.append((skill.id, skill.title))
        parts += [(chosen_level(skill.id, name), f"{skill.title}: {name}") for name in skill.scale.names]
    return dict(parts)


def load_placeholders(workspace: Workspace) -> Placeholders:
    """Words that stand where an answer is still to come: the workspace's own list, else the shipped one."""
    return _read_or_cached(workspace, (), Placeholders, lambda: _read_placeholders(workspace))


def _read_placeholders(workspace: Workspace) -> Placeholders:
    path = workspace.file(FOLDER, "placeholders.yaml")
    assert path is not None, "placeholders.yaml is shipped"
    value = read_checked(path, "placeholders", workspace).value
    words, nothing = value["placeholders"], value["nothing"]
    return Placeholders(
        alone=tuple(words["alone"]),
        phrases=tuple(words["phrases"]),
        companions=tuple(words["companions"]),
        instructions=tuple(words["instructions"]),
        marks=words["marks"],
        letters=words["letters"],
        elsewhere=tuple(words.get("elsewhere", ())),
        nothing=tuple(nothing["words"]),
        unclear=tuple(nothing["unclear"]),
        printed=frozenset(nothing["printed"]),
        left_out=frozenset(nothing["left_out"]),
    )


# What was read of sound files is kept for later runs, for as long as all files are the same.


def _read_or_cached(
    workspace: Workspace, choices: Sequence[str], kind: type[_FromCache], reader: Callable[[], _FromCache]
) -> _FromCache:
    """What ``reader`` gives, of this ``kind``, for these ``choices``, or gave in an earlier run for the same files."""
    place = _place(workspace, choices, kind.__name__)
    if place and (content := place.read()) is not None:
        with suppress(ValueError):
            return read_data(content, kind)
    value = reader()
    # Files that were written meanwhile may have been read so or so.
    if place and place == _place(workspace, choices, kind.__name__):
        place.write(written_data(value))
    return value


def _place(workspace: Workspace, choices: Sequence[str], kind: str) -> Entry | None:
    """Where what is read of the workspace's and the shipped files is kept; nowhere where one of them cannot be read."""
    inputs = [*choices]
    contents = []
    try:
        for base in dict.fromkeys((shipped_folder(), workspace.root)):
            for path in _yaml_files(base / FOLDER):
                # Places in it have this name.
                inputs.append(f"{base == workspace.root} {workspace.display_name(path)}")
                contents.append(content_of(path))
    except (JdgenError, OSError, ValueError):
        return None
    return entry(kind, *inputs, *contents)


def _yaml_files(folder: Path) -> Iterator[Path]:
    for inside in (folder, *(folder / name for name in _FOLDERS)):
        if is_folder(inside):
            yield from sorted(path for path in inside.iterdir() if path.suffix.lower() == ".yaml" and is_file(path))


# Reading the pictures that posts and people name.

#: NHS Jobs takes documents of one megabyte; a picture of ten times that is none for a heading.
_MOST = 10 * MEGABYTE


def pictures_of(post: Post) -> Pictures:
    """The pictures of the organisation's own, read from the files that the post names."""
    files = {name: file for name in PICTURES if (file := getattr(post, name)) is not None}
    right = "keep it beside the post file"
    return {
        name: Picture(picture_content(file.path, post.where(f"{name}.file"), right), file.description)
        for name, file in files.items()
    }


def picture_content(path: Path, where: str, right: str) -> bytes:
    """The content of the file ``path``.

    Raises :class:`JdgenError` if it cannot be read, or is none that a document could carry: at ``where``, and with what
    would be ``right``.
    """
    return content_of(path, "the picture", right, most=_MOST, where=where)
