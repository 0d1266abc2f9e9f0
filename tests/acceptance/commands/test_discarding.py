"""``--overwrite`` alone loses nothing that somebody did, in any command that writes; a second word does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jdgen.leftovers import unfinished_name
from tests.toolbox import documents as making
from tests.toolbox.commands import DOCUMENT, POST, Run
from tests.toolbox.data import SOURCE_FILE, change_text
from tests.toolbox.posts import csv_file, row, rows
from tests.toolbox.word import bytes_of, open_document, with_part, word_file

NEW = ("template", "new", "out/our-jd.docx", "--organisation")
IMPORT = ("framework", "import", "t.txt", "--id", "a", "--version", "1", "--output", "out/a.yaml")


def imported(folder: Path, text: str) -> tuple[str, ...]:
    table = SOURCE_FILE.read_text(encoding="utf-8")
    (folder / "t.txt").write_text(change_text(table, "Provide visible", f"{text}: provide visible"), encoding="utf-8")
    return IMPORT


def archived(folder: Path, title: str) -> tuple[str, ...]:
    csv_file(folder / "posts.csv", [row(title)])
    return ("batch", "posts.csv", "--archive", "out/all.zip")


def compared(folder: Path, version: str) -> tuple[str, ...]:
    text = making.newer_framework_text()
    (folder / "old.yaml").write_text(text, encoding="utf-8")
    (folder / "newer.yaml").write_text(text.replace("version: '2'", f"version: '{version}'"), encoding="utf-8")
    return ("framework", "diff", "old.yaml", "newer.yaml", "--html", "out/diff.html")


def annotated(folder: Path, text: str) -> tuple[str, ...]:
    (folder / "ours.docx").write_bytes(word_file("{{ title }}", text))
    return ("template", "check", "ours.docx", "--annotate", "out/checked.docx")


def redlined(folder: Path, author: str) -> tuple[str, ...]:
    (folder / "old").mkdir(exist_ok=True)
    (folder / "old/jd.docx").write_bytes(making.example_document())
    (folder / "newer.yaml").write_text(making.newer_framework_text(), encoding="utf-8")
    return ("regenerate", "old", "--framework", "newer.yaml", "--output", "out", "--author", author)


Command = Callable[[Path, str], tuple[str, ...]]
#: The file that a command writes, and the command, which writes another for another text.
COMMANDS: dict[str, tuple[str, Command]] = {
    "generate": (str(DOCUMENT), lambda _, text: ("generate", *POST, "--employer", text)),
    "template new": ("out/our-jd.docx", lambda _, text: (*NEW, text)),
    "template check": ("out/checked.docx", annotated),
    "framework import": ("out/a.yaml", imported),
    "framework import, source": ("out/t.txt", imported),
    "framework diff": ("out/diff.html", compared),
    "regenerate": ("out/jd.docx", redlined),
    "batch, archive": ("out/all.zip", archived),
}


def touched(path: Path) -> bytes:
    """The file after somebody worked on it with a program of theirs."""
    if path.suffix == ".docx":
        document = open_document(path.read_bytes())
        document.add_paragraph("As agreed with the unions.")
        path.write_bytes(bytes_of(document))
    else:
        path.write_bytes(path.read_bytes() + b"\n# as agreed\n")
    return path.read_bytes()


def without_record(path: Path) -> bytes:
    path.write_bytes(with_part(path.read_bytes(), "customXml/item7301.xml", b"<lost/>"))
    return path.read_bytes()


def not_ours(path: Path) -> bytes:
    path.write_bytes(b"something else altogether")
    return path.read_bytes()


def write_file(run: Run, folder: Path, case: str, text: str, *options: str) -> Path:
    name, command = COMMANDS[case]
    result = run(*command(folder, text), *options)
    path = folder / name
    assert path.is_file(), result.output
    return path


@pytest.mark.parametrize("case", COMMANDS)
def test_what_is_as_jdgen_wrote_it_is_replaced_by_overwrite(case: str, run: Run, folder: Path) -> None:
    path = write_file(run, folder, case, "Example Trust")
    before = path.read_bytes()
    result = run(*COMMANDS[case][1](folder, "Another Trust"))
    assert "exists already: use --overwrite" in result.stderr
    assert path.read_bytes() == before
    write_file(run, folder, case, "Another Trust", "--overwrite")
    assert path.read_bytes() != before


@pytest.mark.parametrize("work", [touched, not_ours])
@pytest.mark.parametrize("case", COMMANDS)
def test_what_somebody_did_is_replaced_only_in_two_words(
    case: str, work: Callable[[Path], bytes], run: Run, folder: Path
) -> None:
    path = write_file(run, folder, case, "Example Trust")
    content = work(path)
    command = COMMANDS[case][1](folder, "Another Trust")
    # A redline that somebody has begun to settle is what the same command leaves alone: see test_stopping.py.
    is_begun = case == "regenerate" and work is touched
    for options in (("--overwrite",),) if is_begun else ((), ("--overwrite",)):
        result = run(*command, *options)
        assert path.read_bytes() == content, options
        assert result.exit_code == 1
        assert path.relative_to(folder).as_posix() in result.stderr
        assert "--overwrite --discard-edits" in result.stderr
    alone = run(*command, "--discard-edits")
    assert alone.exit_code == 2
    assert path.read_bytes() == content
    result = run(*command, "--overwrite", "--discard-edits")
    assert path.read_bytes() != content, result.output


@pytest.mark.parametrize("case", COMMANDS)
def test_what_somebody_saves_while_the_command_runs_is_not_replaced(
    case: str, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_file(run, folder, case, "Example Trust")
    command = COMMANDS[case][1](folder, "Another Trust")
    content = b""

    def saved_meanwhile() -> str:
        """Somebody saves when the new file is begun, which is when the old one has been looked at."""
        nonlocal content
        content = content or not_ours(path)
        return unfinished_name()

    monkeypatch.setattr("jdgen.files.unfinished_name", saved_meanwhile)
    result = run(*command, "--overwrite")
    assert result.exit_code == 1
    assert content
    assert path.read_bytes() == content


@pytest.mark.parametrize("work", [touched, without_record, not_ours])
def test_a_document_that_somebody_worked_on_is_named_with_the_way_that_keeps_it(
    work: Callable[[Path], bytes], run: Run, folder: Path
) -> None:
    path = write_file(run, folder, "generate", "Example Trust")
    content = work(path)
    # A dry run says the same, and is no failure.
    for options, code in (((), 1), (("--overwrite",), 1), (("--overwrite", "--dry-run"), 0)):
        result = run("generate", *POST, *options)
        assert result.exit_code == code
        assert path.read_bytes() == content
        assert f"{DOCUMENT}: exists already, and is " in result.output
        assert "`jdgen regenerate`" in result.output
        assert "use --overwrite to replace" not in result.output


def test_a_redline_that_nobody_has_settled_yet_is_no_document_to_be_made_anew(run: Run, folder: Path) -> None:
    """It is as jdgen wrote it, and yet it holds what somebody did to the document before."""
    path = write_file(run, folder, "generate", "Example Trust")
    touched(path)
    (folder / "newer.yaml").write_text(making.newer_framework_text(), encoding="utf-8")
    result = run("regenerate", "output", "--framework", "newer.yaml", "--output", "output", "--overwrite")
    assert result.exit_code == 0, result.output
    redline = path.read_bytes()
    assert run("generate", *POST, "--overwrite").exit_code == 1
    assert path.read_bytes() == redline


def test_the_reports_of_a_batch_that_somebody_worked_on_stay_and_new_ones_get_the_next_number(
    run: Run, folder: Path
) -> None:
    csv_file(folder / "posts.csv", rows(1))
    for _ in range(2):
        assert "see output/report.html\nsee output/report.xlsx\n" in run("batch", "posts.csv").stderr
    workbook = folder / "output/report.xlsx"
    workbook.write_bytes(workbook.read_bytes() + b"noted by HR")
    content = workbook.read_bytes()
    for _ in range(2):
        assert "see output/report.html\nsee output/report 2.xlsx\n" in run("batch", "posts.csv").stderr
    assert workbook.read_bytes() == content


def test_rows_that_somebody_is_mending_are_not_replaced_by_another_run(run: Run, folder: Path) -> None:
    csv_file(folder / "posts.csv", [row("One", "9z"), row("Two", "9z")])
    run("batch", "posts.csv", "--keep-going")
    mending = folder / "output/posts to mend.xlsx"
    mending.write_bytes(mending.read_bytes() + b"half mended")
    content = mending.read_bytes()
    result = run("batch", "posts.csv", "--keep-going")
    assert mending.read_bytes() == content
    assert "see output/posts to mend 2.xlsx" in result.stderr
    assert (folder / "output/posts to mend 2.xlsx").is_file()


def test_the_field_list_that_somebody_worked_on_stays(run: Run, folder: Path) -> None:
    command = ("template", "fields", "--docx", "fields.docx")
    assert run(*command).exit_code == run(*command, "--overwrite").exit_code == 0
    content = touched(folder / "fields.docx")
    assert run(*command, "--overwrite").exit_code == 1
    assert (folder / "fields.docx").read_bytes() == content
    assert run(*command, "--overwrite", "--discard-edits").exit_code == 0


def test_a_file_that_colleagues_wrote_in_the_same_workspace_is_known(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They have a folder of records there, so what they wrote is noted in it, and not only with them."""
    run("generate", *POST)
    path = write_file(run, folder, "template new", "Example Trust")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "another user"))
    before = path.read_bytes()
    assert run(*NEW, "Another Trust", "--overwrite").exit_code == 0
    assert path.read_bytes() != before
