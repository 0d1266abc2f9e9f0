"""Reading all that a draft is made from, out of a workspace and what is shipped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

from jdgen.cache import Entry, entry
from jdgen.configuration import GENERAL, load_configuration
from jdgen.drafting.adaptations import Adaptations, adaptations_of, level_problems, stale_problems
from jdgen.drafting.criteria import (
    CriteriaFiles,
    CriteriaLibrary,
    criteria_library_of,
    criteria_problems,
    unfitting_criteria,
    unfitting_library,
)
from jdgen.drafting.data import (
    read_library,
    read_placeholders,
    read_specialisms,
    written_library,
    written_placeholders,
    written_specialisms,
)
from jdgen.drafting.doubts import NO_DOUBTS, Doubts, doubts_of, unfitting_doubts
from jdgen.drafting.draft import PROMPTED
from jdgen.drafting.framework_part import framework_problems
from jdgen.drafting.level_mapping import LevelMapping, level_mapping_of, mapping_problems, unfitting_levels
from jdgen.drafting.library import ClauseSet, Library, Prompts, SpecialismIds, clause_set_of, prompts_of
from jdgen.drafting.model import Picture, Pictures
from jdgen.drafting.named_parts import by_id, is_former_name, is_named, nearest_part, unknown_name
from jdgen.drafting.nations import NationSign, nation_signs_of
from jdgen.drafting.overrides import chosen_level, named_problems
from jdgen.drafting.own_methods import with_own_methods
from jdgen.drafting.person_rows import with_row_ratings
from jdgen.drafting.review import Subjects
from jdgen.errors import JdgenError, Problem, did_you_mean, list_words
from jdgen.files import MEGABYTE, content_of
from jdgen.framework.chapters import chapters_of, current, is_called, join_chapters
from jdgen.framework.model import Framework, Specialism
from jdgen.framework.reading import load_framework
from jdgen.levels import AFC
from jdgen.placeholders import Placeholders
from jdgen.places import PostField
from jdgen.post.fields import PICTURES
from jdgen.post.model import Post
from jdgen.post.reading import PostEntries, outline_post
from jdgen.text_files.schemas import schema_problems
from jdgen.text_files.values import YamlFile
from jdgen.text_files.yaml_reading import read_yaml
from jdgen.workspace import Workspace, is_file, is_folder, shipped_folder

_Loaded = TypeVar("_Loaded")
#: What is read of a file, and the entries of the file that do not fit the framework (any more).
_Fitted: TypeAlias = tuple[_Loaded, Sequence[Problem]]
_FOLDER = "framework_data"
#: The folders in it whose files a library may be read from.
_FOLDERS = ("adaptations", "clauses", "criteria", "doubts", "frameworks", "levels")


#: There is nothing that a post could be drafted from: what comes with jdgen may be left out (NOTICE).
NO_FRAMEWORK = Problem(
    f"{_FOLDER}/frameworks",
    "no framework is here",
    f"import one with: jdgen framework import FILE --id ID --version VERSION --output {_FOLDER}/frameworks/ID.yaml "
    "(`jdgen docs importing` says how)",
)


def load_frameworks(workspace: Workspace) -> tuple[Framework, ...]:
    """All frameworks of the workspace and of what is shipped, in all their versions."""
    return gather(
        (lambda path=path: load_framework(path, display_path(path)))  # type: ignore[misc]  # a default binds the loop's value
        for path in workspace.files(f"{_FOLDER}/frameworks", "*.yaml")
    )


def frameworks_in_use(workspace: Workspace) -> tuple[Framework, ...]:
    """The chapters that documents are drafted from: each a framework of one specialism, in its newest version. Raises
    :class:`JdgenError` for files with problems, and where nothing says which version that is."""
    return current(load_frameworks(workspace))


def specialisms_in_use(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """The ids of the framework and of itself of each specialism that documents are drafted from."""
    return tuple((framework.id, one.id) for framework in frameworks_in_use(workspace) for one in framework.specialisms)


def load_framework_named(named: Path, workspace: Workspace, where: str) -> Framework:
    """The framework that a person means by ``named``: a file, or the id of a framework of the workspace, whose newest
    chapters are meant then, from whatever files. ``where`` is what messages call the option or argument that names it.

    Raises :class:`JdgenError` for what is neither. What has a folder or an ending in its name is a file, which its
    reader reports if it is not there.
    """
    if _may_be_file(named):
        return load_framework(named, display_path(named))
    newest = frameworks_in_use(workspace)
    chapters = [one for one in newest if _is_called(one, named)]
    if not chapters:
        raise JdgenError(_unknown_framework(named, newest, where))
    return join_chapters(chapters)


def load_two_versions(old: Path, new: Path, workspace: Workspace) -> tuple[Framework, Framework]:
    """The frameworks that a person means by the arguments OLD and NEW: see :func:`load_framework_named`. Raises
    :class:`JdgenError` with the problems of both."""
    named = ((old, "OLD"), (new, "NEW"))
    before, after = gather(partial(load_framework_named, path, workspace, where) for path, where in named)
    return before, after


def framework_paths(named: Path, workspace: Workspace, where: str) -> tuple[Path, ...]:
    """The framework files that a person means by ``named``, as :func:`load_framework_named` does: those that the newest
    chapters are from."""
    if _may_be_file(named):
        return (named,)
    versions = load_frameworks(workspace)
    newest = current(versions)
    meant = tuple(
        path
        for framework, path in zip(versions, workspace.files(f"{_FOLDER}/frameworks", "*.yaml"), strict=True)
        if _is_called(framework, named) and any(one in newest for one in chapters_of(framework))
    )
    if not meant:
        raise JdgenError(_unknown_framework(named, newest, where))
    return meant


def _may_be_file(named: Path) -> bool:
    return is_file(named) or len(named.parts) > 1 or bool(named.suffix)


def _is_called(framework: Framework, named: Path) -> bool:
    return framework.id.casefold() == named.name.casefold()


def _unknown_framework(named: Path, newest: Iterable[Framework], where: str) -> Problem:
    titles = {framework.id: framework.title for framework in newest}
    if not titles:
        return NO_FRAMEWORK
    what = f"'{named}' is neither a file nor a framework of the workspace"
    near = nearest_part(named.name, titles)
    right = f"did you mean '{near}'? Known here: {list_words(titles)}" if near else f"use one of {list_words(titles)}"
    return Problem(where, what, right)


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
    said = load_configuration(workspace)
    own = (text for code, method in said.assessment.items() for text in (code, method.code, method.name))
    named = (
        specialism,
        framework or "",
        clauses,
        str(said.has_compact_statements),
        str(said.has_sentence_headings),
        str(said.has_skill_points),
        said.nation or "",
        *own,
    )
    return _kept(
        workspace,
        named,
        lambda: _read_library(workspace, specialism, framework, clauses),
        written_library,
        read_library,
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
        known = _kept(workspace, (), lambda: _read_specialisms(workspace), written_specialisms, read_specialisms)
        for framework, specialism in known.ids:
            if is_wanted(framework, specialism):
                with suppress(JdgenError):
                    libraries.append(load_library(workspace, specialism, framework))
    return tuple(libraries)


def _read_specialisms(workspace: Workspace) -> SpecialismIds:
    return SpecialismIds(specialisms_in_use(workspace))


def _read_library(workspace: Workspace, specialism: str, framework: str | None, clauses: str) -> Library:
    known = load_frameworks(workspace)
    chosen, pathway = find_specialism(current(known), specialism, framework)
    return with_former_names(library_with(workspace, chosen, pathway, clauses), known)


def at_post(problems: Iterable[Problem], post: Post) -> tuple[Problem, ...]:
    """Problems of a library, each that is of what ``post`` names at the place where the post names it."""
    return tuple(
        replace(one, where=post.where(one.where)) if isinstance(one.where, PostField) else one for one in problems
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


def library_with(workspace: Workspace, chosen: Framework, pathway: Specialism, clauses: str = GENERAL) -> Library:
    """As :func:`load_library`, with a framework that has been read already. It is narrowed to what is about
    ``pathway``, so that another chapter of it changes no document."""
    chosen = chosen.of(pathway)
    (pathway,) = chosen.specialisms
    *parts, doubts, nations = (part for part, _ in gather(_loaders(workspace, chosen, pathway, clauses)))
    library = Library(chosen, pathway, *parts)  # type: ignore[arg-type]  # each loader has its type, in this order
    return replace(library, doubts=doubts, nations=nations)  # type: ignore[arg-type]  # so have the last ones


def library_problems(workspace: Workspace, chosen: Framework, pathway: Specialism) -> tuple[Problem, ...]:
    """What keeps a library from being read, and what of it does not fit the framework (any more) and is left out of
    documents."""
    problems: list[Problem] = []
    for loader in _loaders(workspace, chosen, pathway, GENERAL):
        try:
            problems += loader()[1]
        except JdgenError as error:
            problems += error.problems
    return tuple(problems)


def _loaders(
    workspace: Workspace, chosen: Framework, pathway: Specialism, clauses: str
) -> tuple[Callable[[], _Fitted[object]], ...]:
    return (
        lambda: _adaptations(workspace, _added_name(chosen, pathway), chosen, pathway),
        lambda: _criteria(workspace, chosen, pathway),
        lambda: (_clauses(workspace, clauses), ()),
        lambda: (load_prompts(workspace), ()),
        lambda: _levels(workspace, chosen),
        lambda: _doubts(workspace, _added_name(chosen, pathway), chosen, pathway),
        lambda: (_nations(workspace, clauses), ()),
    )


def with_former_names(library: Library, versions: Iterable[Framework]) -> Library:
    """``library`` with the names of parts of the specialism that one of the ``versions`` of its framework has, and its
    own has not."""
    names: dict[str, str] = {}
    for version in (one for one in versions if one.id == library.framework.id):
        for specialism in (one for one in version.specialisms if is_called(library.specialism, one)):
            names |= _names(version, specialism)
    known = _names(library.framework, library.specialism)
    return replace(library, former={name: title for name, title in names.items() if name not in known})


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
    return _kept(workspace, (), lambda: _read_placeholders(workspace), written_placeholders, read_placeholders)


def _read_placeholders(workspace: Workspace) -> Placeholders:
    path = workspace.file(_FOLDER, "placeholders.yaml")
    assert path is not None, "placeholders.yaml is shipped"
    value = _read_checked(path, "placeholders", workspace).value
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


def find_specialism(
    frameworks: Iterable[Framework],
    specialism: str,
    framework: str | None = None,
    where: str = PostField("specialism"),
    where_framework: str = PostField("framework"),
) -> tuple[Framework, Specialism]:
    """The framework that has ``specialism``, and the specialism. ``where`` and ``where_framework`` are where the user
    named each, for messages. Raises :class:`JdgenError` for what no framework has, and where there is none."""
    all_ = [(known, pathway) for known in frameworks for pathway in known.specialisms]
    if not all_:
        raise JdgenError(NO_FRAMEWORK)
    named = [
        (known, pathway) for known, pathway in all_ if framework is None or is_named(framework, known.id, known.title)
    ]
    if not named:
        titles = {known.id: known.title for known, _ in all_}
        raise JdgenError(unknown_name(where_framework, "framework", str(framework), titles))
    found = [(known, pathway) for known, pathway in named if is_named(specialism, pathway.id, pathway.title)]
    # A name of today wins over a former one, and an id over another's title.
    found = found or [(one, pathway) for one, pathway in named if is_former_name(specialism, pathway.former)]
    found = [pair for pair in found if is_named(specialism, pair[1].id, pair[1].id)] or found
    if not found:
        titles = {pathway.id: pathway.title for _, pathway in named}
        raise JdgenError(unknown_name(where, "specialism", specialism, titles))
    if len({known.id for known, _ in found}) < len(found):
        right = f"write the id of one: {list_words(pathway.id for _, pathway in found)}"
        raise JdgenError(Problem(where, f"several specialisms are called '{specialism}'", right))
    if len(found) > 1:
        right = f"choose a framework: {list_words(known.id for known, _ in found)}"
        raise JdgenError(Problem(where, f"several frameworks have the specialism '{specialism}'", right))
    return found[0]


def gather(loaders: Iterable[Callable[[], _Loaded]]) -> tuple[_Loaded, ...]:
    """What all ``loaders`` give. Raises one :class:`JdgenError` with the problems of every one that failed."""
    loaded: list[_Loaded] = []
    problems: list[Problem] = []
    for loader in loaders:
        try:
            loaded.append(loader())
        except JdgenError as error:
            problems += error.problems
    if problems:
        raise JdgenError(problems)
    return tuple(loaded)


def display_path(path: Path) -> str:
    """How messages call a file: relative to the current folder where that is shorter."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive on Windows
        return str(path)
    return relative if len(relative) < len(str(path)) else str(path)


def _display_name(path: Path, workspace: Workspace) -> str:
    """How messages call a file of the workspace. A shipped one is inside the installed package, where nobody is to
    change it: it is called by the place where a copy of it would win."""
    if path.is_relative_to(workspace.root) or not path.is_relative_to(shipped_folder()):
        return display_path(path)
    return f"shipped {path.relative_to(shipped_folder()).as_posix()}"


def _read_checked(path: Path, schema: str, workspace: Workspace) -> YamlFile:
    file = read_yaml(path, _display_name(path, workspace))
    if problems := schema_problems(file, schema):
        raise JdgenError(problems)
    return file


def _adaptations(workspace: Workspace, name: str, framework: Framework, specialism: Specialism) -> _Fitted[Adaptations]:
    """The adaptations for the specialism, or none where nobody has written any."""
    path = workspace.file(f"{_FOLDER}/adaptations", name)
    if path is None:
        return _of_choice(Adaptations(framework.id, specialism.id, "none", (), ()), workspace, specialism), ()
    file = _read_checked(path, "adaptations", workspace)
    if problems := level_problems(file, "remarks", framework.scale):
        raise JdgenError(problems)
    adaptations = adaptations_of(file, specialism)
    names = file.value.get("names", ())
    return _of_choice(adaptations, workspace, specialism, names), stale_problems(file, adaptations)


def _of_choice(
    adaptations: Adaptations, workspace: Workspace, specialism: Specialism, names: Iterable[str] = ()
) -> Adaptations:
    """``adaptations`` with what the organisation has chosen besides."""
    if not load_configuration(workspace).has_sentence_headings:
        return adaptations
    return adaptations.with_sentence_case(specialism.headings, names)


def _doubts(workspace: Workspace, name: str, framework: Framework, specialism: Specialism) -> _Fitted[Doubts]:
    """The doubts about the specialism, or none where nobody has written any."""
    path = workspace.file(f"{_FOLDER}/doubts", name)
    if path is None:
        return NO_DOUBTS, ()
    file = _read_checked(path, "doubts", workspace)
    if problems := level_problems(file, "role_categories", framework.scale):
        raise JdgenError(problems)
    doubts = doubts_of(file, specialism)
    return doubts, unfitting_doubts(doubts)


def _nations(workspace: Workspace, clauses: str) -> tuple[NationSign, ...]:
    """The signs of other nations, where nothing says in which the organisation is, and it has no statements of its own:
    posts have those for England then."""
    statements = workspace.file(f"{_FOLDER}/clauses", f"{GENERAL}.yaml")
    is_own = statements is None or not statements.is_relative_to(shipped_folder())
    if clauses != GENERAL or is_own or load_configuration(workspace).nation:
        return ()
    path = workspace.file(_FOLDER, "nations.yaml")
    assert path is not None, "nations.yaml is shipped"
    return nation_signs_of(_read_checked(path, "nations", workspace))


def load_criteria(workspace: Workspace, framework: Framework, specialism: Specialism) -> CriteriaLibrary:
    """The criteria for ``specialism`` as they are written, with their own codes of assessment."""
    return criteria_library_of(read_criteria(workspace, framework, specialism), specialism)


def _criteria(workspace: Workspace, framework: Framework, specialism: Specialism) -> _Fitted[CriteriaLibrary]:
    files = read_criteria(workspace, framework, specialism)
    own = load_configuration(workspace)
    library = with_row_ratings(criteria_library_of(files, specialism), files.together().get("rows", {}), specialism)
    library = with_own_methods(library, own.assessment, lambda: _assessment_codes(workspace))
    if own.essential_limit is not None:
        library = replace(library, essential_limit=own.essential_limit)
    if own.has_skill_points:
        library = replace(library, has_points=bool(specialism.skill_ids))
    return library, unfitting_criteria(files, framework, specialism)


def read_criteria(workspace: Workspace, framework: Framework, specialism: Specialism) -> CriteriaFiles:
    """The files of criteria for ``specialism``, none of which need be there. Raises :class:`JdgenError`."""
    usual = workspace.file(_FOLDER, "criteria.yaml")
    assert usual is not None, "criteria.yaml is shipped"
    own = workspace.file(f"{_FOLDER}/criteria", _added_name(framework, specialism))
    files = CriteriaFiles(
        _read_checked(usual, "criteria", workspace),
        _criteria_of_framework(workspace, framework),
        _read_checked(own, "criteria", workspace) if own else None,
    )
    if problems := criteria_problems(files, framework.scale):
        raise JdgenError(problems)
    return files


def _criteria_of_framework(workspace: Workspace, framework: Framework) -> YamlFile | None:
    """The library of criteria for all of ``framework``, where somebody has written one."""
    path = workspace.file(f"{_FOLDER}/criteria", f"{framework.id}.yaml")
    if path is None:
        return None
    file = _read_checked(path, "criteria", workspace)
    if (specialism := file.value.get("specialism")) is None:
        return file
    if framework.id.endswith(f"-{specialism}"):  # that specialism's, of a framework whose id this one's begins with
        return None
    what = f"these criteria are for '{specialism}' alone, and their file has the name of a whole framework"
    right = f"name the file {framework.id}-{specialism}.yaml, or delete the line if they are for all of it"
    raise JdgenError(Problem(file.where(("specialism",)), what, right))


def library_criteria_problems(workspace: Workspace, frameworks: Iterable[Framework]) -> tuple[Problem, ...]:
    """What of the libraries of criteria for whole ``frameworks``, each given with all its chapters, does not fit them
    (any more)."""
    chapters: dict[str, list[Framework]] = {}
    for framework in frameworks:
        chapters.setdefault(framework.id, []).append(framework)
    problems: list[Problem] = []
    for known in chapters.values():
        with suppress(JdgenError):  # told of each specialism
            if file := _criteria_of_framework(workspace, known[0]):
                problems += unfitting_library(file, join_chapters(known))
    return tuple(problems)


def criteria_path(workspace: Workspace, framework: Framework, specialism: Specialism) -> Path:
    """Where the workspace's own criteria for ``specialism`` are looked for."""
    return Path(display_path(workspace.root / _FOLDER / "criteria" / _added_name(framework, specialism)))


def _added_name(framework: Framework, specialism: Specialism) -> str:
    """The name of files that add to one specialism."""
    return f"{framework.id}-{specialism.id}.yaml"


def _assessment_codes(workspace: Workspace) -> Iterator[str]:
    """The codes of all criteria, of whatever specialism."""
    for path in workspace.files(f"{_FOLDER}/criteria", "*.yaml"):
        yield from (method["code"] for method in _read_checked(path, "criteria", workspace).value.get("assessment", ()))


def _clauses(workspace: Workspace, name: str) -> ClauseSet:
    # Looked up among the files that are there, so that a name from a post never becomes a path.
    known = {file.stem: file for file in workspace.files(f"{_FOLDER}/clauses", "*.yaml")}
    stems = [stem for stem in known if stem == name] or [stem for stem in known if is_named(name, stem, stem)]
    if len(stems) == 1:
        return _clause_set(workspace, known[stems[0]])
    sets = dict(zip(known, gather(partial(_clause_set, workspace, file) for file in known.values()), strict=True))
    called = [one for one in sets.values() if is_named(name, one.title, one.title)]
    if len(called) != 1:
        titles = {stem: one.title for stem, one in sets.items()}
        raise JdgenError(unknown_name(PostField("clauses"), "set of general statements", name, titles))
    return called[0]


def _clause_set(workspace: Workspace, path: Path) -> ClauseSet:
    files = read_statements(workspace, path)
    return clause_set_of(*files, is_compact=load_configuration(workspace).has_compact_statements)


def statement_problems(workspace: Workspace) -> tuple[Problem, ...]:
    """What keeps any of the workspace's and the shipped sets of general statements from being read."""
    problems: list[Problem] = []
    for path in workspace.files(f"{_FOLDER}/clauses", "*.yaml"):
        try:
            _clause_set(workspace, path)
        except JdgenError as error:
            problems += error.problems
    return tuple(problems)


def read_statements(workspace: Workspace, path: Path) -> tuple[YamlFile, YamlFile | None]:
    """The file of a set of general statements, and that of the set which it is based on: the one beside it, so that a
    shipped set never rests on an organisation's own, else the shipped one. Raises :class:`JdgenError`."""
    file = _read_checked(path, "clauses", workspace)
    if (named := file.value.get("based_on")) is None:
        return file, None
    folders = (path.parent, shipped_folder() / _FOLDER / "clauses")
    known = {each.stem: each for folder in folders[::-1] for each in folder.glob("*.yaml") if each.stem != path.stem}
    where = file.where(("based_on",))
    if named not in known:
        raise JdgenError(Problem(where, f"there is no other set '{named}'", did_you_mean(named, list(known))))
    base = _read_checked(known[named], "clauses", workspace)
    if "based_on" in base.value:
        raise JdgenError(Problem(where, f"'{named}' is based on another set itself", "name one that is whole"))
    return file, base


def _levels(workspace: Workspace, framework: Framework) -> _Fitted[LevelMapping | None]:
    """The levels that are taken for posts which name none, where somebody has written them down."""
    path = workspace.file(f"{_FOLDER}/levels", f"{framework.id}.yaml")
    if path is None:
        return None, ()
    file = _read_checked(path, "levels", workspace)
    if problems := mapping_problems(file, framework):
        raise JdgenError(problems)
    unfitting = unfitting_levels(file, framework)
    return None if framework.scale == AFC else level_mapping_of(file, framework.scale), unfitting


def load_prompts(workspace: Workspace) -> Prompts:
    """The workspace's own prompts, else the shipped ones. An own file that was written before jdgen asked for a field
    has jdgen's prompt for it."""
    path = workspace.file(_FOLDER, "prompts.yaml")
    assert path is not None, "prompts.yaml is shipped"
    file = _read_checked(path, "prompts", workspace)
    prompts = prompts_of(file)
    problems = [
        Problem(file.where(("prompts", at, "field")), f"no field '{name}' is asked for", did_you_mean(name, PROMPTED))
        for at, name in enumerate(entry["field"] for entry in file.value["prompts"])
        if name not in PROMPTED
    ]
    if problems:
        raise JdgenError(problems)
    if all(field in prompts.by_field for field in PROMPTED):
        return prompts
    shipped = prompts_of(_read_checked(shipped_folder() / _FOLDER / "prompts.yaml", "prompts", workspace))
    return replace(prompts, by_field={**shipped.by_field, **prompts.by_field})


# What was read of sound files is kept for later runs, for as long as all files are the same.


def _kept(
    workspace: Workspace,
    named: Sequence[str],
    read: Callable[[], _Loaded],
    written: Callable[[_Loaded], bytes],
    from_data: Callable[[bytes], _Loaded],
) -> _Loaded:
    """What ``read`` gives for what is ``named``, or gave in an earlier run for the same files. ``written`` and
    ``from_data`` make data of it and read that."""
    place = _place(workspace, named, written.__name__)
    if place and (content := place.read()) is not None:
        with suppress(ValueError):
            return from_data(content)
    value = read()
    # Files that were written meanwhile may have been read so or so.
    if place and place == _place(workspace, named, written.__name__):
        place.write(written(value))
    return value


def _place(workspace: Workspace, named: Sequence[str], kind: str) -> Entry | None:
    """Where what is read of the workspace's and the shipped files is kept; nowhere where one of them cannot be read."""
    inputs = [*named]
    contents = []
    try:
        for base in dict.fromkeys((shipped_folder(), workspace.root)):
            for path in _yaml_files(base / _FOLDER):
                # Places in it have this name.
                inputs.append(f"{base == workspace.root} {_display_name(path, workspace)}")
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
    named = {name: file for name in PICTURES if (file := getattr(post, name)) is not None}
    right = "keep it beside the post file"
    return {
        name: Picture(picture_content(file.path, post.where(f"{name}.file"), right), file.description)
        for name, file in named.items()
    }


def picture_content(path: Path, where: str, right: str) -> bytes:
    """The content of the file ``path``.

    Raises :class:`JdgenError` if it cannot be read, or is none that a document could carry: at ``where``, and with what
    would be ``right``.
    """
    return content_of(path, "the picture", right, most=_MOST, where=where)
