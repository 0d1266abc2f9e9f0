"""SQLite is told of the file of records wherever a workspace lies: on a drive, on a network, under any name."""

from __future__ import annotations

import sqlite3
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from jdgen.record.database import RecordDatabase, database_uri
from jdgen.record.untouched import RecordCopy


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath(r"C:\JD\records.sqlite3"), "file:///C:/JD/records.sqlite3"),
        (PureWindowsPath(r"\\server\users$\ann\r.sqlite3"), "file:////server/users%24/ann/r.sqlite3"),
        (PureWindowsPath(r"\\server\Ann Smith\100% #1?"), "file:////server/Ann%20Smith/100%25%20%231%3F"),
        (PureWindowsPath("C:\\Łódź\\r"), "file:///C:/%C5%81%C3%B3d%C5%BA/r"),
        (PurePosixPath("/home/ann/r"), "file:///home/ann/r"),
        (PurePosixPath("//home/ann/r"), "file:////home/ann/r"),
    ],
)
def test_how_sqlite_is_told_of_a_path(path: PurePath, uri: str) -> None:
    assert database_uri(path, "rw") == f"{uri}?mode=rw"


def test_sqlite_refuses_a_uri_with_another_machine_as_python_writes_it() -> None:
    """Why there is a function for it; the other form it reads as a path, and finds nothing there."""
    share = PureWindowsPath(r"\\server\users$\r.sqlite3")
    with pytest.raises(sqlite3.OperationalError, match="invalid uri authority: server"):
        sqlite3.connect(f"{share.as_uri()}?mode=rw", uri=True)
    with pytest.raises(sqlite3.OperationalError, match="unable to open database file"):
        sqlite3.connect(database_uri(share, "rw"), uri=True)


@pytest.mark.parametrize("name", ["plain", "Ann Smith", "100%", "100%25", "#1", "who?", "users$", "a&mode=ro", "Łódź"])
def test_records_are_kept_in_a_folder_of_any_name(name: str, tmp_path: Path) -> None:
    if name == "who?" and Path("C:/").is_absolute():
        pytest.skip("Windows has no such name")
    path = tmp_path / name / "records.sqlite3"
    database = RecordDatabase.to_write(path)
    database.add([RecordCopy("document", 1, 2, b"item")])
    database.close()
    assert path.is_file()
    again = RecordDatabase.to_read(path)
    assert again is not None
    assert again.of_document("document") == [b"item"]
    again.close()
