"""A long form, and one that was built to take long, is checked in time that grows as its length does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jdgen.template.checks.blanks import blanks
from jdgen.template.checks.gaps import gaps
from jdgen.template.checks.parts import filled_parts
from jdgen.word.file import File
from tests.template.checks.test_gaps import shipped_words
from tests.toolbox.growth import LINEAR, calls, growth, lines
from tests.toolbox.markup import control, heading, paragraph, table, word_template
from tests.toolbox.word import parts_of

POST, TAGS = paragraph("{{ title }} {{ band }}"), ("Job title", "{{ title }}")
BODIES: dict[str, Callable[[int], str]] = {
    "labels beside empty cells": lambda number: table(*[("Department:", "")] * number, header=False),
    "labels of no field": lambda number: table(*[("Ledger:", "")] * number, TAGS, header=False),
    "labels above empty cells": lambda number: table(*[("Department:",), ("",)] * number, header=False),
    "labels in one row": lambda number: table(("Department:", "") * number, header=False),
    "labels in one cell": lambda number: table((paragraph("Department") * number, ""), header=False),
    "gaps in cells": lambda number: table(*[("Department", "[band]")] * number, header=False),
    "gaps in one row": lambda number: table(("[band]",) * number, header=False),
    "lines in cells": lambda number: table(*[("Department", "______")] * number, header=False),
    "labels in the text": lambda number: paragraph("Department:") * number,
    "labels below blank lines": lambda number: paragraph("") * number + paragraph("Department:") * number,
    "labels below headings": lambda number: (heading("Post") + paragraph("Department:")) * number,
    "labels above headings": lambda number: paragraph("Department:") * number + heading("Post") * number,
    "gaps in a control": lambda number: control(paragraph("[band]") * number, "x", 1),
    "tables in a table": lambda number: table((table(("Department:", "")) * number + paragraph(""),), header=False),
}


@pytest.mark.parametrize("count", [calls, lines])
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_form_is_gone_through_once(body: Callable[[int], str], count: Callable[[Callable[[], object]], int]) -> None:
    words = shipped_words()

    def check(number: int) -> None:
        # What the whole check does besides would hide what grows faster.
        for part in filled_parts(File.of(contents[number])):
            sum(1 for _ in (*gaps(part, words), *blanks(part)))

    contents = {number: parts_of(word_template(POST + body(number))) for number in (1, 50, 200, 350)}
    check(1)  # so that what is made once is made
    assert growth(check, few=50, step=150, count=count) < LINEAR
