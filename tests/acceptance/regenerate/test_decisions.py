"""``jdgen regenerate --decisions``: what was decided on a release, carried out over a folder, and reported."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from lxml import etree, html

from jdgen.revision import many_documents
from tests.acceptance.release.test_release import DECIDING, REWORDED, decided, documents
from tests.toolbox.commands import Run
from tests.toolbox.documents import BODY, texts_of
from tests.toolbox.word import W, parts_of

__all__ = ["documents"]
COMMAND = ("regenerate", "all", "--framework", "newer.yaml", "--decisions", "decisions.yaml", "--output", "new")
WITHDRAWN, ADDED_STATEMENT, TITLE = "pmo.leadership.8a-8d", "pmo.sustainability.6-8d", "pmo.business-case.title"


@pytest.fixture
def decisions(run: Run, documents: Path) -> Path:
    """Decisions of each kind; the foreign document is away."""
    (documents / "foreign.docx").unlink()
    assert run(*DECIDING).exit_code == 0
    path = documents.parent / "decisions.yaml"
    text = path.read_text(encoding="utf-8")
    for change, word in ((REWORDED, "take"), (WITHDRAWN, "keep"), (ADDED_STATEMENT, "take"), ("version", "take")):
        text = decided(text, change, word)
    path.write_text(text, encoding="utf-8")
    return path


def tree_of(path: Path) -> etree._Element:
    return etree.fromstring(parts_of(path.read_bytes())[BODY])


def marked_texts(tree: etree._Element) -> set[str]:
    return {
        "".join(text.text or "" for text in mark.iter(f"{W}t", f"{W}delText"))
        for mark in tree.iter(f"{W}ins", f"{W}del")
    }


def test_what_is_taken_is_in_the_words_what_is_kept_is_not_and_what_is_asked_is_marked(
    run: Run, decisions: Path
) -> None:
    result = run(*COMMAND)
    assert result.exit_code == 0, result.output
    assert "made as decided" in result.stdout
    new = decisions.parent / "new"
    texts, marks = texts_of(tree_of(new / "8a.docx")), marked_texts(tree_of(new / "8a.docx"))
    assert any(text.startswith("Establish lasting project processes") for text in texts)
    assert "Build strong networks both internally and externally." in texts
    assert "Count what each project costs the climate." in texts
    assert not any("lasting" in mark or "networks" in mark or "climate" in mark for mark in marks)
    assert any("Speak for the office" in mark for mark in marks), "it is asked about"
    mine = texts_of(tree_of(new / "mine.docx"))
    assert any("our <own> processes" in text for text in mine)
    assert not any("Establish lasting" in text for text in mine)
    assert b"Establish lasting project" in parts_of((new / "mine.docx").read_bytes())["word/comments.xml"]


def test_decisions_are_in_the_report(run: Run, decisions: Path) -> None:
    text = decisions.read_text(encoding="utf-8")
    unreached = (
        "  - id: pmo.nowhere\n    change: withdrawn, bands 8d\n    heading: X\n    was: Gone.\n    decision: take\n"
    )
    decisions.write_text(text + unreached, encoding="utf-8")
    result = run(*COMMAND)
    assert result.exit_code == 0, result.output
    assert "decided on, and in no document: pmo.nowhere\n" in result.stderr
    folder = decisions.parent / "new"
    sheet = openpyxl.load_workbook(folder / "report.xlsx")["Decisions"]
    head, *others = sheet.iter_rows(values_only=True)
    rows = {row[0]: dict(zip(head, row, strict=True)) for row in others}
    counts = {change: [rows[change][name] for name in head[3:]] for change in rows}
    assert counts[REWORDED] == ["take", 1, 0, 0, 1]
    assert counts[WITHDRAWN] == ["keep", 0, 2, 0, 0]
    assert counts[ADDED_STATEMENT] == ["take", 3, 0, 0, 0]
    assert counts[TITLE] == ["ask", 0, 0, 3, 0]
    assert counts["pmo.nowhere"] == ["take", 0, 0, 0, 0]
    page = html.parse(folder / "report.html")
    assert [next(cell.text_content() for cell in row) for row in page.xpath("(//table)[1]//tr[td]")] == list(rows)
    page_text = page.xpath("string(//main)")
    assert "reworded, as decided" in page_text
    assert "left as it is, as decided; otherwise: deleted" in page_text
    assert "kept, with the new wording offered (decided was to take it)" in page_text
    documents = json.loads(run(*COMMAND[:-1], "again", "--json").stdout)
    decisions_of_8a = {
        decision["id"]: decision
        for document in documents
        for decision in document["decisions"]
        if "8a.docx" in document["path"]
    }
    assert decisions_of_8a[f"{REWORDED}.1"]["decision"] == "take"
    assert decisions_of_8a[f"{REWORDED}.1"]["changes"] == [REWORDED]


def test_what_was_kept_is_not_offered_again_and_no_batch_takes_it_for_its_own(run: Run, decisions: Path) -> None:
    text = decisions.read_text(encoding="utf-8").replace("decision: ask", "decision: keep").replace(": take", ": keep")
    decisions.write_text(text, encoding="utf-8")
    result = run(*COMMAND)
    assert result.exit_code == 0
    assert result.stdout.count("none of its text changes") == 3
    new = decisions.parent / "new"
    for name in ("8a.docx", "mine.docx"):
        before = texts_of(tree_of(decisions.parent / "all" / name))
        assert texts_of(tree_of(new / name)) == before
    result = run("status", "new", "--framework", "newer.yaml")
    assert result.exit_code == 0
    assert result.stdout.count("edited since") >= 3
    again = run("regenerate", "new", "--framework", "newer.yaml", "--output", "again")
    assert again.stdout.count("up to date") == 3


def test_several_processes_decide_what_one_does(run: Run, decisions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = run(*COMMAND).stdout
    contents = {path.name: path.read_bytes() for path in (decisions.parent / "new").iterdir()}
    monkeypatch.setattr(many_documents, "WORTH_IT", 1)
    monkeypatch.setattr(many_documents, "CHUNK", 1)
    assert run(*COMMAND[:-1], "two", "--jobs", "2").stdout == alone.replace("new/", "two/")
    shared = {path.name: path.read_bytes() for path in (decisions.parent / "two").iterdir()}
    assert {name: content for name, content in shared.items() if name.endswith(".docx")} == {
        name: content for name, content in contents.items() if name.endswith(".docx")
    }


def test_another_template_does_not_lose_what_is_kept(run: Run, decisions: Path) -> None:
    result = run(*COMMAND, "--template", "role-profile")
    assert result.exit_code == 1
    assert "would be made anew in another template, and lose what was decided to be kept" in result.stderr
    assert decisions.is_file()
