"""The files of a workspace that say what drafts add to a framework, and in which words: criteria, adaptations, doubts,
levels, general statements, prompts. Each is read, checked, and told where it does not fit the framework (any more)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar

from jdgen.configuration import GENERAL, load_configuration
from jdgen.drafting.adaptations import Adaptations, adaptations_of, level_problems, stale_problems
from jdgen.drafting.criteria import CriteriaFiles, CriteriaLibrary, criteria_library_of
from jdgen.drafting.criteria_check import criteria_file_problems, unfitting_criteria
from jdgen.drafting.doubts import NO_DOUBTS, Doubts, doubts_of, unfitting_doubts
from jdgen.drafting.draft import PROMPTED
from jdgen.drafting.level_mapping import LevelMapping, level_mapping_of, mapping_problems, unfitting_levels
from jdgen.drafting.library import ClauseSet, Prompts, clause_set_of, prompts_of
from jdgen.drafting.named_parts import is_named, unknown_name
from jdgen.drafting.nations import NationSign, nation_signs_of
from jdgen.drafting.own_methods import with_own_methods
from jdgen.drafting.person_rows import with_row_ratings
from jdgen.errors import JdgenError, Problem, did_you_mean, gather, refuse
from jdgen.framework.model import Framework, Specialism
from jdgen.levels import AFC
from jdgen.places import PostField
from jdgen.text_files.schemas import schema_problems
from jdgen.text_files.values import YamlFile
from jdgen.text_files.yaml_reading import read_yaml
from jdgen.workspace import Workspace, display_path, shipped_folder

_Content = TypeVar("_Content")
#: What is read of a file, and the entries of the file that do not fit the framework (any more).
Fitted: TypeAlias = tuple[_Content, Sequence[Problem]]
FOLDER = "framework_data"


def read_checked(path: Path, schema: str, workspace: Workspace) -> YamlFile:
    """The file at ``path``, which fits the ``schema`` of this name. Raises :class:`JdgenError` for any other."""
    file = read_yaml(path, workspace.display_name(path))
    refuse(schema_problems(file, schema))
    return file


def adaptations_for(workspace: Workspace, framework: Framework, specialism: Specialism) -> Fitted[Adaptations]:
    """The adaptations for the specialism, or none where nobody has written any."""
    path = workspace.file(f"{FOLDER}/adaptations", _added_name(framework, specialism))
    if path is None:
        return _of_choice(Adaptations(framework.id, specialism.id, "none", (), ()), workspace, specialism), ()
    file = read_checked(path, "adaptations", workspace)
    refuse(level_problems(file, "remarks", framework.scale))
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


def doubts_for(workspace: Workspace, framework: Framework, specialism: Specialism) -> Fitted[Doubts]:
    """The doubts about the specialism, or none where nobody has written any."""
    path = workspace.file(f"{FOLDER}/doubts", _added_name(framework, specialism))
    if path is None:
        return NO_DOUBTS, ()
    file = read_checked(path, "doubts", workspace)
    refuse(level_problems(file, "role_categories", framework.scale))
    doubts = doubts_of(file, specialism)
    return doubts, unfitting_doubts(doubts)


def nations_for(workspace: Workspace, clauses: str) -> tuple[NationSign, ...]:
    """The signs of other nations, where nothing says in which the organisation is, and it has no statements of its own:
    posts have those for England then."""
    statements = workspace.file(f"{FOLDER}/clauses", f"{GENERAL}.yaml")
    is_own = statements is None or not statements.is_relative_to(shipped_folder())
    if clauses != GENERAL or is_own or load_configuration(workspace).nation:
        return ()
    path = workspace.file(FOLDER, "nations.yaml")
    assert path is not None, "nations.yaml is shipped"
    return nation_signs_of(read_checked(path, "nations", workspace))


def load_criteria(workspace: Workspace, framework: Framework, specialism: Specialism) -> CriteriaLibrary:
    """The criteria for ``specialism`` as they are written, with their own codes of assessment."""
    return criteria_library_of(read_criteria(workspace, framework, specialism), specialism)


def criteria_for(workspace: Workspace, framework: Framework, specialism: Specialism) -> Fitted[CriteriaLibrary]:
    """The criteria for ``specialism``, with what the organisation says of them besides."""
    files = read_criteria(workspace, framework, specialism)
    configuration = load_configuration(workspace)
    library = with_row_ratings(criteria_library_of(files, specialism), files.together().get("rows", {}), specialism)
    library = with_own_methods(library, configuration.assessment, lambda: _assessment_codes(workspace))
    if configuration.essential_limit is not None:
        library = replace(library, essential_limit=configuration.essential_limit)
    if configuration.has_skill_points:
        library = replace(library, has_points=bool(specialism.skill_ids))
    return library, unfitting_criteria(files, framework, specialism)


def read_criteria(workspace: Workspace, framework: Framework, specialism: Specialism) -> CriteriaFiles:
    """The files of criteria for ``specialism``, none of which need be there. Raises :class:`JdgenError`."""
    usual = workspace.file(FOLDER, "criteria.yaml")
    assert usual is not None, "criteria.yaml is shipped"
    own_path = workspace.file(f"{FOLDER}/criteria", _added_name(framework, specialism))
    files = CriteriaFiles(
        read_checked(usual, "criteria", workspace),
        criteria_of_framework(workspace, framework),
        read_checked(own_path, "criteria", workspace) if own_path else None,
    )
    refuse(criteria_file_problems(files, framework.scale))
    return files


def criteria_of_framework(workspace: Workspace, framework: Framework) -> YamlFile | None:
    """The library of criteria for all of ``framework``, where somebody has written one."""
    path = workspace.file(f"{FOLDER}/criteria", f"{framework.id}.yaml")
    if path is None:
        return None
    file = read_checked(path, "criteria", workspace)
    if (specialism := file.value.get("specialism")) is None:
        return file
    if framework.id.endswith(f"-{specialism}"):  # that specialism's, of a framework whose id this one's begins with
        return None
    what = f"these criteria are for '{specialism}' alone, and their file has the name of a whole framework"
    right = f"name the file {framework.id}-{specialism}.yaml, or delete the line if they are for all of it"
    raise JdgenError(Problem(file.where(("specialism",)), what, right))


def criteria_path(workspace: Workspace, framework: Framework, specialism: Specialism) -> Path:
    """Where the workspace's own criteria for ``specialism`` are looked for."""
    return Path(display_path(workspace.root / FOLDER / "criteria" / _added_name(framework, specialism)))


def _added_name(framework: Framework, specialism: Specialism) -> str:
    """The name of files that add to one specialism."""
    return f"{framework.id}-{specialism.id}.yaml"


def _assessment_codes(workspace: Workspace) -> Iterator[str]:
    """The codes of all criteria, of whatever specialism."""
    for path in workspace.files(f"{FOLDER}/criteria", "*.yaml"):
        yield from (method["code"] for method in read_checked(path, "criteria", workspace).value.get("assessment", ()))


def statements_called(workspace: Workspace, name: str) -> ClauseSet:
    """The set of general statements that a post calls ``name``: the name of its file, or its title."""
    # Looked up among the files that are there, so that a name from a post never becomes a path.
    paths = {file.stem: file for file in workspace.files(f"{FOLDER}/clauses", "*.yaml")}
    stems = [stem for stem in paths if stem == name] or [stem for stem in paths if is_named(name, stem, stem)]
    if len(stems) == 1:
        return _clause_set(workspace, paths[stems[0]])
    sets = dict(zip(paths, gather(partial(_clause_set, workspace, file) for file in paths.values()), strict=True))
    matches = [clause_set for clause_set in sets.values() if is_named(name, clause_set.title, clause_set.title)]
    if len(matches) != 1:
        titles = {stem: clause_set.title for stem, clause_set in sets.items()}
        raise JdgenError(unknown_name(PostField("clauses"), "set of general statements", name, titles))
    return matches[0]


def _clause_set(workspace: Workspace, path: Path) -> ClauseSet:
    files = read_statements(workspace, path)
    return clause_set_of(*files, is_compact=load_configuration(workspace).has_compact_statements)


def statement_problems(workspace: Workspace) -> tuple[Problem, ...]:
    """What keeps any of the workspace's and the shipped sets of general statements from being read."""
    try:
        gather(partial(_clause_set, workspace, path) for path in workspace.files(f"{FOLDER}/clauses", "*.yaml"))
    except JdgenError as error:
        return error.problems
    return ()


def read_statements(workspace: Workspace, path: Path) -> tuple[YamlFile, YamlFile | None]:
    """The file of a set of general statements, and that of the set which it is based on: the one beside it, so that a
    shipped set never rests on an organisation's own, else the shipped one. Raises :class:`JdgenError`."""
    file = read_checked(path, "clauses", workspace)
    if (base_name := file.value.get("based_on")) is None:
        return file, None
    folders = (path.parent, shipped_folder() / FOLDER / "clauses")
    files = (other for folder in folders[::-1] for other in folder.glob("*.yaml"))
    paths = {other.stem: other for other in files if other.stem != path.stem}
    where = file.where(("based_on",))
    if base_name not in paths:
        raise JdgenError(Problem(where, f"there is no other set '{base_name}'", did_you_mean(base_name, list(paths))))
    base = read_checked(paths[base_name], "clauses", workspace)
    if "based_on" in base.value:
        raise JdgenError(Problem(where, f"'{base_name}' is based on another set itself", "name one that is whole"))
    return file, base


def levels_for(workspace: Workspace, framework: Framework) -> Fitted[LevelMapping | None]:
    """The levels that are taken for posts which name none, where somebody has written them down."""
    path = workspace.file(f"{FOLDER}/levels", f"{framework.id}.yaml")
    if path is None:
        return None, ()
    file = read_checked(path, "levels", workspace)
    refuse(mapping_problems(file, framework))
    unfitting = unfitting_levels(file, framework)
    return None if framework.scale == AFC else level_mapping_of(file, framework.scale), unfitting


def load_prompts(workspace: Workspace) -> Prompts:
    """The workspace's own prompts, else the shipped ones. An own file that was written before jdgen asked for a field
    has jdgen's prompt for it."""
    path = workspace.file(FOLDER, "prompts.yaml")
    assert path is not None, "prompts.yaml is shipped"
    file = read_checked(path, "prompts", workspace)
    prompts = prompts_of(file)
    problems = [
        Problem(file.where(("prompts", at, "field")), f"no field '{name}' is asked for", did_you_mean(name, PROMPTED))
        for at, name in enumerate(entry["field"] for entry in file.value["prompts"])
        if name not in PROMPTED
    ]
    refuse(problems)
    if all(field in prompts.by_field for field in PROMPTED):
        return prompts
    shipped = prompts_of(read_checked(shipped_folder() / FOLDER / "prompts.yaml", "prompts", workspace))
    return replace(prompts, by_field={**shipped.by_field, **prompts.by_field})
