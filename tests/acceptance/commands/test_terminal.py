"""What every command says is harmless, is said on every console, and is missed by no work where nobody can hear it."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

import pytest

from jdgen.harmless import harmless, spell_out
from tests.toolbox.commands import DOCUMENT, POST, Process, Run
from tests.toolbox.data import FRAMEWORK_TEXT
from tests.toolbox.documents import newer_framework_text
from tests.toolbox.examples import ROOT
from tests.toolbox.word import parts_of, word_file, zipped

#: Orders to a terminal (ESC, C1, a title for its window), and marks that turn the direction of what follows.
EVIL = "x\x1b[31mRED\x1b]0;owned\x07\x9b2J\u202egpj\u2066\u061c"
#: What a file of data may hold; controls are refused in those.
TURNED_TEXT = "x\u202egpj\u2066RED"
ACTING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
POSIX = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only some systems have a device that is full")


def test_what_acts_is_spelt_and_everything_else_stays() -> None:
    assert harmless("\x1b[31m\x9b \u202e\r\udce9") == r"\u001b[31m\u009b \u202e\u000d\udce9"
    plain = "Łódź, “NHS”\n\t– 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👩‍⚕️ नर्स"
    assert harmless(plain) == plain
    assert spell_out("Ł😀") == r"\u0141\ud83d\ude00"
    text = json.dumps({EVIL: EVIL + "😀"}, ensure_ascii=False)
    assert json.loads(harmless(text)) == json.loads(text)


def test_what_is_printable_acts_on_nothing() -> None:
    # What harmless() looks no further at.
    assert not [char for char in map(chr, range(sys.maxunicode + 1)) if char.isprintable() and ACTING.match(char)]


def hostile_document() -> bytes:
    """A document whose record says something else than it was made with, as anybody may write it."""
    parts = parts_of((Path.cwd() / DOCUMENT).read_bytes())
    evil = json.dumps(EVIL, ensure_ascii=True)[1:-1].encode()
    item = parts["customXml/item7301.xml"].replace(b"PMO manager", evil)
    return zipped(
        parts | {"customXml/item7301.xml": item.replace(b'"framework":"nhs-pccf"', b'"framework":"' + evil + b'"')}
    )


def hostile_workspace(folder: Path) -> None:
    evil = json.dumps(TURNED_TEXT)
    text = FRAMEWORK_TEXT.replace("title: Business Case\n", f"title: {evil}\n").replace(
        "title: PMO\n", f"title: {evil}\n"
    )
    (folder / "evil.yaml").write_text(text, encoding="utf-8")
    (folder / "evil2.yaml").write_text(newer_framework_text().replace("title: Budget\n", f"title: {evil}\n"), "utf-8")
    (folder / "posts.csv").write_text(
        f"Job title,Specialism,Band,{TURNED_TEXT}\n{TURNED_TEXT},{TURNED_TEXT},99{TURNED_TEXT}\n", "utf-8", newline=""
    )
    (folder / "post.yaml").write_text(f"title: {evil}\nspecialism: {evil}\nband: {evil}\n", "utf-8")
    (folder / f"{EVIL}.docx").write_bytes(word_file(f"{{{{ {EVIL[:3]} }}}}".replace("\x1b", "e"), "{{ nosuch }}"))
    (folder / "names.docx").write_bytes(zipped(parts_of(word_file("a")) | {f"word/{EVIL}.xml": b"<a"}))
    (folder / "document.docx").write_bytes(hostile_document())


COMMANDS: dict[str, tuple[str, ...]] = {
    "show": ("show", "document.docx"),
    "show --json": ("show", "document.docx", "--json"),
    "why": ("why", "document.docx", "RED"),
    "why of no such words": ("why", "document.docx", EVIL),
    "status": ("status", "."),
    "status --json": ("status", ".", "--json"),
    "regenerate": ("regenerate", "document.docx", "--output", EVIL),
    "generate": ("generate", "--post", "post.yaml"),
    "generate in a folder": ("generate", *POST, "--output", EVIL),
    "an unknown template": ("generate", *POST, "--template", EVIL),
    "batch": ("batch", "posts.csv", "--keep-going", "--clauses", TURNED_TEXT),
    "batch --json": ("batch", "posts.csv", "--keep-going", "--json"),
    "template check": ("template", "check", f"{EVIL}.docx"),
    "template fields": ("template", "fields", f"{EVIL}.docx"),
    "parts of a zip": ("show", "names.docx"),
    "framework check": ("framework", "check", "evil.yaml"),
    "framework diff": ("framework", "diff", "evil.yaml", "evil2.yaml"),
    "framework import": ("framework", "import", f"{EVIL}.csv", "--id", "a", "--version", "1", "--output", "a.yaml"),
    "framework show": ("framework", "show", EVIL),
    "an unknown option": ("show", f"--{EVIL}"),
    "too many arguments": ("show", "document.docx", EVIL),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_harmless_what_others_wrote(command: str, run: Run, folder: Path) -> None:
    assert run("generate", *POST).exit_code == 0
    hostile_workspace(folder)
    result = run(*COMMANDS[command])
    assert ACTING.findall(result.output) == []
    assert r"\u001b" in result.output or r"\u202e" in result.output or command == "regenerate"


def test_tables_of_a_hostile_framework_are_harmless(run: Run, folder: Path) -> None:
    frameworks = folder / "framework_data/frameworks"
    frameworks.mkdir(parents=True)
    evil = json.dumps(TURNED_TEXT)
    text = FRAMEWORK_TEXT.replace("title: Business Case\n", f"title: {evil}\n", 1).replace(
        "id: nhs-pccf", "id: evil", 1
    )
    (frameworks / "evil.yaml").write_text(text, encoding="utf-8")
    result = run("framework", "ladder", "pmo", "--framework", "evil")
    assert result.exit_code == 0, result.output
    assert ACTING.findall(result.output) == []
    assert r"x\u202egpj" in result.output


def test_reports_are_harmless_too(run: Run, folder: Path) -> None:
    assert run("generate", *POST).exit_code == 0
    hostile_workspace(folder)
    (folder / "posts.csv").write_text(
        f"Job title,Specialism,Band\n{TURNED_TEXT},pmo,99{TURNED_TEXT}\n", encoding="utf-8"
    )
    run("batch", "posts.csv", "--keep-going", "--output", "batch")
    run("regenerate", ".", "--output", "out")
    run("framework", "diff", "evil.yaml", "evil2.yaml", "--html", "diff.html")
    reports = [folder / "batch/report.html", folder / "out/report.html", folder / "diff.html"]
    for report in reports:
        text = report.read_text(encoding="utf-8")
        assert ACTING.findall(text) == [], report
        assert "RED" in text, report
    for workbook in (folder / "batch/report.xlsx", folder / "out/report.xlsx"):
        sheets = b"".join(part for name, part in parts_of(workbook.read_bytes()).items() if "sheet" in name.lower())
        assert ACTING.findall(sheets.decode()) == [], workbook


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii"])
def test_every_console_is_told_where_the_document_is(encoding: str, process: Process, folder: Path) -> None:
    title = ("--title", "Łódź 😀 lead")
    result = process("generate", *POST, *title, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("output/Job description ")
    assert "Traceback" not in result.stderr
    (document,) = (folder / "output").glob("*.docx")
    assert "Łódź 😀 lead" in document.name
    ladder = process("framework", "ladder", "pmo", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert ladder.returncode == 0, ladder.stderr


def test_a_folder_does_not_stop_at_a_title_that_the_console_cannot_show(process: Process, folder: Path) -> None:
    for title in ("Łódź lead", "Other lead"):
        assert process("generate", *POST, "--title", title).returncode == 0
    (folder / "newer.yaml").write_text(newer_framework_text(), encoding="utf-8")
    options = ("--framework", "newer.yaml", "--output", "out")
    result = process("regenerate", "output", *options, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert result.returncode == 0, result.stderr
    assert len(list((folder / "out").glob("*.docx"))) == 2
    assert r"\u0141" in result.stdout


@POSIX
def test_what_is_to_be_written_is_written_though_standard_output_is_full(process: Process, folder: Path) -> None:
    for title in ("One lead", "Other lead"):
        with Path("/dev/full").open("wb") as full:
            result = process("generate", *POST, "--title", title, stdout=full)
        assert result.returncode == 1
        assert "error: standard output: cannot be written (No space left on device): files are written" in result.stderr
        assert "Traceback" not in result.stderr
        assert "Exception ignored" not in result.stderr
    assert len(list((folder / "output").glob("*.docx"))) == 2
    with Path("/dev/full").open("wb") as full:
        assert process("status", "output", stderr=full).returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="pipes of POSIX")
def test_a_reader_that_has_gone_stops_no_work_and_is_not_complained_of(process: Process, folder: Path) -> None:
    (folder / "posts.csv").write_text("Job title,Specialism,Band\nLead,pmo,7\n", encoding="utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        result = process("batch", "posts.csv", "--json", stdout=pipe)
    assert result.returncode == 1
    assert "error" not in result.stderr
    assert len(list((folder / "output").glob("*.docx"))) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only here are names of files any bytes")
def test_a_file_name_that_is_no_utf8_is_a_name_like_others(process: Process, folder: Path) -> None:
    name = b"caf\xe9"
    (folder / os.fsdecode(name)).mkdir()
    assert process("generate", *POST, "--output", name).returncode == 0
    (folder / "newer.yaml").write_text(newer_framework_text(), encoding="utf-8")
    (Path(os.fsdecode(name)) / "posts.csv").write_text("Job title,Specialism,Band\nLead,pmo,7\n", encoding="utf-8")
    template = name + b"/own.docx"
    Path(os.fsdecode(template)).write_bytes((ROOT / "templates/role-profile.docx").read_bytes())
    for command in (
        ("status", name),
        ("regenerate", name, "--framework", "newer.yaml", "--output", name + b"2", "--template", template),
        ("batch", name + b"/posts.csv", "--output", name + b"3", "--template", template),
        ("batch", name + b"/posts.csv", "--output", name + b"3"),
        ("generate", *POST, "--template", template, "--output", name + b"4"),
        ("template", "check", template),
    ):
        result = process(*command)
        assert "Traceback" not in result.stderr, result.stderr
        assert "report this to us" not in result.stderr
        assert r"caf\udce9" in result.stdout + result.stderr, result.stderr


@pytest.mark.parametrize("command", ["batch", "regenerate"])
def test_a_folder_for_temporary_files_that_cannot_be_used_is_told(
    command: str, run: Run, folder: Path, full: Path
) -> None:
    assert run("generate", *POST).exit_code == 0
    (folder / "posts.csv").write_text("Job title,Specialism,Band\nLead,pmo,99\n", encoding="utf-8")
    (folder / "newer.yaml").write_text(newer_framework_text(), encoding="utf-8")
    arguments = {
        "batch": ("posts.csv", "--keep-going"),
        "regenerate": ("output", "--framework", "newer.yaml", "--output", "out"),
    }
    result = run(command, *arguments[command])
    assert result.exit_code == 1
    assert "temporary files" in result.output
    assert "TMPDIR" in result.output


@pytest.fixture
def full(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files into which nothing can be written, whoever runs this."""
    monkeypatch.setattr("tempfile.tempdir", str(folder / "nowhere/at all"))
    return folder
