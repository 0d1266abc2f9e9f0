"""The long form: what each of its rows means, and that a framework written in it is read again as it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.framework.declared_levels import make_scale
from jdgen.framework.model import Framework, Heading, RowKind, SourcePlace, Specialism, Statement
from jdgen.framework.reading import load_framework
from jdgen.importing.framework_text import long_form
from jdgen.importing.importing import About, import_framework
from jdgen.levels import AFC, NO_LEVELS, Scale
from tests.importing.published import comma_separated, imported, levels_of, what_weighs
from tests.toolbox.data import DATA, problems_of

SHIPPED = load_framework(DATA / "frameworks/nhs-pccf.yaml")
HEADS = ("specialism", "kind", "group", "heading", "level", "text", "skill", "skill level")
SKILLS = make_scale("skill level", ["Awareness", "Working", "Expert"])


def row(**values: str) -> tuple[str, ...]:
    return tuple(values.get(head.replace(" ", "_"), "") for head in HEADS)


def read(*rows: tuple[str, ...], scale: Scale | None = None, skills: Scale | None = SKILLS) -> Any:
    about = About("tea", "1", scale=scale, skill_scale=skills)
    return import_framework(comma_separated(HEADS, *rows, above=()), "tea.csv", about, None, "out.yaml")


def test_each_row_means_what_it_fills() -> None:
    reading = read(
        row(specialism="Tea keeper", kind="description", text="Keeps tea."),
        row(specialism="Tea keeper", group="Kitchen", heading="Brewing", level="5", text="Boils water."),
        row(specialism="Tea keeper", group="Kitchen", heading="Brewing", level="7", text="Sets how."),
        row(specialism="Tea keeper", kind="knowledge", heading="Leaves", text="Knows leaves."),
        row(specialism="Tea keeper", level="5 to 6", skill="Pouring", skill_level="Working"),
        row(specialism="Tea keeper", skill="Counting"),
        row(skill="Pouring", text="Pouring tea into cups."),
        row(skill="Pouring", skill_level="Working", text="Pours alone."),
    )
    (keeper,) = reading.framework.specialisms
    assert (keeper.title, keeper.description.text, str(keeper.levels)) == ("Tea keeper", "Keeps tea.", "5 to 7")
    (brewing,) = keeper.headings
    assert brewing.covers_some
    assert levels_of(reading, "Brewing") == [("5", "Boils water."), ("7", "Sets how.")]
    assert [(row.kind, row.statements[0].levels) for row in keeper.person_rows] == [(RowKind.KNOWLEDGE, None)]
    (required,) = keeper.required_skills
    assert (required.skill, str(required.at), str(required.levels)) == ("pouring", "Working", "5 to 6")
    assert keeper.chosen_skills == ("counting",)
    pouring, counting = reading.framework.skills
    assert (pouring.text, [descriptor.text for descriptor in pouring.descriptors]) == (
        "Pouring tea into cups.",
        ["Pours alone."],
    )
    assert counting.descriptors == ()
    assert what_weighs(reading) == []


def test_several_rows_of_one_level_are_the_entries_of_a_list() -> None:
    reading = read(*(row(specialism="Tea", heading="Serving", level="5", text=text) for text in ("Pours.", "Carries.")))
    (statement,) = reading.framework.specialisms[0].headings[0].statements
    assert statement.entries == ("Pours.", "Carries.")
    assert not [doubt for doubt in reading.doubts if "out.yaml" in str(doubt.place)]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (row(specialism="Tea", heading="Serving", level="Jnr", text="Pours."), "cell 5: 'Jnr' is no band"),
        (row(specialism="Tea", kind="dooty", heading="Serving", text="Pours."), "cell 2: 'dooty' is no kind of row"),
        (row(specialism="Tea", text="Pours."), "cell 1: the text stands under no heading"),
        (row(specialism="Tea", heading="Serving"), "cell 1: the row says nothing"),
        (row(specialism="Tea", level="5", skill="Pouring"), "cell 1: the skill 'Pouring' has no level here"),
        (row(skill="Pouring", skill_level="Working"), "cell 7: the row says nothing"),
    ],
)
def test_what_cannot_be_meant_is_told_at_its_place(line: tuple[str, ...], what: str) -> None:
    sound = row(specialism="Tea", heading="Brewing", level="5", text="Brews.")
    (problem,) = problems_of(lambda: read(sound, line))
    assert problem.startswith(f"tea.csv, line 3, {what}")


def test_levels_that_nobody_has_told_are_taken_in_their_order_and_that_is_told() -> None:
    rows = [row(specialism="Tea", heading="Brewing", level=level, text=f"As {level}.") for level in ("Low", "High")]
    reading = read(row(specialism="Tea", kind="description", level="Low-High", text="Tea."), *rows, skills=None)
    assert reading.framework.scale.names == ("Low", "High")
    assert [what.partition(":")[0] for what in what_weighs(reading)] == ["nothing says which level is above which"]


def test_without_levels_it_is_a_framework_without() -> None:
    reading = read(
        row(specialism="Tea", heading="Brewing", text="Brews."), row(specialism="Tea", heading="Brewing", text="Stirs.")
    )
    assert reading.framework.scale == NO_LEVELS
    assert levels_of(reading, "Brewing") == [("None", "Brews."), ("None", "Stirs.")]


# Written and read again.


def contents_of(framework: Framework) -> Any:
    """All that a framework says, without ids and places."""
    titles = {skill.id: skill.title for skill in framework.skills}
    return (
        [
            (
                specialism.title,
                specialism.description.text if specialism.description else None,
                str(specialism.levels),
                [
                    (
                        kind,
                        row.group,
                        row.title,
                        row.covers_some,
                        [(str(s.levels), s.text, s.entries) for s in row.statements],
                    )
                    for kind, row in specialism.kinds
                ],
                sorted((titles[need.skill], str(need.at), str(need.levels)) for need in specialism.required_skills),
                [titles[skill] for skill in specialism.chosen_skills],
            )
            for specialism in framework.specialisms
        ],
        sorted(
            (skill.title, skill.group, skill.text, [(str(d.level), d.text, d.entries) for d in skill.descriptors])
            for skill in framework.skills
        ),
    )


def again(framework: Framework, kind: str, earlier: Framework | None = None) -> Framework:
    skills = framework.skills[0].scale if framework.skills else None
    about = About(framework.id, "2", scale=framework.scale, skill_scale=skills)
    return import_framework(long_form(framework, f"x.{kind}"), f"x.{kind}", about, earlier, "x.yaml").framework


FRAMEWORKS = {
    "shipped": SHIPPED,
    **{
        path.stem: load_framework(path)
        for path in sorted((Path(__file__).parents[1] / "data").rglob("*.yaml"))
        if "\nspecialisms:" in path.read_text()
    },
}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", FRAMEWORKS)
def test_a_framework_is_read_again_as_it_was_written(name: str, kind: str) -> None:
    assert contents_of(again(FRAMEWORKS[name], kind)) == contents_of(FRAMEWORKS[name])


def test_ids_are_kept_from_the_earlier_version() -> None:
    framework = again(SHIPPED, "csv", SHIPPED)
    ids = [
        [s.id for specialism in each.specialisms for row in specialism.rows for s in row.statements]
        for each in (SHIPPED, framework)
    ]
    assert ids[0] == ids[1]


WORDS = ("Plans", "care", "Leads", "team", "rules", "&", "10%", "=SUM", "of,", "work;", "(all)")
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6)
sentences = words.map(" ".join)
_NOWHERE = SourcePlace(1)


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """A framework with one specialism of some kinds of rows, over bands or levels of its own, or without levels."""
    scale = draw(st.sampled_from([AFC, make_scale("level", ["Low", "Mid-level", "Top"]), NO_LEVELS]))
    levels = scale.levels[4:8] if scale == AFC else scale.levels
    kinds = st.sampled_from([RowKind.DUTY, RowKind.KNOWLEDGE, RowKind.VALUE])
    titles = draw(st.lists(sentences, min_size=1, max_size=5, unique_by=lambda title: title.casefold()))
    rows = [
        (draw(kinds) if number else RowKind.DUTY, draw(_heading(title, number, levels)))
        for number, title in enumerate(titles)
    ]
    person = [replace(row, kind=kind) for kind, row in rows if kind is not RowKind.DUTY]
    specialism = Specialism(
        id="one",
        title="One",
        levels=scale.between(levels[0], levels[-1]),
        description=None,
        role_categories=(),
        complexity=None,
        complexity_narrative=None,
        headings=tuple(row for kind, row in rows if kind is RowKind.DUTY),
        entry_routes=(),
        qualifications=None,
        person_rows=tuple(
            sorted(person, key=lambda row: [RowKind.KNOWLEDGE, RowKind.VALUE].index(row.kind or RowKind.VALUE))
        ),
    )
    return Framework("f", "F", "P", "1", "given", "none", "f.txt", "0" * 64, (), (specialism,), scale)


@st.composite
def _heading(draw: st.DrawFn, title: str, number: int, levels: Any) -> Heading:
    texts = [draw(st.one_of(sentences, st.lists(sentences, min_size=1, max_size=3))) for _ in levels]
    is_for_all = draw(st.booleans()) or levels[0].scale.is_empty
    ranges = [None] if is_for_all else [levels[0].scale.between(level, level) for level in levels]
    statements = tuple(
        Statement(
            f"s{number}.{n}",
            range_,
            _NOWHERE,
            text if isinstance(text, str) else "",
            () if isinstance(text, str) else tuple(text),
        )
        for n, (range_, text) in enumerate(zip(ranges, texts, strict=False))
    )
    return Heading(f"h{number}", title, _NOWHERE, statements, group="A group" if number % 2 else "Another")


@given(frameworks())
def test_any_framework_is_read_again_as_it_was_written(framework: Framework) -> None:
    groups = {row.group for row in framework.specialisms[0].rows}
    if len(groups) < 2:  # one group over all rows tells nothing apart, and is not kept
        framework = _without_groups(framework)
    assert contents_of(again(framework, "csv")) == contents_of(framework)


def _without_groups(framework: Framework) -> Framework:
    (specialism,) = framework.specialisms
    headings = tuple(replace(row, group="") for row in specialism.headings)
    person = tuple(replace(row, group="") for row in specialism.person_rows)
    return replace(framework, specialisms=(replace(specialism, headings=headings, person_rows=person),))


def test_a_kind_of_file_that_is_none_is_told() -> None:
    assert problems_of(lambda: long_form(SHIPPED, "x.docx"))[0].startswith("--output: '.docx' is no kind of file")


def test_the_long_form_is_known_by_its_heads_and_a_strange_column_is_told() -> None:
    rows = (("Heading", "Level", "TEXT", "Owner"), ("Brewing", "5", "Brews.", "Kim"))
    reading = imported(comma_separated(*rows, above=()), "csv", AFC, specialism="Tea")
    assert "the column 'Owner' is none of the long form, and is not read" in what_weighs(reading)
