"""Which chapters of frameworks are current: documents are drafted from these.

A chapter is a framework of one specialism, with the version and the source of it. Several files may publish chapters of
one framework; each chapter is followed by a newer version of itself, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from jdgen.errors import JdgenError, Problem, list_words
from jdgen.framework.model import Framework, Imprint, Specialism


def chapters_of(framework: Framework) -> tuple[Framework, ...]:
    """Each chapter of ``framework``."""
    return tuple(framework.of(specialism) for specialism in framework.specialisms)


def join_chapters(chapters: Sequence[Framework]) -> Framework:
    """One framework of ``chapters`` of one framework, of which there is at least one."""
    first = chapters[0]
    versions = dict.fromkeys(one.version for one in chapters)
    is_one = len({_imprint(one) for one in chapters}) == 1
    return replace(
        first,
        version=list_words(versions),
        specialisms=tuple(
            specialism if is_one else replace(specialism, imprint=_imprint(one))
            for one in chapters
            for specialism in one.specialisms
        ),
        competences=tuple({each.id: each for one in chapters for each in one.competences}.values()),
        skills=tuple({each.id: each for one in chapters for each in one.skills}.values()),
    )


def _imprint(chapter: Framework) -> Imprint:
    return Imprint(chapter.version, chapter.version_basis, chapter.source_file, chapter.sha256, chapter.supersedes)


def is_called(specialism: Specialism, named: Specialism) -> bool:
    """Whether ``specialism`` is ``named``, under the name that it has or one that it had."""
    return specialism.id == named.id or not {named.id, named.title}.isdisjoint(specialism.former)


def current(frameworks: Iterable[Framework], instead: Framework | None = None) -> tuple[Framework, ...]:
    """The chapters of ``frameworks`` in the version that no other supersedes, but for those that are withdrawn. The
    chapters of ``instead`` stand in for those of the same name, whatever their version.

    A version that publishes one chapter leaves the others as they are. Raises :class:`JdgenError` for a chapter of
    which no version is the newest, or several are.
    """
    versions = list(frameworks)
    named = chapters_of(instead) if instead else ()
    chapters = [
        one for version in versions for one in chapters_of(version) if not any(_is_of(one, other) for other in named)
    ]
    ancestry = _Ancestry.of(chapters)
    newest = [one for one in chapters if not any(ancestry.supersedes(other, one) for other in chapters)]
    if problems := list(_version_problems(chapters, newest)):
        raise JdgenError(problems)
    withdrawing = [one for one in (*versions, *([instead] if instead else [])) if one.withdrawn]
    kept = (one for one in newest if not any(ancestry.withdraws(other, one) for other in withdrawing))
    return (*named, *kept)


def _is_of(chapter: Framework, newer: Framework) -> bool:
    """Whether two chapters are of one name, or ``newer`` has that of ``chapter`` among its former ones."""
    return chapter.id == newer.id and is_called(newer.specialisms[0], chapter.specialisms[0])


class _Ancestry(NamedTuple):
    """Which versions of a framework each version says it follows: by the framework's id and the version."""

    followed: dict[tuple[str, str], frozenset[str]]

    @classmethod
    def of(cls, chapters: Iterable[Framework]) -> _Ancestry:
        followed: dict[tuple[str, str], frozenset[str]] = {}
        for one in chapters:
            if one.supersedes:
                key = (one.id, one.version)
                followed[key] = followed.get(key, frozenset()) | {one.supersedes}
        return cls(followed)

    def earlier(self, chapter: Framework) -> frozenset[str]:
        """All versions before that of ``chapter``: the one that it follows, those that this one follows, and so on."""
        seen: set[str] = set()
        ahead = {chapter.supersedes} if chapter.supersedes else set()
        while ahead:
            version = ahead.pop()
            seen.add(version)
            ahead |= self.followed.get((chapter.id, version), frozenset()) - seen
        return frozenset(seen)

    def supersedes(self, newer: Framework, chapter: Framework) -> bool:
        return newer is not chapter and _is_of(chapter, newer) and chapter.version in self.earlier(newer)

    def withdraws(self, framework: Framework, chapter: Framework) -> bool:
        """Whether ``framework`` ends ``chapter``, which is no later than it."""
        return (
            framework.id == chapter.id
            and chapter.specialisms[0].id in framework.withdrawn
            and framework.version not in self.earlier(chapter)
        )


def _version_problems(chapters: Sequence[Framework], newest: Sequence[Framework]) -> Iterator[Problem]:
    """One line for each cause: specialisms of one framework of which the same versions are the newest, or none is."""
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for one in {(one.id, one.specialisms[0].id): one for one in chapters}.values():
        versions = tuple(f"'{other.version}'" for other in newest if _is_same(one, other))
        if len(versions) > 1 or not any(_is_of(one, other) for other in newest):
            alike.setdefault((one.id, versions), []).append(f"'{one.specialisms[0].title}'")
    for (framework_id, versions), specialisms in alike.items():
        if versions:
            named = f"{list_words(versions)} of {list_words(specialisms)}"
            what = f"nothing says which of the versions {named} is the newest"
            yield Problem(framework_id, what, f"write supersedes: {versions[0]} into the newer one's file")
        else:
            what = f"each version of {list_words(specialisms)} is superseded by another"
            yield Problem(framework_id, what, "take 'supersedes' out of the file of the first version")


def _is_same(one: Framework, other: Framework) -> bool:
    return (one.id, one.specialisms[0].id) == (other.id, other.specialisms[0].id)
