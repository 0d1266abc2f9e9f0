"""``jdgen doctor``: what is where, what could be installed, and what is unsound, one line each."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from jdgen.app.documentation import find_page
from jdgen.system.extras import EXTRAS, PDF
from tests.toolbox.commands import Run
from tests.toolbox.examples import ROOT
from tests.toolbox.word import word_file

START = ("start", ".", "--organisation", "North Moorshire NHS Trust", "--statements")


def state(said: str) -> dict[str, str]:
    """What is said of each thing, by its kind and name."""
    lines = [line for line in said.splitlines() if ": " in line]
    return {" ".join(line.partition(": ")[0].split()): line.partition(": ")[2] for line in lines}


def broken(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_new_workspace_is_sound(run: Run, folder: Path) -> None:
    run(*START)
    made = run("doctor")
    assert made.exit_code == 0, made.stderr
    said = state(made.stdout)
    assert said["settings jdgen.toml"] == "sound"
    assert said["statements general"] == "yours, in place of jdgen's; sound"
    assert said["template job-description"] == "yours, in place of jdgen's; sound"
    assert said["template role-profile"] == "comes with jdgen"
    assert said["specialism pmo"] == "bands 6, 7, 8a, 8b, 8c, 8d"
    assert re.fullmatch(r"to complete: \d+; sound", said["post posts/example.yaml"])
    assert said["records records/"] == "none yet: they come with the first document"
    assert made.stdout.endswith("\neverything is sound\n")
    run("generate", "--post", "posts/example.yaml")
    assert state(run("doctor").stdout)["records records/"] == "documents: 1"


def test_every_line_fits_eighty_columns(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = folder / ("a long name of a folder " * 4) / ("and another one in it " * 4)
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    run(*START)
    made = run("doctor")
    assert made.exit_code == 0
    assert max(map(len, made.stdout.splitlines())) <= 80


def test_from_a_folder_inside_it_the_workspace_is_found(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*START)
    monkeypatch.chdir(folder / "posts")
    made = run("doctor")
    assert made.exit_code == 0, made.stderr
    assert "by its jdgen.toml" in made.stdout
    assert state(made.stdout)["post posts/example.yaml"].endswith("; sound")


def test_without_a_workspace_it_says_how_to_begin(run: Run) -> None:
    made = run("doctor")
    assert made.exit_code == 0
    assert "settings    none: jdgen start writes them\n" in made.stdout


def test_each_unsound_file_is_told_with_its_problems(run: Run, folder: Path) -> None:
    run(*START)
    broken(folder / "jdgen.toml", '#filename = "{document}', 'filename = "{titel}')
    broken(folder / "framework_data/clauses/general.yaml", "    locked: true", "    lockd: true")
    (folder / "templates/form.docx").write_bytes(word_file("{{ titel }}"))
    made = run("doctor")
    assert made.exit_code == 1
    said = state(made.stdout)
    assert said["settings jdgen.toml"] == "UNSOUND, see 1 problem below"
    assert said["statements general"].startswith("yours, in place of jdgen's; UNSOUND, see ")
    assert "UNSOUND, see 1 problem below" in said["template form"]
    assert said["post posts/example.yaml"] == "not checked, mend the others first"
    assert "\nunsound: 3 of " in made.stdout
    for told in ("jdgen.toml: filename: no field titel", "unknown key 'lockd'", "templates/form.docx '{{ titel }}'"):
        assert told in made.stderr


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('specialism = "pmo"', 'specialism = "pno"', "jdgen.toml:15: unknown specialism 'pno': did you mean 'PMO'?"),
        ('#clauses = "general"', 'clauses = "ours"', "unknown set of general statements 'ours'"),
        ('#template = "job-description"', 'template = "our-jd"', "jdgen.toml: template: unknown template 'our-jd'"),
        ('#A = "A Appl', 'X = "A Appl', "jdgen.toml:65: no criteria have the assessment code 'X'"),
        ("[documents]", "[documnts]", "unknown key 'documnts': did you mean 'documents'?"),
    ],
)
def test_what_settings_name_must_be_there(run: Run, folder: Path, old: str, new: str, told: str) -> None:
    run(*START)
    broken(folder / "jdgen.toml", old, new)
    made = run("doctor")
    assert made.exit_code == 1
    assert told in made.stderr
    assert state(made.stdout)["settings jdgen.toml"] == "UNSOUND, see 1 problem below"


def test_a_post_is_told_with_its_line(run: Run, folder: Path) -> None:
    run(*START)
    broken(folder / "posts/example.yaml", 'band: "7"', 'band: "5"')
    made = run("doctor")
    assert made.exit_code == 1
    assert "error: posts/example.yaml:6: " in made.stderr


MAP = '[columns]\n"Post title" = "Job title"\nGrade = "Band"\n"Panel?" = "decide"\n'


def test_column_maps_are_looked_at_wherever_they_lie(run: Run, folder: Path) -> None:
    run(*START)
    (folder / "ours").mkdir()
    (folder / "our columns.toml").write_text(MAP, encoding="utf-8")
    (folder / "ours/theirs.toml").write_text(MAP.replace('"Band"', '"Bnad"'), encoding="utf-8")
    (folder / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    made = run("doctor")
    said = state(made.stdout)
    assert said["columns our columns.toml"] == "to decide: 1; sound"
    assert said["columns ours/theirs.toml"] == "UNSOUND, see 1 problem below"
    assert "error: ours/theirs.toml:3: 'Bnad' is no field: did you mean 'Band'?" in made.stderr
    assert "pyproject" not in made.output
    assert "\nunsound: 1 of " in made.stdout


def test_words_of_your_own_for_headings_are_looked_at(run: Run, folder: Path) -> None:
    run(*START)
    text = (ROOT / "framework_data/headings.yaml").read_text(encoding="utf-8")
    path = folder / "framework_data/headings.yaml"
    path.write_text(text, encoding="utf-8")
    assert state(run("doctor").stdout)["words headings"] == "yours, in place of jdgen's; sound"
    path.write_text(text.replace("\n  title: [", "\n  titel: [", 1), encoding="utf-8")
    made = run("doctor")
    assert state(made.stdout)["words headings"] == "yours, in place of jdgen's; UNSOUND, see 1 problem below"
    assert "error: framework_data/headings.yaml:" in made.stderr
    assert "'titel' is no field" in made.stderr


def test_post_files_beside_the_settings_and_lists_of_posts_are_looked_at(run: Run, folder: Path) -> None:
    run(*START)
    (folder / "one.yaml").write_text("title: Lead\nspecialism: pmo\nband: 12\n", encoding="utf-8")
    (folder / "many.yml").write_text(
        "# ours\n- title: Lead\n  specialism: pmo\n  band: 7\n- title: Head\n  specialism: pno\n  band: 8a\n",
        encoding="utf-8",
    )
    (folder / "unlike.yaml").write_text("name: pipeline\n", encoding="utf-8")
    made = run("doctor")
    said = state(made.stdout)
    assert said["post one.yaml"] == "UNSOUND, see 1 problem below"
    assert said["post many.yml"] == "posts: 2; UNSOUND, see 1 problem below"
    assert "error: one.yaml:3: '12' is not an Agenda for Change band" in made.stderr
    assert "error: many.yml:6: unknown specialism 'pno': did you mean 'PMO'?" in made.stderr
    assert "unlike" not in made.output


def test_damaged_copies_of_records_are_told(run: Run, folder: Path) -> None:
    (folder / "records").mkdir()
    (folder / "records/records.sqlite3").write_bytes(b"no database at all, but long enough to look like one" * 9)
    made = run("doctor")
    assert made.exit_code == 1
    assert "records/records.sqlite3: is damaged" in made.stderr


def test_the_extras_are_those_of_the_package() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert {extra.name for extra in EXTRAS} == set(extras) - {"dev", "docs"}
    for extra in EXTRAS:
        assert {one.partition(">")[0] for one in extras[extra.name]} == set(extra.modules)


def test_an_extra_that_is_missing_is_told_with_the_command_that_installs_it(folder: Path) -> None:
    code = (
        "import sys\nfrom importlib.abc import MetaPathFinder\nfrom jdgen.cli.main import main\n"
        "sys.path_importer_cache.clear()\n"
        "sys.modules['pdfplumber'] = None\n"
        "main(['doctor'])"
    )
    made = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert "makes PDF accessible): missing\n" in made.stdout
    assert f"next: what is missing may be installed, pdf by:\n  {PDF.how_to_install}\n" in made.stderr
    assert "fast (packs documents faster): installed" in made.stdout


def test_the_page_on_workspaces_has_it() -> None:
    assert "jdgen doctor" in find_page("workspace").text


def test_libreoffice_is_found_or_told_how_to_be_had(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = shutil.which("soffice")
    said = f"program     LibreOffice: {program or 'missing: '}"
    assert said in run("doctor").stdout
    monkeypatch.setenv("PATH", "")
    assert "LibreOffice: missing: sudo apt install" in run("doctor").stdout
