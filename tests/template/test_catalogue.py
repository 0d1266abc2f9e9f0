"""The catalogue has every field of the draft, with meaning and example, and each can be printed by a real template.

Of one template it tells which fields it uses and where, what it repeats, and how it is filled.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from jdgen.app import documents as generation
from jdgen.drafting import model
from jdgen.drafting.field_meaning import Meaning
from jdgen.drafting.model import Block, CriterionGroup, JobDescription, Picture, Requirement
from jdgen.post.fields import FIELDS as POST_FIELDS
from jdgen.post.reading import entries_of_options, post_of
from jdgen.template.catalogue import CataloguedField, CatalogueKind, Repetition, Usage, catalogue, usage_of
from jdgen.template.compiling import compile_template
from jdgen.workspace import Workspace
from tests.toolbox.examples import DRAFTED, POSTS, ROOT, draft_of, shipped_template
from tests.toolbox.other_levels import LEVELS, drafted
from tests.toolbox.word import NAME, filled_document, png, word_file

BARE = {"title": "PMO manager", "specialism": "pmo", "band": "7"}
#: What a template shows, and does not look into.
SHOWN = (Picture, model.OrganisationChart)
HOLDERS = [kind for kind in vars(model).values() if dataclasses.is_dataclass(kind) and kind not in SHOWN]
#: What the draft prints in the post's own words.
OF_POST = {field.key: field for field in POST_FIELDS if field.meaning}
FIELDS = [(kind, field.name) for kind in HOLDERS for field in dataclasses.fields(kind)]
PRINTABLE = [field for field in catalogue() if field.kind in (CatalogueKind.TEXT, CatalogueKind.PICTURE)]


def loops(path: str) -> tuple[list[str], str]:
    """The lists that a template loops over to reach ``path``, each from the loop around it, and what it then prints."""
    *lists, last = path.split("[]")
    variables = [f"x{depth}" for depth in range(len(lists))]
    owners = ["", *variables]
    overs = [f"{owners[depth]}{each}" for depth, each in enumerate(lists)]
    return overs, f"{owners[len(lists)]}{last}"


def template_for(field: CataloguedField) -> bytes:
    overs, printed_path = loops(field.path)
    loop_tags = [f"{{%p for x{depth} in {over} %}}" for depth, over in enumerate(overs)]
    choice = ([f"{{%p if {printed_path} %}}"], ["{%p endif %}"]) if field.may_be_empty else ([], [])
    return word_file(
        *loop_tags, *choice[0], f"{{{{ {printed_path} }}}}", *choice[1], *["{%p endfor %}"] * len(loop_tags)
    )


def values(value: Any, path: str) -> Iterator[Any]:
    """Every value of the draft at ``path``."""
    if not path:
        yield value
    elif path.startswith("[]"):
        for each in value:
            yield from values(each, path[2:])
    else:
        name, mark, rest = path.lstrip(".").partition("[]")
        head, _, tail = name.partition(".")
        yield from values(getattr(value, head), f"{tail}{mark}{rest}" if tail else f"{mark}{rest}")


def bare_draft() -> JobDescription:
    post = post_of(entries_of_options(dict(BARE), {name: f"--{name}" for name in BARE}, folder=Path()), "options")
    return generation.draft(post, Workspace(ROOT), DRAFTED)


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_every_field_has_a_meaning_and_an_example_of_its_type(kind: type, name: str) -> None:
    hint = typing.get_type_hints(kind, include_extras=True)[name]
    if typing.get_origin(hint) is typing.Annotated:
        written_type, meaning = typing.get_args(hint)
        assert not (kind is JobDescription and name in OF_POST), "it is said twice"
    else:
        assert kind is JobDescription
        written_type, meaning = hint, Meaning(OF_POST[name].meaning, OF_POST[name].example)
    assert isinstance(meaning, Meaning)
    assert meaning.text[0].isupper()
    assert not meaning.text.endswith(".")
    element = typing.get_args(written_type)[0] if typing.get_origin(written_type) is tuple else written_type
    if element is model.Block:
        element = str
    if typing.get_origin(element) is Mapping:
        element = Mapping
    if dataclasses.is_dataclass(element):
        assert meaning.example is None  # its fields have one each
    else:
        assert isinstance(meaning.example, element)


def test_the_model_was_looked_at() -> None:
    assert len(FIELDS) > 80
    assert {path.path for path in catalogue()} >= {field.name for field in dataclasses.fields(JobDescription)}


def test_every_entry_is_whole_and_stands_once() -> None:
    assert len({field.path for field in catalogue()}) == len(catalogue())
    for field in catalogue():
        assert field.meaning, field.path
        assert field.example, field.path


def test_types_are_in_plain_words() -> None:
    types = {field.path: field.type for field in catalogue()}
    assert types["title"] == "text"
    assert types["picture"] == "picture"
    assert types["duty_headings"] == "list of id, title, duties, group"
    assert types["person_specification.groups[].criteria[].serves"] == "list of texts"
    assert types["framework"] == "group of title, publisher, version, specialism, level"
    assert types["clauses[].locked"] == "yes or no"


SIDES = ("essential", "desirable")


def with_points(group: CriterionGroup) -> CriterionGroup:
    points = (Block("point", "Makes forecasts."),)
    return dataclasses.replace(
        group, criteria=tuple(dataclasses.replace(criterion, points=points) for criterion in group.criteria)
    )


@pytest.mark.parametrize("field", PRINTABLE, ids=lambda field: field.path)
def test_every_printable_path_is_printed_by_a_real_template(field: CataloguedField) -> None:
    example = draft_of(POSTS[2])
    without = CriterionGroup(
        "languages", "Languages", ()
    )  # a group in which nothing is essential, and nothing desirable
    groups = (*map(with_points, example.person_specification.groups), without)
    specification = dataclasses.replace(example.person_specification, groups=groups)
    heading, *headings = example.duty_headings
    draft = dataclasses.replace(
        example,
        picture=Picture(png(), "The trust"),
        level="Senior",
        level_word="Role level",
        person_specification=specification,
        duty_headings=(dataclasses.replace(heading, group="People"), *headings),
        requirements=(Requirement("skill.forecasting", "Forecasting", (Block("one", "Makes forecasts."),), "Finance"),),
    )
    document = filled_document(template_for(field), draft)
    if field.kind is CatalogueKind.PICTURE:
        assert len(document.inline_shapes) == 1
        return
    texts = [str(value) for value in values(draft, field.path) if value or not field.may_be_empty]
    assert texts
    assert [paragraph.text for paragraph in document.paragraphs] == texts


@pytest.mark.parametrize(
    "field", [field for field in catalogue() if field.kind is CatalogueKind.CHOICE], ids=lambda f: f.path
)
def test_every_yes_or_no_can_be_asked(field: CataloguedField, draft: JobDescription) -> None:
    overs, path = loops(field.path)
    (over,) = overs
    template = word_file(f"{{%p for x0 in {over} %}}", f"{{% if {path} %}}yes{{% endif %}}", "{%p endfor %}")
    answers = ["yes" if value else "" for value in values(draft, field.path)]
    assert answers
    assert [paragraph.text for paragraph in filled_document(template, draft).paragraphs] == answers


@pytest.mark.parametrize(
    "draft",
    [bare_draft(), *map(draft_of, POSTS), *(drafted(*level) for level in LEVELS)],
    ids=["bare", *POSTS, *map("-".join, LEVELS)],
)
def test_what_is_said_to_be_never_empty_never_is(draft: JobDescription) -> None:
    for field in catalogue():
        if not field.may_be_empty and field.kind is not CatalogueKind.CHOICE:
            assert all(values(draft, field.path)), field.path


def test_what_may_be_empty_is_said_to() -> None:
    assert [field.path for field in catalogue() if field.may_be_empty] == [
        "level",
        "level_word",
        "role_category",
        "picture",
        "duty_headings[].duties[].statement",
        "duty_headings[].group",
        "clauses",
        "person_specification.groups[].criteria[].points",
        *(f"person_specification.groups[].{side}{part}" for side in SIDES for part in ("", "[].points")),
        *(f"person_specification.groups[].no_{side}" for side in SIDES),
        "complexity",
        "complexity_narrative",
        "role_category_statements",
        "entry_routes",
        "qualifications",
        "organisation_chart",
        "notes[].fields",
        "own",
        "requirements",
        "requirements[].texts",
        "requirements[].group",
    ]
    roles = drafted("example-roles", "Senior")
    absent = ("role_category", "complexity", "complexity_narrative", "entry_routes", "qualifications")
    assert not any(getattr(roles, name) for name in absent)
    assert bare_draft().role_category_statements == ()
    assert bare_draft().picture is None
    assert bare_draft().organisation_chart is None
    statements = [each for post in POSTS for each in values(draft_of(post), "duty_headings[].duties[].statement")]
    assert "" in statements


def usage(*body: str, header: tuple[str, ...] = ()) -> Usage:
    return usage_of(compile_template(word_file(*body, header=header), NAME))


def test_fields_are_told_with_their_places_in_the_order_of_the_catalogue() -> None:
    usage_of_template = usage(
        "{{ base }}",
        "{{ title }}",
        "{%p if clauses %}",
        "{{ clauses_version }}",
        "{%p endif %}",
        header=("{{ title }}",),
    )
    assert [(each.field.path, each.places) for each in usage_of_template.used_fields] == [
        ("title", ("text", "header")),
        ("base", ("text",)),
        ("clauses", ("text",)),
        ("clauses_version", ("text",)),
    ]


def test_two_headers_are_both_read() -> None:
    # The first page's header of this template has the employer only, the others' the title too.
    places = {each.field.path: each.places for each in usage_of(shipped_template("job-description")).used_fields}
    assert places["employer"] == places["title"] == ("text", "header")
    assert places["reference"] == ("text", "footer")


def test_repeats_are_told_with_what_they_stand_in() -> None:
    usage_of_template = usage(
        "{%p for heading in duty_headings %}",
        "{%p if heading.title %}",
        "{%p for duty in heading.duties %}",
        "{{ duty.text }}",
        "{%p endfor %}",
        "{%p endif %}",
        "{%p endfor %}",
        "{%p for group in person_specification.groups %}",
        "{{ group.title }}",
        "{%p endfor %}",
    )
    assert usage_of_template.repeats == (
        Repetition("duty_headings", 1, "text"),
        Repetition("duty_headings[].duties", 2, "text"),
        Repetition("person_specification.groups", 1, "text"),
    )


def test_what_is_left_out_is_told() -> None:
    unused = {field.path for field in usage("{{ title }}", "{{ framework.title }}").unused_fields}
    assert {"band", "duty_headings", "clauses"} <= unused
    assert unused.isdisjoint({"title", "framework"})
