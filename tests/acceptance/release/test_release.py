"""``jdgen release``: what a release changes in which documents; and the file in which people decide on it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from lxml import html

from jdgen.revision import status
from tests.toolbox import documents as making
from tests.toolbox.commands import Run
from tests.toolbox.data import FRAMEWORK_TEXT, change_text
from tests.toolbox.documents import edit_document, example_document
from tests.toolbox.word import word_file

REWORDED = "pmo.risks-issues.8a-8b"
COMMAND = ("release", "nhs-pccf", "newer.yaml", "all")
DECIDING = (*COMMAND, "--decisions", "decisions.yaml")


@pytest.fixture
def documents(folder: Path) -> Path:
    """Documents of two bands, one of them edited in a statement that is reworded, and one that is not jdgen's."""
    (folder / "all").mkdir()
    (folder / "all/8a.docx").write_bytes(example_document())
    mine = edit_document(example_document(), ("Establish the project processes", "Establish our <own> processes"))
    (folder / "all/mine.docx").write_bytes(mine)
    (folder / "all/6.docx").write_bytes(example_document("band-6-portfolio-analyst"))
    (folder / "all/foreign.docx").write_bytes(word_file("Text"))
    (folder / "newer.yaml").write_text(making.newer_framework_text(), encoding="utf-8")
    return folder / "all"


@pytest.fixture
def decisions(run: Run, documents: Path) -> Path:
    assert run(*DECIDING).exit_code == 0
    return documents.parent / "decisions.yaml"


def decided(text: str, change: str, word: str) -> str:
    """The file with one decision made, as somebody types it."""
    start = text.index(f"- id: {change}\n")
    at = text.index("decision: ask", start)
    return text[:at] + f"decision: {word}" + text[at + len("decision: ask") :]


@pytest.mark.usefixtures("documents")
def test_each_change_is_told_with_the_documents_that_it_reaches(run: Run) -> None:
    result = run(*COMMAND)
    assert result.exit_code == 0, result.output
    paragraphs = re.split(r"\n(?=  \S|\S)", result.stdout)
    (reworded,) = [paragraph for paragraph in paragraphs if REWORDED in paragraph]
    assert "[-the-]{+lasting+}" in reworded
    assert "reaches 2 documents" in reworded
    assert "edited there in 1: all/mine.docx" in reworded
    (addition,) = [paragraph for paragraph in paragraphs if "pmo.sustainability.6-8d" in paragraph]
    assert "reaches 3 documents" in addition
    assert result.stdout.endswith("\n4 documents; 3 would change; 1 not jdgen's\n")


@pytest.mark.usefixtures("documents")
def test_a_copy_that_is_made_to_be_read_is_no_document(run: Run) -> None:
    before = run(*COMMAND).stdout
    assert run("show", "all/8a.docx", "--annotate", "all/copy.docx").exit_code == 0
    assert run(*COMMAND).stdout == before


@pytest.mark.usefixtures("documents")
def test_a_folder_is_no_file_of_decisions(run: Run, folder: Path) -> None:
    (folder / "decisions.yaml").mkdir()
    result = run(*DECIDING)
    assert result.exit_code == 1
    assert "error: decisions.yaml: cannot be read (Is a directory)" in result.stderr


@pytest.mark.usefixtures("documents")
def test_json_and_page_say_the_same(run: Run, folder: Path) -> None:
    report = json.loads(run(*COMMAND, "--json", "--html", "release.html").stdout)
    by_id = {decision["id"]: decision for decision in report["decisions"]}
    assert (by_id[REWORDED]["documents"], by_id[REWORDED]["edited"]) == (
        ["all/8a.docx", "all/mine.docx"],
        ["all/mine.docx"],
    )
    assert {document["path"]: len(document["changes"]) for document in report["documents"]}["all/foreign.docx"] == 0
    page = html.parse(folder / "release.html")
    rows = [[cell.text_content() for cell in row] for row in page.xpath("(//table)[1]//tr[td]")]
    assert {row[0]: (row[3], row[4]) for row in rows} == {
        entry["id"]: (str(len(entry["documents"])), str(len(entry["edited"]))) for entry in by_id.values()
    }
    text = page.xpath("string(//main)")
    assert "Edited there in 1 document:\n\nall/mine.docx" in text
    assert [insertion.text for insertion in page.xpath("//blockquote/ins")][:1] == ["lasting"]
    assert run(*COMMAND, "--html", "release.html").exit_code == 1, "a report is not replaced unasked"


@pytest.mark.usefixtures("documents")
def test_several_processes_find_what_one_finds(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = run(*COMMAND, "--json", "--jobs", "1").stdout
    monkeypatch.setattr(status, "REACH_WORTH_IT", 1)
    monkeypatch.setattr(status, "REACH_CHUNK", 1)
    assert run(*COMMAND, "--json", "--jobs", "2").stdout == alone


def test_a_file_to_decide_in_has_an_entry_for_each_change(decisions: Path) -> None:
    text = decisions.read_text(encoding="utf-8")
    head = text[: text.index("framework:")]
    assert all(re.search(rf"#   {word}  ", head) for word in ("take", "keep", "ask"))
    values = yaml.safe_load(text)
    assert (values["framework"], values["versions"]) == (
        "nhs-pccf",
        [{"specialism": "pmo", "old": "transcribed 24 November 2026", "new": "2"}],
    )
    by_id = {change["id"]: change for change in values["changes"]}
    assert by_id[REWORDED]["was"].startswith("Establish the project processes")
    assert by_id[REWORDED]["is"].startswith("Establish lasting project processes")
    assert (by_id[REWORDED]["documents"], by_id[REWORDED]["edited"]) == (2, 1)
    assert {change["decision"] for change in by_id.values()} == {"ask"}
    assert "was" not in by_id["pmo.sustainability.6-8d"]
    assert (by_id["version"]["was"], by_id["version"]["is"]) == ("transcribed 24 November 2026", "2")


def test_what_somebody_has_written_stays_and_what_is_new_is_added(run: Run, decisions: Path) -> None:
    whole = decisions.read_text(encoding="utf-8")
    start = whole.index("  - id: pmo.business-case.title")
    end = whole.index("  - id: version")
    mine = decided(whole[:start] + whole[end:], REWORDED, "keep  # agreed on Monday")
    decisions.write_text(mine, encoding="utf-8")
    result = run(*DECIDING)
    assert result.exit_code == 0
    assert "1 change added at the end of decisions.yaml" in result.stderr
    after = decisions.read_text(encoding="utf-8")
    assert after.startswith(mine.rstrip("\n"))
    assert yaml.safe_load(after)["changes"][-1]["id"] == "pmo.business-case.title"
    again = run(*DECIDING)
    assert "decisions.yaml speaks of every change already" in again.stderr
    assert decisions.read_text(encoding="utf-8") == after


def test_what_is_added_stands_as_far_in_as_the_rest(run: Run, decisions: Path) -> None:
    whole = decisions.read_text(encoding="utf-8")
    end = whole.index("  - id: version")
    head, entries = whole[:end].split("changes:\n")
    flat = f"{head}changes:\n" + "".join(line.removeprefix("  ") for line in entries.splitlines(keepends=True))
    decisions.write_bytes(flat.replace("\n", "\r\n").encode())
    assert "2 changes added" in run(*DECIDING).stderr
    content = decisions.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert [change["id"] for change in yaml.safe_load(content)["changes"]][-2:] == ["version", "others"]
    # In brackets, nothing can be added at the end.
    values = yaml.safe_load(content)
    values["changes"].pop()
    decisions.write_text(json.dumps(values), encoding="utf-8")
    result = run(*DECIDING)
    assert result.exit_code == 1
    assert "nothing can be added at the end of the file" in result.stderr


def test_what_no_longer_fits_is_told_with_its_line(run: Run, decisions: Path) -> None:
    newer = making.newer_framework_text()
    (decisions.parent / "newer.yaml").write_text(
        change_text(newer, "Establish lasting project", "Establish durable project"), encoding="utf-8"
    )
    before = decisions.read_bytes()
    line = before.decode().splitlines().index(f"  - id: {REWORDED}") + 1
    result = run(*DECIDING)
    expected = f"decisions.yaml:{line}: '{REWORDED}' was decided on in other words than the release has now"
    assert expected in result.stderr
    assert decisions.read_bytes() == before
    result = run("regenerate", "all", "--framework", "newer.yaml", "--decisions", "decisions.yaml", "--output", "new")
    assert result.exit_code == 1
    assert f"decisions.yaml:{line}: '{REWORDED}' was decided on in other words than the framework has" in result.stderr
    assert not (decisions.parent / "new").exists()


def test_all_that_is_wrong_with_a_file_is_told_at_once_each_with_its_line(run: Run, decisions: Path) -> None:
    text = decided(decisions.read_text(encoding="utf-8"), REWORDED, "tke")
    text = text.replace("    edited: 1\n", "    editd: 1\n", 1).replace("    change: heading renamed\n", "")
    decisions.write_text(text, encoding="utf-8")
    result = run("regenerate", "all", "--framework", "newer.yaml", "--decisions", "decisions.yaml", "--output", "new")
    assert result.exit_code == 1
    lines = [line for line in result.stderr.splitlines() if line.startswith("error: decisions.yaml:")]
    assert len(lines) == 3
    assert any("unknown decision 'tke': did you mean 'take'?" in line for line in lines)
    assert any("unknown key 'editd': did you mean 'edited'?" in line for line in lines)
    assert any("'change' is missing" in line for line in lines)
    twice = text.replace("tke", "take").replace("editd", "edited")
    twice = twice.replace("  - id: pmo.business-case.title\n", "  - id: version\n    change: x\n")
    decisions.write_text(twice, encoding="utf-8")
    assert re.search(r"decisions.yaml:\d+, \d+: 'version' is decided on more than once", run(*DECIDING).stderr)


@pytest.mark.usefixtures("decisions")
def test_a_file_about_another_release_is_refused(run: Run, folder: Path) -> None:
    other = change_text(making.newer_framework_text(), "version: '2'", "version: '3'")
    (folder / "newer.yaml").write_text(other, encoding="utf-8")
    result = run(*DECIDING)
    assert result.exit_code == 1
    assert "is about another release: nhs-pccf, pmo from" in result.stderr
    for name in ("newer.yaml", "all/8a.docx"):
        assert run("regenerate", "all", "--decisions", name, "--output", "new").exit_code == 1


@pytest.mark.usefixtures("documents")
def test_two_versions_of_one_framework_are_meant(run: Run, folder: Path) -> None:
    other = change_text(FRAMEWORK_TEXT, "id: nhs-pccf\n", "id: other\n")
    (folder / "other.yaml").write_text(other, encoding="utf-8")
    result = run("release", "nhs-pccf", "other.yaml", "all")
    assert result.exit_code == 1
    assert "other.yaml: is of the framework 'other', where OLD is of 'nhs-pccf'" in result.stderr
    result = run("release", "nhs-pccf", "gone.yaml", "nowhere")
    assert result.exit_code == 1
    assert result.stderr.count("error: ") == 2


@pytest.mark.usefixtures("documents")
def test_the_version_before_is_meant_where_the_new_one_is_in_the_workspace_already(run: Run, folder: Path) -> None:
    as_outside = run(*COMMAND).stdout
    there = folder / "framework_data/frameworks/newer.yaml"
    there.parent.mkdir(parents=True)
    there.write_text(f"{making.newer_framework_text()}supersedes: transcribed 24 November 2026\n", encoding="utf-8")
    result = run("release", "nhs-pccf", str(there.relative_to(folder)), "all")
    assert result.stdout.replace(str(there.relative_to(folder)), "newer.yaml") == as_outside, result.stderr
    assert REWORDED in as_outside


@pytest.mark.usefixtures("documents")
def test_decisions_that_were_written_are_told_though_a_report_is_refused(run: Run, folder: Path) -> None:
    (folder / "release.html").write_text("somebody's own page")
    result = run(*DECIDING, "--html", "release.html")
    assert result.exit_code == 1
    assert "error: release.html: exists already" in result.stderr
    assert (folder / "decisions.yaml").exists()
    assert "decide in decisions.yaml" in result.stderr
