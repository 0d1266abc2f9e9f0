"""``jdgen start``: what it asks and writes, that its next commands work, and that nothing of anybody's is lost."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.toolbox.commands import Run
from tests.toolbox.examples import ROOT
from tests.toolbox.other_levels import DATA, SPECIALISMS
from tests.toolbox.posts import every_text
from tests.toolbox.processes import HANGS, command_of
from tests.toolbox.word import png, word_file

START = ("start", "ours", "--organisation", "North Moorshire NHS Trust")
OWN_STATEMENTS = """
id: general
version: '1'
title: Ours
source: Us.
clauses:
  - id: school
    title: School
    locked: true
    text: Come to the school.
"""
NEW = ["jdgen.toml", "posts/example.yaml", "templates/job-description.docx"]


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def next_commands(output: str) -> list[list[str]]:
    """The commands that come next, as they are typed; what each does stands behind it."""
    _, _, steps = output.partition("\nNext:\n")
    return [shlex.split(re.split(r"\s{3,}", line.strip())[0]) for line in steps.splitlines()]


def run_all(run: Run, commands: list[list[str]], codes: tuple[int, ...] = (0, 0, 0)) -> None:
    assert len([command for command in commands if command[0] == "jdgen"]) == 3
    expected_codes = iter(codes)
    for command in commands:
        if command[0] == "cd":
            os.chdir(command[1])
        else:
            result = run(*command[1:])
            assert result.exit_code == next(expected_codes), result.stderr


def test_a_workspace_is_begun_and_the_next_commands_work(run: Run, folder: Path) -> None:
    result = run(*START, "--values", "Kind, Brave", "--no-input")
    assert result.exit_code == 0, result.stderr
    assert sorted(result.stdout.splitlines()) == [f"ours/{name}" for name in NEW]
    assert files(folder / "ours") == NEW
    assert "specialism: PMO\n" in result.stderr
    assert "left out" not in result.stderr
    run_all(run, next_commands(result.stderr))
    (document,) = Path("output").glob("*.docx")
    text = every_text(document)
    assert "North Moorshire NHS Trust" in text
    assert "Brave" in text


def test_without_a_terminal_what_was_not_given_is_left_out_and_said(run: Run, folder: Path) -> None:
    result = run("start")
    assert result.exit_code == 0, result.stderr
    assert "left out: the name of your organisation, its values. jdgen.toml says where to write it." in result.stderr
    assert files(folder) == ["jdgen.toml", "posts/example.yaml"]
    run_all(run, next_commands(result.stderr))


@pytest.mark.parametrize("specialism", [None, *SPECIALISMS.values()])
def test_they_work_with_frameworks_of_other_levels(run: Run, folder: Path, specialism: str | None) -> None:
    shutil.copytree(DATA, folder / "ours/framework_data")
    result = run(*START, *(("--specialism", specialism) if specialism else ()))
    assert result.exit_code == 0, result.stderr
    assert ("the specialism" in result.stderr) is (specialism is None)
    run_all(run, next_commands(result.stderr))


def test_an_own_template_is_used_and_its_findings_are_told(run: Run, folder: Path) -> None:
    (folder / "form.docx").write_bytes(word_file("{{ title }}", "{{ band }}"))
    result = run(*START, "--template", "form.docx")
    assert result.exit_code == 0, result.stderr
    assert re.search(r"template form: errors: 0, other findings: \d+", result.stderr)
    assert (folder / "ours/templates/form.docx").read_bytes() == (folder / "form.docx").read_bytes()
    run_all(run, next_commands(result.stderr))
    assert [path.name for path in Path("output").glob("*.docx")] == ["Form Project planning officer band 7.docx"]


def test_an_own_template_may_lie_at_its_place_already(run: Run, folder: Path) -> None:
    (folder / "ours/templates").mkdir(parents=True)
    (folder / "ours/templates/form.docx").write_bytes(word_file("{{ title }}"))
    result = run(*START, "--template", "ours/templates/form.docx")
    assert result.exit_code == 0, result.stderr
    assert 'template = "form"' in (folder / "ours/jdgen.toml").read_text(encoding="utf-8")


def test_with_one_that_has_errors_the_next_commands_work_all_the_same(run: Run, folder: Path) -> None:
    (folder / "form.docx").write_bytes(word_file("{{ titel }}"))
    result = run(*START, "--template", "form.docx")
    assert result.exit_code == 0, result.stderr
    assert "titel" in result.stderr
    assert "until they are mended, documents are made with the template that comes with jdgen" in result.stderr
    run_all(run, next_commands(result.stderr), (0, 0, 1))


def test_colours_and_picture_go_into_the_template(run: Run, folder: Path) -> None:
    (folder / "logo.png").write_bytes(png())
    options = ("--colour", "#7a0000", "--picture", "logo.png", "--alt-text", "The name of the trust")
    assert run(*START, *options).exit_code == 0
    expected = ("template", "new", "same.docx", "--organisation", "North Moorshire NHS Trust")
    assert run(*expected, *options).exit_code == 0
    assert (folder / "ours/templates/job-description.docx").read_bytes() == (folder / "same.docx").read_bytes()
    result = run(*START, *options[:2], "--template", "form.docx")
    assert "--colour: is for a template that jdgen makes, and --template names your own" in result.stderr


def test_values_split_at_commas_where_they_are_one_and_never_where_they_are_several(run: Run, folder: Path) -> None:
    run("start", "one", "--values", "Kind, Brave,")
    assert '"Kind",\n    "Brave",\n]' in (folder / "one/jdgen.toml").read_text(encoding="utf-8")
    run("start", "two", "--values", "Kind, always", "--values", "Brave")
    assert '"Kind, always",\n    "Brave",\n]' in (folder / "two/jdgen.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("nation", ["Northern Ireland", "northern ireland"])
def test_a_nation_is_named_as_people_write_it(run: Run, folder: Path, nation: str) -> None:
    result = run(*START, "--nation", nation)
    assert result.exit_code == 0, result.stderr
    assert "those for Northern Ireland are jdgen's own, and nobody who works there has reviewed them" in result.stderr
    assert "northern ireland]" in run("start", "--help").stdout


def test_a_nation_has_statements_of_its_own_until_the_organisation_has(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(*START, "--nation", "scotland", "--no-input").exit_code == 0
    monkeypatch.chdir(folder / "ours")
    (folder / "ours/posts.csv").write_text("Job title,Specialism,Band\nLead,pmo,7\n", encoding="utf-8")

    def statements() -> str:
        result = run("generate", "--post", "posts/example.yaml", "--overwrite", "--json")
        assert result.exit_code == 0, result.stderr
        return " ".join(clause["text"] for clause in json.loads(result.stdout)["job_description"]["clauses"])

    assert "Disclosure Scotland" in statements()
    result = run("generate", "--post", "posts/example.yaml", "--overwrite")
    assert "England" not in result.stderr
    assert run("batch", "posts.csv").exit_code == 0
    for name in ("Job description Lead band 7.docx", "Job description Project planning officer band 7.docx"):
        record = json.loads(run("show", f"output/{name}", "--json").stdout)
        assert record["record"]["post"]["clauses"] == "scotland"
    assert run("status", "output").stdout.count("up to date  ") == 2
    path = folder / "ours/framework_data/clauses/general.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(OWN_STATEMENTS, encoding="utf-8")
    assert statements() == "Come to the school."


def test_a_workspace_that_began_with_englands_statements_is_told_until_they_are_changed(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(*START, "--statements", "--no-input").exit_code == 0
    monkeypatch.chdir(folder / "ours")
    settings = folder / "ours/jdgen.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[documents]\n", '[documents]\nnation = "Scotland"\n'), encoding="utf-8")
    note = "the general statements are as jdgen has them for England, and your nation is Scotland: to have those for"
    generate = ("generate", "--post", "posts/example.yaml", "--overwrite")
    assert f"{note} Scotland, delete framework_data/clauses/general.yaml" in run(*generate).stderr
    path = folder / "ours/framework_data/clauses/general.yaml"
    text = path.read_text(encoding="utf-8")
    # As they were copied before a sentence of each could be chosen.
    path.write_text(re.sub(r"    compact: >-\n(?:      .*\n)+", "", text), encoding="utf-8")
    assert note in run(*generate).stderr
    path.write_text(text.replace("Public Records Act 1958", "Public Records (Scotland) Act 2011"), encoding="utf-8")
    assert "for England" not in run(*generate).stderr
    path.unlink()
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('#clauses = "general"', 'clauses = "general"'), encoding="utf-8"
    )
    assert f"{note} Scotland, leave clauses out" in run(*generate).stderr


def test_in_scotland_it_tells_of_the_numbered_template_and_takes_it_only_when_asked(run: Run, folder: Path) -> None:
    name = "job-description-numbered"
    note = f"{name} is a template that begins as forms of NHS Scotland do. Nobody who works there has reviewed it."
    result = run("start", "one", "--organisation", "NHS Moorland", "--nation", "Scotland", "--no-input")
    assert note in result.stderr
    assert f"templates/{name}.docx" not in files(folder / "one")
    result = run("start", "two", "--nation", "Scotland", "--template", name, "--no-input")
    assert note not in result.stderr
    assert f"templates/{name}.docx" in files(folder / "two")
    assert note not in run("start", "three", "--nation", "Wales", "--no-input").stderr
    os.chdir(folder / "two")
    result = run("generate", "--post", "posts/example.yaml", "--notes", "all")
    assert "nobody who would use this template has reviewed it" in " ".join(result.stderr.split())


def test_all_that_stands_in_the_way_is_told_before_anything_is_written(run: Run, folder: Path) -> None:
    for name in (*NEW, "framework_data/clauses/general.yaml"):
        (folder / "ours" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "ours" / name).write_text("somebody's", encoding="utf-8")
    before = files(folder)
    result = run(*START, "--statements", "--no-input")
    assert result.exit_code == 1
    paths = [line.split(": ")[1] for line in result.stderr.splitlines() if line.startswith("error: ")]
    assert sorted(paths) == [f"ours/{name}" for name in sorted([*NEW, "framework_data/clauses/general.yaml"])]
    assert files(folder) == before
    assert {(folder / name).read_text(encoding="utf-8") for name in before} == {"somebody's"}


def test_what_a_killed_run_has_left_is_no_hindrance(run: Run, folder: Path) -> None:
    run(*START)
    (folder / "ours/jdgen.toml").unlink()
    (folder / "ours/posts/example.yaml").unlink()
    assert run(*START).exit_code == 0
    assert files(folder / "ours") == NEW
    again = run(*START)
    assert again.exit_code == 1
    assert "error: ours/jdgen.toml: exists already: the workspace is begun: " in again.stderr


def test_a_folder_that_is_a_file_is_told(run: Run, folder: Path) -> None:
    (folder / "ours").write_text("a file", encoding="utf-8")
    result = run(*START)
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ours/")
    assert files(folder) == ["ours"]


def test_a_workspace_inside_another_is_begun_with_a_warning(run: Run, folder: Path) -> None:
    run("start")
    result = run(*START)
    assert result.exit_code == 0
    assert f"warning: ours: is inside the workspace {folder}: in it, its own jdgen.toml counts alone" in result.stderr


# On a terminal.


def typed(folder: Path, *lines: str, end: bytes = b"") -> tuple[int, str, str]:
    """``jdgen start ours`` on a terminal with these lines typed; its exit code and what it says."""
    if sys.platform == "win32":
        pytest.skip("pseudo-terminals are Unix's")
    terminal, stdin = os.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command_of("start", "ours"),
        cwd=folder,
        env=environment,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(stdin)
    os.write(terminal, "".join(f"{line}\n" for line in lines).encode() + end)
    out, err = process.communicate(timeout=HANGS)
    os.close(terminal)
    return process.returncode, out, err


def test_it_asks_and_asks_again_until_an_answer_fits(run: Run, folder: Path) -> None:
    code, out, err = typed(
        folder,
        *("North Moorshire NHS Trust", "Kind, Brave", "Scotland", "gone.docx", "", "#ffff00", "#7a0000", ""),
        *("JD", "JD {title}", "y", "AF Application form", "", "", "", "", "R Referees", "y"),
    )
    assert code == 0, err
    assert "Specialism: PMO (the only one there is)" in out
    assert "there is no such template file" in out
    assert "has a contrast of 1.0 to 1" in out
    assert "every document would have this name" in out
    assert "job-description-numbered is a template that begins as forms of NHS Scotland do." in out
    assert '\nA = "AF Application form"\n#I = "I Interview"\n' in (folder / "ours/jdgen.toml").read_text("utf-8")
    assert files(folder / "ours") == sorted([*NEW, "framework_data/clauses/general.yaml"])
    os.chdir(folder / "ours")
    assert run("generate", "--post", "posts/example.yaml").stdout == "output/JD Project planning officer.docx\n"


def test_enter_to_every_question_leaves_them_out(run: Run, folder: Path) -> None:
    code, _, err = typed(folder, *[""] * 10)
    assert code == 0, err
    assert files(folder / "ours") == ["jdgen.toml", "posts/example.yaml"]


def test_the_end_of_input_stops_it_and_nothing_is_written(folder: Path) -> None:
    code, _, err = typed(folder, "North Moorshire NHS Trust", "Kind", end=b"\x04")
    assert (code, err) == (1, "\nstopped: nothing was written\n")
    assert files(folder) == []


def test_a_workspace_that_is_begun_is_told_before_anything_is_asked(run: Run, folder: Path) -> None:
    run(*START)
    code, out, err = typed(folder)
    assert (code, out) == (1, "")
    assert "the workspace is begun" in err


def test_an_interrupted_start_leaves_nothing(folder: Path) -> None:
    for wait in (0.3, 0.6, 0.9, 1.2):
        process = subprocess.Popen(
            command_of(*START), cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL
        )
        time.sleep(wait)
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=HANGS)
        assert files(folder) in ([], [f"ours/{name}" for name in NEW])
        shutil.rmtree(folder / "ours", ignore_errors=True)
