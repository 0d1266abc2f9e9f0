"""A redline takes work as a document has paragraphs, whether a person has left them, edited them or put more in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jdgen.document.making import DocumentSources, make_document
from jdgen.post.model import AddedDuty
from jdgen.revision.fresh_sources import FreshSources
from jdgen.revision.regeneration import RegenerationSettings, regenerate
from tests.toolbox.data import shipped_library
from tests.toolbox.documents import MANNER, edit_document
from tests.toolbox.drafts import post_at
from tests.toolbox.examples import DRAFTED, shipped_template
from tests.toolbox.growth import LINEAR, growth

#: How many duties of its own a post has.
FEW, STEP = 10, 80


def document(count: int) -> bytes:
    duties = tuple(AddedDuty("leadership", f"Keeps the list of number {number} true.") for number in range(count))
    sources = DocumentSources(shipped_library(), shipped_template("job-description"), DRAFTED)
    return make_document(post_at("7", added_duties=duties), sources).content


def reworded(count: int) -> bytes:
    return edit_document(
        document(count), *((f"number {number} true", f"no. {number} complete") for number in range(count))
    )


def taken_out(count: int) -> bytes:
    every_other = range(0, count, 2)
    return edit_document(document(count), *((f"Keeps the list of number {number} true.", "") for number in every_other))


@pytest.mark.parametrize("version", [document, reworded, taken_out])
def test_twice_as_many_more_paragraphs_take_twice_as_much_more_work(
    version: Callable[[int], bytes], newer: FreshSources
) -> None:
    def redline(count: int) -> None:
        result = regenerate(contents[count], "jd.docx", newer, RegenerationSettings(MANNER.stamp))
        assert result.content is not None

    contents = {count: version(count) for count in (1, FEW, FEW + STEP, FEW + 2 * STEP)}
    redline(1)  # so that what is read once is read
    assert growth(redline, FEW, STEP) < LINEAR


def test_work_that_grows_with_its_square_is_seen() -> None:
    assert growth(lambda count: [abs(number) for _ in range(count) for number in range(count)], FEW, STEP) > LINEAR
