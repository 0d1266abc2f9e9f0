from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

import tests.toolbox.soak  # noqa: F401  # counts of random examples, for tests that name none
from jdgen.drafting.model import JobDescription
from tests.toolbox.commands import folder, process, run
from tests.toolbox.examples import POSTS, draft_of

__all__ = ["folder", "process", "run"]  # fixtures of every test


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write tests/acceptance/golden/*.txt anew")
    parser.addoption("--write-kept", action="store_true", help="write what tests/acceptance/kept holds anew")


@pytest.fixture(scope="session", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests make is kept apart from what the user's own runs have made."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def draft() -> JobDescription:
    """The draft of the first example post."""
    return draft_of(POSTS[0])
