"""Word is asked to update fields that filling makes stale, at the place where the standard wants it asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from jdgen.drafting.model import JobDescription
from tests.toolbox.validator import errors
from tests.toolbox.word import W, change_part, fill_template, parts_of, zipped
from tests.toolbox.xml import (
    BODY,
    RELATIONS,
    SETTINGS,
    field_code,
    paragraph,
    tree_of,
    values_of,
    with_body,
    with_header,
)

ASKED = (f"{W}updateFields", f"{W}val", SETTINGS)


@pytest.mark.parametrize("code", ["PAGE", "NUMPAGES", 'DATE \\@ "d MMMM yyyy"', 'HYPERLINK "x"', "FORMTEXT"])
def test_word_asks_nothing_where_no_field_goes_stale(code: str, draft: JobDescription) -> None:
    assert values_of(fill_template(with_body(f"<w:p>{field_code(code)}</w:p>"), draft), *ASKED) == []


@pytest.mark.parametrize("code", ["STYLEREF 1", "SECTIONPAGES"])
def test_a_field_that_word_lays_out_on_each_page_is_no_reason_in_a_header(code: str, draft: JobDescription) -> None:
    field = f"<w:p>{field_code(code)}</w:p>"
    assert values_of(fill_template(with_header(field), draft), *ASKED) == []
    assert values_of(fill_template(with_body(field), draft), *ASKED) == ["true"]


@pytest.mark.parametrize(
    "xml",
    [
        '<w:fldSimple w:instr=" TOC \\o "/>'.replace("\\", "\\\\"),
        f"{field_code('PAGE')}{field_code('toc')}",
        field_code("REF own").replace("REF own", "RE</w:instrText></w:r><w:r><w:instrText>F own"),
        field_code("= 1 + 1"),
    ],
    ids=["simple", "second", "split", "sum"],
)
def test_every_way_to_write_a_field_is_seen(xml: str, draft: JobDescription) -> None:
    assert values_of(fill_template(with_body(f"<w:p>{xml}</w:p>"), draft), *ASKED) == ["true"]


def test_what_asks_already_asks_once(draft: JobDescription) -> None:
    template = with_body(f"<w:p>{field_code('TOC')}</w:p>")
    off = change_part(
        template, SETTINGS, lambda xml: xml.replace(b"<w:compat>", b'<w:updateFields w:val="false"/><w:compat>', 1)
    )
    assert values_of(fill_template(off, draft), *ASKED) == ["true"]


def test_the_settings_still_hold_to_the_standard(draft: JobDescription, tmp_path: Path) -> None:
    template = with_body(f"<w:p>{field_code('TOC')}</w:p>" + paragraph("{{ title }}"))
    assert errors(fill_template(template, draft), tmp_path) == errors(template, tmp_path)


def test_settings_that_ask_elsewhere_would_be_found(tmp_path: Path) -> None:
    template = with_body(paragraph("x"))
    last = change_part(template, SETTINGS, lambda xml: xml.replace(b"</w:settings>", b"<w:updateFields/></w:settings>"))
    assert len(errors(last, tmp_path)) > len(errors(template, tmp_path))


def test_without_settings_each_field_that_goes_stale_is_marked(draft: JobDescription) -> None:
    template = with_body(f"<w:p>{field_code('PAGE')}{field_code('TOC')}</w:p>")
    bare = change_part(template, RELATIONS, lambda xml: xml.replace(b"/settings", b"/elsewhere", 1))
    parts = parts_of(bare)
    content = fill_template(zipped(parts), draft)
    marks = [field.get(f"{W}dirty") for field in tree_of(content, BODY).iter(f"{W}fldChar")]
    assert marks == [None, None, None, "true", None, None]
