"""How an organisation calls the methods of assessment, in place of how the library of criteria calls them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from jdgen.configuration import OwnMethod
from jdgen.drafting.criteria import (
    CompetenceCriterion,
    CriteriaLibrary,
    LibraryCriterion,
    QualificationWording,
    Rating,
    RowRating,
    usual_assessment,
)
from jdgen.drafting.model import AssessmentMethod
from jdgen.drafting.texts import Giver, Text
from jdgen.errors import Problem, list_words, refuse

_Rated = TypeVar("_Rated", LibraryCriterion, CompetenceCriterion, QualificationWording, RowRating)


def with_own_methods(
    library: CriteriaLibrary, own_methods: Mapping[str, OwnMethod], codes_of_others: Callable[[], Iterable[str]]
) -> CriteriaLibrary:
    """``library`` with the organisation's codes in place of those that ``own_methods`` has.

    Raises :class:`JdgenError` for codes that neither the library nor any other has, whose ``codes_of_others`` are asked
    for where they matter; and where two methods would have one code.
    """
    if not own_methods:
        return library
    codes = {
        method.code: own_methods[method.code].code if method.code in own_methods else method.code
        for method in library.assessment
    }
    refuse([*_unknown_codes(codes, own_methods, codes_of_others), *_shared_codes(codes, own_methods)])
    methods = [own_methods.get(method.code) for method in library.assessment]
    assessment = tuple(
        AssessmentMethod(Text(own_method.code, Giver.LIBRARY), Text(own_method.name, Giver.LIBRARY))
        if own_method
        else method
        for own_method, method in zip(methods, library.assessment, strict=True)
    )
    usual = tuple(codes[code] for code in library.usual_codes)
    return replace(
        library,
        assessment=assessment,
        usual_own_codes=() if usual == usual_assessment([method.code for method in assessment]) else usual,
        qualifications=library.qualifications and _recode(library.qualifications, codes),
        entry_route=library.entry_route and _recode_rating(library.entry_route, codes),
        competences=tuple(_recode(competence, codes) for competence in library.competences),
        criteria=tuple(_recode(criterion, codes) for criterion in library.criteria),
        rows=tuple(_recode(row, codes) for row in library.rows),
    )


def _unknown_codes(
    codes: Iterable[str], own_methods: Mapping[str, OwnMethod], codes_of_others: Callable[[], Iterable[str]]
) -> Iterator[Problem]:
    if set(own_methods) <= set(codes):
        return
    all_codes = dict.fromkeys((*codes, *codes_of_others()))
    for code in own_methods:
        if code not in all_codes:
            what = f"no criteria have the assessment code '{code}'"
            yield Problem(own_methods[code].where, what, f"use one of {list_words(all_codes)}")


def _shared_codes(codes: Mapping[str, str], own_methods: Mapping[str, OwnMethod]) -> Iterator[Problem]:
    for number, (code, method) in enumerate(own_methods.items()):
        others = [other for other, printed_code in codes.items() if printed_code == method.code and other != code]
        told_before = list(own_methods)[:number]
        if code in codes and others and not any(other in told_before for other in others):
            what = f"'{method.code}' would stand for two ways of assessment, {list_words([code, *others])}"
            yield Problem(method.where, what, "give each a code of its own")


def _recode(entry: _Rated, codes: Mapping[str, str]) -> _Rated:
    return replace(entry, rating=_recode_rating(entry.rating, codes))


def _recode_rating(rating: Rating, codes: Mapping[str, str]) -> Rating:
    return rating._replace(assessed_by=tuple(codes[code] for code in rating.assessed_by))
