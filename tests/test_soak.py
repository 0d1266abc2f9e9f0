"""A soak runs what Hypothesis runs and what is marked, and that is all that takes more cases in a soak; other ones each
time, unless it has a seed."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.toolbox.examples import ROOT
from tests.toolbox.soak import count, seeds, tally

#: What :mod:`tests.toolbox.soak` offers to tests that Hypothesis does not run.
MORE = {"count", "seeds", "IS_SOAK"}


def takes_more(source: str) -> bool:
    """Whether a module of tests takes more cases, or the real limit, in a soak."""
    imports = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom))
    return any(node.module == "tests.toolbox.soak" and MORE & {alias.name for alias in node.names} for node in imports)


def test_what_takes_more_cases_in_a_soak_is_marked() -> None:
    sources = {path: path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py")}
    taking = [path for path, source in sources.items() if takes_more(source)]
    assert len(taking) > 10
    assert [str(path) for path in taking if "mark.soak" not in sources[path]] == []


def test_every_test_is_run_by_ci_and_once() -> None:
    """By ``make test`` or by ``make slow``, which divide them by the mark alone."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    counts = {
        target: re.search(rf"^{target}:.*\n\t.*-m (?:'(.+)'|(\w+))$", makefile, re.MULTILINE)
        for target in ("test", "slow")
    }
    assert [match and (match[1] or match[2]) for match in counts.values()] == ["not slow", "slow"]
    commands = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert commands.count("make test") == commands.count("make slow") == 1


def test_what_judges_from_outside_is_slow_but_for_golden_texts() -> None:
    options = ("--collect-only", "--quiet", "--no-header", "-p", "no:xdist")
    places = ("tests/acceptance/show", "tests/acceptance/golden", "tests/levels")
    quick = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "-m", "not slow", *places],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    collected = {line.rpartition("/")[0] for line in quick.stdout.splitlines() if "::" in line}
    assert collected == {"tests/acceptance/golden", "tests/levels"}


def test_a_soak_takes_other_cases_each_time_unless_it_has_a_seed() -> None:
    def collect_cases(**variables: str) -> list[str]:
        of_budget = "budget(3).max_examples, budget(3).derandomize"
        code = f"from tests.toolbox.soak import budget, seeds; print(seeds(3), {of_budget})"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("JDGEN_SOAK")}
        runs = (
            subprocess.run(
                [sys.executable, "-c", code], env=environment | variables, cwd=ROOT, check=True, capture_output=True
            )
            for _ in range(2)
        )
        return [run.stdout.decode().strip() for run in runs]

    assert collect_cases() == ["range(0, 3) 3 True"] * 2
    assert collect_cases(JDGEN_SOAK="2", JDGEN_SOAK_SEED="7") == ["range(7, 13) 6 True"] * 2
    first, second = collect_cases(JDGEN_SOAK="2")
    assert first != second
    assert first.endswith(" 6 False")


def test_a_soak_counts_what_it_tried() -> None:
    @settings(max_examples=7, database=None)
    @given(st.integers())
    def of_hypothesis(number: int) -> None:
        assert isinstance(number, int)

    def of_seeds() -> None:
        assert len(seeds(3)) == count(3)

    def of_none() -> None:
        assert not numbers

    numbers: list[int] = []
    for test in (of_none, of_hypothesis, of_seeds):
        with tally.of(test) as cases:
            test()
        numbers.append(cases())
    assert numbers == [1, 7, count(3)]
