"""A template seen by its author: fields it uses and where, what it repeats, and how it is filled."""

from __future__ import annotations

from jdgen.template.catalogue import Repetition, Usage
from jdgen.template.compiling import compile_template
from jdgen.template.usage import usage_of
from tests.toolbox.examples import shipped_template
from tests.toolbox.word import NAME, word_file


def usage(*body: str, header: tuple[str, ...] = ()) -> Usage:
    return usage_of(compile_template(word_file(*body, header=header), NAME))


def test_fields_are_told_with_their_places_in_the_order_of_the_catalogue() -> None:
    told = usage(
        "{{ base }}",
        "{{ title }}",
        "{%p if clauses %}",
        "{{ clauses_version }}",
        "{%p endif %}",
        header=("{{ title }}",),
    )
    assert [(each.field.path, each.places) for each in told.used] == [
        ("title", ("text", "header")),
        ("base", ("text",)),
        ("clauses", ("text",)),
        ("clauses_version", ("text",)),
    ]


def test_two_headers_are_both_read() -> None:
    # The first page's header of this template has the employer only, the others' the title too.
    places = {each.field.path: each.places for each in usage_of(shipped_template("job-description")).used}
    assert places["employer"] == places["title"] == ("text", "header")
    assert places["reference"] == ("text", "footer")


def test_repeats_are_told_with_what_they_stand_in() -> None:
    told = usage(
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
    assert told.repeats == (
        Repetition("duty_headings", 1, "text"),
        Repetition("duty_headings[].duties", 2, "text"),
        Repetition("person_specification.groups", 1, "text"),
    )


def test_what_is_left_out_is_told() -> None:
    unused = {field.path for field in usage("{{ title }}", "{{ framework.title }}").unused}
    assert {"band", "duty_headings", "clauses"} <= unused
    assert unused.isdisjoint({"title", "framework"})
