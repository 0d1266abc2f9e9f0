"""Names that differ in capitals alone are one file on Windows and on most Macs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.toolbox.commands import DOCUMENT, POST, Run
from tests.toolbox.documents import newer_framework_text


def names(folder: Path) -> list[str]:
    return sorted(path.name.casefold() for path in folder.glob("*.docx"))


@pytest.mark.parametrize("title", ["PMO MANAGER", "pmo manager"])
def test_a_batch_tells_two_such_posts_apart_or_makes_neither(title: str, run: Run, folder: Path) -> None:
    head = "Job title,Specialism,Band,Department\n"
    (folder / "alike.csv").write_text(f"{head}PMO Manager,pmo,7,\n{title},pmo,7,\n", encoding="utf-8")
    result = run("batch", "alike.csv")
    assert result.exit_code == 1
    assert "would be written to the same file" in result.output
    assert not (folder / "output").exists()
    (folder / "apart.csv").write_text(f"{head}PMO Manager,pmo,7,Digital\n{title},pmo,7,Estates\n", encoding="utf-8")
    assert run("batch", "apart.csv").exit_code == 0
    file_names = names(folder / "output")
    assert len(file_names) == len(set(file_names)) == 2


@pytest.mark.parametrize(
    "command",
    [("regenerate", "--framework", "newer.yaml"), ("publish", "--no-pdf"), ("pdf",)],
    ids=lambda command: command[0],
)
def test_documents_of_one_name_are_written_to_no_folder(command: tuple[str, ...], run: Run, folder: Path) -> None:
    assert run("generate", *POST).exit_code == 0
    (folder / "newer.yaml").write_text(newer_framework_text(), encoding="utf-8")
    for name in ("one/A.docx", "two/a.docx"):
        (folder / name).parent.mkdir()
        (folder / name).write_bytes((folder / DOCUMENT).read_bytes())
    result = run(command[0], "one", "two", *command[1:], "--output", "new")
    assert result.exit_code == 1
    assert result.output.count("as another would: name one folder at a time") == 2
    assert not (folder / "new").exists()
