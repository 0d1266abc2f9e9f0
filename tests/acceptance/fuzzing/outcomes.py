"""What may come of fuzzed input: an error of jdgen's with a place, or a document that is whole."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from jdgen.errors import JdgenError
from tests.toolbox.word import W

#: Elements that may not be without one of these in them, nor end without it (ECMA-376 part 1, 17.4.65 and others).
_ENDS_IN = {"tc": "p", "body": "sectPr"}
_NEEDS = {"tbl": "tr", "tr": "tc"}


def assert_placed(error: JdgenError, name: str) -> None:
    """Every problem says where it is, what is wrong and what would be right."""
    assert error.problems
    for problem in error.problems:
        assert name in problem.where, problem
        assert problem.what.strip(), problem
        assert problem.right.strip(), problem
        assert "Traceback" not in str(problem)
        assert "object at 0x" not in str(problem)


def assert_whole(document: bytes) -> None:
    """The document can be read by others: a zip without faults, well-formed parts, tables and cells as Word needs
    them, ids that are not used twice."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        parts = {name: archive.read(name) for name in names}
    trees = {name: etree.fromstring(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    for name, tree in trees.items():
        if name.startswith("word/"):
            _assert_tables(tree)
    _assert_ids(trees["word/document.xml"])
    _assert_related(trees, set(names))


def _assert_tables(tree: Any) -> None:
    for holder, last in _ENDS_IN.items():
        for element in tree.iter(f"{W}{holder}"):
            inner = [child for child in element if child.tag != f"{W}tcPr"]
            assert inner, f"a {holder} that holds nothing"
            assert inner[-1].tag == f"{W}{last}" or holder == "body", f"a {holder} without {last} at its end"
    for holder, needed in _NEEDS.items():
        for element in tree.iter(f"{W}{holder}"):
            assert element.find(f".//{W}{needed}") is not None, f"a {holder} without {needed}"


def _assert_ids(tree: Any) -> None:
    starts, ends = ([mark.get(f"{W}id") for mark in tree.iter(f"{W}bookmark{end}")] for end in ("Start", "End"))
    assert len(starts) == len(set(starts)), "a bookmark's id is used twice"
    assert set(ends) <= set(starts) or not starts


def _assert_related(trees: dict[str, Any], names: set[str]) -> None:
    """No relationship leads to a part that is not there."""
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = name.partition("_rels/")[0]
        for relation in tree:
            if relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                path = target.lstrip("/") if target.startswith("/") else _resolve(folder, target)
                assert path in names or path.startswith("#"), f"{name} leads to {target}, which is not there"


def _resolve(folder: str, target: str) -> str:
    steps: list[str] = []
    for step in f"{folder}{target}".split("/"):
        if step == "..":
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
