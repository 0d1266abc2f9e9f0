"""Which chapters of frameworks are current: documents are drafted from these.

A chapter is a framework of one specialism, with the version and the source of it. Several files may publish chapters of
one framework; each chapter is followed by a newer version of itself, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from jdgen.errors import Problem, list_words, refuse
from jdgen.framework.model import Framework, Imprint, Specialism


def chapters_of(framework: Framework) -> tuple[Framework, ...]:
    """Each chapter of ``framework``."""
    return tuple(framework.of(specialism) for specialism in framework.specialisms)


def join_chapters(chapters: Sequence[Framework]) -> Framework:
    """One framework of ``chapters`` of one framework, of which there is at least one."""
    first = chapters[0]
    versions = dict.fromkeys(chapter.version for chapter in chapters)
    has_one_imprint = len({_imprint(chapter) for chapter in chapters}) == 1
    return replace(
        first,
        version=list_words(versions),
        specialisms=tuple(
            specialism if has_one_imprint else replace(specialism, imprint=_imprint(chapter))
            for chapter in chapters
            for specialism in chapter.specialisms
        ),
        competences=tuple(
            {competence.id: competence for chapter in chapters for competence in chapter.competences}.values()
        ),
        skills=tuple({skill.id: skill for chapter in chapters for skill in chapter.skills}.values()),
    )


def _imprint(chapter: Framework) -> Imprint:
    return Imprint(chapter.version, chapter.version_basis, chapter.source_file, chapter.sha256, chapter.supersedes)


def is_called(specialism: Specialism, earlier: Specialism) -> bool:
    """Whether ``specialism`` is ``earlier``, under the name that it has or one that it had."""
    return specialism.id == earlier.id or not {earlier.id, earlier.title}.isdisjoint(specialism.former)


def current(frameworks: Iterable[Framework], instead: Framework | None = None) -> tuple[Framework, ...]:
    """The chapters of ``frameworks`` in the version that no other supersedes, but for those that are withdrawn. The
    chapters of ``instead`` stand in for those of the same name, whatever their version.

    A version that publishes one chapter leaves the others as they are. Raises :class:`JdgenError` for a chapter of
    which no version is the newest, or several are.
    """
    versions = list(frameworks)
    stand_ins = chapters_of(instead) if instead else ()
    all_chapters = (chapter for version in versions for chapter in chapters_of(version))
    chapters = [chapter for chapter in all_chapters if not any(_is_of(chapter, other) for other in stand_ins)]
    ancestry = _Ancestry.of(chapters)
    newest = [chapter for chapter in chapters if not any(ancestry.supersedes(other, chapter) for other in chapters)]
    refuse(_version_problems(chapters, newest))
    withdrawing = [framework for framework in (*versions, *([instead] if instead else [])) if framework.withdrawn]
    rest = (chapter for chapter in newest if not any(ancestry.withdraws(other, chapter) for other in withdrawing))
    return (*stand_ins, *rest)


def _is_of(chapter: Framework, newer: Framework) -> bool:
    """Whether two chapters are of one name, or ``newer`` has that of ``chapter`` among its former ones."""
    return chapter.id == newer.id and is_called(newer.specialisms[0], chapter.specialisms[0])


class _Ancestry(NamedTuple):
    """Which versions of a framework each version says it follows: by the framework's id and the version."""

    predecessors: dict[tuple[str, str], frozenset[str]]

    @classmethod
    def of(cls, chapters: Iterable[Framework]) -> _Ancestry:
        predecessors: dict[tuple[str, str], frozenset[str]] = {}
        for chapter in chapters:
            if chapter.supersedes:
                key = (chapter.id, chapter.version)
                predecessors[key] = predecessors.get(key, frozenset()) | {chapter.supersedes}
        return cls(predecessors)

    def earlier(self, chapter: Framework) -> frozenset[str]:
        """All versions before that of ``chapter``: the one that it follows, those that this one follows, and so on."""
        versions: set[str] = set()
        ahead = {chapter.supersedes} if chapter.supersedes else set()
        while ahead:
            version = ahead.pop()
            versions.add(version)
            ahead |= self.predecessors.get((chapter.id, version), frozenset()) - versions
        return frozenset(versions)

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
    for chapter in {(chapter.id, chapter.specialisms[0].id): chapter for chapter in chapters}.values():
        versions = tuple(f"'{other.version}'" for other in newest if _is_same(chapter, other))
        if len(versions) > 1 or not any(_is_of(chapter, other) for other in newest):
            alike.setdefault((chapter.id, versions), []).append(f"'{chapter.specialisms[0].title}'")
    for (framework_id, versions), specialisms in alike.items():
        if versions:
            candidates = f"{list_words(versions)} of {list_words(specialisms)}"
            what = f"nothing says which of the versions {candidates} is the newest"
            yield Problem(framework_id, what, f"write supersedes: {versions[0]} into the newer one's file")
        else:
            what = f"each version of {list_words(specialisms)} is superseded by another"
            yield Problem(framework_id, what, "take 'supersedes' out of the file of the first version")


def _is_same(chapter: Framework, other: Framework) -> bool:
    return (chapter.id, chapter.specialisms[0].id) == (other.id, other.specialisms[0].id)
