"""What the names of anchors hold to for as long as there are documents that have them."""

from __future__ import annotations

from dataclasses import fields

from jdgen.drafting.band_part import CommonFields
from jdgen.drafting.model import JobDescription
from jdgen.record.anchors import common_rows

NAMES = [field.name for field in fields(JobDescription)]


def test_each_field_of_a_draft_has_a_place_of_its_own() -> None:
    rows = common_rows(CommonFields(dict.fromkeys(NAMES, "x")))
    assert sorted(row.place for row in rows.values()) == [*range(1, len(NAMES) + 1)]


def test_a_field_keeps_its_place_wherever_the_draft_has_others() -> None:
    """A document of November 2026 has its names by them: what a draft has in common now must not take those of another
    field there."""
    places = {"specialism": 6, "duty_headings": 26, "clauses": 29, "person_specification": 31, "framework": 37}
    rows = common_rows(CommonFields(dict.fromkeys(places, "x")))
    assert {name: row.place for name, row in rows.items()} == places
    assert {row.name(1).split("_")[3] for row in rows.values()} == set(map(str, places.values()))
