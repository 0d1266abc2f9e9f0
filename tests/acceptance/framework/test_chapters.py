"""Chapters of one framework, in one file or several: each is put in, follows itself, and leaves others as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from jdgen.record.finding import KeptRecords
from jdgen.revision.folders import read_document
from jdgen.revision.fresh_documents import fresh_document_of
from jdgen.revision.fresh_sources import FreshSources
from jdgen.workspace import Workspace
from tests.toolbox.commands import DOCUMENT, POST, Run
from tests.toolbox.data import FRAMEWORK_TEXT, SOURCE_FILE

FRAMEWORKS = Path("framework_data/frameworks")
OWN_FILE = FRAMEWORKS / "nhs-pccf.yaml"
#: A second chapter of the shipped framework, laid out as its source is; its words are invented.
CHAPTER = """\
Flag Maker
A flag maker of the NHS is invented for tests.

\tFlag Maker\t\t\t\t\t\t
\tAFC Band\t6\t7\t8A\t8B\t8C\t8D
\tSewing\tSews flags.\tSews large flags.\tLets others sew.\t\t\tSays what is sewn.
\tHoisting\tHoists flags on low poles.\t\tHoists flags on high poles.\t\tSays when flags are hoisted.\t
"""


@pytest.fixture
def own_file(folder: Path) -> Path:
    """A workspace with the shipped framework as its own, remarks and all, and a document of it."""
    OWN_FILE.parent.mkdir(parents=True)
    OWN_FILE.write_text(f"{FRAMEWORK_TEXT}# The end.\n", encoding="utf-8")
    (folder / "framework_data/sources").mkdir()
    (folder / "framework_data/sources/nhs-pccf-pmo.txt").write_bytes(SOURCE_FILE.read_bytes())
    (folder / "flag.txt").write_text(CHAPTER, encoding="utf-8")
    return OWN_FILE


def import_flags(run: Run, version: str, output: Path, *more: str) -> Result:
    """What importing the chapter of flags in this version comes to."""
    command = ("framework", "import", "flag.txt", "--id", "nhs-pccf", "--version", version)
    return run(*command, "--output", str(output), *more)


def add(run: Run, version: str, *more: str, output: Path = OWN_FILE) -> str:
    result = import_flags(run, version, output, *more)
    assert result.exit_code == 0, result.stderr
    return result.stdout + result.stderr


def is_up_to_date_by_digest(document: Path = DOCUMENT) -> bool:
    """Whether the document is known to be up to date by the digest in its record alone, without its text."""
    workspace = Workspace(Path.cwd())
    record = read_document(document, KeptRecords(workspace)).record
    return fresh_document_of(record, FreshSources(workspace), str(document)).is_same


def test_a_second_chapter_leaves_documents_of_the_first_up_to_date_and_the_file_as_it_was(
    run: Run, own_file: Path
) -> None:
    assert run("generate", *POST).exit_code == 0
    before = own_file.read_bytes()
    output = add(run, "1", "--add")
    assert "Flag Maker: bands 6 to 8d, 2 headings, 7 statements\n" in output
    assert "PMO" not in output
    after = own_file.read_bytes()
    at = before.index(b"# The end.")
    assert (after[:at], after[-len(before[at:]) :]) == (before[:at], before[at:])
    assert is_up_to_date_by_digest()
    assert "up to date" in run("status", str(DOCUMENT)).stdout
    result = run("framework", "check")
    assert result.exit_code == 0, result.stderr
    assert "nhs-pccf.yaml: sound: 2 specialisms, 58 statements, every text held against its source" in result.stdout
    stdout = run("framework", "list").stdout
    assert "  specialism flag-maker: Flag Maker, bands 6 to 8d, version 1\n" in stdout
    result = run("generate", "--specialism", "flag maker", "--band", "8a", "--title", "Flags", "--date", "2026-11-24")
    assert result.exit_code == 0, result.stderr
    record_text = run("show", "output/Job description Flags band 8a.docx").stdout
    assert "nhs-pccf, 1 (source" in record_text


def test_a_new_release_of_the_second_chapter_reaches_its_own_documents_alone(run: Run, own_file: Path) -> None:
    add(run, "1", "--add")
    post = ("--specialism", "flag-maker", "--band", "7", "--title", "Flags", "--date", "2026-11-24")
    assert run("generate", *POST).exit_code == 0
    assert run("generate", *post).exit_code == 0
    flags = Path("output/Job description Flags band 7.docx")
    assert is_up_to_date_by_digest(flags)
    before = own_file.read_text(encoding="utf-8")
    Path("flag.txt").write_text(CHAPTER.replace("Sews large flags.", "Sews great flags."), encoding="utf-8")
    output = add(run, "2", "--add")
    assert "Flag Maker: bands 6 to 8d, 2 headings, 7 statements, in place of the version '1'" in output
    after = own_file.read_text(encoding="utf-8")
    assert "supersedes: '1'" in after
    assert after[: after.index("  - id: flag-maker")] == before[: before.index("  - id: flag-maker")]
    assert is_up_to_date_by_digest()
    assert not is_up_to_date_by_digest(flags)
    states = {document["path"]: document["states"] for document in json.loads(run("status", "output", "--json").stdout)}
    assert states == {str(flags): ["framework newer"], str(DOCUMENT): ["up to date"]}
    result = run("regenerate", str(flags), "--output", "new")
    assert result.exit_code == 0, result.stderr
    assert run("framework", "check").exit_code == 0


def test_the_same_chapter_twice_is_said(run: Run, own_file: Path) -> None:
    add(run, "1", "--add")
    before = own_file.read_bytes()
    result = import_flags(run, "1", own_file, "--add")
    assert result.exit_code == 1
    assert (
        "'Flag Maker' is here already, in the version '1': give another --version if this is a newer" in result.stderr
    )
    assert own_file.read_bytes() == before


def test_an_entry_that_somebody_has_worked_on_is_not_replaced_unasked(run: Run, own_file: Path) -> None:
    add(run, "1", "--add")
    text = own_file.read_text(encoding="utf-8").replace("    title: 'Flag Maker'\n", "    title: 'Flag Maker' # ours\n")
    own_file.write_text(text, encoding="utf-8")
    result = import_flags(run, "2", own_file, "--add")
    assert result.exit_code == 1
    assert "somebody has worked on the entry of flag-maker, which would be replaced" in result.stderr
    assert own_file.read_text(encoding="utf-8") == text
    assert import_flags(run, "2", own_file, "--add", "--overwrite", "--discard-edits").exit_code == 0


@pytest.mark.parametrize(
    ("framework_id", "levels", "problem"),
    [
        (
            "other",
            (),
            "--id: framework_data/frameworks/nhs-pccf.yaml is of the framework 'nhs-pccf': write --id nhs-pccf",
        ),
        (
            "nhs-pccf",
            ("--levels", "Junior, Senior"),
            "the levels of the chapter are not those of the file: import it into a file of its own, under the same",
        ),
    ],
)
def test_what_the_file_cannot_take_is_told(
    run: Run, own_file: Path, framework_id: str, levels: tuple[str, ...], problem: str
) -> None:
    if levels:
        text = "Flag Maker\nA flag maker.\n\n\tFlag Maker\t\nLevel\tJunior\tSenior\nSewing\tSews.\tSews well.\n"
        Path("flag.txt").write_text(text, encoding="utf-8")
    before = own_file.read_bytes()
    options = ("--id", framework_id, "--version", "1", "--output", str(own_file), "--add", *levels)
    result = run("framework", "import", "flag.txt", *options)
    assert result.exit_code == 1
    assert problem in result.stderr
    assert own_file.read_bytes() == before


@pytest.mark.parametrize("more", [("--add",), ()])
def test_into_a_file_of_its_own_the_chapter_is_simply_written(run: Run, own_file: Path, more: tuple[str, ...]) -> None:
    assert run("generate", *POST).exit_code == 0
    add(run, "1", *more, output=FRAMEWORKS / "flags.yaml")
    assert "supersedes" not in (FRAMEWORKS / "flags.yaml").read_text(encoding="utf-8")
    assert is_up_to_date_by_digest()
    assert run("framework", "check").exit_code == 0
    assert "Flag Maker" in run("framework", "show", "flag-maker").stdout
    again = run(
        "framework", "import", "flag.txt", "--id", "nhs-pccf", "--version", "1", "--output", str(FRAMEWORKS / "f.yaml")
    )
    assert again.exit_code == 1
    assert "flags.yaml: has 'Flag Maker' already, in the version '1': give another --version if" in again.stderr
    assert not (FRAMEWORKS / "f.yaml").exists()
    # A newer version of it goes into the first file, and follows the one in its own.
    add(run, "2", "--add")
    assert "supersedes: '1'" in own_file.read_text(encoding="utf-8")
    assert "version 2" in run("framework", "list").stdout
    assert run("framework", "show", "flag-maker", "--band", "7").exit_code == 0
    assert is_up_to_date_by_digest()


def test_a_release_can_end_a_chapter(run: Run, own_file: Path) -> None:
    add(run, "1", output=FRAMEWORKS / "flags.yaml")
    with own_file.open("a", encoding="utf-8") as file:
        file.write("withdraws: [flag-maker]\n")
    assert "unknown specialism 'flag-maker'" in run("framework", "show", "flag-maker").stderr
    assert run("framework", "show", "pmo").exit_code == 0


def test_lines_that_end_as_on_windows_go_on_to_do_so(run: Run, own_file: Path) -> None:
    own_file.write_bytes(own_file.read_bytes().replace(b"\n", b"\r\n"))
    before = own_file.read_bytes()
    add(run, "1", "--add")
    after = own_file.read_bytes()
    assert after.startswith(before[: before.index(b"# The end.")])
    assert after.count(b"\n") == after.count(b"\r\n")
    assert run("framework", "check").exit_code == 0


def test_what_belongs_to_a_chapter_lies_beside_what_belongs_to_others(run: Run, folder: Path) -> None:
    """Each has a review sheet and a layout file of its own, in each version: none stands in the way of another."""
    file, levels = FRAMEWORKS / "allied.yaml", ("--levels", "Junior, Senior", "--id", "allied")
    for title, version in (("Kite repair", "1"), ("Kite flying", "1"), ("Kite flying", "2")):
        published = f'{title},,\n"{title} is invented for tests.",,\n,,\n,{title},\nLevel,Junior,Senior\n'
        Path("kites.csv").write_text(f"{published}Wind,Feels it in version {version}.,\n", encoding="utf-8")
        result = run("framework", "import", "kites.csv", *levels, "--version", version, "--add", "--output", str(file))
        assert result.exit_code == 0, result.stderr
    beside = {path.name for path in FRAMEWORKS.iterdir()}
    names = ("allied", "allied-kite-flying-1", "allied-kite-flying-2")
    assert beside == {"allied.yaml", *(f"{name}.{kind}" for name in names for kind in ("layout.toml", "review.xlsx"))}
    result = run("framework", "show", "kite-flying", "--level", "Senior")
    assert "Feels it in version 2." in result.stdout
    assert "Feels it in version 1." in run("framework", "show", "kite-repair", "--level", "Senior").stdout
