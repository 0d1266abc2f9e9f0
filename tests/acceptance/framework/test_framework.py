"""``jdgen framework``: what is published, shown as published, and checked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.toolbox import documents as making
from tests.toolbox.commands import POST, Process, Run
from tests.toolbox.examples import ROOT

FRAMEWORK = ROOT / "framework_data/frameworks/nhs-pccf.yaml"


def flat(text: str) -> str:
    return " ".join(text.split())


def test_list_shows_framework_and_specialism(process: Process) -> None:
    result = process("framework", "list")
    assert result.returncode == 0
    assert result.stdout.startswith("nhs-pccf: ")
    assert "specialism pmo: " in result.stdout
    assert "bands 6 to 8d" in result.stdout


def test_show_offers_what_a_post_can_choose_and_generate_takes_it(run: Run) -> None:
    result = run("framework", "show", "pmo")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    start, end = lines.index("role categories (--role-category)"), lines.index("entry routes (--entry-route)")
    categories = [line.split(":")[0].strip() for line in lines[start + 1 : end] if line[:3].strip()]
    competences = [line.split(":")[0].strip() for line in lines[start + 1 : end] if line.startswith("      ")]
    assert len(categories) == 3
    assert competences
    for category in categories:
        options = ("--role-category", category, *(("--competence", competences[0]) if category == "specialist" else ()))
        result = run("generate", *POST, *options, "--dry-run")
        assert result.exit_code == 0, result.stderr


@pytest.mark.parametrize("band", ["6", "7", "8a", "8b", "8c", "8d", "8A", "Band 8a"])
def test_show_prints_each_statement_word_for_word(band: str, run: Run) -> None:
    result = run("framework", "show", "pmo", "--band", band)
    assert result.exit_code == 0
    source = flat((ROOT / "framework_data/sources/nhs-pccf-pmo.txt").read_text(encoding="utf-8"))
    statements = [line.strip() for line in result.stdout.splitlines() if line.startswith("  ")]
    assert len(statements) > 10
    assert [text for text in statements if flat(text) not in source] == []


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("show", "pmoo"), "did you mean 'PMO'?"),
        (("show", "pmo", "--band", "5"), "--band: the framework says nothing of"),
        (("show", "pmo", "--band", "x"), "write which one, such as 7 or 8a"),
        (("show", "pmo", "--framework", "x"), "NHS Project & Change"),
        (("ladder", "pmoo"), "did you mean 'PMO'?"),
        (("check", "missing.yaml"), "missing.yaml"),
    ],
)
def test_what_there_is_not_is_an_error_with_the_choices(arguments: tuple[str, ...], problem: str, run: Run) -> None:
    result = run("framework", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("error: ")
    assert problem in result.stderr


def test_the_ladder_claims_no_difference_only_where_there_is_none(run: Run) -> None:
    result = run("framework", "ladder", "pmo")
    assert result.exit_code == 0
    claims = result.stdout.split("Where neighbouring bands do not differ")[1]
    outputs = {
        band: run("framework", "show", "pmo", "--band", band).stdout for band in ("6", "7", "8a", "8b", "8c", "8d")
    }

    def statement(band: str, heading: str) -> str:
        block = next(part for part in outputs[band].split("\n\n")[1:] if part.startswith(f"{heading} ["))
        return block.split("\n", 1)[1]

    count = 0
    for step in claims.strip().split("\n\n"):
        title, *lines = step.splitlines()
        lower, upper = title.split(" and ")
        for line in lines:
            kind, _, headings = line.strip().partition(": ")
            if kind.startswith("no difference (one statement"):
                for heading in _titles_in(headings, outputs[lower]):
                    assert statement(lower, heading) == statement(upper, heading)
                    count += 1
            elif kind == "different":
                for heading in _titles_in(headings, outputs[lower]):
                    assert statement(lower, heading) != statement(upper, heading)
                    count += 1
    assert count >= 5


def _titles_in(headings: str, output: str) -> list[str]:
    titles = [part.split(" [")[0] for part in output.split("\n\n")[1:]]
    return [title for title in titles if title in headings]


def test_the_ladder_shows_the_bands_of_each_heading(process: Process) -> None:
    result = process("framework", "ladder", "pmo", COLUMNS="160")
    assert result.returncode == 0
    for band in ("6", "7", "8a", "8b", "8c", "8d"):
        assert band in result.stdout
    assert "Leadership" in result.stdout


def test_check_holds_all_that_is_shipped_to_be_sound(run: Run) -> None:
    result = run("framework", "check")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count(": sound") == 2
    assert "every text held against its source" in result.stdout
    assert result.stderr == ""


def test_check_lists_every_problem_of_a_broken_file(run: Run, folder: Path) -> None:
    text = FRAMEWORK.read_text(encoding="utf-8")
    broken = text.replace("bands: '6'", "bands: '5.5'", 1).replace("publisher:", "publischer:", 1)
    assert broken != text
    (folder / "broken.yaml").write_text(broken, encoding="utf-8")
    result = run("framework", "check", "broken.yaml")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("error: broken.yaml:") for line in lines)
    assert any("publischer" in line for line in lines)


def test_check_reports_the_sound_beside_the_broken(run: Run, folder: Path) -> None:
    shutil.copy(FRAMEWORK, folder / "good.yaml")
    (folder / "broken.yaml").write_text("id: [\n")
    result = run("framework", "check", "good.yaml", "broken.yaml")
    assert result.exit_code == 1
    assert result.stdout.startswith("good.yaml: sound")
    assert result.stderr.startswith("error: broken.yaml")


def test_check_finds_one_changed_word(run: Run, folder: Path) -> None:
    shutil.copytree(ROOT / "framework_data", folder / "framework_data")
    path = folder / "framework_data/frameworks/nhs-pccf.yaml"
    text = path.read_text(encoding="utf-8")
    output = json.loads(run("generate", *POST, "--dry-run", "--json", "--verbatim").stdout)
    word = output["job_description"]["duty_headings"][0]["duties"][0]["text"].split()[0]
    path.write_text(text.replace(f" {word} ", f" {word}x ", 1), encoding="utf-8")
    result = run("framework", "check")
    assert result.exit_code == 1
    assert result.stderr.startswith("error: framework_data/frameworks/nhs-pccf.yaml, ")
    assert f"{word}x" in result.stderr


def test_a_framework_is_named_by_its_id_wherever_a_file_is_taken(run: Run, folder: Path) -> None:
    newer = making.newer_framework_text()
    (folder / "newer.yaml").write_text(newer, encoding="utf-8")
    by_id = run("framework", "diff", "NHS-PCCF", "newer.yaml")
    by_file = run("framework", "diff", str(FRAMEWORK), "newer.yaml")
    assert by_id.exit_code == 0, by_id.output
    assert by_id.stdout == by_file.stdout
    assert run("framework", "check", "nhs-pccf").stdout.startswith(str(FRAMEWORK))
    (folder / "jd.docx").write_bytes(making.example_document())
    assert run("status", "jd.docx", "--framework", "nhs-pccf").exit_code == 0


def test_an_id_means_the_newest_version(run: Run, folder: Path) -> None:
    path = folder / "framework_data/frameworks/newer.yaml"
    path.parent.mkdir(parents=True)
    version = "transcribed 24 November 2026"
    path.write_text(making.newer_framework_text() + f"supersedes: {version}\n", encoding="utf-8")
    result = run("framework", "diff", str(FRAMEWORK), "nhs-pccf")
    assert result.exit_code == 0, result.output
    assert f"from '{version}' to " in result.stdout
    assert "0 changed" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (("framework", "diff", "nhs-pcf", "nhs-pccf"), "OLD"),
        (("framework", "check", "nhs-pcf"), "FILES"),
        (("status", ".", "--framework", "nhs-pcf"), "--framework"),
        (("regenerate", ".", "--framework", "nhs-pcf", "--output", "new"), "--framework"),
    ],
)
def test_what_is_neither_a_file_nor_an_id_is_told(
    arguments: tuple[str, ...], where: str, run: Run, folder: Path
) -> None:
    (folder / "jd.docx").write_bytes(making.example_document())
    result = run(*arguments)
    assert result.exit_code == 1
    what = "'nhs-pcf' is neither a file nor a framework of the workspace: did you mean 'nhs-pccf'?"
    assert f"error: {where}: {what}" in result.stderr
