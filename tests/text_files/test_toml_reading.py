from __future__ import annotations

from pathlib import Path

import pytest

from jdgen.text_files.toml_reading import read_toml
from jdgen.text_files.values import UNMEANT
from tests.toolbox.data import problems_of


def read(folder: Path, text: str) -> object:
    return read_file(folder, text).value


def read_file(folder: Path, text: str):  # type: ignore[no-untyped-def]  # noqa: ANN201  # what read_toml gives
    path = folder / "a.toml"
    path.write_text(text, encoding="utf-8", newline="")
    return read_toml(path, "a.toml")


def problems(folder: Path, text: str) -> list[str]:
    return problems_of(lambda: read_file(folder, text))


def test_values_are_plain_and_dates_are_texts(tmp_path: Path) -> None:
    assert read(tmp_path, "[a]\nb = 1\nc = ['x', 2.5, true]\nd = 2026-11-28\n") == {
        "a": {"b": 1, "c": ["x", 2.5, True], "d": "2026-11-28"}
    }


@pytest.mark.parametrize(
    ("keys", "line"),
    [((), 1), (("a",), 2), (("a", "b"), 3), (("a", "list", 1), 5), (("a", "long"), 9), (("a", "b-c", "d"), 14)],
)
def test_each_value_knows_its_line(tmp_path: Path, keys: tuple[str | int, ...], line: int) -> None:
    text = (
        "# first\n[a]\nb = 1\n\nlist = [\n  'x',\n  'y',\n]\nlong = '''\nb = 2\n[none]\n'''\n"
        '[ a . "b-c" ] # said of it\nd = "e"\n'
    )
    assert str(read_file(tmp_path, text).where(keys)) == f"a.toml:{line}"


def test_line_breaks_of_windows_are_line_breaks(tmp_path: Path) -> None:
    assert read(tmp_path, "a = '''\r\none\r\ntwo'''\r\n") == {"a": "one\ntwo"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\na = 2\n", "a.toml:2: cannot be read: the same name stands here a second time"),
        ("a = b\n", "a.toml:1: cannot be read: what stands behind the = is no text in quotation marks, and no number"),
        ("a = 'b\n", "a.toml: cannot be read: a quotation mark is missing"),
        ("a = [1,", "a.toml: cannot be read: "),
    ],
)
def test_what_is_no_toml_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    (problem,) = problems(tmp_path, text)
    assert problem.startswith(message)
    assert "\\n" not in problem
    assert "column" not in problem


def test_control_characters_are_refused_however_they_are_written(tmp_path: Path) -> None:
    assert problems(tmp_path, "a = 'x\x07'\n") == ["a.toml:1: control character U+0007: delete it"]
    assert problems(tmp_path, 'b = 1\na = "x\\u0007"\n') == [f"a.toml:2: control character U+0007: {UNMEANT}"]
    assert problems(tmp_path, 'output = "JD\\backup"\n') == [
        "a.toml:1: control character U+0008: delete it, or use single quotation marks, in which a \\ is a \\"
    ]


def test_deep_nesting_is_no_traceback(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "a = " + "[" * 100_000)
    assert "TOML" in problem or "nested" in problem
