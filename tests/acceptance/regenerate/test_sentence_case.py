"""A document made before an organisation chose headings in sentence case is redlined in its headings alone."""

from __future__ import annotations

import json
from pathlib import Path

from tests.toolbox.commands import DOCUMENT, POST, Run


def test_the_redline_changes_headings_and_nothing_else(run: Run, folder: Path) -> None:
    run("generate", *POST)
    (folder / "jdgen.toml").write_text('[documents]\nheadings = "sentence case"\n')
    (document,) = json.loads(run("status", str(DOCUMENT), "--json").stdout)
    assert document["states"] == ["headings chosen otherwise"]
    differences = document["differences"]
    assert len(differences["reworded"]) == 7
    assert all(block.endswith(".title") for block in differences["reworded"])
    assert (differences["withdrawn"], differences["new"], differences["moved"]) == ([], [], [])
    result = run("regenerate", str(DOCUMENT), "--output", "renewed")
    assert "changed, as tracked changes (7 reworded)" in result.stdout
    assert "up to date" in run("status", f"renewed/{DOCUMENT.name}").stdout
    assert "its wording is adapted" in run("why", f"renewed/{DOCUMENT.name}", "Risks & issues").stdout


def test_a_word_that_is_no_choice_is_refused(run: Run, folder: Path) -> None:
    (folder / "jdgen.toml").write_text('[documents]\nheadings = "title case"\n')
    result = run("generate", *POST, "--dry-run")
    assert result.exit_code == 1
    assert "jdgen.toml:2: unknown headings 'title case': did you mean 'sentence case'?" in result.stderr
