from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from jdgen.drafting.model import JobDescription
from tests.toolbox.commands import folder, process, run
from tests.toolbox.examples import POSTS, draft_of
from tests.toolbox.soak import IS_SOAK, SEED, tally  # counts of random examples too, for tests that name none

__all__ = ["folder", "process", "run"]  # fixtures of every test

_OUTSIDE = Path(__file__).parent / "acceptance"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write tests/acceptance/golden/*.txt anew")
    parser.addoption("--write-kept", action="store_true", help="write what tests/acceptance/kept holds anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What judges jdgen from outside is slow, but for the golden texts; other slow modules say so themselves."""
    for item in items:
        if item.path.is_relative_to(_OUTSIDE) and not item.path.is_relative_to(_OUTSIDE / "golden"):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Each test says how many random cases it tried, whatever process it runs in."""
    with tally.of(getattr(item, "obj", None)) as cases:
        try:
            return (yield)
        finally:
            item.user_properties.append(("cases", cases()))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if IS_SOAK:
        reports = [report for each in ("passed", "failed") for report in terminalreporter.stats.get(each, [])]
        cases = sum(dict(report.user_properties).get("cases", 0) for report in reports if report.when == "call")
        began = "seeds of their own" if SEED is None else f"seed {SEED}"
        terminalreporter.write_line(f"{cases:,} random cases in {len(reports):,} tests, from {began}")


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
