from __future__ import annotations

import pytest

from jdgen.drafting.model import JobDescription
from tests.examples import POSTS, draft_of


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write tests/golden/*.txt anew")


@pytest.fixture(scope="session")
def draft() -> JobDescription:
    """The draft of the first example post."""
    return draft_of(POSTS[0])
