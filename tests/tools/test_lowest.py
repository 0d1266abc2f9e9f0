"""Each library that jdgen names has tests that run with its lowest version."""

from __future__ import annotations

import tomllib

import pytest
from lowest import EXTRAS, TESTS, TOGETHER
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.toolbox.examples import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
ASKED = [
    Requirement(line)
    for line in (
        *PROJECT["dependencies"],
        *(line for extra in EXTRAS for line in PROJECT["optional-dependencies"][extra]),
    )
]


def test_each_library_has_tests_and_no_other() -> None:
    assert sorted(TESTS) == sorted({canonicalize_name(requirement.name) for requirement in ASKED})


@pytest.mark.parametrize("test", sorted({test for some in TESTS.values() for test in some} | set(TOGETHER)))
def test_what_is_run_is_there(test: str) -> None:
    path, _, name = test.partition("::")
    assert (ROOT / path).exists()
    assert not name or f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("requirement", ASKED, ids=str)
def test_each_has_a_lowest_version_and_an_end(requirement: Requirement) -> None:
    assert sorted(specifier.operator for specifier in requirement.specifier) == ["<", ">="]
