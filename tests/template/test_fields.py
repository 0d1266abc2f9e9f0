"""A field that a template misspells, and what is no text, is named with template, paragraph and field."""

from __future__ import annotations

import dataclasses

import pytest

from jdgen.drafting.model import JobDescription
from tests.toolbox.word import body_replaced, filled_document, problems_of, word_file


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
    problems = [str(problem) for problem in problems_of(template)]
    assert [text.partition(": did")[0].partition(": write")[0] for text in problems] == [
        "test.docx, 'Post: {{ titel }}' (paragraph 2): no field 'titel'",
        "test.docx, '{%p for block in purpos %}' (paragraph 3): no field 'purpos'",
        "test.docx, '{{ departmnt }}' (table 1, row 1, column 2, paragraph 6): no field 'departmnt'",
        "test.docx, header, '{{ employr }}' (paragraph 2): no field 'employr'",
        "test.docx, footer, '{{ nothing_like_it }}' (paragraph 2): no field 'nothing_like_it'",
    ]
    assert "did you mean 'title'?" in problems[0]
    assert "did you mean 'employer'?" in problems[3]
    assert problems[4].endswith(": write the name of a field: `jdgen template fields` lists them all")


@pytest.mark.parametrize(
    ("tag", "right"),
    [
        ("{{ titel }}", "did you mean 'title'? `jdgen template fields` lists them all"),
        ("{{ job_title }}", "did you mean 'title'? `jdgen template fields` lists them all"),
        ("{{ pay_band }}", "did you mean 'band'? `jdgen template fields` lists them all"),
        ("{{ line_manager }}", "did you mean 'responsible_to'? `jdgen template fields` lists them all"),
        (
            "{{ responsible }}",
            "did you mean 'responsible_to' or 'responsible_for'? `jdgen template fields` lists them all",
        ),
        ("{{ framework.titel }}", "did you mean 'title'? `jdgen template fields` lists them all"),
        ("{% for v in values %}{{ v.wording }}{% endfor %}", "use one of id, text"),
        ("{{ xyzzy }}", "write the name of a field: `jdgen template fields` lists them all"),
    ],
)
def test_an_unknown_field_is_told_the_nearest_and_where_the_others_are_listed(tag: str, right: str) -> None:
    assert [problem.right for problem in problems_of(word_file(tag))] == [right]


@pytest.mark.parametrize(
    ("tag", "what"),
    [
        (
            "{{ t\u0456tle }}",
            "no field 't\u0456tle', since it has '\u0456' (cyrillic small letter byelorussian-ukrainian i)",
        ),
        (
            "{{ picture.t\u043eb }}",
            "'picture' has no field 't\u043eb', since it has '\u043e' (cyrillic small letter o)",
        ),
        ("{{ teitl_y_sŵydd }}", "no field 'teitl_y_sŵydd'"),
    ],
)
def test_letters_that_only_look_like_those_of_a_field_are_told(tag: str, what: str) -> None:
    assert [problem.what for problem in problems_of(word_file(tag))] == [what]


def test_what_is_said_of_a_hundred_unknown_fields_can_be_read() -> None:
    template = word_file(*(f"{{{{ unheard_of_{number} }}}}" for number in range(100)))
    assert max(len(str(problem)) for problem in problems_of(template)) < 250


def test_a_field_misspelt_twice_is_reported_in_both_places() -> None:
    places = [problem.where for problem in problems_of(word_file("{{ titel }}", "x", "{{ titel }}"))]
    assert places == ["test.docx, '{{ titel }}' (paragraph 1)", "test.docx, '{{ titel }}' (paragraph 3)"]


def test_a_misspelt_field_of_what_is_looped_over_is_reported() -> None:
    template = word_file("{%p for criterion in duty_headings %}", "{{ criterion.titel }}", "{%p endfor %}")
    (problem,) = problems_of(template)
    assert problem.where == "test.docx, '{{ criterion.titel }}' (paragraph 2)"
    assert problem.what == "'criterion' has no field 'titel'"
    assert problem.right.startswith("did you mean 'title'?")


def test_a_misspelt_field_is_found_where_the_draft_at_hand_would_not_come_to_it(draft: JobDescription) -> None:
    template = word_file("{% if title == 'never' %}{{ titel }}{% endif %}")
    assert [problem.what for problem in problems_of(template)] == ["no field 'titel'"]


def test_a_tag_that_word_has_split_into_runs_is_named_whole() -> None:
    template = body_replaced(word_file("{{ titel }}"), "tit", "ti</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>t")
    assert [problem.where for problem in problems_of(template)] == ["test.docx, '{{ titel }}' (paragraph 1)"]


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
        (
            "{% for x in person_specification %}{% for y in x.criteria %}{{ y.text }}{% endfor %}{% endfor %}",
            "'person_specification' holds several fields, and is no list",
            "loop over one of its lists: person_specification.groups, person_specification.assessment_key",
        ),
        ("{% for x in own %}{{ x.y }}{% endfor %}", "'own' holds several fields, and is no list", "print one of its"),
        ("{% for x in picture %}{{ x }}{% endfor %}", "'picture' is a picture, not a list", "print it: {{ picture }}"),
        ("{% for x in clauses|length %}{{ x }}{% endfor %}", "'the expression' is a number, not a list", "print it"),
        ("{{ title.upper }}", "'title' has no field 'upper'", "print it: {{ title }}"),
        ("{{ picture.content }}", "'picture' has no field 'content'", "print it: {{ picture }}"),
    ],
)
def test_what_cannot_be_printed_or_looped_over_is_refused(tag: str, what: str, right: str) -> None:
    (problem,) = problems_of(word_file(tag))
    assert problem.what == what
    assert problem.where.startswith(f"test.docx, '{tag[:40]}")
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
