"""The template language: what is beyond printing, repeating and choosing is refused, wherever it stands."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from jdgen.drafting.model import JobDescription
from jdgen.template import dialect, steps
from jdgen.template.dialect import UntranslatableError, translated
from jdgen.template.steps import Print
from tests.toolbox.word import (
    body_replaced,
    bytes_of,
    change_part,
    filled_document,
    open_document,
    problems_of,
    word_file,
)

BEYOND = {
    "{{ title.upper() }}": "a call",
    "{{ title[0] }}": "a look-up by position or key",
    "{{ title['upper'] }}": "a look-up by position or key",
    "{{ title ~ band }}": "building text with ~",
    "{{ 9 ** 9 }}": "arithmetic",
    "{{ title + band }}": "arithmetic",
    "{{ title * 9 }}": "arithmetic",
    "{{ title % band }}": "arithmetic",
    "{{ title - band }}": "arithmetic",
    "{{ title / band }}": "arithmetic",
    "{{ title // band }}": "arithmetic",
    "{% set x = title %}": "set",
    "{% set x %}y{% endset %}": "set",
    "{% macro m() %}x{% endmacro %}": "a macro",
    "{% include title %}": "include",
    "{% import title as x %}": "import",
    "{% extends title %}": "extends",
    "{% block x %}{% endblock %}": "a block",
    "{% with x = title %}{% endwith %}": "with",
    "{% filter upper %}x{% endfilter %}": "filter",
    "{% autoescape false %}{{ title }}{% endautoescape %}": "autoescape",
    "{{ title | replace('a', 'b') }}": "the filter 'replace'",
    "{{ title | safe }}": "the filter 'safe'",
    "{{ title | attr('x') }}": "the filter 'attr'",
    "{{ clauses | map(attribute='text') | join }}": "the filter 'join'",
    "{% if title is string %}x{% endif %}": "the test 'string'",
    "{% for a, b in clauses %}x{% endfor %}": "commas between fields",
    "{% for x in clauses if x %}x{% endfor %}": "a loop that is recursive, filtered or has an else",
    "{% for x in clauses recursive %}x{% endfor %}": "a loop that is recursive, filtered or has an else",
    "{% for x in clauses %}x{% else %}y{% endfor %}": "a loop that is recursive, filtered or has an else",
    "{{ [1, 2] }}": "a list in brackets",
    "{{ {'a': 1} }}": "a list in braces",
    "{{ none }}": "a text or number inside {{ }}",
    "{{ 'text' }}": "a text or number inside {{ }}",
    "{{ title or 'text' }}": "a text or number inside {{ }}",
    "{{ title if title else 'text' }}": "a text or number inside {{ }}",
    "{{ 'text' | upper }}": "a text or number inside {{ }}",
}
INJECTIONS = (
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''.__class__ }}",
    "{{ title.__class__.__mro__ }}",
    "{{ title.format.__globals__ }}",
    "{{ loop.__class__ }}",
    "{% for x in clauses %}{{ loop.__class__ }}{% endfor %}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ range(10**9) }}",
    "{{ range }}",
    "{{ lipsum }}",
    "{{ namespace }}",
    "{{ dict }}",
    "{{ joiner }}",
    "{{ 'x' * 10**9 }}",
    "{{ picture.build_url_id }}",
    "{{ framework.__dataclass_fields__ }}",
    "{{ framework.__replace__ }}",
    "{{ clauses.count }}",
    "{{ (title | attr('__class__')) }}",
    "{{ title|map('__class__') }}",
)


@pytest.mark.parametrize(("tag", "construct"), BEYOND.items())
def test_what_is_beyond_the_dialect_is_refused_and_named(tag: str, construct: str) -> None:
    problems = [(problem.where, problem.what) for problem in problems_of(word_file("x", tag))]
    assert (f"test.docx, '{tag}' (paragraph 2)", f"a template may not use {construct}") in problems


@pytest.mark.parametrize("tag", INJECTIONS)
@pytest.mark.parametrize("place", ["body", "header", "footer", "table"])
def test_an_injection_is_refused_before_anything_is_filled(tag: str, place: str) -> None:
    templates = {
        "body": lambda: word_file(tag),
        "header": lambda: word_file(header=[tag]),
        "footer": lambda: word_file(footer=[tag]),
        "table": lambda: word_file(table=[[tag]]),
    }
    assert problems_of(templates[place]())


@pytest.mark.parametrize("tag", INJECTIONS)
def test_the_steps_alone_would_stop_an_injection_too(tag: str, draft: JobDescription) -> None:
    """The second wall, were the check of the dialect to miss something: there is no step that does such things."""
    fields = {field.name: getattr(draft, field.name) for field in dataclasses.fields(draft)}
    with pytest.raises((UntranslatableError, KeyError)):
        Print(fields, None, has_prompt_style=True).take(translated(dialect.read(tag), [""]))


def test_the_core_properties_are_no_templates(draft: JobDescription) -> None:
    document = open_document(word_file("{{ title }}"))
    document.core_properties.title = "{{ cycler.__init__ }}"
    document.core_properties.subject = "{{ ''.__class__ }}"
    document.core_properties.keywords = "{{ title }}"
    properties = filled_document(bytes_of(document), draft).core_properties
    subject = f"Band {draft.band_statement}"
    assert (properties.title, properties.subject, properties.keywords) == (draft.title, subject, "")
    assert properties.language == "en-GB"


def test_loops_may_be_nested_as_deep_as_the_draft_is_and_no_deeper() -> None:
    def nested(depth: int) -> bytes:
        starts = [f"{{% for x{number} in clauses %}}" for number in range(depth)]
        return word_file("".join(starts) + "x" + "{% endfor %}" * depth)

    assert problems_of(nested(dialect.MAX_NESTING)) == ()
    assert [problem.what for problem in problems_of(nested(dialect.MAX_NESTING + 1))] == [
        f"a template may not use loops nested more than {dialect.MAX_NESTING} deep"
    ]


def test_a_template_that_prints_without_end_is_stopped(draft: JobDescription, monkeypatch: pytest.MonkeyPatch) -> None:
    loops = 3
    template = word_file("{% for x in clauses %}" * loops + "{{ x.text }}" + "{% endfor %}" * loops)
    assert problems_of(template, draft) == ()
    monkeypatch.setattr(steps, "MAX_CHARACTERS", 100_000)
    assert [problem.what for problem in problems_of(template, draft)] == ["prints more than a document can hold"]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("{{ title | upper }}", "PORTFOLIO ANALYST"),
        ("{{ title | lower }}", "portfolio analyst"),
        ("{% if title is prompt %}prompt{% else %}given{% endif %}", "given"),
        ("{% if band == '6' and not picture %}six{% elif title %}other{% endif %}", "six"),
        ("{% for block in values %}{{ loop.index }}{% if not loop.last %}, {% endif %}{% endfor %}", "1, 2, 3"),
        ("{{ title }}{# a remark #}", "Portfolio analyst"),
        ("{% if band != ‘7’ %}x{% endif %}", "x"),
        ("{{title}}", "Portfolio analyst"),
    ],
)
def test_what_the_dialect_offers_works(tag: str, text: str, draft: JobDescription) -> None:
    assert filled_document(word_file(tag), draft).paragraphs[0].text == text


@pytest.mark.parametrize(
    ("texts", "what"),
    [
        (["before {%p if title %}", "x", "{%p endif %}"], "text beside {%p if title %} would be lost"),
        (["{%p if title %}", "x", "{%p endif %} after"], "text beside {%p endif %} would be lost"),
        (["{{ ti", "tle }}"], "a tag is not closed in its paragraph"),
        (["{% if title", "%}x{% endif %}"], "a tag is not closed in its paragraph"),
        (["{# a remark", "x", "#}"], "a tag is not closed in its paragraph"),
        (["{{p title }}"], "{{p title }} prints formatted text or a document, and no field is one"),
        (["{{r title }}"], "{{r title }} prints formatted text or a document, and no field is one"),
        (["{% if title -%}", "x{% endif %}"], "'-' at the beginning or end of a line would join it to another"),
        (["x", "{%- if title %}x{% endif %}"], "'-' at the beginning or end of a line would join it to another"),
        (["{% raw %}{{ title }}", "{% endraw %}"], "what is raw is not ended in its paragraph"),
    ],
)
def test_a_tag_that_would_lose_or_join_text_is_refused(texts: list[str], what: str) -> None:
    assert what in [problem.what for problem in problems_of(word_file(*texts))]


def test_text_beside_a_row_tag_is_refused() -> None:
    rows = [["{%tr for block in purpose %}", "lost"], ["{{ block.text }}", "x"], ["{%tr endfor %}", ""]]
    (problem,) = problems_of(word_file(table=rows))
    place = "'{%tr for block in purpose %}lost' (table 1, row 1, column 1, paragraph 1)"
    assert problem.where == f"test.docx, {place}"
    assert problem.what == "text beside {%tr for block in purpose %} would be lost"


def test_a_section_break_in_the_paragraph_of_a_tag_is_refused() -> None:
    document = open_document(word_file("{%p if title %}", "x", "{%p endif %}"))
    document.add_section()
    last = document.paragraphs[2]._p
    properties: Any = document.paragraphs[-1]._p.pPr
    last.get_or_add_pPr().append(properties.sectPr)
    assert [problem.what for problem in problems_of(bytes_of(document))] == [
        "a section break would be lost with the tag"
    ]


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("{%p if title %}", "endif"),
        ("{% endfor %}", "endfor"),
        ("{{ title. }}", "its words do not follow one another as in a tag"),
        ("{% do title %}", "'do' begins no tag"),
    ],
)
def test_a_tag_that_cannot_be_read_is_named(tag: str, message: str) -> None:
    (problem,) = problems_of(word_file("x", tag))
    assert problem.where == f"test.docx, '{tag}' (paragraph 2)"
    assert problem.what.startswith("this tag cannot be read (")
    assert message in problem.what


@pytest.mark.parametrize("place", ["document", "header1"])
def test_a_tag_that_starts_inside_a_link_is_an_error_and_not_a_lost_document(place: str, draft: JobDescription) -> None:
    template = word_file("{{ title }}", "x") if place == "document" else word_file(header=["{{ title }}", "x"])
    damaged = change_part(
        template,
        f"word/{place}.xml",
        lambda part: part.replace(
            b"<w:r><w:t>{{ title }}</w:t></w:r>",
            b'<w:hyperlink w:anchor="a"><w:r><w:t>{{ ti</w:t></w:r></w:hyperlink><w:r><w:t>tle }}</w:t></w:r>',
        ),
    )
    (problem,) = problems_of(damaged, draft)
    assert problem.what == "{{ title }} is half in a link, content control or field of Word's own"


@pytest.mark.parametrize("change", ["ins", "del"])
def test_tracked_changes_are_refused(change: str) -> None:
    change_xml = f'<w:{change} w:id="1" w:author="a"><w:r><w:t>y</w:t></w:r></w:{change}></w:p>'
    template = body_replaced(
        word_file("{{ band }}", "x"), "<w:t>x</w:t></w:r></w:p>", f"<w:t>x</w:t></w:r>{change_xml}"
    )
    assert [problem.what for problem in problems_of(template)] == ["has tracked changes"]


@pytest.mark.parametrize("tag", ["{% if band > 5 %}x{% endif %}", "{% if clauses is prompt %}x{% endif %}"])
def test_a_question_that_has_no_answer_is_an_error_in_words(tag: str, draft: JobDescription) -> None:
    (problem,) = problems_of(word_file(tag), draft)
    assert problem.what.startswith("asks what cannot be answered (")
