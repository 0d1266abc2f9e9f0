from __future__ import annotations

import datetime
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.file_values import UNMEANT
from jdgen.yaml_files import parse_yaml, read_yaml
from tests.toolbox.data import problems_of
from tests.toolbox.soak import budget


def problems(content: str | bytes) -> list[str]:
    return problems_of(lambda: value(content))


def value(content: str | bytes) -> object:
    return parse_yaml(content if isinstance(content, bytes) else content.encode(), "f.yaml").value


def test_values_know_their_lines() -> None:
    file = parse_yaml(b"# remark\na: 1\nb:\n  - x\n  - c: >-\n      long\n      text\n", "f.yaml")
    assert file.value == {"a": 1, "b": ["x", {"c": "long text"}]}
    assert file.where(("a",)) == "f.yaml:2"
    assert file.where(("b", 0)) == "f.yaml:4"
    assert file.where(("b", 1, "c")) == "f.yaml:5"


def test_a_place_that_is_not_there_is_said_by_the_nearest_above_it() -> None:
    file = parse_yaml(b"a:\n\n  b: 1\n", "f.yaml")
    assert file.where(("a", "b", "c", 7)) == "f.yaml:3"
    assert file.where(("z",)) == "f.yaml:1"


def test_a_duplicate_key_is_refused_with_the_line_of_the_first() -> None:
    assert problems("a: 1\nb: 2\na: 3\n") == [
        "f.yaml:3: 'a' stands here a second time: keep one; the first is in line 1"
    ]


def test_every_duplicate_key_is_told_in_the_order_of_lines() -> None:
    assert problems("a: 1\nb: {c: 1, c: 2}\na: 3\n") == [
        "f.yaml:2: 'c' stands here a second time: keep one; the first is in line 2",
        "f.yaml:3: 'a' stands here a second time: keep one; the first is in line 1",
    ]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a: &x [1]\nb: *x\n", 2),
        ("a: &x text\nb: *x\n", 2),
        ("a: &x\n  - *x\n", 1),
        ("a: &x {k: v}\nb:\n  <<: *x\n", 3),
    ],
)
def test_an_anchor_used_again_is_refused(content: str, line: int) -> None:
    assert f"f.yaml:{line}: an anchor is used a second time (*name): write the text out where it is meant" in problems(
        content
    )


def test_anchors_that_multiply_are_refused_before_they_do() -> None:
    laughs = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    started = time.process_time()
    assert len(problems(laughs)) == 29 * 9
    assert time.process_time() - started < 5


def test_a_file_that_is_not_utf_8_is_refused_at_its_line() -> None:
    assert problems(b"a: 1\nb: caf\xe9\n") == ["f.yaml:2: is not UTF-8 text: save the file as UTF-8"]


def test_a_byte_order_mark_is_no_text() -> None:
    assert value(b"\xef\xbb\xbfa: 1\n") == {"a": 1}


def test_raw_control_characters_are_refused_each_at_its_line() -> None:
    assert problems("a: x\nb: \x07\nc: \x0cd\n") == [
        "f.yaml:2: control character U+0007: delete it",
        "f.yaml:3: control character U+000C: delete it",
    ]


@pytest.mark.parametrize("escape", [r"\a", r"\x07", r"\u0007", r"\U00000007"])
def test_escaped_control_characters_are_refused(escape: str) -> None:
    assert problems(f'a: x\nb: "{escape}"\n') == [f"f.yaml:2: control character U+0007: {UNMEANT}"]


def test_control_characters_in_a_key_are_refused() -> None:
    assert problems('a: x\n"b\\x1b[0m": y\n') == [f"f.yaml:2: control character U+001B: {UNMEANT}"]


@pytest.mark.parametrize("character", ["\ufffe", "\uffff", "\x7f", "\x80", "\x9f", "\x00", "\x0b"])
def test_whatever_xml_cannot_hold_is_refused(character: str) -> None:
    assert problems(f"a: {character}\n") == [f"f.yaml:1: control character U+{ord(character):04X}: delete it"]


def test_a_lone_surrogate_is_refused() -> None:
    assert problems('a: x\nb: "\\ud800"\n')[0].startswith("f.yaml:2: ")


def test_line_ends_and_composed_characters_are_made_one_form() -> None:
    assert value("a: |\r\n  one\r\n  cafe\u0301\r\n") == {"a": "one\ncafé\n"}


@pytest.mark.parametrize(
    "written", ["2026-11-24", "2026-11-24T10:00:00Z", "8:30", "0o17", "=", "12:30:45", ".inf", "1:20"]
)
def test_what_yaml_would_make_something_else_of_stays_text(written: str) -> None:
    assert value(f"a: {written}\n") == {"a": written}


def test_numbers_truth_and_nothing_keep_their_types() -> None:
    assert value("a: 7\nb: 37.5\nc: yes\nd: ~\ne:\nf: '7'\ng: no\n") == {
        "a": 7,
        "b": 37.5,
        "c": True,
        "d": None,
        "e": None,
        "f": "7",
        "g": False,
    }


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!mine", "!!binary"])
def test_a_tag_makes_nothing_but_text(tag: str) -> None:
    assert value(f"a: {tag} ls\n") == {"a": "ls"}


@pytest.mark.parametrize("levels", [41, 1000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")])
def test_deep_nesting_is_refused(levels: int, opening: str, closing: str) -> None:
    assert problems(opening * levels + "x" + closing * levels) == ["f.yaml:1: is nested too deeply: at most 40 levels"]


def test_nesting_that_would_bring_python_down_is_refused_at_once() -> None:
    started = time.process_time()
    assert problems("a: x\nb: " + "[" * 200_000) == ["f.yaml:2: is nested too deeply: at most 40 levels"]
    assert time.process_time() - started < 5


def test_forty_levels_are_read() -> None:
    assert problems("[" * 40 + "x" + "]" * 40) == []


def test_many_short_lists_are_not_deep() -> None:
    assert problems("- [1, {a: 2}]\n" * 100) == []


@pytest.mark.parametrize("content", ["", "# only a remark\n", "---\n", "\n\n"])
def test_an_empty_file_is_nothing(content: str) -> None:
    assert value(content) is None


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("a: 1\n b: 2\n", "f.yaml:2: cannot be read: "),
        ("a:\n\tb: 1\n", "f.yaml:2: cannot be read: "),
        ("a: 1\n---\nb: 2\n", "f.yaml:2: cannot be read: "),
        ("a: [1,\n", "f.yaml:2: cannot be read: "),
        ("a: who: what\n", "f.yaml:1: cannot be read: "),
    ],
)
def test_what_is_not_yaml_is_told_at_its_line(content: str, place: str) -> None:
    (problem,) = problems(content)
    assert problem.startswith(place)
    assert problem.endswith("mend the indentation, or put the text in quotes")


@pytest.mark.parametrize("between", ["", "## Division.\n", "#   post_number:\n\n"])
def test_an_example_taken_up_without_its_heading_is_told_of_the_heading(between: str) -> None:
    (problem,) = problems(f"title: Lead\n# own:\n{between}  division: Surgery\n")
    assert "where it belongs under line 2, 'own:', take the # and the space away there, too; else mend" in problem


def test_a_heading_that_something_else_stands_below_is_not_meant() -> None:
    (problem,) = problems("# own:\na: [1]\n b: 2\n")
    assert "belongs under" not in problem


def test_a_key_that_is_a_list_is_refused() -> None:
    assert problems("a: 1\n? [b, c]\n: d\n") == ["f.yaml:2: a key that is not text: write one word before the colon"]


def test_a_file_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    (problem,) = problems_of(lambda: read_yaml(tmp_path / "no.yaml", "no.yaml"))
    assert problem == "no.yaml: cannot be read (No such file or directory): name a file that you can open"


def test_a_folder_is_told_to_be_no_file(tmp_path: Path) -> None:
    (problem,) = problems_of(lambda: read_yaml(tmp_path, "folder"))
    assert problem.startswith("folder: cannot be read (")


def test_a_file_is_called_by_its_path_when_no_name_is_given(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("a: 1\n", encoding="utf-8")
    assert read_yaml(tmp_path / "x.yaml").where(("a",)) == f"{tmp_path / 'x.yaml'}:1"


def test_a_file_that_nobody_wrote_by_hand_is_refused() -> None:
    assert problems(b"#" * (16 * 2**20 + 1)) == ["f.yaml: is too large to be a file that people write: at most 16 MB"]


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@budget(20)
def test_no_text_does_worse_than_a_told_problem(text: str) -> None:
    for problem in problems(text):
        assert problem.startswith("f.yaml")


@given(st.binary(max_size=60))
@budget(20)
def test_no_bytes_do_worse_than_a_told_problem(content: bytes) -> None:
    for problem in problems(content):
        assert problem.startswith("f.yaml")


@given(st.dates(datetime.date(1900, 1, 1)))
@budget(20)
def test_no_date_is_ever_changed(day: datetime.date) -> None:
    assert value(f"a: {day.isoformat()}\n") == {"a": day.isoformat()}
