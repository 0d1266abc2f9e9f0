"""Every kind of change between two versions of a framework is found, and named as what it is."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.framework.comparison import ChangeKind, StatementChange, compare
from jdgen.framework.comparison_page import comparison_page
from jdgen.framework.model import Framework, Specialism, Statement
from jdgen.framework.passages import passages
from jdgen.framework.reading import load_framework
from jdgen.levels import Band, Level
from jdgen.word_changes import word_changes
from tests.toolbox.data import DATA, FRAMEWORK_TEXT, change_text

SHIPPED = load_framework(DATA / "frameworks/nhs-pccf.yaml")
#: Pieces of the shipped file that the tests change.
BUDGET = "Manage the budget"
pieces = st.lists(st.sampled_from(["plan", "plans", " ", "\n", "R&D", "8a", ".", "–", "co-ordinate", "don’t"])).map(
    "".join
)


def version(folder: Path, *edits: tuple[str, str]) -> Framework:
    text = FRAMEWORK_TEXT
    for old, new in edits:
        text = change_text(text, old, new)
    path = folder / "new.yaml"
    path.write_text(text, encoding="utf-8")
    return load_framework(path)


def id_and_kinds(change: StatementChange) -> tuple[str, tuple[ChangeKind, ...], bool]:
    return change.passage.id, change.kinds, change.is_guess


def test_a_version_is_like_itself() -> None:
    comparison = compare(SHIPPED, SHIPPED)
    assert (comparison.changes, comparison.renamed_headings, comparison.moved_headings) == ((), (), ())
    assert comparison.unchanged == len(list(passages(SHIPPED))) > 60


def test_passages_are_all_that_is_published() -> None:
    published_passages = list(passages(SHIPPED))
    statements = [statement for row in SHIPPED.specialisms[0].rows for statement in row.statements]
    assert {statement.id for statement in statements} <= {passage.id for passage in published_passages}
    assert len({passage.id for passage in published_passages}) == len(published_passages)
    assert all(passage.text for passage in published_passages)


@given(pieces, pieces)
def test_words_taken_out_and_put_in_make_both_texts(old: str, new: str) -> None:
    changes = list(word_changes(old, new))
    assert "".join(change.old for change in changes) == old
    assert "".join(change.new for change in changes) == new
    assert all(change.is_same != following.is_same for change, following in itertools.pairwise(changes))


def test_words_that_changed_are_named_and_no_others() -> None:
    changes = word_changes("Agree plans with leads.", "Agree budgets with all leads.")
    assert [(change.old, change.new) for change in changes if not change.is_same] == [
        ("plans", "budgets"),
        ("", "all "),
    ]


@pytest.mark.parametrize("swapped", [False, True])
def test_added_is_withdrawn_the_other_way(tmp_path: Path, swapped: bool) -> None:
    new = version(
        tmp_path,
        (
            '  - {id: capability-development, name: "Capability development"',
            '  - {id: horizon-scanning, name: "Horizon scanning", source: {line: 18, cell: 1}}\n'
            '  - {id: capability-development, name: "Capability development"',
        ),
    )
    comparison = compare(new, SHIPPED) if swapped else compare(SHIPPED, new)
    assert [id_and_kinds(change) for change in comparison.changes] == [
        ("competence.horizon-scanning", (ChangeKind.WITHDRAWN if swapped else ChangeKind.ADDED,), False)
    ]
    assert comparison.changes[0].levels == ()
    assert compare(comparison.old, comparison.new, Band("6")).changes == comparison.changes


def statement_lines(statement: str) -> tuple[str, str]:
    """The lines of the shipped file that begin a statement, and its text's first line."""
    start = FRAMEWORK_TEXT.index(f"id: {statement}\n")
    return f"id: {statement}\n", FRAMEWORK_TEXT[start:].split(">-\n")[1].split("\n")[0].strip()


def test_reworded_is_told_word_by_word_with_its_bands(tmp_path: Path) -> None:
    _, line = statement_lines("pmo.leadership.6")
    first = line.split()[0]
    comparison = compare(SHIPPED, version(tmp_path, (line, line.replace(first, "Actively", 1))))
    (change,) = comparison.changes
    assert id_and_kinds(change) == ("pmo.leadership.6", (ChangeKind.REWORDED,), False)
    assert (change.words[0].old, change.words[0].new) == (first, "Actively")
    assert change.before is not None
    assert change.levels == tuple(change.before.levels or ())
    assert compare(comparison.old, comparison.new, Band("8d")).changes == ()


def test_a_new_id_is_a_guess_and_says_so(tmp_path: Path) -> None:
    start, line = statement_lines("pmo.leadership.6")
    words = line.rsplit(" ", 1)
    new = version(tmp_path, (start, "id: pmo.leadership.new\n"), (line, f"{words[0]} sound {words[1]}"))
    (change,) = compare(SHIPPED, new).changes
    assert id_and_kinds(change) == ("pmo.leadership.new", (ChangeKind.REWORDED,), True)
    assert change.before is not None
    assert change.before.id == "pmo.leadership.6"


def test_a_new_id_alone_is_no_change(tmp_path: Path) -> None:
    start, _ = statement_lines("pmo.leadership.6")
    comparison = compare(SHIPPED, version(tmp_path, (start, "id: pmo.leadership.new\n")))
    assert comparison.changes == ()


def levels_of(statement: Statement) -> list[Level]:
    assert statement.levels is not None
    return list(statement.levels)


def test_a_range_that_changed_names_the_bands_that_differ(tmp_path: Path) -> None:
    rows = [row for row in SHIPPED.specialisms[0].headings if not row.readings]
    neighbours = [pair for row in rows for pair in itertools.pairwise(row.statements)]
    lower, upper = next(pair for pair in neighbours if len(levels_of(pair[1])) > 1)
    text = FRAMEWORK_TEXT
    first, second = (text.index(f"id: {statement.id}\n") for statement in (lower, upper))
    bands = [text[at : text.index("\n", text.index("bands:", at))] for at in (first, second)]
    wider = bands[0].rsplit("'", 2)[0] + f"'{lower.levels.lowest}-{upper.levels.lowest}'"
    rest = levels_of(upper)[1:]
    narrower = bands[1].rsplit("'", 2)[0] + f"'{rest[0]}-{rest[-1]}'"
    comparison = compare(SHIPPED, version(tmp_path, (bands[0], wider), (bands[1], narrower)))
    assert [id_and_kinds(change) for change in comparison.changes] == [
        (lower.id, (ChangeKind.RELEVELLED,), False),
        (upper.id, (ChangeKind.RELEVELLED,), False),
    ]
    assert [change.levels for change in comparison.changes] == [(upper.levels.lowest,)] * 2


def test_a_renamed_heading_is_no_change_of_its_statements(tmp_path: Path) -> None:
    title = SHIPPED.specialisms[0].headings[0].title
    comparison = compare(SHIPPED, version(tmp_path, (f"title: {title}\n", "title: Leading others\n")))
    assert comparison.changes == ()
    assert [(heading.before, heading.after) for heading in comparison.renamed_headings] == [(title, "Leading others")]


def test_a_heading_in_another_place_is_moved_and_its_statements_are_not_changed() -> None:
    (specialism,) = SHIPPED.specialisms
    first, second, *others, last = specialism.headings
    comparison = compare(
        SHIPPED, replace(SHIPPED, specialisms=(replace(specialism, headings=(last, second, first, *others)),))
    )
    assert comparison.changes == ()
    assert [(heading.title, heading.after) for heading in comparison.moved_headings] == [
        (last.title, specialism.complexity_narrative.title),
        (second.title, last.title),
    ]


def test_at_a_level_only_what_a_document_shows_is_counted_and_told() -> None:
    (pmo,) = SHIPPED.specialisms
    first, *others, last = pmo.headings
    # A heading that documents at band 6 do not have is renamed, moved and put into another group.
    last = replace(last, statements=last.statements[-1:])
    old = replace(SHIPPED, specialisms=(replace(pmo, headings=(first, *others, last)),))
    changed_last = replace(last, title="Leading others", group="Of its own")
    new = replace(SHIPPED, specialisms=(replace(pmo, headings=(changed_last, first, *others)),))
    low, high = (compare(old, new, Band(band)) for band in ("6", "8d"))
    assert (low.renamed_headings, low.moved_headings, low.elsewhere) == ((), (), ())
    assert [len(each) for each in (high.renamed_headings, high.moved_headings, high.elsewhere)] == [1, 1, 1]
    passages_shown = [passage for passage in passages(new) if passage.levels is None or Band("8d") in passage.levels]
    assert high.unchanged == len(passages_shown) < compare(old, new).unchanged


def flags() -> Specialism:
    """A chapter of one heading, and of one statement."""
    (pmo,) = SHIPPED.specialisms
    (statement, *_) = pmo.headings[0].statements
    heading = replace(
        pmo.headings[0], statements=(statement._replace(id="flags.1", text="Hoists flags.", levels=None),)
    )
    plain = {"description": None, "complexity": None, "complexity_narrative": None, "qualifications": None}
    return replace(pmo, id="flags", title="Flags", headings=(heading,), role_categories=(), entry_routes=(), **plain)  # type: ignore[arg-type]  # what is none may be missing


def test_a_version_that_publishes_one_chapter_withdraws_no_other() -> None:
    both = replace(SHIPPED, specialisms=(*SHIPPED.specialisms, flags()))
    newer = replace(SHIPPED, version="2", supersedes=SHIPPED.version)
    comparison = compare(both, newer)
    assert (comparison.changes, comparison.untouched) == ((), ("Flags",))
    with_withdrawal = compare(both, replace(newer, withdrawn=("flags",)))
    assert {kind for change in with_withdrawal.changes for kind in change.kinds} == {ChangeKind.WITHDRAWN}
    assert {change.passage.specialism for change in with_withdrawal.changes} == {"flags"}
    assert with_withdrawal.untouched == ()
    assert "Not in it, and as before: Flags." in comparison_page(comparison)
    assert "Not in it" not in comparison_page(with_withdrawal)


def test_what_is_called_otherwise_is_the_same() -> None:
    (pmo,) = SHIPPED.specialisms
    renamed = replace(pmo.headings[0], id="leading", title="Leading", former=("leadership",))
    office = replace(pmo, id="office", title="Office", former=("pmo",), headings=(renamed, *pmo.headings[1:]))
    comparison = compare(SHIPPED, replace(SHIPPED, version="2", specialisms=(office,)))
    assert comparison.changes == ()
    assert [(heading.id, heading.before, heading.after) for heading in comparison.renamed_headings] == [
        ("office.office", "PMO", "Office"),
        ("office.leading", "Leadership", "Leading"),
    ]
    assert (comparison.moved_headings, comparison.untouched) == ((), ())
