"""How often the parts of a template are parsed and written while it is opened and checked, counted through lxml."""

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
    counted: Counter[bytes] = Counter()
    parse = etree.fromstring

    def counting(xml: str | bytes, *arguments: Any, **named: Any) -> Any:
        counted[xml if isinstance(xml, bytes) else xml.encode()] += 1
        return parse(xml, *arguments, **named)

    monkeypatch.setattr(etree, "fromstring", counting)
    return counted


# Once for all of jdgen, once by python-docx; to compile, the main text once more.
@pytest.mark.parametrize(("look", "most", "altogether"), [(check_template, 2, 31), (compile_template, 3, 35)])
def test_no_part_is_parsed_anew_by_each_who_reads_it(
    look: Callable[[bytes, str], object], most: int, altogether: int, parses: Counter[bytes]
) -> None:
    parts = parts_of(TEMPLATE)
    look(TEMPLATE, NAME)
    texts = {name: part for name, part in parts.items() if name.startswith("word/") and name.endswith(".xml")}
    alike = Counter(texts.values())  # two footers say the same
    assert {name for name, part in texts.items() if not 1 <= parses[part] <= most * alike[part]} == set()
    assert sum(parses.values()) <= altogether


def test_what_is_mended_is_read_in_the_tree_that_was_mended(parses: Counter[bytes]) -> None:
    content = with_body(f"<w:p>{run('{{ ti')}{run('tle }}')}</w:p>")
    check_template(content, NAME)
    before, mended = parts_of(content)["word/document.xml"], [xml for xml in parses if b"{{ title }}" in xml]
    assert parses[before] == 1
    assert [parses[xml] for xml in mended] == [1]
