"""Drafts and documents of the invented frameworks in ``workspace``, whose levels are not Agenda for Change bands."""

from __future__ import annotations

import functools
from typing import Any

from jdgen.app import documents as generation
from jdgen.drafting.model import JobDescription
from jdgen.levels import Band
from jdgen.post.model import Post
from jdgen.workspace import Workspace
from tests.toolbox.examples import DRAFTED, ROOT

FOLDER = ROOT / "tests/data/other-levels"
DATA = FOLDER / "framework_data"
SPECIALISMS = {
    "example-grades": "kite-workshop",
    "example-roles": "lighthouse-visits",
    "example-steps": "clock-care",
}
SCALES = {
    "example-grades": ("A", "B", "C", "D"),
    "example-roles": ("Foundation", "Practitioner", "Senior"),
    "example-steps": ("Step 1", "Step 2"),
}
#: Every level of every one of the frameworks.
LEVELS = [(framework, level) for framework, levels in SCALES.items() for level in levels]


def framework_text(framework: str) -> str:
    return (DATA / "frameworks" / f"{framework}.yaml").read_text(encoding="utf-8")


def post_at(framework: str, level: str | None, **fields: Any) -> Post:
    usual_fields = {"title": "Keeper", "specialism": SPECIALISMS[framework], "band": Band("5"), "level": level}
    return Post(**{**usual_fields, **fields})


@functools.cache
def drafted(framework: str, level: str | None) -> JobDescription:
    return generation.draft(post_at(framework, level), Workspace(FOLDER), DRAFTED)


def duties_of(draft: JobDescription) -> dict[str, list[tuple[str, str]]]:
    """The ids and texts of the duties under each heading."""
    return {heading.title: [(duty.id, duty.text) for duty in heading.duties] for heading in draft.duty_headings}
