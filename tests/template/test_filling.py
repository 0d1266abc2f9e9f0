"""The filled document as a file: its bytes, its properties, its picture, its prompts."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import os
import struct
import subprocess
import sys

import pytest
from docx.shared import Cm
from lxml import etree

from jdgen.drafting.model import JobDescription, Picture
from jdgen.drafting.texts import Giver, Text
from jdgen.errors import JdgenError
from jdgen.template.filling import fill
from jdgen.template.picture import fitted_size
from tests.toolbox.examples import DRAFTED, ROOT, TEMPLATES, shipped_template
from tests.toolbox.metafiles import read as read_metafile
from tests.toolbox.word import (
    W,
    body_replaced,
    bytes_of,
    fill_template,
    filled_document,
    open_document,
    parts_of,
    png,
    problems_of,
    word_file,
)

DESCRIPTION = 'Crest & "motto" <of the trust> {_{ x }_}'
SCRIPT = """
import dataclasses, hashlib
from jdgen.drafting.model import Picture
from tests.toolbox.examples import DRAFTED, POSTS, TEMPLATES, draft_of, shipped_template
from tests.toolbox.word import png
from jdgen.template.filling import fill
for template in TEMPLATES:
    draft = dataclasses.replace(draft_of(POSTS[0]), picture=Picture(png(), "x"))
    print(hashlib.sha256(fill(shipped_template(template), draft, DRAFTED)).hexdigest())
"""


def with_picture(draft: JobDescription, content: bytes) -> JobDescription:
    return dataclasses.replace(draft, picture=Picture(content, DESCRIPTION))


def digests(**environment: str) -> list[str]:
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.split()


def test_equal_inputs_give_equal_bytes(draft: JobDescription) -> None:
    pictured = with_picture(draft, png())
    first, second = (fill(shipped_template("job-description"), pictured, DRAFTED) for _ in range(2))
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def test_the_bytes_do_not_depend_on_machine_zone_or_language() -> None:
    here = digests(PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    there = digests(PYTHONHASHSEED="4711", TZ="Pacific/Auckland", LC_ALL="C")
    assert len(here) == len(TEMPLATES)
    assert here == there


def test_another_date_gives_another_document(draft: JobDescription) -> None:
    template = shipped_template("job-description")
    assert fill(template, draft, DRAFTED) != fill(template, draft, DRAFTED + datetime.timedelta(days=1))


def test_the_core_properties_tell_what_the_document_is(draft: JobDescription) -> None:
    renamed = dataclasses.replace(draft, title="Research & <Development> manager", employer="Moor & Dale")
    properties = open_document(fill(shipped_template("person-specification"), renamed, DRAFTED)).core_properties
    assert properties.title == "Research & <Development> manager: person specification"
    assert properties.subject == f"Band {renamed.band_statement}"
    assert properties.author == "Moor & Dale"
    assert properties.last_modified_by == "jdgen"
    assert properties.language == "en-GB"
    assert properties.version == renamed.version
    assert (
        properties.created == properties.modified == datetime.datetime(2026, 11, 24, tzinfo=properties.created.tzinfo)
    )
    assert properties.revision == 1


def test_a_prompt_does_not_become_a_property(draft: JobDescription) -> None:
    unknown = dataclasses.replace(draft, employer="[To complete: employer]", version="[To complete: version]")
    properties = open_document(fill(shipped_template("job-description"), unknown, DRAFTED)).core_properties
    assert (properties.author, properties.version) == ("jdgen", "")


def test_a_title_too_long_for_a_property_is_cut_there_and_only_there(draft: JobDescription) -> None:
    document = filled_document(word_file("{{ title }}"), dataclasses.replace(draft, title="long\t" * 100))
    assert len(document.core_properties.title) == 255
    assert document.core_properties.title.startswith("long long long")
    assert document.core_properties.title.endswith("…")
    assert document.paragraphs[0].text == "long\t" * 100


@pytest.mark.parametrize("place", ["body", "header"])
@pytest.mark.parametrize(("width", "height"), [(40, 10), (10, 40), (1, 1), (900, 300)])
def test_a_picture_is_shown_in_proportion_with_its_alternative_text(
    place: str, width: int, height: int, draft: JobDescription
) -> None:
    template = word_file("{{ picture }}") if place == "body" else word_file("x", header=["{{ picture }}"])
    parts = parts_of(fill_template(template, with_picture(draft, png(width, height))))
    assert parts["word/media/image1.png"] == png(width, height)
    tree = etree.fromstring(parts["word/document.xml" if place == "body" else "word/header1.xml"])
    (extent,), (properties,) = (list(tree.iter(f"{{*}}{name}")) for name in ("extent", "docPr"))
    size = int(extent.get("cx", "")), int(extent.get("cy", ""))
    assert size[0] <= Cm(8)
    assert size[1] <= Cm(2.5)
    assert size[0] / size[1] == pytest.approx(width / height, rel=0.001)
    assert properties.get("descr") == DESCRIPTION


@pytest.mark.parametrize("content", [b"", b"GIF", b"<svg/>", png()[:12], png(0, 5), b"\xff\xd8\xff\xe0" + bytes(10)])
def test_what_is_no_picture_is_refused(content: bytes, draft: JobDescription) -> None:
    (problem,) = problems_of(word_file("{{ picture }}"), with_picture(draft, content))
    assert (problem.what, problem.right) == ("is not a picture that Word can show", "use a PNG or JPEG file")


@pytest.mark.parametrize(
    "header",
    [struct.pack("<IHHHH", 12, 40, 20, 1, 24), struct.pack("<IiiHH", 40, 40, -20, 1, 24) + bytes(24)],
    ids=["of the oldest form", "of today"],
)
def test_a_bitmap_is_measured_by_whichever_header_it_has(header: bytes) -> None:
    pixels = bytes(40 * 20 * 3)
    at = 14 + len(header)
    file_header = struct.pack("<2sIHHI", b"BM", at + len(pixels), 0, 0, at)
    width, height = fitted_size(Picture(file_header + header + pixels, "x"))
    assert width == 2 * height


@pytest.mark.parametrize("byte", range(len(png())))
def test_a_damaged_picture_is_measured_or_refused_and_never_crashes(byte: int) -> None:
    whole = png()
    for content in (whole[:byte], whole[:byte] + b"\xff" + whole[byte + 1 :], whole[:byte] + b"\0" + whole[byte + 1 :]):
        try:
            width, height = fitted_size(Picture(content, "x"))
        except JdgenError:
            continue
        assert 0 <= width <= Cm(8)
        assert 0 <= height <= Cm(2.5)


def charted(draft: JobDescription, chart: Picture | None, picture: Picture | None) -> dict[str, bytes]:
    """The parts of a document that shows both, as far as they are there."""
    pictured_draft = dataclasses.replace(draft, picture=picture, organisation_chart=chart or draft.organisation_chart)
    return parts_of(
        fill_template(
            word_file("{%p if picture %}", "{{ picture }}", "{%p endif %}", "{{ organisation_chart }}"), pictured_draft
        )
    )


def pictures_in(parts: dict[str, bytes]) -> dict[str, str]:
    """The files that a document shows, each with its kind, in order; all of them are in the file, and no others."""
    relations = etree.fromstring(parts["word/_rels/document.xml.rels"])
    targets = {
        element.get("Id"): element.get("Target", "")
        for element in relations
        if element.get("Type", "").endswith("/image")
    }
    embedded = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
    files = [targets[element.get(embedded)] for element in etree.fromstring(parts["word/document.xml"]).iter("{*}blip")]
    types = etree.fromstring(parts["[Content_Types].xml"])
    kinds = [(element.get("Extension"), element.get("ContentType")) for element in types.iter("{*}Default")]
    assert len(dict(kinds)) == len(kinds)
    assert (
        sorted(targets.values())
        == sorted(files)
        == sorted(name.removeprefix("word/") for name in parts if name.startswith("word/media/"))
    )
    assert not any("{" in name for name in (*files, *dict(kinds)))
    return {file: dict(kinds)[file.rpartition(".")[2]] or "" for file in files}


def test_the_drawn_chart_is_shown_as_large_as_it_is_drawn(draft: JobDescription) -> None:
    parts = charted(draft, None, None)
    assert pictures_in(parts) == {"media/image1.emf": "image/x-emf"}
    (extent,), (properties,) = (
        [*etree.fromstring(parts["word/document.xml"]).iter(f"{{*}}{name}")] for name in ("extent", "docPr")
    )
    inches = read_metafile(parts["word/media/image1.emf"]).inches
    assert (int(extent.get("cx", "")), int(extent.get("cy", ""))) == pytest.approx(
        tuple(inch * 914_400 for inch in inches), abs=400
    )
    assert draft.organisation_chart is not None
    assert properties.get("descr") == draft.organisation_chart.description


@pytest.mark.parametrize(
    ("chart", "picture", "files"),
    [
        (None, png(), {"media/image1.png": "image/png", "media/image2.emf": "image/x-emf"}),
        (png(4, 4), png(), {"media/image1.png": "image/png", "media/image2.png": "image/png"}),
        (png(4, 4), None, {"media/image1.png": "image/png"}),
    ],
)
def test_two_pictures_in_a_document_have_each_its_file_and_kind(
    chart: bytes | None, picture: bytes | None, files: dict[str, str], draft: JobDescription
) -> None:
    own_chart = Picture(chart, "The office") if chart else None
    assert pictures_in(charted(draft, own_chart, Picture(picture, "Logo") if picture else None)) == files


def test_a_small_chart_of_one_s_own_is_not_blown_up_and_a_large_one_fits_the_page(draft: JobDescription) -> None:
    for width, height, most in ((72, 36, Cm(2.6)), (5000, 500, Cm(15.9)), (500, 5000, Cm(2.2))):
        parts = charted(draft, Picture(png(width, height), "x"), None)
        (extent,) = etree.fromstring(parts["word/document.xml"]).iter("{*}extent")
        assert int(extent.get("cx", "")) <= most
        assert int(extent.get("cx", "")) / int(extent.get("cy", "")) == pytest.approx(width / height, rel=0.01)


def test_what_is_no_chart_is_refused_by_its_own_name(draft: JobDescription) -> None:
    with_svg = dataclasses.replace(draft, organisation_chart=Picture(b"<svg/>", "x"))
    (problem,) = problems_of(word_file("{{ organisation_chart }}"), with_svg)
    assert (problem.where, problem.what) == ("organisation_chart", "is not a picture that Word can show")


def test_a_document_without_a_picture_holds_none(draft: JobDescription) -> None:
    parts = parts_of(fill(shipped_template("job-description"), dataclasses.replace(draft, picture=None), DRAFTED))
    assert [name for name in parts if "media" in name] == []


def test_a_prompt_is_set_apart_in_the_prompt_style(draft: JobDescription) -> None:
    prompted = dataclasses.replace(draft, reference="[To complete: reference]")
    document = open_document(fill(shipped_template("job-description"), prompted, DRAFTED))
    for footer in (document.sections[0].footer, document.sections[0].first_page_footer):
        pieces = [(run.text, run.style.name) for run in footer.paragraphs[0].runs]
        assert ("[To complete: reference]", "Prompt") in pieces
        assert pieces[0] == ("Reference: ", "Default Paragraph Font")
    cell = next(row.cells[1] for row in document.tables[0].rows if row.cells[0].text == "Job description reference")
    assert [(run.text, run.style.name) for run in cell.paragraphs[0].runs if run.text] == [
        ("[To complete: reference]", "Prompt")
    ]


def test_a_prompt_is_split_from_the_text_around_it_and_keeps_its_formatting(draft: JobDescription) -> None:
    template = open_document(word_file("x"))
    template.paragraphs[0].runs[0].text = "Ask {{ title }} now"
    template.paragraphs[0].runs[0].bold = True
    prompted = dataclasses.replace(draft, title="[To complete: a] or [To complete: b]")
    document = filled_document(bytes_of(template), prompted)
    runs = [(run.text, run.bold, run.font.highlight_color is not None) for run in document.paragraphs[0].runs]
    assert runs == [
        ("Ask ", True, False),
        ("[To complete: a]", True, True),
        (" or ", True, False),
        ("[To complete: b]", True, True),
        (" now", True, False),
    ]


def test_a_prompt_is_set_apart_wherever_it_comes_from(draft: JobDescription) -> None:
    demand_texts = "{% for demand in demands %}{{ demand.text }}; {% endfor %}"
    template = word_file(demand_texts, "{{ title }}", footer=["{{ title }}", "[To complete: typed] by us"])
    prompt = Text("[To complete: asked]", Giver.PROMPT)
    demands = tuple(dataclasses.replace(demand, text=prompt) for demand in draft.demands[:2])
    document = filled_document(template, dataclasses.replace(draft, demands=demands))
    typed, inline = (
        [(run.text, run.font.highlight_color is not None) for run in paragraph.runs if run.text]
        for paragraph in (document.sections[0].footer.paragraphs[-1], document.paragraphs[0])
    )
    assert typed == [("[To complete: typed]", True), (" by us", False)]
    assert inline == [*(("[To complete: asked]", True), ("; ", False)) * len(demands)]


def test_an_answered_field_is_not_marked(draft: JobDescription) -> None:
    document = filled_document(word_file("{{ title }} [To do: x]"), draft)
    assert [run.font.highlight_color for run in document.paragraphs[0].runs if run.text] == [None]


def test_a_cell_that_a_choice_empties_still_holds_a_paragraph(draft: JobDescription) -> None:
    template = open_document(word_file("x", table=[["{%p if title == 'no' %}", "y"]]))
    cell = template.tables[0].rows[0].cells[0]
    cell.add_paragraph("text")
    cell.add_paragraph("{%p endif %}")
    tree = etree.fromstring(parts_of(fill_template(bytes_of(template), draft))["word/document.xml"])
    cells = list(tree.iter(f"{W}tc"))
    assert len(cells) == 2
    assert all(cell[-1].tag == f"{W}p" for cell in cells)


def test_a_table_whose_loop_has_nothing_to_repeat_is_left_out(draft: JobDescription) -> None:
    rows = [["{%tr for block in qualifications %}"], ["{{ block.text }}"], ["{%tr endfor %}"]]
    nothing = dataclasses.replace(draft, qualifications=())
    document = filled_document(word_file("before", table=rows), nothing)
    assert (len(document.tables), document.paragraphs[0].text) == (0, "before")


def test_the_columns_of_a_nested_table_are_left_alone(draft: JobDescription) -> None:
    template = open_document(word_file("x", table=[["{{ title }}"]]))
    nested = template.tables[0].rows[0].cells[0].add_table(rows=1, cols=3)
    for cell in nested.rows[0].cells:
        cell.text = "y"
    tree = etree.fromstring(parts_of(fill_template(bytes_of(template), draft))["word/document.xml"])
    assert [len(table.findall(f"{W}tblGrid/*")) for table in tree.iter(f"{W}tbl")] == [1, 3]


def test_a_table_without_a_grid_can_be_filled(draft: JobDescription) -> None:
    template = word_file("x", table=[["{{ title }}"]])
    grid = parts_of(template)["word/document.xml"].decode().split("<w:tblGrid>")[1].split("</w:tblGrid>")[0]
    document = filled_document(body_replaced(template, f"<w:tblGrid>{grid}</w:tblGrid>", ""), draft)
    assert document.tables[0]._tbl.tr_lst[0].tc_lst[0].p_lst[0].text == draft.title


@pytest.mark.parametrize(
    ("kind", "in_title"), [("R&D JD", "R&D JD"), ("JD", "JD"), ("Job description", "job description"), ("X", "X")]
)
def test_the_kind_of_document_keeps_its_abbreviations_in_the_title(
    kind: str, in_title: str, draft: JobDescription
) -> None:
    template = open_document(word_file("{{ band }}"))
    template.core_properties.title = kind
    assert filled_document(bytes_of(template), draft).core_properties.title == f"{draft.title}: {in_title}"
