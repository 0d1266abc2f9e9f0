"""A soak runs what Hypothesis runs and what is marked: whatever takes more cases in a soak is marked."""

from __future__ import annotations

import ast

from tests.toolbox.examples import ROOT

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
