from __future__ import annotations

import pytest
import yaml

from jdgen.text_files.yaml_writing import MarkedCopy

TEXT = """\
# Ours.
version: '1'  # of this file
entries:
  # The first.
  - id: one
    text: >-
      A folded text
      # that is no comment

      of several lines
  - {id: two, names: [a, 'b'], text: "x"}   # behind it

  # The third.
  - id: three
    text: last
other: []
"""


def test_names_are_written_in_the_quotes_that_were_there() -> None:
    copy = MarkedCopy(TEXT)
    copy.rename(("entries", 1, "names", 0), "longer")
    copy.rename(("entries", 1, "names", 1), "it's")
    copy.rename(("entries", 2, "id"), "no: plain name")
    copy.rename(("version",), "2")
    text, _ = copy.finish()
    assert "  - {id: two, names: [longer, 'it''s'], text: \"x\"}   # behind it\n" in text
    assert "  - id: 'no: plain name'\n" in text
    assert "version: '2'  # of this file\n" in text
    assert yaml.safe_load(text)["entries"][1]["names"] == ["longer", "it's"]


def test_a_mark_stands_above_its_entry_indented_like_it_once() -> None:
    copy = MarkedCopy(TEXT)
    copy.mark(("entries", 1), "To decide: this")
    text, lines = copy.finish()
    assert "      of several lines\n  # To decide: this\n  - {id: two" in text
    assert text.split("\n")[lines[("entries", 1)] - 1].startswith("  - {id: two")
    again = MarkedCopy(text)
    again.mark(("entries", 1), "To decide: this")
    assert again.finish()[0] == text
    assert yaml.safe_load(text) == yaml.safe_load(TEXT)


def test_a_long_mark_goes_on_in_further_lines_and_no_line_of_somebody_else_s_ends_the_comment() -> None:
    copy = MarkedCopy(TEXT)
    copy.mark(("entries", 0), "To decide: " + "word\u2028\n" * 40)
    text, _ = copy.finish()
    assert yaml.safe_load(text) == yaml.safe_load(TEXT)
    assert max(map(len, text.split("\n"))) <= 116


@pytest.mark.parametrize("number", [0, 1, 2])
def test_an_entry_is_kept_as_a_comment_with_all_its_lines_and_no_other(number: int) -> None:
    copy = MarkedCopy(TEXT)
    assert copy.drop(("entries", number))
    text, _ = copy.finish()
    remaining = yaml.safe_load(text)
    assert remaining["entries"] == [entry for at, entry in enumerate(yaml.safe_load(TEXT)["entries"]) if at != number]
    before, after = TEXT.split("\n"), text.split("\n")
    assert len(before) == len(after)
    for line, new_line in zip(before, after, strict=True):
        assert new_line in (line, line.replace(line.lstrip(), f"# {line.lstrip()}"))


def test_a_list_of_which_every_entry_is_a_comment_is_empty() -> None:
    copy = MarkedCopy(TEXT)
    for number in range(3):
        assert copy.drop(("entries", number))
    text, _ = copy.finish()
    assert yaml.safe_load(text) == {"version": "1", "entries": [], "other": []}


def test_an_entry_that_shares_its_line_is_left_as_it_is() -> None:
    copy = MarkedCopy("entries: [{id: one}, {id: two}]\n")
    assert not copy.drop(("entries", 0))
    assert not copy.drop(("entries", 1))
    assert copy.finish()[0] == "entries: [{id: one}, {id: two}]\n"


def test_ends_of_lines_and_letters_of_any_kind_stay() -> None:
    text = TEXT.replace("Ours", "Ünsere 𝔸").replace("\n", "\r\n")
    copy = MarkedCopy(text)
    copy.rename(("entries", 2, "id"), "drei")
    copy.mark(("entries", 2), "To decide: this")
    assert copy.drop(("entries", 0))
    copy_text, _ = copy.finish()
    assert copy_text.count("\n") == copy_text.count("\r\n") == text.count("\n") + 1
    assert "  # To decide: this\r\n  - id: drei\r\n" in copy_text
    assert copy_text.startswith("# Ünsere 𝔸.\r\n")
