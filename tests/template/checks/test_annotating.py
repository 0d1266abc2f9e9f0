"""A copy of a template with Word comments: whole, the same each time, each comment at its paragraph."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from jdgen.errors import JdgenError
from jdgen.template.checks.check import annotate, check_template
from tests.toolbox.libreoffice import convert
from tests.toolbox.markup import paragraph, run, word_template
from tests.toolbox.organisations.templates import TEMPLATES
from tests.toolbox.word import NAME, W, bytes_of, open_document, parts_of, problems_of, word_file

FAULTY = ("x", "{{ titel }}", "{{ bnd }} «Base»")


def annotated(content: bytes) -> bytes:
    return annotate(content, NAME, check_template(content, NAME))


def comments_of(content: bytes, part: str = "word/comments.xml") -> dict[str, str]:
    tree = etree.fromstring(parts_of(content)[part])
    return {str(each.get(f"{W}id")): " ".join(map(str, each.itertext())) for each in tree.iter(f"{W}comment")}


def commented(content: bytes) -> list[tuple[int, str]]:
    """The paragraph of each comment's mark, and the comment."""
    comments = comments_of(content)
    document = etree.fromstring(parts_of(content)["word/document.xml"])
    return [
        (number, comments[str(mark.get(f"{W}id"))])
        for number, element in enumerate(document.iter(f"{W}p"), 1)
        for mark in element.findall(f"{W}r/{W}commentReference")
    ]


def test_every_finding_is_a_comment_at_its_paragraph() -> None:
    content = word_file(*FAULTY, header=["{{ employr }}"])
    findings = check_template(content, NAME)
    comments = commented(annotated(content))
    assert len(comments) == len(findings)
    for finding in findings:
        in_text = finding.place.part == "word/document.xml"
        at = finding.place.paragraph if in_text else 1
        assert any(number == at and finding.code in comment and finding.what in comment for number, comment in comments)
    assert any(number == 1 and "(header, '{{ employr }}' (paragraph 2)" in comment for number, comment in comments)


def test_the_text_stays_and_the_copy_has_the_same_faults_beside_its_comments() -> None:
    content = word_file(*FAULTY)
    copy = annotated(content)
    assert [each.text for each in open_document(copy).paragraphs] == list(FAULTY)
    assert problems_of(copy) == problems_of(content)


def test_the_same_template_gives_the_same_bytes() -> None:
    content = word_file(*FAULTY)
    assert annotated(content) == annotated(content)


def test_comments_that_are_there_stay() -> None:
    document = open_document(word_file(*FAULTY))
    document.add_comment(document.paragraphs[0].runs, "What of the base?", author="A manager")
    content = bytes_of(document)
    comments = comments_of(annotated(content))
    assert comments["0"] == "What of the base?" or "What of the base?" in comments["0"]
    assert len(comments) == 1 + len(check_template(content, NAME))


def test_a_sound_template_is_copied_as_it_is() -> None:
    content = word_file("x")
    assert parts_of(annotate(content, NAME, ())) == parts_of(content)


def test_a_comment_on_a_text_box_stands_beside_it() -> None:
    content = TEMPLATES["text_boxes"]()
    document = etree.fromstring(parts_of(annotated(content))["word/document.xml"])
    marks = list(document.iter(f"{W}commentReference"))
    assert marks
    assert not any(True for mark in marks for _ in mark.iterancestors(f"{W}txbxContent"))


def test_a_file_that_cannot_be_opened_is_refused() -> None:
    with pytest.raises(JdgenError):
        annotate(b"no zip", NAME, check_template(b"no zip", NAME))


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_independent_validator_finds_nothing_new(name: str, tmp_path: Path) -> None:
    before, after = tmp_path / "before.docx", tmp_path / "after.docx"
    before.write_bytes(TEMPLATES[name]())
    after.write_bytes(annotated(TEMPLATES[name]()))
    errors_before, errors_after = (
        {error.description for error in OpenXmlValidator().validate(path).errors} for path in (before, after)
    )
    assert errors_after - errors_before == set()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copy_and_keeps_its_comments(tmp_path: Path) -> None:
    content = word_template(paragraph(run("{{ titel }}")) + paragraph("{{ bnd }}"))
    (tmp_path / "copy.docx").write_bytes(annotated(content))
    convert(tmp_path, "fodt", tmp_path / "copy.docx")
    text = (tmp_path / "copy.fodt").read_text(encoding="utf-8")
    assert text.count("<office:annotation ") == len(check_template(content, NAME))
    assert "no field &apos;titel&apos;" in text or "no field 'titel'" in text
