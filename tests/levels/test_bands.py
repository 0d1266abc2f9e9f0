from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jdgen.levels import Band, BandRange, list_levels

SCALE = ["1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9"]
BANDS = st.sampled_from(SCALE).map(Band)


@pytest.mark.parametrize("text", ["8A", "8a", "Band 8a", "band 8 A", "BAND 8A", " 8a ", "band8a", "Band 8 – Range A"])
def test_a_band_is_read_in_every_usual_form_and_printed_in_one(text: str) -> None:
    assert str(Band.parse(text)) == "8a"


@pytest.mark.parametrize("name", SCALE)
def test_every_band_of_the_scale_is_read(name: str) -> None:
    assert Band.parse(name).name == name


@pytest.mark.parametrize("text", ["10", "0", "Band", "", "5a", "8e", "8ab", "VSM", "6.0", "-6", "6 7", "８a"])
def test_what_is_no_band_is_refused_with_the_scale(text: str) -> None:
    with pytest.raises(ValueError, match="is not an Agenda for Change band: 1 to 7, 8a, 8b, 8c, 8d or 9"):
        Band.parse(text)


@pytest.mark.parametrize("text", ["8", "Band 8", " band  8 "])
def test_band_8_alone_is_refused_because_it_is_divided(text: str) -> None:
    with pytest.raises(ValueError, match="band 8 is divided into 8a, 8b, 8c and 8d"):
        Band.parse(text)


def test_bands_are_ordered_by_seniority_not_by_letters() -> None:
    assert [band.name for band in sorted(map(Band, reversed(SCALE)))] == SCALE
    assert Band("8d") < Band("9")
    assert Band("7") < Band("8a")


@given(BANDS, st.sampled_from(["{}", "Band {}", "band{}", " {} "]), st.booleans())
def test_reading_what_was_printed_gives_the_same_band(band: Band, form: str, upper: bool) -> None:
    text = form.format(band)
    assert Band.parse(text.upper() if upper else text) == band


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("6", "6"),
        ("8a-8d", "8a to 8d"),
        ("8A–8D", "8a to 8d"),
        ("8a — 8b", "8a to 8b"),
        ("band 6 to band 8d", "6 to 8d"),
        ("7-7", "7"),
    ],
)
def test_a_range_is_read_in_every_usual_form_and_printed_in_one(text: str, name: str) -> None:
    assert str(BandRange.parse(text)) == name


@pytest.mark.parametrize("text", ["6-", "-6", "6-7-8a", "6 to x to 7", "6 7", "to", "8-9"])
def test_what_is_no_range_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="band"):
        BandRange.parse(text)


def test_a_range_that_runs_downwards_is_refused() -> None:
    with pytest.raises(ValueError, match="a range that runs downwards, 8d to 8a"):
        BandRange.parse("8d-8a")


@given(BANDS, BANDS)
def test_a_range_holds_exactly_the_bands_between_its_ends(first: Band, other: Band) -> None:
    lowest, highest = sorted((first, other))
    bands = list(BandRange(lowest, highest))
    assert [band.name for band in bands] == SCALE[SCALE.index(str(lowest)) : SCALE.index(str(highest)) + 1]
    assert bands == [Band(name) for name in SCALE if Band(name) in BandRange(lowest, highest)]
    assert BandRange.parse(str(BandRange(lowest, highest))) == BandRange(lowest, highest)


def test_text_is_in_no_range() -> None:
    assert "7" not in BandRange.parse("6-8d")


def test_bands_are_listed_for_a_sentence() -> None:
    assert list_levels(BandRange.parse("6-8b")) == "6, 7, 8a, 8b"
