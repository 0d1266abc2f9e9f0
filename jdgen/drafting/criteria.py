"""The library of person-specification criteria: somebody's own wording, by heading, and by band or level.

What a specialism has is read from two files: one for the whole framework, and one of its own, which adds to it or has
something else by the same name. Groups and codes of assessment that neither has are the usual ones.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jdgen.drafting.model import AssessmentMethod, Importance
from jdgen.drafting.texts import Giver, Text
from jdgen.errors import Problem, did_you_mean, list_words
from jdgen.framework.declared_levels import right_for
from jdgen.framework.model import Framework, Heading, RowKind, Specialism
from jdgen.later_fields import LaterFields, later
from jdgen.levels import AFC, Band, BandRange, Level, LevelRange, Scale, UnknownLevelError, list_levels
from jdgen.text_files.values import Keys, YamlFile
from jdgen.words import shorten

# Ours: nobody has published a number. The example posts have 13 to 18: it speaks up where somebody has added many.
_ESSENTIAL_LIMIT = 20
_QUOTED = 61
# More headings of one criterion are not named one by one.
_NAMED = 3


@dataclass(frozen=True)
class Rating:
    """How one criterion counts: its group, essential or desirable, and the codes by which it is assessed."""

    group: str
    importance: Importance
    assessed_by: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class LibraryCriterion(LaterFields):
    """A criterion for posts at certain pay bands, or at certain levels of a framework that has its own, and the
    headings whose duties it is needed for. ``gone`` are those that the framework does not have (any more).

    ``text`` is '' in a first draft: nobody has written it yet. ``stale`` says why it is not printed, where its levels
    are not the framework's; then it has neither bands nor levels.
    """

    id: str
    bands: BandRange | None
    serves: tuple[str, ...]
    rating: Rating
    text: Text
    gone: tuple[str, ...] = ()
    levels: LevelRange | None = later(None)
    stale: str = later("")

    def is_for(self, band: Band, level: Level) -> bool:
        """Whether a post at this ``band``, which is drafted at this ``level``, is asked for it; and whether its reader
        is told of it, where it is not printed."""
        if self.bands is not None:
            return band in self.bands
        return self.levels is None or level in self.levels

    @property
    def held(self) -> LevelRange | None:
        """Its bands or levels."""
        return self.bands or self.levels

    def titles_in(self, specialism: Specialism) -> tuple[str, ...]:
        """The titles of the headings that it serves; none where these are all that there are, or too many to be named
        one by one."""
        titles = tuple(heading.title for heading in specialism.headings if heading.id in self.serves)
        is_for_all = len(titles) == len(specialism.headings) > 1
        return () if is_for_all or len(titles) > _NAMED else titles


@dataclass(frozen=True)
class CompetenceCriterion:
    """The criterion printed for a competence that a role category asks for. It names no rating."""

    competence: str
    serves: tuple[str, ...]
    rating: Rating
    text: Text
    gone: tuple[str, ...] = ()


@dataclass(frozen=True)
class QualificationWording:
    """How the framework's typical qualifications become one criterion, equivalents always allowed."""

    rating: Rating
    one: str
    several: str


@dataclass(frozen=True)
class RowRating:
    """How rows of a ``kind`` count, of which a framework does not say it. ``unstated`` are the parts of the rating that
    nobody has written either: jdgen's choice."""

    kind: RowKind
    rating: Rating
    unstated: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class CriteriaLibrary(LaterFields):
    """All criteria for one specialism. ``routes`` are the entry routes that say what an applicant brings, and
    ``lost_routes`` those of them that the framework does not have (any more);
    ``qualifications`` and ``entry_route`` are missing where the framework has no such part. ``essential_limit`` is the
    number of essential criteria above which a draft gets a note.

    ``is_unwritten`` says that nobody has written any criteria for the specialism, and ``drafts`` names the files of
    those that are a first draft. ``rows`` are the ratings of rows about the person, and ``has_points`` says that what a
    level of a skill means is printed below it (:mod:`.person_rows`). ``usual_own_codes`` are the :attr:`usual_codes`
    where the organisation's own names for the methods do not tell them.
    """

    specialism: str
    version: str
    groups: Mapping[str, Text]
    assessment: tuple[AssessmentMethod, ...]
    qualifications: QualificationWording | None
    entry_route: Rating | None
    routes: tuple[str, ...]
    competences: tuple[CompetenceCriterion, ...]
    criteria: tuple[LibraryCriterion, ...]
    essential_limit: int = _ESSENTIAL_LIMIT
    lost_routes: tuple[str, ...] = ()
    is_unwritten: bool = later(False)
    drafts: tuple[str, ...] = later(())
    rows: tuple[RowRating, ...] = later(())
    has_points: bool = later(False)
    usual_own_codes: tuple[str, ...] = later(())

    @property
    def usual_codes(self) -> tuple[str, ...]:
        """The codes by which a criterion is assessed of which nobody says it."""
        return self.usual_own_codes or usual_assessment([method.code for method in self.assessment])


#: By the application form, and in an interview.
_USUAL_CODES = ("A", "I")


def usual_assessment(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes by which a criterion is assessed of which nobody says it, among the ``codes`` that there are: by the
    application form and in an interview, as most are, where there are both; else the first two."""
    return _USUAL_CODES if set(_USUAL_CODES) <= set(codes) else tuple(codes[:2])


#: The lists of a file, and the key by which each entry of them has a name.
_NAMED_BY = {"groups": "id", "assessment": "code", "competences": "competence", "criteria": "id"}


@dataclass(frozen=True)
class CriteriaFiles:
    """The files from which the criteria for a specialism are read, each of which has been checked against the schema:
    the ``usual`` groups, codes and wording of qualifications; the library of the ``whole`` framework, and the
    specialism's ``own``, where somebody has written them."""

    usual: YamlFile
    whole: YamlFile | None = None
    own: YamlFile | None = None

    @property
    def written(self) -> tuple[YamlFile, ...]:
        """Those that somebody has written for the framework, the specialism's own last."""
        return tuple(file for file in (self.whole, self.own) if file)

    @property
    def last(self) -> YamlFile:
        """The one in which people look for what the specialism has."""
        return (self.usual, *self.written)[-1]

    def together(self) -> dict[str, Any]:
        """What they say together: an entry is in the place of that of an earlier file that has its name."""
        values = dict(self.usual.value) if not self.written else {"competences": [], "criteria": []}
        for file in self.written:
            for key, value in file.value.items():
                values[key] = _added(values.get(key, ()), value, _NAMED_BY[key]) if key in _NAMED_BY else value
        return {**{key: self.usual.value[key] for key in ("groups", "assessment")}, **values}


def _added(entries: Sequence[Any], others: Sequence[Any], name: str) -> list[Any]:
    """``entries`` with ``others``, each in the place of the one by its ``name``, or behind them."""
    if not entries:
        return list(others)
    return list({entry[name]: entry for entry in (*entries, *others)}.values())


def criteria_library_of(files: CriteriaFiles, specialism: Specialism) -> CriteriaLibrary:
    """The library in ``files`` for ``specialism``.

    The library of a whole framework serves headings of other specialisms too: of what is in it, only that is here which
    this one has.
    """
    own = files.own.value if files.own else {}
    entry = files.together()
    headings = {heading.id for heading in specialism.headings}
    own_ids = {key: {one[_NAMED_BY[key]] for one in own.get(key, ())} for key in ("competences", "criteria")}
    criteria = [
        (criterion, _served(criterion, headings, criterion["id"] in own_ids["criteria"]))
        for criterion in entry["criteria"]
    ]
    route = entry.get("entry_route")
    routes = {one.id for one in specialism.entry_routes}
    named_routes = tuple(name for name in route["routes"] if name in routes or "entry_route" in own) if route else ()
    return CriteriaLibrary(
        specialism=own.get("specialism", specialism.id),
        version=_version(files, specialism),
        groups={group["id"]: Text(group["title"], Giver.LIBRARY) for group in entry["groups"]},
        assessment=tuple(_method(method) for method in entry["assessment"]),
        qualifications=_qualification_wording(entry.get("qualifications")),
        entry_route=_rating(route) if route else None,
        routes=named_routes,
        competences=tuple(
            CompetenceCriterion(
                named["competence"],
                served := _served(named, headings, named["competence"] in own_ids["competences"]),
                _rating(named),
                _text_of(named),
                tuple(heading for heading in served if heading not in headings),
            )
            for named in entry.get("competences", ())
            if named["competence"] in own_ids["competences"] or named["competence"] in _asked(specialism)
        ),
        criteria=tuple(
            _criterion(criterion, served, headings, specialism.scale) for criterion, served in criteria if served
        ),
        essential_limit=entry.get("essential_limit", _ESSENTIAL_LIMIT),
        lost_routes=tuple(name for name in named_routes if name not in routes),
        is_unwritten=files.own is None and not any(served for _, served in criteria),
        drafts=tuple(f"criteria/{file.name.rpartition('/')[2]}" for file in files.written if file.value.get("draft")),
    )


def _version(files: CriteriaFiles, specialism: Specialism) -> str:
    if files.whole and files.own:
        return f"{files.whole.value['version']}, with {files.own.value['version']} for {specialism.title}"
    version: str = files.last.value["version"]
    return version


def _served(entry: Mapping[str, Any], headings: Container[str], is_own: bool) -> tuple[str, ...]:
    """The headings that an entry serves: all that the specialism's ``own`` file has there, and of those in the
    framework's the specialism's."""
    return tuple(heading for heading in entry["serves"] if is_own or heading in headings)


def _asked(specialism: Specialism) -> tuple[str, ...]:
    """The competences that role categories of ``specialism`` ask for."""
    rules = [category.competence_rule for category in specialism.role_categories if category.competence_rule]
    return tuple(dict.fromkeys(competence for rule in rules for competence in (*rule.all_of, *rule.at_least_one_of)))


def _criterion(
    entry: Mapping[str, Any], served: tuple[str, ...], headings: Container[str], scale: Scale
) -> LibraryCriterion:
    gone = tuple(heading for heading in served if heading not in headings)
    bands = BandRange.parse(entry["bands"]) if "bands" in entry else None
    levels, stale = None, ""
    if bands is None:
        try:
            levels = scale.range(entry["levels"])
        except UnknownLevelError as error:
            stale = str(error)
    return LibraryCriterion(entry["id"], bands, served, _rating(entry), _text_of(entry), gone, levels, stale)


def _text_of(entry: Mapping[str, Any]) -> Text:
    return Text(entry.get("text") or "", Giver.LIBRARY)


def _method(entry: Mapping[str, Any]) -> AssessmentMethod:
    return AssessmentMethod(Text(entry["code"], Giver.LIBRARY), Text(entry["name"], Giver.LIBRARY))


def _qualification_wording(entry: Mapping[str, Any] | None) -> QualificationWording | None:
    return QualificationWording(_rating(entry), entry["one"], entry["several"]) if entry else None


def _rating(entry: Mapping[str, Any]) -> Rating:
    return Rating(
        entry.get("group", "qualifications"), Importance(entry["importance"].capitalize()), tuple(entry["assessed_by"])
    )


# What is wrong with them.


def criteria_problems(files: CriteriaFiles, scale: Scale) -> list[Problem]:
    """What is wrong with files of criteria whatever headings the framework has: a specialism's file that does not name
    it, groups and codes that none of them lists, repeated ids, ranges of bands or levels that run downwards, texts that
    are missing although the file is no first draft."""
    if files.own and "specialism" not in files.own.value:
        return [Problem(files.own.where(), "'specialism' is missing", "the specialism's id")]
    entry = files.together()
    known = {
        "group": [group["id"] for group in entry["groups"]],
        "assessed_by": [method["code"] for method in entry["assessment"]],
    }
    return [
        problem
        for file in files.written
        for problem in file.in_order(
            [
                *_unknown(file, (), file.value, known),
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
            *(_unfitting(files.own, framework, (specialism,)) if files.own else ()),
            *_without_criterion(files, specialism),
            *_without_wording(files, specialism),
            *_headings_without_criterion(files, specialism),
        ]
    )


def unfitting_library(file: YamlFile, framework: Framework) -> list[Problem]:
    """Where the criteria of a whole ``framework``, given with all its chapters, name parts that none of them has (any
    more), or are a first draft."""
    return file.in_order(_unfitting(file, framework, framework.specialisms))


def _unfitting(
    file: YamlFile, framework: Framework, specialisms: Sequence[Specialism]
) -> Iterator[tuple[Keys, Problem]]:
    known = {
        "serves": [heading.id for specialism in specialisms for heading in specialism.headings],
        "competence": [competence.id for competence in framework.competences],
        "routes": [route.id for specialism in specialisms for route in specialism.entry_routes],
    }
    yield from _unknown(file, (), file.value, known)
    for keys, error in _level_errors(file, framework.scale):
        if isinstance(error, UnknownLevelError):
            yield keys, Problem(file.where(keys), str(error), error.right)
    if file.value.get("draft"):
        what = "these criteria are a first draft"
        right = "write what is missing, look at each, then delete this line"
        yield ("draft",), Problem(file.where(("draft",)), what, right)


def _unknown(
    file: YamlFile, keys: Keys, entry: Any, known: Mapping[str, list[str]], key: str = ""
) -> Iterator[tuple[Keys, Problem]]:
    if isinstance(entry, dict):
        for name, value in entry.items():
            yield from _unknown(file, (*keys, name), value, known, name)
    elif isinstance(entry, list):
        for index, value in enumerate(entry):
            yield from _unknown(file, (*keys, index), value, known, key)
    elif key in known and entry not in known[key]:
        what = f"unknown {key} '{shorten(str(entry), _QUOTED)}'"
        yield keys, Problem(file.where(keys), what, did_you_mean(str(entry), known[key]))


def _downward(file: YamlFile, scale: Scale) -> Iterator[tuple[Keys, Problem]]:
    for index, criterion in enumerate(file.value["criteria"]):
        try:
            BandRange.parse(criterion.get("bands", "1"))
        except ValueError as error:
            keys: Keys = ("criteria", index, "bands")
            yield keys, Problem(file.where(keys), str(error), "write the lower band first, such as '8a-8d'")
    for keys, unfit in _level_errors(file, scale):
        # A level that the framework has no more keeps nothing from being read.
        if not isinstance(unfit, UnknownLevelError):
            yield keys, Problem(file.where(keys), str(unfit), right_for(unfit, scale))


def _level_errors(file: YamlFile, scale: Scale) -> Iterator[tuple[Keys, ValueError]]:
    for index, criterion in enumerate(file.value["criteria"]):
        if "levels" in criterion:
            try:
                scale.range(criterion["levels"])
            except ValueError as error:
                yield ("criteria", index, "levels"), error


def _without_text(file: YamlFile) -> Iterator[tuple[Keys, Problem]]:
    if file.value.get("draft"):
        return
    for key in ("competences", "criteria"):
        for index, entry in enumerate(file.value.get(key, ())):
            if not (entry.get("text") or "").strip():
                keys: Keys = (key, index, "text")
                what = "text is empty" if "text" in entry else "'text' is missing"
                yield keys, Problem(file.where(keys), what, "write the criterion, or delete its entry")


def _without_criterion(files: CriteriaFiles, specialism: Specialism) -> Iterator[tuple[Keys, Problem]]:
    """Competences that a role category asks for, and that no criterion would be printed for."""
    given = [named["competence"] for named in files.together().get("competences", ())]
    if missing := [competence for competence in _asked(specialism) if competence not in given]:
        keys: Keys = ("competences",)
        what = f"no criterion for {list_words(missing)}"
        yield keys, Problem(files.last.where(keys), what, "add one for each competence")


def _without_wording(files: CriteriaFiles, specialism: Specialism) -> Iterator[tuple[Keys, Problem]]:
    """Parts of the framework that become criteria, where no file says how."""
    said = files.together()
    for key, part in (("qualifications", specialism.qualifications), ("entry_route", specialism.entry_routes)):
        if part and key not in said:
            what = f"'{key}' is missing, and {specialism.title} has such a part"
            yield (
                (),
                Problem(files.last.where(), what, "say how it becomes a criterion; `jdgen docs criteria` shows how"),
            )


def _headings_without_criterion(files: CriteriaFiles, specialism: Specialism) -> Iterator[tuple[Keys, Problem]]:
    """Headings whose duties no criterion is there for, at bands of the framework or, where its levels are others, at
    any: qualifications and entry route serve all duties, and would hide it."""
    scale = specialism.scale
    criteria = [(tuple(one["serves"]), _levels_of(one, scale)) for one in files.together()["criteria"]]
    for heading in specialism.headings:
        serving = [levels for serves, levels in criteria if heading.id in serves]
        if without := _where_without(heading, specialism.levels, serving):
            keys: Keys = ("criteria",)
            what = f"no criterion is there for the duties under '{heading.title}' {without}"
            yield keys, Problem(files.last.where(keys), what, f"write one that serves {heading.id}")


def _where_without(heading: Heading, levels: LevelRange, serving: Sequence[Container[object]]) -> str:
    """At which of ``levels`` there is no criterion for what ``heading`` says there, as a message says it; '' where
    there is one at each."""
    if not serving and levels.scale != AFC:
        return "at all"
    bare = [
        level for level in levels if heading.statements_for(level) and not any(level in served for served in serving)
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


def _repeated_ids(file: YamlFile) -> Iterator[tuple[Keys, Problem]]:
    first: dict[str, int] = {}
    for index, criterion in enumerate(file.value["criteria"]):
        keys: Keys = ("criteria", index, "id")
        if criterion["id"] in first:
            right = f"give each its own; the first is in line {first[criterion['id']]}"
            yield keys, Problem(file.where(keys), f"id '{criterion['id']}' is used twice", right)
        first.setdefault(criterion["id"], file.lines[keys])
