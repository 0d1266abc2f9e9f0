"""Which of several versions of a framework's chapters are current: documents are drafted from these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jdgen.errors import JdgenError, Problem, list_words
from jdgen.framework.model import Framework


def current(frameworks: Iterable[Framework]) -> tuple[Framework, ...]:
    """Of each framework the version that no other one supersedes; documents are drafted from these.

    Raises :class:`JdgenError` for a framework of which that is not one.
    """
    versions = list(frameworks)
    superseded = {(one.id, one.supersedes) for one in versions if one.supersedes}
    newest = tuple(one for one in versions if (one.id, one.version) not in superseded)
    if problems := list(_version_problems(versions, newest)):
        raise JdgenError(problems)
    return newest


def _version_problems(frameworks: Iterable[Framework], newest: Iterable[Framework]) -> Iterator[Problem]:
    for framework_id in dict.fromkeys(one.id for one in frameworks):
        versions = [f"'{one.version}'" for one in newest if one.id == framework_id]
        if not versions:
            what = "each of its versions is superseded by another"
            yield Problem(framework_id, what, "take 'supersedes' out of the file of the first version")
        elif len(versions) > 1:
            what = f"nothing says which of the versions {list_words(versions)} is the newest"
            yield Problem(framework_id, what, f"write supersedes: {versions[0]} into the newer one's file")
