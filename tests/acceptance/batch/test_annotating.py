"""``jdgen batch --annotate``: beside each document a copy with its review notes as Word comments."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from jdgen.batch import batch
from tests.toolbox.commands import Run
from tests.toolbox.examples import ROOT
from tests.toolbox.word import bytes_of, comments, open_document

POSTS = str(ROOT / "examples/posts.csv")
TEMPLATES = ("-t", "job-description", "-t", "role-profile")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.docx")}


def copies(folder: Path) -> list[str]:
    return sorted(name for name in contents(folder) if name.endswith(" (annotated).docx"))


@pytest.fixture
def output(run: Run, folder: Path) -> Path:
    result = run("batch", POSTS, *TEMPLATES, "--annotate")
    assert result.exit_code == 0, result.stderr
    return folder / "output"


def test_each_document_has_its_copy_with_its_notes(run: Run, folder: Path, output: Path) -> None:
    result = run("batch", POSTS, *TEMPLATES, "--dry-run", "--json", "--output", "elsewhere")
    planned = [json.loads(line) for line in result.stdout.splitlines()[:-1]]
    assert len(planned) == 8
    assert len(contents(output)) == 16
    for plan in planned:
        assert "annotated" not in plan
        copy = output / f"{Path(plan['path']).stem} (annotated).docx"
        # Some notes have a second line, which says how a sheet settles them.
        lines = [line for texts in comments(copy.read_bytes()).values() for line in texts if line.startswith("To ")]
        assert len(lines) == len(plan["notes"])
        assert not [line for line in lines if "pmo." in line.partition(". ")[0]]
    assert "copy with its review notes as Word comments" in (output / "report.html").read_text()


def test_a_copy_says_how_a_sheet_takes_the_other_of_two_readings(output: Path) -> None:
    comment_text = " ".join(
        line for name in copies(output) for texts in comments((output / name).read_bytes()).values() for line in texts
    )
    assert "--reading" not in comment_text  # which is an option for one post, and none of batch
    assert "write in the column Readings: business-case: paired-bands" in comment_text


def test_documents_are_as_without_copies(run: Run, folder: Path, output: Path) -> None:
    run("batch", POSTS, *TEMPLATES, "--output", "without")
    without = contents(folder / "without")
    assert {name: content for name, content in contents(output).items() if name in without} == without
    assert len(without) == 8


def test_again_nothing_is_written_but_a_copy_that_is_missing(run: Run, folder: Path, output: Path) -> None:
    before = contents(output)
    missing, *others = copies(output)
    (output / missing).unlink()
    times = {name: (output / name).stat().st_mtime_ns for name in others}
    result = run("batch", POSTS, *TEMPLATES, "--annotate", "--json")
    assert result.exit_code == 0
    lines = [json.loads(line) for line in result.stdout.splitlines()[:-1]]
    assert {line["outcome"] for line in lines} == {"unchanged"}
    assert sorted(Path(line["annotated"]).name for line in lines) == copies(output)
    assert contents(output) == before
    assert {name: (output / name).stat().st_mtime_ns for name in others} == times


def test_a_copy_follows_its_document_and_one_that_somebody_works_in_stays(run: Run, folder: Path, output: Path) -> None:
    first, second, *_ = (name for name in copies(output) if name.startswith("Job description"))
    document = open_document((output / first).read_bytes())
    document.add_paragraph("Answered with the panel.")
    (output / first).write_bytes(worked_in := bytes_of(document))
    before = (output / second).read_bytes()
    posts = Path(POSTS).read_text(encoding="utf-8").replace("37.5 hours", "36 hours")
    Path("posts.csv").write_text(posts, encoding="utf-8")
    result = run("batch", "posts.csv", *TEMPLATES, "--annotate")
    assert result.exit_code == 0
    assert (output / first).read_bytes() == worked_in
    assert f"kept: output/{first}: exists already, and is not as jdgen wrote it" in result.stderr
    assert (output / second).read_bytes() != before
    cells = [cell.text for table in open_document((output / second).read_bytes()).tables for cell in table._cells]
    assert "36 hours a week" in cells
    run("batch", "posts.csv", *TEMPLATES, "--annotate", "--overwrite", "--discard-edits")
    assert (output / first).read_bytes() != worked_in


def test_a_copy_is_never_taken_for_the_document(run: Run, folder: Path, output: Path) -> None:
    before = contents(output)
    for name in before:
        if name not in copies(output):
            (output / name).unlink()
    result = run("batch", POSTS, *TEMPLATES)
    assert (result.exit_code, "kept" in result.stderr, "warning" in result.stderr) == (0, False, False)
    assert "8 written" in result.stdout
    assert contents(output) == before


def test_an_archive_has_the_copies_too(run: Run, folder: Path) -> None:
    assert run("batch", POSTS, "--annotate", "--archive", "all.zip").exit_code == 0
    with zipfile.ZipFile("all.zip") as archive:
        names = archive.namelist()
        assert len(names) == 8
        for name in names[1::2]:
            assert name == f"{names[names.index(name) - 1].removesuffix('.docx')} (annotated).docx"
            assert comments(archive.read(name))
    assert copies(folder / "output") == []


def test_several_processes_make_the_same_copies(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "WORTH_IT", 40)  # which all are of one chunk of, and more
    (folder / "many.yaml").write_text(
        "".join(f"- {{title: Post {number}, specialism: pmo, band: '7'}}\n" for number in range(50))
    )
    assert run("batch", "many.yaml", "--annotate", "--jobs", "2", "--output", "two").exit_code == 0
    assert run("batch", "many.yaml", "--annotate", "--jobs", "1", "--output", "one").exit_code == 0
    assert contents(folder / "one") == contents(folder / "two")
    assert len(copies(folder / "two")) == 50
