"""Versions of one framework side by side: exactly one of them is current, or the files say why not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from jdgen.errors import JdgenError
from jdgen.framework.chapters import current
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
    assert problem.right == "write supersedes: '1' into the newer one's file"


def test_versions_that_supersede_each_other_are_a_problem() -> None:
    with pytest.raises(JdgenError, match="superseded by another"):
        current([replace(FIRST, supersedes="2"), following(FIRST, "2")])
