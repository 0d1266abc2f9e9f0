"""The framework file that an import writes, and ids that stay from version to version."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from jdgen.framework.model import Framework, Heading, RowKind, SourcePlace, Statement
from jdgen.framework.reading import framework_of
from jdgen.importing.framework_text import framework_yaml
from jdgen.importing.headings import heading_id, statement_ids
from jdgen.levels import BandRange
from jdgen.text_files.yaml_reading import parse_yaml
from jdgen.words import forbidden_characters, normalise
from tests.toolbox.data import FRAMEWORK_TEXT, shipped_library
from tests.toolbox.soak import budget

SHIPPED = shipped_library().framework
PMO = shipped_library().specialism
# What every reader hands on: text in one line, each stretch of white space one space.
TEXTS = (
    st.text(min_size=1, max_size=300)
    .map(lambda text: " ".join(normalise(text).split()))
    .filter(lambda text: text and not forbidden_characters(text))
)


def read(text: str) -> Framework:
    return framework_of(parse_yaml(text.encode(), "written.yaml"))


def test_reading_what_was_written_gives_the_framework() -> None:
    assert read(framework_yaml(SHIPPED, "columns")) == SHIPPED


def test_the_form_is_that_of_the_shipped_file() -> None:
    lines = set(framework_yaml(SHIPPED, "columns").splitlines())
    keys = [line for line in FRAMEWORK_TEXT.splitlines() if line.lstrip().startswith(("- id:", "bands:", "source: {"))]
    assert keys
    assert [line for line in keys if line not in lines] == []
    assert max(map(len, lines)) <= 120


@budget(8)
@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=3), TEXTS)
def test_any_text_comes_back_as_it_was(text: str, entries: list[str], title: str) -> None:
    first, *others = PMO.headings
    statements = (
        first.statements[0]._replace(text=text),
        first.statements[1]._replace(text="", entries=tuple(entries)),
        *first.statements[2:],
    )
    pmo = replace(PMO, headings=(replace(first, title=title, statements=statements), *others))
    framework = replace(SHIPPED, specialisms=(pmo,), version=title, publisher=title, licence=text)
    assert read(framework_yaml(framework, text)) == framework


def heading(*statements: tuple[str, str, str]) -> Heading:
    place = SourcePlace(1, 1)
    return Heading(
        "h", "H", place, tuple(Statement(id_, BandRange.parse(bands), place, text) for id_, text, bands in statements)
    )


def ids(earlier: Heading | None, *statements: tuple[str, str]) -> list[str]:
    return statement_ids("pmo.h", [(text, BandRange.parse(bands)) for text, bands in statements], earlier)


def test_new_statements_are_named_by_their_bands() -> None:
    assert ids(None, ("a", "6"), ("b", "7-8a")) == ["pmo.h.6", "pmo.h.7-8a"]


def test_a_statement_keeps_its_id_by_its_text_then_by_its_bands() -> None:
    earlier = heading(("one", "a", "6"), ("two", "b", "7-8a"), ("three", "c", "8b-8d"))
    assert ids(earlier, ("b", "6-7"), ("new", "8a"), ("other", "8b-8d")) == ["two", "pmo.h.8a", "three"]


def test_equal_texts_are_told_apart_by_their_bands() -> None:
    earlier = heading(("one", "same", "6"), ("two", "same", "7"))
    assert ids(earlier, ("same", "7"), ("same", "6")) == ["two", "one"]


def test_no_id_is_given_twice() -> None:
    earlier = heading(("pmo.h.7", "a", "7"))
    assert ids(earlier, ("a", "6"), ("b", "7")) == ["pmo.h.7", "pmo.h.7-2"]


def test_headings_are_named_by_their_titles_or_as_they_were() -> None:
    assert heading_id(RowKind.DUTY, "Risks & Issues", (), ()) == "risks-issues"
    assert heading_id(RowKind.DUTY, "Risks & Issues", (), ["risks-issues"]) == "risks-issues-2"
    assert heading_id(RowKind.QUALIFICATION, "Typical Qualifications", (), ()) == "qualifications"
    assert heading_id(RowKind.DUTY, "风险", (), ()) == "heading"
    earlier = replace(heading(("one", "a", "6")), title="Project  Performance & controls", id="performance")
    assert heading_id(RowKind.DUTY, "Project Performance & Controls", [earlier], ()) == "performance"
