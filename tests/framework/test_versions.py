"""Versions of one framework side by side: exactly one of them is current, or the files say why not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jdgen.errors import JdgenError
from jdgen.framework.chapters import chapters_of, current, join_chapters
from jdgen.framework.model import Framework
from tests.toolbox.data import shipped_library

FIRST = replace(shipped_library().framework, version="1")


def following(earlier: Framework, version: str) -> Framework:
    return replace(earlier, version=version, supersedes=earlier.version)


def test_the_version_that_no_other_supersedes_is_current() -> None:
    second = following(FIRST, "2")
    third = following(second, "3")
    other = replace(FIRST, id="example-framework", supersedes=None)
    assert current([FIRST]) == (FIRST,)
    assert current([second, FIRST, other, third]) == (other, third)


def test_a_version_of_another_framework_supersedes_nothing() -> None:
    other = replace(FIRST, id="example-framework", version="2", supersedes="1")
    assert current([FIRST, other]) == (FIRST, other)


def test_two_versions_of_which_neither_says_it_is_newer_are_a_problem_that_says_what_to_write() -> None:
    with pytest.raises(JdgenError) as raised:
        current([FIRST, replace(FIRST, version="2")])
    (problem,) = raised.value.problems
    assert problem.where == "nhs-pccf"
    assert "'1'" in problem.what
    assert "'2'" in problem.what
    assert "'PMO'" in problem.what
    assert problem.right == "write supersedes: '1' into the newer one's file"


def test_versions_that_supersede_each_other_are_a_problem() -> None:
    with pytest.raises(JdgenError, match="superseded by another"):
        current([replace(FIRST, supersedes="2"), following(FIRST, "2")])


def chapter(name: str, version: str, supersedes: str | None = None, former: tuple[str, ...] = ()) -> Framework:
    """A file that publishes one chapter."""
    specialism = replace(FIRST.specialisms[0], id=name, title=name.upper(), former=former)
    return replace(FIRST, version=version, supersedes=supersedes, specialisms=(specialism,))


def together(*chapters: Framework, withdrawn: tuple[str, ...] = ()) -> Framework:
    """One file that publishes all of ``chapters``, in the version of the first."""
    return replace(
        chapters[0], specialisms=sum((chapter_.specialisms for chapter_ in chapters), ()), withdrawn=withdrawn
    )


def names(*frameworks: Framework, instead: Framework | None = None) -> list[tuple[str, str]]:
    return [(chapter_.specialisms[0].id, chapter_.version) for chapter_ in current(frameworks, instead)]


def test_a_release_of_one_chapter_leaves_the_others_as_they_are() -> None:
    first = together(chapter("a", "1"), chapter("b", "1"), chapter("c", "1"))
    second = chapter("a", "2", "1")
    third = together(chapter("b", "3", "2"), chapter("a", "3", "2"))
    assert names(first, second) == [("b", "1"), ("c", "1"), ("a", "2")]
    # The third follows the first too, by the second.
    assert names(first, second, third) == [("c", "1"), ("b", "3"), ("a", "3")]
    assert names(first, chapter("d", "1")) == [("a", "1"), ("b", "1"), ("c", "1"), ("d", "1")]


def test_what_a_release_withdraws_is_gone_until_a_later_one_has_it_again() -> None:
    first = together(chapter("a", "1"), chapter("b", "1"))
    second = replace(chapter("a", "2", "1"), withdrawn=("b",))
    third = chapter("a", "3", "2")
    assert names(first, second, third) == [("a", "3")]
    assert names(first, second, third, chapter("b", "4", "3")) == [("a", "3"), ("b", "4")]


def test_a_chapter_under_a_new_name_follows_the_old_one() -> None:
    assert names(chapter("a", "1"), chapter("z", "2", "1", ("a",))) == [("z", "2")]
    assert names(chapter("a", "1"), chapter("z", "2", "1", ("A",))) == [("z", "2")]
    assert names(chapter("a", "1"), chapter("z", "2", "1")) == [("a", "1"), ("z", "2")]


def test_a_framework_that_is_named_stands_in_for_its_own_chapters_alone() -> None:
    first = together(chapter("a", "1"), chapter("b", "1"))
    assert names(first, instead=chapter("a", "draft")) == [("a", "draft"), ("b", "1")]
    assert names(first, chapter("a", "2"), instead=chapter("z", "draft", None, ("a",))) == [("z", "draft"), ("b", "1")]


def test_specialisms_that_stand_in_two_files_alike_are_one_problem() -> None:
    with pytest.raises(JdgenError) as raised:
        current(
            [together(chapter("a", "1"), chapter("b", "1"), chapter("c", "1")), chapter("a", "2"), chapter("b", "2")]
        )
    (problem,) = raised.value.problems
    assert problem.what == "nothing says which of the versions '1', '2' of 'A', 'B' is the newest"


def test_chapters_that_are_joined_are_what_they_were() -> None:
    chapters = current([chapter("a", "1"), chapter("b", "2")])
    framework = join_chapters(chapters)
    assert framework.version == "1, 2"
    assert chapters_of(framework) == chapters
    assert join_chapters(current([FIRST])) == FIRST
