"""``python -m tests.acceptance.trial``: the trial held once more, and what came of each document as a table."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import click

from tests.acceptance.trial.trial import Case, hold_trial, texts

_HEADINGS = (
    "document",
    "template",
    "edited",
    "reworded",
    "inserted",
    "deleted",
    "moved",
    "to decide",
    "rejected is theirs",
)


def _row(case: Case) -> tuple[str, ...]:
    count = Counter(decision["action"] for decision in case.result["decisions"])
    to_decide = count["offer"] + count["question"] + count["stay"] + len(case.result["lost"])
    is_theirs = Counter(case.rejected) == Counter(texts(case.moved_path.read_bytes()))
    kinds = ", ".join(edit.kind for edit in case.edits) or "nobody"
    numbers = (count["reword"], count["insert"], count["delete"], count["move"], to_decide)
    return (case.name, case.template, kinds, *map(str, numbers), "yes" if is_theirs else "NO")


with tempfile.TemporaryDirectory() as folder:
    cases = hold_trial(Path(folder).resolve())
    for row in (_HEADINGS, ("---",) * len(_HEADINGS), *map(_row, cases)):
        click.echo(f"| {' | '.join(row)} |")
