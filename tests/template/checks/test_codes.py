"""Every code of a check is found at its place, and nothing that comes near it is taken for it."""

from __future__ import annotations

import functools
import random
import re

import pytest

from jdgen.errors import TemplateRefusedError
from jdgen.template.checks.check import UNFIT_FILE, check_template
from jdgen.template.checks.findings import Finding, Severity
from jdgen.template.compiling import compile_template
from tests.template.checks.cases import CASES, Case, bold, text
from tests.toolbox.examples import ROOT, TEMPLATES
from tests.toolbox.markup import table
from tests.toolbox.organisations.faults import seeded_faults
from tests.toolbox.organisations.templates import TEMPLATES as ORGANISATIONS
from tests.toolbox.soak import count
from tests.toolbox.word import NAME, bytes_of, change_part, open_document, problems_of, word_file

CODE = re.compile(r'(?:error|warning|advice|Finding|FieldFault)\(\s*"([a-z-]+)"|\(\s*"([a-z]+(?:-[a-z]+)+)",')
PAGE = ROOT / "docs/template-checks.md"


def identified(case: Case) -> str:
    return f"{case.code} {case.place[:20]}"


#: What the organisation of these templates has named.
OWN_FIELDS = ("division", "post_number")


@functools.cache
def faulty(case: Case) -> tuple[bytes, tuple[Finding, ...]]:
    """The template with the fault, and what is said of it."""
    content = case.fault()
    return content, check_template(content, NAME, own_fields=OWN_FIELDS)


@pytest.mark.parametrize("case", CASES, ids=identified)
def test_a_fault_is_found_at_its_place(case: Case) -> None:
    _, findings = faulty(case)
    places = [str(finding.place) for finding in findings if finding.code == case.code]
    assert case.place in places


@pytest.mark.parametrize("case", CASES, ids=identified)
def test_a_near_miss_is_sound(case: Case) -> None:
    assert [
        finding for finding in check_template(case.sound(), NAME, own_fields=OWN_FIELDS) if finding.code == case.code
    ] == []


@pytest.mark.parametrize("case", CASES, ids=identified)
def test_a_template_is_refused_for_its_errors_and_for_nothing_else(case: Case) -> None:
    content, findings = faulty(case)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    assert list(problems_of(content)) == list(dict.fromkeys(error.problem(NAME) for error in errors))


def test_every_code_of_the_source_has_a_case_and_is_explained() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "jdgen/template/checks").glob("*.py"))
    codes = {code or other for code, other in CODE.findall(source)} | {"typed-bullet", "typed-number", UNFIT_FILE}
    assert len(codes) > 40
    assert {case.code for case in CASES} == codes
    assert set(re.findall(r"^\| `([a-z-]+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE)) == codes


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_shipped_template_is_sound(template: str) -> None:
    assert check_template((ROOT / f"templates/{template}.docx").read_bytes(), NAME) == ()


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_a_template_as_organisations_have_it_has_no_error_and_no_warning(name: str) -> None:
    findings = check_template(ORGANISATIONS[name](), NAME)
    assert [finding for finding in findings if finding.severity is not Severity.ADVICE] == []


@pytest.mark.soak
@pytest.mark.parametrize("name", ["nested_layout_tables", "text_boxes", "saved_by_libreoffice"])
def test_a_fault_that_is_put_into_such_a_template_is_found_where_it_was_put(name: str) -> None:
    content = ORGANISATIONS[name]()
    before = {(finding.code, finding.place.quoted, finding.what) for finding in check_template(content, NAME)}
    missed = []
    faults = list(seeded_faults(content, 1, random.Random(7)))
    for fault in random.Random(name).sample(faults, min(count(4), len(faults))):
        findings = check_template(fault.content, NAME)
        new = [each for each in findings if (each.code, each.place.quoted, each.what) not in before]
        if not any(each.place.paragraph in fault.paragraphs for each in new):
            missed.append((fault.kind, sorted(fault.paragraphs)[:3]))
    assert missed == []


def test_all_faults_are_found_in_one_pass() -> None:
    template = word_file("{{ titel }}", "{{ title. }}", "{%p if title %} x", "{{ bnd }}", "{% endfor %}", header=["{{"])
    places = [problem.where for problem in problems_of(template)]
    assert places == [
        "test.docx, '{{ titel }}' (paragraph 1)",
        "test.docx, '{{ title. }}' (paragraph 2)",
        "test.docx, '{%p if title %} x' (paragraph 3)",
        "test.docx, '{%p if title %} x' (paragraph 3)",
        "test.docx, '{{ bnd }}' (paragraph 4)",
        "test.docx, '{% endfor %}' (paragraph 5)",
        "test.docx, header, '{{' (paragraph 2)",
    ]


def test_a_fault_is_not_reported_a_second_time_for_what_follows_from_it() -> None:
    template = word_file("{%p for duty in heading.dutis }", "{{ duty.text }}", "{%p endfor %}")
    assert {problem.where for problem in problems_of(template)} == {
        "test.docx, '{%p for duty in heading.dutis }' (paragraph 1)"
    }


def test_a_refusal_names_the_template_to_check() -> None:
    with pytest.raises(TemplateRefusedError) as raised:
        compile_template(word_file("{{ titel }}"), NAME)
    assert raised.value.templates == (NAME,)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("«Job_Title»", "did you mean {{ title }}?"),
        ("{departmnt}", "did you mean {{ department }}?"),
        ("[insert line manager here]", "did you mean {{ responsible_to }}?"),
        ("[Insert band]", "did you mean {{ band }}?"),
        ("<<Location>>", "did you mean {{ base }}?"),
        ("«Main duties»", "did you mean the field duty_headings?"),
        ("«Ward colour»", "write a field, such as {{ title }}"),
    ],
)
def test_another_dialect_is_told_the_field_that_was_meant(text: str, advice: str) -> None:
    findings = check_template(word_file("{{ title }}", text), NAME)
    (right,) = (each.right for each in findings if each.code in ("other-dialect", "left-to-fill"))
    assert right.startswith(advice)


POST = "{{ title }}{{ band }}"
DUTIES = "{% for h in duty_headings %}{% for duty in h.duties %}{{ duty.text }}{% endfor %}{% endfor %}"


def _side(criteria: str) -> str:
    inner = f"{{% for each in group.{criteria} %}}{{{{ each.text }}}}{{% endfor %}}"
    return f"{{% for group in person_specification.groups %}}{inner}{{% endfor %}}"


@pytest.mark.parametrize(
    ("title", "body", "missing"),
    [
        ("", POST, ["the duties", "the person specification"]),
        ("", POST + DUTIES, []),
        ("", DUTIES, ["the job title", "the band"]),
        ("Person specification", POST + DUTIES, ["the person specification"]),
        ("Person specification and job description", POST, ["the duties", "the person specification"]),
        ("Person specification", POST + _side("essential") + _side("desirable"), []),
        ("Person specification", POST + _side("essential"), ["the desirable criteria"]),
        ("", POST + _side("desirable"), ["the essential criteria"]),
        ("", POST + _side("criteria") + _side("desirable"), []),
    ],
)
def test_what_a_template_calls_itself_decides_what_it_must_print(title: str, body: str, missing: list[str]) -> None:
    document = open_document(word_file(body))
    document.core_properties.title = title
    findings = [each for each in check_template(bytes_of(document), NAME) if each.code == "missing-field"]
    assert [each.what.removeprefix("does not print ") for each in findings] == missing


def test_a_place_is_told_by_page_part_heading_and_words_and_a_bold_heading_serves_where_there_is_no_other() -> None:
    long = (
        "The post holder leads the office and its people, " * 3
        + "and reports to {{ titel }} in all matters of the programme."
    )
    (problem,) = problems_of(word_file("{{ band }}", long))
    assert re.fullmatch(r"test\.docx, '… .* reports to \{\{ titel \}\} in all .* …' \(paragraph 2\)", problem.where), (
        problem.where
    )
    body = text(bold("Main duties"), "Leads.", table(("Duty",), ("{{ titel }}",)))()
    (problem,) = problems_of(body)
    assert problem.where == "test.docx, under 'Main duties', '{{ titel }}' (table 1, row 2, column 1, paragraph 4)"


def test_a_header_is_told_by_the_pages_that_show_it() -> None:
    content = ORGANISATIONS["different_first_page"]()
    spoilt = change_part(content, "word/header9.xml", lambda part: part.replace(b"{{ employer }}", b"{{ employr }}"))
    (problem,) = problems_of(spoilt)
    assert problem.where.startswith("test.docx, header of the first page, '{{ employr }}' (paragraph ")
