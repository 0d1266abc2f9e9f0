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
from tests.toolbox.data import DATA
from tests.toolbox.examples import ROOT
from tests.toolbox.word import word_file

START = ("start", ".", "--organisation", "North Moorshire NHS Trust", "--statements")


def state(text: str) -> dict[str, str]:
    """What is said of each thing, by its kind and name."""
    lines = [line for line in text.splitlines() if ": " in line]
    return {" ".join(line.partition(": ")[0].split()): line.partition(": ")[2] for line in lines}


def broken(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_new_workspace_is_sound(run: Run, folder: Path) -> None:
    run(*START)
    result = run("doctor")
    assert result.exit_code == 0, result.stderr
    states = state(result.stdout)
    assert states["settings jdgen.toml"] == "sound"
    assert states["statements general"] == "yours, in place of jdgen's; sound"
    assert states["template job-description"] == "yours, in place of jdgen's; sound"
    assert states["template role-profile"] == "comes with jdgen"
    assert states["specialism pmo"] == "bands 6, 7, 8a, 8b, 8c, 8d"
    assert re.fullmatch(r"to complete: \d+; sound", states["post posts/example.yaml"])
    assert states["records records/"] == "none yet: they come with the first document"
    assert result.stdout.endswith("\neverything is sound\n")
    run("generate", "--post", "posts/example.yaml")
    assert state(run("doctor").stdout)["records records/"] == "documents: 1"


def test_every_line_fits_eighty_columns(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = folder / ("a long name of a folder " * 4) / ("and another one in it " * 4)
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    run(*START)
    result = run("doctor")
    assert result.exit_code == 0
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_from_a_folder_inside_it_the_workspace_is_found(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(*START)
    monkeypatch.chdir(folder / "posts")
    result = run("doctor")
    assert result.exit_code == 0, result.stderr
    assert "by its jdgen.toml" in result.stdout
    assert state(result.stdout)["post posts/example.yaml"].endswith("; sound")


def test_without_a_workspace_it_says_how_to_begin(run: Run) -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert "settings    none: jdgen start writes them\n" in result.stdout


def test_each_unsound_file_is_told_with_its_problems(run: Run, folder: Path) -> None:
    run(*START)
    broken(folder / "jdgen.toml", '#filename = "{document}', 'filename = "{titel}')
    broken(folder / "framework_data/clauses/general.yaml", "    locked: true", "    lockd: true")
    (folder / "templates/form.docx").write_bytes(word_file("{{ titel }}"))
    result = run("doctor")
    assert result.exit_code == 1
    states = state(result.stdout)
    assert states["settings jdgen.toml"] == "UNSOUND, see 1 problem below"
    assert states["statements general"].startswith("yours, in place of jdgen's; UNSOUND, see ")
    assert "UNSOUND, see 1 problem below" in states["template form"]
    assert states["post posts/example.yaml"] == "not checked, mend the others first"
    assert "\nunsound: 3 of " in result.stdout
    for problem in ("jdgen.toml: filename: no field titel", "unknown key 'lockd'", "templates/form.docx '{{ titel }}'"):
        assert problem in result.stderr


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('specialism = "pmo"', 'specialism = "pno"', "jdgen.toml:15: unknown specialism 'pno': did you mean 'PMO'?"),
        ('#clauses = "general"', 'clauses = "ours"', "unknown set of general statements 'ours'"),
        ('#template = "job-description"', 'template = "our-jd"', "jdgen.toml: template: unknown template 'our-jd'"),
        ('#A = "A Appl', 'X = "A Appl', "jdgen.toml:65: no criteria have the assessment code 'X'"),
        ("[documents]", "[documnts]", "unknown key 'documnts': did you mean 'documents'?"),
    ],
)
def test_what_settings_name_must_be_there(run: Run, folder: Path, old: str, new: str, problem: str) -> None:
    run(*START)
    broken(folder / "jdgen.toml", old, new)
    result = run("doctor")
    assert result.exit_code == 1
    assert problem in result.stderr
    assert state(result.stdout)["settings jdgen.toml"] == "UNSOUND, see 1 problem below"


def test_a_post_is_told_with_its_line(run: Run, folder: Path) -> None:
    run(*START)
    broken(folder / "posts/example.yaml", 'band: "7"', 'band: "5"')
    result = run("doctor")
    assert result.exit_code == 1
    assert "error: posts/example.yaml:6: " in result.stderr


MAP = '[columns]\n"Post title" = "Job title"\nGrade = "Band"\n"Panel?" = "decide"\n'


def test_column_maps_are_looked_at_wherever_they_lie(run: Run, folder: Path) -> None:
    run(*START)
    (folder / "ours").mkdir()
    (folder / "our columns.toml").write_text(MAP, encoding="utf-8")
    (folder / "ours/theirs.toml").write_text(MAP.replace('"Band"', '"Bnad"'), encoding="utf-8")
    (folder / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    result = run("doctor")
    states = state(result.stdout)
    assert states["columns our columns.toml"] == "to decide: 1; sound"
    assert states["columns ours/theirs.toml"] == "UNSOUND, see 1 problem below"
    assert "error: ours/theirs.toml:3: 'Bnad' is no field: did you mean 'Band'?" in result.stderr
    assert "pyproject" not in result.output
    assert "\nunsound: 1 of " in result.stdout


def test_words_of_your_own_for_headings_are_looked_at(run: Run, folder: Path) -> None:
    run(*START)
    text = (ROOT / "framework_data/headings.yaml").read_text(encoding="utf-8")
    path = folder / "framework_data/headings.yaml"
    path.write_text(text, encoding="utf-8")
    assert state(run("doctor").stdout)["words headings"] == "yours, in place of jdgen's; sound"
    path.write_text(text.replace("\n  title: [", "\n  titel: [", 1), encoding="utf-8")
    result = run("doctor")
    assert state(result.stdout)["words headings"] == "yours, in place of jdgen's; UNSOUND, see 1 problem below"
    assert "error: framework_data/headings.yaml:" in result.stderr
    assert "'titel' is no field" in result.stderr


def test_post_files_beside_the_settings_and_lists_of_posts_are_looked_at(run: Run, folder: Path) -> None:
    run(*START)
    (folder / "one.yaml").write_text("title: Lead\nspecialism: pmo\nband: 12\n", encoding="utf-8")
    (folder / "many.yml").write_text(
        "# ours\n- title: Lead\n  specialism: pmo\n  band: 7\n- title: Head\n  specialism: pno\n  band: 8a\n",
        encoding="utf-8",
    )
    (folder / "unlike.yaml").write_text("name: pipeline\n", encoding="utf-8")
    result = run("doctor")
    states = state(result.stdout)
    assert states["post one.yaml"] == "UNSOUND, see 1 problem below"
    assert states["post many.yml"] == "posts: 2; UNSOUND, see 1 problem below"
    assert "error: one.yaml:3: '12' is not an Agenda for Change band" in result.stderr
    assert "error: many.yml:6: unknown specialism 'pno': did you mean 'PMO'?" in result.stderr
    assert "unlike" not in result.output


def test_a_release_beside_the_settings_is_no_post(run: Run, folder: Path) -> None:
    run(*START)
    release = (DATA / "frameworks/nhs-pccf.yaml").read_bytes()
    (folder / "release-2.yaml").write_bytes(release)
    result = run("doctor")
    assert result.exit_code == 0
    assert "post release-2.yaml" not in state(result.stdout)


def test_damaged_copies_of_records_are_told(run: Run, folder: Path) -> None:
    (folder / "records").mkdir()
    (folder / "records/records.sqlite3").write_bytes(b"no database at all, but long enough to look like one" * 9)
    result = run("doctor")
    assert result.exit_code == 1
    assert "records/records.sqlite3: is damaged" in result.stderr


def test_the_extras_are_those_of_the_package() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert {extra.name for extra in EXTRAS} == set(extras) - {"dev", "docs"}
    for extra in EXTRAS:
        assert {requirement.partition(">")[0] for requirement in extras[extra.name]} == set(extra.modules)


def test_an_extra_that_is_missing_is_told_with_the_command_that_installs_it(folder: Path) -> None:
    code = (
        "import sys\nfrom importlib.abc import MetaPathFinder\nfrom jdgen.cli.main import main\n"
        "sys.path_importer_cache.clear()\n"
        "sys.modules['pdfplumber'] = None\n"
        "main(['doctor'])"
    )
    result = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "makes PDF accessible): missing\n" in result.stdout
    assert f"next: what is missing may be installed, pdf by:\n  {PDF.how_to_install}\n" in result.stderr
    assert "fast (packs documents faster): installed" in result.stdout


def test_the_page_on_workspaces_has_it() -> None:
    assert "jdgen doctor" in find_page("workspace").text


def test_libreoffice_is_found_or_told_how_to_be_had(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = shutil.which("soffice")
    line = f"program     LibreOffice: {program or 'missing: '}"
    assert line in run("doctor").stdout
    monkeypatch.setenv("PATH", "")
    assert "LibreOffice: missing: sudo apt install" in run("doctor").stdout
