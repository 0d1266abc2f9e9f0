"""One fault is told once, whatever it makes of what stands beside it."""

from __future__ import annotations

import pytest

from jdgen.template.checks.check import check_template
from jdgen.template.checks.findings import Finding, Severity
from tests.template.checks.test_gaps import shipped_words
from tests.toolbox.markup import paragraph, run, word_template
from tests.toolbox.word import NAME


def told_of(*body: str) -> list[Finding]:
    content = word_template("".join((paragraph("{{ title }} {{ band }}"), *body)))
    findings = check_template(content, NAME, shipped_words())
    return [each for each in findings if each.severity is not Severity.ADVICE and each.code != "missing-field"]


def box(new: str, old: str) -> str:
    """A text box in its two forms."""
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{new}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    kind = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
    graphic = f'<a:graphic><a:graphicData uri="{kind}">{shape}</a:graphicData></a:graphic>'
    choice = f'<wp:inline><wp:extent cx="9" cy="9"/><wp:docPr id="3" name="Box" descr="Box"/>{graphic}</wp:inline>'
    fallback = f"<w:pict><v:shape><v:textbox><w:txbxContent>{old}</w:txbxContent></v:textbox></v:shape></w:pict>"
    return paragraph(
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{choice}</w:drawing></mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


@pytest.mark.parametrize("text", ["{{ titel }}", "{%p if band %}", "{{ title }", "{{ title is is }}", "{title}"])
def test_a_fault_in_both_forms_of_a_text_box_is_told_of_the_new_one(text: str) -> None:
    (finding,) = told_of(box(paragraph(text), paragraph(text)))
    assert finding.place.paragraph == 3


def test_a_fault_in_the_old_form_alone_is_told() -> None:
    (finding,) = told_of(box(paragraph("{{ title }}"), paragraph("{{ titel }}")))
    assert finding.place.paragraph == 4


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ title }", "unclosed-tag"),
        ("{ title }}", "unclosed-tag"),
        ("{% if band }yes{% endif %}", "unclosed-tag"),
        ("{{ title } and {{ band }}", "unclosed-tag"),
        ("{{ job-title }}", "unknown-field"),
        ("{{ band }}}", "stray-brace"),
        ("{{ band }}}}", "unclosed-tag"),
        ("{{{ band }}}", "unreadable-tag"),
    ],
)
def test_a_misspelt_tag_is_told_once(text: str, code: str) -> None:
    (finding,) = told_of(paragraph(text))
    assert (finding.code, finding.place.paragraph) == (code, 2)


def test_a_tag_with_hyphens_is_told_with_the_field_that_is_meant() -> None:
    (finding,) = told_of(paragraph("{{ job-title }}"))
    assert (finding.what, finding.right) == ("no field 'job-title'", "did you mean {{ title }}?")
    assert "beyond-dialect" in {each.code for each in told_of(paragraph("{{ hours-3 }}"))}


@pytest.mark.parametrize(
    ("text", "brace", "right"),
    [
        ("Band {{ band }}} of", "the last '}' of {{ band }}} would be printed", "write {{ band }}"),
        ("{% if band %}}x{% endif %}", "the last '}' of {% if band %}} would be printed", "write {% if band %}"),
        ("} {see {{ title }}} {# x #}}", "the last '}' of {# x #}} would be printed", "write {# x #}"),
    ],
)
def test_a_brace_too_many_is_told_with_the_tag_as_it_was_meant(text: str, brace: str, right: str) -> None:
    (finding,) = told_of(paragraph(text))
    assert (finding.code, finding.what, finding.right) == ("stray-brace", brace, right)


@pytest.mark.parametrize(
    "text", ["{{ title }} }", "{ {{ title }}}", "{% raw %}{{ x }}{% endraw %}}", "{%p if band %}}"]
)
def test_a_brace_that_may_be_meant_is_not_told(text: str) -> None:
    assert "stray-brace" not in {each.code for each in told_of(paragraph(text))}


def test_a_merge_field_and_what_it_shows_are_told_once() -> None:
    field = f'<w:fldSimple w:instr=" MERGEFIELD Department ">{run("«Department»")}</w:fldSimple>'
    (finding,) = told_of(paragraph(field))
    assert finding.right == "did you mean {{ department }}?"
    assert len(told_of(paragraph(field.replace("«Department»", "Estates")))) == 1


@pytest.mark.parametrize(
    ("text", "right"),
    [("{ { title } }", "{{ title }}"), ("{ % if band % }", "{% if band %}"), ("{ {title} }", "{{title}}")],
)
def test_a_tag_with_spaces_between_its_braces_is_told_as_it_was_meant(text: str, right: str) -> None:
    (finding,) = told_of(paragraph(text))
    assert (finding.code, finding.right) == ("other-dialect", f"write it without spaces between its braces: {right}")
