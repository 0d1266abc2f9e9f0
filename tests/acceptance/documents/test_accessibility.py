"""The shipped templates, and the documents made with them, keep every rule; and every rule bites."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from typing import Any

import pytest

from jdgen.drafting.model import JobDescription, Picture
from jdgen.template.filling import fill
from tests.toolbox.accessibility import RULES, contrast, faults
from tests.toolbox.examples import DOCUMENTS, DRAFTED, POSTS, ROOT, TEMPLATES, document_of, shipped_template
from tests.toolbox.word import parts_of, png, zipped

DOCUMENT, STYLES, CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
FOOTER, NUMBERING = "word/footer1.xml", "word/numbering.xml"
WORDPROCESSING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"

# Each rule, and a change to a good document that breaks it: part, what is found there, what stands there instead.
BREAKS: dict[str, list[tuple[str, str, str]]] = {
    "title_is_set": [(CORE, r"<dc:title>.*?</dc:title>", "<dc:title> </dc:title>")],
    "language_is_british_english": [
        (STYLES, '<w:lang w:val="en-GB"', '<w:lang w:val="en-US"'),
        (CORE, "<dc:language>en-GB</dc:language>", ""),
        (DOCUMENT, "<w:r><w:t", '<w:r><w:rPr><w:lang w:val="fr-FR"/></w:rPr><w:t'),
    ],
    "headings_skip_no_level": [
        (DOCUMENT, '<w:pStyle w:val="Heading1"/>', '<w:pStyle w:val="Heading2"/>'),
        (DOCUMENT, '<w:pStyle w:val="Heading2"/><w:numPr>', '<w:pStyle w:val="Heading3"/><w:numPr>'),
        (STYLES, '<w:outlineLvl w:val="0"/>', ""),
        (STYLES, '<w:outlineLvl w:val="1"/>', '<w:outlineLvl w:val="2"/>'),
    ],
    "headings_have_styles_of_word": [
        (STYLES, 'w:styleId="Heading2"><w:name w:val="heading 2"/>', 'w:styleId="Heading2"><w:name w:val="Heading"/>'),
    ],
    "no_paragraph_is_empty": [
        (DOCUMENT, r"<w:sectPr", "<w:p/><w:sectPr"),
        (FOOTER, r"</w:ftr>", "<w:p><w:r><w:t> </w:t></w:r></w:p></w:ftr>"),
    ],
    "no_cell_is_blank": [(DOCUMENT, r"(<w:tc>.*?<w:t[^>]*>)[^<]+", r"\1 ")],
    "no_cell_is_merged": [
        (DOCUMENT, "<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2"/>'),
        (DOCUMENT, "<w:tcPr>", "<w:tcPr><w:vMerge/>"),
        (DOCUMENT, r"</w:tc>(<w:tc>.*?</w:tc>)", "</w:tc>"),
    ],
    "tables_have_one_header_row": [
        (DOCUMENT, "<w:tblHeader/>", ""),
        (DOCUMENT, "<w:tblHeader/>", '<w:tblHeader w:val="0"/>'),
    ],
    "rows_are_not_split": [(DOCUMENT, "<w:cantSplit/>", "")],
    "tables_are_described": [(DOCUMENT, r"<w:tblCaption [^>]*/>", ""), (DOCUMENT, r"<w:tblDescription [^>]*/>", "")],
    "there_is_no_text_box": [
        (DOCUMENT, "<w:r><w:t", "<w:r><w:pict><w:txbxContent/></w:pict></w:r><w:r><w:t"),
        (FOOTER, "<w:pPr>", '<w:pPr><w:framePr w:w="1"/>'),
    ],
    "pictures_have_alternative_text": [
        (
            DOCUMENT,
            "<w:r><w:t",
            f'<w:r><w:drawing><d:docPr xmlns:d="{WORDPROCESSING}" id="1"/></w:drawing></w:r><w:r><w:t',
        ),
        (FOOTER, "<w:r><w:t", "<w:r><w:pict/></w:r><w:r><w:t"),
    ],
    "the_font_is_arial": [
        (STYLES, 'w:ascii="Arial"', 'w:ascii="Frutiger"'),
        (DOCUMENT, "<w:r><w:t", '<w:r><w:rPr><w:rFonts w:cs="Calibri"/></w:rPr><w:t'),
    ],
    "text_is_large_enough": [
        (STYLES, '<w:sz w:val="24"/>', '<w:sz w:val="22"/>'),
        (DOCUMENT, "<w:r><w:t", '<w:r><w:rPr><w:sz w:val="20"/></w:rPr><w:t'),
    ],
    "there_are_no_italics_or_underlines": [
        (DOCUMENT, "<w:r><w:t", "<w:r><w:rPr><w:i/></w:rPr><w:t"),
        (FOOTER, "<w:r><w:t", '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t'),
        (STYLES, "<w:b/>", "<w:i/>"),
    ],
    "text_is_left_aligned": [
        (DOCUMENT, "</w:pPr>", '<w:jc w:val="both"/></w:pPr>'),
        (STYLES, 'w:val="left"', 'w:val="center"'),
    ],
    "text_stands_out": [
        (DOCUMENT, "<w:r><w:t", '<w:r><w:rPr><w:color w:val="768692"/></w:rPr><w:t'),
        (STYLES, '<w:color w:val="FFFFFF"/>', ""),
        (STYLES, '<w:color w:val="425563"/>', '<w:color w:val="AEB7BD"/>'),
        (STYLES, 'w:fill="E8EDEE"', 'w:fill="003087"'),
        (STYLES, 'w:fill="FFF4BF"', 'w:fill="1A1A1A"'),
    ],
    "footers_number_the_pages": [(FOOTER, " PAGE ", " DATE "), (FOOTER, " NUMPAGES ", " DATE ")],
    "duties_are_numbered_by_a_list": [
        (NUMBERING, "%1.%2", "%2"),
        (DOCUMENT, "<w:numPr>.*?</w:numPr>", ""),
        (STYLES, '<w:ilvl w:val="1"/>', '<w:ilvl w:val="0"/>'),
        (DOCUMENT, r'(<w:pStyle w:val="Duty"/>.*?<w:t[^>]*>)', r"\g<1>1.1 "),
    ],
    "lists_are_real": [(DOCUMENT, r'(<w:pStyle w:val="ListBullet"/>.*?<w:t[^>]*>)', r"\g<1>• ")],
}
CASES = [(rule, number) for rule, changes in BREAKS.items() for number in range(len(changes))]


def broken(content: bytes, part: str, pattern: str, instead: str) -> bytes:
    parts = parts_of(content)
    text, count = re.subn(pattern, instead, parts[part].decode(), count=0 if part == STYLES else 1, flags=re.DOTALL)
    assert count, f"{pattern} is not in {part}"
    return zipped(parts | {part: text.encode()})


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_shipped_template_keeps_every_rule(template: str) -> None:
    assert faults((ROOT / "templates" / f"{template}.docx").read_bytes()) == []


@pytest.mark.parametrize(("post", "template"), DOCUMENTS)
def test_a_document_keeps_every_rule(post: str, template: str) -> None:
    assert faults(document_of(post, template)) == []


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_document_with_a_picture_keeps_every_rule(template: str, draft: JobDescription) -> None:
    pictured = dataclasses.replace(draft, picture=Picture(png(), "The trust's name in blue"))
    assert faults(fill(shipped_template(template), pictured, DRAFTED)) == []


@pytest.mark.parametrize("empty", ["clauses", "role_category_statements"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_a_document_without_what_may_be_missing_keeps_every_rule(
    template: str, empty: str, draft: JobDescription
) -> None:
    emptied: dict[str, Any] = {empty: ()}
    assert faults(fill(shipped_template(template), dataclasses.replace(draft, **emptied), DRAFTED)) == []


@pytest.mark.parametrize(("rule", "number"), CASES)
def test_a_document_that_breaks_a_rule_is_caught_by_it(rule: str, number: int) -> None:
    good = document_of(POSTS[1], "job-description")  # the post with prompts
    found_faults = faults(broken(good, *BREAKS[rule][number]))
    assert [fault for fault in found_faults if fault.startswith(f"{rule}: ")]


def test_every_rule_is_shown_to_bite() -> None:
    rules: list[Callable[..., object]] = list(RULES)
    assert [rule.__name__ for rule in rules] == list(BREAKS)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("005EB8", "FFFFFF") == pytest.approx(6.4, abs=0.1)
    assert contrast("768692", "FFFFFF") == pytest.approx(3.8, abs=0.1)
