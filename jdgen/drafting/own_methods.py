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
from jdgen.errors import JdgenError, Problem, list_words

_Rated = TypeVar("_Rated", LibraryCriterion, CompetenceCriterion, QualificationWording, RowRating)


def with_own_methods(
    library: CriteriaLibrary, own: Mapping[str, OwnMethod], codes_of_others: Callable[[], Iterable[str]]
) -> CriteriaLibrary:
    """``library`` with the organisation's codes in place of those that ``own`` has.

    Raises :class:`JdgenError` for codes that neither the library nor any other has, whose ``codes_of_others`` are asked
    for where they matter; and where two methods would have one code.
    """
    if not own:
        return library
    codes = {method.code: own[method.code].code if method.code in own else method.code for method in library.assessment}
    if problems := [*_unknown_codes(codes, own, codes_of_others), *_shared_codes(codes, own)]:
        raise JdgenError(problems)
    methods = [own.get(method.code) for method in library.assessment]
    assessment = tuple(
        AssessmentMethod(Text(one.code, Giver.LIBRARY), Text(one.name, Giver.LIBRARY)) if one else method
        for one, method in zip(methods, library.assessment, strict=True)
    )
    usual = tuple(codes[code] for code in library.usual_codes)
    return replace(
        library,
        assessment=assessment,
        usual_own_codes=() if usual == usual_assessment([method.code for method in assessment]) else usual,
        qualifications=library.qualifications and _recoded(library.qualifications, codes),
        entry_route=library.entry_route and _recoded_rating(library.entry_route, codes),
        competences=tuple(_recoded(one, codes) for one in library.competences),
        criteria=tuple(_recoded(one, codes) for one in library.criteria),
        rows=tuple(_recoded(one, codes) for one in library.rows),
    )


def _unknown_codes(
    codes: Iterable[str], own: Mapping[str, OwnMethod], codes_of_others: Callable[[], Iterable[str]]
) -> Iterator[Problem]:
    if set(own) <= set(codes):
        return
    known = dict.fromkeys((*codes, *codes_of_others()))
    for code in own:
        if code not in known:
            what = f"no criteria have the assessment code '{code}'"
            yield Problem(own[code].where, what, f"use one of {list_words(known)}")


def _shared_codes(codes: Mapping[str, str], own: Mapping[str, OwnMethod]) -> Iterator[Problem]:
    for code, method in own.items():
        others = [other for other, printed in codes.items() if printed == method.code and other != code]
        if code in codes and others:
            what = f"'{method.code}' would stand for two ways of assessment, {list_words([code, *others])}"
            yield Problem(method.where, what, "give each a code of its own")


def _recoded(rated: _Rated, codes: Mapping[str, str]) -> _Rated:
    return replace(rated, rating=_recoded_rating(rated.rating, codes))


def _recoded_rating(rating: Rating, codes: Mapping[str, str]) -> Rating:
    return rating._replace(assessed_by=tuple(codes[code] for code in rating.assessed_by))
