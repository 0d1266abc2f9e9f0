from __future__ import annotations

import datetime
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.text_files.values import UNMEANT
from jdgen.text_files.yaml_reading import parse_yaml, read_yaml
from tests.toolbox.data import problems_of
from tests.toolbox.soak import budget
from tests.toolbox.word import word_file


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


def test_a_word_file_is_told_as_one_and_not_as_text_in_another_encoding() -> None:
    (problem,) = problems(word_file("Job purpose"))
    assert problem.startswith("f.yaml: is a Word file, a workbook or a zip, and no text: name a plain text file")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a: [b, c\n", "f.yaml:2: cannot be read: a bracket is not closed: close it, or put the text in quotes"),
        (
            'a: "b\nc: d\n',
            "f.yaml:1: cannot be read: a quotation mark is not closed: end the text with the same mark",
        ),
        (
            "a: b: c\n",
            "f.yaml:1: cannot be read: a colon stands in a text that has no quotation marks: write 'b: c'",
        ),
        (
            "a: it's b: c\nd: e: f\n",
            "f.yaml:1: cannot be read: a colon stands in a text that has no quotation marks: write 'it''s b: c'",
        ),
        (
            "a: b\n  c: d\n",
            "f.yaml:2: cannot be read: a colon stands in a text that has no quotation marks: "
            "mend the indentation, or put the text in quotes",
        ),
    ],
)
def test_what_is_said_to_be_right_mends_what_is_wrong(content: str, expected: str) -> None:
    assert problems(content)[0] == expected


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
    "text", ["2026-11-24", "2026-11-24T10:00:00Z", "8:30", "0o17", "=", "12:30:45", ".inf", "1:20"]
)
def test_what_yaml_would_make_something_else_of_stays_text(text: str) -> None:
    assert value(f"a: {text}\n") == {"a": text}


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
        ("a: 1\nb: - c\n", "f.yaml:2: cannot be read: "),
    ],
)
def test_what_is_not_yaml_is_told_at_its_line(content: str, place: str) -> None:
    (problem,) = problems(content)
    assert problem.startswith(place)
    assert problem.endswith("mend the indentation, or put the text in quotes")


KEYS = "title: Lead\nband: 7\n"
HYPHEN = "an entry of a list has to begin with a hyphen and a space"
PLAIN_SPACE = "a space of another kind than the space bar's stands where a line begins or behind a colon"
OTHER_QUOTES = "put all of the text in quotation marks of the other kind"


@pytest.mark.parametrize(
    ("content", "messages"),
    [
        ("title:Lead\nband: 7\n", ["1: no space behind 'title:': write 'title: Lead'"]),
        (
            f"{KEYS}hours:37\nbase:Moor\nas: 1\n",
            ["3: no space behind 'hours:': write 'hours: 37'", *["4: no space behind 'base:': write 'base: Moor'"]],
        ),
        (f"{KEYS}hours:37\n", ["3: no space behind 'hours:': write 'hours: 37'"]),
        ("title; Lead\nband: 7\n", ["1: no colon behind 'title': write 'title: Lead'"]),
        (f"{KEYS}values:\n- Kind\n-Calm\nhours: 37\n", [f"5: {HYPHEN}: write '- Calm'"]),
        (
            f"{KEYS}values:\n-Kind\n-Calm\nhours: 37\n",
            [f"{line}: {HYPHEN}: write '- {word}'" for line, word in ((4, "Kind"), (5, "Calm"))],
        ),
        (f"{KEYS}values:\n– Kind\nhours: 37\n", [f"4: {HYPHEN}: write '- Kind'"]),
        (
            f"{KEYS}base: 'St Mary's'\nhours: 37\n",
            [f"3: the text goes on behind a quotation mark that closes it: {OTHER_QUOTES}"],
        ),
        (
            f'{KEYS}base: "Old" wing\nhours: 37\n',
            [f"3: the text goes on behind a quotation mark that closes it: {OTHER_QUOTES}"],
        ),
        (
            f"{KEYS}hours: %60\nbase: @home\n",
            [
                "3: a text that begins with % needs quotation marks: write '%60'",
                "4: a text that begins with @ needs quotation marks: write '@home'",
            ],
        ),
        ("title:\u00a0Lead\nband: 7\n", [f"1: {PLAIN_SPACE}: type plain spaces there"]),
        (f"{KEYS}own:\n\tx: y\n", ["4: a tab stands where a line begins or behind a colon: type plain spaces there"]),
        (
            f"{KEYS}purpose: One.\n\nTwo.\nhours: 37\n",
            [
                "5: a line has no word with a colon and is not indented: "
                "indent it by two spaces, if it goes on with the text above"
            ],
        ),
    ],
)
def test_what_people_get_wrong_is_told_where_it_is_and_all_at_once(content: str, messages: list[str]) -> None:
    assert problems(content) == [each.replace(": ", ": cannot be read: ", 1).join(["f.yaml:", ""]) for each in messages]


def test_a_file_that_is_one_text_for_want_of_spaces_is_told_so() -> None:
    assert problems("title:Lead\nband:7\n") == [
        "f.yaml:1: no space behind 'title:': write 'title: Lead'",
        "f.yaml:2: no space behind 'band:': write 'band: 7'",
    ]


def test_a_file_of_two_parts_is_told_of_the_line_between_them() -> None:
    assert problems("a: 1\n---\nb: 2\n") == ["f.yaml:2: cannot be read: --- divides it in two: delete that line"]


def test_where_a_quotation_mark_is_not_closed_its_beginning_is_told() -> None:
    (problem,) = problems(f"{KEYS}base: 'Moor\nhours: 37\nvalues: Kind\n")
    assert problem.startswith("f.yaml:3: cannot be read: a quotation mark is not closed: ")


@pytest.mark.parametrize("block", [">", "|", ">-"])
def test_a_block_is_not_blamed_for_what_stands_behind_it(block: str) -> None:
    (problem,) = problems(f"{KEYS}purpose: {block}\n    deep:er\n  less\n")
    assert "needs quotation marks" not in problem


@pytest.mark.parametrize("bullet", "•–")
def test_lines_with_typed_bullets_stay_lines(bullet: str) -> None:
    lines = f"{bullet} Kind\n  {bullet} Calm, at all times"
    assert value(f"values:\n  {lines}\nhours: 37\n") == {"values": lines.replace("\n  ", "\n"), "hours": 37}
    assert value(f"values: {bullet} Kind\n  and so on\n") == {"values": f"{bullet} Kind and so on"}


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
