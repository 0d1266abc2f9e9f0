"""A file that Word, Excel or LibreOffice has open is not replaced, and is told; a report goes under another name."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from jdgen.errors import JdgenError
from jdgen.files import OpenElsewhereError, content_of, owner_file_of, save
from jdgen.sheets.reading import sheets_of
from tests.toolbox.commands import DOCUMENT, POST, Run
from tests.toolbox.documents import newer_framework_text


@pytest.mark.parametrize("lock", ["~$port of all.docx", "~$report of all.docx", ".~lock.report of all.docx#"])
def test_a_file_with_a_lock_beside_it_is_not_replaced(lock: str, tmp_path: Path) -> None:
    path = tmp_path / "report of all.docx"
    (tmp_path / lock).touch()
    save(b"new", path, overwrite=True)  # a lock of a file that is not there is nobody's
    with pytest.raises(OpenElsewhereError) as raised:
        save(b"newer", path, overwrite=True)
    assert [str(problem) for problem in raised.value.problems] == [
        f"{path}: is open in another program, so it was not replaced: close it in Word, Excel or LibreOffice (if it is "
        f"open nowhere, delete {lock}), and run the command again"
    ]
    assert path.read_bytes() == b"new"
    assert owner_file_of(tmp_path / "another.docx") is None
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([lock, path.name])


def test_a_file_that_the_system_holds_is_told_as_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    save(b"old", path, overwrite=False)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file because it is being used by another process")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(JdgenError, match="is open in another program, so it was not replaced: close it in Word"):
        save(b"new", path, overwrite=True)
    assert path.read_bytes() == b"old"


def test_documents_that_are_open_are_told_each_and_the_others_made(run: Run, folder: Path) -> None:
    (folder / "posts.csv").write_text("Job title,Specialism,Band\nOne,pmo,7\nTwo,pmo,7\n", encoding="utf-8")
    assert run("batch", "posts.csv").exit_code == 0
    (folder / "output/.~lock.Job description One band 7.docx#").touch()
    result = run("batch", "posts.csv", "--employer", "Trust", "--overwrite")
    assert "Job description One band 7.docx: is open in another program, so it was not replaced" in result.output
    assert "1 written" in result.output
    assert "1 failed" in result.output


def test_reports_that_are_open_are_written_under_another_name(run: Run, folder: Path) -> None:
    assert run("generate", *POST).exit_code == 0
    (folder / "posts.csv").write_text("Job title,Specialism,Band\nOne,pmo,7\n", encoding="utf-8")
    (folder / "newer.yaml").write_text(newer_framework_text(), encoding="utf-8")
    options = ("--framework", "newer.yaml", "--output", "out")
    for command in (("batch", "posts.csv", "--output", "out"), ("regenerate", str(DOCUMENT), *options)):
        assert run(*command).exit_code == 0
        (folder / "out/~$report.xlsx").touch()
        again = run(*command)
        assert again.exit_code == 0, again.output
        assert "see out/report 2.xlsx" in again.output
        assert "report.xlsx: is open in another program" in again.output
        assert (folder / "out/report 2.xlsx").is_file()
        for report in (folder / "out").glob("*report*"):
            report.unlink()


def test_a_report_that_only_the_system_holds_is_written_too(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "posts.csv").write_text("Job title,Specialism,Band\nOne,pmo,7\n", encoding="utf-8")
    assert run("batch", "posts.csv").exit_code == 0
    replace = Path.replace

    def replace_unless_open(self: Path, target: Path) -> Path:
        if target.name == "report.xlsx":
            raise PermissionError(13, "in use")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", replace_unless_open)
    result = run("batch", "posts.csv")
    assert result.exit_code == 0, result.output
    assert "see output/report 2.xlsx" in result.output
    assert "1 document in" in result.output


@pytest.mark.parametrize(
    ("name", "what", "right"),
    [
        ("~$posts.xlsx", "Excel tells that a workbook is open", "the workbook beside it: 'posts.xlsx'"),
        (
            ".~lock.posts.xlsx#",
            "LibreOffice tells that a workbook is open",
            "the workbook beside it: 'posts.xlsx'",
        ),
        ("~$rm.docx", "Word tells that a document", "beside it: the one whose name ends with 'rm.docx'"),
    ],
)
def test_a_lock_that_is_named_in_place_of_a_file_is_told_with_the_file_that_is_meant(
    name: str, what: str, right: str, tmp_path: Path, run: Run
) -> None:
    path = tmp_path / name
    path.write_bytes(b"\x05Alice".ljust(165, b"\0"))
    an_import = "framework", "import", str(path), "--id", "t", "--version", "1", "--output", "t.yaml"
    for command in (an_import, ("batch" if "xlsx" in name else "show", str(path))):
        said = run(*command).output
        assert f"{name}: is the lock file by which {what}" in said, command
        assert right in said


def test_a_lock_that_excel_holds_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "~$posts.xlsx"
    path.touch()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(JdgenError, match=r"is the lock file by which Excel tells that a workbook is open"):
        content_of(path)


def test_a_workbook_may_be_called_as_locks_are(tmp_path: Path) -> None:
    path = tmp_path / "~$posts.xlsx"
    workbook = openpyxl.Workbook()
    workbook.active.title = "Posts"
    workbook.active.append(["Job title", "Band"])
    workbook.save(path)
    assert [sheet.title for sheet in sheets_of(path, path.name)] == ["Posts"]
