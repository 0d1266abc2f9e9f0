"""What is wrong with files of criteria, by themselves and beside the framework that they are for."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from jdgen.drafting.criteria import CriteriaFiles, criteria_library_of, heading_ids
from jdgen.errors import Problem, did_you_mean, list_words
from jdgen.framework.declared_levels import right_for
from jdgen.framework.model import Framework, Heading, Specialism
from jdgen.levels import AFC, BandRange, LevelRange, Scale, UnknownLevelError, list_levels
from jdgen.text_files.values import Keys, PlacedProblem, YamlFile
from jdgen.words import shorten

_QUOTED = 61


def criteria_file_problems(files: CriteriaFiles, scale: Scale) -> list[Problem]:
    """What is wrong with files of criteria whatever headings the framework has: a specialism's file that does not name
    it, groups and codes that none of them lists, repeated ids, ranges of bands or levels that run downwards, texts that
    are missing although the file is no first draft."""
    if files.of_specialism and "specialism" not in files.of_specialism.value:
        return [Problem(files.of_specialism.where(), "'specialism' is missing", "the specialism's id")]
    entry = files.together()
    names = {
        "group": [group["id"] for group in entry["groups"]],
        "assessed_by": [method["code"] for method in entry["assessment"]],
    }
    return [
        problem
        for file in files.library_files
        for problem in file.in_order(
            [
                *_unknown(file, (), file.value, names),
                *_repeated_ids(file),
                *_downward(file, scale),
                *_without_text(file),
            ]
        )
    ]


def unfitting_criteria(files: CriteriaFiles, framework: Framework, specialism: Specialism) -> list[Problem]:
    """Where criteria do not fit the specialism (any more): its own file names parts that are not there, or is a first
    draft; or none has anything for parts that are. Nothing is wrong where nobody has written any."""
    if criteria_library_of(files, specialism).is_unwritten:
        return []
    return files.last.in_order(
        [
            *(_unfitting(files.of_specialism, framework, (specialism,)) if files.of_specialism else ()),
            *_without_criterion(files, specialism),
            *_without_wording(files, specialism),
            *_headings_without_criterion(files, specialism),
        ]
    )


def unfitting_library(file: YamlFile, framework: Framework) -> list[Problem]:
    """Where the criteria of a whole ``framework``, given with all its chapters, name parts that none of them has (any
    more), or are a first draft."""
    return file.in_order(_unfitting(file, framework, framework.specialisms))


def _unfitting(file: YamlFile, framework: Framework, specialisms: Sequence[Specialism]) -> Iterator[PlacedProblem]:
    names = {
        "serves": [heading.id for specialism in specialisms for heading in specialism.headings],
        "competence": [competence.id for competence in framework.competences],
        "routes": [route.id for specialism in specialisms for route in specialism.entry_routes],
    }
    new_names = {name: id_ for specialism in specialisms for name, id_ in heading_ids(specialism).items()}
    yield from _unknown(file, (), file.value, names, new_names=new_names)
    for keys, error in _level_errors(file, framework.scale):
        if isinstance(error, UnknownLevelError):
            yield file.problem(keys, str(error), error.right)
    if file.value.get("draft"):
        what = "these criteria are a first draft"
        right = "write what is missing, look at each, then delete this line"
        yield file.problem(("draft",), what, right)


def _unknown(
    file: YamlFile,
    keys: Keys,
    entry: Any,
    names: Mapping[str, list[str]],
    key: str = "",
    *,
    new_names: Mapping[str, str] | None = None,
) -> Iterator[PlacedProblem]:
    """Names of nothing; ``new_names`` are what headings are called now, by the names that they had."""
    if isinstance(entry, dict):
        for name, value in entry.items():
            yield from _unknown(file, (*keys, name), value, names, name, new_names=new_names)
    elif isinstance(entry, list):
        for index, value in enumerate(entry):
            yield from _unknown(file, (*keys, index), value, names, key, new_names=new_names)
    elif key in names and entry not in names[key]:
        if key == "serves" and new_names and entry in new_names:
            what = f"'{shorten(str(entry), _QUOTED)}' is the former name of a heading"
            yield file.problem(keys, what, f"write {new_names[entry]}")
            return
        what = f"unknown {key} '{shorten(str(entry), _QUOTED)}'"
        yield file.problem(keys, what, did_you_mean(str(entry), names[key]))


def _downward(file: YamlFile, scale: Scale) -> Iterator[PlacedProblem]:
    for index, criterion in enumerate(file.value["criteria"]):
        try:
            BandRange.parse(criterion.get("bands", "1"))
        except ValueError as error:
            keys: Keys = ("criteria", index, "bands")
            yield file.problem(keys, str(error), "write the lower band first, such as '8a-8d'")
    for keys, level_error in _level_errors(file, scale):
        # A level that the framework has no more keeps nothing from being read.
        if not isinstance(level_error, UnknownLevelError):
            yield file.problem(keys, str(level_error), right_for(level_error, scale))


def _level_errors(file: YamlFile, scale: Scale) -> Iterator[tuple[Keys, ValueError]]:
    for index, criterion in enumerate(file.value["criteria"]):
        if "levels" in criterion:
            try:
                scale.range(criterion["levels"])
            except ValueError as error:
                yield ("criteria", index, "levels"), error


def _without_text(file: YamlFile) -> Iterator[PlacedProblem]:
    if file.value.get("draft"):
        return
    for key in ("competences", "criteria"):
        for index, entry in enumerate(file.value.get(key, ())):
            if not (entry.get("text") or "").strip():
                keys: Keys = (key, index, "text")
                what = "text is empty" if "text" in entry else "'text' is missing"
                yield file.problem(keys, what, "write the criterion, or delete its entry")


def _without_criterion(files: CriteriaFiles, specialism: Specialism) -> Iterator[PlacedProblem]:
    """Competences that a role category asks for, and that no criterion would be printed for."""
    competences = [entry["competence"] for entry in files.together().get("competences", ())]
    if missing := [competence for competence in specialism.competence_ids if competence not in competences]:
        keys: Keys = ("competences",)
        what = f"no criterion for {list_words(missing)}"
        yield files.last.problem(keys, what, "add one for each competence")


def _without_wording(files: CriteriaFiles, specialism: Specialism) -> Iterator[PlacedProblem]:
    """Parts of the framework that become criteria, where no file says how."""
    entry = files.together()
    for key, part in (("qualifications", specialism.qualifications), ("entry_route", specialism.entry_routes)):
        if part and key not in entry:
            what = f"'{key}' is missing, and {specialism.title} has such a part"
            yield files.last.problem((), what, "say how it becomes a criterion; `jdgen docs criteria` shows how")


def _headings_without_criterion(files: CriteriaFiles, specialism: Specialism) -> Iterator[PlacedProblem]:
    """Headings whose duties no criterion is there for, at bands of the framework or, where its levels are others, at
    any: qualifications and entry route serve all duties, and would hide it."""
    scale = specialism.scale
    ids = heading_ids(specialism)
    criteria = [
        ([ids.get(name, name) for name in entry["serves"]], _levels_of(entry, scale))
        for entry in files.together()["criteria"]
    ]
    for heading in specialism.headings:
        serving = [levels for serves, levels in criteria if heading.id in serves]
        if without := _where_without(heading, specialism.levels, serving):
            keys: Keys = ("criteria",)
            what = f"no criterion is there for the duties under '{heading.title}' {without}"
            yield files.last.problem(keys, what, f"write one that serves {heading.id}")


def _where_without(heading: Heading, levels: LevelRange, serving: Sequence[Container[object]]) -> str:
    """At which of ``levels`` there is no criterion for what ``heading`` says there, as a message says it; '' where
    there is one at each."""
    if not serving and levels.scale != AFC:
        return "at all"
    bare = [
        level
        for level in levels
        if heading.statements_for(level) and not any(level in criterion_levels for criterion_levels in serving)
    ]
    return f"at {levels.scale.word} {list_levels(bare)}" if bare else ""


def _levels_of(criterion: Mapping[str, Any], scale: Scale) -> Container[object]:
    """The levels of ``scale`` at which a criterion is asked for. One that goes by bands may be at any level of a
    framework that says nothing of bands."""
    if "bands" in criterion and scale != AFC:
        return scale.levels
    try:
        return scale.range(criterion.get("bands") or criterion["levels"])
    except ValueError:  # told elsewhere
        return ()


def _repeated_ids(file: YamlFile) -> Iterator[PlacedProblem]:
    first: dict[str, int] = {}
    for index, criterion in enumerate(file.value["criteria"]):
        keys: Keys = ("criteria", index, "id")
        if criterion["id"] in first:
            right = f"give each its own; the first is in line {first[criterion['id']]}"
            yield file.problem(keys, f"id '{criterion['id']}' is used twice", right)
        first.setdefault(criterion["id"], file.lines[keys])
