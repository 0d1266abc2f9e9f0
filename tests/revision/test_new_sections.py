"""Where a whole new heading comes in a document that nobody has touched: whatever the template has before the duties
and after them, the document is the one that would be made anew."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from lxml import etree

from jdgen.document.making import DocumentSources, make_document
from jdgen.framework.model import Framework
from jdgen.framework.reading import framework_of
from jdgen.post.reading import entries_of_file, post_of
from jdgen.revision.redline.settling import accept_all
from jdgen.revision.regeneration import RegenerationOutcome, RegenerationSettings, regenerate
from jdgen.template.compiling import compile_template
from jdgen.text_files.yaml_reading import parse_yaml
from tests.revision.layouts import LAYOUTS
from tests.toolbox.data import change_text, shipped_library
from tests.toolbox.documents import BODY, MANNER, POST, materials, newer_edition_text, texts_of
from tests.toolbox.examples import DRAFTED, ROOT, post_file
from tests.toolbox.word import parts_of

pytestmark = pytest.mark.slow

_SHIPPED = ("job-description", "job-description-numbered", "job-description-side-by-side", "role-profile")
_TITLE, _DUTY = "Sustainability of projects", "Count what each project costs the climate."
_HEADING = (
    f"      - id: sustainability\n        title: {_TITLE}\n        source: {{line: 56, cell: 2}}\n        statements:\n"
    "          - id: pmo.sustainability.6-8d\n            bands: '6-8d'\n"
    f"            source: {{line: 56, cell: 3}}\n            text: {_DUTY}\n"
)


@functools.cache
def _newer(before: str) -> Framework:
    """The shipped framework with a heading more, before this line of its file."""
    return framework_of(parse_yaml(change_text(newer_edition_text(), before, _HEADING + before).encode(), "newer.yaml"))


@functools.cache
def _bytes_of(template: str) -> bytes:
    make = LAYOUTS.get(template)
    return make() if make else (ROOT / "templates" / f"{template}.docx").read_bytes()


@pytest.mark.parametrize("before", ["      - id: leadership\n", "    entry_routes:\n"], ids=["first", "last"])
@pytest.mark.parametrize("template", [*_SHIPPED, *LAYOUTS])
def test_a_new_heading_comes_where_it_is_in_a_document_made_anew(template: str, before: str, tmp_path: Path) -> None:
    file = tmp_path / f"{template}.docx"
    file.write_bytes(_bytes_of(template))
    making = DocumentSources(shipped_library(), compile_template(file.read_bytes(), file.name), DRAFTED)
    document = make_document(post_of(entries_of_file(post_file(POST))), making).content
    sources = materials(_newer(before), file)

    result = regenerate(document, "jd.docx", sources, MANNER)
    clean = regenerate(document, "jd.docx", sources, RegenerationSettings(MANNER.stamp, clean=True))

    assert (result.outcome, clean.outcome) == (RegenerationOutcome.REDLINED, RegenerationOutcome.FRESH)
    assert not result.unplaced
    assert result.content
    assert clean.content
    expected = texts_of(etree.fromstring(parts_of(clean.content)[BODY]))
    tree = etree.fromstring(parts_of(result.content)[BODY])
    accept_all(tree)
    assert any(_DUTY in text for text in expected)
    assert texts_of(tree) == expected
