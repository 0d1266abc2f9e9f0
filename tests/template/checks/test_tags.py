"""Tags and blocks, whatever they hold: nothing that a template can say makes checking fail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.errors import JdgenError
from jdgen.template.checks.accessibility import contrast
from jdgen.template.checks.check import check_template
from jdgen.template.checks.findings import Severity
from jdgen.template.compiling import compile_template
from jdgen.template.tag_text import as_jinja
from tests.toolbox.markup import paragraph, table, word_template
from tests.toolbox.soak import budget
from tests.toolbox.spoiling import spoilt_templates
from tests.toolbox.word import NAME, problems_of, word_file

PIECES = st.sampled_from(
    [
        *("{{ title }}", "{{ titel }}", "{{ ", " }}", "{%p if title %}", "{%p else %}", "{%p endif %}", "{{ none }}"),
        *("{% for v in values %}", "{{ v.text }}", "{% endfor %}", "{% if band > 5 %}", "{% endif %}", "{% else %}"),
        *("{%tr for v in values %}", "{%tr endfor %}", "{# x #}", "{#p x #}", "{% raw %}", "{% set x = 1 %}", "x", " "),
        *(
            "{%p for h in duty_headings }",
            "{% elif title %}",
            "{% colspan 2 %}",
            "{% hm %}",
            "{% vm %}",
            "{%}",
            "“",
            "&",
        ),
    ]
)
PARAGRAPHS = st.lists(st.lists(PIECES, max_size=3).map("".join), min_size=1, max_size=6)


@budget(15)
@given(PARAGRAPHS, PARAGRAPHS)
def test_a_template_is_refused_for_exactly_the_errors_that_a_check_finds(body: list[str], cells: list[str]) -> None:
    content = word_file(*body, table=[cells])
    errors = [each.problem(NAME) for each in check_template(content, NAME) if each.severity is Severity.ERROR]
    try:
        compile_template(content, NAME)
    except JdgenError as error:
        assert list(error.problems) == list(dict.fromkeys(errors))  # noqa: PT017  # either may come of it
    else:
        assert errors == []


@budget(8)
@given(spoilt_templates())
def test_so_is_a_template_that_was_spoilt(content: bytes) -> None:
    errors = [each.problem(NAME) for each in check_template(content, NAME) if each.severity is Severity.ERROR]
    assert list(problems_of(content)) == list(dict.fromkeys(errors))


@given(st.text())
def test_text_without_quotation_marks_odd_spaces_and_what_nobody_sees_is_read_as_it_is(text: str) -> None:
    plain = "".join(
        character
        for character in text
        if character not in "“”‘’\"'" and (character == " " or (character.isprintable() and character != "\xad"))
    )
    assert as_jinja(plain) == plain


def test_quotation_marks_round_a_text_become_straight_and_those_inside_it_stay() -> None:
    assert as_jinja("title == “the manager’s”") == 'title == "the manager’s"'
    assert as_jinja("title == 'the manager’s'") == "title == 'the manager’s'"
    assert as_jinja("title\u00a0== ‘x’") == "title == 'x'"


def test_contrast_is_that_of_wcag() -> None:
    assert round(contrast("000000", "FFFFFF"), 1) == 21.0
    assert round(contrast("005EB8", "FFFFFF"), 1) == 6.4
    assert round(contrast("768692", "FFFFFF"), 1) == 3.8
    assert contrast("425563", "425563") == 1.0


@pytest.mark.parametrize(
    ("tag", "right"),
    [
        ("{{ Responsible to }}", "did you mean {{ responsible_to }}?"),
        ("{{ Job title }}", "did you mean {{ title }}?"),
        ("{{ hours. }}", "did you mean {{ hours }}?"),
        ("{{ own.post number }}", "did you mean {{ own.post_number }}?"),
        ("{{ the chief's view }}", "check its spelling and its pair"),
        ("{%p else if hours %}", "did you mean {%p elif hours %}?"),
        ("{% elseif hours %}", "did you mean {% elif hours %}?"),
        ("{%p end if %}", "did you mean {%p endif %}?"),
        ("{%tr End For %}", "did you mean {%tr endfor %}?"),
        ("{%p endfor heading %}", "did you mean {%p endfor %}?"),
        ("{%P if hours %}", "did you mean {%p if hours %}?"),
        ("{% tr for one in values %}", "did you mean {%tr for one in values %}?"),
        ("{%p If hours %}", "did you mean {%p if hours %}?"),
        ("{%p for each one in values %}", "did you mean {%p for one in values %}?"),
        ("{%p for one of values %}", "did you mean {%p for one in values %}?"),
        ("{%p if band = 7 %}", 'did you mean {%p if band == "7" %}?'),
        ("{%p if band == 8a %}", 'did you mean {%p if band == "8a" %}?'),
        ("{%p if band = reference %}", "did you mean {%p if band == reference %}?"),
        ("{% if base <> „HQ“ %}", 'did you mean {% if base != "HQ" %}?'),
        ("{% if base == ‘Women's’ %}", 'did you mean {% if base == "Women\'s" %}?'),
        ("{%p if hours and %}", "check its spelling and its pair"),
    ],
)
def test_a_tag_in_the_words_of_a_form_is_told_as_it_was_meant(tag: str, right: str) -> None:
    findings = check_template(word_template(table((tag, "x"))), NAME)
    assert right in [finding.right for finding in findings if finding.code == "unreadable-tag"]


@pytest.mark.parametrize(
    ("condition", "right"),
    [
        ("band == 7", 'put quotation marks round it: "7"'),
        ("band != 7 and title", 'put quotation marks round it: "7"'),
        ("values == ''", "ask no more than {% if values %}"),
        ("title == 'x' or title|length == 'x'", "compare a text with a text, a number with a number"),
    ],
)
def test_what_is_never_equal_is_told_and_stops_nothing(condition: str, right: str) -> None:
    findings = check_template(word_template(paragraph(f"{{% if {condition} %}}x{{% endif %}}")), NAME)
    assert [(finding.severity, finding.right) for finding in findings if finding.code == "never-equal"] == [
        (Severity.WARNING, right)
    ]


def test_what_may_be_equal_is_not_told() -> None:
    condition = "band == '7' and title|length == 7 and picture == none and title == own.x"
    findings = check_template(word_template(paragraph(f"{{% if {condition} %}}x{{% endif %}}")), NAME)
    assert "never-equal" not in [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("tag", "advice"),
    [
        ("{% if base == ‘Women’s’ %}x{% endif %}", ["write {% if base == 'Women’s' %}"]),
        ("{% if base == “HQ\u00a0a” %}x{% endif %}", ['write {% if base == "HQ\u00a0a" %}']),
        ("{% if base == 'a “b” c' %}x{% endif %}", []),
        ("{% if base == ‘Women's’ %}x{% endif %}", []),
        ("{% if base == „HQ“ %}x{% endif %}", []),
        ("{% raw %}“x”{% endraw %}", []),
    ],
)
def test_curly_quotes_are_told_as_they_are_read(tag: str, advice: list[str]) -> None:
    findings = check_template(word_template(paragraph(tag)), NAME)
    assert [finding.right for finding in findings if finding.code in ("curly-quotes", "no-break-space")] == advice


def test_a_box_of_text_is_no_picture_without_a_description() -> None:
    def codes(inside: str) -> list[str]:
        drawing = (
            '<w:r><w:drawing><wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="7" name="Text Box 7"/><a:graphic>'
            f'<a:graphicData uri="u">{inside}<w:txbxContent>{paragraph("x")}</w:txbxContent></a:graphicData>'
            "</a:graphic></wp:inline></w:drawing></w:r>"
        )
        findings = check_template(word_template(paragraph(drawing)), NAME)
        return [finding.code for finding in findings if finding.code in ("text-box", "no-alt-text")]

    assert codes("") == ["text-box"]
    assert sorted(codes('<a:blip xmlns:r="r" r:embed="rId1"/>')) == ["no-alt-text", "text-box"]
