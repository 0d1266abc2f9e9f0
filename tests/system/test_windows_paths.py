"""Places that Windows has no file at, by rules that hold on every system: paths of Windows are values here."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from jdgen.document.names import safe_name
from jdgen.errors import JdgenError
from jdgen.files import save_together
from jdgen.leftovers import unfinished_name
from jdgen.system.windows_paths import LONGEST, UNFINISHED, place_problem, windows_problem

FOLDER = r"\\server\users$\Ann Smith\Job descriptions"


def problem_of(path: str, folder: str = "C:\\work") -> str:
    relative = PureWindowsPath(path)
    return str(windows_problem(relative, str(PureWindowsPath(folder) / relative)) or "")


@pytest.mark.parametrize(
    "path",
    [
        *("a.docx", r"out\a.docx", "out/a.docx", r"..\a.docx", r".\a.docx", r"C:\work\a.docx", r"D:a.docx"),
        *(r"\\server\users$\Ann Smith\a.docx", r"\\?\C:\work\a.docx", "Łódź – “NHS” & 100% #1.docx", "…"),
        *("console.docx", "com10.docx", "nullify", "lpt", ".jdgen", "a..b.docx", "~$a.docx"),
    ],
)
def test_places_that_windows_has(path: str) -> None:
    assert problem_of(path) == ""


@pytest.mark.parametrize(
    ("path", "what"),
    [
        *((name, "for a device") for name in ("CON", "nul", "Com1", "LPT¹", "aux.docx", "prn .txt", "NUL.tar.gz")),
        *((path, "for a device") for path in (r"out\con\a.docx", "con/a.docx", r"\\server\share\aux\a.docx")),
        *((name, "ends with") for name in ("a.docx.", "a.docx ", r"out.\a.docx", "out /a.docx")),
        *((rf"out\a{char}b.docx", f"has no '{char}'") for char in '<>"|?*:\x01\x1f'),
    ],
)
def test_names_that_windows_refuses_or_changes(path: str, what: str) -> None:
    assert what in problem_of(path)


@pytest.mark.parametrize("folder", ["C:\\work", FOLDER, "D:\\"])
def test_the_longest_path_that_word_opens_is_reckoned_from_the_drive(folder: str) -> None:
    room = LONGEST - len(str(PureWindowsPath(folder) / "x")) + 1
    name = "n" * (room - 5) + ".docx"
    assert len(str(PureWindowsPath(folder) / name)) == LONGEST == 259
    assert problem_of(name, folder) == ""
    problem = problem_of(f"n{name}", folder)
    assert "needs 260 characters, and Windows and Word open files of at most 259" in problem
    assert problem.endswith("choose a folder whose path is 1 character shorter")
    # 😀 takes two of what Windows counts.
    assert "needs 260 characters" in problem_of("😀" + name[1:], folder)
    assert problem_of("x\\" + "n" * 300, "\\\\?\\C:\\work") == ""


def test_there_is_room_for_the_name_that_a_file_has_while_it_is_written() -> None:
    assert len(unfinished_name()) == UNFINISHED
    folder = "C:\\" + "f" * (LONGEST - 4 - UNFINISHED)
    assert len(folder) + 1 + UNFINISHED == LONGEST
    assert problem_of("a.docx", folder) == ""
    assert "needs 260 characters" in problem_of("a.docx", folder + "f")


@pytest.mark.parametrize("name", ["con", "NUL.docx", "com1.tar", "a. ", "..", 'a<b>"c"', "aux .docx", "x" * 300, "C:a"])
def test_no_name_that_a_document_gets_is_refused(name: str) -> None:
    assert problem_of(safe_name(name)) == ""


def test_elsewhere_nothing_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert place_problem(tmp_path / "con" / ("n" * 250)) is None
    monkeypatch.setattr("sys.platform", "win32")
    assert place_problem(tmp_path / "con") is not None


def test_of_files_that_belong_together_none_is_written_where_one_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(JdgenError) as raised:
        save_together([(tmp_path / "new/a.txt", b"a"), (tmp_path / "new/con.txt", b"b"), (tmp_path / "b ", b"c")])
    assert len(raised.value.problems) == 2
    assert list(tmp_path.iterdir()) == []
