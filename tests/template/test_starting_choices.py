"""Contrast as WCAG 2 defines it, and the nearest darker shade that can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.template.checks.accessibility import contrast
from jdgen.template.starting import ACCENT, LEAST, PALE_GREY, STRONG, WHITE, darken
from tests.toolbox import accessibility

# Of what is said by the way, as the template has it.
DARK_GREY = "425563"
COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"{number:06X}")


@pytest.mark.parametrize(
    ("color", "expected"), [("000000", 21), ("FFFFFF", 1), ("005EB8", 6.4), ("003087", 11.9), ("768692", 3.8)]
)
def test_contrast_with_white_is_what_the_nhs_palette_is_known_for(color: str, expected: float) -> None:
    assert contrast(color, "FFFFFF") == pytest.approx(expected, abs=0.15)


@given(COLORS, COLORS)
def test_it_agrees_with_the_rules_that_documents_are_checked_by(color: str, ground: str) -> None:
    assert contrast(color, ground) == pytest.approx(accessibility.contrast(color, ground))


@given(COLORS, st.sampled_from([WHITE, PALE_GREY]))
def test_a_darkened_color_can_be_read_and_one_that_can_stays(color: str, ground: str) -> None:
    readable = darken(color, ground)
    assert contrast(readable, ground) >= LEAST
    if contrast(color, ground) >= LEAST:
        assert readable == color


def test_the_shipped_colors_can_be_read() -> None:
    assert min(contrast(color, PALE_GREY) for color in (STRONG, ACCENT, DARK_GREY)) >= LEAST
