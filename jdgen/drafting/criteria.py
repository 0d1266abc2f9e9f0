"""The library of person-specification criteria: somebody's own wording, by heading, and by band or level.

What a specialism has is read from two files: one for the whole framework, and one of its own, which adds to it or has
something else by the same name. Groups and codes of assessment that neither has are the usual ones.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jdgen.drafting.model import AssessmentMethod, Importance
from jdgen.drafting.texts import Giver, Text
from jdgen.framework.model import RowKind, Specialism
from jdgen.later_fields import LaterFields, later
from jdgen.levels import Band, BandRange, Level, LevelRange, Scale, UnknownLevelError
from jdgen.text_files.values import YamlFile

#: The group of qualifications, of which a file need not say it.
QUALIFICATIONS = "qualifications"
# Ours: nobody has published a number. The example posts have 13 to 18: it speaks up where somebody has added many.
_ESSENTIAL_LIMIT = 20
# More headings of one criterion are not named one by one.
_MOST_TITLES = 3


class Rating(NamedTuple):
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
    def bands_or_levels(self) -> LevelRange | None:
        """Its bands or levels."""
        return self.bands or self.levels

    def titles_in(self, specialism: Specialism) -> tuple[str, ...]:
        """The titles of the headings that it serves; none where these are all that there are, or too many to be named
        one by one."""
        titles = tuple(heading.title for heading in specialism.headings if heading.id in self.serves)
        is_for_all = len(titles) == len(specialism.headings) > 1
        return () if is_for_all or len(titles) > _MOST_TITLES else titles


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


class CriteriaFiles(NamedTuple):
    """The files from which the criteria for a specialism are read, each of which has been checked against the schema:
    the ``usual`` groups, codes and wording of qualifications; the library of the ``whole`` framework, and the
    specialism's ``own``, where somebody has written them."""

    usual: YamlFile
    of_framework: YamlFile | None = None
    of_specialism: YamlFile | None = None

    @property
    def library_files(self) -> tuple[YamlFile, ...]:
        """Those that somebody has written for the framework, the specialism's own last."""
        return tuple(file for file in (self.of_framework, self.of_specialism) if file)

    @property
    def last(self) -> YamlFile:
        """The one in which people look for what the specialism has."""
        return (self.usual, *self.library_files)[-1]

    def together(self) -> dict[str, Any]:
        """What they say together: an entry is in the place of that of an earlier file that has its name."""
        values = dict(self.usual.value) if not self.library_files else {"competences": [], "criteria": []}
        for file in self.library_files:
            for key, value in file.value.items():
                values[key] = _join_entries(values.get(key, ()), value, _NAMED_BY[key]) if key in _NAMED_BY else value
        return {**{key: self.usual.value[key] for key in ("groups", "assessment")}, **values}


def _join_entries(entries: Sequence[Any], others: Sequence[Any], name: str) -> list[Any]:
    """``entries`` with ``others``, each in the place of the one by its ``name``, or behind them."""
    if not entries:
        return list(others)
    return list({entry[name]: entry for entry in (*entries, *others)}.values())


def criteria_library_of(files: CriteriaFiles, specialism: Specialism) -> CriteriaLibrary:
    """The library in ``files`` for ``specialism``.

    The library of a whole framework serves headings of other specialisms too: of what is in it, only that is here which
    this one has.
    """
    own_entry = files.of_specialism.value if files.of_specialism else {}
    entry = files.together()
    criteria = tuple(_criteria(entry["criteria"], own_entry, specialism))
    route = entry.get("entry_route")
    route_ids = {route_row.id for route_row in specialism.entry_routes}
    named_routes = (
        tuple(name for name in route["routes"] if name in route_ids or "entry_route" in own_entry) if route else ()
    )
    return CriteriaLibrary(
        specialism=own_entry.get("specialism", specialism.id),
        version=_version(files, specialism),
        groups={group["id"]: Text(group["title"], Giver.LIBRARY) for group in entry["groups"]},
        assessment=tuple(
            AssessmentMethod(Text(method["code"], Giver.LIBRARY), Text(method["name"], Giver.LIBRARY))
            for method in entry["assessment"]
        ),
        qualifications=_qualification_wording(entry.get("qualifications")),
        entry_route=_rating(route) if route else None,
        routes=named_routes,
        competences=tuple(_competences(entry.get("competences", ()), own_entry, specialism)),
        criteria=criteria,
        essential_limit=entry.get("essential_limit", _ESSENTIAL_LIMIT),
        lost_routes=tuple(name for name in named_routes if name not in route_ids),
        is_unwritten=files.of_specialism is None and not criteria,
        drafts=tuple(
            f"criteria/{file.name.rpartition('/')[2]}" for file in files.library_files if file.value.get("draft")
        ),
    )


def _criteria(
    entries: Iterable[Mapping[str, Any]], own_entry: Mapping[str, Any], specialism: Specialism
) -> Iterator[LibraryCriterion]:
    """The criteria that serve a heading: all that ``own_entry``, the specialism's own file, has, and of others those of
    the specialism."""
    headings = heading_ids(specialism)
    own_ids = {criterion["id"] for criterion in own_entry.get("criteria", ())}
    for entry in entries:
        if serves := _serves_of(entry, headings, entry["id"] in own_ids):
            yield _criterion(entry, serves, headings, specialism.scale)


def _competences(
    entries: Iterable[Mapping[str, Any]], own_entry: Mapping[str, Any], specialism: Specialism
) -> Iterator[CompetenceCriterion]:
    """The criteria for competences: all that ``own_entry``, the specialism's own file, has, and of others those that
    are asked for."""
    headings = heading_ids(specialism)
    own_names = {competence["competence"] for competence in own_entry.get("competences", ())}
    for entry in entries:
        name = entry["competence"]
        if name in own_names or name in specialism.competence_ids:
            serves = _serves_of(entry, headings, name in own_names)
            missing = tuple(heading for heading in serves if heading not in headings)
            yield CompetenceCriterion(name, serves, _rating(entry), _text_of(entry), missing)


def _version(files: CriteriaFiles, specialism: Specialism) -> str:
    if files.of_framework and files.of_specialism:
        return (
            f"{files.of_framework.value['version']}, with {files.of_specialism.value['version']} for {specialism.title}"
        )
    version: str = files.last.value["version"]
    return version


def heading_ids(specialism: Specialism) -> Mapping[str, str]:
    """The ids of the headings, by these and by the names that they had in earlier versions."""
    former_names = {name: heading.id for heading in specialism.headings for name in heading.former}
    return former_names | {heading.id: heading.id for heading in specialism.headings}


def _serves_of(entry: Mapping[str, Any], headings: Mapping[str, str], is_own: bool) -> tuple[str, ...]:
    """The headings that an entry serves, as they are called now: all that the specialism's ``own`` file has there, and
    of those in the framework's the specialism's."""
    served = (headings.get(heading, heading) for heading in entry["serves"] if is_own or heading in headings)
    return tuple(dict.fromkeys(served))


def _criterion(
    entry: Mapping[str, Any], serves: tuple[str, ...], headings: Container[str], scale: Scale
) -> LibraryCriterion:
    missing = tuple(heading for heading in serves if heading not in headings)
    bands = BandRange.parse(entry["bands"]) if "bands" in entry else None
    levels, stale = None, ""
    if bands is None:
        try:
            levels = scale.range(entry["levels"])
        except UnknownLevelError as error:
            stale = str(error)
    return LibraryCriterion(entry["id"], bands, serves, _rating(entry), _text_of(entry), missing, levels, stale)


def _text_of(entry: Mapping[str, Any]) -> Text:
    return Text(entry.get("text") or "", Giver.LIBRARY)


def _qualification_wording(entry: Mapping[str, Any] | None) -> QualificationWording | None:
    return QualificationWording(_rating(entry), entry["one"], entry["several"]) if entry else None


def _rating(entry: Mapping[str, Any]) -> Rating:
    return Rating(
        entry.get("group", QUALIFICATIONS), Importance(entry["importance"].capitalize()), tuple(entry["assessed_by"])
    )
