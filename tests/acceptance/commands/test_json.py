"""What ``--json`` prints is published: its keys are written out, and follow no attribute when that is renamed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import jdgen.cli

#: Give the attributes of a value by their names.
BY_ATTRIBUTES = {"vars", "_asdict", "asdict", "__dict__"}
#: Where attributes are what is published: templates print the fields of the draft by these names.
PUBLISHED = {"generate.py": "asdict"}
CLI = Path(jdgen.cli.__file__).parent


@pytest.mark.parametrize("path", sorted(CLI.rglob("*.py")), ids=lambda path: str(path.relative_to(CLI)))
def test_no_key_is_made_of_the_name_of_an_attribute(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_bytes())))
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    names |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    assert names & BY_ATTRIBUTES <= {PUBLISHED.get(path.name, "")}
