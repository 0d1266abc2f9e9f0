"""What is not broken is not touched: mending keeps the bytes of parts in which there is nothing to mend."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from jdgen.template.tag_text import hide_from_docxtpl
from tests.template.mending.parts import mended
from tests.toolbox.examples import ROOT, TEMPLATES
from tests.toolbox.soak import IS_SOAK
from tests.toolbox.word import change_part, parts_of, word_file
from tests.toolbox.xml import BODY, paragraph, run, with_body


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_shipped_templates_keep_their_bytes(template: str) -> None:
    parts = parts_of((ROOT / "templates" / f"{template}.docx").read_bytes())
    assert mended(parts) == parts


def test_mending_twice_is_mending_once() -> None:
    once = mended(parts_of(with_body(f"<w:p>{run('{{ ti')}{run('tle }} x')}</w:p>" + paragraph("y"))))
    assert once != parts_of(with_body(f"<w:p>{run('{{ ti')}{run('tle }} x')}</w:p>" + paragraph("y")))
    assert mended(once) == once


def test_a_part_in_another_encoding_is_mended_too() -> None:
    template = with_body(f"<w:p>{run('é {{ ti')}{run('tle }}')}</w:p>")

    def encoded(xml: bytes) -> bytes:
        return xml.decode().replace("UTF-8", "utf-16", 1).replace("utf-8", "utf-16", 1).encode("utf-16")

    parts = mended(parts_of(change_part(template, BODY, encoded)))
    assert "é {{ title }}" in parts[BODY].decode("utf-8")


def test_a_part_of_another_kind_is_left_alone() -> None:
    split = f"<w:p>{run('{{ ti')}{run('tle }}')}</w:p>"
    parts = parts_of(word_file("x")) | {
        "word/glossary.xml": f'<w:glossary xmlns:w="urn:x">{split}</w:glossary>'.encode()
    }
    assert mended(parts) == parts


@pytest.mark.soak
@pytest.mark.parametrize(
    "text",
    [
        "{{",
        "{% if a %}",
        "{%p if a %}",
        "{#p a #}",
        "}}",
        '{% "',
        "{_{",
        "{% a == ‘b’ %}",
        "{{'}}",
        "{% raw %}",
        '{% "%}',
    ],
    ids=str,
)
def test_a_stranger_s_many_braces_cost_seconds_at_most(text: str) -> None:
    assert_cheap(lambda share: paragraph(text * (400_000 // share // len(text))))


@pytest.mark.soak
def test_a_stranger_s_blocks_inside_blocks_cost_seconds_at_most() -> None:
    def nested(share: int) -> str:
        return paragraph("{%p if a %}") * (20_000 // share) + "<w:p><w:pPr/></w:p>" * (20_000 // share)

    assert_cheap(nested)


def assert_cheap(body: Callable[[int], str]) -> None:
    """Mending takes ten seconds at most of a large body, as it has to of an eighth in an eighth of the time."""
    share = 1 if IS_SOAK else 8
    parts = parts_of(with_body(body(share)))
    before = time.process_time()
    hide_from_docxtpl(mended(parts)[BODY].decode())
    assert time.process_time() - before < 10 / share
