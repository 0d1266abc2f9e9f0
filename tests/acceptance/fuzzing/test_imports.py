"""Spoilt publications: a framework that loads and holds against its source, or problems with a place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jdgen.errors import JdgenError
from jdgen.framework.reading import framework_of
from jdgen.importing.importing import About, import_framework
from jdgen.text_files.yaml_reading import parse_yaml
from tests.acceptance.fuzzing.outcomes import assert_placed
from tests.acceptance.fuzzing.test_templates import BUDGET
from tests.toolbox import publications as layouts
from tests.toolbox.data import SOURCE_TEXT

ABOUT = About("spoilt", "1", reviewed=True)
PIECES = (
    "\t",
    "\n",
    "6",
    "8A",
    "<ul>",
    "•",
    "&amp;",
    '"',
    ",",
    "'",
    ": ",
    "# ",
    "\x07",
    "\u2028",
    "\ufeff",
    "\r",
    "PMO",
)
CUTS = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 200), st.sampled_from(PIECES) | st.text(max_size=5)),
    min_size=1,
    max_size=8,
)
CSV_TEXT = layouts.comma_separated().decode()


def outcome(text: str, name: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    try:
        imported = import_framework(content, name, ABOUT, None, "spoilt.yaml")
    except JdgenError as error:
        assert_placed(error, "spoilt")
        return
    assert framework_of(parse_yaml(imported.text.encode(), "spoilt.yaml")) == imported.framework


def spoilt(text: str, cuts: list[tuple[float, int, str]]) -> str:
    for place, length, piece in cuts:
        start = int(place * len(text))
        text = text[:start] + piece + text[start + length :]
    return text


@BUDGET
@given(CUTS)
def test_spoilt_text(cuts: list[tuple[float, int, str]]) -> None:
    outcome(spoilt(SOURCE_TEXT, cuts), "spoilt.txt")


@BUDGET
@given(CUTS)
def test_spoilt_csv(cuts: list[tuple[float, int, str]]) -> None:
    outcome(spoilt(CSV_TEXT, cuts), "spoilt.csv")


@BUDGET
@given(st.text(st.sampled_from("\t\n678ABCD PMO,;\"'•<>&"), max_size=200), st.sampled_from((".txt", ".csv")))
def test_anything(text: str, suffix: str) -> None:
    outcome(text, f"spoilt{suffix}")
