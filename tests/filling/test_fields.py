"""A field that a template misspells, and what is no text, is named with template, paragraph and field."""

from __future__ import annotations

import dataclasses

import pytest

from jdgen.drafting.model import JobDescription
from tests.word import body_replaced, filled_document, problems_of, word_file


def test_every_misspelt_field_is_reported_at_once_with_its_place() -> None:
    template = word_file(
        "Welcome",
        "Post: {{ titel }}",
        "{%p for block in purpos %}",
        "{%p endfor %}",
        header=["{{ employr }}"],
        footer=["{{ nothing_like_it }}"],
        table=[["{{ title }}", "{{ departmnt }}"]],
    )
    said = [str(problem) for problem in problems_of(template)]
    assert [text.partition(": did")[0].partition(": use")[0] for text in said] == [
        "test.docx, paragraph 2 ('Post: {{ titel }}'): no field 'titel'",
        "test.docx, paragraph 3 ('{%p for block in purpos %}'): no field 'purpos'",
        "test.docx, paragraph 6 ('{{ departmnt }}'), table 1, row 1, column 2: no field 'departmnt'",
        "test.docx, header, paragraph 2 ('{{ employr }}'): no field 'employr'",
        "test.docx, footer, paragraph 2 ('{{ nothing_like_it }}'): no field 'nothing_like_it'",
    ]
    assert "did you mean 'title'?" in said[0]
    assert "did you mean 'employer'?" in said[3]
    assert "use one of title, band" in said[4]


def test_a_field_misspelt_twice_is_reported_in_both_places() -> None:
    said = [problem.where for problem in problems_of(word_file("{{ titel }}", "x", "{{ titel }}"))]
    assert said == ["test.docx, paragraph 1 ('{{ titel }}')", "test.docx, paragraph 3 ('{{ titel }}')"]


def test_a_misspelt_field_of_what_is_looped_over_is_reported() -> None:
    template = word_file("{%p for criterion in duty_headings %}", "{{ criterion.titel }}", "{%p endfor %}")
    (problem,) = problems_of(template)
    assert problem.where == "test.docx, paragraph 2 ('{{ criterion.titel }}')"
    assert problem.what == "'criterion' has no field 'titel'"
    assert problem.right.startswith("did you mean 'title'?")


def test_a_misspelt_field_is_found_where_the_draft_at_hand_would_not_come_to_it(draft: JobDescription) -> None:
    template = word_file("{% if title == 'never' %}{{ titel }}{% endif %}")
    assert [problem.what for problem in problems_of(template)] == ["no field 'titel'"]


def test_a_tag_that_word_has_split_into_runs_is_named_whole() -> None:
    template = body_replaced(word_file("{{ titel }}"), "tit", "ti</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>t")
    assert [problem.where for problem in problems_of(template)] == ["test.docx, paragraph 1 ('{{ titel }}')"]


def test_the_name_of_a_loop_ends_with_the_loop() -> None:
    template = word_file("{% for block in purpose %}{{ block.text }}{% endfor %}{{ block.text }}")
    assert [problem.what for problem in problems_of(template)] == ["no field 'block'"]


def test_loop_is_known_inside_a_loop_only() -> None:
    assert problems_of(word_file("{% for block in purpose %}{{ loop.index }}{% endfor %}")) == ()
    assert [problem.what for problem in problems_of(word_file("{{ loop.index }}"))] == ["no field 'loop'"]


@pytest.mark.parametrize(
    ("tag", "what", "right"),
    [
        ("{{ clauses }}", "{{ clauses }} is a list", "loop over it: {%p for one in clauses %}"),
        ("{{ clauses | upper }}", "'clauses' is a list, not one text", "loop over it: {%p for one in clauses %}"),
        ("{{ clauses.title }}", "'clauses' has no field 'title'", "loop over it: {%p for one in clauses %}"),
        ("{{ person_specification }}", "{{ person_specification }} holds several fields", "print one of its fields"),
        ("{% for x in title %}{{ x }}{% endfor %}", "'title' is one text, not a list", "print it: {{ title }}"),
        ("{{ title.upper }}", "'title' has no field 'upper'", "print it: {{ title }}"),
        ("{{ picture.content }}", "'picture' has no field 'content'", "print it: {{ picture }}"),
    ],
)
def test_what_cannot_be_printed_or_looped_over_is_refused(tag: str, what: str, right: str) -> None:
    (problem,) = problems_of(word_file(tag))
    assert (problem.what, problem.where) == (what, f"test.docx, paragraph 1 ('{tag}')")
    assert problem.right.startswith(right)


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("{{ picture }}", "nothing (None)"),
        ("{{ title == band }}", "a bool"),
        ("{{ title and clauses }}", "a tuple"),
    ],
)
@pytest.mark.parametrize("place", ["body", "header", "footer"])
def test_what_turns_out_to_be_no_text_is_refused_and_named(
    tag: str, kind: str, place: str, draft: JobDescription
) -> None:
    template = word_file("x", tag) if place == "body" else word_file("x", **{place: [tag]})
    (problem,) = problems_of(template, dataclasses.replace(draft, picture=None))
    assert (problem.where, problem.what) == ("test.docx", f"prints {kind} ('{tag}')")


def test_a_value_that_is_none_is_refused(draft: JobDescription) -> None:
    broken = dataclasses.replace(draft, title=None)  # type: ignore[arg-type]
    assert [problem.what for problem in problems_of(word_file("{{ title }}"), broken)] == [
        "prints nothing (None) ('{{ title }}')"
    ]


def test_every_field_of_the_draft_can_be_named(draft: JobDescription) -> None:
    tags = [
        f"{{{{ {field.name} }}}}"
        if isinstance(getattr(draft, field.name), str)
        else f"{{% if {field.name} %}}x{{% endif %}}"
        for field in dataclasses.fields(JobDescription)
    ]
    document = filled_document(word_file(*tags), draft)
    assert document.paragraphs[0].text == draft.title
    assert len(document.paragraphs) == len(tags)
