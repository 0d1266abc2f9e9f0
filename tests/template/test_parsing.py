"""How often the parts of a template are parsed while it is opened and checked, counted through lxml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from jdgen.template.checks.check import check_template
from jdgen.template.compiling import compile_template
from tests.toolbox.examples import ROOT
from tests.toolbox.word import NAME, parts_of
from tests.toolbox.xml import run, with_body

TEMPLATE = (ROOT / "templates/job-description.docx").read_bytes()


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> Counter[bytes]:
    """How often each content was parsed, by whomever."""
    counts: Counter[bytes] = Counter()
    parse = etree.fromstring

    def counting(xml: str | bytes, *arguments: Any, **keywords: Any) -> Any:
        counts[xml if isinstance(xml, bytes) else xml.encode()] += 1
        return parse(xml, *arguments, **keywords)

    monkeypatch.setattr(etree, "fromstring", counting)
    return counts


@pytest.mark.parametrize("look", [check_template, compile_template])
def test_each_part_is_parsed_once(look: Callable[[bytes, str], object], parses: Counter[bytes]) -> None:
    parts = parts_of(TEMPLATE)
    look(TEMPLATE, NAME)
    expected = Counter(part for name, part in parts.items() if name.endswith((".xml", ".rels")))
    assert parses == expected  # two footers say the same


def test_what_is_mended_is_read_in_the_tree_that_was_mended(parses: Counter[bytes]) -> None:
    content = with_body(f"<w:p>{run('{{ ti')}{run('tle }}')}</w:p>")
    check_template(content, NAME)
    assert parses[parts_of(content)["word/document.xml"]] == 1
    assert [xml for xml in parses if b"{{ title }}" in xml] == []
