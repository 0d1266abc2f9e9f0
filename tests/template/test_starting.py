"""A template made for an organisation: sound, accessible, the same every time, and refused with all that is wrong."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import pytest
from docx.image.image import Image
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from jdgen.errors import JdgenError
from jdgen.template.compiled import CompiledTemplate
from jdgen.template.compiling import compile_template
from jdgen.template.filling import fill
from jdgen.template.starting import ORDER, POST_PICTURE, StarterChoices, starter
from tests.toolbox.accessibility import faults
from tests.toolbox.examples import DRAFTED, POSTS, ROOT, TEMPLATES, draft_of
from tests.toolbox.soak import budget
from tests.toolbox.word import NAME, open_document, parts_of, png

TRUST = "Health & Care <North> “Moorshire”"
SECTIONS = (*ORDER, POST_PICTURE)
VARIANTS: dict[str, dict[str, Any]] = {
    **{kind: {"kind": kind} for kind in TEMPLATES},
    "colours": {"color": "#7C2855", "accent": "006747"},
    "picture": {"picture": png(400, 100), "alt_text": 'The "North" & its name'},
    "everything": {"added": ORDER},
    "nothing": {"without": tuple(name for name in SECTIONS if name != "details")},
    "values alone": {"without": ("about",)},
    "profile with more": {"kind": "role-profile", "added": ("purpose", "person-specification", "values")},
}


@functools.cache
def starter_of(variant: str) -> bytes:
    return starter(StarterChoices(TRUST, **VARIANTS[variant]))


@functools.cache
def compiled(variant: str) -> CompiledTemplate:
    return compile_template(starter_of(variant), NAME)


def problems(**choices: Any) -> list[str]:
    try:
        starter(StarterChoices(**{"organisation": TRUST, **choices}))
    except JdgenError as error:
        return [str(problem) for problem in error.problems]
    return []


def headings(content: bytes) -> list[str]:
    return [each.text for each in open_document(content).paragraphs if each.style.style_id.startswith("Heading1")]


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_starter_keeps_every_rule_and_the_standard(variant: str, tmp_path: Path) -> None:
    assert faults(starter_of(variant)) == []
    path = tmp_path / "starter.docx"
    path.write_bytes(starter_of(variant))
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


@pytest.mark.parametrize("post", POSTS)
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_starter_fills_with_every_example_post(variant: str, post: str) -> None:
    draft = draft_of(post)
    content = fill(compiled(variant), draft, DRAFTED)
    assert faults(content) == []
    text = "\n".join(paragraph.text for paragraph in open_document(content).paragraphs)
    assert draft.title in text
    assert "{{" not in text
    assert "{%" not in text


def test_without_choices_of_its_own_a_starter_is_the_shipped_template_but_for_the_name() -> None:
    for kind in TEMPLATES:
        shipped = parts_of((ROOT / "templates" / f"{kind}.docx").read_bytes())
        parts = parts_of(starter(StarterChoices("Nobody", kind)))
        # What says whose name it is has no counterpart in a template that prints the post's employer.
        assert b"Nobody" in parts.pop("docProps/custom.xml")
        declared = re.compile(rb"<(?:Override|Relationship) [^>]*docProps/custom\.xml[^>]*/>")
        renamed = {name: declared.sub(b"", part.replace(b"Nobody", b"{{ employer }}")) for name, part in parts.items()}
        assert renamed == shipped


def test_the_organisation_is_printed_in_place_of_the_employer() -> None:
    document = open_document(fill(compile_template(starter_of("job-description"), NAME), draft_of(POSTS[0]), DRAFTED))
    assert document.sections[0].first_page_header.paragraphs[0].text == TRUST
    assert [paragraph.text for paragraph in document.sections[0].header.paragraphs] == [draft_of(POSTS[0]).title, TRUST]
    rows = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert rows["Employer"] == TRUST


def test_the_colours_take_the_place_of_the_nhs_ones() -> None:
    looks = b"".join(
        content for name, content in parts_of(starter_of("colours")).items() if "styles" in name or "theme" in name
    )
    assert b"003087" not in looks
    assert b"005EB8" not in looks
    assert looks.count(b"7C2855") > 5
    assert looks.count(b"006747") > 3


def test_the_accent_is_the_main_colour_where_only_that_is_chosen() -> None:
    styles = parts_of(starter(StarterChoices(TRUST, color="#7C2855")))["word/styles.xml"]
    assert b"005EB8" not in styles
    assert b"003087" not in styles


@pytest.mark.parametrize("post", POSTS[:2])
def test_the_picture_stands_above_the_title_in_every_document(post: str) -> None:
    document = open_document(fill(compile_template(starter_of("picture"), NAME), draft_of(post), DRAFTED))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == 'The "North" & its name'
    assert shape.width / shape.height == pytest.approx(4, rel=0.01)
    related = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    assert Image.from_blob(related.blob).px_width == 400
    assert document.paragraphs[2].style.style_id == "Title"
    assert "picture" not in compile_template(starter_of("picture"), NAME).fields


def test_sections_are_left_out_and_put_in_at_their_place() -> None:
    content = starter(StarterChoices(TRUST, without=("about", "agreement", POST_PICTURE), added=("qualifications",)))
    assert headings(content) == [
        *("Job details", "Our values", "Job purpose", "Dimensions", "Key working relationships"),
        *("Main duties and responsibilities", "How the work is done", "Decisions and autonomy", "Training and skills"),
        *("Effort and environment", "Qualifications and professional memberships", "General statements"),
        *("Person specification", "About this document"),
    ]
    assert "picture" not in compile_template(content, NAME).fields


def test_every_section_that_is_named_can_be_left_out_or_put_in() -> None:
    for kind in TEMPLATES:
        whole = starter(StarterChoices(TRUST, kind))
        for name in ORDER:
            if name != "details":
                left_out = starter(StarterChoices(TRUST, kind, without=(name,)))
                put_in = starter(StarterChoices(TRUST, kind, added=(name,)))
                assert (left_out == whole) != (put_in == whole), (kind, name)


def test_equal_choices_give_equal_bytes() -> None:
    for choices in VARIANTS.values():
        assert starter(StarterChoices(TRUST, **choices)) == starter(StarterChoices(TRUST, **choices))


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        ({"organisation": " "}, "--organisation: is empty: write the name of the organisation"),
        ({"organisation": "{{ x }}"}, "--organisation: holds a brace, which begins a tag: write it without { and }"),
        (
            {"organisation": "a\nb"},
            "--organisation: holds a character that no document can show: write it in one line of plain text",
        ),
        ({"organisation": "x" * 251}, "--organisation: has 251 characters: use at most 250"),
        ({"color": "blue"}, "--colour: 'blue' is no colour: write # and six hexadecimal digits, such as '#005EB8'"),
        (
            {"accent": "#768692"},
            "--accent: text in '#768692' has a contrast of 3.7 to 1 on white: "
            "at least 4.5 to 1 (WCAG AA), such as '#6A7883'",
        ),
        (
            # Fit for text on white, and not in the pale first column.
            {"color": "#767676"},
            "--colour: text in '#767676' has a contrast of 3.8 to 1 on the pale first column of tables: "
            "at least 4.5 to 1 (WCAG AA), such as '#6B6B6B'",
        ),
        (
            {"picture": png()},
            "--alt-text: is empty: say in a few words what the picture shows, such as 'North Moorshire NHS Trust'",
        ),
        ({"alt_text": "x"}, "--alt-text: describes no picture: name the picture with --picture"),
        (
            {"picture": b"GIF89a", "alt_text": "x"},
            "--picture: is not a picture that Word can show: use a PNG or JPEG file",
        ),
        (
            {"picture": png()[:20], "alt_text": "x"},
            "--picture: is not a picture that Word can show: use a PNG or JPEG file",
        ),
        (
            {"picture": png() + bytes(500_000), "alt_text": "x"},
            "--picture: has 500 kB, which every document would carry: make it smaller than 500 kB",
        ),
        (
            {"picture": png(), "alt_text": "x", "added": (POST_PICTURE,)},
            "--with: the picture of the post would stand beside the template's own: "
            "leave out 'post-picture' or --picture",
        ),
        (
            {"without": ("details",)},
            "--without: a template needs the section 'details': delete single rows of it in Word",
        ),
        (
            {"without": ("values",), "added": ("values",)},
            "--without: 'values' is named in --with too: leave out one of the two",
        ),
    ],
)
def test_a_choice_that_cannot_be_met_is_refused(choices: dict[str, Any], problem: str) -> None:
    assert problems(**choices) == [problem]


def test_names_are_helped_with() -> None:
    (kind,) = problems(kind="job-descripton")
    assert kind.startswith("--from: unknown template 'job-descripton': did you mean 'job-description'?")
    messages = problems(without=("dutys",), added=("valeus",), color="x")
    assert [text.partition("?")[0] for text in messages[1:]] == [
        "--without: unknown section 'dutys': did you mean 'duties'",
        "--with: unknown section 'valeus': did you mean 'values'",
    ]


@budget(5)
@given(
    organisation=st.text(min_size=1, max_size=60),
    kind=st.sampled_from(sorted(TEMPLATES)),
    without=st.sets(st.sampled_from(SECTIONS)).map(tuple),
    additions=st.sets(st.sampled_from(SECTIONS)).map(tuple),
)
def test_any_choice_gives_a_sound_template_or_an_error_of_ours(
    organisation: str, kind: str, without: tuple[str, ...], additions: tuple[str, ...]
) -> None:
    try:
        content = starter(StarterChoices(organisation, kind, without=without, added=additions))
    except JdgenError as error:
        assert error.problems  # noqa: PT017  # either may come of it
        return
    document = open_document(fill(compile_template(content, NAME), draft_of(POSTS[0]), DRAFTED))
    if kind != "role-profile":
        assert document.sections[0].first_page_header.paragraphs[0].text == " ".join(organisation.split())
