"""General statements: an organisation's fixed text, in versioned sets."""

from __future__ import annotations

from dataclasses import dataclass

from jdgen.drafting.givers import Giver, Text
from jdgen.drafting.model import Clause
from jdgen.reading.yaml_file import YamlFile


@dataclass(frozen=True)
class ClauseSet:
    """One set of general statements. Locked ones are the organisation's: a manager may not change them."""

    id: str
    version: str
    title: str
    clauses: tuple[Clause, ...]


def clause_set_of(file: YamlFile) -> ClauseSet:
    """The set in ``file``, which has been checked against its schema."""
    entry = file.value
    clauses = tuple(
        Clause(
            f"clause.{clause['id']}",
            Text(clause["title"], Giver.CLAUSES),
            Text(clause["text"], Giver.CLAUSES),
            clause["locked"],
        )
        for clause in entry["clauses"]
    )
    return ClauseSet(entry["id"], entry["version"], entry["title"], clauses)
